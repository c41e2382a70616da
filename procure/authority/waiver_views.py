"""The page on which an officer asks for a waiver of a rule of the council."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.authority.rules import MUST_AGREE
from procure.authority.waiver_actions import Asked, ask_for_waiver, power_to_waive
from procure.authority.waiver_facts import standings_of, statute_of
from procure.authority.waiver_forms import NO, YES, WaiverForm
from procure.council.facts import waiver_reasons_on
from procure.council.models import WaiverReason
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import procurement_to_change
from procure.procurement.models import Procurement
from procure.saving import save, status_of

pages = Blueprint("waivers", __name__)


@pages.route("/procurements/<reference>/waiver", methods=["GET", "POST"])
@enter(Role.OFFICER)
def ask(reference: str) -> str | Response | tuple[str, int]:
    """Ask for a waiver; its decision is drafted, and then walks like any other."""
    file = procurement_to_change(signed_in(), reference, today())
    reasons = waiver_reasons_on(today())
    form = WaiverForm(from_on=today(), began=NO)
    form.reason_id.choices = [(str(one.id), one.name) for one in reasons]
    asked_for: list[str] = []

    def keep() -> None:
        waiver = ask_for_waiver(file.only_lot, _asked(form), by=signed_in(), at=now())
        asked_for.append(waiver.decision.reference)

    if save(form, keep, file=file.reference):
        flash("The waiver is drafted. Check its words, then ask for views.")
        return redirect(url_for("authority.prepare", reference=asked_for[0]))
    return render_template(
        "authority/waivers/ask.html", procurement=file, page="authority", is_task=True, form=form, reasons=reasons,
        hints={str(one.id): _hint(one) for one in reasons}, statute=statute_of(file), **_approvers(file),
    ), status_of(form)  # fmt: skip


def _asked(form: WaiverForm) -> Asked:
    return Asked(
        rule=form.rule_in_words, reason=db.session.get_one(WaiverReason, int(form.reason_id.data)),
        case="\n".join(form.case.data or ()), from_on=form.from_on.data, until_on=form.until_on.data,
        began_on=form.began_on.data if form.began.data == YES else None,
    )  # fmt: skip


def _hint(reason: WaiverReason) -> str:
    most = []
    if reason.max_net is not None:
        most.append(f"{words.pounds(reason.max_net)} without VAT")
    if reason.max_months is not None:
        most.append(words.months_label(reason.max_months))
    return f"{reason.words} At most {words.joined(most)}.".strip() if most else reason.words


def _approvers(file: Procurement) -> dict[str, Any]:
    """Who decides, and who else must agree; nobody where the scheme gives no post the power."""
    power = power_to_waive(file, today())
    must = [one.post.name for one in power.consultees if one.mode in MUST_AGREE] if power else []
    return {"decides": power.post.name if power else "", "must_agree": must}


@pages.app_template_global("waivers_of")
def _waivers(file: Procurement) -> list[Any]:
    return standings_of(file, today())


@pages.app_template_global("may_be_waived")
def _may_be_waived(file: Procurement) -> bool:
    """Whether only the council's own rules bind a file, so that one of them may be waived."""
    return file.value_net is not None and not statute_of(file)
