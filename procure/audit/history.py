"""The history of one file, newest first, an act at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import select

from procure import words
from procure.audit.models import TrailEntry
from procure.audit.sentences import details, strong
from procure.extensions import db
from procure.now import legal_day


@dataclass(frozen=True)
class Told:
    """One act as History tells it."""

    strong: str
    rest: str
    when: str
    by: str
    is_act: bool
    more_summary: str
    more: Markup | None


@dataclass
class ToldDay:
    """The acts of one day."""

    day: date
    entries: list[Told] = field(default_factory=list)


def history_of(file: str, most: int = 300) -> list[ToldDay]:
    """What was done on a file, by day, newest first. An act's entries are told as one sentence."""
    entries = db.session.scalars(
        select(TrailEntry).where(TrailEntry.file == file).order_by(TrailEntry.number.desc()).limit(most)
    ).all()
    days: list[ToldDay] = []
    for _, group in groupby(entries, key=lambda entry: entry.act_id):
        of_act = list(group)
        first = of_act[0]
        day = legal_day(first.at)
        if not days or days[-1].day != day:
            days.append(ToldDay(day))
        days[-1].entries.append(
            Told(
                strong=strong(first),
                rest="",
                when=words.clock_time(first.at),
                by="" if legal_day(first.recorded_at) == day else f"recorded {words.moment(first.recorded_at)}",
                is_act=first.kind != "refused",
                more_summary="What changed" if first.note is None else "Reason and what changed",
                more=details(of_act[::-1]),
            )
        )
    return days
