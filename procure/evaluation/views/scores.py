"""An evaluator's own scores, one bid after another, and finishing."""

from __future__ import annotations

from typing import Any

from flask import flash, request

from procure.evaluation import actions
from procure.evaluation.actions import Given
from procure.evaluation.facts import bids_of, individual_scores, weights_of
from procure.evaluation.forms import PlainForm, own_scores_form
from procure.evaluation.models import Bid, IndividualScore, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_read, must_be_cleared, own_place, page, pages, to
from procure.now import now
from procure.people.access import enter, signed_in
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.tender.rules import SCALE


@pages.get("/procurements/<reference>/evaluation/my-scores")
@enter()
def own_scores(reference: str) -> Answer:
    """How far one's own scoring is, bid by bid, and the button that locks it."""
    lot = lot_to_read(reference)
    member = own_place(lot, EvaluatorRole.EVALUATOR)
    must_be_cleared(lot, "the bids")
    return page("own_scores", lot, member=member, is_task=True, form=_finish_form(member), **_progress(lot, member))


def _finish_form(member: PanelMember) -> PlainForm:
    return PlainForm(data={"version": member.version})


def _progress(lot: Lot, member: PanelMember) -> dict[str, Any]:
    wanted, given = len(weights_of(lot)), _own(lot, member)
    rows = [
        (place, bid, sum(one.bid_id == bid.id for one in given))
        for place, bid in enumerate(bids_of(lot), start=1)
        if bid.was_assessed
    ]
    left = [row for row in rows if row[2] < wanted]
    return {"rows": rows, "wanted": wanted, "next": left[0] if left else None}


def _own(lot: Lot, member: PanelMember) -> list[IndividualScore]:
    numbers = {one.id for one in lot.method.scored} if lot.method else set()
    return [one for one in individual_scores(lot, [member]) if one.criterion_id in numbers]


@pages.route("/procurements/<reference>/evaluation/my-scores/<int:place>", methods=["GET", "POST"])
@enter()
def own_score(reference: str, place: int) -> Answer:
    """One's own score and reason on each criterion of one bid. What is filled in so far is kept."""
    lot = lot_to_read(reference)
    member = own_place(lot, EvaluatorRole.EVALUATOR)
    found = bid_at(lot, place)
    must_be_cleared(lot, f"the bid of {found.supplier.name}")
    weights = weights_of(lot)
    form = _form(lot, member, found)

    def keep() -> None:
        actions.score(member, found, _given(weights, form), by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference, fresh=lambda: _form(lot, member, found, posted=False)):
        flash(f"Your scores of {found.supplier.name} are saved.")
        onward = _progress(lot, member)["next"]
        if "next" in request.form and onward:
            return to("own_score", lot, place=onward[0])
        return to("own_scores", lot)
    progress = _progress(lot, member)
    return page(
        "own_score", lot, form=form, bid=found, place=place, member=member, weights=weights, scale=SCALE, is_task=True,
        definitions=_definitions(lot), **progress,
        more=any(done < progress["wanted"] and at != place for at, _, done in progress["rows"]),
    ), status_of(form)  # fmt: skip


def _definitions(lot: Lot) -> dict[int, str]:
    return {one.number: one.definition for one in lot.method.scored} if lot.method else {}


def _form(lot: Lot, member: PanelMember, bid: Bid, *, posted: bool = True) -> Any:
    given: dict[str, Any] = {"version": member.version}
    numbers = {one.id: one.number for one in lot.method.scored} if lot.method else {}
    for one in individual_scores(lot, [member]):
        if one.bid_id == bid.id and one.criterion_id in numbers:
            number = numbers[one.criterion_id]
            given |= {f"score_{number}": str(one.score), f"reason_{number}": one.reason}
    kind = own_scores_form(weights_of(lot))
    return kind(data=given) if posted else kind(formdata=None, data=given)


def _given(weights: list[Any], form: Any) -> dict[int, Given]:
    return {
        one.number: Given(int(form[f"score_{one.number}"].data), form[f"reason_{one.number}"].data)
        for one in weights
        if form[f"score_{one.number}"].data
    }


@pages.post("/procurements/<reference>/evaluation/my-scores/finish")
@enter()
def finish_scores(reference: str) -> Answer:
    """Lock one's own scores."""
    lot = lot_to_read(reference)
    member = own_place(lot, EvaluatorRole.EVALUATOR)
    must_be_cleared(lot, "the bids")
    form = PlainForm()

    def keep() -> None:
        actions.finish_scores(member, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference):
        flash("You have finished, and your scores are locked. The panel agrees the scores next.")
        return to("index", lot)
    return page("own_scores", lot, member=member, is_task=True, form=form, **_progress(lot, member)), status_of(form)
