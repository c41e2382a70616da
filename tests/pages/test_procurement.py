"""A file's own pages, as an officer and an outsider see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from procure.demonstration import days
from procure.demonstration.cast import DIRECTOR, ENGAGEMENT, Cast, the_cast
from procure.extensions import db
from procure.procurement.actions import LotLine, divide, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from tests.a_competition import a_file_to_tender
from tests.signing_in import sign_in


@pytest.fixture
def file(cast: Cast) -> Procurement:
    """A file that has just been opened."""
    return open_file(
        title="Smith & Sons <Ltd>", route=Route.CABINET, officer=cast["officer"], by=cast["officer"],
        at=datetime.fromisoformat("2027-01-25T10:00:00+00:00"),
    )  # fmt: skip


def test_a_title_with_markup_in_it_is_shown_as_typed(client: FlaskClient, cast: Cast, file: Procurement) -> None:
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}").text
    assert "Smith &amp; Sons &lt;Ltd&gt;" in page
    assert "<Ltd>" not in page


def test_the_overview_says_what_is_missing_and_where_to_put_it(
    client: FlaskClient, cast: Cast, file: Procurement
) -> None:
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}").text
    assert "You can’t start the appraisal yet" in page
    assert f'href="/procurements/{file.reference}/need"' in page


def test_a_bad_form_keeps_what_was_typed(client: FlaskClient, cast: Cast, file: Procurement) -> None:
    sign_in(client, cast["officer"])
    answer = client.post(
        f"/procurements/{file.reference}/value", data={"annual_net": "12k", "value_basis": "A guess, so far."}
    )
    assert answer.status_code == 422
    assert "A guess, so far." in answer.text
    assert 'value="12k"' in answer.text
    assert "There is a problem" in answer.text


def test_a_form_from_an_older_page_is_told_and_nothing_is_overwritten(
    client: FlaskClient, cast: Cast, file: Procurement
) -> None:
    sign_in(client, cast["officer"])
    facts = {
        "title": "A title", "need": "First.", "description": "Support.", "wards_label": "All wards",
        "lead_post_id": cast.post(ENGAGEMENT).id, "director_post_id": cast.post(DIRECTOR).id, "version": file.version,
    }  # fmt: skip
    assert client.post(f"/procurements/{file.reference}/need", data=facts).status_code == 302
    second = client.post(f"/procurements/{file.reference}/need", data=facts | {"need": "Second."})
    assert second.status_code in (409, 422)
    assert "Second." in second.text
    db.session.rollback()
    assert file.need == "First."


def test_the_same_form_sent_twice_acts_once(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["officer"])
    facts = {"title": "A new thing", "route": "cabinet", "once": "a" * 32}
    client.post("/procurements/new", data=facts)
    client.post("/procurements/new", data=facts)
    assert db.session.query(Procurement).filter_by(title="A new thing").count() == 1


@pytest.mark.parametrize("who", ["evaluator1", "administrator", "manager", "care"])
def test_somebody_elses_file_is_not_there(client: FlaskClient, cast: Cast, file: Procurement, who: str) -> None:
    sign_in(client, cast[who])
    assert client.get(f"/procurements/{file.reference}").status_code == 404


def test_the_auditor_reads_and_has_nothing_to_press(client: FlaskClient, cast: Cast, file: Procurement) -> None:
    sign_in(client, cast["auditor"])
    page = client.get(f"/procurements/{file.reference}")
    assert page.status_code == 200
    assert "Describe the need" in page.text
    assert f"/procurements/{file.reference}/move" not in page.text
    assert client.get(f"/procurements/{file.reference}/need").status_code == 403


def test_history_tells_who_did_what(client: FlaskClient, cast: Cast, file: Procurement) -> None:
    sign_in(client, cast["officer"])
    assert (
        "A. Officer, Procurement Officer, opened the file."
        in client.get(f"/procurements/{file.reference}/history").text
    )


def test_a_paused_file_is_not_changed_and_an_abandoned_one_asks_again_what_follows(
    at_stage: Callable[[str], Flask],
) -> None:
    app = at_stage("approval")
    officer, manager = app.test_client(), app.test_client()
    sign_in(officer, the_cast()["officer"])
    sign_in(manager, the_cast()["manager"])
    at = "/procurements/PRO-2027-014"
    officer.post(f"{at}/pause", data={"reason": "The budget is being set."})
    assert "Take this file up again" in officer.get(at).text
    assert "Take up the paused file" in officer.get("/my-work").text
    assert "This file is paused." in officer.get(f"{at}/need").text
    assert "Decide what follows" not in manager.get("/my-work").text
    officer.post(f"{at}/abandon", data={"reason": "No money."})
    page = officer.get(at).text
    assert "Not reached" in page and "has to be decided again" in page
    assert "Decide what follows" in manager.get("/my-work").text


def test_my_work_begins_with_a_sentence(at_stage: Callable[[str], Flask]) -> None:
    app = at_stage("signing")
    client = app.test_client()
    sign_in(client, the_cast()["director"])
    page = client.get("/my-work").text
    assert "One decision waits for you." in page
    assert "£540,000 including VAT" in page
    assert "One objects." in page


def test_a_paper_is_read_downloaded_and_proved(at_stage: Callable[[str], Flask]) -> None:
    app = at_stage("signing")
    client = app.test_client()
    sign_in(client, the_cast()["officer"])
    page = client.get("/procurements/PRO-2027-014/documents").text
    assert "Options appraisal" in page and "Cabinet report" in page
    draft = client.get("/procurements/PRO-2027-014/documents/cabinet-report").text
    assert "Nothing is missing." in draft
    issued = client.get("/papers/1")
    assert "SHA-256" in issued.text
    word = client.get("/papers/1/word")
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert word.data[:2] == b"PK"


# ── lots ──


def test_an_officer_divides_a_purchase_and_reads_what_is_wrong_at_its_place(
    client: FlaskClient, cast: Cast, file: Procurement
) -> None:
    sign_in(client, cast["officer"])
    at = f"/procurements/{file.reference}/lots"
    rows = {"lots-0-title": "East & <West>", "lots-0-annual_net": "12k", "lots-1-title": ""}
    answer = client.post(at, data=rows)
    assert answer.status_code == 422
    assert "East &amp; &lt;West&gt;" in answer.text
    assert 'value="12k"' in answer.text
    answer = client.post(at, data={"lots-0-title": "East"})
    assert "One lot is no division" in answer.text
    more = client.post(at, data={"lots-0-title": "East", "another": "yes"}).text
    assert "Lot 4" in more
    assert 'value="East"' in more
    client.post(at, data={"lots-0-title": "East", "lots-1-title": "West"})
    assert [lot.title for lot in db.session.get_one(Procurement, file.id).lots] == ["East", "West"]


def test_a_divided_file_lists_its_lots_and_each_has_pages_of_its_own(client: FlaskClient, cast: Cast) -> None:
    file = a_file_to_tender(cast)
    divide(file, (LotLine("West"), LotLine("East")), by=cast["officer"], at=days.at(days.METHOD_SET))
    sign_in(client, cast["officer"])
    listed = client.get(f"/procurements/{file.reference}").text
    assert "2 lots, each on its own way" in listed
    assert f'href="/procurements/{file.reference}-L2"' in listed
    own = client.get(f"/procurements/{file.reference}-L2").text
    assert "Social infrastructure support, lot 2: East" in own
    assert f'href="/procurements/{file.reference}-L2/tender/method"' in own
    assert client.get(f"/procurements/{file.reference}-L2/tender").status_code == 200
    led = client.get(f"/procurements/{file.reference}/tender")
    assert (led.status_code, led.location) == (302, f"/procurements/{file.reference}")
    assert client.get(f"/procurements/{file.reference}-L3/tender").status_code == 404
