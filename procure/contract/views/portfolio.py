"""The list of contracts: what ends when, narrowed by what the reader chooses, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select

from procure import words
from procure.contract.rules import ContractState
from procure.contract.views.room import RUNS_CONTRACTS, pages
from procure.extensions import db
from procure.now import today
from procure.people.access import enter, roles_of, signed_in
from procure.people.models import Post
from procure.register.facts.listing import Reach, look, page_of, reach_of
from procure.register.facts.portfolio import QUARTERS, cells_of, rows_at
from procure.register.facts.saved import views_of
from procure.register.rules.listing import (
    ON_A_PAGE,
    Asked,
    Count,
    Quarter,
    answer_line,
    asked_by,
    by_department,
    by_quarter,
    place_typed,
    quarter_of,
)
from procure.register.rules.quarters import pictures_of


@pages.get("/contracts")
@enter()
def index() -> tuple[str, int]:
    """What ends when, and the contracts the reader may open, the first to end first."""
    asked, day = asked_by(request.args.to_dict(flat=False)), today()
    reach = reach_of(signed_in(), day)
    after = place_typed(request.args.get("after", ""))
    shown_before = min(place_typed(request.args.get("shown", "")), 10**9)
    looked = look(asked, reach, after=after)
    found, count = looked.page, looked.count
    rows = rows_at(found.places, day)
    answer = render_template(
        "contract/index.html",
        asked=asked, rows=rows, count=count, choices=looked.choices, chips=chips_of(asked),
        list_heading=said_of(asked, count), **_picture(asked, reach, day),
        shown_from=shown_before + 1, shown_to=shown_before + len(rows),
        next_href=_next(asked, found.next_after, shown_before + len(rows)), left=_left(count, shown_before + len(rows)),
        is_later=bool(after), posts=_posts(), saved=views_of(signed_in()), arguments=asked.arguments(),
        may_record=bool(roles_of(signed_in(), day) & set(RUNS_CONTRACTS)), holds_any=bool(rows) or _holds_any(reach),
    )  # fmt: skip
    return answer, 422 if asked.problems else 200


def _left(count: Count, shown: int) -> int:
    """How many the next page shows."""
    return ON_A_PAGE if count.is_more else min(max(count.number - shown, 1), ON_A_PAGE)


def _next(asked: Asked, after: int | None, shown: int) -> str:
    return url_for(".index", **asked.arguments(), after=after, shown=shown, _anchor="list") if after else ""


def _holds_any(reach: Reach) -> bool:
    return bool(page_of(Asked(states=tuple(ContractState)), reach, count=1).places)


def _posts() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Post.id, Post.name).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [("none", "Nobody looks after it"), *((str(key), name) for key, name in rows)]


def _picture(asked: Asked, reach: Reach, day: date) -> dict[str, Any]:
    """The quarters as a picture, as a table, and by directorate."""
    first = quarter_of(day)
    cells = cells_of(asked, reach, first)
    stacks = by_quarter(cells, first, QUARTERS)

    def href(quarter: Quarter) -> str:
        chosen = replace(asked, quarter=None if quarter == asked.quarter else quarter)
        return url_for(".index", **chosen.arguments(), _anchor="list")

    return {
        "said": answer_line(stacks, asked.quarter),
        "quarters": [(one, href(one), stack) for one, stack in stacks.items()],
        "pictures": pictures_of(stacks, asked.quarter, href),
        "departments": [
            (name, url_for(".index", **replace(asked, departments=(name,)).arguments(), _anchor="list"), stack)
            for name, stack in by_department(cells, first, QUARTERS).items()
        ],
    }  # fmt: skip


@dataclass(frozen=True)
class Chip:
    """One filter in use, and the list without it."""

    label: str
    href: str


def chips_of(asked: Asked, endpoint: str = "contract.index") -> list[Chip]:
    """Every filter in use, in the order of the form."""
    found: list[tuple[str, Asked]] = []

    def add(label: Callable[[Any], str], name: str, *values: Any) -> None:
        found.extend((label(value), asked.without(name, value)) for value in values if value)

    add(lambda typed: f"“{typed}”", "typed", asked.typed)
    add(lambda quarter: quarter.label, "quarter", asked.quarter)
    add(lambda on_it: f"On it: {words.sentence(on_it.label)}", "on_it", *asked.on_it)
    add(str, "departments", *asked.departments)
    add(lambda band: f"Value: {band.label}", "bands", *asked.bands)
    add(lambda state: state.label, "states", *asked.states)
    add(lambda supplier: f"Supplier: {supplier}", "supplier", asked.supplier)
    add(lambda cpv: f"CPV {cpv}", "cpv", asked.cpv)
    add(_owner, "owner", asked.owner)
    add(lambda day: f"Ends from {words.day(day)}", "ends_from", asked.ends_from)
    add(lambda day: f"Ends by {words.day(day)}", "ends_to", asked.ends_to)
    return [Chip(label, url_for(endpoint, **without.arguments(), _anchor="list")) for label, without in found]


def _owner(key: str) -> str:
    name = "" if key == "none" else db.session.scalar(select(Post.name).where(Post.id == int(key)))
    return f"Looked after by {name}" if name else "Nobody looks after it"


def said_of(asked: Asked, count: Count) -> str:
    """ "14 contracts end in January to March 2028"."""
    number = count.of("contract", "contracts")
    one = count.number == 1
    if asked.quarter is not None and len(asked.arguments()) == 1:
        return f"{number} {'ends' if one else 'end'} in {asked.quarter.label}"
    if not asked.is_narrowed:
        return f"{number} {'runs' if one else 'run'}, the first to end first"
    return f"{number} {'matches' if one else 'match'}"
