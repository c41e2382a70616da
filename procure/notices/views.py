"""Putting right what was recorded of a notice."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.notices import actions
from procure.notices.facts import notice_of
from procure.notices.forms import CorrectNoticeForm
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_to_change
from procure.saving import save, status_of

pages = Blueprint("notices", __name__)

HAS_DEADLINE = (NoticeKind.TENDER, NoticeKind.QUOTES)


@pages.route("/procurements/<reference>/notices/<kind>/correct", methods=["GET", "POST"])
@enter(Role.OFFICER)
def correct(reference: str, kind: str) -> str | Response | tuple[str, int]:
    """Correct a notice, or move its deadline later, with a reason."""
    lot = lot_to_change(signed_in(), reference, today())
    found = notice_of(lot, NoticeKind(kind)) if kind in {one.value for one in NoticeKind} else None
    if found is None:
        abort(404)
    room = "award" if found.kind is NoticeKind.AWARD else "tender"
    form = CorrectNoticeForm(obj=found)
    if found.kind not in HAS_DEADLINE:
        del form.closes_at

    def keep() -> None:
        actions.correct(
            found, reference=form.reference.data or "", published_on=form.published_on.data,
            closes_at=form.closes_at.data if form.closes_at else None, because=form.reason.data, by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: CorrectNoticeForm(formdata=None, obj=found)):
        flash("Corrected. What was recorded before is in the history.")
        return redirect(url_for(f"{room}.index", reference=reference))
    answer = render_template(
        "notices/correct.html", procurement=lot.procurement, lot=lot, page=room,
        is_task=True, form=form, notice=found, conflict=getattr(form, "conflict", None),
    )  # fmt: skip
    return answer, status_of(form)
