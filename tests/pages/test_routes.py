"""By hand: a competition ends, the director decides, its notice is recorded and the next purchase opened; duties."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import writing
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.models import Procurement
from tests.a_competition import a_file_to_tender, evaluating, on_the_day, page_of, sent, written
from tests.actions.test_routes import directly_signed
from tests.pages.test_award import day_of
from tests.signing_in import sign_in


def on_another_day(day: date) -> None:
    """Move the day that `on_the_day` set."""
    token = writing.set(True)
    try:
        db.session.rollback()
        db.session.scalars(select(Demonstration)).one().today = day
        db.session.commit()
        for name in ("demonstration_day", "demonstration"):
            g.pop(name, None)
    finally:
        writing.reset(token)


def test_no_bid_by_hand_from_the_evaluation_to_the_next_purchase(cast: Cast, client: FlaskClient) -> None:
    evaluating(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    assert "If none came in" in page_of(client, "evaluation")
    choices = page_of(client, "award/end")
    assert "No bid came in: end it without a contract" in choices
    assert "No bid is on record. Choose that no bid came in" in choices
    status, page = sent(client, "award/end/no-bid", reason=" ")
    assert status == 422 and "Say why. The reason stays on the file" in page
    status, page = sent(client, "award/end/no-bid", reason="Nobody <b>bid</b> & nobody asked.")
    assert status == 200 and "It is before the Director of Policy and Participation now." in page
    assert "Nobody &lt;b&gt;bid&lt;/b&gt; &amp; nobody asked." in page and "Record the decision" not in page
    assert sent(client, "award/end/decide", answer="yes")[0] == 422
    sign_in(client, cast["director"])
    assert "Decide how the competition ends" in client.get("/my-work").text
    status, page = sent(client, "award/end/decide", answer="yes")
    assert status == 200 and "The competition ended without a contract" in page
    on_another_day(days.EVALUATED + timedelta(days=2))
    sign_in(client, cast["officer"])
    assert "Publish the procurement termination notice" in client.get("/my-work").text
    assert "One duty is overdue." in page_of(client, "duties")
    assert "2 days ago" in page_of(client, "award/termination-notice")
    day = day_of("published_on", days.EVALUATED + timedelta(days=2))
    status, page = sent(client, "award/termination-notice", reference="070001-2027", **day)
    assert status == 200 and "070001-2027" in page and "A notice is due" not in page
    status, page = sent(client, "award/buy-again")
    assert status == 200 and "is open, with what is known of PRO-2027-014" in page
    sent(client, "award/buy-again")
    assert len(db.session.scalars(select(Procurement)).all()) == 2


def test_duties_name_what_the_tender_notice_lacks(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    page = page_of(client, "duties")
    assert "Nothing is due now." in page and "What the tender notice needs" in page and "Missing: add it" in page
    status, page = sent(
        client, "notices/UK2/record", reference="031207-2027", **day_of("published_on", days.METHOD_SET)
    )
    assert status == 200 and "031207-2027" in page
    sign_in(client, cast["auditor"])
    assert "Missing: add it" not in page_of(client, "duties")


def test_an_award_notice_that_was_not_recorded_on_its_day_is_due(cast: Cast, client: FlaskClient) -> None:
    written(cast)
    on_the_day(days.STANDSTILL)
    sign_in(client, cast["officer"])
    page = page_of(client, "duties")
    assert "One duty is due now." in page and "What the contract award notice needs" in page


def test_every_page_of_a_direct_award_is_read(cast: Cast, client: FlaskClient) -> None:
    lot = directly_signed(cast)
    assert lot.award is not None
    on_the_day(days.STANDSTILL)
    decision = f"/decisions/{lot.award.decision.reference}"
    for key in ("officer", "director"):
        sign_in(client, cast[key])
        for address in (decision, f"{decision}/read", f"{decision}/by-what-right", f"{decision}/log"):
            assert client.get(address).status_code == 200, address
        for part in ("award", "duties", "evaluation", "tender", "documents", "history", "authority"):
            page_of(client, part)
    sign_in(client, cast["officer"])
    shown = page_of(client, "award")
    assert "Transparency notice" in shown and "Decide about the standstill" in shown and "Letters" not in shown
    for part in ("award/standstill", "award/notice", "award/transparency-notice", "award/end/decide"):
        page_of(client, part)
    assert client.get("/procurements/PRO-2027-014/award/recommendation").status_code in (200, 302, 404)
    assert "Before the contract is awarded directly." in page_of(client, "duties")
