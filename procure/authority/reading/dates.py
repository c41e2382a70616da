"""Dates as councils print them: 18/02/2019, 18 February 2019, 18th Feb 2019, February 18, 2019, 2019-02-18."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
DATE = rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20|19)\d\d|(?:20|19)\d\d-\d\d-\d\d|{_DAY}\s+(?:of\s+)?{MONTH},?\s+(?:20|19)\d\d|{MONTH}\s+{_DAY},?\s+(?:20|19)\d\d)"
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_WORDS = re.compile(
    rf"(?:(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?({MONTH}),?|({MONTH})\s+(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?,?)\s+(\d{{4}})$",
    re.IGNORECASE,
)


def day_of(printed: str) -> date | None:
    """The day that a printed date means; None for one that doesn't exist (31st September)."""
    said = printed.strip()
    try:
        if found := _NUMBERS.match(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.match(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _WORDS.match(re.sub(r"\s+", " ", said)):
            month = (found[2] or found[3])[:3].lower()
            number = MONTHS.index(month) + 1
            return date(int(found[5]), number, int(found[1] or found[4]))
    except ValueError:
        return None
    return None
