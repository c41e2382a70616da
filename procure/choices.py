"""A choice from a list: the word that is stored and the words people read."""

from __future__ import annotations

import enum


class Labelled(enum.StrEnum):
    """A choice with the words people read. Members are written `NAME = "stored", "label"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a form: what is stored, what is read."""
        return [(member.value, member.label) for member in cls]
