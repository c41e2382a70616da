"""Writing to the bidders: the letters written, read, sent."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from procure.award import letters as writing
from procure.award.facts import facts_of
from procure.award.forms import PlainForm, letters_form
from procure.award.views.room import Answer, award_of, home, page, pages
from procure.documents.gaps import HasGaps
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save, status_of

USUAL_ASKS = (
    "Send certificates of the insurance that the invitation asks for\n"
    "Tell us who will sign the contract\n"
    "Give us your bank details by the secure route; we will check them by telephone"
)


@pages.route("/procurements/<reference>/award/letters", methods=["GET", "POST"])
@enter(Role.OFFICER)
def letters(reference: str) -> Answer:
    """Write the letters to every assessed bidder; read them; send them."""
    award = award_of(reference)
    losers = [(at, bid) for at, bid in enumerate(award.lot.bids, 1) if bid.was_assessed and bid.id != award.bid_id]
    drafted = writing.reasons_drafted(award)
    given = {f"reason_{at}": drafted.get(bid.id, "") for at, bid in losers} | {
        "asks": award.letter_asks or USUAL_ASKS, "withheld_text": award.withheld_text, "version": award.version,
    }  # fmt: skip
    form: Any = letters_form([(at, bid.supplier.name) for at, bid in losers])(data=given)

    def keep() -> None:
        reasons = {bid.id: form[f"reason_{at}"].data for at, bid in losers}
        writing.write_letters(
            award, reasons=reasons, asks=form.asks.data or "", withheld_text=form.withheld_text.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    gaps: list[Any] = []

    def keep_and_look() -> None:
        try:
            keep()
        except HasGaps as lacking:
            gaps.extend(lacking.gaps)
            raise

    if save(form, keep_and_look, file=reference):
        flash("The letters are written. Read them, then send them.")
        return redirect(url_for(".letters", reference=reference))
    return page(
        "letters", award.lot, award=award, form=form, losers=losers, gaps=gaps, is_task=True, plain=PlainForm(),
        facts=facts_of(award.lot, today()), set_aside=[bid for bid in award.lot.bids if not bid.was_assessed],
    ), status_of(form)  # fmt: skip


@pages.post("/procurements/<reference>/award/letters/send")
@enter(Role.OFFICER)
def send_letters(reference: str) -> Answer:
    """Send every bidder its papers, all at once."""
    award, form = award_of(reference), PlainForm()
    if save(form, lambda: writing.send_letters(award, by=signed_in(), at=now()), file=reference):
        flash("The letters are on their way. Record the award notice once it is published.")
        return home(reference)
    flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return redirect(url_for(".letters", reference=reference))
