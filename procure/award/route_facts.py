"""What is known of a competition that does not end in a choice among several bids, and who may decide so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select

from procure.authority.models import Delegation
from procure.authority.power import delegation_for, power_from, source_of
from procure.authority.rules import ActKind, Question
from procure.authority.rules.life import power_holds
from procure.award.route_models import Ending
from procure.award.route_rules import EndingState, RouteFacts, WayOn
from procure.award.rules import law_of
from procure.evaluation.models import Bid, PanelMember
from procure.extensions import db
from procure.law.regimes import Duty, binds
from procure.law.working_days import legal_day
from procure.notices.facts import notice_of, opening_notice
from procure.notices.rules import NoticeKind
from procure.people.access import holds, posts_of
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Stage, Waiting
from procure.procurement.tasks import lots_at, task_of


def ending_of(lot: Lot) -> Ending | None:
    """The newest proposal to end a lot’s competition, unless it was withdrawn; None where there is none."""
    return next(
        (one for one in reversed(lot.endings) if one.state not in (EndingState.WITHDRAWN, EndingState.OVERTAKEN)), None
    )


def decided_ending(lot: Lot) -> Ending | None:
    """The decision by which a lot’s competition ended, the newest of several."""
    return next((one for one in reversed(lot.endings) if one.state is EndingState.DECIDED), None)


def direct_ending(lot: Lot) -> Ending | None:
    """The decision to award directly, while it stands."""
    decided = decided_ending(lot)
    return decided if decided is not None and decided.way is WayOn.DIRECT else None


def direct_offer(lot: Lot) -> Bid | None:
    """The offer that a direct award takes up; None where bids compete."""
    ending = direct_ending(lot)
    if ending is None:
        return None
    return db.session.scalars(
        select(Bid).where(Bid.lot_id == lot.id, Bid.is_direct, Bid.supplier_id == ending.supplier_id)
    ).first()


def facts_of(lot: Lot, today: date) -> RouteFacts:
    """Where a lot stands between one bid, none, and the council’s own decision."""
    ending, direct = ending_of(lot), direct_ending(lot)
    notice = notice_of(lot, NoticeKind.TRANSPARENCY)
    return RouteFacts(
        assessed=sum(bid.was_assessed for bid in lot.bids),
        single_is_explained=lot.single_bid is not None,
        state=ending.state if ending else None,
        way=ending.way if ending else None,
        decider=ending.post.name if ending else "",
        is_direct=direct is not None,
        supplier=direct.supplier.name if direct is not None and direct.supplier else "",
        transparency_on=notice.published_on if notice else None,
        is_open=any(
            opening_notice(one) is not None and one.stage is not Stage.ABANDONED for one in lot.procurement.lots
        ),
    )


# ── who may decide ──


@dataclass(frozen=True)
class EndingPower:
    """The power by which a competition may be ended: the power to award it, else to conduct it."""

    delegation: Delegation
    source: str
    why_not: str
    """Why it does not hold today, in a sentence; empty where it does."""
    who_can: str


def power_to_end(lot: Lot, day: date) -> EndingPower | None:
    """Who may award may decide not to; where nobody may, who conducts the purchase. None where nobody has a power."""
    file = lot.procurement
    for kind in (ActKind.AWARD, ActKind.PROCURE):
        row = delegation_for(kind, file, day, value_gross=file.value_gross, max_months=file.max_months)
        if row is not None:
            power = power_from(row, file, day)
            first = next(power_holds(power, Question(kind, day, power, None, post=row.post.name)), None)
            return EndingPower(
                row, source_of(row), first.sentence if first else "", first.who_can if first else ""
            )  # fmt: skip
    return None


def has_scored(lot: Lot, person: Person) -> bool:
    """Whether somebody scores or moderates the lot’s bids: then they decide nothing about them."""
    panel: list[PanelMember] = lot.evaluation.panel if lot.evaluation else []
    return any(one.person_id == person.id for one in panel)


def may_decide(ending: Ending, person: Person, day: date) -> bool:
    """Whether the end of a competition is this person’s to decide: their post has the power, and they stood apart."""
    apart = person.id != ending.proposed_by_id and not has_scored(ending.lot, person)
    return apart and holds(person, ending.post_id, day)


# ── duties ──


def owes_termination(lot: Lot) -> bool:
    """Whether a procurement termination notice (UK12) is owed and not recorded yet. Procurement Act 2023 s.55."""
    decided = decided_ending(lot)
    if lot.stage is not Stage.ABANDONED or decided is None or notice_of(lot, NoticeKind.TERMINATION) is not None:
        return False
    return termination_binds(lot)


def termination_binds(lot: Lot) -> bool:
    """Whether the law of a lot knows the procurement termination notice: a tender or transparency notice is out."""
    file = lot.procurement
    is_out = notice_of(lot, NoticeKind.TENDER) or notice_of(lot, NoticeKind.TRANSPARENCY)
    return is_out is not None and binds(Duty.PROCUREMENT_TERMINATION, law_of(file.regime, file.route))


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Ends of competitions to decide; and of the officer, notices owed and reasons missing."""
    found = [_to_decide(one) for one in _proposed(person, today) if may_decide(one, person, today)]
    for lot in lots_at(person, Stage.ABANDONED):
        if owes_termination(lot):
            decided = decided_ending(lot)
            day = decided.decided_on if decided else None
            found.append(task_of(lot, "Publish the procurement termination notice", "award.termination", day))
    for lot in lots_at(person, Stage.DECIDING_AWARD):
        facts = facts_of(lot, today)
        if facts.is_direct and facts.transparency_on is None:
            found.append(task_of(lot, "Publish the transparency notice", "award.transparency", today))
        elif facts.assessed == 1 and not facts.single_is_explained and not facts.is_direct:
            found.append(task_of(lot, "Say why one bid is enough", "award.single_bid"))
    return found


def _proposed(person: Person, today: date) -> list[Ending]:
    wanted = select(Ending).where(Ending.state == EndingState.PROPOSED, Ending.post_id.in_(posts_of(person, today)))
    return list(db.session.scalars(wanted.order_by(Ending.id)))


def _to_decide(ending: Ending) -> Waiting:
    lot = ending.lot
    return Waiting(
        what=f"Decide how the competition ends: {lot.full_title}",
        href=url_for("award.decide_ending", reference=lot.reference),
        file=f"{lot.full_title}, {lot.reference}",
        day=legal_day(ending.proposed_at),
        kind="decision",
        note=f"{ending.outcome.label}. Proposed: {ending.way.label[:1].lower()}{ending.way.label[1:]}.",
        is_example=ending.is_example,
    )
