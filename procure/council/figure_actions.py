"""What is done to the dated figures of the law: later rows and proclaimed holidays, added and withdrawn in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.audit.actions import Actor, act
from procure.contract.models import Contract
from procure.council.law import added_figures, forget
from procure.council.models import AddedHoliday, LaterFigure, LightTouchCode, LightTouchList, MeetingDay
from procure.extensions import db
from procure.law.calendars import NATIONS, is_listed
from procure.law.figures import FIGURES, Figure, Unit, is_of_council, rows_of
from procure.law.light_touch import read_list
from procure.law.thresholds import Comparison
from procure.law.working_days import SATURDAY
from procure.now import legal_day
from procure.people.actions.administering import must_administer
from procure.procurement.models import Procurement
from procure.refusals import Refusal

MOST_DAYS = 1_000


class FigureRefused(Refusal):
    """A figure of the law can't change in this way: never backwards, never twice on a day."""


class HolidayRefused(Refusal):
    """A bank holiday can't be added so: never backwards, never twice."""


def add_figure(
    figure: str,
    *,
    amount: Decimal,
    from_on: date,
    source: str,
    comparison: Comparison | None = None,
    is_unchecked: bool = False,
    by: Actor,
    at: datetime,
) -> LaterFigure:
    """Say what a figure is from a day on. The row before it ends on the day before; nothing that has begun changes."""
    must_administer(by, at)
    named = FIGURES.get(figure)
    if named is None:
        raise FigureRefused("There is no such figure of the law here.")
    if not source.strip():
        raise FigureRefused("Say where the new figure is published.", field="source")
    with act(f"added a later figure: {named.label}", on="council", by=by, at=at):
        forget()
        _refuse_amount(named, amount)
        _refuse_day(named, from_on, legal_day(at))
        row = LaterFigure(
            figure=figure, amount=amount, from_on=from_on, source=source.strip(), is_unchecked=is_unchecked,
            comparison=comparison if named.unit is Unit.POUNDS else None,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        forget()
    return row


def _refuse_amount(figure: Figure, amount: Decimal) -> None:
    if figure.unit is Unit.POUNDS:
        if amount <= 0:
            raise FigureRefused("Enter a sum of more than £0.", field="amount")
    elif amount != int(amount) or not 0 <= amount <= MOST_DAYS:
        raise FigureRefused(f"Enter a whole number of {figure.unit}, {MOST_DAYS:,} at most.", field="amount")
    elif amount == 0 and figure.shipped[-1].amount and not is_of_council(figure):
        raise FigureRefused(f"Enter 1 or more {figure.unit}.", field="amount")


def _refuse_day(figure: Figure, from_on: date, today: date) -> None:
    first = figure.shipped[-1]
    if from_on <= first.from_on:
        raise FigureRefused(
            f"The figure on record began on {words.day(first.from_on)}. A later one begins after that.", field="from_on"
        )
    if any(row.from_on == from_on for row in rows_of(figure, added_figures())):
        raise FigureRefused(
            f"A row that begins on {words.day(from_on)} is on record. Withdraw that one, or choose another day.",
            field="from_on",
        )
    if from_on > today:
        return
    if not figure.rests_on_start:
        raise FigureRefused(
            "It can’t begin in the past or today: days have been counted already. Enter a later day.", field="from_on"
        )
    begun = _begun_since(from_on)
    if begun:
        raise FigureRefused(
            f"{begun} began on or after {words.day(from_on)}, under the figure that stood. A figure never reaches "
            "back. Enter a later day.",
            field="from_on",
        )


def _begun_since(day: date) -> str:
    """What was begun on a day or after it, by its reference; empty where nothing was."""
    first = db.session.scalars(
        select(Procurement.reference).where(Procurement.started_on >= day).order_by(Procurement.started_on).limit(1)
    ).first()
    return first or (
        db.session.scalars(
            select(Contract.reference).where(Contract.signed_on >= day).order_by(Contract.signed_on).limit(1)
        ).first()
        or ""
    )


def withdraw_figure(row: LaterFigure, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Take a row back before its first day. It stays on record with the reason; the row before it goes on."""
    must_administer(by, at)
    today = legal_day(at)
    if not because.strip():
        raise FigureRefused("Say why it is withdrawn.", field="reason")
    with act("withdrew a later figure", on=row, by=by, at=at, sees=sees, note=because):
        if row.withdrawn_on is not None:
            raise FigureRefused("It is withdrawn already.")
        if row.from_on <= today and _begun_since(row.from_on):
            raise FigureRefused(
                f"It began on {words.day(row.from_on)}, and purchases rest on it. Add a row from a later day instead."
            )
        row.withdrawn_on, row.withdrawn_because = today, because.strip()
        db.session.flush()
        forget()


def add_holiday(
    day: date, *, name: str, nations: Collection[str], source: str, by: Actor, at: datetime
) -> AddedHoliday:
    """Add a bank holiday proclaimed since the official list that ships. Counts that run over it get longer."""
    must_administer(by, at)
    where = [nation for nation in NATIONS if nation in nations]
    if not where:
        raise HolidayRefused("Choose where it is a bank holiday.", field="nations")
    if day <= legal_day(at):
        raise HolidayRefused("It can’t be added for today or a day that is past. Enter a later day.", field="day")
    if day.weekday() >= SATURDAY:
        said = f"{words.weekday(day)} is no working day anyway. Enter the day that is kept instead, if there is one."
        raise HolidayRefused(said, field="day")
    with act(f"added the bank holiday {name}", on="council", by=by, at=at):
        known = [nation for nation in where if is_listed(day, nation)]
        if known == where:
            raise HolidayRefused(
                f"{words.weekday(day)} is on the official list for {words.joined(known)} already.", field="day"
            )
        standing = select(AddedHoliday).where(AddedHoliday.day == day, AddedHoliday.withdrawn_on.is_(None))
        if db.session.scalars(standing).first() is not None:
            raise HolidayRefused(f"{words.weekday(day)} was added already.", field="day")
        row = AddedHoliday(day=day, name=name, nations="\n".join(where), source=source)
        db.session.add(row)
        db.session.flush()
        forget()
    return row


def withdraw_holiday(row: AddedHoliday, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Take back a bank holiday that was added by mistake, before it comes."""
    must_administer(by, at)
    if not because.strip():
        raise HolidayRefused("Say why it is withdrawn.", field="reason")
    with act("withdrew a bank holiday", on=row, by=by, at=at, sees=sees, note=because):
        if row.withdrawn_on is not None:
            raise HolidayRefused("It is withdrawn already.")
        if row.day <= legal_day(at):
            raise HolidayRefused(f"{words.weekday(row.day)} has come, and days were counted by it. It stays on record.")
        row.withdrawn_on, row.withdrawn_because = legal_day(at), because.strip()
        db.session.flush()
        forget()


def load_light_touch(
    lines: Collection[str], *, from_on: date, source: str, by: Actor, at: datetime
) -> LightTouchList:  # fmt: skip
    """Load an edition of the list of light touch services, in force from a day on. Earlier editions stay on record."""
    must_administer(by, at)
    rows = read_list(lines)
    if from_on < legal_day(at):
        raise FigureRefused("A list can’t begin in the past. Enter today or a later day.", field="from_on")
    with act(f"loaded the list of light touch services: {words.plural(len(rows), 'line')}", on="council", by=by, at=at):
        if db.session.scalars(select(LightTouchList).where(LightTouchList.from_on == from_on)).first() is not None:
            raise FigureRefused(f"A list from {words.day(from_on)} is on record. Choose another day.", field="from_on")
        edition = LightTouchList(from_on=from_on, source=source.strip())
        edition.codes = [
            LightTouchCode(first=row.first, last=row.last, title=row.title, is_reservable=row.is_reservable)
            for row in rows
        ]
        db.session.add(edition)
        db.session.flush()
    return edition


def add_meeting_days(body: str, days: Collection[date], *, by: Actor, at: datetime) -> list[MeetingDay]:
    """Enter days on which a body meets. One that is there already is left as it is, a cancelled one stands again."""
    must_administer(by, at)
    name = " ".join(body.split())
    with act(f"entered meeting days of {name}", on="council", by=by, at=at):
        standing = {row.meets_on: row for row in db.session.scalars(select(MeetingDay).where(MeetingDay.body == name))}
        found = []
        for on in sorted(set(days)):
            row = standing.get(on)
            if row is None:
                row = MeetingDay(body=name, meets_on=on)
                db.session.add(row)
            row.cancelled_on = None
            found.append(row)
        db.session.flush()
        forget()
    return found


def cancel_meeting_day(row: MeetingDay, *, by: Actor, at: datetime) -> None:
    """Say that a body doesn’t meet on a day after all. Plans look for the next one."""
    must_administer(by, at)
    with act("cancelled a meeting day", on=row, by=by, at=at):
        if row.cancelled_on is None:
            row.cancelled_on = legal_day(at)
        db.session.flush()
        forget()
