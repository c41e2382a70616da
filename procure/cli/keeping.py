"""`flask backup DIR` and `flask restore DIR`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from procure.backup import backup, restore
from procure.cli.answers import Answer, answers

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.command("backup", help="Copy the database and all files into an empty folder, and check the copy.")
@FOLDER
@with_appcontext
@answers
def backup_command(folder: Path) -> Answer:
    """Copy everything."""
    made = backup(folder)
    facts = {"folder": str(folder), "tables": made.tables, "rows": made.rows, "files": made.files}
    return Answer(facts, f"Copied {made.rows:,} rows of {made.tables} tables and {made.files:,} files to {folder}.")


@click.command("restore", help="Put a copy back into an empty database, then verify the trail and every paper.")
@FOLDER
@with_appcontext
@answers
def restore_command(folder: Path) -> Answer:
    """Put everything back."""
    made = restore(folder)
    facts = {"folder": str(folder), "tables": made.tables, "rows": made.rows, "files": made.files}
    return Answer(facts, f"Put back {made.rows:,} rows of {made.tables} tables and {made.files:,} files; all verified.")
