"""What stands in one cell: words, days and sums as people type them, and why what can't be read can't."""

from __future__ import annotations

import calendar
import html
import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from procure.words import MONTHS

Cell = str | int | float | Decimal | date | datetime | bool | None
"""What a file holds in one place: text from a .csv, more from a workbook or open data."""

LONDON = ZoneInfo("Europe/London")
EARLIEST, LATEST = 1950, 2199
FIRST_SERIAL, LAST_SERIAL = 18_000, 80_000
"""Days since 1899 by which a workbook writes a date: from 1949 to 2119."""
CENTURY = 70
"""Two-digit years below it are of this century."""
PENNY = Decimal("0.01")
MOST = Decimal(10) ** 13

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u3000]+")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_NOTHING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "none", "null", "nil", ".", "tbc", "tbd", "unknown", "not known"}
)
_LOST_BREAK = re.compile(r"(?:rn){2,}|(?<=[.:;,)])rn(?=[A-Z0-9•*-])")


class CannotRead(ValueError):
    """A cell that can't be read: `args[0]` says why, `mend` what to do."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(why)
        self.why, self.mend = why, mend


def as_typed(cell: Cell) -> str:
    """A cell as the reader of the file sees it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if not (cell.hour or cell.minute) else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def is_nothing(text: str) -> bool:
    """Whether what was typed means that there is nothing: "", "-", "n/a", "TBC"."""
    return text.strip().lower() in _NOTHING


def line(cell: Cell) -> str:
    """A cell as one line of words: entities decoded, nothing unprintable, single spaces."""
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else as_typed(cell)
    if text.isascii() and text.isprintable() and "  " not in text and "&" not in text:
        return text.strip()
    if "&" in text:
        text = decoded(text)
    if not text.isprintable():
        text = _UNPRINTABLE.sub("", text.replace("\r", " ").replace("\n", " "))
    return _SPACES.sub(" ", text).strip()


def lines(cell: Cell) -> str:
    """The same where several lines may stand; breaks whose backslash was lost are put back."""
    text = as_typed(cell)
    if "&" in text:
        text = decoded(text)
    if "rn" in text:
        text = _LOST_BREAK.sub("\n", text)
    if not text.isprintable():
        text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = "\n".join(_SPACES.sub(" ", one).strip() for one in text.split("\n"))
    return text.strip()


def has_entity(cell: Cell) -> bool:
    """Whether a cell holds words written for a web page: "Smith &amp; Sons"."""
    return isinstance(cell, str) and "&" in cell and bool(_ENTITY.search(cell))


def decoded(text: str) -> str:
    """Words with the entities of web pages read, also where they were written twice."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


# ── days ──

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_DIGITS = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_BACKWARDS = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})\.?,?[\s\-/.']*(\d{4}|\d{2})",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"([a-z]{3,9})\.?[\s\-/]*(\d{4}|\d{2})|(\d{1,2})[/.\-](\d{4})", re.IGNORECASE)
_MONTH = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
GIVE_A_DAY = "Type the date as 31/03/2028"


def day(cell: Cell, epoch_1904: bool = False) -> date | None:
    """The day in a cell; None where it says nothing. A moment with Z is the London day of it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, bool):
        raise CannotRead("This isn’t a date", GIVE_A_DAY)
    if isinstance(cell, int | float | Decimal):
        return _serial(int(cell), epoch_1904)
    return _day_typed(cell) if cell else None


@lru_cache(maxsize=20_000)
def _day_typed(typed: str) -> date | None:
    text = line(typed)
    if is_nothing(text):
        return None
    if found := _ISO.fullmatch(text):
        return _of_iso(found)
    if found := _DIGITS.fullmatch(text):
        return _made(found[3], int(found[2]), int(found[1]))
    if found := _BACKWARDS.fullmatch(text):
        return _made(found[1], int(found[2]), int(found[3]))
    if (found := _NAMED.fullmatch(text)) and found[2][:3].lower() in _MONTH:
        return _made(found[3], _MONTH[found[2][:3].lower()], int(found[1]))
    if (found := _AMERICAN.fullmatch(text)) and found[1][:3].lower() in _MONTH:
        return _made(found[3], _MONTH[found[1][:3].lower()], int(found[2]))
    if text.isdigit() and FIRST_SERIAL <= int(text) <= LAST_SERIAL and len(text) == 5:
        return _serial(int(text), False)
    if (found := _MONTH_ONLY.fullmatch(text)) and (found[3] or found[1][:3].lower() in _MONTH):
        raise CannotRead("It says the month, not the day", GIVE_A_DAY)
    raise CannotRead("This can’t be read as a date", GIVE_A_DAY)


def _of_iso(found: re.Match[str]) -> date:
    year, month, day_, hour, minute, second, zone = found.groups()
    made = _made(year, int(month), int(day_))
    if hour is None or zone != "Z" or (hour, minute) == ("00", "00"):
        return made  # with another zone, the day is the writer's own
    try:
        moment = datetime.fromisoformat(f"{made}T{hour}:{minute}:{second or '00'}+00:00")
    except ValueError as odd:
        raise CannotRead("There is no such time of day", GIVE_A_DAY) from odd
    return moment.astimezone(LONDON).date()


def _made(year_typed: str, month: int, day_: int) -> date:
    year = int(year_typed)
    if len(year_typed) == 2:
        year += 2000 if year < CENTURY else 1900
    if not 1 <= month <= 12:
        raise CannotRead(f"There is no month {month}: days come first", GIVE_A_DAY)
    last = calendar.monthrange(year, month)[1] if year else 31
    if not 1 <= day_ <= last:
        raise CannotRead(f"{MONTHS[month - 1]} {year} has {last} days", "Give the real date")
    if not EARLIEST <= year <= LATEST:
        raise CannotRead(f"The year can’t be {year_typed}", GIVE_A_DAY)
    return date(year, month, day_)


def _within(on: date) -> date:
    if not EARLIEST <= on.year <= LATEST:
        raise CannotRead(f"The year can’t be {on.year}", GIVE_A_DAY)
    return on


def _serial(number: int, epoch_1904: bool) -> date:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise CannotRead("This is a number, not a date", GIVE_A_DAY)
    return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=number)


# ── sums ──

_SUM = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+")
_SHORT = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_SHORTENED = re.compile(r"([\d,.]+)\s*(k|mn|m|million|bn|billion)", re.IGNORECASE)
_FOREIGN = re.compile(r"[€$¥]|\b(?:eur|usd|cad|euros?|dollars?)\b", re.IGNORECASE)
_STERLING = re.compile(r"^(?:gbp|[£œ\u20a4?\ufffd]|Â£)+|(?:gbp|£)$", re.IGNORECASE)
TYPE_AGAIN = "Type the sum again, in figures"


def pounds(cell: Cell) -> Decimal | None:
    """The sum in a cell to the penny; None where it says nothing."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool | date):
        raise CannotRead("This isn’t a sum of money", TYPE_AGAIN)
    if isinstance(cell, int | float | Decimal):
        return _small_enough(_to_the_penny(Decimal(str(cell))))
    return _typed_sum(cell)


@lru_cache(maxsize=20_000)
def _typed_sum(typed: str) -> Decimal | None:
    text = line(typed)
    if is_nothing(text):
        return None
    if _FOREIGN.search(text):
        raise CannotRead("This isn’t in pounds", "Give the sum in pounds")
    bare = text.replace(" ", "")
    minus = bare.startswith(("-", "−", "(")) or bare.endswith(("-", "−"))
    bare = bare.strip("()-−+")
    bare = _STERLING.sub("", _STERLING.sub("", bare)).strip("-−")
    times = 1
    if short := _SHORTENED.fullmatch(bare):
        bare, times = short[1], _SHORT[short[2].lower()]
    if not _SUM.fullmatch(bare):
        if re.fullmatch(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}", bare):
            return _small_enough(_to_the_penny(Decimal(bare)))
        raise CannotRead(_why_no_sum(bare), TYPE_AGAIN)
    number = Decimal(bare.replace(",", "")) * times
    return _small_enough(_to_the_penny(-number if minus else number))


def _why_no_sum(bare: str) -> str:
    if bare and bare[-1] in "oO" and any(one.isdigit() for one in bare):
        return "The last character is a letter O"
    if not any(one.isdigit() for one in bare):
        return "There is no figure in it"
    if re.fullmatch(r"[\d,.]+", bare):
        return "Thousands and pennies can’t be told apart"
    if re.search(r"[a-z]", bare, re.IGNORECASE):
        return "There are words beside the figure"
    return "This can’t be read as a sum of money"


def _to_the_penny(number: Decimal) -> Decimal:
    try:
        return number.quantize(PENNY, ROUND_HALF_UP)
    except InvalidOperation as odd:
        raise CannotRead("This can’t be read as a sum of money", TYPE_AGAIN) from odd


def _small_enough(number: Decimal) -> Decimal:
    if abs(number) > MOST:
        raise CannotRead("No contract is worth so much", TYPE_AGAIN)
    return number
