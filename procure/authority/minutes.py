"""How minutes are written, what their resolutions do, and how a decision is read from published words. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.authority.reading import reader
from procure.authority.reading.facts import Reading
from procure.authority.rules import MAY_GIVE, ActKind, ResolutionKind

SMALL = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))

IN_A_SENTENCE = {ActKind.OTHER: "do what the words say"}

SHORT = {
    ActKind.PROCURE: "conduct",
    ActKind.AWARD: "award",
    ActKind.ENTER: "enter",
    ActKind.EXTEND: "extend",
    ActKind.VARY: "vary",
    ActKind.TERMINATE: "terminate",
    ActKind.ANCILLARY: "ancillary",
    ActKind.WAIVE: "waive a rule",
    ActKind.OTHER: "another act",
}
"""Acts in a word, for the picture of the chain."""


def read(text: str) -> Reading:
    """What a published text decides: every value with its stretch of the text, and where it doubts."""
    return reader.read(text)


def numeral(number: int) -> str:
    """(iv) for 4, as resolutions are numbered."""
    left, said = number, ""
    for letters, worth in SMALL:
        while left >= worth:
            said, left = said + letters, left - worth
    return f"({said})"


def meeting_reference(body: str, held_on: date, item: str) -> str:
    """CAB-2019-02-18-92: the body, the day, the item. A body of several words gives its initials."""
    name = re.sub(r"\(.*?\)", "", body).strip()
    parts = [part for part in re.split(r"[^A-Za-z]+", name) if part[:1].isupper()]
    start = "".join(part[0] for part in parts[:4]) if len(parts) > 1 else (parts or [name or "MTG"])[0][:3].upper()
    place = re.sub(r"[^A-Za-z0-9]+", "", item)[:12]
    return "-".join(part for part in (start, held_on.isoformat(), place) if part)


def acts_said(acts: Sequence[ActKind]) -> str:
    """Acts inside a sentence: "conduct the procurement, award and enter into the contract"."""
    return words.joined([IN_A_SENTENCE.get(act, act.label) for act in sorted(set(acts), key=list(ActKind).index)])


def limits_said(max_value_gross: Decimal | None, max_months: int | None) -> str:
    """The limits of a delegation as a sentence; a limit that isn't stated is said to be missing."""
    if max_value_gross is None and max_months is None:
        return "The words state no limit on value or length."
    value = "no limit on value" if max_value_gross is None else f"up to {words.pounds(max_value_gross)} including VAT"
    length = "no limit on length" if max_months is None else f"up to {words.months_label(max_months)}"
    return f"{words.sentence(value)}, {length}."


@dataclass(frozen=True)
class ResolvedFacts:
    """One resolution, for the sentence that says what it does."""

    numeral: str
    kind: ResolutionKind
    acts: tuple[ActKind, ...] = ()
    post: str = ""
    consultees: tuple[str, ...] = ()
    file: str = ""
    option: int | None = None
    ring_fence: str = ""
    purposes: tuple[str, ...] = ()


def what_it_does(resolved: ResolvedFacts) -> str:
    """What a resolution changes, in one sentence. Never more than its kind may give."""
    if resolved.kind is ResolutionKind.NOTE:
        return f"Resolution {resolved.numeral} only notes. It gives no authority."
    if resolved.kind is ResolutionKind.APPROVE_POLICY:
        return "Approves a policy. It gives nobody power to buy or to award."
    if resolved.kind is ResolutionKind.RING_FENCE:
        only = words.joined(resolved.purposes)
        return f"Ring-fences {resolved.ring_fence} for {only}. Nothing else may be paid from it."
    if resolved.kind is ResolutionKind.APPROVE_PROCUREMENT:
        return f"Approves buying {resolved.file} as set out in Option {resolved.option}."
    if resolved.kind is ResolutionKind.DELEGATE:
        count = words.number_word(len(resolved.consultees))
        after = f", after consulting {count} post{'s' if len(resolved.consultees) != 1 else ''}"
        return f"Gives the {resolved.post} power to {acts_said(resolved.acts)}{after if resolved.consultees else ''}."
    return "Records something else. It gives nobody power to buy or to award."


def why_not_those_acts(kind: ResolutionKind, numeral_: str, acts: Sequence[ActKind]) -> str | None:
    """The sentence that refuses acts which a resolution of this kind can't give; None where it can."""
    beyond = [act for act in acts if act not in MAY_GIVE.get(kind, frozenset())]
    if not beyond:
        return None
    if kind is ResolutionKind.NOTE:
        return f"Resolution {numeral_} only notes: it gives no authority."
    return f"Resolution {numeral_} is recorded as “{kind.label}”, which gives nobody power to {acts_said(beyond)}."


def why_not_that_option(numeral_: str, chosen: int | None, preferred: int | None) -> str | None:
    """The sentence that refuses an approval which doesn't follow the appraisal; None where it does."""
    if chosen is None:
        return "Enter the number of the option that was agreed."
    if preferred is None:
        return f"Resolution {numeral_} agrees Option {chosen}, but this file’s appraisal prefers no option yet."
    if chosen != preferred:
        return f"Resolution {numeral_} agrees Option {chosen}, but the appraisal prefers Option {preferred}."
    return None


def likely_kind(text: str) -> ResolutionKind:
    """What a resolution in these words most likely is; the officer confirms it."""
    said = re.sub(r"[^a-z ]+", "", text.lower())
    if said.startswith("note"):
        return ResolutionKind.NOTE
    if "delegate" in said.split()[:3]:
        return ResolutionKind.DELEGATE
    if "ringfence" in said:
        return ResolutionKind.RING_FENCE
    if "procurement" in said or "option" in said.split()[:3]:
        return ResolutionKind.APPROVE_PROCUREMENT
    if "strategy" in said or "policy" in said:
        return ResolutionKind.APPROVE_POLICY
    return ResolutionKind.OTHER
