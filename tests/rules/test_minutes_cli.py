"""`flask minutes read`: an answer a file, no database; its score on open texts where they lie beside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from procure.cli.minutes import minutes
from procure.demonstration import minuted

REACHES = {
    "resolutions_f1": 0.97, "verb": 0.95, "delegations_f1": 0.96, "delegate_exact": 0.94, "consultees_exact": 0.92,
    "acts_f1": 0.88, "amounts_exact": 0.97, "period": 0.90, "fields": 0.95,
}  # fmt: skip
BESIDE = "shared/data/decisions"
TEXTS = next((up / BESIDE for up in Path(__file__).parents if (up / BESIDE).is_dir()), None)


def run(*arguments: str) -> tuple[int, list[dict[str, object]], str]:
    done = CliRunner().invoke(minutes, ["read", *arguments])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr


def test_each_file_has_one_answer_with_its_name() -> None:
    paths = [str(minuted.HERE / name) for name in (minuted.CABINET, minuted.HAVERING)]
    code, found, _ = run(*paths, "--json")
    assert code == 0 and [one["id"] for one in found] == ["cabinet_2019", "havering_2015"]
    last = found[0]["resolutions"][-1]  # type: ignore[index]
    assert last["delegate"] == ["Director of Policy and Participation"] and last["consult_mode"] == "in consultation"
    assert found[0]["meeting_date"] == "2019-02-18" and found[0]["item"] == "92"


def test_a_file_that_cannot_be_read_is_said_and_the_next_is_read(tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.txt", tmp_path / "good.txt"
    broken.write_bytes(b"\x00\x01")
    good.write_text("1. That the plan be approved.")
    code, found, said = run(str(broken), str(good), "--json")
    assert (code, [one["id"] for one in found]) == (0, ["good"]) and "broken.txt holds no text" in said
    assert run(str(broken), "--json")[0] == 1


def test_a_reading_can_be_read_at_a_terminal() -> None:
    said = CliRunner().invoke(minutes, ["read", str(minuted.HERE / minuted.CABINET)]).output
    assert "cabinet_2019: Cabinet, 18 February 2019" in said
    assert "Director of Policy and Participation may procure, award, enter and ancillary" in said


@pytest.mark.shared
def test_the_open_texts_are_read_as_well_as_was_promised() -> None:
    if TEXTS is None:
        pytest.skip("The decisions are not beside the project: no score was taken.")
    _, found, _ = run(*map(str, sorted(TEXTS.glob("*.txt"))), "--json")
    lines = "\n".join(map(json.dumps, found))
    scored = subprocess.run(
        [sys.executable, str(TEXTS / "score.py")], input=lines, capture_output=True, text=True, check=True
    )
    score = json.loads(scored.stdout)
    assert {name: score[name] for name, least in REACHES.items() if score[name] < least} == {}
    assert score["invented_posts"] == 0
