"""`flask reminders …`: the daily round by hand, and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from flask.cli import AppGroup

from procure import words
from procure.cli.answers import Answer, answers, day
from procure.contract.facts import contract_dates
from procure.extensions import db
from procure.now import now
from procure.now import today as this_day
from procure.reminder import actions
from procure.reminder.models import Reminder
from procure.reminder.recipients import recipient_of
from procure.reminder.rules import about_label

reminders = AppGroup("reminders", short_help="Plan and send reminders.", help=__doc__)

on_day = click.option("--today", "given", type=day, help="Pretend it is this day; otherwise the installation’s own.")
dry = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")


@reminders.command("plan")
@on_day
@dry
@answers
def plan(given: date | None, dry_run: bool) -> Answer:
    """Add the reminders that are missing, and cancel those whose date no longer stands."""
    today = given or this_day()
    done = actions.what_to_plan(today) if dry_run else actions.plan(today, at=now())
    would = "would be " if dry_run else ""
    return Answer(
        {"today": today, "planned": done.planned, "cancelled": done.cancelled, "dry_run": dry_run},
        f"{words.plural(done.planned, 'reminder')} {would}planned, {done.cancelled} {would}cancelled.",
    )


@reminders.command("send")
@on_day
@dry
@answers
def send(given: date | None, dry_run: bool) -> Iterator[Answer]:
    """The daily round: plan, pass on what nobody answered, send what is due. One answer a letter, then the sum."""
    today = given or this_day()
    if dry_run:
        yield from _due(today)
        return
    before = set(actions.due_ids(today))
    done = actions.daily_round(today, at=now())
    yield Answer(
        {"today": today, "planned": done.planned, "cancelled": done.cancelled, "escalated": done.escalated,
         "sent": done.sent, "due_before": len(before), "problems": done.problems},
        f"{words.sentence(done.words)}.",
    )  # fmt: skip


@reminders.command("due")
@on_day
@answers
def due(given: date | None) -> Iterator[Answer]:
    """What is due on or before the day and not sent: one line each."""
    return _due(given or this_day())


def _due(today: date) -> Iterator[Answer]:
    for reminder_id in actions.due_ids(today):
        reminder = db.session.get_one(Reminder, reminder_id)
        contract, to = reminder.contract, recipient_of(reminder.contract.manager_post, today)
        about = about_label(reminder.kind, reminder.step, reminder.about_on)
        whom = f"{to.person.name}, {to.post_name}" if to else "nobody"
        yield Answer(
            {"contract": contract.reference, "title": contract.title, "about": about, "about_on": reminder.about_on,
             "due_on": reminder.due_on, "send_on": reminder.send_on, "to": whom,
             "start_by_on": contract_dates(contract).start_by_on},
            f"{reminder.send_on}  {contract.reference}  {about}  to {whom}",
        )  # fmt: skip
