"""Ending a competition without a choice among its bids: proposed by the officer, decided by whoever may award."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.audit.actions import Actor, Machine, act, words_for
from procure.authority.ending_actions import fall_with_competition
from procure.award import route_letters as letters
from procure.award.route_facts import (
    EndingPower,
    decided_ending,
    ending_of,
    has_scored,
    may_decide,
    owes_termination,
    power_to_end,
)
from procure.award.route_models import Ending, SingleBid, UnsuitableBid
from procure.award.route_rules import EndingState, Ground, Outcome, Unsuitable, WayOn, ending_problem
from procure.evaluation.models import Bid
from procure.extensions import db
from procure.notices.actions import NoticeRefused, record
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.actions import describe, move, open_file
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.models import Supplier

WHO_DECIDED = Machine("The decision to end the competition")


class EndingRefused(Refusal):
    """The competition can't end so, or not now."""


class NoPowerToEnd(Refusal):
    """Nobody holds a power in force to end this competition, or not this person. The attempt belongs on the file."""

    recorded = True


class SingleRefused(Refusal):
    """There is not one bid alone, or nothing is said of why it is enough."""


@dataclass(frozen=True)
class Proposal:
    """How an officer proposes that a competition ends. `unsuitable` says of each bid, by its id, the ground and why."""

    outcome: Outcome
    way: WayOn
    reason: str
    unsuitable: Mapping[int, tuple[Ground | None, str]] = field(default_factory=dict)
    why_not_again: str = ""
    supplier: Supplier | None = None
    price_net: Decimal | None = None
    supplier_checks: str = ""


# ── proposing ──


def propose_ending(
    lot: Lot, proposal: Proposal, *, by: Person, at: datetime, supplier: Callable[[], Supplier] | None = None
) -> Ending:
    """Put the end of a competition before whoever may award, in place of an earlier proposal. ss.43, 55.

    `supplier` puts the supplier of a direct award on record, inside the act: where that is refused none is left behind.
    Raises `NoPowerToEnd` where nobody holds a power in force.
    """
    with act("proposed how the competition ends", on=lot, by=by, at=at, note=proposal.reason):
        if supplier is not None:
            proposal = replace(proposal, supplier=supplier())
        _refuse_unsaid(lot, proposal)
        power = _power(lot, legal_day(at))
        letters.refuse_unreachable(lot)
        standing = ending_of(lot)
        if standing is not None and standing.state is EndingState.PROPOSED:
            standing.state = EndingState.WITHDRAWN
        direct = proposal.way is WayOn.DIRECT
        ending = Ending(
            lot=lot, outcome=proposal.outcome, way=proposal.way, reason=proposal.reason.strip(),
            why_not_again=proposal.why_not_again.strip() if direct else "",
            supplier=proposal.supplier if direct else None, price_net=proposal.price_net if direct else None,
            supplier_checks=proposal.supplier_checks.strip() if direct else "", post=power.delegation.post,
            source=power.source, proposed_by=by, proposed_at=at, is_example=lot.procurement.is_example,
        )  # fmt: skip
        db.session.add(ending)
        db.session.flush()
        if proposal.outcome is Outcome.NONE_SUITABLE:
            for bid in _assessed(lot):
                ground, why = proposal.unsuitable[bid.id]
                db.session.add(UnsuitableBid(ending=ending, bid=bid, ground=ground, reason=why.strip()))
        db.session.flush()
        letters.to_decider(ending, at=at)
    return ending


def _assessed(lot: Lot) -> list[Bid]:
    return [bid for bid in lot.bids if bid.was_assessed]


def _refuse_unsaid(lot: Lot, proposal: Proposal) -> None:
    assessed = _assessed(lot)
    said = [
        Unsuitable(bid.supplier.name, *proposal.unsuitable.get(bid.id, (None, "")))
        for bid in assessed
        if proposal.outcome is Outcome.NONE_SUITABLE
    ]
    problem = ending_problem(
        proposal.outcome, proposal.way, stage=lot.stage, regime=lot.procurement.regime, bids=len(lot.bids),
        assessed=len(assessed), unsuitable=said,
    )  # fmt: skip
    if problem is not None:
        raise EndingRefused(problem[0], field=problem[1] or None)
    if not proposal.reason.strip():
        raise EndingRefused("Say why. The reason goes to the bidders and stays on the file.", field="reason")
    if proposal.way is not WayOn.DIRECT:
        return
    if not proposal.why_not_again.strip():
        raise EndingRefused("Say why another competition is not possible (section 43(1)(c)).", field="why_not_again")
    if proposal.supplier is None:
        raise EndingRefused("Enter the supplier.", field="name")
    if proposal.price_net is None or proposal.price_net <= 0:
        raise EndingRefused("Enter the whole-life price that the supplier offers.", field="price_net")
    if not proposal.supplier_checks.strip():
        sentence = (
            "Say what you checked: exclusion grounds, the debarment list, and any unsuitable bid of this supplier."
        )
        raise EndingRefused(sentence, field="supplier_checks")


def _power(lot: Lot, day: date) -> EndingPower:
    power = power_to_end(lot, day)
    if power is None:
        raise NoPowerToEnd(
            "Nobody has been given the power to award or to conduct this purchase, so nobody can end it.",
            who_can="Democratic services can record the resolution that gives it.",
        )
    if power.why_not:
        raise NoPowerToEnd(power.why_not, who_can=power.who_can or None)
    return power


def withdraw_ending(ending: Ending, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Take a proposal back that nobody has decided about: the competition goes on."""
    with act("took back the proposal to end the competition", on=ending, by=by, at=at, sees=sees):
        _still_open(ending)
        ending.state = EndingState.WITHDRAWN


def _still_open(ending: Ending) -> None:
    if ending.state is not EndingState.PROPOSED:
        raise EndingRefused(f"This proposal is closed: {ending.state.label.lower()}.")


# ── deciding ──


def decide_ending(
    ending: Ending, *, agrees: bool, note: str = "", by: Person, at: datetime, sees: int | None = None
) -> None:
    """End the competition as proposed, or refuse it. Bidders are told, the file moves, its notice falls due.

    Raises `NoPowerToEnd` for anybody but whoever acts for the post with the power, who did not propose it or score.
    """
    lot, day = ending.lot, legal_day(at)
    said = "decided that the competition ends" if agrees else "decided that the competition goes on"
    with act(said, on=ending, by=by, at=at, note=note or None, sees=sees):
        _still_open(ending)
        _refuse_decider(ending, by, day)
        if not agrees and not note.strip():
            raise EndingRefused("Say why the competition goes on.", field="note")
        ending.decided_by, ending.decided_at, ending.decided_on = by, at, day
        ending.decided_words, ending.decider_note = words_for(by, at), note.strip()
        ending.state = EndingState.DECIDED if agrees else EndingState.REFUSED
        db.session.flush()
        letters.to_officer(ending, at=at)
        if not agrees:
            return
        _may_still_end(ending)
        if lot.award is not None:
            fall_with_competition(lot.award.decision, f"The competition ended. {ending.reason}", by=by, at=at)
        letters.to_bidders(ending, at=at)
        if ending.way is WayOn.DIRECT:
            _take_up_offer(ending)
            move(lot, "switch to a direct award", by=WHO_DECIDED, at=at, note=ending.reason)
        else:
            move(lot, "end the competition without a contract", by=WHO_DECIDED, at=at, note=ending.reason)


def _refuse_decider(ending: Ending, by: Person, day: date) -> None:
    post = ending.post.name
    if by.id == ending.proposed_by_id:
        raise NoPowerToEnd("Whoever proposes the end of a competition doesn’t decide it.", who_can=f"The {post}")
    if has_scored(ending.lot, by):
        raise NoPowerToEnd("Whoever scored or moderated the bids doesn’t decide about them.", who_can=f"The {post}")
    if not may_decide(ending, by, day):
        raise NoPowerToEnd(f"Only the {post} can decide this.", who_can=f"The {post}")
    _power(ending.lot, day)


def _may_still_end(ending: Ending) -> None:
    """Refuse what the file has overtaken since it was proposed: a bid more, another stage."""
    lot = ending.lot
    assessed = _assessed(lot)
    said = [Unsuitable(one.bid.supplier.name, one.ground, one.reason) for one in ending.unsuitable]
    problem = ending_problem(
        ending.outcome, ending.way, stage=lot.stage, regime=lot.procurement.regime, bids=len(lot.bids),
        assessed=len(assessed), unsuitable=said,
    )  # fmt: skip
    if problem is not None:
        raise EndingRefused(f"The file has changed since this was proposed. {problem[0]}")


def _take_up_offer(ending: Ending) -> None:
    """The offer of the supplier as a row that an award can rest on; it never competed, and no list of bids holds it."""
    lot = ending.lot
    found = db.session.scalars(
        select(Bid).where(Bid.lot_id == lot.id, Bid.is_direct, Bid.supplier_id == ending.supplier_id)
    ).first()
    if found is None:
        assert ending.price_net is not None
        db.session.add(
            Bid(
                lot=lot, supplier=ending.supplier, price_net=ending.price_net, received_at=ending.proposed_at,
                is_direct=True, is_example=ending.is_example,
            )
        )  # fmt: skip
    elif ending.price_net is not None:
        found.price_net = ending.price_net
    db.session.flush()
    db.session.expire(lot, ["bids"])


# ── notices ──


def record_termination(lot: Lot, *, reference: str, published_on: date, by: Actor, at: datetime) -> Notice:
    """Record the procurement termination notice (UK12), as soon as reasonably practicable after the decision. s.55."""
    with act("recorded the procurement termination notice", on=lot.procurement, by=by, at=at):
        if not owes_termination(lot):
            raise NoticeRefused("No procurement termination notice is owed here, or it is recorded already.")
        decided = decided_ending(lot)
        if not reference.strip():
            raise NoticeRefused("Enter the number of the notice.", field="reference")
        if decided is not None and decided.decided_on is not None and published_on < decided.decided_on:
            raise NoticeRefused(
                f"The end was decided on {words.day(decided.decided_on)}. The notice can’t be earlier.",
                field="published_on",
            )
        return record(lot, NoticeKind.TERMINATION, reference=reference, published_on=published_on, by=by, at=at)


def record_transparency(lot: Lot, *, reference: str, published_on: date, by: Actor, at: datetime) -> Notice:
    """Record the transparency notice (UK5) that comes before a direct award. Procurement Act 2023 s.44."""
    with act("recorded the transparency notice", on=lot.procurement, by=by, at=at):
        decided = decided_ending(lot)
        if lot.stage is not Stage.DECIDING_AWARD or decided is None or decided.way is not WayOn.DIRECT:
            raise NoticeRefused("A transparency notice comes before a direct award. None is decided here.")
        if not reference.strip():
            raise NoticeRefused("Enter the number of the notice.", field="reference")
        if decided.decided_on is not None and published_on < decided.decided_on:
            raise NoticeRefused(
                f"The direct award was decided on {words.day(decided.decided_on)}. The notice can’t be earlier.",
                field="published_on",
            )
        return record(lot, NoticeKind.TRANSPARENCY, reference=reference, published_on=published_on, by=by, at=at)


# ── one bid ──


def explain_single_bid(
    lot: Lot, *, why_one: str, value_reasons: str, concerns: str = "", by: Person, at: datetime, sees: int | None = None
) -> SingleBid:
    """Say why one bid is enough: value for money, why no other came, what was looked at of competition (domain 3.6)."""
    found = lot.single_bid
    with act("said why one bid is enough", on=found or lot, by=by, at=at, sees=sees if found else None):
        if lot.stage not in (Stage.EVALUATING, Stage.DECIDING_AWARD):
            raise SingleRefused("This is said between the opening of the bids and the award.")
        if len(_assessed(lot)) != 1:
            raise SingleRefused("This is said only where one bid alone is assessed.")
        said = {"why_one": why_one.strip(), "value_reasons": value_reasons.strip(), "concerns": concerns.strip()}
        if not said["why_one"]:
            raise SingleRefused("Say why no other bid came.", field="why_one")
        if not said["value_reasons"]:
            raise SingleRefused("Say why the bid is good value, and against what.", field="value_reasons")
        if found is None:
            found = SingleBid(lot=lot, said_by=by, said_at=at, **said)
            db.session.add(found)
        for name, text in said.items():
            setattr(found, name, text)
        found.said_by, found.said_at = by, at
        db.session.flush()
    return found


# ── buying again ──

CARRIED = (
    "need", "description", "kind", "wards_label", "cpv", "budget_code", "budget_source", "procedure", "value_basis",
    "vat_percent", "initial_months", "extension_count", "extension_months", "service_starts_on", "lots_reason",
    "reserved_text", "vcse_advice", "engagement_text", "small_supplier_text", "tupe_staff_count",
    "is_recharged_to_leaseholders", "social_value_text", "social_value_on", "grant_test_text", "grant_test_advice",
)  # fmt: skip


def buy_again(lot: Lot, *, officer: Person, by: Person, at: datetime, reference: str | None = None) -> Procurement:
    """Open the next purchase from a competition that ended without a contract, with what is known of it. Once only."""
    before, ended = lot.procurement, decided_ending(lot)
    with act("opened the next purchase", on=ended or lot, by=by, at=at):
        if lot.stage is not Stage.ABANDONED or ended is None:
            raise EndingRefused("The competition hasn’t ended, so nothing begins again yet.")
        db.session.refresh(ended, with_for_update=True)
        if ended.next is not None and ended.next.stage is not Stage.ABANDONED:
            raise EndingRefused(f"The next purchase is open already: {ended.next.reference}.")
        opened = open_file(
            title=lot.full_title, route=before.route, officer=officer, by=by, at=at, reference=reference,
            is_example=before.is_example, ending_contract=before.ending_contract, lead_post=before.lead_post,
            director_post=before.director_post, portfolio_post=before.portfolio_post,
        )  # fmt: skip
        carried = {name: getattr(before, name) for name in CARRIED}
        annual = before.annual_net if lot.is_only else lot.annual_net
        describe(opened, by=by, at=at, annual_net=annual, **carried)
        ended.next = opened
    return opened
