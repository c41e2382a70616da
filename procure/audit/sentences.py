"""Entries of the trail as sentences a person reads."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup, escape

from procure import words
from procure.audit.models import TrailEntry
from procure.audit.naming import REFUSED, called, is_told, shown, tried

MOST = 30
"""Changed values shown for one act; the trail page shows all."""


def strong(entry: TrailEntry) -> str:
    """Who did what: "A. Officer, Procurement Officer, published the tender notice." """
    comma = "," if "," in entry.by_words else ""
    if entry.kind == "refused":
        return f"{entry.by_words}{comma} {tried(entry.said.removeprefix(REFUSED))}, and was refused."
    return f"{entry.by_words}{comma} {entry.said}."


def changed_values(entry: TrailEntry) -> list[tuple[str, str, str]]:
    """What an entry changed, as (what, before, after) in an officer’s words. Keys of other rows are left out."""
    if entry.payload is None:
        return [("Disposed of", "", "")] if entry.table_name else []
    payload = json.loads(entry.payload)
    old, new = payload["old"], payload["new"]
    rows = []
    for name in sorted((name for name in old.keys() | new.keys() if is_told(name)), key=called):
        before, after = old.get(name), new.get(name)
        if before in NOTHING and after in NOTHING:
            continue
        was, becomes = shown(entry.table_name, name, before), shown(entry.table_name, name, after)
        rows.append((words.sentence(called(name)), was, becomes))
    return rows


NOTHING = (None, "", False)
"""Values that say nothing where a row is new."""


def details(entries: Sequence[TrailEntry]) -> Markup | None:
    """The note of an act and every value it changed, row by row."""
    parts: list[Markup] = []
    if entries[0].note:
        said = "Why it was refused" if entries[0].kind == "refused" else "Reason given"
        parts.append(Markup('<p class="govuk-body">{}: “{}”</p>').format(said, entries[0].note))
    told = [(entry, values) for entry in entries if (values := changed_values(entry))]
    left = MOST
    for entry, values in told:
        if left <= 0:
            break
        lines = Markup("").join(_line(entry.kind, *value) for value in values[:left])
        left -= len(values)
        parts.append(
            Markup('<p class="govuk-body govuk-!-margin-bottom-1"><b>{}</b>{}</p>').format(
                entry.row_name or "", {"added": ", new", "removed": ", taken out"}.get(entry.kind, "")
            )
            + Markup('<ul class="govuk-list govuk-list--bullet">')
            + lines
            + Markup("</ul>")
        )
    if left < 0:
        parts.append(Markup('<p class="govuk-body">And {} more.</p>').format(words.plural(-left, "value")))
    return Markup("").join(parts) if parts else None


def _line(kind: str, what: str, before: str, after: str) -> Markup:
    """One value: as it is, or from what to what."""
    if kind == "added" or before == "nothing":
        return Markup("<li>{}: {}</li>").format(what, after)
    if kind == "removed":
        return Markup("<li>{}: {}</li>").format(what, before)
    if after == "nothing":
        return Markup("<li>{}: {}, taken out</li>").format(what, before)
    return Markup("<li>{}: from {} to {}</li>").format(what, before, after)


def plain_note(entry: TrailEntry) -> str:
    """The reason given, escaped; empty when there was none."""
    return str(escape(entry.note or ""))
