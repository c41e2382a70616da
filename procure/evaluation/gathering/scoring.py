"""From rows to the moderation record."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import has_request_context, url_for

from procure import words
from procure.documents.gaps import Gap
from procure.evaluation.documents import scoring as paper
from procure.evaluation.facts import assessed_of, bids_of, panel_of
from procure.evaluation.gathering.said import Pages, named
from procure.evaluation.models import Bid, PanelMember
from procure.evaluation.reopening_models import ScoreReopening
from procure.evaluation.report_models import ModerationNote
from procure.evaluation.rules import EvaluatorRole
from procure.now import legal_day
from procure.procurement.models import Lot
from procure.tender.gathering.said import Pages as TenderPages
from procure.tender.gathering.said import the_council
from procure.tender.models import AwardCriterion

SAME = "The evaluators had given the same scores, and these were agreed."


def moderation_record(lot: Lot, at: datetime) -> paper.ModerationRecord:
    """How the panel came to its scores, criterion by criterion."""
    pages, panel = Pages(lot), panel_of(lot)
    bids, scorers = assessed_of(bids_of(lot)), [one for one in panel if one.scores_bids]
    notes = {note.criterion_id: note for note in (lot.evaluation.notes if lot.evaluation else [])}
    days = [legal_day(note.agreed_at) for note in notes.values()]
    given, scored = _given(scorers), lot.method.scored if lot.method else []
    criteria = tuple(_criterion(one, notes.get(one.id), bids, given, pages) for one in scored)
    return paper.ModerationRecord(
        council=the_council(TenderPages(lot)),
        moderation=paper.ModerationFacts(
            reference=lot.reference,
            title=lot.full_title,
            first_on=pages.moderation(min(days, default=None), "day on which the panel first agreed a score"),
            last_on=pages.moderation(max(days, default=None), "day on which the panel last agreed a score"),
            moderator=_moderator(panel, pages, at),
            prices=_prices(list(notes.values())),
        ),
        reopened=reopened_scores(lot),
        present=pages.panel(tuple(named(one.person, at) for one in scorers), "evaluators who took part"),
        criteria=pages.moderation(
            cast("tuple[paper.ModeratedCriterion, ...]", criteria), "criteria that were agreed"
        ),
    )  # fmt: skip


def reopened_scores(lot: Lot) -> tuple[paper.ReopenedScore, ...]:
    """Each score that somebody asked to have opened again once prices were known, and what came of it."""
    return tuple(
        paper.ReopenedScore(
            one.bid.supplier.name, f"{one.criterion.label} {one.criterion.title}",
            f"{one.asked_by.name}, {words.day(legal_day(one.asked_at))}: {one.because}", _decided(one), _change(one),
        )
        for one in (lot.evaluation.reopenings if lot.evaluation else [])
    )  # fmt: skip


def _decided(one: ScoreReopening) -> str:
    if one.decided_at is None:
        return f"{one.approver_words} has not decided yet"
    verb = "approved" if one.is_approved else "refused"
    return f"{one.approver_words} {verb} it on {words.day(legal_day(one.decided_at))}: {one.decision_reason}"


def _change(one: ScoreReopening) -> str:
    if one.used_at is None or one.score_after == one.score_before:
        return f"Stays {one.score_before}"
    return f"Was {one.score_before}, is {one.score_after}"


def _given(scorers: list[PanelMember]) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """What each gave alone, by bid and criterion."""
    found: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for member in scorers:
        for one in member.scores:
            found.setdefault((one.bid_id, one.criterion_id), []).append((member.person.name, one.score))
    return found


def _moderator(panel: list[PanelMember], pages: Pages, at: datetime) -> str | Gap:
    chair = next((one for one in panel if one.role is EvaluatorRole.MODERATOR), None)
    if chair is not None:
        who = named(chair.person, at)
        return who.post if isinstance(who.post, Gap) else f"{who.name}, {who.post}, who did not score"
    if sum(one.scores_bids for one in panel) == 1:
        return "None: one evaluator scored, as was published"
    return pages.panel.gap("moderator")


def _prices(notes: list[ModerationNote]) -> str:
    after = [note.criterion.title for note in notes if not note.prices_were_closed]
    if not after:
        return "Closed to the panel until every score was agreed"
    return f"Closed until every score was agreed; changed afterwards, with a reason on file: {', '.join(after)}"


def _criterion(
    criterion: AwardCriterion,
    note: ModerationNote | None,
    bids: list[Bid],
    given: dict[tuple[int, int], list[tuple[str, int]]],
    pages: Pages,
) -> paper.ModeratedCriterion | Gap:
    rows, differ = [], False
    for bid in bids:
        agreed = next((one for one in bid.scores if one.criterion_id == criterion.id), None)
        if agreed is None:
            return pages.moderation.gap(f"agreed scores on {criterion.title}")
        alone = given.get((bid.id, criterion.id), [])
        differ = differ or {score for _, score in alone} != {agreed.score}
        said = "; ".join(f"{name} {score}" for name, score in alone) or "–"
        rows.append(paper.ModeratedBid(bid.supplier.name, said, agreed.score, agreed.reason))
    discussed = note.discussed if note else ""
    href = None
    if has_request_context() and bids:
        href = url_for("evaluation.agree", reference=bids[0].lot.reference, number=criterion.number)
    missing = Gap(f"what the panel discussed on {criterion.title}", "Agree the scores", href)
    return paper.ModeratedCriterion(
        title=f"{criterion.label} {criterion.title}",
        bids=tuple(rows),
        discussed=discussed or (missing if differ else SAME),
        how=note.how.label
        if note
        else Gap(f"how the scores on {criterion.title} were agreed", "Agree the scores", href),
    )
