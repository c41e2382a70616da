"""A lot's duties, notices recorded that no other room records, and what was recorded put right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.notices import actions
from procure.notices.duty_facts import OCID_PAGE, duties_about
from procure.notices.duty_rules import DutyLine, DutyState
from procure.notices.facts import notice_of, opening_notice
from procure.notices.forms import CorrectNoticeForm, EarlyNoticeForm
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, lot_to_change, lot_to_steer, may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of

pages = Blueprint("notices", __name__)

HAS_DEADLINE = (NoticeKind.TENDER, NoticeKind.QUOTES)


@pages.get("/procurements/<reference>/duties")
@enter()
def duties(reference: str) -> str:
    """What the law asks of this purchase, notice by notice: by when, how it stands, and what each needs."""
    lot = lot_for(signed_in(), reference, today())
    changes = may_change(signed_in(), lot.procurement, today())
    lines = duties_about(lot, today())
    owed = [line for line in lines if line.state is not DutyState.NOT_OWED]
    return render_template(
        "notices/duties.html", procurement=lot.procurement, lot=lot, page="duties", is_task=False,
        owed=[(line, _link(lot, line) if changes or line.page == "contract.performance" else "") for line in owed],
        free=[line for line in lines if line.state is DutyState.NOT_OWED], changes=changes,
        overdue=sum(line.state is DutyState.OVERDUE for line in owed),
        due=sum(line.state is DutyState.DUE for line in owed), hrefs=_hrefs(lot, owed),
    )  # fmt: skip


def _hrefs(lot: Lot, owed: list[DutyLine]) -> dict[str, str]:
    """Where each missing fact is entered, by the name of its page; pages of a contract take its own reference."""
    contract = lot.award.contract if lot.award else None
    found = {"": ""}
    for page in {one.page for line in owed for one in line.needs if one.page}:
        if page == OCID_PAGE:
            opened = opening_notice(lot)
            found[page] = (
                url_for(".correct", reference=lot.reference, kind=opened.kind.value)
                if opened
                else url_for("tender.notice", reference=lot.reference)
            )
        elif page == "contract.documents":
            found[page] = url_for(page, reference=contract.reference) if contract else ""
        else:
            found[page] = url_for(page, reference=lot.reference)
    return found


def _link(lot: Lot, line: DutyLine) -> str:
    """Where a duty is seen to; none once it is done, or where nothing can be done yet."""
    if not line.page or line.state is DutyState.DONE:
        return ""
    if line.page == "contract.performance":
        contract = lot.award.contract if lot.award else None
        return url_for(line.page, reference=contract.reference, _anchor="notices") if contract else ""
    if line.page == "notices.record":
        return url_for(line.page, reference=lot.reference, kind=line.number)
    if line.page.startswith("award.") and lot.award is None and line.number not in ("UK5", "UK12"):
        return ""
    return url_for(line.page, reference=lot.reference)


@pages.route("/procurements/<reference>/notices/<any('UK2', 'UK3'):kind>/record", methods=["GET", "POST"])
@enter(Role.OFFICER)
def record(reference: str, kind: str) -> str | Response | tuple[str, int]:
    """Record a notice that comes before the tender notice: of talks with the market, or of what is planned."""
    lot, wanted = lot_to_change(signed_in(), reference, today()), NoticeKind(kind)
    form = EarlyNoticeForm(data={"published_on": today()})

    def keep() -> None:
        actions.record_early(
            lot, wanted, reference=form.reference.data, published_on=form.published_on.data, by=signed_in(), at=now()
        )

    if save(form, keep, file=reference):
        flash(f"The {wanted.label.lower()} is recorded.")
        return redirect(url_for(".duties", reference=reference))
    answer = render_template(
        "notices/record.html", procurement=lot.procurement, lot=lot, page="duties", is_task=True, form=form,
        kind=wanted, recorded=notice_of(lot, wanted),
    )  # fmt: skip
    return answer, status_of(form)


@pages.route("/procurements/<reference>/notices/<kind>/correct", methods=["GET", "POST"])
@enter(Role.OFFICER)
def correct(reference: str, kind: str) -> str | Response | tuple[str, int]:
    """Correct a notice, or move its deadline later, with a reason."""
    fetch = lot_to_steer if kind == NoticeKind.TERMINATION.value else lot_to_change
    lot = fetch(signed_in(), reference, today())
    found = notice_of(lot, NoticeKind(kind)) if kind in {one.value for one in NoticeKind} else None
    if found is None:
        abort(404)
    room = "award" if found.kind is NoticeKind.AWARD else "tender" if found.kind in HAS_DEADLINE else "notices"
    back = f"{room}.duties" if room == "notices" else f"{room}.index"
    form = _correction(found)

    def keep() -> None:
        actions.correct(
            found, reference=form.reference.data or "", published_on=form.published_on.data,
            closes_at=form.closes_at.data if form.closes_at else None, because=form.reason.data, by=signed_in(),
            at=now(), sees=form.version.data, ocid=form.ocid.data if form.ocid else None,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _correction(found, formdata=None)):
        flash("Corrected. What was recorded before is in the history.")
        return redirect(url_for(back, reference=reference))
    answer = render_template(
        "notices/correct.html", procurement=lot.procurement, lot=lot, page="duties" if room == "notices" else room,
        is_task=True, form=form, notice=found, conflict=getattr(form, "conflict", None),
    )  # fmt: skip
    return answer, status_of(form)


def _correction(notice: Notice, **given: Any) -> CorrectNoticeForm:
    """The notice as it is recorded; only one that opened the competition has a deadline and brought the identifier."""
    form = CorrectNoticeForm(obj=notice, data={"ocid": notice.lot.procurement.ocid}, **given)
    if notice.kind not in HAS_DEADLINE:
        del form.closes_at, form.ocid
    return form
