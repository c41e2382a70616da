"""Pages of a signed decision on its way to effect: which papers are open, publication, call-in."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

from procure.authority.publishing_facts import papers_of
from procure.demonstration.cast import Cast
from procure.demonstration.days import at
from procure.procurement.actions import open_file
from procure.procurement.rules import Route
from tests.actions.test_call_in import PUBLISHED, SIGNED, a_signed_decision
from tests.actions.test_publishing import a_paper
from tests.pages.test_meetings import day, today_is
from tests.signing_in import sign_in

HERE = "/decisions/ODR-2027-001"


def stands(cast: Cast) -> list[str]:
    """A key decision with two papers before it; their keys."""
    officer = cast["officer"]
    file = open_file(title="Support", route=Route.CABINET, officer=officer, by=officer, at=at(SIGNED))
    decision = a_signed_decision(cast, procurement=file)
    a_paper(cast, file.reference, "specification")
    a_paper(cast, file.reference, "evaluation")
    keys = [str(paper.id) for paper in papers_of(decision)]
    today_is(PUBLISHED)
    return keys


def test_papers_are_decided_about_then_the_decision_is_published(client: FlaskClient, cast: Cast) -> None:
    first, second = stands(cast)
    sign_in(client, cast["officer"])
    shown = client.get(f"{HERE}/publish").text
    assert "You can’t publish it yet" in shown and "Say which papers the public may read" in shown
    answer = client.post(f"{HERE}/papers", data={"papers": first, "standing": "open"}, follow_redirects=True)
    assert "Saved. 1 is left." in answer.text
    bad = {"papers": second, "standing": "exempt", "paragraph": "3", "public_interest": "Prices <&>"}
    answer = client.post(f"{HERE}/papers", data=bad)
    assert answer.status_code == 422 and "Enter the day on which this is looked at again" in answer.text
    assert "Prices &lt;&amp;&gt;" in answer.text
    answer = client.post(f"{HERE}/papers", data=bad | day("review_on", date(2031, 4, 1)), follow_redirects=True)
    assert "Every paper is decided about." in answer.text and "Record the publication" in answer.text
    answer = client.post(f"{HERE}/publish", data=day("on", PUBLISHED), follow_redirects=True)
    assert "Published on Monday 22 November 2027." in answer.text
    assert "Members can call it in until the end of Monday 29 November 2027." in answer.text
    assert "Paragraph 3. Prices &lt;&amp;&gt; Looked at again on 1 April 2031." in answer.text
    assert "The record is kept until 18 November 2033." in answer.text
    assert client.get(f"{HERE}/papers?paper={second}").status_code == 200


def test_a_key_decision_is_called_in_by_its_pages(client: FlaskClient, cast: Cast) -> None:
    stands(cast)
    sign_in(client, cast["officer"])
    assert client.get(f"{HERE}/call-in").status_code == 403
    sign_in(client, cast["democratic"])
    client.post(f"{HERE}/papers", data={"papers": stands_of(client), "standing": "open"})
    client.post(f"{HERE}/publish", data=day("on", PUBLISHED))
    assert "Record a call-in" in client.get(f"{HERE}/read").text
    called = {"reason": "Cost", "called_by": "Five members", "entitled": "y"} | day("called_in_on", PUBLISHED)
    assert client.post(f"{HERE}/call-in", data=called).status_code == 302
    assert client.post(f"{HERE}/call-in", data=called).status_code == 422
    assert client.post(f"{HERE}/call-in/scrutiny", data=day("scrutiny_on", PUBLISHED)).status_code == 302
    ended = {"result": "sent_back", "said": "Look again."} | day("call_in_ended_on", PUBLISHED)
    assert client.post(f"{HERE}/call-in/end", data=ended).status_code == 302
    shown = client.get(f"{HERE}/read").text
    assert "sent back on Monday 22 November 2027" in shown and "prepares a new decision" in shown


def stands_of(client: FlaskClient) -> list[str]:
    """Keys of the papers as the page offers them."""
    import re

    return re.findall(r'name="papers" type="checkbox" value="(\d+)"', client.get(f"{HERE}/papers").text)
