"""Long work: asked for once, done by one clock, taken up again after a dead one, tried again, stopped, swept."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.documents import jobs as paper_jobs
from procure.documents.jobs import MANIFEST, PACK, PDF, pack_facts
from procure.documents.models import Paper
from procure.documents.pdf import PdfFailed, office
from procure.extensions import db
from procure.jobs import declare
from procure.jobs.actions import IsOver, NotToBeAskedAgain, NotYours, ask, ask_again, cancel, sweep, work_waiting
from procure.jobs.declare import Kind, Made, Work
from procure.jobs.models import Job
from procure.jobs.rules import CLAIMED_FOR, KEPT_FOR, MOST_TRIES, WAITS, JobState
from procure.mail.models import Heartbeat
from procure.procurement.models import Procurement
from tests.conftest import lent
from tests.issued_papers import a_paper, with_papers

Doing = Callable[[Work], Made]


def well(work: Work) -> Made:
    """Three steps and a small file."""
    for done in range(4):
        work.progress(done, 3)
    work.result().write(b"three steps")
    return Made("steps.txt", "text/plain", "had three steps made")


@pytest.fixture
def kind_that(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Kind]:
    """Makes a kind of work for one test."""

    def make(run: Doing, longest: timedelta = timedelta(minutes=2)) -> Kind:
        kind = Kind("trial", unit="step", run=run, open_to=lambda *_: None, longest=longest)
        monkeypatch.setitem(declare._KINDS, "trial", kind)
        return kind

    return make


def asked(kind: Kind, cast: Cast, at: datetime, who: str = "officer") -> Job:
    return ask(kind, title="Three steps", about="PRO-2027-014", by=cast[who], at=at)


def again(job: Job) -> Job:
    """The row as it stands now."""
    db.session.rollback()
    db.session.refresh(job)
    return job


def file_of(app: Flask, job: Job) -> Path:
    assert job.result_key is not None
    return Path(app.config["FILES"]) / job.result_key


def files_kept(app: Flask) -> list[str]:
    return sorted(path.name for path in (Path(app.config["FILES"]) / "jobs").glob("*"))


def test_a_job_is_done_and_its_result_is_kept_with_its_digest(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    job = asked(kind_that(well), cast, now)
    assert work_waiting(now) == 1 and work_waiting(now) == 0
    job = again(job)
    assert (job.state, job.done, job.of, job.tries, job.once) == (JobState.DONE, 3, 3, 1, None)
    assert file_of(app, job).read_bytes() == b"three steps" and job.result_size == 11
    assert job.result_sha256 == hashlib.sha256(b"three steps").hexdigest() and job.can_be_fetched
    entry = db.session.scalars(select(TrailEntry).order_by(TrailEntry.id.desc())).first()
    assert entry is not None and entry.said == "had three steps made"
    assert db.session.scalars(select(Heartbeat.said).where(Heartbeat.name == "jobs")).one() == "Nothing waited"


def test_asking_twice_makes_one_job_while_it_is_not_over(
    cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    kind = kind_that(well)
    first = asked(kind, cast, now)
    assert asked(kind, cast, now).id == first.id
    work_waiting(now)
    assert asked(kind, cast, now).id != first.id


def test_two_requests_at_one_moment_make_one_job(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    kind, officer, together = kind_that(well), cast["officer"].id, threading.Barrier(2)

    def click(_: int) -> int:
        with app.app_context():
            by = db.session.get_one(type(cast["officer"]), officer)
            together.wait(timeout=10)
            job = ask(kind, title="Three steps", about="PRO-2027-014", by=by, at=now)
            return job.id

    db.session.rollback()
    with ThreadPoolExecutor(2) as browsers:
        assert len(set(browsers.map(click, range(2)))) == 1


def test_two_clocks_do_each_job_once(app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]) -> None:
    begun, lock = [], threading.Lock()

    def count(work: Work) -> Made:
        with lock:
            begun.append(work.facts["number"])
        return well(work)

    asked(kind_that(well), cast, now)
    work_waiting(now)  # the file has a trail, as every file has of which a job is asked
    kind = kind_that(count)
    for number in range(8):
        ask(kind, title="Steps", about="PRO-2027-014", facts={"number": number}, by=cast["officer"], at=now)

    def clock(_: int) -> int:
        with app.app_context():
            return work_waiting(now)

    db.session.rollback()
    with ThreadPoolExecutor(2) as clocks:
        assert sum(clocks.map(clock, range(2))) == 8
    assert sorted(begun) == list(range(8))
    assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}


def _a_clock_that_hangs(folder: Path, url: str, at: datetime, begun: str) -> None:
    """A clock in a process of its own, in the middle of its work."""

    def hang(work: Work) -> Made:
        work.progress(1, 3)
        work.result().write(b"half of it")
        Path(begun).touch()
        signal.pause()
        raise AssertionError

    with lent(folder, url) as app, app.app_context():
        declare._KINDS["trial"] = Kind(
            "trial", unit="step", run=hang, open_to=lambda *_: None, longest=timedelta(minutes=2)
        )
        work_waiting(at)


def test_a_job_whose_clock_is_killed_is_taken_up_again(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind], tmp_path: Path, database_url: str
) -> None:
    job, begun = asked(kind_that(well), cast, now), tmp_path / "begun"
    db.session.rollback()
    clock = multiprocessing.get_context("spawn").Process(
        target=_a_clock_that_hangs, args=(tmp_path, database_url, now, str(begun))
    )
    clock.start()
    try:
        for _ in range(600):
            if begun.exists():
                break
            clock.join(0.1)
        assert begun.exists() and clock.pid is not None
    finally:
        os.kill(clock.pid or 0, signal.SIGKILL)
        clock.join(20)
    assert again(job).state is JobState.RUNNING and job.done == 1
    assert work_waiting(now + CLAIMED_FOR - timedelta(seconds=5)) == 0
    assert work_waiting(now + CLAIMED_FOR + timedelta(minutes=1)) == 1
    job = again(job)
    assert (job.state, job.tries) == (JobState.DONE, 2)
    assert file_of(app, job).read_bytes() == b"three steps" and files_kept(app) == [f"{job.id}-2"]


def test_a_clock_that_wakes_too_late_settles_nothing(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    def sleep(work: Work) -> Made:
        work.result().write(b"late")
        kind_that(well)
        assert work_waiting(now + CLAIMED_FOR + timedelta(minutes=1)) == 1
        return Made("late.txt", "text/plain", "came too late")

    job = asked(kind_that(sleep), cast, now)
    work_waiting(now)
    job = again(job)
    assert (job.state, job.result_name) == (JobState.DONE, "steps.txt")
    assert files_kept(app) == [f"{job.id}-2"]


def test_a_job_that_kills_every_clock_is_given_up(cast: Cast, now: datetime, kind_that: Callable[..., Kind]) -> None:
    def die(work: Work) -> Made:
        raise KeyboardInterrupt

    job, at = asked(kind_that(die), cast, now), now
    for _ in range(MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            work_waiting(at)
        at += CLAIMED_FOR + timedelta(minutes=1)
    assert work_waiting(at) == 0
    assert again(job).state is JobState.FAILED and job.problem and "three times" in job.problem


def test_what_breaks_is_tried_again_later_and_then_given_up(
    cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    def breaks(work: Work) -> Made:
        raise ValueError("secret detail")

    job, at = asked(kind_that(breaks), cast, now), now
    for wait in WAITS:
        assert work_waiting(at) == 1 and again(job).state is JobState.WAITING
        assert work_waiting(at + wait - timedelta(seconds=2)) == 0
        at += wait + timedelta(seconds=2)
    work_waiting(at)
    assert again(job).state is JobState.FAILED and job.problem and "secret" not in job.problem
    new = ask_again(job, by=cast["officer"], at=at)
    assert new.id != job.id and new.state is JobState.WAITING
    with pytest.raises(NotToBeAskedAgain):
        ask_again(new, by=cast["officer"], at=at)


def test_work_that_goes_on_too_long_is_stopped(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    def endless(work: Work) -> Made:
        while True:
            work.result().write(b"more")
            work.progress(0)

    job = asked(kind_that(endless, longest=timedelta(seconds=-1)), cast, now)
    work_waiting(now)
    assert again(job).state is JobState.FAILED and job.problem and "too long" in job.problem
    assert files_kept(app) == []


def test_a_job_is_cancelled_by_whoever_asked_even_while_it_runs(
    app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]
) -> None:
    def cancelled_meanwhile(work: Work) -> Made:
        work.result().write(b"half")
        cancel(db.session.scalars(select(Job)).one(), by=cast["officer"], at=now)
        return well(work)

    job = asked(kind_that(cancelled_meanwhile), cast, now)
    with pytest.raises(NotYours):
        cancel(job, by=cast["manager"], at=now)
    work_waiting(now)
    assert again(job).state is JobState.CANCELLED and not job.can_be_fetched and files_kept(app) == []
    with pytest.raises(IsOver):
        cancel(job, by=cast["officer"], at=now)


def test_results_are_swept_after_a_week(app: Flask, cast: Cast, now: datetime, kind_that: Callable[..., Kind]) -> None:
    job = asked(kind_that(well), cast, now)
    work_waiting(now)
    assert sweep(now + KEPT_FOR - timedelta(minutes=1)) == 0
    assert sweep(now + KEPT_FOR + timedelta(minutes=1)) == 1 and files_kept(app) == []
    job = again(job)
    assert job.state is JobState.DONE and not job.can_be_fetched and job.result_name == "steps.txt"
    assert sweep(now + KEPT_FOR + timedelta(minutes=2)) == 0


# ── packs and PDFs ──


@pytest.fixture
def file(cast: Cast) -> Iterator[Procurement]:
    yield with_papers(cast)


def a_pack(file: Procurement, cast: Cast, at: datetime) -> Job:
    facts = pack_facts(file.reference)
    return ask(PACK, title="All papers", about=file.reference, facts=facts, by=cast["officer"], at=at, still_good=True)


def test_a_pack_holds_the_newest_version_of_each_paper_and_proves_it(
    app: Flask, cast: Cast, file: Procurement, now: datetime, tmp_path: Path
) -> None:
    a_paper(file, cast, now, subject="A & B\n<Ltd>")
    job = a_pack(file, cast, now)
    work_waiting(now)
    job = again(job)
    assert job.state is JobState.DONE and job.result_name == f"{file.reference}-papers-2027-01-25.zip"
    with zipfile.ZipFile(file_of(app, job)) as pack:
        names = pack.namelist()
        pack.extractall(tmp_path / "pack")
    assert len(names) == 3 and names[-1] == MANIFEST and any(name.endswith("-v2.docx") for name in names)
    told = (tmp_path / "pack" / MANIFEST).read_text()
    assert "version 2" in told and f"by {cast['officer'].name}" in told and "A & B <Ltd>" in told
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", MANIFEST], cwd=tmp_path / "pack", capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0 and checked.stdout.count(": OK") == 2, checked.stderr


def test_the_same_papers_make_the_same_pack_and_a_new_paper_a_new_one(
    cast: Cast, file: Procurement, now: datetime
) -> None:
    job = a_pack(file, cast, now)
    work_waiting(now)
    assert a_pack(file, cast, now).id == job.id
    a_paper(file, cast, now)
    assert a_pack(file, cast, now).id != job.id


def test_a_damaged_paper_is_not_packed(app: Flask, cast: Cast, file: Procurement, now: datetime) -> None:
    paper = db.session.scalars(select(Paper).order_by(Paper.id.desc())).first()
    assert paper is not None
    (Path(app.config["FILES"]) / paper.file_key).write_bytes(b"something else")
    job = a_pack(file, cast, now)
    work_waiting(now)
    assert again(job).state is JobState.FAILED and job.problem and "version 2" in job.problem
    assert files_kept(app) == []


def a_pdf(cast: Cast, at: datetime) -> Job:
    paper = db.session.scalars(select(Paper).order_by(Paper.id)).first()
    assert paper is not None
    facts = {"paper": paper.id}
    return ask(PDF, title="PDF", about=paper.about, facts=facts, by=cast["officer"], at=at, still_good=True)


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_a_pdf_is_made_once_and_kept(app: Flask, cast: Cast, file: Procurement, now: datetime) -> None:
    job = a_pdf(cast, now)
    work_waiting(now)
    job = again(job)
    assert job.state is JobState.DONE, job.problem
    assert file_of(app, job).read_bytes().startswith(b"%PDF-") and job.result_type == "application/pdf"
    assert a_pdf(cast, now).id == job.id


def test_a_pdf_that_hangs_or_has_no_libreoffice_fails_with_a_sentence(
    cast: Cast, file: Procurement, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs(_: bytes) -> bytes:
        raise PdfFailed("The PDF took too long to make. The Word file is not affected.")

    for made, sentence in ((hangs, "took too long"), (lambda _: None, "isn’t installed")):
        monkeypatch.setattr(paper_jobs, "to_pdf", made)
        job = a_pdf(cast, now)
        work_waiting(now)
        assert again(job).state is JobState.FAILED and job.problem and sentence in job.problem
