"""Sums and lengths of time as councils print them: £2.5m, £886k, £20-30m; «an initial term of three years from …»."""

from __future__ import annotations

import re
from decimal import Decimal

from procure.authority.reading.dates import DATE, MONTH
from procure.authority.reading.facts import Said, Stretch
from procure.authority.reading.lettering import as_printed, words

SCALES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 10**9,
    "billion": 10**9,
}
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_SCALE = r"(?:\s?(?:thousand|million|billion|bn|mn|m|k)\b)?"
_SUM = re.compile(
    rf"£\s?(?P<one>{_FIGURE})(?P<scale>{_SCALE})(?:\s?(?:-|to|and)\s?(?P<pound>£)?\s?(?P<other>{_FIGURE})(?P<after>{_SCALE}))?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")

NUMBER_WORDS = words(
    "one two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty twenty-four thirty-six "
    "thirty forty-eight sixty"
)
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBER_WORDS, key=lambda one: (-len(one), one)))})"
_NUMBER = rf"{_COUNT}(?:\s?\(\s?\w+\s?\))?(?:\s?(?:-|to|or|\+|plus)\s?{_COUNT})*"
_UNIT = r"(?:calendar\s+)?(?:financial\s+)?(?:years?|months?|weeks?)"
_LENGTH = rf"{_NUMBER}[\s-]?(?:further\s+|additional\s+|more\s+|full\s+)?{_UNIT}\b"
_YEARS = r"(?:20)?\d\d(?:\s?[/-]\s?(?:20)?\d\d)?"
_FISCAL = r"20\d\d\s?[/-]\s?(?:20)?\d\d"
_POINT = rf"(?:the\s+end\s+of\s+)?(?:{DATE}|{MONTH}\s+20\d\d|{_FISCAL}|20\d\d)"

_EARLY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}"

_PERIOD = re.compile(
    rf"(?:(?:an?|the)\s+)?(?:(?:initial|minimum|maximum|further|total|fixed|core|contract|interim|new|full)\s+)*(?:period|term|duration)\s+of\s+(?:up\s+to\s+|no\s+more\s+than\s+|an?\s+)?{_LENGTH}"
    rf"|(?:initial\s+|further\s+|additional\s+)?{_LENGTH}(?:'s?)?(?:\s+(?:term|period)\b)?"
    rf"|(?:from\s+)?(?!20\d\d\s*(?:-|to)\s*20\d\d\b)(?:{_POINT}|{_EARLY})\s*(?:-|to|until|up\s+to|through\s+to)\s*{_POINT}(?:\s+(?:and\s+possibly\s+)?to\s+20\d\d)?"
    rf"|(?:until|up\s+to|ending(?:\s+on)?|expiring(?:\s+on)?|expires(?:\s+on)?)\s+(?:the\s+end\s+of\s+)?(?:{DATE}|{MONTH}\s+20\d\d)"
    rf"|(?:during|throughout|over)\s+(?:the\s+)?(?:financial\s+years?\s+)?{_FISCAL}(?:(?:,|\s+and|\s+to|\s*-)\s*{_FISCAL})*"
    r"|(?:during|throughout|for|over)\s+the\s+(?:extra|additional|further|remaining|initial|interim|extended)\s+(?:year|term|period)"
    rf"|(?<=for )20\d\d\s?(?:-|to)\s?20\d\d|(?:from|during|between)\s+20\d\d\s?(?:-|to|and)\s?20\d\d",
    re.IGNORECASE,
)
_TIMED = re.compile(r"year|month|week|period|term|20\d\d", re.IGNORECASE)
"""Without one of these no length of time is stated."""
_GOES_ON = re.compile(
    rf"(?:\s*,?\s*(?:up\s+to|until|from|to|ending(?:\s+on)?|commencing(?:\s+on)?|starting(?:\s+on)?|beginning(?:\s+on)?|with\s+effect\s+from)\s+{_POINT}"
    rf"|\s+{_FISCAL}(?:(?:,|\s+and|\s+to)\s+{_FISCAL})*"
    rf"|\s*,?\s*\(?(?:plus|with|and|\+)\s+(?:(?:an?|the|any|possible|potential|two|up\s+to)\s+)*(?:option(?:s|al)?(?:\s+to\s+extend)?|extensions?|provision\s+to\s+extend|further\s+{_NUMBER})"
    rf"(?:[^.;()]{{0,40}}?{_LENGTH})?(?:\s+each)?\)?)*",
    re.IGNORECASE,
)
_NOT_A_TERM = re.compile(
    r"(?:last|past|previous|preceding|every|next|recent|aged?|within|under|over\s+the\s+last|first)\s+$", re.IGNORECASE
)
_NOT_AFTER = re.compile(r"(?:'?\s+(?:ago|old|earlier|notice|experience|later)\b|\s+of\s+age\b)", re.IGNORECASE)


def sums(text: str, start: int, end: int) -> list[Said[Decimal]]:
    """Every sum in a stretch, in pounds, as printed. A sum with misplaced commas can't be read and is left out."""
    found: list[Said[Decimal]] = []
    for one in _SUM.finditer(text, start, end):
        high, low_scale, high_scale = one["other"], one["scale"] or "", one["after"] or ""
        ranged = high and (one["pound"] or (high_scale.strip() and "and" not in one.group().lower()))
        scale = low_scale.strip() or (high_scale.strip() if ranged and not one["pound"] else "")
        low = pounds(one["one"], scale)
        if low is not None:
            found.append(Said(low, Stretch(one.start(), one.start("other") if ranged else one.end("scale"))))
        if ranged and (top := pounds(high, high_scale)) is not None:
            found.append(Said(top, Stretch(one.start("other"), one.end())))
    return [Said(one.value, _tight(text, one.at), one.doubt) for one in found]


def unreadable_sums(text: str, start: int, end: int) -> list[str]:
    """Sums whose figures are misprinted, as they stand."""
    return [
        f"£{one['one']}" for one in _SUM.finditer(text, start, end) if pounds(one["one"], one["scale"] or "") is None
    ]


def pounds(figure: str, scale: str) -> Decimal | None:
    """2.5 and «m» are two and a half million; «1,50» is no sum."""
    bare = figure.rstrip(",.")
    if not _GROUPED.fullmatch(bare) or len(bare) > 20:
        return None
    return Decimal(bare.replace(",", "")) * SCALES.get(scale.strip().lower(), 1)


def _tight(text: str, at: Stretch) -> Stretch:
    """Without the dash or the comma behind a sum."""
    said = at.of(text)
    return Stretch(at.start, at.start + len(re.sub(r"[\s,.-]*(?:\bto|\band)?[\s,.-]*$", "", said)))


def period(text: str, start: int, end: int) -> Said[str] | None:
    """The term, the extension or the life of a power, in the words of the text; None where none is stated."""
    if not _TIMED.search(text, start, end):
        return None
    for found in _PERIOD.finditer(text, start, end):
        if _NOT_A_TERM.search(text[max(start, found.start() - 16) : found.start()]):
            continue
        if _NOT_AFTER.match(text, found.end(), end):
            continue
        further = _GOES_ON.match(text, found.end(), end)
        at = Stretch(found.start(), further.end() if further else found.end())
        return Said(as_printed(at.of(text)), at)
    return None
