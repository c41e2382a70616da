"""`flask jobs …`: long work by hand, where no clock runs or nobody wants to wait for it."""

from __future__ import annotations

from flask.cli import AppGroup
from sqlalchemy import func, select

from procure.cli.answers import Answer, answers
from procure.extensions import db
from procure.jobs.actions import work_waiting
from procure.jobs.models import Job
from procure.jobs.rules import JobState
from procure.now import now

jobs = AppGroup("jobs", short_help="Long work that waits: packs and PDFs.", help="Long work, by hand.")


@jobs.command("run")
@answers
def run() -> Answer:
    """Do the long work that waits, now, and stop. A job that another clock holds is left to it."""
    begun = work_waiting(now())
    counted = db.session.execute(select(Job.state, func.count(Job.id)).group_by(Job.state))
    of = dict(counted.all())
    facts = {"begun": begun} | {state.value: of.get(state, 0) for state in JobState}
    return Answer(
        facts,
        f"{begun} begun, {facts['waiting']} waiting, {facts['running']} under way, {facts['failed']} failed.",
    )
