"""Where files are kept: a folder, or an object store, as PROCURE_FILES says. Written and read piece by piece.

Bytes belong to the act that names them. They are written before it opens, under a key that nobody else ever gets, so
there is no row without its file; what a crash leaves is a file that no row names, and `sweeping` removes it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem

from procure.refusals import Refusal

PIECE = 1024 * 1024
"""So much of a file is in memory at once."""

HALF_WRITTEN = ".part"


class PaperIsDamaged(Refusal):
    """The stored bytes of a file are not those that were kept."""


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the store."""

    key: str
    size: int
    sha256: str


def place(key: str) -> tuple[Any, str]:
    """The store, and the path of a key in it."""
    files, root = fsspec.core.url_to_fs(current_app.config["FILES"])
    return files, f"{root.rstrip('/')}/{key}"


@contextmanager
def writing(key: str) -> Iterator[IO[bytes]]:
    """A new file under a key, there whole at the end or, where anything goes wrong, not at all."""
    files, path = place(key)
    if isinstance(files, LocalFileSystem):
        with _on_disk(path) as out:
            yield out
        return
    out = files.open(path, "wb", block_size=8 * PIECE)
    try:
        yield out
    except BaseException:
        out.discard()
        out.closed = True  # or it is written after all when it is let go
        raise
    out.close()


@contextmanager
def _on_disk(path: str) -> Iterator[IO[bytes]]:
    """Written beside its place and moved there when the disk has it, so that a power cut leaves no half file."""
    whole = Path(path)
    whole.parent.mkdir(parents=True, exist_ok=True)
    half = whole.with_name(f"{whole.name}.{secrets.token_hex(4)}{HALF_WRITTEN}")
    try:
        with half.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        half.replace(whole)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def pieces_in(stream: IO[bytes]) -> Iterator[bytes]:
    """A stream, piece by piece."""
    while piece := stream.read(PIECE):
        yield piece


def digest_of(pieces: Iterable[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what is read."""
    counted = Counted()
    for piece in pieces:
        counted.add(piece)
    return counted.sha256, counted.size


def new_key(folder: str, sha256: str, ending: str = "") -> str:
    """A key for one writing of a file: its digest, and a mark that makes it nobody else's."""
    return f"{folder}/{sha256[:2]}/{sha256}-{secrets.token_hex(8)}{ending}"


def drawn_key(folder: str) -> str:
    """A key for a file whose digest isn't known yet, or may not be told: its name says nothing of what it holds."""
    return new_key(folder, secrets.token_hex(32))


class Counted:
    """Size and digest of what goes by, without holding it."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    def add(self, piece: bytes) -> bytes:
        """Count a piece and hand it on."""
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces, counted as they go by."""
        return map(self.add, pieces)

    @property
    def sha256(self) -> str:
        """Digest of all that went by."""
        return self._digest.hexdigest()


def keep(folder: str, content: bytes | IO[bytes], ending: str = "") -> Stored:
    """Keep bytes, or what a stream that can be rewound holds, in a folder of the store."""
    if isinstance(content, bytes):
        sha256, size = digest_of([content])
    else:
        content.seek(0)
        sha256, size = digest_of(pieces_in(content))
        content.seek(0)
    key = new_key(folder, sha256, ending)
    with writing(key) as out:
        for piece in [content] if isinstance(content, bytes) else pieces_in(content):
            out.write(piece)
    return Stored(key, size, sha256)


def store(key: str, content: bytes) -> None:
    """Keep bytes under a key that its caller has chosen."""
    with writing(key) as out:
        out.write(content)


@contextmanager
def reading(key: str) -> Iterator[IO[bytes]]:
    """A kept file, open for reading. FileNotFoundError where it is gone."""
    files, path = place(key)
    with files.open(path, "rb") as kept:
        yield kept


def proved(pieces: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    """The same pieces, the last one only when all of them together have the digest. Else `PaperIsDamaged`.

    So whoever takes them in never holds the whole of a damaged file.
    """
    digest, held = hashlib.sha256(), b""
    for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != sha256:
        raise PaperIsDamaged("This file is not the one that was kept. Tell the administrator.")
    if held:
        yield held


def kept_pieces(key: str, sha256: str) -> Iterator[bytes]:
    """The bytes kept under a key, piece by piece, proved by their digest."""
    with reading(key) as kept:
        yield from proved(pieces_in(kept), sha256)


def kept_bytes(key: str, digest: str) -> bytes:
    """The bytes kept under a key, in one. `PaperIsDamaged` where they are not those of the digest."""
    return b"".join(kept_pieces(key, digest))


def remove(key: str) -> None:
    """Remove a file, where it is still there."""
    files, path = place(key)
    if files.exists(path):
        files.rm(path)


@dataclass(frozen=True)
class Lying:
    """A file found in the store."""

    key: str
    written_at: datetime


def lying_in(folder: str) -> Iterator[Lying]:
    """Every file in a folder of the store, with the moment it was written."""
    files, path = place(folder)
    if not files.exists(path):
        return
    root = path.removesuffix(folder)
    for found, facts in files.find(path, detail=True).items():
        yield Lying(found.removeprefix(root), _written_at(facts))


def _written_at(facts: dict[str, Any]) -> datetime:
    """Stores name it differently. One that doesn't say is taken for new, so that nothing young is ever swept."""
    found = facts.get("LastModified") or facts.get("mtime") or facts.get("last_modified") or facts.get("updated")
    if isinstance(found, int | float):
        return datetime.fromtimestamp(found, UTC)
    if isinstance(found, str):
        found = datetime.fromisoformat(found)
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime.max.replace(tzinfo=UTC)
