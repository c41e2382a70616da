"""Recording that a notice was published. Publishing itself happens on the central digital platform."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.notices.facts import notice_of
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.procurement.models import Lot
from procure.refusals import Refusal


class NoticeRefused(Refusal):
    """A notice that can't be as it is described."""


def record(
    lot: Lot, kind: NoticeKind, *, reference: str, published_on: date, by: Actor, at: datetime, **facts: Any
) -> Notice:
    """Record that a notice was published. Refused for a day to come and for a second one of its kind."""
    with act(f"recorded: {kind.label.lower()}", on=lot.procurement, by=by, at=at):
        if published_on > legal_day(at):
            raise NoticeRefused("That day is still to come. Record the notice once it is out.", field="published_on")
        if notice_of(lot, kind):
            raise NoticeRefused(f"The {kind.label.lower()} is already recorded.")
        notice = Notice(
            lot=lot, kind=kind, reference=reference, published_on=published_on,
            is_example=lot.procurement.is_example, **facts,
        )  # fmt: skip
        db.session.add(notice)
        db.session.flush()
    return notice


def record_details_notice(lot: Lot, *, reference: str, published_on: date, by: Actor, at: datetime) -> Notice:
    """Record the contract details notice, once the contract is signed. s.53(1)."""
    with act("recorded the contract details notice", on=lot.procurement, by=by, at=at):
        contract = lot.award.contract if lot.award else None
        if contract is None or contract.signed_on is None:
            raise NoticeRefused("You can’t record it yet. The contract hasn’t been signed.")
        if published_on < contract.signed_on:
            raise NoticeRefused("It can’t be before the day the contract was signed.", field="published_on")
        return record(lot, NoticeKind.DETAILS, reference=reference, published_on=published_on, by=by, at=at)
