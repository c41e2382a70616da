"""Files from outside are judged by what they hold, and named so that nothing trips over them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.documents.door import LONGEST_NAME, MOST_BYTES, UploadRefused, accept, clean_name, kind_of


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name.replace("__", "/"), words)
    return made.getvalue()


def a_word_file() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n0000", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (a_word_file(), "docx"),
        ("Our price is £412,500.".encode(), "txt"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (packed(**{"[Content_Types].xml": "", "xl__workbook.xml": ""}), "xlsx"),
        (packed(**{"[Content_Types].xml": "", "word__document.xml": "", "word__vbaProject.bin": ""}), None),
        (packed(**{"tender.exe": "MZ"}), None),
        (b"PK\x03\x04broken", None),
        (b"MZ\x90\x00", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"<!DOCTYPE html><script>", None),
        (b"\n <svg onload=x>", None),
        ("\ufeff<HTML>".encode(), None),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, ending: str | None) -> None:
    found = kind_of(content)
    assert (found.ending if found else None) == ending


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("tender.pdf", "tender.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\Tender 1.PDF", "Tender 1.PDF"),
        ("tender.exe", "tender.exe.pdf"),
        ("tender.docx", "tender.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie- b.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_its_content_does(name: str, kept: str) -> None:
    assert accept(name, b"%PDF-1.4").name == kept


@given(st.text(max_size=400))
def test_no_name_holds_a_folder_a_line_end_or_too_much(name: str) -> None:
    kept = clean_name(name)
    assert kept and len(kept) <= LONGEST_NAME and not set(kept) & set('/\\\r\n\x00<>:"|?*')


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "a.pdf is empty. Choose the file again."),
        (b"%PDF-" + b"0" * MOST_BYTES, "A file may have 15 MB at most."),
        (b"MZ\x90\x00", "a.pdf can’t be taken in. Send it as PDF, Word"),
    ],
)
def test_a_file_that_isn_t_taken_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UploadRefused) as refusal:
        accept("a.pdf", content)
    assert says in refusal.value.sentence
