"""What a resolution leaves to be done: tasks with a post and a day, added, changed, and finished with their outcome."""

from __future__ import annotations

from datetime import date, datetime

from procure.audit.actions import Actor, act
from procure.authority.models import FollowUp, Resolution
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Post
from procure.refusals import Refusal


class FollowUpRefused(Refusal):
    """A follow-up says what is to be done, by which post and day; once done it isn't changed."""


def add_follow_up(
    resolution: Resolution, *, what: str, post: Post | None, due_on: date | None, by: Actor, at: datetime,
    sees: int | None = None,
) -> FollowUp:  # fmt: skip
    """Add a task that a resolution leaves."""
    with act("added a follow-up", on=resolution, by=by, at=at, sees=sees):
        _refuse(resolution, what, post, due_on)
        task = FollowUp(resolution=resolution, what=what.strip(), post=post, due_on=due_on)
        db.session.add(task)
    return task


def change_follow_up(
    task: FollowUp, *, what: str, post: Post | None, due_on: date | None, because: str, by: Actor, at: datetime,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Change what is to be done, by whom or by when, with the reason."""
    with act("changed a follow-up", on=task, by=by, at=at, note=because, sees=sees):
        _refuse_done(task)
        _refuse(task.resolution, what, post, due_on)
        if not because.strip():
            raise FollowUpRefused("Say why it changes.", field="reason")
        task.what, task.post, task.due_on = what.strip(), post, due_on


def finish_follow_up(
    task: FollowUp, *, on: date, by: Actor, at: datetime, outcome: str = "", sees: int | None = None
) -> None:
    """Record that what was to follow a resolution has been done, and what came of it."""
    with act("finished a follow-up", on=task, by=by, at=at, sees=sees):
        _refuse_done(task)
        if not task.resolution.meeting.held_on <= on <= legal_day(at):
            raise FollowUpRefused("Enter a day from the meeting until today.", field="done_on")
        task.done_on, task.outcome = on, outcome.strip()


def _refuse_done(task: FollowUp) -> None:
    if task.done_on is not None:
        raise FollowUpRefused("This is done already.")


def _refuse(resolution: Resolution, what: str, post: Post | None, due_on: date | None) -> None:
    if not what.strip():
        raise FollowUpRefused("Say what is to be done.", field="what")
    if post is None:
        raise FollowUpRefused("Choose the post that sees to it.", field="post_id")
    if due_on is None or due_on < resolution.meeting.held_on:
        raise FollowUpRefused("Enter a day after the meeting.", field="due_on")
