"""Lists as JSON: OCDS releases, records and packages, and the notice lists of Contracts Finder and its likes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from procure.register.list_rules.cells import Cell
from procure.register.list_rules.fields import Holds, NotAList

Thing = Mapping[str, Any]

NO_ID = "The release has no id, which OCDS 1.1.5 asks for"
NO_AWARD = "No award yet: its value is an estimate and is left out"
OCDS_HEADINGS = {
    "reference": Holds.REFERENCE, "title": Holds.TITLE, "description": Holds.DESCRIPTION, "supplier": Holds.SUPPLIER,
    "companyNumber": Holds.COMPANY, "charityNumber": Holds.CHARITY, "address": Holds.ADDRESS, "startDate": Holds.START,
    "endDate": Holds.END, "value": Holds.VALUE, "currency": Holds.CURRENCY, "cpv": Holds.CPV,
    "procedure": Holds.PROCEDURE, "status": Holds.STATUS, "remarks": None,
}  # fmt: skip
"""The columns an OCDS file is read into, and what they hold. Remarks are told as warnings."""
REMARKS = list(OCDS_HEADINGS).index("remarks")


class OpenData:
    """A JSON file as a table of one sheet. OCDS gives one row an award, or one a process without any."""

    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        try:
            found = json.loads(path.read_bytes(), parse_float=Decimal)
        except (ValueError, RecursionError) as broken:
            raise NotAList("This JSON file is broken and can’t be read.") from broken
        self.is_ocds = False
        releases = _releases(found)
        if releases is not None:
            self.is_ocds = True
            self._rows: list[Sequence[Cell]] = [list(OCDS_HEADINGS), *_of_processes(releases)]
        else:
            self._rows = _of_list(found)
        if len(self._rows) < 2:
            raise NotAList("This JSON file holds no list of contracts or notices.")

    @property
    def sheets(self) -> list[str]:
        return [""]

    def rows(self, sheet: str = "") -> Iterator[tuple[int, Sequence[Cell]]]:
        """The headings, then each thing. Row 2 is the first of the list."""
        return enumerate(self._rows, start=1)


# ── OCDS ──


def _releases(found: Any) -> list[Thing] | None:
    """The releases of a file; of a record its compiled one. None where it is no OCDS."""
    things = found if isinstance(found, list) else [found]
    if not things or not all(isinstance(thing, dict) for thing in things):
        return None
    gathered: list[Thing] = []
    for thing in things:
        if isinstance(thing.get("releases"), list) and not thing.get("compiledRelease"):
            gathered += [one for one in thing["releases"] if isinstance(one, dict)]
        elif isinstance(thing.get("records"), list):
            gathered += _releases([one for one in thing["records"] if isinstance(one, dict)]) or []
        elif isinstance(thing.get("compiledRelease"), dict):
            gathered.append(thing["compiledRelease"])
        elif "ocid" in thing and ("tender" in thing or "awards" in thing or "tag" in thing):
            gathered.append(thing)
        else:
            return None
    return gathered


def _of_processes(releases: Sequence[Thing]) -> Iterator[Sequence[Cell]]:
    """One row an award. Releases of one process are read in order of time: the latest word on an award counts."""
    processes: dict[str, list[Thing]] = {}
    for number, release in enumerate(releases):
        processes.setdefault(_text(release.get("ocid")) or f"nameless {number}", []).append(release)
    for of_one in processes.values():
        of_one.sort(key=lambda release: _text(release.get("date")))
        yield from _of_process(of_one)


def _of_process(releases: Sequence[Thing]) -> Iterator[Sequence[Cell]]:
    awards: dict[str, tuple[Thing, Thing]] = {}
    for release in releases:
        for number, award in enumerate(_list(release.get("awards"))):
            awards[_text(award.get("id")) or f"{number + 1}"] = (award, release)
    last = releases[-1]
    remarks = [NO_ID] if any("id" not in release for release in releases) else []
    if len(releases) > 1:
        remarks.append(f"{len(releases)} releases of one process are read as one")
    ocid = _text(last.get("ocid"))
    if not awards:
        tender = _thing(last.get("tender"))
        if _thing(tender.get("value")).get("amount"):
            remarks.append(NO_AWARD)
        yield _row(ocid, last, {}, {}, remarks)
        return
    for number, (key, (award, release)) in enumerate(awards.items()):
        reference = key if key.startswith(ocid) else ocid if len(awards) == 1 else f"{ocid}-{key}"
        contract = next((one for one in _list(release.get("contracts")) if _text(one.get("awardID")) == key), {})
        yield _row(reference, release, award, contract, remarks if number == 0 else [])


def _row(reference: str, release: Thing, award: Thing, contract: Thing, remarks: Sequence[str]) -> Sequence[Cell]:
    tender, remarks = _thing(release.get("tender")), list(remarks)
    period = (
        _thing(contract.get("period")) or _thing(award.get("contractPeriod")) or _thing(tender.get("contractPeriod"))
    )
    value = _thing(award.get("value")) or _thing(contract.get("value"))
    suppliers = _list(award.get("suppliers"))
    who = _thing(suppliers[0]) if suppliers else {}
    party = next((one for one in _list(release.get("parties")) if one.get("id") == who.get("id")), who)
    identifier = _thing(party.get("identifier"))
    scheme, number = _text(identifier.get("scheme")), _text(identifier.get("id"))
    said = _first(award, contract, tender, key="description")
    if len(suppliers) > 1:
        names = ", ".join(_text(one.get("name")) for one in suppliers)
        remarks.append(f"{len(suppliers)} suppliers: the first is taken, all are named in the description")
        said = f"{said}\nSuppliers: {names}".strip()
    days = period.get("durationInDays")
    if days and not period.get("endDate"):
        remarks.append(f"It gives {days} days, and no day on which they end")
    return (
        reference, _first(award, contract, tender, key="title"), said, _text(who.get("name") or party.get("name")),
        number if scheme == "GB-COH" else "", number if scheme in ("GB-CHC", "GB-SC", "GB-NIC") else "",
        _address(_thing(party.get("address"))), period.get("startDate"), period.get("endDate"), value.get("amount"),
        value.get("currency"), _cpv(tender, award), _text(tender.get("procurementMethodDetails")),
        _text(award.get("status") or tender.get("status")), "; ".join(remarks),
    )  # fmt: skip


def _first(*things: Thing, key: str) -> str:
    return next((said for thing in things if (said := _text(thing.get(key)).strip())), "")


def _cpv(tender: Thing, award: Thing) -> str:
    found = [_thing(tender.get("classification"))]
    found += [_thing(item.get("classification")) for item in (*_list(award.get("items")), *_list(tender.get("items")))]
    return next((_text(one.get("id")) for one in found if _text(one.get("scheme")).upper() == "CPV"), "")


def _address(address: Thing) -> str:
    parts = (_text(address.get(key)) for key in ("streetAddress", "locality", "region", "postalCode"))
    return ", ".join(part for part in parts if part)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _thing(value: Any) -> Thing:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Thing]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


# ── lists of notices ──


def _of_list(found: Any) -> list[Sequence[Cell]]:
    """The longest list of things in a file, each flat, under the headings they have in common."""
    things = [_flat(thing) for one in _longest(found) for thing in _unwrapped(one)]
    headings = list(dict.fromkeys(key for thing in things for key in thing))
    return [headings, *([thing.get(key) for key in headings] for thing in things)]


def _longest(found: Any) -> list[Thing]:
    if isinstance(found, list):
        return _list(found)
    if not isinstance(found, dict):
        return []
    if isinstance(found.get("notice"), dict):
        return [found]
    return max((_list(value) for value in found.values()), key=len, default=[])


def _unwrapped(thing: Thing) -> list[Thing]:
    """A thing that stands inside a wrapper of its own; a notice with its awards is one thing an award."""
    for key in ("item", "notice", "contract"):
        inner = thing.get(key)
        if isinstance(inner, dict):
            return [
                {
                    **inner, "awardedValue": award.get("value"), "awardedSupplier": award.get("supplierName"),
                    "start": award.get("startDate") or inner.get("start"),
                    "end": award.get("endDate") or inner.get("end"),
                }
                for award in _list(thing.get("awards"))
            ] or [inner]  # fmt: skip
    return [thing]


def _flat(thing: Thing, before: str = "") -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for key, value in thing.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{key} ")
        elif isinstance(value, list):
            flat[f"{before}{key}"] = " ".join(_text(one) for one in value)
        else:
            flat[f"{before}{key}"] = value
    return flat
