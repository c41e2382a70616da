"""Every declared paper with its sample, and ways to look into a .docx as a reader would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import docx
from docx.document import Document as Word
from openpyxl import load_workbook

from procure.appraisal.documents import OPTIONS_APPRAISAL
from procure.approval.documents import CABINET_REPORT
from procure.authority.documents import OF_AUTHORITY
from procure.award.documents import ASSESSMENT_SUMMARY, ASSESSMENT_SUMMARY_WINNER, LETTER_TO_WINNER
from procure.award.recommendation_documents import OF_THE_RECOMMENDATION
from procure.award.report_back_documents import REPORT_BACK
from procure.contract.documents import OF_THE_CONTRACT
from procure.documents.declare import Document
from procure.documents.package import Packed, write_package
from procure.documents.reading_sheets import is_workbook
from procure.documents.shared_facts import DocumentFacts, sample_document
from procure.evaluation.documents import EXCLUSION_NOTICE, OF_THE_EVALUATION
from procure.tender.documents import OF_THE_TENDER

DECLARED = (
    OPTIONS_APPRAISAL,
    CABINET_REPORT,
    *OF_AUTHORITY,
    LETTER_TO_WINNER,
    ASSESSMENT_SUMMARY,
    ASSESSMENT_SUMMARY_WINNER,
    *OF_THE_TENDER,
    *OF_THE_EVALUATION,
    EXCLUSION_NOTICE,
    *OF_THE_RECOMMENDATION,
    REPORT_BACK,
    *OF_THE_CONTRACT,
)
PAPERS = tuple(paper for paper in DECLARED if paper.workbook is None)
"""Those that are made from a Word master."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def meta_for(paper: Document) -> DocumentFacts:
    """The sample paper as the machine would describe it."""
    return sample_document(paper.title, "PRO-2027-014", date(2027, 7, 5))


def opened(content: bytes) -> Word:
    """The paper as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """Everything a reader sees, headers and footers included, with ordinary spaces; of a workbook every cell."""
    if is_workbook(content):
        cells = (cell.value for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row)
        return "\n".join(str(value) for value in cells if value is not None).replace("\u00a0", " ")
    paper = opened(content)
    seen = [paper.element.body]
    for section in paper.sections:
        seen += [section.header._element, section.footer._element]
        seen += [section.first_page_header._element, section.first_page_footer._element]
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
        for part in seen
        for paragraph in part.iter(f"{W}p")
    ).replace("\u00a0", " ")


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of the zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same document with one part changed or added."""
    return write_package(Packed.of(each, held) for each, held in {**parts_of(content), name: part}.items())


def with_words(content: bytes, old: str, new: str) -> bytes:
    """The same template with other words in its body."""
    body = parts_of(content)["word/document.xml"].decode()
    assert old in body
    return with_part(content, "word/document.xml", body.replace(old, new, 1).encode())


def texts_in(facts: Any) -> Iterator[str]:
    """Every text of the facts, however deep."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if is_dataclass(each):
                yield from texts_in(each)
            elif isinstance(each, str):
                yield each


def changed(facts: Any, path: str, value: Any) -> Any:
    """The same facts with another value at a path such as `report.title`."""
    first, _, rest = path.partition(".")
    return replace(facts, **{first: changed(getattr(facts, first), rest, value) if rest else value})
