"""How the house writes dates, money and lists: the same words on a page, in a letter and in a Word paper.

Pure functions. Pages and papers use them as filters: `{{ ends_on|day }}` gives "31 March 2028".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip

LAST_SPELT = 12
DAYS_SPELT_OUT = 13
WEEKS_SPELT_OUT = 8

Number = int | Decimal


# ── dates ──


def day(on: date) -> str:
    """31 March 2028."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday(on: date) -> str:
    """Friday 31 March 2028: for a date that somebody must keep."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def short(on: date) -> str:
    """31 March: where the year is plain from what stands around it."""
    return f"{on.day} {MONTHS[on.month - 1]}"


def month_year(on: date) -> str:
    """March 2028."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def clock_time(at: datetime) -> str:
    """2:14pm, as a clock in London shows it; "midday" and "midnight" where 12:00 would leave doubt."""
    local = _in_london(at)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """2:00pm on Monday 11 October 2027, in London. ValueError for a moment that does not say its zone."""
    return f"{clock_time(at)} on {weekday(_in_london(at).date())}"


def in_words(on: date, today: date) -> str:
    """How far off a day is: "today", "in 5 days", "in 2 weeks", "in 14 months", "late by one day".

    Days up to 13, then whole weeks up to 8, then whole months; what is left over is dropped, so it never says more
    time than there is.
    """
    days = (on - today).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"in {_span(today, on)}" if days > 0 else f"late by {_span(on, today)}"


def months_label(months: int) -> str:
    """A term in words: 36 is "three years", 18 is "18 months"."""
    if months and months % 12 == 0:
        return _counted(months // 12, "year")
    return _counted(months, "month")


# ── numbers ──


def pounds(sum_: Number) -> str:
    """£666,000, or £666,000.50: pence only where there are some."""
    rounded = _rounded(sum_, 2)
    return _sterling(rounded, 0 if rounded == rounded.to_integral_value() else 2)


def pence(sum_: Number) -> str:
    """£666,000.00: always to the penny, for a column of sums or an exact limit."""
    return _sterling(_rounded(sum_, 2), 2)


def percent(share: Number) -> str:
    """40%, or 37.5%. The share is already in hundredths: 40 is forty per cent."""
    plain = f"{Decimal(share).normalize():f}"
    return f"{_signed(plain)}%"


def points(score: Number, places: int = 2) -> str:
    """89.67: a score to a fixed number of places, half up, so that a column lines up and anyone can recompute it."""
    return _signed(f"{_rounded(score, places):,.{places}f}")


def number_word(number: int) -> str:
    """One to twelve in letters, then digits: "twelve", "13", "1,204"."""
    return NUMBERS[number] if 0 <= number <= LAST_SPELT else f"{number:,}"


def ordinal_word(number: int) -> str:
    """First to twelfth in letters, then digits: "13th", "22nd"."""
    if 1 <= number <= LAST_SPELT:
        return ORDINALS[number - 1]
    teen = 10 <= number % 100 <= 20
    return f"{number:,}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """The number and the noun that agrees with it: "1 bid", "3 bids", "2 authorities"."""
    return f"{number:,} {one if number == 1 else many or _many(one)}"


def file_size(size: int) -> str:
    """214 KB: whole kilobytes, then megabytes to one place."""
    if size < 1024:
        return plural(size, "byte")
    kilobytes = int(_rounded(Decimal(size) / 1024, 0))
    if kilobytes < 1024:
        return f"{kilobytes} KB"
    return f"{_trimmed(_rounded(Decimal(size) / 1024**2, 1))} MB"


# ── sentences ──


def sentence(text: str) -> str:
    """The text with its first letter large and the rest left alone."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """The text as it stands inside a sentence: its first letter small, unless it begins with a name like UK9."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def joined(things: Iterable[object], last: str = "and") -> str:
    """a, b and c."""
    words = [str(thing) for thing in things]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


# ── the parts they share ──


def _in_london(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment must say its zone before it can be written as London time")
    return at.astimezone(UTC).astimezone(LONDON)


def _span(earlier: date, later: date) -> str:
    days = (later - earlier).days
    if days <= DAYS_SPELT_OUT:
        return "one day" if days == 1 else f"{days} days"
    if days // 7 <= WEEKS_SPELT_OUT:
        return f"{days // 7} weeks"
    return f"{_whole_months(earlier, later)} months"


def _whole_months(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def _counted(number: int, unit: str) -> str:
    return f"{number_word(number)} {unit if number == 1 else unit + 's'}"


def _rounded(number: Number, places: int) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _sterling(sum_: Decimal, places: int) -> str:
    return f"{'−' if sum_ < 0 else ''}£{abs(sum_):,.{places}f}"


def _signed(number: str) -> str:
    return number.replace("-", "−")


def _trimmed(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _many(one: str) -> str:
    if one.endswith("y") and one[-2:-1] not in tuple("aeiou"):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "ch", "sh")) else f"{one}s"


def no_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain negative sum stays as it is."""
    if text[:1] in ("=", "+", "@", "\t", "\r") or (
        text[:1] == "-" and not text[1:].replace(".", "").replace(",", "").isdigit()
    ):
        return f"'{text}"
    return text
