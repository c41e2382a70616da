"""The tender pages: words, errors that keep what was typed, permissions."""

from __future__ import annotations

import re
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days, tender
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.rules import ContractKind, Route, Stage
from procure.tender.models import Invitation, Method
from tests.a_competition import a_file_to_tender, on_the_day, open_to_bids, page_of, papers_out, sent
from tests.signing_in import sign_in

METHOD = {
    "price_weight": "40", "formula": "lowest_over_price", "panel_size": "3",
    "criteria-0-title": "Understanding of need", "criteria-0-weight": "25", "criteria-0-definition": "In each ward",
    "criteria-1-title": "Social value", "criteria-1-weight": "35",
}  # fmt: skip


def day_of(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_the_method_is_typed_and_shown_with_its_weights(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    assert "Say how bids will be judged" in page_of(client, "tender")
    status, page = sent(client, "tender/method", **METHOD)
    assert status == 200 and "The weights add up to 100." in page
    assert "1 Understanding of need" in page and "25%" in page
    assert "40 × lowest total price ÷ the bidder’s total price" in page


def test_weights_that_don_t_add_up_keep_everything_typed(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/method", **(METHOD | {"criteria-1-weight": "30"}))
    assert status == 422 and "The weights add up to 95. With price they must add up to 100." in page
    assert 'value="Understanding of need"' in page and "In each ward" in page and 'value="30"' in page
    assert "<title>Error:" in page
    status, page = sent(client, "tender/method", **(METHOD | {"criteria-0-weight": "a quarter"}))
    assert status == 422 and "Weight must be a whole number, like 12" in page and 'value="a quarter"' in page
    status, page = sent(client, "tender/method", **(METHOD | {"criteria-1-weight": ""}))
    assert status == 422 and "Enter the weight of Social value" in page
    assert db.session.scalars(select(Method)).first() is None


def test_another_criterion_is_one_more_row_and_nothing_is_lost(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    _, page = sent(client, "tender/method", **(METHOD | {f"criteria-{n}-title": "" for n in (2, 3)}), another="yes")
    assert len(re.findall(r'name="criteria-\d+-title"', page)) == 5
    assert 'value="Social value"' in page and db.session.scalars(select(Method)).first() is None


def test_the_second_saver_sees_what_changed_and_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/method", **METHOD, version="99")
    assert status == 409 and "changed this while you had it open" in page
    assert 'value="35"' in page and "Reaching every ward" in page


def test_the_notice_page_says_why_it_must_wait_for_call_in(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    on_the_day(date(2027, 7, 20))
    sign_in(client, cast["officer"])
    page = page_of(client, "tender/notice")
    assert "Cabinet’s decision can still be called in until 23 July 2027. Publish from Monday 26 July 2027." in page
    assert "Record it and open the competition" not in page


def test_the_notice_is_recorded_on_its_form(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    papers_out(file, cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    assert "The Act sets no shortest period for a light touch contract." in page_of(client, "tender/notice")
    typed = {"reference": "041267-2027", "ocid": "ocds-h6vhtk-0a1b2c", **day_of("published_on", days.TENDER_OPENS)}
    status, page = sent(client, "tender/notice", **typed, **day_of("closes_at", days.TENDER_CLOSES))
    assert status == 422 and "must include a time" in page and 'value="041267-2027"' in page
    due = {**day_of("closes_at", days.TENDER_CLOSES), "closes_at-time": "2pm"}
    status, page = sent(client, "tender/notice", **typed, **due)
    assert status == 200 and "Bids are due by 2:00pm on Monday 11 October 2027." in page
    assert db.session.get_one(type(file), file.id).stage is Stage.OPEN_TO_BIDS


def test_an_ordinary_contract_shows_the_earliest_deadline_with_its_count(cast: Cast, client: FlaskClient) -> None:
    file = a_file_to_tender(cast, kind=ContractKind.SERVICES)
    tender.set_method(file, cast)
    papers_out(file, cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    page = page_of(client, "tender/notice")
    assert "Friday 1 October 2027" in page and "How is this worked out?" in page
    typed = {"reference": "1", **day_of("published_on", days.TENDER_OPENS), "closes_at-time": "2pm"}
    status, page = sent(
        client, "tender/notice", **typed, **day_of("closes_at", date(2027, 9, 30)),
        circumstance="electronic tenders, all documents with the notice",
    )  # fmt: skip
    assert status == 422 and "Bidders must have until Friday 1 October 2027 at least." in page


def test_bids_cannot_be_opened_early_from_the_page(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 8))
    sign_in(client, cast["officer"])
    page = page_of(client, "tender")
    assert "Bids are due by 2:00pm on Monday 11 October 2027." in page and "Bids stay closed until" in page
    status, page = sent(client, "tender/open-bids")
    assert status == 422 and "Bids stay closed until 2:00pm on Monday 11 October 2027." in page


def test_suppliers_are_listed_for_quotes_and_a_known_one_is_offered(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast, route=Route.SCHEME, kind=ContractKind.SERVICES, annual_net=5_000)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    typed = {"name": "Small Print Shop", "email": "hello@print.example", "charity_number": "1000009"}
    status, page = sent(client, "tender/suppliers", **typed)
    assert status == 200 and "Small Print Shop is on the list." in page
    status, page = sent(client, "tender/suppliers", **(typed | {"name": "Print Shop Trust"}))
    assert status == 422 and "Small Print Shop is on record with that number." in page
    assert "Yes, use Small Print Shop, charity 1000009" in page and 'value="Print Shop Trust"' in page
    status, page = sent(client, "tender/suppliers", name="Small Print Shop", email="other@print.example")
    assert status == 422 and "No, it is another supplier of the same name" in page
    status, page = sent(
        client, "tender/suppliers", name="Small Print Shop", email="other@print.example", known_id="another"
    )
    assert status == 200 and len(db.session.scalars(select(Invitation)).all()) == 2
    status, page = sent(client, "tender/suppliers/1/strike-off")
    assert "The supplier is off the list." in page and len(db.session.scalars(select(Invitation)).all()) == 1


def test_only_the_officer_of_the_file_may_change_the_tender(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["auditor"])
    page = page_of(client, "tender")
    assert "Nothing is set yet" in page and 'href="/procurements/PRO-2027-014/tender/method"' not in page
    assert sent(client, "tender/method", **METHOD)[0] == 403
    sign_in(client, cast["manager"])
    assert client.get("/procurements/PRO-2027-014/tender").status_code == 404


def test_criteria_may_have_parts_that_make_a_hundred_percent_of_it(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    tree = METHOD | {
        "criteria-2-title": "Reach", "criteria-2-weight": "60", "criteria-2-part_of": "2",
        "criteria-3-title": "Giving", "criteria-3-weight": "30", "criteria-3-part_of": "2",
    }  # fmt: skip
    status, page = sent(client, "tender/method", **tree)
    assert status == 422 and "The parts of Social value add up to 90%." in page
    assert 'id="criteria-2-weight-error"' in page and 'value="Giving"' in page
    assert '<option value="2" selected>Social value</option>' in page
    _, page = sent(client, "tender/method", **(tree | {"criteria-3-weight": "40"}), another="yes")
    assert "Criterion 2.2 " in page and "14 of 100 points" in page and 'name="criteria-4-title"' in page
    limits = {"criteria-3-weight": "40", "criteria-3-least_score": "2", "criteria-3-word_limit": "1,500"}
    status, page = sent(client, "tender/method", **(tree | limits))
    assert status == 200 and "2.2 Giving" in page and "A score under 2 fails. At most 1,500 words." in page
    method = db.session.scalars(select(Method)).one()
    assert [(one.label, one.points) for one in method.scored] == [("1", 25), ("2.1", 21), ("2.2", 14)]
    status, page = sent(client, "tender/method", **(tree | {"criteria-2-part_of": "9"}))
    assert status == 422 and "Choose one of the answers listed" in page


def test_cost_per_point_of_quality_takes_price_out_of_the_weights(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.METHOD_SET)
    sign_in(client, cast["officer"])
    by_cost = METHOD | {"formula": "cost_per_quality_point"}
    status, page = sent(client, "tender/method", **by_cost)
    assert status == 422 and "price has no weight of its own. Enter 0 for price." in page
    whole = by_cost | {"price_weight": "0", "criteria-0-weight": "40", "criteria-1-weight": "60"}
    status, page = sent(client, "tender/method", **whole)
    assert status == 200 and "The lowest cost for a point goes first" in page and "ranked on the rounded cost" in page


def test_the_button_to_open_bids_shows_only_after_the_deadline(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 8))
    sign_in(client, cast["officer"])
    assert "tender/open-bids" not in page_of(client, "tender")
    early = page_of(client, "tender/open-bids")
    assert "Bids can’t be opened yet" in early and '<button type="submit" class="govuk-button"' not in early
