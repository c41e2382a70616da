"""The case file: everything in date order, to be proved by sha256sum; nobody finds in it what is closed to them."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.desk.case_file import NotWholeForYou, case_file_of, open_whole, state_of
from procure.desk.case_file_jobs import CASE_FILE
from procure.documents.models import Paper
from procure.evaluation.models import BidFile
from procure.extensions import db
from procure.jobs.actions import ask, work_waiting
from procure.jobs.models import Job
from procure.jobs.rules import JobState
from procure.mail.models import Letter
from procure.procurement.models import Procurement
from tests import a_competition
from tests.an_evaluation import a_bid, declare, finish_alone, name_panel, score_alone

AT = datetime(2027, 11, 20, 9, tzinfo=UTC)


def made(app: Flask, cast: Cast, procurement: Procurement) -> Path:
    """The case file as it lies where files are kept."""
    job = ask(CASE_FILE, title="The case file", about=procurement.reference, by=cast["officer"], at=AT)
    assert work_waiting(AT) == 1
    job = db.session.get_one(Job, job.id, populate_existing=True)
    assert job.state is JobState.DONE and job.result_key is not None, job.problem
    return Path(app.config["FILES"]) / job.result_key


def unpacked(zipped: Path, into: Path) -> Path:
    with zipfile.ZipFile(zipped) as whole:
        assert whole.testzip() is None
        whole.extractall(into)
    return into


@pytest.fixture
def bought(app: Flask, cast: Cast) -> Procurement:
    """A purchase whose award is signed: papers, letters, bids, scores, a decision."""
    return a_competition.signed(cast)


def test_a_third_party_proves_the_whole_case_file(app: Flask, cast: Cast, bought: Procurement, tmp_path: Path) -> None:
    folder = unpacked(made(app, cast, bought), tmp_path / "out")
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not on this machine")
    checked = subprocess.run(
        [shutil.which("sha256sum") or "", "--strict", "-c", "MANIFEST.txt"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    lying = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert lying == {line.rpartition(": ")[0] for line in checked.stdout.splitlines()} | {"MANIFEST.txt"}
    issued = {paper.sha256 for paper in db.session.scalars(select(Paper))}
    assert issued and all(sha256 in (folder / "MANIFEST.txt").read_text() for sha256 in issued)


def test_everything_is_in_it_in_date_order(app: Flask, cast: Cast, bought: Procurement, tmp_path: Path) -> None:
    case = case_file_of(bought)
    assert [one.at for one in case.items] == sorted(one.at for one in case.items) and case.left_out == ()
    kinds = {one.kind for one in case.items}
    assert {"Document", "Letter", "Decision", "Consultation", "Bid", "Scores", "Result", "Trail"} <= kinds
    folder = unpacked(made(app, cast, bought), tmp_path / "out")
    assert len(list((folder / "bids").rglob("*.pdf"))) == len(list(db.session.scalars(select(BidFile))))
    decision = bought.only_lot.award.decision  # type: ignore[union-attr]
    signed = folder / f"decisions/{decision.reference}-signed.json"
    assert hashlib.sha256(signed.read_bytes()).hexdigest() == decision.digest
    assert "89.67" in (folder / f"evaluation/{bought.reference}-ranking.csv").read_text("utf-8")
    letters = select(Letter).where(Letter.about == bought.reference)
    assert len(list((folder / "letters").iterdir())) >= len(list(db.session.scalars(letters)))
    last = (folder / f"trail/{bought.reference}.jsonl").read_text().splitlines()
    told = [json.loads(line) for line in last]
    assert all(entry["previous_hash"] == before["hash"] for before, entry in pairwise(told))
    index = (folder / "index.html").read_text()
    assert index.count("<tr>") == len(case.items) + 1 and "Left out for now" not in index


def test_scores_stay_out_until_every_evaluator_has_finished(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = a_competition.evaluating(cast)
    lot = file.only_lot
    a_bid(lot, cast, "Smith & Sons <Ltd>", 123_457)
    name_panel(lot, cast)
    declare(lot, cast)
    score_alone(lot, cast, "evaluator1", 5, 1, 5, 1)
    folder = unpacked(made(app, cast, file), tmp_path / "out")
    assert not (folder / "evaluation").exists()
    assert "not every evaluator has finished" in (folder / "index.html").read_text()
    trail = [json.loads(line) for line in (folder / f"trail/{file.reference}.jsonl").read_text().splitlines()]
    scores = [entry for entry in trail if entry["table_name"] == "individual_score"]
    assert scores and all(entry["payload"] is None and entry["salt"] is None and entry["withheld"] for entry in scores)
    finish_alone(lot, cast)
    assert case_file_of(file).left_out == ()


def test_only_those_who_may_see_all_take_it(app: Flask, cast: Cast) -> None:
    file = a_competition.evaluating(cast)
    lot, day = file.only_lot, days.EVALUATED
    a_bid(lot, cast, "Example Trust")
    for key in ("officer", "auditor"):
        assert open_whole(cast[key], file.reference, day) is file
    for key in ("finance", "director"):
        with pytest.raises(NotWholeForYou, match="aren’t open to you"):
            open_whole(cast[key], file.reference, day)
    name_panel(lot, cast, "evaluator1", "officer")
    with pytest.raises(NotWholeForYou, match="on the panel"):
        open_whole(cast["officer"], file.reference, day)


def test_the_same_case_file_is_not_made_twice_and_a_later_one_is_new(app: Flask, cast: Cast) -> None:
    file = a_competition.evaluating(cast)
    before = state_of(file)
    assert state_of(file) == before
    a_bid(file.only_lot, cast, "Example Trust")
    assert state_of(file) != before
