"""Entries of the trail as sentences a person reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from procure import words
from procure.audit.models import TrailEntry

MOST = 30
"""Changed values shown for one act; the trail page shows all."""


def strong(entry: TrailEntry) -> str:
    """Who did what: "A. Officer, Procurement Officer, published the tender notice." """
    comma = "," if "," in entry.by_words else ""
    return f"{entry.by_words}{comma} {entry.said}."


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, str):
        return _day_or_moment(value) if value[:2] == "20" and len(value) >= 10 else value
    return str(value)


def _day_or_moment(value: str) -> str:
    try:
        if len(value) == 10:
            return words.day(date.fromisoformat(value))
        return words.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


def changed_values(entry: TrailEntry) -> list[tuple[str, str, str]]:
    """What an entry changed, as (what, before, after). Keys of other rows are left out: names tell more."""
    if entry.payload is None:
        return [("Disposed of", "", "")] if entry.table_name else []
    payload = json.loads(entry.payload)
    old, new = payload["old"], payload["new"]
    rows = []
    for name in sorted(old.keys() | new.keys()):
        if name.endswith("_id") or name in ("is_example", "facts", "signed_canonical"):
            continue
        before, after = old.get(name), new.get(name)
        if before in (None, "") and after in (None, ""):
            continue
        rows.append((words.sentence(name.replace("_", " ")), _shown(before), _shown(after)))
    return rows


def details(entries: Sequence[TrailEntry]) -> Markup | None:
    """The note of an act and every value it changed, as a short list."""
    parts: list[Markup] = []
    if entries[0].note:
        parts.append(Markup('<p class="govuk-body">Reason given: “{}”</p>').format(entries[0].note))
    lines: list[Markup] = []
    for entry in entries:
        for what, before, after in changed_values(entry):
            row = Markup("<b>{}</b>: {}").format(entry.row_name or "", what.lower())
            if entry.kind == "added":
                lines.append(Markup("<li>{} {}</li>").format(row, after))
            elif entry.kind == "removed":
                lines.append(Markup("<li>{} {} (removed)</li>").format(row, before))
            else:
                lines.append(Markup("<li>{} from {} to {}</li>").format(row, before, after))
    if lines:
        rest = len(lines) - MOST
        more = Markup("<li>and {} more</li>").format(rest) if rest > 0 else Markup("")
        parts.append(
            Markup('<ul class="govuk-list govuk-list--bullet">')
            + Markup("").join(lines[:MOST])
            + more
            + Markup("</ul>")
        )
    return Markup("").join(parts) if parts else None


def plain_note(entry: TrailEntry) -> str:
    """The reason given, escaped; empty when there was none."""
    return str(escape(entry.note or ""))
