"""Settings of the council's own rules: procedure rules, scheme of delegation, waiver reasons; and asking for one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act, writing
from procure.authority.models import Delegation
from procure.authority.rules import ActKind, ConsultationMode
from procure.authority.waiver_models import Waiver
from procure.council.models import Demonstration, ProcedureRules, WaiverReason
from procure.demonstration import approval, days
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, FINANCE, LAW, Cast
from procure.extensions import db
from procure.people import actions as people
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from tests.a_competition import a_file_to_tender
from tests.signing_in import sign_in

TODAY = date(2027, 1, 25)
TOMORROW = TODAY + timedelta(days=1)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def today_is(on: date) -> None:
    token = writing.set(True)
    found = db.session.scalars(select(Demonstration)).first() or Demonstration(stage="test")
    found.today = on
    db.session.add(found)
    db.session.commit()
    writing.reset(token)


RULES = {"source": "Constitution of 2027", "call_in_days": "3", "key_decision_gross": "250,000", "scrutiny_days": "7",
         "objection_refers_back": "y"}  # fmt: skip


def test_rules_are_added_with_what_stands_as_a_start_and_mended_until_they_begin(
    client: FlaskClient, cast: Cast
) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    form = client.get("/settings/rules/new").text
    assert 'value="Constitution (example)"' in form and 'value="500000"' in form.replace(",", "")
    past = client.post("/settings/rules/new", data={**RULES, **day("from_on", date(2027, 1, 24))})
    assert past.status_code == 422 and "can’t begin in the past" in past.text and "Constitution of 2027" in past.text
    done = client.post("/settings/rules/new", data={**RULES, **day("from_on", date(2027, 4, 1))})
    assert done.location == "/settings/rules"
    page = client.get("/settings/rules").text
    assert "To come, from 1 April 2027" in page and "In force since 1 April 2010" in page
    assert "£250,000 including VAT" in page and "3 working days after publication" in page
    row = db.session.scalars(select(ProcedureRules).where(ProcedureRules.from_on == date(2027, 4, 1))).one()
    at = f"/settings/rules/{row.id}/correct"
    assert 'value="Constitution of 2027"' in client.get(at).text
    told = {**RULES, **day("from_on", date(2027, 5, 1)), "version": str(row.version)}
    assert client.post(at, data=told).status_code == 302
    stale = client.post(at, data={**told, "call_in_days": "4"})
    assert stale.status_code == 409 and "changed this while you had it open" in stale.text
    begun = db.session.scalars(select(ProcedureRules).where(ProcedureRules.from_on == date(2010, 4, 1))).one()
    refused = client.post(f"/settings/rules/{begun.id}/correct", data={**RULES, **day("from_on", TOMORROW)})
    assert refused.status_code == 422 and "stay as they are" in refused.text


def test_a_new_council_is_led_to_its_rules_and_says_since_when_they_stand(
    client: FlaskClient, app: Flask, now: datetime
) -> None:
    administrator = people.set_up_council(
        code=people.first_code(at=now) or "", council_name="Exampleton", name="A. Admin", email="a@x.example",
        post_name="Administrator", password="plum seventeen otter", at=now,
    )  # fmt: skip
    today_is(TODAY)
    sign_in(client, administrator)
    assert 'href="/settings/rules"' in client.get("/my-work").text
    page = client.get("/settings/rules").text
    assert "No rules are in force" in page and "Enter the rules" in page
    done = client.post("/settings/rules/new", data={**RULES, **day("from_on", date(2015, 1, 1))})
    assert done.status_code == 302, "the first row may say since when they stand"
    assert "In force since 1 January 2015" in client.get("/settings/rules").text


def test_a_reason_is_added_and_ended_never_backwards(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["administrator"])
    told = {"name": "Smith & Sons <only>", "meaning": "Nobody else.", "max_net": "10,000", "max_months": "12",
            "source": "Rules 30"}  # fmt: skip
    assert client.post("/settings/waiver-reasons/new", data=told | day("from_on", TODAY)).status_code == 302
    page = client.get("/settings/waiver-reasons").text
    assert "Smith &amp; Sons &lt;only&gt;" in page and "£10,000 without VAT, one year" in page
    row = db.session.scalars(
        select(WaiverReason).where(WaiverReason.max_months == 12, WaiverReason.max_net == 10_000)
    ).one()
    at = f"/settings/waiver-reasons/{row.id}/end"
    assert client.post(at, data={**day("until_on", date(2027, 1, 1)), "version": "1"}).status_code == 422
    assert client.post(at, data={**day("until_on", TODAY), "version": str(row.version)}).status_code == 302
    assert "to 25 January 2027" in client.get("/settings/waiver-reasons").text


# ── the scheme ──


def a_paragraph(cast: Cast, post: str = COMMISSIONING) -> dict[str, object]:
    return {
        "number": "Part 3, paragraph 9", "words": "Heads may extend.", "post_id": str(cast.post(post).id),
        "acts": ["extend", "vary"], "max_value_gross": "50,000", "max_months": "12",
        "consultees-0-post_id": str(cast.post(FINANCE).id), "consultees-0-mode": "agree",
        "consultees-1-post_id": "", "consultees-1-mode": "consult", **day("from_on", TODAY),
    }  # fmt: skip


def test_the_monitoring_officer_adds_a_paragraph_but_not_for_their_own_post(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    sign_in(client, cast["law"])
    more = client.post("/settings/scheme/new", data={**a_paragraph(cast), "add": "consultee"})
    assert "consultees-2-post_id" in more.text and "Heads may extend." in more.text
    own = client.post("/settings/scheme/new", data=a_paragraph(cast, LAW))
    assert own.status_code == 422 and "No one raises their own limit" in own.text
    itself = client.post("/settings/scheme/new", data=a_paragraph(cast, FINANCE))
    assert itself.status_code == 422 and "isn’t consulted about its own decision" in itself.text
    assert client.post("/settings/scheme/new", data=a_paragraph(cast)).location == "/settings/scheme"
    rows = db.session.scalars(select(Delegation).where(Delegation.scheme_paragraph == "Part 3, paragraph 9")).all()
    assert {row.act for row in rows} == {ActKind.EXTEND, ActKind.VARY}
    assert rows[0].consultees[0].mode is ConsultationMode.AGREE
    page = client.get("/settings/scheme").text
    assert "With the agreement of the Chief Operating Officer" in page and "Extend and vary" in page
    at = f"/settings/scheme/{rows[0].id}/end"
    assert client.post(at, data={**day("until_on", date(2027, 1, 1)), "version": "1"}).status_code == 422
    assert client.post(at, data={**day("until_on", TODAY), "version": str(rows[0].version)}).status_code == 302
    assert {row.until_on for row in rows} == {TODAY}


def test_everybody_who_works_with_it_reads_the_scheme_and_few_change_it(client: FlaskClient, cast: Cast) -> None:
    today_is(TODAY)
    for who in ("officer", "director"):
        sign_in(client, cast[who])
        page = client.get("/settings/scheme").text
        assert "Part 3, paragraph 4.2" in page and "/settings/scheme/new" not in page
        assert client.get("/settings/scheme/new").status_code == 403
    assert client.get("/settings/scheme/999/end").status_code == 403
    sign_in(client, cast["law"])
    assert client.get("/settings/scheme/999/end").status_code == 404


# ── asking for a waiver ──


def told(cast: Cast, **more: str) -> dict[str, str]:
    reason = db.session.scalars(select(WaiverReason).where(WaiverReason.name.startswith("Only one"))).one()
    return {
        "rule": "quotes", "reason_id": str(reason.id), "case": "One trainer is accredited.", "began": "no",
        **day("from_on", TODAY), **day("until_on", date(2027, 12, 31)), **more,
    }  # fmt: skip


def a_file(cast: Cast) -> Procurement:
    return approval.scheme_purchase(cast, to=Stage.SEEKING_APPROVAL)


def test_an_officer_asks_for_a_waiver_and_goes_on_to_its_decision(client: FlaskClient, cast: Cast) -> None:
    reference = a_file(cast).reference
    today_is(TODAY)
    sign_in(client, cast["officer"])
    at = f"/procurements/{reference}/waiver"
    assert at in client.get(f"/procurements/{reference}/authority").text
    page = client.get(at).text
    assert (
        "decided by the Director of Policy and Participation" in page and "Chief Operating Officer must agree" in page
    )
    late = client.post(at, data=told(cast, began="yes"))
    assert late.status_code == 422 and "Enter the day the work began" in late.text
    assert "One trainer is accredited." in late.text, "nothing typed is lost"
    other = client.post(at, data=told(cast, rule="another"))
    assert other.status_code == 422 and "Enter the rule in words" in other.text
    long = client.post(at, data=told(cast) | day("until_on", date(2030, 1, 1)))
    assert long.status_code == 422 and "is for at most two years" in long.text
    done = client.post(at, data=told(cast))
    waiver = db.session.scalars(select(Waiver)).one()
    assert done.location == f"/decisions/{waiver.decision.reference}/prepare"
    assert "Waive the number of quotes for volunteer training" in client.get(done.location).text
    page = client.get(f"/procurements/{reference}/authority").text
    assert "Being prepared" in page and "Nothing may rest on it yet" in page
    again = client.post(at, data=told(cast))
    assert again.status_code == 422 and "being decided already" in again.text


def test_a_file_without_a_director_is_told_to_name_one(client: FlaskClient, cast: Cast) -> None:
    file = a_file(cast)
    with act("took the director out", on=file, by=Machine("test"), at=days.at(TODAY)):
        file.director_post = None
    today_is(TODAY)
    sign_in(client, cast["officer"])
    at, said = f"/procurements/{file.reference}/waiver", "Name the accountable director of this file first."
    page = client.get(at).text
    assert said in page and f'href="/procurements/{file.reference}/need"' in page
    assert "Nobody may waive a rule" not in page
    assert said in client.post(at, data=told(cast)).text and db.session.scalar(select(Waiver.id)) is None


def test_a_file_under_the_act_is_told_that_no_waiver_can_be_given(client: FlaskClient, cast: Cast) -> None:
    file = a_file_to_tender(cast, decided=False)
    today_is(days.METHOD_SET)
    sign_in(client, cast["officer"])
    page = client.get(f"/procurements/{file.reference}/waiver").text
    assert "It can’t set aside the Procurement Act 2023" in page and 'name="case"' not in page
    assert "/waiver" not in client.get(f"/procurements/{file.reference}/authority").text


def test_a_reader_of_the_file_asks_for_no_waiver(client: FlaskClient, cast: Cast) -> None:
    reference = a_file(cast).reference
    sign_in(client, cast["director"])
    assert client.get(f"/procurements/{reference}/waiver").status_code == 403
    assert "/waiver" not in client.get(f"/procurements/{reference}/authority").text
    assert DIRECTOR in client.get(f"/procurements/{reference}/authority").text
