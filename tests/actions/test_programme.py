"""A whole purchase is planned and kept; which law applies is said by a person; every estimate is kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from procure.audit.actions import ChangedMeanwhile
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.law.regimes import Regime
from procure.procurement.actions import describe, open_file
from procure.procurement.models import Procurement
from procure.procurement.regime_actions import FindingRefused, find_regime
from procure.procurement.rules import ContractKind, Route
from procure.tender.addendum_actions import AddendumWords, issue_addendum, write_addendum
from procure.tender.programme_actions import ProgrammeRefused, plan_programme
from procure.tender.programme_facts import came, laid, plan_of, shown_legs
from procure.tender.programme_rules import Counted
from procure.tender.timetable_actions import TimetableRefused, say_when_it_came
from procure.tender.timetable_facts import actual_days, planned_of, steps_to_tell
from procure.tender.timetable_rules import PlannedStep as S
from tests.a_competition import a_file_to_tender, open_to_bids

VALUE = {"annual_net": Decimal(35_000), "vat_percent": 20, "initial_months": 36, "extension_count": 2,
         "extension_months": 12, "value_basis": "Last year’s price."}  # fmt: skip


def a_file(cast: Cast, now: datetime) -> Procurement:
    return open_file(title="Support", route=Route.CABINET, officer=cast["officer"], by=cast["officer"], at=now)


def test_a_plan_is_kept_and_its_days_follow(cast: Cast, now: datetime) -> None:
    file, by = a_file(cast, now), cast["officer"]
    assert plan_of(file, date(2027, 1, 25)).counted is Counted.FORWARDS
    lengths = {step.key: step.days for step in plan_of(file, date(2027, 1, 25)).steps}
    service = date(2028, 4, 1)
    row = plan_programme(file, counted=Counted.BACKWARDS, anchor_on=service, days=lengths, held={}, by=by, at=now)
    assert laid(plan_of(file, date(2027, 1, 25)))[0].start_on == date(2027, 5, 5)
    seen = row.version
    held = {"report": date(2027, 6, 1)}
    plan_programme(file, counted=Counted.BACKWARDS, anchor_on=service, days=lengths | {"tender": 40}, held=held,
                   by=by, at=now, sees=seen)  # fmt: skip
    legs = {leg.step.key: leg for leg in laid(plan_of(file, date(2027, 1, 25)))}
    assert legs["report"].start_on == date(2027, 6, 1) and legs["tender"].step.days == 40
    with pytest.raises(ChangedMeanwhile):
        plan_programme(
            file, counted=Counted.FORWARDS, anchor_on=service, days=lengths, held={}, by=by, at=now, sees=seen
        )
    with pytest.raises(ProgrammeRefused) as no:
        plan_programme(file, counted=Counted.FORWARDS, anchor_on=service, days=lengths | {"tender": 401}, held={},
                       by=by, at=now)  # fmt: skip
    assert no.value.field == "tender_days"


def test_the_tender_s_own_days_stand_in_the_plan_and_what_came_beside_them(cast: Cast) -> None:
    file = open_to_bids(cast)
    today = days.TENDER_OPENS
    legs = {leg.step.key: leg for leg in shown_legs(file, plan_of(file, today))}
    assert (legs["tender"].start_on, legs["tender"].before) == (days.TENDER_OPENS, days.TENDER_CLOSES)
    found = came(file, today)
    assert found["tender"].began_on == days.TENDER_OPENS and found["tender"].over_on is None
    assert "opening" not in found and all(one.over_on for key, one in found.items() if key != "tender")


def test_a_deadline_moved_by_addendum_moves_the_days_behind_it(cast: Cast) -> None:
    file = open_to_bids(cast)
    lot, at = file.only_lot, days.at(days.TENDER_OPENS, 12)
    assert lot.timetable is not None
    before = {one.step: one.on for one in planned_of(lot.timetable)}
    later = days.at(date(2027, 10, 25), 14)
    said = AddendumWords("More time.", "It is allowed.", "Holidays.", (), later)
    issue_addendum(write_addendum(lot, said, by=cast["officer"], at=at), by=cast["officer"], at=at)
    after = {one.step: one.on for one in planned_of(lot.timetable)}
    assert lot.timetable.closes_at == later and after[S.CLOSES] == date(2027, 10, 25)
    assert after[S.OPENED] == date(2027, 10, 26) and after[S.DECIDED] > before[S.DECIDED]
    assert after[S.NOTICE] == before[S.NOTICE] and after[S.STARTS] == before[S.STARTS]


def test_a_day_the_file_does_not_know_is_said_by_somebody(cast: Cast) -> None:
    file = open_to_bids(cast)
    lot, on = file.only_lot, date(2027, 9, 28)
    timetable = lot.timetable
    assert timetable is not None and steps_to_tell(lot, on) == (S.QUESTIONS,)
    at = days.at(on)
    say_when_it_came(timetable, S.QUESTIONS, date(2027, 9, 27), by=cast["officer"], at=at)
    assert actual_days(lot, on)[S.QUESTIONS] == date(2027, 9, 27)
    for step, day in ((S.QUESTIONS, date(2027, 9, 29)), (S.QUESTIONS, date(2027, 9, 1)), (S.SCORED, on)):
        with pytest.raises(TimetableRefused):
            say_when_it_came(timetable, step, day, by=cast["officer"], at=at)


def test_every_estimate_is_kept_with_its_author_reason_and_working(cast: Cast, now: datetime) -> None:
    file, by = a_file(cast, now), cast["officer"]
    describe(file, by=by, at=now, **VALUE)
    describe(file, by=by, at=now, title="Support, renamed")
    describe(file, by=by, at=now, annual_net=Decimal(40_000), why_estimated_anew="Quotes came in higher.")
    first, second = file.estimates
    assert (first.value_gross, second.value_gross) == (Decimal("210000.00"), Decimal("240000.00"))
    assert second.person is by and second.reason == "Quotes came in higher."
    assert first.working == "£35,000 a year without VAT, for five years, every option to extend included, with 20% VAT."


def test_contracts_that_could_be_one_are_valued_together(cast: Cast, now: datetime) -> None:
    """V10: two of £120,000 that could be one are each £240,000."""
    file, by = a_file(cast, now), cast["officer"]
    one = VALUE | {"annual_net": Decimal(100_000), "initial_months": 12, "extension_count": 0}
    describe(file, by=by, at=now, **one)
    assert file.regime is Regime.BELOW_THRESHOLD
    describe(file, by=by, at=now, aggregated_gross=Decimal(120_000), aggregated_text="The same service in the west.")
    assert file.compared_gross == Decimal(240_000) and file.regime is Regime.PA2023
    assert len(file.estimates) == 2 and "could reasonably be one with it" in file.estimates[1].working


def test_a_person_says_which_law_applies_until_a_notice_is_out(cast: Cast, now: datetime) -> None:
    file, by = a_file(cast, now), cast["officer"]
    describe(file, by=by, at=now, **VALUE)
    with pytest.raises(FindingRefused):
        find_regime(file, Regime.EXEMPT, reason=" ", by=by, at=now)
    find_regime(file, Regime.PROVIDER_SELECTION, reason="A health care service.", by=by, at=now)
    describe(file, by=by, at=now, annual_net=Decimal(90_000))
    assert file.regime is Regime.PROVIDER_SELECTION and file.findings[0].person is by
    find_regime(file, None, reason="Advice has changed.", by=by, at=now)
    assert file.regime is Regime.PA2023 and len(file.findings) == 2
    out = open_to_bids(cast)
    with pytest.raises(FindingRefused, match="for the life of the purchase"):
        find_regime(out, Regime.EXEMPT, reason="Late.", by=by, at=days.at(days.TENDER_OPENS, 15))


def test_a_light_touch_file_to_tender_is_planned_back_from_its_service(cast: Cast) -> None:
    file = a_file_to_tender(cast, kind=ContractKind.LIGHT_TOUCH)
    plan = plan_of(file, days.METHOD_SET)
    assert plan.counted is Counted.BACKWARDS and plan.anchor_on == file.service_starts_on
