"""The words around the comparison: background, the contract that ends, options not taken further, risks."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.appraisal import actions
from procure.appraisal.forms import BackgroundForm, CurrentForm, DiscardedForm, RemoveForm, RiskForm
from procure.appraisal.gathering import remaining_options
from procure.appraisal.models import Appraisal, DiscardedOption, OptionRisk
from procure.appraisal.views.saving import Answer, back_to, option_of, pages, save, task, to_change
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role


def lines_of(text: str) -> list[str]:
    """Text kept one item a line, as a list."""
    return [line for line in text.split("\n") if line]


@pages.route("/procurements/<reference>/appraisal/background", methods=["GET", "POST"])
@enter(Role.OFFICER)
def background(reference: str) -> Answer:
    """Outcomes, demand, strategy, limits, market."""
    appraisal = to_change(reference)

    def made(**how: Any) -> BackgroundForm:
        return BackgroundForm(
            outcomes=lines_of(appraisal.outcomes), constraints=lines_of(appraisal.constraints), demand=appraisal.demand,
            strategic_fit=appraisal.strategic_fit, market_text=appraisal.market_text, version=appraisal.version, **how,
        )  # fmt: skip

    form = made()

    def verb() -> None:
        actions.describe(
            appraisal, outcomes="\n".join(form.outcomes.data), constraints="\n".join(form.constraints.data),
            demand=form.demand.data, strategic_fit=form.strategic_fit.data, market_text=form.market_text.data,
            by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data,
        )  # fmt: skip

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("comparison", appraisal)
    return task("background", appraisal, form)


@pages.route("/procurements/<reference>/appraisal/current-contract", methods=["GET", "POST"])
@enter(Role.OFFICER)
def current(reference: str) -> Answer:
    """How the contract that ends performs, and what happens if nothing is done."""
    appraisal = to_change(reference)
    contract = appraisal.procurement.ending_contract
    if contract is None:
        abort(404)

    def made(**how: Any) -> CurrentForm:
        return CurrentForm(obj=appraisal, **how)

    form = made()

    def verb() -> None:
        actions.describe(
            appraisal, incumbent_performance=form.incumbent_performance.data,
            incumbent_at_expiry=form.incumbent_at_expiry.data, incumbent_lessons=form.incumbent_lessons.data,
            by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data,
        )  # fmt: skip

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("comparison", appraisal)
    return task("current", appraisal, form, contract=contract, options_left=remaining_options(contract, today()))


@pages.route("/procurements/<reference>/appraisal/not-taken-further", methods=["GET", "POST"])
@enter(Role.OFFICER)
def discarded(reference: str) -> Answer:
    """The options that were thought of and not taken further, and a place for one more."""
    appraisal = to_change(reference)
    form = DiscardedForm()
    if save(appraisal, form, lambda: actions.discard_option(appraisal, **_discarded(form))):
        return back_to("discarded", appraisal)
    return task("discarded", appraisal, form)


def _discarded(form: DiscardedForm) -> dict[str, Any]:
    return {
        "name": form.name.data, "reason": form.reason_given.data, "by": signed_in(), "at": now(),
        "note": form.reason.data,
    }  # fmt: skip


@pages.route("/procurements/<reference>/appraisal/not-taken-further/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def one_discarded(reference: str, number: int) -> Answer:
    """Put one of them right."""
    appraisal = to_change(reference)
    found = _discarded_row(appraisal, number)

    def made(**how: Any) -> DiscardedForm:
        return DiscardedForm(name=found.name, reason_given=found.reason, version=found.version, **how)

    form = made()

    def verb() -> None:
        actions.correct_discarded(found, sees=form.version.data, **_discarded(form))

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("discarded", appraisal)
    return task("discarded_one", appraisal, form, discarded=found)


@pages.post("/procurements/<reference>/appraisal/not-taken-further/<int:number>/remove")
@enter(Role.OFFICER)
def remove_discarded(reference: str, number: int) -> Answer:
    """Take one off the list."""
    appraisal = to_change(reference)
    form = RemoveForm()
    found = _discarded_row(appraisal, number)
    save(
        appraisal, form,
        lambda: actions.remove_discarded(found, by=signed_in(), at=now(), note=form.reason.data),
    )  # fmt: skip
    return back_to("discarded", appraisal)


def _discarded_row(appraisal: Appraisal, number: int) -> DiscardedOption:
    found = next((one for one in appraisal.discarded if one.id == number), None)
    if found is None:
        abort(404)
    return found


@pages.get("/procurements/<reference>/appraisal/risks")
@enter(Role.OFFICER)
def risks(reference: str) -> Answer:
    """Every option's risks."""
    return task("risks", to_change(reference), None)


@pages.route("/procurements/<reference>/appraisal/options/<int:number>/risks/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_risk(reference: str, number: int) -> Answer:
    """One more risk of an option."""
    appraisal = to_change(reference)
    option = option_of(appraisal, number)
    form = _with_posts(RiskForm())
    if save(appraisal, form, lambda: actions.add_risk(option, **_risk(form))):
        return back_to("risks", appraisal, _anchor=f"option-{number}")
    return task("risk", appraisal, form, option=option, risk=None)


@pages.route("/procurements/<reference>/appraisal/risks/<int:key>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def risk(reference: str, key: int) -> Answer:
    """Put a risk right."""
    appraisal = to_change(reference)
    found = _risk_row(appraisal, key)

    def made(**how: Any) -> RiskForm:
        return _with_posts(
            RiskForm(
                text=found.text, likelihood=str(found.likelihood), impact=str(found.impact),
                mitigation=found.mitigation, owner_post=str(found.owner_post_id), version=found.version, **how,
            )
        )  # fmt: skip

    form = made()

    def verb() -> None:
        actions.correct_risk(found, sees=form.version.data, **_risk(form))

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("risks", appraisal, _anchor=f"option-{found.option.number}")
    return task("risk", appraisal, form, option=found.option, risk=found)


@pages.post("/procurements/<reference>/appraisal/risks/<int:key>/remove")
@enter(Role.OFFICER)
def remove_risk(reference: str, key: int) -> Response:
    """Take a risk away."""
    appraisal = to_change(reference)
    found, note = _risk_row(appraisal, key), request.form.get("reason")
    number = found.option.number
    form = RemoveForm()
    save(appraisal, form, lambda: actions.remove_risk(found, by=signed_in(), at=now(), note=note))
    return back_to("risks", appraisal, _anchor=f"option-{number}")


def _risk_row(appraisal: Appraisal, key: int) -> OptionRisk:
    found = next((one for option in appraisal.options for one in option.risks if one.id == key), None)
    if found is None:
        abort(404)
    return found


def _with_posts(form: RiskForm) -> RiskForm:
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    form.owner_post.choices = [(str(post.id), post.name) for post in posts]
    return form


def _risk(form: RiskForm) -> dict[str, Any]:
    return {
        "text": form.text.data, "likelihood": int(form.likelihood.data), "impact": int(form.impact.data),
        "mitigation": form.mitigation.data, "owner_post": db.session.get_one(Post, int(form.owner_post.data)),
        "by": signed_in(), "at": now(), "note": form.reason.data,
    }  # fmt: skip
