"""Pages of bids under seal: naming openers, their phrases, putting a bid in, the opening, and a late bid."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.demonstration.evaluation import small_pdf
from procure.demonstration.loading import move_today
from procure.evaluation.models import Bid
from procure.extensions import db
from procure.tender import sealing
from procure.tender.sealed_models import SealedBid
from tests.a_competition import REFERENCE, evaluating, on_the_day, open_to_bids, page_of, sent
from tests.an_evaluation import AT
from tests.signing_in import sign_in

PHRASES = {"officer": "ferry violin gravel noon", "democratic": "lantern otter pillow seven"}
SMITH = {
    "name": "Smith & Sons <Ltd>", "price_net": "412,500", "email": "bids@smith.example",
    "received_at-day": "7", "received_at-month": "10", "received_at-year": "2027", "received_at-time": "11:42",
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick_to_unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases are dear to guess, and tests would wait for that."""
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setitem(sealing.ARGON, name, value)


def keys_are_made(client: FlaskClient, cast: Cast) -> None:
    for key, phrase in PHRASES.items():
        sign_in(client, cast[key])
        assert "Choose your opening phrase" in page_of(client, "tender/openers")
        status, page = sent(client, "tender/opening-phrase", phrase=phrase, again="another phrase")
        assert status == 422 and "The two phrases are different" in page and phrase not in page
        status, page = sent(client, "tender/opening-phrase", phrase=phrase, again=phrase)
        assert status == 200 and "Your key is made." in page


def files() -> dict[str, list[tuple[io.BytesIO, str]]]:
    return {
        "quality": [(io.BytesIO(small_pdf(["Tender"])), "tender.pdf")],
        "price": [(io.BytesIO(small_pdf(["Price"])), "price.pdf")],
    }


def test_a_bid_is_put_under_seal_and_two_open_it(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 8))
    sign_in(client, cast["officer"])
    assert "No bid can be put under seal yet" in page_of(client, "tender/seal-bid")
    keys_are_made(client, cast)
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/seal-bid", **SMITH, **files(), charity_number="x" * 30)
    assert status == 422 and "Smith &amp; Sons &lt;Ltd&gt;" in page, "what was typed stays"
    status, page = sent(client, "tender/seal-bid", **SMITH, **files())
    assert status == 200 and "Its receipt is R-" in page and "Smith" not in page, page
    for key in ("officer", "auditor", "administrator"):
        sign_in(client, cast[key])
        answer = client.get(f"/procurements/{REFERENCE}/tender/opening")
        assert answer.status_code == (404 if key == "administrator" else 422)
        for path in ("/letters", "/audit", f"/procurements/{REFERENCE}/history", f"/procurements/{REFERENCE}/tender"):
            assert "Smith" not in client.get(path).text, (key, path)
    move_today(date(2027, 10, 12))
    g.pop("demonstration_day")
    for key in ("finance", "officer", "democratic"):
        sign_in(client, cast[key])
        status, page = sent(client, "tender/open-bids", phrase=PHRASES.get(key, ""))
    assert status == 200
    assert "The opening of the bids" in page and "Smith &amp; Sons &lt;Ltd&gt;" in page
    assert "tender.pdf" in page and "412,500" not in page
    sign_in(client, cast["officer"])
    assert "£412,500" in page_of(client, "evaluation/bids") and "Opened" in page_of(client, "tender")
    answer = client.get(f"/procurements/{REFERENCE}/evaluation/bids/1/files/1/content")
    assert answer.data == small_pdf(["Tender"])
    assert "read the file tender.pdf of Smith" in page_of(client, "history")


def test_a_form_sent_twice_puts_one_bid_under_seal(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 8))
    keys_are_made(client, cast)
    sign_in(client, cast["officer"])
    for _ in range(2):
        sent(client, "tender/seal-bid", **SMITH, **files(), once="0" * 32)
    assert len(db.session.scalars(select(SealedBid)).all()) == 1


def test_only_the_officer_names_openers_and_only_openers_have_a_phrase(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(date(2027, 10, 8))
    finance = str(cast["finance"].id)
    for key in ("finance", "law"):
        sign_in(client, cast[key])
        assert "Name them" not in page_of(client, "tender/openers")
        assert client.post(f"/procurements/{REFERENCE}/tender/openers", data={"person": finance}).status_code == 403
        assert client.get(f"/procurements/{REFERENCE}/tender/opening-phrase").status_code == 403
        assert client.post(f"/procurements/{REFERENCE}/tender/seal-bid", data=SMITH).status_code == 403
    sign_in(client, cast["auditor"])
    assert client.post(f"/procurements/{REFERENCE}/tender/open-bids").status_code == 403
    sign_in(client, cast["officer"])
    status, page = sent(client, "tender/openers", person=finance)
    assert status == 422 and "Say from which side they come" in page
    status, page = sent(client, "tender/openers", person=finance, side="outside")
    assert status == 200 and "F. Finance" in page
    status, page = sent(client, "tender/openers/3/take-off")
    assert status == 200 and "They no longer open the bids." in page
    assert client.post(f"/procurements/{REFERENCE}/tender/openers/9/take-off").status_code == 404


def test_a_late_bid_waits_for_the_monitoring_officer(cast: Cast, client: FlaskClient) -> None:
    lot = evaluating(cast).only_lot
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    typed = {"name": "Example Trust", "price_net": "1,000", "received_at-day": "11", "received_at-month": "10",
             "received_at-year": "2027", "received_at-time": "14:01"}  # fmt: skip
    status, page = sent(client, "evaluation/bids/new", **typed)
    assert status == 422 and "came in after" in page
    sent(client, "evaluation/bids/new", **typed, is_set_aside="y", set_aside_because="It came a minute late.")
    assert client.get(f"/procurements/{REFERENCE}/evaluation/bids/1/late").status_code == 403
    sign_in(client, cast["law"])
    assert "Decide about a late bid" in client.get("/my-work").text
    assert "It waits for the Monitoring Officer" in page_of(client, "evaluation")
    status, page = sent(client, "evaluation/bids/1/late", admitted="yes")
    assert status == 422 and "Say why" in page
    status, page = sent(client, "evaluation/bids/1/late", admitted="yes", reason="The portal was down.")
    assert status == 200 and "on record" in page
    assert db.session.scalars(select(Bid.was_assessed).where(Bid.lot_id == lot.id)).all() == [True]
    assert "admitted" in page_of(client, "evaluation/bids/1/late")
    assert timedelta(0) < AT - days.at(days.TENDER_CLOSES, 14, 1)


def test_the_receipt_of_a_bid_entered_after_the_opening_goes_out_once(cast: Cast, client: FlaskClient) -> None:
    evaluating(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    typed = SMITH | {"received_at-day": "8"}
    sent(client, "evaluation/bids/new", **typed)
    status, page = sent(client, "evaluation/bids/1/receipt")
    assert status == 200 and "put its files with it, first" in page
    sent(client, "evaluation/bids/1/files", files=[(io.BytesIO(small_pdf(["A"])), "a.pdf")], kind="quality")
    assert "on its way to Smith" in sent(client, "evaluation/bids/1/receipt")[1]
    assert "was sent already" in sent(client, "evaluation/bids/1/receipt")[1]
