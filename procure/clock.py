"""The timetable: a process of its own, never inside a web worker. `flask --app wsgi clock`.

It asks "what is due on or before now and not done?", so a clock that slept catches up, and two at once are harmless.
"""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask
from sqlalchemy import select

from procure.audit.models import TrailHead
from procure.authority.chasing import chase_round
from procure.databases import refuse_unless_current
from procure.extensions import db
from procure.jobs.actions import sweep, work_waiting
from procure.mail.health import silent_since
from procure.mail.rounds import beat
from procure.mail.sending import post_waiting
from procure.mail.watching import tell_of_silence
from procure.now import LONDON, now, today
from procure.reminder.actions import daily_round

log = logging.getLogger(__name__)

MORNING = {"hour": 7, "minute": 30}
"""When the daily round runs, London time: letters are there when people come in."""
CATCH_UP_MINUTES = 15
POST_SECONDS = 10
WORK_SECONDS = 3


def morning() -> None:
    """The daily round: plan, pass on, send; chase views and signatures; the digest of all trail heads; a sweep.

    Where no round ended well for too long, the administrators are told first: afterwards it would not be seen.
    """
    tell_of_silence(now())
    daily_round(today(), at=now())
    chase_round(today(), at=now())
    write_digest(now())
    sweep(now())


def catch_up() -> None:
    """What the morning missed, or what became due since: the same question, asked again.

    Before the morning only where a whole day was missed.
    """
    this_minute = now().astimezone(LONDON)
    is_morning_over = this_minute.hour * 60 + this_minute.minute >= MORNING["hour"] * 60 + MORNING["minute"]
    if is_morning_over or silent_since(now()) is not None:
        tell_of_silence(now())
        daily_round(today(), at=now())
        chase_round(today(), at=now())
        if not digest_path(now()).exists():
            write_digest(now())


def post() -> None:
    """Post the letters that wait."""
    post_waiting(now())


def work() -> None:
    """Do the long work that waits."""
    work_waiting(now())


def digest_path(at: datetime) -> Path:
    """Where the digest of a day lies, outside the database."""
    from flask import current_app

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
    """Every job and when it runs. Late jobs run once; no job runs beside itself."""
    scheduler = BlockingScheduler(
        timezone=LONDON,
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    soon = datetime.now(LONDON) + timedelta(seconds=1)
    scheduler.add_job(within(app, morning), "cron", **MORNING, id="daily round")
    scheduler.add_job(within(app, catch_up), "interval", minutes=CATCH_UP_MINUTES, id="catch up", next_run_time=soon)
    scheduler.add_job(within(app, post), "interval", seconds=POST_SECONDS, id="post letters", next_run_time=soon)
    scheduler.add_job(within(app, work), "interval", seconds=WORK_SECONDS, id="jobs", next_run_time=soon)
    return scheduler


def within(app: Flask, job: Callable[[], None]) -> Callable[[], None]:
    """A job with the application and a database session of its own. What goes wrong is logged; the clock runs on."""

    def run() -> None:
        with app.app_context():
            try:
                job()
            except Exception:
                db.session.rollback()
                log.exception("The round %s failed.", job.__name__)
            finally:
                db.session.remove()

    run.__name__ = job.__name__
    return run


def run(app: Flask) -> None:
    """Run until told to stop. Raises `NotCurrent` on a database that isn't at the newest migration."""
    refuse_unless_current(app)
    scheduler = timetable(app)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("The clock runs: daily round at 7:30, letters every %s seconds.", POST_SECONDS)
    scheduler.start()
