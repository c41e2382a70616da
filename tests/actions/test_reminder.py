"""The daily round on rows: planned once, sent once, passed on, acknowledged, and never in anybody's way."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.contract.actions import correct, end, record_contract
from procure.contract.ending import decide_what_follows, decline_option
from procure.contract.models import Contract
from procure.contract.rules import WhatFollows
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, MANAGER, Cast
from procure.demonstration.contract import buy_again, ending_contract, run_the_clock, twelve_months
from procure.extensions import db
from procure.mail.actions import send_again
from procure.mail.models import Letter
from procure.mail.sending import post_waiting
from procure.people.models import Person
from procure.reminder.actions import AlreadyAnswered, acknowledge, daily_round, due_ids, plan, send_due
from procure.reminder.keys import reminder_with
from procure.reminder.models import Reminder
from procure.reminder.rules import ReminderKind

LADDER = ReminderKind.LADDER


def one(step: int, kind: ReminderKind = LADDER) -> Reminder:
    return db.session.scalars(
        select(Reminder).where(Reminder.kind == kind, Reminder.step == step, Reminder.cancelled_at.is_(None))
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
    reminder = one(18)
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
    assert db.session.scalar(select(func.count(Reminder.id))) == before == 9


def test_a_round_that_did_nothing_leaves_no_trail(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    count = select(func.count(TrailEntry.id)).where(TrailEntry.said == "ran the daily round")
    before = db.session.scalar(count)
    daily_round(days.BEGIN, at=days.at(days.BEGIN))
    assert db.session.scalar(count) == before


def test_a_round_that_slept_sends_what_it_missed(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    run_the_clock(date(2027, 4, 12))
    assert one(12).sent_on == date(2027, 4, 12) and one(4, ReminderKind.START_BY).sent_on == date(2027, 4, 12)
    assert not due_ids(date(2027, 4, 12))


def test_a_moved_end_cancels_what_was_not_sent_and_plans_anew(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    correct(contract, ends_on=date(2029, 3, 31), because="Typed from the wrong page", by=cast["officer"],
            at=days.at(days.BEGIN))  # fmt: skip
    run_the_clock(days.BEGIN)
    old = db.session.scalars(select(Reminder).where(Reminder.about_on == date(2028, 3, 31))).all()
    assert [(reminder.step, reminder.cancelled_at is None) for reminder in old if reminder.sent_on] == [(18, True)]
    assert all(reminder.cancelled_at for reminder in old if not reminder.sent_on)
    assert one_of(date(2029, 3, 31), 18).send_on == date(2027, 9, 30)


def one_of(about_on: date, step: int) -> Reminder:
    return db.session.scalars(select(Reminder).where(Reminder.about_on == about_on, Reminder.step == step)).one()


def test_an_end_moved_back_takes_up_the_cancelled_ones(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    for ends_on in (date(2029, 3, 31), date(2028, 3, 31)):
        correct(contract, ends_on=ends_on, because="Typed wrong", by=cast["officer"], at=days.at(days.BEGIN))
        plan(days.BEGIN, at=days.at(days.BEGIN))
    assert one_of(date(2028, 3, 31), 12).cancelled_at is None and one_of(date(2029, 3, 31), 12).cancelled_at


def test_nobody_answers_and_the_letter_goes_up_and_up(app: Flask, cast: Cast) -> None:
    twelve_months(ending_contract(cast), cast)
    run_the_clock(date(2027, 4, 14))
    assert one(12).escalated_on is None
    run_the_clock(date(2027, 4, 15))
    passed_on = db.session.scalars(select(Reminder).where(Reminder.escalation_of == one(12))).one()
    assert passed_on.sent_to == cast["commissioning"] and passed_on.answer_by_on == date(2027, 4, 29)
    subjects = [letter.subject for letter in letters() if letter.to == cast["commissioning"]]
    assert any(subject.startswith("Take over by 29 April, no answer from the Contract Manager") for subject in subjects)
    run_the_clock(date(2027, 4, 30))
    again = db.session.scalars(select(Reminder).where(Reminder.escalation_of == passed_on)).one()
    assert again.sent_to == cast["director"] and again.post == cast.post(DIRECTOR)
    before = db.session.scalar(select(func.count(Reminder.id)).where(Reminder.kind == ReminderKind.ESCALATION))
    run_the_clock(date(2027, 6, 1))
    for_director = select(func.count(Reminder.id)).where(Reminder.escalation_of == again)
    assert db.session.scalar(for_director) == 0 and before


def test_a_decision_is_an_answer(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    buy_again(contract, cast)
    run_the_clock(date(2027, 4, 16))
    assert not db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.ESCALATION)).all()
    assert one(9).send_on == date(2027, 6, 30)
    unsent = db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.START_BY)).all()
    assert unsent and all(reminder.cancelled_at for reminder in unsent)


def test_a_vacant_post_sends_its_letter_up_and_says_so(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    leave(cast["manager"], date(2027, 3, 1))
    run_the_clock(days.LETTER)
    reminder = one(12)
    assert reminder.sent_to == cast["commissioning"] and reminder.sent_post == cast.post(COMMISSIONING)
    assert reminder.post == cast.post(MANAGER) and reminder.problem == "Nobody holds the post of Contract Manager."
    assert "nobody holds the post of Contract Manager, which owns this contract" in letters()[-1].text


def test_with_nobody_in_the_line_the_administrator_gets_it(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    for key in ("manager", "commissioning", "director"):
        leave(cast[key], date(2027, 3, 1))
    run_the_clock(days.LETTER)
    assert one(12).sent_to == cast["administrator"] and one(12).problem


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
    assert done.sent == 2 and len(done.problems) == 1
    stuck = db.session.scalars(select(Reminder).where(Reminder.contract == other, Reminder.problem.is_not(None))).one()
    assert stuck.sent_on is None and "Nobody holds the post" in (stuck.problem or "")
    assert one_of(date(2028, 3, 31), 12).sent_on == days.LETTER


def test_a_letter_is_acknowledged_once(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    before = db.session.scalar(select(func.count(TrailEntry.id)))
    with pytest.raises(AlreadyAnswered):
        acknowledge(one(18), by=cast["manager"], at=days.at(days.BEGIN))
    assert db.session.scalar(select(func.count(TrailEntry.id))) == before


def test_the_key_opens_the_reminder_until_the_letter_is_sent_again(app: Flask, cast: Cast, now: datetime) -> None:
    ending_contract(cast)
    daily_round(days.LETTER, at=days.at(days.LETTER))
    letter = letters()[-1]
    key = re.findall(r"/r/([\w-]+)\n", letter.text)[0]
    assert letter.secret == key and reminder_with(key) is not None
    post_waiting(days.at(days.LETTER))
    assert key not in letter.text + letter.html and reminder_with(key) is not None
    send_again(letter, by=cast["officer"], at=days.at(days.LETTER, 12))
    assert reminder_with(key) is None and letter.secret and reminder_with(letter.secret) is not None


def test_a_declined_option_and_an_ended_contract_are_asked_about_no_more(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    decline_option(contract.options[0], because="Another shape is wanted", by=cast["manager"], at=days.at(days.BEGIN))
    plan(days.BEGIN, at=days.at(days.BEGIN))
    assert one_of(date(2027, 6, 30), 1).cancelled_at
    over = date(2028, 4, 3)
    end(contract, date(2028, 3, 31), by=cast["manager"], at=days.at(over))
    assert plan(over, at=days.at(over)).cancelled
    assert not due_ids(over)


def test_letting_it_end_stops_every_letter(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    decide_what_follows(contract, WhatFollows.LET_LAPSE, "Not needed", by=cast["manager"], at=days.at(days.BEGIN))
    plan(days.BEGIN, at=days.at(days.BEGIN))
    assert not due_ids(date(2028, 3, 31))


def test_two_rounds_at_once_send_each_letter_once(app: Flask, cast: Cast) -> None:
    contract = ending_contract(cast)
    for number in range(6):
        record_contract(
            title=f"Small contract {number}", supplier=contract.supplier, manager_post=cast.post(MANAGER),
            starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31), value_net=contract.annual_net,
            vat_percent=contract.annual_net * 0 + 20, by=cast["officer"], at=days.at(days.BEGIN),
        )  # fmt: skip
    db.session.remove()

    def go(_: int) -> int:
        with app.app_context():
            done = daily_round(days.LETTER, at=days.at(days.LETTER))
            db.session.remove()
            return done.sent

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(go, range(4)))
    on_the_day = db.session.scalars(select(Reminder).where(Reminder.sent_on == days.LETTER)).all()
    assert (
        sum(sent)
        == len(on_the_day)
        == db.session.scalar(select(func.count(Letter.id)).where(Letter.queued_at == days.at(days.LETTER)))
    )
    assert len({(one.contract_id, one.kind, one.about_on, one.step) for one in on_the_day}) == len(on_the_day)
    assert db.session.scalar(select(func.count(Contract.id))) == 7
    assert verify().verified


def test_what_is_due_is_found_however_late(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    assert len(due_ids(days.LETTER + timedelta(days=400))) == 8
