"""`flask audit verify`: whether the trail is whole."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup

from procure.audit.verifying import verify

audit = AppGroup("audit", help="The trail.")


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_command(as_json: bool) -> None:
    """Read the whole trail and name whatever has been changed behind its back. Exit 1 when something has."""
    answer = verify()
    if as_json:
        click.echo(json.dumps({"verified": answer.verified, "entries": answer.entries, "broken": answer.broken}))
    elif answer.verified:
        click.echo(f"The trail is whole: {answer.entries:,} entries, and every row is as its last entry left it.")
    else:
        for doubt in answer.broken:
            click.echo(f"{doubt['file']}, entry {doubt['entry'] or '–'}: {doubt['reason']}", err=True)
    sys.exit(0 if answer.verified else 1)
