"""The recommendations' model words, and what a clearance of the report rests on. Pure rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words

# ── the model words of the recommendations ──


@dataclass(frozen=True)
class Sought:
    """What the report asks for, from which the model recommendations are filled. "" or None: not known yet."""

    option_number: int | None
    option_name: str
    title: str
    starts_on: date | None
    initial_months: int | None
    extension_count: int
    extension_months: int
    value_gross: Decimal | None
    delegate_post: str
    consultees: tuple[str, ...]
    executive: str


def model_recommendations(sought: Sought) -> tuple[str, ...]:
    """The master's model words, filled; what isn't known yet stays as dots to be written over."""
    gap = "…"
    option = f"Option {sought.option_number or gap} ({sought.option_name or gap})"
    start = words.day(sought.starts_on) if sought.starts_on else gap
    term = words.months_label(sought.initial_months) if sought.initial_months else gap
    most = words.pounds(sought.value_gross) if sought.value_gross is not None else gap
    delegate = sought.delegate_post or gap
    options = ""
    if sought.extension_count:
        options = f" with {extensions_label(sought.extension_count, sought.extension_months)}"
    consulting = f", in consultation with {consultees_label(sought.consultees)}," if sought.consultees else ""
    found = [
        f"Agree {option} as set out in the section Options considered.",
        f"Approve the procurement of {_small(sought.title)} in line with the section Proposed procurement, for {term} "
        f"from {start}{options}, to a maximum of {most} including VAT.",
        f"Delegate authority to the {delegate}{consulting} to conduct the procurement, award and enter into the "
        "contract and any ancillary agreement with the successful supplier, within the value and term in (ii).",
    ]
    if sought.extension_count:
        same = ", in the same consultation," if sought.consultees else ""
        found.append(
            f"Delegate authority to the {delegate}{same} to use the options to extend, if performance and budget allow."
        )
    found.append(
        f"Ask the {delegate} to report the result of the award to {sought.executive}, and performance each year."
    )
    return tuple(found)


def _small(title: str) -> str:
    """A title inside a sentence; a name of capitals stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def consultees_label(posts: Sequence[str]) -> str:
    """Posts joined in words: "the Chief Operating Officer and the Director of Law and Governance"."""
    return words.joined(f"the {post}" for post in posts)


def extensions_label(count: int, months: int) -> str:
    """Options to extend in words: "two options to extend by one year each"."""
    each, plural = ("", "") if count == 1 else (" each", "s")
    return f"{words.number_word(count)} option{plural} to extend by {words.months_label(months)}{each}"


# ── what a clearance rests on ──


def rests_on(value_gross: Decimal | None, term: str, recommendations: Mapping[str, str]) -> str:
    """The figures and recommendations a clearance is given for, as canonical JSON."""
    held = {"the value": "" if value_gross is None else words.pounds(value_gross), "the term": term}
    held |= {f"recommendation {numeral}": said for numeral, said in recommendations.items()}
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def changed_since(then: str, now: str) -> tuple[str, ...]:
    """What has changed since a clearance: ("the value", "recommendation (ii)"). Empty when it still holds."""
    if then == now:
        return ()
    before: dict[str, str] = json.loads(then or "{}")
    after: dict[str, str] = json.loads(now or "{}")
    order = ["the value", "the term", *sorted({*before, *after} - {"the value", "the term"})]
    return tuple(what for what in order if before.get(what) != after.get(what))


def void_sentence(changed: Sequence[str], name: str, on: date) -> str:
    """Why a clearance no longer counts."""
    verb = "has" if len(changed) == 1 else "have"
    return (
        f"Cleared by {name} on {words.day(on)}, and void since: {words.joined(changed)} {verb} changed. "
        "It must be cleared again."
    )
