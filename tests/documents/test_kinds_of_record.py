"""The record of a decision that isn't an award: no empty table, no word of an award, and it can be issued."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.record_documents import LAW_OF_MEMBERS, OfficerDecisionRecord, WaivedRule
from procure.documents.declare import issue_bytes
from tests.documents.papers import meta_for, words_of

SAMPLE: OfficerDecisionRecord = OFFICER_DECISION_RECORD.sample()
PLAIN = replace(
    SAMPLE, standstill=None, consultees=(),
    decision=replace(
        SAMPLE.decision, title="A decision", points=SAMPLE.decision.points[1:2], results=(), risks=(), comments=(),  # type: ignore[index]
        papers=(), withheld=(), next_steps=(), objection_reason=None, alternatives=SAMPLE.decision.alternatives[2:3],  # type: ignore[index]
    ),
)  # fmt: skip


def decided(**changes: Any) -> OfficerDecisionRecord:
    return replace(PLAIN, decision=replace(PLAIN.decision, **changes))


WAIVER = WaivedRule("The number of quotes", "One supplier only", "It alone holds the parts.", "2027 to 2028", None)


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        (replace(PLAIN, value=None), "The power relied on names nobody to be consulted", "Most it could cost"),
        (replace(PLAIN, waiver=WAIVER), "It alone holds the parts.", "Result of the evaluation"),
        (replace(PLAIN, waiver=replace(WAIVER, after_text="Begun before.")), "Begun before.", "standstill"),
        (decided(maker_kind="a member’s", law_text=LAW_OF_MEMBERS), "Record of a member’s decision", "Openness of"),
        (decided(contract_text="CON-2028-003, with Example"), "CON-2028-003, with Example", "standstill"),
        (decided(maker_capacity="R. Reviewer covered."), "R. Reviewer covered.", "I have decided despite"),
        (
            replace(PLAIN, value=replace(SAMPLE.value, beside_label="The contract then comes to", over_text="More.",  # type: ignore[type-var]
                                         beside_gross=Decimal(648000))),
            "The contract then comes to", "A year",
        ),
        (PLAIN, "No officer was asked to comment.", "standstill"),
    ],
)  # fmt: skip
def test_each_kind_of_decision_has_its_record(facts: OfficerDecisionRecord, said: str, unsaid: str) -> None:
    words = words_of(issue_bytes(OFFICER_DECISION_RECORD, facts, meta_for(OFFICER_DECISION_RECORD)))
    assert said in words and unsaid not in words.replace("Enter into the contract when the standstill", "")
    assert "◆" not in words
