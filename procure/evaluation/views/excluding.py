"""Whether a bidder must or may be excluded: the debarment list, each ground, the decision and its notice."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.gaps import HasGaps
from procure.evaluation.actions.excluding import Considered, consider_ground, look_at_list
from procure.evaluation.actions.papers import subject_of
from procure.evaluation.documents import EXCLUSION_NOTICE
from procure.evaluation.exclusion_models import ExclusionCheck, ExclusionGround
from procure.evaluation.facts import bids_of
from procure.evaluation.forms import NO, YES, ExclusionCheckForm, GroundForm
from procure.evaluation.models import Bid
from procure.evaluation.rules.exclusion import About, Ground, Outcome, minister_told_by
from procure.evaluation.views.fetching import (
    Answer,
    bid_at,
    lot_to_change,
    lot_to_read,
    must_be_cleared,
    page,
    pages,
    to,
)
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of


@pages.get("/procurements/<reference>/evaluation/exclusions")
@enter()
def exclusions(reference: str) -> Answer:
    """Every bidder, with who was looked up and which grounds were considered."""
    lot = lot_to_read(reference)
    must_be_cleared(lot, "the exclusion grounds")
    return page(
        "exclusions", lot, bids=bids_of(lot), changes=may_change(signed_in(), lot.procurement, today()),
        told_by=minister_told_by, is_task=True,
    )  # fmt: skip


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/debarment-list", methods=["GET", "POST"])
@enter(Role.OFFICER)
def debarment_list(reference: str, place: int) -> Answer:
    """Say that the debarment list was looked at for a bidder, and for whom else."""
    lot = lot_to_change(reference)
    must_be_cleared(lot, "the exclusion grounds")
    bid = bid_at(lot, place)

    def make(posted: bool = True) -> ExclusionCheckForm:
        given = _looked_at(bid.exclusion)
        return ExclusionCheckForm(data=given) if posted else ExclusionCheckForm(formdata=None, data=given)

    form = make()

    def keep() -> None:
        look_at_list(
            bid, on=form.list_checked_on.data, edition=form.list_edition.data or "",
            is_listed=form.is_listed.data == YES, connected=form.connected.data, associated=form.associated.data,
            subcontractors=form.subcontractors.data, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        if form.is_listed.data == YES:
            flash("It is recorded. Now record the ground for which they are on the list.")
            return to("new_ground", lot, place=place)
        flash(f"{bid.supplier.name} was looked up.")
        return to("exclusions", lot)
    return page("debarment_list", lot, form=form, bid=bid, is_task=True), status_of(form)


def _looked_at(row: ExclusionCheck | None) -> dict[str, Any]:
    if row is None:
        return {"list_checked_on": today()}
    return {
        "version": row.version, "list_checked_on": row.list_checked_on, "list_edition": row.list_edition,
        "is_listed": YES if row.is_listed else NO, "connected": row.connected.splitlines(),
        "associated": row.associated.splitlines(), "subcontractors": row.subcontractors.splitlines(),
    }  # fmt: skip


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/grounds/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_ground(reference: str, place: int) -> Answer:
    """Record a ground for exclusion that was found."""
    return _ground_page(reference, place, None)


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/grounds/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def ground(reference: str, place: int, number: int) -> Answer:
    """A ground, its answer and the decision about it."""
    return _ground_page(reference, place, number)


def _ground_page(reference: str, place: int, number: int | None) -> Answer:
    lot = lot_to_change(reference)
    must_be_cleared(lot, "the exclusion grounds")
    bid = bid_at(lot, place)
    row = None if number is None else _ground_of(bid, number)

    def make(posted: bool = True) -> GroundForm:
        given = _given(row)
        form = GroundForm(data=given) if posted else GroundForm(formdata=None, data=given)
        posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
        form.decided_by.choices = [(str(post.id), post.name) for post in posts]
        return form

    form = make()

    def keep() -> None:
        consider_ground(bid, _considered(form), row=row, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        out = any(one.excludes for one in bid.grounds)
        flash(f"{bid.supplier.name} is excluded, and out of the ranking." if out else "The ground is recorded.")
        return to("exclusions", lot)
    return page("ground", lot, form=form, bid=bid, row=row, is_task=True), status_of(form)


def _ground_of(bid: Bid, number: int) -> ExclusionGround:
    return bid.grounds[number - 1] if 1 <= number <= len(bid.grounds) else abort(404)


PLAIN = (
    "about_name", "evidence", "asked_on", "answered_on", "self_cleaning", "reason", "decided_on", "bidder_told_on",
    "minister_told_on",
)  # fmt: skip


def _given(row: ExclusionGround | None) -> dict[str, Any]:
    if row is None:
        return {"about": About.BIDDER.value, "outcome": ""}
    return {name: getattr(row, name) for name in PLAIN} | {
        "version": row.version, "about": row.about.value, "ground": row.ground.value,
        "outcome": row.outcome.value if row.outcome else "",
        "decided_by": str(row.decided_by_id) if row.decided_by_id else None,
    }  # fmt: skip


def _considered(form: GroundForm) -> Considered:
    said: dict[str, Any] = {name: form[name].data for name in PLAIN}
    said |= {name: said[name] or "" for name in ("about_name", "evidence", "self_cleaning", "reason")}
    return Considered(
        **said, about=About(form.about.data), ground=Ground(form.ground.data),
        outcome=Outcome(form.outcome.data) if form.outcome.data else None,
        decided_by=db.session.get(Post, int(form.decided_by.data)) if form.decided_by.data else None,
    )  # fmt: skip


# ── the notice to the bidder ──


def _excluded(reference: str, place: int) -> tuple[Lot, Bid]:
    lot = lot_to_change(reference)
    must_be_cleared(lot, "the notice of exclusion")
    bid = bid_at(lot, place)
    if not any(one.excludes for one in bid.grounds):
        abort(404)
    return lot, bid


def _subject(bid: Bid) -> str:
    return subject_of(bid.lot, None, bid.supplier.name)


@pages.get("/procurements/<reference>/evaluation/bids/<int:place>/exclusion-notice")
@enter(Role.OFFICER)
def exclusion_notice(reference: str, place: int) -> str:
    """The notice as it stands, with what it still lacks."""
    lot, bid = _excluded(reference, place)
    by, at, subject = signed_in(), now(), _subject(bid)
    issued = kept.latest(lot.trail_file(), EXCLUSION_NOTICE.name, subject)
    values: dict[str, Any] = {"reference": reference, "place": place}
    return render_template(
        "documents/draft.html", procurement=lot.procurement, lot=lot, page="evaluation", document=EXCLUSION_NOTICE,
        is_task=True, gaps=kept.missing_from(EXCLUSION_NOTICE, bid, subject=subject, by=by, at=at),
        body=readable(kept.draft(EXCLUSION_NOTICE, bid, subject=subject, by=by, at=at)),
        issued=[issued] if issued else [], issue_href=url_for(".issue_exclusion_notice", **values),
        draft_href=url_for(".exclusion_notice_file", **values),
    )  # fmt: skip


@pages.get("/procurements/<reference>/evaluation/bids/<int:place>/exclusion-notice/draft.docx")
@enter(Role.OFFICER)
def exclusion_notice_file(reference: str, place: int) -> Response:
    """The draft as a Word file."""
    lot, bid = _excluded(reference, place)
    content = kept.draft(EXCLUSION_NOTICE, bid, subject=_subject(bid), by=signed_in(), at=now())
    return word_answer(content, EXCLUSION_NOTICE.file_name(lot.reference, "draft"))


@pages.post("/procurements/<reference>/evaluation/bids/<int:place>/exclusion-notice/issue")
@enter(Role.OFFICER)
def issue_exclusion_notice(reference: str, place: int) -> Answer:
    """Issue the notice."""
    lot, bid = _excluded(reference, place)
    try:
        made = kept.issue(EXCLUSION_NOTICE, bid, subject=_subject(bid), by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return to("exclusion_notice", lot, place=place)
    flash(f"{made.title}, version {made.number}, is issued and kept. Send it to the bidder, then record the day.")
    return redirect(url_for("documents.issued", number=made.id))
