"""How a room declares a paper, and what can then be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from inspect import getfile
from pathlib import Path
from typing import Any

from procure.documents import render
from procure.documents.dialect import Problem, check_template
from procure.documents.gaps import Gap, HasGaps
from procure.documents.kinds import gaps_within
from procure.documents.render import COUNCIL_COLOUR, sha256
from procure.documents.shared_facts import DocumentFacts

__all__ = ["Document", "draft_bytes", "gaps_in", "gathered_by", "issue_bytes", "problems_in", "sha256"]

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
WORD, WORKBOOK = "docx", "xlsx"


@dataclass(frozen=True)
class Document:
    """One paper: what it is called, the Word template it is made from, and exactly what that template may name.

    A workbook has no template: `workbook` makes its bytes from the facts, and every fact it has is one it prints.
    """

    name: str
    """As it stands in file names and addresses: `cabinet-report`."""
    title: str
    """As an officer calls it: Cabinet report."""
    room: str
    template: str
    """Path below `templates/`."""
    facts: type
    sample: Callable[[], Any]
    """Facts of an invented paper, for tests and for people who try out a template."""
    gather: Callable[..., Any] | None = None
    """Rows to facts; attached by the room that holds the rows."""
    workbook: Callable[[Any, DocumentFacts, str], bytes] | None = None
    """Facts, the paper itself and the council's colour to the bytes of an .xlsx."""

    is_working: bool = False
    """A working paper of those who evaluate: not before whoever decides, and packed by itself."""

    @property
    def path(self) -> Path:
        """Where the master lies: the template, or for a workbook the program that makes it."""
        return TEMPLATES / self.template if self.workbook is None else Path(getfile(self.workbook))

    @property
    def ending(self) -> str:
        """How the name of its file ends."""
        return WORD if self.workbook is None else WORKBOOK

    def file_name(self, reference: str, version: str) -> str:
        """PRO-2027-014-cabinet-report-v1.0.docx: what a browser is told to save it as."""
        kept = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in reference).strip("-.")
        return f"{kept}-{self.name}-v{version}.{self.ending}"


def gathered_by(room: str, function: str, *, module: str = "gathering") -> Callable[..., Any]:
    """The gather function of a room's `gathering.py`, looked up when a paper is made: declarations know no rows."""

    def gather(row: Any, at: datetime) -> Any:
        return getattr(import_module(f"procure.{room}.{module}"), function)(row, at)

    return gather


def issue_bytes(
    document: Document,
    facts: object,
    meta: DocumentFacts,
    *,
    template: bytes | None = None,
    colour: str = COUNCIL_COLOUR,
) -> bytes:
    """The paper as it goes out. HasGaps where something it prints is missing; BadTemplate where the template is bad.

    `template` is a council's own in place of the master.
    """
    if document.workbook is not None:
        gaps = gaps_in(document, facts, meta)
        if gaps:
            raise HasGaps(document.title, gaps)
        return document.workbook(facts, replace(meta, is_draft=False), colour)
    return render.issued(template or document.path.read_bytes(), facts, meta, colour=colour)


def draft_bytes(
    document: Document,
    facts: object,
    meta: DocumentFacts,
    *,
    template: bytes | None = None,
    notes: bool = True,
    colour: str = COUNCIL_COLOUR,
) -> bytes:
    """The paper as it stands, gaps on yellow, with or without the notes to officers."""
    if document.workbook is not None:
        return document.workbook(facts, replace(meta, is_draft=True), colour)
    return render.draft(template or document.path.read_bytes(), facts, meta, notes=notes, colour=colour)


def gaps_in(
    document: Document,
    facts: object,
    meta: DocumentFacts,
    *,
    template: bytes | None = None,
    colour: str = COUNCIL_COLOUR,
) -> list[Gap]:
    """What is still missing before this paper can be issued, in the order of the paper."""
    if document.workbook is not None:
        return gaps_within(facts)
    return render.gaps_printed(template or document.path.read_bytes(), facts, meta, colour=colour)


def problems_in(document: Document, template: bytes) -> list[Problem]:
    """What keeps an uploaded template from taking the master's place; an empty list when it is good."""
    return check_template(template, document.facts)
