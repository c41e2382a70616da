"""The authority of one decision in one sentence: from the words that gave the power to the signature under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.authority.rules.kinds import ActKind

VERBS = {
    ActKind.PROCURE: "conduct|procure|tender|commission|undertake",
    ActKind.AWARD: "award",
    ActKind.ENTER: "enter|sign|execute",
    ActKind.EXTEND: "extend|renew",
    ActKind.VARY: "vary|amend|modify",
    ActKind.TERMINATE: "terminate|end",
    ActKind.ANCILLARY: "ancillary",
    ActKind.WAIVE: "waive|exempt",
}
LONGEST_QUOTE = 11
"""Words of a resolution that a sentence can carry."""


@dataclass(frozen=True)
class MandateFacts:
    """What the sentence tells. `given_on` None: a row of the scheme of delegation, in force since `in_force_from`."""

    giver: str
    where: str
    """Item and resolution, or the paragraph of the scheme."""
    post: str
    act: ActKind
    source_words: str = ""
    given_on: date | None = None
    in_force_from: date | None = None
    heir: str = ""
    asked: int = 0
    answered: int = 0
    objecting: int = 0
    last_answer_on: date | None = None
    signed_on: date | None = None
    signed_as: str = ""
    """What the record adds to the signer: "covering for D. Director (…)"; empty for the holder."""
    what: str = ""
    """What was decided: "the award to Example Alliance, £540,000 including VAT"."""


def mandate_sentence(facts: MandateFacts) -> str:
    """One sentence, link by link; what hasn't happened yet is said to be still to come."""
    return f"{_given(facts)}; {_consulted(facts)}; {_signed(facts)}."


def quoted(source_words: str, act: ActKind) -> str:
    """The stretch of a resolution that gives the act: "to conduct the procurement and award …"; empty if not found."""
    verbs = VERBS.get(act)
    if not verbs:
        return ""
    found = re.search(rf"\bto (?:(?!\bto\b)[^;.:“”])*?\b(?:{verbs})\w*\b[^;.,:“”]*", source_words, re.IGNORECASE)
    if found is None:
        return ""
    parts = found.group(0).split()
    verb = next((place for place, part in enumerate(parts) if re.match(rf"(?:{verbs})", part, re.IGNORECASE)), 0)
    most = max(LONGEST_QUOTE, verb + 4)
    return " ".join(parts) if len(parts) <= most else " ".join(parts[:most]) + " …"


def _given(facts: MandateFacts) -> str:
    quote = quoted(facts.source_words, facts.act)
    power = f"the power “{quote}”" if quote else f"the power to {facts.act.label}"
    post = f"the {facts.post}" + (f", now the {facts.heir}," if facts.heir else "")
    if facts.given_on is None:
        since = f", since {words.day(facts.in_force_from)}" if facts.in_force_from else ""
        return f"The scheme of delegation ({facts.where}) gives {post} {power}{since}"
    since = f", in force from {words.day(facts.in_force_from)}" if facts.in_force_from else ", not in force yet"
    return f"On {words.day(facts.given_on)} {facts.giver}, in {facts.where}, gave {post} {power}{since}"


def _consulted(facts: MandateFacts) -> str:
    if not facts.asked:
        return "nobody had to be consulted" if facts.signed_on else "nobody has been consulted yet"
    if facts.answered < facts.asked:
        count, many = words.number_word(facts.asked), "person was" if facts.asked == 1 else "people were"
        answered = words.number_word(facts.answered) if facts.answered else "nobody"
        return f"{count} {many} asked and {answered} answered{_objected(facts)}"
    who = "the one person to be consulted" if facts.asked == 1 else f"all {words.number_word(facts.asked)} consulted"
    by = f" by {words.day(facts.last_answer_on)}" if facts.last_answer_on else ""
    return f"{who} answered{by}{_objected(facts)}"


def _objected(facts: MandateFacts) -> str:
    if not facts.objecting:
        return " and nobody objected" if facts.answered == facts.asked else ""
    return f" and {words.number_word(facts.objecting)} objected"


def _signed(facts: MandateFacts) -> str:
    if facts.signed_on is None:
        return "nothing is signed yet"
    standing = f", {facts.signed_as}," if facts.signed_as else ""
    what = facts.what or f"the decision to {facts.act.label}"
    return f"and on {words.day(facts.signed_on)} the {facts.heir or facts.post}{standing} signed {what}"
