"""Who gets which letter about a decision: to whoever holds the post on the day, queued inside the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app

from procure import words
from procure.authority.facts import file_label
from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.mail.actions import queue
from procure.now import legal_day
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


def _send(name: str, decision: Decision, to: Person | None, *, at: datetime, key: str, post: str, **facts: Any) -> None:
    """Queue a letter; where a post is vacant there is nobody to write to, and the page says so."""
    if to is None:
        return
    queue(
        name, to=to, facts=_about(decision) | facts, about=decision.trail_file(), to_post=post, at=at,
        once=f"{name}:{decision.reference}:{key}:{to.id}:{at.isoformat()}",
    )  # fmt: skip


def to_consultee(name: str, view: ConsulteeView, *, at: datetime) -> None:
    """Ask or chase: whoever holds the post, or its substitute, today."""
    post: Post = view.substitute_post or view.post
    _send(
        name, view.decision, post.acting_on(legal_day(at)), at=at, key=str(view.post_id), post=post.name,
        summary=view.decision.summary, due_on=view.due_on, asked_on=legal_day(view.asked_at),
        instead_of=view.post.name if view.substitute_post else "", is_late=view.due_on < legal_day(at),
        url=_address(view.decision, "/your-view"),
    )  # fmt: skip


def to_adviser(clearance: Clearance, *, at: datetime) -> None:
    """Ask Finance or Legal for their comments."""
    decision, post = clearance.decision, clearance.post
    _send(
        "comments_wanted", decision, post.acting_on(legal_day(at)), at=at, key=clearance.heading, post=post.name,
        heading=clearance.heading, url=_address(decision, "/clearances"),
    )  # fmt: skip


def to_maker(name: str, decision: Decision, *, at: datetime) -> None:
    """The decision maker's letter: it is ready."""
    against = sum(view.view is not None and view.view.value == "objects" for view in decision.views)
    _send(
        name, decision, decision.post.acting_on(legal_day(at)), at=at, key="maker", post=decision.post.name,
        sign_by_on=decision.sign_by_on, consulted=len(decision.views), objecting=against, url=_address(decision),
    )  # fmt: skip


def to_officer(name: str, decision: Decision, *, at: datetime, view: ConsulteeView | None = None, **facts: Any) -> None:
    """To the case officer: returned, refused, asked to chase, or a view that needs an answer."""
    officer = _officer_of(decision)
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
    """Once signed: the case officer, and everybody who was asked."""
    for person, post_name in _informed(decision, at).values():
        _send(
            name, decision, person, at=at, key="signed", post=post_name, signed_on=legal_day(at),
            url=_address(decision, "/read"), is_officer=person is _officer_of(decision),
            signed_by=decision.signed_by.name if decision.signed_by else "",
        )  # fmt: skip


def to_all_who_had_it(decision: Decision, *, said: str, reason: str, with_maker: bool, at: datetime) -> None:
    """Once it is withdrawn or set aside: the case officer, everybody who was asked, and a maker who had it to sign."""
    readers, day = _informed(decision, at), legal_day(at)
    maker = decision.post.acting_on(day) if with_maker else None
    if maker is not None:
        readers.setdefault(maker.id, (maker, decision.post.name))
    for person, post_name in readers.values():
        _send(
            "decision_ended", decision, person, at=at, key="ended", post=post_name, said=said, reason=reason,
            url=_address(decision, "/read"), is_officer=person is _officer_of(decision),
        )  # fmt: skip


def _officer_of(decision: Decision) -> Person:
    return decision.procurement.officer if decision.procurement else decision.prepared_by


def _informed(decision: Decision, at: datetime) -> dict[int, tuple[Person, str]]:
    """The case officer, and whoever holds each post that was asked, with the post they are written to as."""
    officer = _officer_of(decision)
    readers: dict[int, tuple[Person, str]] = {officer.id: (officer, "")}
    for view in decision.views:
        post = view.substitute_post or view.post
        holder = post.acting_on(legal_day(at))
        if holder is not None:
            readers.setdefault(holder.id, (holder, post.name))
    return readers
