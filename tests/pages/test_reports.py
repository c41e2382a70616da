"""Standing reports and the register of powers: who reads them, what they answer, and that they stay quick."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import event, select

from procure.audit.actions import Machine, act
from procure.authority.models import Decision, Delegation
from procure.authority.rules import ActKind, DecisionState
from procure.authority.waiver_models import Waiver
from procure.council.models import Demonstration, WaiverReason
from procure.demonstration.cast import DIRECTOR, Cast, the_cast
from procure.demonstration.days import at
from procure.desk.rules.reports import REPORTS
from procure.extensions import db
from procure.people.models import Cover
from tests.signing_in import sign_in

SIGNED, TODAY = date(2027, 11, 19), date(2027, 11, 26)
HARD = "=Grant to Smith & Sons <Ltd>"


def as_(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, the_cast()[key])
    return client


@contextmanager
def queries() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def a_decision(cast: Cast, number: int, **facts: Any) -> None:
    facts = {
        "state": DecisionState.SIGNED, "signed_at": at(SIGNED), "signed_by": cast["director"], "act": ActKind.AWARD,
        "digest": "0" * 64,
    } | facts  # fmt: skip
    with act("put a decision where it is", on="council", by=Machine("test"), at=at(SIGNED)):
        db.session.add(
            Decision(
                reference=f"ODR-2027-{number:03}", title=f"{HARD} {number}", post=cast.post(DIRECTOR),
                prepared_by=cast["officer"], prepared_at=at(SIGNED), **facts,
            )
        )  # fmt: skip


def a_power(cast: Cast, **facts: Any) -> Delegation:
    with act("put a power where it is", on="council", by=Machine("test"), at=at(SIGNED)):
        power = Delegation(
            scheme_paragraph="9.9", scheme_words="May award", act=ActKind.AWARD, post=cast.post(DIRECTOR),
            from_on=date(2018, 4, 1), **facts,
        )  # fmt: skip
        db.session.add(power)
    return power


@pytest.fixture
def told(cast: Cast) -> None:
    """One of each thing that a report tells, on Friday 26 November 2027."""
    db.session.add(Demonstration(today=TODAY))
    db.session.commit()
    director, officer = cast["director"], cast["officer"]
    with act("set a cover and a reason", on="council", by=Machine("test"), at=at(SIGNED)):
        cover = Cover(
            post=cast.post(DIRECTOR), person=cast["finance"], away=director, from_on=SIGNED, until_on=TODAY,
            reason="Leave", authority="Part 3.4", set_by=officer,
        )  # fmt: skip
        reason = WaiverReason(name="Urgent", from_on=date(2018, 4, 1))
        db.session.add_all([cover, reason])
    a_decision(cast, 1, published_on=date(2027, 11, 23), delegation=a_power(cast, until_on=date(2028, 1, 31)))
    a_decision(cast, 2, published_on=date(2027, 11, 25), signed_cover=cover, signed_by=cast["finance"])
    a_decision(cast, 3, state=DecisionState.SENT, signed_at=None, signed_by=None, sent_at=at(date(2027, 11, 22)))
    a_decision(cast, 4)
    found = db.session.scalars(select(Decision).where(Decision.reference == "ODR-2027-004")).one()
    with act("waived", on="council", by=Machine("test"), at=at(SIGNED)):
        db.session.add(
            Waiver(
                decision=found, reason=reason, rule="Three quotes", case="Flood", from_on=SIGNED, until_on=TODAY,
                began_on=date(2027, 11, 1),
            )
        )  # fmt: skip


def table(client: FlaskClient, name: str) -> list[list[str]]:
    """The rows of a report as its file has them."""
    answer = client.get(f"/reports/{name}.csv")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


def test_each_report_tells_what_it_asks(app: Flask, cast: Cast, told: None) -> None:
    auditor = as_(app, "auditor")
    late = table(auditor, "published-late")
    assert [(row[1][:12], row[4], row[6]) for row in late] == [
        ("ODR-2027-004", "Not yet", "3"), ("ODR-2027-002", "25 November 2027", "2"),
    ]  # fmt: skip
    assert [row[6] for row in table(auditor, "decisions-waiting")] == ["4"]
    (cover,) = table(auditor, "signed-by-cover")
    assert cover[2:5] == [cast["finance"].name, "", cast["director"].name] and "Part 3.4" in cover
    (lacking,) = table(auditor, "no-limit")
    assert "value" in lacking[4].lower()
    assert lacking[6] == "Nobody yet" and lacking[0].startswith("'=Grant")
    assert [row[1] for row in table(auditor, "powers-expiring")] == ["Scheme of delegation, 9.9"]
    assert "Scheme of delegation, 9.9" not in {row[1] for row in table(auditor, "powers-unused")}
    assert [row[4] for row in table(auditor, "waivers-after-the-event")] == ["1 November 2027"]
    for one in REPORTS:
        page = auditor.get(f"/reports/{one.name}").text
        assert one.answer(len(table(auditor, one.name))) in page.replace("&#39;", "’") and "<Ltd>" not in page
    assert auditor.get("/reports/nothing").status_code == 404


def test_a_director_reads_of_the_reports_what_is_theirs(app: Flask, cast: Cast, told: None) -> None:
    director = as_(app, "director")
    assert director.get("/reports").status_code == 200
    assert len(table(director, "published-late")) == 2
    assert as_(app, "evaluator1").get("/reports").status_code == 403
    menu = html.document_fromstring(as_(app, "evaluator1").get("/decisions").text)
    assert "/reports" not in [one.get("href") for one in menu.xpath("//a")]
    assert "/reports" in [
        one.get("href") for one in html.document_fromstring(director.get("/decisions").text).xpath("//a")
    ]


def test_the_register_of_powers_is_narrowed_and_kept_as_a_file(app: Flask, cast: Cast, told: None) -> None:
    officer = as_(app, "officer")
    page = officer.get("/decisions/powers?show=expiring").text
    assert "Scheme of delegation, 9.9" in page and "ODR-2027-001" in page and "One power" in page
    rows = list(csv.reader(io.StringIO(officer.get("/decisions/powers.csv?show=expiring").text.removeprefix("\ufeff"))))
    assert len(rows) == 2 and rows[1][0] == "Award" and rows[1][-1].startswith("ODR-2027-001, signed 19 November 2027")
    assert "No power is like that today" in officer.get("/decisions/powers?show=to_come").text
    assert officer.get("/decisions/powers?show=junk&page=99").status_code == 200


def test_more_powers_and_decisions_ask_no_more_of_the_database(app: Flask, cast: Cast, told: None) -> None:
    officer = as_(app, "officer")
    pages = ("/reports", "/decisions/powers", "/reports/published-late", "/public/decisions")

    def asked() -> list[int]:
        found = []
        for page in pages:
            officer.get(page)
            db.session.expire_all()
            with queries() as said:
                officer.get(page)
            found.append(len(said))
        return found

    before = asked()
    for number in range(10, 16):
        a_decision(cast, number, published_on=date(2027, 11, 25), is_key=True, delegation=a_power(cast))
    assert asked() == before


def test_the_demonstration_s_powers_lead_from_cabinet_s_words_to_the_use(at_stage: Callable[[str], Flask]) -> None:
    officer = as_(at_stage("signed"), "officer")
    page = html.document_fromstring(officer.get("/decisions/powers").text)
    links = [one.get("href") for one in page.xpath("//main//table//a")]
    assert "/meetings/CAB-2027-07-13-92" in links and "/decisions/ODR-2027-118" in links
    main = page.xpath("//main")[0].text_content()
    assert "D. Director" in main and "The words state no limit on value or length." in main
