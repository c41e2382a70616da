"""From publication to effect: the period, exemption, scrutiny in time or late, upheld or sent back; and publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from procure.authority.call_in import (
    CallInResult,
    EffectState,
    Published,
    effect_of,
    scrutiny_by,
    why_no_call_in,
    why_no_end,
    why_no_exemption,
    why_no_scrutiny,
)
from procure.authority.publishing_rules import (
    PaperFacts,
    late_said,
    publish_by,
    why_not_published,
    why_not_that_standing,
)
from procure.authority.rules import PaperStanding
from procure.law.calendars import england

PUBLISHED = date(2027, 11, 22)
CALLED = date(2027, 11, 24)
MET = date(2027, 12, 3)

D_CASES = [
    ("D1", date(2021, 9, 21), date(2021, 9, 28), date(2021, 9, 29)),
    ("D2", date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 2)),
    ("D3 Easter", date(2026, 3, 30), date(2026, 4, 8), date(2026, 4, 9)),
    ("D4 Christmas", date(2026, 12, 21), date(2026, 12, 30), date(2026, 12, 31)),
    ("D5 Christmas", date(2026, 12, 23), date(2027, 1, 4), date(2027, 1, 5)),
    ("D6 a Scottish day counts here", date(2026, 7, 31), date(2026, 8, 7), date(2026, 8, 10)),
    ("D7", date(2019, 2, 21), date(2019, 2, 28), date(2019, 3, 1)),
]


@pytest.mark.parametrize(("published_on", "ends_on", "from_on"), [row[1:] for row in D_CASES],
                         ids=[row[0] for row in D_CASES])  # fmt: skip
def test_a_decision_takes_effect_on_the_working_day_after_its_call_in(
    published_on: date, ends_on: date, from_on: date
) -> None:
    record = Published(published_on, 5)
    last = effect_of(record, from_on - timedelta(days=1), england())
    assert (last.state, last.ends_on, last.in_force_from) == (EffectState.OPEN, ends_on, from_on)
    assert effect_of(record, from_on, england()).state is EffectState.IN_FORCE
    assert why_no_call_in(record, ends_on, england()) is None
    assert why_no_call_in(record, ends_on + timedelta(days=1), england())


@pytest.mark.parametrize(
    ("record", "today", "state", "said"),
    [
        (Published(PUBLISHED, 5, CALLED), CALLED, EffectState.CALLED_IN, "until the call-in has ended."),
        (Published(PUBLISHED, 5, CALLED, scrutiny_days=10), CALLED, EffectState.CALLED_IN,
         "Scrutiny must meet by Wednesday 8 December 2027."),
        (Published(PUBLISHED, 5, CALLED, scrutiny_days=10), date(2027, 12, 9), EffectState.CALLED_IN,
         "Scrutiny had to meet by Wednesday 8 December 2027."),
        (Published(PUBLISHED, 5, CALLED, scrutiny_on=MET, scrutiny_days=10), CALLED, EffectState.CALLED_IN,
         "Scrutiny meets on Friday 3 December 2027."),
        (Published(PUBLISHED, 5, CALLED, scrutiny_on=date(2027, 12, 10), scrutiny_days=10), date(2027, 12, 20),
         EffectState.CALLED_IN, "Scrutiny met on Friday 10 December 2027, later than Wednesday 8 December 2027"),
        (Published(PUBLISHED, 5, CALLED, MET, CallInResult.SENT_BACK), MET, EffectState.SENT_BACK, "a new decision."),
        (Published(PUBLISHED, 5, CALLED, MET, CallInResult.UPHELD), MET, EffectState.IN_FORCE, "upheld on Friday 3"),
        (Published(PUBLISHED, 5, CALLED, CALLED, CallInResult.UPHELD), CALLED, EffectState.OPEN,
         "It takes effect on Tuesday 30 November 2027."),
        (Published(PUBLISHED, 5, waived="The chair agreed: flood."), PUBLISHED, EffectState.IN_FORCE,
         "it is exempt as urgent. The chair agreed: flood."),
        (Published(PUBLISHED, 0, closed_because="It isn’t key."), PUBLISHED, EffectState.IN_FORCE, "It isn’t key."),
        (Published(None, 5, unpublished_because="Not yet."), PUBLISHED, EffectState.UNPUBLISHED, "Not yet."),
    ],
)  # fmt: skip
def test_where_a_decision_stands(record: Published, today: date, state: EffectState, said: str) -> None:
    effect = effect_of(record, today, england())
    assert effect.state is state and said in effect.sentence
    assert effect.is_stopped is (state in (EffectState.CALLED_IN, EffectState.SENT_BACK))


def test_without_a_rule_scrutiny_has_no_last_day() -> None:
    assert scrutiny_by(CALLED, None, england()) is None
    assert scrutiny_by(date(2026, 12, 23), 5, england()) == date(2027, 1, 4)


OPEN = Published(PUBLISHED, 5)
CALLED_IN = Published(PUBLISHED, 5, CALLED)
ARRANGED = Published(PUBLISHED, 5, CALLED, scrutiny_on=MET)
ENDED = Published(PUBLISHED, 5, CALLED, MET, CallInResult.UPHELD)


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (why_no_call_in(Published(PUBLISHED, 5, waived="Flood"), CALLED, england()), "exempt from call-in as urgent"),
        (why_no_scrutiny(OPEN, MET), "No call-in of this decision is open."),
        (why_no_scrutiny(CALLED_IN, PUBLISHED), "Enter 24 November 2027 or later."),
        (why_no_scrutiny(ENDED, MET), "No call-in of this decision is open."),
        (why_no_scrutiny(CALLED_IN, MET), None),
        (why_no_end(OPEN, MET, MET), "No call-in of this decision is open."),
        (why_no_end(ARRANGED, MET, CALLED), "Scrutiny meets on 3 December 2027."),
        (why_no_end(ARRANGED, CALLED, MET), "Enter a day from 3 December 2027"),
        (why_no_end(CALLED_IN, MET, CALLED), "until today"),
        (why_no_end(CALLED_IN, CALLED, MET), None),
        (why_no_exemption(OPEN), "It is too late"),
        (why_no_exemption(Published(None, 0)), "needs no exemption"),
        (why_no_exemption(Published(None, 5, waived="Flood")), "already"),
        (why_no_exemption(Published(None, 5)), None),
    ],
)
def test_what_cannot_be_recorded_of_a_call_in(refusal: str | None, said: str | None) -> None:
    assert refusal is None if said is None else said in (refusal or "")


# ── publication ──


@pytest.mark.parametrize(
    ("signed_on", "by"),
    [
        (date(2027, 11, 19), date(2027, 11, 23)),
        (date(2026, 12, 23), date(2026, 12, 29)),
        (date(2028, 2, 28), date(2028, 3, 1)),
    ],
)
def test_a_decision_is_published_within_two_working_days(signed_on: date, by: date) -> None:
    assert publish_by(signed_on, england()) == by
    assert late_said(signed_on, by, by + timedelta(days=30), england()) == ""
    assert late_said(signed_on, None, by, england()) == ""
    assert late_said(signed_on, by + timedelta(days=1), by, england()).startswith("Published late.")
    assert late_said(signed_on, None, by + timedelta(days=1), england()).startswith("Publication is late.")


LATER = date(2031, 4, 1)


@pytest.mark.parametrize(
    ("standing", "paragraph", "reason", "review_on", "field"),
    [
        (PaperStanding.OPEN, "", "", None, None),
        (PaperStanding.NOT_A_BACKGROUND_PAPER, "", "", None, None),
        (PaperStanding.EXEMPT, "3", "It holds prices.", LATER, None),
        (PaperStanding.EXEMPT, "", "It holds prices.", LATER, "paragraph"),
        (PaperStanding.EXEMPT, "8", "It holds prices.", LATER, "paragraph"),
        (PaperStanding.EXEMPT, "3", "  ", LATER, "public_interest"),
        (PaperStanding.EXEMPT, "3", "It holds prices.", None, "review_on"),
        (PaperStanding.EXEMPT, "3", "It holds prices.", PUBLISHED, "review_on"),
    ],
)
def test_an_exemption_says_under_what_and_why(
    standing: PaperStanding, paragraph: str, reason: str, review_on: date | None, field: str | None
) -> None:
    refused = why_not_that_standing(standing, paragraph, reason, review_on, PUBLISHED)
    assert (refused[0] if refused else None) == field


def test_a_decision_is_published_only_once_each_paper_is_decided_about() -> None:
    opened = PaperFacts("Specification", PaperStanding.OPEN)
    five = tuple(PaperFacts(f"Paper {number}") for number in range(5))
    assert why_not_published(PUBLISHED, None, (opened,)) is None
    assert why_not_published(None, None, ()) == "You can’t publish this yet. It isn’t signed."
    assert why_not_published(PUBLISHED, CALLED, ()) == "It was published on 24 November 2027."
    said = why_not_published(PUBLISHED, None, (opened, *five)) or ""
    assert "5 papers: Paper 0, Paper 1, Paper 2 and 2 more." in said
