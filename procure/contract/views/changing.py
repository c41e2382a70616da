"""Changing what was agreed: the test of the Act first, then the change."""

from __future__ import annotations

from decimal import Decimal

from flask import request

from procure.contract import change_actions
from procure.contract.life_facts import regime_of, regime_said
from procure.contract.life_forms import ChangeForm
from procure.contract.life_models import ContractChange
from procure.contract.models import Contract
from procure.contract.power import may_vary
from procure.contract.views.room import Answer, by_and_at, contract_of, page, pages, to
from procure.law.modifications import Answer as Tested
from procure.law.modifications import Change, ChangeGround, grounds_for
from procure.law.money import with_vat
from procure.now import today
from procure.people.access import enter, may_enter, signed_in
from procure.refusals import BadFigure
from procure.saving import save


@pages.route("/contracts/<reference>/changes/new", methods=["GET", "POST"])
@enter()
def change(reference: str) -> Answer:
    """Test a change on its ground, see the working, then record it."""
    contract = contract_of(reference)
    form = _form(contract)
    tested: Tested | None = None
    said = why_not = ""

    def record() -> None:
        asked, net = _asked(form, contract)
        change_actions.record_change(
            contract, asked, made_on=form.made_on.data, what=form.what.data, because=form.because.data, added_net=net,
            made_with=_first(form, contract), sees=form.version.data, **by_and_at(),
        )  # fmt: skip

    only_test = request.method == "POST" and "test" in request.form
    if form.is_submitted() and form.validate():
        asked, _ = _asked(form, contract)
        try:
            tested = change_actions.examined(contract, asked)
        except BadFigure as refusal:
            said = refusal.sentence
        if tested is not None and _needs_decision(asked):
            answer, _decision = may_vary(contract, asked.added_gross, asked.added_months, today())
            why_not = f"{answer.reasons[0].sentence} {answer.reasons[0].who_can}" if answer.reasons else ""
    if not only_test and save(form, record, file=reference, fresh=lambda: _form(contract, formdata=None)):
        return to("changes", reference, "The change is recorded. What follows from it is up to date.")
    if said and not form.form_errors:
        form.refuse(said)
    regime = regime_of(contract)
    return page(
        "change", form, contract=contract, page="changes", tested=tested, why_not=why_not, law=regime_said(contract),
        is_known=regime is not None and contract.worth is not None,
        may_prepare=may_enter("authority.decision_on_contract", signed_in(), today()),
    )  # fmt: skip


def _form(contract: Contract, **more: object) -> ChangeForm:
    form = ChangeForm(version=contract.version, made_on=today(), vat_percent=_percent(contract), **more)
    regime = regime_of(contract)
    grounds = grounds_for(regime, light_touch=contract.is_light_touch) if regime else tuple(ChangeGround)
    form.ground.choices = [(one.value, one.label) for one in grounds]
    form.made_with_id.choices = [(str(one.id), f"Change {one.number}: {one.what[:60]}") for one in contract.changes]
    return form


def _percent(contract: Contract) -> Decimal | None:
    if not contract.value_net or contract.value_vat is None:
        return None
    return (contract.value_vat * 100 / contract.value_net).quantize(Decimal("0.01")).normalize()


def _first(form: ChangeForm, contract: Contract) -> ContractChange | None:
    return next((one for one in contract.changes if str(one.id) == form.made_with_id.data), None)


def _asked(form: ChangeForm, contract: Contract) -> tuple[Change, Decimal]:
    net = form.added_net.data
    sign = -1 if net < 0 else 1
    gross = sign * with_vat(abs(net), form.vat_percent.data).gross
    together_gross, together_months = change_actions.together_with(_first(form, contract))
    asked = Change(
        ChangeGround(form.ground.data), gross, form.added_months.data or 0, bool(form.changes_scope.data),
        bool(form.shifts_balance.data), together_gross=together_gross, together_months=together_months,
    )  # fmt: skip
    return asked, net


def _needs_decision(asked: Change) -> bool:
    return bool(asked.added_gross or asked.added_months or asked.changes_scope or asked.shifts_balance)
