"""The trail: entries that are only ever added, the head of each file's chain, and what was done once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procure.audit.rules import plain
from procure.rows import Base

SEALED = (
    "file", "number", "act_id", "said", "note", "by_id", "by_words", "at", "recorded_at", "kind", "table_name",
    "row_id", "row_name", "payload_digest",
)  # fmt: skip


class TrailEntry(Base):
    """One recorded change, or an act that changed no row, or a refusal worth recording.

    `hash` covers the entry before it in the same file and a salted digest of `payload`, so that a payload
    can lawfully be disposed of without breaking the chain.
    """

    __tablename__ = "trail_entry"
    __table_args__ = (
        UniqueConstraint("file", "number"),
        Index("ix_trail_entry_row", "table_name", "row_id"),
        Index("ix_trail_entry_act", "act_id"),
    )

    file: Mapped[str]
    number: Mapped[int]
    act_id: Mapped[str]
    said: Mapped[str]
    note: Mapped[str | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_words: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    kind: Mapped[str]
    table_name: Mapped[str | None]
    row_id: Mapped[int | None]
    row_name: Mapped[str | None]
    payload: Mapped[str | None]
    salt: Mapped[str]
    payload_digest: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    def sealed(self) -> dict[str, Any]:
        """Everything of the entry that its hash covers."""
        return {name: plain(getattr(self, name)) for name in SEALED}


class TrailHead(Base):
    """The end of a file's chain. Locked while entries are added."""

    __tablename__ = "trail_head"

    file: Mapped[str] = mapped_column(unique=True)
    count: Mapped[int]
    hash: Mapped[str]


class DoneOnce(Base):
    """The mark of a form that has been acted on, so that the same form posted again does nothing."""

    __tablename__ = "done_once"

    mark: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
