"""When bids may be opened as far as questions go, and what would give away who asked one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from procure import words
from procure.procurement.rules import Check, done, missing

QUESTIONS_PAGE = "tender.questions"

_TOO_COMMON = {
    "and", "the", "ltd", "limited", "plc", "llp", "cic", "trust", "group", "company", "services", "service", "example",
    "charity", "association", "foundation", "partnership", "community", "council",
}  # fmt: skip


@dataclass(frozen=True)
class QuestionFacts:
    """How many questions were asked about a lot's tender, and by number those not answered or not published."""

    asked: int = 0
    unanswered: tuple[int, ...] = ()
    unpublished: tuple[int, ...] = ()
    """Answered, and not yet published to all."""


def questions_check(facts: QuestionFacts) -> Check:
    """Every question is answered, and the answer published to all, before bids are opened."""
    name = "Answer every question"
    if facts.unanswered:
        return missing(name, f"{_which(facts.unanswered)} not answered yet.", QUESTIONS_PAGE, begun=True)
    if facts.unpublished:
        said = f"{_which(facts.unpublished)} answered, but not published to all bidders yet."
        return missing(name, said, QUESTIONS_PAGE, begun=True)
    if not facts.asked:
        return done(name, "No question was asked", QUESTIONS_PAGE)
    return done(name, f"{words.plural(facts.asked, 'answer')} published to all", QUESTIONS_PAGE)


def _which(numbers: tuple[int, ...]) -> str:
    verb = "is" if len(numbers) == 1 else "are"
    return f"Question{'s' if len(numbers) > 1 else ''} {words.joined(numbers)} {verb}"


def gives_away(text: str, asked_by: str) -> str:
    """The part of the asker's name that stands in a text for all; empty where none does.

    The whole name counts, and each of its words that few others bear: Smith in Smith & Sons Ltd.
    """
    name = asked_by.strip()
    if not name:
        return ""
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        return name
    for part in re.findall(r"[^\W\d_]{4,}", name):
        if part.casefold() not in _TOO_COMMON and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text):
            return str(part)
    return ""
