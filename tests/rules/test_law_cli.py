"""`flask law …`: one JSON object out, refusals on standard error, no application and no database."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procure.cli.law import law


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(law, arguments)


def _answer(*arguments: str) -> dict[str, Any]:
    result = _run(*arguments)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_standstill_answers_with_its_working() -> None:
    answer = _answer("standstill", "--published", "2026-03-16")
    assert list(answer)[:3] == ["ends_on", "earliest_signing_on", "working"]
    assert answer["source"].startswith("Procurement Act 2023, section 51") and "GOV.UK" in answer["calendar"]
    assert answer["inputs"] == {"published_on": "2026-03-16"} and answer["rule"].startswith("Eight working days")
    assert (answer["ends_on"], answer["earliest_signing_on"]) == ("2026-03-26", "2026-03-27")
    assert answer["working"][1] == {
        "day": "2026-03-17",
        "counted": None,
        "why": "St Patrick’s Day, bank holiday in Northern Ireland",
    }


def test_the_json_flag_changes_nothing_here() -> None:
    arguments = ("details-notice", "--entered", "2026-03-12")
    assert _answer(*arguments) == _answer(*arguments, "--json")
    assert _answer(*arguments)["due_on"] == "2026-04-10"
    assert _answer(*arguments, "--light-touch")["due_on"] == "2026-07-09"


def test_call_in_takes_the_councils_own_number_of_days() -> None:
    answer = _answer("call-in", "--published", "2026-07-31")
    assert (answer["ends_on"], answer["effective_on"]) == ("2026-08-07", "2026-08-10")
    assert _answer("call-in", "--published", "2026-07-31", "--days", "3")["ends_on"] == "2026-08-05"


def test_the_ladder_tells_due_from_sent() -> None:
    answer = _answer("ladder", "--ends", "2027-08-31")
    assert answer["due_on"]["3"] == "2027-05-31"
    assert answer["send_on"]["3"] == "2027-05-28"
    assert list(answer["send_on"]) == ["18", "12", "9", "6", "3"]
    assert answer["provisional"] is False


def test_a_provisional_ladder_warns_on_standard_error_only() -> None:
    result = _run("ladder", "--ends", "2031-03-31")
    assert json.loads(result.stdout)["provisional"] is True
    assert "Provisional" in result.stderr


def test_threshold_writes_money_to_the_penny_as_text() -> None:
    answer = _answer(
        "threshold", "--kind", "light_touch", "--started", "2026-02-01",
        "--net-per-year", "111000", "--years", "5", "--vat", "20",
    )  # fmt: skip
    assert answer.pop("source").startswith("Procurement Act 2023")
    assert answer["rule"].startswith("£666,000.00 with VAT and every extension is not less than £663,540")
    assert (
        answer.items()
        >= {
            "net": "555000.00",
            "vat": "111000.00",
            "gross": "666000.00",
            "threshold": "663540.00",
            "above": True,
        }.items()
    )


def test_start_by_answers_stage_by_stage() -> None:
    answer = _answer("start-by", "--ends", "2028-03-31")
    assert answer["start_by"] == answer["stages"][0]["latest_start_on"] == "2027-05-05"
    assert answer["stages"][-1]["must_end_before"] == "2028-04-01"


def test_a_refusal_is_its_sentence_on_standard_error_and_exit_one() -> None:
    result = _run("standstill", "--published", "2028-12-28")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "31 December 2028" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("standstill",),
        ("standstill", "--published", "16/03/2026"),
        ("standstill", "--published", "9999-12-31"),
        ("threshold", "--kind", "gifts", "--started", "2026-02-01", "--net-per-year", "1", "--years", "1"),
        ("threshold", "--kind", "goods", "--started", "2026-02-01", "--net-per-year", "ten", "--years", "1"),
    ],
)
def test_arguments_that_make_no_sense_are_exit_two(arguments: tuple[str, ...]) -> None:
    assert _run(*arguments).exit_code == 2


def test_a_modification_is_tested_with_its_working() -> None:
    asked = ("modification", "--value", "1000000", "--max-months", "60", "--started", "2026-03-01")
    allowed = _answer(*asked, "--added", "100001", "--ground", "provided_for")
    assert allowed["allowed"] is True and allowed["needs_notice"] is True and allowed["regime"] == "PA2023"
    refused = _answer(
        *asked, "--added", "90000", "--earlier", "90000", "--earlier", "90000", "--ground", "below_threshold"
    )
    assert refused["allowed"] is False and "£270,000" in refused["refusals"][0]
    assert [one["test"] for one in refused["tests"]] == ["Value", "All such changes", "Scope"]


@pytest.mark.parametrize(
    ("deadline", "event", "more", "due"),
    [
        ("contract_copy", "2026-03-12", (), "2026-06-09"),
        ("contract_copy", "2026-12-01", ("--light-touch",), "2027-05-29"),
        ("termination_notice", "2028-03-31", (), "2028-04-29"),
        ("pipeline_notice", "2027-04-01", (), "2027-05-26"),
        ("performance_notice", "2026-06-15", (), "2027-06-14"),
        ("payments_compliance", "2026-03-31", (), "2026-04-29"),
        ("payment_notices", "2026-12-31", (), "2027-01-29"),
        ("claim", "2026-03-02", (), "2026-03-31"),
    ],
)
def test_any_period_is_counted_from_its_event(deadline: str, event: str, more: tuple[str, ...], due: str) -> None:
    answer = _answer("period", "--deadline", deadline, "--event", event, *more)
    assert answer["due_on"] == due == answer["working"][-1]["day"] and answer["source"]


def test_the_duties_of_a_contract_come_with_their_law_and_their_sources() -> None:
    answer = _answer("duties", "--kind", "light_touch", "--started", "2026-03-01", "--value", "666000", "--json")
    assert (answer["regime"], answer["above"]) == ("PA2023", True)
    bound = {one["duty"]: one["bound"] for one in answer["duties"]}
    assert bound["standstill"] == "voluntary" and bound["contract award notice"] == "mandatory"
    assert all(one["source"] for one in answer["duties"])
    small = _answer("duties", "--kind", "services", "--started", "2026-03-01", "--value", "60000", "--how", "quotes")
    assert small["regime"] == "BELOW_THRESHOLD_PA2023"
