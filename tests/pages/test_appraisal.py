"""The pages of an appraisal: what they say, who may open them, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from procure.appraisal.models import Appraisal
from procure.audit.actions import act
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import SET_UP, Cast
from procure.extensions import db
from procure.people.models import RoleGrant
from procure.people.rules import Role
from procure.procurement.actions import open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from tests.an_appraisal import REFERENCE, a_file, an_appraisal
from tests.signing_in import sign_in

AT = f"/procurements/{REFERENCE}/appraisal"


@pytest.fixture(autouse=True)
def the_day_of_the_drawing(app: Flask) -> None:
    """Pages read today from the demonstration: 25 May 2027."""
    db.session.add(Demonstration(today=days.APPRAISAL))
    db.session.commit()


def words_of(answer: TestResponse) -> str:
    """What a reader sees: the text without tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))))


def version_in(answer: TestResponse) -> str:
    found = re.search(r'name="version" value="(\d+)"', answer.get_data(as_text=True))
    assert found
    return found.group(1)


def appraisal_of(procurement: Procurement) -> Appraisal:
    assert procurement.appraisal is not None
    return procurement.appraisal


# ── the comparison ──


def test_the_comparison_says_the_answer_before_anything_else(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    said = words_of(client.get(AT))
    assert "Option 4 comes first with 84 of 100. It stays first while cost counts for 62% or less." in said
    assert "Option 4 stays first while cost counts for 62% or less. From 63%, option 5 would lead." in said
    for words in ("£722,000", "£666,000", "no VAT", "Council brand deters donors.", "Send to the reviewer"):
        assert words in said
    assert "It costs £167,000 less than a council team over five years." in said
    assert "let go for this reason" in said


def test_a_what_if_ranks_again_and_saves_nothing(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    weights = {f"weight-{key}": value for key, value in enumerate((20, 25, 30, 15, 10), 1)}
    answer = client.post(AT, data=weights, follow_redirects=True)
    assert "With these weights, option 4 still comes first" in words_of(answer)
    assert "Extend and in-house change places." in words_of(answer)
    db.session.expire_all()
    assert [criterion.weight for criterion in appraisal.criteria] == [30, 25, 20, 15, 10]


def test_each_plus_and_minus_gives_five(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    weights = {f"weight-{key}": value for key, value in enumerate((30, 25, 20, 15, 10), 1)}
    answer = client.post(AT, data=weights | {"minus": "1"})
    assert answer.status_code == 303 and "weight-1=25" in answer.location and answer.location.endswith("#what-if")
    said = words_of(client.get(answer.location))
    assert "The weights add up to 95%. They must make 100%. Give out 5% more." in said


@pytest.mark.parametrize("typed", ["abc", "-5", "", "1.5", "<script>", "٣"])
def test_a_weight_that_is_no_number_is_said_and_kept(client: FlaskClient, cast: Cast, typed: str) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    answer = client.post(AT, data={"weight-1": typed}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Weights are whole numbers from 0 to 100." in words_of(answer)


def test_another_criterion_can_be_asked_for(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    assert "stays first whatever stronger sector counts for" in words_of(client.get(f"{AT}?about=1"))
    assert client.get(f"{AT}?about=77").status_code == 200


def test_an_appraisal_just_begun_shows_the_next_thing(client: FlaskClient, cast: Cast) -> None:
    a_file(cast)
    sign_in(client, cast["officer"])
    assert "Begin the appraisal" in words_of(client.get(AT))
    said = words_of(client.post(f"{AT}/begin", follow_redirects=True))
    assert "The options appraisal has begun." in said
    assert "You can’t send it to the reviewer yet" in said
    assert "Describe the need and the outcomes" in said and "Nothing is compared yet" in said


def test_a_purchase_under_the_scheme_has_no_such_page(client: FlaskClient, cast: Cast) -> None:
    a_file(cast, Route.SCHEME)
    sign_in(client, cast["officer"])
    assert client.get(AT).status_code == 404


# ── who may ──

TO_CHANGE = (
    "tasks", "background", "criteria", "criteria/agreed", "options", "options/new", "options/4", "options/4/remove",
    "scores", "scores/4", "costs", "risks", "risks/1", "options/4/risks/new", "not-taken-further",
    "not-taken-further/1", "consultation", "preferred", "send",
)  # fmt: skip


def test_the_officer_opens_every_page(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    for page in TO_CHANGE:
        answer = client.get(f"{AT}/{page}")
        assert answer.status_code == 200, page
        assert answer.get_data(as_text=True).count("<h1") == 1, page


def test_a_reader_sees_the_comparison_and_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["auditor"])
    said = words_of(client.get(AT))
    assert "84.0" in said and "Send to the reviewer" not in said and "Change the appraisal" not in said
    assert all(client.get(f"{AT}/{page}").status_code == 403 for page in TO_CHANGE)
    assert client.post(f"{AT}/background", data={"demand": "none"}).status_code == 403


def test_an_officer_of_another_file_is_turned_away(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    other = a_second_file(cast)
    stranger = cast["evaluator1"]
    with act("gave a role", on="people", by=SET_UP, at=datetime(2027, 5, 1, tzinfo=UTC)):
        db.session.add(
            RoleGrant(person=stranger, role=Role.OFFICER, procurement_id=other.id, from_on=days.BEGIN)
        )  # fmt: skip
    sign_in(client, stranger)
    assert client.get(AT).status_code == 404
    assert all(client.get(f"{AT}/{page}").status_code == 404 for page in TO_CHANGE)


def a_second_file(cast: Cast) -> Procurement:
    return open_file(
        title="Another purchase", route=Route.CABINET, officer=cast["officer"], by=cast["officer"],
        at=days.at(days.BUY_AGAIN),
    )  # fmt: skip


def test_rows_of_another_file_are_not_reached_through_this_one(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    risk = appraisal.options[0].risks[0].id
    other = a_second_file(cast)
    with act("described", on=other, by=SET_UP, at=datetime(2027, 5, 1, tzinfo=UTC)):
        other.need, other.description = "Need.", "Something."
        other.lead_post_id = other.director_post_id = cast.post("Head of Commissioning").id
    sign_in(client, cast["officer"])
    there = f"/procurements/{other.reference}/appraisal"
    assert client.post(f"{there}/begin").status_code == 302
    for page in (f"risks/{risk}", "options/4", "scores/4", "not-taken-further/1"):
        assert client.get(f"{there}/{page}").status_code == 404
    assert client.post(f"{there}/risks/{risk}/remove").status_code == 404


# ── writing ──


def test_a_score_without_a_reason_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    page = client.get(f"{AT}/scores/4")
    data = {"version": version_in(page), "scored_by": str(cast["officer"].id)}
    for row in range(5):
        data |= {f"rows-{row}-score": "3", f"rows-{row}-reason": f"Reason {row}", f"rows-{row}-evidence": "A note"}
    answer = client.post(f"{AT}/scores/4", data=data | {"rows-2-reason": ""})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Say why: every score has its reason (Cost over five years)" in words_of(answer)
    assert "Reason 4" in text and "<title>Error:" in text
    answer = client.post(f"{AT}/scores/4", data=data)
    assert answer.status_code == 302
    db.session.expire_all()
    assert [score.score for score in appraisal.options[3].scores] == [3, 3, 3, 3, 3]


def test_weights_that_do_not_make_a_hundred_come_back_as_typed(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    page = client.get(f"{AT}/criteria")
    data = {"version": version_in(page), "rows-0-name": "Quality", "rows-0-weight": "60", "rows-1-name": "Cost",
            "rows-1-weight": "30", "rows-2-name": "", "rows-2-weight": "",
            "rows-2-definition": "left over"}  # fmt: skip
    answer = client.post(f"{AT}/criteria", data=data)
    assert answer.status_code == 422 and "Enter the name of the criterion" in words_of(answer)
    answer = client.post(f"{AT}/criteria", data=data | {"rows-2-definition": ""})
    assert answer.status_code == 422
    assert "The weights add up to 90%. They must make 100%. Give out 10% more." in words_of(answer)
    assert 'value="Quality"' in answer.get_data(as_text=True)


def test_another_row_can_be_asked_for_without_saving(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    data = {f"rows-{row}-name": "" for row in range(7)} | {"rows-0-name": "Half typed", "more": "1"}
    answer = client.post(f"{AT}/criteria", data=data)
    assert answer.status_code == 200
    assert "rows-7-name" in answer.get_data(as_text=True) and "Half typed" in answer.get_data(as_text=True)


def test_costs_are_read_in_pounds_and_a_bad_one_is_named(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    page = client.get(f"{AT}/costs")
    data = {"version": version_in(page)}
    for row in range(5):
        data |= {f"rows-{row}-years-{year}": "£1,000.50" for year in range(5)}
    answer = client.post(f"{AT}/costs", data=data | {"rows-1-years-1": "a lot"})
    assert answer.status_code == 422 and "Enter an amount in pounds" in words_of(answer)
    assert 'value="a lot"' in answer.get_data(as_text=True)
    assert client.post(f"{AT}/costs", data=data | {"rows-1-years-1": ""}).status_code == 302
    db.session.expire_all()
    assert len(appraisal.options[1].costs) == 4


def test_the_second_saver_sees_the_difference_and_keeps_what_they_typed(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    version = version_in(client.get(f"{AT}/background"))
    mine = {"version": version, "demand": "Mine.", "outcomes": "One", "constraints": "Two"}
    assert client.post(f"{AT}/background", data=mine | {"demand": "Theirs."}).status_code == 302
    answer = client.post(f"{AT}/background", data=mine)
    assert answer.status_code == 409
    said = words_of(answer)
    assert "changed this while you had it open" in said and "Theirs." in said and "Mine." in said
    assert client.post(f"{AT}/background", data=mine | {"version": version_in(answer)}).status_code == 302


def test_the_same_form_sent_twice_acts_once(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    data = {"once": "a" * 32, "name": "Share", "kind": "shared", "has_vat": "yes"}
    assert client.post(f"{AT}/options/new", data=data).status_code == 302
    assert "It was done once" in words_of(client.post(f"{AT}/options/new", data=data, follow_redirects=True))
    db.session.expire_all()
    assert len(appraisal.options) == 6


def test_a_risk_is_added_changed_and_removed(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    data = {
        "text": "Rents rise", "likelihood": "3", "impact": "2", "mitigation": "Ask for space",
        "owner_post": str(cast.post("Contract Manager").id),
    }  # fmt: skip
    assert client.post(f"{AT}/options/3/risks/new", data=data | {"impact": "9"}).status_code == 422
    assert client.post(f"{AT}/options/3/risks/new", data=data).status_code == 302
    db.session.expire_all()
    risk = appraisal.options[2].risks[-1]
    assert client.post(f"{AT}/risks/{risk.id}", data=data | {"impact": "5"}).status_code == 302
    assert "15 of 25" in words_of(client.get(f"{AT}/risks"))
    assert client.post(f"{AT}/risks/{risk.id}/remove").status_code == 302
    assert "Rents rise" not in words_of(client.get(f"{AT}/risks"))


def test_a_consultation_is_written_in_one_go(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    sign_in(client, cast["officer"])
    data = {
        "took_place": "yes", "from_on-day": "12", "from_on-month": "4", "from_on-year": "2027", "until_on-day": "1",
        "until_on-month": "4", "until_on-year": "2027", "led_by": "a consultant", "response_count": "12",
        "events-0-method": "Workshop", "events-0-when": "14 April", "events-0-who": "Groups",
        "findings-0-said": "More help", "findings-0-did": "More help",
    }  # fmt: skip
    answer = client.post(f"{AT}/consultation", data=data)
    assert answer.status_code == 422 and "The last day can’t be before the first." in words_of(answer)
    assert client.post(f"{AT}/consultation", data=data | {"until_on-month": "5"}).status_code == 302
    db.session.expire_all()
    assert appraisal.consultation is not None
    assert [event.method for event in appraisal.consultation.events] == ["Workshop"]
    answer = client.post(f"{AT}/consultation", data={"took_place": "no"})
    assert answer.status_code == 422 and "Say why there was no consultation." in words_of(answer)


# ── the review ──


def test_the_reviewer_is_chosen_from_those_who_neither_wrote_nor_scored(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast)
    sign_in(client, cast["officer"])
    said = words_of(client.get(f"{AT}/send"))
    assert "R. Reviewer, Head of Commissioning" in said
    assert (
        "S. Lead, " not in said and said.count("A. Officer, Procurement Officer") == 2
    )  # in the header only, wide and narrow
    data = {
        "reviewer": str(cast["commissioning"].id), "due_on-day": "28", "due_on-month": "5", "due_on-year": "2027",
    }  # fmt: skip
    said = words_of(client.post(f"{AT}/send", data=data, follow_redirects=True))
    assert "R. Reviewer has it, and answers by Friday 28 May 2027." in said


def test_the_reviewer_agrees_in_their_post(client: FlaskClient, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast, sent=True))
    sign_in(client, cast["commissioning"])
    page = client.get(f"{AT}/review")
    assert "You agree as Head of Commissioning" in words_of(page)
    data = {
        "answer": "agree", "post": str(cast.post("Head of Commissioning").id), "version": version_in(page),
    }  # fmt: skip
    said = words_of(client.post(f"{AT}/review", data=data, follow_redirects=True))
    assert "R. Reviewer, Head of Commissioning, agreed to this appraisal on 25 May 2027." in said
    db.session.expire_all()
    assert appraisal.reviewer_post == "Head of Commissioning"
    assert "There is nothing to review now" in words_of(client.get(f"{AT}/review", follow_redirects=True))


def test_the_reviewer_returns_it_with_what_has_to_be_mended(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast, sent=True)
    sign_in(client, cast["commissioning"])
    page = client.get(f"{AT}/review")
    answer = client.post(f"{AT}/review", data={"answer": "return", "because": "", "version": version_in(page)})
    assert answer.status_code == 422 and "Say what has to be mended" in words_of(answer)
    data = {"answer": "return", "because": "Say more about option 3.", "version": version_in(page)}
    said = words_of(client.post(f"{AT}/review", data=data, follow_redirects=True))
    assert "R. Reviewer returned it: Say more about option 3." in said


def test_nobody_else_opens_the_review(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast, sent=True)
    for who in ("officer", "auditor", "law"):
        sign_in(client, cast[who])
        assert client.get(f"{AT}/review").status_code == 403


def test_a_change_after_the_review_says_that_it_has_ended(client: FlaskClient, cast: Cast) -> None:
    an_appraisal(cast, reviewed=True)
    sign_in(client, cast["officer"])
    page = client.get(f"{AT}/preferred")
    data = {"version": version_in(page), "preferred": "5", "reasons": "Cheaper."} | {
        f"rejections-{row}-reason": "Dearer." for row in range(5)
    }
    said = words_of(client.post(f"{AT}/preferred", data=data, follow_redirects=True))
    assert "The review has ended, because what is compared has changed." in said
    assert "Option 4 comes first with 84 of 100. Option 5 is preferred although it does not." in said
