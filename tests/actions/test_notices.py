"""A recorded notice can be put right, within what bidders may rely on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.demonstration import days
from procure.demonstration.cast import the_cast
from procure.demonstration.walk import the_file
from procure.extensions import db
from procure.notices.actions import NoticeRefused, correct
from procure.notices.facts import notice_of
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from tests.signing_in import sign_in

AT = Callable[[str], Flask]


def recorded(kind: NoticeKind) -> Notice:
    """The notice of that kind on the demonstration's file."""
    found = notice_of(the_file().only_lot, kind)
    assert found is not None
    return found


def mend(notice: Notice, at_day: date, **facts: object) -> None:
    """Correct some of a notice, leaving the rest."""
    given = {
        "reference": notice.reference, "published_on": notice.published_on, "closes_at": notice.closes_at,
        "because": "Typed wrongly.",
    } | facts  # fmt: skip
    correct(notice, by=the_cast()["officer"], at=days.at(at_day), **given)  # type: ignore[arg-type]


def test_a_number_typed_wrongly_is_corrected_and_the_old_one_stays_in_the_trail(at_stage: AT) -> None:
    at_stage("tender")
    notice = recorded(NoticeKind.TENDER)
    old = notice.reference
    mend(notice, days.TENDER_OPENS, reference="099999-2027")
    last = db.session.scalars(
        select(TrailEntry).where(TrailEntry.file == "PRO-2027-014").order_by(TrailEntry.number.desc())
    ).first()
    assert last is not None and last.note == "Typed wrongly."
    assert old in (last.payload or "") and "099999-2027" in (last.payload or "")


def test_a_deadline_moves_later_and_never_earlier(at_stage: AT) -> None:
    at_stage("tender")
    notice = recorded(NoticeKind.TENDER)
    assert notice.closes_at is not None
    mend(notice, days.TENDER_OPENS, closes_at=notice.closes_at + timedelta(days=7), because="A document changed.")
    assert notice.closes_at == days.at(date(2027, 10, 18), 14)
    with pytest.raises(NoticeRefused, match="only move later"):
        mend(notice, days.TENDER_OPENS, closes_at=notice.closes_at - timedelta(minutes=1))


def test_a_deadline_does_not_move_once_bids_are_open(at_stage: AT) -> None:
    at_stage("evaluation")
    notice = recorded(NoticeKind.TENDER)
    assert notice.closes_at is not None
    with pytest.raises(NoticeRefused, match="bids are open"):
        mend(notice, days.MODERATED, closes_at=notice.closes_at + timedelta(days=1))


def test_an_award_notice_is_never_before_the_letters(at_stage: AT) -> None:
    at_stage("standstill")
    with pytest.raises(NoticeRefused, match="before every bidder had its letter"):
        mend(recorded(NoticeKind.AWARD), days.STANDSTILL, published_on=days.PUBLISHED)


def test_the_page_asks_why(at_stage: AT) -> None:
    app = at_stage("tender")
    client = app.test_client()
    sign_in(client, the_cast()["officer"])
    address = "/procurements/PRO-2027-014/notices/UK4/correct"
    assert "move the deadline" in client.get("/procurements/PRO-2027-014/tender/notice").text
    answer = client.post(address, data={"reference": "099999-2027"})
    assert answer.status_code == 422
    assert "Say what was wrong, or why it moves" in answer.text
    assert client.get("/procurements/PRO-2027-014/notices/UK9/correct").status_code == 404
