"""Rules of the tender papers: lists with parts, and what must be issued before the notice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procure.procurement.rules import Route, State
from procure.tender.pack_rules import (
    OF_A_TENDER,
    PackFacts,
    amount_of,
    pack_check,
    papers_needed,
    parts_of,
    problem_in,
    rows_of,
)


def test_an_entry_is_parted_at_bars_and_at_the_tabs_of_a_spreadsheet() -> None:
    assert parts_of("Public liability | 5,000,000 | each claim") == ("Public liability", "5,000,000", "each claim")
    assert parts_of("Public liability\t5,000,000\teach claim") == ("Public liability", "5,000,000", "each claim")


def test_a_part_that_may_be_left_out_is_printed_as_a_dash() -> None:
    assert rows_of("returns", "Form of tender | PDF\n\nPrice | Spreadsheet | two sheets") == (
        ("Form of tender", "PDF", "–"),
        ("Price", "Spreadsheet", "two sheets"),
    )


@pytest.mark.parametrize(
    ("name", "lines", "says"),
    [
        ("outcomes", ["Groups are stronger | survey | 62% | 80%"], None),
        ("outcomes", ["Groups are stronger | survey | 62% | 80%", "Reach | 14 of 19"], "Line 2 must have four parts"),
        ("outcomes", ["Groups are stronger | | 62% | 80%"], "Line 1 must have four parts"),
        ("returns", ["Form of tender"], "Line 1 must have 2 or 3 parts"),
        ("returns", ["Form of tender | PDF | | more"], "Line 1 must have 2 or 3 parts"),
        ("insurance", ["Public liability | 5m | each claim"], None),
        ("insurance", ["Public liability | five million | each claim"], "the amount must be in pounds"),
        ("insurance", ["Public liability | -5 | each claim"], "the amount must be in pounds"),
        ("insurance", [], None),
    ],
)
def test_a_typed_list_is_refused_with_the_line_that_is_wrong(name: str, lines: list[str], says: str | None) -> None:
    found = problem_in(name, lines)
    assert found is None if says is None else found is not None and says in found


@pytest.mark.parametrize("typed", ["5,000,000", "£5,000,000.00", "5m", "5 million"])
def test_a_sum_insured_is_read_as_people_write_it(typed: str) -> None:
    assert amount_of(typed) == Decimal(5_000_000)


@pytest.mark.parametrize("typed", ["", "nan", "inf", "0", "lots", "m"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        amount_of(typed)


def test_a_tender_needs_six_papers_and_quotes_need_one() -> None:
    assert papers_needed(Route.CABINET) == OF_A_TENDER
    assert papers_needed(Route.SCHEME) == ("request-for-quotes",)


def test_the_notice_waits_for_every_paper() -> None:
    check = pack_check(PackFacts(("Specification", "Form of tender"), ("Form of tender",)), Route.CABINET)
    assert check.name == "Issue the tender papers"
    assert check.state is State.IN_PROGRESS
    assert check.refusal == "Bidders must get every paper with the notice. Still to issue: form of tender."


def test_a_paper_that_no_longer_says_what_the_file_says_must_be_issued_again() -> None:
    check = pack_check(PackFacts(("Specification",), (), ("Specification",)), Route.CABINET)
    assert check.refusal == "Specification no longer says what the file says. Issue again."


def test_quotes_wait_for_the_request_only_and_the_sentence_says_so() -> None:
    check = pack_check(PackFacts(("Request for quotes",), ("Request for quotes",)), Route.SCHEME)
    assert check.name == "Issue the request for quotes"
    assert check.refusal == "Issue the request for quotes first. Suppliers need nothing more at this value."
    assert pack_check(PackFacts(("Request for quotes",)), Route.SCHEME).is_done
