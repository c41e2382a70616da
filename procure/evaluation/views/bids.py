"""The bids and the bidders."""

from __future__ import annotations

from flask import flash

from procure.evaluation import actions
from procure.evaluation.facts import bids_of, is_scored
from procure.evaluation.forms import BidderForm, BidForm, NewBidForm
from procure.evaluation.models import Bid
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_change, may_see_prices, page, pages, to
from procure.notices.facts import opening_notice
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.suppliers import actions as suppliers
from procure.suppliers.rules import ANOTHER


@pages.get("/procurements/<reference>/evaluation/bids")
@enter(Role.OFFICER)
def bids(reference: str) -> str:
    """The bids that came in."""
    lot = lot_to_change(reference)
    found = bids_of(lot)
    scored = {bid.id: is_scored(bid, lot) for bid in found}
    return page("bids", lot, bids=found, scored=scored, opened=may_see_prices(lot, found), is_task=True)


@pages.route("/procurements/<reference>/evaluation/bids/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_bid(reference: str) -> Answer:
    """Enter a bid and its bidder."""
    lot = lot_to_change(reference)
    form = NewBidForm()
    form.known_id.choices = suppliers.offered(form.particulars) if form.is_submitted() else []
    entered: list[Bid] = []

    def keep() -> None:
        entered.append(_enter(lot, form))

    if save(form, keep, file=reference):
        place = [one.id for one in bids_of(lot)].index(entered[0].id) + 1
        flash(f"The bid of {form.name.data} is entered. Put its files with it.")
        return to("files", lot, place=place)
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
    """Correct a bid, set it aside or take it back in. It shows the price, so it is closed to the panel."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    actions.open_prices(lot, signed_in(), f"the price of {found.supplier.name}", at=now())
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
