"""What call-in and publication leave to be done, for whoever keeps their record, and the days they bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from procure.authority.call_in import Effect, EffectState
from procure.authority.decision_effect import effect_of_decision
from procure.authority.meeting_facts import effect_of_meeting, label_of
from procure.authority.models import Decision, Meeting
from procure.authority.publishing_facts import undecided
from procure.authority.publishing_rules import publish_by
from procure.authority.rules import DecisionState
from procure.council.law import england
from procure.extensions import db
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.procurement.rules import Waiting

LOOKS_BACK = timedelta(days=90)
"""How long after its publication a decision that nobody called in may still be in its call-in."""


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For Democratic services: decisions to publish, scrutiny to arrange, its result, call-in periods that end."""
    roles = global_roles_of(person, today)
    found: list[Waiting] = []
    if Role.DEMOCRATIC_SERVICES in roles:
        for of, effect in _open(today):
            found += _of_call_in(of, effect, today)
        found += _to_publish(person)
        found += _papers_of_meetings(today)
    return found


def _open(today: date) -> Iterator[tuple[Meeting | Decision, Effect]]:
    """What is in its call-in, or called in, today."""
    found: list[tuple[Meeting | Decision, Effect]] = []
    found += [
        (row, effect_of_meeting(row, today))
        for row in db.session.scalars(select(Meeting).where(_may_be_open(Meeting, today)))
    ]
    found += [
        (row, effect_of_decision(row, today))
        for row in db.session.scalars(select(Decision).where(_may_be_open(Decision, today)))
    ]
    yield from (one for one in found if one[1].state in (EffectState.OPEN, EffectState.CALLED_IN))


def _may_be_open(kind: type[Meeting] | type[Decision], today: date) -> ColumnElement[bool]:
    return and_(
        kind.published_on.is_not(None), kind.call_in_result.is_(None),
        or_(kind.called_in_on.is_not(None), kind.published_on > today - LOOKS_BACK),
    )  # fmt: skip


def _of_call_in(of: Meeting | Decision, effect: Effect, today: date) -> Iterator[Waiting]:
    kind = "meetings" if isinstance(of, Meeting) else "decisions"
    file = label_of(of) if isinstance(of, Meeting) else f"{of.title}, {of.reference}"

    def task(what: str, endpoint: str, day: date | None, who: str = "") -> Waiting:
        href = url_for(f"call_in.{endpoint}", kind=kind, reference=of.reference)
        return Waiting(what, href, file, day, kind="owed" if who else "task", who=who, is_example=of.is_example)

    if effect.state is EffectState.OPEN:
        if effect.ends_on:
            yield task("The end of the call-in", "record", effect.ends_on, who="Members")
    elif of.scrutiny_on is None:
        yield task("Arrange the scrutiny of a call-in", "scrutiny", effect.scrutiny_by)
    elif of.scrutiny_on <= today:
        yield task("Record what came of the call-in", "end", of.scrutiny_on)


def _to_publish(person: Person) -> Iterator[Waiting]:
    """Signed decisions that nobody has published; where the person is the case officer they have that task already."""
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.state == DecisionState.SIGNED, Decision.published_on.is_(None))
        .options(selectinload(Decision.procurement))
    )
    for row in rows:
        officer_id = row.procurement.officer_id if row.procurement else row.prepared_by_id
        if officer_id == person.id or row.signed_on is None:
            continue
        yield Waiting(
            f"Publish the decision: {row.title[:1].lower()}{row.title[1:]}",
            url_for("authority.publish", reference=row.reference), f"{row.title}, {row.reference}",
            publish_by(row.signed_on, england()), is_example=row.is_example,
        )  # fmt: skip


def _papers_of_meetings(today: date) -> Iterator[Waiting]:
    """Meetings whose decision is published while nobody has said whether the public may read the report."""
    rows = db.session.scalars(select(Meeting).where(Meeting.published_on > today - LOOKS_BACK))
    for row in rows:
        if undecided(row):
            yield Waiting(
                "Say whether the public may read the report",
                url_for("publishing.papers", kind="meetings", reference=row.reference), label_of(row), row.published_on,
                is_example=row.is_example,
            )  # fmt: skip


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Days to come of the published decisions about a lot: call-in ends, scrutiny meets, it takes effect."""
    found: list[tuple[date, str]] = []
    rows = select(Decision).where(Decision.lot_id == lot.id, Decision.published_on.is_not(None))
    for decision in db.session.scalars(rows):
        effect = effect_of_decision(decision, today)
        if effect.state is EffectState.OPEN and effect.ends_on and effect.in_force_from:
            found.append((effect.ends_on, "Call-in of the decision ends"))
            found.append((effect.in_force_from, "The decision takes effect"))
        if effect.state is EffectState.CALLED_IN:
            day = decision.scrutiny_on or effect.scrutiny_by
            found += [(day, "Scrutiny meets on the call-in")] if day else []
    return found
