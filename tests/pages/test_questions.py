"""The pages of questions: the officer sees who asked, nobody else does, and every step leads to the next."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.tender.question_models import Question
from tests.a_competition import on_the_day, open_to_bids, page_of, sent
from tests.signing_in import sign_in

ASKED = {
    "received_at-day": "13", "received_at-month": "9", "received_at-year": "2027", "received_at-time": "9am",
    "asked_by": "Smith & Sons <Ltd>", "asked_words": "We at Smith & Sons ask: may groups share a lead?",
}  # fmt: skip
ANSWERED = {"words": "May groups share a lead?", "answer": "Yes, up to three.", "changes_document": "no"}
RECORD, FIRST = "tender/questions/record", "tender/questions/1"


def test_a_question_goes_from_its_record_to_its_answer_to_all(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 9, 14))
    sign_in(client, cast["officer"])
    assert "No question has come yet" in page_of(client, "tender/questions")
    status, page = sent(client, RECORD, **(ASKED | {"received_at-time": ""}))
    assert status == 422 and "must include a time" in page and "may groups share a lead?" in page
    status, page = sent(client, RECORD, **ASKED)
    assert (
        status == 200 and "Question 1 is recorded. Answer it next." in page and "Smith &amp; Sons &lt;Ltd&gt;" in page
    )
    status, page = sent(client, f"{FIRST}/answer", **(ANSWERED | {"words": "May Smith share a lead?"}))
    assert status == 422 and "“Smith” would tell every bidder who asked. Take it out." in page
    assert 'id="words-error"' in page and "Yes, up to three." in page
    status, page = sent(client, f"{FIRST}/answer", **(ANSWERED | {"changes_document": "yes"}))
    assert status == 422 and "Say which document changed, and where." in page
    status, page = sent(client, f"{FIRST}/answer", **ANSWERED)
    assert status == 200 and "Publish the answer to all" in page and "Smith" not in page
    status, page = sent(client, f"{FIRST}/publish", **{f"published_on-{k}": v for k, v in
                                                      {"day": "14", "month": "9", "year": "2027"}.items()})  # fmt: skip
    assert status == 200 and "Published to all on 14 September 2027." in page
    assert "Every question is answered to all bidders." in page
    assert "can’t be changed any more" in page_of(client, f"{FIRST}/answer")


def test_only_the_officers_of_the_file_see_who_asked(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 9, 14))
    sign_in(client, cast["officer"])
    sent(client, RECORD, **ASKED)
    sent(client, f"{FIRST}/answer", **ANSWERED)
    for who in ("auditor", "director"):
        sign_in(client, cast[who])
        for path in ("tender", "tender/questions", "history"):
            page = page_of(client, path)
            assert "Smith" not in page, (who, path)
        assert "waits to be published" in page_of(client, "tender/questions")
        for path in (f"{FIRST}/answer", f"{FIRST}/publish", RECORD):
            assert client.get(f"/procurements/PRO-2027-014/{path}").status_code in (403, 404), (who, path)


def test_bids_can_t_be_opened_from_their_page_while_a_question_is_open(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 12))
    sign_in(client, cast["officer"])
    sent(client, RECORD, **ASKED)
    page = page_of(client, "tender/open-bids")
    assert "Question 1 is not answered yet." in page and "Go to the questions" in page
    page = page_of(client, "tender")
    assert "Bids can’t be opened yet" in page and "Answer every question" in page
    overview = client.get("/procurements/PRO-2027-014").get_data(as_text=True)
    assert "Bids can’t be opened yet" in overview and "close to bids yet" not in overview
    status, page = sent(client, "tender/open-bids")
    assert status == 422 and "Bids can’t be opened yet." in page


def test_a_late_question_draws_a_warning_and_is_kept(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_CLOSES)
    sign_in(client, cast["officer"])
    status, page = sent(client, RECORD, **(ASKED | {"received_at-day": "28"}))
    assert status == 200 and "It came after the last day for questions" in page
    assert db.session.scalars(select(Question)).one().is_late


def test_a_question_that_was_never_asked_is_not_found(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 9, 14))
    sign_in(client, cast["officer"])
    assert client.get("/procurements/PRO-2027-014/tender/questions/7/answer").status_code == 404
