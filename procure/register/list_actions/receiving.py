"""What a person does with a list: chooses it, says what its columns are, has it checked, brings it in or leaves it."""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select, update

from procure import words
from procure.audit.actions import NEW_ROW, Actor
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.mail.rounds import own_transaction
from procure.people.models import Person
from procure.procurement.actions import take_references
from procure.refusals import Refusal
from procure.register.list_actions import keeping
from procure.register.list_actions.bringing import Brought, bring_in
from procure.register.list_actions.checking import Counts, Progress, Way, dry_run, nobody_asks
from procure.register.list_actions.keeping import PLAN, KeptList, keep, lines_of
from procure.register.list_models import ContractList, ListColumns
from procure.register.list_rules.fields import Holds, NotAList, plain_heading
from procure.register.list_rules.steps import COUNCIL_LIST, ListState
from procure.register.list_rules.tables import Source, Table, opened, refuse_payments, table_in


class NotNow(Refusal):
    """The list is at another step."""


class NothingToBringIn(Refusal):
    """The list holds no row that is new or changed."""


class NotAllGood(Refusal):
    """All rows or none were asked for, and some can't be used."""


# ── taking it in ──


def receive(name: str, stream: IO[bytes], *, by: Person | None, at: datetime, source: str = "") -> ContractList:
    """Take in a list and look at it: the best sheet, its columns as far as they tell, or as they were read before.

    NotAList or UploadRefused where it can't be one.
    """
    kept = keep(name, stream)
    asked_by_id = by.id if by else None
    with keeping.at_hand(kept.key) as path:
        table = table_in(opened(path, kept.name), "")
    remembered = columns_before(table)
    values: dict[str, Any] = {"columns": as_json(table.columns), "source": source or COUNCIL_LIST}
    if remembered is not None:
        values = {
            "columns": remembered.columns, "source": source or remembered.source, "are_own_words": True,
            "default_post_id": remembered.default_post_id,
        }  # fmt: skip
    return _new(kept, at, sheet=table.sheet, asked_by_id=asked_by_id, **values)


def keep_checked(name: str, stream: IO[bytes], way: Way, counts: Counts, folder: Path, *, at: datetime) -> ContractList:
    """Take in a list that was checked by a command, with what its dry run wrote into a folder."""
    kept = keep(name, stream)
    under = f"lists/runs/{kept.sha256[:12]}-{secrets.token_hex(4)}"
    keeping.keep_dry_run(folder, under)
    return _new(
        kept, at, sheet=way.table.sheet, columns=as_json(way.columns), are_own_words=True, source=way.source,
        default_post_id=way.default_post_id, take_theirs=way.take_theirs, state=ListState.CHECKED, checked_at=at,
        kept_under=under, counts=json.dumps(counts.told(), sort_keys=True),
    )  # fmt: skip


def _new(kept: KeptList, at: datetime, **values: Any) -> ContractList:
    year = legal_day(at).year
    number = take_references("LIST", ContractList.reference, {year: 1})[year]
    with own_transaction():
        found = ContractList(
            reference=f"LIST-{year}-{number:03}", file_name=kept.name, file_key=kept.key, size=kept.size,
            sha256=kept.sha256, received_at=at, **values,
        )  # fmt: skip
        db.session.add(found)
    return found


def as_json(columns: Mapping[Holds, int]) -> str:
    """Columns as they are kept."""
    return json.dumps({holds.value: at for holds, at in columns.items()}, sort_keys=True)


def columns_of(kept: str) -> dict[Holds, int]:
    """Columns as they were kept."""
    return {Holds(name): int(at) for name, at in json.loads(kept).items()}


def headings_mark(table: Table) -> str:
    """What tells the lists of one source from others: their headings, in order."""
    return hashlib.sha256("|".join(plain_heading(one) for one in table.headings).encode()).hexdigest()


def columns_before(table: Table) -> ListColumns | None:
    """How a list with the same headings was read before; None where there was none."""
    return db.session.scalars(select(ListColumns).where(ListColumns.headings == headings_mark(table))).one_or_none()


@contextmanager
def at_hand(kept: ContractList) -> Iterator[Source]:
    """The list, opened, for as long as it is read."""
    with keeping.at_hand(kept.file_key) as path:
        yield opened(path, kept.file_name)


def way_of(kept: ContractList, source: Source) -> Way:
    """How the list is to be read. Payments are refused unless somebody said themselves what the columns are."""
    table = table_in(source, kept.sheet)
    if not kept.are_own_words:
        refuse_payments(table)
    return Way(table, columns_of(kept.columns), kept.source, kept.default_post_id, kept.take_theirs)


# ── its columns ──


def choose_sheet(kept: ContractList, sheet: str) -> None:
    """Look at another sheet of the same file: its columns are proposed anew."""
    with at_hand(kept) as source:
        table = table_in(source, sheet)
    remembered = columns_before(table)
    columns = remembered.columns if remembered else as_json(table.columns)
    _set(kept, at_step=(ListState.CHOSEN, ListState.CHECKED), sheet=sheet, columns=columns, state=ListState.CHOSEN)


def choose_columns(
    kept: ContractList, columns: Mapping[Holds, int], *, source: str, default_post_id: int | None, at: datetime
) -> None:
    """Say what the columns are, and remember it for the next list with the same headings."""
    if not {Holds.TITLE, Holds.REFERENCE} & columns.keys():
        raise NotAList("Choose the column that holds the title of the contract, or its reference")
    with at_hand(kept) as opened_list:
        table = table_in(opened_list, kept.sheet)
    remember(table, columns, source=source, default_post_id=default_post_id, at=at)
    _set(
        kept, at_step=(ListState.CHOSEN, ListState.CHECKED), columns=as_json(columns), are_own_words=True,
        source=source, default_post_id=default_post_id, state=ListState.CHOSEN,
    )  # fmt: skip


def remember(
    table: Table, columns: Mapping[Holds, int], *, source: str, default_post_id: int | None, at: datetime
) -> None:
    """Keep how the columns under these headings are read."""
    mark, told = headings_mark(table), as_json(columns)
    values = {"source": source, "columns": told, "default_post_id": default_post_id, "used_at": at}
    with own_transaction():
        new = NEW_ROW[db.session.get_bind().dialect.name](ListColumns).values(headings=mark, **values)
        db.session.execute(new.on_conflict_do_update(index_elements=["headings"], set_=values))


def _set(kept: ContractList, *, at_step: tuple[ListState, ...], **values: Any) -> None:
    """Change a list, if it is still at that step."""
    key = kept.id
    with own_transaction():
        changed = db.session.execute(
            update(ContractList).where(ContractList.id == key, ContractList.state.in_(at_step)).values(**values)
        )
        if changed.rowcount != 1:  # type: ignore[attr-defined]
            raise NotNow("Somebody has taken this list a step further. Open it again.")
    db.session.expire_all()


# ── the dry run ──


def begin_check(kept: ContractList) -> None:
    """Note that the rows are being checked."""
    _set(
        kept, at_step=(ListState.CHOSEN, ListState.CHECKED, ListState.CHECKING), state=ListState.CHECKING, problem="",
        job_id=None,
    )  # fmt: skip


def note_job(kept: ContractList, job_id: int) -> None:
    """Note the long work that does this step, so that its page shows how far it is."""
    key = kept.id
    with own_transaction():
        db.session.execute(update(ContractList).where(ContractList.id == key).values(job_id=job_id))
    db.session.expire_all()


def check(kept: ContractList, *, at: datetime, progress: Progress = nobody_asks) -> Counts:
    """Read the whole list and keep what would be done. Nothing on record changes."""
    key, before = kept.id, kept.kept_under
    under = f"lists/runs/{key}-{secrets.token_hex(4)}"
    with tempfile.TemporaryDirectory(prefix="procure-list-") as folder, at_hand(kept) as source:
        counts = dry_run(source, way_of(kept, source), Path(folder), legal_day(at), progress)
        keeping.keep_dry_run(Path(folder), under)
    with own_transaction():
        db.session.execute(
            update(ContractList)
            .where(ContractList.id == key)
            .values(
                state=ListState.CHECKED, checked_at=at, kept_under=under, problem="",
                counts=json.dumps(counts.told(), sort_keys=True),
            )
        )  # fmt: skip
    db.session.expire_all()
    keeping.remove(before)
    return counts


def could_not(kept_id: int, sentence: str, back_to: ListState) -> None:
    """Note why a list couldn't be checked or brought in, and where it stands again."""
    with own_transaction():
        db.session.execute(
            update(ContractList).where(ContractList.id == kept_id).values(state=back_to, problem=sentence)
        )
    db.session.expire_all()


def choose_theirs(kept: ContractList, take_theirs: bool) -> None:
    """Say whether the list is right where somebody has put something right here since."""
    _set(kept, at_step=(ListState.CHECKED,), take_theirs=take_theirs, state=ListState.CHOSEN)


# ── bringing it in ──


def begin_bringing(kept: ContractList) -> None:
    """Note that it is being brought in. Only what was checked can be."""
    counts = json.loads(kept.counts)
    if kept.state is ListState.CHECKED and not counts.get("created") and not counts.get("updated"):
        raise NothingToBringIn("No row of this list is new or changed.")
    _set(kept, at_step=(ListState.CHECKED, ListState.BRINGING), state=ListState.BRINGING, problem="", job_id=None)


def bring(kept: ContractList, *, by: Actor, at: datetime, progress: Progress = nobody_asks) -> Brought:
    """Bring in the good rows of a checked list, in one act."""
    key, under, counts = kept.id, kept.kept_under, json.loads(kept.counts)

    def done() -> None:
        ended = db.session.execute(
            update(ContractList)
            .where(ContractList.id == key, ContractList.state == ListState.BRINGING)
            .values(state=ListState.DONE, done_at=at)
        )
        if ended.rowcount != 1:  # type: ignore[attr-defined]
            raise NotNow("This list has been brought in already.")

    created, updated = int(counts["created"]), int(counts["updated"])
    said = f"brought in {words.plural(created, 'contract')}"
    note = (
        f"{kept.file_name}: {created} created, {updated} updated, {counts['unchanged']} left as they were, "
        f"{counts['rejected']} not read. SHA-256 {kept.sha256}"
    )  # fmt: skip
    return bring_in(
        lambda: lines_of(under, PLAN), contract_list=kept, said=said, note=note, by=by, at=at, within=done,
        progress=progress,
    )  # fmt: skip


def leave(kept: ContractList) -> None:
    """Leave a list out. Its file stays where it is."""
    _set(kept, at_step=(ListState.CHOSEN, ListState.CHECKED), state=ListState.LEFT)
