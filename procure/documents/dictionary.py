"""The data dictionary of a document: every fact that its template may print, with its meaning and how to print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from procure import words
from procure.documents.declare import Document
from procure.documents.dialect import names_for
from procure.documents.gaps import Gap
from procure.documents.kinds import LIST, RECORD, YES_NO, Fact, facts_in
from procure.documents.shared_facts import SAMPLE_FILE, sample_document
from procure.documents.suggesting import folded

LONGEST_EXAMPLE = 90
ROWS_CALLED = "row"


@dataclass(frozen=True)
class Entry:
    """One fact as who edits a template reads of it."""

    name: str
    """Its path: `criteria[].title` for a fact of each row of the list `criteria`."""
    meaning: str
    kind: str
    printed: tuple[str, ...]
    """What to type in Word, each on its own: a tag, or the tags before and after what is repeated or left out."""
    example: str
    is_optional: bool

    def is_about(self, wanted: str) -> bool:
        """Whether what somebody looks for is in its name or its meaning."""
        return wanted in folded(self.name) or all(
            word in f"{self.name} {self.meaning}".casefold() for word in wanted.split() or [wanted]
        )


@dataclass(frozen=True)
class Group:
    """Facts that belong together: all of one supplier, all of each criterion."""

    name: str
    meaning: str
    entries: Sequence[Entry]


def dictionary_of(document: Document, day: date) -> list[Group]:
    """The whole dictionary of a document, in the order its facts are declared; the paper's own facts last."""
    facts = document.sample()
    meta = sample_document(document.title, SAMPLE_FILE, day)
    groups: list[Group] = []
    loose: list[Entry] = []
    for name, fact in names_for(document.facts).items():
        value = meta if name == "document" else getattr(facts, name)
        if fact.of is None:
            loose.append(_entry(name, name, fact, value))
        else:
            groups.append(Group(name, fact.meaning, tuple(_entries(name, name, fact, value))))
    return ([Group("", "On their own", tuple(loose))] if loose else []) + groups


def found_in(groups: Sequence[Group], wanted: str) -> list[Group]:
    """The groups with only the entries that somebody looks for; all of a group whose own name it is."""
    wanted = wanted.strip().casefold()
    if not wanted:
        return list(groups)
    found = (
        Group(group.name, group.meaning, tuple(one for one in group.entries if one.is_about(wanted)))
        for group in groups
    )
    return [group for group in found if group.entries]


def _entries(path: str, typed: str, fact: Fact, value: Any) -> Iterator[Entry]:
    """The fact itself where it is something to type, then what is in it. `typed` is how a tag names it."""
    if fact.kind is LIST or fact.optional or fact.of is None:
        yield _entry(path, typed, fact, value)
    if fact.of is None:
        return
    inside = value[0] if fact.kind is LIST and isinstance(value, tuple) and value else value
    typed = _row_name(typed) if fact.kind is LIST else typed
    for name, inner in facts_in(fact.of).items():
        held = None if isinstance(inside, Gap | tuple | None) else getattr(inside, name)
        yield from _entries(f"{path}{'[]' if fact.kind is LIST else ''}.{name}", f"{typed}.{name}", inner, held)


def _row_name(typed: str) -> str:
    """What the row of a list is called in our examples: inner rows need a name of their own."""
    return ROWS_CALLED if not typed.startswith(f"{ROWS_CALLED}.") else f"inner_{ROWS_CALLED}"


def _entry(path: str, typed: str, fact: Fact, value: Any) -> Entry:
    kind = {RECORD: "group"}.get(fact.kind, fact.kind.name)
    return Entry(path, fact.meaning, kind, _printed(typed, fact), _example(fact, value), fact.optional)


def _printed(typed: str, fact: Fact) -> tuple[str, ...]:
    if fact.kind is LIST:
        row = _row_name(typed)
        loop = (f"{{%tr for {row} in {typed} %}}", "{%tr endfor %}")
        return (f"{{%tr if {typed} %}}", *loop, "{%tr endif %}") if fact.optional else loop
    if fact.kind is YES_NO or fact.kind is RECORD:
        return (f"{{% if {typed} %}}", "{% endif %}")
    printed: tuple[str, ...] = (f"{{{{ {typed} }}}}",) if fact.kind.plain else ()
    printed += tuple(f"{{{{ {typed}|{name} }}}}" for name in fact.kind.filters)
    return (f"{{% if {typed} %}}", *printed, "{% endif %}") if fact.optional else printed


def _example(fact: Fact, value: Any) -> str:
    if value is None or isinstance(value, Gap) or fact.kind is RECORD:
        return ""
    if fact.kind is LIST:
        return f"{len(value)} in the sample"
    if fact.kind is YES_NO:
        return "yes" if value else "no"
    text = str(value) if fact.kind.plain else str(getattr(words, fact.kind.filters[0])(value))
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…"
