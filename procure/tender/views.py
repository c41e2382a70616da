"""Pages of this room: how bids will be judged, whom to invite, the notice."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.authority.waiver_facts import waived_words
from procure.council.law import planning_england
from procure.law.periods import Circumstance
from procure.law.regimes import Regime
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, lot_to_change, may_change
from procure.procurement.actions import ahead_of
from procure.procurement.models import Lot
from procure.procurement.picture import tasks_of
from procure.procurement.rules import ContractKind, Route, Stage
from procure.saving import save, status_of
from procure.suppliers.actions import offered, supplier_for
from procure.suppliers.rules import ANOTHER, Particulars
from procure.tender import actions
from procure.tender.facts import BEFORE_LOTS, question_facts, quotes_needed
from procure.tender.forms import InviteForm, MethodForm, NoticeForm, PlainForm
from procure.tender.rules import SCALE, PriceFormula, formula_words, rounding_words, tie_words
from procure.tender.starting_facts import start_of
from procure.tender.timetable_facts import basis_of, planned_of
from procure.tender.timetable_rules import PlannedStep as S
from procure.tender.timetable_rules import deadline_warnings

pages = Blueprint("tender", __name__)

Answer = str | Response | tuple[str, int]


def lot_page(template: str, lot: Lot, **more: Any) -> str:
    return render_template(
        f"tender/{template}.html", procurement=lot.procurement, lot=lot, page="tender", notice=opening_notice(lot),
        is_quotes=lot.procurement.route is Route.SCHEME, **more,
    )  # fmt: skip


def lot_to_edit(reference: str) -> Lot:
    return lot_to_change(signed_in(), reference, today())


def _home(lot: Lot) -> Response:
    return redirect(url_for("tender.index", reference=lot.reference))


@pages.get("/procurements/<reference>/tender")
@enter()
def index(reference: str) -> str:
    """How bids will be judged, the notice, and what comes next."""
    lot = lot_for(signed_in(), reference, today())
    method, notice = lot.method, opening_notice(lot)
    ahead = ahead_of(lot, today()) if lot.stage in (Stage.PREPARING, Stage.OPEN_TO_BIDS) else None
    return lot_page(
        "index", lot, changes=may_change(signed_in(), lot.procurement, today()), method=method, scale=SCALE,
        ahead=ahead, tasks=tasks_of(ahead, lot.reference) if ahead else [],
        is_open=lot.stage is Stage.OPEN_TO_BIDS, is_before=lot.stage in BEFORE_LOTS,
        is_past_deadline=bool(notice and notice.closes_at and now() >= notice.closes_at),
        formula=formula_words(method.price_formula, method.price_weight) if method else "",
        rounding=rounding_words(method.price_formula) if method else "",
        tie_rule=tie_words(method.price_formula) if method else "",
        due=due_words(lot), key_days=_key_days(lot), questions=question_facts(lot), start=start_of(lot),
    )  # fmt: skip


def _key_days(lot: Lot) -> list[tuple[str, str]]:
    """The planned days that others wait for, for the top of the timetable."""
    wanted = (S.QUESTIONS, S.ANSWERS, S.CLOSES, S.DECIDED, S.SIGNED, S.STARTS)
    planned = planned_of(lot.timetable) if lot.timetable else ()
    return [(one.label, words.weekday(one.on)) for one in planned if one.step in wanted]


def due_words(lot: Lot) -> str:
    """When bids are, or were, due; empty before the notice."""
    notice = opening_notice(lot)
    if notice is None or notice.closes_at is None:
        return ""
    verb = "are" if now() < notice.closes_at else "were"
    return f"Bids {verb} due by {words.moment(notice.closes_at)}."


@pages.route("/procurements/<reference>/tender/method", methods=["GET", "POST"])
@enter(Role.OFFICER)
def method(reference: str) -> Answer:
    """Say how bids will be judged; open until the notice is recorded."""
    lot = lot_to_edit(reference)
    form = method_form(lot)
    if request.method == "POST" and "another" in request.form:
        form.offer_another()
        return lot_page("method", lot, form=form, is_task=True, total=total_of(form), notes=form.notes())

    def keep() -> None:
        actions.set_method(
            lot, price_weight=form.price_weight.data, formula=PriceFormula(form.formula.data),
            panel_size=form.panel_size.data, criteria=form.lines, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: method_form(lot, posted=False)):
        flash("How bids will be judged is saved. The weights add up to 100.")
        return _home(lot)
    return lot_page("method", lot, form=form, is_task=True, total=total_of(form), notes=form.notes()), status_of(form)


def method_form(lot: Lot, *, posted: bool = True, kind: type[MethodForm] = MethodForm) -> Any:
    """The method as it stands, to be set or, with a form of its own, changed by addendum."""
    standing = lot.method
    given: dict[str, Any] = {"formula": PriceFormula.LOWEST_OVER_PRICE.value, "panel_size": 3}
    if standing is not None:
        given = {
            "price_weight": standing.price_weight,
            "formula": standing.price_formula.value,
            "panel_size": standing.panel_size,
            "version": standing.version,
            "criteria": [
                {
                    "title": one.title,
                    "weight": one.weight,
                    "definition": one.definition,
                    "part_of": str(one.parent.number) if one.parent else None,
                    "least_score": one.least_score,
                    "word_limit": one.word_limit,
                }
                for one in standing.criteria
            ],
        }
    return kind(data=given) if posted else kind(formdata=None, data=given)


def total_of(form: MethodForm) -> int | None:
    """The weights at the top and of price as typed, for the line beneath them; None while nothing is typed."""
    typed = [line.weight for line in form.lines if line.part_of is None] + [form.price_weight.data]
    found = [weight for weight in typed if isinstance(weight, int)]
    return sum(found) if form.lines and found else None


@pages.route("/procurements/<reference>/tender/notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def notice(reference: str) -> Answer:
    """Record the notice and open the competition."""
    lot = lot_to_edit(reference)
    procurement = lot.procurement
    planned = lot.timetable
    form = NoticeForm(
        data={
            "ocid": procurement.ocid,
            "version": procurement.version,
            "published_on": planned.notice_on if planned else today(),
            "closes_at": planned.closes_at if planned else None,
            "circumstance": planned.circumstance or None if planned else None,
        }
    )
    asks_how = procurement.regime is Regime.PA2023 and procurement.kind is not ContractKind.LIGHT_TOUCH
    asks_how = asks_how and procurement.route is not Route.SCHEME
    if not asks_how:
        del form.circumstance

    def keep() -> None:
        actions.publish_notice(
            lot, reference=form.reference.data or "", published_on=form.published_on.data,
            closes_at=form.closes_at.data, ocid=form.ocid.data or "",
            circumstance=Circumstance(form.circumstance.data) if asks_how else None, by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash(f"The competition is open. Bids are due by {words.moment(form.closes_at.data)}.")
        for said in deadline_warnings(basis_of(lot, form.published_on.data, form.closes_at.data), planning_england()):
            flash(said, "warning")
        return _home(lot)
    ahead = ahead_of(lot, today()) if lot.stage is Stage.PREPARING else None
    stops = [check for check in ahead.checks if not check.is_done and check.page != "tender.notice"] if ahead else []
    floor = actions.time_floor(lot, form.published_on.data or today())
    return lot_page("notice", lot, form=form, is_task=True, stops=stops, floor=floor), status_of(form)


@pages.route("/procurements/<reference>/tender/suppliers", methods=["GET", "POST"])
@enter(Role.OFFICER)
def invitations(reference: str) -> Answer:
    """List the suppliers to ask for a quote."""
    lot = lot_to_edit(reference)
    form = InviteForm()
    particulars = Particulars(
        name=form.name.data or "", email=form.email.data or "", contact_name=form.contact_name.data or "",
        company_number=form.company_number.data or "", charity_number=form.charity_number.data or "",
    )  # fmt: skip
    form.known_id.choices = offered(particulars) if form.is_submitted() else []

    def keep() -> None:
        chosen, by, at = form.known_id.data, signed_in(), now()
        with actions.listing(lot, by=by, at=at):
            supplier = supplier_for(
                particulars, use=int(chosen) if chosen and chosen != ANOTHER else None, is_another=chosen == ANOTHER,
                by=by, at=at, is_example=lot.procurement.is_example,
            )  # fmt: skip
            actions.invite(lot, supplier, by=by, at=at)

    if save(form, keep, file=reference):
        flash(f"{particulars.name} is on the list.")
        return redirect(url_for(".invitations", reference=reference))
    needed = quotes_needed(lot.procurement, today())
    waived = waived_words(lot.procurement, today())
    return lot_page(
        "invitations", lot, form=form, is_task=True, needed=needed, waived=waived, plain=PlainForm()
    ), status_of(form)


@pages.post("/procurements/<reference>/tender/suppliers/<int:place>/strike-off")
@enter(Role.OFFICER)
def strike_off(reference: str, place: int) -> Response:
    """Take a supplier off the list."""
    lot = lot_to_edit(reference)
    if not 1 <= place <= len(lot.invitations):
        abort(404)
    actions.strike_off(lot.invitations[place - 1], by=signed_in(), at=now())
    flash("The supplier is off the list.")
    return redirect(url_for(".invitations", reference=reference))
