"""The ranking to take away: a workbook whose formulas anybody can follow, and a plain table."""

from __future__ import annotations

from flask import Response, abort

from procure import words
from procure.documents.actions import colour_of_the_council
from procure.documents.answers import csv_answer, word_answer
from procure.documents.shared_facts import DocumentFacts
from procure.evaluation.documents.ranking_workbook import RankedFigures, ranking_workbook
from procure.evaluation.facts import ranking_of, scored_of, weights_of
from procure.evaluation.rules import Ranked, Weight
from procure.evaluation.views.fetching import pages
from procure.evaluation.views.result import with_prices
from procure.now import now, today
from procure.people.access import enter, post_names_of, signed_in


@pages.get("/procurements/<reference>/evaluation/ranking.xlsx")
@enter()
def ranking_workbook_file(reference: str) -> Response:
    """The ranking as a workbook that works every figure out from what was entered."""
    lot, bids = with_prices(reference)
    ranking, method, evaluation = ranking_of(lot, bids), lot.method, lot.evaluation
    if ranking is None or method is None or evaluation is None:
        abort(404)
    figures = RankedFigures(
        lot.full_title, lot.reference, tuple(weights_of(lot)), method.price_weight, method.price_formula,
        tuple(scored_of(bids)), ranking, evaluation.tie_settled_for_id, evaluation.tie_settled_by,
        tuple((bid.supplier.name, bid.set_aside_because) for bid in bids if not bid.was_assessed),
    )  # fmt: skip
    by = signed_in()
    meta = DocumentFacts(
        title="Ranking", reference=lot.reference, version=f"of {words.moment(now())}", author_name=by.name,
        author_post=next(iter(post_names_of(by, today())), by.name), issued_on=today(), is_draft=False,
        is_example=evaluation.is_example,
    )  # fmt: skip
    return word_answer(ranking_workbook(figures, meta, colour_of_the_council()), f"{lot.reference}-ranking.xlsx")


@pages.get("/procurements/<reference>/evaluation/ranking.csv")
@enter()
def ranking_file(reference: str) -> Response:
    """The ranking as a table to recompute."""
    lot, bids = with_prices(reference)
    ranking = ranking_of(lot, bids)
    if ranking is None:
        abort(404)
    rows = [_cells(row) for row in (*ranking.rows, *ranking.failed)]
    return csv_answer(f"{lot.reference}-ranking.csv", [_heads(weights_of(lot)), *rows])


def _heads(criteria: list[Weight]) -> list[str]:
    heads = ["Place", "Bidder", "Price without VAT"]
    for one in criteria:
        heads += [f"{one.label} {one.title}: score", f"{one.label} {one.title}: points of {one.weight_words}"]
    return [*heads, "Quality", "Price points", "Sum for price", "Cost of a point", "Total", "Remark"]


def _cells(row: Ranked) -> list[str]:
    cells = [str(row.place or ""), row.name, f"{row.price_net:.2f}"]
    for line in row.criteria:
        cells += [str(line.score), f"{line.points:.2f}"]
    cost = "" if row.cost is None else f"{row.cost:.2f}"
    return [
        *cells, f"{row.quality:.2f}", f"{row.price:.2f}", row.price_working, cost, f"{row.total:.2f}",
        row.failed_because or row.ahead_because,
    ]  # fmt: skip
