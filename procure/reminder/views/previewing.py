"""What will be sent: who gets what in the next ninety days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from procure.contract.models import Contract
from procure.extensions import db
from procure.now import today
from procure.people.access import enter, may_read_every_file, posts_of, signed_in
from procure.people.models import Cover, Holding, Person
from procure.people.rules import Role
from procure.reminder.due import OF_MONEY, for_post
from procure.reminder.facts import about
from procure.reminder.models import LetterChoice, Reminder
from procure.reminder.recipients import Recipient, Recipients, money_post_id
from procure.reminder.rules.kinds import FOLLOWING, ReminderKind
from procure.reminder.views.room import pages

DAYS_AHEAD = 90
A_PAGE = 50


@dataclass(frozen=True)
class Coming:
    """A letter to come: when, what about, of which contract, to whom."""

    reminder: Reminder
    about: str
    to: Recipient | None

    @property
    def title(self) -> str:
        return self.reminder.contract.title if self.reminder.contract else self.reminder.root.said


@pages.get("/reminders")
@enter()
def coming() -> str:
    """Letters of the next ninety days by day, for everybody or one person; a manager sees their own."""
    reader, day = signed_in(), today()
    sees_all = may_read_every_file(reader, day)
    person = _wanted(reader, sees_all)
    until = day + timedelta(days=DAYS_AHEAD)
    where = [Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None), Reminder.send_on <= until]
    if person is not None:
        where.append(_for_posts(posts_of(person, day)))
    last = _last_seen()
    query = select(Reminder).outerjoin(Contract, Contract.id == Reminder.contract_id).where(*where)
    if last is not None:
        query = query.where(tuple_(Reminder.send_on, Reminder.id) > last)
    rows = list(
        db.session.scalars(
            query.options(joinedload(Reminder.contract), joinedload(Reminder.follows))
            .order_by(Reminder.send_on, Reminder.id)
            .limit(A_PAGE + 1)
        )
    )
    money = money_post_id()
    posts = {
        one.id: (for_post(one, one.contract.manager_post_id if one.contract else None, money), max(one.send_on, day))
        for one in rows[:A_PAGE]
    }
    recipients = Recipients(posts.values())
    shown = [Coming(one, about(one), recipients.of(*posts[one.id])) for one in rows[:A_PAGE]]
    weekly = db.session.scalars(select(LetterChoice.person_id).where(LetterChoice.weekly))
    return render_template(
        "reminder/coming.html", shown=shown, until=until, whom=person, sees_all=sees_all, weekly=set(weekly),
        people=_people(day) if sees_all else [], is_own=person is not None and person.id == reader.id,
        count=_count(where),
        next_after=f"{rows[A_PAGE - 1].send_on}.{rows[A_PAGE - 1].id}" if len(rows) > A_PAGE else "",
        is_first=last is None, may_set=Role.OFFICER in {grant.role for grant in reader.grants if grant.covers(day)},
    )  # fmt: skip


def _for_posts(posts: set[int]) -> Any:
    """Reminders that go to these posts: those of contracts they own, and those that name the post themselves."""
    named = Reminder.kind.in_([*FOLLOWING, ReminderKind.DUTY, ReminderKind.DELEGATION]) & Reminder.post_id.in_(posts)
    found = [named, Contract.manager_post_id.in_(posts)]
    if money_post_id() in posts:
        found.append(Reminder.kind.in_(OF_MONEY))
    return or_(*found)


def _wanted(reader: Person, sees_all: bool) -> Person | None:
    """Whose letters are looked at: the reader's own unless they may see all; None for everybody's."""
    if not sees_all:
        return reader
    number = request.args.get("person", "")
    return db.session.get(Person, int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _last_seen() -> tuple[date, int] | None:
    day, _, number = request.args.get("after", "").partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _people(day: date) -> list[Person]:
    """Everybody who holds or covers a post today, by name."""
    held = select(Holding.person_id).where(
        Holding.from_on <= day, or_(Holding.until_on.is_(None), Holding.until_on >= day)
    )
    covering = select(Cover.person_id).where(Cover.from_on <= day, Cover.until_on >= day)
    return list(
        db.session.scalars(
            select(Person).where(or_(Person.id.in_(held), Person.id.in_(covering))).order_by(Person.name, Person.id)
        )
    )


COUNTED = 1000


def _count(where: list[Any]) -> str:
    some = select(Reminder.id).outerjoin(Contract, Contract.id == Reminder.contract_id).where(*where).limit(COUNTED + 1)
    found = db.session.scalar(select(func.count()).select_from(some.subquery())) or 0
    return f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
