"""The dry run: every row of a list read, compared with what is on record, noted. It holds no lock, saves nothing.

A row is compared three ways: with what its list said before, and with what stands here. What only the list changed is
changed here too. What a person put right here since is kept, and shown, unless somebody says that the list is right.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from procure.audit.bulk import in_parts
from procure.audit.rules import canonical, plain
from procure.extensions import db
from procure.folding import folded
from procure.register.list_actions.keeping import CHANGES, DOUBTS, LOOK, MEND, PLAN, Written
from procure.register.list_actions.knowing import OnRecord, Owners, Suppliers, on_record, plain_name
from procure.register.list_rules.cells import Cell, as_typed
from procure.register.list_rules.fields import Holds, NotAList, letter_of
from procure.register.list_rules.keys import is_ours, key_by_reference, key_by_words
from procure.register.list_rules.rows import About, Doubt, Reader, Said
from procure.register.list_rules.tables import Row, Source, Table, data_rows

AT_ONCE = 1_000
SHOWN_FIRST = 200
"""Rejected rows a command prints in full; all are in the file to mend."""

Progress = Callable[[int, int | None], None]
"""Told how many rows are done, and of how many where that is known."""


def nobody_asks(_done: int, _of: int | None) -> None:
    """Progress that nobody wants to know of."""


@dataclass(frozen=True)
class Way:
    """How a list is to be read: its table, what its columns hold, its source, who looks after what is in it."""

    table: Table
    columns: Mapping[Holds, int]
    source: str
    default_post_id: int | None = None
    take_theirs: bool = False


@dataclass
class Counts:
    """What a dry run comes to."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: int = 0
    value_sum: Decimal = Decimal("0.00")
    with_end_date: int = 0
    kept_here: int = 0
    new_suppliers: int = 0
    by_about: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    rejects: list[dict[str, Any]] = field(default_factory=list)

    @property
    def good(self) -> int:
        """Rows that can be brought in."""
        return self.rows - self.rejected

    def told(self) -> dict[str, Any]:
        """The counts as JSON keeps them."""
        return {
            "rows": self.rows, "created": self.created, "updated": self.updated, "unchanged": self.unchanged,
            "rejected": self.rejected, "warnings": self.warnings, "value_sum": f"{self.value_sum:.2f}",
            "with_end_date": self.with_end_date, "kept_here": self.kept_here, "new_suppliers": self.new_suppliers,
            "by_about": dict(self.by_about), "years": {str(year): count for year, count in sorted(self.years.items())},
        }  # fmt: skip


def dry_run(source: Source, way: Way, folder: Path, today: date, progress: Progress = nobody_asks) -> Counts:
    """Read a list from its first row to its last and write into a folder what would be done and what is doubtful."""
    if not {Holds.TITLE, Holds.REFERENCE} & way.columns.keys():
        raise NotAList("No column holds a title or a reference. Say which column is the title of the contract.")
    run = _DryRun(source, way, folder, today)
    try:
        for part in in_parts(data_rows(source, way.table), AT_ONCE):
            run.take(part)
            progress(run.counts.rows, None)
        run.end()
    finally:
        run.written.close()
        db.session.rollback()
    return run.counts


class _DryRun:
    def __init__(self, source: Source, way: Way, folder: Path, today: date) -> None:
        self.way, self.today, self.counts = way, today, Counts()
        self.reader = Reader(way.table, way.columns, epoch_1904=source.epoch_1904)
        self.written = Written(folder)
        self.suppliers, self.owners = Suppliers(), Owners(today, way.default_post_id)
        self._row_of: dict[int, int] = {}
        self._times: Counter[int] = Counter()
        heads = [heading or letter_of(at) for at, heading in enumerate(way.table.headings)]
        for name in (MEND, LOOK):
            self.written.row(name, [*heads, "Row in the file", "Why", "How to mend it"])
        self._vat_once()

    def take(self, rows: Sequence[Row]) -> None:
        """Read and compare some rows."""
        read = [(self.reader.read(number, cells), cells) for number, cells in rows]
        good = [said for said, _ in read if not said.is_rejected]
        keys = {said.row: self._key_of(said) for said in good}
        known = on_record(
            [key for pair in keys.values() for key in pair], [one.reference for one in good if is_ours(one.reference)]
        )
        for said, cells in read:
            self.counts.rows += 1
            if not said.is_rejected:
                self._compare(said, keys[said.row], known, cells)
            self._note(said, cells)
        db.session.rollback()

    def end(self) -> None:
        """Note the suppliers that are new."""
        self.counts.new_suppliers = len(self.suppliers.new)
        for one in self.suppliers.new:
            self.written.note(PLAN, {
                "do": "supplier", "name": one.name, "company_number": one.company_number,
                "charity_number": one.charity_number, "address": one.address,
            })  # fmt: skip

    # ── which contract a row is ──

    def _key_of(self, said: Said) -> tuple[str, ...]:
        """By what a row is known again: its reference, else its words. A reference that stood before is left empty."""
        if said.reference:
            mark = _mark(folded(said.reference))
            first = self._row_of.setdefault(mark, said.row)
            if first == said.row:
                return (key_by_reference(said.reference), key_by_reference(said.reference, self.way.source))
            at = self.way.columns[Holds.REFERENCE]
            said.doubts.append(
                Doubt(
                    said.row, letter_of(at), self.way.table.headings[at], said.reference,
                    f"Row {first} has the same reference", "Give each contract its own", About.REFERENCE, said.title,
                )
            )  # fmt: skip
            said.reference = ""
        words = key_by_words(said.title, plain_name(said.supplier), said.facts.get("starts_on"))
        mark = _mark(words)
        self._times[mark] += 1
        return (f"{words}:{self._times[mark]}",)

    def _compare(
        self, said: Said, keys: tuple[str, ...], known: Mapping[str, OnRecord], cells: Sequence[Cell]
    ) -> None:  # fmt: skip
        facts = self._facts(said)
        self.counts.with_end_date += facts.get("ends_on") is not None
        self.counts.value_sum += facts.get("value_stated") or 0
        digest = _digest(said, facts)
        if said.supplier:
            facts["supplier_id"] = self.suppliers.meant_by(said)
        elif Holds.SUPPLIER in self.way.columns:
            facts["supplier_id"] = None
        key, here = self._meant(said, keys, known, facts)
        if here is None:
            self._would_create(said, key, facts, digest)
        elif here.said == digest and not self.way.take_theirs:
            self.counts.unchanged += 1
        else:
            self._would_change(said, here, facts, digest)

    def _meant(
        self, said: Said, keys: tuple[str, ...], known: Mapping[str, OnRecord], facts: Mapping[str, Any]
    ) -> tuple[str, OnRecord | None]:
        """The contract a row speaks of. The same reference in another source, on another thing, is another contract."""
        if is_ours(said.reference) and said.reference in known:
            return keys[0], known[said.reference]
        if keys[-1] in known:
            return keys[-1], known[keys[-1]]
        here = known.get(keys[0])
        if here is None or here.values["source"] == self.way.source:
            return keys[0], here
        is_other = folded(here.values["title"]) != folded(said.title)
        is_others = here.values["supplier_id"] != facts.get("supplier_id")
        return (keys[-1], None) if is_other and is_others else (keys[0], here)

    def _facts(self, said: Said) -> dict[str, Any]:
        """What is to be written, without the supplier, who may be new."""
        facts = dict(said.facts)
        if Holds.OWNER in self.way.columns or self.owners.default_id is not None:
            meant = self.owners.meant_by(said.owner) if said.owner else None
            if said.owner and meant is None:
                at = self.way.columns[Holds.OWNER]
                said.doubts.append(
                    Doubt(
                        said.row, letter_of(at), self.way.table.headings[at], said.owner,
                        "No post and nobody who holds one is called so", "Type the name of a post", About.OWNER,
                        said.title,
                    )
                )  # fmt: skip
            facts["manager_post_id"] = meant if meant is not None else self.owners.default_id
        return facts

    # ── what would be done ──

    def _would_create(self, said: Said, key: str, facts: dict[str, Any], digest: str) -> None:
        self.counts.created += 1
        starts_on = facts.get("starts_on")
        year = (starts_on or self.today).year
        self.counts.years[year] += 1
        self.written.note(PLAN, {
            "do": "create", "row": said.row, "key": key, "reference": said.reference, "year": year, "said": digest,
            "facts": facts,
        })  # fmt: skip

    def _would_change(self, said: Said, here: OnRecord, facts: dict[str, Any], digest: str) -> None:
        ended = facts.pop("has_ended", None)
        new = {name: plain(value) for name, value in facts.items()}
        now = {name: plain(here.values[name]) for name in new}
        before = here.facts
        # a contract no list ever spoke of: everything that stands here was put here by a person
        theirs = [name for name in new if new[name] != now[name] and new[name] != before.get(name, _NOTHING)]
        by_hand = [name for name in theirs if before.get(name, _NOTHING) != now[name]]
        if self.way.take_theirs:
            theirs = [name for name in new if new[name] != now[name]]
            by_hand = []
        changes = {name: new[name] for name in theirs if name not in by_hand}
        if not _is_possible(here.values, changes):
            by_hand += [name for name in ("starts_on", "ends_on") if name in changes]
            changes = {name: value for name, value in changes.items() if name not in ("starts_on", "ends_on")}
        _keep_together(changes, new, now)
        reference = str(here.values["reference"])
        for name in (*changes, *by_hand):
            self._difference(reference, said, name, now[name], new[name], is_kept=name in by_hand)
        self.counts.kept_here += bool(by_hand)
        if not changes:
            self.counts.unchanged += 1
            if here.said == digest or by_hand:
                return
        else:
            self.counts.updated += 1
        self.written.note(PLAN, {
            "do": "change", "row": said.row, "id": here.id, "reference": reference, "version": here.values["version"],
            "changes": changes, "now": {name: now[name] for name in changes}, "said": "" if by_hand else digest,
            "facts": dict(before) | {name: value for name, value in new.items() if name not in by_hand},
            "name": here.values["title"], "has_ended": ended,
        })  # fmt: skip

    def _difference(self, reference: str, said: Said, name: str, old: Any, new: Any, *, is_kept: bool) -> None:
        if name == "supplier_id":
            new = said.supplier
        self.written.note(CHANGES, {
            "reference": reference, "row": said.row, "title": said.title, "field": name, "old": old, "new": new,
            "is_kept": is_kept,
        })  # fmt: skip

    # ── doubts ──

    def _note(self, said: Said, cells: Sequence[Cell]) -> None:
        for doubt in said.doubts:
            self.counts.by_about[doubt.about.value] += 1
            self.written.note(DOUBTS, {
                "row": doubt.row, "column": doubt.column, "heading": doubt.heading, "value": doubt.value,
                "reason": doubt.reason, "mend": doubt.mend, "about": doubt.about.value, "contract": doubt.contract,
                "is_rejected": said.is_rejected,
            })  # fmt: skip
        if said.is_rejected:
            self.counts.rejected += 1
            self.counts.rejects.append(said.doubts[0].told(self.way.table.sheet))
        else:
            self.counts.warnings += len(said.doubts)
        if said.doubts:
            why = "; ".join(doubt.reason for doubt in said.doubts)
            mend = "; ".join(dict.fromkeys(doubt.mend for doubt in said.doubts))
            wide = len(self.way.table.headings)
            typed = [as_typed(cell) for cell in cells[:wide]] + [""] * (wide - len(cells))
            self.written.row(MEND if said.is_rejected else LOOK, [*typed, str(said.row), why, mend])

    def _vat_once(self) -> None:
        """That VAT isn't stated is a doubt about a column, told once and not in every row."""
        at = self.way.columns.get(Holds.VALUE)
        if at is None:
            return
        heading = self.way.table.headings[at]
        self.counts.warnings += 1
        self.counts.by_about[About.VAT.value] += 1
        self.written.note(DOUBTS, {
            "row": self.way.table.header_row, "column": letter_of(at), "heading": heading, "value": heading,
            "reason": "It doesn’t say whether VAT is in the values",
            "mend": "Choose with or without VAT for this column",
            "about": About.VAT.value, "contract": "", "is_rejected": False,
        })  # fmt: skip


_NOTHING = object()
MONEY = ("value_stated", "value_basis", "value_net", "value_vat", "value_gross")
TERM = ("term", "roll_months")


def _keep_together(changes: dict[str, Any], new: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Values that only make sense with one another change with one another, or not at all."""
    for group in (MONEY, TERM):
        of_it = [name for name in group if name in new]
        if any(name in changes for name in of_it):
            changes.update({name: new[name] for name in of_it if new[name] != now[name]})


def _is_possible(here: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    starts_on = changes.get("starts_on", plain(here["starts_on"]))
    ends_on = changes.get("ends_on", plain(here["ends_on"]))
    return not (starts_on and ends_on and ends_on < starts_on)


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _digest(said: Said, facts: Mapping[str, Any]) -> str:
    who = {"supplier": said.supplier, "company": said.company_number, "charity": said.charity_number}
    return hashlib.sha256(canonical({**facts, **who}).encode()).hexdigest()
