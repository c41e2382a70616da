"""What the public may know: published decisions of officers, members and bodies, and the forward plan.

A decision is here from the day it was published, for good: one that was set aside later says so. Nothing that isn't
published, and no word of a decision beside its title, its maker and its record, passes through here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, extract, func, literal, or_, select, true, union_all
from sqlalchemy.orm import selectinload

from procure.authority.call_in import Effect
from procure.authority.decision_effect import effect_of_decision
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Decision, Meeting, Resolution
from procure.authority.rules import DecisionState
from procure.authority.withholding import withheld
from procure.council.facts import RulesOn, rules_at_hand, rules_on
from procure.desk.columns import Folded
from procure.desk.rules.search import Query
from procure.evaluation.models import Bid
from procure.extensions import db
from procure.people.models import Post
from procure.people.rules import PostKind
from procure.procurement.models import Lot
from procure.register.rules.decisions import Kind
from procure.suppliers.models import Supplier

ONCE_SIGNED = (DecisionState.SIGNED, DecisionState.SET_ASIDE)


@dataclass(frozen=True)
class Asked:
    """What a reader of the register looks for."""

    query: Query
    kind: Kind | None = None
    year: int | None = None
    is_key: bool = False
    is_called_in: bool = False


@dataclass(frozen=True)
class Entry:
    """One published decision, as the list and the feed show it."""

    reference: str
    title: str
    kind: Kind
    maker: str
    taken_on: date
    published_on: date
    is_key: bool
    effect: Effect | None
    """Whether it may be acted on; None once it was set aside."""
    path: str
    is_example: bool = False
    what: str = field(default="")
    """What was resolved, by a body; empty for a decision, whose record says it."""

    @property
    def state(self) -> str:
        """Where it stands, in a sentence."""
        return self.effect.sentence if self.effect else "It was set aside. Nothing rests on it."


def _decisions(asked: Asked) -> Select[str, int, date | None]:
    """Published decisions of officers and members. Only what the public reads anyway is searched: no words of views,
    no reasons, in which the names of unsuccessful bidders might stand.
    """
    member = Post.kind == PostKind.MEMBER
    text = func.coalesce(Decision.title, "") + literal("\n") + Decision.reference + literal("\n") + Post.name
    text = text + literal("\n") + func.coalesce(Supplier.name, "")
    wanted: list[ColumnElement[bool]] = [
        Decision.published_on.is_not(None), Decision.state.in_(ONCE_SIGNED), *_common(asked, Decision, text),
    ]  # fmt: skip
    if asked.kind is not None:
        wanted.append(member if asked.kind is Kind.MEMBER else ~member if asked.kind is Kind.OFFICER else ~true())
    return (
        select(literal("decision").label("of"), Decision.id, Decision.published_on)
        .join(Post, Decision.post_id == Post.id)
        .outerjoin(Supplier, Decision.supplier_id == Supplier.id)
        .where(*wanted)
    )


def _meetings(asked: Asked) -> Select[str, int, date | None]:
    """Published decisions of bodies; the words of their resolutions are searched too."""
    text = Meeting.title + literal("\n") + Meeting.reference + literal("\n") + Meeting.body
    said = select(Resolution.id).where(
        Resolution.meeting_id == Meeting.id, *(_has(Resolution.words, word) for word in asked.query.words)
    )
    wanted: list[ColumnElement[bool]] = [Meeting.published_on.is_not(None), *_filters(asked, Meeting)]
    if asked.query.words:
        wanted.append(or_(and_(*(_has(text, word) for word in asked.query.words)), said.exists()))
    if asked.kind is not None and asked.kind is not Kind.BODY:
        wanted.append(~true())
    return select(literal("meeting").label("of"), Meeting.id, Meeting.published_on).where(*wanted)


def _has(text: Any, word: str) -> ColumnElement[bool]:
    return Folded(text).contains(word, autoescape=True)


def _common(asked: Asked, row: type[Decision], text: ColumnElement[str]) -> list[ColumnElement[bool]]:
    return [*(_has(text, word) for word in asked.query.words), *_filters(asked, row)]


def _filters(asked: Asked, row: type[Decision] | type[Meeting]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.year is not None:
        found.append(extract("year", row.published_on) == asked.year)
    if asked.is_key:
        found.append(row.is_key.is_(True))
    if asked.is_called_in:
        found.append(row.called_in_on.is_not(None))
    return found


def count_of(asked: Asked) -> int:
    """How many decisions are found."""
    both = union_all(_decisions(asked), _meetings(asked)).subquery()
    return db.session.scalar(select(func.count()).select_from(both)) or 0


def entries(asked: Asked, today: date, *, begin: int = 0, count: int) -> list[Entry]:
    """Some of what is found, newest published first."""
    both = union_all(_decisions(asked), _meetings(asked)).subquery()
    page = db.session.execute(
        select(both.c.of, both.c.id)
        .order_by(both.c.published_on.desc(), both.c.of, both.c.id.desc())
        .offset(begin)
        .limit(count)
    ).all()
    decisions = {
        one.id: one
        for one in db.session.scalars(
            select(Decision)
            .where(Decision.id.in_([key for of, key in page if of == "decision"]))
            .options(
                selectinload(Decision.post).selectinload(Post.names),
                selectinload(Decision.lot).selectinload(Lot.bids).selectinload(Bid.supplier),
            )
        )
    }
    meetings = {
        one.id: one
        for one in db.session.scalars(
            select(Meeting)
            .where(Meeting.id.in_([key for of, key in page if of == "meeting"]))
            .options(selectinload(Meeting.resolutions))
        )
    }
    rules_for = rules_at_hand()
    return [
        entry_of_decision(decisions[key], today, rules_for)
        if of == "decision"
        else entry_of_meeting(meetings[key], today, rules_for)
        for of, key in page
    ]


def entry_of_decision(decision: Decision, today: date, rules_for: RulesOn = rules_on) -> Entry:
    """A published decision of an officer or a member. A key decision's effect is worked out for today."""
    assert decision.published_on is not None and decision.signed_on is not None
    return Entry(
        reference=decision.reference,
        title=withheld(decision, decision.title),
        kind=Kind.MEMBER if decision.post.kind is PostKind.MEMBER else Kind.OFFICER,
        maker=decision.post.name_on(decision.signed_on),
        taken_on=decision.signed_on,
        published_on=decision.published_on,
        is_key=decision.is_key,
        effect=effect_of_decision(decision, today, rules_for) if decision.state is DecisionState.SIGNED else None,
        path=url_for("register.decision", reference=decision.reference),
        is_example=decision.is_example,
    )


def entry_of_meeting(meeting: Meeting, today: date, rules_for: RulesOn = rules_on) -> Entry:
    """A published decision of a body."""
    assert meeting.published_on is not None
    return Entry(
        reference=meeting.reference,
        title=meeting.title,
        kind=Kind.BODY,
        maker=meeting.body,
        taken_on=meeting.held_on,
        published_on=meeting.published_on,
        is_key=meeting.is_key,
        effect=effect_of_meeting(meeting, today, rules_for),
        path=url_for("register.meeting", reference=meeting.reference),
        is_example=meeting.is_example,
        what=" ".join(f"{one.numeral} {one.words}" for one in meeting.resolutions),
    )


def published_decision(reference: str) -> Decision | None:
    """The decision at this address; None where none was ever published there."""
    return db.session.scalars(
        select(Decision).where(
            Decision.reference == reference, Decision.published_on.is_not(None), Decision.state.in_(ONCE_SIGNED)
        )
    ).one_or_none()


def published_meeting(reference: str) -> Meeting | None:
    """The decision of a body at this address; None where none was ever published there."""
    return db.session.scalars(
        select(Meeting).where(Meeting.reference == reference, Meeting.published_on.is_not(None))
    ).one_or_none()


def years() -> list[int]:
    """Years in which something was published, newest first."""
    both = union_all(
        select(extract("year", Decision.published_on).label("year")).where(Decision.published_on.is_not(None)),
        select(extract("year", Meeting.published_on).label("year")).where(Meeting.published_on.is_not(None)),
    ).subquery()
    return sorted({int(year) for year in db.session.scalars(select(both.c.year).distinct())}, reverse=True)
