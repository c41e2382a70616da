"""Pages of the tender papers: what is still to say, what is typed and kept, the papers to read and to issue."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.council.models import StandingTerms
from procure.demonstration import days, tender, tender_papers
from procure.demonstration.cast import MANAGER, Cast
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.rules import Route
from procure.tender.pack_models import HowToTender, Specification
from tests.a_competition import REFERENCE, a_file_to_tender, on_the_day, page_of, planned, sent
from tests.signing_in import sign_in

SERVICE = {name: value for name, value in tender_papers.SERVICE.items() if name != "has_safeguarding"} | {
    "has_safeguarding": "y"
}


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_of_papers_says_what_each_lacks_and_where_it_is_said(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    page = page_of(client, "tender/papers")
    assert "missing: background of the service" in plain(page)
    assert f'href="/procurements/{REFERENCE}/tender/what-we-buy"' in page
    assert "Issue the papers" not in page
    specification = page_of(client, "tender/papers/specification")
    assert "It can’t be issued yet" in specification
    link = f'<a class="govuk-link" href="/procurements/{REFERENCE}/tender/what-we-buy">'
    assert f"{link}Background of the service</a>" in specification
    assert "Issue it" not in specification


def test_what_we_are_buying_is_typed_once_and_stands_in_the_paper(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/what-we-buy", **(SERVICE | {"reports": "Quarterly report\tSpend\tMonthly"}))
    assert status == 200 and "What we are buying is saved." in page
    row = db.session.scalars(select(Specification)).one()
    assert row.reports == "Quarterly report | Spend | Monthly" and row.has_safeguarding
    assert "Small and new groups are stronger" in page_of(client, "tender/papers/specification")


def test_a_list_that_is_not_whole_keeps_everything_typed(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/what-we-buy", **(SERVICE | {"outcomes": "Only an outcome"}))
    assert status == 422
    assert "Line 1 must have four parts with | between them: outcome | how it is measured | figure now | target" in page
    assert "Only an outcome" in page and "Grants from the Council" in page
    assert db.session.scalars(select(Specification)).all() == []


def test_how_to_tender_starts_with_what_the_council_usually_says(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    page = page_of(client, "tender/how-to-tender")
    assert "Public liability | 5,000,000 | each claim" in page and 'value="180"' in page
    assert "Offer the voluntary standstill" in page
    status, page = sent(
        client, "tender/how-to-tender", returns="Form | PDF", price_basis="the total", correction_text="Asked about.",
        validity_days="90", late_text="Not opened.", insurance="Public liability | much | each claim",
    )  # fmt: skip
    assert status == 422 and "Line 1: the amount must be in pounds, like 5,000,000" in page
    assert db.session.scalars(select(HowToTender)).all() == []


def test_indicators_are_added_row_by_row(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    row = {"name": "Reach", "measure": "Wards", "target": "19", "tolerance": "17", "frequency": "Yearly"}
    row["source"] = "Our own records"
    typed = {f"kpis-0-{name}": value for name, value in row.items()}
    status, page = sent(client, "tender/indicators", another="yes", **typed)
    assert status == 200 and 'name="kpis-3-name"' in page and 'value="Reach"' in page and not file.only_lot.kpis
    status, page = sent(client, "tender/indicators", **(typed | {"kpis-1-name": "Half"}))
    assert status == 422 and "Enter “how it is measured” of this indicator" in page
    status, page = sent(client, "tender/indicators", **typed)
    assert status == 200
    assert [one.name for one in file.only_lot.kpis] == ["Reach"]


def test_terms_that_the_law_forbids_are_refused_at_their_field(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    typed = {
        "manager_post_id": cast.post(MANAGER).id, "payment_frequency": "monthly", "payment_days": "45",
        "liability_cap": "500,000", "notice_months": "6", "exercise_months": "9",
    }  # fmt: skip
    status, page = sent(client, "tender/contract-particulars", **typed)
    assert status == 422 and "The law gives 30 days at most" in page and 'value="45"' in page
    status, page = sent(client, "tender/contract-particulars", **(typed | {"payment_days": "30"}))
    assert status == 200 and "The contract particulars are saved." in page


def test_all_are_issued_by_one_button_and_read_on_the_page(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    planned(file, cast)
    tender_papers.write(file, cast)
    on_the_day(days.PAPERS_ISSUED)
    sign_in(client, cast["officer"])
    assert "Nothing is missing. Read them, then issue them." in plain(page_of(client, "tender/papers"))
    status, page = sent(client, "tender/papers")
    assert status == 200 and "Six papers are issued and kept." in plain(page) and "Version 1" in page
    assert len(db.session.scalars(select(Paper)).all()) == 6
    with act("changed the need", on=file, by=Machine("test"), at=days.at(days.PAPERS_ISSUED, 12)):
        file.description = "Support for groups in every ward."
    page = plain(page_of(client, "tender/papers"))
    assert page.count("The file has changed since. Issue it again.") == 2
    status, page = sent(client, "tender/papers/invitation-to-tender")
    assert "Invitation to tender, version 2, is issued and kept." in plain(page)
    answer = client.get(f"/procurements/{REFERENCE}/tender/papers/form-of-tender/draft.docx")
    assert answer.status_code == 200 and "form-of-tender-vdraft.docx" in answer.headers["Content-Disposition"]


def test_the_shorter_way_asks_for_the_request_only(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast, route=Route.SCHEME, annual_net=12_000)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    page = plain(page_of(client, "tender/papers"))
    assert "How to quote" in page and "What we are buying" not in page and "Contract particulars" not in page
    assert client.get(f"/procurements/{REFERENCE}/tender/papers/specification").status_code == 404
    how = page_of(client, "tender/how-to-tender")
    assert "Conditions of participation" not in how and "What suppliers send" in how


def test_only_who_runs_the_file_issues_and_readers_see_no_buttons(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["director"])
    page = page_of(client, "tender/papers")
    assert "To fill in" not in page and "missing: " in plain(page)
    assert client.post(f"/procurements/{REFERENCE}/tender/papers").status_code == 403


def test_an_administrator_says_what_the_councils_papers_say(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["administrator"])
    assert "invoices@lbbd.example" in client.get("/settings/tender-papers").get_data(as_text=True)
    page = client.get("/settings/tender-papers/change").get_data(as_text=True)
    assert "invoices@lbbd.example" in page and 'name="payment_days"' in page
    answer = client.post("/settings/tender-papers/change", data={"payment_days": "60"})
    assert answer.status_code == 422 and "must be between 1 and 30" in answer.get_data(as_text=True)
    row = db.session.scalars(select(StandingTerms)).one()
    typed = {
        name: getattr(row, name)
        for name in ("invoice_email", "data_protection_email", "whistleblowing_email", "other_formats", "policies",
                     "validity_days", "insurance", "returns", "late_text", "correction_text")
    } | {"payment_days": "20"}  # fmt: skip
    answer = client.post("/settings/tender-papers/change", data=typed, follow_redirects=True)
    assert answer.status_code == 200 and "What our tender papers say is saved." in answer.get_data(as_text=True)
    db.session.expire_all()
    assert row.payment_days == 20 and row.pays_living_wage is False
