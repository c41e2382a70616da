"""Public pages: published decisions, each at its permanent address, with its open papers; the feed; what is planned."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from procure import words
from procure.authority.forward_plan_facts import published_entries
from procure.authority.mandate import sentence_of
from procure.authority.models import Decision, Meeting
from procure.authority.publishing_facts import exempt_papers, kept_of, public_papers, record_paper
from procure.authority.signature import broken
from procure.authority.withholding import withheld
from procure.council.models import Council
from procure.desk.rules.search import query_of
from procure.documents.actions import content_of
from procure.documents.answers import readable, word_answer
from procure.documents.jobs import file_stem
from procure.frame import the_council
from procure.now import today
from procure.people.access import enter
from procure.register.facts.decisions import (
    Asked,
    Entry,
    count_of,
    entries,
    entry_of_decision,
    entry_of_meeting,
    published_decision,
    published_meeting,
    years,
)
from procure.register.rules.decisions import FeedItem, Kind, rss
from procure.register.views.room import outside, pages

ON_A_PAGE = 25
IN_THE_FEED = 50


def _asked() -> Asked:
    kind = next((one for one in Kind if one.value == request.args.get("kind")), None)
    year = request.args.get("year", "")
    return Asked(
        query_of(request.args.get("q", "")), kind, int(year) if year.isdigit() and len(year) == 4 else None,
        is_key=request.args.get("key") == "yes", is_called_in=request.args.get("called_in") == "yes",
    )  # fmt: skip


@pages.get("/public/decisions")
@enter(signed_in=False)
def index() -> tuple[str, int]:
    """All published decisions, newest first; by words, by who decided, by year."""
    asked = _asked()
    count = 0 if asked.query.refusal else count_of(asked)
    last = max(1, -(-count // ON_A_PAGE))
    page = request.args.get("page", "1")
    number = min(int(page), last) if page.isdigit() and int(page) > 0 else 1
    shown = entries(asked, today(), begin=(number - 1) * ON_A_PAGE, count=ON_A_PAGE) if count else []
    answer = render_template(
        "register/index.html", asked=asked, count=count, shown=shown, page=number, pages=last, kinds=list(Kind),
        years=years(), given={key: value for key, value in request.args.items() if key != "page" and value},
    )  # fmt: skip
    return answer, 422 if asked.query.refusal else 200


def _decision(reference: str) -> Decision:
    found = published_decision(reference)
    if found is None:
        abort(404)
    return found


def _meeting(reference: str) -> Meeting:
    found = published_meeting(reference)
    if found is None:
        abort(404)
    return found


@pages.get("/public/decisions/<reference>")
@enter(signed_in=False)
def decision(reference: str) -> str:
    """One decision, for good at this address: by what right, whether it is in force, its record and open papers."""
    found = _decision(reference)
    papers, record = public_papers(found), record_paper(found)
    shown = record if record is not None and record in papers else None
    return render_template(
        "register/decision.html", decision=found, entry=entry_of_decision(found, today()),
        ended_because=withheld(found, found.ended_because), mandate=withheld(found, sentence_of(found, today())),
        permanent=outside(url_for(".decision", reference=reference)), record=shown,
        body=readable(content_of(shown)) if shown else "",
        papers=[paper for paper in papers if paper is not shown], exempt=exempt_papers(found), kept=kept_of(found),
        changed=broken(found),
    )  # fmt: skip


@pages.get("/public/meetings/<reference>")
@enter(signed_in=False)
def meeting(reference: str) -> str:
    """One decision of a body, for good at this address: its resolutions in their words, and its open papers."""
    found = _meeting(reference)
    return render_template(
        "register/meeting.html", meeting=found, entry=entry_of_meeting(found, today()), papers=public_papers(found),
        exempt=exempt_papers(found), permanent=outside(url_for(".meeting", reference=reference)),
    )  # fmt: skip


@pages.get("/public/decisions/<reference>/papers/<int:number>")
@enter(signed_in=False)
def paper(reference: str, number: int) -> Response:
    """An open paper of a decision, as the file it is."""
    return _paper(_decision(reference), number)


@pages.get("/public/meetings/<reference>/papers/<int:number>")
@enter(signed_in=False)
def meeting_paper(reference: str, number: int) -> Response:
    """An open paper of a body's decision, as the file it is."""
    return _paper(_meeting(reference), number)


def _paper(of: Decision | Meeting, number: int) -> Response:
    """Only what is open: a paper that is exempt, or that nobody has decided about, isn't there."""
    found = next((one for one in public_papers(of) if one.id == number), None)
    if found is None:
        abort(404)
    return word_answer(content_of(found), f"{file_stem(found)}.{found.ending}")


@pages.get("/public/forward-plan")
@enter(signed_in=False)
def forward_plan() -> str:
    """Key decisions to come, as they were notified."""
    return render_template("register/forward_plan.html", planned=published_entries(today()))


@pages.get("/public/decisions.rss")
@enter(signed_in=False)
def feed() -> AnyResponse:
    """The newest decisions as RSS. A reader that has them already is told so."""
    council: Council | None = the_council()
    name = council.name if council else "Council"
    newest = entries(Asked(query_of("")), today(), count=IN_THE_FEED)
    content = rss(
        f"Decisions: {name}", "Decisions of officers, members and bodies, as they are published.",
        outside(url_for("register.index")), outside(url_for("register.feed")), [_item(one) for one in newest],
    )  # fmt: skip
    answer = make_response(content)
    answer.content_type = "application/rss+xml; charset=utf-8"
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.add_etag()  # no Last-Modified: of two decisions published on one day a reader would miss the second
    return answer.make_conditional(request)


def _item(entry: Entry) -> FeedItem:
    said = f"{entry.kind.label}: {entry.maker}, {words.day(entry.taken_on)}. {entry.what or entry.state}"
    example = "Example: " if entry.is_example else ""
    return FeedItem(f"{example}{entry.title}", outside(entry.path), said, entry.published_on, entry.maker)


@pages.app_template_global("in_register")
def in_register(of: Any) -> str:
    """The permanent public address of a decision; empty while it isn't published."""
    if of.published_on is None:
        return ""
    return url_for("register.meeting" if isinstance(of, Meeting) else "register.decision", reference=of.reference)
