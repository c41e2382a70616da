"""What meetings and resolutions tell the others: whether a decision is in force, what is still to be done, dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.authority.call_in import Effect, EffectState, Published, effect_of
from procure.authority.minutes import ResolvedFacts, limits_said, what_it_does
from procure.authority.models import Delegation, FollowUp, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionStatus
from procure.council.facts import RulesOn, call_in_days_on, rules_on
from procure.council.law import england
from procure.extensions import db
from procure.people.access import global_roles_of, posts_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Waiting

PUBLISH_WITHIN = timedelta(days=3)
"""Minutes are usually out two or three days after the meeting (domain 2.6)."""


def effect_of_meeting(meeting: Meeting, today: date, rules_for: RulesOn = rules_on) -> Effect:
    """Whether what a meeting decided is in force on a day."""
    return effect_of(published(meeting, rules_for), today, england())


def published(meeting: Meeting, rules_for: RulesOn = rules_on) -> Published:
    """What the record says of publication and call-in; the council's own days where the meeting has none."""
    days = meeting.call_in_days
    if days is None:
        days = call_in_days_on(meeting.published_on or meeting.held_on, rules_for)
    rules = rules_for(meeting.called_in_on or meeting.published_on or meeting.held_on)
    return Published(
        meeting.published_on, days, meeting.called_in_on, meeting.call_in_ended_on, meeting.call_in_result,
        meeting.scrutiny_on, rules.scrutiny_days if rules else None, meeting.call_in_waived,
    )  # fmt: skip


def groups_of(resolution: Resolution) -> list[list[Delegation]]:
    """The powers of a resolution, those together that differ in nothing but the act."""
    groups: dict[tuple[object, ...], list[Delegation]] = {}
    for row in resolution.delegations:
        key = (
            row.post_id, row.may_nominate, tuple(sorted(one.post_id for one in row.others)),
            tuple(sorted((one.post_id, one.mode) for one in row.consultees)), row.min_value_gross,
            row.max_value_gross, row.max_months, row.counterparty, row.scope, row.conditions, row.from_on,
            row.until_on, row.until_event, row.superseded_on,
        )  # fmt: skip
        groups.setdefault(key, []).append(row)
    return list(groups.values())


@dataclass(frozen=True)
class GivenPower:
    """One set of powers of a resolution, for its page."""

    sentence: str
    asked: tuple[tuple[str, str], ...]
    """How each consultee is asked, and which post it is."""
    within: tuple[str, ...]
    """The limits and what else the words ask, a sentence each."""
    superseded_on: date | None


def powers_given(resolution: Resolution) -> list[GivenPower]:
    """Every set of powers that a resolution gives, in words."""
    return [
        GivenPower(
            what_it_does(_facts(resolution, rows)),
            tuple((one.mode.label, one.post.name) for one in rows[0].consultees), tuple(_within(rows[0])),
            rows[0].superseded_on,
        )
        for rows in groups_of(resolution)
    ]  # fmt: skip


def _within(row: Delegation) -> Iterator[str]:
    if row.others:
        yield f"So may {words.joined([f'the {one.post.name}' for one in row.others], 'or')}, without the other."
    if row.may_nominate:
        yield "Its holder may name somebody to act."
    yield limits_said(row.max_value_gross, row.max_months)
    if row.min_value_gross is not None:
        yield f"Only from {words.pounds(row.min_value_gross)} including VAT."
    if row.counterparty:
        yield f"Only with {row.counterparty}."
    if row.scope:
        yield f"Only for {row.scope}."
    yield from (f"{words.sentence(line.rstrip('.'))}." for line in row.conditions.split("\n") if line)
    if row.from_on:
        yield f"From {words.day(row.from_on)}."
    if row.until_on:
        yield f"Until {words.day(row.until_on)}."
    if row.until_event:
        yield f"Until {row.until_event}."


def _facts(resolution: Resolution, rows: Sequence[Delegation]) -> ResolvedFacts:
    fences = resolution.ring_fences
    return ResolvedFacts(
        numeral=resolution.numeral, kind=resolution.kind, acts=tuple(row.act for row in rows),
        post=rows[0].post.name if rows else "",
        consultees=tuple(one.post.name for one in rows[0].consultees) if rows else (),
        file=resolution.procurement.title if resolution.procurement else "",
        option=resolution.option_number,
        ring_fence=fences[0].name if fences else "",
        purposes=tuple(one.words for one in fences[0].purposes) if fences else (),
    )  # fmt: skip


def does(resolution: Resolution) -> str:
    """What a resolution does, in one sentence for each set of its powers."""
    if resolution.status is ResolutionStatus.RECOMMENDED:
        return "Recommended to another body. It gives no power until that body resolves it."
    return " ".join(what_it_does(_facts(resolution, rows)) for rows in groups_of(resolution) or [[]])


def recent_meetings(limit: int = 20) -> list[Meeting]:
    """Meetings with their resolutions, newest first."""
    return list(
        db.session.scalars(
            select(Meeting)
            .options(selectinload(Meeting.resolutions))
            .order_by(Meeting.held_on.desc(), Meeting.id.desc())
            .limit(limit)
        )
    )


def meetings_about(procurement: Procurement) -> list[Meeting]:
    """Meetings with a resolution on this file, oldest first."""
    return list(
        db.session.scalars(
            select(Meeting)
            .where(Meeting.resolutions.any(Resolution.procurement_id == procurement.id))
            .options(selectinload(Meeting.resolutions).selectinload(Resolution.delegations))
            .order_by(Meeting.held_on, Meeting.id)
        )
    )


def powers_for(procurement: Procurement) -> list[Delegation]:
    """Delegations given by resolutions for this file and not replaced, in the order of acts."""
    rows = db.session.scalars(
        select(Delegation)
        .where(
            Delegation.procurement_id == procurement.id,
            Delegation.resolution_id.is_not(None),
            Delegation.superseded_on.is_(None),
        )
        .options(selectinload(Delegation.consultees))
        .order_by(Delegation.id)
    )
    return sorted(rows, key=lambda row: list(ActKind).index(row.act))


def scheme_rows_for(procurement: Procurement, today: date) -> list[Delegation]:
    """Rows of the scheme of delegation by which the file's director may buy, alive today."""
    rows = db.session.scalars(
        select(Delegation).where(
            Delegation.scheme_paragraph.is_not(None),
            Delegation.act.in_((ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER)),
            Delegation.superseded_on.is_(None),
            or_(Delegation.from_on.is_(None), Delegation.from_on <= today),
            or_(Delegation.until_on.is_(None), Delegation.until_on >= today),
            Delegation.post_id == procurement.director_post_id,
        )
    )
    return sorted(rows, key=lambda row: (list(ActKind).index(row.act), row.id))


def label_of(meeting: Meeting) -> str:
    """A meeting as the file of a thing that waits: "Title, CAB-2027-07-13-8"."""
    return f"{meeting.title}, {meeting.reference}"


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Follow-ups of the posts a person holds; minutes not yet published, for those who record them."""
    found = [*_follow_ups(person, today)]
    if global_roles_of(person, today) & {Role.DEMOCRATIC_SERVICES, Role.OFFICER}:
        found += _unpublished(today, democratic=Role.DEMOCRATIC_SERVICES in global_roles_of(person, today), who=person)
    return found


def _follow_ups(person: Person, today: date) -> list[Waiting]:
    posts = posts_of(person, today)
    if not posts:
        return []
    rows = db.session.scalars(
        select(FollowUp)
        .where(FollowUp.post_id.in_(posts), FollowUp.done_on.is_(None))
        .options(selectinload(FollowUp.resolution).selectinload(Resolution.meeting))
        .order_by(FollowUp.id)
    )
    return [
        Waiting(
            what=row.what,
            file=label_of(row.resolution.meeting),
            day=row.due_on,
            is_example=row.resolution.meeting.is_example,
            href=url_for("meetings.follow_up", reference=row.resolution.meeting.reference, number=row.id),
        )
        for row in rows
        if row.resolution.meeting.held_on <= today
    ]


def _unpublished(today: date, *, democratic: bool, who: Person) -> list[Waiting]:
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.published_on.is_(None), Meeting.held_on <= today, Meeting.held_on > today - timedelta(days=365))
        .options(selectinload(Meeting.resolutions).selectinload(Resolution.procurement))
    )
    return [
        Waiting(
            what="Record the day the decision was published",
            file=label_of(row),
            day=row.held_on + PUBLISH_WITHIN,
            href=url_for("meetings.publish", reference=row.reference),
            is_example=row.is_example,
        )
        for row in rows
        if democratic or any(one.procurement and one.procurement.officer_id == who.id for one in row.resolutions)
    ]


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Call-in ends; the decision takes effect; follow-ups of resolutions on this file."""
    found: list[tuple[date, str]] = []
    for meeting in meetings_about(lot.procurement):
        effect = effect_of_meeting(meeting, today)
        if effect.state is EffectState.OPEN and effect.in_force_from:
            if effect.ends_on:
                found.append((effect.ends_on, "Call-in ends"))
            found.append((effect.in_force_from, "The decision takes effect"))
        found += [
            (task.due_on, task.what)
            for one in meeting.resolutions
            if one.procurement_id == lot.procurement_id
            for task in one.follow_ups
            if task.due_on and task.done_on is None
        ]
    return found
