"""What is done with the forward plan: a notice is drafted, published, moved, excepted, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from procure import words
from procure.audit.actions import act
from procure.authority.documents import FORWARD_PLAN_NOTICE
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.forward_plan_rules import is_in_time, why_not_that_day
from procure.authority.models import Decision
from procure.authority.rules import NoticeRoute
from procure.documents.actions import issue
from procure.documents.models import Paper
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.actions import NewReference
from procure.refusals import Refusal

FILE = "forward-plan"
WHO_PUBLISHES = "Democratic services"


class NotYourNotice(Refusal):
    """Officers draft a notice; democratic services publish it."""


class NoticeRefused(Refusal):
    """The notice can't say that, or can't be done to any more."""


def enter_notice(
    *,
    matter: str,
    decision_on: date,
    by: Person,
    at: datetime,
    reference: str | None = None,
    decision: Decision | None = None,
    **facts: Any,
) -> ForwardPlanEntry:
    """Enter a key decision to come; an officer's own is tied to it. A draft until democratic services publish it."""
    named = NewReference("FP", ForwardPlanEntry.reference, decision_on.year, given=reference)
    with act("entered a key decision in the forward plan", on=FILE, by=by, at=at):
        _must_draft(by, at)
        _refuse_unsaid(matter, facts)
        entry = ForwardPlanEntry(
            reference=named(), matter=matter.strip(), decision_on=decision_on, made_by=by, made_at=at, **facts
        )
        db.session.add(entry)
        if decision is not None:
            decision.forward_plan_entry = entry
        db.session.flush()
    return entry


def change_notice(entry: ForwardPlanEntry, *, by: Person, at: datetime, sees: int | None = None, **facts: Any) -> None:
    """Correct a notice. Once it is public only the day of the decision may move, and only to a later one."""
    with act("changed a notice of a key decision", on=entry, by=by, at=at, sees=sees):
        _must_draft(by, at)
        _must_stand(entry)
        day = facts.get("decision_on", entry.decision_on)
        if stop := why_not_that_day(entry.published_on, entry.decision_on, day):
            raise NoticeRefused(stop, field="decision_on")
        if entry.published_on is not None:
            until = facts.get("decision_until_on", entry.decision_until_on)
            facts = {"decision_on": day, "decision_until_on": until}
        else:
            _refuse_unsaid(facts.get("matter", entry.matter), facts)
        for name, value in facts.items():
            setattr(entry, name, value)


def publish_notice(entry: ForwardPlanEntry, *, on: date, by: Person, at: datetime, sees: int | None = None) -> None:
    """Record the day the notice was published; with it, that of a general exception or of special urgency."""
    with act("published a notice of a key decision", on=entry, by=by, at=at, sees=sees):
        _must_publish(by, at)
        _must_stand(entry)
        if entry.published_on is not None:
            raise NoticeRefused(f"It was published on {words.day(entry.published_on)}.")
        if on > legal_day(at):
            raise NoticeRefused("The day of publication can’t be in the future.", field="on")
        if not entry.key_reason or not (entry.copies_at or entry.contact):
            lacking = "why the decision is key" if not entry.key_reason else "where copies are available"
            raise NoticeRefused(f"The notice doesn’t say {lacking}. Regulation 9 asks for it.", who_can=_drafter(entry))
        entry.published_on = on
        if entry.route is not NoticeRoute.FORWARD_PLAN and entry.exception_published_on is None:
            entry.exception_published_on = on


def use_exception(
    entry: ForwardPlanEntry,
    route: NoticeRoute,
    *,
    reason: str,
    chair_name: str,
    on: date,
    published_on: date | None = None,
    by: Person,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Record that 28 clear days can't be kept: the chair was told (reg 10), or agreed that it can't wait (reg 11).

    `on` is the day of that, `published_on` the day the reasons were public; None while they aren't.
    """
    with act("recorded an exception to the notice of a key decision", on=entry, by=by, at=at, note=reason, sees=sees):
        _must_publish(by, at)
        _must_stand(entry)
        if is_in_time(entry.published_on, entry.decision_on):
            raise NoticeRefused("This notice keeps 28 clear days. No exception is needed.")
        if route is NoticeRoute.FORWARD_PLAN:
            raise NoticeRefused("Choose the exception that is used.", field="route")
        if not reason.strip():
            raise NoticeRefused("Say why 28 clear days can’t be kept.", field="reason")
        if not chair_name.strip():
            raise NoticeRefused("Name the chair.", field="chair_name")
        if on > legal_day(at):
            raise NoticeRefused("The day can’t be in the future.", field="on")
        if published_on is not None and published_on > legal_day(at):
            raise NoticeRefused("The day of publication can’t be in the future.", field="published_on")
        entry.exception_published_on = published_on
        entry.route, entry.exception_reason, entry.chair_name = route, reason.strip(), chair_name.strip()
        entry.told_on = on if route is NoticeRoute.GENERAL_EXCEPTION else None
        entry.agreed_on = on if route is NoticeRoute.SPECIAL_URGENCY else None


def withdraw_notice(
    entry: ForwardPlanEntry, because: str, *, by: Person, at: datetime, sees: int | None = None
) -> None:
    """Withdraw a notice, with the reason. It stays on record; another can be entered."""
    with act("withdrew a notice of a key decision", on=entry, by=by, at=at, note=because, sees=sees):
        _must_draft(by, at)
        _must_stand(entry)
        if entry.published_on is not None:
            _must_publish(by, at)
        if not because.strip():
            raise NoticeRefused("Say why.", field="reason")
        entry.withdrawn_on, entry.withdrawn_because = legal_day(at), because.strip()


def issue_notice(entry: ForwardPlanEntry, *, by: Person, at: datetime) -> Paper:
    """Issue the notice as a paper for the website. Raises `HasGaps` while it lacks what regulation 9 asks."""
    _must_publish(by, at)
    _must_stand(entry)
    return issue(FORWARD_PLAN_NOTICE, entry, subject=entry.reference, by=by, at=at)


def may_draft(person: Person, day: date) -> bool:
    """Whether a person may enter and change notices."""
    return bool(roles_of(person, day) & {Role.OFFICER, Role.DEMOCRATIC_SERVICES})


def may_publish(person: Person, day: date) -> bool:
    """Whether a person may publish notices and record exceptions."""
    return Role.DEMOCRATIC_SERVICES in roles_of(person, day)


def _must_draft(by: Person, at: datetime) -> None:
    if not may_draft(by, legal_day(at)):
        raise NotYourNotice("Procurement officers and democratic services write notices.", who_can=WHO_PUBLISHES)


def _must_publish(by: Person, at: datetime) -> None:
    if not may_publish(by, legal_day(at)):
        raise NotYourNotice("Only democratic services can do this.", who_can=WHO_PUBLISHES)


def _must_stand(entry: ForwardPlanEntry) -> None:
    if entry.withdrawn_on is not None:
        raise NoticeRefused(f"This notice was withdrawn on {words.day(entry.withdrawn_on)}. Enter another.")


def _drafter(entry: ForwardPlanEntry) -> str:
    return f"{entry.made_by.name} can add it."


def _refuse_unsaid(matter: str, facts: dict[str, Any]) -> None:
    """What a notice can't do without from the start: the matter and who decides; private business needs its reason."""
    if not matter.strip():
        raise NoticeRefused("Say what is to be decided.", field="matter")
    if not facts.get("body") and not (facts.get("post") or facts.get("post_id")):
        raise NoticeRefused("Say who decides.", field="body")
    until, day = facts.get("decision_until_on"), facts.get("decision_on")
    if until is not None and day is not None and until < day:
        raise NoticeRefused("The last day can’t be before the first.", field="decision_until_on")
    if facts.get("is_private") and not (facts.get("private_paragraph") and facts.get("private_reason")):
        raise NoticeRefused("Give the paragraph of Schedule 12A and the reason.", field="private_reason")
