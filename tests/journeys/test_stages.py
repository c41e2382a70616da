"""The whole walk by the real actions, on both databases: each stage stands, and the trail holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.verifying import verify
from procure.authority.models import Decision
from procure.contract.models import Contract
from procure.demonstration.walk import STEPS, the_file
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.rules import Stage
from procure.reminder.models import Reminder

AT = Callable[[str], Flask]

STANDS = {
    "need": Stage.NEED,
    "appraisal": Stage.APPRAISING,
    "approval": Stage.SEEKING_APPROVAL,
    "tender": Stage.OPEN_TO_BIDS,
    "evaluation": Stage.EVALUATING,
    "award": Stage.DECIDING_AWARD,
    "signing": Stage.DECIDING_AWARD,
    "standstill": Stage.AWARD_ANNOUNCED,
    "signed": Stage.CONTRACTED,
}


@pytest.mark.parametrize("stage", [step.name for step in STEPS])
def test_every_stage_can_be_loaded_and_its_trail_is_whole(at_stage: AT, stage: str) -> None:
    at_stage(stage)
    found = verify()
    assert found.verified, found.broken
    if stage in STANDS:
        assert the_file().stage is STANDS[stage]


def test_at_the_end_of_the_walk_everything_hangs_together(at_stage: AT) -> None:
    at_stage("signed")
    contract = db.session.scalars(select(Contract).where(Contract.reference == "CON-2028-003")).one()
    assert contract.starts_on == date(2028, 4, 1)
    assert (contract.initial_ends_on, contract.ends_on) == (date(2031, 3, 31), date(2031, 3, 31))
    assert [option.months for option in contract.options] == [12, 12]
    assert contract.full_gross == Decimal("540000.00")
    assert contract.value_gross == Decimal("324000.00")
    decision = db.session.scalars(select(Decision).where(Decision.reference == "ODR-2027-118")).one()
    assert len(decision.digest) == 64
    assert "resolution (v)" in decision.authority_chain
    names = {paper.name for paper in db.session.scalars(select(Paper).where(Paper.about == "PRO-2027-014"))}
    assert {"cabinet-report", "officer-decision-record", "assessment-summary", "letter-to-winner"} <= names
    ladder = [
        reminder.send_on
        for reminder in db.session.scalars(
            select(Reminder).where(Reminder.contract == contract, Reminder.ahead == "18m").order_by(Reminder.send_on)
        )
    ]
    assert date(2029, 9, 28) in ladder, "30 September 2029 is a Sunday: the letter goes on the Friday before"
