"""Whether an act is within its power: value, term, other party, scope and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from procure import words
from procure.authority.rules.asking import CASE_OFFICER, Power, Question, Why
from procure.authority.rules.kinds import ActKind, AssuranceOf

SPENDING_ACTS = frozenset(
    {ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER, ActKind.EXTEND, ActKind.VARY, ActKind.ANCILLARY}
)
"""Acts that commit money, so that limits of value and term apply."""

NO_LIMIT = "The power states no limit on"


def within_limits(power: Power, question: Question) -> Iterator[Why]:
    """Value and term against the limits the words state. A missing limit never passes silently."""
    if question.act not in SPENDING_ACTS:
        return
    lacking = limits_not_stated(power.max_value_gross, power.max_months)
    if lacking and not question.limit_confirmation:
        yield Why(
            f"{NO_LIMIT} {lacking}. Legal hasn’t confirmed what may be committed.",
            "A lawyer of the council can confirm it.", "authority.confirm_limit",
        )  # fmt: skip
    yield from _value(power, question)
    raise_it = f"Only {power.giver} can allow more."
    months = term_in_all(power, question)
    if power.max_months is not None and months > power.max_months:
        term = words.sentence(words.months_label(months))
        yield Why(f"{term} is longer than the {words.months_label(power.max_months)} this power allows.", raise_it)


def committed(power: Power, question: Question) -> Decimal:
    """What counts against the limit of value, with VAT: this act, the other lots, and for a change under a resolution
    the whole contract. A row of the scheme is measured against what is added: an extension is an award (domain 2.8).
    """
    value = question.value_gross or Decimal(0)
    if power.resolution_kind is not None and question.total_gross is not None:
        value = max(value, question.total_gross)
    return value + question.other_lots_gross


def term_in_all(power: Power, question: Question) -> int:
    """Months that count against the limit of term: of the whole contract under a resolution, else those of the act."""
    months = question.max_months or 0
    if power.resolution_kind is not None and question.total_months is not None:
        return max(months, question.total_months)
    return months


def _value(power: Power, question: Question) -> Iterator[Why]:
    if question.value_gross is None:
        yield Why("The decision states no value.", f"{CASE_OFFICER} can add it.")
        return
    value = committed(power, question)
    if power.max_value_gross is not None and value > power.max_value_gross:
        said = words.pence(value)
        more = ", with what is awarded already," if question.other_lots_gross else ""
        if value - question.other_lots_gross > question.value_gross:
            more = ", with what the contract comes to already,"
        most = words.pence(power.max_value_gross)
        sentence = f"{said} including VAT{more} is more than the {most} this power allows."
        yield Why(sentence, f"Only {power.giver} can allow more.")
    if power.min_value_gross is not None and question.value_gross < power.min_value_gross:
        value_said, least = words.pence(question.value_gross), words.pence(power.min_value_gross)
        yield Why(
            f"{value_said} including VAT is less than the {least} from which this power applies.",
            "The scheme of delegation may have a row for it.",
        )


def limits_not_stated(max_value_gross: Decimal | None, max_months: int | None) -> str:
    """Which limits a power leaves open, in words; empty where it states both."""
    return words.joined(
        (name for name, limit in (("value", max_value_gross), ("term", max_months)) if limit is None), "or"
    )


def with_the_right_party(power: Power, question: Question) -> Iterator[Why]:
    """An agreement with anybody but whom the words name is outside the power."""
    if power.counterparty and question.act is not ActKind.PROCURE and question.is_successful_bidder is not True:
        party = question.other_party or "The other party"
        yield Why(
            f"{party} isn’t “{power.counterparty}”, so this is outside the power.",
            f"{CASE_OFFICER} can name the right party. {words.sentence(power.giver)} can give a wider power.",
        )


def conditions_met(power: Power, question: Question) -> Iterator[Why]:
    """Scope, conditions and an ending event: each needs somebody's word how it is met."""
    given = {(one.of, one.words) for one in question.assured if one.how.strip()}
    for of, asked in power.to_assure:
        if (of, asked) in given:
            continue
        who = f"{CASE_OFFICER} can say how."
        if of is AssuranceOf.CONDITION:
            yield Why(f"Nobody has said how this condition is met: “{asked}”.", who, "authority.conditions")
        elif of is AssuranceOf.SCOPE:
            yield Why(f"Nobody has said how this is within “{asked}”.", who, "authority.conditions")
        else:
            yield Why(f"This power lasts “{asked}”. Nobody has said that it still does.", who, "authority.conditions")
