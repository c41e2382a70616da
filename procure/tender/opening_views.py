"""Pages of the opening: two people come, and then its record."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for

from procure import words
from procure.evaluation.facts import bids_of
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, only_reads, signed_in
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.saving import save, status_of
from procure.tender.entering_actions import ask_to_enter, work_under_way
from procure.tender.facts import question_facts
from procure.tender.forms import PlainForm
from procure.tender.opening_actions import come_to_open
from procure.tender.question_rules import questions_check
from procure.tender.sealed_actions import look_under_seal
from procure.tender.sealed_facts import opened_bids_of, opener_facts, openers_of
from procure.tender.sealed_forms import ComeForm
from procure.tender.sealed_models import BidOpening
from procure.tender.sealed_rules import openers_check, still_here
from procure.tender.views import Answer, due_words, lot_page, pages


@pages.route("/procurements/<reference>/tender/open-bids", methods=["GET", "POST"])
@enter()
def open_bids(reference: str) -> Answer:
    """The two openers come, each at their own screen; the second one opens the bids."""
    lot = lot_for(signed_in(), reference, today())
    if request.method == "POST" and only_reads(signed_in(), today()):
        abort(403)
    form, found = ComeForm(), list[BidOpening | None]()

    def keep() -> None:
        found.append(come_to_open(lot, by=signed_in(), at=now(), phrase=form.phrase.data or ""))

    if save(form, keep, file=lot.procurement.reference):
        form.phrase.data = None
        if found[0] is None:
            flash("You are here. The bids open when the other opener comes, within half an hour.")
            return redirect(url_for(".open_bids", reference=reference))
        flash("The bids are open.")
        return redirect(url_for(".opening", reference=reference))
    return _page(lot, form)


def _page(lot: Lot, form: ComeForm) -> Answer:
    notice, questions, named = opening_notice(lot), questions_check(question_facts(lot)), openers_of(lot)
    mine = next((one for one in named if one.person_id == signed_in().id), None)
    return lot_page(
        "open_bids", lot, form=form, is_task=True, due=due_words(lot), questions=questions, mine=mine,
        openers_check=openers_check(opener_facts(lot)),
        openers=[(one, still_here(one.came_at, now())) for one in named],
        changes=may_change(signed_in(), lot.procurement, today()), opening=lot.opening,
        is_past_deadline=bool(notice and notice.closes_at and now() >= notice.closes_at),
    ), status_of(form)  # fmt: skip


@pages.get("/procurements/<reference>/tender/opening")
@enter()
def opening(reference: str) -> Answer:
    """The record of the opening: who, when, and which bids had come in by then. Prices stand with the evaluation.

    Whoever asks for it before the bids are open is refused, and that is on record.
    """
    lot = lot_for(signed_in(), reference, today())
    if lot.opening is None:
        if lot.stage is Stage.OPEN_TO_BIDS:
            look_under_seal(lot, signed_in(), at=now())
        return redirect(url_for(".open_bids", reference=reference))
    left = len(opened_bids_of(lot))
    lay = [bid for bid in bids_of(lot) if any(file.opens_with for file in bid.files)]
    return render_template(
        "tender/opening.html", procurement=lot.procurement, lot=lot, page="tender", is_task=True, opening=lot.opening,
        bids=lay, changes=may_change(signed_in(), lot.procurement, today()), left=left,
        job=work_under_way(lot) if left else None, form=PlainForm(), may_go_on=_may_go_on(lot),
        sealed=words.plural(lot.opening.under_seal, "bid"),
    )  # fmt: skip


def _may_go_on(lot: Lot) -> bool:
    is_opener = any(one.person_id == signed_in().id for one in openers_of(lot))
    return is_opener or may_change(signed_in(), lot.procurement, today())


@pages.post("/procurements/<reference>/tender/enter-bids")
@enter()
def enter_bids(reference: str) -> Answer:
    """Have the rest of the opened bids entered, where the work stopped."""
    lot = lot_for(signed_in(), reference, today())
    if only_reads(signed_in(), today()) or lot.opening is None or not _may_go_on(lot):
        abort(403)
    job = ask_to_enter(lot, by=signed_in(), at=now())
    if job is None:
        flash("Every bid that lay under seal is entered.")
        return redirect(url_for(".opening", reference=reference))
    return redirect(url_for("jobs.one", number=job.id))
