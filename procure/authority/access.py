"""Fetching a decision and the right to read it or run it, in one call."""

from __future__ import annotations

from datetime import date

from flask import abort
from sqlalchemy import ColumnElement, false, func, or_, select, true

from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.extensions import db
from procure.people.access import may_read_every_file, posts_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role


def may_read(person: Person, decision: Decision, day: date) -> bool:
    """Readers of every file, the case officer, and the posts that decide, are consulted, stand in or comment.

    Whoever signed or prepared it may read it ever after.
    """
    if may_read_every_file(person, day) or runs(person, decision, day):
        return True
    if person.id in (decision.signed_by_id, decision.prepared_by_id):
        return True
    involved = {decision.post_id, *(one.post_id for one in decision.clearances)}
    for view in decision.views:
        involved |= {view.post_id, view.substitute_post_id or view.post_id}
    return bool(posts_of(person, day) & involved)


def runs(person: Person, decision: Decision, day: date) -> bool:
    """Whether a person prepares this decision: a procurement officer on its file."""
    return Role.OFFICER in roles_of(person, day, decision.procurement_id)


def decides(person: Person, decision: Decision, day: date) -> bool:
    """Whether a person holds the post that decides."""
    return decision.post_id in posts_of(person, day)


def decision_for(person: Person, reference: str, day: date) -> Decision:
    """The decision with this reference, if the person may read it. 404 for both kinds of no."""
    found = db.session.scalars(select(Decision).where(Decision.reference == reference)).one_or_none()
    if found is None or not may_read(person, found, day):
        abort(404)
    return found


def decision_to_run(person: Person, reference: str, day: date) -> Decision:
    """The decision, for its case officer. 403 where it may only be read."""
    found = decision_for(person, reference, day)
    if not runs(person, found, day):
        abort(403)
    return found


def decision_to_decide(person: Person, reference: str, day: date) -> Decision:
    """The decision, for whoever holds the deciding post. 403 where it may only be read."""
    found = decision_for(person, reference, day)
    if not decides(person, found, day):
        abort(403)
    return found


def view_to_give(person: Person, decision: Decision, day: date) -> ConsulteeView:
    """The reader's own view: by their post, or as a substitute. 403 where they aren't asked."""
    posts = posts_of(person, day)
    for view in decision.views:
        if (view.substitute_post_id or view.post_id) in posts:
            return view
    abort(403)


def is_readable(person: Person, day: date) -> ColumnElement[bool]:
    """`may_read` as the condition of a query over `Decision`: the same answer for every decision, in one go."""
    if may_read_every_file(person, day):
        return true()
    posts = posts_of(person, day)
    runs_files = {grant.procurement_id for grant in person.grants if grant.role is Role.OFFICER and grant.covers(day)}
    asked = func.coalesce(ConsulteeView.substitute_post_id, ConsulteeView.post_id)
    viewed = select(ConsulteeView.decision_id).where(or_(ConsulteeView.post_id.in_(posts), asked.in_(posts)))
    commented = select(Clearance.decision_id).where(Clearance.post_id.in_(posts))
    return or_(
        Decision.signed_by_id == person.id,
        Decision.prepared_by_id == person.id,
        Decision.post_id.in_(posts),
        Decision.id.in_(viewed),
        Decision.id.in_(commented),
        Decision.procurement_id.in_(runs_files),
        Decision.procurement_id.is_(None) if runs_files else false(),
    )


def readable_decisions(person: Person, day: date) -> list[Decision]:
    """All decisions a person may read, newest first."""
    return list(db.session.scalars(select(Decision).where(is_readable(person, day)).order_by(Decision.id.desc())))
