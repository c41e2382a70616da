"""`flask register …`: contracts brought in from lists."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from procure import words
from procure.audit.actions import Machine
from procure.cli.answers import Answer, answers, warn
from procure.extensions import db
from procure.now import now, today
from procure.people.models import Post
from procure.refusals import Refusal
from procure.register.list_actions import keeping, receiving
from procure.register.list_actions.checking import Counts, Way, dry_run
from procure.register.list_rules.fields import NotAList
from procure.register.list_rules.steps import COUNCIL_LIST, ListState
from procure.register.list_rules.tables import mapping_from, opened, refuse_payments, table_in

register = AppGroup("register", short_help="Contracts from lists.", help=__doc__)

IMPORTER = Machine("Import of contract lists")
"""Who brings a list in where no person does."""

a_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@register.command("import")
@click.argument("files", nargs=-1, required=True, type=a_file)
@click.option("--sheet", default="", help="The sheet of a workbook; otherwise the one most like a list of contracts.")
@click.option(
    "--map", "map_file", type=a_file, help='Columns as JSON: {"title": "Contract name", "ends_on": "Finish"}.'
)
@click.option("--source", default="", help="Where the list comes from, as in: Housing register.")
@click.option("--owner", default="", help="The post that looks after contracts whose row names none.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Bring nothing in where a single row can’t be read.")
@click.option("--take-theirs", is_flag=True, help="Let the list overwrite what somebody put right here since.")
@click.option("--mend", type=click.Path(path_type=Path, dir_okay=False), help="Write the rows to mend into this file.")
@answers
def bring_in(files: tuple[Path, ...], **asked: Any) -> Iterator[Answer]:
    """Bring in lists of contracts: .csv, .xlsx, OCDS or a JSON list of notices. One answer a file."""
    refused: list[str] = []
    for file in files:
        try:
            counts = _one(file, asked)
        except Refusal as no:
            if len(files) == 1:
                raise
            refused.append(f"{file.name}: {no.sentence}")
            continue
        facts = _facts(counts)
        yield Answer(({"file": str(file)} | facts) if len(files) > 1 else facts, _text(file, counts, asked["dry_run"]))
    if refused:
        raise NotAList("\n".join(refused))


def _one(file: Path, asked: Mapping[str, Any]) -> Counts:
    source = opened(file, file.name)
    table = table_in(source, asked["sheet"])
    remembered = receiving.columns_before(table)
    if asked["map_file"]:
        columns = mapping_from(table, _mapping(asked["map_file"]))
    elif remembered is not None:
        columns = receiving.columns_of(remembered.columns)
    else:
        refuse_payments(table)
        columns = dict(table.columns)
    owner = _post(asked["owner"]) if asked["owner"] else remembered.default_post_id if remembered else None
    named = asked["source"] or (remembered.source if remembered else COUNCIL_LIST)
    way = Way(table, columns, named, owner, asked["take_theirs"])
    db.session.rollback()
    with tempfile.TemporaryDirectory(prefix="procure-list-") as folder:
        counts = dry_run(source, way, Path(folder), today(), _tell)
        if asked["mend"]:
            shutil.copy(Path(folder) / keeping.MEND, asked["mend"])
        if asked["all_or_nothing"] and counts.rejected:
            raise receiving.NotAllGood(
                f"{words.plural(counts.rejected, 'row')} can’t be read, so nothing was brought in. The first: row "
                f"{counts.rejects[0]['row']}: {counts.rejects[0]['reason']}."
            )
        if not asked["dry_run"]:
            if asked["map_file"]:
                receiving.remember(table, columns, source=named, default_post_id=owner, at=now())
            _bring(file, way, counts, Path(folder))
    return counts


def _bring(file: Path, way: Way, counts: Counts, folder: Path) -> None:
    """Bring in what was checked; a list that changes nothing leaves nothing behind."""
    if not counts.created and not counts.updated:
        return
    with file.open("rb") as stream:
        kept = receiving.keep_checked(file.name, stream, way, counts, folder, at=now())
    receiving.begin_bringing(kept)
    try:
        receiving.bring(kept, by=IMPORTER, at=now(), progress=_tell)
    except Refusal as no:
        receiving.could_not(kept.id, no.sentence, ListState.CHECKED)
        raise


def _mapping(path: Path) -> Mapping[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as odd:
        raise NotAList(f"{path.name} is no JSON that can be read.") from odd
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise NotAList(f'{path.name} must be an object such as {{"title": "Contract name"}}.')
    return found


def _post(name: str) -> int:
    found = db.session.scalars(select(Post).where(Post.name == name, Post.ended_on.is_(None))).first()
    if found is None:
        raise NotAList(f"There is no post called {name}.")
    return found.id


def _tell(done: int, of: int | None) -> None:
    if done and done % 20_000 == 0:
        warn(f"{done:,} rows" if of is None else f"{done:,} of {of:,} rows")


def _facts(counts: Counts) -> dict[str, Any]:
    return {
        "rows": counts.rows, "created": counts.created, "updated": counts.updated, "unchanged": counts.unchanged,
        "rejected": counts.rejected, "warnings": counts.warnings, "value_sum": counts.value_sum,
        "with_end_date": counts.with_end_date, "rejects": counts.rejects,
    }  # fmt: skip


def _text(file: Path, counts: Counts, dry: bool) -> str:
    would = "would be " if dry else ""
    told = (
        f"{file.name}: {words.plural(counts.rows, 'row')}. {counts.created} {would}created, "
        f"{counts.updated} {would}updated, {counts.unchanged} left as they are, {counts.rejected} not read, "
        f"{words.plural(counts.warnings, 'warning')}. Together {words.pounds(counts.value_sum)}."
    )
    first = [f"  row {one['row']}, {one['column']}: {one['reason']}" for one in counts.rejects[:20]]
    return "\n".join([told, *first])
