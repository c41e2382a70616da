"""Recording that a notice was published. Publishing itself happens on the central digital platform."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.notices.facts import notice_of, opening_notice
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
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


def correct(
    notice: Notice, *, reference: str, published_on: date, closes_at: datetime | None, because: str, by: Actor,
    at: datetime, sees: int | None = None, ocid: str | None = None,
) -> None:  # fmt: skip
    """Put right what was recorded of a notice, or move its deadline later. The old facts stay in the trail.

    A deadline never moves to an earlier moment, nor once bids are open (s.31). A stated standstill is counted anew
    from a corrected day; nothing changes once the contract has been signed on the strength of the notice.
    """
    with act(f"corrected: {notice.kind.label.lower()}", on=notice, by=by, at=at, note=because, sees=sees):
        if not because.strip():
            raise NoticeRefused("Say what was wrong, or why the deadline moves.", field="reason")
        _refuse_wrong_day(notice, published_on, at)
        if closes_at != notice.closes_at:
            _refuse_wrong_deadline(notice, closes_at)
        notice.reference, notice.published_on, notice.closes_at = reference, published_on, closes_at
        if ocid is not None:
            notice.lot.procurement.ocid = ocid.strip()


def _refuse_wrong_day(notice: Notice, published_on: date, at: datetime) -> None:
    if published_on > legal_day(at):
        raise NoticeRefused("That day is still to come.", field="published_on")
    award = notice.lot.award
    if notice.kind is not NoticeKind.AWARD or award is None or published_on == notice.published_on:
        return
    if award.contract is not None and award.contract.signed_on is not None:
        raise NoticeRefused(
            "The contract was signed on the strength of this day, so it can’t change. Tell the Monitoring Officer.",
            field="published_on", who_can="The Monitoring Officer",
        )  # fmt: skip
    sent = [legal_day(letter.sent_at) for letter in award.letters if letter.sent_at is not None]
    if sent and published_on < max(sent):
        raise NoticeRefused("The notice can’t have gone out before every bidder had its letter.", field="published_on")


def _refuse_wrong_deadline(notice: Notice, closes_at: datetime | None) -> None:
    if notice.lot.stage is not Stage.OPEN_TO_BIDS:
        raise NoticeRefused("The bids are open, so the deadline can’t move.", field="closes_at")
    if closes_at is None or (notice.closes_at is not None and closes_at < notice.closes_at):
        sentence = "A deadline can only move later. Bidders rely on the one that was published."
        raise NoticeRefused(sentence, field="closes_at")


def record_details_notice(lot: Lot, *, reference: str, published_on: date, by: Actor, at: datetime) -> Notice:
    """Record the contract details notice, once the contract is signed. s.53(1)."""
    with act("recorded the contract details notice", on=lot.procurement, by=by, at=at):
        contract = lot.award.contract if lot.award else None
        if contract is None or contract.signed_on is None:
            raise NoticeRefused("You can’t record it yet. The contract hasn’t been signed.")
        if published_on < contract.signed_on:
            raise NoticeRefused("It can’t be before the day the contract was signed.", field="published_on")
        return record(lot, NoticeKind.DETAILS, reference=reference, published_on=published_on, by=by, at=at)


EARLY = frozenset({NoticeKind.ENGAGEMENT, NoticeKind.PLANNED})
"""Notices that come before the tender notice, each by choice. Procurement Act 2023 ss.15, 17."""


def record_early(
    lot: Lot, kind: NoticeKind, *, reference: str, published_on: date, by: Actor, at: datetime
) -> Notice:  # fmt: skip
    """Record a notice of market engagement or of a planned procurement, up to the tender notice."""
    with act(f"recorded: {kind.label.lower()}", on=lot.procurement, by=by, at=at):
        opened = opening_notice(lot)
        if kind not in EARLY:
            raise NoticeRefused("This notice is recorded where its facts are.")
        if opened is not None and published_on >= opened.published_on:
            raise NoticeRefused(
                f"The competition opened on {words.day(opened.published_on)}. This notice comes before.",
                field="published_on",
            )
        return record(lot, kind, reference=reference, published_on=published_on, by=by, at=at)
