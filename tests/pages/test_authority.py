"""The pages of a decision: what each reader sees, who may press what, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.authority.models import Decision
from procure.authority.rules import DecisionState, Interest, View
from procure.council.models import Demonstration
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import CARE, Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.people import passwords
from procure.people.models import Holding
from procure.people.rules import Capacity
from tests.an_award import a_lot_to_award
from tests.signing_in import sign_in
from tests.standing import kept

PASSWORD = "correct horse battery staple"
HERE = "/decisions/ODR-2027-118"


def on_the_day(day: date) -> None:
    """The day the pages believe it is."""
    db.session.add(Demonstration(today=day))
    db.session.commit()


@kept
def three_answered(cast: Cast) -> Decision:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.advise(decision, cast)
    demonstration.ask(decision, cast)
    demonstration.early_answers(decision, cast)
    return decision


@kept
def with_the_director(cast: Cast) -> Decision:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.answers(decision, cast)
    with act("chose a password", on=cast["director"], by=Machine("test"), at=at(days.SIGNING)):
        cast["director"].password_hash = passwords.kept(PASSWORD)
    return decision


@pytest.fixture
def waiting(cast: Cast) -> Decision:
    """17 November: three have answered, one hasn't."""
    decision = three_answered(cast)
    on_the_day(days.WAITING)
    return decision


@pytest.fixture
def ready(cast: Cast) -> Decision:
    """19 November: with the director, whose password is known."""
    decision = with_the_director(cast)
    on_the_day(days.SIGNING)
    return decision


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def signing(decision: Decision, **changes: str) -> dict[str, str]:
    return {
        "version": str(decision.version), "interest": "none", "objection_reason": "Both places are in the bid.",
        "password": PASSWORD,
    } | changes  # fmt: skip


def test_the_director_reads_one_page_and_signs(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    shown = page(client, HERE)
    assert "Your decision by Monday 22 November 2027" in shown
    assert "Award the social infrastructure contract to Example Alliance?" in shown
    assert "£126,000" in shown and "below the £666,000 in the report to Cabinet" in shown
    assert shown.index("Go to sign") < shown.index(">Why<")
    assert shown.index(demonstration.OBJECTION) < shown.index("Chief Operating Officer")
    assert "Cabinet gave your post the power to award this contract, in resolution (v) of item 92" in shown
    answer = client.post(f"{HERE}/sign", data=signing(ready), follow_redirects=True)
    assert "You awarded the contract to Example Alliance" in answer.text
    assert "You need do nothing until 6 December" in answer.text
    assert "Your decision is published, and all three bidders are told." in answer.text
    assert db.session.get_one(Decision, ready.id).state is DecisionState.SIGNED


def test_a_wrong_password_keeps_the_reason(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    answer = client.post(f"{HERE}/sign", data=signing(ready, password="not it", objection_reason="My very own reason."))
    assert answer.status_code == 422
    assert "This isn’t your password" in answer.text and "My very own reason." in answer.text
    assert "not it" not in answer.text
    assert db.session.get_one(Decision, ready.id).state is DecisionState.SENT


def test_a_missing_reason_is_shown_at_its_field(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    answer = client.post(f"{HERE}/sign", data=signing(ready, objection_reason=""))
    assert answer.status_code == 422
    assert 'href="#objection_reason"' in answer.text and "Say why you go ahead despite the objection." in answer.text


def test_all_that_keeps_a_signature_is_said_at_once(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    bad = {"version": str(ready.version), "objection_reason": "", "password": "not it"}
    answer = client.post(f"{HERE}/sign", data=bad)
    assert answer.status_code == 422
    for said in (
        "Say whether you have an interest in this decision",
        "Say why you go ahead despite the objection.",
        "This isn’t your password.",
    ):
        assert said in answer.text
    assert db.session.get_one(Decision, ready.id).state is DecisionState.SENT


def test_a_signed_award_is_set_aside_by_its_maker(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    client.post(f"{HERE}/sign", data=signing(ready))
    assert "Only an award can be set aside here." in page(client, f"{HERE}/set-aside")
    sign_in(client, cast["officer"])
    assert client.get(f"{HERE}/set-aside").status_code == 403


def test_an_interest_declared_while_signing_stops_it(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    declared = client.post(
        f"{HERE}/sign", data={"version": ready.version, "interest": Interest.DECLARED.value}, follow_redirects=True
    )
    assert "You have declared an interest in this decision, so you can’t decide it." in declared.text
    assert "You stepped aside" in declared.text and f"{HERE}/refuse" not in declared.text
    again = client.post(f"{HERE}/sign", data=signing(ready))
    assert again.status_code == 422 and "declared an interest" in again.text
    refused = client.post(f"{HERE}/refuse", data={"version": ready.version, "reason": "I would rather not."})
    assert "you can’t decide this either way" in refused.text
    decision = db.session.get_one(Decision, ready.id)
    assert decision.maker_interest_by_id == cast["director"].id and decision.state is DecisionState.SENT
    assert len(db.session.scalars(select(TrailEntry).where(TrailEntry.kind == "refused")).all()) == 1


def test_the_page_says_why_not_above_what_is_done(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    sign_in(client, cast["director"])
    shown = page(client, HERE)
    assert f"The {CARE} hasn’t replied." in shown
    assert shown.index("You can’t sign yet</h2>") < shown.index(">Why<") < shown.index("Who was consulted")
    assert "Ask the officer to chase" in shown and 'name="password"' not in shown
    assert "not ready for you yet" in shown
    asked = client.post(f"{HERE}/ask-to-chase", follow_redirects=True)
    assert "We have asked the case officer to chase" in asked.text


def test_signing_too_early_says_why_and_is_recorded(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    sign_in(client, cast["director"])
    with act("chose a password", on=cast["director"], by=Machine("test"), at=at(days.WAITING)):
        cast["director"].password_hash = passwords.kept(PASSWORD)
    answer = client.post(f"{HERE}/sign", data=signing(waiting))
    assert answer.status_code == 422
    assert "Your signature was not recorded, and nothing has changed." in answer.text
    assert db.session.scalars(select(TrailEntry).where(TrailEntry.kind == "refused")).all()


def test_the_director_returns_it_with_a_reason(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    empty = client.post(f"{HERE}/return", data={"version": ready.version, "reason": " "})
    assert empty.status_code == 422 and "Say why" in empty.text
    done = client.post(f"{HERE}/return", data={"version": ready.version, "reason": "Check it."}, follow_redirects=True)
    assert "You returned it to A. Officer" in done.text
    assert db.session.get_one(Decision, ready.id).ended_because == "Check it."


def test_a_consultee_answers_on_one_page(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    sign_in(client, cast["care"])
    shown = page(client, f"{HERE}/your-view")
    assert "Your view by Thursday 18 November 2027" in shown and "£540,000" in shown
    view = demonstration.view_of(waiting, CARE)
    empty = client.post(f"{HERE}/your-view", data={"version": view.version, "said": "objects", "interest": "none"})
    assert empty.status_code == 422 and "Say what you object to." in empty.text
    said = {"version": view.version, "said": "objects", "text": "No outreach.", "interest": "none"}
    assert client.post(f"{HERE}/your-view", data=said).status_code == 302
    assert demonstration.view_of(db.session.get_one(Decision, waiting.id), CARE).view is View.OBJECTS


def test_the_officer_chases_answers_and_sends(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    sign_in(client, cast["officer"])
    shown = page(client, f"{HERE}/views")
    assert "3 of 4 have answered." in shown and "You can’t send it to the Director" in shown
    view = demonstration.view_of(waiting, CARE)
    chased = client.post(f"{HERE}/views/{view.id}/chase", follow_redirects=True)
    assert f"A reminder went to the {CARE}." in chased.text
    from procure.authority.consulting_actions import answer

    answer(view, said=View.OBJECTS, text="No outreach.", interest=Interest.NONE, by=cast["care"], at=at(days.WAITING))
    assert "You haven’t answered the objection" in page(client, f"{HERE}/views")
    view = demonstration.view_of(db.session.get_one(Decision, waiting.id), CARE)
    client.post(f"{HERE}/views/{view.id}/answer", data={"version": view.version, "text": "At page 14."})
    assert "Send to the Director of Policy and Participation" in page(client, f"{HERE}/views")
    sent = client.post(f"{HERE}/send", follow_redirects=True)
    assert "Sent to the Director" in sent.text


def test_a_substitute_needs_a_rule_and_keeps_what_was_typed(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    sign_in(client, cast["officer"])
    view = demonstration.view_of(waiting, CARE)
    posted = {"version": view.version, "post_id": str(cast.post("Contract Manager").id), "because": "Away till Monday."}
    answer = client.post(f"{HERE}/views/{view.id}/substitute", data=posted)
    assert answer.status_code == 422
    assert "Say which rule lets this post stand in" in answer.text and "Away till Monday." in answer.text


def test_the_draft_is_written_and_saved(client: FlaskClient, cast: Cast) -> None:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    on_the_day(days.PREPARED)
    sign_in(client, cast["officer"])
    assert "Award to Example Network (88.13)" in page(client, f"{HERE}/prepare")
    posted = {
        "version": decision.version, "title": "Award it", "summary": "In short.", "points": "One\nTwo",
        "reasons": "Best", "is_key": "no", "alternatives-0-name": "Not to award", "alternatives-0-reason": "",
    }  # fmt: skip
    answer = client.post(f"{HERE}/prepare", data=posted)
    assert answer.status_code == 422 and "Say why “Not to award” was rejected" in answer.text
    saved = client.post(f"{HERE}/prepare", data=posted | {"alternatives-0-reason": "A gap."})
    assert saved.status_code == 302
    kept = db.session.get_one(Decision, decision.id)
    assert kept.points == "One\nTwo" and [one.name for one in kept.alternatives] == ["Not to award"]


def test_the_second_of_two_savers_sees_what_changed(client: FlaskClient, cast: Cast) -> None:
    from procure.authority import actions

    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    on_the_day(days.PREPARED)
    seen = decision.version
    actions.correct(decision, summary="Theirs.", by=cast["officer"], at=at(days.PREPARED, 12))
    sign_in(client, cast["officer"])
    posted = {
        "version": seen, "title": decision.title, "summary": "Mine.", "points": "One", "reasons": "Best",
        "is_key": "no", "alternatives-0-name": "Not to award", "alternatives-0-reason": "A gap.",
    }  # fmt: skip
    answer = client.post(f"{HERE}/prepare", data=posted)
    assert answer.status_code == 409 and "Theirs." in answer.text and "Mine." in answer.text
    assert db.session.get_one(Decision, decision.id).summary == "Theirs."


def test_advisers_comment_confirm_and_are_locked(client: FlaskClient, cast: Cast) -> None:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    on_the_day(days.PREPARED)
    sign_in(client, cast["finance"])
    assert "Your comments for Finance" in page(client, f"{HERE}/clearances")
    version = decision.clearances[0].version
    client.post(f"{HERE}/clearances", data={"version": version, "text": "Within the budget."})
    assert "Within the budget." in page(client, f"{HERE}/clearances")
    assert client.post(f"{HERE}/clearances", data={"version": version, "text": "Again."}).status_code == 403
    sign_in(client, cast["law"])
    assert "It states no limit on value or term" in page(client, f"{HERE}/confirm-limit")
    version = db.session.get_one(Decision, decision.id).version
    client.post(f"{HERE}/confirm-limit", data={"version": version, "text": "£666,000, from the report."})
    assert db.session.get_one(Decision, decision.id).no_limit_confirmation == "£666,000, from the report."


@pytest.mark.parametrize(
    ("who", "status"),
    [("director", 200), ("care", 200), ("finance", 200), ("officer", 200), ("auditor", 200), ("democratic", 200),
     ("evaluator1", 404), ("manager", 404), ("administrator", 404)],
)  # fmt: skip
def test_who_may_read_a_decision(client: FlaskClient, cast: Cast, ready: Decision, who: str, status: int) -> None:
    sign_in(client, cast[who])
    page(client, HERE, status)
    page(client, f"{HERE}/read", status)


def test_b20_the_auditor_reads_everything_and_can_press_nothing(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["auditor"])
    shown = page(client, HERE)
    assert demonstration.OBJECTION in shown and "For you" not in shown
    assert shown.count("<form") == shown.count('action="/sign-out"')
    for part in ("prepare", "views", "return", "refuse", "publish"):
        assert client.get(f"{HERE}/{part}").status_code == 403
    for part in ("sign", "send", "ask-to-chase"):
        assert client.post(f"{HERE}/{part}").status_code == 403


def test_the_list_shows_what_waits_first_and_the_bodies_behind_it(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["director"])
    shown = page(client, "/decisions")
    assert "1 decision waits for you." in shown and "One objects." in shown
    assert "Participation strategy" in shown
    assert "1 decision waits for you." not in page_as(client, cast, "officer", "/decisions")


def page_as(client: FlaskClient, cast: Cast, who: str, path: str) -> str:
    sign_in(client, cast[who])
    return page(client, path)


def test_a_checklist_of_the_file_leads_to_its_decision(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["officer"])
    answer = client.get("/procurements/PRO-2027-014/award-decision/views")
    assert answer.status_code == 302 and answer.location.endswith(f"{HERE}/views")


def test_work_waits_for_the_right_people(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    from procure.authority.facts import waiting_for

    with client.application.test_request_context():
        care = waiting_for(cast["care"], days.WAITING)
        officer = waiting_for(cast["officer"], days.WAITING)
        director = waiting_for(cast["director"], days.WAITING)
    assert [one.what for one in care] == ["Give your view: award the social infrastructure contract"]
    owed = [one for one in officer if one.kind == "owed"]
    assert [one.who for one in owed] == [CARE] and owed[0].chase.endswith("/chase")
    assert [one.is_ready for one in director] == [False]
    assert "has until Thursday 18 November 2027 to answer" in director[0].note


def test_the_signed_decision_is_published_and_proved(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    demonstration.sign(ready, cast)
    sign_in(client, cast["officer"])
    assert "It is planned for Monday 22 November 2027." in page(client, f"{HERE}/publish")
    version = db.session.get_one(Decision, ready.id).version
    posted = {"version": version, "on-day": "19", "on-month": "11", "on-year": "2027"}
    shown = client.post(f"{HERE}/publish", data=posted, follow_redirects=True).text
    assert "Published on Friday 19 November 2027." in shown
    assert db.session.get_one(Decision, ready.id).digest in shown and "Nothing has changed since." in shown


def test_a_deputy_without_the_role_is_told_who_can_give_it(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    with act("recorded a deputy", on="people", by=Machine("test"), at=at(days.SIGNING)):
        db.session.add(
            Holding(post=ready.post, person=cast["commissioning"], from_on=days.SIGNING, capacity=Capacity.DEPUTY,
                    authority="Scheme of delegation, 2.6")
        )  # fmt: skip
    sign_in(client, cast["commissioning"])
    shown = page(client, HERE)
    assert "You hold the post, but not the role of decision maker." in shown and 'name="password"' not in shown
    assert client.post(f"{HERE}/sign", data=signing(ready)).status_code == 403
