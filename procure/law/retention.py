"""How long statute keeps a record. A council's own schedule may keep it longer, never shorter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from procure import words
from procure.law.working_days import DayRow, Working, last_day_of_months_beginning


class Record(StrEnum):
    """What is kept."""

    OFFICER_DECISION = "officer decision record"
    BACKGROUND_PAPERS = "background papers of an officer decision"
    PROCUREMENT = "record of a procurement"


@dataclass(frozen=True)
class Retention:
    """A number of years beginning with the day of an event."""

    record: Record
    years: int
    event: str
    from_on: date
    source: str


_OPENNESS = "Openness of Local Government Bodies Regulations 2014, regulation 8"

RETENTIONS: dict[Record, Retention] = {
    row.record: row
    for row in (
        Retention(Record.OFFICER_DECISION, 6, "the decision is made", date(2014, 8, 6), _OPENNESS),
        Retention(Record.BACKGROUND_PAPERS, 4, "the decision is made", date(2014, 8, 6), _OPENNESS),
        Retention(
            Record.PROCUREMENT, 3, "the contract is entered into", date(2025, 2, 24), "Procurement Act 2023, section 98"
        ),
    )
}


def kept_until(record: Record, event_on: date) -> Working:
    """Last day on which a record must be kept; it may be disposed of on the day after."""
    row = RETENTIONS[record]
    last = last_day_of_months_beginning(event_on, row.years * 12)
    years = words.months_label(row.years * 12)
    return Working(
        answer=last,
        days=(DayRow(event_on, None, f"The day {row.event}"), DayRow(last, None, "Last day")),
        rule=f"{words.sentence(years)} beginning with the day {row.event}.",
        source=row.source,
    )
