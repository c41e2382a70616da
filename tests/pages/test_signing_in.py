"""Signing in as a person does it: password, code, forgotten password, first visit, signing out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.people import actions, keys, sessions
from procure.people.models import Attempt, Person, SignIn, Token
from procure.people.passwords import matches
from tests.signing_in import sign_in

GOOD = "plum seventeen otter"


def give_password(person: Person, now: datetime) -> None:
    key = keys.make_key(actions.joining.TokenPurpose.NEW_PASSWORD, person.id, at=now)
    actions.set_password(key, GOOD, at=now)


def enter(client: FlaskClient, email: str, password: str = GOOD, to: str = "/sign-in"):
    return client.post(to, data={"email": email, "password": password})


@pytest.fixture
def officer(cast: Cast, now) -> Person:
    give_password(cast["officer"], now)
    return cast["officer"]


def test_a_page_asks_for_sign_in_and_leads_back(client: FlaskClient, officer: Person) -> None:
    asked = client.get("/account?x=1")
    assert asked.status_code == 302
    assert asked.location == "/sign-in?next=/account?x%3D1"
    done = enter(client, "Officer@LBBD.example ", to=asked.location)
    assert done.location == "/account?x=1"
    assert "A. Officer" in client.get("/account").text


@pytest.mark.parametrize(
    "away", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\\b", "javascript:alert(1)", "/sign-in"]
)
def test_sign_in_leads_nowhere_else(client: FlaskClient, officer: Person, away: str) -> None:
    done = client.post("/sign-in", query_string={"next": away}, data={"email": officer.email, "password": GOOD})
    assert done.status_code == 302
    assert done.location in ("/my-work", "/settings")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: FlaskClient, officer: Person) -> None:
    wrong, unknown = enter(client, officer.email, "not the password"), enter(client, "nobody@lbbd.example")
    assert wrong.status_code == unknown.status_code == 422
    said = "The email address or the password is wrong"
    assert said in wrong.text
    assert said in unknown.text
    assert 'value="officer@lbbd.example"' in wrong.text
    assert "not the password" not in wrong.text


def test_the_sixth_try_waits(client: FlaskClient, officer: Person) -> None:
    for _ in range(5):
        enter(client, officer.email, "not the password")
    answer = enter(client, officer.email)
    assert answer.status_code == 422
    assert re.search(r"Too many tries went wrong\. Try again at \d+:\d\d[ap]m", answer.text)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
    db.session.execute(update(Attempt).values(at=datetime.now(UTC) - timedelta(minutes=15)))
    db.session.commit()
    assert enter(client, officer.email).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_somebody_who_has_left_does_not_get_in(client: FlaskClient, officer: Person, cast: Cast, now) -> None:
    actions.leave(officer, because="Left", by=cast["administrator"], at=now)
    assert "is wrong" in enter(client, officer.email).text


def test_signing_out_ends_the_session_for_good(client: FlaskClient, officer: Person, app: Flask) -> None:
    enter(client, officer.email)
    with client.session_transaction() as kept:
        token = kept["sign_in"]
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").location == "/sign-in"
    thief = app.test_client()
    with thief.session_transaction() as kept:
        kept["sign_in"] = token
    assert thief.get("/account").status_code == 302


# ── one-time codes ──


@pytest.fixture
def director(cast: Cast, now) -> tuple[Person, pyotp.TOTP]:
    give_password(cast["director"], now)
    secret = pyotp.random_base32()
    actions.set_up_code(cast["director"], secret, at=now)
    return cast["director"], pyotp.TOTP(secret)


def test_a_director_gives_a_code_that_works_once(client: FlaskClient, director, app: Flask) -> None:
    person, codes = director
    assert enter(client, person.email, to="/sign-in?next=/account").location == "/sign-in/code?next=/account"
    assert client.get("/account").location.startswith("/sign-in?")
    assert client.get("/sign-in?next=/account").location == "/sign-in/code?next=/account"
    wrong = client.post("/sign-in/code", data={"code": "000000" if codes.now() != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "isn’t right" in wrong.text
    moment = datetime.now(UTC)
    code = codes.at(moment)
    done = client.post("/sign-in/code?next=/account", data={"code": f"{code[:3]} {code[3:]}"})
    assert done.location == "/account"
    assert "D. Director" in client.get("/account").text
    second = app.test_client()
    enter(second, person.email)
    again = second.post("/sign-in/code", data={"code": code})
    assert again.status_code == 422
    assert "was used before" in again.text


def test_codes_of_the_neighbouring_half_minutes_count_and_no_others(client: FlaskClient, director) -> None:
    from procure.people.views.signing_in import step_of

    _, codes = director
    at = datetime(2027, 1, 25, 10, 0, 15, tzinfo=UTC)
    for off, counts in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        found = step_of(codes.secret, codes.at(at + timedelta(seconds=off)), at)
        assert (found is not None) is counts, off
    assert step_of(codes.secret, "١٢٣٤٥٦", at) is None


def test_codes_can_not_be_guessed_forever(client: FlaskClient, director) -> None:
    person, codes = director
    enter(client, person.email)
    for _ in range(5):
        client.post("/sign-in/code", data={"code": "12"})
    answer = client.post("/sign-in/code", data={"code": codes.now()})
    assert answer.status_code == 422
    assert "Too many tries" in answer.text


def test_a_remembered_browser_is_not_asked_again(client: FlaskClient, director, app: Flask, cast: Cast, now) -> None:
    person, codes = director
    enter(client, person.email)
    done = client.post("/sign-in/code", data={"code": codes.now(), "remember": "y"})
    cookie = next(value for value in done.headers.getlist("Set-Cookie") if value.startswith("device_"))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    client.post("/sign-out")
    assert enter(client, person.email, to="/sign-in?next=/account").location == "/account"
    assert "Until" in client.get("/account").text
    other = app.test_client()
    assert enter(other, person.email).location.startswith("/sign-in/code")
    actions.reset_code(person, by=cast["administrator"], at=now)
    assert enter(client, person.email).location.startswith("/sign-in/set-up-code")


def test_codes_are_set_up_at_the_first_sign_in(client: FlaskClient, cast: Cast, now) -> None:
    give_password(cast["administrator"], now)
    assert enter(client, "administrator@lbbd.example").location == "/sign-in/set-up-code"
    assert client.get("/people").status_code == 302
    page = client.get("/sign-in/set-up-code").text
    assert 'src="data:image/svg+xml' in page
    assert "style=" not in page
    shown = re.search(r"<strong>Key</strong><br><span[^>]*>([A-Z2-7 ]+)</span> <span[^>]*>([A-Z2-7 ]+)</span>", page)
    assert shown is not None
    secret = (shown.group(1) + shown.group(2)).replace(" ", "")
    assert client.post("/sign-in/set-up-code", data={"code": "12345"}).status_code == 422
    assert cast["administrator"].totp_secret is None
    done = client.post("/sign-in/set-up-code", data={"code": pyotp.TOTP(secret).now()})
    assert done.status_code == 302
    assert client.get("/people").status_code == 200
    assert db.session.get_one(Person, cast["administrator"].id).totp_secret == secret


def test_a_role_that_needs_a_code_asks_for_it_in_a_session_that_has_begun(
    client: FlaskClient, officer: Person, cast: Cast, now
) -> None:
    enter(client, officer.email)
    assert client.get("/account").status_code == 200
    actions.grant_role(officer, actions.joining.Role.DECIDER, by=cast["administrator"], at=datetime.now(UTC))
    assert client.get("/account").location.startswith("/sign-in?")
    assert client.get("/sign-in?next=/account").location.startswith("/sign-in/set-up-code")


# ── forgotten, and letters ──


def test_a_forgotten_password_gets_the_same_answer_for_everybody(client: FlaskClient, officer: Person) -> None:
    known = client.post("/forgotten", data={"email": officer.email}).text
    unknown = client.post("/forgotten", data={"email": "nobody@lbbd.example"}).text
    assert known.replace(officer.email, "") == unknown.replace("nobody@lbbd.example", "")
    assert db.session.scalars(select(Letter.to_email)).all() == [officer.email]


def test_whoever_chose_a_new_password_need_not_wait(client: FlaskClient, officer: Person) -> None:
    for _ in range(6):
        enter(client, officer.email, "not the password")
    client.post("/forgotten", data={"email": officer.email})
    letter = db.session.scalars(select(Letter)).one()
    client.post(f"/letters-key/{letter.secret}", data={"password": "badger umbrella nine"})
    assert enter(client, officer.email, "badger umbrella nine").status_code == 302


def test_opening_the_link_of_a_letter_consumes_nothing(client: FlaskClient, officer: Person) -> None:
    client.post("/forgotten", data={"email": officer.email})
    letter = db.session.scalars(select(Letter)).one()
    assert letter.secret is not None
    path = f"/letters-key/{letter.secret}"
    before = db.session.scalar(select(func.count()).select_from(TrailEntry))
    for _ in range(3):
        assert "A. Officer" in client.get(path).text
        assert client.head(path).status_code == 200
    kept = select(Token.used_at).where(Token.token_hash == keys.hashed(letter.secret))
    assert db.session.scalars(kept).one() is None
    assert db.session.scalar(select(func.count()).select_from(TrailEntry)) == before
    short = client.post(path, data={"password": "short"})
    assert short.status_code == 422
    assert "12 characters" in short.text
    assert client.post(path, data={"password": "badger umbrella nine"}).location == "/sign-in"
    assert client.get(path).status_code == 410
    assert client.post(path, data={"password": "another one entirely"}).status_code == 410
    assert matches("badger umbrella nine", db.session.get_one(Person, officer.id).password_hash)
    assert enter(client, officer.email, "badger umbrella nine").status_code == 302


def test_a_made_up_link_says_so(client: FlaskClient, cast: Cast) -> None:
    answer = client.get("/letters-key/nonsense")
    assert answer.status_code == 410
    assert "no longer works" in answer.text


# ── one's own account ──


def test_a_password_is_changed_with_the_old_one(client: FlaskClient, officer: Person, app: Flask) -> None:
    enter(client, officer.email)
    other = app.test_client()
    enter(other, officer.email)
    wrong = client.post("/account/password", data={"old": "nope", "password": "badger umbrella nine"})
    assert wrong.status_code == 422
    assert "present password" in wrong.text
    done = client.post("/account/password", data={"old": GOOD, "password": "badger umbrella nine"})
    assert done.location == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_one_ends_ones_own_sessions_only(client: FlaskClient, officer: Person, cast: Cast) -> None:
    enter(client, officer.email)
    sessions.begin(officer, at=datetime.now(UTC))
    sessions.begin(cast["manager"], at=datetime.now(UTC))
    own, theirs = (
        db.session.scalars(select(SignIn.id).where(SignIn.person_id == person.id).order_by(SignIn.id.desc())).first()
        for person in (officer, cast["manager"])
    )
    assert client.post(f"/account/sessions/{theirs}/end").status_code == 404
    assert client.post(f"/account/sessions/{own}/end").status_code == 302
    ended = dict(db.session.execute(select(SignIn.id, SignIn.ended_at)).all())
    assert ended[own] is not None
    assert ended[theirs] is None


# ── the first visit ──


def test_an_empty_installation_begins_with_the_first_visit(client: FlaskClient, app: Flask, now) -> None:
    for path in ("/", "/sign-in", "/people", "/nowhere"):
        assert client.get(path).location == "/start", path
    printed = app.test_cli_runner().invoke(args=["people", "first-code"]).output
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", printed)
    assert code is not None
    told = {
        "council_name": "Exampleton Borough Council", "name": "A. Admin", "post_name": "System Administrator",
        "email": "admin@exampleton.example", "password": GOOD,
    }  # fmt: skip
    wrong = client.post("/start", data={**told, "code": "AAAA-AAAA-AAAA-AAAA"})
    assert wrong.status_code == 422
    assert "isn’t the code" in wrong.text
    assert "Exampleton Borough Council" in wrong.text
    done = client.post("/start", data={**told, "code": code.group().lower().replace("-", " ")})
    assert done.location == "/sign-in/set-up-code"
    page = client.get(done.location)
    assert "Exampleton Borough Council" in page.text
    assert client.get("/start").status_code == 404
    assert app.test_cli_runner().invoke(args=["people", "first-code"]).output == ""


def test_guessing_the_code_of_the_first_visit_is_slowed_down(client: FlaskClient, app: Flask) -> None:
    told = {
        "council_name": "C", "name": "N", "post_name": "P", "email": "n@x.example", "password": GOOD, "code": "AAAA",
    }  # fmt: skip
    for _ in range(5):
        assert "isn’t the code" in client.post("/start", data=told).text
    assert "Too many tries" in client.post("/start", data=told).text


def test_somebody_locked_out_is_let_in_from_the_command_line(app: Flask, cast: Cast) -> None:
    ran = app.test_cli_runner().invoke(args=["people", "let-in", "administrator@lbbd.example", "--reset-code"])
    assert ran.exit_code == 0
    assert db.session.scalars(select(Letter.to_email)).all() == ["administrator@lbbd.example"]
    assert app.test_cli_runner().invoke(args=["people", "let-in", "nobody@lbbd.example"]).exit_code == 1


def test_the_test_door_opens(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["director"])
    assert "D. Director" in client.get("/account").text
