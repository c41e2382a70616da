"""What is done with jobs: asked for and cancelled by people; claimed, run, settled and swept by the clock.

Two clocks at once are harmless: a job is claimed by one, and only its holder can note progress or a result. A clock
that dies leaves a claim that runs out; the next one begins the job anew.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import IO, Any, cast

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import act
from procure.documents.storage import remove
from procure.extensions import db
from procure.jobs.declare import Kind, Made, kind_named
from procure.jobs.models import Job
from procure.jobs.results import ResultFile
from procure.jobs.rules import CLAIMED_FOR, KEPT_FOR, MOST_TRIES, JobState, next_try
from procure.mail.rounds import beat, own_transaction
from procure.people.models import Person
from procure.refusals import Refusal

log = logging.getLogger(__name__)

WENT_WRONG = "Something went wrong that is no fault of yours. Ask again; if it fails again, tell the administrator."


class NotYours(Refusal):
    """Only whoever asked for a job can cancel it."""


class IsOver(Refusal):
    """The job has ended already."""


class NotToBeAskedAgain(Refusal):
    """The job is still under way, or its file can be fetched."""


class TookTooLong(Refusal):
    """The job went on for longer than its kind may."""


class _NoLongerOurs(Exception):
    """The job was cancelled, or another clock has taken it over. Nothing of this run counts."""


# ── by people ──


def ask(
    kind: Kind, *, title: str, about: str, by: Person, at: datetime, facts: Mapping[str, Any] | None = None,
    still_good: bool = False,
) -> Job:  # fmt: skip
    """Ask for long work. While the same is waiting or under way for the same person, that job comes back.

    `still_good`: what comes of it never changes, so a result that is still kept will do, whoever asked for it.
    """
    told = json.dumps(dict(facts or {}), sort_keys=True)
    if still_good and (kept := _kept(kind, about, told)) is not None:
        return kept
    once = f"{kind.name}|{about}|{told}|{by.id}"
    asker, job_id = by.id, None
    with own_transaction():
        job_id = db.session.scalar(select(Job.id).where(Job.once == once))
        if job_id is None:
            job = Job(
                kind=kind.name, title=title, about=about, facts=told, once=once, asked_by_id=asker, asked_at=at,
                next_try_at=at,
            )  # fmt: skip
            try:
                with db.session.begin_nested():
                    db.session.add(job)
                job_id = job.id
            except IntegrityError:
                job_id = db.session.scalar(select(Job.id).where(Job.once == once))
    return db.session.get_one(Job, job_id)


def ask_again(job: Job, *, by: Person, at: datetime) -> Job:
    """Ask anew for what failed, was cancelled, or is no longer kept. The first job stays as it ended."""
    if not job.state.is_over or job.can_be_fetched:
        raise NotToBeAskedAgain("There is no need to ask again. This is under way, or its file is here.")
    facts = json.loads(job.facts)
    return ask(kind_named(job.kind), title=job.title, about=job.about, by=by, at=at, facts=facts, still_good=True)


def _kept(kind: Kind, about: str, told: str) -> Job | None:
    same = (Job.kind == kind.name, Job.about == about, Job.facts == told)
    made = (Job.state == JobState.DONE, Job.result_key.is_not(None), Job.swept_at.is_(None))
    return db.session.scalars(select(Job).where(*same, *made).order_by(Job.id.desc())).first()


def cancel(job: Job, *, by: Person, at: datetime) -> None:
    """Stop a job. Where it is under way, its clock notices at the next step."""
    job_id, asked_by_id, by_id = job.id, job.asked_by_id, by.id
    if asked_by_id != by_id:
        raise NotYours("Only the person who asked for this can cancel it.")
    with own_transaction():
        stopped = db.session.execute(
            update(Job)
            .where(Job.id == job_id, Job.ended_at.is_(None))
            .values(state=JobState.CANCELLED, ended_at=at, once=None, claimed_by=None, claimed_until=None)
        )
        if stopped.rowcount != 1:  # type: ignore[attr-defined]
            raise IsOver("This has ended already.")


# ── by the clock ──


def work_waiting(at: datetime, most: int = 20) -> int:
    """Do the jobs that wait, one after the other. Answers how many were begun."""
    begun, ticks = 0, monotonic()
    while begun < most and (run := _claim(at + timedelta(seconds=int(monotonic() - ticks)))) is not None:
        begun += 1
        run.go()
    beat("jobs", began_at=at, ended_at=at, said=f"{begun} done" if begun else "Nothing waited")
    return begun


def _claim(at: datetime) -> Run | None:
    """Make the job that has waited longest ours; one that was begun too often without ever ending is given up."""
    free = or_(Job.claimed_until.is_(None), Job.claimed_until < at)
    to_do = (Job.ended_at.is_(None), Job.next_try_at <= at, free)
    mine = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    while True:
        with own_transaction():
            job = db.session.scalars(
                select(Job).where(*to_do).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
            ).first()
            if job is None:
                return None
            if job.tries >= MOST_TRIES:
                _end(job, JobState.FAILED, at, "It was begun three times and never came to an end.")
                continue
            job.state, job.claimed_by, job.claimed_until = JobState.RUNNING, mine, at + CLAIMED_FOR
            job.tries, job.began_at, job.done, job.of = job.tries + 1, at, 0, None
            facts: Mapping[str, Any] = json.loads(job.facts)
            return Run(job.id, job.kind, job.about, facts, mine, job.tries, at)


class Run:
    """One run of a job: what its kind is given, and how the run is settled."""

    def __init__(
        self, job_id: int, kind: str, about: str, facts: Mapping[str, Any], mine: str, tries: int, at: datetime
    ) -> None:
        self.job_id, self.kind, self.about, self.facts, self.mine = job_id, kind, about, facts, mine
        self.tries = tries
        self._began, self._ticks, self._file = at, monotonic(), ResultFile(job_id, tries)

    @property
    def at(self) -> datetime:
        """When the run began and the whole seconds since."""
        return self._began + timedelta(seconds=int(monotonic() - self._ticks))

    def progress(self, done: int, of: int | None = None) -> None:
        """Note how far it is and claim it anew; ends the run that is cancelled, taken over or too long."""
        if self.at - self._began > kind_named(self.kind).longest:
            raise TookTooLong("This took too long, so it was stopped. Ask for less at once.")
        with own_transaction():
            ours = db.session.execute(
                update(Job)
                .where(Job.id == self.job_id, Job.claimed_by == self.mine, Job.ended_at.is_(None))
                .values(done=done, of=of, claimed_until=self.at + CLAIMED_FOR)
            )
            if ours.rowcount != 1:  # type: ignore[attr-defined]
                raise _NoLongerOurs

    def result(self) -> IO[bytes]:
        """The file the work makes."""
        return cast(IO[bytes], self._file)

    def go(self) -> None:
        """Run the job and settle it, whatever happens. What an earlier, broken run left behind is removed."""
        try:
            for earlier in range(1, self.tries):
                remove(ResultFile(self.job_id, earlier).key)
            made = kind_named(self.kind).run(self)
            self._file.close()
            self._finish(made)
        except _NoLongerOurs:
            log.info("Job %s is no longer ours.", self.job_id)
            self._file.discard()
        except Refusal as refusal:
            self._file.discard()
            self._fail(refusal.sentence, again=False)
        except Exception:
            log.exception("Job %s failed.", self.job_id)
            self._file.discard()
            self._fail(WENT_WRONG, again=True)

    def _finish(self, made: Made) -> None:
        """The result becomes an act of whoever asked, in the same transaction that ends the job."""
        db.session.rollback()
        job = db.session.get_one(Job, self.job_id)
        note = f"{made.file_name}, SHA-256 {self._file.sha256}"
        with act(made.said, on=self.about or "jobs", by=job.asked_by, at=self.at, note=note):
            job = db.session.scalars(select(Job).where(Job.id == self.job_id).with_for_update()).one()
            if job.claimed_by != self.mine or job.ended_at is not None:
                raise _NoLongerOurs
            _end(job, JobState.DONE, self.at)
            job.of = job.of if job.of is not None else job.done
            job.done = job.of
            job.result_key, job.result_name, job.result_type = self._file.key, made.file_name, made.media_type
            job.result_size, job.result_sha256 = self._file.size, self._file.sha256

    def _fail(self, sentence: str, *, again: bool) -> None:
        db.session.rollback()
        at = self.at
        with own_transaction():
            job = db.session.scalars(select(Job).where(Job.id == self.job_id).with_for_update()).one()
            if job.claimed_by != self.mine or job.ended_at is not None:
                return
            later = next_try(at, self.tries) if again else None
            if later is None:
                _end(job, JobState.FAILED, at, sentence)
                return
            job.state, job.next_try_at, job.problem = JobState.WAITING, later, sentence
            job.claimed_by = job.claimed_until = None


def _end(job: Job, state: JobState, at: datetime, problem: str | None = None) -> None:
    job.state, job.ended_at, job.problem, job.once = state, at, problem, None
    job.claimed_by = job.claimed_until = None


def sweep(at: datetime) -> int:
    """Remove results that nobody need fetch any more, and what broken tries left. The rows stay and say so.

    Answers how many jobs were swept.
    """
    old = db.session.execute(
        select(Job.id, Job.tries).where(Job.tries > 0, Job.swept_at.is_(None), Job.ended_at < at - KEPT_FOR)
    ).all()
    for job_id, tries in old:
        for number in range(1, tries + 1):
            remove(ResultFile(job_id, number).key)
        with own_transaction():
            db.session.execute(update(Job).where(Job.id == job_id).values(swept_at=at, result_key=None))
    return len(old)
