"""The panel, the bids and the bidders."""

from __future__ import annotations

from flask import flash
from sqlalchemy import select

from procure.evaluation import actions
from procure.evaluation.facts import bids_of, is_scored
from procure.evaluation.forms import BidderForm, BidForm, NewBidForm, PanelForm
from procure.evaluation.models import Bid
from procure.evaluation.rules import EvaluatorRole
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_change, page, pages, to
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, holders_of, post_names_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.suppliers import actions as suppliers
from procure.suppliers.rules import ANOTHER


@pages.route("/procurements/<reference>/evaluation/panel", methods=["GET", "POST"])
@enter(Role.OFFICER)
def panel(reference: str) -> Answer:
    """Say who scored and who moderated."""
    lot = lot_to_change(reference)
    assert lot.evaluation is not None
    form = _panel_form(lot)

    def keep() -> None:
        actions.name_panel(
            lot, evaluators=_people(form.evaluators.data), moderators=_people([form.moderator.data]), by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The panel is saved. None of them may decide on the award.")
        return to("index", lot)
    return page("panel", lot, form=form, is_task=True), status_of(form)


def _panel_form(lot: Lot) -> PanelForm:
    assert lot.evaluation is not None
    members = lot.evaluation.panel
    named = [str(one.person_id) for one in members if one.role is EvaluatorRole.EVALUATOR]
    chairs = [str(one.person_id) for one in members if one.role is EvaluatorRole.MODERATOR]
    form = PanelForm(
        data={"evaluators": named, "moderator": chairs[0] if chairs else None, "version": lot.evaluation.version}
    )
    form.evaluators.choices = _may(Role.EVALUATOR, lot, named)
    form.moderator.choices = _may(Role.MODERATOR, lot, chairs)
    return form


def _may(role: Role, lot: Lot, named: list[str]) -> list[tuple[str, str]]:
    """People who hold a role here, and whoever is named already; each with a post, as names alone may not tell."""
    found = {str(one.id): one for one in holders_of(role, today(), lot.procurement_id)}
    found |= {str(one.id): one for one in _people([key for key in named if key not in found])}
    return [(key, ", ".join([one.name, *post_names_of(one, today())[:1]])) for key, one in found.items()]


def _people(keys: list[str]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_([int(key) for key in keys])).order_by(Person.id)))


@pages.get("/procurements/<reference>/evaluation/bids")
@enter(Role.OFFICER)
def bids(reference: str) -> str:
    """The bids that came in."""
    lot = lot_to_change(reference)
    found = bids_of(lot)
    scored = {bid.id: is_scored(bid, lot) for bid in found}
    return page("bids", lot, bids=found, scored=scored, is_task=True)


@pages.route("/procurements/<reference>/evaluation/bids/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_bid(reference: str) -> Answer:
    """Enter a bid and its bidder."""
    lot = lot_to_change(reference)
    form = NewBidForm()
    form.known_id.choices = suppliers.offered(form.particulars) if form.is_submitted() else []

    def keep() -> None:
        _enter(lot, form)

    if save(form, keep, file=reference):
        flash(f"The bid of {form.name.data} is entered.")
        return to("bids", lot)
    return page("new_bid", lot, form=form, is_task=True, notice=opening_notice(lot)), status_of(form)


def _enter(lot: Lot, form: NewBidForm) -> Bid:
    """The bidder and its bid, or neither: what is refused of the bid takes the new bidder with it."""
    chosen, by, at = form.known_id.data, signed_in(), now()
    with actions.entering(lot, by=by, at=at):
        supplier = suppliers.supplier_for(
            form.particulars, use=int(chosen) if chosen and chosen != ANOTHER else None, is_another=chosen == ANOTHER,
            by=by, at=at, is_example=lot.procurement.is_example,
        )  # fmt: skip
        suppliers.complete(supplier, form.particulars, by=by, at=at)
        return actions.add_bid(
            lot, supplier, price_net=form.price_net.data, received_at=form.received_at.data,
            set_aside_because=form.reason_set_aside, by=by, at=at,
        )  # fmt: skip


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def bid(reference: str, place: int) -> Answer:
    """Correct a bid, set it aside or take it back in."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    form = _bid_form(found)

    def keep() -> None:
        actions.change_bid(
            found, price_net=form.price_net.data, received_at=form.received_at.data,
            set_aside_because=form.reason_set_aside, because=form.because.data or "", by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _bid_form(bid_at(lot, place), posted=False)):
        flash(f"The bid of {found.supplier.name} is changed.")
        return to("bids", lot)
    return page("bid", lot, form=form, bid=found, place=place, is_task=True), status_of(form)


def _bid_form(bid: Bid, *, posted: bool = True) -> BidForm:
    given = {
        "price_net": bid.price_net,
        "received_at": bid.received_at,
        "is_set_aside": not bid.was_assessed,
        "set_aside_because": bid.set_aside_because,
        "version": bid.version,
    }
    return BidForm(data=given) if posted else BidForm(formdata=None, data=given)


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/bidder", methods=["GET", "POST"])
@enter(Role.OFFICER)
def bidder(reference: str, place: int) -> Answer:
    """Put a bidder's particulars right; letters are written from them."""
    lot = lot_to_change(reference)
    supplier = bid_at(lot, place).supplier
    form = BidderForm(obj=supplier)

    def keep() -> None:
        suppliers.correct(
            supplier, form.particulars, because=form.reason.data, by=signed_in(), at=now(), sees=form.version.data
        )

    def fresh() -> BidderForm:
        return BidderForm(formdata=None, obj=bid_at(lot, place).supplier)

    if save(form, keep, file="suppliers", fresh=fresh):
        flash("The bidder’s particulars are saved.")
        return to("bids", lot)
    return page("bidder", lot, form=form, supplier=supplier, place=place, is_task=True), status_of(form)
