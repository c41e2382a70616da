"""People, posts, roles, sessions and keys: rows, trail and refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from procure.audit.actions import Machine
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.council.models import Council
from procure.demonstration.cast import DIRECTOR, OFFICER, Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.people import actions, keys, sessions
from procure.people.actions.administering import AdministratorNeeded
from procure.people.actions.persons import LastAdministrator
from procure.people.models import Device, Person, RoleGrant, SignIn, Token
from procure.people.passwords import matches
from procure.people.rules import Capacity, PostKind, Role, TokenPurpose
from procure.procurement.actions import open_file
from procure.procurement.rules import Route

GOOD = "plum seventeen otter"


def key_in_last_letter() -> str:
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    assert letter.secret is not None
    assert f"/letters-key/{letter.secret}" in letter.text
    assert f"/letters-key/{letter.secret}" in letter.html
    return letter.secret


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(TrailEntry)) or 0


# ── the first visit ──


def test_the_first_visit_names_the_council_and_its_administrator(app, now) -> None:
    first = actions.first_code(at=now)
    code = actions.first_code(at=now)
    assert first != code
    told = {
        "council_name": "Exampleton Council",
        "name": "A. Admin",
        "email": "A@x.example",
        "password": GOOD,
        "at": now,
    }
    with pytest.raises(actions.KeyNotGood):
        actions.set_up_council(code=first or "", post_name="Administrator", **told)
    with pytest.raises(actions.PasswordRefused):
        actions.set_up_council(code=code or "", post_name="Administrator", **{**told, "password": "short"})
    assert db.session.scalar(select(Council)) is None
    person = actions.set_up_council(code=(code or "").lower(), post_name="Administrator", **told)
    assert person.email == "a@x.example"
    assert {grant.role for grant in person.grants} == {Role.ADMINISTRATOR}
    assert matches(GOOD, person.password_hash)
    assert actions.first_code(at=now) is None
    with pytest.raises(actions.KeyNotGood):
        actions.set_up_council(code=code or "", post_name="Administrator", **told)
    assert verify().verified


def test_the_code_of_the_first_visit_expires(app, now) -> None:
    code = actions.first_code(at=now)
    with pytest.raises(actions.KeyNotGood):
        actions.set_up_council(
            code=code or "", council_name="C", name="N", email="n@x.example", password=GOOD, post_name="P",
            at=now + timedelta(days=2, minutes=1),
        )  # fmt: skip


# ── letters and passwords ──


def test_an_invitation_gives_post_roles_and_one_letter(cast: Cast, now) -> None:
    post = actions.add_post("Buyer", PostKind.OFFICER, by=cast["administrator"], at=now)
    person = actions.invite(
        "N. Newcomer", "New@LBBD.example", post=post, roles=[Role.OFFICER], by=cast["administrator"], at=now
    )
    assert person.email == "new@lbbd.example"
    assert person.holdings[0].post is post
    key = key_in_last_letter()
    assert db.session.scalars(select(Token.token_hash).where(Token.person_id == person.id)).all() == [keys.hashed(key)]
    with pytest.raises(actions.AddressTaken):
        actions.invite("Another", "new@lbbd.example", by=cast["administrator"], at=now)
    assert verify().verified


def test_only_an_administrator_invites(cast: Cast, now) -> None:
    before = entries()
    with pytest.raises(AdministratorNeeded):
        actions.invite("N. Newcomer", "new@lbbd.example", by=cast["officer"], at=now)
    with pytest.raises(AdministratorNeeded):
        actions.invite("N. Newcomer", "new@lbbd.example", by=cast["auditor"], at=now)
    assert entries() == before


def test_a_key_works_once_and_ends_every_session(cast: Cast, now) -> None:
    officer = cast["officer"]
    token = sessions.begin(officer, at=now)
    actions.send_key(officer, by=cast["administrator"], at=now)
    key = key_in_last_letter()
    with pytest.raises(actions.PasswordRefused):
        actions.set_password(key, "short", at=now)
    actions.set_password(key, GOOD, at=now)
    assert matches(GOOD, officer.password_hash)
    assert sessions.found(token, now) is None
    with pytest.raises(actions.KeyNotGood):
        actions.set_password(key, GOOD + "s", at=now)
    assert matches(GOOD, officer.password_hash)
    payloads = db.session.scalars(select(TrailEntry.payload)).all()
    assert not any("argon2" in (payload or "") for payload in payloads)


def test_a_key_expires_and_a_newer_letter_replaces_it(cast: Cast, now) -> None:
    officer = cast["officer"]
    actions.send_key(officer, by=cast["administrator"], at=now)
    old = key_in_last_letter()
    actions.send_key_to("OFFICER@lbbd.example", at=now)
    new = key_in_last_letter()
    assert keys.key_found(old, TokenPurpose.INVITATION, at=now) is None
    assert keys.key_found(new, TokenPurpose.INVITATION, at=now + timedelta(days=6)) is not None
    assert keys.key_found(new, TokenPurpose.INVITATION, at=now + timedelta(days=7, seconds=1)) is None


def test_a_forgotten_password_of_nobody_writes_no_letter(cast: Cast, now) -> None:
    actions.send_key_to("nobody@lbbd.example", at=now)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


# ── sessions ──


def test_a_session_ends_when_idle_and_after_a_week(cast: Cast, now) -> None:
    token = sessions.begin(cast["officer"], at=now)
    assert sessions.found(token, now + timedelta(hours=12)) is not None
    assert sessions.found(token, now + timedelta(hours=12, seconds=1)) is None
    kept = db.session.scalars(select(SignIn)).one()
    kept.seen_at = now + timedelta(days=7)
    db.session.commit()
    assert sessions.found(token, now + timedelta(days=7)) is not None
    assert sessions.found(token, now + timedelta(days=7, seconds=1)) is None
    assert sessions.found("something else", now) is None


def test_a_code_opens_one_session_only(cast: Cast, now) -> None:
    for expected in (True, False):
        token = sessions.begin(cast["director"], at=now)
        kept = sessions.found(token, now)
        assert kept is not None
        assert not sessions.is_whole(kept)
        renewed = sessions.note_code(kept, 4242, at=now)
        assert (renewed is not None) is expected
    assert sessions.found(token, now) is not None


def test_five_failed_tries_close_the_door_for_a_quarter_of_an_hour(cast: Cast, now) -> None:
    for minute in range(5):
        assert sessions.note_try("a|1", at=now + timedelta(minutes=minute)) is None
    for minute in (5, 9):
        assert sessions.note_try("a|1", at=now + timedelta(minutes=minute)) == now + timedelta(minutes=15)
    assert sessions.note_try("b|1", at=now) is None
    assert sessions.note_try("a|1", at=now + timedelta(minutes=15)) is None


def test_old_rows_are_swept_away(cast: Cast, now) -> None:
    sessions.note_try("a|1", at=now)
    sessions.begin(cast["officer"], at=now)
    sessions.remember(cast["officer"].id, named="", at=now)
    sessions.sweep(now + timedelta(days=100))
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert db.session.scalar(select(func.count()).select_from(Device)) == 0


# ── posts ──


def test_ending_a_holding_ends_sessions(cast: Cast, now) -> None:
    director, today = cast["director"], now.date()
    token = sessions.begin(director, at=now)
    holding = cast.post(DIRECTOR).holding_on(today)
    assert holding is not None
    actions.end_holding(holding, until_on=today + timedelta(days=3), by=cast["administrator"], at=now)
    assert sessions.found(token, now) is not None
    assert sessions.found(token, now + timedelta(days=4)) is None, "a holding that ran out ends older sessions"
    actions.end_holding(holding, until_on=today, by=cast["administrator"], at=now)
    assert sessions.found(token, now) is None
    assert cast.post(DIRECTOR).holder_on(today + timedelta(days=1)) is None
    assert verify().verified


def test_nobody_appoints_themself_or_twice(cast: Cast, now) -> None:
    administrator, today = cast["administrator"], now.date()
    with pytest.raises(actions.PostRefused):
        actions.appoint(administrator, cast.post(DIRECTOR), from_on=today, by=administrator, at=now)
    with pytest.raises(actions.PostRefused):
        actions.appoint(cast["director"], cast.post(DIRECTOR), from_on=today, by=administrator, at=now)
    with pytest.raises(actions.PostRefused) as refused:
        actions.appoint(
            cast["engagement"], cast.post(DIRECTOR), from_on=today, capacity=Capacity.DEPUTY, by=administrator, at=now
        )
    assert refused.value.field == "authority"
    actions.appoint(
        cast["engagement"], cast.post(DIRECTOR), from_on=today, until_on=today + timedelta(days=7),
        capacity=Capacity.DEPUTY, authority="Memo of 20 January 2027", by=administrator, at=now,
    )  # fmt: skip
    assert cast.post(DIRECTOR).holder_on(today) == cast["engagement"]


def test_a_post_has_one_holder_in_their_own_right_at_a_time(cast: Cast, now) -> None:
    by, today, post = cast["administrator"], now.date(), cast.post(DIRECTOR)
    said = r"D\. Director holds this post\. Enter their last day first\."
    with pytest.raises(actions.PostRefused, match=said) as refused:
        actions.appoint(cast["engagement"], post, from_on=today, by=by, at=now)
    assert refused.value.field == "from_on"
    with pytest.raises(actions.PostRefused, match=said) as refused:
        actions.invite("N. Newcomer", "new@lbbd.example", post=post, by=by, at=now)
    assert refused.value.field == "post_id"
    actions.appoint(cast["engagement"], post, from_on=today, capacity=Capacity.ACTING, by=by, at=now)
    held = next(one for one in post.holdings if one.person is cast["director"])
    actions.end_holding(held, until_on=today, by=by, at=now)
    actions.appoint(cast["manager"], post, from_on=today + timedelta(days=1), by=by, at=now)
    assert verify().verified


def test_posts_have_one_name_and_no_circles(cast: Cast, now) -> None:
    by = cast["administrator"]
    with pytest.raises(actions.PostRefused):
        actions.add_post(DIRECTOR.upper(), PostKind.OFFICER, by=by, at=now)
    post = actions.add_post("Head of Parks", PostKind.OFFICER, next_up=cast.post(OFFICER), by=by, at=now)
    officers = cast.post(OFFICER)
    with pytest.raises(actions.PostRefused):
        actions.change_post(officers, name=OFFICER, kind=PostKind.OFFICER, next_up=post, by=by, at=now)
    with pytest.raises(actions.PostRefused):
        actions.end_post(officers, on=now.date(), by=by, at=now)
    actions.end_post(post, on=now.date(), by=by, at=now)
    assert post.ended_on == now.date()


# ── roles ──


def test_an_administrator_is_given_no_power_to_decide(cast: Cast, now) -> None:
    administrator = cast["administrator"]
    before = entries()
    for role in (Role.DECIDER, Role.SIGNATORY, Role.EVALUATOR):
        with pytest.raises(actions.RoleRefused):
            actions.grant_role(administrator, role, by=administrator, at=now)
    assert entries() == before
    grant = actions.grant_role(cast["officer"], Role.LEGAL, by=administrator, at=now)
    assert grant.from_on == now.date()


def test_an_officer_gives_roles_on_a_file_and_only_there(cast: Cast, now) -> None:
    officer = cast["officer"]
    file = open_file(title="Play areas", route=Route.SCHEME, officer=officer, by=officer, at=now)
    grant = actions.grant_role(cast["engagement"], Role.EVALUATOR, procurement=file, by=officer, at=now)
    with pytest.raises(actions.RoleRefused):
        actions.grant_role(officer, Role.EVALUATOR, procurement=file, by=officer, at=now)
    with pytest.raises(actions.RoleRefused):
        actions.grant_role(cast["engagement"], Role.DECIDER, procurement=file, by=officer, at=now)
    with pytest.raises(AdministratorNeeded):
        actions.grant_role(cast["engagement"], Role.EVALUATOR, by=officer, at=now)
    with pytest.raises(AdministratorNeeded):
        actions.grant_role(cast["engagement"], Role.MODERATOR, procurement=file, by=cast["manager"], at=now)
    actions.end_role(grant, by=officer, at=now)
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.procurement_id == file.id)).all() == []
    assert verify().verified


def test_a_role_that_lasted_keeps_its_days(cast: Cast, now) -> None:
    grant = cast["evaluator1"].grants[0]
    actions.end_role(grant, by=cast["administrator"], at=now)
    assert grant.until_on == date(2027, 1, 24)
    with pytest.raises(actions.RoleRefused):
        actions.grant_role(
            cast["evaluator1"], Role.EVALUATOR, from_on=date(2027, 1, 24), by=cast["administrator"], at=now
        )


def test_somebody_stays_administrator(cast: Cast, now) -> None:
    administrator = cast["administrator"]
    with pytest.raises(LastAdministrator):
        actions.leave(administrator, because="Retired", by=Machine("Command line"), at=now)
    with pytest.raises(LastAdministrator):
        actions.end_role(administrator.grants[0], by=administrator, at=now)
    assert administrator.is_active


def test_leaving_closes_everything_and_may_be_undone(cast: Cast, now) -> None:
    manager = cast["manager"]
    token = sessions.begin(manager, at=now)
    actions.leave(manager, because="Left the council", by=cast["administrator"], at=now)
    assert sessions.found(token, now) is None
    with pytest.raises(actions.KeyNotGood):
        actions.send_key(manager, by=cast["administrator"], at=now)
    actions.return_(manager, by=cast["administrator"], at=now)
    assert manager.is_active


def test_codes_are_reset_by_somebody_else(cast: Cast, now) -> None:
    director = cast["director"]
    actions.set_up_code(director, "JBSWY3DPEHPK3PXP", at=now)
    device = sessions.remember(director.id, named="", at=now)
    assert sessions.is_remembered(director, device, now)
    assert not sessions.is_remembered(cast["officer"], device, now)
    actions.reset_code(director, by=cast["administrator"], at=now)
    assert director.totp_secret is None
    assert not sessions.is_remembered(director, device, now)
    with pytest.raises(actions.CodeWrong):
        actions.reset_code(cast["administrator"], by=cast["administrator"], at=now)
    assert "JBSWY3DPEHPK3PXP" not in "".join(db.session.scalars(select(TrailEntry.payload)).all())


def test_a_new_address_ends_sessions(cast: Cast, now) -> None:
    officer = cast["officer"]
    token = sessions.begin(officer, at=now)
    actions.correct(officer, name="A. B. Officer", email=officer.email, by=cast["administrator"], at=now)
    assert sessions.found(token, now) is not None
    actions.correct(officer, name="A. B. Officer", email="b@lbbd.example", by=cast["administrator"], at=now)
    assert sessions.found(token, now) is None


def test_seen_is_written_once_a_minute(cast: Cast, app) -> None:
    moment = datetime.now(UTC)
    token = sessions.begin(cast["officer"], at=moment - timedelta(seconds=30))
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["sign_in"] = token
    client.get("/account")
    first = db.session.scalars(select(SignIn.seen_at)).one()
    assert first == moment - timedelta(seconds=30)
    row = db.session.scalars(select(SignIn)).one()
    row.seen_at = moment - timedelta(seconds=90)
    db.session.commit()
    client.get("/account")
    assert db.session.scalars(select(SignIn.seen_at)).one() >= moment


def test_everybody_is_found_by_address(cast: Cast) -> None:
    assert actions.person_at("OFFICER@lbbd.example") == cast["officer"]
    assert isinstance(cast["officer"], Person)
