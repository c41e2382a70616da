"""Keeping the terms: options, breaks, reviews, the tier. Each page asks one thing."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from procure.contract import term_actions
from procure.contract.life_forms import BecauseForm, BreakForm, HeldForm, OptionForm, ReviewForm, TierForm
from procure.contract.life_rules import ReviewKind, WhoMay, proposed_tier
from procure.contract.models import Contract
from procure.contract.rules import Tier
from procure.contract.views.room import Answer, ask, by_and_at, contract_of, given, pages, row_of, taken_out, to
from procure.people.access import enter
from procure.saving import save

PRICED = ("price_net", "price_gross", "because")
AS_AGREED = "What the contract gives already. To agree something new, record a change."


def known(row: Any, *names: str) -> dict[str, Any]:
    """What a row holds, for a form to show; `version` goes with it."""
    return {name: getattr(row, name) for name in (*names, "version")}


@pages.route("/contracts/<reference>/terms/options/new", methods=["GET", "POST"])
@enter()
def add_option(reference: str) -> Answer:
    """Record an option that the contract gives."""
    contract, form = contract_of(reference), OptionForm()

    def add() -> None:
        term_actions.add_option(contract, **given(form, "months", "exercise_by_on", *PRICED), **by_and_at())

    if save(form, add, file=reference):
        return to("terms", reference, "The option is recorded. Its letters are planned.", "options")
    hints = {"exercise_by_on": "If you leave it empty: nine months before the end it moves."}
    return ask(form, contract, "terms", "Record an option to extend", "Record the option", lead=AS_AGREED, hints=hints)


@pages.route("/contracts/<reference>/terms/options/<int:number>", methods=["GET", "POST"])
@enter()
def option(reference: str, number: int) -> Answer:
    """Change an option that is open, or take it out."""
    contract = contract_of(reference)
    found = next((one for one in contract.options if one.number == number), None) or abort(404)

    def fresh(**more: Any) -> OptionForm:
        return OptionForm(data=known(found, "months", "exercise_by_on", "price_net", "price_gross"), **more)

    form, away = fresh(), BecauseForm(prefix="away-")

    def change() -> None:
        term_actions.change_option(
            found, months=form.months.data, exercise_by_on=form.exercise_by_on.data or found.exercise_by_on,
            sees=form.version.data, **given(form, *PRICED), **by_and_at(),
        )  # fmt: skip

    def remove(because: str) -> None:
        term_actions.remove_option(found, because=because, **by_and_at())

    if taken_out(away, remove, reference):
        return to("terms", reference, f"Option {number} is taken out.", "options")
    if not sent(away) and save(form, change, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("terms", reference, f"Option {number} is changed.", "options")
    return ask(
        shown(form, away, fresh), contract, "terms", f"Change option {number}", "Save the option", away=away,
        away_said="Take it out", away_lead="Only where the contract doesn’t give it. Else say no to it under Changes.",
    )  # fmt: skip


def sent(away: BecauseForm) -> bool:
    return away.because.name in request.form


def shown(form: Any, away: BecauseForm, fresh: Any) -> Any:
    """The first form as the row stands, where it was the second that was sent."""
    return fresh(formdata=None) if sent(away) else form


@pages.route("/contracts/<reference>/terms/breaks/new", methods=["GET", "POST"])
@enter()
def add_break(reference: str) -> Answer:
    """Record a day on which the contract may be ended early."""
    contract, form = contract_of(reference), BreakForm()

    def add() -> None:
        term_actions.add_break(
            contract, who_may=WhoMay(form.who_may.data), **given(form, "break_on", "notice_by_on", "because"),
            **by_and_at(),
        )  # fmt: skip

    if save(form, add, file=reference):
        return to("terms", reference, "The break is recorded. Its letters are planned.", "breaks")
    return ask(form, contract, "terms", "Record a break", "Record the break", lead=AS_AGREED)


@pages.route("/contracts/<reference>/terms/breaks/<int:number>", methods=["GET", "POST"])
@enter()
def break_(reference: str, number: int) -> Answer:
    """Change a break, or take it out."""
    contract = contract_of(reference)
    found = row_of(contract.breaks, number)

    def fresh(**more: Any) -> BreakForm:
        return BreakForm(data=known(found, "break_on", "notice_by_on") | {"who_may": found.who_may.value}, **more)

    form, away = fresh(), BecauseForm(prefix="away-")

    def change() -> None:
        term_actions.change_break(
            found, who_may=WhoMay(form.who_may.data), sees=form.version.data,
            **given(form, "break_on", "notice_by_on", "because"), **by_and_at(),
        )  # fmt: skip

    def remove(because: str) -> None:
        term_actions.remove_break(found, because=because, **by_and_at())

    if taken_out(away, remove, reference):
        return to("terms", reference, "The break is taken out.", "breaks")
    if not sent(away) and save(form, change, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("terms", reference, "The break is changed.", "breaks")
    return ask(
        shown(form, away, fresh), contract, "terms", "Change a break", "Save the break", away=away,
        away_said="Take it out", away_lead="Only where the contract doesn’t give it.",
    )  # fmt: skip


@pages.route("/contracts/<reference>/terms/reviews/new", methods=["GET", "POST"])
@enter()
def plan_review(reference: str) -> Answer:
    """Plan a review."""
    contract, form = contract_of(reference), ReviewForm()

    def add() -> None:
        term_actions.plan_review(contract, kind=ReviewKind(form.kind.data), due_on=form.due_on.data, **by_and_at())

    if save(form, add, file=reference):
        return to("terms", reference, "The review is planned.", "reviews")
    return ask(form, contract, "terms", "Plan a review", "Plan the review")


@pages.route("/contracts/<reference>/terms/reviews/<int:number>", methods=["GET", "POST"])
@enter()
def review(reference: str, number: int) -> Answer:
    """Record that a review was held, or that it won’t be."""
    contract = contract_of(reference)
    found = row_of(contract.reviews, number)

    def fresh(**more: Any) -> HeldForm:
        return HeldForm(data=known(found, "held_on", "outcome"), **more)

    form, away = fresh(), BecauseForm(prefix="away-")

    def hold() -> None:
        term_actions.hold_review(found, sees=form.version.data, **given(form, "held_on", "outcome"), **by_and_at())

    def remove(because: str) -> None:
        term_actions.remove_review(found, because=because, **by_and_at())

    if taken_out(away, remove, reference):
        return to("terms", reference, "The review is taken out.", "reviews")
    if not sent(away) and save(form, hold, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("terms", reference, "The review is recorded.", "reviews")
    return ask(
        shown(form, away, fresh), contract, "terms", found.kind.label, "Record the review",
        away=away if found.held_on is None else None, away_said="It won’t be held",
    )  # fmt: skip


@pages.route("/contracts/<reference>/terms/tier", methods=["GET", "POST"])
@enter()
def tier(reference: str) -> Answer:
    """Say how closely it is managed, and why."""
    contract = contract_of(reference)

    def fresh(**more: Any) -> TierForm:
        row = contract.tier or (proposed.tier if proposed else None)
        return TierForm(
            data={"tier": row.value if row else None, "because": contract.tier_reason, "version": contract.version},
            **more,
        )

    proposed = proposed_tier(_whole(contract))
    form = fresh()

    def set_it() -> None:
        term_actions.set_tier(
            contract, Tier(form.tier.data), because=form.because.data, sees=form.version.data, **by_and_at()
        )

    if save(form, set_it, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("terms", reference, "The tier is set.")
    lead = f"By its value alone it would be {proposed.tier.label}: {proposed.reviews}." if proposed else ""
    return ask(form, contract, "terms", "How closely is it managed?", "Set the tier", lead=lead)


def _whole(contract: Contract) -> Any:
    return contract.full_gross if contract.full_gross is not None else contract.worth
