"""The timetable: a process of its own, never inside a web worker. `flask --app wsgi clock`.

It asks "what is due on or before now and not done?", so a clock that slept catches up, and two at once are harmless.
"""

from __future__ import annotations

import json
import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from time import sleep
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from procure.audit.models import TrailHead
from procure.authority.chasing import chase_round
from procure.databases import refuse_unless_current
from procure.documents.sweeping import sweep_files
from procure.extensions import db
from procure.jobs.actions import sweep, work_waiting
from procure.mail.health import silent_since
from procure.mail.rounds import beat
from procure.mail.sending import post_waiting
from procure.mail.watching import tell_of_silence
from procure.now import LONDON, now, today
from procure.register.actions.tidying import bring_sums_together
from procure.reminder.actions import daily_round

log = logging.getLogger(__name__)

DAILY_ROUND_AT = time(7, 30)
"""When the daily round runs, London time, unless the settings say otherwise: letters are there when people come in."""

DATABASE_ASKED_AGAIN = 2
"""Seconds until a clock that found no database looks again."""

stopping = threading.Event()
"""Set when the clock is told to stop: what comes in pieces ends after the piece in hand."""


def morning() -> None:
    """The daily round: plan, pass on, send; chase views and signatures; the digest of all trail heads; the
    sums of the list of contracts brought together; a sweep of old results and of files that no row names.

    Where no round ended well for too long, the administrators are told first: afterwards it would not be seen.
    """
    tell_of_silence(now())
    daily_round(today(), at=now())
    chase_round(today(), at=now())
    write_digest(now())
    bring_sums_together()
    sweep(now())
    sweep_files(now())


def catch_up() -> None:
    """What the morning missed, or what became due since: the same question, asked again.

    Before the morning only where a whole day was missed.
    """
    morning_at = current_app.config.get("DAILY_ROUND_AT", DAILY_ROUND_AT)
    is_morning_over = now().astimezone(LONDON).time() >= morning_at
    if is_morning_over or silent_since(now()) is not None:
        tell_of_silence(now())
        daily_round(today(), at=now())
        chase_round(today(), at=now())
        if not digest_path(now()).exists():
            write_digest(now())


def post() -> None:
    """Post the letters that wait, round after round until none is left."""
    while not stopping.is_set() and post_waiting(now()):
        pass


def work() -> None:
    """Do the long work that waits."""
    work_waiting(now())


def digest_path(at: datetime) -> Path:
    """Where the digest of a day lies, outside the database."""
    day = at.astimezone(LONDON).date()
    return Path(current_app.config["INSTANCE"]) / "digests" / f"{day.isoformat()}.json"


def write_digest(at: datetime) -> Path:
    """Write the end of every file's chain to a file of the day, so that a rewritten trail can be told from it."""
    heads = db.session.execute(select(TrailHead.file, TrailHead.count, TrailHead.hash).order_by(TrailHead.file))
    path = digest_path(at)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    facts: dict[str, Any] = {
        "written_at": at.isoformat(),
        "heads": {file: {"count": count, "hash": hash_} for file, count, hash_ in heads},
    }
    half.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    half.replace(path)
    beat("trail digest", began_at=at, ended_at=at, said=f"{len(facts['heads'])} chains")
    return path


def timetable(app: Flask) -> BlockingScheduler:
    """Every job and when it runs. Late jobs run once; no job runs beside itself.

    Letters, long work and the rounds have a thread each: nobody’s letter waits behind somebody’s import.
    """
    scheduler = BlockingScheduler(
        timezone=LONDON,
        executors={name: ThreadPoolExecutor(1) for name in ("rounds", "post", "work")},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    add, every, at = scheduler.add_job, app.config.get, app.config.get("DAILY_ROUND_AT", DAILY_ROUND_AT)
    add(within(app, morning), "cron", hour=at.hour, minute=at.minute, id="daily round", executor="rounds")
    for job, name, often, thread in (
        (catch_up, "catch up", every("CATCH_UP_EVERY", 900), "rounds"),
        (post, "post letters", every("POST_EVERY", 10), "post"),
        (work, "jobs", every("WORK_EVERY", 3), "work"),
    ):
        add(within(app, job), "interval", seconds=often, id=name, executor=thread, next_run_time=datetime.now(LONDON))
    return scheduler


def within(app: Flask, job: Callable[[], None]) -> Callable[[], None]:
    """A job with the application and a database session of its own. What goes wrong is logged; the clock runs on."""

    def run() -> None:
        with app.app_context():
            try:
                job()
            except Exception:
                log.exception("The round %s failed. It is tried again at its next time.", job.__name__)
            finally:
                db.session.remove()

    run.__name__ = job.__name__
    return run


def run(app: Flask) -> None:
    """Run until told to stop. Raises `NotCurrent` on a database that isn't at the newest migration."""
    wait_for_database(app)
    scheduler = timetable(app)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("The clock runs.")
    scheduler.start()


def wait_for_database(app: Flask) -> None:
    """Wait until the database answers: it may come up after the clock. Raises `NotCurrent` as `run` does."""
    while True:
        try:
            return refuse_unless_current(app)
        except OperationalError as away:
            log.warning("The database can’t be reached; the clock waits for it: %s", away.orig)
            sleep(DATABASE_ASKED_AGAIN)
