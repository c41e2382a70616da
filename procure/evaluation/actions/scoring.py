"""Scores given alone: a whole number and a reason on each criterion of each bid, then locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from procure import words
from procure.audit.actions import Actor
from procure.evaluation.actions.changing import changing
from procure.evaluation.actions.declaring import must_be_clear
from procure.evaluation.actions.panel import facts_about
from procure.evaluation.facts import (
    all_scores_are_in,
    assessed_of,
    bids_of,
    individual_scores,
    panel_of,
    prices_are_known,
)
from procure.evaluation.models import Bid, ConsensusScore, IndividualScore, PanelMember
from procure.evaluation.rules import EvaluatorRole, score_problem
from procure.evaluation.rules.wholeness import needs_moderator
from procure.extensions import db
from procure.mail.actions import queue
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.tender.models import AwardCriterion


class BadScore(Refusal):
    """A score that is no whole number on the published scale, has no reason (B16), or is on the wrong thing."""


class ScoresLocked(Refusal):
    """An evaluator’s scores are locked once finished; the officer opens them again with a reason."""


class NotYourScores(Refusal):
    """Nobody enters another’s scores."""

    recorded = True


@dataclass(frozen=True)
class Given:
    """A score on one criterion, and why."""

    score: int
    reason: str


def score(
    member: PanelMember, bid: Bid, scores: Mapping[int, Given], *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Keep an evaluator’s own scores of a bid, by the number of the criterion; those left out stay as they are."""
    lot = member.evaluation.lot
    with changing(lot, f"scored the bid of {bid.supplier.name} alone", on=member, by=by, at=at, sees=sees):
        _may_score(member, by)
        must_be_clear(member, bids_of(lot))
        if not bid.was_assessed:
            raise BadScore(f"{bid.supplier.name}’s bid was set aside, so it isn’t scored.")
        criteria = criteria_of(lot)
        standing = {one.criterion_id: one for one in member.scores if one.bid_id == bid.id}
        known = prices_are_known(lot)
        for number, given in scores.items():
            criterion = right_criterion(criteria, number, given, "your")
            row = standing.get(criterion.id)
            if row is None:
                db.session.add(
                    IndividualScore(
                        member=member, bid=bid, criterion=criterion, score=given.score, reason=given.reason.strip()
                    )
                )
            elif known and (row.score, row.reason) != (given.score, given.reason.strip()):
                raise ScoresLocked(f"Prices are known, so your scores of {bid.supplier.name} stay as they are.")
            else:
                row.score, row.reason = given.score, given.reason.strip()
        member.saved_at = at
        db.session.flush()


def criteria_of(lot: Lot) -> dict[int, AwardCriterion]:
    """The criteria on which bids are scored, by number."""
    return {one.number: one for one in lot.method.scored} if lot.method else {}


def right_criterion(criteria: Mapping[int, AwardCriterion], number: int, given: Given, whose: str) -> AwardCriterion:
    """The criterion of that number, if the score may stand on it (B16)."""
    criterion = criteria.get(number)
    if criterion is None:
        raise BadScore("That criterion was not published for this competition.")
    problem = score_problem(given.score, given.reason, whose)
    if problem:
        raise BadScore(problem, field=f"score_{number}")
    return criterion


def _may_score(member: PanelMember, by: Actor) -> None:
    if not isinstance(by, Person) or by.id != member.person_id:
        raise NotYourScores(f"Only {member.person.name} can enter {member.person.name}’s scores.")
    if member.role is not EvaluatorRole.EVALUATOR:
        raise BadScore("The moderator chairs and doesn’t score.")
    if member.finished_at is not None:
        raise ScoresLocked(
            "You have finished, so your scores are locked. Ask the officer to open them again.",
            who_can=member.evaluation.lot.procurement.officer.name,
        )


def finish_scores(member: PanelMember, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Lock an evaluator’s scores once every bid has one on every criterion. The last to finish opens moderation.

    A panel of one has nobody to agree with: its scores and reasons are the agreed ones.
    """
    lot = member.evaluation.lot
    with changing(lot, "finished scoring alone", on=member, by=by, at=at, sees=sees):
        _may_score(member, by)
        bids = bids_of(lot)
        must_be_clear(member, bids)
        missing = _missing(member, bids)
        if missing:
            raise BadScore(f"You can’t finish yet. {words.joined(missing)}.")
        member.finished_at = at
        db.session.flush()
        panel = panel_of(lot)
        if all_scores_are_in(panel):
            _go_on(lot, panel, at)


def _missing(member: PanelMember, bids: list[Bid]) -> list[str]:
    criteria = criteria_of(member.evaluation.lot)
    done = {(one.bid_id, one.criterion_id) for one in individual_scores(member.evaluation.lot, [member])}
    found = []
    for bid in assessed_of(bids):
        lacking = sum((bid.id, one.id) not in done for one in criteria.values())
        if lacking:
            found.append(f"{bid.supplier.name} lacks {words.plural(lacking, 'score')}")
    return found


def _go_on(lot: Lot, panel: list[PanelMember], at: datetime) -> None:
    chairs = [one for one in panel if one.role is EvaluatorRole.MODERATOR]
    for chair in chairs:
        facts = facts_about(lot) | {"due_on": chair.evaluation.agree_due_on}
        facts["url"] += "/moderation"
        queue(
            "scores_are_in", to=chair.person, facts=facts, about=lot.procurement.reference, at=at,
            once=f"scores_are_in:{lot.reference}:{chair.id}:{at.isoformat()}",
        )  # fmt: skip
    if not chairs and lot.method is not None and not needs_moderator(lot.method.panel_size) and len(panel) == 1:
        _agrees_with_itself(panel[0], at)


def _agrees_with_itself(member: PanelMember, at: datetime) -> None:
    standing = {(one.bid_id, one.criterion_id): one for bid in member.evaluation.lot.bids for one in bid.scores}
    for own in member.scores:
        row = standing.get((own.bid_id, own.criterion_id))
        if row is None:
            own.bid.scores.append(ConsensusScore(criterion=own.criterion, score=own.score, reason=own.reason))
        else:
            row.score, row.reason = own.score, own.reason
    member.evaluation.agreed_at = at
    db.session.flush()


def reopen_scores(member: PanelMember, because: str, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Open an evaluator’s locked scores again, with the reason. Not once prices are open."""
    lot = member.evaluation.lot
    said = f"opened the scores of {member.person.name} again"
    with changing(lot, said, on=member, by=by, at=at, note=because, sees=sees):
        if member.finished_at is None:
            raise ScoresLocked(f"{member.person.name} hasn’t finished, so the scores are open.")
        if not because.strip():
            raise ScoresLocked("Say why the scores are opened again.", field="because")
        if prices_are_known(lot):
            raise ScoresLocked("Prices are open, so individual scores stay as they are.")
        member.finished_at = None
