"""What a page can ask, and how the answer is read: nothing typed is lost, nothing odd that is posted crashes.

Every field takes `required="Enter the title"`: the sentence an empty answer gets, without which the answer may be
empty; and `called="Contract end date"`: its name inside other messages, which is the label unless given.
"""

# mypy: allow-subclassing-any

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import BooleanField, MultipleFileField
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput, TextInput

from procure import words

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LONGEST_LINE = 250
LONGEST_TEXT = 20_000


# ---------- words typed ----------

# Direction overrides can make a name read as another one; the rest cannot be printed, and PostgreSQL or Word refuse it.
_UNPRINTABLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def cleaned(text: str) -> str:
    """One line as it is kept: no spaces around it, single spaces inside, no invisible joiners."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def cleaned_lines(text: str) -> str:
    """Several lines as they are kept: Unix line ends, nothing trailing, no more than one empty line between."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[ \t\u00a0]+$", "", line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else ""


class Required:
    """Stops at an empty answer with a sentence that says what to do, such as *Enter the title*."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if _is_empty(field):
            field.errors[:] = []
            raise StopValidation(self.message)


def _is_empty(field: Any) -> bool:
    raw = field.raw_data if field.raw_data is not None else field.data
    if raw is None or raw is False:
        return True
    if isinstance(raw, str):
        return not cleaned(raw)
    if isinstance(raw, Sequence):
        return not any(_has_content(item) for item in raw)
    return False


def _has_content(item: Any) -> bool:
    if isinstance(item, str):
        return bool(cleaned(item))
    if hasattr(item, "filename"):
        return bool(item.filename)
    return item is not None


class _Asked:
    """What every field of ours shares: how it is named in messages, and when an empty answer is refused."""

    errors: Any
    process_errors: Any
    label: Any
    data: Any
    raw_data: Any

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        required: str | None = None,
        called: str | None = None,
        **more: Any,
    ) -> None:
        self.required = required
        self._called = called
        super().__init__(label, list(validators or ()), **more)  # type: ignore[call-arg]

    @property
    def called(self) -> str:
        return self._called or str(self.label.text).rstrip("?:. ")

    def pre_validate(self, form: Any) -> None:
        if self.required:
            Required(self.required)(form, self)
        if self.process_errors:
            raise StopValidation()  # one clear sentence for one field
        super().pre_validate(form)  # type: ignore[misc]

    def refuse(self, sentence: str) -> None:
        """Put a sentence at this field that an action, not the form, gave."""
        self.errors = [*self.errors, sentence]


def _refuse_unprintable(text: str, called: str) -> None:
    if _UNPRINTABLE.search(text):
        raise ValueError(f"{called} has a character that can’t be printed. Type it again, or paste it as plain text")


def _refuse_too_long(text: str, most: int, called: str) -> None:
    if len(text) > most:
        over = len(text) - most
        raise ValueError(f"{called} must be {most:,} characters or fewer. Take out {over:,} or more")


class LineField(_Asked, StringField):
    """One line of words."""

    looks = "text"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_LINE,
        **more: Any,
    ) -> None:
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = _typed(valuelist[0])
        self.data = text
        _refuse_unprintable(text.replace("\r", "\n"), self.called)
        self.data = cleaned(text.replace("\r", "\n").replace("\n", " "))
        _refuse_too_long(self.data, self.most, self.called)

    def _value(self) -> str:
        return str(self.data) if self.data is not None else ""


class WordsField(_Asked, TextAreaField):
    """Several lines of words."""

    looks = "words"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_TEXT,
        **more: Any,
    ) -> None:
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = _typed(valuelist[0])
        self.data = text
        _refuse_unprintable(text.replace("\r", "\n"), self.called)
        self.data = cleaned_lines(text)
        _refuse_too_long(self.data, self.most, self.called)


class LinesField(_Asked, Field):
    """A list typed one item to a line; empty lines fall away. The answer is a list of strings."""

    looks = "words"
    widget = TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_LINE,
        most_lines: int = 200,
        **more: Any,
    ) -> None:
        self.most = most
        self.most_lines = most_lines
        super().__init__(label, validators, **more)

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = _typed(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")
        _refuse_unprintable(text, self.called)
        self.data = [line for line in map(cleaned, text.split("\n")) if line]
        if len(self.data) > self.most_lines:
            raise ValueError(f"{self.called} must have {self.most_lines:,} lines or fewer. You have {len(self.data):,}")
        for number, line in enumerate(self.data, start=1):
            if len(line) > self.most:
                raise ValueError(f"Line {number} of {_lower(self.called)} must be {self.most:,} characters or fewer")

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data[0])
        return "\n".join(str(line) for line in self.data or ())


class MailField(LineField):
    """An address for letters. Only its shape is looked at: whether it works, the first letter tells."""

    looks = "email"
    _shape = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data and not self._shape.fullmatch(self.data):
            raise ValueError("Enter an email address in the form name@example.com")


class SecretField(_Asked, PasswordField):
    """A password: kept exactly as typed, never shown again."""

    looks = "password"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = _typed(valuelist[0])
            _refuse_too_long(self.data, 1_000, self.called)


# ---------- numbers typed ----------

_PLAIN_NUMBER = re.compile(r"[-−]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)


LONGEST_NUMBER = 25
"""Figures with their commas. Anything longer is no number of a council, and more than a Decimal rounds exactly."""


def _number(text: str) -> Decimal | None:
    """A number with or without thousands commas; None if it is anything else (so 12,50 is not read as 1,250)."""
    text = re.sub(r"\s", "", text)
    if len(text) > LONGEST_NUMBER or not _PLAIN_NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").replace("−", "-"))


class _NumberField(_Asked, Field):
    """Shared by the number fields: what was typed is shown again exactly, whatever became of it."""

    widget = TextInput()
    hint_of_shape = "Enter a number"
    unit_before = ""
    unit_after = ""

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = None,
        **more: Any,
    ) -> None:
        self.least = least
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        self.data = None
        typed = cleaned(_typed(valuelist[0]))
        if not typed:
            return
        self.data = self._read(self._bare(typed))
        self._check_limits(self.data)

    def _bare(self, typed: str) -> str:
        return typed

    def _read(self, typed: str) -> Any:
        raise NotImplementedError

    def _check_limits(self, number: Decimal | int) -> None:
        low, high = self.least, self.most
        if low is not None and high is not None and not low <= number <= high:
            raise ValueError(f"{self.called} must be between {self._said(low)} and {self._said(high)}")
        if low is not None and number < low:
            raise ValueError(f"{self.called} must be {self._said(low)} or more")
        if high is not None and number > high:
            raise ValueError(f"{self.called} must be {self._said(high)} or less")

    def _said(self, number: Decimal | int) -> str:
        return f"{self.unit_before}{self._shown(number)}{self.unit_after}"

    def _shown(self, number: Any) -> str:
        return f"{number:,}"

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data[0])
        return "" if self.data is None else self._shown(self.data)


class WholeNumberField(_NumberField):
    """A whole number, such as how many months."""

    looks = "number"

    def _read(self, typed: str) -> int:
        number = _number(typed)
        if number is None or number != number.to_integral_value():
            raise ValueError(f"{self.called} must be a whole number, like 12")
        return int(number)


class MoneyField(_NumberField):
    """Pounds to the penny as a Decimal; £, commas and spaces may be typed."""

    looks = "money"
    unit_before = "£"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = Decimal("99999999999.99"),
        **more: Any,
    ) -> None:
        super().__init__(label, validators, least=least, most=most, **more)

    def _bare(self, typed: str) -> str:
        return re.sub(r"^([-−]?)\s*£", r"\1", re.sub(r"\s", "", typed))

    def _read(self, typed: str) -> Decimal:
        number = _number(typed)
        if number is None or number != round(number, 2):
            raise ValueError("Enter an amount in pounds, like 12,500 or 12,500.50")
        return round(number, 2)

    def _check_limits(self, number: Decimal | int) -> None:
        # One limit at a time: "between £0 and £99,999,999,999.99" would only puzzle
        if self.least is not None and number < self.least:
            raise ValueError(f"{self.called} must be {self._said(self.least)} or more")
        if self.most is not None and number > self.most:
            raise ValueError(f"{self.called} must be {self._said(self.most)} or less")

    def _shown(self, number: Any) -> str:
        return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


class PercentField(_NumberField):
    """A share of a hundred as a Decimal: 12.5 stands for 12.5%."""

    looks = "percent"
    unit_after = "%"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = 100,
        places: int = 2,
        **more: Any,
    ) -> None:
        self.places = places
        super().__init__(label, validators, least=least, most=most, **more)

    def _bare(self, typed: str) -> str:
        return typed.removesuffix("%").strip()

    def _read(self, typed: str) -> Decimal:
        number = _number(typed)
        if number is None or number != round(number, self.places):
            raise ValueError(f"{self.called} must be a percentage, like {'40 or 12.5' if self.places else '40'}")
        return number

    def _shown(self, number: Any) -> str:
        return f"{Decimal(number).normalize():f}"


# ---------- days and moments ----------

_IN_ONE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(\d{1,2}|[A-Za-z]+)[\s/.,-]+(\d{1,4})", re.ASCII
)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199


def _lower(name: str) -> str:
    """*Contract end date* inside a sentence; *VAT* stays as it is."""
    return name[0].lower() + name[1:] if len(name) > 1 and name[1].islower() else name


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


class DayField(_Asked, Field):
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
            return {part: _first(formdata.getlist(name)) for part, name in names.items()}
        values = [_typed(value) for value in formdata.getlist(self.name)] if self.name in formdata else []
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


def _first(values: Sequence[Any]) -> str:
    return _typed(values[0]) if values else ""


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(gmt|bst)?", re.ASCII | re.IGNORECASE)


def read_time(text: str) -> tuple[time, str] | None:
    """The time, and BST or GMT if it was typed: 2pm, 2:30pm, 2.30pm, 14:00, midday."""
    text = " ".join(text.split()).lower()
    if text in ("noon", "midday", "12 noon", "12 midday"):
        return time(12), ""
    if re.fullmatch(r"\d{4}", text):
        text = f"{text[:2]}:{text[2:]}"
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, half = int(found.group(1)), int(found.group(2) or 0), (found.group(3) or "").replace(".", "")
    if minute > 59 or (half and not 1 <= hour <= 12) or hour > 23 or (not half and found.group(2) is None):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute), (found.group(4) or "").upper()


def said_time(at: time) -> str:
    """2pm, 2:30pm, midday: as it is shown in a time input."""
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    half = "am" if at.hour < 12 else "pm"
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{half}"


class MomentField(DayField):
    """A day and a time in London, answered as an aware moment in UTC."""

    looks = "moment"
    part_names = ("day", "month", "year", "time")

    def _split(self, text: str) -> list[str]:
        iso = re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}:\d{2})(?::\d{2})?", text.strip(), re.ASCII)
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


# ---------- choices ----------


class _Choice(_Asked):
    """Says plainly when an answer is not one of those offered. Choices are pairs: what is stored, what is read."""

    not_offered = "Choose one of the answers listed"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        choices: Any = None,
        coerce: Callable[[Any], Any] | None = None,
        **more: Any,
    ) -> None:
        if isinstance(choices, list | tuple):
            choices = [SelectChoice(*pair) if isinstance(pair, tuple) else pair for pair in choices]
        super().__init__(
            label,
            validators,
            choices=choices,
            coerce=coerce or _coerced,
            invalid_value_message=self.not_offered,
            invalid_choice_message=self.not_offered,
            **more,
        )

    def pre_validate(self, form: Any) -> None:
        if self.required or not _is_empty(self):
            super().pre_validate(form)


def _coerced(value: Any) -> Any:
    return value if value is None else str(value)


class PickOne(_Choice, RadioField):
    """One of a few answers, all in sight (radios)."""

    looks = "radios"


class PickFrom(_Choice, SelectField):
    """One of many answers (a select); an empty one comes first unless `blank` is None."""

    looks = "select"

    def __init__(
        self, label: str | None = None, validators: Iterable[Any] | None = None, *, blank: str | None = "", **more: Any
    ) -> None:
        self.blank = blank
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist and not _typed(valuelist[0]).strip():
            self.data = None
            return
        super().process_formdata(valuelist)


class PickMany(_Choice, SelectMultipleField):
    """Any number of answers (checkboxes)."""

    looks = "checkboxes"
    not_offered = "Choose only from the answers listed"


class TickField(_Asked, BooleanField):
    """A single box to tick; with `required` it must be ticked."""

    looks = "tick"


class UploadField(_Asked, FileField):
    """One file. What it holds is checked at the door for uploads, not here."""

    looks = "file"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        found = [item for item in valuelist if getattr(item, "filename", "")]
        self.data = found[0] if found else None
        self.raw_data = found


class UploadsField(_Asked, MultipleFileField):
    """Several files."""

    looks = "file"
    multiple = True

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [item for item in valuelist if getattr(item, "filename", "")]
        self.raw_data = self.data


# ---------- the form itself ----------


class OnceField(HiddenField):
    """A name for this one sending of the form, so that a repeated post does the act once."""

    looks = "hidden"
    _shape = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = _first(valuelist)
        if self._shape.fullmatch(sent):
            self.data = sent


class VersionField(Field):
    """The version of the row when the page was opened: the second of two savers is told, and loses nothing."""

    looks = "hidden"
    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = _first(valuelist).strip()
        if not sent:
            return
        if not (sent.isascii() and sent.isdigit() and len(sent) <= 12):
            raise ValueError("This page was not sent whole. Open it again")
        self.data = int(sent)

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class PageForm(FlaskForm):
    """A form on a page of ours: it carries what makes a second post and a second saver harmless."""

    once = OnceField(default=lambda: uuid4().hex)
    version = VersionField()

    def refuse(self, no: object, at: str | None = None) -> None:
        """Show a refusal, or a sentence, where the officer can mend it: at a field, or at the top of the page."""
        sentence, at = str(no), at or getattr(no, "field", None)
        if at is not None and at in self._fields:
            self._fields[at].errors = [*self._fields[at].errors, sentence]
        else:
            self.form_errors.append(sentence)
