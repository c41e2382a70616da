"""The panel agrees: one whole number and a reason on each criterion of each bid, recorded by the moderator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from procure import words
from procure.audit.actions import Actor, act
from procure.evaluation.actions.changing import changing
from procure.evaluation.actions.declaring import must_be_clear
from procure.evaluation.actions.scoring import BadScore, Given, criteria_of, right_criterion
from procure.evaluation.facts import all_scores_are_in, bids_of, member_for, panel_of, prices_are_known, unfinished_of
from procure.evaluation.models import Bid, ConsensusScore, Evaluation, PanelMember
from procure.evaluation.reopening_models import ScoreReopening
from procure.evaluation.report_models import ModerationNote
from procure.evaluation.rules import EvaluatorRole
from procure.evaluation.rules.papers import HowAgreed
from procure.evaluation.rules.wholeness import needs_moderator
from procure.extensions import db
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.tender.models import AwardCriterion


class ScoresSealed(Refusal):
    """Nobody sees another’s scores, and nothing is agreed, before every evaluator has finished (G4)."""

    recorded = True


class NotModerator(Refusal):
    """Agreed scores are recorded by the moderator, and by nobody on the moderator’s behalf."""

    recorded = True


class AgreedBefore(Refusal):
    """Prices are known: an agreed score changes only once somebody apart has approved opening it again."""


def chair_of(lot: Lot, person: Person) -> PanelMember | None:
    """The person as whoever records agreed scores: the moderator, or the only evaluator of a panel of one."""
    member = member_for(lot, person)
    if member is None or member.left_at is not None:
        return None
    if member.role is EvaluatorRole.MODERATOR:
        return member
    size = lot.method.panel_size if lot.method else 0
    is_alone = bool(size) and not needs_moderator(size) and len(member.evaluation.serving) == 1
    return member if is_alone else None


def open_scores(lot: Lot, person: Person, *, at: datetime) -> None:
    """Refuse, and record, that somebody opens individual scores before all are in. Moderator and officer no less."""
    if all_scores_are_in(panel_of(lot)):
        return
    with act("opened the individual scores", on=lot, by=person, at=at):
        _all_are_in(lot)


def _all_are_in(lot: Lot) -> None:
    panel = panel_of(lot)
    if all_scores_are_in(panel):
        return
    waiting = [one.person.name for one in unfinished_of(panel)]
    who = words.joined(waiting) + (" hasn’t." if len(waiting) == 1 else " haven’t.") if waiting else "None is named."
    raise ScoresSealed(f"Individual scores stay sealed until every evaluator has finished. {who}")


def agree(
    lot: Lot,
    number: int,
    agreed: Mapping[int, Given],
    *,
    discussed: str = "",
    how: HowAgreed = HowAgreed.ALL,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Record the agreed scores on one criterion, by the bid’s id. Never computed; the originals stay beside them.

    `discussed` and `how` tell how the panel came to them. Once prices are known, a score that stood before changes only
    where it has been opened again, and once.
    """
    criterion = criteria_of(lot).get(number)
    title = criterion.title if criterion else str(number)
    with changing(lot, f"recorded the agreed scores on {title}", by=by, at=at, sees=sees) as evaluation:
        chair = chair_of(lot, by) if isinstance(by, Person) else None
        if chair is None:
            raise NotModerator("The moderator records the agreed scores. Nobody does it for them.")
        bids = bids_of(lot)
        must_be_clear(chair, bids)
        _all_are_in(lot)
        known = prices_are_known(lot)
        opened = {one.bid_id: one for one in evaluation.reopenings if one.is_open and one.criterion.number == number}
        changed = [
            _keep(bid, lot, number, agreed[bid.id], opened.get(bid.id), is_known=known, at=at)
            for bid in bids
            if bid.id in agreed
        ]
        if agreed and criterion is not None:
            _note(evaluation, criterion, discussed.strip(), how, after_prices=known and any(changed), at=at)
        evaluation.agreed_at = at
        db.session.flush()


def _note(
    evaluation: Evaluation, criterion: AwardCriterion, discussed: str, how: HowAgreed, *, after_prices: bool,
    at: datetime,
) -> None:  # fmt: skip
    """How the panel came to its scores: later words take the place of earlier ones, and what came late stays told."""
    note = next((one for one in evaluation.notes if one.criterion_id == criterion.id), None)
    if note is None:
        note = ModerationNote(
            evaluation=evaluation, criterion=criterion, discussed=discussed, how=how, prices_were_closed=True
        )
        db.session.add(note)
    note.discussed, note.how, note.agreed_at = discussed or note.discussed, how, at
    note.prices_were_closed = note.prices_were_closed and not after_prices


def _keep(
    bid: Bid, lot: Lot, number: int, given: Given, opened: ScoreReopening | None, *, is_known: bool, at: datetime
) -> bool:  # fmt: skip
    """Keep an agreed score; whether one that stood before is changed by it."""
    if not bid.was_assessed:
        raise BadScore(f"{bid.supplier.name}’s bid was set aside, so it isn’t scored.")
    try:
        criterion = right_criterion(criteria_of(lot), number, given, "the panel’s")
    except BadScore as refusal:
        raise BadScore(refusal.sentence, field=f"score_{bid.id}") from refusal
    row = next((one for one in bid.scores if one.criterion_id == criterion.id), None)
    if row is None:
        bid.scores.append(ConsensusScore(criterion=criterion, score=given.score, reason=given.reason.strip()))
        return False
    if (row.score, row.reason) != (given.score, given.reason.strip()):
        if is_known and opened is None:
            raise AgreedBefore(
                f"Prices are known, so the score of {bid.supplier.name} stays {row.score} with its reason, unless the "
                "Monitoring Officer or the director approves opening it again.",
                field=f"score_{bid.id}",
            )
        row.score, row.reason = given.score, given.reason.strip()
        _used(opened, row, at)
        return True
    _used(opened, row, at)
    return False


def _used(opened: ScoreReopening | None, row: ConsensusScore, at: datetime) -> None:
    """What came of opening a score again: it is recorded once, changed or not."""
    if opened is not None:
        opened.score_after, opened.reason_after, opened.used_at = row.score, row.reason, at
