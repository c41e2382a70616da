"""docxtpl, whose dialect the masters speak, as the oracle: both must print the same words."""

from __future__ import annotations

import io
from dataclasses import fields, replace

import pytest
from jinja2 import Environment

from procure.documents import render
from procure.documents.declare import Document, issue_bytes
from procure.documents.dialect import FILTERS, NOTES
from tests.documents.papers import PAPERS, W, meta_for, opened

docxtpl = pytest.importorskip("docxtpl")


def _lines(content: bytes) -> list[str]:
    """The words of each paragraph of the body, notes and empty ones left out."""
    made = opened(content)
    notes = {style.style_id for style in made.styles if style.name.lower() in NOTES}
    said = []
    for paragraph in made.element.body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in notes:
            said.append("".join(text.text or "" for text in paragraph.iter(f"{W}t")).replace("\u00a0", " "))
    return [line for line in "".join(f"{line}\n" for line in said).split("\n") if line.strip()]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_renderer_prints_what_docxtpl_prints(paper: Document) -> None:
    facts, meta = paper.sample(), replace(meta_for(paper), is_draft=False)
    environment = Environment(autoescape=True)
    environment.filters |= {name: render.ENVIRONMENT.filters[name] for name in FILTERS}
    oracle = docxtpl.DocxTemplate(io.BytesIO(paper.path.read_bytes()))
    oracle.render({field.name: getattr(facts, field.name) for field in fields(facts)} | {"document": meta}, environment)
    held = io.BytesIO()
    oracle.save(held)
    ours = "".join("".join(_lines(issue_bytes(paper, facts, meta))).split())
    theirs = "".join("".join(_lines(held.getvalue())).split())
    assert ours == theirs
