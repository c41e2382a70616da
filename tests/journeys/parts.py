"""The parts of a page, and which of them stand where none like them stood before: what was read is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Place = tuple[Any, ...]

IN_HEAD = (0,)
"""The way into the head of a page, where there is nothing to be seen."""


@dataclass(frozen=True)
class Part:
    """A part of a page: where it stands by what it and all around it are, and the way to it, child by child."""

    place: Place
    way: tuple[int, ...]
    tag: str
    css: str


def parts_of(page: Any) -> Iterator[Part]:
    """All parts of a page, each before those that stand in it."""

    def walk(part: Any, above: Place, way: tuple[int, ...]) -> Iterator[Part]:
        marks = sorted(name for name in part.attrib if name.startswith("aria-") or name in ("open", "hidden"))
        here = (*above, (part.tag, part.get("class"), part.get("role"), part.get("type"), *marks))
        yield Part(here, way, part.tag, part.get("class") or "")
        inside = (one for one in part if isinstance(one.tag, str))
        for number, one in enumerate(inside):
            yield from walk(one, here, (*way, number))

    return walk(page, (), ())


def new_parts(page: Any, known: set[Place]) -> list[Part]:
    """The parts that stand where none like them stood before, without those inside another new one.

    From now on they are `known`.
    """
    parts = list(parts_of(page))
    found: dict[tuple[int, ...], Part] = {}
    for part in parts:
        if part.place not in known and not any(part.way[:length] in found for length in range(len(part.way))):
            found[part.way] = part
    known |= {part.place for part in parts}
    return list(found.values())


def ways_to(parts: list[Part]) -> list[dict[str, Any]]:
    """How a browser finds those that can be seen."""
    return [{"way": part.way, "tag": part.tag, "css": part.css} for part in parts if part.way[:1] != IN_HEAD]
