"""`flask documents …`: papers and their files, by hand."""

from __future__ import annotations

from flask.cli import AppGroup

from procure.cli.answers import Answer, answers
from procure.documents.sweeping import sweep_files
from procure.now import now
from procure.words import plural

documents = AppGroup("documents", short_help="Papers and their files.", help="Papers and their files, by hand.")


@documents.command("sweep")
@answers
def sweep() -> Answer:
    """Remove files that no row names: what an act that was cut off left. The daily round does it too."""
    removed = sweep_files(now())
    return Answer({"removed": removed}, f"{plural(removed, 'file')} that nothing names removed.")
