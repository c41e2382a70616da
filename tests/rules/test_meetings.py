"""Call-in, numerals, what resolutions do, and the picture of the chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procure.authority.call_in import CallInResult, EffectState, Published, effect_of, why_no_call_in
from procure.authority.chain import Asked, ChainFacts, Link, chain_picture, said_of
from procure.authority.minutes import (
    ResolvedFacts,
    acts_said,
    likely_kind,
    limits_said,
    meeting_reference,
    numeral,
    what_it_does,
    why_not_that_option,
    why_not_those_acts,
)  # fmt: skip
from procure.authority.rules import ActKind, ResolutionKind, View
from procure.demonstration.item_92 import RESOLUTIONS
from procure.law.calendars import england

K = ResolutionKind


@pytest.mark.parametrize(
    ("published", "ends", "in_force"),
    [
        (date(2021, 9, 21), date(2021, 9, 28), date(2021, 9, 29)),
        (date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 2)),
        (date(2026, 3, 30), date(2026, 4, 8), date(2026, 4, 9)),
        (date(2026, 12, 21), date(2026, 12, 30), date(2026, 12, 31)),
        (date(2026, 12, 23), date(2027, 1, 4), date(2027, 1, 5)),
        (date(2026, 7, 31), date(2026, 8, 7), date(2026, 8, 10)),
        (date(2019, 2, 21), date(2019, 2, 28), date(2019, 3, 1)),
        (date(2027, 7, 16), date(2027, 7, 23), date(2027, 7, 26)),
    ],
)
def test_a_decision_takes_effect_after_five_working_days(published: date, ends: date, in_force: date) -> None:
    record = Published(published, 5)
    on_the_last_day = effect_of(record, ends, england())
    assert on_the_last_day.state is EffectState.OPEN
    assert (on_the_last_day.ends_on, on_the_last_day.in_force_from) == (ends, in_force)
    assert effect_of(record, in_force, england()).is_in_force
    assert on_the_last_day.working is not None


def test_an_unpublished_decision_is_not_in_force() -> None:
    effect = effect_of(Published(None, 5), date(2030, 1, 1), england())
    assert effect.state is EffectState.UNPUBLISHED and effect.in_force_from is None


def test_a_decision_not_open_to_call_in_is_in_force_at_once() -> None:
    assert effect_of(Published(date(2027, 7, 16), 0), date(2027, 7, 16), england()).is_in_force


def test_a_call_in_stops_the_decision_until_it_ends() -> None:
    called = Published(date(2027, 7, 16), 5, called_in_on=date(2027, 7, 20))
    stopped = effect_of(called, date(2027, 9, 1), england())
    assert stopped.is_stopped and stopped.in_force_from is None
    upheld = replace(called, ended_on=date(2027, 8, 2), result=CallInResult.UPHELD)
    assert effect_of(upheld, date(2027, 8, 2), england()).is_in_force
    sent_back = replace(upheld, result=CallInResult.SENT_BACK)
    assert effect_of(sent_back, date(2028, 1, 1), england()).state is EffectState.SENT_BACK


@pytest.mark.parametrize(
    ("record", "on", "words"),
    [
        (Published(None, 5), date(2027, 7, 20), "First record the day"),
        (Published(date(2027, 7, 16), 0), date(2027, 7, 20), "isn’t open to call-in"),
        (Published(date(2027, 7, 16), 5), date(2027, 7, 24), "to 23 July 2027"),
        (Published(date(2027, 7, 16), 5, date(2027, 7, 19)), date(2027, 7, 20), "already recorded"),
    ],
)
def test_when_a_call_in_cannot_be_recorded(record: Published, on: date, words: str) -> None:
    assert words in (why_no_call_in(record, on, england()) or "")


def test_a_call_in_on_the_last_day_counts() -> None:
    assert why_no_call_in(Published(date(2027, 7, 16), 5), date(2027, 7, 23), england()) is None


def test_numerals_and_references() -> None:
    assert [numeral(number) for number in (1, 4, 5, 9, 14, 39)] == ["(i)", "(iv)", "(v)", "(ix)", "(xiv)", "(xxxix)"]
    assert meeting_reference("Cabinet", date(2019, 2, 18), "92") == "CAB-2019-02-18-92"
    assert meeting_reference("Cabinet (London Borough of Havering)", date(2015, 1, 21), "") == "CAB-2015-01-21"
    assert meeting_reference("Overview and Scrutiny Committee", date(2027, 1, 5), "4a") == "OSC-2027-01-05-4a"


def test_the_five_resolutions_are_read_for_what_they_are() -> None:
    assert [likely_kind(words) for words in RESOLUTIONS] == [
        K.APPROVE_POLICY, K.NOTE, K.RING_FENCE, K.APPROVE_PROCUREMENT, K.DELEGATE,
    ]  # fmt: skip


def test_only_a_delegation_gives_power() -> None:
    assert why_not_those_acts(K.NOTE, "(ii)", [ActKind.PROCURE]) == "Resolution (ii) only notes: it gives no authority."
    for kind in set(K) - {K.DELEGATE, K.NOTE}:
        assert "gives nobody power to award" in (why_not_those_acts(kind, "(i)", [ActKind.AWARD]) or "")
    assert why_not_those_acts(K.DELEGATE, "(v)", list(ActKind)) is None


def test_an_approval_must_agree_the_preferred_option() -> None:
    assert why_not_that_option("(iv)", 4, 4) is None
    assert why_not_that_option("(iv)", 3, 4) == "Resolution (iv) agrees Option 3, but the appraisal prefers Option 4."
    assert why_not_that_option("(iv)", 4, None) is not None
    assert why_not_that_option("(iv)", None, 4) is not None


def test_what_resolutions_do_in_a_sentence() -> None:
    assert what_it_does(ResolvedFacts("(ii)", K.NOTE)) == "Resolution (ii) only notes. It gives no authority."
    said = what_it_does(
        ResolvedFacts("(v)", K.DELEGATE, (ActKind.AWARD, ActKind.PROCURE), "Director", ("A", "B", "C", "D"))
    )
    assert said == "Gives the Director power to conduct the procurement and award, after consulting four posts."
    assert acts_said([ActKind.OTHER]) == "do what the words say"
    assert limits_said(None, None) == "The words state no limit on value or length."


def chain(asked: tuple[Asked, ...] = ()) -> ChainFacts:
    link = Link("Power", "no end date", False, "2 Power", "Said.")
    return ChainFacts(
        (link,) * 5, (("(iv)", "buy"),), (("award", True),), asked, "Director", True, (("Tender", False),)
    )


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = chain_picture(chain((Asked("A", View.OBJECTS), Asked("B", None))))
    assert picture.desc.startswith("Five links in order.")
    shown = {mark.text for mark in picture.wide.marks if mark.kind == "text"}
    assert {"One objects", "1 of 2 answered", "Signature holds", "this one", "(iv)"} <= shown
    assert picture.wide.name != picture.narrow.name


@pytest.mark.parametrize(
    ("asked", "signed", "words"),
    [
        ((), None, "Nothing has been done under it yet."),
        (
            (Asked("A", View.OBJECTS), Asked("B", View.CONTENT)),
            date(2027, 11, 19),
            "one objected, and the director signed.",
        ),
        ((Asked("A", None), Asked("B", View.CONTENT)), None, "one hasn’t answered yet."),
        ((Asked("A", View.COMMENTS),), None, "One post was consulted, none objected."),
    ],
)
def test_the_chain_in_a_sentence(asked: tuple[Asked, ...], signed: date | None, words: str) -> None:
    assert said_of("Cabinet", "Director", asked, signed, True).endswith(words)


def test_a_file_nobody_approved_says_so() -> None:
    assert said_of("", "", (), None, False) == "Nobody has approved this purchase yet."
    assert "Nobody has been given the power" in said_of("Cabinet", "", (), None, True)
