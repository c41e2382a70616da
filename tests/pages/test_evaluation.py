"""The evaluation pages: panel, bids, scores, ranking with its working, sealed prices."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.evaluation.models import Bid, ConsensusScore
from procure.extensions import db
from procure.people.actions import grant_role
from procure.people.rules import Role
from procure.procurement.rules import Stage
from procure.suppliers.models import Supplier
from tests.a_competition import evaluated, evaluating, on_the_day, open_to_bids, page_of, sent
from tests.signing_in import sign_in

BID = {
    "name": "Example Trust", "price_net": "412,500", "charity_number": "1000002",
    "received_at-day": "11", "received_at-month": "10", "received_at-year": "2027", "received_at-time": "11:42am",
}  # fmt: skip
SCORES = {f"score_{n}": "4" for n in (1, 2, 3, 4)} | {f"reason_{n}": f"See page {n}." for n in (1, 2, 3, 4)}


def begin(cast: Cast, client: FlaskClient) -> None:
    evaluating(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])


def test_a_whole_evaluation_is_entered_page_by_page(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    page = page_of(client, "evaluation")
    assert "Name the panel" in page and "Can’t start yet" in page
    panel = {"evaluators": [str(cast[f"evaluator{n}"].id) for n in (1, 2, 3)], "moderator": str(cast["moderator"].id)}
    assert "The panel is saved." in sent(client, "evaluation/panel", **panel)[1]
    status, page = sent(client, "evaluation/bids/new", **BID)
    assert status == 200 and "£412,500" in page and "Enter scores" in page
    other = {"name": "Example Alliance", "price_net": "450000", "charity_number": "", "company_number": "1234567"}
    sent(client, "evaluation/bids/new", **(BID | other))
    status, page = sent(client, "evaluation/bids/1/scores", **SCORES, next="yes")
    assert "Agreed scores of Example Alliance" in page
    status, page = sent(client, "evaluation/bids/2/scores", **(SCORES | {"score_1": "5"}))
    assert "Example Alliance comes first with 89.67 of 100." in page
    assert "40 × £412,500 ÷ £450,000 = 36.67" in page and "25 × 5 ÷ 5 = 25.00" in page
    status, page = sent(client, "evaluation/finish")
    assert "The result is recorded." in page and "Recommend the award to Example Alliance" in page
    assert db.session.scalars(select(Bid)).first().lot.stage is Stage.DECIDING_AWARD  # type: ignore[union-attr]


def test_a_score_that_is_no_whole_number_is_refused_and_the_reasons_stay(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **BID)
    status, page = sent(client, "evaluation/bids/1/scores", **(SCORES | {"score_2": "3.4"}))
    assert status == 422 and "Choose a whole number from 0 to 5, as published. Never an average" in page
    assert "See page 1." in page and "See page 4." in page
    status, page = sent(client, "evaluation/bids/1/scores", **(SCORES | {"reason_3": ""}))
    assert status == 422 and "Give the panel’s reason for this score." in page
    status, page = sent(client, "evaluation/bids/1/scores", reason_1="A reason alone.")
    assert status == 422 and "Choose the agreed score that this reason is for" in page
    assert db.session.scalars(select(ConsensusScore)).first() is None


def test_scores_can_be_saved_in_part_and_taken_up_again(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **BID)
    sent(client, "evaluation/bids/1/scores", score_1="4", reason_1="See page 1.")
    page = page_of(client, "evaluation/bids/1/scores")
    assert "See page 1." in page and 'value="4" checked' in page
    assert "Example Trust has a criterion without a score." in page_of(client, "evaluation")


def test_a_bid_refused_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    status, page = sent(client, "evaluation/bids/new", **(BID | {"price_net": "about 400"}))
    assert status == 422 and "Enter an amount in pounds" in page and 'value="about 400"' in page
    status, page = sent(client, "evaluation/bids/new", **BID, is_set_aside="y")
    assert status == 422 and "Say why the bid is set aside" in page and 'value="Example Trust"' in page
    status, page = sent(client, "evaluation/bids/new", **(BID | {"received_at-time": ""}))
    assert status == 422 and "Received must include a time" in page
    status, page = sent(client, "evaluation/bids/new", **(BID | {"received_at-time": "2:01pm"}))
    assert status == 422 and "Set it aside as late" in page
    assert db.session.scalars(select(Supplier).where(Supplier.name == "Example Trust")).first() is None


def test_a_bidder_on_record_is_used_and_not_entered_twice(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **BID)
    again = BID | {"name": "Example Trust Limited", "price_net": "1", "charity_number": "1000002"}
    status, page = sent(client, "evaluation/bids/new", **again)
    assert status == 422 and "Yes, use Example Trust, charity 1000002" in page
    known = str(db.session.scalars(select(Supplier.id).where(Supplier.charity_number == "1000002")).one())
    status, page = sent(client, "evaluation/bids/new", **again, known_id=known)
    assert status == 422 and "Example Trust has a bid already." in page


def test_a_bidder_s_particulars_are_put_right_with_a_reason(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **BID)
    assert "Add what its letter needs" in page_of(client, "evaluation/bids")
    typed = {"name": "Example Trust", "email": "a@trust.example", "address": "1 Row", "contact_name": "T. Contact",
             "charity_number": "1000002"}  # fmt: skip
    status, page = sent(client, "evaluation/bids/1/bidder", **typed)
    assert status == 422 and "Say why it is changed" in page
    status, page = sent(client, "evaluation/bids/1/bidder", **typed, reason="From its tender")
    assert status == 200 and "Add what its letter needs" not in page


def test_the_second_saver_of_scores_loses_nothing(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **BID)
    sent(client, "evaluation/bids/1/scores", **SCORES)
    status, page = sent(client, "evaluation/bids/1/scores", **(SCORES | {"reason_1": "Mine."}), version="1000")
    assert status == 409 and "Mine." in page and "See page 1." in page and "changed this while you had it open" in page


def test_evaluators_see_no_price_before_every_score_is_agreed(cast: Cast, client: FlaskClient) -> None:
    file = evaluating(cast)
    grant_role(cast["evaluator1"], Role.CONSULTEE, by=cast["officer"], at=days.at(days.EVALUATED), procurement=file)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    sent(client, "evaluation/bids/new", **BID)
    sign_in(client, cast["evaluator1"])
    page = page_of(client, "evaluation")
    assert "Prices stay closed to evaluators until every score is agreed." in page and "412,500" not in page
    sign_in(client, cast["officer"])
    sent(client, "evaluation/bids/1/scores", **SCORES)
    sign_in(client, cast["evaluator1"])
    assert "£412,500" in page_of(client, "evaluation")


def test_a_low_price_is_asked_about(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    sent(client, "evaluation/bids/new", **(BID | {"price_net": "300000"}))
    sent(client, "evaluation/bids/new", **(BID | {"name": "B", "price_net": "450000", "charity_number": ""}))
    page = page_of(client, "evaluation")
    assert "Example Trust’s price of £300,000 is 33.33% below the mean of the other bid, £450,000." in page
    _, page = sent(client, "evaluation/low-prices", finding="Asked on 1 November. Accepted.")
    assert "The answer is recorded." in page and "Asked on 1 November. Accepted." in page


def test_a_tie_is_settled_on_its_page(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    for place, name in enumerate(("One", "Two"), start=1):
        sent(client, "evaluation/bids/new", **(BID | {"name": name, "price_net": "100", "charity_number": ""}))
        sent(client, f"evaluation/bids/{place}/scores", **SCORES)
    assert "One and Two are level in first place." in page_of(client, "evaluation")
    _, page = sent(client, "evaluation/tie", place="2", how="Lots drawn before two witnesses.")
    assert "Two comes first" in page and "Lots drawn before two witnesses." in page


def test_nothing_is_shown_before_the_bids_are_open(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    assert "The bids aren’t open yet" in page_of(client, "evaluation")
    assert client.get("/procurements/PRO-2027-014/evaluation/bids").status_code == 404


def test_an_auditor_reads_the_result_and_finds_nothing_to_press(cast: Cast, client: FlaskClient) -> None:
    evaluated(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["auditor"])
    page = page_of(client, "evaluation")
    assert "89.67" in page and "evaluation/panel" not in page and "Record the result" not in page
    assert sent(client, "evaluation/finish")[0] == 403
