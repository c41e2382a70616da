"""Removing what a crash left: files that no row names and no act will name any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Column, String, select

from procure.documents.storage import HALF_WRITTEN, lying_in, remove
from procure.extensions import db

FOLDERS = ("papers", "uploads", "bids", "templates")
"""Where each file belongs to one act. Other folders are kept tidy by those who fill them."""

LONG_ENOUGH = timedelta(days=1)
"""An act names its files within seconds of their writing; a day later nothing is on its way any more."""

FOR_ONE_ACT = re.compile(r"[0-9a-f]{64}-[0-9a-f]{16}(\.\w+)?$")
"""How `storage.new_key` ends a key. A file under any other name may be written again, and is left alone."""

AT_ONCE = 500


def sweep_files(at: datetime) -> int:
    """Remove the files that no row names, written more than a day before; answers how many.

    A column that names a file ends in `_key`: one in any table is enough to keep it.
    """
    removed, old = 0, _old_files(at)
    while keys := list(islice(old, AT_ONCE)):
        for key in set(keys) - _named(keys):
            remove(key)
            removed += 1
    return removed


def _old_files(at: datetime) -> Iterator[str]:
    for folder in FOLDERS:
        for found in lying_in(folder):
            is_ours = FOR_ONE_ACT.search(found.key) or found.key.endswith(HALF_WRITTEN)
            if is_ours and found.written_at < at - LONG_ENOUGH:
                yield found.key


def _named(keys: Sequence[str]) -> set[str]:
    return {key for column in naming_columns() for key in db.session.scalars(select(column).where(column.in_(keys)))}


def naming_columns() -> list[Column[str]]:
    """Every column of the database that can name a file."""
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_key") and isinstance(column.type, String)
    ]
