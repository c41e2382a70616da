"""The forward plan: drafted by an officer, published by democratic services, relied on by a report and a decision."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.approval import actions as approval
from procure.approval.facts import facts_of
from procure.approval.rules import report_may_be_issued
from procure.authority import forward_plan_actions as actions
from procure.authority.forward_plan_facts import entry_for, waiting_for
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.rules import NoticeRoute
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.documents.models import Paper
from procure.extensions import db
from tests.an_approval import a_file_seeking_approval
from tests.pages.test_meetings import day, today_is
from tests.signing_in import sign_in

ON = date(2027, 6, 7)
AT = days.at(ON, 10)
GIVEN = {
    "matter": "Buy support for Smith & Sons <Ltd>", "body": "Cabinet", "key_reason": "Over £500,000.",
    "copies_at": "The website", "contact": "dem@council.test", "documents": "Report", "wards_label": "All wards",
}  # fmt: skip


def entered(cast: Cast, **facts: object) -> ForwardPlanEntry:
    return actions.enter_notice(**(GIVEN | {"decision_on": days.CABINET} | facts), by=cast["officer"], at=AT)  # type: ignore[arg-type]


def test_a_notice_goes_from_the_officer_to_democratic_services_and_out(client: FlaskClient, cast: Cast) -> None:
    today_is(ON)
    sign_in(client, cast["officer"])
    data = GIVEN | day("decision_on", days.CABINET)
    assert client.post("/forward-plan/new", data=data | {"matter": ""}).status_code == 422
    answer = client.post("/forward-plan/new", data=data, follow_redirects=True)
    assert "FP-2027-001 is entered" in answer.text and "Smith &amp; Sons &lt;Ltd&gt;" in answer.text
    assert "The public must have notice by Monday 14 June 2027." in answer.text
    assert client.get("/forward-plan/FP-2027-001/publish").status_code == 403
    sign_in(client, cast["democratic"])
    assert "Publish the notice: Buy support" in client.get("/my-work").text
    answer = client.post("/forward-plan/FP-2027-001/publish", data=day("on", date(2027, 6, 8)))
    assert answer.status_code == 422 and "can’t be in the future" in answer.text
    exception = client.get("/forward-plan/FP-2027-001/exception").text
    assert "the decision may be taken from Tuesday 15 June 2027, after five clear days" in exception
    answer = client.post("/forward-plan/FP-2027-001/publish", data=day("on", ON), follow_redirects=True)
    assert "in time for Tuesday 13 July 2027" in answer.text
    assert "Notice of a key decision, version 1, is issued and kept." in answer.text
    assert db.session.scalars(select(Paper.name)).one() == "forward-plan-notice"
    answer = client.post("/forward-plan/FP-2027-001/change", data=day("decision_on", date(2027, 7, 6)))
    assert answer.status_code == 422 and "An earlier day needs a new notice" in answer.text
    assert client.get("/public/forward-plan").text.count("Buy support for Smith &amp; Sons &lt;Ltd&gt;") == 1
    answer = client.get("/forward-plan/FP-2027-001/exception", follow_redirects=True)
    assert "No exception is needed" in answer.text
    for path in ("", "/FP-2027-001", "/FP-2027-001/change", "/FP-2027-001/withdraw", "/dates"):
        assert client.get(f"/forward-plan{path}").status_code == 200, path
    dates = client.get("/forward-plan/dates?on-day=13&on-month=7&on-year=2027").text
    assert "Monday 14 June 2027" in dates and "Monday 5 July 2027" in dates


def test_a_report_rests_on_the_notice_of_its_file(app: Flask, cast: Cast) -> None:
    file = a_file_seeking_approval(cast)
    report = approval.begin_report(file, by=cast["officer"], at=AT)
    approval.write(report, meeting_on=days.CABINET, is_key=True, key_reason="It is large.", by=cast["officer"], at=AT)

    def noticed(on: date) -> str:
        found = report_may_be_issued(facts_of(file.only_lot, on), on)
        return next(check.refusal for check in found if check.name == "Give notice in the forward plan")

    assert "must be public by Monday 14 June 2027" in noticed(ON)
    entry = entered(cast, procurement=file)
    assert entry_for(file) == entry and "must have notice by" in noticed(ON)
    actions.publish_notice(entry, on=ON, by=cast["democratic"], at=AT)
    assert noticed(ON) == ""
    actions.withdraw_notice(entry, "Another meeting.", by=cast["democratic"], at=AT)
    assert entry_for(file) is None
    with app.test_request_context():
        assert waiting_for(cast["democratic"], ON) == [] and waiting_for(cast["finance"], ON) == []


def test_exceptions_belong_to_democratic_services_and_say_why(cast: Cast) -> None:
    entry, late = entered(cast), days.at(date(2027, 7, 5), 10)
    told = {"reason": "The grant came late.", "chair_name": "Councillor Chair", "on": date(2027, 7, 5)}
    with pytest.raises(actions.NotYourNotice):
        actions.use_exception(entry, NoticeRoute.GENERAL_EXCEPTION, **told, by=cast["officer"], at=late)  # type: ignore[arg-type]
    for wrong in ({"reason": " "}, {"chair_name": ""}, {"on": date(2027, 7, 6)}):
        with pytest.raises(actions.NoticeRefused):
            actions.use_exception(
                entry, NoticeRoute.GENERAL_EXCEPTION, **(told | wrong), by=cast["democratic"], at=late  # type: ignore[arg-type]
            )  # fmt: skip
    actions.use_exception(entry, NoticeRoute.GENERAL_EXCEPTION, **told, by=cast["democratic"], at=late)  # type: ignore[arg-type]
    assert (entry.told_on, entry.agreed_on) == (date(2027, 7, 5), None)
    with pytest.raises(actions.NoticeRefused, match="why the decision is key"):
        lacking = entered(cast, key_reason="")
        actions.publish_notice(lacking, on=ON, by=cast["democratic"], at=AT)
    with pytest.raises(actions.NotYourNotice):
        actions.enter_notice(**GIVEN, decision_on=days.CABINET, by=cast["finance"], at=AT)  # type: ignore[arg-type]
