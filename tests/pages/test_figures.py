"""Settings: figures of the law, bank holidays, light touch services, meeting days; who may change them."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.council.models import AddedHoliday, LaterFigure
from procure.demonstration.cast import Cast
from procure.extensions import db
from tests.pages.test_council_rules import day, today_is
from tests.signing_in import sign_in

TODAY = date(2027, 1, 25)
ODD_DAY = {"from_on-day": "30", "from_on-month": "2", "from_on-year": "2028"}
SUM = {"amount": "£210,000", "comparison": "not less than", "source": "PPN 031"}


def test_a_later_figure_is_added_shown_and_withdrawn(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    page = client.get("/settings/figures").text
    assert "£207,720 or more" in page and "8 working days" in page and "40 working days" in page
    at = "/settings/figures/sum.services/new"
    refused = client.post(at, data={**SUM, **day("from_on", date(2025, 6, 1))})
    assert (
        refused.status_code == 422 and "A later one begins after that." in refused.text and "£210,000" in refused.text
    )
    odd = client.post(at, data={**SUM, "amount": "-5", **ODD_DAY})
    assert odd.status_code == 422 and "must be a real date" in odd.text
    sent = {**SUM, "is_unchecked": "y", "once": "a" * 32, **day("from_on", date(2028, 1, 1))}
    assert client.post(at, data=sent).location == "/settings/figures"
    client.post(at, data=sent)
    row = db.session.scalars(select(LaterFigure)).one()
    page = client.get("/settings/figures").text
    assert "To come:" in page and "Not checked in the published text" in page and "to 31 December 2027" in page
    form = f"/settings/figures/{row.id}/withdraw"
    assert client.post(form, data={"reason": ""}).status_code == 422
    assert client.post(form, data={"reason": "Misprint & all", "version": str(row.version)}).status_code == 302
    page = client.get("/settings/figures").text
    assert "To come:" not in page and "Misprint &amp; all" in page


def test_a_number_of_days_is_asked_for_days(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    at = "/settings/figures/deadline.details_notice.ordinary/new"
    assert "New number of days" in client.get(at).text and "How it is compared" not in client.get(at).text
    bad = client.post(at, data={"amount": "two", "source": "x", **day("from_on", date(2028, 1, 1))})
    assert bad.status_code == 422 and "must be a whole number" in bad.text
    assert client.get("/settings/figures/sum.nothing/new").status_code == 404


def test_a_bank_holiday_is_added_and_the_others_only_read(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    told = {"name": "State funeral", "nations": ["England", "Wales"], "source": "Royal Proclamation"}
    assert client.post("/settings/bank-holidays/new", data={**told, **day("day", date(2027, 9, 8))}).status_code == 302
    page = client.get("/settings/bank-holidays").text
    assert "Wednesday 8 September 2027" in page and "England and Wales" in page
    again = client.post("/settings/bank-holidays/new", data={**told, **day("day", date(2027, 9, 8))})
    assert again.status_code == 422 and "added already" in again.text
    nowhere = client.post(
        "/settings/bank-holidays/new", data={"name": "x", "source": "x", **day("day", date(2027, 9, 9))}
    )
    assert nowhere.status_code == 422 and "Choose where it is a bank holiday" in nowhere.text
    number = db.session.scalars(select(AddedHoliday.id)).one()
    sign_in(client, cast["officer"])
    assert "Withdraw" not in client.get("/settings/bank-holidays").text
    for address in ("/settings/bank-holidays/new", f"/settings/bank-holidays/{number}/withdraw",
                    "/settings/figures/sum.services/new", "/settings/light-touch/new"):  # fmt: skip
        assert client.get(address).status_code == 403


def test_lists_are_pasted_and_a_line_that_is_none_is_named(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    assert "has not been loaded" in client.get("/settings/light-touch").text
    when = day("from_on", TODAY)
    bad = client.post("/settings/light-touch/new", data={"lines": "85000000 Health\nsport", "source": "x", **when})
    assert bad.status_code == 422 and "Line 2 has no CPV code" in bad.text and "85000000 Health" in bad.text
    good = {"lines": "85000000 to 85323000\tHealth <b>\tR\r\n92000000", "source": "Schedule 1", **when}
    assert client.post("/settings/light-touch/new", data=good).status_code == 302
    page = client.get("/settings/light-touch").text
    assert "85000000 to 85323000" in page and "Health &lt;b" in page and "May be" in page
    days = {"body": "Cabinet", "days": "15 September 2027\n13/7/2027\n\n2027-10-12\n29 February 2027"}
    bad = client.post("/settings/meeting-days/new", data=days)
    assert bad.status_code == 422 and "Line 5 is no day: 29 February 2027" in bad.text
    days["days"] = days["days"].replace("29 February", "28 February")
    assert client.post("/settings/meeting-days/new", data=days).status_code == 302
    page = client.get("/settings/meeting-days").text
    assert page.count("Cabinet") >= 4 and "Tuesday 13 July 2027" in page
