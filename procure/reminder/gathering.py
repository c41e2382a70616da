"""What reminders depend on, read for many things at once: the terms of contracts, and money and powers that end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from procure import words
from procure.authority.models import Delegation
from procure.budget.models import Grant, RingFence
from procure.contract.facts import UNDER_WAY_NO_MORE, plan_back_from
from procure.contract.life_models import Break, ContractNotice, ExpiringPaper, Indicator, IndicatorReturn, Review
from procure.contract.life_rules import WhoMay
from procure.contract.models import Contract, ContractOption, EndDecision
from procure.contract.rules import Term, WhatFollows
from procure.extensions import db
from procure.law.working_days import months_after
from procure.people.models import Post
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.reminder.models import ContractOffsets, ReminderOffsets
from procure.reminder.rules.kinds import Ahead, Offsets, ReminderKind, of_codes, offsets_for
from procure.reminder.rules.planning import Occasion, OffsetsOf, Terms

K = ReminderKind
CONTRACT, RING_FENCE, GRANT, DELEGATION = "contract", "ring_fence", "grant", "delegation"

PLANS_UNTIL = date(2098, 12, 31)
"""Nothing later is planned: the calendar for plans ends there."""


def name_of(kind: str, number: int) -> str:
    """How a reminder names what it is about: "contract:17"."""
    return f"{kind}:{number}"


def _numbers(of: Iterable[str], kind: str) -> list[int]:
    return sorted({int(one.partition(":")[2]) for one in of if one.startswith(f"{kind}:")})


def terms_of(of: Sequence[str]) -> dict[str, Terms]:
    """The terms of things by their names. Those that are no longer there are left out."""
    found = _contracts(_numbers(of, CONTRACT))
    found |= _ring_fences(_numbers(of, RING_FENCE))
    found |= _grants(_numbers(of, GRANT))
    return found | _delegations(_numbers(of, DELEGATION))


def terms_of_contract(contract: Contract) -> Terms:
    """The terms of one contract as they stand in the database."""
    return _contracts([contract.id])[name_of(CONTRACT, contract.id)]


# ── contracts ──


def _contracts(ids: list[int]) -> dict[str, Terms]:
    if not ids:
        return {}
    life = _life_of(ids)
    options, choices, following = _open_options(ids), _choices(ids), _following(ids)
    rows = db.session.execute(
        select(
            Contract.id, Contract.state, Contract.starts_on, Contract.ends_on, Contract.term, Contract.roll_months,
            Contract.notice_months, Contract.tier, Contract.manager_post_id, Contract.terms_version,
        ).where(Contract.id.in_(ids))
    )  # fmt: skip
    found = {}
    for id_, state, starts_on, ends_on, term, roll_months, notice_months, tier, post_id, version in rows:
        stages = following.get(id_, [])
        ends_on = ends_on if ends_on is not None and ends_on <= PLANS_UNTIL else None
        choice = choices.get(id_, {}).get(ends_on) if ends_on else None
        if choice is WhatFollows.BUY_AGAIN and stages and stages[-1] is Stage.ABANDONED:
            choice = None
        of = name_of(CONTRACT, id_)
        found[of] = Terms(
            of=of, contract_id=id_, starts_on=starts_on, ends_on=ends_on, term=term, roll_months=roll_months,
            notice_months=notice_months, tier=tier, state=state, version=version, post_id=post_id, choice=choice,
            start_by_on=_start_by(ends_on) if ends_on and term is Term.FIXED else None,
            next_option=options.get(id_), has_purchase=any(stage not in UNDER_WAY_NO_MORE for stage in stages),
            has_owner=post_id is not None, of_its_life=tuple(life.get(id_, ())),
        )  # fmt: skip
    return found


def _start_by(ends_on: date) -> date | None:
    """Before the calendar for plans begins nobody can say when buying should have begun."""
    return plan_back_from(ends_on).start_by if ends_on.year > 1995 else None


def _open_options(ids: list[int]) -> dict[int, tuple[int, date]]:
    rows = db.session.execute(
        select(ContractOption.contract_id, ContractOption.number, ContractOption.exercise_by_on)
        .where(
            ContractOption.contract_id.in_(ids), ContractOption.used_on.is_(None), ContractOption.declined_on.is_(None)
        )
        .order_by(ContractOption.number.desc())
    )
    return {contract_id: (number, by_on) for contract_id, number, by_on in rows}


def _choices(ids: list[int]) -> dict[int, dict[date, WhatFollows]]:
    found: dict[int, dict[date, WhatFollows]] = defaultdict(dict)
    rows = db.session.execute(
        select(EndDecision.contract_id, EndDecision.about_end_on, EndDecision.choice)
        .where(EndDecision.contract_id.in_(ids))
        .order_by(EndDecision.id)
    )
    for contract_id, about_end_on, choice in rows:
        found[contract_id][about_end_on] = choice
    return found


def _following(ids: list[int]) -> dict[int, list[Stage]]:
    found: dict[int, list[Stage]] = defaultdict(list)
    rows = db.session.execute(
        select(Procurement.ending_contract_id, Procurement.stage)
        .where(Procurement.ending_contract_id.in_(ids))
        .order_by(Procurement.id)
    )
    for contract_id, stage in rows:
        if contract_id is not None:
            found[contract_id].append(stage)
    return found


def _life_of(ids: list[int]) -> dict[int, list[Occasion]]:
    """Breaks that may be used, papers not renewed, returns, notices and reviews that are owed."""
    found: dict[int, list[Occasion]] = defaultdict(list)
    for one in db.session.execute(
        select(Break.contract_id, Break.break_on, Break.notice_by_on).where(
            Break.contract_id.in_(ids), Break.used_on.is_(None), Break.who_may != WhoMay.SUPPLIER
        )
    ):
        found[one.contract_id].append(
            Occasion(K.BREAK, one.notice_by_on, f"break {one.break_on}", f"the break on {words.day(one.break_on)}")
        )
    for paper in db.session.execute(
        select(ExpiringPaper.contract_id, ExpiringPaper.id, ExpiringPaper.kind, ExpiringPaper.name,
               ExpiringPaper.expires_on)
        .where(ExpiringPaper.contract_id.in_(ids), ExpiringPaper.renewed_on.is_(None))
    ):  # fmt: skip
        found[paper.contract_id].append(
            Occasion(K.PAPER, paper.expires_on, f"paper {paper.id}", paper.name or paper.kind.label)
        )
    for duty in db.session.execute(
        select(ContractNotice.contract_id, ContractNotice.duty, ContractNotice.about_on, ContractNotice.due_on,
               ContractNotice.owner_post_id)
        .where(ContractNotice.contract_id.in_(ids), ContractNotice.published_on.is_(None))
    ):  # fmt: skip
        found[duty.contract_id].append(
            Occasion(K.DUTY, duty.due_on, f"{duty.duty.value} {duty.about_on}", duty.duty.label, duty.owner_post_id)
        )
    for review in db.session.execute(
        select(Review.contract_id, Review.id, Review.kind, Review.due_on)
        .where(Review.contract_id.in_(ids), Review.held_on.is_(None))
    ):  # fmt: skip
        found[review.contract_id].append(Occasion(K.REVIEW, review.due_on, f"review {review.id}", review.kind.label))
    for contract_id, occasion in _returns_owed(ids):
        found[contract_id].append(occasion)
    return found


def _returns_owed(ids: list[int]) -> Iterable[tuple[int, Occasion]]:
    indicators = list(
        db.session.execute(
            select(Indicator.id, Indicator.contract_id, Indicator.name, Indicator.first_due_on, Indicator.every_months)
            .where(Indicator.contract_id.in_(ids), Indicator.ended_on.is_(None))
        )
    )  # fmt: skip
    last: dict[int, date] = {}
    if indicators:
        rows = db.session.execute(
            select(IndicatorReturn.indicator_id, IndicatorReturn.until_on).where(
                IndicatorReturn.indicator_id.in_([one.id for one in indicators])
            )
        )
        for indicator_id, until_on in rows:
            last[indicator_id] = max(until_on, last.get(indicator_id, date.min))
    for one in indicators:
        due_on = next_return(one.first_due_on, one.every_months, last.get(one.id))
        yield one.contract_id, Occasion(K.INDICATOR, due_on, f"indicator {one.id} {due_on}", one.name)


def next_return(first_due_on: date, every_months: int, returned_until: date | None) -> date:
    """The next day a return is due: the first after the period that was returned last."""
    due_on, number = first_due_on, 0
    while returned_until is not None and due_on <= returned_until:
        number += 1
        due_on = months_after(first_due_on, number * every_months)
    return due_on


# ── money and powers ──


def _ring_fences(ids: list[int]) -> dict[str, Terms]:
    rows = db.session.scalars(select(RingFence).where(RingFence.id.in_(ids))) if ids else ()
    return {
        name_of(RING_FENCE, one.id): _with_an_end(
            RING_FENCE, one, Occasion(K.RING_FENCE, one.until_on, said=one.name), one.from_on
        )
        for one in rows
    }


def _grants(ids: list[int]) -> dict[str, Terms]:
    rows = db.session.scalars(select(Grant).where(Grant.id.in_(ids))) if ids else ()
    return {
        name_of(GRANT, one.id): _with_an_end(
            GRANT, one, Occasion(K.GRANT, one.until_on, said=f"The grant from {one.funder}"), one.from_on
        )
        for one in rows
    }


def _delegations(ids: list[int]) -> dict[str, Terms]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Delegation, Post.name).join(Post, Post.id == Delegation.post_id).where(Delegation.id.in_(ids))
    )
    found = {}
    for one, post in rows:
        ends = one.until_on if one.superseded_on is None else None
        said = f"the {post} to {one.act.label}"
        occasion = Occasion(K.DELEGATION, ends, said=said, post_id=one.post_id) if ends else None
        found[name_of(DELEGATION, one.id)] = _with_an_end(DELEGATION, one, occasion, one.from_on, one.post_id)
    return found


def _with_an_end(
    kind: str, row: Any, occasion: Occasion | None, from_on: date | None, post_id: int | None = None
) -> Terms:
    return Terms(
        of=name_of(kind, row.id), starts_on=from_on, ends_on=None, term=Term.EVERGREEN, post_id=post_id,
        of_its_life=(occasion,) if occasion and occasion.about_on <= PLANS_UNTIL else (), version=row.version,
    )  # fmt: skip


# ── offsets ──


def council_offsets(today: date) -> Offsets:
    """What the council has set for today: the newest row of each kind and class that has begun."""
    rows = db.session.scalars(
        select(ReminderOffsets).where(ReminderOffsets.from_on <= today).order_by(
            ReminderOffsets.from_on, ReminderOffsets.id
        )
    )  # fmt: skip
    return {(row.kind, row.tier): of_codes(row.ahead) for row in rows}


def own_offsets(contract_ids: Sequence[int]) -> dict[int, dict[ReminderKind, tuple[Ahead, ...]]]:
    """What was changed for single contracts."""
    found: dict[int, dict[ReminderKind, tuple[Ahead, ...]]] = defaultdict(dict)
    rows = db.session.execute(
        select(ContractOffsets.contract_id, ContractOffsets.kind, ContractOffsets.ahead).where(
            ContractOffsets.contract_id.in_(contract_ids)
        )
    )
    for contract_id, kind, ahead in rows:
        found[contract_id][kind] = of_codes(ahead)
    return found


def offsets_of(
    terms: Terms, council: Offsets, own: Mapping[int, Mapping[ReminderKind, tuple[Ahead, ...]]]
) -> OffsetsOf:
    """How long before its day each kind is told for one thing."""
    its_own = own.get(terms.contract_id or 0, {})
    return lambda kind: offsets_for(kind, terms.tier, council, its_own)
