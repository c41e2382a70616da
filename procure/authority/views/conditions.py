"""How the conditions of the power are met: said by the case officer, read by all who may read the decision."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for

from procure.authority import assuring_actions
from procure.authority.access import decision_for, runs
from procure.authority.forms import conditions_form
from procure.authority.models import Decision
from procure.authority.rules import AssuranceOf
from procure.authority.views.room import Answer, pages, refuse_on, show
from procure.authority.views.sheet import sheet_for
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.refusals import Refusal


@pages.route("/decisions/<reference>/conditions", methods=["GET", "POST"])
@enter()
def conditions(reference: str) -> Answer:
    """The words that ask for something no sum can test, each with how this decision meets it."""
    found = decision_for(signed_in(), reference, today())
    may_say = runs(signed_in(), found, today())
    if request.method == "POST" and not may_say:
        abort(403)
    asked = assuring_actions.to_assure(found, now())
    known = {(one.of, one.words): one.how for one in found.assurances}
    form = conditions_form(asked)(version=found.version, **_known(asked, known))
    if form.validate_on_submit():
        said = {key: form[f"how_{place}"].data or "" for place, key in enumerate(asked)}
        try:
            assuring_actions.assure(found, said, by=signed_in(), at=now(), sees=form.version.data)
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("Saved. The decision maker reads it with the decision.")
            return redirect(url_for(".views", reference=reference))
    return show(
        "conditions", found, form, asked=asked, known=known, may_say=may_say and _is_open(found),
        sheet=sheet_for(found, signed_in(), today()),
    )  # fmt: skip


def _known(asked: tuple[tuple[AssuranceOf, str], ...], known: dict[tuple[AssuranceOf, str], str]) -> dict[str, Any]:
    return {f"how_{place}": known.get(key, "") for place, key in enumerate(asked)}


def _is_open(found: Decision) -> bool:
    return found.state in assuring_actions.OPEN_TO_ASSURE
