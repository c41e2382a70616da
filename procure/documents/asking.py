"""The questions that a paper asks its officer, read from its template, and the answers kept with the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from lxml import etree
from sqlalchemy import select

from procure.audit.actions import ChangedMeanwhile, act
from procure.documents.actions import template_content
from procure.documents.asking_models import PaperAnswer
from procure.documents.declare import Document
from procure.documents.package import open_package
from procure.documents.paragraphs import Styles, W, parser, style_of, words_of
from procure.documents.template_facts import in_use
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.people.models import Person
from procure.refusals import Refusal

ASK, LABEL = "ask", "Ask and record: "
"""The name of the style of a question, and how the supplied templates begin one."""
LONGEST = 4_000


class NoSuchQuestion(Refusal):
    """The paper doesn't ask that: its template has changed since the page was opened."""


@dataclass(frozen=True)
class Asked:
    """One question of a paper, with its answer where there is one."""

    key: str
    text: str
    answer: PaperAnswer | None


@lru_cache(maxsize=128)
def questions_in(template: bytes) -> tuple[tuple[str, str], ...]:
    """Key and words of each question in a template, in order."""
    parts = open_package(template)
    styles = parts.get("word/styles.xml")
    asks = Styles(etree.fromstring(styles, parser()) if styles else None, (ASK,)).notes
    found = []
    for paragraph in etree.fromstring(parts["word/document.xml"], parser()).iter(f"{W}p"):
        if style_of(paragraph) in asks:
            words = words_of(paragraph).removeprefix(LABEL).strip()
            if words:
                found.append((hashlib.sha256(words.encode()).hexdigest()[:16], words))
    return tuple(found)


def asked_by(document: Document, about: str, day: date) -> list[Asked]:
    """The questions of a paper with what was answered for a file, by the template that the file works with.

    A workbook asks nothing.
    """
    if document.workbook is not None:
        return []
    questions = questions_in(template_content(document, in_use(document.name, about, day)))
    if not questions:
        return []
    rows = db.session.scalars(select(PaperAnswer).where(PaperAnswer.about == about, PaperAnswer.name == document.name))
    answers = {row.question_digest: row for row in rows}
    return [Asked(key, text, answers.get(key)) for key, text in questions]


def unanswered_by(document: Document, about: str, day: date) -> list[Asked]:
    """Those of a paper's questions that nobody has answered for a file."""
    return [one for one in asked_by(document, about, day) if one.answer is None]


def seen_of(asked: Sequence[Asked]) -> int:
    """What a page remembers of the answers it showed: it grows with each change of any of them."""
    return sum(one.answer.version for one in asked if one.answer)


def keep_answers(
    document: Document, about: str, answers: Mapping[str, str], *, by: Person, at: datetime, sees: int | None = None
) -> Sequence[PaperAnswer]:
    """Keep what was answered, by the key of the question. An answer that was given is changed, never taken away."""
    kept = []
    with act(f"answered what the {document.title.lower()} asks", on=about, by=by, at=at):
        asked_now = asked_by(document, about, legal_day(at))
        if sees is not None and sees != seen_of(asked_now):
            raise ChangedMeanwhile("Somebody else has saved this since you opened it.")
        standing = {one.key: one for one in asked_now}
        for key, said in answers.items():
            asked = standing.get(key)
            if asked is None:
                raise NoSuchQuestion("The paper asks something else by now. Open the page again.")
            row, words = asked.answer, said.strip()
            if not words and row is None:
                continue
            if not words:
                raise NoSuchQuestion("An answer can be changed, but not taken away.", field=f"answer_{key}")
            if row is None:
                row = PaperAnswer(about=about, name=document.name, question=asked.text, question_digest=key)
                db.session.add(row)
            elif row.answer == words:
                continue
            row.answer, row.answered_by, row.answered_at = words, by, at
            kept.append(row)
        db.session.flush()
    return kept
