"""The award pages: the one next step, letters, the standstill with its working, a challenge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.award.models import Award
from procure.demonstration import authority, award, days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.actions import move
from procure.suppliers.actions import correct
from procure.suppliers.rules import Particulars
from tests.a_competition import announced, evaluated, on_the_day, page_of, recommended, sent, signed
from tests.signing_in import sign_in
from tests.two_lots import two_lots


def day_of(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_the_award_is_recommended_from_the_ranking(cast: Cast, client: FlaskClient) -> None:
    evaluated(cast)
    on_the_day(days.PREPARED)
    sign_in(client, cast["officer"])
    assert "Recommend the award to Example Alliance" in page_of(client, "award")
    page = page_of(client, "award/recommend")
    for drafted in (
        "£540,000 including VAT, £450,000 without",
        "It came first of three, with 89.67 of 100.",
        "Award to Example Network (88.13)",
        "It has more points for quality (55.00 to 53.00), but fewer points for price (33.13 to 36.67).",
        "Cabinet, 13 July 2027, item 92",
        "Director of Law and Governance",
        "None is required for this contract. Eight working days are planned",
    ):
        assert drafted in page, drafted
    status, page = sent(client, "award/recommend", summary="", reasons="It came first.", why_1="Lower.")
    assert status == 422 and "Say in plain words what the award does for the borough" in page
    assert "Say why this was rejected: Award to Example Trust (85.00)" in page and "It came first." in page
    status, page = sent(
        client, "award/recommend", summary="Support for groups.", reasons="It came first.\nIt knows every ward.",
        why_1="Lower.", why_2="Lower still.", why_3="There would be a gap.",
    )  # fmt: skip
    assert status == 200 and "The award is recommended." in page
    found = db.session.scalars(select(Award)).one().decision
    assert found.reasons == "It came first.\nIt knows every ward." and found.summary == "Support for groups."
    assert [(one.name, one.reason) for one in found.alternatives][:2] == [
        ("Award to Example Network (88.13)", "Lower."), ("Award to Example Trust (85.00)", "Lower still.")
    ]  # fmt: skip
    page = page_of(client, "award")
    assert "Example Alliance is recommended, for at most £540,000 including VAT." in page
    assert "hasn’t signed" in page and "not signed yet" in page


def test_a_value_above_what_was_approved_asks_for_its_reason(cast: Cast, client: FlaskClient) -> None:
    file = evaluated(cast)
    with act("stated what was approved", on=file, by=Machine("test"), at=days.at(days.PREPARED)):
        file.approved_gross, file.advertised_gross = Decimal(500_000), Decimal(540_000)
    on_the_day(days.PREPARED)
    sign_in(client, cast["officer"])
    over = "£540,000 including VAT is £40,000 more than the £500,000 that was approved."
    assert over in page_of(client, "award/recommend")
    words = {"summary": "Support.", "reasons": "First.", "why_1": "Lower.", "why_2": "Lower.", "why_3": "A gap."}
    status, page = sent(client, "award/recommend", **words)
    assert status == 422 and "Say why it may cost more than was approved" in page
    status, page = sent(client, "award/recommend", **words, over_reason="Finance found the rest.")
    assert status == 200
    reference = db.session.scalars(select(Award)).one().decision.reference
    for key in ("director", "officer"):
        sign_in(client, cast[key])
        assert f"{over} Finance found the rest." in client.get(f"/decisions/{reference}/read").text


def test_a_void_recommendation_says_so_wherever_it_is_read(cast: Cast, client: FlaskClient) -> None:
    file = recommended(cast)
    found = db.session.scalars(select(Award)).one()
    authority.answers(found.decision, cast)
    move(file.only_lot, "send back a stage", by=cast["officer"], at=days.at(days.VIEWS_DUE, 16), note="A wrong bid.")
    move(file.only_lot, "record the result", by=cast["officer"], at=days.at(days.VIEWS_DUE, 17))
    on_the_day(days.SIGNING)
    sign_in(client, cast["officer"])
    page = page_of(client, "award")
    assert "This recommendation is void" in page and "was withdrawn. The file went back to its evaluation." in page
    assert "Recommend the award again" in page
    sign_in(client, cast["director"])
    page = client.get(f"/decisions/{found.decision.reference}").text
    assert "This decision is over" in page and "A wrong bid." in page and 'name="password"' not in page


def test_each_lot_has_an_award_page_of_its_own(cast: Cast, client: FlaskClient) -> None:
    two_lots(cast)
    on_the_day(days.PREPARED)
    sign_in(client, cast["officer"])
    west = client.get("/procurements/PRO-2027-014-L1/award/recommend").text
    assert "lot 1: West of the borough to Example Alliance" in west
    answer = client.post("/procurements/PRO-2027-014-L1/award/recommend", follow_redirects=True)
    assert "lot 1: West of the borough" in answer.text
    assert "Example Alliance is recommended" in client.get("/procurements/PRO-2027-014-L1/award").text
    east = client.get("/procurements/PRO-2027-014-L2/award").text
    assert "Example Alliance comes first" not in east and "There is no result yet" in east
    to_west = client.get("/procurements/PRO-2027-014-L1/award-decision/decision", follow_redirects=True)
    assert "lot 1: West of the borough to Example Alliance" in to_west.text
    assert client.get("/procurements/PRO-2027-014-L2/award-decision/decision").status_code == 404


def test_the_page_says_one_next_step_from_signature_to_standstill(cast: Cast, client: FlaskClient) -> None:
    file = signed(cast)
    on_the_day(days.STANDSTILL)
    sign_in(client, cast["officer"])
    assert "Decide about the standstill" in page_of(client, "award")
    assert "The letters name the day of the award notice" in page_of(client, "award/letters")

    plan = {**day_of("on", days.STANDSTILL), "has_standstill": "yes", "days": "7"}
    status, page = sent(client, "award/standstill", **plan)
    assert status == 422 and "Working days must be between 8 and 60" in page
    status, page = sent(client, "award/standstill", **(plan | {"has_standstill": "no", "days": "8"}))
    assert status == 422 and "Say why there is no standstill" in page
    status, page = sent(client, "award/standstill", **(plan | {"days": "8"}))
    assert "The plan is saved." in page and "Write the letters to the bidders" in page

    page = page_of(client, "award/letters")
    assert "Your tender had fewer points for quality (45.00 to 53.00), but more points for price" in page
    status, page = sent(client, "award/letters", reason_1="", reason_3="Its total was lower.", asks="Send a policy")
    assert status == 422 and "Say why Example Trust is not awarded the contract" in page and "Send a policy" in page
    assert "No letter has been written." in page_of(client, "award/notice")
    status, page = sent(client, "award/letters", reason_1="Its total was lower.", reason_3="Its total was lower.")
    assert "The letters are written. Read them, then send them." in page and "Send the three letters" in page
    assert "hasn’t been sent" in page_of(client, "award/notice") or "haven’t been sent" in page_of(
        client, "award/notice"
    )
    status, page = sent(client, "award/letters/send")
    assert "The letters are on their way." in page and "Record the award notice" in page

    status, page = sent(client, "award/notice", **day_of("published_on", days.STANDSTILL))
    assert status == 422 and "Enter the number of the notice." in page
    status, page = sent(client, "award/notice", reference="058114-2027", **day_of("published_on", days.STANDSTILL))
    assert "Nobody may enter into the contract before the end of" in page and "Friday 3 December 2027" in page
    assert file.reference == "PRO-2027-014"


def test_what_a_letter_lacks_is_named_with_the_page_that_mends_it(cast: Cast, client: FlaskClient) -> None:
    file = signed(cast)
    award.plan(file, cast)
    network = next(bid.supplier for bid in file.only_lot.bids if bid.supplier.name == "Example Network")
    correct(
        network, Particulars("Example Network", "bids@network.example", "N. Contact", "", charity_number="1000001"),
        because="Moved", by=cast["officer"], at=days.at(days.STANDSTILL),
    )  # fmt: skip
    on_the_day(days.STANDSTILL)
    sign_in(client, cast["officer"])
    status, page = sent(client, "award/letters", reason_1="Lower.", reason_3="Lower.")
    assert status == 422 and "Postal address of Example Network" in page
    assert '/procurements/PRO-2027-014/evaluation/bids/3/bidder"' in page


def test_the_standstill_shows_how_it_is_worked_out(cast: Cast, client: FlaskClient) -> None:
    announced(cast)
    on_the_day(days.STANDSTILL)
    sign_in(client, cast["officer"])
    page = page_of(client, "award")
    assert "Friday 3 December 2027" in page and "Monday 6 December 2027" in page
    assert "St Andrew’s Day, bank holiday in Scotland" in page and "Procurement Act 2023, section 51" in page
    assert "With England’s bank holidays alone it would end 1 day too early, on 2 December." in page
    assert "The award notice states one, so it binds." in page
    assert "four consulted, one objects" in page and "signed on 19 November 2027" in page
    assert "058114-2027" in page


def test_a_challenge_is_recorded_and_lifted(cast: Cast, client: FlaskClient) -> None:
    announced(cast)
    on_the_day(date(2027, 12, 2))
    sign_in(client, cast["officer"])
    told = {**day_of("notified_at", date(2027, 12, 1)), "notified_at-time": "4pm"}
    status, page = sent(client, "award/challenge", claimant="", **told)
    assert status == 422 and "Enter who has made the claim" in page
    status, page = sent(client, "award/challenge", claimant="Example Trust", **told)
    assert "The contract is held" in page and "Example Trust has made a claim." in page
    status, page = sent(
        client, "award/challenge/1/lift", lifted_by="Claim withdrawn", **day_of("lifted_on", date(2027, 12, 2))
    )
    assert "The hold is lifted." in page and "Claim withdrawn" in page and "The contract is held" not in page


def test_the_details_notice_waits_for_the_contract(cast: Cast, client: FlaskClient) -> None:
    announced(cast)
    on_the_day(days.STANDSTILL)
    sign_in(client, cast["officer"])
    assert "the contract hasn’t been signed" in page_of(client, "award/details-notice")
    status, _ = sent(client, "award/details-notice", reference="1", **day_of("published_on", days.STANDSTILL))
    assert status == 422


def test_nobody_but_the_officer_presses_anything(cast: Cast, client: FlaskClient) -> None:
    recommended(cast)
    found = db.session.scalars(select(Award)).one()
    authority.answers(found.decision, cast)
    on_the_day(days.SIGNING)
    for key in ("auditor", "director"):
        sign_in(client, cast[key])
        page = page_of(client, "award")
        assert (
            "Example Alliance is recommended" in page
            and "govuk-button" not in page.split("<main")[1].split("</main")[0]
        )
        assert sent(client, "award/recommend")[0] == 403
