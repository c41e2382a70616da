"""The pages on which papers about decisions and powers are read and issued."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.authority.documents import CONSULTATION_LOG, DELEGATION_REGISTER
from procure.authority.models import Decision
from procure.council.models import Demonstration
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.documents.models import Paper
from procure.extensions import db
from tests.an_award import a_lot_to_award
from tests.signing_in import sign_in

LOG = "/decisions/ODR-2027-118/log"
REGISTER = "/decisions/powers/paper"


@pytest.fixture
def ready(cast: Cast) -> Decision:
    """19 November: with the director."""
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.answers(decision, cast)
    db.session.add(Demonstration(today=days.SIGNING))
    db.session.commit()
    return decision


def papers(name: str) -> list[Paper]:
    return list(db.session.scalars(select(Paper).where(Paper.name == name)))


def test_the_log_is_read_before_the_signature_and_issued_after_it(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["officer"])
    assert LOG in client.get("/decisions/ODR-2027-118/views").text
    shown = client.get(LOG).text
    assert "It can be issued once the decision is signed." in shown and ">Issue it<" not in shown
    refused = client.post(LOG, follow_redirects=True).text
    assert "You can’t issue the log yet." in refused and papers(CONSULTATION_LOG.name) == []
    demonstration.sign(ready, cast)
    assert "Issue it" in client.get(LOG).text
    assert "Consultation log, version 1" in client.post(LOG, follow_redirects=True).text
    assert "Version 1 was issued on 19 November 2027." in client.get(LOG).text
    assert client.get(f"{LOG}/draft.docx").data[:2] == b"PK"


def test_only_the_officer_issues_the_log_and_others_don_t_see_it(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    demonstration.sign(ready, cast)
    for who, status in (("director", 403), ("evaluator1", 404)):
        sign_in(client, cast[who])
        assert client.post(LOG).status_code == status
    assert client.get(LOG).status_code == 404 and papers(CONSULTATION_LOG.name) == []


def test_the_register_of_powers_is_issued_for_the_council_and_read_by_all_who_work_there(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["evaluator1"])
    assert "Cabinet, 13 July 2027, item 92, resolution (v)" in client.get(REGISTER).text.replace("\xa0", " ")
    assert client.post(REGISTER).status_code == 403
    sign_in(client, cast["democratic"])
    issued = client.post(REGISTER, follow_redirects=True)
    assert "Register of delegations, version 1" in issued.text
    (paper,) = papers(DELEGATION_REGISTER.name)
    sign_in(client, cast["evaluator1"])
    assert client.get(f"/papers/{paper.id}").status_code == 200
    assert client.get(f"/papers/{paper.id}/word").data[:2] == b"PK"
    assert client.post(f"/papers/{paper.id}/pdf").status_code == 404


def test_a_file_offers_its_papers_when_there_is_something_to_say(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["officer"])
    documents = "/procurements/PRO-2027-014/documents"
    listed = client.get(documents).text
    assert "Register of delegations" in listed and "Report back to members" not in listed
    refused = client.post(f"{documents}/report-back/issue", follow_redirects=True).text
    assert "cannot be issued" in refused and papers("report-back") == []
    assert "version 1" in client.post(f"{documents}/delegation-register/issue", follow_redirects=True).text
