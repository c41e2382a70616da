"""The conflicts assessment stands before the notice where the law asks for it. Procurement Act 2023 s.83."""

from __future__ import annotations

import pytest

from procure.tender.conflict_rules import ConflictsFacts, conflicts_checks


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (ConflictsFacts(True), "The law asks for it before the notice (Procurement Act 2023, section 83)."),
        (ConflictsFacts(True, True), "Nobody is considered in it yet."),
        (ConflictsFacts(True, True, 4), "It isn’t approved yet."),
    ],
)
def test_the_notice_waits_for_a_whole_assessment(facts: ConflictsFacts, refusal: str) -> None:
    (check,) = conflicts_checks(facts)
    assert not check.is_done and check.refusal == refusal


def test_nothing_is_asked_below_the_threshold_and_a_whole_one_is_done() -> None:
    assert conflicts_checks(ConflictsFacts()) == ()
    (check,) = conflicts_checks(ConflictsFacts(True, True, 1, True))
    assert check.is_done and check.hint == "1 person considered"
