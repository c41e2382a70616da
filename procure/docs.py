"""`docs/reference.md`, printed from the tables themselves: moves, papers, letters, reminders, refusals."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable
from pathlib import Path

import procure
from config import ROOT
from procure.documents.registry import all_documents
from procure.mail.declare import all_emails
from procure.procurement.stages import MOVES
from procure.refusals import Refusal
from procure.reminder.rules.kinds import FOLLOWING, USUAL, ReminderKind, letter_of, offsets_said

PATH = ROOT / "docs" / "reference.md"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]


def first_sentence(text: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def all_refusals() -> list[type[Refusal]]:
    """Every named refusal, found by reading all our modules."""
    for module in pkgutil.walk_packages(procure.__path__, "procure."):
        importlib.import_module(module.name)
    found: set[type[Refusal]] = set()
    waiting = [Refusal]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    ours = (kind for kind in found if kind.__module__.startswith("procure."))
    return sorted(ours, key=lambda kind: (kind.__name__, kind.__module__))


def reference() -> str:
    """The whole page."""
    moves = (
        (
            move.name,
            ", ".join(stage.label for stage in move.from_),
            move.to.label if move.to else "found from the file",
            ", ".join(role.label for role in move.by),
            " and ".join(route.value for route in move.routes),
            "; ".join(first_sentence(inspect.getdoc(need)) for need in move.needs)
            or ("a reason" if move.needs_reason else "–"),
        )
        for move in MOVES
    )
    papers = ((one.title, one.name, one.room, f"`templates/{one.template}`") for one in all_documents())
    letters = ((one.name, one.room, f"`templates/{one.room}/emails/{one.name}/`") for one in all_emails().values())
    reminders = (
        (
            kind.label,
            offsets_said(USUAL[kind]),
            ", ".join(dict.fromkeys(letter_of(kind, ahead) for ahead in USUAL[kind])),
        )
        for kind in ReminderKind
        if kind not in FOLLOWING
    )
    refusals = (
        (kind.__name__, kind.__module__.removeprefix("procure."), first_sentence(kind.__doc__))
        for kind in all_refusals()
    )
    lines = [
        "# Reference", "", "Printed by `make docs` from the tables themselves. A test fails when it is stale.", "",
        "## Moves", "", *table(("Move", "From", "To", "By", "Route", "Needs"), moves), "",
        "## Papers", "", *table(("Paper", "Name", "Room", "Master"), papers), "",
        "## Letters", "", *table(("Letter", "Room", "Templates"), letters), "",
        "## Reminders", "", *table(("Kind", "Before its day", "Letter"), reminders), "",
        "## Refusals", "", *table(("Refusal", "Where", "Meaning"), refusals), "",
    ]  # fmt: skip
    return "\n".join(lines)


def write(path: Path = PATH) -> None:
    """Write the page."""
    path.write_text(reference())
