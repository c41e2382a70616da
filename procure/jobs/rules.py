"""How long a claim on a job holds, how often a job is tried, and how long its result is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from procure.choices import Labelled
from procure.words import plural

CLAIMED_FOR = timedelta(seconds=90)
"""After so long without a sign of life a job is taken up by another clock. No single step may take longer."""

WAITS = (timedelta(seconds=30), timedelta(minutes=5))
"""How long after each failed try the next one begins. The failure after the last wait ends the job."""

MOST_TRIES = len(WAITS) + 1

KEPT_FOR = timedelta(days=7)
"""How long a result can be fetched."""


class JobState(Labelled):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def next_try(at: datetime, tries: int) -> datetime | None:
    """When a job that failed so often is tried again; None when it has been tried enough."""
    return at + WAITS[tries - 1] if tries < MOST_TRIES else None


def progress_words(done: int, of: int | None, unit: str) -> str:
    """How far a job is, in numbers: "3 of 7 papers", or "3 papers" where the whole is not known."""
    if of is None:
        return plural(done, unit) if done else "not started yet"
    return f"{done:,} of {plural(of, unit)}"
