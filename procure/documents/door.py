"""The one door for files that come from outside: how big, of what kind by its content, and under what name."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from codecs import getincrementaldecoder
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from typing import IO

from procure import words
from procure.refusals import Refusal

MOST_BYTES = 15 * 1024 * 1024
"""One file may be this big."""
PIECE = 1024 * 1024
LONGEST_NAME = 120
MOST_PARTS = 5_000
"""Parts of an office file that are looked at; more is no paper."""

TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or plain text"


class UploadRefused(Refusal):
    """A file that is empty, too big, or of a kind that isn’t taken in."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file we take: its ending and what it is called on the wire and to the reader."""

    ending: str
    media_type: str
    label: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind("pdf", "application/pdf", "PDF")
WORD = FileKind("docx", f"{_OFFICE}wordprocessingml.document", "Word")
EXCEL = FileKind("xlsx", f"{_OFFICE}spreadsheetml.sheet", "Excel")
SLIDES = FileKind("pptx", f"{_OFFICE}presentationml.presentation", "PowerPoint")
PNG = FileKind("png", "image/png", "PNG picture")
JPEG = FileKind("jpg", "image/jpeg", "JPEG picture")
TEXT = FileKind("txt", "text/plain", "Plain text")
OPEN = {
    f"application/vnd.oasis.opendocument.{name}": FileKind(
        ending, f"application/vnd.oasis.opendocument.{name}", "OpenDocument"
    )
    for name, ending in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
KINDS = (PDF, WORD, EXCEL, SLIDES, PNG, JPEG, TEXT, *OPEN.values())
_FOLDERS = {"word/": WORD, "xl/": EXCEL, "ppt/": SLIDES}
_SAME_ENDING = {"jpeg": "jpg", "csv": "txt", "md": "txt"}


@dataclass(frozen=True)
class Accepted:
    """A file that may come in: its cleaned name, its kind by content, its bytes where they are at hand."""

    name: str
    kind: FileKind
    content: bytes


def accept(name: str, content: bytes) -> Accepted:
    """Judge a file by what it holds, never by what it is called. `UploadRefused` says what to do instead."""
    called = clean_name(name)
    return accept_stream(called, BytesIO(content), most=MOST_BYTES, content=content)


def accept_stream(name: str, stream: IO[bytes], *, most: int, content: bytes = b"") -> Accepted:
    """Judge a file that is read piece by piece; at the end its stream stands at its beginning again."""
    called = clean_name(name)
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    if not size:
        raise UploadRefused(f"{called} is empty. Choose the file again.")
    if size > most:
        raise UploadRefused(f"{called} has {words.file_size(size)}. A file may have {words.file_size(most)} at most.")
    kind = kind_in(stream)
    stream.seek(0)
    if kind is None:
        raise UploadRefused(f"{called} can’t be taken in. Send it as {TAKEN}.")
    return Accepted(_with_ending(called, kind), kind, content)


def kind_of(content: bytes) -> FileKind | None:
    """What a file is by its first bytes and, for office files, by what they pack; None for what isn’t taken."""
    return kind_in(BytesIO(content))


def kind_in(stream: IO[bytes]) -> FileKind | None:
    """The same for a stream that stands at its beginning."""
    start = stream.read(16)
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    stream.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return _packed_kind(stream)
    return TEXT if _is_text(stream) else None


def _packed_kind(stream: IO[bytes]) -> FileKind | None:
    """An office file by the names of its parts. Nothing is unpacked but a mark of a few bytes; macros aren’t taken."""
    try:
        with zipfile.ZipFile(stream) as packed:
            names = packed.namelist()
            if len(names) > MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next(
                    (kind for folder, kind in _FOLDERS.items() if any(n.startswith(folder) for n in names)), None
                )
            if names and names[0] == "mimetype" and packed.getinfo("mimetype").file_size < 100:
                return OPEN.get(packed.read("mimetype").decode("ascii", "replace"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    return None


def _is_text(stream: IO[bytes]) -> bool:
    decoder, start = getincrementaldecoder("utf-8")(), ""
    try:
        while piece := stream.read(PIECE):
            text = decoder.decode(piece)
            start = start or text.lstrip("\ufeff \t\r\n")[:200].lower()
            if re.search("[\x00-\x08\x0e-\x1f]", text):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not start.startswith(("<!doctype", "<html", "<script", "<svg"))


def clean_name(name: str) -> str:
    """A file’s name as it is kept: no folders, nothing unprintable, no marks a file system or a header trips over."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(one for one in last if unicodedata.category(one)[0] not in ("C", "Z") or one == " ")
    kept = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "-", kept)).strip(" .-")
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        kept = (
            f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
            if dot and len(ending) < 10
            else kept[:LONGEST_NAME]
        )
    return kept or "file"


def _with_ending(name: str, kind: FileKind) -> str:
    """The name with the ending its content has earned, so that it opens as what it is."""
    stem, dot, ending = name.rpartition(".")
    given = ending.lower() if dot else ""
    if _SAME_ENDING.get(given, given) == kind.ending:
        return name
    known = {one.ending for one in KINDS} | set(_SAME_ENDING)
    return f"{stem if given in known else name}.{kind.ending}"
