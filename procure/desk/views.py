"""My work, and the pages that help: Help, Accessibility statement, Privacy."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure.council.law import planning_england
from procure.desk.rules.my_work import first_line, items, next_weeks
from procure.desk.rules.search import COUNTED_TO, LONGEST, counted, query_of
from procure.desk.rules.search import first_line as found_line
from procure.desk.searching import KINDS, hits_of
from procure.desk.searching import search as search_for
from procure.law.working_days import why_not_working
from procure.mail.health import silent_since
from procure.now import now, today
from procure.people.access import covers_of, enter, global_roles_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import readable
from procure.procurement.facts import dates_about, waiting_for
from procure.procurement.stages import OPEN

pages = Blueprint("desk", __name__)

WEEKS = 8
TOLD_OF_SILENCE = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
"""Who learns on My work that no reminders go out."""


@pages.get("/")
@enter()
def home() -> Response:
    """The first page is My work."""
    return redirect(url_for(".my_work"))


@pages.get("/my-work")
@enter()
def my_work() -> str:
    """What waits for me by date, what others owe me, and eight weeks ahead. A decision maker sees decisions first."""
    person, day = signed_in(), today()
    found = waiting_for(person, day)
    decides = Role.DECIDER in global_roles_of(person, day)
    decisions = [one for one in found if one.kind == "decision" and decides]
    mine = [one for one in found if one.kind == "task" or (one.kind == "decision" and one.is_ready and not decides)]
    owed = [one for one in found if one.kind == "owed"]
    ready = [one for one in decisions if one.is_ready]
    said, then = first_line([*ready, *mine], day)
    return render_template(
        "desk/decisions.html" if decides else "desk/my_work.html",
        said=said, then=then, decisions=decisions, ready=ready, mine=items(mine, day), owed=items(owed, day),
        weeks=next_weeks(_dates_ahead(person, day), day, WEEKS), covers=covers_of(person, day),
        silent_since=silent_since(now()) if global_roles_of(person, day) & TOLD_OF_SILENCE else None,
    )  # fmt: skip


def _dates_ahead(person: Person, day: date) -> list[tuple[date, str, str | None]]:
    """Dates of the reader's files and bank holidays, eight weeks on."""
    last = day + timedelta(weeks=WEEKS)
    found: list[tuple[date, str, str | None]] = []
    for file in readable(person, day):
        if file.stage in OPEN:
            href = url_for("procurement.overview", reference=file.reference)
            told = {(on, f"{what}, {lot.full_title}") for lot in file.lots for on, what in dates_about(lot, day)}
            found += [(on, said, href) for on, said in sorted(told) if on <= last]
    england = planning_england()
    holidays = [
        (on, why_not_working(on, england) or "", None)
        for on in (day + timedelta(days=n) for n in range((last - day).days))
        if on.weekday() < 5 and why_not_working(on, england)
    ]
    return [*found, *holidays]


FIRST_OF_EACH, ON_A_PAGE = 5, 20


@pages.get("/search")
@enter()
def search() -> str | tuple[str, int]:
    """Everything the reader may read in which every word is found: the first of each kind, or one kind page by page."""
    query, person, day = query_of(request.args.get("q", "")), signed_in(), today()
    only = next((kind for kind in KINDS if kind.name == request.args.get("of")), None)
    found = [] if query.is_empty or query.refusal else search_for(query, person, day, [only] if only else None)
    begin, page, pages_ = _page_of(found[0].count if only and found else 0)
    groups = [
        (one.kind, counted(one.count, one.kind.one, one.kind.many), one.count,
         hits_of(one, query, begin, ON_A_PAGE if only else FIRST_OF_EACH))
        for one in found
    ]  # fmt: skip
    shown = render_template(
        "desk/search.html", query=query, only=only, groups=groups, page=page, pages=pages_, begin=begin,
        said=found_line([one.count for one in found], query.typed), longest=LONGEST, counted_to=COUNTED_TO,
        first=FIRST_OF_EACH,
    )  # fmt: skip
    return (shown, 422) if query.refusal else shown


def _page_of(count: int) -> tuple[int, int, int]:
    """Where the page asked for begins, its number, and how many there are; for an odd number the first."""
    most = max(1, -(-min(count, COUNTED_TO) // ON_A_PAGE))
    asked = request.args.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 5 else 1, 1), most)
    return (page - 1) * ON_A_PAGE, page, most


@pages.get("/help")
@enter(signed_in=False)
def help_page() -> str:
    """Help for the three people."""
    return render_template("help.html")


@pages.get("/accessibility")
@enter(signed_in=False)
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("accessibility.html")


@pages.get("/privacy")
@enter(signed_in=False)
def privacy() -> str:
    """What is held about people, why and for how long."""
    return render_template("privacy.html")
