"""The one loader: bank holidays from the packages that carry them, and what those packages lack.

Official days come from GOV.UK's list as govuk-bank-holidays ships it; nothing is fetched. A dated supplement holds
what was proclaimed since that edition. Plans go on beyond it with the `holidays` package, which is nobody's official
list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType

import holidays
from govuk_bank_holidays.bank_holidays import BankHolidays

from procure import words
from procure.law.working_days import Calendar

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "England", "Wales", "Scotland", "Northern Ireland"
NATIONS = (ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND)

DIVISIONS = {
    BankHolidays.ENGLAND_AND_WALES: (ENGLAND, WALES),
    BankHolidays.SCOTLAND: (SCOTLAND,),
    BankHolidays.NORTHERN_IRELAND: (NORTHERN_IRELAND,),
}
SUBDIVISIONS = {ENGLAND: "ENG", WALES: "WLS", SCOTLAND: "SCT", NORTHERN_IRELAND: "NIR"}

PLANNING_FROM = 1990
PLANNING_UNTIL = 2099


@dataclass(frozen=True)
class Proclaimed:
    """A bank holiday that the packaged list lacks."""

    day: date
    name: str
    nations: tuple[str, ...]
    source: str


SUPPLEMENT = (
    Proclaimed(
        date(2026, 6, 15),
        "Men’s World Cup bank holiday",
        (SCOTLAND,),
        "Royal Proclamation announced on 4 February 2026, under section 1(3) of the "
        "Banking and Financial Dealings Act 1971",
    ),
)


@dataclass(frozen=True)
class _Named:
    day: date
    name: str
    nations: tuple[str, ...]


@lru_cache(maxsize=16)
def uk_any(added: tuple[Proclaimed, ...] = ()) -> Calendar:
    """Bank holidays in any part of the UK: what the Procurement Act 2023 leaves out of a working day (section 123).

    `added` are those proclaimed since this edition, as a council has entered them.
    """
    return _official("the United Kingdom", NATIONS, added)


@lru_cache(maxsize=16)
def england(added: tuple[Proclaimed, ...] = ()) -> Calendar:
    """Bank holidays in England: what a council leaves out of its own periods, as a call-in."""
    return _official("England", (ENGLAND,), added)


@lru_cache(maxsize=32)
def planning_calendar(calendar: Calendar) -> Calendar:
    """The same calendar carried on to 2099, and back to 1990, with days nobody has published: for plans only."""
    unofficial = {day: why for day, why in _unofficial(calendar.nations).items() if not calendar.knows(day)}
    return Calendar(
        name=calendar.name,
        holidays=MappingProxyType({**unofficial, **calendar.holidays}),
        known_from=calendar.known_from,
        known_until=calendar.known_until,
        source=f"{calendar.source}; outside {calendar.known_from.year} to {calendar.known_until.year}, "
        f"the holidays package {version('holidays')}, which is not official",
        version=calendar.version,
        nations=calendar.nations,
        planned_from=date(PLANNING_FROM, 1, 1),
        planned_until=date(PLANNING_UNTIL, 12, 31),
    )


def planning_england(added: tuple[Proclaimed, ...] = ()) -> Calendar:
    """England, for ladders and timetables."""
    return planning_calendar(england(added))


def planning_uk_any(added: tuple[Proclaimed, ...] = ()) -> Calendar:
    """Any part of the UK, for the standstill inside a timetable."""
    return planning_calendar(uk_any(added))


def is_listed(day: date, nation: str) -> bool:
    """Whether a day is a bank holiday of a part of the UK already, without anybody adding it."""
    return any(one.day == day and nation in one.nations for one in (*_published(), *_named(SUPPLEMENT)))


def _official(name: str, nations: tuple[str, ...], added: tuple[Proclaimed, ...]) -> Calendar:
    supplement = (*SUPPLEMENT, *added)
    listed = [holiday for holiday in (*_published(), *_named(supplement)) if set(holiday.nations) & set(nations)]
    return Calendar(
        name=name,
        holidays=MappingProxyType(_by_day(listed, nations)),
        known_from=date(_first_year(), 1, 1),
        known_until=date(_last_year(), 12, 31),
        source=f"GOV.UK bank holidays for {words.joined(nations)}",
        version=_edition(nations, supplement),
        nations=nations,
    )


@lru_cache
def _published() -> tuple[_Named, ...]:
    data = BankHolidays(use_cached_holidays=True)
    return tuple(
        _Named(holiday["date"], _title(holiday), nations)
        for division, nations in DIVISIONS.items()
        for holiday in data.get_holidays(division)
    )


def _first_year() -> int:
    return min(holiday.day.year for holiday in _published())


def _last_year() -> int:
    """The last year that GOV.UK has published for every part of the UK; it publishes whole years."""
    return min(max(one.day.year for one in _published() if nation in one.nations) for nation in NATIONS)


def _named(supplement: Iterable[Proclaimed]) -> tuple[_Named, ...]:
    return tuple(_Named(added.day, added.name, added.nations) for added in supplement)


def _title(holiday: Mapping[str, str]) -> str:
    return f"{holiday['title']} (substitute day)" if holiday["notes"] == "Substitute day" else holiday["title"]


def _edition(nations: tuple[str, ...], supplement: Iterable[Proclaimed]) -> str:
    added = [
        f"{words.day(one.day)} in {words.joined(one.nations)}" for one in supplement if set(one.nations) & set(nations)
    ]
    edition = f"govuk-bank-holidays {version('govuk-bank-holidays')}"
    return f"{edition}, with {words.joined(added)} added" if added else edition


def _by_day(listed: Iterable[_Named], nations: tuple[str, ...]) -> dict[date, str]:
    """One line of words a day; a day with two names in different nations says both."""
    found: dict[date, dict[str, list[str]]] = {}
    for holiday in sorted(listed, key=lambda each: each.day):
        found.setdefault(holiday.day, {}).setdefault(holiday.name, []).extend(holiday.nations)
    return {
        day: "; ".join(_in_words(name, where, nations) for name, where in names.items()) for day, names in found.items()
    }


def _in_words(name: str, where: list[str], nations: tuple[str, ...]) -> str:
    kind = name if "bank holiday" in name.lower() else f"{name}, bank holiday"
    if len(nations) == 1:
        return kind
    return f"{kind} in {'all of the UK' if set(where) == set(NATIONS) else words.joined(where)}"


def _unofficial(nations: tuple[str, ...]) -> dict[date, str]:
    years = range(PLANNING_FROM, PLANNING_UNTIL + 1)
    listed = [
        _Named(day, name, (nation,))
        for nation in nations
        for day, name in holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years).items()
    ]
    return {day: f"{why} (expected)" for day, why in _by_day(listed, nations).items()}
