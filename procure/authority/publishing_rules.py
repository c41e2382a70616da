"""Publishing a decision: by when, which papers are open, and why a paper may be kept back. Pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure import words
from procure.authority.rules import PaperStanding
from procure.law.working_days import Calendar, count_after

PUBLISH_WITHIN = 2
"""Working days after the signature: what the law calls *as soon as reasonably practicable* (SI 2012/2089 reg 13)."""

PARAGRAPHS = {
    "1": "Information about any individual",
    "2": "Information likely to reveal who an individual is",
    "3": "The financial or business affairs of anybody, the council included",
    "4": "Consultations or negotiations about labour relations",
    "5": "Legal professional privilege",
    "6": "A notice or order that the council proposes to make",
    "7": "Preventing, investigating or prosecuting crime",
}
"""Paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, in a few words each."""

UNDECIDED = "Not decided yet"


@dataclass(frozen=True)
class PaperFacts:
    """A paper before a decision, and whether somebody has said that the public may read it."""

    title: str
    standing: PaperStanding | None = None


def publish_by(signed_on: date, england: Calendar) -> date:
    """Last day on which a decision is published in time."""
    return count_after(signed_on, PUBLISH_WITHIN, england.official())[-1].day


def late_said(signed_on: date, published_on: date | None, today: date, england: Calendar) -> str:
    """That a decision was, or would be, published late; empty while it is in time."""
    by = publish_by(signed_on, england)
    if (published_on or today) <= by:
        return ""
    said = f"It was to be published by {words.weekday(by)}, two working days after it was signed."
    return f"Published late. {said}" if published_on else f"Publication is late. {said}"


def why_not_that_standing(
    standing: PaperStanding, paragraph: str, public_interest: str, review_on: date | None, today: date
) -> tuple[str, str] | None:
    """The field and the sentence that refuse what was said of a paper; None where it can be kept."""
    if standing is not PaperStanding.EXEMPT:
        return None
    if paragraph not in PARAGRAPHS:
        return "paragraph", "Choose the paragraph of Schedule 12A under which it is exempt."
    if not public_interest.strip():
        return "public_interest", "Say why keeping it back serves the public better than opening it."
    if review_on is None:
        return "review_on", "Enter the day on which this is looked at again."
    if review_on <= today:
        return "review_on", "The day on which it is looked at again must be in the future."
    return None


def why_not_published(signed_on: date | None, published_on: date | None, papers: tuple[PaperFacts, ...]) -> str | None:
    """The sentence that refuses to publish a decision; None where it can be published."""
    if signed_on is None:
        return "You can’t publish this yet. It isn’t signed."
    if published_on is not None:
        return f"It was published on {words.day(published_on)}."
    left = [paper.title for paper in papers if paper.standing is None]
    if left:
        count = words.plural(len(left), "paper")
        return f"You can’t publish this yet. Nobody has said whether the public may read {count}: {_some(left)}."
    return None


def _some(titles: list[str], most: int = 3) -> str:
    shown = titles[:most] + ([f"{len(titles) - most} more"] if len(titles) > most else [])
    return words.joined(shown)
