"""Ending a competition without a choice among its bids: chosen, said why, decided, told, begun again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, url_for

from procure.award import route_actions as actions
from procure.award.forms import NoticeForm, PlainForm
from procure.award.route_facts import (
    decided_ending,
    ending_of,
    may_decide,
    owes_termination,
    power_to_end,
    termination_binds,
)
from procure.award.route_forms import DecideEndingForm, ending_form
from procure.award.route_letters import told_of
from procure.award.route_models import Ending
from procure.award.route_rules import EndingState, Ground, Outcome, WayOn, ending_problem
from procure.award.views.room import Answer, page, pages
from procure.law.working_days import legal_day
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, lot_to_change, lot_to_steer, may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.suppliers import actions as suppliers
from procure.suppliers.models import Supplier
from procure.suppliers.rules import ANOTHER

CHOICES = {
    "no-bid": (Outcome.NO_TENDER, WayOn.END),
    "no-bid-direct": (Outcome.NO_TENDER, WayOn.DIRECT),
    "none-suitable": (Outcome.NONE_SUITABLE, WayOn.END),
    "none-suitable-direct": (Outcome.NONE_SUITABLE, WayOn.DIRECT),
    "not-awarding": (Outcome.NOT_AWARDING, WayOn.END),
}
"""How a competition can end, by the word in its address."""


@dataclass(frozen=True)
class Choice:
    """One way to end, with what comes of it, or why it is closed."""

    key: str
    name: str
    consequence: str
    why_not: str


@pages.get("/procurements/<reference>/award/end")
@enter(Role.OFFICER)
def end_competition(reference: str) -> Answer:
    """The ways in which this competition can end without a choice among bids, each with what comes of it."""
    lot = lot_to_change(signed_in(), reference, today())
    proposed = ending_of(lot)
    if proposed is not None and proposed.state is EndingState.PROPOSED:
        return redirect(url_for(".decide_ending", reference=reference))
    found = [_choice(lot, key) for key in CHOICES]
    return page(
        "end_competition", lot, is_task=True, power=power_to_end(lot, today()),
        choices=[one for one in found if not one.why_not], closed=[one for one in found if one.why_not],
        refused=proposed if proposed is not None and proposed.state is EndingState.REFUSED else None,
    )  # fmt: skip


def _choice(lot: Lot, key: str) -> Choice:
    outcome, way = CHOICES[key]
    name = outcome.label if outcome is Outcome.NOT_AWARDING else f"{outcome.label}: {_lower(way.label)}"
    problem = ending_problem(
        outcome, way, stage=lot.stage, regime=lot.procurement.regime, bids=len(lot.bids), assessed=0, unsuitable=()
    )  # fmt: skip
    return Choice(key, name, _consequence(lot, way), problem[0] if problem else "")


def _consequence(lot: Lot, way: WayOn) -> str:
    if way is WayOn.DIRECT:
        return (
            "A transparency notice (UK5) comes first, then the award decision, the award notice and the standstill. "
            "Every bidder is written to."
        )
    notice = " A procurement termination notice (UK12) is due at once." if termination_binds(lot) else ""
    return f"Every bidder is written to.{notice} The file closes; you can open the next purchase from it."


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


@pages.route(
    "/procurements/<reference>/award/end/<any('no-bid', 'no-bid-direct', 'none-suitable', 'none-suitable-direct', "
    "'not-awarding'):choice>",
    methods=["GET", "POST"],
)  # fmt: skip
@enter(Role.OFFICER)
def propose_ending(reference: str, choice: str) -> Answer:
    """Say why the competition ends so, and put it before whoever may award."""
    lot = lot_to_change(signed_in(), reference, today())
    said = _choice(lot, choice)
    if said.why_not:
        flash(said.why_not, "warning")
        return redirect(url_for(".end_competition", reference=reference))
    outcome, way = CHOICES[choice]
    bids = [bid for bid in lot.bids if bid.was_assessed] if outcome is Outcome.NONE_SUITABLE else []
    form = _proposal_form(lot, outcome, way)

    def keep() -> None:
        with_supplier: dict[str, Any] = {}
        if way is WayOn.DIRECT:
            with_supplier = {
                "why_not_again": form.why_not_again.data, "supplier": form.particulars,
                "price_net": form.price_net.data, "supplier_checks": form.supplier_checks.data,
                "known": form.known_id.data,
            }  # fmt: skip
        unsuitable: dict[int, tuple[Ground | None, str]] = {
            bid.id: (Ground(form[f"ground_{place}"].data), form[f"reason_{place}"].data)
            for place, bid in enumerate(bids, start=1)
        }
        _propose(lot, outcome, way, form.reason.data, unsuitable, with_supplier)

    if save(form, keep, file=reference):
        ending = ending_of(lot)
        flash(f"It is before the {ending.post.name} now." if ending else "It is proposed.")
        return redirect(url_for(".decide_ending", reference=reference))
    return page(
        "propose_ending", lot, is_task=True, form=form, choice=said, power=power_to_end(lot, today()),
        bids=list(enumerate(bids, start=1)), is_direct=way is WayOn.DIRECT, told=[one.name for one in told_of(lot)],
    ), status_of(form)  # fmt: skip


def _proposal_form(lot: Lot, outcome: Outcome, way: WayOn) -> Any:
    assessed = [bid for bid in lot.bids if bid.was_assessed]
    bids = [(place, bid.supplier.name) for place, bid in enumerate(assessed, start=1)]
    made = ending_form(bids if outcome is Outcome.NONE_SUITABLE else (), direct=way is WayOn.DIRECT)()
    if way is WayOn.DIRECT:
        made.known_id.choices = suppliers.offered(made.particulars)
    return made


def _propose(
    lot: Lot, outcome: Outcome, way: WayOn, reason: str, unsuitable: dict[int, tuple[Ground | None, str]],
    direct: dict[str, Any],
) -> None:  # fmt: skip
    by, at = signed_in(), now()
    chosen, particulars = direct.pop("known", None), direct.pop("supplier", None)

    def supplier() -> Supplier:
        found = suppliers.supplier_for(
            particulars, use=int(chosen) if chosen and chosen != ANOTHER else None, is_another=chosen == ANOTHER,
            by=by, at=at, is_example=lot.procurement.is_example,
        )  # fmt: skip
        suppliers.complete(found, particulars, by=by, at=at)
        return found

    proposal = actions.Proposal(outcome, way, reason, unsuitable, **direct)
    actions.propose_ending(lot, proposal, by=by, at=at, supplier=supplier if particulars is not None else None)


@pages.route("/procurements/<reference>/award/end/decide", methods=["GET", "POST"])
@enter()
def decide_ending(reference: str) -> Answer:
    """Read how a competition is to end; whoever may award decides it."""
    lot = lot_for(signed_in(), reference, today())
    ending = ending_of(lot)
    if ending is None:
        abort(404)
    form, day = DecideEndingForm(data={"version": ending.version}), today()
    decides = ending.state is EndingState.PROPOSED and may_decide(ending, signed_in(), day)

    def keep() -> None:
        actions.decide_ending(
            ending, agrees=form.answer.data == "yes", note=form.note.data or "", by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    def fresh() -> DecideEndingForm:
        return DecideEndingForm(formdata=None, data={"version": ending.version})

    if save(form, keep, file=reference, fresh=fresh):
        flash("It is decided. The officer has been told." if ending.state is EndingState.REFUSED else
              "It is decided. The bidders and the officer have been written to.")  # fmt: skip
        return redirect(url_for("procurement.overview", reference=reference))
    acting = ending.post.acting_on(day)
    return page(
        "decide_ending", lot, is_task=True, form=form, ending=ending, decides=decides, plain=PlainForm(),
        acting=acting.name if acting else "", told=[one.name for one in told_of(lot)],
        changes=may_change(signed_in(), lot.procurement, day), consequence=_consequence(lot, ending.way),
    ), status_of(form)  # fmt: skip


@pages.post("/procurements/<reference>/award/end/withdraw")
@enter(Role.OFFICER)
def withdraw_ending(reference: str) -> Answer:
    """Take back a proposal that nobody has decided about."""
    lot = lot_to_change(signed_in(), reference, today())
    ending = ending_of(lot) or abort(404)
    form = PlainForm()
    if save(form, lambda: actions.withdraw_ending(ending, by=signed_in(), at=now()), file=reference):
        flash("The proposal is taken back. The competition goes on.")
    else:
        flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return redirect(url_for("procurement.overview", reference=reference))


@pages.route("/procurements/<reference>/award/termination-notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def termination(reference: str) -> Answer:
    """Record the procurement termination notice, after it was decided not to award."""
    lot = lot_to_steer(signed_in(), reference, today())
    ending = decided_ending(lot) or abort(404)
    form = NoticeForm(data={"published_on": today()})

    def keep() -> None:
        actions.record_termination(
            lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(), at=now()
        )

    if save(form, keep, file=reference):
        flash("The procurement termination notice is recorded.")
        return redirect(url_for("procurement.overview", reference=reference))
    return page(
        "termination", lot, is_task=True, form=form, ending=ending, is_owed=owes_termination(lot),
        recorded=notice_of(lot, NoticeKind.TERMINATION), days=_days_since(ending, today()),
    ), status_of(form)  # fmt: skip


def _days_since(ending: Ending, day: date) -> int:
    return (day - legal_day(ending.decided_at)).days if ending.decided_at else 0


@pages.post("/procurements/<reference>/award/buy-again")
@enter(Role.OFFICER)
def buy_again(reference: str) -> Answer:
    """Open the next purchase with what is known of this one."""
    lot = lot_to_steer(signed_in(), reference, today())
    form, opened = PlainForm(), []

    def keep() -> None:
        opened.append(actions.buy_again(lot, officer=lot.procurement.officer, by=signed_in(), at=now()))

    if save(form, keep, file=reference):
        flash(f"{opened[0].reference} is open, with what is known of {lot.reference}. Look it through first.")
        return redirect(url_for("procurement.overview", reference=opened[0].reference))
    flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return redirect(url_for("procurement.overview", reference=reference))
