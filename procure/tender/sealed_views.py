"""Pages about who opens the bids, and putting a bid under seal before they do."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, post_names_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.tender import opener_actions, sealed_actions
from procure.tender.forms import PlainForm
from procure.tender.sealed_facts import openers_of, takes_early_bids
from procure.tender.sealed_forms import OpenerForm, PhraseForm, SealForm
from procure.tender.sealed_models import BidOpener, SealedBid
from procure.tender.sealed_rules import MOST_AT_ONCE, MOST_BID_BYTES, OpenerSide
from procure.tender.views import Answer, lot_page, lot_to_edit, pages

BRINGS_FILES = frozenset({"tender.seal_bid", "evaluation.put_files"})


@pages.app_url_value_preprocessor
def _make_room(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Where bids are put in, more may be sent at once than anywhere else. Asked before anything reads the form."""
    if endpoint in BRINGS_FILES:
        request.max_content_length = MOST_AT_ONCE


@pages.route("/procurements/<reference>/tender/openers", methods=["GET", "POST"])
@enter()
def openers(reference: str) -> Answer:
    """Who opens the bids; the officer names them."""
    lot = lot_for(signed_in(), reference, today())
    changes = may_change(signed_in(), lot.procurement, today())
    if request.method == "POST":
        lot_to_edit(reference)
    form = OpenerForm()
    form.person.choices = _offered(lot) if changes else []

    def keep() -> None:
        person = db.session.get_one(Person, int(form.person.data or 0))
        opener_actions.name_opener(lot, person, OpenerSide(form.side.data), by=signed_in(), at=now())

    if changes and save(form, keep, file=lot.procurement.reference):
        flash("They are named, and have a letter.")
        return redirect(url_for(".openers", reference=reference))
    return lot_page(
        "openers", lot, form=form, is_task=True, changes=changes and lot.opening is None, openers=openers_of(lot),
        mine=_mine(lot), plain=PlainForm(), takes_early=takes_early_bids(lot), opening=lot.opening,
    ), status_of(form)  # fmt: skip


def _offered(lot: Lot) -> list[tuple[str, str]]:
    named = {one.person_id for one in openers_of(lot)}
    return [
        (str(one.id), ", ".join([one.name, *post_names_of(one, today())[:1]]))
        for one in opener_actions.may_be_named(lot, today())
        if one.id not in named
    ]


def _mine(lot: Lot) -> BidOpener | None:
    return next((one for one in openers_of(lot) if one.person_id == signed_in().id), None)


@pages.post("/procurements/<reference>/tender/openers/<int:place>/take-off")
@enter(Role.OFFICER)
def take_off_opener(reference: str, place: int) -> Response:
    """Take somebody off the openers."""
    lot = lot_to_edit(reference)
    named = openers_of(lot)
    if not 1 <= place <= len(named):
        abort(404)
    try:
        opener_actions.take_off(named[place - 1], by=signed_in(), at=now())
    except opener_actions.CannotOpen as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash("They no longer open the bids.")
    return redirect(url_for(".openers", reference=reference))


@pages.route("/procurements/<reference>/tender/opening-phrase", methods=["GET", "POST"])
@enter()
def opening_phrase(reference: str) -> Answer:
    """An opener chooses their phrase."""
    lot = lot_for(signed_in(), reference, today())
    mine, form = _mine(lot), PhraseForm()
    if mine is None:
        abort(403)

    def keep() -> None:
        opener_actions.choose_phrase(mine, form.phrase.data or "", by=signed_in(), at=now())

    if save(form, keep, file=lot.procurement.reference):
        flash("Your key is made. You need the phrase once: when you open the bids.")
        return redirect(url_for(".openers", reference=reference))
    return lot_page("opening_phrase", lot, form=form, is_task=True, mine=mine), status_of(form)


@pages.route("/procurements/<reference>/tender/seal-bid", methods=["GET", "POST"])
@enter(Role.OFFICER)
def seal_bid(reference: str) -> Answer:
    """Put a bid under seal that has to be registered before the opening."""
    lot, form = lot_to_edit(reference), SealForm()
    found: list[SealedBid] = []

    def keep() -> None:
        sealed = sealed_actions.register_early(
            lot, form.particulars, form.files, price_net=form.price_net.data, received_at=form.received_at.data,
            by=signed_in(), at=now(),
        )  # fmt: skip
        found.append(sealed)

    if save(form, keep, file=lot.procurement.reference):
        flash(f"The bid is under seal. Its receipt is {found[0].receipt}: note it, for it isn’t shown again.")
        return redirect(url_for(".openers", reference=reference))
    return lot_page(
        "seal_bid", lot, form=form, is_task=True, takes_early=takes_early_bids(lot), most=MOST_BID_BYTES,
        at_once=MOST_AT_ONCE, may_seal=lot.opening is None and opening_notice(lot) is not None,
    ), status_of(form)  # fmt: skip
