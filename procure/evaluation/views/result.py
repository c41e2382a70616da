"""The ranking with its working, low prices, ties, and the result."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for

from procure.evaluation import actions
from procure.evaluation.facts import bids_of, facts_of, is_scored, low_prices_of, ranking_of, weights_of
from procure.evaluation.forms import FindingForm, PlainForm, TieForm
from procure.evaluation.models import Bid
from procure.evaluation.rules import Ranking, result_is_recorded
from procure.evaluation.views.fetching import Answer, lot_to_change, may_see_prices, page, pages, to
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for
from procure.procurement.models import Lot
from procure.procurement.picture import task_of
from procure.procurement.rules import FileFacts, Stage
from procure.saving import save, status_of
from procure.tender.rules import ROUNDING, TIE_RULE, formula_words


@pages.get("/procurements/<reference>/evaluation")
@enter()
def index(reference: str) -> str:
    """What is recorded of the evaluation, the ranking with its working, and what comes next."""
    procurement = procurement_for(signed_in(), reference, today())
    lot = procurement.only_lot
    bids = bids_of(lot)
    checks = result_is_recorded(FileFacts([facts_of(lot, today())]), today()) if lot.evaluation else ()
    opened = may_see_prices(lot, bids)
    method, ranking = lot.method, ranking_of(lot, bids)
    return page(
        "index", lot, bids=bids, changes=may_change(signed_in(), procurement, today()), method=method,
        ranking=ranking if opened else None, lows=low_prices_of(bids) if opened else [],
        opened=opened, scored={bid.id: is_scored(bid, lot) for bid in bids}, form=PlainForm(),
        tasks=[task_of(check, reference) for check in sorted(checks, key=lambda check: check.is_done)],
        is_ready=bool(checks) and all(check.is_done for check in checks[:-1]),
        is_evaluating=lot.stage is Stage.EVALUATING, rounding=ROUNDING, tie_rule=TIE_RULE,
        formula=formula_words(method.price_formula, method.price_weight) if method else "",
        matrix_heads=[{"name": one.title, "weight": one.weight} for one in weights_of(lot)],
        matrix_rows=_matrix(lot, bids, ranking if opened else None),
    )  # fmt: skip


def _matrix(lot: Lot, bids: list[Bid], ranking: Ranking | None) -> list[dict[str, Any]]:
    """Rows of the matrix of scores, in the order of the ranking where there is one."""
    rows = []
    for bid in bids:
        if not bid.was_assessed or not bid.scores:
            continue
        ranked = ranking.of(bid.id) if ranking else None
        given = {score.criterion.number: score for score in bid.scores}
        found = [given.get(one.number) for one in weights_of(lot)]
        rows.append(
            {
                "no": ranked.place if ranked else "",
                "name": bid.supplier.name,
                "note": "",
                "preferred": ranked is not None and ranked.place == 1,
                "total": ranked.total if ranked else None,
                "cells": [{"score": one.score if one else None, "reason": one.reason if one else ""} for one in found],
            }
        )
    return sorted(rows, key=lambda row: row["no"] or 0)


@pages.post("/procurements/<reference>/evaluation/finish")
@enter(Role.OFFICER)
def finish(reference: str) -> Answer:
    """Record the result."""
    lot = lot_to_change(reference)
    form = PlainForm()
    if save(form, lambda: actions.finish(lot, by=signed_in(), at=now()), file=reference):
        flash("The result is recorded. Recommend the award next.")
        return redirect(url_for("award.index", reference=reference))
    flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return to("index", lot)


@pages.route("/procurements/<reference>/evaluation/low-prices", methods=["GET", "POST"])
@enter(Role.OFFICER)
def low_prices(reference: str) -> Answer:
    """Record what a bidder with an abnormally low price answered: the first that hasn't been asked."""
    lot = lot_to_change(reference)
    low = actions.low_prices_to_explain(lot)
    found = next((bid for bid in low if not bid.low_price_finding), low[0] if low else None)
    if found is None:
        return to("index", lot)
    form = FindingForm(data={"finding": found.low_price_finding, "version": found.version})

    def keep() -> None:
        actions.explain_low_price(found, form.finding.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference):
        flash("The answer is recorded.")
        return to("index", lot)
    sentence = next(one.sentence for one in low_prices_of(bids_of(lot)) if one.key == found.id)
    return page("low_price", lot, form=form, bid=found, sentence=sentence, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/evaluation/tie", methods=["GET", "POST"])
@enter(Role.OFFICER)
def tie(reference: str) -> Answer:
    """Record how a tie for first place was settled."""
    lot = lot_to_change(reference)
    ranking = ranking_of(lot)
    if ranking is None or not ranking.tie:
        abort(404)
    form = TieForm()
    form.place.choices = [(str(at), row.name) for at, row in enumerate(ranking.tie, start=1)]

    def keep() -> None:
        chosen = ranking.tie[int(form.place.data) - 1].key
        bid = next(one for one in bids_of(lot) if one.id == chosen)
        actions.settle_tie(lot, bid, form.how.data, by=signed_in(), at=now())

    if save(form, keep, file=reference):
        flash("The tie is settled.")
        return to("index", lot)
    return page("tie", lot, form=form, ranking=ranking, tie_rule=TIE_RULE, is_task=True), status_of(form)
