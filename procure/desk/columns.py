"""Columns as a search compares them: the same on both databases. Nothing folded is ever stored.

SQLite is given `folding.folded` when it is opened; PostgreSQL writes the same in its own functions.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from procure.folding import ALIKE, IN_TWO


class Folded(FunctionElement[str]):
    """A column's text as `folded` gives it; an empty one where there is none."""

    type = Text()
    inherit_cache = True
    name = "folded"


@compiles(Folded, "sqlite")
def _on_sqlite(element: Folded, compiler: Any, **around: Any) -> str:
    return f"folded({compiler.process(element.clauses, **around)})"


USUAL = "‘’“”–—\u00a0"
"""What a typesetter puts into any English text. Without it most texts are plain, and take the short way."""


@compiles(Folded, "postgresql")
def _on_postgresql(element: Folded, compiler: Any, **around: Any) -> str:
    """A text is plain when it has as many bytes as characters. `replace` is by far the cheapest of its functions."""
    pairs = {chr(one): chr(other) for one, other in ALIKE.items()} | IN_TWO | {"\u00a0": " "}
    usual = f"coalesce({compiler.process(element.clauses, **around)}, '')"
    rare = "plain.text"
    for one, other in pairs.items():
        step = f", '{one}', '{other.replace(chr(39), chr(39) * 2)}')"
        usual, rare = (f"replace({usual}{step}", rare) if one in USUAL else (usual, f"replace({rare}{step}")
    apart = f"lower(regexp_replace(normalize({rare}, NFKD), '[\u0300-\u036f]', '', 'g'))"
    is_plain = "octet_length(plain.text) = char_length(plain.text)"
    choice = f"CASE WHEN {is_plain} THEN lower(plain.text) ELSE {apart} END"
    return f"(SELECT {choice} FROM (SELECT {usual} AS text OFFSET 0) AS plain)"  # noqa: S608
