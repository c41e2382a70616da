"""`flask docs write`: print the reference from its tables."""

from __future__ import annotations

from flask.cli import AppGroup

from procure.cli.answers import Answer, answers
from procure.docs import PATH, write

docs = AppGroup("docs", help="Documentation printed from the code.")


@docs.command("write", help="Write docs/reference.md.")
@answers
def write_command() -> Answer:
    """Write the reference."""
    write()
    return Answer({"path": str(PATH.name)}, f"Wrote docs/{PATH.name}.")
