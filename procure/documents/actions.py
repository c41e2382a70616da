"""Issuing a paper: rendered from the file's facts, kept with its template, facts and digest, never overwritten."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import IO, Any

import docx
from docx.oxml.ns import qn
from openpyxl import load_workbook
from sqlalchemy import func, select

from procure.audit.actions import NEW_ROW, act
from procure.council.models import Council
from procure.documents.declare import WORKBOOK, Document, draft_bytes, gaps_in, issue_bytes
from procure.documents.door import MOST_BYTES, Accepted, accept_stream
from procure.documents.gaps import Gap
from procure.documents.kinds import facts_kept
from procure.documents.models import Paper
from procure.documents.places import placed
from procure.documents.problems import BadTemplate
from procure.documents.registry import all_documents
from procure.documents.render import compiled, sha256
from procure.documents.scanning import scan
from procure.documents.shared_facts import DocumentFacts
from procure.documents.storage import PaperIsDamaged, keep, kept_bytes, pieces_in
from procure.documents.template_facts import current, in_use, keeps_its_version, start_of
from procure.documents.template_models import TemplateStart, TemplateVersion
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.now import legal_day
from procure.people.access import only_reads, post_names_of
from procure.people.models import Person
from procure.procurement.models import Procurement
from procure.rows import Recorded


def colour_of_the_council() -> str:
    """The colour of the council's papers, as six digits."""
    found = db.session.scalars(select(Council.colour)).first()
    return (found or "4f1b40").upper()


def is_of_example(row: Recorded) -> bool:
    """Whether a paper about this row prints invented figures: its own mark, or its file's."""
    mark = getattr(row, "is_example", None)
    if mark is None:
        mark = db.session.scalar(select(Procurement.is_example).where(Procurement.reference == row.trail_file()))
    return bool(mark)


def meta_of(
    document: Document, about: Recorded, *, subject: str = "", by: Person, at: datetime, version: str = "draft"
) -> DocumentFacts:
    """What a paper says of itself."""
    posts = post_names_of(by, legal_day(at))
    parts = (about.trail_file(), document.name, subject)
    return DocumentFacts(
        title=document.title, reference="/".join(part for part in parts if part), version=version,
        issued_on=legal_day(at), author_name=by.name, author_post=posts[0] if posts else by.name,
        is_draft=True, is_example=is_of_example(about),
    )  # fmt: skip


def _gather(document: Document, about: Recorded, at: datetime) -> Any:
    if document.gather is None:
        raise LookupError(f"{document.name} has no gather function.")
    return document.gather(about, at)


def _next_number(document: Document, about: Recorded, subject: str) -> int:
    """The number that the next version of a paper has."""
    of_it = (Paper.about == about.trail_file(), Paper.name == document.name, Paper.subject == subject)
    return (db.session.scalar(select(func.max(Paper.number)).where(*of_it)) or 0) + 1


def draft(document: Document, about: Recorded, *, subject: str = "", by: Person, at: datetime) -> bytes:
    """The paper as it stands today: gaps on yellow, notes to officers shown, DRAFT across each page."""
    _begin(document, about, by, at)
    version = f"{_next_number(document, about, subject)}.0"
    meta = meta_of(document, about, subject=subject, by=by, at=at, version=version)
    template = template_content(document, in_use(document.name, about.trail_file(), legal_day(at)))
    return draft_bytes(document, _gather(document, about, at), meta, template=template, colour=colour_of_the_council())


def missing_from(document: Document, about: Recorded, *, subject: str = "", by: Person, at: datetime) -> list[Gap]:
    """What the paper still lacks before it can be issued, each gap with the page on which it is filled in."""
    meta = meta_of(document, about, subject=subject, by=by, at=at, version="1.0")
    template = template_content(document, in_use(document.name, about.trail_file(), legal_day(at)))
    gaps = gaps_in(document, _gather(document, about, at), meta, template=template, colour=colour_of_the_council())
    if all(gap.href for gap in gaps):
        return gaps
    file = db.session.scalar(select(Procurement.reference).where(Procurement.reference == about.trail_file()))
    return [placed(gap, file) for gap in gaps]


def issue(document: Document, about: Recorded, *, subject: str = "", by: Person, at: datetime) -> Paper:
    """Issue the next version of a paper about a row, such as a procurement, a decision or a bidder's letter.

    Refused by `HasGaps` while anything it prints is missing.
    """
    file = about.trail_file()
    number = _next_number(document, about, subject)
    meta = meta_of(document, about, subject=subject, by=by, at=at, version=f"{number}.0")
    facts = _gather(document, about, at)
    version = in_use(document.name, file, legal_day(at))
    template = template_content(document, version)
    content = issue_bytes(document, facts, meta, template=template, colour=colour_of_the_council())
    _read_back(content, document.ending)
    kept = keep("papers", content, f".{document.ending}")
    with act(f"issued the {document.title.lower()}, version {number}", on=file, by=by, at=at):
        paper = Paper(
            about=file, name=document.name, subject=subject, number=number, title=document.title,
            reference=str(meta.reference), template_sha256=sha256(template),
            facts=facts_kept(facts, meta), file_key=kept.key, sha256=kept.sha256, size=kept.size, author_id=by.id,
            author_post=str(meta.author_post), issued_at=at, is_example=bool(meta.is_example),
        )  # fmt: skip
        db.session.add(paper)
        _note_start(document, file, version, at)
        db.session.flush()
    return paper


def make_ready(day: date) -> None:
    """Compile what each paper is made from on a day, so that nobody waits for it and processes can share it."""
    colour = colour_of_the_council()
    for document in all_documents():
        if document.workbook is None:
            with suppress(BadTemplate, PaperIsDamaged, OSError):  # said where a paper is made from it
                compiled(template_content(document, current(document.name, day)), document.facts, colour=colour)


def template_content(document: Document, version: TemplateVersion | None) -> bytes:
    """The Word file of a version; the supplied one for None."""
    return _version_content(version.file_key, version.sha256) if version else document.path.read_bytes()


@lru_cache(maxsize=32)
def _version_content(key: str, digest: str) -> bytes:
    return kept_bytes(key, digest)


def _begin(document: Document, about: Recorded, by: Person, at: datetime) -> None:
    """Note with which template a file begins a document, the first time that somebody at work on it reads a draft."""
    file, day = about.trail_file(), legal_day(at)
    if not keeps_its_version(file) or start_of(document.name, file) is not None or only_reads(by, day):
        return
    version = in_use(document.name, file, day)
    with own_transaction():
        _note_start(document, file, version, at)


def _note_start(document: Document, file: str, version: TemplateVersion | None, at: datetime) -> None:
    if keeps_its_version(file):
        new = NEW_ROW[db.session.get_bind().dialect.name](TemplateStart).values(
            about=file, name=document.name, template_id=version.id if version else None, began_at=at
        )
        db.session.execute(new.on_conflict_do_nothing())


def _read_back(content: bytes, ending: str) -> None:
    """Open a paper again as others will open it, and see that no tag and no gap mark has stayed in it."""
    if ending == WORKBOOK:
        cells = (cell.value for sheet in load_workbook(BytesIO(content)) for row in sheet for cell in row)
        words = "\n".join(str(value) for value in cells if value is not None)
    else:
        opened = docx.Document(BytesIO(content))
        words = "\n".join(node.text or "" for node in opened.element.iter(qn("w:t")))
    if any(mark in words for mark in ("{{", "{%", "◆")):
        raise PaperIsDamaged("The paper came out with an unfilled place. Tell the administrator.")


def content_of(paper: Paper) -> bytes:
    """The bytes of an issued paper, checked against the digest under which they were issued."""
    return kept_bytes(paper.file_key, paper.sha256)


@dataclass(frozen=True)
class Kept:
    """A file from outside, judged and kept: what a row notes of it."""

    name: str
    media_type: str
    size: int
    sha256: str
    key: str
    opens_with: str | None = None
    """The key of one that lies encrypted."""


def keep_upload(name: str, content: bytes | IO[bytes], *, most: int = MOST_BYTES) -> Kept:
    """Take in a file through the one door, look for viruses, and keep its bytes. `UploadRefused` where it may not.

    Called before the act opens: what is refused afterwards leaves at most a file that nothing names.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    taken = admitted(name, stream, most=most)
    kept = keep("uploads", stream)
    return Kept(taken.name, taken.kind.media_type, kept.size, kept.sha256, kept.key)


def admitted(name: str, stream: IO[bytes], *, most: int) -> Accepted:
    """A file that came through the door and past the scanner, not kept yet; its stream stands at its beginning."""
    taken = accept_stream(name, stream, most=most)
    scan(taken.name, pieces_in(stream))
    stream.seek(0)
    return taken


def papers_of(about: str) -> list[Paper]:
    """All issued papers of a file, newest first."""
    return list(
        db.session.scalars(select(Paper).where(Paper.about == about).order_by(Paper.issued_at.desc(), Paper.id.desc()))
    )


def latest(about: str, name: str, subject: str = "") -> Paper | None:
    """The newest version of a paper; None when it has not been issued."""
    return db.session.scalars(
        select(Paper)
        .where(Paper.about == about, Paper.name == name, Paper.subject == subject)
        .order_by(Paper.number.desc())
    ).first()
