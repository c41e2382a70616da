"""A template judged before it is taken in: what it is, what it names, what is wrong with it and how that is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lxml import etree

from procure.documents.dialect import translate
from procure.documents.free_tags import tags_and_problems
from procure.documents.merge_fields import field_names
from procure.documents.package import LARGEST_FILE, NotADocument, Packed, open_package, write_package
from procure.documents.paragraphs import W, parser
from procure.documents.problems import THE_FILE, Problem
from procure.documents.safety import Examined, examine


class TemplateKind(StrEnum):
    """How a template says where facts go."""

    JINJA = "jinja"
    MERGEFIELD = "mergefield"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        """In the words of who keeps templates."""
        return {"jinja": "Tags", "mergefield": "Merge fields", "plain": "Words only"}[self.value]


@dataclass(frozen=True)
class Verdict:
    """What came of looking at one file."""

    kind: TemplateKind | None = None
    """None where the file can't be read."""
    fields: Sequence[str] = ()
    """What its tags or merge fields name, in their order."""
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    """What was taken out of it."""
    content: bytes = field(default=b"", repr=False)
    """The file as it may be kept; empty where it is refused."""

    @property
    def is_accepted(self) -> bool:
        return not self.problems

    def as_facts(self, file: str) -> dict[str, Any]:
        """As `flask documents check` prints it."""
        faults = [
            {"where": one.where, "tag": one.tag, "reason": one.sentence, "suggestion": one.suggestion or None}
            for one in self.problems
        ]
        facts = {"file": file, "accepted": self.is_accepted, "kind": self.kind, "fields": self.fields, "faults": faults}
        return {**facts, "notes": self.notes} if self.notes else facts


def judge(data: bytes, facts_type: type | None = None) -> Verdict:
    """Judges a file: for a paper with these facts, or by structure and safety alone."""
    try:
        parts = open_package(data[: LARGEST_FILE + 1])
    except NotADocument as no:
        return Verdict(problems=(Problem(THE_FILE, no.sentence),))
    examined = examine(parts)
    if examined.problems:
        return Verdict(_kind(examined), problems=tuple(examined.problems), notes=tuple(examined.notes))
    merged = field_names(examined.codes)
    names, problems, has_tags = tags_and_problems(examined.parts)
    kind = TemplateKind.MERGEFIELD if merged else TemplateKind.JINJA if has_tags else TemplateKind.PLAIN
    content = _packed(examined, data)
    if facts_type is not None:
        problems = translate(content, facts_type, issued=False).problems
    return Verdict(
        kind,
        tuple(dict.fromkeys((*merged, *names))),
        tuple(problems),
        tuple(examined.notes),
        b"" if problems else content,
    )


@dataclass(frozen=True)
class Differences:
    """What is not the same in two versions of a template."""

    fields_added: Sequence[str]
    fields_gone: Sequence[str]
    words_added: Sequence[str]
    """Paragraphs of the body that only the later one has."""
    words_gone: Sequence[str]

    @property
    def is_none(self) -> bool:
        return not (self.fields_added or self.fields_gone or self.words_added or self.words_gone)


def what_differs(before: bytes, after: bytes, facts_type: type) -> Differences:
    """Compares two versions of a document's template: the facts they name, and their paragraphs."""
    old_fields, new_fields = _fields_in(before, facts_type), _fields_in(after, facts_type)
    old_words, new_words = _paragraphs_in(before), _paragraphs_in(after)
    return Differences(
        sorted(new_fields - old_fields), sorted(old_fields - new_fields),
        list((Counter(new_words) - Counter(old_words)).elements()),
        list((Counter(old_words) - Counter(new_words)).elements()),
    )  # fmt: skip


def _fields_in(template: bytes, facts_type: type) -> set[str]:
    return {name for name in translate(template, facts_type, issued=False).used if not name.startswith("document.")}


def _paragraphs_in(template: bytes) -> list[str]:
    root = etree.fromstring(open_package(template)["word/document.xml"], parser())
    texts = (
        "".join(" " if piece.tag == f"{W}tab" else piece.text or "" for piece in one.iter(f"{W}t", f"{W}tab")).strip()
        for one in root.iter(f"{W}p")
    )
    return [text for text in texts if text]


def _kind(examined: Examined) -> TemplateKind | None:
    """What a refused document is, as far as it was read."""
    if field_names(examined.codes):
        return TemplateKind.MERGEFIELD
    spoken = b"".join(part for name, part in examined.parts.items() if name.startswith("word/"))
    return TemplateKind.JINJA if b"{{" in spoken or b"{%" in spoken else TemplateKind.PLAIN


def _packed(examined: Examined, data: bytes) -> bytes:
    """The same bytes, unless something was taken out."""
    if not examined.notes:
        return data
    return write_package(Packed.of(name, part) for name, part in examined.parts.items())
