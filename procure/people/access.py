"""Who may see and do what: every page says who may enter, every file is fetched and checked in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from sqlalchemy import select

from procure.extensions import db
from procure.now import today
from procure.people.models import Cover, Person, Post, RoleGrant
from procure.people.rules import READS_EVERY_FILE, READS_EVERYTHING, Capacity, Role

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Entry:
    """Who may enter a page. `roles` empty means every person who is signed in."""

    signed_in: bool
    roles: frozenset[Role] = frozenset()


def enter(*roles: Role, signed_in: bool = True) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """Declare who may enter a view: anybody (`signed_in=False`), every signed-in person, or holders of roles.

    A role held on one file counts here; the file itself is checked where it is fetched.
    """

    def declare(view: Callable[P, R]) -> Callable[P, Any]:
        entry = Entry(signed_in, frozenset(roles))

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if entry.signed_in:
                person = current_person()
                if person is None:
                    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
                if entry.roles and not entry.roles & roles_of(person, today()):
                    abort(403)
            return view(*args, **kwargs)

        guarded.entry = entry  # type: ignore[attr-defined]
        return guarded

    return declare


def may_enter(endpoint: str, person: Person | None, day: date) -> bool:
    """Whether a person is let in at a view's door. The file behind it has a door of its own."""
    entry = getattr(current_app.view_functions[endpoint], "entry", None)
    if entry is None or not entry.signed_in:
        return True
    return person is not None and (not entry.roles or bool(entry.roles & roles_of(person, day)))


def current_person() -> Person | None:
    """The person who is signed in on this request, fully (code given where one is needed)."""
    person: Person | None = g.get("person")
    return person


def signed_in() -> Person:
    """The person who is signed in; only for views that `enter` guards."""
    person = current_person()
    if person is None:
        abort(401)
    return person


def roles_of(person: Person, day: date, procurement_id: int | None = None) -> frozenset[Role]:
    """All roles of a person on a day; with a procurement, those that count on that file."""
    return frozenset(
        grant.role
        for grant in person.grants
        if grant.covers(day)
        and (procurement_id is None or grant.procurement_id is None or grant.procurement_id == procurement_id)
    )


def global_roles_of(person: Person, day: date) -> frozenset[Role]:
    """The roles a person holds for every file."""
    return frozenset(grant.role for grant in person.grants if grant.covers(day) and grant.procurement_id is None)


def holders_of(role: Role, day: date, procurement_id: int | None = None) -> list[Person]:
    """Active people who hold a role on a day, for every file or for this one."""
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.role == role).order_by(RoleGrant.id))
    found = {
        grant.person.id: grant.person
        for grant in grants
        if grant.covers(day)
        and grant.person.is_active
        and (grant.procurement_id is None or grant.procurement_id == procurement_id)
    }
    return list(found.values())


def post_names_of(person: Person, day: date) -> list[str]:
    """Names of the posts a person holds on a day."""
    return [holding.post.name for holding in person.holdings if holding.covers(day)]


def posts_up_from(post: Post | None) -> list[Post]:
    """A post and those above it, each once however the posts point at one another."""
    chain: list[Post] = []
    found = post
    while found is not None and found not in chain:
        chain.append(found)
        found = found.next_up
    return chain


@dataclass(frozen=True)
class StandsAs:
    """By what right somebody acts for a post on a day: as its holder, or covering it, perhaps through its successor."""

    capacity: Capacity | None
    """As what they hold it; None where they cover it."""
    authority: str = ""
    cover: Cover | None = None
    heir: Post | None = None
    """The post they hold or cover, where it took over the powers of the one that ended."""

    @property
    def said(self) -> str:
        """What a record adds to the name: "deputy with written authority (part 3.4)", "covering for D. Director (…)".

        Empty for a substantive holder of the post itself.
        """
        parts = []
        if self.cover is not None:
            parts.append(f"covering for {self.cover.away.name}" if self.cover.away else "covering the vacant post")
        elif self.capacity is not None and self.capacity is not Capacity.SUBSTANTIVE:
            parts.append(self.capacity.label[:1].lower() + self.capacity.label[1:])
        if parts and self.authority:
            parts[0] += f" ({self.authority})"
        if self.heir is not None:
            parts.append(f"as {self.heir.name}, its successor")
        return ", ".join(parts)


def posts_of(person: Person, day: date) -> set[int]:
    """Ids of every post the person acts for: held, covered, and ended ones that such a post took over."""
    waiting = [holding.post for holding in person.holdings if holding.covers(day)]
    waiting += [cover.post for cover in person.covers if cover.covers(day)]
    found: set[int] = set()
    while waiting:
        post = waiting.pop()
        if post.id not in found:
            found.add(post.id)
            waiting += [one for one in post.predecessors if one.ended_on is not None and one.ended_on < day]
    return found


def covers_of(person: Person, day: date) -> list[Cover]:
    """What the person covers on a day, for My work."""
    return [cover for cover in person.covers if cover.covers(day)]


def holds(person: Person, post_id: int | None, day: date) -> bool:
    """Whether the person acts for that post on that day: holds it, covers it, or has taken it over."""
    return post_id is not None and post_id in posts_of(person, day)


def stands_as(person: Person, post: Post, day: date) -> StandsAs | None:
    """By what right a person acts for a post on a day; None where they don't. To hold it goes before covering it."""
    acts_through = post.heir_on(day)
    heir = None if acts_through is post else acts_through
    held = [one for one in person.holdings if one.post_id == acts_through.id and one.covers(day)]
    if held:
        return StandsAs(held[-1].capacity, held[-1].authority or "", heir=heir)
    cover = next((one for one in person.covers if one.post_id == acts_through.id and one.covers(day)), None)
    return StandsAs(None, cover.authority, cover, heir) if cover else None


def may_read_every_file(person: Person, day: date) -> bool:
    """Whether the person's roles open every procurement and contract for reading."""
    return bool(global_roles_of(person, day) & READS_EVERY_FILE)


def only_reads(person: Person, day: date) -> bool:
    """Whether the person may change nothing, whatever letter or link they hold: the auditor."""
    return bool(global_roles_of(person, day) & READS_EVERYTHING)
