"""How long before its day each letter goes: the council's rule by class of contract, and a contract's own."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from procure.contract.access import contract_for, contract_to_change, may_change
from procure.contract.rules import Tier
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.rules import Role
from procure.reminder import choosing
from procure.reminder.forms import AddressForm, CouncilOffsetsForm, OffsetsForm
from procure.reminder.gathering import council_offsets
from procure.reminder.models import ContractOffsets, ReminderOffsets
from procure.reminder.rules.kinds import FOLLOWING, OF_CONTRACTS, ReminderKind, of_codes, offsets_for, offsets_said
from procure.reminder.views.room import Answer, pages
from procure.saving import save, status_of

SETTERS = (Role.ADMINISTRATOR, Role.OFFICER)
CLASSES: tuple[Tier | None, ...] = (Tier.GOLD, Tier.SILVER, Tier.BRONZE, None)


def _kind(word: str) -> ReminderKind:
    try:
        kind = ReminderKind(word)
    except ValueError:
        abort(404)
    return kind if kind not in FOLLOWING else abort(404)


@pages.get("/settings/reminders")
@enter(*SETTERS, Role.AUDITOR)
def offsets() -> str:
    """What is told how long before, by class of contract; and what was changed."""
    council = council_offsets(today())
    rows = [
        (kind, [offsets_said(offsets_for(kind, tier, council)) or "No letter" for tier in CLASSES])
        for kind in ReminderKind
        if kind not in FOLLOWING
    ]
    changed = db.session.scalars(select(ReminderOffsets).order_by(ReminderOffsets.id.desc()).limit(50))
    return render_template(
        "reminder/offsets.html", rows=rows, changed=[(row, offsets_said(of_codes(row.ahead))) for row in changed],
        may_set=bool(global_roles_of(signed_in(), today()) & set(SETTERS)),
    )  # fmt: skip


@pages.route("/settings/reminders/<kind>", methods=["GET", "POST"])
@enter(*SETTERS)
def set_offsets(kind: str) -> Answer:
    """Change how long before its day one kind is told, from today."""
    which, council = _kind(kind), council_offsets(today())
    form = CouncilOffsetsForm(offsets=offsets_said(offsets_for(which, None, council)))
    form.tier.choices = [(tier.value, tier.label) for tier in Tier] if which in OF_CONTRACTS else []
    if save(
        form,
        lambda: choosing.set_offsets(
            which, Tier(form.tier.data) if form.tier.data else None, form.offsets.data or "",
            because=form.because.data or "", by=signed_in(), at=now(),
        ),
        file="council",
    ):  # fmt: skip
        flash("Changed. The next round plans every contract anew.")
        return redirect(url_for(".offsets"))
    return render_template("reminder/set_offsets.html", form=form, kind=which), status_of(form)


@pages.get("/contracts/<reference>/reminders/when")
@enter()
def own_offsets(reference: str) -> str:
    """How long before its days this contract is told, and where that differs from the council's rule."""
    contract, council = contract_for(signed_in(), reference, today()), council_offsets(today())
    own = {
        row.kind: row
        for row in db.session.scalars(select(ContractOffsets).where(ContractOffsets.contract_id == contract.id))
    }
    rows = [
        (kind, offsets_said(of_codes(own[kind].ahead) if kind in own else offsets_for(kind, contract.tier, council)),
         own.get(kind))
        for kind in OF_CONTRACTS
    ]  # fmt: skip
    return render_template(
        "reminder/own_offsets.html", contract=contract, rows=rows, page="reminders",
        may_set=may_change(signed_in(), contract, today()),
    )  # fmt: skip


@pages.route("/contracts/<reference>/reminders/when/<kind>", methods=["GET", "POST"])
@enter()
def set_own_offsets(reference: str, kind: str) -> Answer:
    """Change how long before its day this contract is told of one kind."""
    contract, which = contract_to_change(signed_in(), reference, today()), _kind(kind)
    if which not in OF_CONTRACTS:
        abort(404)
    row = choosing.own_row(contract, which)
    usual = offsets_said(offsets_for(which, contract.tier, council_offsets(today())))
    form = OffsetsForm(offsets=offsets_said(of_codes(row.ahead)) if row else usual, because=row.because if row else "")
    if save(
        form,
        lambda: choosing.set_own_offsets(
            contract, which, form.offsets.data or "", because=form.because.data or "", by=signed_in(), at=now()
        ),
        file=reference,
    ):
        flash("Changed. Letters that are still to come follow.")
        return redirect(url_for(".own_offsets", reference=reference))
    shown = render_template(
        "reminder/set_own_offsets.html",
        form=form,
        kind=which,
        contract=contract,
        page="reminders",
        row=row,
        usual=usual,
    )
    return shown, status_of(form)


@pages.post("/contracts/<reference>/reminders/when/<kind>/usual")
@enter()
def drop_own_offsets(reference: str, kind: str) -> Answer:
    """Let this contract follow the council's rule again."""
    contract = contract_to_change(signed_in(), reference, today())
    row = choosing.own_row(contract, _kind(kind)) or abort(404)
    if AddressForm().validate_on_submit():
        choosing.drop_own_offsets(row, by=signed_in(), at=now())
        flash("It follows the council’s rule again.")
    return redirect(url_for(".own_offsets", reference=reference))
