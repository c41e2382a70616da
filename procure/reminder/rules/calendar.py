"""Days as entries for somebody's calendar: iCalendar text, RFC 5545, all-day events.

Written here and not by a library, because a round writes thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_BYTES = 75


@dataclass(frozen=True)
class Entry:
    """One all-day event. `uid` stays the same when the day moves, so that a calendar moves it too."""

    uid: str
    on: date
    summary: str
    text: str = ""
    url: str = ""
    remind_days: int = 0
    """Days before on which the calendar itself speaks up; 0 for never."""


def calendar_of(entries: Iterable[Entry], *, name: str, at: datetime, is_feed: bool = False) -> str:
    """A calendar with these events. A feed says how often it is worth looking again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Procure//Reminders//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]  # fmt: skip
    if is_feed:
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"]
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, stamp: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.text:
        lines.append(f"DESCRIPTION:{_escaped(entry.text)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    if entry.remind_days:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(entry.summary)}",
                  f"TRIGGER:-P{entry.remind_days}D", "END:VALARM"]  # fmt: skip
    return [*lines, "END:VEVENT"]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    if text.isprintable():
        return text
    return "\\n".join("".join(sign for sign in line if sign.isprintable()) for line in text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A long line in parts of at most 75 bytes, never cutting a letter in two."""
    if len(line) * 4 <= LINE_BYTES or len(line.encode()) <= LINE_BYTES:
        yield line
        return
    part, size, room = "", 0, LINE_BYTES
    for sign in line:
        length = len(sign.encode())
        if size + length > room:
            yield part
            part, size, room = " ", 1, LINE_BYTES
        part += sign
        size += length
    yield part
