"""A .docx as the zip file it is: opened with suspicion, written so that the same content gives the same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from procure.refusals import Refusal

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
STEEPEST_RATIO = 200
"""Unpacked to packed, for parts over a megabyte. Word's own XML stays below 40."""
QUICK = 3
"""How hard a part is squeezed that is made anew for each paper: a third of the time, a fifth more bytes."""
FIRST_DOS_DATE = (1 << 5) | 1
"""1 January 1980, the earliest date a zip can hold: no clock reaches the bytes."""


class NotADocument(Refusal):
    """The bytes are not a Word document that can be opened safely."""


SMALL = 1_000
"""Bytes; a part below that is put in as it is where it is made anew: to squeeze it takes longer than it saves."""


@dataclass(frozen=True)
class Packed:
    """One part of a document as it lies in the zip, made once and copied into every paper from the same template."""

    entry: bytes
    """Its head and its content."""
    listed: tuple[bytes, bytes]
    """What the list at the end of the zip says of it, before and after the place at which it lies."""

    @classmethod
    def of(cls, name: str, content: bytes, *, level: int = 6) -> Packed:
        """Compresses a part."""
        if level <= QUICK and len(content) < SMALL:
            method, packed = zipfile.ZIP_STORED, content
        else:
            squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
            method, packed = zipfile.ZIP_DEFLATED, squeeze.compress(content) + squeeze.flush()
        called = name.encode("utf-8")
        common = HEAD.pack(
            20, 0x800, method, 0, FIRST_DOS_DATE, zlib.crc32(content), len(packed), len(content), len(called), 0
        )
        return cls(b"PK\x03\x04" + common + called + packed, (b"PK\x01\x02\x14\x00" + common + bytes(10), called))


HEAD = struct.Struct("<HHHHHIIIHH")
PLACE = struct.Struct("<I")


def open_package(data: bytes) -> dict[str, bytes]:
    """The parts of a document by name, in the order of the file. NotADocument where the zip is broken or a bomb."""
    if len(data) > LARGEST_FILE:
        raise NotADocument("The file is larger than 10 MB.")
    _refuse_other_kinds(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_odd_entries(archive.infolist())
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise NotADocument("The file is not a Word document (.docx), or it is damaged.") from error
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        raise NotADocument(_other_office_file(parts))
    return parts


OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How a file of Word 97 begins, and one that is locked by a password, whatever it is called."""
LOCKED = "EncryptedPackage".encode("utf-16-le")


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(OLD_OFFICE):
        if LOCKED in data:
            raise NotADocument("The file is protected by a password. Take the password off and save it again.")
        raise NotADocument("The file is of an old kind (.doc). Save it as a Word document (.docx).")
    if data.startswith(b"{\\rtf"):
        raise NotADocument("The file is rich text (.rtf). Save it as a Word document (.docx).")
    if data.startswith(b"%PDF-"):
        raise NotADocument("The file is a PDF. Choose the Word document (.docx) it was made from.")


def _other_office_file(parts: Mapping[str, bytes]) -> str:
    if "mimetype" in parts:
        return "The file is an OpenDocument file. Save it as a Word document (.docx)."
    if any(name.startswith(("xl/", "ppt/")) for name in parts):
        return "The file is a spreadsheet or slides, not a Word document (.docx)."
    if any(name.startswith("word/document") for name in parts):
        return "The file is laid out in a way that can’t be read. Open it in Word, save it again and try that."
    return "The file is not a Word document (.docx)."


def write_package(parts: Iterable[Packed]) -> bytes:
    """The document as a zip: fixed dates, fixed order, nothing of the machine it was made on."""
    entries: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for part in parts:
        before, after = part.listed
        directory += (before, PLACE.pack(place), after)
        entries.append(part.entry)
        place += len(part.entry)
    listed = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(listed), place, 0)
    return b"".join((*entries, listed, b"PK\x05\x06", end))


def _refuse_odd_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise NotADocument("The file holds too many parts to be a Word document.")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(".." in name.split("/") or name.startswith("/") for name in names):
        raise NotADocument("The file holds parts with impossible names.")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise NotADocument("The file is protected by a password.")
    steep = any(
        entry.file_size > 1024 * 1024 and entry.file_size > STEEPEST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if steep or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise NotADocument("The file unpacks to far more than a Word document does.")
