"""The file a job makes: written piece by piece to where files are kept, counted and digested on the way."""

from __future__ import annotations

import hashlib
from typing import Any

from fsspec.implementations.local import LocalFileSystem

from procure.documents.storage import PIECE, place, remove


class ResultFile:
    """A result while it is written. Each try of a job writes a file of its own, so two never write one."""

    def __init__(self, job_id: int, tries: int) -> None:
        self.key = f"jobs/{job_id}-{tries}"
        self.size = 0
        self._digest = hashlib.sha256()
        self._open: Any = None

    def write(self, piece: bytes) -> int:
        """Write a piece; answers its length."""
        if self._open is None:
            files, path = place(self.key)
            if isinstance(files, LocalFileSystem):
                files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._open = files.open(path, "wb", block_size=8 * PIECE)
        self._open.write(piece)
        self._digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing to do: whoever makes a zip calls it."""

    @property
    def sha256(self) -> str:
        """Digest of all that was written."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Finish the file. A work that wrote nothing gives an empty one."""
        if self._open is None:
            self.write(b"")
        self._open.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._open is not None:
            self._open.close()
            remove(self.key)


def content_of(key: str) -> Any:
    """A result, open for reading. FileNotFoundError where it is gone."""
    files, path = place(key)
    return files.open(path, "rb")
