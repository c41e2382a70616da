"""Every duty of a light touch and of an ordinary contract, from the notice to the contract details, on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procure.law.periods import contract_copy_due, details_notice_due
from procure.law.regimes import Regime
from procure.notices.duty_rules import DutyFacts, DutyState, Filed, LifeNotice, Needed, duties_of

ENTERED = date(2026, 3, 12)
AWARDED = {"UK4": Filed("1", date(2026, 1, 12)), "UK6": Filed("2", date(2026, 3, 2))}


def signed(*, light: bool, over: bool = True, **more: object) -> DutyFacts:
    """A contract entered into on Thursday 12 March 2026, over £5 million unless it isn't. C1 and C2."""
    copies = (LifeNotice("copy", ENTERED, contract_copy_due(ENTERED, light_touch=light).answer, None),)
    facts = DutyFacts(
        law=Regime.PA2023, light_touch=light, is_over_five_million=over, filed=AWARDED, conflicts_on=date(2026, 1, 5),
        summaries_owed=3, summaries_sent=3, summaries_sent_on=date(2026, 3, 2), award_planned_on=date(2026, 3, 2),
        standstill_days=8, standstill_ends_on=date(2026, 3, 11), entered_on=ENTERED,
        details_due_on=details_notice_due(ENTERED, light_touch=light).answer, kpis=0 if light else 3,
        contract_ends_on=date(2028, 3, 31), termination_due_on=date(2028, 4, 29), life=copies if over else (),
    )  # fmt: skip
    return replace(facts, **more)  # type: ignore[arg-type]


def told(facts: DutyFacts, today: date) -> dict[str, tuple[DutyState, date | None]]:
    return {line.number or line.name: (line.state, line.due_on) for line in duties_of(facts, today)}


def test_an_ordinary_contract_over_five_million_owes_them_all() -> None:
    assert told(signed(light=False), date(2026, 3, 13)) == {
        "Conflicts assessment": (DutyState.DONE, None),
        "UK4": (DutyState.DONE, None),
        "Assessment summaries": (DutyState.DONE, None),
        "UK6": (DutyState.DONE, None),
        "Standstill": (DutyState.DONE, None),
        "Key performance indicators": (DutyState.DONE, None),
        "UK7": (DutyState.DUE, date(2026, 4, 10)),
        "Copy of the contract": (DutyState.DUE, date(2026, 6, 9)),
        "UK9": (DutyState.LATER, None),
        "UK10": (DutyState.LATER, None),
        "UK11": (DutyState.LATER, date(2028, 4, 29)),
        "UK2": (DutyState.NOT_OWED, None),
        "UK3": (DutyState.NOT_OWED, None),
    }


def test_a_light_touch_contract_is_free_of_indicators_and_change_notices_and_has_longer() -> None:
    found = told(signed(light=True), date(2026, 3, 13))
    assert found["UK7"] == (DutyState.DUE, date(2026, 7, 9))
    assert found["Copy of the contract"] == (DutyState.DUE, date(2026, 9, 7))
    free = {name for name, (state, _) in found.items() if state is DutyState.NOT_OWED}
    assert free == {"UK2", "UK3", "Key performance indicators", "UK9", "UK10"}


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 4, 10), DutyState.DUE), (date(2026, 4, 11), DutyState.OVERDUE)],
    ids=["its last day", "the day after"],
)
def test_the_details_notice_is_overdue_the_day_after_its_last(today: date, state: DutyState) -> None:
    assert told(signed(light=False), today)["UK7"][0] is state


def test_once_filed_it_is_done_however_late() -> None:
    late = signed(light=False, filed=AWARDED | {"UK7": Filed("3", date(2026, 5, 1))})
    assert told(late, date(2026, 5, 2))["UK7"] == (DutyState.DONE, date(2026, 4, 10))


def test_payments_are_no_duty_of_a_lot() -> None:
    assert not {"UK1", "UK8", "UK17"} & told(signed(light=False), ENTERED).keys()


def test_a_contract_of_five_million_or_less_owes_no_copy_and_no_indicators() -> None:
    found = told(signed(light=False, over=False, kpis=0), date(2026, 3, 13))
    for name in ("Copy of the contract", "Key performance indicators", "UK9"):
        assert found[name][0] is DutyState.NOT_OWED


def test_no_standstill_stated_is_told_so_and_one_that_runs_is_due() -> None:
    assert told(signed(light=True, standstill_ends_on=None), ENTERED)["Standstill"][0] is DutyState.NOT_OWED
    assert told(signed(light=True), date(2026, 3, 11))["Standstill"][0] is DutyState.DUE


def test_a_competition_that_ended_owes_its_termination_notice_and_nothing_of_a_contract() -> None:
    on = date(2026, 3, 12)
    ended = DutyFacts(law=Regime.PA2023, light_touch=False, filed={"UK4": AWARDED["UK4"]}, not_awarding_on=on)
    assert told(ended, on)["UK12"][0] is DutyState.DUE
    assert told(ended, date(2026, 3, 13))["UK12"] == (DutyState.OVERDUE, on)
    assert not {"UK6", "UK7", "UK11", "Standstill"} & told(ended, on).keys()
    below = replace(ended, law=Regime.BELOW_THRESHOLD)
    assert "UK12" not in told(below, on)


def test_a_direct_award_owes_its_transparency_notice_and_no_summaries() -> None:
    found = told(DutyFacts(law=Regime.PA2023, light_touch=False, is_direct=True), ENTERED)
    assert found["UK5"][0] is DutyState.DUE and found["Assessment summaries"][0] is DutyState.NOT_OWED
    assert found["Standstill"][0] is DutyState.LATER


def test_quotes_owe_a_details_notice_from_thirty_thousand_and_no_tender_notice() -> None:
    quotes = DutyFacts(law=Regime.BELOW_THRESHOLD, light_touch=False, is_quotes=True, entered_on=ENTERED)
    found = told(quotes, ENTERED)
    assert found["UK4"][0] is DutyState.NOT_OWED and found["UK7"] == (DutyState.DUE, None)
    assert told(replace(quotes, is_notifiable=False), ENTERED)["UK7"][0] is DutyState.NOT_OWED


def test_what_a_notice_lacks_is_counted() -> None:
    needs = {"UK4": (Needed("Title", "Cleaning"), Needed("CPV code", ""))}
    line = next(one for one in duties_of(DutyFacts(Regime.PA2023, False, needs=needs), ENTERED) if one.number == "UK4")
    assert line.completeness == "1 of 2 facts is there"
    assert [one.name for one in line.lacking] == ["CPV code"]
