"""Whether the installation is well: for the address that machines ask, and the page about the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from procure import words
from procure.audit.models import TrailEntry
from procure.databases import NotCurrent, refuse_unless_current
from procure.extensions import db
from procure.jobs.models import Job
from procure.mail.models import Heartbeat, Letter
from procure.mail.rules import LONGEST_SILENCE, LONGEST_WAIT

DAILY_ROUND = "daily round"


@dataclass
class Health:
    """What was found. `serves` says whether pages can be served; `why` names everything that is not well."""

    serves: bool = True
    why: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Whether nothing needs a person."""
        return self.serves and not self.why


def look(at: datetime) -> Health:
    """Ask the database, its migration, the rounds, the post and the jobs. Says nothing that a stranger may not read."""
    found = Health(facts={"database": "ok", "migration": "current", "rounds": {}, "letters": {}, "jobs": {}})
    try:
        _look_at_rows(found, at)
        db.session.rollback()
        refuse_unless_current(current_app)
    except NotCurrent:
        found.facts["migration"], found.serves = "behind", False
        found.why.append("The database is not at the newest migration.")
    except SQLAlchemyError:
        db.session.rollback()
        found.facts["database"], found.serves = "unreachable or not set up", False
        found.why.append("The database can’t be reached, or is not set up.")
    return found


def _look_at_rows(found: Health, at: datetime) -> None:
    found.facts["rounds"] = {
        beat.name: {"began": _iso(beat.began_at), "ended_well": _iso(beat.ended_at), "said": beat.said}
        for beat in db.session.scalars(select(Heartbeat).order_by(Heartbeat.name))
    }
    failed = letters_failed()
    found.facts["letters"] = {"waiting": letters_waiting(), "failed": failed}
    found.facts["jobs"] = {"waiting": _count(Job.id, Job.ended_at.is_(None))}
    found.why += [*_silence(at), *_stuck_post(at)]
    if failed:
        found.why.append(f"{words.plural(failed, 'letter')} could not be sent.")


def last_round_at() -> datetime | None:
    """When the daily round last ended well. None: never."""
    return db.session.scalar(select(Heartbeat.ended_at).where(Heartbeat.name == DAILY_ROUND))


def silent_since(at: datetime) -> datetime | None:
    """Since when no daily round has ended well, where that is too long ago; None where all is well.

    An installation on which none has ever run counts from its first act, and one with no acts is too new to say.
    """
    last = last_round_at() or db.session.scalar(select(TrailEntry.at).order_by(TrailEntry.id).limit(1))
    return last if last is not None and at - last > LONGEST_SILENCE else None


def _silence(at: datetime) -> list[str]:
    since = silent_since(at)
    if since is None:
        return []
    if last_round_at() is None:
        return ["The daily round has never run. The clock may not be running."]
    return [f"No daily round has ended well since {words.moment(since)}. The clock may not be running."]


def _stuck_post(at: datetime) -> list[str]:
    oldest = db.session.scalar(
        select(func.min(Letter.queued_at)).where(
            Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.failures == 0
        )
    )
    if oldest is None or at - oldest <= LONGEST_WAIT:
        return []
    return [f"A letter has waited since {words.moment(oldest)}. The clock or the mail server may stand still."]


def letters_waiting() -> int:
    """How many letters have not left yet; those under seal don't count, for each would tell of a bid."""
    return _count(Letter.id, Letter.sealed_for.is_(None), Letter.sent_at.is_(None), Letter.given_up_at.is_(None))


def letters_failed() -> int:
    """How many letters were given up and wait for somebody to deal with them; those under seal count once opened."""
    return _count(
        Letter.id, Letter.sealed_for.is_(None), Letter.given_up_at.is_not(None), Letter.set_aside_at.is_(None)
    )


def _count(what: Any, *which: Any) -> int:
    return db.session.scalar(select(func.count(what)).where(*which)) or 0


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
