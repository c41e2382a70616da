"""Conflicts of interest: declared bidder by bidder before anything is seen, decided on by the officer. s.81, s.83."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from procure import words
from procure.audit.actions import Actor, act
from procure.evaluation.actions.changing import changing
from procure.evaluation.actions.panel import facts_about, step_down
from procure.evaluation.facts import assessed_of, bids_of, member_for, standing_in
from procure.evaluation.models import Bid, ConflictDeclaration, PanelMember
from procure.evaluation.rules import InterestOutcome, Standing
from procure.extensions import db
from procure.mail.actions import queue
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.refusals import Refusal

CLOSED = {
    Standing.NO_BIDS: "There is no bid to see yet.",
    Standing.NOT_DECLARED: "You can’t see the bids yet. First declare, bidder by bidder, whether you have an interest.",
    Standing.WAITS: "You can’t see the bids yet. The officer has still to decide about the interest you declared.",
    Standing.STEPPED_DOWN: "You stepped down from this panel, so its bids are closed to you.",
}


class NotDeclared(Refusal):
    """A panel member sees no bid, no file and no score before declaring, and being cleared (G3)."""

    recorded = True


class BadDeclaration(Refusal):
    """A declaration that leaves out a bidder, is somebody else’s, or a decision without a reason."""


def must_be_clear(member: PanelMember, bids: list[Bid]) -> None:
    """Refuse a member who has not declared about every bidder, or whose interest isn’t decided. Inside an act."""
    standing = standing_in(member, bids)
    if standing is not Standing.CLEAR:
        raise NotDeclared(CLOSED[standing], who_can=_who_can(member, standing))


def _who_can(member: PanelMember, standing: Standing) -> str | None:
    return member.evaluation.lot.procurement.officer.name if standing is Standing.WAITS else None


def clear_to_see(lot: Lot, person: Person, what: str, *, at: datetime) -> None:
    """Refuse, and record, that a panel member opens a bid or a file too early. Others pass: their page decides."""
    member = member_for(lot, person)
    if member is None or standing_in(member, bids_of(lot)) is Standing.CLEAR:
        return
    with act(f"opened {what}", on=member, by=person, at=at):
        must_be_clear(member, bids_of(lot))


def declare(
    member: PanelMember, interests: Mapping[int, str], *, by: Actor, at: datetime, sees: int | None = None
) -> None:  # fmt: skip
    """Declare about every bidder, by the bid’s id: an interest in words, or nothing. The officer decides about one."""
    lot = member.evaluation.lot
    with changing(lot, "declared conflicts of interest", on=member, by=by, at=at, sees=sees):
        _is_own(member, by)
        standing = {one.bid_id: one for one in member.declarations}
        for bid in assessed_of(bids_of(lot)):
            if bid.id not in interests:
                raise BadDeclaration(f"Say whether you have an interest in {bid.supplier.name}.", field=f"bid_{bid.id}")
            _keep(member, bid, standing.get(bid.id), interests[bid.id].strip(), at)
        member.saved_at = at
        db.session.flush()
        db.session.expire(member, ["declarations"])
        declared = [one for one in member.declarations if one.interest and one.outcome is None]
        if declared:
            _tell_officer(member, words.joined(one.bid.supplier.name for one in declared), at)


def _is_own(member: PanelMember, by: Actor) -> None:
    if member.left_at is not None:
        raise BadDeclaration(CLOSED[Standing.STEPPED_DOWN])
    if not isinstance(by, Person) or by.id != member.person_id:
        raise BadDeclaration(f"Only {member.person.name} can declare for {member.person.name}.")


def _keep(member: PanelMember, bid: Bid, row: ConflictDeclaration | None, interest: str, at: datetime) -> None:
    if row is None:
        db.session.add(ConflictDeclaration(member=member, bid=bid, interest=interest, made_at=at))
    elif row.interest != interest:
        row.interest, row.made_at, row.outcome, row.reason, row.decided_at = interest, at, None, "", None


def _tell_officer(member: PanelMember, bidders: str, at: datetime) -> None:
    lot = member.evaluation.lot
    facts = facts_about(lot) | {"member": member.person.name, "bidders": bidders}
    facts["url"] += "/interests"
    queue(
        "interest_declared", to=lot.procurement.officer, facts=facts, about=lot.procurement.reference, at=at,
        once=f"interest_declared:{lot.reference}:{member.id}:{at.isoformat()}",
    )  # fmt: skip


def decide_interest(
    declaration: ConflictDeclaration,
    outcome: InterestOutcome,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say whether a member with an interest may take part, and how it is kept from mattering, or steps down."""
    member = declaration.member
    said = f"decided about the interest of {member.person.name} in {declaration.bid.supplier.name}"
    with changing(member.evaluation.lot, said, on=declaration, by=by, at=at, note=reason, sees=sees):
        if isinstance(by, Person) and by.id == member.person_id:
            raise BadDeclaration(
                "Somebody else decides about your own interest.", who_can="another procurement officer"
            )
        if not declaration.interest:
            raise BadDeclaration("No interest was declared here, so there is nothing to decide.")
        if not reason.strip():
            raise BadDeclaration("Say why, and what keeps the interest from mattering.", field="reason")
        declaration.outcome, declaration.reason, declaration.decided_at = outcome, reason.strip(), at
        db.session.flush()
        if outcome is InterestOutcome.STEPS_DOWN:
            step_down(member, because=reason, by=by, at=at)
