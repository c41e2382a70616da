"""The clock, and the same work by hand: commands, the timetable, the digest, and how it stops."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from config import ROOT, Unsafe, settings
from procure import clock
from procure.audit.models import TrailHead
from procure.council.models import Demonstration
from procure.databases import NotCurrent
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.demonstration.contract import run_the_clock
from procure.extensions import db
from procure.mail.models import Heartbeat, Letter
from procure.mail.rounds import own_transaction
from procure.reminder.planning import request_all_plans
from tests.an_ending_contract import ending_contract


def said(app: Flask, *words: str) -> tuple[int, str]:
    """What a command printed, and its exit code."""
    answer = app.test_cli_runner().invoke(args=list(words))
    return answer.exit_code, answer.output


def objects(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_reminders_are_listed_tried_and_sent_by_hand(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    run_the_clock(date(2027, 3, 17))
    code, printed = said(app, "reminders", "due", "--today", "2027-03-31", "--json")
    assert code == 0 and [found["about"] for found in objects(printed)] == [
        "Use option 1 by 30 June", "12 months before the end",
    ]  # fmt: skip
    assert said(app, "reminders", "send", "--today", "2027-03-31", "--dry-run", "--json") == (0, printed)
    code, printed = said(app, "reminders", "send", "--today", "2027-03-31", "--json")
    assert code == 0 and objects(printed)[0]["sent"] == 1, "of two missed about one end, the latest goes"
    assert said(app, "reminders", "due", "--today", "2027-03-31") == (0, "")
    assert "Nothing was due." in said(app, "reminders", "send", "--today", "2027-03-31")[1]


def test_planning_can_be_tried_first(app: Flask, cast: Cast) -> None:
    ending_contract(cast)
    with own_transaction():
        db.session.execute(text("DELETE FROM reminder WHERE sent_on IS NULL"))
        request_all_plans()
    code, printed = said(app, "reminders", "plan", "--today", "2027-01-25", "--dry-run")
    tried = re.fullmatch(r"(\d+) reminders would be planned, 0 would be cancelled\.\n", printed)
    assert code == 0 and tried is not None and int(tried[1]) > 10
    assert f"{tried[1]} reminders planned" in said(app, "reminders", "plan", "--today", "2027-01-25")[1]
    assert "0 reminders planned" in said(app, "reminders", "plan", "--today", "2027-01-25")[1]


def test_a_day_that_is_none_is_refused(app: Flask, cast: Cast) -> None:
    assert said(app, "reminders", "plan", "--today", "31 March")[0] == 2


def test_a_trial_letter_shows_whether_letters_arrive(app: Flask, cast: Cast, tmp_path: Path) -> None:
    assert said(app, "letters", "try", "somebody@council.test")[0] == 0
    assert said(app, "letters", "post")[1] == "1 posted, 0 waiting, 0 could not be sent.\n"
    assert len(list((tmp_path / "letters").glob("*.eml"))) == 1


def test_the_timetable_has_four_jobs_that_never_run_beside_themselves(app: Flask) -> None:
    jobs = {job.id: job for job in clock.timetable(app).get_jobs()}
    assert set(jobs) == {"daily round", "catch up", "post letters", "jobs"}
    fields = {field.name: str(field) for field in jobs["daily round"].trigger.fields}
    assert (fields["hour"], fields["minute"]) == ("7", "30")
    assert str(jobs["daily round"].trigger.timezone) == "Europe/London"


def test_the_morning_sends_what_is_due_and_writes_the_digest(app: Flask, cast: Cast, tmp_path: Path) -> None:
    ending_contract(cast)
    with own_transaction():
        db.session.add(Demonstration(today=days.LETTER))
    clock.within(app, clock.morning)()
    clock.within(app, clock.post)()
    assert all(letter.sent_at for letter in db.session.scalars(select(Letter)))
    digest = json.loads((tmp_path / "digests" / "2027-03-31.json").read_text())
    heads = {head.file: head.hash for head in db.session.scalars(select(TrailHead))}
    assert {file: head["hash"] for file, head in digest["heads"].items()} == heads
    beats = {beat.name for beat in db.session.scalars(select(Heartbeat)) if beat.ended_at}
    assert {"daily round", "post letters", "trail digest"} <= beats


def test_no_letter_waits_behind_a_long_job(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(app, "letters", "try", "somebody@council.test")
    db.session.remove()
    working, may_end, posted = threading.Event(), threading.Event(), tmp_path / "letters"

    def long_work(at: datetime) -> None:
        working.set()
        may_end.wait(60)

    monkeypatch.setattr(clock, "work_waiting", long_work)
    monkeypatch.setattr(clock, "daily_round", lambda today, at: may_end.wait(60))
    app.config.update(POST_EVERY=0.1, DAILY_ROUND_AT=time(0))
    scheduler = clock.timetable(app)
    running = threading.Thread(target=scheduler.start)
    running.start()
    try:
        assert working.wait(20)
        until = monotonic() + 20
        while not list(posted.glob("*-trial.eml")) and monotonic() < until:
            sleep(0.05)
        assert list(posted.glob("*-trial.eml")) and not may_end.is_set()
    finally:
        may_end.set()
        scheduler.shutdown()
        running.join()


def test_a_clock_waits_for_a_database_that_comes_up_after_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    away = create_engine("postgresql+psycopg://procure@127.0.0.1:1/away")
    here, db.engines[None] = db.engines[None], away

    def nap(seconds: float) -> None:
        naps.append(seconds)
        db.engines[None] = here

    monkeypatch.setattr(clock, "sleep", nap)
    clock.wait_for_database(app)
    assert naps == [clock.DATABASE_ASKED_AGAIN]


@pytest.mark.parametrize(
    ("setting", "given", "why"),
    [
        ("POST_EVERY", "0", "number of seconds above 0"),
        ("SMTP_TIMEOUT", "soon", "number of seconds above 0"),
        ("DAILY_ROUND_AT", "half past seven", "time of day such as 07:30"),
        ("LETTER_CLAIM", "199", "at least 10 times SMTP_TIMEOUT"),
    ],
)
def test_a_time_that_would_break_the_clock_is_refused(tmp_path: Path, setting: str, given: str, why: str) -> None:
    with pytest.raises(Unsafe, match=why):
        settings({"PROCURE_INSTANCE": str(tmp_path), setting: given})


def test_a_job_that_fails_does_not_stop_the_clock(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise ValueError("broken")

    clock.within(app, broken)()
    assert "The round broken failed." in caplog.text


def test_the_clock_refuses_a_database_that_is_behind(app: Flask) -> None:
    db.session.execute(text("DELETE FROM alembic_version"))
    db.session.commit()
    with pytest.raises(NotCurrent):
        clock.run(app)
    code, printed = said(app, "clock")
    assert code == 1 and "db upgrade" in printed


def test_the_clock_runs_by_itself_and_stops_when_told(app: Flask, cast: Cast, tmp_path: Path) -> None:
    ending_contract(cast)
    with own_transaction():
        db.session.add(Demonstration(today=days.LETTER))
    said(app, "letters", "try", "somebody@council.test")
    environment = os.environ | {
        "PROCURE_INSTANCE": str(tmp_path), "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "SMTP_URL": "",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "clock"], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        waited = monotonic() + 60
        while not list((tmp_path / "letters").glob("*-trial.eml")) and monotonic() < waited:
            sleep(0.2)
        assert list((tmp_path / "letters").glob("*-trial.eml"))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
