"""What a person may do with money set aside: ring-fence it, say how much it is, commit a sum, record a grant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from procure.audit.actions import Actor, act
from procure.budget.models import Commitment, Grant, Purpose, RingFence
from procure.budget.rules import why_not_that_day, why_not_that_sum, why_not_this_purpose
from procure.extensions import db
from procure.refusals import Refusal

if TYPE_CHECKING:
    from procure.authority.models import Resolution


class NotThatPurpose(Refusal):
    """The sum is for something the ring-fence doesn't name."""


class OutsideItsTime(Refusal):
    """The day is before the ring-fence begins or after it ends."""


class NotEnoughLeft(Refusal):
    """The sum is more than the balance."""


class PurposeNeeded(Refusal):
    """A ring-fence without a purpose would hold nothing back."""


class AmountKnown(Refusal):
    """The new amount would be less than what is committed already."""


@dataclass(frozen=True)
class SetAside:
    """What a resolution ring-fences. `amount` None: it states none; `basis` says in its words what it is instead."""

    name: str
    from_on: date
    until_on: date
    purposes: Sequence[str]
    basis: str = ""
    amount: Decimal | None = None
    amount_on: date | None = None
    amount_source: str = ""


def ring_fence(
    aside: SetAside, *, by: Actor, at: datetime, resolution: Resolution | None = None, is_example: bool = False
) -> RingFence:
    """Set a budget aside for named purposes. Refused by `PurposeNeeded` without one."""
    with act(f"ring-fenced {aside.name}", on="budget", by=by, at=at):
        purposes = [purpose for purpose in aside.purposes if purpose.strip()]
        if not purposes:
            raise PurposeNeeded("Enter at least one purpose the budget may be spent on.", field="purposes")
        if aside.until_on < aside.from_on:
            raise OutsideItsTime("The last day must be the same as or after the first day.", field="until_on")
        fence = RingFence(
            name=aside.name, basis=aside.basis, amount=aside.amount, amount_on=aside.amount_on,
            amount_source=aside.amount_source, from_on=aside.from_on, until_on=aside.until_on,
            resolution=resolution, is_example=is_example,
        )  # fmt: skip
        fence.purposes = [Purpose(words=purpose) for purpose in purposes]
        db.session.add(fence)
    return fence


def state_amount(
    fence: RingFence, amount: Decimal, *, on: date, source: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Write down how much a ring-fenced budget held on a day, and where that is known from."""
    with act("stated the ring-fenced amount", on=fence, by=by, at=at, sees=sees):
        if amount < fence.facts.committed:
            raise AmountKnown("More than that is committed already. Check the amount.", field="amount")
        fence.amount, fence.amount_on, fence.amount_source = amount, on, source


def commit(
    fence: RingFence,
    purpose: str,
    amount: Decimal,
    *,
    on: date,
    what: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
    is_example: bool = False,
) -> Commitment:
    """Commit a sum for one of the named purposes, within the time and the balance. Domain 7.7 B10.

    Raises `NotThatPurpose`, `OutsideItsTime` or `NotEnoughLeft`; the balance is then as it was.
    """
    with act("committed a sum", on=fence, by=by, at=at, sees=sees):
        db.session.refresh(fence, with_for_update=True)  # so that two people can't both spend what is left
        facts = fence.facts
        if refusal := why_not_this_purpose(facts, purpose):
            raise NotThatPurpose(refusal, field="purpose", who_can="the body that ring-fenced it")
        if refusal := why_not_that_day(facts, on):
            raise OutsideItsTime(refusal, field="committed_on")
        if refusal := why_not_that_sum(facts, amount):
            raise NotEnoughLeft(refusal, field="amount")
        named = next(one for one in fence.purposes if one.words == purpose)
        commitment = Commitment(
            ring_fence=fence, purpose=named, amount=amount, committed_on=on, what=what, is_example=is_example
        )
        db.session.add(commitment)
    return commitment


def record_grant(
    *,
    funder: str,
    purpose: str,
    amount: Decimal,
    from_on: date,
    until_on: date,
    by: Actor,
    at: datetime,
    source: str = "",
    conditions: Sequence[str] = (),
    is_example: bool = False,
) -> Grant:
    """Write down funding from somebody else, with its purpose, its period and the conditions it came with."""
    with act(f"recorded a grant from {funder}", on="budget", by=by, at=at):
        if until_on < from_on:
            raise OutsideItsTime("The last day must be the same as or after the first day.", field="until_on")
        grant = Grant(
            funder=funder, purpose=purpose, amount=amount, from_on=from_on, until_on=until_on, source=source,
            conditions="\n".join(conditions), is_example=is_example,
        )  # fmt: skip
        db.session.add(grant)
    return grant
