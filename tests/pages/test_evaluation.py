"""The evaluation pages: panel, bids and files, declarations, scores alone and agreed, sealed prices, the result."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import event, select

from procure.audit.models import TrailEntry
from procure.demonstration import days
from procure.demonstration import evaluation as shown
from procure.demonstration.cast import Cast
from procure.evaluation import actions
from procure.evaluation.models import Bid, BidFile, ConsensusScore, IndividualScore
from procure.extensions import db
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.suppliers.models import Supplier
from tests.a_competition import REFERENCE, evaluated, evaluating, on_the_day, open_to_bids, page_of, sent
from tests.an_evaluation import (
    THREE,
    a_bid,
    agreed,
    all_scored,
    declare,
    finish_alone,
    look_everybody_up,
    member,
    name_panel,
    numbers,
)
from tests.documents.reckoning import Reckoner
from tests.signing_in import sign_in

BID = {
    "name": "Example Trust", "price_net": "412,500", "charity_number": "1000002",
    "received_at-day": "11", "received_at-month": "10", "received_at-year": "2027", "received_at-time": "11:42am",
}  # fmt: skip
OTHER = BID | {"name": "Example Alliance", "price_net": "450000", "charity_number": "", "company_number": "1234567"}
DUE = {
    "scores_due_on-day": "26", "scores_due_on-month": "10", "scores_due_on-year": "2027",
    "agree_due_on-day": "9", "agree_due_on-month": "11", "agree_due_on-year": "2027",
}  # fmt: skip
PDF = b"%PDF-1.4\nAn invented tender."


def begin(cast: Cast, client: FlaskClient) -> Lot:
    lot = evaluating(cast).only_lot
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    return lot


def own(lot: Lot, *scores: int) -> dict[str, str]:
    """A form of one's own scores of a bid."""
    found = list(zip(numbers(lot), scores, strict=True))
    return {f"score_{n}": str(score) for n, score in found} | {f"reason_{n}": f"See page {n}." for n, _ in found}


def refusals() -> list[str]:
    return list(db.session.scalars(select(TrailEntry.said).where(TrailEntry.kind == "refused").order_by(TrailEntry.id)))


# ── from the panel to the result ──


def test_a_whole_evaluation_is_walked_page_by_page(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    page = page_of(client, "evaluation")
    assert "Name the panel" in page and "Can’t start yet" in page
    panel = {"evaluators": [str(cast[key].id) for key in THREE], "moderator": str(cast["moderator"].id)}
    assert (
        "The panel is saved, and each new member has a letter." in sent(client, "evaluation/panel", **panel, **DUE)[1]
    )
    status, page = sent(client, "evaluation/bids/new", **BID)
    assert status == 200 and "The bid of Example Trust is entered." in page and "Put files with this bid" in page
    sent(client, "evaluation/bids/new", **OTHER)
    one, two = (str(key) for key in db.session.scalars(select(Bid.id).order_by(Bid.id)))
    for key in (*THREE, "moderator"):
        sign_in(client, cast[key])
        assert "Declare conflicts of interest" in page_of(client, "evaluation")
        _, page = sent(client, "evaluation/declaration", **{f"bid_{one}": "no", f"bid_{two}": "no"})
        assert "Your declaration is recorded." in page
    for key in THREE:
        sign_in(client, cast[key])
        _, page = sent(client, "evaluation/my-scores/1", **own(lot, 4, 3, 4, 4), next="yes")
        assert "Your scores of Example Alliance" in page
        _, page = sent(client, "evaluation/my-scores/2", **own(lot, 5, 4, 4, 4))
        assert "Finish and lock your scores" in page
        assert "You have finished, and your scores are locked." in sent(client, "evaluation/my-scores/finish")[1]
    sign_in(client, cast["moderator"])
    for number, (first, second) in zip(numbers(lot), ((4, 5), (3, 4), (4, 4), (4, 4)), strict=True):
        fields = {f"score_{one}": first, f"reason_{one}": "Page 1.", f"score_{two}": second, f"reason_{two}": "Page 2."}
        _, page = sent(client, f"evaluation/moderation/{number}", **fields)
    assert "Every score is agreed. Prices are open." in page
    assert "Example Alliance comes first with 89.67 of 100." in page
    assert "40 × £412,500 ÷ £450,000 = 36.67" in page and "25 × 5 ÷ 5 = 25.00" in page
    sign_in(client, cast["officer"])
    assert "Example Alliance comes first with 89.67 of 100." in page_of(client, "evaluation")
    assert "The result is recorded." not in sent(client, "evaluation/finish")[1]
    look_everybody_up(lot, cast)
    status, page = sent(client, "evaluation/finish")
    assert "The result is recorded." in page
    assert db.session.scalars(select(Bid)).first().lot.stage is Stage.DECIDING_AWARD  # type: ignore[union-attr]


# ── bids and files ──


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


def test_a_late_bid_stands_apart_with_its_reason(cast: Cast, client: FlaskClient) -> None:
    begin(cast, client)
    late = BID | {"received_at-time": "2:01pm", "is_set_aside": "y", "set_aside_because": "A minute late."}
    sent(client, "evaluation/bids/new", **late)
    page = page_of(client, "evaluation/bids")
    assert "Held apart, not evaluated" in page and "A minute late." in page


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


def test_files_are_put_with_a_bid_and_downloaded_as_they_came(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "Smith & Sons <Ltd>")
    two = [(io.BytesIO(PDF), "../tender.pdf"), (io.BytesIO(b"Our words."), "Answer “one”.txt")]
    status, page = sent(client, "evaluation/bids/1/files", files=two, kind="quality")
    assert status == 200 and "2 files are with the bid." in page and "Smith &amp; Sons &lt;Ltd&gt;" in page
    assert "SHA-256" in page and f"{len(PDF)} bytes" in page
    answer = client.get(f"/procurements/{REFERENCE}/evaluation/bids/1/files/1/content")
    assert answer.data == PDF and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "attachment; filename=tender.pdf"
    _, page = sent(client, "evaluation/bids/1/files/1", kind="quality", withdrawn_because="The wrong bidder’s.")
    assert "Withdrawn: The wrong bidder’s." in page


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.pdf", "empty.pdf is empty. Choose the file again."),
        (b"MZ\x90\x00\x03", "tender.pdf", "tender.pdf can’t be taken in. Send it as PDF"),
        (b"<html><script>", "tender.txt", "tender.txt can’t be taken in."),
        (b"PK\x03\x04 not a zip", "tender.docx", "tender.docx can’t be taken in."),
    ],
    ids=["empty", "program", "page", "broken"],
)
def test_a_file_that_isn_t_taken_says_why_at_the_field_and_none_is_kept(
    cast: Cast, client: FlaskClient, content: bytes, name: str, says: str
) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    files = [(io.BytesIO(PDF), "good.pdf"), (io.BytesIO(content), name)]
    status, page = sent(client, "evaluation/bids/1/files", files=files, kind="price")
    assert status == 422 and says in page and 'id="files-error"' in page
    assert db.session.scalars(select(BidFile)).first() is None
    status, page = sent(client, "evaluation/bids/1/files", kind="price")
    assert status == 422 and "Choose one or more files" in page


def test_a_bid_may_be_bigger_than_other_files_and_a_file_of_it_has_its_limit(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    big = b"%PDF-" + b"0" * (21 * 1024 * 1024)
    status, page = sent(client, "evaluation/bids/1/files", files=[(io.BytesIO(big), "big.pdf")], kind="quality")
    assert status == 200 and "big.pdf is with the bid." in page
    answer = client.get(f"/procurements/{REFERENCE}/evaluation/bids/1/files/1/content")
    assert answer.data == big and answer.content_length == len(big)
    monkeypatch.setattr("procure.evaluation.views.files.MOST_BID_BYTES", 1024 * 1024)
    status, page = sent(client, "evaluation/bids/1/files", files=[(io.BytesIO(big), "big.pdf")], kind="quality")
    assert status == 422 and "big.pdf has 21 MB. A file may have 1 MB at most." in page
    other = client.post(f"/procurements/{REFERENCE}/evaluation/panel", data={"note": (io.BytesIO(big), "big.pdf")})
    assert other.status_code == 413, "nowhere else may so much be sent"


def test_the_panel_reads_a_bid_only_after_declaring_and_a_stranger_never(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    sent(client, "evaluation/bids/1/files", files=[(io.BytesIO(PDF), "a.pdf")], kind="quality")
    sent(client, "evaluation/bids/1/files", files=[(io.BytesIO(PDF + b"2"), "b.pdf")], kind="price")
    name_panel(lot, cast)
    sign_in(client, cast["evaluator1"])
    content = f"/procurements/{REFERENCE}/evaluation/bids/1/files"
    for path in (content, f"{content}/1/content"):
        answer = client.get(path)
        assert answer.status_code == 422 and "First declare, bidder by bidder" in answer.get_data(as_text=True)
    declare(lot, cast, "evaluator1")
    assert "Closed until every score is agreed" in client.get(content).get_data(as_text=True)
    assert client.get(f"{content}/1/content").data == PDF
    assert client.get(f"{content}/2/content").status_code == 422
    assert refusals() == [
        "tried and was refused: opened the bid of One",
        "tried and was refused: opened the file a.pdf of One",
        "tried and was refused: opened the file b.pdf of One",
    ]
    for key, status in (("director", 403), ("administrator", 404), ("democratic", 403), ("auditor", 200)):
        sign_in(client, cast[key])
        assert client.get(f"{content}/1/content").status_code == status, key


# ── declarations ──


def test_an_interest_is_declared_in_words_and_decided_by_the_officer(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    sign_in(client, cast["evaluator1"])
    status, page = sent(client, "evaluation/declaration")
    assert status == 422 and "Say whether you have an interest in One" in page
    status, page = sent(client, "evaluation/declaration", **{f"bid_{bid.id}": "yes"})
    assert status == 422 and "Say what the interest is" in page
    _, page = sent(client, "evaluation/declaration", **{f"bid_{bid.id}": "yes", f"what_{bid.id}": "I own shares."})
    assert "The officer decides whether you may take part." in page
    sign_in(client, cast["officer"])
    assert "Decide about Evaluator 1’s interest" in page_of(client, "evaluation")
    page = page_of(client, f"evaluation/interests/{member(lot, cast, 'evaluator1').declarations[0].id}")
    assert "I own shares." in page
    path = f"evaluation/interests/{member(lot, cast, 'evaluator1').declarations[0].id}"
    _, page = sent(client, path, outcome="steps_down", reason="Shares matter.")
    assert (
        "Your decision about the interest is recorded." in page and "Name three evaluators. You have named two." in page
    )


# ── scores alone ──


def test_a_score_that_is_no_whole_number_is_refused_and_the_reasons_stay(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    sign_in(client, cast["evaluator1"])
    first, second, third, fourth = numbers(lot)
    typed = own(lot, 4, 4, 4, 4)
    status, page = sent(client, "evaluation/my-scores/1", **(typed | {f"score_{second}": "3.4"}))
    assert status == 422 and "Choose a whole number from 0 to 5, as published. Never an average" in page
    assert f"See page {first}." in page and f"See page {fourth}." in page
    status, page = sent(client, "evaluation/my-scores/1", **(typed | {f"reason_{third}": ""}))
    assert status == 422 and "Give your reason for this score." in page
    status, page = sent(client, "evaluation/my-scores/1", **{f"reason_{first}": "A reason alone."})
    assert status == 422 and "Choose the score that this reason is for" in page
    assert db.session.scalars(select(IndividualScore)).first() is None


def test_scores_are_saved_in_part_taken_up_again_and_nobody_else_s(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    sign_in(client, cast["evaluator1"])
    first = numbers(lot)[0]
    sent(client, "evaluation/my-scores/1", **{f"score_{first}": "4", f"reason_{first}": "Mine alone."})
    page = page_of(client, "evaluation/my-scores/1")
    assert "Mine alone." in page and 'value="4" checked' in page
    assert "1 of 4 scored" in page_of(client, "evaluation")
    status, page = sent(client, "evaluation/my-scores/finish")
    assert status == 422 and "One lacks 3 scores" in page
    sign_in(client, cast["evaluator2"])
    assert "Mine alone." not in page_of(client, "evaluation/my-scores/1")
    for key in ("moderator", "officer"):
        sign_in(client, cast[key])
        assert client.get(f"/procurements/{REFERENCE}/evaluation/my-scores/1").status_code == 403
        answer = client.get(f"/procurements/{REFERENCE}/evaluation/moderation")
        assert answer.status_code == 422 and "stay sealed until every evaluator has finished" in answer.text
        assert "Mine alone." not in page_of(client, "history")


def test_the_officer_opens_locked_scores_again_with_a_reason(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One")
    all_scored(lot, cast)
    path = f"evaluation/panel/{member(lot, cast, 'evaluator1').id}/reopen"
    status, page = sent(client, path)
    assert status == 422 and "Say why the scores are opened again" in page
    _, page = sent(client, path, because="A page was missing.")
    assert "Evaluator 1 can change the scores again." in page and "Evaluator 1 hasn’t finished scoring." in page


# ── scores agreed ──


def test_the_moderator_sees_them_side_by_side_and_agrees_one_whole_number(cast: Cast, client: FlaskClient) -> None:
    file = evaluating(cast)
    shown.receive(file, cast)
    shown.score_alone(file, cast)
    on_the_day(days.MODERATED)
    lot = file.only_lot
    sign_in(client, cast["moderator"])
    second = numbers(lot)[1]
    page = page_of(client, f"evaluation/moderation/{second}")
    assert "They differ by 2. Talk about Evaluator 2 and Evaluator 1 first." in page
    assert "Names four wards only. No plan for the rest." in page and "Strong partners" in page
    assert (
        "We never work out an average" in page and "Lowest 2, highest 4" in page and "£" not in page.split("<main")[1]
    )
    trust, alliance, network = db.session.scalars(select(Bid.id).order_by(Bid.id))
    path = f"evaluation/moderation/{second}"
    status, page = sent(client, path, **{f"score_{trust}": "3.4", f"reason_{trust}": "Kept."})
    assert status == 422 and "Never an average" in page and "Kept." in page
    status, page = sent(client, path, **{f"score_{trust}": "3"})
    assert status == 422 and "Give the panel’s reason for this score." in page
    assert db.session.scalars(select(ConsensusScore)).first() is None
    _, page = sent(client, path, **{f"score_{trust}": "3", f"reason_{trust}": "Partners are strong."}, later="yes")
    assert "Scores side by side" in page and "still to be agreed" in page
    status, page = sent(client, path, **{f"score_{trust}": "2", f"reason_{trust}": "Mine."}, version="1000")
    assert status == 409 and "Mine." in page and "changed this while you had it open" in page
    sign_in(client, cast["evaluator1"])
    page = page_of(client, path)
    assert "Record these scores" not in page and "Partners are strong." in page
    assert (
        "The moderator records the agreed scores"
        in sent(client, path, **{f"score_{trust}": "3", f"reason_{trust}": "x"})[1]
    )
    assert alliance != network


def test_moderation_asks_the_database_as_often_for_many_bids_and_evaluators_as_for_few(
    cast: Cast, client: FlaskClient
) -> None:
    lot = begin(cast, client)
    counted: list[str] = []

    def count(*args: object) -> None:
        counted.append(str(args[2]))

    def queries_of(path: str) -> int:
        page_of(client, path)
        counted.clear()
        page_of(client, path)
        return len(counted)

    a_bid(lot, cast, "Bidder 1")
    name_panel(lot, cast)
    declare(lot, cast)
    finish_alone(lot, cast)
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        few = queries_of("evaluation/moderation"), queries_of(f"evaluation/moderation/{numbers(lot)[0]}")
        for name in ("Bidder 2", "Bidder 3", "Bidder 4"):
            a_bid(lot, cast, name)
        name_panel(lot, cast, *THREE, "manager")
        declare(lot, cast, *THREE, "manager", "moderator")
        finish_alone(lot, cast, *THREE, "manager")
        many = queries_of("evaluation/moderation"), queries_of(f"evaluation/moderation/{numbers(lot)[0]}")
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert few == many


# ── prices and the result ──


def test_a_panel_member_s_try_to_open_prices_is_refused_and_in_the_history(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    a_bid(lot, cast, "One", 412_500)
    all_scored(lot, cast)
    for key in ("evaluator1", "moderator"):
        sign_in(client, cast[key])
        for path in ("evaluation", "evaluation/moderation", "history"):
            assert "412,500" not in page_of(client, path)
        for path in ("evaluation/prices", "evaluation/ranking.csv", "evaluation/ranking.xlsx"):
            answer = client.get(f"/procurements/{REFERENCE}/{path}")
            assert answer.status_code == 422 and "Prices stay closed to the panel" in answer.text
    assert refusals() == ["tried and was refused: opened the prices"] * 6
    sign_in(client, cast["officer"])
    assert "£412,500" in page_of(client, "evaluation/prices") and "refused" in page_of(client, "history")
    sign_in(client, cast["director"])
    assert client.get(f"/procurements/{REFERENCE}/evaluation/prices").status_code == 403


def test_the_ranking_is_a_table_to_recompute(cast: Cast, client: FlaskClient) -> None:
    evaluated(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["evaluator1"])
    answer = client.get(f"/procurements/{REFERENCE}/evaluation/ranking.csv")
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert answer.mimetype == "text/csv" and lines[0].startswith(
        "Place,Bidder,Price without VAT,1 Understanding of need"
    )
    assert lines[1].startswith("1,Example Alliance,450000.00,5,25.00,4,12.00") and ",53.00,36.67," in lines[1]


def test_the_ranking_is_a_workbook_that_agrees_with_the_record(cast: Cast, client: FlaskClient) -> None:
    evaluated(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["evaluator1"])
    assert "evaluation/ranking.xlsx" in page_of(client, "evaluation/prices")
    answer = client.get(f"/procurements/{REFERENCE}/evaluation/ranking.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    reckoned = Reckoner(load_workbook(io.BytesIO(answer.get_data())))
    assert [reckoned.at("As recorded", f"{column}10") for column in "ABGI"] == [1, "Example Alliance", 89.67, "OK"]


def test_a_low_price_is_asked_about(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    agreed(lot, cast, {"Example Trust": (300_000, (3, 3, 3, 3)), "B": (450_000, (3, 3, 3, 3))})
    page = page_of(client, "evaluation")
    assert "Example Trust’s price of £300,000 is 33.33% below the mean of the other bid, £450,000." in page
    path = "evaluation/bids/1/low-price"
    asked = {"asked_on-day": "5", "asked_on-month": "11", "asked_on-year": "2027"}
    status, page = sent(client, path, **asked, accepted="yes", finding="It shares an office.")
    assert status == 422 and "Enter the day on which the bidder answered." in page and "It shares an office." in page
    came = {"answered_on-day": "8", "answered_on-month": "11", "answered_on-year": "2027"}
    _, page = sent(client, path, **asked, **came, accepted="yes", finding="It shares an office.")
    assert "The answer explains the price." in page and "Answered on 8 November 2027." in page


def test_a_tie_is_settled_on_its_page(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    agreed(lot, cast, {"One": (100, (3, 3, 3, 3)), "Two": (100, (3, 3, 3, 3))})
    assert "One and Two are level in first place." in page_of(client, "evaluation")
    _, page = sent(client, "evaluation/tie", place="2", how="Lots drawn before two witnesses.")
    assert "Two comes first" in page and "Lots drawn before two witnesses." in page


def test_nothing_is_shown_before_the_bids_are_open(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    assert "The bids aren’t open yet" in page_of(client, "evaluation")
    for path in ("bids", "my-scores", "moderation", "prices", "declaration"):
        assert client.get(f"/procurements/{REFERENCE}/evaluation/{path}").status_code == 404


def test_an_auditor_reads_the_result_and_finds_nothing_to_press(cast: Cast, client: FlaskClient) -> None:
    evaluated(cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["auditor"])
    page = page_of(client, "evaluation")
    assert "89.67" in page and "evaluation/panel" not in page and "Record the result" not in page
    assert "Residents" in page_of(client, f"evaluation/moderation/{numbers(_lot())[0]}")
    assert sent(client, "evaluation/finish")[0] == 403


def _lot() -> Lot:
    return db.session.scalars(select(Lot)).one()


def test_a_person_on_the_panel_is_told_what_waits_for_them(cast: Cast, client: FlaskClient) -> None:
    lot = begin(cast, client)
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    sign_in(client, cast["evaluator1"])
    assert "Declare conflicts of interest" in client.get("/", follow_redirects=True).text
    actions.declare(member(lot, cast, "evaluator1"), {bid.id: ""}, by=cast["evaluator1"], at=days.at(days.EVALUATED))
    assert "Score the bids" in client.get("/", follow_redirects=True).text
