"""The law as this council holds it: the shipped tables and calendars, with the dated rows its administrators added.

Actions and pages ask here; a rule gets what it needs as an argument. Rows are read once a transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from procure import words
from procure.council.models import AddedHoliday, Council, LaterFigure, LightTouchList, MeetingDay
from procure.extensions import db
from procure.law import calendars, periods, standstill, thresholds
from procure.law.calendars import NATIONS, Proclaimed
from procure.law.figures import Added, Tables, extended
from procure.law.light_touch import START_SET, START_SET_SOURCE, LightTouchRow
from procure.law.periods import BidPeriod, Circumstance, Deadline
from procure.law.regimes import Regime
from procure.law.standstill import StandstillRule
from procure.law.thresholds import Line, Threshold
from procure.law.working_days import Calendar, Working

READ = "law as this council holds it"


def tables() -> Tables:
    """The dated tables of the law, with the council's later rows."""
    return extended(added_figures())


def added_figures() -> tuple[Added, ...]:
    """The later rows that stand, as rules read them."""
    if "figures" not in _read():
        rows = db.session.scalars(
            select(LaterFigure).where(LaterFigure.withdrawn_on.is_(None)).order_by(LaterFigure.from_on, LaterFigure.id)
        ).all()
        _read()["figures"] = tuple(
            Added(row.figure, row.amount, row.from_on, row.source, row.comparison, row.is_unchecked) for row in rows
        )
    found: tuple[Added, ...] = _read()["figures"]
    return found


def proclaimed() -> tuple[Proclaimed, ...]:
    """Bank holidays proclaimed since the shipped list, as administrators entered them."""
    if "holidays" not in _read():
        rows = db.session.scalars(
            select(AddedHoliday).where(AddedHoliday.withdrawn_on.is_(None)).order_by(AddedHoliday.day, AddedHoliday.id)
        ).all()
        _read()["holidays"] = tuple(
            Proclaimed(row.day, row.name, tuple(one for one in NATIONS if one in row.nation_list), row.source)
            for row in rows
        )
    found: tuple[Proclaimed, ...] = _read()["holidays"]
    return found


def _read() -> dict[str, Any]:
    """What this transaction has read already."""
    read: dict[str, Any] = db.session().info.setdefault(READ, {})
    return read


def forget() -> None:
    """Read the rows anew when they are asked for next: they have changed."""
    db.session().info.pop(READ, None)


@event.listens_for(Session, "after_transaction_end")
def _a_transaction_ends(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(READ, None)


def meeting_days(body: str) -> tuple[date, ...]:
    """The days on which a body meets, of its calendar of meetings."""
    if "meetings" not in _read():
        rows = db.session.execute(
            select(MeetingDay.body, MeetingDay.meets_on)
            .where(MeetingDay.cancelled_on.is_(None))
            .order_by(MeetingDay.meets_on)
        ).all()
        _read()["meetings"] = tuple((row.body, row.meets_on) for row in rows)
    found: tuple[tuple[str, date], ...] = _read()["meetings"]
    return tuple(on for its, on in found if its.casefold() == body.casefold())


def executive_days() -> tuple[date, ...]:
    """The days on which the executive meets: those of its calendar."""
    if "executive" not in _read():
        name = db.session.scalars(select(Council.executive_name).order_by(Council.id)).first()
        _read()["executive"] = meeting_days(name or "Cabinet")
    found: tuple[date, ...] = _read()["executive"]
    return found


@dataclass(frozen=True)
class ListHeld:
    """The list of light touch services as it is held, and where it comes from."""

    rows: tuple[LightTouchRow, ...]
    source: str
    from_on: date | None = None


def light_touch_list(on: date | None = None) -> ListHeld:
    """The edition in force on a day; the newest without one. The start set until an administrator loads a list."""
    newest = select(LightTouchList).order_by(LightTouchList.from_on.desc()).limit(1)
    edition = db.session.scalars(newest if on is None else newest.where(LightTouchList.from_on <= on)).first()
    if edition is None:
        return ListHeld(START_SET, START_SET_SOURCE)
    rows = tuple(LightTouchRow(one.first, one.last, one.title, one.is_reservable) for one in edition.codes)
    return ListHeld(rows, f"{edition.source}, from {words.day(edition.from_on)}", edition.from_on)


# ── calendars ──


def england() -> Calendar:
    """Bank holidays in England, official: for periods of the council's own, as a call-in."""
    return calendars.england(proclaimed())


def uk_any() -> Calendar:
    """Bank holidays in any part of the UK, official: for a standstill."""
    return calendars.uk_any(proclaimed())


def planning_england() -> Calendar:
    """England, carried on beyond the published years: for plans."""
    return calendars.planning_england(proclaimed())


def planning_uk_any() -> Calendar:
    """Any part of the UK, carried on beyond the published years: for plans."""
    return calendars.planning_uk_any(proclaimed())


# ── sums, periods, standstill ──


def threshold_for(line: Line | str, started_on: date) -> Threshold:
    """The row in force when a procurement started. `BadFigure` where none covers the day."""
    return thresholds.threshold_for(line, started_on, tables().thresholds)


def is_above(line: Line | str, value: Decimal | None, started_on: date) -> bool:
    """True at or over the line; a value that cannot be estimated counts as above."""
    return thresholds.is_above(line, value, started_on, tables().thresholds)


def due(deadline: Deadline, event_on: date, *, light_touch: bool = False) -> Working:
    """Last day of a period that begins with the day of an event."""
    return periods.due(deadline, event_on, light_touch=light_touch, table=tables().periods)


def details_notice_due(entered_on: date, *, light_touch: bool = False) -> Working:
    """Last day to publish the contract details notice. s.53(1)."""
    return periods.details_notice_due(entered_on, light_touch=light_touch, table=tables().periods)


def contract_copy_due(entered_on: date, *, light_touch: bool = False) -> Working:
    """Last day to publish the contract itself, where it is over the line. s.53(3)."""
    return periods.contract_copy_due(entered_on, light_touch=light_touch, table=tables().periods)


def termination_notice_due(ended_on: date) -> Working:
    """Last day to publish the contract termination notice. s.80."""
    return periods.termination_notice_due(ended_on, table=tables().periods)


def earliest_deadline(
    notice_on: date, circumstances: Collection[Circumstance], period: BidPeriod = BidPeriod.TENDERING
) -> Working:
    """Earliest lawful deadline of a notice. s.54."""
    return periods.earliest_deadline(notice_on, circumstances, period, table=tables().minimum_periods)


def standstill_rule(started_on: date | None = None) -> StandstillRule:
    """The standstill of the Act for a procurement started on a day. s.51."""
    return standstill.standstill_rule(Regime.PA2023, started_on, tables().standstills)
