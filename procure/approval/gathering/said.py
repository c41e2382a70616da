"""How a value of a row becomes a fact of the paper: what is empty is a gap that says where it is given."""

from __future__ import annotations

from typing import TypeVar

from flask import has_request_context, url_for

from procure.documents.gaps import Gap
from procure.people.models import Person, Post

T = TypeVar("T")


class Said:
    """Takes facts from rows; what is empty becomes a gap that knows the page where it is given."""

    def __init__(self, where: str, endpoint: str, reference: str) -> None:
        self._where = where
        self._href = url_for(endpoint, reference=reference) if has_request_context() else None

    def __call__(self, value: T | None, meaning: str) -> T | Gap:
        return Gap(meaning, self._where, self._href) if value is None or value in ("", ()) else value


def name_of(named: Post | Person | None) -> str | None:
    """The name of a post or person, where there is one."""
    return None if named is None else named.name
