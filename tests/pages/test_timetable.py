"""The timetable's pages: worked out from two days, moved, refused at the field, shown with its working."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.rules import ContractKind
from procure.tender.timetable_models import Timetable
from tests.a_competition import a_file_to_tender, on_the_day, open_to_bids, page_of, sent
from tests.signing_in import sign_in


def day_of(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


GIVEN = {
    **day_of("notice_on", days.TENDER_OPENS), **day_of("closes_at", days.TENDER_CLOSES), "closes_at-time": "2pm",
}  # fmt: skip
PLAN = "tender/timetable/plan"


def test_the_other_days_are_worked_out_shown_and_saved(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    assert "No day is planned yet" in page_of(client, "tender/timetable")
    first = page_of(client, PLAN)
    assert "Work out the other days" in first and "Save the timetable" not in first
    status, page = sent(client, PLAN, **GIVEN, work_out="yes")
    assert status == 200 and "Save the timetable" in page
    assert "Monday 27 September 2027 as worked out. 10 working days before “Bids due”" in page
    assert 'name="scored-day" type="text" value="26"' in page
    assert db.session.scalars(select(Timetable)).first() is None
    status, page = sent(client, PLAN, **GIVEN, **day_of("scored", date(2027, 10, 27)))
    assert status == 200 and "The timetable is saved." in page
    assert "Wednesday 27 October 2027" in page and "Chosen by hand" in page
    assert "The other lengths are the council’s own." in page and "govuk-bank-holidays" in page


def test_a_wrong_day_is_refused_at_its_field_and_nothing_typed_is_lost(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast, kind=ContractKind.SERVICES)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    how = {"circumstance": "electronic tenders, all documents with the notice"}
    early = day_of("closes_at", date(2027, 9, 30))
    status, page = sent(client, PLAN, **(GIVEN | early), **how)
    assert status == 422 and "Bidders must have until Friday 1 October 2027 at least." in page
    assert 'id="closes_at-error"' in page
    status, page = sent(client, PLAN, **GIVEN, **how, **day_of("moderated", date(2027, 10, 13)))
    assert status == 422 and "“Scores agreed” can’t be before “Individual scores finished”" in page
    assert 'id="moderated-error"' in page and 'name="moderated-day" type="text" value="13"' in page
    planned = {
        "circumstance": "qualifying planned procurement notice",
        **day_of("planned_notice_on", date(2027, 7, 29)),
    }
    status, page = sent(client, PLAN, **(GIVEN | early), **planned)
    assert status == 422 and "It was published 39 days before the tender notice" in page
    status, page = sent(client, PLAN, work_out="yes", **{"closes_at-time": "2pm"})
    assert status == 422 and "Enter the day the notice goes out" in page
    status, page = sent(
        client, PLAN, **GIVEN, **how, **{"scored-day": "31", "scored-month": "2", "scored-year": "2027"}
    )
    assert status == 422 and "Individual scores finished must be a real date" in page
    assert db.session.scalars(select(Timetable)).first() is None


def test_the_second_saver_of_the_timetable_is_told(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    status, page = sent(client, PLAN, version="99", **day_of("starts", date(2028, 4, 3)))
    assert status == 409 and "changed this while you had it open" in page and 'value="3"' in page


def test_a_short_time_for_a_light_touch_contract_is_asked_about(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    short = GIVEN | day_of("closes_at", date(2027, 9, 11))
    near = {**day_of("questions", date(2027, 9, 7)), **day_of("answers", date(2027, 9, 9))}
    status, page = sent(client, PLAN, **short, **near)
    assert status == 200 and "Is it?" in page and "Saturday 11 September 2027 is no working day" in page


def test_the_plan_fills_the_notice_and_only_the_officer_changes_it(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["auditor"])
    assert "Plan the timetable" not in page_of(client, "tender/timetable")
    assert sent(client, PLAN, **GIVEN)[0] in (403, 404)
