"""A bid's files: put in by the officer, read by the panel once each member is cleared."""

from __future__ import annotations

from flask import Response, abort, flash

from procure.documents.actions import keep_upload
from procure.documents.answers import streamed_answer
from procure.evaluation import actions
from procure.evaluation.forms import FileForm, FilesForm
from procure.evaluation.models import Bid, BidFile
from procure.evaluation.rules import BidFileKind
from procure.evaluation.views.fetching import (
    Answer,
    bid_at,
    lot_to_change,
    lot_to_read,
    may_see_prices,
    must_be_cleared,
    page,
    pages,
    reads_bids,
    to,
)
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change
from procure.saving import save, status_of
from procure.tender.sealed_rules import MOST_AT_ONCE, MOST_BID_BYTES


@pages.get("/procurements/<reference>/evaluation/bids/<int:place>/files")
@enter()
def files(reference: str, place: int) -> Answer:
    """The files of a bid, each with its size, time and digest."""
    lot = lot_to_read(reference)
    found = bid_at(lot, place)
    must_be_cleared(lot, f"the bid of {found.supplier.name}")
    return page(
        "files", lot, bid=found, place=place, form=FilesForm(data={"kind": BidFileKind.QUALITY.value}), is_task=True,
        changes=may_change(signed_in(), lot.procurement, today()), opened=may_see_prices(lot, lot.bids),
        most=MOST_BID_BYTES, at_once=MOST_AT_ONCE,
    )  # fmt: skip


@pages.post("/procurements/<reference>/evaluation/bids/<int:place>/files")
@enter(Role.OFFICER)
def put_files(reference: str, place: int) -> Answer:
    """Put one or more files with a bid; one that can't be taken in says why, and none of them is kept."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    must_be_cleared(lot, f"the bid of {found.supplier.name}")
    form = FilesForm()

    def keep() -> None:
        with actions.entering(lot, by=signed_in(), at=now()):
            for kept in taken:
                actions.add_file(found, kept, BidFileKind(form.kind.data), by=signed_in(), at=now())

    taken = []
    if form.validate_on_submit():
        try:
            taken = [keep_upload(one.filename or "", one.stream, most=MOST_BID_BYTES) for one in form.files.data]
        except actions.UploadRefused as refusal:
            form.files.refuse(refusal.sentence)
    if taken and save(form, keep, file=reference):
        flash(f"{len(taken)} files are with the bid." if len(taken) > 1 else f"{taken[0].name} is with the bid.")
        return to("files", lot, place=place)
    return page(
        "files", lot, bid=found, place=place, form=form, is_task=True, changes=True,
        opened=may_see_prices(lot, lot.bids), most=MOST_BID_BYTES, at_once=MOST_AT_ONCE,
    ), status_of(form)  # fmt: skip


@pages.post("/procurements/<reference>/evaluation/bids/<int:place>/receipt")
@enter(Role.OFFICER)
def receipt(reference: str, place: int) -> Answer:
    """Write to the bidder what has come in."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    try:
        actions.send_receipt(found, by=signed_in(), at=now())
    except actions.NoReceipt as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash(f"The receipt is on its way to {found.supplier.name}.")
    return to("files", lot, place=place)


@pages.get("/procurements/<reference>/evaluation/bids/<int:place>/files/<int:number>/content")
@enter()
def download(reference: str, place: int, number: int) -> Response:
    """One file of a bid, to keep. Never shown in the browser: it came from outside."""
    lot = lot_to_read(reference)
    file = _file(bid_at(lot, place), number)
    if not reads_bids(lot, signed_in()):
        abort(403)
    answer = streamed_answer(actions.read_file(file, signed_in(), at=now()), file.name, file.media_type, file.size)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/files/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def file(reference: str, place: int, number: int) -> Answer:
    """Say anew what a file is about, or withdraw one put in by mistake."""
    lot = lot_to_change(reference)
    found = bid_at(lot, place)
    must_be_cleared(lot, f"the bid of {found.supplier.name}")
    one = _file(found, number)
    form = FileForm(
        data={"kind": one.kind.value, "withdrawn_because": one.withdrawn_because, "version": one.version}
    )  # fmt: skip

    def keep() -> None:
        actions.mark_file(
            one, BidFileKind(form.kind.data), withdrawn_because=form.withdrawn_because.data or "", by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash(f"{one.name} is saved.")
        return to("files", lot, place=place)
    return page("file", lot, bid=found, place=place, one=one, form=form, is_task=True), status_of(form)


def _file(bid: Bid, number: int) -> BidFile:
    if not 1 <= number <= len(bid.files):
        abort(404)
    return bid.files[number - 1]
