"""Naming the panel: each member gets the role on this file and a letter, and loses the role when taken off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from procure.audit.actions import Actor
from procure.evaluation.actions.changing import changing
from procure.evaluation.models import Evaluation, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.people.actions import RoleRefused, end_role, grant_role
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.refusals import Refusal

ROLE = {EvaluatorRole.EVALUATOR: Role.EVALUATOR, EvaluatorRole.MODERATOR: Role.MODERATOR}
FIELD = {EvaluatorRole.EVALUATOR: "evaluators", EvaluatorRole.MODERATOR: "moderator"}


class BadPanel(Refusal):
    """The same person twice, nobody, or somebody who may not have the role."""


def name_panel(
    lot: Lot,
    *,
    evaluators: Sequence[Person],
    moderators: Sequence[Person],
    scores_due_on: date | None = None,
    agree_due_on: date | None = None,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say who scores and who moderates, and by when. Nobody does both, and neither may decide on the award."""
    with changing(lot, "named the evaluation panel", by=by, at=at, sees=sees) as evaluation:
        wanted = _wanted(evaluators, moderators)
        if scores_due_on and agree_due_on and agree_due_on < scores_due_on:
            raise BadPanel("Scores are agreed after they are in. Enter a later day.", field="agree_due_on")
        evaluation.scores_due_on = scores_due_on or evaluation.scores_due_on
        evaluation.agree_due_on = agree_due_on or evaluation.agree_due_on
        people = {one.id: one for one in (*evaluators, *moderators)}
        for member in list(evaluation.panel):
            role = wanted.pop(member.person_id, None)
            if role is None:
                _take_off(member, by=by, at=at)
            elif member.left_at or member.role is not role:
                _take_role(member, by=by, at=at)
                member.role, member.left_at, member.finished_at = role, None, None
                _give(member, by=by, at=at)
        for person_id, role in wanted.items():
            member = PanelMember(evaluation=evaluation, person=people[person_id], role=role)
            db.session.add(member)
            db.session.flush()
            _give(member, by=by, at=at)
        db.session.flush()
        db.session.expire(evaluation, ["panel"])


def _wanted(evaluators: Sequence[Person], moderators: Sequence[Person]) -> dict[int, EvaluatorRole]:
    if not evaluators:
        raise BadPanel("Name at least one evaluator.", field="evaluators")
    both = {one.id for one in evaluators} & {one.id for one in moderators}
    for person in moderators:
        if person.id in both:
            raise BadPanel(f"{person.name} can’t score and moderate. Choose one.", field="moderator")
    wanted = dict.fromkeys((one.id for one in evaluators), EvaluatorRole.EVALUATOR)
    return wanted | dict.fromkeys((one.id for one in moderators), EvaluatorRole.MODERATOR)


def step_down(member: PanelMember, *, because: str, by: Actor, at: datetime) -> None:
    """Take a member off the panel for a conflict of interest. The declaration and any score stay on record."""
    with changing(
        member.evaluation.lot, f"took {member.person.name} off the panel", on=member, by=by, at=at, note=because
    ):
        _leave(member, by=by, at=at)
        db.session.flush()
        db.session.expire(member.evaluation, ["panel"])


def _take_off(member: PanelMember, *, by: Actor, at: datetime) -> None:
    """Somebody who did nothing yet goes without trace but in the trail; who declared or scored stays on record."""
    if member.left_at:
        return
    if member.declarations or member.scores:
        _leave(member, by=by, at=at)
        return
    _take_role(member, by=by, at=at)
    db.session.delete(member)


def _leave(member: PanelMember, *, by: Actor, at: datetime) -> None:
    member.left_at = at
    db.session.flush()
    _take_role(member, by=by, at=at)


def _give(member: PanelMember, *, by: Actor, at: datetime) -> None:
    """The role on this file, which opens it to them. The officer who names themself has the file anyhow."""
    lot, person, role = member.evaluation.lot, member.person, ROLE[member.role]
    is_own = isinstance(by, Person) and by.id == person.id
    has_it = any(
        one.role is role and one.procurement_id == lot.procurement_id and one.covers(legal_day(at))
        for one in person.grants
    )
    if not is_own and not has_it:
        try:
            grant_role(person, role, procurement=lot.procurement, by=by, at=at)
        except RoleRefused as refusal:
            raise BadPanel(f"{person.name}: {refusal.sentence}", field=FIELD[member.role]) from refusal
    write_to(member, at=at)


def _take_role(member: PanelMember, *, by: Actor, at: datetime) -> None:
    """End the role on this file, where no panel of another lot needs it."""
    file, role = member.evaluation.lot.procurement, ROLE[member.role]
    elsewhere = db.session.scalars(
        select(PanelMember.id)
        .join(Evaluation, PanelMember.evaluation_id == Evaluation.id)
        .join(Lot, Evaluation.lot_id == Lot.id)
        .where(
            Lot.procurement_id == file.id, PanelMember.person_id == member.person_id, PanelMember.role == member.role,
            PanelMember.left_at.is_(None), PanelMember.id != member.id,
        )
    ).first()  # fmt: skip
    if elsewhere is not None:
        return
    for grant in list(member.person.grants):
        if grant.role is role and grant.procurement_id == file.id and grant.covers(legal_day(at)):
            end_role(grant, by=by, at=at)
    db.session.flush()
    db.session.expire(member.person, ["grants"])


def write_to(member: PanelMember, *, at: datetime, again: str = "") -> None:
    """The letter that asks a member to declare, and then to score or to moderate. `again` names a later bidder."""
    lot, posts = member.evaluation.lot, post_names_of(member.person, legal_day(at))
    due = member.evaluation.scores_due_on if member.scores_bids else member.evaluation.agree_due_on
    name = "panel_declares_again" if again else "panel_named"
    facts = facts_about(lot) | {"is_evaluator": member.scores_bids, "due_on": due, "bidder": again}
    queue(
        name, to=member.person, facts=facts, about=lot.procurement.reference, at=at, to_post=posts[0] if posts else "",
        once=f"{name}:{lot.reference}:{member.id}:{again}:{at.isoformat()}",
    )  # fmt: skip


def facts_about(lot: Lot) -> dict[str, Any]:
    """Facts that every letter of this room shares."""
    return {
        "title": lot.full_title,
        "file": f"{lot.full_title}, {lot.reference}",
        "officer": lot.procurement.officer.name,
        "url": f"{current_app.config['PUBLIC_URL'].rstrip('/')}/procurements/{lot.reference}/evaluation",
    }
