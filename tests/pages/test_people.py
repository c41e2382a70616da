"""The pages of people, posts, roles and one's settings, as the administrator and the auditor see them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.council.models import Council, QuoteBand
from procure.demonstration.cast import DIRECTOR, LAW, Cast, set_up_council
from procure.extensions import db
from procure.mail.models import Letter
from procure.now import legal_day
from procure.people import actions, sessions
from procure.people.facts import steps_of, waiting_for
from procure.people.models import Holding, Person, Post, RoleGrant
from procure.people.rules import PostKind, Role
from procure.procurement.actions import open_file
from procure.procurement.rules import Route
from tests.signing_in import sign_in

TODAY = legal_day(datetime.now(UTC))


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_the_administrator_invites_somebody(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    with act("made a post", on="people", by=Machine("test"), at=datetime.now(UTC)):
        post = Post(name="Buyer", kind=PostKind.OFFICER)
        db.session.add(post)
    told = {"name": "N. Newcomer", "email": "new@lbbd.example", "post_id": str(post.id), "roles": ["officer", "legal"]}
    done = client.post("/people/invite", data=told)
    person = db.session.scalars(select(Person).where(Person.email == "new@lbbd.example")).one()
    assert done.location == f"/people/{person.id}"
    assert "N. Newcomer is invited" in client.get(done.location).text
    letter = db.session.scalars(select(Letter)).one()
    assert letter.to_email == "new@lbbd.example"
    assert "you can use Procure" in letter.subject
    again = client.post("/people/invite", data=told)
    assert again.status_code == 422
    assert "has this address" in again.text
    assert 'value="N. Newcomer"' in again.text


def test_a_role_the_person_may_not_have_is_refused_at_its_field(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    told = {"name": "N. Newcomer", "email": "new@lbbd.example", "roles": ["administrator", "decider"]}
    answer = client.post("/people/invite", data=told)
    assert answer.status_code == 422
    assert "administrator can’t also be" in answer.text
    assert db.session.scalars(select(Person).where(Person.email == "new@lbbd.example")).first() is None
    own = cast["administrator"].id
    answer = client.post(f"/people/{own}/roles/new", data={"role": "signatory", **day("from_on", TODAY)})
    assert answer.status_code == 422
    assert "can’t give yourself this role" in answer.text


def test_a_role_is_given_on_one_file_by_its_reference(client: FlaskClient, cast: Cast, now: datetime) -> None:
    file = open_file(title="Play areas", route=Route.SCHEME, officer=cast["officer"], by=cast["officer"], at=now)
    sign_in(client, cast["administrator"])
    number = cast["engagement"].id
    path = f"/people/{number}/roles/new"
    wrong = client.post(path, data={"role": "evaluator", "reference": "PRO-1999-001", **day("from_on", TODAY)})
    assert wrong.status_code == 422
    assert "no procurement PRO-1999-001" in wrong.text
    client.post(path, data={"role": "evaluator", "reference": file.reference.lower(), **day("from_on", TODAY)})
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.procurement_id == file.id)).one()
    assert (grant.person_id, grant.role) == (number, Role.EVALUATOR)
    assert "Play areas" in client.get(f"/people/{number}").text
    client.post(f"/people/{number}/roles/{grant.id}/end")
    assert "Play areas" not in client.get(f"/people/{number}").text


def test_ending_a_holding_shows_what_waits_and_ends_sessions(client: FlaskClient, cast: Cast, app: Flask) -> None:
    person = cast["director"]
    holding = cast.post(DIRECTOR).holdings[0]
    theirs = app.test_client()
    sign_in(theirs, person)
    sign_in(client, cast["administrator"])
    path = f"/people/{person.id}/posts/{holding.id}"
    assert "Nothing waits for D. Director" in client.get(path).text
    assert theirs.get("/account").status_code == 200
    early = client.post(path, data={**day("until_on", date(2018, 3, 31)), "version": holding.version})
    assert early.status_code == 422
    assert "can’t be before the first" in early.text
    told = {**day("until_on", date(2020, 1, 1)), "because": "Moved on", "version": holding.version}
    done = client.post(path, data=told)
    assert done.location == path
    assert theirs.get("/account").status_code == 302
    after = client.get(path).text
    assert "1 April 2018 to 1 January 2020" in after
    assert "Name who holds the post" in after
    with app.test_request_context():
        waits = [one.what for one in waiting_for(cast["administrator"], TODAY)]
    assert f"Name who holds the post {DIRECTOR}" in waits
    assert "Nobody" in client.get("/people/posts").text


def test_an_empty_post_is_filled_from_its_own_page(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    client.post("/people/posts/new", data={"name": "Head of Parks", "kind": "officer"})
    post = db.session.scalars(select(Post).where(Post.name == "Head of Parks")).one()
    told = {"capacity": "deputy", **day("from_on", TODAY), "person_id": str(cast["engagement"].id)}
    refused = client.post(f"/people/posts/{post.id}/holder", data=told)
    assert refused.status_code == 422
    assert "written authority" in refused.text
    client.post(f"/people/posts/{post.id}/holder", data={**told, "authority": "Memo of 1 May"})
    assert "S. Lead" in client.get("/people/posts").text
    assert "T. Administrator</option>" not in client.get(f"/people/posts/{post.id}/holder").text


def test_the_second_of_two_savers_sees_what_changed_and_loses_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    person = cast["manager"]
    seen = person.version
    told, path = {"email": person.email, "version": seen}, f"/people/{person.id}/change"
    client.post(path, data={"name": "C. First", **told})
    second = client.post(path, data={"name": "C. Second", **told})
    assert second.status_code == 409
    assert "C. First" in second.text
    assert 'value="C. Second"' in second.text
    version = db.session.get_one(Person, person.id).version
    assert f'name="version" value="{version}"' in second.text


def test_people_are_found_by_name_address_and_post(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    for asked, found in (("moderator", "M. Moderator"), ("LAW@", "L. Law"), ("commissioning manager", "Evaluator 2")):
        page = client.get("/people", query_string={"q": asked}).text
        assert found in page
        assert "A. Officer" not in page
    assert "Nobody found" in client.get("/people?q=zzz").text
    assert "Nobody has left" in client.get("/people?left=yes").text


def test_somebody_who_leaves_is_closed_and_comes_back(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    number = cast["manager"].id
    assert client.post(f"/people/{number}/leave", data={}).status_code == 422
    client.post(f"/people/{number}/leave", data={"because": "Retired"})
    assert "This account is closed" in client.get(f"/people/{number}").text
    client.post(f"/people/{number}/return")
    assert "This account is closed" not in client.get(f"/people/{number}").text


def test_sessions_and_codes_of_others_are_ended(client: FlaskClient, cast: Cast, now: datetime) -> None:
    sign_in(client, cast["administrator"])
    officer = cast["officer"]
    actions.set_up_code(officer, "JBSWY3DPEHPK3PXP", at=now)
    token = sessions.begin(officer, at=datetime.now(UTC), browser="Firefox on Windows")
    page = client.get(f"/people/{officer.id}").text
    assert "Firefox on Windows" in page
    assert "JBSWY3DPEHPK3PXP" not in page
    client.post(f"/people/{officer.id}/sessions/end")
    assert sessions.found(token, datetime.now(UTC)) is None
    client.post(f"/people/{officer.id}/reset-code")
    assert db.session.get_one(Person, officer.id).totp_secret is None
    client.post(f"/people/{officer.id}/letter")
    assert db.session.scalars(select(Letter.to_email)).all() == [officer.email]


# ── the auditor ──


def test_the_auditor_reads_every_setting_and_is_offered_no_change(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["auditor"])
    holding = cast["director"].holdings[0]
    for path in (
        "/settings", "/settings/council", "/settings/quote-bands", "/settings/rules", "/settings/scheme",
        "/settings/waiver-reasons", "/people", f"/people/{cast['director'].id}",
        "/people/posts", f"/people/{cast['director'].id}/posts/{holding.id}", "/trail",
    ):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200, path
        main = page.text.split("<main")[1].split("</main>")[0]
        assert 'method="post"' not in main, path
        for word in ("/invite", "/change", "/new", "/end", "/appoint", "/leave"):
            assert f'{word}"' not in main, (path, word)
    for path in ("/people/invite", "/settings/council/change", "/settings/quote-bands/new", "/people/posts/new",
                 "/settings/rules/new", "/settings/scheme/new", "/settings/waiver-reasons/new"):  # fmt: skip
        assert client.get(path).status_code == 403
        assert client.post(path, data={}).status_code == 403


def test_an_officer_sees_only_the_settings_that_concern_them(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["officer"])
    page = client.get("/settings").text
    assert "Quote bands" in page
    assert "/trail" not in page
    for path in ("/people", "/trail", "/settings/council"):
        assert client.get(path).status_code == 403


# ── the council ──


def test_the_particulars_are_changed(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    council = db.session.scalars(select(Council)).one()
    told = {
        "name": council.name, "address": "1 Town Square", "procurement_email": "buy@lbbd.example",
        "executive_name": "Cabinet", "version": council.version, "portal_url": "javascript:x",
        "monitoring_officer_post_id": str(cast.post(LAW).id),
        "finance_officer_post_id": "",
    }  # fmt: skip
    wrong = client.post("/settings/council/change", data=told)
    assert wrong.status_code == 422
    assert "starts with https://" in wrong.text
    done = client.post("/settings/council/change", data={**told, "portal_url": "https://tenders.lbbd.example"})
    assert done.location == "/settings/council"
    assert "1 Town Square" in client.get(done.location).text
    assert db.session.scalars(select(Council.finance_officer_post_id)).one() is None


def test_a_band_is_ended_and_followed_never_overlapped(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    top = db.session.scalars(select(QuoteBand).where(QuoteBand.below_net.is_(None))).one()
    told = {
        "from_net": "100,000", "below_net": "", "quotes_needed": "0", "words": "A tender", "source": "Rules 2027",
        "approver": "A chief officer", "must_advertise": "y",
        **day("from_on", TODAY),
    }  # fmt: skip
    overlapping = client.post("/settings/quote-bands/new", data=told)
    assert overlapping.status_code == 422
    assert "overlaps the band" in overlapping.text
    past = client.post(f"/settings/quote-bands/{top.id}/end", data={**day("until_on", date(2020, 1, 1)), "version": 1})
    assert past.status_code == 422
    client.post(f"/settings/quote-bands/{top.id}/end", data={**day("until_on", TODAY), "version": top.version})
    later = date.fromordinal(TODAY.toordinal() + 1)
    assert client.post("/settings/quote-bands/new", data={**told, **day("from_on", later)}).status_code == 302
    page = client.get("/settings/quote-bands").text
    assert "To come" in page and "A chief officer" in page and "It must be advertised" in page
    assert db.session.scalars(select(QuoteBand.from_net).where(QuoteBand.words == "A tender")).one() == Decimal(100000)


# ── setting up ──


def test_a_new_council_is_told_what_to_set_up_in_order(app: Flask, now: datetime) -> None:
    code = actions.first_code(at=now)
    administrator = actions.set_up_council(
        code=code or "", council_name="Exampleton", name="A. Admin", email="a@x.example", post_name="Administrator",
        password="plum seventeen otter", at=now,
    )  # fmt: skip
    with app.test_request_context():
        waits = [one.what for one in waiting_for(administrator, now.date())]
    assert waits[0].startswith("Check the council’s address")
    assert waits.index("Add the posts that decide and buy") < waits.index("Invite the people who work here")
    assert waits[-1] == "See that the first contract is recorded"
    assert len(waits) == 9


def test_a_council_that_is_set_up_is_told_nothing_but_to_bring_in_contracts(app: Flask) -> None:
    cast = set_up_council(at=datetime.fromisoformat("2025-04-01T09:00:00+00:00"))
    left = [step.what for step in steps_of(TODAY) if not step.is_done]
    assert left == ["See that the first contract is recorded"]
    with app.test_request_context():
        assert waiting_for(cast["officer"], TODAY) == []
    assert Role.ADMINISTRATOR not in {grant.role for grant in cast["officer"].grants}
    assert db.session.scalars(select(Holding)).first() is not None
