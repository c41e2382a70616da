"""A PostgreSQL of one's own, to measure on: it keeps what is committed, and is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.a_postgresql import a_postgresql, programs


@contextmanager
def postgresql_server() -> Iterator[tuple[str, Path] | None]:
    """The address of an empty database, and a folder for the application beside it; None where it isn't installed."""
    if programs() is None:
        yield None
        return
    with a_postgresql(is_durable=True) as server, tempfile.TemporaryDirectory(prefix="procure-bench-") as instance:
        yield f"{server.url}/postgres", Path(instance)
