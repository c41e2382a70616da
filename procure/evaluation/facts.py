"""What this room tells the others: panel, bids, who has still to declare, score and agree, and the ranking."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from procure.evaluation.models import Bid, ConflictDeclaration, ConsensusScore, Evaluation, IndividualScore, PanelMember
from procure.evaluation.reopening_models import ScoreReopening
from procure.evaluation.rules import (
    EvaluationFacts,
    EvaluatorRole,
    LowPrice,
    Ranking,
    ScoredBid,
    Standing,
    Weight,
    low_prices,
    rank,
    result_is_recorded,
    standing_of,
)
from procure.evaluation.rules.exclusion import minister_told_by
from procure.evaluation.rules.panel import Declared
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.procurement.rules import FileFacts, Route, Stage, Waiting
from procure.procurement.tasks import first_open, lots_at, task_of
from procure.tender.sealed_facts import opened_bids_of


def bids_of(lot: Lot) -> list[Bid]:
    """All bids of a lot with their agreed scores, suppliers and files, in the order they were entered."""
    return list(
        db.session.scalars(
            select(Bid)
            .where(Bid.lot_id == lot.id, Bid.is_direct.is_(False))
            .order_by(Bid.id)
            .options(
                selectinload(Bid.scores).joinedload(ConsensusScore.criterion),
                joinedload(Bid.supplier),
                joinedload(Bid.exclusion),
                selectinload(Bid.files),
                selectinload(Bid.grounds),
            )
        )
    )


def assessed_of(bids: list[Bid]) -> list[Bid]:
    """The bids that are evaluated; late and set-aside ones are held apart."""
    return [bid for bid in bids if bid.was_assessed]


def came_late(bid: Bid) -> bool:
    """Whether a bid came after the deadline, be it by a second (B17)."""
    notice = opening_notice(bid.lot)
    due = notice.closes_at if notice else None
    return due is not None and bid.received_at is not None and bid.received_at > due


def awaits_late_decision(bid: Bid) -> bool:
    """Whether a late bid still waits for the Monitoring Officer."""
    return bid.late_decision is None and came_late(bid)


def panel_of(lot: Lot) -> list[PanelMember]:
    """Who serves on the panel, with their declarations. Empty before the bids are opened."""
    return list(
        db.session.scalars(
            select(PanelMember)
            .join(Evaluation, PanelMember.evaluation_id == Evaluation.id)
            .where(Evaluation.lot_id == lot.id, PanelMember.left_at.is_(None))
            .order_by(PanelMember.role, PanelMember.id)
            .options(joinedload(PanelMember.person), selectinload(PanelMember.declarations))
        )
    )


def member_for(lot: Lot, person: Person) -> PanelMember | None:
    """The place of a person on a lot’s panel, also of one who stepped down; None for everybody else."""
    members = lot.evaluation.panel if lot.evaluation else []
    return next((one for one in members if one.person_id == person.id), None)


def standing_in(member: PanelMember, bids: list[Bid]) -> Standing:
    """How a member stands towards the bids (G3)."""
    declared = [Declared(one.bid_id, bool(one.interest), one.outcome) for one in member.declarations]
    return standing_of([bid.id for bid in assessed_of(bids)], declared, has_left=member.left_at is not None)


def interests_in(members: list[PanelMember]) -> list[ConflictDeclaration]:
    """Declared interests about which the officer has not decided yet."""
    return [one for member in members for one in member.declarations if one.interest and one.outcome is None]


def weights_of(lot: Lot) -> list[Weight]:
    """The published criteria on which the bids of a lot are scored."""
    if lot.method is None:
        return []
    return [
        Weight(one.number, one.title, one.points, one.label, one.least_score) for one in lot.method.scored
    ]  # fmt: skip


def is_scored(bid: Bid, lot: Lot) -> bool:
    """Whether a bid has an agreed score on every published criterion."""
    return is_agreed(bid, {one.id for one in lot.method.scored} if lot.method else set())


def is_agreed(bid: Bid, criteria: set[int]) -> bool:
    """Whether a bid has an agreed score on each of these criteria, by id."""
    return bool(criteria) and criteria <= {score.criterion_id for score in bid.scores}


def ranking_of(lot: Lot, bids: list[Bid] | None = None) -> Ranking | None:
    """The ranking of a lot's assessed bids; None until each has all its agreed scores."""
    assessed = assessed_of(bids_of(lot) if bids is None else bids)
    method, evaluation = lot.method, lot.evaluation
    if method is None or not prices_are_open(lot, assessed):
        return None
    settled = evaluation.tie_settled_for_id if evaluation else None
    return rank(scored_of(assessed), weights_of(lot), method.price_weight, method.price_formula, settled_for=settled)


def scored_of(bids: list[Bid]) -> list[ScoredBid]:
    """What the ranking reckons with: each assessed bid's price and agreed scores."""
    return [
        ScoredBid(
            bid.id, bid.supplier.name, bid.price_net, {score.criterion.number: score.score for score in bid.scores}
        )
        for bid in assessed_of(bids)
    ]


def low_prices_of(bids: list[Bid]) -> list[LowPrice]:
    """Abnormally low prices among the assessed bids."""
    return low_prices({bid.id: (bid.supplier.name, bid.price_net) for bid in bids if bid.was_assessed})


def prices_are_open(lot: Lot, bids: list[Bid]) -> bool:
    """Whether the panel may see prices: every assessed bid has its agreed score on every criterion (B15)."""
    assessed = assessed_of(bids)
    criteria = {one.id for one in lot.method.scored} if lot.method else set()
    return bool(assessed) and all(is_agreed(bid, criteria) for bid in assessed)


def asks_exclusion(lot: Lot) -> bool:
    """Whether every bidder must be looked up before an award: not where quotes are asked for below the threshold."""
    return lot.procurement.route is not Route.SCHEME


def prices_are_known(lot: Lot) -> bool:
    """Whether the panel has ever been able to see prices. A bid that comes in later doesn't make them forget."""
    evaluation = lot.evaluation
    if evaluation is None:
        return False
    return evaluation.prices_opened_at is not None or prices_are_open(lot, bids_of(lot))


def unfinished_of(members: list[PanelMember]) -> list[PanelMember]:
    """Evaluators whose scores are not locked yet."""
    return [one for one in members if one.role is EvaluatorRole.EVALUATOR and one.finished_at is None]


def all_scores_are_in(members: list[PanelMember]) -> bool:
    """Whether every evaluator has finished, so that individual scores may be seen and agreed (G4)."""
    scorers = [one for one in members if one.role is EvaluatorRole.EVALUATOR]
    return bool(scorers) and all(one.finished_at for one in scorers)


def individual_scores(lot: Lot, members: list[PanelMember]) -> list[IndividualScore]:
    """All individual scores of a panel, in one query."""
    return list(
        db.session.scalars(
            select(IndividualScore)
            .where(IndividualScore.member_id.in_([one.id for one in members]))
            .order_by(IndividualScore.member_id)
        )
    )


def facts_of(lot: Lot, today: date) -> EvaluationFacts:
    """The evaluation room's facts of a lot; empty before the bids are opened."""
    evaluation, method = lot.evaluation, lot.method
    if evaluation is None or method is None:
        return EvaluationFacts(panel_size=method.panel_size if method else 3)
    bids, panel = bids_of(lot), panel_of(lot)
    assessed, criteria = assessed_of(bids), {one.id for one in method.scored}
    ranking = ranking_of(lot, bids)
    explained = {bid.id for bid in bids if bid.low_price_accepted}
    unexplained = {low.key for low in low_prices_of(bids)} - explained
    standings = {one.person.name: standing_in(one, bids) for one in panel}
    roles = [member.role for member in panel]
    return EvaluationFacts(
        panel_size=method.panel_size,
        evaluators=roles.count(EvaluatorRole.EVALUATOR),
        moderators=roles.count(EvaluatorRole.MODERATOR),
        bidders=tuple(bid.supplier.name for bid in assessed),
        being_entered=len(opened_bids_of(lot)),
        undeclared=tuple(name for name, one in standings.items() if one is Standing.NOT_DECLARED),
        interests=tuple(name for name, one in standings.items() if one is Standing.WAITS),
        unfinished=tuple(one.person.name for one in unfinished_of(panel)),
        unscored=tuple(bid.supplier.name for bid in assessed if not is_agreed(bid, criteria)),
        agreeing_has_begun=any(bid.scores for bid in assessed),
        unlooked=tuple(bid.supplier.name for bid in assessed if bid.exclusion is None) if asks_exclusion(lot) else (),
        undecided=tuple(bid.supplier.name for bid in assessed if any(one.outcome is None for one in bid.grounds)),
        asked_again=tuple(
            (one.bid.supplier.name, one.approver.name if one.is_waiting else "The moderator")
            for one in evaluation.reopenings
            if (one.is_waiting or one.is_open) and one.bid.was_assessed
        ),
        low_unexplained=tuple(bid.supplier.name for bid in assessed if bid.id in unexplained),
        failed=tuple(row.name for row in ranking.failed) if ranking else (),
        tie=tuple(row.name for row in ranking.tie) if ranking else (),
        is_begun=bool(panel or bids),
        is_finished=evaluation.finished_at is not None,
    )


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Days by which scores are in and agreed, and by which the minister is told of an exclusion."""
    evaluation = lot.evaluation
    if evaluation is None:
        return []
    told = [
        (minister_told_by(one.decided_on), f"Tell the minister that {bid.supplier.name} was excluded")
        for bid in lot.bids
        for one in bid.grounds
        if one.excludes and one.decided_on and one.minister_told_on is None
    ]
    if lot.stage is not Stage.EVALUATING:
        return told
    found = ((evaluation.scores_due_on, "Individual scores are in"), (evaluation.agree_due_on, "Scores are agreed"))
    return [(day, said) for day, said in found if day] + told


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """What an evaluation waits for: from its officer, and from each member of the panel."""
    found = []
    for lot in lots_at(person, Stage.EVALUATING):
        checks = result_is_recorded(FileFacts([facts_of(lot, today)]), today)
        next_one = first_open(check for check in checks if not check.who_can)
        if next_one is not None:
            page, _, _ = (next_one.page or "evaluation.index").partition("#")
            found.append(task_of(lot, next_one.name, page))
    return found + _late_bids(person, today) + _scores_to_reopen(person) + _of_the_panel(person)


def _scores_to_reopen(person: Person) -> list[Waiting]:
    """Scores about which somebody was named to decide."""
    asked = db.session.scalars(
        select(ScoreReopening)
        .join(Evaluation, ScoreReopening.evaluation_id == Evaluation.id)
        .join(Lot, Evaluation.lot_id == Lot.id)
        .where(
            ScoreReopening.approver_id == person.id, ScoreReopening.is_approved.is_(None),
            Lot.stage.in_((Stage.EVALUATING, Stage.DECIDING_AWARD)),
        )
        .order_by(ScoreReopening.id)
    )  # fmt: skip
    return [
        Waiting(
            what="Decide whether a score is opened again", file=f"{lot.full_title}, {lot.reference}", day=None,
            href=url_for("evaluation.reopening", reference=lot.reference, number=one.id), is_example=one.is_example,
        )
        for one in asked
        for lot in (one.bid.lot,)
    ]  # fmt: skip


def _late_bids(person: Person, today: date) -> list[Waiting]:
    """Late bids about which the Monitoring Officer decides."""
    if Role.MONITORING_OFFICER not in global_roles_of(person, today):
        return []
    held = select(Lot).join(Bid, Bid.lot_id == Lot.id).where(Lot.stage == Stage.EVALUATING, Bid.was_assessed.is_(False))
    return [
        Waiting(
            what="Decide about a late bid", file=f"{lot.full_title}, {lot.reference}", day=None,
            href=url_for("evaluation.late", reference=lot.reference, place=place),
            is_example=lot.procurement.is_example,
        )
        for lot in db.session.scalars(held.distinct().order_by(Lot.id))
        for place, bid in enumerate(bids_of(lot), start=1)
        if awaits_late_decision(bid)
    ]  # fmt: skip


def _of_the_panel(person: Person) -> list[Waiting]:
    members = db.session.scalars(
        select(PanelMember)
        .join(Evaluation, PanelMember.evaluation_id == Evaluation.id)
        .join(Lot, Evaluation.lot_id == Lot.id)
        .where(
            PanelMember.person_id == person.id, PanelMember.left_at.is_(None),
            Lot.stage.in_((Stage.EVALUATING, Stage.DECIDING_AWARD)),
        )
        .order_by(PanelMember.id)
    )  # fmt: skip
    found = []
    for member in members:
        asked = task_for(member) if member.evaluation.lot.stage is Stage.EVALUATING else None
        asked = asked or score_opened_for(member)
        if asked is not None:
            what, endpoint, day = asked
            found.append(_waiting(member.evaluation.lot, what, endpoint, day))
    return found


def _waiting(lot: Lot, what: str, endpoint: str, day: date | None) -> Waiting:
    return Waiting(
        what=what, href=url_for(endpoint, reference=lot.reference), file=f"{lot.full_title}, {lot.reference}", day=day,
        is_example=lot.procurement.is_example,
    )  # fmt: skip


def task_for(member: PanelMember) -> tuple[str, str, date | None] | None:
    """What a member has to do now: words, page and day; None while it is somebody else’s turn."""
    evaluation = member.evaluation
    lot = evaluation.lot
    bids = bids_of(lot)
    standing = standing_in(member, bids)
    if standing is Standing.NOT_DECLARED:
        return "Declare conflicts of interest", "evaluation.declare", evaluation.scores_due_on
    if standing is not Standing.CLEAR:
        return None
    if member.scores_bids:
        return None if member.finished_at else ("Score the bids", "evaluation.own_scores", evaluation.scores_due_on)
    if all_scores_are_in(panel_of(lot)) and not prices_are_open(lot, bids):
        return "Agree the scores", "evaluation.moderation", evaluation.agree_due_on
    return None


def score_opened_for(member: PanelMember) -> tuple[str, str, date | None] | None:
    """For the moderator: a score that was opened again and waits to be recorded."""
    evaluation = member.evaluation
    is_chair = not member.scores_bids or len(evaluation.serving) == 1
    if is_chair and any(one.is_open for one in evaluation.reopenings):
        return "Record a score that was opened again", "evaluation.moderation", None
    return None


def score_counts(members: list[PanelMember]) -> Counter[int]:
    """How many scores each member has given, by the member's id: how far they are, never what they gave."""
    counted = db.session.execute(
        select(IndividualScore.member_id, func.count())
        .join(Bid, IndividualScore.bid_id == Bid.id)
        .where(IndividualScore.member_id.in_([one.id for one in members]), Bid.was_assessed)
        .group_by(IndividualScore.member_id)
    )
    return Counter({row[0]: row[1] for row in counted})
