"""`flask minutes read`: what a published decision says, as far as it can be read. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from procure import words
from procure.authority.minutes import read
from procure.authority.reading.facts import Reading, ReadResolution
from procure.authority.reading.shape import as_values
from procure.authority.reading.sources import from_file
from procure.cli.answers import Answer, answers, warn
from procure.refusals import Refusal

minutes = AppGroup("minutes", short_help="What a published decision says.", help=__doc__)


@minutes.command("read", with_appcontext=False)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@answers
def read_files(files: tuple[Path, ...]) -> Iterator[Answer]:
    """Resolutions, who may do what, whom to consult first, sums and periods. Text, web page, Word or PDF.

    One answer for each file, with its name without the ending as “id”. A file that can't be read is said on standard
    error, and the next is read.
    """
    refused: Refusal | None = None
    for path in files:
        try:
            source = from_file(path.name, path.read_bytes())
        except Refusal as refusal:
            refused = refusal
            if len(files) > 1:
                warn(refusal.sentence)
            continue
        if source.doubt:
            warn(f"{path.name}: {source.doubt}")
        reading = read(source.text)
        yield Answer({"id": path.stem, **as_values(reading)}, _said(path.stem, reading))
    if refused is not None and len(files) == 1:
        raise refused


def _said(name: str, reading: Reading) -> str:
    """A reading for a person at a terminal."""
    head = [
        one
        for one in (reading.body and reading.body.value, reading.meeting_on and f"{reading.meeting_on.value:%-d %B %Y}")
        if one
    ]
    lines = [f"{name}: {', '.join(head) or 'the text doesn’t say who decided or when'}"]
    lines += [_line(one) for one in reading.resolutions] or ["  No decision was found in it."]
    return "\n".join(lines)


def _line(one: ReadResolution) -> str:
    label = f"{one.label.value} " if one.label else ""
    said = f"  {label}{one.verb.value}"
    if one.is_delegation:
        who, acts = ([said.value for said in listed] for listed in (one.delegates, one.acts))
        said += f": {words.joined(who)} may {words.joined(acts)}"
        if one.consultees and one.mode:
            said += f", {one.mode.value}: {words.joined([post.value for post in one.consultees])}"
    return said
