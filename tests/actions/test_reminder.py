"""The daily round on rows: planned once, sent once, passed on, acknowledged, and never in anybody's way."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import String, Text, delete, event, func, insert, select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.budget.models import RingFence
from procure.contract.actions import correct, end, record_contract
from procure.contract.ending import decide_what_follows, decline_option
from procure.contract.life_models import Break, ContractNotice, ExpiringPaper, Indicator, IndicatorReturn, Review
from procure.contract.life_rules import ExpiringKind, NoticeDuty, Rating, ReviewKind
from procure.contract.models import Contract
from procure.contract.rules import WhatFollows
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, MANAGER, Cast
from procure.demonstration.contract import answer, buy_again, pay_until, run_the_clock, twelve_months
from procure.extensions import db
from procure.mail.actions import send_again
from procure.mail.models import Letter
from procure.mail.rounds import own_transaction
from procure.mail.sending import post_waiting
from procure.people.actions.covers import set_cover
from procure.people.models import Person
from procure.reminder.actions import daily_round, due_ids, plan, send_due
from procure.reminder.answering import AlreadyAnswered, NotADayToPutOffTo, acknowledge, snooze
from procure.reminder.choosing import choose_letters, drop_own_offsets, set_offsets, set_own_offsets
from procure.reminder.keys import reminders_with
from procure.reminder.models import PlanRequest, Reminder, ReminderOffsets
from procure.reminder.planning import request_plans
from procure.reminder.rules.kinds import ABOUT_THE_END, ReminderKind
from procure.suppliers.models import Supplier
from tests.standing import kept

LADDER = ReminderKind.LADDER


@kept
def ending_contract(cast: Cast) -> Contract:
    """A contract with two options and nothing else that could be asked about; its first letter is acknowledged."""
    with act("recorded the contract", on="CON-2025-007", by=cast["officer"], at=days.at(days.CONTRACT_BEGAN)):
        supplier = Supplier(name="Example Network")
        db.session.add(supplier)
        contract = record_contract(
            title="Social infrastructure support", supplier=supplier, manager_post=cast.post(MANAGER),
            starts_on=days.CONTRACT_BEGAN, ends_on=days.CONTRACT_ENDS, value_net=Decimal(277_500),
            vat_percent=Decimal(20), option_months=(12, 12), notice_months=6, reference="CON-2025-007",
            by=cast["officer"], at=days.at(days.CONTRACT_BEGAN),
        )  # fmt: skip
    run_the_clock(days.EIGHTEEN_MONTHS)
    answer(contract, LADDER, "18m", cast, on=date(2026, 10, 5))
    pay_until(contract, days.BEGIN, cast)
    return contract


def one(ahead: str, kind: ReminderKind = LADDER) -> Reminder:
    return db.session.scalars(
        select(Reminder).where(Reminder.kind == kind, Reminder.ahead == ahead, Reminder.cancelled_at.is_(None))
    ).one()


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def leave(person: Person, last_day: date) -> None:
    """End all that a person holds."""
    with act("ended a holding", on="people", by=person, at=days.at(last_day)):
        for held in (*person.holdings, *person.grants):
            held.until_on = last_day


def test_the_first_letter_went_on_its_day_and_was_acknowledged(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    reminder = one("18m")
    assert reminder.sent_on == date(2026, 9, 30) and reminder.answer_by_on == date(2026, 10, 14)
    assert reminder.sent_to == cast["manager"] and reminder.acknowledged_at == days.at(date(2026, 10, 5))
    (letter,) = letters()
    assert letter.subject == "Think ahead by 14 October: Social infrastructure support ends 31 March 2028"
    assert letter.about == contract.reference and letter.sent_at is not None
    assert verify().verified


def test_the_letter_of_the_drawing_is_the_letter_that_goes(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    twelve_months(contract, cast)
    letter = letters()[-1]
    assert letter.subject == "Decide by 5 May: Social infrastructure support ends 31 March 2028"
    for line in (
        "The contract ends in 12 months.", "Supplier: Example Network", "Value: £333,000 including VAT",
        "Paid so far: £212,750, 64%", "Options: 2, of one year each", "Start buying by: Wednesday 5 May 2027",
        "If nobody answers by Wednesday 14 April 2027, it goes to the Head of Commissioning.",
    ):  # fmt: skip
        assert line in letter.text


def test_planning_twice_adds_nothing(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    before = db.session.scalar(select(func.count(Reminder.id)))
    assert plan(days.BEGIN, at=days.at(days.BEGIN)).is_nothing
    assert db.session.scalar(select(func.count(Reminder.id))) == before == 11


def test_a_round_that_did_nothing_leaves_no_trail(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    count = select(func.count(TrailEntry.id)).where(TrailEntry.said == "ran the daily round")
    before = db.session.scalar(count)
    daily_round(days.BEGIN, at=days.at(days.BEGIN))
    assert db.session.scalar(count) == before


def test_a_clock_that_slept_sends_each_contract_its_latest_missed_letter_once(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    others = small_contracts(contract, cast, 3)
    before = len(letters())
    run_the_clock(date(2027, 4, 30))
    run_the_clock(date(2027, 5, 4))
    gone = db.session.scalars(select(Reminder).where(Reminder.sent_on == date(2027, 4, 30))).all()
    assert {reminder.contract_id for reminder in gone} == {contract.id, *(other.id for other in others)}
    assert [(reminder.kind, reminder.ahead) for reminder in gone] == [(ReminderKind.START_BY, "28d")] * 4
    assert len(letters()) == before + 4 and not due_ids(date(2027, 5, 4))
    missed = db.session.scalars(select(Reminder).where(Reminder.passed_over, Reminder.contract == contract)).all()
    assert {(reminder.kind, reminder.ahead) for reminder in missed} == {(ReminderKind.OPTION, "3m"), (LADDER, "12m")}


def test_a_moved_end_cancels_what_was_not_sent_and_plans_anew(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    correct(contract, ends_on=date(2029, 3, 31), because="Typed from the wrong page", by=cast["officer"],
            at=days.at(days.BEGIN))  # fmt: skip
    run_the_clock(days.BEGIN)
    old = db.session.scalars(select(Reminder).where(Reminder.about_on == date(2028, 3, 31))).all()
    assert [(reminder.ahead, reminder.cancelled_at is None) for reminder in old if reminder.sent_on] == [("18m", True)]
    assert all(reminder.cancelled_at for reminder in old if not reminder.sent_on)
    assert one_of(date(2029, 3, 31), "18m").send_on == date(2027, 9, 30)


def one_of(about_on: date, ahead: str) -> Reminder:
    rows = select(Reminder).where(Reminder.about_on == about_on, Reminder.ahead == ahead).order_by(Reminder.id.desc())
    return db.session.scalars(rows.limit(1)).one()


def test_an_end_moved_back_plans_the_old_days_again(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    for ends_on in (date(2029, 3, 31), date(2028, 3, 31)):
        correct(contract, ends_on=ends_on, because="Typed wrong", by=cast["officer"], at=days.at(days.BEGIN))
    assert one_of(date(2028, 3, 31), "12m").cancelled_at is None and one_of(date(2029, 3, 31), "12m").cancelled_at


def test_nobody_answers_and_the_letter_goes_up_and_up(app: Flask, cast: Cast) -> None:
    twelve_months(ending_contract(cast), cast)
    run_the_clock(date(2027, 4, 14))
    assert one("12m").escalated_on is None
    run_the_clock(date(2027, 4, 15))
    passed_on = db.session.scalars(select(Reminder).where(Reminder.follows == one("12m"))).one()
    assert passed_on.sent_to == cast["commissioning"] and passed_on.answer_by_on == date(2027, 4, 29)
    subjects = [letter.subject for letter in letters() if letter.to == cast["commissioning"]]
    assert any(subject.startswith("Take over by 29 April, no answer from the Contract Manager") for subject in subjects)
    run_the_clock(date(2027, 4, 30))
    again = db.session.scalars(select(Reminder).where(Reminder.follows == passed_on)).one()
    assert again.sent_to == cast["director"] and again.post == cast.post(DIRECTOR)
    before = db.session.scalar(select(func.count(Reminder.id)).where(Reminder.kind == ReminderKind.ESCALATION))
    run_the_clock(date(2027, 6, 1))
    for_director = select(func.count(Reminder.id)).where(Reminder.follows == again)
    assert db.session.scalar(for_director) == 0 and before


def test_a_decision_is_an_answer(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    buy_again(contract, cast)
    run_the_clock(date(2027, 4, 16))
    assert not db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.ESCALATION)).all()
    assert one("9m").send_on == date(2027, 6, 30)
    unsent = db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.START_BY)).all()
    assert unsent and all(reminder.cancelled_at for reminder in unsent)


def test_a_vacant_post_sends_its_letter_up_and_says_so(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    leave(cast["manager"], date(2027, 3, 1))
    run_the_clock(days.LETTER)
    reminder = one("12m")
    assert reminder.sent_to == cast["commissioning"] and reminder.sent_post == cast.post(COMMISSIONING)
    assert reminder.post == cast.post(MANAGER) and reminder.problem == "Nobody holds the post of Contract Manager."
    assert "nobody holds the post of Contract Manager, which owns this contract" in letters()[-1].text


def test_with_nobody_in_the_line_the_administrator_gets_it(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    for key in ("manager", "commissioning", "director"):
        leave(cast[key], date(2027, 3, 1))
    run_the_clock(days.LETTER)
    assert one("12m").sent_to == cast["administrator"] and one("12m").problem


def test_one_that_cannot_be_sent_is_noted_and_the_next_goes_on(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    other = record_contract(
        title="Benches", supplier=contract.supplier, manager_post=cast.post(DIRECTOR), starts_on=date(2026, 4, 1),
        ends_on=date(2027, 6, 30), value_net=contract.annual_net, vat_percent=contract.annual_net * 0 + 20,
        by=cast["officer"], at=days.at(days.BEGIN),
    )  # fmt: skip
    for key in ("director", "administrator"):
        leave(cast[key], date(2027, 3, 1))
    plan(days.LETTER, at=days.at(days.LETTER))
    done = send_due(days.LETTER, at=days.at(days.LETTER))
    assert done.reminders == 1 and len(done.problems) == 1
    stuck = db.session.scalars(select(Reminder).where(Reminder.contract == other, Reminder.problem.is_not(None))).one()
    assert stuck.sent_on is None and "Nobody holds the post" in (stuck.problem or "")
    assert one_of(date(2028, 3, 31), "12m").sent_on == days.LETTER


def test_a_letter_is_acknowledged_once(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    before = db.session.scalar(select(func.count(TrailEntry.id)))
    with pytest.raises(AlreadyAnswered):
        acknowledge(one("18m"), by=cast["manager"], at=days.at(days.BEGIN))
    assert db.session.scalar(select(func.count(TrailEntry.id))) == before


def test_the_key_opens_the_reminder_until_the_letter_is_sent_again(app: Flask, cast: Cast, now: datetime) -> None:
    ending_contract(cast)
    daily_round(days.LETTER, at=days.at(days.LETTER))
    letter = letters()[-1]
    key = re.findall(r"/r/([\w-]+)\n", letter.text)[0]
    assert letter.secret == key and reminders_with(key)
    post_waiting(days.at(days.LETTER))
    assert key not in letter.text + letter.html and reminders_with(key)
    send_again(letter, by=cast["officer"], at=days.at(days.LETTER, 12))
    assert not reminders_with(key) and letter.secret and reminders_with(letter.secret)


def test_a_declined_option_and_an_ended_contract_are_asked_about_no_more(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    decline_option(contract.options[0], because="Another shape is wanted", by=cast["manager"], at=days.at(days.BEGIN))
    plan(days.BEGIN, at=days.at(days.BEGIN))
    assert one_of(date(2027, 6, 30), "30d").cancelled_at
    over = date(2028, 4, 3)
    end(contract, date(2028, 3, 31), by=cast["manager"], at=days.at(over))
    assert not due_ids(over)


def test_letting_it_end_stops_every_letter(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    decide_what_follows(contract, WhatFollows.LET_LAPSE, "Not needed", by=cast["manager"], at=days.at(days.BEGIN))
    assert not due_ids(date(2028, 3, 30))
    run_the_clock(date(2028, 3, 31))
    assert letters()[-1].subject.startswith("Record by 18 April how it ended")


def small_contracts(like: Contract, cast: Cast, count: int, post: str = MANAGER) -> list[Contract]:
    return [
        record_contract(
            title=f"Small contract {number}", supplier=like.supplier, manager_post=cast.post(post),
            starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31), value_net=Decimal(10_000), vat_percent=Decimal(20),
            by=cast["officer"], at=days.at(days.BEGIN),
        )
        for number in range(count)
    ]  # fmt: skip


def test_any_number_of_rounds_at_once_send_each_letter_once(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    small_contracts(contract, cast, 7)
    small_contracts(contract, cast, 4, DIRECTOR)
    db.session.remove()

    def go(_: int) -> int:
        with app.app_context():
            done = daily_round(days.LETTER, at=days.at(days.LETTER))
            db.session.remove()
            return done.sent

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(go, range(4)))
    on_the_day = db.session.scalars(select(Reminder).where(Reminder.sent_on == days.LETTER)).all()
    queued = db.session.scalars(select(Letter).where(Letter.queued_at == days.at(days.LETTER))).all()
    assert sum(sent) == len(on_the_day) == 12
    assert {reminder.letter_id for reminder in on_the_day} == {letter.id for letter in queued}
    assert sorted(letter.name for letter in queued) == ["several_reminders"] + ["twelve_months"] * 4
    assert not due_ids(days.LETTER)
    assert verify().verified


def test_what_is_due_is_found_however_late(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    assert len(due_ids(days.LETTER + timedelta(days=400))) == 10


def test_terms_that_change_plan_their_letters_in_the_same_act(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    version = contract.terms_version
    with act("recorded its life", on=contract, by=cast["manager"], at=days.at(days.BEGIN)):
        db.session.add_all(
            [
                ExpiringPaper(contract=contract, kind=ExpiringKind.PUBLIC_LIABILITY, expires_on=date(2027, 4, 30)),
                Indicator(contract=contract, name="Reach", every_months=3, first_due_on=date(2027, 3, 31)),
                Break(contract=contract, break_on=date(2027, 12, 31), notice_by_on=date(2027, 9, 30)),
                ContractNotice(contract=contract, duty=NoticeDuty.PERFORMANCE, about_on=date(2027, 3, 31),
                               due_on=date(2027, 4, 30)),
                Review(contract=contract, kind=ReviewKind.ANNUAL, due_on=date(2027, 4, 1)),
            ]
        )  # fmt: skip
    assert contract.terms_version == version + 1
    new = db.session.scalars(select(Reminder).where(Reminder.terms_version == contract.terms_version)).all()
    assert {(one.kind, one.ahead, one.send_on) for one in new if one.kind not in ABOUT_THE_END} == {
        (ReminderKind.PAPER, "30d", date(2027, 3, 31)), (ReminderKind.PAPER, "-1d", date(2027, 5, 4)),
        (ReminderKind.INDICATOR, "14d", date(2027, 3, 17)), (ReminderKind.INDICATOR, "-1d", date(2027, 4, 1)),
        (ReminderKind.DUTY, "14d", date(2027, 4, 16)), (ReminderKind.DUTY, "-1d", date(2027, 5, 4)),
        (ReminderKind.REVIEW, "14d", date(2027, 3, 18)),
    }  # fmt: skip
    assert not db.session.scalar(select(func.count(PlanRequest.id)).where(PlanRequest.of == new[0].of))
    run_the_clock(date(2027, 3, 17))
    with act("entered a return", on=contract, by=cast["manager"], at=days.at(date(2027, 3, 18))):
        indicator = contract.indicators[0]
        db.session.add(
            IndicatorReturn(indicator=indicator, from_on=date(2027, 1, 1), until_on=date(2027, 3, 31),
                            rating=Rating.GOOD, rated_at=days.at(date(2027, 3, 18)))
        )  # fmt: skip
    of_it = select(Reminder).where(Reminder.kind == ReminderKind.INDICATOR).order_by(Reminder.id)
    first, second, *next_ones = db.session.scalars(of_it)
    assert first.settled_on == date(2027, 3, 18) and second.cancelled_at is not None
    assert [one.about_on for one in next_ones] == [date(2027, 6, 30)] * 2
    assert verify().verified


def test_what_cannot_be_planned_in_the_act_is_left_to_the_round(app: Flask, cast: Cast) -> None:
    contract, offsets = ending_contract(cast), ReminderOffsets.__table__
    with own_transaction():
        unreadable = {"kind": "ladder", "ahead": "soon", "because": "", "from_on": days.BEGIN, "version": 1}
        db.session.connection().execute(insert(offsets).values(unreadable))
    correct(contract, ends_on=date(2029, 3, 31), because="Typed wrong", by=cast["officer"], at=days.at(days.BEGIN))
    assert contract.ends_on == date(2029, 3, 31), "the act is done all the same"
    assert db.session.scalars(select(PlanRequest.of)).all() == [f"contract:{contract.id}"]
    with own_transaction():
        db.session.connection().execute(delete(offsets))
    run_the_clock(days.BEGIN)
    assert one_of(date(2029, 3, 31), "18m").send_on == date(2027, 9, 30)


def test_contracts_brought_in_in_bulk_are_planned_by_the_next_round_and_never_flood(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    run_the_clock(days.BEGIN)
    table, before = Contract.__table__, len(letters())
    with own_transaction():
        rows = [
            {"reference": f"CON-2024-{number:03}", "title": f"Brought in {number}", "state": "live", "version": 1,
             "manager_post_id": cast.post(MANAGER).id if number % 2 else None, "starts_on": date(2024, 1, 1),
             "ends_on": date(2027, 3, 31) if number % 3 else None}
            for number in range(40)
        ]  # fmt: skip
        for row in rows:
            db.session.connection().execute(insert(table), {**_empty(table), **row})
        request_plans(list(db.session.scalars(select(Contract.id).where(Contract.reference.like("CON-2024-%")))))
    done = daily_round(days.BEGIN, at=days.at(days.BEGIN))
    assert done.planned > 90 and done.problems == []
    new = letters()[before:]
    assert {letter.to_name for letter in new} == {cast["manager"].name, cast["administrator"].name}
    assert len(new) == 2 and all("reminders by" in letter.subject for letter in new)
    assert db.session.scalar(select(func.count(PlanRequest.id))) == 0
    assert contract.reference in {letter.about for letter in letters()}


def _empty(table: Any) -> dict[str, Any]:
    return {
        column.name: "" for column in table.columns if isinstance(column.type, Text | String) and not column.nullable
    } | {"term": "fixed", "value_basis": "unknown", "is_light_touch": False, "is_example": False, "notice_months": 0,
         "terms_version": 1}  # fmt: skip


def test_a_letter_is_put_off_and_comes_again_and_an_answer_to_it_ends_the_line(app: Flask, cast: Cast) -> None:
    twelve_months(ending_contract(cast), cast)
    letter = one("12m")
    with pytest.raises(NotADayToPutOffTo):
        snooze(letter, date(2028, 4, 1), by=cast["manager"], at=days.at(days.LETTER))
    with pytest.raises(NotADayToPutOffTo):
        snooze(letter, days.LETTER, by=cast["manager"], at=days.at(days.LETTER))
    snooze(letter, date(2027, 5, 2), by=cast["manager"], at=days.at(days.LETTER))
    with pytest.raises(AlreadyAnswered):
        snooze(letter, date(2027, 5, 2), by=cast["manager"], at=days.at(days.LETTER))
    again = db.session.scalars(select(Reminder).where(Reminder.follows == letter)).one()
    assert again.send_on == date(2027, 4, 30), "a Sunday, so it comes on the Friday before"
    run_the_clock(date(2027, 4, 30))
    assert again.sent_to == cast["manager"] and again.letter and again.letter.name == "twelve_months"
    assert one("12m").escalated_on is None
    acknowledge(again, by=cast["manager"], at=days.at(date(2027, 5, 4)))
    assert again.acknowledged_by == cast["manager"] and verify().verified


def test_an_answer_that_comes_late_stops_what_was_passed_on(app: Flask, cast: Cast) -> None:
    twelve_months(ending_contract(cast), cast)
    run_the_clock(date(2027, 4, 15))
    passed_on = db.session.scalars(select(Reminder).where(Reminder.follows == one("12m"))).one()
    acknowledge(one("12m"), by=cast["manager"], at=days.at(date(2027, 4, 16)))
    assert passed_on.settled_on == date(2027, 4, 16)
    run_the_clock(date(2027, 5, 4))
    assert not db.session.scalars(select(Reminder).where(Reminder.follows == passed_on)).all()


def test_whoever_wants_a_weekly_letter_gets_it_on_monday(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    small_contracts(contract, cast, 2)
    choose_letters(cast["manager"], weekly=True)
    before = len(letters())
    run_the_clock(days.LETTER)
    assert len(letters()) == before and not due_ids(days.LETTER), "put off, and not looked at again"
    run_the_clock(date(2027, 4, 5))
    (together,) = letters()[before:]
    assert together.name == "several_reminders" and not due_ids(date(2027, 4, 5))
    assert together.subject == (
        "Answer 3 reminders by 19 April, first: 12 months before the end, Social infrastructure support"
    )
    assert together.text.count("in 11 months") == 3 and "Most urgent" not in together.subject
    key = re.findall(r"/r/([\w-]+)\n", together.text)
    assert not key, "the key is taken out once the letter has gone"


def test_whoever_stands_in_gets_the_letters_of_the_post(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    set_cover(
        cast.post(MANAGER), cast["officer"], from_on=date(2027, 3, 29), until_on=date(2027, 4, 9), reason="Leave",
        authority="Scheme of delegation", by=cast["manager"], at=days.at(days.BEGIN),
    )  # fmt: skip
    run_the_clock(days.LETTER)
    assert one("12m").sent_to == cast["officer"] and one("12m").sent_post == cast.post(MANAGER)
    assert "you stand in for the post of Contract Manager" in letters()[-1].text


def test_what_nobody_looks_after_goes_to_an_administrator(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    with act("took it from its post", on=contract, by=cast["officer"], at=days.at(days.BEGIN)):
        contract.manager_post = None
    run_the_clock(days.BEGIN)
    letter = letters()[-1]
    assert letter.to == cast["administrator"] and letter.subject.startswith("Say by 8 February who looks after it")
    run_the_clock(days.BEGIN + timedelta(days=1))
    assert letters()[-1] is letter, "asked once"


def test_one_contract_may_be_told_at_other_times_than_the_rule_says(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    row = set_own_offsets(
        contract, LADDER, "15 months, 2 months", because="Homes take longer", by=cast["manager"], at=days.at(days.BEGIN)
    )
    unsent = select(Reminder.ahead).where(
        Reminder.kind == LADDER, Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None)
    )
    assert set(db.session.scalars(unsent)) == {"15m", "2m"}, "15 months before has gone by: it goes at once"
    assert one("15m").send_on == days.BEGIN
    drop_own_offsets(row, by=cast["manager"], at=days.at(days.BEGIN))
    assert set(db.session.scalars(unsent)) == {"12m", "9m", "6m", "3m"}


def test_a_rule_changed_for_all_is_planned_by_the_next_round(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    set_offsets(LADDER, None, "10 months", because="CPR 12", by=cast["administrator"], at=days.at(days.BEGIN))
    assert plan(days.BEGIN, at=days.at(days.BEGIN)).cancelled == 4
    assert one("10m").send_on == date(2027, 5, 28)


def test_a_letter_brings_its_day_for_the_calendar(app: Flask, cast: Cast) -> None:
    twelve_months(ending_contract(cast), cast)
    found = icalendar.Calendar.from_ical(letters()[-1].calendar or "")
    (event,) = found.walk("VEVENT")
    assert event.decoded("dtstart") == date(2028, 3, 31) and event.decoded("dtend") == date(2028, 4, 1)
    assert str(event["summary"]) == "12 months before the end: Social infrastructure support"


def test_a_ring_fence_s_end_goes_to_whoever_keeps_the_money(app: Flask, cast: Cast) -> None:
    with act("set money aside", on="budget", by=cast["finance"], at=days.at(days.BEGIN)):
        fence = RingFence(name="Local giving pilot", from_on=date(2026, 4, 1), until_on=date(2027, 6, 30))
        db.session.add(fence)
    run_the_clock(days.BEGIN)
    run_the_clock(date(2027, 3, 30))
    letter = letters()[-1]
    assert letter.subject == "Plan by 30 June what follows: Local giving pilot ends 30 June 2027"
    gone = db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.RING_FENCE)).all()
    assert [(row.ahead, row.sent_on) for row in gone] == [("6m", days.BEGIN), ("3m", date(2027, 3, 30))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_round_with_nothing_to_do_reads_no_table_of_reminders_from_end_to_end(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    daily_round(days.BEGIN, at=days.at(days.BEGIN))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    db.session.remove()
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert daily_round(days.BEGIN, at=days.at(days.BEGIN)).is_nothing
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    read = [one for one in asked if one[0].startswith("SELECT") and "FROM reminder" in one[0]]
    assert read
    with db.engine.connect() as connection:
        for statement, values in read:
            steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert "SCAN reminder" not in steps, statement
