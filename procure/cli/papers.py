"""`flask documents …`: papers and their files, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from procure.cli.answers import Answer, answers
from procure.documents.checking import Verdict, judge
from procure.documents.package import LARGEST_FILE
from procure.documents.problems import THE_FILE, Problem
from procure.documents.registry import all_documents, document_named
from procure.documents.sweeping import sweep_files
from procure.now import now
from procure.refusals import Refusal
from procure.words import plural

documents = AppGroup("documents", short_help="Papers and their files.", help="Papers and their files, by hand.")


class NoSuchDocument(Refusal):
    """No document has this name."""


@documents.command("check", with_appcontext=False)
@click.argument("files", nargs=-1, required=True)
@click.option("--as", "name", default=None, help="The document it is a template of: invitation-to-tender.")
@answers
def check(files: tuple[str, ...], name: str | None) -> Iterator[Answer]:
    """Judge files as templates, one answer a file; needs no database. Without --as, only structure and safety."""
    facts_type = _facts_of(name) if name else None
    return (_answer(file, facts_type) for file in files)


def _facts_of(name: str) -> type:
    try:
        return document_named(name).facts
    except KeyError:
        names = ", ".join(sorted(document.name for document in all_documents()))
        raise NoSuchDocument(f"No document is called {name}. They are: {names}.") from None


def _answer(file: str, facts_type: type | None) -> Answer:
    verdict = _judged(Path(file), facts_type)
    lines = [f"{file}: {'accepted' if verdict.is_accepted else 'refused'}, {verdict.kind or 'unreadable'}"]
    lines += [f"  {one}" for one in (*verdict.notes, *verdict.problems)]
    lines += [f"  names {', '.join(verdict.fields)}"] if verdict.fields else []
    return Answer(verdict.as_facts(file), "\n".join(lines))


def _judged(path: Path, facts_type: type | None) -> Verdict:
    try:
        if not path.is_file():
            return Verdict(problems=(Problem(THE_FILE, "There is no such file."),))
        with path.open("rb") as file:
            return judge(file.read(LARGEST_FILE + 1), facts_type)
    except OSError as error:
        return Verdict(problems=(Problem(THE_FILE, f"It can’t be opened: {error.strerror}."),))


@documents.command("sweep")
@answers
def sweep() -> Answer:
    """Remove files that no row names: what an act that was cut off left. The daily round does it too."""
    removed = sweep_files(now())
    return Answer({"removed": removed}, f"{plural(removed, 'file')} that nothing names removed.")
