"""The register of powers on screen and as a table: who may do what, by whose words, and what was signed under it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, render_template, request

from procure import words
from procure.authority.power_register import Narrow, RegisterRow, register_rows, together
from procure.authority.views.room import Answer, pages
from procure.documents.answers import csv_answer
from procure.now import today
from procure.people.access import enter, may_read_every_file, signed_in

ON_A_PAGE = 50

HEADS = (
    "Act", "Post", "Who acts today", "Source", "Words", "File", "Consulted", "Limits", "Further", "From", "Until",
    "Stands", "Why not", "Signed under it",
)  # fmt: skip


def _narrowed() -> tuple[Narrow | None, list[RegisterRow], list[RegisterRow]]:
    day = today()
    narrow = next((one for one in Narrow if one.value == request.args.get("show")), None)
    rows = register_rows(day)
    return narrow, rows, [row for row in rows if narrow is None or row.fits(narrow, day)]


@pages.get("/decisions/powers")
@enter()
def powers() -> Answer:
    """Every power the council has given, those looked for first; by resolution, then by the scheme."""
    narrow, rows, found = _narrowed()
    shown = together(found)
    asked = request.args.get("page", "1")
    last = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    return render_template(
        "authority/powers.html", narrow=narrow, narrows=[(one, _count(rows, one)) for one in Narrow], rows=rows,
        reads_all=may_read_every_file(signed_in(), today()), found=shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        count=len(found), page=page, pages=last,
    )  # fmt: skip


def _count(rows: Iterable[RegisterRow], narrow: Narrow) -> int:
    return sum(row.fits(narrow, today()) for row in rows)


@pages.get("/decisions/powers.csv")
@enter()
def powers_file() -> Response:
    """The powers looked for, as a table."""
    narrow, _, found = _narrowed()
    name = f"powers-{narrow.value.replace('_', '-')}" if narrow else "powers"
    return csv_answer(f"{name}.csv", [HEADS, *(_cells(row) for row in found)])


def _cells(row: RegisterRow) -> list[str]:
    return [
        words.sentence(row.act), row.post, row.acting, row.source, row.words, row.file, row.consulted, row.limits,
        " ".join(row.further), row.from_on.isoformat() if row.from_on else "", row.until_said, row.life.label,
        row.why_not, row.used_said,
    ]  # fmt: skip
