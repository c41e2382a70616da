"""What follows the end: the decision, and the options."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from procure.contract import ending
from procure.contract.access import contract_to_change
from procure.contract.facts import contract_dates, months_to_buy
from procure.contract.forms import DecideForm, DeclineForm, UseForm
from procure.contract.life_facts import performance_said
from procure.contract.models import Contract, ContractOption
from procure.contract.power import may_extend, value_of_option
from procure.contract.rules import Way, WhatFollows, ways_on
from procure.contract.views.room import Answer, page, pages
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, holders_of, may_enter, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.saving import save


def _ways(contract: Contract, day: date) -> tuple[Way, ...]:
    dates = contract_dates(contract)
    return ways_on(dates, day, months_to_buy(dates.ends_on))


def _decide_form(contract: Contract, day: date, **given: Any) -> DecideForm:
    """The form with the ways that are open, and the officers who could run a purchase."""
    form = DecideForm(**given, version=contract.version)
    form.choice.choices = [(way.choice.value, way.choice.label) for way in _ways(contract, day) if way.is_open]
    officers = holders_of(Role.OFFICER, day)
    form.officer_id.choices = [(str(officer.id), officer.name) for officer in officers]
    if request.method == "GET" and len(officers) == 1:
        form.officer_id.data = str(officers[0].id)
    return form


@pages.route("/contracts/<reference>/decide", methods=["GET", "POST"])
@enter()
def decide(reference: str) -> Answer:
    """Extend it, buy again, or let it end: each way with what comes of it."""
    contract, day = contract_to_change(signed_in(), reference, today()), today()
    if contract.ends_on is None:
        flash("Enter its end first: what follows is decided about an end.", "message")
        return redirect(url_for(".correct", reference=reference))
    form, ways = _decide_form(contract, day), _ways(contract, day)
    found: list[ending.Decided] = []

    def record() -> None:
        officer = db.session.get(Person, int(form.officer_id.data)) if form.officer_id.data else None
        found.append(
            ending.decide_what_follows(
                contract,
                WhatFollows(form.choice.data),
                form.reason.data,
                by=signed_in(),
                at=now(),
                officer=officer,
                sees=form.version.data,
            )
        )

    if save(form, record, file=reference, fresh=lambda: _decide_form(contract, day, formdata=None)):
        return _after(contract, found[0])
    return page(
        "decide", form, contract=contract, page="overview",
        open_ways={way.choice.value: way.consequence for way in ways if way.is_open},
        shut_ways=[way for way in ways if not way.is_open],
        has_file=next((file for file in reversed(contract.followed_by)), None),
    )  # fmt: skip


def _after(contract: Contract, decided: ending.Decided) -> Response:
    if decided.procurement is not None:
        flash(f"You decided to buy again. The purchase is open: {decided.procurement.reference}.", "message")
        return redirect(url_for("procurement.overview", reference=decided.procurement.reference))
    if decided.decision.choice is WhatFollows.EXTEND:
        flash("You decided to extend it. The option still has to be used.", "message")
        return redirect(url_for(".use", reference=contract.reference, number=contract.open_options[0].number))
    flash("Your decision is recorded.", "message")
    return redirect(url_for(".overview", reference=contract.reference))


def _option(contract: Contract, number: int) -> ContractOption:
    found = next((option for option in contract.options if option.number == number), None)
    if found is None:
        abort(404)
    return found


@pages.route("/contracts/<reference>/options/<int:number>", methods=["GET", "POST"])
@enter()
def use(reference: str, number: int) -> Answer:
    """Use an option: what comes of it, and by what right."""
    contract = contract_to_change(signed_in(), reference, today())
    option = _option(contract, number)
    known = " ".join(said for said in (performance_said(contract, today()), contract.performance) if said)
    form = UseForm(version=contract.version, performance=known)

    def use_it() -> None:
        ending.use_option(
            option, because=form.because.data, performance=form.performance.data, by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, use_it, file=reference, fresh=lambda: UseForm(None, version=contract.version, performance=known)):
        flash(used_words(contract, number), "message")
        return redirect(url_for(".overview", reference=reference))
    added = value_of_option(option)
    return page(
        "use", form, contract=contract, page="changes", option=option, added=added,
        dates=next((one for one in contract.open_options if one.number == number), None),
        answer=may_extend(contract, added.gross if added else None, option.months, today()),
        may_prepare=may_enter("authority.decision_on_contract", signed_in(), today()),
    )  # fmt: skip


def used_words(contract: Contract, number: int) -> str:
    """What to say once an option is used: where the letter to the supplier is."""
    if contract.supplier is None:
        return f"Option {number} is used. No supplier is recorded, so no letter was written."
    if not contract.supplier.email:
        return f"Option {number} is used. Print the letter to the supplier under Documents: no e-mail address is known."
    return f"Option {number} is used. The letter to {contract.supplier_name} is on its way."


@pages.route("/contracts/<reference>/options/<int:number>/decline", methods=["GET", "POST"])
@enter()
def decline(reference: str, number: int) -> Answer:
    """Say that an option won't be used; letters about it stop."""
    contract = contract_to_change(signed_in(), reference, today())
    option = _option(contract, number)
    form = DeclineForm(version=contract.version)

    def say_no() -> None:
        ending.decline_option(option, because=form.because.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, say_no, file=reference, fresh=lambda: DeclineForm(None, version=contract.version)):
        flash(f"Option {number} won’t be used. Letters about it have stopped.", "message")
        return redirect(url_for(".changes", reference=reference))
    return page("decline", form, contract=contract, page="changes", option=option)
