"""Fetching a decision and the right to read it or run it, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import abort
from sqlalchemy import ColumnElement, false, func, or_, select, true

from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.authority.publishing_models import PaperAccess
from procure.authority.rules import Interest
from procure.authority.rules.kinds import PaperStanding
from procure.documents.models import Paper
from procure.extensions import db
from procure.people.access import may_read_every_file, posts_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Procurement
from procure.refusals import Refusal


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


def views_of(person: Person, decision: Decision, day: date) -> list[ConsulteeView]:
    """The reader's own views: one for each post they act for, or stand in as. Who acts for two is asked twice."""
    posts = posts_of(person, day)
    return [view for view in decision.views if (view.substitute_post_id or view.post_id) in posts]


def view_to_give(person: Person, decision: Decision, day: date, number: int | None = None) -> ConsulteeView:
    """The view with this number, else the first that the reader still owes. 403 where they aren't asked."""
    mine = views_of(person, decision, day)
    if number is not None:
        mine = [view for view in mine if view.id == number]
    owed = [view for view in mine if view.answered_at is None]
    if not mine:
        abort(403)
    return (owed or mine)[0]


def has_stepped_aside(person: Person, decision: Decision, day: date) -> bool:
    """Whether the reader declared an interest as a consultee without a dispensation, or a substitute answers instead.

    Who steps aside doesn't see what isn't open to the public.
    """
    posts, takes_part, is_aside = posts_of(person, day), {decision.post_id}, False
    takes_part |= {one.post_id for one in decision.clearances}
    for view in decision.views:
        answering = view.substitute_post_id or view.post_id
        if answering in posts and view.interest is Interest.DECLARED and not view.dispensation_text:
            return True
        takes_part.add(answering)
        is_aside = is_aside or (view.post_id in posts and answering not in posts)
    return is_aside and not posts & takes_part and not runs(person, decision, day)


class SteppedAside(Refusal):
    """Who has an interest in a decision is not shown the papers that are closed to the public."""


def must_not_have_stepped_aside(person: Person, reference: str, day: date, paper: Paper | None = None) -> None:
    """Refuse a paper, or all of a file's at once, to who stepped aside; what is open to the public stays open."""
    if not _steps_aside_on(person, reference, day) or (paper is not None and _is_open(paper)):
        return
    raise SteppedAside(
        "You stepped aside from a decision on this file, so papers that aren’t open to the public are closed to you.",
        who_can="The case officer can record a dispensation, if the head of paid service grants one.",
    )


def papers_open_to(person: Person, decision: Decision, papers: Sequence[Paper], day: date) -> list[Paper]:
    """Of the papers before a decision, those that the reader may open."""
    if not has_stepped_aside(person, decision, day):
        return list(papers)
    return [paper for paper in papers if _is_open(paper)]


def _steps_aside_on(person: Person, reference: str, day: date) -> bool:
    about = (
        select(Decision)
        .join(Procurement, Decision.procurement_id == Procurement.id)
        .where(Procurement.reference == reference)
        .order_by(Decision.id)
    )
    return any(has_stepped_aside(person, decision, day) for decision in db.session.scalars(about))


def _is_open(paper: Paper) -> bool:
    opened = select(PaperAccess.id).where(PaperAccess.paper_id == paper.id, PaperAccess.standing == PaperStanding.OPEN)
    return db.session.scalar(opened.limit(1)) is not None


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
