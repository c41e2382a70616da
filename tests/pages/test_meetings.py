"""Pages of meetings and of a file's authority."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import writing
from procure.authority.call_in import CallInResult
from procure.authority.call_in_actions import call_in, end_call_in
from procure.authority.models import Meeting
from procure.council.models import Demonstration
from procure.demonstration import approval, days
from procure.demonstration.cast import DIRECTOR, FINANCE, LAW, Cast
from procure.extensions import db
from tests.an_approval import a_decided_file, a_reported_file
from tests.signing_in import sign_in


def today_is(day: date) -> None:
    token = writing.set(True)
    db.session.rollback()
    db.session.add(Demonstration(today=day, stage="test"))
    db.session.commit()
    writing.reset(token)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_a_meeting_shows_words_and_what_each_resolution_does(client: FlaskClient, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    today_is(days.CABINET_PUBLISHED)
    sign_in(client, cast["evaluator1"])
    page = client.get(f"/meetings/{meeting.reference}").text
    assert "Note the local giving model update at Appendix 3" in page
    assert "Resolution (ii) only notes. It gives no authority." in page
    assert "after consulting four posts" in page
    assert "Members can call it in until the end of Friday 23 July 2027." in page
    assert "How is this worked out?" in page
    assert "Correct" not in page


def test_havering_says_that_nothing_can_be_awarded(client: FlaskClient, cast: Cast) -> None:
    meeting = approval.havering(cast)
    sign_in(client, cast["officer"])
    page = client.get(f"/meetings/{meeting.reference}").text
    assert "Nothing can be bought or awarded under this decision" in page
    assert "From Thursday 9 October 2014; the end isn’t stated." in page
    assert "Councillor Melvin Wallace" in page


def test_the_decision_is_recorded_with_nothing_retyped(client: FlaskClient, cast: Cast) -> None:
    file = a_reported_file(cast)
    reference, clerk = file.reference, cast["officer"]
    today_is(days.CABINET_PUBLISHED)
    sign_in(client, clerk)
    page = client.get(f"/procurements/{reference}/authority/record").text
    assert "Procurement of social infrastructure support and a local giving model" in page
    assert "Option 1, Let the contract end:" in page
    answer = client.post(
        f"/procurements/{reference}/authority/record",
        data={"body": "Cabinet", "item": "92", "title": "Strategy", "is_key": "yes", "call_in_days": "5"}
        | day("held_on", days.CABINET),
    )
    assert answer.status_code == 302 and answer.location.endswith("/meetings/CAB-2027-07-13-92/resolutions/new")
    page = client.get(answer.location).text
    assert "Agree the Participation and Partnerships Strategy" in page
    at = "/meetings/CAB-2027-07-13-92/resolutions/new"
    assert client.post(at, data={"kind": "approve_policy"}).location.endswith("/approve_policy")
    client.post(f"{at}/approve_policy", data={"words": "Agree it."})
    form = client.get(f"{at}/approve_procurement").text
    assert f'value="{reference}" selected' in form and 'value="4"' in form
    answer = client.post(
        f"{at}/approve_procurement", data={"words": "Kept words", "procurement": reference, "option_number": "3"}
    )
    assert answer.status_code == 422 and "Kept words" in answer.text
    assert "Resolution (ii) agrees Option 3, but the appraisal prefers Option 4." in answer.text
    form = client.get(f"{at}/delegate").text
    assert len(re.findall(r'name="consultees-\d-post_id"[^>]*>(?:(?!</select>).)* selected', form)) == 4


def test_a_delegation_and_a_ring_fence_by_their_forms(client: FlaskClient, cast: Cast) -> None:
    file, meeting = a_decided_file(cast)
    post = str(file.director_post_id)
    at = f"/meetings/{meeting.reference}/resolutions/new"
    sign_in(client, cast["democratic"])
    assert client.post(f"{at}/delegate", data={"words": "x"}).status_code == 422
    answer = client.post(
        f"{at}/delegate",
        data={"words": "Extend it.", "procurement": file.reference, "post_id": post, "acts": ["extend"],
              "max_value_gross": "10,000", "max_months": "12"},
    )  # fmt: skip
    assert answer.status_code == 302
    page = client.get(f"/meetings/{meeting.reference}").text
    assert "power to extend" in page and "Up to £10,000 including VAT, up to one year." in page
    answer = client.post(
        f"{at}/ring_fence",
        data={"words": "Ring-fence it.", "name": "the spare budget", "purposes": "one thing", "basis": "what is left"}
        | day("from_on", date(2027, 4, 1)) | day("until_on", date(2028, 3, 31)),
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Not stated: what is left at 13 July 2027" in client.get("/ring-fences").text


@pytest.mark.parametrize("who", ["evaluator1", "director", "auditor"])
def test_others_record_nothing(client: FlaskClient, cast: Cast, who: str) -> None:
    _, meeting = a_decided_file(cast)
    at = f"/meetings/{meeting.reference}"
    sign_in(client, cast[who])
    for page in (
        "/publish",
        "/correct",
        "/call-in",
        "/resolutions/new",
        "/resolutions/1/correct",
        "/resolutions/5/supersede",
    ):
        assert client.get(at + page).status_code == 403
    assert client.get("/meetings/new").status_code == 403


def test_call_in_publication_and_corrections_by_their_pages(client: FlaskClient, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    reference = meeting.reference
    today_is(date(2027, 7, 21))
    sign_in(client, cast["democratic"])
    at = f"/meetings/{reference}"
    answer = client.post(f"{at}/publish", data=day("published_on", date(2027, 7, 16)))
    assert answer.status_code == 422 and "recorded already" in answer.text
    answer = client.post(f"{at}/call-in", data={"reason": "Cost"} | day("called_in_on", date(2027, 7, 20)))
    assert answer.status_code == 422 and "Enter the members who called it in" in answer.text
    called = {"reason": "Cost", "called_by": "Five members"} | day("called_in_on", date(2027, 7, 20))
    answer = client.post(f"{at}/call-in", data=called)
    assert answer.status_code == 422 and "only from members whom the constitution lets" in answer.text
    answer = client.post(f"{at}/call-in", data=called | {"entitled": "y"})
    assert answer.status_code == 302
    assert "It was called in on Tuesday 20 July 2027." in client.get(at).text
    assert "Called in by Five members." in client.get(at).text
    assert client.post(f"{at}/call-in/scrutiny", data=day("scrutiny_on", date(2027, 7, 21))).status_code == 302
    answer = client.post(f"{at}/call-in/end", data={"result": "sent_back"} | day("call_in_ended_on", date(2027, 7, 21)))
    assert answer.status_code == 302
    assert "It needs a new decision." in client.get(at).text
    assert "A later decision" not in client.get(at).text
    answer = client.post(f"{at}/resolutions/2/correct", data={"words": "Note it.", "reason": ""})
    assert answer.status_code == 422 and "Say why the record is corrected" in answer.text
    answer = client.post(f"{at}/resolutions/2/correct", data={"words": "Note it.", "reason": "A slip."})
    assert answer.status_code == 302
    answer = client.post(
        f"{at}/resolutions/5/supersede", data={"reason": "New"} | day("superseded_on", date(2027, 7, 21))
    )
    assert answer.status_code == 302 and "Ended on 21 July 2027." in client.get(at).text
    found = db.session.scalars(select(Meeting).where(Meeting.reference == reference)).one()
    assert client.get(f"{at}/correct").status_code == 200 and found.called_in_on is not None


def test_the_owner_of_a_follow_up_records_that_it_is_done(client: FlaskClient, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    today_is(days.CABINET_PUBLISHED)
    at = f"/meetings/{meeting.reference}/follow-ups/{meeting.resolutions[2].follow_ups[0].id}"
    sign_in(client, cast["evaluator1"])
    assert client.get(at).status_code == 403
    sign_in(client, cast["finance"])
    assert "State how much of the Crowdfunding budget remains" in client.get(at).text
    answer = client.post(at, data=day("done_on", days.CABINET_PUBLISHED), follow_redirects=True)
    assert "Done, and recorded." in answer.text


def test_the_authority_of_a_file_is_a_chain(client: FlaskClient, cast: Cast) -> None:
    file, _ = a_decided_file(cast)
    today_is(days.CABINET_PUBLISHED)
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}/authority").text
    assert "By what right can this be bought?" in page
    assert "Not in force yet" in page and "It takes effect on Monday 26 July 2027." in page
    assert "Resolution (ii) only notes: it gives no authority." in page
    assert "Cabinet agreed to buy as set out in Option 4." in page
    assert "<svg" in page and "A broken line marks what is still to come." in page
    sign_in(client, cast["evaluator1"])
    assert client.get(f"/procurements/{file.reference}/authority").status_code == 404


def test_the_authority_of_a_small_purchase_is_a_row_of_the_scheme(client: FlaskClient, cast: Cast) -> None:
    file = approval.scheme_purchase(cast)
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}/authority").text
    assert "The row of the scheme" in page and "Part 3, paragraph 4.2" in page
    assert "Before each decision: the Chief Operating Officer." in page


def test_one_more_row_keeps_what_was_typed_and_a_second_power_is_added(client: FlaskClient, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    today_is(days.CABINET_PUBLISHED)
    director, finance, law = (str(cast.post(name).id) for name in (DIRECTOR, FINANCE, LAW))
    sign_in(client, cast["democratic"])
    at = f"/meetings/{meeting.reference}/resolutions/5/powers"
    typed = {
        "post_id": director, "acts": "extend", "reason": "Left out <&>", "consultees-0-post_id": finance,
        "consultees-0-mode": "agree",
    }  # fmt: skip
    more = client.post(f"{at}/new", data=typed | {"add": "consultee"})
    assert more.status_code == 200 and "Left out &lt;&amp;&gt;" in more.text
    assert 'name="consultees-1-post_id"' in more.text
    answer = client.post(f"{at}/new", data=typed | {"consultees-1-post_id": law, "consultees-1-mode": "consult"})
    assert answer.status_code == 302
    shown = client.get(f"/meetings/{meeting.reference}").text
    assert "power to extend, after consulting two posts" in shown and "(with the agreement of)" in shown
    second = client.get(f"{at}?set=2").text
    assert "in the power to extend." in second and client.get(f"{at}?set=3").status_code == 404


def test_democratic_services_rescind_and_add_follow_ups(client: FlaskClient, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    today_is(days.CABINET_PUBLISHED)
    at = f"/meetings/{meeting.reference}"
    post = str(cast.post(DIRECTOR).id)
    sign_in(client, cast["democratic"])
    task = {"what": "Tell the groups", "post_id": post} | day("due_on", date(2027, 9, 1))
    assert client.post(f"{at}/resolutions/4/follow-ups/new", data=task | {"what": ""}).status_code == 422
    assert client.post(f"{at}/resolutions/4/follow-ups/new", data=task).status_code == 302
    assert "To do by 1 September 2027" in client.get(at).text
    gone = {"reason": "Cabinet, 16 July, item 2"} | day("rescinded_on", days.CABINET_PUBLISHED)
    assert client.post(f"{at}/resolutions/5/rescind", data=gone).status_code == 302
    assert "It was rescinded and gives no power." in client.get(at).text


def test_a_decision_that_was_sent_back_is_recorded_anew_from_its_file(client: FlaskClient, cast: Cast) -> None:
    file, meeting = a_decided_file(cast)
    clerk, called = cast["democratic"], date(2027, 7, 20)
    call_in(meeting, on=called, because="Cost", called_by="Five members", by=clerk, at=days.at(called))
    end_call_in(meeting, on=called, result=CallInResult.SENT_BACK, said="Again.", by=clerk, at=days.at(called, 20))
    today_is(date(2027, 7, 21))
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}/authority").text
    href = f"/procurements/{file.reference}/authority/record"
    assert f'href="{href}">Record the new decision</a>' in page
    assert client.get(href).status_code == 200
