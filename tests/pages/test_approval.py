"""The report's pages: words, permissions, errors that keep what was typed."""

from __future__ import annotations

from flask.testing import FlaskClient

from procure.approval.facts import is_cleared
from procure.approval.models import Report
from procure.demonstration import approval, days
from procure.demonstration.cast import Cast
from procure.extensions import db
from tests.an_approval import a_decided_file, a_file_seeking_approval, a_reported_file, a_written_report
from tests.signing_in import sign_in


def at(report: Report, page: str = "") -> str:
    return f"/procurements/{report.procurement.reference}/authority/report{page}"


def test_an_officer_begins_the_report(client: FlaskClient, cast: Cast) -> None:
    file = a_file_seeking_approval(cast)
    address = f"/procurements/{file.reference}/authority/report"
    sign_in(client, cast["officer"])
    assert "The report isn’t begun" in client.get(address).text
    page = client.post(f"{address}/begin", follow_redirects=True).text
    assert "You can’t issue the report yet" in page
    assert "Say who is to act, and after consulting whom" in page


def test_the_report_says_what_is_missing_and_who_can_act(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["officer"])
    page = client.get(at(report)).text
    assert "“Financial implications” isn’t written yet." in page
    assert "The Chief Operating Officer can act." in page
    answer = client.post(at(report, "/issue"))
    assert answer.status_code == 422 and "The report wasn’t issued" in answer.text


def test_others_read_the_report_and_do_not_change_it(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["finance"])
    assert "What it recommends" in client.get(at(report)).text
    for page in ("/heading", "/who-is-to-act", "/recommendations", "/reasons", "/risks", "/closing"):
        assert client.get(at(report, page)).status_code == 403
    assert client.post(at(report, "/issue")).status_code == 403


def test_somebody_else_does_not_find_the_file(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["evaluator1"])
    assert client.get(at(report)).status_code == 404
    assert client.get(at(report, "/implications")).status_code == 404


def test_recommendations_start_with_the_model_words(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["officer"])
    page = client.post(at(report, "/recommendations"), data={"model": "1", "words": ["x"]}).text
    assert "Agree Option 4 (A new contract, with local giving)" in page
    answer = client.post(at(report, "/recommendations"), data={"words": ["Agree it.", "", "Note it."]})
    assert answer.status_code == 302
    assert [one.words for one in report.recommendations] == ["Agree it.", "Note it."]


def test_a_wrong_day_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["officer"])
    answer = client.post(
        at(report, "/heading"),
        data={"title": "My title", "meeting_on-day": "31", "meeting_on-month": "2", "meeting_on-year": "2027"},
    )
    assert answer.status_code == 422
    assert "Day of the meeting must be a real date" in answer.text and "My title" in answer.text
    assert "Error:" in answer.text


def test_the_author_writes_and_clears_in_one_step(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    one = report.implications[0]
    sign_in(client, cast["finance"])
    page = client.get(at(report, "/implications/1")).text
    assert "Save and clear" in page
    data = {
        "text": "Within budget.",
        "author_post_id": str(one.author_post_id),
        "clear": "1",
        "version": str(one.version),
    }
    page = client.post(at(report, "/implications/1"), data=data, follow_redirects=True).text
    assert "You have cleared “Financial implications”." in page
    db.session.refresh(one)
    assert is_cleared(one)
    assert "Take the clearance back" in client.get(at(report, "/implications/1")).text


def test_the_officer_cannot_clear_for_finance(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    post_id = report.implications[0].author_post_id
    sign_in(client, cast["officer"])
    assert "Only the Chief Operating Officer can clear it." in client.get(at(report, "/implications/1")).text
    answer = client.post(
        at(report, "/implications/1"), data={"text": "Kept words.", "author_post_id": str(post_id), "clear": "1"}
    )
    assert answer.status_code == 422
    assert "Only the Chief Operating Officer can clear this." in answer.text and "Kept words." in answer.text
    assert report.implications[0].text == ""


def test_a_void_clearance_is_shown_with_its_reason(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    approval.clear_report(report, cast)
    from procure.approval.actions import recommend

    recommend(report, ["Something new."], by=cast["officer"], at=days.at(days.CLEARED, 16))
    sign_in(client, cast["law"])
    page = client.get(at(report, "/implications")).text
    assert "void since: recommendation (i), recommendation (ii)" in page and "Clear again" in page


def test_risks_and_other_parts_are_saved(client: FlaskClient, cast: Cast) -> None:
    report = a_written_report(cast)
    sign_in(client, cast["officer"])
    owner = str(report.risks[0].owner_post_id)
    answer = client.post(
        at(report, "/risks"), data={"text": "Flood", "rating": "low", "mitigation": "Pumps", "owner_post_id": owner}
    )
    assert answer.status_code == 302
    assert "Flood" in client.get(at(report, "/risks")).text
    number = len(report.risks)
    client.post(
        at(report, f"/risks/{number}"),
        data={"text": "Flood!", "rating": "high", "mitigation": "Pumps", "owner_post_id": owner},
    )
    assert "Flood!" in client.get(at(report, "/risks")).text
    client.post(at(report, f"/risks/{number}/remove"))
    assert "Flood!" not in client.get(at(report, "/risks")).text
    answer = client.post(
        at(report, "/reasons"), data={"summary": "Short.", "reasons": "One\nTwo", "background": "Then\n\nNow"}
    )
    assert answer.status_code == 302 and report.reasons == "One\nTwo"
    assert "Two" in client.get(at(report, "/reasons")).text
    assert client.get(at(report, "/closing")).status_code == 200


def test_an_issued_report_leads_to_recording_the_decision(client: FlaskClient, cast: Cast) -> None:
    file = a_reported_file(cast)
    assert file.report is not None
    sign_in(client, cast["officer"])
    assert "Issued on Friday 2 July 2027" in client.get(at(file.report)).text


def test_a_decided_report_offers_no_change(client: FlaskClient, cast: Cast) -> None:
    file, _ = a_decided_file(cast)
    assert file.report is not None
    sign_in(client, cast["officer"])
    page = client.get(at(file.report)).text
    assert "It has been decided on." in page and "Issue the report" not in page
    answer = client.post(at(file.report, "/recommendations"), data={"words": ["Other."]})
    assert answer.status_code == 422 and "has decided on this report" in answer.text
