"""A score opened again after prices are known: asked for, decided by a named person apart, used once."""

from __future__ import annotations

from datetime import date, datetime

from procure.audit.actions import words_for
from procure.evaluation.actions.agreeing import chair_of
from procure.evaluation.actions.changing import changing
from procure.evaluation.actions.panel import facts_about
from procure.evaluation.actions.scoring import criteria_of
from procure.evaluation.facts import member_for, prices_are_known
from procure.evaluation.models import Bid
from procure.evaluation.reopening_models import ScoreReopening
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.access import holders_of, post_names_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.refusals import Refusal


class NotReopened(Refusal):
    """A score isn’t opened again: prices are still closed, nothing is agreed, a reason is missing, or it waits."""


class NotTheApprover(Refusal):
    """Only the person named decides, and never somebody of the panel or who asked."""

    recorded = True


def approvers_of(lot: Lot, day: date, *, asked_by: Person | None = None) -> list[Person]:
    """Who may decide: the Monitoring Officer, or the director of the file; nobody of the panel, nor who asks."""
    found = {one.id: one for one in holders_of(Role.MONITORING_OFFICER, day)}
    post = lot.procurement.director_post
    if post is not None:
        holders = [one.person for one in post.holdings if one.covers(day) and one.person.is_active]
        found |= {one.id: one for one in holders if Role.DECIDER in roles_of(one, day, lot.procurement_id)}
    return [
        one for one in found.values() if member_for(lot, one) is None and (asked_by is None or one.id != asked_by.id)
    ]


def ask_to_reopen(bid: Bid, number: int, *, because: str, approver: Person, by: Person, at: datetime) -> ScoreReopening:
    """Ask for an agreed score to be opened again. By the moderator or the officer; the approver has a letter."""
    lot = bid.lot
    said = f"asked for a score of {bid.supplier.name} to be opened again"
    with changing(lot, said, on=bid, by=by, at=at, note=because.strip() or None) as evaluation:
        officer = Role.OFFICER in roles_of(by, legal_day(at), lot.procurement_id)
        if not officer and chair_of(lot, by) is None:
            raise NotReopened("The moderator or the officer asks for a score to be opened again.")
        if not prices_are_known(lot):
            raise NotReopened("Prices are closed, so the moderator can change an agreed score at once.")
        criterion = criteria_of(lot).get(number)
        standing = next((one for one in bid.scores if criterion and one.criterion_id == criterion.id), None)
        if criterion is None or standing is None or not bid.was_assessed:
            raise NotReopened("There is no agreed score to open again.")
        if not because.strip():
            raise NotReopened("Say why the score must be opened again.", field="because")
        waiting = [one for one in evaluation.reopenings if (one.bid_id, one.criterion_id) == (bid.id, criterion.id)]
        if any(one.is_waiting or one.is_open for one in waiting):
            raise NotReopened("This score is asked about already, or open.")
        if approver not in approvers_of(lot, legal_day(at), asked_by=by):
            raise NotReopened(
                "Choose the Monitoring Officer or the director. Nobody who is on the panel, or asks, can approve it.",
                field="approver",
            )
        row = ScoreReopening(
            evaluation=evaluation, bid=bid, criterion=criterion, because=because.strip(), asked_by=by, asked_at=at,
            approver=approver, approver_words=words_for(approver, at), score_before=standing.score,
            reason_before=standing.reason, is_example=bid.is_example,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        _write_to_approver(row, at)
    return row


def _write_to_approver(row: ScoreReopening, at: datetime) -> None:
    lot, posts = row.bid.lot, post_names_of(row.approver, legal_day(at))
    facts = facts_about(lot) | {
        "bidder": row.bid.supplier.name, "criterion": row.criterion.title, "asked_by": row.asked_by.name,
        "because": row.because,
    }  # fmt: skip
    facts["url"] += f"/reopenings/{row.id}"
    queue(
        "score_to_reopen", to=row.approver, facts=facts, about=lot.procurement.reference, at=at,
        to_post=posts[0] if posts else "", once=f"score_to_reopen:{lot.reference}:{row.id}",
    )  # fmt: skip


def decide_reopening(row: ScoreReopening, *, is_approved: bool, reason: str, by: Person, at: datetime) -> None:
    """Say whether a score is opened again, with the reason. It can’t be taken back."""
    lot = row.bid.lot
    said = f"{'approved' if is_approved else 'refused'} opening a score of {row.bid.supplier.name} again"
    with changing(lot, said, on=row, by=by, at=at, note=reason.strip() or None):
        if by.id != row.approver_id or by not in approvers_of(lot, legal_day(at), asked_by=row.asked_by):
            raise NotTheApprover(f"Only {row.approver.name}, who was named, decides about this.")
        if not row.is_waiting:
            raise NotReopened("This has been decided.")
        if not reason.strip():
            raise NotReopened("Say why. The reason goes into the evaluation report.", field="reason")
        row.is_approved, row.decision_reason, row.decided_at = is_approved, reason.strip(), at
