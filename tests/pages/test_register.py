"""The public register: what was published can be found, read and fed to a reader; nothing else ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority.call_in import CallInResult
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.models import Clearance, ConsulteeView, Decision, Meeting, Resolution
from procure.authority.publishing_models import PaperAccess
from procure.authority.rules import ActKind, DecisionState, PaperStanding, ResolutionKind, View
from procure.council.models import Demonstration
from procure.demonstration.cast import DIRECTOR, Cast
from procure.demonstration.days import at
from procure.documents.models import Paper
from procure.extensions import db
from procure.register.rules.decisions import FeedItem, rss
from tests.actions.test_call_in import CALLED, MET, PUBLISHED, SIGNED, a_meeting
from tests.actions.test_publishing import REVIEW, a_paper

TODAY = date(2027, 12, 6)
HARD = "Grant to Smith & Sons <Ltd>"


@pytest.fixture(autouse=True)
def then(app: Flask) -> None:
    """It is Monday 6 December 2027."""
    db.session.add(Demonstration(today=TODAY))
    db.session.commit()


@contextmanager
def placed(on: Any = "council") -> Iterator[Callable[[Any], None]]:
    """Rows put where they are, without the ways that lead there."""
    with act("put it where it is", on=on, by=Machine("test"), at=at(SIGNED)):
        yield db.session.add


def a_decision(cast: Cast, number: int, title: str, **facts: Any) -> Decision:
    facts = {
        "state": DecisionState.SIGNED, "signed_at": at(SIGNED), "signed_by": cast["director"], "digest": "0" * 64,
        "post": cast.post(DIRECTOR), "published_on": PUBLISHED,
    } | facts  # fmt: skip
    with placed() as put:
        found = Decision(
            reference=f"ODR-2027-{number:03}", title=title, act=ActKind.OTHER, prepared_by=cast["officer"],
            prepared_at=at(SIGNED), **facts,
        )  # fmt: skip
        put(found)
    return found


def items(client: FlaskClient) -> list[str | None]:
    root = ElementTree.fromstring(client.get("/public/decisions.rss").data)
    return [one.text for one in root.findall("channel/item/title")]


HIDDEN: list[dict[str, Any]] = [
    {"published_on": None},
    {"published_on": None, "state": DecisionState.SET_ASIDE},
    {"state": DecisionState.DRAFT},
    {"state": DecisionState.CONSULTING},
    {"state": DecisionState.SENT},
    {"state": DecisionState.RETURNED},
    {"state": DecisionState.REFUSED},
    {"state": DecisionState.WITHDRAWN},
]


def test_what_is_not_signed_and_published_is_nowhere(client: FlaskClient, cast: Cast) -> None:
    for number, facts in enumerate(HIDDEN, start=1):
        found = a_decision(cast, number, "Hidden thing", **facts)
        assert client.get(f"/public/decisions/{found.reference}").status_code == 404, facts
        assert client.get(f"/public/decisions/{found.reference}/papers/1").status_code == 404, facts
    assert "Hidden thing" not in client.get("/public/decisions").text
    assert items(client) == []


def test_a_meeting_that_is_not_published_is_nowhere(client: FlaskClient, cast: Cast) -> None:
    meeting = a_meeting(cast)
    assert client.get(f"/public/meetings/{meeting.reference}").status_code == 404
    assert meeting.title not in client.get("/public/decisions").text and items(client) == []


SECRETS = (
    "summary", "points", "reasons", "risks", "financial_text", "no_limit_confirmation", "silence_reason",
    "silence_advice", "objection_reason", "over_text", "signed_canonical", "authority_chain",
)  # fmt: skip
"""Words of a decision that only its record may tell, and only as far as it does."""


def test_a_published_decision_tells_nothing_beside_its_record(client: FlaskClient, cast: Cast) -> None:
    found = a_decision(cast, 1, HARD, **{name: f"secret-{name}" for name in SECRETS if name != "signed_canonical"})
    post = cast.post(DIRECTOR)
    with placed(found) as put:
        asked = {"post": post, "asked_at": at(SIGNED), "due_on": SIGNED}
        put(ConsulteeView(decision=found, view=View.OBJECTS, words="secret-view", **asked))
        put(Clearance(decision=found, heading="Legal", text="secret-clearance", post=post))
    said = client.get(f"/public/decisions/{found.reference}").text
    assert "Smith &amp; Sons &lt;Ltd&gt;" in said and "secret-" not in said
    assert cast["officer"].email not in said and "@lbbd" not in said
    for page in ("/public/decisions?q=secret-view", "/public/decisions?q=secret-reasons"):
        assert "No published decision matches" in client.get(page).text


def test_an_exempt_paper_is_named_with_its_reason_and_never_given(client: FlaskClient, cast: Cast) -> None:
    found = a_decision(cast, 1, HARD)
    exempt, undecided = a_paper(cast, found.reference, "evaluation"), a_paper(cast, found.reference, "specification")
    with placed(found) as put:
        put(
            PaperAccess(
                decision=found, paper=exempt, standing=PaperStanding.EXEMPT, paragraph="3", review_on=REVIEW,
                public_interest="It holds prices.", decided_by=cast["officer"], decided_at=at(SIGNED),
            )
        )  # fmt: skip
    said = client.get(f"/public/decisions/{found.reference}").text
    assert "Evaluation" in said and "paragraph 3" in said and "It holds prices." in said
    assert "Specification" not in said and "/papers/" not in said.replace("app-papers", "")
    for paper in (exempt, undecided):
        assert client.get(f"/public/decisions/{found.reference}/papers/{paper.id}").status_code == 404


@pytest.mark.parametrize(("facts", "said"), [
    ({}, "In force since Monday 22 November 2027."),
    ({"is_key": True, "call_in_days": 5}, "In force since"),
    ({"is_key": True, "call_in_days": 5, "called_in_on": CALLED}, "It was called in on Wednesday 24 November 2027."),
    (
        {"is_key": True, "call_in_days": 5, "called_in_on": CALLED, "call_in_ended_on": MET,
         "call_in_result": CallInResult.SENT_BACK},
        "ent back",
    ),
    ({"state": DecisionState.SET_ASIDE, "ended_because": "The bid was late."}, "Nothing rests on it."),
])  # fmt: skip
def test_where_a_decision_stands_is_said_plainly(
    client: FlaskClient, cast: Cast, facts: dict[str, Any], said: str
) -> None:
    found = a_decision(cast, 1, HARD, **facts)
    answer = client.get(f"/public/decisions/{found.reference}")
    assert answer.status_code == 200 and said in answer.text
    assert said in client.get("/public/decisions").text
    assert "Set-Cookie" not in answer.headers and "Content-Security-Policy" in answer.headers


def test_a_signature_that_no_longer_holds_is_told(client: FlaskClient, cast: Cast) -> None:
    found = a_decision(cast, 1, HARD, signed_canonical='{"papers": []}')
    assert "no longer agrees with the signature" in client.get(f"/public/decisions/{found.reference}").text


@pytest.fixture
def three(cast: Cast) -> None:
    """An officer's decision, one that was called in, and what Cabinet decided."""
    a_decision(cast, 1, "Grant to the Crèche & Co")
    a_decision(cast, 2, "Leisure centre cleaning", is_key=True, called_in_on=CALLED, published_on=date(2026, 3, 2))
    meeting = a_meeting(cast, published_on=PUBLISHED + timedelta(days=1))
    with placed(meeting) as put:
        put(Resolution(meeting=meeting, number=1, numeral="(i)", kind=ResolutionKind.OTHER, words="Buy library vans"))


FOUND: tuple[tuple[str, list[str]], ...] = (
    ("", ["CAB-2027-11-16-4", "ODR-2027-001", "ODR-2027-002"]),
    ("q=CRECHE", ["ODR-2027-001"]), ("q=odr-2027-002", ["ODR-2027-002"]), ("q=library+vans", ["CAB-2027-11-16-4"]),
    ("q=policy+director+cleaning", ["ODR-2027-002"]), ("q=%25", []), ("q=zebra", []),
    ("kind=body", ["CAB-2027-11-16-4"]), ("kind=officer", ["ODR-2027-001", "ODR-2027-002"]), ("kind=member", []),
    ("year=2026", ["ODR-2027-002"]), ("year=junk", ["CAB-2027-11-16-4", "ODR-2027-001", "ODR-2027-002"]),
    ("called_in=yes", ["ODR-2027-002"]), ("key=yes", ["CAB-2027-11-16-4", "ODR-2027-002"]),
    ("page=99", ["CAB-2027-11-16-4", "ODR-2027-001", "ODR-2027-002"]),
)  # fmt: skip


def test_a_decision_is_found_by_words_post_reference_and_what_it_is(client: FlaskClient, three: None) -> None:
    for asked, found in FOUND:
        answer = client.get(f"/public/decisions?{asked}")
        assert answer.status_code == 200
        assert re.findall(r'href="/public/(?:decisions|meetings)/([A-Z]{3}-[0-9-]+)"', answer.text) == found, asked


def test_the_feed_is_rss_with_permanent_addresses(client: FlaskClient, three: None, cast: Cast) -> None:
    a_decision(cast, 3, HARD, published_on=TODAY)
    answer = client.get("/public/decisions.rss")
    assert answer.content_type == "application/rss+xml; charset=utf-8" and "Set-Cookie" not in answer.headers
    root = ElementTree.fromstring(answer.data)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    first = root.find("channel/item")
    assert first is not None and first.findtext("title") == HARD
    guid = first.find("guid")
    assert guid is not None and guid.get("isPermaLink") == "true"
    assert guid.text == first.findtext("link") == "http://procure.test/public/decisions/ODR-2027-003"
    assert first.findtext("pubDate") == "Mon, 06 Dec 2027 00:00:00 GMT"
    again = client.get("/public/decisions.rss", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    a_decision(cast, 4, "One more of the same day", published_on=TODAY)
    assert (
        client.get("/public/decisions.rss", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    )  # fmt: skip


def test_a_feed_holds_no_letter_that_xml_cannot() -> None:
    made = rss("A\x00b", "", "http://x", "http://x/f", [FeedItem("Q\x0b & <A>", "http://x/1", "\x1b", TODAY, "D")])
    assert ElementTree.fromstring(made).findtext("channel/item/title") == "Q & <A>"


def test_the_public_plan_shows_published_notices_to_come_only(client: FlaskClient, cast: Cast) -> None:
    def entry(number: int, matter: str, **facts: Any) -> ForwardPlanEntry:
        facts = {"published_on": SIGNED, "decision_on": date(2028, 1, 18)} | facts
        return ForwardPlanEntry(
            reference=f"FP-2027-{number:03}", matter=matter, body="Cabinet", made_by=cast["democratic"],
            made_at=at(SIGNED), **facts,
        )  # fmt: skip

    with placed("forward-plan") as put:
        for one in (
            entry(1, HARD), entry(2, "Draft", published_on=None), entry(3, "Gone", withdrawn_on=PUBLISHED),
            entry(4, "Past", decision_on=date(2027, 12, 3)),
        ):  # fmt: skip
            put(one)
    said = client.get("/public/forward-plan").text
    assert "Smith &amp; Sons &lt;Ltd&gt;" in said
    assert [word for word in ("Draft", "Gone", "Past") if word in said] == []


def test_the_demonstration_s_decision_reads_whole_and_names_no_losing_bidder(at_stage: Callable[[str], Flask]) -> None:
    client = at_stage("signed").test_client()
    found = db.session.scalars(select(Decision)).one()
    assert found.lot is not None and found.supplier is not None
    losing = [bid.supplier.name for bid in found.lot.bids if bid.supplier_id != found.supplier_id]
    said = client.get(f"/public/decisions/{found.reference}").text
    assert found.supplier.name in said and "On 13 July 2027 Cabinet" in said
    assert len(losing) == 2 and [name for name in losing if name in said] == [] and "@lbbd" not in said
    papers = list(db.session.scalars(select(Paper)))
    given = {one.id for one in papers if re.search(rf"/{found.reference}/papers/{one.id}\b", said)}
    for paper in papers:
        status = client.get(f"/public/decisions/{found.reference}/papers/{paper.id}").status_code
        assert status == (200 if paper.id in given else 404), paper.title
    assert {"Record of a decision"} <= {one.title for one in papers if one.id in given}
    assert client.get("/public/meetings/CAB-2027-07-13-92").status_code == 200
    assert db.session.scalars(select(Meeting).where(Meeting.published_on.is_(None))).first() is not None
