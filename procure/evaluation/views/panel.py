"""The panel: who is on it, what each declares, what is decided about an interest, scores opened again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash
from sqlalchemy import select

from procure.evaluation import actions
from procure.evaluation.facts import assessed_of, bids_of, interests_in, panel_of
from procure.evaluation.forms import NO, YES, OutcomeForm, PanelForm, ReopenForm, declaration_form
from procure.evaluation.models import PanelMember
from procure.evaluation.rules import EvaluatorRole, InterestOutcome
from procure.evaluation.views.fetching import Answer, lot_to_change, lot_to_read, member_at, own_place, page, pages, to
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, global_roles_of, post_names_of, roles_of, signed_in
from procure.people.models import Person
from procure.people.rules import PostKind, Role, grant_problem
from procure.procurement.models import Lot
from procure.saving import save, status_of

DAYS_TO_SCORE, DAYS_TO_AGREE = 14, 28
"""Offered from today on: ten working days each, as the usual timetable has it."""


@pages.route("/procurements/<reference>/evaluation/panel", methods=["GET", "POST"])
@enter(Role.OFFICER)
def panel(reference: str) -> Answer:
    """Say who scores and who moderates, and by when."""
    lot = lot_to_change(reference)
    form = _panel_form(lot)

    def keep() -> None:
        actions.name_panel(
            lot, evaluators=_people(form.evaluators.data), moderators=_people([form.moderator.data or ""]),
            scores_due_on=form.scores_due_on.data, agree_due_on=form.agree_due_on.data, by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: _panel_form(lot, posted=False)):
        flash("The panel is saved, and each new member has a letter. None of them may decide on the award.")
        return to("index", lot)
    return page("panel", lot, form=form, is_task=True), status_of(form)


def _panel_form(lot: Lot, *, posted: bool = True) -> PanelForm:
    evaluation = lot.evaluation
    assert evaluation is not None
    members = evaluation.serving
    named = [str(one.person_id) for one in members if one.role is EvaluatorRole.EVALUATOR]
    chairs = [str(one.person_id) for one in members if one.role is EvaluatorRole.MODERATOR]
    given = {
        "evaluators": named, "moderator": chairs[0] if chairs else None, "version": evaluation.version,
        "scores_due_on": evaluation.scores_due_on or today() + timedelta(days=DAYS_TO_SCORE),
        "agree_due_on": evaluation.agree_due_on or today() + timedelta(days=DAYS_TO_AGREE),
    }  # fmt: skip
    form = PanelForm(data=given) if posted else PanelForm(formdata=None, data=given)
    form.evaluators.choices = _may(Role.EVALUATOR, lot, named)
    form.moderator.choices = _may(Role.MODERATOR, lot, chairs)
    return form


def _may(role: Role, lot: Lot, named: list[str]) -> list[tuple[str, str]]:
    """Who may be asked: those who hold the role first, then everybody who could be given it on this file."""
    people = db.session.scalars(select(Person).where(Person.is_active).order_by(Person.name))
    found = [one for one in people if str(one.id) in named or _could(one, role, lot)]
    found.sort(key=lambda one: role not in roles_of(one, today(), lot.procurement_id))
    return [(str(one.id), ", ".join([one.name, *post_names_of(one, today())[:1]])) for one in found]


def _could(person: Person, role: Role, lot: Lot) -> bool:
    """Whether somebody could be given the role. Councillors, and whoever decides on the award, are left out."""
    others = global_roles_of(person, today())
    held = [holding.post.kind for holding in person.holdings if holding.covers(today())]
    if role in roles_of(person, today(), lot.procurement_id):
        return True
    if Role.DECIDER in others or PostKind.MEMBER in held:
        return False
    problem = grant_problem(role, others=others, on_one_file=True, is_own=False, by_administrator=False)
    return problem is None


def _people(keys: list[str]) -> list[Person]:
    wanted = [int(key) for key in keys if key]
    return list(db.session.scalars(select(Person).where(Person.id.in_(wanted)).order_by(Person.id)))


@pages.route("/procurements/<reference>/evaluation/declaration", methods=["GET", "POST"])
@enter()
def declare(reference: str) -> Answer:
    """Declare, bidder by bidder, whether one has an interest, before a bid is seen."""
    lot = lot_to_read(reference)
    member = own_place(lot)
    bids = assessed_of(bids_of(lot))
    form = _declaration(member, bids)

    def keep() -> None:
        said = {bid.id: form[f"what_{bid.id}"].data if form[f"bid_{bid.id}"].data == YES else "" for bid in bids}
        actions.declare(
            member, {key: what or "" for key, what in said.items()}, by=signed_in(), at=now(), sees=form.version.data
        )

    if bids and member.left_at is None and save(form, keep, file=lot.procurement.reference):
        waits = interests_in([member])
        flash("Your interest is recorded. The officer decides about it." if waits else "Your declaration is recorded.")
        return to("index", lot)
    return page("declare", lot, form=form, bids=bids, member=member, is_task=True), status_of(form)


def _declaration(member: PanelMember, bids: list[Any]) -> Any:
    given: dict[str, Any] = {"version": member.version}
    for one in member.declarations:
        given |= {f"bid_{one.bid_id}": YES if one.interest else NO, f"what_{one.bid_id}": one.interest}
    return declaration_form(bids)(data=given)


@pages.get("/procurements/<reference>/evaluation/interests")
@enter(Role.OFFICER)
def interests(reference: str) -> Answer:
    """Every declared interest; on to the first that waits, where there is one."""
    lot = lot_to_change(reference)
    members = panel_of(lot)
    waits = interests_in(members)
    if waits:
        return to("interest", lot, key=waits[0].id)
    return page("interests", lot, is_task=True, members=members)


@pages.route("/procurements/<reference>/evaluation/interests/<int:key>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def interest(reference: str, key: int) -> Answer:
    """Decide whether a member with an interest may take part."""
    lot = lot_to_change(reference)
    assert lot.evaluation is not None
    found = next(
        (one for member in lot.evaluation.panel for one in member.declarations if one.id == key and one.interest), None
    )
    if found is None:
        abort(404)
    form = OutcomeForm(
        data={
            "outcome": found.outcome.value if found.outcome else None,
            "reason": found.reason,
            "version": found.version,
        }
    )

    def keep() -> None:
        outcome = InterestOutcome(form.outcome.data)
        actions.decide_interest(found, outcome, form.reason.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference):
        flash("Your decision about the interest is recorded.")
        return to("index", lot)
    return page("interest", lot, form=form, one=found, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/evaluation/panel/<int:key>/reopen", methods=["GET", "POST"])
@enter(Role.OFFICER)
def reopen(reference: str, key: int) -> Answer:
    """Open an evaluator's locked scores again, with the reason."""
    lot = lot_to_change(reference)
    member = member_at(lot, key)
    form = ReopenForm(data={"version": member.version})

    def keep() -> None:
        actions.reopen_scores(member, form.because.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference):
        flash(f"{member.person.name} can change the scores again.")
        return to("index", lot)
    return page("reopen", lot, form=form, member=member, is_task=True), status_of(form)
