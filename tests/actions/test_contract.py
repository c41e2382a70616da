"""Contracts on rows: recorded, corrected, extended, decided about, bought again, ended."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from procure.audit.actions import ChangedMeanwhile
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.contract.actions import (
    DatesOutOfOrder,
    NotEnded,
    ReasonNeeded,
    correct,
    end,
    hand_over,
    record_contract,
    record_payment,
)  # fmt: skip
from procure.contract.ending import (
    EndReasonNeeded,
    NeedsOfficer,
    NoPowerToExtend,
    OptionClosed,
    WayClosed,
    decide_what_follows,
    decline_option,
    use_option,
)  # fmt: skip
from procure.contract.facts import attention_to, months_to_buy, plan_back_from, waiting_for
from procure.contract.models import Contract, EndDecision
from procure.contract.rules import Attention, ContractState, WhatFollows
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, Cast
from procure.demonstration.contract import buy_again
from procure.extensions import db
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from tests.an_ending_contract import ending_contract

AT = days.at(days.BEGIN)


def counts() -> tuple[int | None, ...]:
    return tuple(
        db.session.scalar(select(func.count(row.id))) for row in (TrailEntry, Contract, EndDecision, Procurement)
    )


def last_entry(file: str) -> TrailEntry:
    return db.session.scalars(
        select(TrailEntry).where(TrailEntry.file == file).order_by(TrailEntry.number.desc())
    ).first()  # type: ignore[return-value]


def test_the_ending_contract_is_as_the_drawing_has_it(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    assert (contract.value_net, contract.value_vat, contract.value_gross) == (277500, 55500, 333000)
    assert (contract.annual_net, contract.annual_gross, contract.full_net, contract.full_gross) == (
        92500, 111000, 462500, 555000,
    )  # fmt: skip
    assert [(option.exercise_by_on, option.ends_on) for option in contract.open_options] == [
        (date(2027, 6, 30), date(2029, 3, 31)), (date(2028, 6, 30), date(2030, 3, 31)),
    ]  # fmt: skip
    assert contract.paid_by(days.BEGIN) == Decimal("194250")
    assert plan_back_from(contract.ends_on).start_by == date(2027, 5, 5) and months_to_buy(contract.ends_on) == 11
    assert attention_to(contract, days.BEGIN) is Attention.NOBODY
    assert verify().verified


def test_a_contract_cannot_end_before_it_starts(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    before = counts()
    with pytest.raises(DatesOutOfOrder):
        record_contract(
            title="X", supplier=contract.supplier, manager_post=contract.manager_post, starts_on=date(2027, 1, 2),
            ends_on=date(2027, 1, 1), value_net=Decimal(1), vat_percent=Decimal(20), by=cast["officer"], at=AT,
        )  # fmt: skip
    assert counts() == before


def test_references_follow_one_another_within_a_year(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    made = record_contract(
        title="X", supplier=contract.supplier, manager_post=contract.manager_post, starts_on=date(2025, 6, 15),
        ends_on=date(2026, 6, 14), value_net=Decimal("12000.50"), vat_percent=Decimal(20), option_months=[6],
        by=cast["officer"], at=AT,
    )  # fmt: skip
    assert made.reference == "CON-2025-008"
    assert made.value_gross == Decimal("14400.60") and made.full_net == Decimal("18000.75")


def test_correcting_an_end_date_is_not_extending_it(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with pytest.raises(ReasonNeeded):
        correct(contract, ends_on=date(2027, 12, 31), because=" ", by=cast["officer"], at=AT)
    correct(contract, ends_on=date(2027, 12, 31), because="The register had it wrong", by=cast["officer"], at=AT)
    assert contract.initial_ends_on == contract.ends_on == date(2027, 12, 31)
    assert [option.exercise_by_on for option in contract.options] == [date(2027, 3, 31), date(2028, 3, 31)]
    assert all(option.is_open for option in contract.options) and contract.value_gross == 333000
    entry = db.session.scalars(
        select(TrailEntry).where(TrailEntry.table_name == "contract", TrailEntry.said == "corrected the contract")
    ).one()
    payload = json.loads(entry.payload or "")
    assert payload["old"]["ends_on"] == "2028-03-31" and entry.note == "The register had it wrong"


def test_the_second_of_two_who_correct_is_told(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    seen = contract.version
    correct(contract, title="One", because="a", by=cast["officer"], at=AT, sees=seen)
    with pytest.raises(ChangedMeanwhile):
        correct(contract, title="Two", because="b", by=cast["manager"], at=AT, sees=seen)
    db.session.refresh(contract)
    assert contract.title == "One"


def test_an_option_needs_a_power_to_extend_and_the_attempt_stays_on_the_file(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with pytest.raises(NoPowerToExtend) as refused:
        use_option(contract.options[0], because="Still needed", performance="On target", by=cast["manager"], at=AT)
    assert refused.value.sentence.startswith("Nobody has been given the power to extend this contract.")
    db.session.refresh(contract)
    assert contract.ends_on == days.CONTRACT_ENDS and contract.options[0].used_on is None
    assert last_entry(contract.reference).said == "tried and was refused: used option 1"


def test_options_are_taken_in_turn_and_in_time(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with pytest.raises(OptionClosed, match="Option 1 comes first"):
        use_option(contract.options[1], because="Still needed", performance="On target", by=cast["manager"], at=AT)
    with pytest.raises(OptionClosed, match="30 June 2027"):
        use_option(
            contract.options[0],
            because="Still needed",
            performance="On target",
            by=cast["manager"],
            at=days.at(date(2027, 7, 1)),
        )
    with pytest.raises(EndReasonNeeded):
        decline_option(contract.options[0], because="", by=cast["manager"], at=AT)
    decline_option(contract.options[0], because="Another shape", by=cast["manager"], at=AT)
    with pytest.raises(OptionClosed, match="declined already"):
        decline_option(contract.options[0], because="Again", by=cast["manager"], at=AT)


def test_buying_again_opens_the_next_file_with_what_is_known(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    opened = buy_again(contract, cast)
    assert opened.reference == "PRO-2027-014" and opened.stage is Stage.NEED and opened.officer == cast["officer"]
    assert opened.ending_contract == contract and opened.title == contract.title and opened.is_example
    assert (opened.annual_net, opened.vat_percent, opened.value_gross) == (92500, 20, 555000)
    assert (opened.service_starts_on, opened.initial_months) == (date(2028, 4, 1), 36)
    assert (opened.extension_count, opened.extension_months) == (2, 12)
    assert opened.lead_post == cast.post(COMMISSIONING) and opened.director_post == cast.post(DIRECTOR)
    assert contract.paid_by(days.LETTER) == Decimal("212750")
    assert attention_to(contract, days.BUY_AGAIN) is Attention.IN_HAND
    assert contract.what_follows is not None and contract.what_follows.decided_by == cast["manager"]
    assert verify().verified


def test_deciding_twice_to_buy_again_opens_one_file(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    buy_again(contract, cast)
    again = decide_what_follows(
        contract,
        WhatFollows.BUY_AGAIN,
        "Still",
        by=cast["manager"],
        at=days.at(days.BUY_AGAIN),
        officer=cast["officer"],
    )
    assert again.procurement is None and db.session.scalar(select(func.count(Procurement.id))) == 1


@pytest.mark.parametrize(
    ("choice", "reason", "day", "refused"),
    [
        (WhatFollows.BUY_AGAIN, "Needed", days.BEGIN, NeedsOfficer),
        (WhatFollows.BUY_AGAIN, "  ", days.BEGIN, EndReasonNeeded),
        (WhatFollows.EXTEND, "It goes well", date(2027, 7, 1), WayClosed),
    ],
)
def test_a_decision_that_cannot_be_taken_leaves_nothing_behind(
    app: Flask, cast: Cast, choice: WhatFollows, reason: str, day: date, refused: type[Exception]
) -> None:
    contract = ending_contract(cast)
    before = counts()
    with pytest.raises(refused):
        decide_what_follows(contract, choice, reason, by=cast["manager"], at=days.at(day))
    assert counts() == before


def test_a_payment_is_recorded_on_a_day_that_has_come(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with pytest.raises(DatesOutOfOrder):
        record_payment(contract, paid_on=date(2027, 1, 26), amount_gross=Decimal(1), by=cast["manager"], at=AT)
    record_payment(contract, paid_on=days.BEGIN, amount_gross=Decimal("9250"), by=cast["manager"], at=AT)
    assert contract.paid_by(days.BEGIN) == Decimal("203500")


def test_a_contract_ends_on_its_day_or_with_a_reason(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with pytest.raises(NotEnded):
        end(contract, date(2027, 1, 26), by=cast["manager"], at=AT)
    with pytest.raises(ReasonNeeded):
        end(contract, days.BEGIN, by=cast["manager"], at=AT)
    end(contract, days.BEGIN, because="The supplier closed", by=cast["manager"], at=AT)
    assert contract.state is ContractState.ENDED
    with pytest.raises(WayClosed):
        decide_what_follows(contract, WhatFollows.LET_LAPSE, "x", by=cast["manager"], at=AT)


def test_a_contract_is_handed_to_another_post(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    hand_over(contract, cast.post(COMMISSIONING), because="The team moved", by=cast["officer"], at=AT)
    assert contract.manager_post == cast.post(COMMISSIONING)


def test_a_contract_past_its_end_that_is_still_paid_waits_for_its_owner(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    on = date(2028, 6, 20)
    record_payment(contract, paid_on=on, amount_gross=Decimal("9250"), by=cast["manager"], at=days.at(on))
    with app.test_request_context():
        (waiting,) = waiting_for(cast["manager"], on)
        assert not waiting_for(cast["manager"], days.CONTRACT_ENDS)
    assert waiting.what == "Record how it ended: Social infrastructure support"
    assert waiting.note == "£9,250 was paid after its end" and waiting.day == days.CONTRACT_ENDS
