"""The whole purchase’s timetable: read, tried without saving, saved; its calendar; the law of a purchase."""

from __future__ import annotations

import re
from datetime import date

import icalendar
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.models import RegimeFinding
from procure.tender.programme_models import Programme
from tests.a_competition import a_file_to_tender, on_the_day, open_to_bids, page_of, sent
from tests.pages.test_timetable import PLAN, day_of
from tests.signing_in import sign_in

CHANGE = "timetable/change"


def asked(page: str) -> dict[str, str]:
    """What the form holds as it stands."""
    found = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', page))
    return {name: value for name, value in found.items() if name not in ("show", "counted", "csrf_token")} | {
        "counted": "backwards"
    }


def test_a_change_is_tried_without_saving_then_saved(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    page = page_of(client, "timetable")
    assert "Nobody has planned it yet" in page and "<svg" in page and "Service begins" in page
    form = asked(page_of(client, CHANGE))
    status, page = sent(client, CHANGE, **(form | {"tender_days": "200", "show": "yes"}))
    assert status == 200 and "Nothing is saved yet" in page and "days earlier" in page
    assert "should have begun on" in page and 'value="200"' in page
    assert db.session.scalars(select(Programme)).first() is None
    status, page = sent(client, CHANGE, **(form | {"tender_days": "", "show": "yes"}))
    assert status == 422 and "Enter how long it takes: Open to bids" in page
    status, page = sent(client, CHANGE, **(form | {"tender_days": "36"}))
    assert status == 200 and "The timetable is saved." in page and "36 days" in page
    status, page = sent(client, CHANGE, **(form | {"tender_days": "37", "version": "0", "once": "b" * 32}))
    assert status == 409 and "changed this while you had it open" in page


def test_only_the_officer_changes_it_and_anybody_on_the_file_takes_its_days(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["auditor"])
    assert "Change the timetable" not in page_of(client, "timetable")
    assert sent(client, CHANGE)[0] in (403, 404)
    answer = client.get("/procurements/PRO-2027-014/timetable.ics")
    events = list(icalendar.Calendar.from_ical(answer.text).walk("VEVENT"))
    by_name = {str(event["SUMMARY"]).partition(":")[0]: event["DTSTART"].dt for event in events}
    assert by_name["Bids due"] == days.TENDER_CLOSES == by_name["Opening and compliance begins"]
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_the_tender_s_days_show_what_a_change_would_move(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    moved = day_of("scored", date(2027, 11, 2))
    status, page = sent(client, PLAN, show="yes", **moved)
    assert status == 200 and "Nothing is saved yet" in page and "days later" in page
    assert "Tuesday 16 November 2027" in page, "what follows moves along"
    assert "26 October 2027" in page_of(client, "tender/timetable"), "and nothing is kept"
    status, page = sent(client, PLAN, show="yes", **day_of("decided", date(2027, 10, 1)))
    assert status == 200 and "can’t be before" in page


def test_a_day_that_only_went_by_is_said_and_put_right(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 9, 28))
    sign_in(client, cast["officer"])
    page = page_of(client, "tender/timetable")
    assert "Say when it came" in page
    status, page = sent(client, "tender/timetable/came/questions", **day_of("came_on", date(2027, 9, 30)))
    assert status == 422 and "still to come" in page
    status, page = sent(client, "tender/timetable/came/questions", **day_of("came_on", date(2027, 9, 27)))
    assert status == 200 and "Correct it" in page
    assert client.get("/procurements/PRO-2027-014/tender/timetable/came/call_in").status_code == 404


def test_the_law_is_shown_with_its_working_and_asked_of_a_person(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    page = page_of(client, "law")
    assert "£663,540" in page and "not less than" in page and "At or above the threshold" in page
    status, page = sent(client, "law/finding", regime="EXEMPT")
    assert status == 422 and "Say why this law applies" in page
    status, page = sent(client, "law/finding", regime="EXEMPT", reason="Schedule 2 <paragraph 5> & advice")
    assert status == 200 and "Recorded: Exempt" in page and "&lt;paragraph 5&gt; &amp; advice" in page
    assert db.session.scalars(select(RegimeFinding)).one().procurement is file
