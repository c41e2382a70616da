"""The answer to a letter: seen, or put off to a day. Deciding is the contract room's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from procure import words
from procure.audit.actions import Actor, act
from procure.council.law import planning_england
from procure.extensions import db
from procure.law.working_days import working_day_on_or_before
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal
from procure.reminder.actions import add_following, following
from procure.reminder.models import Reminder
from procure.reminder.rules.going import latest_snooze
from procure.reminder.rules.kinds import ReminderKind, about_label


class AlreadyAnswered(Refusal):
    """The letter is acknowledged already, or put off."""


class NotADayToPutOffTo(Refusal):
    """A letter is put off to a day that is still to come, and not beyond the day it is about."""


def acknowledge(reminder: Reminder, *, by: Actor, at: datetime) -> None:
    """Note that the reader has seen a letter and is on it. Nobody above is asked any more."""
    with act(f"acknowledged the reminder, {about(reminder)}", on=reminder.file, by=by, at=at):
        if not _close([reminder], by, at):
            raise AlreadyAnswered("This letter has been answered already.")


def acknowledge_all(reminders: Sequence[Reminder], *, by: Actor, at: datetime) -> int:
    """The same for everything in one letter that isn't answered yet. Answers how many that were."""
    files = {one.file for one in reminders}
    with act(
        f"acknowledged {words.plural(len(reminders), 'reminder')} in one letter",
        on=files.pop() if len(files) == 1 else "reminders", by=by, at=at,
    ):  # fmt: skip
        done = _close(reminders, by, at)
        if not done:
            raise AlreadyAnswered("Everything in this letter has been answered already.")
    return done


def _close(reminders: Sequence[Reminder], by: Actor, at: datetime, **more: date) -> int:
    done = db.session.execute(
        update(Reminder)
        .where(
            Reminder.id.in_([one.id for one in reminders]), Reminder.acknowledged_at.is_(None),
            Reminder.sent_on.is_not(None),
        )
        .values(acknowledged_at=at, acknowledged_by_id=by.id if isinstance(by, Person) else None, **more)
    )  # fmt: skip
    _settle_what_follows([one.id for one in reminders], at)
    for one in reminders:
        db.session.expire(one)
    return int(done.rowcount)  # type: ignore[attr-defined]


def _settle_what_follows(ids: Sequence[int], at: datetime) -> None:
    """Whoever was asked because this letter had no answer need not answer any more; what is unsent doesn't go."""
    while ids:
        later = Reminder.follows_id.in_(ids) & Reminder.acknowledged_at.is_(None) & Reminder.cancelled_at.is_(None)
        ids = list(db.session.scalars(select(Reminder.id).where(later)))
        if ids:
            some = update(Reminder).where(Reminder.id.in_(ids))
            db.session.execute(some.where(Reminder.sent_on.is_not(None)).values(settled_on=legal_day(at)))
            db.session.execute(some.where(Reminder.sent_on.is_(None)).values(cancelled_at=at))


def snooze(reminder: Reminder, until: date | None, *, by: Actor, at: datetime) -> date:
    """Put a letter off: it comes again on that day, or the working day before, to whoever has the post then.

    Not beyond the day it is about, since then it would be too late.
    """
    today = legal_day(at)
    if until is None or until <= today:
        raise NotADayToPutOffTo("Choose a day that is still to come.", field="until")
    latest = latest_snooze(reminder.root.about_on, reminder.root.how_far, today)
    if until > latest:
        raise NotADayToPutOffTo(
            f"You can put it off to {words.day(latest)} at the latest. After that it would be too late.", field="until"
        )
    send_on = max(working_day_on_or_before(until, planning_england()), today)
    with act(
        f"put off the reminder to {words.day(until)}, {about(reminder)}", on=reminder.file, by=by, at=at
    ):  # fmt: skip
        post_id = reminder.sent_post_id or reminder.post_id
        row = following(reminder, ReminderKind.AGAIN, post_id, send_on)
        if not _close([reminder], by, at, snoozed_until=until):
            raise AlreadyAnswered("This letter has been answered already.")
        add_following([row])
    return until


def about(reminder: Reminder) -> str:
    """What a reminder is about, within a sentence."""
    root = reminder.root
    return words.within(about_label(root.kind, root.how_far, root.about_on, root.said))
