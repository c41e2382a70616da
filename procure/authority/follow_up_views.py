"""Pages of what a resolution leaves to be done: adding a task, changing it, finishing it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for

from procure.authority import follow_up_actions as actions
from procure.authority.meeting_forms import ChangeFollowUpForm, DoneForm, FollowUpForm
from procure.authority.meeting_room import CLERKS, chosen_post, pages, posts_to_choose, resolution_of, show
from procure.authority.models import FollowUp
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, global_roles_of, holds, signed_in
from procure.saving import save


def may_finish(task: FollowUp) -> bool:
    """Whether the reader acts for the post that sees to it, or records meetings."""
    acts = task.post_id is not None and holds(signed_in(), task.post_id, today())
    return acts or bool(global_roles_of(signed_in(), today()) & set(CLERKS))


def _task(reference: str, number: int) -> FollowUp:
    one = db.session.get(FollowUp, number)
    if one is None or one.resolution.meeting.reference != reference:
        abort(404)
    return one


@pages.route("/meetings/<reference>/resolutions/<int:number>/follow-ups/new", methods=["GET", "POST"])
@enter(*CLERKS)
def add_follow_up(reference: str, number: int) -> Any:
    """Add a task that a resolution leaves."""
    one = resolution_of(reference, number)
    owner = str(one.owner_post_id or "")
    form = FollowUpForm(**({} if request.method == "POST" else {"version": one.version, "post_id": owner}))
    form.post_id.choices = posts_to_choose()

    def keep() -> None:
        actions.add_follow_up(
            one, what=form.what.data, post=chosen_post(form.post_id.data), due_on=form.due_on.data, by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The follow-up is on record. Whoever acts for the post finds it in My work.")
        return redirect(url_for(".meeting", reference=reference, _anchor=f"r{number}"))
    return show("follow_up_words", form, resolution=one, task=None)


@pages.route("/meetings/<reference>/follow-ups/<int:number>/change", methods=["GET", "POST"])
@enter(*CLERKS)
def change_follow_up(reference: str, number: int) -> Any:
    """Change what is to be done, by whom or by when."""
    one = _task(reference, number)
    form = ChangeFollowUpForm(
        **({} if request.method == "POST" else {
            "version": one.version, "what": one.what, "post_id": str(one.post_id or ""), "due_on": one.due_on,
        })
    )  # fmt: skip
    form.post_id.choices = posts_to_choose()

    def keep() -> None:
        actions.change_follow_up(
            one, what=form.what.data, post=chosen_post(form.post_id.data), due_on=form.due_on.data,
            because=form.reason.data, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The follow-up is changed. The trail keeps what stood before.")
        return redirect(url_for(".meeting", reference=reference, _anchor=f"r{one.resolution.number}"))
    return show("follow_up_words", form, resolution=one.resolution, task=one)


@pages.route("/meetings/<reference>/follow-ups/<int:number>", methods=["GET", "POST"])
@enter()
def follow_up(reference: str, number: int) -> Any:
    """Record that a follow-up is done, and what came of it: its post, or who records meetings."""
    one = _task(reference, number)
    if not may_finish(one):
        abort(403)
    form = DoneForm(**({} if request.method == "POST" else {"version": one.version, "done_on": today()}))

    def keep() -> None:
        actions.finish_follow_up(
            one, on=form.done_on.data, outcome=form.outcome.data or "", by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("Done, and recorded.", "message")
        return redirect(url_for(".meeting", reference=reference))
    return show("follow_up", form, one=one)
