"""Long work on pages: how far it is, what came of it, and what I have asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from procure.extensions import db
from procure.jobs import actions
from procure.jobs.declare import kind_named
from procure.jobs.models import Job
from procure.jobs.results import content_of
from procure.jobs.rules import progress_words
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.refusals import Refusal

pages = Blueprint("jobs", __name__)

A_PAGE = 50
PIECE = 256 * 1024


def _job(number: int) -> Job:
    """A job, if the reader may open what it is about. 404 for both kinds of no."""
    job = db.session.get(Job, number)
    if job is None:
        abort(404)
    kind_named(job.kind).open_to(signed_in(), job.about, today())
    return job


def _words(job: Job) -> str:
    return progress_words(job.done, job.of, kind_named(job.kind).unit)


@pages.get("/jobs")
@enter()
def index() -> str:
    """What I have asked for, the latest first."""
    mine = select(Job).where(Job.asked_by_id == signed_in().id).order_by(Job.id.desc()).limit(A_PAGE)
    return render_template("jobs/index.html", jobs=[(job, _words(job)) for job in db.session.scalars(mine)])


@pages.get("/jobs/<int:number>")
@enter()
def one(number: int) -> str:
    """How far a job is; when it is over, what came of it."""
    job = _job(number)
    page = kind_named(job.kind).page
    return render_template(
        "jobs/one.html", job=job, words=_words(job), may_cancel=job.asked_by_id == signed_in().id,
        about_href=url_for(page, reference=job.about) if page and job.about else None,
    )  # fmt: skip


@pages.get("/jobs/<int:number>/progress")
@enter()
def progress(number: int) -> Response:
    """The same for the script that keeps the page fresh."""
    job = _job(number)
    facts: dict[str, Any] = {
        "state": job.state.value, "label": job.state.label, "done": job.done, "of": job.of, "words": _words(job),
        "over": job.state.is_over,
    }  # fmt: skip
    return jsonify(facts)


@pages.get("/jobs/<int:number>/file")
@enter()
def result(number: int) -> Response:
    """The file a job made."""
    job = _job(number)
    if not job.can_be_fetched or job.result_key is None:
        abort(404)
    try:
        kept = content_of(job.result_key)
    except FileNotFoundError:
        abort(404)

    def pieces() -> Iterator[bytes]:
        with kept:
            while piece := kept.read(PIECE):
                yield piece

    answer = Response(pieces(), mimetype=job.result_type)
    answer.headers.set("Content-Disposition", "attachment", filename=job.result_name)
    answer.content_length = job.result_size or 0
    return answer


@pages.post("/jobs/<int:number>/again")
@enter()
def again(number: int) -> AnyResponse:
    """Ask anew for what failed, was cancelled, or is no longer kept."""
    job = _job(number)
    try:
        asked = actions.ask_again(job, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
        return redirect(url_for(".one", number=number))
    return redirect(url_for(".one", number=asked.id))


@pages.post("/jobs/<int:number>/cancel")
@enter()
def cancel(number: int) -> AnyResponse:
    """Stop a job of one's own."""
    job = _job(number)
    if job.asked_by_id != signed_in().id:
        abort(403)
    try:
        actions.cancel(job, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash("It is cancelled.")
    return redirect(url_for(".one", number=number))
