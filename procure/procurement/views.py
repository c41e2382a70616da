"""A file's own pages: the list, the overview, what is bought, its people, its history, and its pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.audit.history import history_of
from procure.award.route_facts import decided_ending, ending_of, owes_termination
from procure.award.route_rules import MAY_END, EndingState
from procure.extensions import db
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, holders_of, roles_of, signed_in
from procure.people.actions import end_role, grant_role
from procure.people.models import Person, Post, RoleGrant
from procure.people.rules import Role
from procure.procurement import actions
from procure.procurement.access import (
    lot_for,
    may_change,
    procurement_for,
    procurement_to_change,
    procurement_to_steer,
    readable,
)  # fmt: skip
from procure.procurement.forms import FileRoleForm, LotsForm, MoneyForm, NeedForm, NewFileForm, ReasonForm, WayForm
from procure.procurement.models import Lot, Procurement
from procure.procurement.picture import file_frame, pace, slowest_of, steps_of, tasks_of, where_to_move
from procure.procurement.rules import ContractKind, Procedure, Route, Stage
from procure.procurement.stages import BEFORE_LOTS, STANDING_STILL, Move, is_relied_on, moves_from
from procure.refusals import Refusal
from procure.saving import save, status_of

pages = Blueprint("procurement", __name__)

FILE_ROLES = (
    Role.OFFICER, Role.EVALUATOR, Role.MODERATOR, Role.LEGAL, Role.FINANCE, Role.BUDGET_HOLDER, Role.CONSULTEE,
)  # fmt: skip


@pages.app_template_global("file_frame")
def _file_frame(procurement: Procurement, page: str, lot: Lot | None = None) -> Any:
    return file_frame(procurement, page, today(), lot)


@pages.get("/procurements")
@enter()
def index() -> str:
    """All files the reader may open, those still going first."""
    files = readable(signed_in(), today())
    over = (Stage.CLOSED, Stage.ABANDONED, Stage.CONTRACTED)
    return render_template(
        "procurement/index.html",
        going=[file for file in files if file.stage not in over],
        over=[file for file in files if file.stage in over],
        may_open=Role.OFFICER in roles_of(signed_in(), today()),
    )


@pages.route("/procurements/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new() -> str | Response | tuple[str, int]:
    """Open a file that follows no contract of ours."""
    form = NewFileForm(route=Route.CABINET.value)
    if form.validate_on_submit():
        opened = actions.open_file(
            title=form.title.data, route=Route(form.route.data), officer=signed_in(), by=signed_in(), at=now()
        )
        return redirect(url_for(".need", reference=opened.reference))
    return render_template("procurement/new.html", form=form), 422 if form.errors else 200


@pages.get("/procurements/<reference>")
@enter()
def overview(reference: str) -> str:
    """What is missing before the next move, and the journey; of a divided file, how far each lot is."""
    procurement = procurement_for(signed_in(), reference, today())
    lot = _lot_of(procurement, reference)
    if lot is None:
        return _lots_overview(procurement)
    ahead, form_page = where_to_move(lot, today())
    changes = may_change(signed_in(), procurement, today())
    return render_template(
        "procurement/overview.html",
        procurement=procurement,
        page="overview",
        lot=lot,
        ahead=ahead,
        form_page=form_page,
        tasks=tasks_of(ahead, lot.reference) if ahead else [],
        steps=steps_of(lot, today()),
        pace=pace(lot, today()),
        may_change=changes,
        stands_still=lot.stage in STANDING_STILL,
        aside=_aside(lot) if changes else [],
        can_end=lot.stage in MAY_END,
        **_ending(lot),
    )


def _aside(lot: Lot) -> list[Move]:
    """The moves off the journey that need only a reason. A competition ends on pages of its own, with a decision."""
    found = moves_from(lot.stage, {Role.OFFICER}, lot.procurement.route)
    return [
        move
        for move in found
        if move.needs_reason and not move.of_lot and not (move.name == "abandon" and lot.stage in MAY_END)
    ]


def _ending(lot: Lot) -> dict[str, Any]:
    """How the lot's competition ended without a contract, or is proposed to end."""
    newest, ended = ending_of(lot), decided_ending(lot) if lot.stage is Stage.ABANDONED else None
    return {
        "ended": ended,
        "proposed": newest if newest is not None and newest.state is EndingState.PROPOSED else None,
        "termination": notice_of(lot, NoticeKind.TERMINATION),
        "owes_termination": owes_termination(lot),
    }


def _lot_of(procurement: Procurement, reference: str) -> Lot | None:
    """The lot an address is about; None for a divided file as a whole, once each lot goes its own way."""
    together = procurement.stage in BEFORE_LOTS and procurement.stage is not Stage.PREPARING
    if reference == procurement.reference:
        return procurement.only_lot if procurement.only_lot.is_only or together else None
    return lot_for(signed_in(), reference, today())


def _lots_overview(procurement: Procurement) -> str:
    changes = may_change(signed_in(), procurement, today())
    aheads = [(lot, where_to_move(lot, today())[0]) for lot in procurement.lots]
    return render_template(
        "procurement/lots_overview.html", procurement=procurement, page="overview", aheads=aheads, may_change=changes,
        may_divide=all(lot.stage in BEFORE_LOTS for lot in procurement.lots), standing_still=STANDING_STILL,
    )  # fmt: skip


@pages.route("/procurements/<reference>/lots", methods=["GET", "POST"])
@enter(Role.OFFICER)
def lots(reference: str) -> str | Response | tuple[str, int]:
    """Divide the purchase into lots."""
    procurement = procurement_to_change(signed_in(), reference, today())
    standing = [] if procurement.only_lot.is_only else procurement.lots

    def fresh(**given: Any) -> LotsForm:
        rows = [{"title": lot.title, "annual_net": lot.annual_net} for lot in standing]
        return LotsForm(data={"version": procurement.version, "lots": rows}, **given)

    form = fresh()

    def answer() -> str:
        return render_template("procurement/lots.html", procurement=procurement, page="overview", is_task=True,
                               form=form)  # fmt: skip

    if request.method == "POST" and "another" in request.form:
        form.offer_another()
        return answer()

    def keep() -> None:
        lines = [
            actions.LotLine(row.title.data, row.annual_net.data)
            for row in (entry.form for entry in form.lots)
            if not row.is_empty
        ]
        actions.divide(procurement, lines, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=procurement.reference, fresh=lambda: fresh(formdata=None)):
        flash("The lots are saved." if not procurement.only_lot.is_only else "The purchase is one, without lots.")
        return redirect(url_for(".overview", reference=procurement.reference))
    return answer(), status_of(form)


@pages.post("/procurements/<reference>/move")
@enter(Role.OFFICER)
def move(reference: str) -> Response:
    """Make the move ahead; the page said beforehand whether it can be made."""
    procurement = procurement_to_change(signed_in(), reference, today())
    lot = _lot_of(procurement, reference) or procurement.only_lot
    ahead, _ = where_to_move(lot, today())
    if ahead is None or ahead.move.name != request.form.get("move"):
        flash("The file has moved on since you opened the page.", "warning")
        return redirect(url_for(".overview", reference=reference))
    actions.move(lot, ahead.move.name, by=signed_in(), at=now())
    flash(f"You {ahead.move.past}.")
    return redirect(url_for(".overview", reference=reference))


ASIDE = {"pause": "pause", "take-up-again": "take up again", "send-back": "send back a stage", "abandon": "abandon"}


@pages.route("/procurements/<reference>/<any('pause', 'take-up-again', 'send-back', 'abandon'):step>",
             methods=["GET", "POST"])  # fmt: skip
@enter(Role.OFFICER)
def step_aside(reference: str, step: str) -> str | Response | tuple[str, int]:
    """Pause a file, take it up again, send it back a stage or abandon it, each with a reason."""
    procurement = procurement_to_steer(signed_in(), reference, today())
    lot = _lot_of(procurement, reference) or slowest_of(procurement)
    stage = lot.stage
    if request.method == "GET" and ASIDE[step] not in [move.name for move in moves_from(stage)]:
        flash(f"You can’t {ASIDE[step]} now. The file stands at: {stage.label}.", "warning")
        return redirect(url_for(".overview", reference=reference))
    form = ReasonForm(version=procurement.version)
    if form.validate_on_submit():
        try:
            actions.move(
                lot, ASIDE[step], by=signed_in(), at=now(), note=form.reason.data,
                sees=form.version.data,
            )  # fmt: skip
        except actions.MoveRefused as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            flash("Done. The reason is in the history.")
            return redirect(url_for(".overview", reference=reference))
    answer = render_template(
        "procurement/aside.html", procurement=procurement, lot=lot, page="overview", is_task=True, form=form, step=step
    )
    return answer, 422 if form.errors or form.form_errors else 200


POSTS = ("lead_post_id", "director_post_id", "portfolio_post_id")


def _posts() -> list[tuple[str, str]]:
    return [(str(post.id), post.name) for post in db.session.scalars(select(Post).order_by(Post.name))]


@pages.route("/procurements/<reference>/need", methods=["GET", "POST"])
@enter(Role.OFFICER)
def need(reference: str) -> str | Response | tuple[str, int]:
    """What is needed, why, and who answers for it."""
    procurement = procurement_to_change(signed_in(), reference, today())

    def form(**given: Any) -> NeedForm:
        made = NeedForm(obj=procurement, **given)
        for name in POSTS:
            made[name].choices = _posts()
        return made

    return _describe(procurement, form, "procurement/need.html", POSTS)


@pages.route("/procurements/<reference>/value", methods=["GET", "POST"])
@enter(Role.OFFICER)
def value(reference: str) -> str | Response | tuple[str, int]:
    """Value and term: the most the council could pay."""
    procurement = procurement_to_change(signed_in(), reference, today())

    def form(**given: Any) -> MoneyForm:
        made = MoneyForm(obj=procurement, **given)
        if not procurement.estimates:
            del made.why_estimated_anew
        return made

    return _describe(procurement, form, "procurement/value.html", ())


@pages.route("/procurements/<reference>/particulars", methods=["GET", "POST"])
@enter(Role.OFFICER)
def particulars(reference: str) -> str | Response | tuple[str, int]:
    """How it will be bought, and the answers that the law asks to record."""
    procurement = procurement_to_change(signed_in(), reference, today())

    def form(**given: Any) -> WayForm:
        made = WayForm(obj=procurement, **given)
        is_fresh = request.method == "GET" or "formdata" in given
        if is_fresh and procurement.is_recharged_to_leaseholders is not None:
            made.is_recharged_to_leaseholders.data = "yes" if procurement.is_recharged_to_leaseholders else "no"
        return made

    return _describe(procurement, form, "procurement/particulars.html", ())


NOT_FACTS = ("once", "version", "csrf_token", "reason")


MAY_BE_EMPTY = ("cpv", "aggregated_text", "why_estimated_anew")


def _kept(name: str, value: Any) -> Any:
    """What a field brings, words that may be left out as empty ones."""
    return value or "" if name in MAY_BE_EMPTY else value


def _describe(
    procurement: Procurement, form_of: Callable[..., Any], template: str, numbers: tuple[str, ...]
) -> str | Response | tuple[str, int]:
    form = form_of()
    asks_why = is_relied_on(procurement.stage)
    if not asks_why:
        del form.reason

    def keep() -> None:
        facts = {name: _kept(name, value) for name, value in form.data.items() if name not in NOT_FACTS}
        for name in numbers:
            facts[name] = int(facts[name]) if facts[name] else None
        for name, choice in (("kind", ContractKind), ("procedure", Procedure)):
            if name in facts:
                facts[name] = choice(facts[name])
        if "is_recharged_to_leaseholders" in facts:
            facts["is_recharged_to_leaseholders"] = facts["is_recharged_to_leaseholders"] == "yes"
        note = form.reason.data if asks_why else None
        actions.describe(procurement, by=signed_in(), at=now(), sees=form.version.data, note=note, **facts)

    if save(form, keep, file=procurement.reference, fresh=lambda: form_of(formdata=None)):
        flash("Saved.")
        return redirect(url_for(".overview", reference=procurement.reference))
    answer = render_template(template, procurement=procurement, page="overview", is_task=True, form=form)
    return answer, status_of(form)


@pages.route("/procurements/<reference>/people", methods=["GET", "POST"])
@enter()
def people(reference: str) -> str | Response | tuple[str, int]:
    """Who has which part in this file."""
    fetch = procurement_to_change if request.method == "POST" else procurement_for
    procurement = fetch(signed_in(), reference, today())
    form = FileRoleForm()
    form.person_id.choices = [
        (str(person.id), person.name)
        for person in db.session.scalars(select(Person).where(Person.is_active).order_by(Person.name))
    ]
    form.role.choices = [(role.value, role.label) for role in FILE_ROLES]
    if form.validate_on_submit():
        person = db.session.get_one(Person, int(form.person_id.data))
        try:
            grant_role(person, Role(form.role.data), procurement=procurement, by=signed_in(), at=now())
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            flash(f"{person.name} has the role {Role(form.role.data).label.lower()} on this file.")
            return redirect(url_for(".people", reference=reference))
    grants = [
        grant
        for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.procurement_id == procurement.id))
        if grant.covers(today())
    ]
    answer = render_template(
        "procurement/people.html", procurement=procurement, page="people", form=form, grants=grants,
        readers=holders_of(Role.AUDITOR, today()), may_change=may_change(signed_in(), procurement, today()),
    )  # fmt: skip
    return answer, 422 if form.errors or form.form_errors else 200


@pages.post("/procurements/<reference>/people/<int:number>/end")
@enter(Role.OFFICER)
def end_file_role(reference: str, number: int) -> Response:
    """End somebody's role on this file from today."""
    procurement = procurement_to_change(signed_in(), reference, today())
    grant = db.one_or_404(select(RoleGrant).where(RoleGrant.id == number, RoleGrant.procurement_id == procurement.id))
    end_role(grant, by=signed_in(), at=now())
    flash("The role has ended.")
    return redirect(url_for(".people", reference=reference))


@pages.get("/procurements/<reference>/history")
@enter()
def history(reference: str) -> str:
    """All that was done on this file, in sentences."""
    procurement = procurement_for(signed_in(), reference, today())
    return render_template(
        "procurement/history.html",
        procurement=procurement,
        page="history",
        days=history_of(procurement.reference),
    )
