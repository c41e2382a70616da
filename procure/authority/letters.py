"""Who gets which letter about a decision: to whoever holds the post on the day, queued inside the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from procure import words
from procure.authority.facts import file_label
from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.authority.power import the_council
from procure.authority.question import named_as_signer
from procure.authority.rules import View
from procure.authority.rules.reminding import Reminding
from procure.authority.rules.saying import must_agree
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.declare import email_named
from procure.mail.models import Letter
from procure.mail.writing import Words, write
from procure.now import legal_day
from procure.people.access import stands_as
from procure.people.models import Person, Post


def _address(decision: Decision, part: str = "") -> str:
    return f"{current_app.config['PUBLIC_URL'].rstrip('/')}/decisions/{decision.reference}{part}"


def _about(decision: Decision) -> dict[str, Any]:
    """Facts that every letter about a decision shares."""
    return {
        "title": decision.title,
        "file": file_label(decision) if decision.procurement else "",
        "value": f"{words.pounds(decision.value_gross)} including VAT" if decision.value_gross is not None else "",
        "supplier": decision.supplier.name if decision.supplier else "",
        "maker": decision.post.name,
    }


def _send(
    name: str, decision: Decision, to: Person | None, *, at: datetime, key: str, post: str, once: str = "", **facts: Any
) -> bool:
    """Queue a letter; where a post is vacant there is nobody to write to, and the page says so."""
    if to is None:
        return False
    letter = queue(
        name, to=to, facts=_about(decision) | facts, about=decision.trail_file(), to_post=post, at=at,
        once=once or f"{name}:{decision.reference}:{key}:{to.id}:{at.isoformat()}",
    )  # fmt: skip
    return letter is not None


def letter_as_read(name: str, decision: Decision, to: Person, post: str, **facts: Any) -> Words:
    """A letter as its reader would get it, to be looked at before it is sent."""
    council = the_council()
    return write(
        email_named(name), _about(decision) | facts, reference=decision.trail_file(), to_name=to.name, to_post=post,
        council_name=council.name if council else "The Council", is_demonstration=decision.is_example,
    )  # fmt: skip


def why_you(person: Person | None, post: Post, day: date) -> str:
    """By what right somebody is written to: "you hold the post of X", "you cover the post of X until 3 December"."""
    standing = stands_as(person, post, day) if person is not None else None
    if standing is not None and standing.cover is not None:
        return f"you cover the post of {post.name} until {words.day(standing.cover.until_on)}"
    if standing is not None and standing.heir is not None:
        return f"you are {standing.heir.name}, which took over from the {post.name}"
    return f"you hold the post of {post.name}"


def to_consultee(name: str, view: ConsulteeView, *, at: datetime) -> None:
    """Ask or chase: whoever acts for the post, or for its substitute, today."""
    post: Post = view.substitute_post or view.post
    to = post.acting_on(legal_day(at))
    _send(name, view.decision, to, at=at, key=str(view.post_id), post=post.name, **consultee_facts(view, legal_day(at)))


def consultee_facts(view: ConsulteeView, day: date) -> dict[str, Any]:
    """What a letter to a consultee says besides what every letter about the decision says."""
    post: Post = view.substitute_post or view.post
    return {
        "summary": view.decision.summary,
        "due_on": view.due_on,
        "asked_on": legal_day(view.asked_at),
        "instead_of": view.post.name if view.substitute_post else "",
        "is_late": view.due_on < day,
        "must_agree": must_agree(view.mode),
        "why_you": why_you(post.acting_on(day), post, day),
        "url": _address(view.decision, f"/your-view?number={view.id}"),
    }


def to_adviser(clearance: Clearance, *, at: datetime) -> None:
    """Ask Finance, Legal or Procurement for their comments. The case officer needs no letter from themself."""
    decision, post = clearance.decision, clearance.post
    to = post.acting_on(legal_day(at))
    if to is officer_of(decision):
        return
    _send(
        "comments_wanted", decision, to, at=at, key=clearance.heading, post=post.name, heading=clearance.heading,
        why_you=why_you(to, post, legal_day(at)), url=_address(decision, "/clearances"),
    )  # fmt: skip


def to_maker(name: str, decision: Decision, *, at: datetime) -> None:
    """The decision maker's letter: it is ready."""
    to, day = decision.post.acting_on(legal_day(at)), legal_day(at)
    _send(name, decision, to, at=at, key="maker", post=decision.post.name, **maker_facts(decision, day))


def maker_facts(decision: Decision, day: date) -> dict[str, Any]:
    """What a letter to the decision maker says besides what every letter about the decision says."""
    return {
        "sign_by_on": decision.sign_by_on,
        "consulted": len(decision.views),
        "objecting": sum(view.view is View.OBJECTS for view in decision.views),
        "why_you": why_you(decision.post.acting_on(day), decision.post, day),
        "url": _address(decision),
    }


def sign_key(decision: Decision, owed: Reminding) -> str:
    """What makes a reminder to sign this one: one for each time it was sent, each day to sign by, and whether late."""
    sent_on = legal_day(decision.sent_at) if decision.sent_at else None
    return f"sign_reminder:{decision.reference}:{sent_on}:{decision.sign_by_on}:{owed.value}"


def remind_to_sign(decision: Decision, owed: Reminding, *, at: datetime) -> bool:
    """Remind whoever decides, before the day to sign by or after it. False where that letter went already."""
    day = legal_day(at)
    return _send(
        "sign_reminder", decision, decision.post.acting_on(day), at=at, key="maker", post=decision.post.name,
        once=sign_key(decision, owed), is_late=owed is Reminding.PASSED, **maker_facts(decision, day),
    )  # fmt: skip


def late_views_key(decision: Decision, due_on: date) -> str:
    """What makes the letter on silence this one: one for each day to answer."""
    return f"views_late:{decision.reference}:{due_on}"


def tell_of_silence(decision: Decision, due_on: date, silent: Sequence[ConsulteeView], *, at: datetime) -> bool:
    """Tell the case officer who has not answered by a day, and what can be done. False where that letter went."""
    day = legal_day(at)
    vacant = [view.post.name for view in silent if (view.substitute_post or view.post).acting_on(day) is None]
    return _send(
        "views_late", decision, officer_of(decision), at=at, key="officer", post="",
        once=late_views_key(decision, due_on), due_on=due_on, silent=[view.post.name for view in silent],
        vacant=words.joined(f"the {name}" for name in vacant),
        must_agree=words.joined(f"the {view.post.name}" for view in silent if must_agree(view.mode)),
        url=_address(decision, "/views"),
    )  # fmt: skip


def is_sent(once: str) -> bool:
    """Whether the letter that this key makes is written already."""
    return db.session.scalar(select(Letter.id).where(Letter.once == once)) is not None


def to_officer(name: str, decision: Decision, *, at: datetime, view: ConsulteeView | None = None, **facts: Any) -> None:
    """To the case officer: returned, refused, asked to chase, or a view that needs an answer."""
    officer = officer_of(decision)
    if view is not None:
        facts |= {
            "who": view.post.name,
            "view": view.view.label if view.view else "",
            "words": view.words,
            "interest": view.interest_text,
        }
    part = "/prepare" if name == "decision_returned" else "/views"
    _send(name, decision, officer, at=at, key="officer", post="", url=_address(decision, part), **facts)


def to_the_informed(name: str, decision: Decision, *, at: datetime) -> None:
    """Once signed: all who acted."""
    for person, post_name in _informed(decision, at).values():
        _send(
            name, decision, person, at=at, key="signed", post=post_name, signed_on=legal_day(at),
            url=_address(decision, "/read"), is_officer=person is officer_of(decision),
            signed_by=named_as_signer(decision, decision.signed_by, legal_day(at)) if decision.signed_by else "",
        )  # fmt: skip


def to_all_who_had_it(decision: Decision, *, said: str, reason: str, with_maker: bool, at: datetime) -> None:
    """Once it is withdrawn or set aside: all who acted, and a maker who had it to sign."""
    readers, day = _informed(decision, at), legal_day(at)
    maker = decision.post.acting_on(day) if with_maker else None
    if maker is not None:
        readers.setdefault(maker.id, (maker, decision.post.name))
    for person, post_name in readers.values():
        _send(
            "decision_ended", decision, person, at=at, key="ended", post=post_name, said=said, reason=reason,
            url=_address(decision, "/read"), is_officer=person is officer_of(decision),
        )  # fmt: skip


def to_all_who_acted(decision: Decision, *, said: str, reason: str, at: datetime) -> None:
    """Once its maker returned or refused it: the officer to mend it, everybody else to know what became of it."""
    to_officer("decision_returned", decision, at=at, said=said, reason=reason)
    for person, post_name in _informed(decision, at).values():
        if person is not officer_of(decision):
            _send(
                "decision_given_back", decision, person, at=at, key="given back", post=post_name, said=said,
                reason=reason, url=_address(decision, "/read"),
            )  # fmt: skip


def officer_of(decision: Decision) -> Person:
    """The case officer of the file; without a file whoever prepared the decision."""
    return decision.procurement.officer if decision.procurement else decision.prepared_by


def _informed(decision: Decision, at: datetime) -> dict[int, tuple[Person, str]]:
    """All who acted: the case officer, whoever acts for a post that was asked, and who commented as adviser.

    Each once, with the post they are written to as.
    """
    officer = officer_of(decision)
    readers: dict[int, tuple[Person, str]] = {officer.id: (officer, "")}
    posts = [view.substitute_post or view.post for view in decision.views]
    posts += [one.post for one in decision.clearances if one.given_at is not None]
    for post in posts:
        holder = post.acting_on(legal_day(at))
        if holder is not None:
            readers.setdefault(holder.id, (holder, post.name))
    return readers
