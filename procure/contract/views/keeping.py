"""Keeping a contract: money, how it goes, corrections, its owner, its end."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for

from procure.contract import actions
from procure.contract.access import contract_for, contract_to_change, may_change
from procure.contract.facts import paid_after_end
from procure.contract.forms import CorrectForm, EndForm, HandOverForm, PaymentForm, TextsForm
from procure.contract.life_facts import indicators_lacking, performance_said, watched
from procure.contract.models import Contract
from procure.contract.picture import figures_of, paid_bar
from procure.contract.rules import Term
from procure.contract.views.room import Answer, page, pages, posts, supplier_named
from procure.extensions import db
from procure.law.regimes import Regime
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.saving import save


def _read_or_change(reference: str) -> tuple[Contract, bool]:
    """The contract and whether the reader may change it; 403 for a post by those who only read."""
    contract = contract_for(signed_in(), reference, today())
    changes_it = may_change(signed_in(), contract, today())
    if request.method == "POST" and not changes_it:
        abort(403)
    return contract, changes_it


@pages.route("/contracts/<reference>/money", methods=["GET", "POST"])
@enter()
def money(reference: str) -> Answer:
    """What was paid; a payment is recorded on the same page."""
    (contract, changes_it), day = _read_or_change(reference), today()
    form = PaymentForm()

    def record() -> None:
        actions.record_payment(
            contract, paid_on=form.paid_on.data, amount_gross=form.amount_gross.data, what=form.what.data or "",
            by=signed_in(), at=now(),
        )  # fmt: skip

    if save(form, record, file=reference):
        flash("The payment is recorded.", "message")
        return redirect(url_for(".money", reference=reference))
    return page(
        "money", form, contract=contract, page="money", may_change=changes_it, paid=paid_bar(contract, day),
        figures=figures_of(contract, day), late=paid_after_end(contract),
        payments=[payment for payment in reversed(contract.payments) if payment.paid_on <= day],
    )  # fmt: skip


@pages.route("/contracts/<reference>/performance", methods=["GET", "POST"])
@enter()
def performance(reference: str) -> Answer:
    """How it goes, what happens at its end, what was learnt."""
    contract, changes_it = _read_or_change(reference)
    form = TextsForm(obj=contract)

    def describe() -> None:
        texts = {name: form[name].data or "" for name in actions.TEXTS}
        actions.describe(contract, by=signed_in(), at=now(), sees=form.version.data, **texts)

    if save(form, describe, file=reference, fresh=lambda: TextsForm(None, obj=contract)):
        flash("Saved.", "message")
        return redirect(url_for(".performance", reference=reference))
    return page(
        "performance", form, contract=contract, page="performance", may_change=changes_it,
        rows=watched(contract, today()), said=performance_said(contract, today()), lacking=indicators_lacking(contract),
    )  # fmt: skip


@pages.route("/contracts/<reference>/correct", methods=["GET", "POST"])
@enter()
def correct(reference: str) -> Answer:
    """Put right what was typed wrong, with the reason."""
    contract = contract_to_change(signed_in(), reference, today())
    form = _correct_form(contract)

    def put_right() -> None:
        facts = {name: form[name].data for name in form.data if name in actions.CORRECTABLE}
        facts |= {name: facts[name] or "" for name in ("description", "department", "cpv")}
        facts["term"], facts["is_light_touch"] = Term(form.term.data or contract.term), bool(form.is_light_touch.data)
        facts["regime"] = Regime(form.regime.data) if form.regime.data else None
        facts["supplier"] = supplier_named(form.supplier_called.data) if form.supplier_called.data else None
        actions.correct(contract, because=form.because.data, by=signed_in(), at=now(), sees=form.version.data, **facts)

    if save(form, put_right, file=reference, fresh=lambda: _correct_form(contract, formdata=None)):
        flash("Corrected. What stood there before is in the history.", "message")
        return redirect(url_for(".terms", reference=reference))
    return page("correct", form, contract=contract, page="terms")


def _correct_form(contract: Contract, **given: Any) -> CorrectForm:
    return CorrectForm(obj=contract, supplier_called=contract.supplier.name if contract.supplier else "", **given)


@pages.route("/contracts/<reference>/hand-over", methods=["GET", "POST"])
@enter()
def hand_over(reference: str) -> Answer:
    """Give the contract to another post."""
    contract = contract_to_change(signed_in(), reference, today())
    form = HandOverForm()
    form.manager_post_id.choices = posts()

    def give() -> None:
        post = db.session.get_one(Post, int(form.manager_post_id.data))
        actions.hand_over(contract, post, because=form.because.data, by=signed_in(), at=now())

    if save(form, give, file=reference):
        flash(f"The {contract.owner_name} looks after it now. Letters not sent yet go there.", "message")
        return redirect(url_for(".index"))
    return page("hand_over", form, contract=contract, page="terms")


@pages.route("/contracts/<reference>/end", methods=["GET", "POST"])
@enter()
def record_end(reference: str) -> Answer:
    """Record that it has ended."""
    contract = contract_to_change(signed_in(), reference, today())
    notice = contract.end_notice
    ends_on = notice.ends_on if notice else contract.ends_on
    known = {"version": contract.version, "ended_on": ends_on if ends_on and ends_on <= today() else None,
             "because": notice.reason if notice else ""}  # fmt: skip
    form = EndForm(**known)

    def record() -> None:
        actions.end(
            contract, form.ended_on.data, because=form.because.data or "", by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, record, file=reference, fresh=lambda: EndForm(None, version=contract.version)):
        flash("The end is recorded. Reminders have stopped.", "message")
        return redirect(url_for(".overview", reference=reference))
    return page("end", form, contract=contract, page="overview")
