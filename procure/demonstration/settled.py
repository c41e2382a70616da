"""What is settled before the notice of the demonstration: the strategy, and the conflicts assessment. Example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, Cast
from procure.documents.actions import issue
from procure.procurement.models import Procurement
from procure.tender.conflict_actions import consider, prepare_assessment
from procure.tender.documents import OF_THE_FILE
from procure.tender.strategy_actions import say_strategy

PREPARED, APPROVED, DECLARED = date(2027, 8, 27), date(2027, 8, 31), date(2027, 8, 20)

STRATEGY: dict[str, Any] = {
    "estimated_on": date(2027, 4, 14),
    "budget_annual": Decimal(115_000),
    "budget_years": "2028/29 to 2030/31",
    "budget_conditions": "Each option to extend needs the budget confirmed first.",
    "cpv": "98133100 | Civic betterment and community facility support services",
    "cpv_reason": "Most of the work is support of community groups.",
    "stages": "",
    "value_for_money_text": "Price counts for 40% and the most that can be paid is fixed. Outcomes are paid for, not "
    "hours.",
    "policy_statement_text": "Regard was had to the statement: the tender is open to small and voluntary "
    "organisations, asks for local jobs and volunteering, and counts them in the criteria.",
    "collaboration_text": "Two neighbouring boroughs were asked in March 2027. Their contracts end in other years.",
    "known_risks": "",
    "management_text": "The contract manager reviews performance with the supplier every three months and reports to "
    "the director each year.",
}

PEOPLE = (
    ("officer", "Runs the procurement"),
    ("evaluator1", "Evaluator"),
    ("evaluator2", "Evaluator"),
    ("moderator", "Moderator"),
    ("director", "Decides on the award"),
)


def assess(file: Procurement, cast: Cast) -> None:
    """2 September 2027: the conflicts assessment, prepared and approved in August, is on the file."""
    officer = cast["officer"]
    assessment = prepare_assessment(
        file, prepared_on=PREPARED, approver_post=cast.post(COMMISSIONING), approved_on=APPROVED, by=officer,
        at=days.at(days.PAPERS_ISSUED, 9),
    )  # fmt: skip
    for key, role in PEOPLE:
        person = cast[key]
        posts = [one.post.name for one in person.holdings if one.covers(PREPARED)]
        facts = {"name": person.name, "post": posts[0] if posts else "Officer", "role": role, "declared_on": DECLARED,
                 "interest": ""}  # fmt: skip
        consider(assessment, facts, by=officer, at=days.at(days.PAPERS_ISSUED, 9, 10))


def settle(file: Procurement, cast: Cast) -> None:
    """2 September 2027: the strategy is written; it and the assessment are issued."""
    officer = cast["officer"]
    say_strategy(file, cast.post(COMMISSIONING), STRATEGY, by=officer, at=days.at(days.PAPERS_ISSUED, 11))
    for paper in OF_THE_FILE:
        issue(paper, file, by=officer, at=days.at(days.PAPERS_ISSUED, 12))
