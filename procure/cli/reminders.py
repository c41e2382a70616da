"""`flask reminders …`: the daily round by hand, and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from flask.cli import AppGroup

from procure import words
from procure.cli.answers import Answer, answers, day
from procure.now import now
from procure.now import today as this_day
from procure.reminder import actions
from procure.reminder.composing import subjects_of
from procure.reminder.due import what_is_due
from procure.reminder.recipients import Recipients

reminders = AppGroup("reminders", short_help="Plan and send reminders.", help=__doc__)

on_day = click.option("--today", "given", type=day, help="Pretend it is this day; otherwise the installation’s own.")
dry = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")

AT_A_TIME = 500


@reminders.command("plan")
@on_day
@dry
@answers
def plan(given: date | None, dry_run: bool) -> Answer:
    """Plan what was asked for: add the reminders that are missing, and cancel those whose date no longer stands."""
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
    """The daily round: plan, pass on what nobody answered, send what is due. With --dry-run one answer a reminder."""
    today = given or this_day()
    if dry_run:
        yield from _due(today)
        return
    before = len(actions.due_ids(today))
    done = actions.daily_round(today, at=now())
    yield Answer(
        {"today": today, "planned": done.planned, "cancelled": done.cancelled, "escalated": done.escalated,
         "sent": done.sent, "letters": done.letters, "due_before": before, "problems": done.problems},
        f"{words.sentence(done.words)}.",
    )  # fmt: skip


@reminders.command("due")
@on_day
@answers
def due(given: date | None) -> Iterator[Answer]:
    """What is due on or before the day and not sent: one line each."""
    return _due(given or this_day())


def _due(today: date) -> Iterator[Answer]:
    wanted = what_is_due(today)
    recipients = Recipients((one.for_post_id, today) for one in wanted)
    for begin in range(0, len(wanted), AT_A_TIME):
        some = wanted[begin : begin + AT_A_TIME]
        subjects = subjects_of([one.due for one in some], today)
        for one in some:
            subject, to = subjects[one.due.id], recipients.of(one.for_post_id, today)
            whom = f"{to.person.name}, {to.post_name}" if to else "nobody"
            yield Answer(
                {"contract": subject.reference or None, "of": one.due.of, "kind": one.due.kind.value,
                 "title": subject.title, "about": subject.about, "about_on": one.due.about_on,
                 "due_on": subject.due.due_on, "send_on": one.due.send_on, "to": whom,
                 "start_by_on": subject.start_by_on},
                f"{one.due.send_on}  {subject.reference or one.due.of}  {subject.about}  to {whom}",
            )  # fmt: skip
