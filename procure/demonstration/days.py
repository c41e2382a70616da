"""The days of the demonstration's journey, as in the re-run under the Procurement Act 2023. All are example."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment on a day, London time."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


SET_UP = date(2025, 4, 1)
CONTRACT_BEGAN = date(2025, 4, 1)
CONTRACT_ENDS = date(2028, 3, 31)
EIGHTEEN_MONTHS = date(2026, 9, 30)
BEGIN = date(2027, 1, 25)
LETTER = date(2027, 3, 31)
BUY_AGAIN = date(2027, 4, 1)
NEED_DONE = date(2027, 4, 1)
SOCIAL_VALUE = date(2027, 4, 14)
CONSULTED_FROM, CONSULTED_UNTIL = date(2027, 4, 12), date(2027, 5, 21)
CRITERIA_AGREED = date(2027, 5, 12)
APPRAISAL = date(2027, 5, 25)
REVIEWED = date(2027, 5, 28)
FORWARD_PLAN = date(2027, 6, 7)
CLEARED = date(2027, 6, 24)
REPORT_ISSUED = date(2027, 7, 2)
CABINET = date(2027, 7, 13)
CABINET_PUBLISHED = date(2027, 7, 16)
CABINET_IN_FORCE = date(2027, 7, 26)
METHOD_SET = date(2027, 8, 16)
PAPERS_WRITTEN = date(2027, 9, 1)
PAPERS_ISSUED = date(2027, 9, 2)
TENDER_OPENS = date(2027, 9, 6)
BRIEFING = date(2027, 9, 15)
TENDER_CLOSES = date(2027, 10, 11)
BIDS_ENTERED = date(2027, 10, 12)
SCORES_IN = date(2027, 10, 26)
MODERATED = date(2027, 11, 5)
EVALUATED = date(2027, 11, 9)
PREPARED = date(2027, 11, 10)
ASKED = date(2027, 11, 12)
VIEWS_DUE = date(2027, 11, 18)
WAITING = date(2027, 11, 17)
SIGNING = date(2027, 11, 19)
PUBLISHED = date(2027, 11, 22)
STANDSTILL = date(2027, 11, 23)
CONTRACT_SIGNED = date(2027, 12, 6)
SERVICE_STARTS = date(2028, 4, 1)
NEXT_REMINDER = date(2029, 9, 30)
