"""The conflicts assessment: prepared before the notice, each person considered, reviewed at each later step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Post
from procure.procurement.models import Procurement
from procure.refusals import Refusal
from procure.tender.conflict_models import ConflictsAssessment, ConflictsReview, ConsideredPerson


class ConflictsRefused(Refusal):
    """The assessment contradicts itself or the calendar."""


def prepare_assessment(
    file: Procurement, *, prepared_on: date, approver_post: Post, approved_on: date | None = None,
    supplier_steps: str = "", by: Actor, at: datetime, sees: int | None = None,
) -> ConflictsAssessment:  # fmt: skip
    """Say when the assessment was prepared, who approves it, and what a supplier was asked to do. s.83(1)."""
    row = file.conflicts
    with act("prepared the conflicts assessment", on=row or file, by=by, at=at, sees=sees if row else None):
        today = legal_day(at)
        if prepared_on > today:
            raise ConflictsRefused("It can’t have been prepared on a day to come.", field="prepared_on")
        if approved_on and not prepared_on <= approved_on <= today:
            raise ConflictsRefused("It was approved once it was prepared, and not after today.", field="approved_on")
        if row is None:
            row = ConflictsAssessment(procurement=file, is_example=file.is_example)
        row.prepared_on, row.approver_post, row.approved_on = prepared_on, approver_post, approved_on
        row.supplier_steps = supplier_steps
        db.session.add(row)
        db.session.flush()
    return row


def consider(
    assessment: ConflictsAssessment, facts: Mapping[str, Any], *, person: ConsideredPerson | None = None, by: Actor,
    at: datetime, sees: int | None = None,
) -> ConsideredPerson:  # fmt: skip
    """Enter somebody who was considered, or change the entry. Without an interest nothing follows."""
    name = str(facts["name"])
    said = f"considered {name} for conflicts of interest"
    with act(said, on=person or assessment, by=by, at=at, sees=sees if person else None):
        if facts["declared_on"] > legal_day(at):
            raise ConflictsRefused("They can’t have declared on a day to come.", field="declared_on")
        if any(one.name.casefold() == name.casefold() and one is not person for one in assessment.people):
            raise ConflictsRefused(f"{name} is on the list already.", field="name")
        if person is None:
            number = max((one.number for one in assessment.people), default=0) + 1
            person = ConsideredPerson(assessment=assessment, number=number)
        for field, value in facts.items():
            setattr(person, field, value)
        if not person.interest:
            person.interest_kind = person.conflict_kind = person.outcome = None
            person.since = person.advantage = person.steps = ""
        db.session.add(person)
        db.session.flush()
    return person


def review(
    assessment: ConflictsAssessment, *, on: date, at_stage: str, result: str, by: Actor, at: datetime
) -> ConflictsReview:
    """Record that the assessment was looked at again, and what came of it. s.83(3)."""
    with act(f"reviewed the conflicts assessment: {words.within(at_stage)}", on=assessment, by=by, at=at):
        if not assessment.prepared_on <= on <= legal_day(at):
            raise ConflictsRefused("A review comes after the assessment, and not on a day to come.", field="on")
        if any((one.on, one.at_stage) == (on, at_stage) for one in assessment.reviews):
            raise ConflictsRefused("That review is on record already.", field="on")
        row = ConflictsReview(assessment=assessment, on=on, at_stage=at_stage, result=result)
        db.session.add(row)
        db.session.flush()
    return row
