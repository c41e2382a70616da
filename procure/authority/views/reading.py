"""Reading decisions: the list, the one page a director reads, the page after signing."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.authority import facts, meeting_facts
from procure.authority.access import decision_for, readable_decisions
from procure.authority.after_signing import after_signing
from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.ending_actions import why_not_set_aside
from procure.authority.forms import SignForm
from procure.authority.models import Decision
from procure.authority.rules import OVER, ActKind, DecisionState
from procure.authority.signature import broken, papers_signed
from procure.authority.signing_actions import damaged
from procure.authority.views.room import Answer, pages, show
from procure.authority.views.sheet import done_words, sheet_for
from procure.documents.actions import latest
from procure.extensions import db
from procure.now import today
from procure.people.access import enter, may_enter, roles_of, signed_in, stands_as
from procure.people.rules import Role
from procure.procurement.access import procurement_for


@pages.get("/decisions")
@enter()
def index() -> str:
    """Decisions that wait for the reader first, then all they may read; and the meetings behind them."""
    person, day = signed_in(), today()
    waiting = [one for one in facts.waiting_for(person, day) if one.kind == "decision"]
    readable = readable_decisions(person, day)
    roles = roles_of(person, day)
    return render_template(
        "authority/index.html",
        waiting=waiting,
        decisions=readable,
        meetings=meeting_facts.recent_meetings(),
        may_record=bool(roles & {Role.OFFICER, Role.DEMOCRATIC_SERVICES}),
    )


@pages.get("/decisions/<reference>")
@enter()
def decision(reference: str) -> Answer:
    """The one page: read it, and sign it, return it or refuse it. After signing, what happens next."""
    person, day = signed_in(), today()
    found = decision_for(person, reference, day)
    if found.state is DecisionState.SIGNED and found.signed_by_id == person.id and not what_changed(found):
        sheet = sheet_for(found, person, day)
        return show("signed", found, sheet=sheet, done=done_words(found), record=record_of(found))
    return page_of(found, SignForm(version=found.version))


@pages.get("/decisions/<reference>/read")
@enter()
def read(reference: str) -> Answer:
    """The decision in full, at any time: before and after it is signed."""
    found = decision_for(signed_in(), reference, today())
    return page_of(found, SignForm(version=found.version))


def page_of(found: Decision, form: SignForm) -> Answer:
    """The director's page, with the form to sign where it may be signed."""
    sheet = sheet_for(found, signed_in(), today())
    signing = form if sheet.may_sign else None
    return show(
        "decision", found, signing, sheet=sheet, record=record_of(found), papers_bound=papers_signed(found),
        changed=what_changed(found), stands_in=_stands_in(found), has_phone=_has_phone(),
        after=after_signing(found, signed_in(), today()),
        may_set_aside=sheet.reader_decides and not why_not_set_aside(found),
    )  # fmt: skip


def what_changed(found: Decision) -> list[str]:
    """What no longer agrees with the signature, in the rows or in the files of the papers."""
    return [*broken(found), *damaged(found)]


def _stands_in(found: Decision) -> str:
    """By what right the reader signs, where they aren't simply the holder of the post."""
    standing = stands_as(signed_in(), found.post, today())
    return standing.said if standing else ""


def _has_phone() -> bool:
    return signed_in().totp_confirmed_at is not None


def record_of(found: Decision) -> str | None:
    """Where the officer decision record is; None while it isn't issued."""
    paper = latest(found.trail_file(), OFFICER_DECISION_RECORD.name, found.reference)
    return url_for("documents.issued", number=paper.id) if paper else None


PARTS = {
    "decision": "decision", "prepare": "prepare", "views": "views", "clearances": "clearances",
    "confirm_limit": "confirm_limit", "conditions": "conditions", "publish": "publish",
}  # fmt: skip
"""Pages of a decision that a file's checklist leads to."""


def _of_file(act: ActKind, part: str) -> None:
    """An address under the file that leads to the page of its decision: checklists know only the file's reference."""

    @pages.get(
        f"/procurements/<reference>/{act.value}-decision/{part.replace('_', '-')}", endpoint=f"{act.value}_{part}"
    )
    @enter()
    def onward(reference: str) -> Response:
        procurement = procurement_for(signed_in(), reference, today())
        wanted = select(Decision).where(Decision.procurement_id == procurement.id, Decision.act == act)
        lot = next((one for one in procurement.lots if one.reference == reference), None)
        if lot is not None:
            wanted = wanted.where(Decision.lot_id == lot.id)
        newest = db.session.scalars(wanted.order_by(Decision.id.desc())).first()
        if newest is None or (newest.state in OVER and part == "prepare"):
            if part != "prepare":
                abort(404)
            stage = "award" if act is ActKind.AWARD else "authority"
            return redirect(f"{url_for('procurement.overview', reference=reference)}/{stage}")
        page = f"authority.{PARTS[part]}"
        if not may_enter(page, signed_in(), today()):
            page = "authority.decision"  # who only reads sees on it how far it is
        return redirect(url_for(page, reference=newest.reference))


for _act in ActKind:
    for _part in PARTS:
        _of_file(_act, _part)
