"""Prices and the ranking with every sum, low prices, ties, and the result."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for

from procure.evaluation import actions
from procure.evaluation.facts import bids_of, facts_of, low_prices_of, ranking_of, weights_of
from procure.evaluation.forms import NO, YES, FindingForm, PlainForm, TieForm
from procure.evaluation.models import Bid
from procure.evaluation.rules import result_is_recorded
from procure.evaluation.views.fetching import (
    Answer,
    lot_to_change,
    lot_to_read,
    may_see_prices,
    page,
    pages,
    reads_bids,
    to,
)  # fmt: skip
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change
from procure.procurement.models import Lot
from procure.procurement.picture import task_of
from procure.procurement.rules import FileFacts, Stage
from procure.saving import save, status_of
from procure.tender.rules import formula_words, rounding_words, tie_words


def with_prices(reference: str) -> tuple[Lot, list[Bid]]:
    """The lot and its bids for whoever may see prices now; the panel’s attempt before that is refused and recorded."""
    lot = lot_to_read(reference)
    bids = bids_of(lot)
    actions.open_prices(lot, signed_in(), at=now())
    if not may_see_prices(lot, bids):
        abort(403)
    return lot, bids


@pages.get("/procurements/<reference>/evaluation/prices")
@enter()
def prices(reference: str) -> Answer:
    """Prices, points and the ranking, every figure with its sum."""
    lot, bids = with_prices(reference)
    method = lot.method
    assert method is not None
    checks = result_is_recorded(FileFacts([facts_of(lot, today())]), today())
    left = [check for check in checks[:-1] if not check.is_done]
    final = checks[-1]
    return page(
        "prices", lot, bids=bids, ranking=ranking_of(lot, bids), lows=low_prices_of(bids), method=method,
        criteria=weights_of(lot), rounding=rounding_words(method.price_formula),
        tie_rule=tie_words(method.price_formula),
        formula=formula_words(method.price_formula, method.price_weight), by_points=method.price_formula.weighs_price,
        changes=may_change(signed_in(), lot.procurement, today()), is_evaluating=lot.stage is Stage.EVALUATING,
        left=[task_of(check, reference) for check in left],
        final=None if final.is_done else task_of(final, reference),
        is_ready=not left and final.page == "evaluation.prices" and "none can win" not in final.refusal,
        form=PlainForm(), is_task=True, reads_scores=reads_bids(lot, signed_in()),
    )  # fmt: skip


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


@pages.get("/procurements/<reference>/evaluation/low-prices")
@enter(Role.OFFICER)
def low_prices(reference: str) -> Answer:
    """On to the first bidder whose low price isn't explained yet."""
    lot, bids = with_prices(reference)
    low = {one.id for one in actions.low_prices_to_explain(lot)}
    places = [(place, bid) for place, bid in enumerate(bids, start=1) if bid.id in low]
    found = next((place for place, bid in places if bid.low_price_accepted is None), places[0][0] if places else None)
    return to("low_price", lot, place=found) if found else to("index", lot)


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/low-price", methods=["GET", "POST"])
@enter(Role.OFFICER)
def low_price(reference: str, place: int) -> Answer:
    """Ask a bidder to explain its low price; record when, what it answered, and whether that explains it."""
    lot = lot_to_change(reference)
    _, bids = with_prices(reference)
    bid = bids[place - 1] if 1 <= place <= len(bids) else abort(404)
    low = next((one for one in low_prices_of(bids) if one.key == bid.id), None)
    if low is None and bid.low_asked_on is None:
        abort(404)
    form = _finding_form(bid)

    def keep() -> None:
        actions.explain_low_price(
            bid, asked_on=form.asked_on.data, answered_on=form.answered_on.data, finding=form.finding.data or "",
            accepted=form.verdict, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _finding_form(bid, posted=False)):
        flash("The question and its answer are recorded.")
        return to("prices", lot)
    return page(
        "low_price", lot, form=form, bid=bid, sentence=low.sentence if low else "", is_task=True
    ), status_of(form)  # fmt: skip


def _finding_form(bid: Bid, *, posted: bool = True) -> FindingForm:
    accepted = "" if bid.low_price_accepted is None else YES if bid.low_price_accepted else NO
    given = {
        "asked_on": bid.low_asked_on, "answered_on": bid.low_answered_on, "finding": bid.low_price_finding,
        "accepted": accepted, "version": bid.version,
    }  # fmt: skip
    return FindingForm(data=given) if posted else FindingForm(formdata=None, data=given)


@pages.route("/procurements/<reference>/evaluation/tie", methods=["GET", "POST"])
@enter(Role.OFFICER)
def tie(reference: str) -> Answer:
    """Record how a tie for first place was settled."""
    lot = lot_to_change(reference)
    _, bids = with_prices(reference)
    ranking = ranking_of(lot, bids)
    if ranking is None or not ranking.tie or lot.method is None:
        abort(404)
    form = TieForm()
    form.place.choices = [(str(at), row.name) for at, row in enumerate(ranking.tie, start=1)]

    def keep() -> None:
        chosen = ranking.tie[int(form.place.data) - 1].key
        bid = next(one for one in bids_of(lot) if one.id == chosen)
        actions.settle_tie(lot, bid, form.how.data, by=signed_in(), at=now())

    if save(form, keep, file=reference):
        flash("The tie is settled.")
        return to("prices", lot)
    tie_rule = tie_words(lot.method.price_formula)
    return page("tie", lot, form=form, ranking=ranking, tie_rule=tie_rule, is_task=True), status_of(form)
