"""The agreed scores, one bid after another."""

from __future__ import annotations

from typing import Any

from flask import flash, request

from procure.evaluation import actions
from procure.evaluation.actions import Agreed
from procure.evaluation.facts import bids_of, is_scored, weights_of
from procure.evaluation.forms import score_form
from procure.evaluation.models import Bid
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_change, page, pages, to
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.tender.rules import SCALE


@pages.get("/procurements/<reference>/evaluation/scores")
@enter(Role.OFFICER)
def scores(reference: str) -> Answer:
    """On to the first bid that lacks a score."""
    lot = lot_to_change(reference)
    place = _next_place(lot) or 1
    return to("score", lot, place=place) if bids_of(lot) else to("bids", lot)


def _next_place(lot: Lot) -> int | None:
    """Place of the first assessed bid without all its scores; None when there is none."""
    return next(
        (at for at, bid in enumerate(bids_of(lot), start=1) if bid.was_assessed and not is_scored(bid, lot)), None
    )


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/scores", methods=["GET", "POST"])
@enter(Role.OFFICER)
def score(reference: str, place: int) -> Answer:
    """The panel's agreed score and reason on each criterion of one bid. What is filled in so far is kept."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    form = _form(lot, found)

    def keep() -> None:
        actions.score_bid(found, _agreed(lot, form), by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference, fresh=lambda: _form(lot, bid_at(lot, place), posted=False)):
        flash(f"The agreed scores of {found.supplier.name} are saved.")
        onward = _next_place(lot)
        if "next" in request.form and onward:
            return to("score", lot, place=onward)
        return to("index", lot)
    steps = [(bid, is_scored(bid, lot), at) for at, bid in enumerate(bids_of(lot), start=1) if bid.was_assessed]
    return page("score", lot, form=form, bid=found, place=place, steps=steps, scale=SCALE, is_task=True,
                more=any(not done and at != place for _, done, at in steps)), status_of(form)  # fmt: skip


def _form(lot: Lot, bid: Bid, *, posted: bool = True) -> Any:
    given: dict[str, Any] = {"version": bid.version}
    for one in bid.scores:
        given[f"score_{one.criterion.number}"] = str(one.score)
        given[f"reason_{one.criterion.number}"] = one.reason
    kind = score_form(weights_of(lot))
    return kind(data=given) if posted else kind(formdata=None, data=given)


def _agreed(lot: Lot, form: Any) -> dict[int, Agreed]:
    assert lot.method is not None
    return {
        one.number: Agreed(int(form[f"score_{one.number}"].data), form[f"reason_{one.number}"].data)
        for one in lot.method.criteria
        if form[f"score_{one.number}"].data
    }
