"""Who may be given a role, what makes a password, how quote bands fit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.council.rules import Band, gap_in
from procure.people.rules import APART_FROM_ADMINISTRATOR, NEVER_TO_ONESELF, Role, grant_problem, password_problem

NONE: frozenset[Role] = frozenset()


def ask(role: Role, others: frozenset[Role] = NONE, **said: bool) -> str | None:
    facts = {"on_one_file": False, "is_own": False, "by_administrator": True} | said
    return grant_problem(role, others=others, **facts)


@pytest.mark.parametrize("role", sorted(NEVER_TO_ONESELF))
def test_nobody_raises_their_own_limit(role: Role) -> None:
    assert ask(role) is None
    assert "yourself" in (ask(role, is_own=True) or "")


@pytest.mark.parametrize("role", sorted(APART_FROM_ADMINISTRATOR))
def test_an_administrator_holds_no_deciding_role_and_the_other_way_round(role: Role) -> None:
    assert "administrator" in (ask(role, frozenset({Role.ADMINISTRATOR})) or "").lower()
    assert "administrator" in (ask(Role.ADMINISTRATOR, frozenset({role})) or "").lower()


def test_an_auditor_holds_no_role_that_writes() -> None:
    assert "auditor" in (ask(Role.AUDITOR, frozenset({Role.OFFICER})) or "")
    assert "auditor" in (ask(Role.OFFICER, frozenset({Role.AUDITOR})) or "")


def test_roles_for_all_files_are_not_given_on_one() -> None:
    assert "all files" in (ask(Role.AUDITOR, on_one_file=True) or "")
    assert ask(Role.EVALUATOR, on_one_file=True) is None


def test_an_officer_gives_the_lesser_roles_only() -> None:
    assert ask(Role.EVALUATOR, on_one_file=True, by_administrator=False) is None
    assert "administrator" in (ask(Role.DECIDER, on_one_file=True, by_administrator=False) or "")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "12 characters"),
        ("twelve chars", None),
        ("officer@lbbd.example", "email"),
        ("OFFICER@lbbd.example", "email"),
        ("Password1234", "among the first"),
        ("aaaaaaaaaaaaaaaa", "among the first"),
        ("plum seventeen otter", None),
    ],
)
def test_a_password_is_long_and_not_easily_guessed(password: str, says: str | None) -> None:
    problem = password_problem(password, "officer@lbbd.example", "A. Officer")
    assert (problem is None) if says is None else says in (problem or "")


def band(low: int, high: int | None, begins: date = date(2027, 1, 1), ends: date | None = None) -> Band:
    return Band(Decimal(low), None if high is None else Decimal(high), begins, ends)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (band(0, 5000), band(5000, 25000), False),
        (band(0, 5001), band(5000, 25000), True),
        (band(0, None), band(5000, 25000), True),
        (band(0, 5000, ends=date(2027, 6, 30)), band(0, 5000, date(2027, 7, 1)), False),
        (band(0, 5000, ends=date(2027, 7, 1)), band(0, 5000, date(2027, 7, 1)), True),
    ],
)
def test_two_bands_never_claim_one_value_on_one_day(one: Band, other: Band, meet: bool) -> None:
    assert one.meets(other) is meet
    assert other.meets(one) is meet


def test_a_gap_between_bands_is_named() -> None:
    day = date(2027, 2, 1)
    assert gap_in([band(0, 5000), band(5000, None)], day) is None
    assert gap_in([band(0, 5000), band(6000, None)], day) == "No band covers £5,000 to £6,000."
    assert gap_in([band(0, 5000)], day) == "No band covers £5,000 and more."
