"""How often long work is tried, how long a claim holds, and how far it is in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from procure.jobs.rules import CLAIMED_FOR, MOST_TRIES, WAITS, JobState, next_try, progress_words

AT = datetime(2027, 1, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize("tries", range(1, MOST_TRIES))
def test_a_failed_job_waits_longer_each_time(tries: int) -> None:
    assert next_try(AT, tries) == AT + WAITS[tries - 1]


@pytest.mark.parametrize("tries", [MOST_TRIES, MOST_TRIES + 1])
def test_after_the_last_wait_it_is_given_up(tries: int) -> None:
    assert next_try(AT, tries) is None


@pytest.mark.parametrize(
    ("done", "of", "words"),
    [
        (0, None, "not started yet"),
        (1, None, "1 paper"),
        (0, 7, "0 of 7 papers"),
        (1, 1, "1 of 1 paper"),
        (1200, 3000, "1,200 of 3,000 papers"),
    ],
)
def test_progress_is_said_in_numbers(done: int, of: int | None, words: str) -> None:
    assert progress_words(done, of, "paper") == words


def test_only_a_job_that_is_over_changes_no_more() -> None:
    assert [state for state in JobState if not state.is_over] == [JobState.WAITING, JobState.RUNNING]


def test_a_claim_outlives_the_longest_conversion() -> None:
    from procure.documents.pdf import LONGEST_SECONDS

    assert CLAIMED_FOR.total_seconds() > LONGEST_SECONDS
