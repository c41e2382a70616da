"""The consultation that was held, or why there was none."""

from __future__ import annotations

from typing import Any

from flask import request

from procure.appraisal import actions
from procure.appraisal.actions.consulting import shown_consultation
from procure.appraisal.forms import ConsultationForm
from procure.appraisal.models import Appraisal
from procure.appraisal.views.saving import Answer, back_to, pages, save, task, to_change
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.rules import Role

SPARE_ROWS = 2


@pages.route("/procurements/<reference>/appraisal/consultation", methods=["GET", "POST"])
@enter(Role.OFFICER)
def consultation(reference: str) -> Answer:
    """By whom, when, how, what was said, what was done."""
    appraisal = to_change(reference)
    form = _form(appraisal)

    def verb() -> None:
        actions.record_consultation(
            appraisal, took_place=form.took_place.data == "yes", none_reason=form.none_reason.data or "",
            from_on=form.from_on.data, until_on=form.until_on.data, led_by=form.led_by.data or "",
            response_count=form.response_count.data,
            events=[
                (row.form.method.data, row.form.when.data, row.form.who.data)
                for row in form.events if not row.form.is_empty
            ],
            findings=[(row.form.said.data, row.form.did.data) for row in form.findings if not row.form.is_empty],
            by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data,
        )  # fmt: skip

    more = request.form.get("more")
    if more == "events":
        form.events.append_entry()
    elif more == "findings":
        form.findings.append_entry()
    elif save(appraisal, form, verb, lambda: _form(appraisal, formdata=None)):
        return back_to("comparison", appraisal)
    return task("consultation", appraisal, form)


def _form(appraisal: Appraisal, **how: Any) -> ConsultationForm:
    found = appraisal.consultation
    mark = actions.mark_of(shown_consultation(appraisal))
    if found is None:
        return ConsultationForm(events=[{}] * 3, findings=[{}] * 3, version=mark, **how)
    events = [{"method": one.method, "when": one.when_text, "who": one.who} for one in found.events]
    findings = [{"said": one.said, "did": one.did} for one in found.findings]
    return ConsultationForm(
        took_place="yes" if found.took_place else "no", none_reason=found.none_reason, from_on=found.from_on,
        until_on=found.until_on, led_by=found.led_by, response_count=found.response_count,
        events=events + [{}] * SPARE_ROWS, findings=findings + [{}] * SPARE_ROWS, version=mark, **how,
    )  # fmt: skip
