"""What may be committed against a ring-fenced budget, and when. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words


@dataclass(frozen=True)
class RingFenceFacts:
    """A ring-fenced budget. `amount` None: the resolution states none, as in *the remaining budget*."""

    name: str
    amount: Decimal | None
    from_on: date
    until_on: date
    purposes: tuple[str, ...]
    committed: Decimal = Decimal(0)

    @property
    def balance(self) -> Decimal | None:
        """What is left to commit; None while the amount isn't known."""
        return None if self.amount is None else self.amount - self.committed


def why_not_this_purpose(fence: RingFenceFacts, purpose: str) -> str | None:
    """The sentence that refuses a purpose the resolution doesn't name; None where it names it."""
    if purpose in fence.purposes:
        return None
    return (
        f"{words.sentence(the(fence.name))} may be spent only on {words.joined(fence.purposes)}. "
        f"“{purpose}” is not one of them."
    )


def why_not_that_day(fence: RingFenceFacts, on: date) -> str | None:
    """The sentence that refuses a day outside the ring-fence; None where it is inside, both ends included."""
    if fence.from_on <= on <= fence.until_on:
        return None
    return (
        f"{words.sentence(the(fence.name))} is ring-fenced from {words.day(fence.from_on)} to "
        f"{words.day(fence.until_on)}. {words.sentence(words.day(on))} is outside that time."
    )


def why_not_that_sum(fence: RingFenceFacts, amount: Decimal) -> str | None:
    """The sentence that refuses more than is left; None where there is enough or the amount isn't known."""
    if fence.balance is None or amount <= fence.balance:
        return None
    return f"Only {words.pounds(fence.balance)} is left. You entered {words.pounds(amount)}."


def the(name: str) -> str:
    """The name of a budget inside a sentence: "the Crowdfunding budget"."""
    return name if name.lower().startswith("the ") else f"the {name}"


def amount_in_words(amount: Decimal | None, basis: str, on: date | None, source: str) -> str:
    """£18,500 on 31 March 2019 (ledger), or: Not stated: the remaining budget at 18 February 2019."""
    if amount is None:
        said = f"Not stated: {basis}" if basis else "Not stated"
        return f"{said} at {words.day(on)}" if on else said
    said = words.pounds(amount)
    if on:
        said += f" at {words.day(on)}"
    return f"{said} ({source})" if source else said


def unspent_said(fence: RingFenceFacts) -> str:
    """What is to be done about a ring-fence that ends; empty where everything is committed."""
    name = the(fence.name)
    if fence.balance is None:
        return f"State how much {name} holds, before its time ends"
    return f"Commit the {words.pounds(fence.balance)} left of {name}, or let it go back" if fence.balance > 0 else ""


def period_state(from_on: date, until_on: date, today: date) -> str:
    """Where a period stands: "begins 1 April 2019", "open until 31 March 2021", "ended 31 March 2020"."""
    if today < from_on:
        return f"begins {words.day(from_on)}"
    if today > until_on:
        return f"ended {words.day(until_on)}"
    return f"open until {words.day(until_on)}"


def total(amounts: Sequence[Decimal]) -> Decimal:
    """The sum of what is committed."""
    return sum(amounts, Decimal(0))
