"""Days and moments typed, however people write them."""

# mypy: allow-subclassing-any

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field
from wtforms.utils import unset_value
from wtforms.widgets import TextInput

from procure import words
from procure.fields.asking import Asked
from procure.fields.cleaning import _SPACES, as_text, first_of
from procure.words import MONTHS

LONDON = ZoneInfo("Europe/London")

_IN_ONE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(\d{1,2}|[A-Za-z]+)[\s/.,-]+(\d{1,4})", re.ASCII
)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199


def month_number(text: str) -> int | None:
    """3 for 3, 03, Mar or March."""
    text = text.strip().rstrip(".").lower()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    if len(text) >= 3:
        found = [
            number
            for number, name in enumerate(MONTHS, start=1)
            if name.lower().startswith(text[:9]) or (text == "sept" and number == 9)
        ]
        return found[0] if len(found) == 1 else None
    return None


class DayField(Asked, Field):
    """A day in three parts, posted as name-day, name-month and name-year (or all under one name)."""

    looks = "day"
    widget = TextInput()
    part_names: tuple[str, ...] = ("day", "month", "year")

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        **more: Any,
    ) -> None:
        self.earliest = earliest
        self.latest = latest
        self.parts: dict[str, str] = {}
        self.bad: frozenset[str] = frozenset()
        super().__init__(label, validators, **more)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.bad = frozenset()
        self.parts = {}
        self._posted = None if formdata is None else self._gather(formdata)
        super().process(formdata, data, extra_filters)
        if not self.parts:
            self.parts = self._parts_of(self.data)

    def _gather(self, formdata: Any) -> dict[str, str] | None:
        names = {part: f"{self.name}-{part}" for part in self.part_names}
        if any(name in formdata for name in names.values()):
            return {part: first_of(formdata.getlist(name)) for part, name in names.items()}
        values = [as_text(value) for value in formdata.getlist(self.name)] if self.name in formdata else []
        if not values:
            return None
        if len(values) == 1:
            values = self._split(values[0])
        return dict(zip(self.part_names, [*values, *[""] * len(self.part_names)], strict=False))

    def _split(self, text: str) -> list[str]:
        found = _IN_ONE.fullmatch(text.strip())
        if not found:
            return [text]
        year, month, day = found.group(1), found.group(2), found.group(3)
        return [day, month, year] if year else [found.group(4), found.group(5), found.group(6)]

    def process_formdata(self, _values: Sequence[Any]) -> None:
        if self._posted is None:
            return
        self.parts = {part: _SPACES.sub(" ", text).strip()[:30] for part, text in self._posted.items()}
        self.raw_data = [" ".join(text for text in self.parts.values() if text)]
        self.data = None
        if any(self.parts.values()):
            self.data = self._read()

    def _read(self) -> Any:
        return self._read_day()

    def _read_day(self) -> date:
        missing = [part for part in ("day", "month", "year") if not self.parts[part]]
        if missing:
            self._refuse(missing, f"must include a {' and '.join(missing)}")
        day, month, year = self.parts["day"], month_number(self.parts["month"]), self.parts["year"]
        wrong = [] if _is_digits(day) and 1 <= int(day) <= 31 else ["day"]
        wrong += [] if month else ["month"]
        wrong += [] if _is_digits(year) else ["year"]
        if wrong:
            self._refuse(wrong if len(wrong) < 3 else ["day", "month", "year"], "must be a real date")
        if len(year) != 4:
            self._refuse(["year"], "must have a year of 4 numbers, like 2028")
        if not _EARLIEST_YEAR <= int(year) <= _LATEST_YEAR:
            self._refuse(["year"], f"must be in a year from {_EARLIEST_YEAR} to {_LATEST_YEAR}")
        try:
            found = date(int(year), month or 0, int(day))
        except ValueError:
            self._refuse(["day", "month", "year"], "must be a real date")
        if self.earliest and found < self.earliest:
            self._refuse(["day", "month", "year"], f"must be {words.day(self.earliest)} or later")
        if self.latest and found > self.latest:
            self._refuse(["day", "month", "year"], f"must be {words.day(self.latest)} or earlier")
        return found

    def _refuse(self, parts: Iterable[str], says: str) -> None:
        self.bad = frozenset(parts)
        raise ValueError(f"{self.called} {says}")

    def _parts_of(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return dict.fromkeys(self.part_names, "")

    @property
    def error_part(self) -> str:
        """The part an error message leads to: the first one that is wrong."""
        return next((part for part in self.part_names if part in self.bad), self.part_names[0])

    def _value(self) -> str:
        return " ".join(text for text in self.parts.values() if text)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(gmt|bst)?", re.ASCII | re.IGNORECASE
)


def read_time(text: str) -> tuple[time, str] | None:
    """The time, and BST or GMT if it was typed: 2pm, 2:30pm, 2.30pm, 14:00, 14:00:01, midday."""
    text = " ".join(text.split()).lower()
    if text in ("noon", "midday", "12 noon", "12 midday"):
        return time(12), ""
    if re.fullmatch(r"\d{4}", text):
        text = f"{text[:2]}:{text[2:]}"
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found.group(1)), int(found.group(2) or 0), int(found.group(3) or 0)
    half = (found.group(4) or "").replace(".", "")
    if minute > 59 or second > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if not half and found.group(2) is None:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute, second), (found.group(5) or "").upper()


def said_time(at: time) -> str:
    """2pm, 2:30pm, 2:00:01pm, midday: as it is shown in a time input. A second can make a bid late."""
    if (at.hour, at.minute, at.second) == (12, 0, 0):
        return "midday"
    half = "am" if at.hour < 12 else "pm"
    seconds = f":{at.second:02}" if at.second else ""
    return f"{at.hour % 12 or 12}{f':{at.minute:02}{seconds}' if at.minute or seconds else ''}{half}"


class MomentField(DayField):
    """A day and a time in London, answered as an aware moment in UTC."""

    looks = "moment"
    part_names = ("day", "month", "year", "time")

    def _split(self, text: str) -> list[str]:
        iso = re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}:\d{2}(?::\d{2})?)", text.strip(), re.ASCII)
        if iso:
            return [*super()._split(iso.group(1)), iso.group(2)]
        return super()._split(text)

    def _read(self) -> datetime:
        day = self._read_day()
        if not self.parts["time"]:
            self._refuse(["time"], "must include a time, like 2pm or 14:00")
        if " ".join(self.parts["time"].lower().split()) in ("midnight", "12 midnight"):
            self._refuse(["time"], "can’t be midnight, which can mean either day. Enter 11:59pm or 12:01am")
        found = read_time(self.parts["time"])
        if found is None:
            self._refuse(["time"], "must have a time like 2pm, 2:30pm or 14:00")
        assert found is not None
        return self._in_london(day, *found)

    def _in_london(self, day: date, at: time, zone: str) -> datetime:
        first = datetime.combine(day, at, LONDON)
        second = first.replace(fold=1)
        if first.utcoffset() == second.utcoffset():
            if zone and first.tzname() != zone:
                self._refuse(["time"], f"must be in {first.tzname()} on that day")
            return first.astimezone(UTC)
        if first.astimezone(UTC).astimezone(LONDON).time() != at:
            self._refuse(
                ["time"],
                f"can’t be {said_time(at)} on that day, because the clocks go forward then. Enter 2am or later",
            )
        if not zone:
            self._refuse(
                ["time"],
                f"comes twice, as the clocks go back. Enter {said_time(at)} BST or {said_time(at)} GMT",
            )
        return (first if zone == "BST" else second).astimezone(UTC)

    def _parts_of(self, value: Any) -> dict[str, str]:
        if not isinstance(value, datetime):
            return super()._parts_of(value) | {"time": ""}
        local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(LONDON)
        twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
        shown = said_time(local.time()) + (f" {local.tzname()}" if twice else "")
        return super()._parts_of(local.date()) | {"time": shown}
