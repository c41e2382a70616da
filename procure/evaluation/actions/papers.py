"""What the papers of an evaluation need said, and issuing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from procure.audit.actions import Actor, act
from procure.documents import actions as papers
from procure.documents.declare import Document
from procure.documents.models import Paper
from procure.evaluation.actions.agreeing import ScoresSealed, open_scores
from procure.evaluation.actions.changing import changing
from procure.evaluation.documents import EVALUATION_REPORT, MODERATION_RECORD, SCORE_SHEET
from procure.evaluation.facts import bids_of, prices_are_open
from procure.evaluation.models import PanelMember
from procure.evaluation.report_models import BidCheck, EvaluationAccount
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person, Post
from procure.procurement.models import Lot
from procure.refusals import Refusal


class BadAccount(Refusal):
    """What is said of the evaluation contradicts the calendar."""


@dataclass(frozen=True)
class Checked:
    """What was found in one bid; empty words mean that nobody has said yet."""

    missing: str = ""
    anomaly: str = ""
    conditions: str = ""
    as_tendered: Decimal | None = None


def check_bids(lot: Lot, found: Mapping[int, Checked], *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record what was found in each bid, by the bid's id."""
    with changing(lot, "recorded the checks of the bids", by=by, at=at, sees=sees):
        for bid in bids_of(lot):
            said = found.get(bid.id)
            if said is None:
                continue
            row = bid.check
            if row is None:
                if said == Checked():
                    continue
                row = BidCheck(bid=bid)
                db.session.add(row)
            for name, value in vars(said).items():
                setattr(row, name, value)
        db.session.flush()


def give_account(
    lot: Lot, *, events: str, due_diligence: str, single_bid: str, lessons: str, checker_post: Post, checked_on: date,
    by: Actor, at: datetime, sees: int | None = None,
) -> EvaluationAccount:  # fmt: skip
    """Say what the report tells beside the scores."""
    row = lot.evaluation.account if lot.evaluation else None
    with changing(lot, "wrote the account of the evaluation", on=row, by=by, at=at, sees=sees) as evaluation:
        if checked_on > legal_day(at):
            raise BadAccount("The arithmetic can’t have been checked on a day to come.", field="checked_on")
        if row is None:
            row = EvaluationAccount(evaluation=evaluation, is_example=evaluation.is_example)
        row.events, row.due_diligence, row.single_bid, row.lessons = events, due_diligence, single_bid, lessons
        row.checker_post, row.checked_on = checker_post, checked_on
        db.session.add(row)
        db.session.flush()
    return row


def open_paper(lot: Lot, document: Document, member: PanelMember | None, person: Person, *, at: datetime) -> None:
    """Refuse, and record, that somebody opens a paper with scores or prices before these are open (G4, B15)."""
    if document is SCORE_SHEET and member is not None and member.person_id == person.id:
        return
    if document in (SCORE_SHEET, MODERATION_RECORD):
        open_scores(lot, person, at=at)
    elif document is EVALUATION_REPORT and not prices_are_open(lot, bids_of(lot)):
        with act("opened the evaluation report", on=lot, by=person, at=at):
            raise ScoresSealed("The report holds prices. It opens once every score is agreed.")


def issue_paper(lot: Lot, document: Document, member: PanelMember | None, *, by: Person, at: datetime) -> Paper:
    """Issue a paper of the evaluation, or its next version. Refused while it has a gap."""
    open_paper(lot, document, None, by, at=at)
    return papers.issue(document, member or lot, subject=subject_of(lot, member), by=by, at=at)


def subject_of(lot: Lot, member: PanelMember | None, bidder: str = "") -> str:
    """What tells papers of one kind apart: the lot where there are several, and the person or the bidder."""
    parts = ("" if lot.is_only else f"Lot {lot.number}", member.person.name if member else "", bidder)
    return ", ".join(part for part in parts if part)
