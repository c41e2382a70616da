"""A paper as PDF, where LibreOffice is installed; elsewhere the answer is that there is none."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pypdf
import pytest

from procure.documents import pdf
from procure.documents.declare import issue_bytes
from tests.documents.papers import PAPERS, meta_for

LETTER = next(paper for paper in PAPERS if paper.name == "letter-to-winner")


@pytest.mark.skipif(pdf.office() is None, reason="LibreOffice is not installed")
def test_a_paper_becomes_a_tagged_pdf_with_the_same_words() -> None:
    made = pdf.to_pdf(issue_bytes(LETTER, LETTER.sample(), meta_for(LETTER)))
    assert made is not None
    read = pypdf.PdfReader(io.BytesIO(made))
    assert "This letter is not a contract" in read.pages[0].extract_text()
    assert read.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == LETTER.title


def test_there_is_no_pdf_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert pdf.to_pdf(b"anything") is None


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    slow.chmod(0o755)
    monkeypatch.setattr(pdf, "office", lambda: str(slow))
    with pytest.raises(pdf.PdfFailed, match="took too long"):
        pdf.to_pdf(b"anything", seconds=0.5)


def test_a_conversion_that_makes_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "office", lambda: shutil.which("true") or "true")
    with pytest.raises(pdf.PdfFailed, match="Word file is not affected"):
        pdf.to_pdf(b"anything")
