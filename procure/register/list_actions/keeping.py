"""Where the files of a list are kept: the list itself, and what its dry run found. Written and read piece by piece."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from procure import words
from procure.audit.rules import plain
from procure.documents.door import UploadRefused, clean_name
from procure.documents.storage import place, writing
from procure.words import no_formula

MOST_BYTES = 60 * 1024 * 1024
"""A list may be this big: more than a hundred thousand contracts as text."""
PIECE = 1024 * 1024
PLAN, DOUBTS, CHANGES, MEND, LOOK = "plan.jsonl", "doubts.jsonl", "changes.jsonl", "to-mend.csv", "to-look-at.csv"
OF_A_DRY_RUN = (PLAN, DOUBTS, CHANGES, MEND, LOOK)


@dataclass(frozen=True)
class KeptList:
    """A list as it was taken in."""

    name: str
    key: str
    size: int
    sha256: str


def keep(name: str, stream: IO[bytes]) -> KeptList:
    """Take in a list piece by piece. `UploadRefused` where it is empty or too big; reading it judges what it holds."""
    called, digest, size = clean_name(name), hashlib.sha256(), 0
    with tempfile.TemporaryDirectory(prefix="procure-list-") as folder:
        copy = Path(folder) / "list"
        with copy.open("wb") as out:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > MOST_BYTES:
                    raise UploadRefused(f"{called} is too big. A list may have {words.file_size(MOST_BYTES)} at most.")
                digest.update(piece)
                out.write(piece)
        if not size:
            raise UploadRefused(f"{called} is empty. Choose the file again.")
        key = f"lists/{digest.hexdigest()[:2]}/{digest.hexdigest()}"
        files, path = place(key)
        if not (files.exists(path) and files.size(path) == size):
            _put(copy, key)
    return KeptList(called, key, size, digest.hexdigest())


def _put(path: Path, key: str) -> None:
    with path.open("rb") as source, writing(key) as out:
        shutil.copyfileobj(source, out, PIECE)


@contextmanager
def at_hand(key: str) -> Iterator[Path]:
    """A kept file as one on this machine, for as long as it is read."""
    files, path = place(key)
    with tempfile.TemporaryDirectory(prefix="procure-list-") as folder:
        copy = Path(folder) / "list"
        with files.open(path, "rb") as kept, copy.open("wb") as out:
            shutil.copyfileobj(kept, out, PIECE)
        yield copy


def keep_dry_run(folder: Path, under: str) -> None:
    """Keep what a dry run wrote into a folder."""
    for name in OF_A_DRY_RUN:
        if (folder / name).exists():
            _put(folder / name, f"{under}/{name}")


def opened(under: str, name: str) -> IO[bytes]:
    """One file of a dry run, open for reading. FileNotFoundError where there is none."""
    files, path = place(f"{under}/{name}")
    found: IO[bytes] = files.open(path, "rb")
    return found


def lines_of(under: str, name: str) -> Iterator[dict[str, Any]]:
    """The lines of one file of a dry run, each as what it was written from; none where the file is gone."""
    try:
        with opened(under, name) as kept:
            for text in kept:
                yield orjson.loads(text)
    except FileNotFoundError:
        return


def remove(under: str) -> None:
    """Remove what a dry run kept."""
    files, path = place(under)
    if under and files.exists(path):
        files.rm(path, recursive=True)


_A_LINE = orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATETIME


class Written:
    """The files of a dry run while they are written."""

    def __init__(self, folder: Path) -> None:
        self._json = {name: (folder / name).open("wb") for name in (PLAN, DOUBTS, CHANGES)}
        self._text = {name: (folder / name).open("w", encoding="utf-8-sig", newline="") for name in (MEND, LOOK)}
        self._tables = {name: csv.writer(file) for name, file in self._text.items()}

    def note(self, name: str, thing: Mapping[str, Any]) -> None:
        """Add a line to one of the files of lines."""
        self._json[name].write(orjson.dumps(thing, default=plain, option=_A_LINE))

    def row(self, name: str, cells: Sequence[str]) -> None:
        """Add a row to one of the tables; no cell of it is taken for a formula."""
        self._tables[name].writerow([no_formula(cell) for cell in cells])

    def close(self) -> None:
        """Finish them."""
        for file in (*self._json.values(), *self._text.values()):
            file.close()
