"""Asking for an agreed score to be opened again once prices are known, and deciding about it."""

from __future__ import annotations

from flask import abort, flash

from procure.evaluation.actions.reopening import approvers_of, ask_to_reopen, decide_reopening
from procure.evaluation.actions.scoring import criteria_of
from procure.evaluation.forms import YES, DecideReopeningForm, ReopenScoreForm
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_read, must_be_cleared, page, pages, to
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, post_names_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.saving import save, status_of


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/reopen/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER, Role.MODERATOR)
def reopen_score(reference: str, place: int, number: int) -> Answer:
    """Ask somebody apart to have one agreed score opened again."""
    lot = lot_to_read(reference)
    must_be_cleared(lot, "the agreed scores")
    bid, criterion = bid_at(lot, place), criteria_of(lot).get(number) or abort(404)
    standing = next((one for one in bid.scores if one.criterion_id == criterion.id), None) or abort(404)
    form = ReopenScoreForm()
    form.approver.choices = [
        (str(one.id), ", ".join([one.name, *post_names_of(one, today())[:1]]))
        for one in approvers_of(lot, today(), asked_by=signed_in())
    ]

    def keep() -> None:
        approver = db.session.get_one(Person, int(form.approver.data))
        ask_to_reopen(bid, number, because=form.because.data or "", approver=approver, by=signed_in(), at=now())

    if save(form, keep, file=lot.procurement.reference):
        flash("They are asked, and have a letter. Until they approve it the score stays as it is.")
        return to("index", lot)
    return page(
        "reopen_score", lot, form=form, bid=bid, criterion=criterion, standing=standing, is_task=True
    ), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/evaluation/reopenings/<int:number>", methods=["GET", "POST"])
@enter(Role.MONITORING_OFFICER, Role.DECIDER)
def reopening(reference: str, number: int) -> Answer:
    """The named approver says whether a score is opened again."""
    lot = lot_to_read(reference)
    rows = lot.evaluation.reopenings if lot.evaluation else []
    one = next((row for row in rows if row.id == number), None) or abort(404)
    if one.approver_id != signed_in().id:
        abort(403)
    form = DecideReopeningForm()

    def keep() -> None:
        decide_reopening(
            one, is_approved=form.approved.data == YES, reason=form.reason.data or "", by=signed_in(), at=now()
        )

    if save(form, keep, file=lot.procurement.reference):
        flash("Your decision is on record.")
        return to("index", lot)
    return page("reopening", lot, form=form, one=one, is_task=True), status_of(form)
