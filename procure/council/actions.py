"""What may be done to the council's own particulars and rules."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.council.models import Council, QuoteBand, StandingTerms
from procure.council.rules import Band, gap_in, may_begin_on, may_end_on
from procure.extensions import db
from procure.now import legal_day
from procure.people.actions.administering import must_administer
from procure.refusals import Refusal


class BandRefused(Refusal):
    """The bands would overlap, or begin in the past."""


def change_particulars(council: Council, *, by: Actor, at: datetime, sees: int | None = None, **facts: Any) -> None:
    """Correct what the council says of itself."""
    must_administer(by, at)
    with act("changed the council’s particulars", on=council, by=by, at=at, sees=sees):
        for name, value in facts.items():
            setattr(council, name, value)


def say_standing_terms(
    row: StandingTerms | None, *, by: Actor, at: datetime, sees: int | None = None, **facts: Any
) -> StandingTerms:
    """Say what every tender paper of this council says, and what a new tender is first filled with."""
    must_administer(by, at)
    with act("said what our tender papers say", on=row or "council", by=by, at=at, sees=sees if row else None):
        if row is None:
            row = StandingTerms()
            db.session.add(row)
        for name, value in facts.items():
            setattr(row, name, value)
        db.session.flush()
    return row


def add_band(
    *,
    from_net: Decimal,
    below_net: Decimal | None,
    quotes_needed: int,
    words: str,
    source: str,
    from_on: date,
    by: Actor,
    at: datetime,
    approver: str = "",
    must_advertise: bool = False,
) -> QuoteBand:
    """Add a row of the contract procedure rules, from a day on. Rules are dated and never reach back."""
    must_administer(by, at)
    if below_net is not None and below_net <= from_net:
        raise BandRefused("The upper value must be more than the lower one.", field="below_net")
    refused = may_begin_on(from_on, legal_day(at))
    if refused:
        raise BandRefused(refused, field="from_on")
    with act(f"added the quote band {words}", on="council", by=by, at=at):
        band = Band(from_net, below_net, from_on, None)
        for other in db.session.scalars(select(QuoteBand)):
            if band.meets(Band(other.from_net, other.below_net, other.from_on, other.until_on)):
                raise BandRefused(f"This overlaps the band {other.words}. End that one first.", field="from_net")
        row = QuoteBand(
            from_net=from_net, below_net=below_net, quotes_needed=quotes_needed, words=words, source=source,
            from_on=from_on, approver=approver, must_advertise=must_advertise,
        )  # fmt: skip
        db.session.add(row)
    return row


def end_band(band: QuoteBand, *, until_on: date, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Say which day is the last of a band. It can’t be in the past: what was bought under it stays right."""
    must_administer(by, at)
    refused = may_end_on(until_on, band.from_on, legal_day(at))
    if refused:
        raise BandRefused(refused, field="until_on")
    with act(f"ended the quote band {band.words}", on=band, by=by, at=at, sees=sees):
        band.until_on = until_on


def gap_on(day: date) -> str | None:
    """Which values no band covers on a day, in words; None where all are covered."""
    rows = db.session.scalars(select(QuoteBand).order_by(QuoteBand.from_net))
    return gap_in([Band(row.from_net, row.below_net, row.from_on, row.until_on) for row in rows], day)
