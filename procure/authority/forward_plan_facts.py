"""What the forward plan says: of a file, of a decision, of what is to come; and what waits for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.forward_plan_rules import Notice, NoticeState, state_of, why_not_that_day
from procure.authority.models import Decision
from procure.authority.rules import NoticeRoute, Why
from procure.council.law import planning_england
from procure.extensions import db
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Procurement
from procure.procurement.rules import Waiting

SHOWN_AFTER = timedelta(days=120)
"""How long an entry stays on the page of the plan after its day."""


def entry_for(procurement: Procurement) -> ForwardPlanEntry | None:
    """The newest notice for a file that hasn't been withdrawn; None where there is none."""
    return db.session.scalars(
        select(ForwardPlanEntry)
        .where(ForwardPlanEntry.procurement_id == procurement.id, ForwardPlanEntry.withdrawn_on.is_(None))
        .order_by(ForwardPlanEntry.id.desc())
    ).first()


def notice_of(entry: ForwardPlanEntry) -> Notice:
    """A notice as the rules see it."""
    return Notice(
        entry.decision_on, entry.route, entry.published_on, entry.exception_reason, entry.chair_name, entry.told_on,
        entry.agreed_on, entry.exception_published_on, entry.withdrawn_on,
    )  # fmt: skip


def notice_state(entry: ForwardPlanEntry, today: date) -> NoticeState:
    """Whether the decision may be taken on its day, as things stand."""
    return state_of(notice_of(entry), today, planning_england())


def state_for_day(entry: ForwardPlanEntry, decision_on: date, today: date) -> NoticeState:
    """Whether a decision may be taken on a day under a notice, whatever day the notice names: later is as good."""
    notice, england = notice_of(entry), planning_england()
    if stop := why_not_that_day(entry.published_on, entry.decision_on, decision_on):
        return NoticeState(False, stop, state_of(notice, today, england).notice_by)
    return state_of(replace(notice, decision_on=decision_on), today, england)


def the_plan(today: date) -> list[ForwardPlanEntry]:
    """Entries to come and those of the last months, by the day of the decision."""
    last = ForwardPlanEntry.decision_until_on
    return list(
        db.session.scalars(
            select(ForwardPlanEntry)
            .where(or_(ForwardPlanEntry.decision_on >= today - SHOWN_AFTER, last >= today))
            .options(selectinload(ForwardPlanEntry.post), selectinload(ForwardPlanEntry.procurement))
            .order_by(ForwardPlanEntry.decision_on, ForwardPlanEntry.id)
        )
    )


def published_entries(today: date) -> list[ForwardPlanEntry]:
    """What the public reads: published notices of decisions still to come."""
    return [
        one
        for one in the_plan(today)
        if one.published_on is not None
        and one.published_on <= today
        and one.withdrawn_on is None
        and (one.decision_until_on or one.decision_on) >= today
    ]


def entry_of_decision(decision: Decision) -> ForwardPlanEntry | None:
    """The notice of an officer's key decision: its own, else the one of its file that names the deciding post."""
    own = decision.forward_plan_entry
    if own is not None and own.withdrawn_on is None:
        return own
    if decision.procurement is None:
        return None
    found = entry_for(decision.procurement)
    return found if found is not None and found.post_id == decision.post_id else None


def decisions_under(entry: ForwardPlanEntry) -> list[Decision]:
    """Decisions of officers and members that rest on a notice."""
    return list(
        db.session.scalars(select(Decision).where(Decision.forward_plan_entry_id == entry.id).order_by(Decision.id))
    )


def the_chair() -> str:
    """The chair of scrutiny as last named in an exception; empty where none was used yet."""
    named = select(ForwardPlanEntry.chair_name).where(ForwardPlanEntry.chair_name != "")
    return db.session.scalars(named.order_by(ForwardPlanEntry.id.desc()).limit(1)).first() or ""


def why_not_noticed(decision: Decision, today: date, *, signing: bool = False) -> Why | None:
    """Why a key decision can't be taken for want of notice; None where it may, or needs none. Regs 9 to 11.

    It can be put before the decision maker ahead of the day that the public was told of, and signed from then on.
    """
    if not decision.is_key:
        return None
    page, entry = "forward_plan.of_decision", entry_of_decision(decision)
    if entry is None:
        return Why("This key decision isn’t in the forward plan.", "The case officer can enter it.", page)
    if signing and entry.published_on is not None and today < entry.decision_on:
        told = words.day(entry.decision_on)
        return Why(f"The public was told that this is decided on {told}. It can’t be signed before.", "", page)
    state = state_for_day(entry, max(today, entry.decision_on), today)
    if state.is_lawful:
        return None
    return Why(f"Notice of this key decision: {state.sentence}", "Democratic services can see to the notice.", page)


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For democratic services: what each notice still needs before its decision, by its last day; overdue ones too."""
    if Role.DEMOCRATIC_SERVICES not in global_roles_of(person, today):
        return []
    found = []
    for entry in the_plan(today):
        if step := _next_step(entry, today):
            what, by = step
            href = url_for("forward_plan.entry", reference=entry.reference)
            found.append(
                Waiting(
                    f"{what}: {entry.matter}", href, f"Forward plan, {entry.reference}", by, is_example=entry.is_example
                )
            )
    return found


def _next_step(entry: ForwardPlanEntry, today: date) -> tuple[str, date] | None:
    """What a notice needs next, and by when; None where it needs nothing."""
    state = notice_state(entry, today)
    if state.is_lawful or entry.withdrawn_on is not None:
        return None
    if (entry.decision_until_on or entry.decision_on) < today:
        return "Its day came without a notice in time. Move it or withdraw it", entry.decision_on
    if entry.route is not NoticeRoute.FORWARD_PLAN:
        return "Finish the exception", entry.decision_on
    if entry.published_on is None and today <= state.latest_on:
        return "Publish the notice", state.latest_on
    return "Move the day or use an exception", entry.decision_on
