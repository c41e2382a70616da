"""Scores side by side, and the one number the panel agrees (drawing 09)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, request

from procure.evaluation import actions
from procure.evaluation.actions import Given
from procure.evaluation.actions.agreeing import chair_of
from procure.evaluation.facts import assessed_of, bids_of, individual_scores, panel_of, prices_are_known, weights_of
from procure.evaluation.forms import agreed_scores_form
from procure.evaluation.models import Bid, ConsensusScore, IndividualScore
from procure.evaluation.reopening_models import ScoreReopening
from procure.evaluation.rules import Spread, Weight, spread_of
from procure.evaluation.rules.papers import HowAgreed
from procure.evaluation.views.fetching import Answer, lot_to_read, must_be_cleared, own_place, page, pages, to
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.procurement.access import may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.tender.rules import SCALE

FEW = 8
"""So many criteria stand side by side above the page; more are told by their number."""


@dataclass(frozen=True)
class Cell:
    """One bid on one criterion: what each evaluator gave, how far apart, and what was agreed."""

    bid: Bid
    criterion: Weight
    given: tuple[tuple[str, IndividualScore], ...]
    spread: Spread | None
    agreed: ConsensusScore | None


@dataclass(frozen=True)
class Table:
    """Bids by criteria, all read at once."""

    bids: list[Bid]
    rows: list[tuple[Weight, list[Cell]]]

    @property
    def is_agreed(self) -> dict[int, bool]:
        """By the number of the criterion: whether every bid has its agreed score."""
        return {criterion.number: all(cell.agreed for cell in cells) for criterion, cells in self.rows}


def table_of(lot: Lot) -> Table:
    """The whole table in a fixed number of queries, however many bids, criteria and evaluators there are."""
    bids, panel = assessed_of(bids_of(lot)), [one for one in panel_of(lot) if one.scores_bids]
    names = {one.id: one.person.name for one in panel}
    given: defaultdict[tuple[int, int], list[tuple[str, IndividualScore]]] = defaultdict(list)
    for own in individual_scores(lot, panel):
        given[own.bid_id, own.criterion_id].append((names[own.member_id], own))
    agreed = {(one.bid_id, one.criterion_id): one for bid in bids for one in bid.scores}
    ids = [one.id for one in lot.method.scored] if lot.method else []
    rows = []
    for key, criterion in zip(ids, weights_of(lot), strict=True):
        cells = []
        for bid in bids:
            own_scores = tuple(given[bid.id, key])
            spread = spread_of([(name, own.score) for name, own in own_scores])
            cells.append(Cell(bid, criterion, own_scores, spread, agreed.get((bid.id, key))))
        rows.append((criterion, cells))
    return Table(bids, rows)


@pages.get("/procurements/<reference>/evaluation/moderation")
@enter()
def moderation(reference: str) -> Answer:
    """Every score of every evaluator beside the agreed one: bids across, criteria down."""
    lot = _lot(reference)
    table = table_of(lot)
    return page(
        "moderation", lot, is_task=True, table=table, chairs=chair_of(lot, signed_in()) is not None,
        next=next((number for number, done in table.is_agreed.items() if not done), None),
    )  # fmt: skip


def _lot(reference: str) -> Lot:
    """The lot, for whoever may see individual scores now; too early an attempt is refused and recorded (G3, G4)."""
    lot = lot_to_read(reference)
    must_be_cleared(lot, "the individual scores")
    actions.open_scores(lot, signed_in(), at=now())
    return lot


@pages.route("/procurements/<reference>/evaluation/moderation/<int:number>", methods=["GET", "POST"])
@enter()
def agree(reference: str, number: int) -> Answer:
    """One criterion: each bid's individual scores and reasons, and the one score the panel agrees."""
    if request.method == "POST":
        own_place(lot_to_read(reference))  # a member who isn’t the moderator is refused by the action, and recorded
    lot = _lot(reference)
    table = table_of(lot)
    cells = next((cells for criterion, cells in table.rows if criterion.number == number), None)
    if cells is None:
        abort(404)
    chairs = chair_of(lot, signed_in()) is not None
    opened = prices_are_known(lot)
    asked = _asked_again(lot, number)
    form = _form(lot, cells)

    def keep() -> None:
        actions.agree(
            lot, number, _agreed(cells, form), discussed=form.discussed.data or "",
            how=HowAgreed(form.how.data or HowAgreed.ALL), by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _form(lot, _cells(lot, number), posted=False)):
        return _onward(lot, cells[0].criterion if cells else None)
    return page(
        "agree", lot, form=form, cells=cells, criterion=cells[0].criterion if cells else None, table=table, scale=SCALE,
        chairs=chairs, opened=opened, is_task=True, asked=asked,
        places={bid.id: place for place, bid in enumerate(bids_of(lot), start=1)},
        may_ask=chairs or may_change(signed_in(), lot.procurement, today()), few=len(table.rows) <= FEW,
        drawn=spread_marks,
        **_beside(table, number),
    ), status_of(form)  # fmt: skip


def _asked_again(lot: Lot, number: int) -> dict[int, ScoreReopening]:
    """By the bid's id: the last time that its score on a criterion was asked to be opened again."""
    rows = lot.evaluation.reopenings if lot.evaluation else []
    return {one.bid_id: one for one in rows if one.criterion.number == number}


def _cells(lot: Lot, number: int) -> list[Cell]:
    return next(cells for criterion, cells in table_of(lot).rows if criterion.number == number)


def _onward(lot: Lot, criterion: Weight | None) -> Answer:
    table = table_of(lot)
    left = [number for number, done in table.is_agreed.items() if not done]
    if not left:
        flash("Every score is agreed. Prices are open.")
        return to("prices", lot)
    flash(f"The scores on {criterion.title if criterion else 'this criterion'} are recorded.")
    return to("moderation", lot) if "later" in request.form else to("agree", lot, number=left[0])


def _beside(table: Table, number: int) -> dict[str, Any]:
    numbers = [criterion.number for criterion, _ in table.rows]
    place = numbers.index(number)
    return {
        "place": place + 1,
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
    }


def _form(lot: Lot, cells: list[Cell], *, posted: bool = True) -> Any:
    assert lot.evaluation is not None
    given: dict[str, Any] = {"version": lot.evaluation.version, "how": HowAgreed.ALL.value}
    number = cells[0].criterion.number if cells else 0
    note = next((one for one in lot.evaluation.notes if one.criterion.number == number), None)
    if note is not None:
        given |= {"discussed": note.discussed, "how": note.how.value}
    for cell in cells:
        if cell.agreed is not None:
            given |= {f"score_{cell.bid.id}": str(cell.agreed.score), f"reason_{cell.bid.id}": cell.agreed.reason}
    kind = agreed_scores_form([cell.bid for cell in cells])
    return kind(data=given) if posted else kind(formdata=None, data=given)


def _agreed(cells: list[Cell], form: Any) -> dict[int, Given]:
    return {
        cell.bid.id: Given(int(form[f"score_{cell.bid.id}"].data), form[f"reason_{cell.bid.id}"].data)
        for cell in cells
        if form[f"score_{cell.bid.id}"].data
    }


STEP, LEFT, LINE, UP = 24, 10, 34, 13
"""Geometry of the drawing of a spread: one step of the scale, its margin, its line, dots above one another."""


def spread_marks(cell: Cell) -> list[tuple[int, int]]:
    """Where the dots of a spread stand, those of one score above one another."""
    stacked: dict[int, int] = {}
    marks = []
    for _, own in cell.given:
        height = stacked.get(own.score, 0)
        stacked[own.score] = height + 1
        marks.append((LEFT + STEP * own.score, LINE - UP * height))
    return marks
