"""The register of powers: every delegation with whoever acts under it today, its limits, its life and its uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.authority.minutes import limits_said
from procure.authority.models import (
    Decision,
    DecisionUse,
    Delegation,
    DelegationConsultee,
    DelegationDelegate,
    Resolution,
)
from procure.authority.power import power_from, source_of, words_of
from procure.authority.rules import SPENDING_ACTS, ConsultationMode, DecisionState, limits_not_stated
from procure.authority.rules.asking import Power, Question
from procure.authority.rules.life import power_holds
from procure.choices import Labelled
from procure.council.facts import rules_at_hand
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Cover, Holding, Post

EXPIRES_WITHIN = timedelta(days=92)
"""A power that ends within three months is told, while there is time to ask for a new one."""


TOLD = 3
"""Decisions told of one power; the others are counted."""


class Life(Labelled):
    """Where a power stands on a day. The calendar decides; nothing is stored."""

    IN_FORCE = "in_force", "In force"
    TO_COME = "to_come", "To come"
    ENDED = "ended", "Ended"
    NO_POWER = "no_power", "Gives no power"


class Narrow(Labelled):
    """What can be looked for among the powers."""

    IN_FORCE = "in_force", "In force"
    TO_COME = "to_come", "To come"
    ENDED = "ended", "Ended"
    UNUSED = "unused", "Never used"
    EXPIRING = "expiring", "Ends within 3 months"
    NO_LIMIT = "no_limit", "No limit stated"


@dataclass(frozen=True)
class SignedUnder:
    """A decision signed under a power, and what it was used for."""

    reference: str
    signed_on: date
    uses: tuple[str, ...]

    @property
    def said(self) -> str:
        used = f": {words.joined(self.uses)}" if self.uses else ""
        return f"{self.reference}, signed {words.day(self.signed_on)}{used}"


@dataclass(frozen=True)
class RegisterRow:
    """One power: one act, given to one post by one source. `act` is what its holder may do."""

    number: int
    act: str
    post: str
    acting: str
    """Who may use it today, in words."""
    source: str
    words: str
    href: str
    """The meeting whose resolution gave it; empty for the scheme."""
    file: str
    """Reference of the file it was given for; empty for one that holds for all."""
    consulted: str
    limits: str
    further: tuple[str, ...]
    """What else the words ask, a sentence each."""
    from_on: date | None
    until_on: date | None
    until_said: str
    life: Life
    why_not: str
    """Why it isn't in force; empty where it is."""
    has_no_limit: bool
    used: tuple[SignedUnder, ...]
    """The newest decisions signed under it."""
    used_count: int
    is_example: bool

    @property
    def used_more(self) -> int:
        """How many more were signed under it than are told."""
        return self.used_count - len(self.used)

    def fits(self, narrow: Narrow, today: date) -> bool:
        """Whether it is one of those looked for."""
        in_force = self.life is Life.IN_FORCE
        match narrow:
            case Narrow.IN_FORCE:
                return in_force
            case Narrow.TO_COME:
                return self.life is Life.TO_COME
            case Narrow.ENDED:
                return self.life is Life.ENDED
            case Narrow.UNUSED:
                return in_force and not self.used
            case Narrow.EXPIRING:
                return in_force and self.until_on is not None and self.until_on <= today + EXPIRES_WITHIN
        return self.life in (Life.IN_FORCE, Life.TO_COME) and self.has_no_limit

    @property
    def used_said(self) -> str:
        """What was signed under it, in words."""
        more = [f"{self.used_more} more"] if self.used_more else []
        return "; ".join([*(one.said for one in self.used), *more]) or "Not used"


def register_rows(today: date) -> list[RegisterRow]:
    """Every power on record: resolutions in the order in which they were passed, then the scheme by its paragraphs."""
    rows = list(db.session.scalars(_all_powers()))
    used = _used([row.id for row in rows])
    rules_for = rules_at_hand()
    return [_row(row, power_from(row, None, today, rules_for), used.get(row.id, ([], 0)), today) for row in rows]


def together(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """The rows as they are read: powers that differ in nothing but the act stand in one."""
    found: dict[RegisterRow, list[str]] = {}
    for row in rows:
        found.setdefault(replace(row, number=0, act="", has_no_limit=False), []).append(row.act)
    return [replace(row, act=words.joined(acts, "or")) for row, acts in found.items()]


def _all_powers() -> Select[Delegation]:
    posts = selectinload(Delegation.post)
    return (
        select(Delegation)
        .options(
            selectinload(Delegation.consultees).selectinload(DelegationConsultee.post),
            selectinload(Delegation.others).selectinload(DelegationDelegate.post),
            selectinload(Delegation.resolution).selectinload(Resolution.meeting),
            selectinload(Delegation.resolution).selectinload(Resolution.procurement),
            selectinload(Delegation.procurement),
            posts.selectinload(Post.holdings).selectinload(Holding.person),
            posts.selectinload(Post.covers).selectinload(Cover.person),
        )
        .order_by(Delegation.scheme_paragraph.is_not(None), Delegation.scheme_paragraph, Delegation.id)
    )


def _used(rows: Sequence[int]) -> dict[int, tuple[list[SignedUnder], int]]:
    """The newest signed decisions that rest on each power, and how many there are. Only their columns are fetched."""
    wanted = (
        select(Decision.delegation_id, Decision.id, Decision.reference, Decision.signed_at)
        .where(Decision.delegation_id.in_(rows), Decision.state == DecisionState.SIGNED)
        .order_by(Decision.signed_at.desc(), Decision.id.desc())
    )
    newest: dict[int, list[tuple[int, str, date]]] = {}
    counts: Counter[int] = Counter()
    for power, decision, reference, signed_at in db.session.execute(wanted):
        assert power is not None and signed_at is not None
        counts[power] += 1
        if counts[power] <= TOLD:
            newest.setdefault(power, []).append((decision, reference, legal_day(signed_at)))
    uses = _uses([one[0] for told in newest.values() for one in told])
    return {
        power: ([SignedUnder(reference, day, tuple(uses.get(key, ()))) for key, reference, day in told], counts[power])
        for power, told in newest.items()
    }


def _uses(decisions: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = select(DecisionUse.decision_id, DecisionUse.what).where(DecisionUse.decision_id.in_(decisions))
    for decision, what in db.session.execute(wanted.order_by(DecisionUse.used_on, DecisionUse.id)):
        found.setdefault(decision, []).append(what)
    return found


def _row(row: Delegation, power: Power, used: tuple[list[SignedUnder], int], today: date) -> RegisterRow:
    resolution = row.resolution
    file = row.procurement or (resolution.procurement if resolution else None)
    power = replace(power, other_file="")
    why = next((why.sentence for why in power_holds(power, Question(row.act, today, power, None))), "")
    return RegisterRow(
        number=row.id, act=row.act.label, post=row.post.name, acting=acting_for(row.post, today),
        source=source_of(row), words=words_of(row),
        href=url_for("meetings.meeting", reference=resolution.meeting.reference) if resolution else "",
        file=file.reference if file else "", consulted=_consulted(row),
        limits=limits_said(row.max_value_gross, row.max_months), further=tuple(_further(row)),
        from_on=power.in_force_from, until_on=row.until_on, until_said=_until(row), life=life_of(power, why, today),
        why_not=why, used=tuple(used[0]), used_count=used[1], is_example=row.is_example,
        has_no_limit=row.act in SPENDING_ACTS and bool(limits_not_stated(row.max_value_gross, row.max_months)),
    )  # fmt: skip


def life_of(power: Power, why_not: str, today: date) -> Life:
    """Where a power stands on a day: what was replaced or has run out is over, what waits for its day is to come."""
    if not why_not:
        return Life.IN_FORCE
    if (power.superseded_on and power.superseded_on <= today) or (power.until_on and power.until_on < today):
        return Life.ENDED
    gives = power.resolution_kind is None or not why_not.startswith("Resolution ")
    waits = power.in_force_from is None or today < power.in_force_from
    return Life.TO_COME if gives and waits and not power.is_stopped else Life.NO_POWER


def acting_for(post: Post, today: date) -> str:
    """Who acts for a post today: its holder or whoever covers it, of its successor where it has ended."""
    heir, cover = post.heir_on(today), post.heir_on(today).cover_on(today)
    person = post.acting_on(today)
    said = f"{person.name}{', covering' if cover else ''}" if person else "Vacant"
    if person and person.name == heir.name:
        said = ""
    through = f"now {heir.name}" if heir is not post else ""
    return ": ".join(part for part in (through, said) if part)


def _consulted(row: Delegation) -> str:
    by_mode: dict[ConsultationMode, list[str]] = {}
    for one in row.consultees:
        by_mode.setdefault(one.mode, []).append(f"the {one.post.name}")
    said = "; ".join(f"{mode.label} {words.joined(posts)}" for mode, posts in by_mode.items())
    return words.sentence(said) if said else "Nobody"


def _further(row: Delegation) -> list[str]:
    found = [f"So may {words.joined([f'the {one.post.name}' for one in row.others], 'or')}."] if row.others else []
    if row.may_nominate:
        found.append("Its holder may name somebody to act.")
    if row.min_value_gross is not None:
        found.append(f"Only from {words.pounds(row.min_value_gross)} including VAT.")
    said = (f"Only with {row.counterparty}" if row.counterparty else "", f"Only for {row.scope}" if row.scope else "")
    lines = [*said, *row.conditions.splitlines()]
    return [*found, *(f"{words.sentence(line.strip().rstrip('.'))}." for line in lines if line.strip())]


def _until(row: Delegation) -> str:
    if row.superseded_on:
        return f"replaced on {words.day(row.superseded_on)}"
    parts = [words.day(row.until_on) if row.until_on else "", row.until_event]
    return f"until {' or '.join(part for part in parts if part)}" if any(parts) else "no end date"
