"""Who is told of a call-in and of its end: whoever acts under it, the chair of scrutiny, and the case officers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app

from procure.authority.call_in import CallInResult, Effect, scrutiny_by
from procure.authority.decision_effect import effect_of_decision
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Decision, Meeting
from procure.council.facts import rules_on
from procure.council.law import england
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.models import Person


def tell_of_call_in(of: Meeting | Decision, *, at: datetime) -> None:
    """Members called it in: nothing may be done under it."""
    assert of.called_in_on is not None
    rules = rules_on(of.called_in_on)
    _tell(
        "called_in", of, at=at, called_in_on=of.called_in_on, called_in_by=of.called_in_by,
        grounds=of.call_in_grounds,
        scrutiny_by=scrutiny_by(of.called_in_on, rules.scrutiny_days if rules else None, england()),
    )  # fmt: skip


def tell_of_its_end(of: Meeting | Decision, *, said: str, at: datetime) -> None:
    """Scrutiny has ended: it stands, and from when; or it must be decided again."""
    assert of.call_in_ended_on is not None
    effect = _effect(of, at)
    _tell(
        "call_in_ended", of, at=at, ended_on=of.call_in_ended_on, said=said,
        is_upheld=of.call_in_result is CallInResult.UPHELD, effective_on=effect.in_force_from,
    )  # fmt: skip


def _effect(of: Meeting | Decision, at: datetime) -> Effect:
    day = legal_day(at)
    return effect_of_meeting(of, day) if isinstance(of, Meeting) else effect_of_decision(of, day)


def _tell(name: str, of: Meeting | Decision, *, at: datetime, **facts: Any) -> None:
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    url = f"{root}/meetings/{of.reference}" if isinstance(of, Meeting) else f"{root}/decisions/{of.reference}/read"
    shared = {"title": of.title, "reference": of.reference, "url": url, "maker": _maker(of)}
    for person, post in _readers(of, at).values():
        queue(
            name, to=person, facts=shared | facts, about=of.trail_file(), to_post=post, at=at,
            once=f"{name}:{of.reference}:{person.id}:{at.isoformat()}",
        )  # fmt: skip


def _maker(of: Meeting | Decision) -> str:
    return of.body if isinstance(of, Meeting) else of.post.name


def _readers(of: Meeting | Decision, at: datetime) -> dict[int, tuple[Person, str]]:
    """Whoever acts for the posts that act under it and for the chair of scrutiny, then the case officers, each once."""
    if isinstance(of, Meeting):
        posts = [row.post for one in of.resolutions for row in one.delegations]
        officers = [one.procurement.officer for one in of.resolutions if one.procurement]
    else:
        posts, officers = [of.post], [of.procurement.officer if of.procurement else of.prepared_by]
    found: dict[int, tuple[Person, str]] = {}
    rules = rules_on(of.called_in_on) if of.called_in_on else None
    if rules is not None and rules.scrutiny_chair_post is not None:
        posts.append(rules.scrutiny_chair_post)
    for post in posts:
        holder = post.acting_on(legal_day(at))
        if holder is not None:
            found.setdefault(holder.id, (holder, post.name))
    for officer in officers:
        found.setdefault(officer.id, (officer, ""))
    return found
