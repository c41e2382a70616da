"""The pages of a consultee, of the director and of the officer who asks and chases: what each reads and may press."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority import consulting_actions, signing_actions
from procure.authority.models import Decision
from procure.authority.rules import ConsultationMode, DecisionState, Interest, View
from procure.council.models import Demonstration
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import CARE, COMMUNITY, DIRECTOR, Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.now import real_now
from procure.people import passwords
from procure.people.models import Cover, Holding
from tests.an_award import a_lot_to_award
from tests.signing_in import sign_in

TEST = Machine("test")
PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = "/decisions/ODR-2027-118"


@pytest.fixture
def waiting(cast: Cast) -> Decision:
    """17 November: three have answered, one hasn't."""
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.advise(decision, cast)
    demonstration.ask(decision, cast)
    demonstration.early_answers(decision, cast)
    db.session.add(Demonstration(today=days.WAITING))
    db.session.commit()
    return decision


@pytest.fixture
def ready(cast: Cast) -> Decision:
    """19 November: with the director, who has a password and a phone."""
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.answers(decision, cast)
    with act("chose a password", on=cast["director"], by=TEST, at=at(days.SIGNING)):
        cast["director"].password_hash = passwords.kept(PASSWORD)
        cast["director"].totp_secret, cast["director"].totp_confirmed_at = SECRET, at(days.SIGNING)
    db.session.add(Demonstration(today=days.SIGNING))
    db.session.commit()
    return decision


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def signing(decision: Decision, **changes: str) -> dict[str, str]:
    return {
        "version": str(decision.version), "interest": "none", "objection_reason": "Both places are in the bid.",
        "password": PASSWORD,
    } | changes  # fmt: skip


# ── the consultee ──


def test_who_must_agree_is_asked_whether_they_agree(client: FlaskClient, cast: Cast, waiting: Decision) -> None:
    view = demonstration.view_of(waiting, CARE)
    with act("read the words again", on=view, by=TEST, at=at(days.WAITING)):
        view.mode = ConsultationMode.AGREE
        next(one for one in waiting.delegation.consultees if one.post is view.post).mode = ConsultationMode.AGREE
    sign_in(client, cast["care"])
    shown = page(client, f"{HERE}/your-view")
    assert "Do you agree?" in shown and "I don’t agree" in shown and "Comments alone aren’t an agreement" in shown
    posted = {"version": str(view.version), "said": "objects", "interest": "none"}
    refused = client.post(f"{HERE}/your-view", data=posted)
    assert refused.status_code == 422 and "Say why you don’t agree." in unescape(refused.text)
    client.post(f"{HERE}/your-view", data=posted | {"said": "comments", "text": "Name both estates first."})
    shown = page(client, f"{HERE}/your-view")
    assert "Comments, not agreed" in shown and "You can change it until the decision goes to the" in shown
    sign_in(client, cast["officer"])
    assert "has commented, and not agreed" in page(client, f"{HERE}/views")


def test_who_has_an_interest_steps_aside_and_loses_the_closed_papers(
    client: FlaskClient, cast: Cast, waiting: Decision
) -> None:
    sign_in(client, cast["care"])
    view = demonstration.view_of(waiting, CARE)
    posted = {"version": str(view.version), "said": "content", "interest": "declared"}
    missing = client.post(f"{HERE}/your-view", data=posted)
    assert missing.status_code == 422 and "Say what your interest is." in missing.text
    told = client.post(f"{HERE}/your-view", data=posted | {"interest_text": "My sister"}, follow_redirects=True)
    assert "so step aside" in told.text
    shown = page(client, f"{HERE}/your-view")
    assert "Step aside from this decision" in shown and "No paper is open to you." in shown
    consulting_actions.record_dispensation(
        demonstration.view_of(db.session.get_one(Decision, waiting.id), CARE), "Chief Executive",
        by=cast["officer"], at=at(days.WAITING, 15),
    )  # fmt: skip
    assert "Step aside" not in page(client, f"{HERE}/your-view")


def test_one_person_with_two_posts_is_led_from_one_to_the_other(
    client: FlaskClient, cast: Cast, waiting: Decision
) -> None:
    other = demonstration.view_of(waiting, COMMUNITY)
    with act("gave a second post", on="people", by=TEST, at=at(days.WAITING)):
        cast.post(COMMUNITY).holding_on(days.WAITING).until_on = days.WAITING - timedelta(days=1)
        db.session.add(Holding(post=cast.post(COMMUNITY), person=cast["care"], from_on=days.WAITING))
        other.answered_at = other.answered_by = other.view = other.interest = None
    sign_in(client, cast["care"])
    first = demonstration.view_of(waiting, CARE)
    assert "You are asked for two posts, and answer for each." in page(client, f"{HERE}/your-view?number={first.id}")
    posted = {"version": str(first.version), "said": "content", "interest": "none"}
    on = client.post(f"{HERE}/your-view?number={first.id}", data=posted)
    assert on.location.endswith(f"/your-view?number={other.id}")
    assert f"consulting you as {COMMUNITY}" in page(client, on.location)
    assert client.get(f"{HERE}/your-view?number=999999").status_code == 403


# ── the officer ──


def test_the_officer_sees_who_will_be_written_to_and_chases_all(
    client: FlaskClient, cast: Cast, waiting: Decision
) -> None:
    other = demonstration.view_of(waiting, COMMUNITY)
    with act("took an answer back", on=other, by=TEST, at=at(days.WAITING)):
        other.answered_at = other.answered_by = other.view = other.interest = None
    sign_in(client, cast["officer"])
    shown = page(client, f"{HERE}/views")
    assert "Who will be written to when you chase" in shown and "Silence isn’t consent." in shown
    assert "“Give your view by 18 November: Award the social infrastructure contract”" in shown
    told = client.post(f"{HERE}/views/chase-all", follow_redirects=True)
    assert "2 reminders went out." in told.text
    with act("left the post vacant", on="people", by=TEST, at=at(days.WAITING)):
        cast.post(CARE).holding_on(days.WAITING).until_on = days.WAITING - timedelta(days=1)
    shown = page(client, f"{HERE}/views")
    assert "holds the post of Cabinet Member for Social Care" in shown and "Record a substitute" in shown


# ── the director ──


def test_a_code_signs_once_and_never_again(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    code = pyotp.TOTP(SECRET).at(real_now())
    sign_in(client, cast["director"])
    assert "Or the one-time code" in page(client, HERE)
    incomplete = client.post(f"{HERE}/sign", data=signing(ready, password=code, objection_reason=""))
    assert incomplete.status_code == 422, "a code is not used up while something else is missing"
    assert client.post(f"{HERE}/sign", data=signing(ready, password=code)).status_code == 302
    signed = db.session.get_one(Decision, ready.id)
    assert signed.state is DecisionState.SIGNED
    with act("set it back", on=signed, by=TEST, at=at(days.SIGNING)):
        signed.state = DecisionState.SENT
    again = client.post(f"{HERE}/sign", data=signing(signed, password=code))
    assert again.status_code == 422 and "That code was used before." in again.text


def test_five_wrong_tries_shut_password_and_code_alike(client: FlaskClient, cast: Cast, ready: Decision) -> None:
    sign_in(client, cast["director"])
    for number in range(5):
        wrong = client.post(f"{HERE}/sign", data=signing(ready, password="not it" if number % 2 else "000000"))
        assert "your password, nor a code from your phone" in wrong.text
    shut = client.post(f"{HERE}/sign", data=signing(ready))
    assert shut.status_code == 422 and "Too many tries went wrong." in shut.text
    assert db.session.get_one(Decision, ready.id).state is DecisionState.SENT


def test_a_stale_page_signs_nothing_and_a_second_tab_is_told_it_is_signed(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    old = signing(ready, objection_reason="My very own reason.")
    consulting_actions.answer_consultee(
        demonstration.view_of(ready, CARE), "Said better.", by=cast["officer"], at=at(days.SIGNING, 10)
    )
    with act("touched it", on=ready, by=TEST, at=at(days.SIGNING, 10)):
        ready.sign_by_on = days.SIGNING
    sign_in(client, cast["director"])
    stale = client.post(f"{HERE}/sign", data=old)
    assert stale.status_code == 409 and "Read it again before you sign." in stale.text
    assert "My very own reason." in stale.text
    fresh = signing(db.session.get_one(Decision, ready.id))
    assert client.post(f"{HERE}/sign", data=fresh).status_code == 302
    second = client.post(f"{HERE}/sign", data=fresh, follow_redirects=True)
    assert "One signature counts, and it is the first." in second.text


def test_who_covers_signs_as_such_and_the_page_and_the_record_say_so(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    from procure.people.models import RoleGrant
    from procure.people.rules import Role

    reviewer = cast["commissioning"]
    with act("set a cover", on="people", by=TEST, at=at(days.SIGNING)):
        reviewer.password_hash = passwords.kept(PASSWORD)
        db.session.add(RoleGrant(person=reviewer, role=Role.DECIDER, from_on=days.SIGNING))
        db.session.add(
            Cover(
                post=cast.post(DIRECTOR), person=reviewer, away=cast["director"], from_on=days.SIGNING,
                until_on=days.PUBLISHED, reason="Leave", authority="part 3.4", set_by=cast["administrator"],
            )
        )  # fmt: skip
    sign_in(client, reviewer)
    said = "covering for D. Director (part 3.4)"
    assert said in page(client, HERE)
    client.post(f"{HERE}/sign", data=signing(ready))
    assert f"R. Reviewer, {said}" in page(client, f"{HERE}/read")


def test_what_changed_after_the_signature_stands_above_everything(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    demonstration.sign(ready, cast)
    sign_in(client, cast["auditor"])
    assert "The signature no longer holds" not in page(client, f"{HERE}/read")
    with act("tampered", on=ready, by=TEST, at=at(days.SIGNING)):
        ready.views[0].view = View.OBJECTS
    shown = page(client, f"{HERE}/read")
    assert shown.index("The signature no longer holds") < shown.index(">Why<")
    assert ready.maker_interest is Interest.NONE and signing_actions.damaged(ready) == []
    assert db.session.scalars(select(Decision)).one().state is DecisionState.SIGNED
