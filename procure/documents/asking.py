"""The questions that a paper asks its officer, read from its template, and the answers kept with the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lxml import etree
from sqlalchemy import select

from procure.audit.actions import ChangedMeanwhile, act
from procure.documents.asking_models import PaperAnswer
from procure.documents.declare import Document
from procure.documents.dialect import W
from procure.documents.package import open_package
from procure.extensions import db
from procure.people.models import Person
from procure.refusals import Refusal

LABEL = "Ask and record: "
LONGEST = 4_000


class NoSuchQuestion(Refusal):
    """The paper doesn't ask that: its template has changed since the page was opened."""


@dataclass(frozen=True)
class Asked:
    """One question of a paper, with its answer where there is one."""

    key: str
    text: str
    answer: PaperAnswer | None


def questions_of(document: Document) -> tuple[tuple[str, str], ...]:
    """Key and words of each question in the template of a paper, in order; a workbook asks none."""
    return () if document.workbook is not None else questions_in(document.path.read_bytes())


def questions_in(template: bytes) -> tuple[tuple[str, str], ...]:
    """The same for the bytes of a template."""
    return _read(hashlib.sha256(template).digest(), _Held(template))


class _Held:
    """Carries a template past the cache, which knows it by its digest alone."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=128)
def _read(digest: bytes, template: _Held) -> tuple[tuple[str, str], ...]:
    body = etree.fromstring(open_package(template.content)["word/document.xml"])
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") != "Ask":
            continue
        words = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t")).removeprefix(LABEL).strip()
        if words:
            found.append((hashlib.sha256(words.encode()).hexdigest()[:16], words))
    return tuple(found)


def asked_by(document: Document, about: str) -> list[Asked]:
    """The questions of a paper with what was answered for a file."""
    questions = questions_of(document)
    if not questions:
        return []
    rows = db.session.scalars(select(PaperAnswer).where(PaperAnswer.about == about, PaperAnswer.name == document.name))
    answers = {row.question_digest: row for row in rows}
    return [Asked(key, text, answers.get(key)) for key, text in questions]


def seen_of(asked: Sequence[Asked]) -> int:
    """What a page remembers of the answers it showed: it grows with each change of any of them."""
    return sum(one.answer.version for one in asked if one.answer)


def keep_answers(
    document: Document, about: str, answers: Mapping[str, str], *, by: Person, at: datetime, sees: int | None = None
) -> Sequence[PaperAnswer]:
    """Keep what was answered, by the key of the question. An answer that was given is changed, never taken away."""
    kept = []
    with act(f"answered what the {document.title.lower()} asks", on=about, by=by, at=at):
        asked_now = asked_by(document, about)
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
