"""Which law applies: what decides it with its working, what a person must say, and every estimate of the value."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.council.law import light_touch_list, threshold_for
from procure.law.light_touch import codes_in, row_for
from procure.law.regimes import Regime, regime_row_for
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement import regime_actions as actions
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.procurement.regime_forms import RULES_DECIDE, FindingForm
from procure.procurement.regime_rules import Told, doubts_of
from procure.procurement.views import pages
from procure.refusals import Refusal
from procure.saving import save, status_of


@pages.get("/procurements/<reference>/law")
@enter()
def which_law(reference: str) -> str:
    """The law of a purchase, the rows it rests on, and how its value was estimated over time."""
    procurement = procurement_for(signed_in(), reference, today())
    return render_template(
        "procurement/law.html", procurement=procurement, page="overview", **_worked_out(procurement),
        may_change=may_change(signed_in(), procurement, today()), estimates=procurement.estimates[::-1],
        findings=procurement.findings[::-1], is_settled=any(lot.notices for lot in procurement.lots),
    )  # fmt: skip


def _worked_out(procurement: Procurement) -> dict[str, Any]:
    listed = light_touch_list()
    told = Told(procurement.kind, procurement.cpv, procurement.started_on)
    found = procurement.findings[-1] if procurement.findings else None
    try:
        line = threshold_for(procurement.kind.value, procurement.started_on)
    except Refusal:
        line = None
    compared = procurement.compared_gross
    above = compared is None or (line is not None and line.passed_by(compared))
    try:
        row = regime_row_for(procurement.started_on, above_threshold=above)
    except Refusal:
        row = None
    codes = [(code, row_for(code, listed.rows)) for code in codes_in(procurement.cpv)]
    return {
        "line": line, "above": above, "row": row, "codes": codes, "listed": listed,
        "found": found if found and found.regime else None, "doubts": doubts_of(told, listed.rows),
    }  # fmt: skip


@pages.route("/procurements/<reference>/law/finding", methods=["GET", "POST"])
@enter(Role.OFFICER)
def find_regime(reference: str) -> str | Response | tuple[str, int]:
    """Say which law applies where the rules can’t tell."""
    procurement = procurement_to_change(signed_in(), reference, today())
    last = procurement.findings[-1] if procurement.findings else None

    def given(**more: Any) -> FindingForm:
        chosen = last.regime.value if last and last.regime else RULES_DECIDE if last else None
        return FindingForm(data={"regime": chosen, "version": procurement.version}, **more)

    form = given()

    def keep() -> None:
        regime = None if form.regime.data == RULES_DECIDE else Regime(form.regime.data)
        actions.find_regime(
            procurement, regime, reason=form.reason.data or "", by=signed_in(), at=now(), sees=form.version.data
        )

    if save(form, keep, file=procurement.reference, fresh=lambda: given(formdata=None)):
        flash(f"Recorded: {procurement.regime.label}.")
        return redirect(url_for(".which_law", reference=procurement.reference))
    return render_template(
        "procurement/finding.html", procurement=procurement, page="overview", is_task=True, form=form,
        doubts=_worked_out(procurement)["doubts"],
    ), status_of(form)  # fmt: skip
