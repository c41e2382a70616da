"""Cover of a post: set by its holder or an administrator, ended early by either."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for

from procure.extensions import db
from procure.now import now, today
from procure.people import actions
from procure.people.access import enter, signed_in
from procure.people.forms import CoverForm, EndCoverForm
from procure.people.models import Cover, Post
from procure.people.views.persons import may_administer, person_numbered
from procure.people.views.posts import Answer, post_numbered
from procure.people.views.room import pages
from procure.saving import save, status_of
from procure.words import day as in_words


def post_to_cover(number: int) -> Post:
    """That post, for whoever may say who covers it. 403 for everybody else."""
    found = post_numbered(number)
    if not actions.may_set_cover(signed_in(), found, today()):
        abort(403)
    return found


@pages.route("/people/posts/<int:number>/cover", methods=["GET", "POST"])
@enter()
def cover_post(number: int) -> Answer:
    """Say who acts for a post, from one day to another."""
    post = post_to_cover(number)
    form = CoverForm(from_on=today())
    holder = post.holder_on(today())
    could = actions.who_could_cover(post, today(), by=signed_in())
    form.person_id.choices = [(str(one.id), one.name) for one in could]
    if save(form, lambda: _set(post, form), file="people"):
        covering = person_numbered(int(form.person_id.data))
        flash(f"{covering.name} covers the {post.name} until {in_words(form.until_on.data)}. Both are written to.")
        return redirect(_back_to(post))
    return render_template(
        "people/cover_post.html", form=form, post=post, holder=holder, back_to=_back_to(post),
        may_administer=may_administer(),
    ), status_of(form)  # fmt: skip


def _set(post: Post, form: CoverForm) -> None:
    actions.set_cover(
        post,
        person_numbered(int(form.person_id.data)),
        from_on=form.from_on.data,
        until_on=form.until_on.data,
        reason=form.reason.data or "",
        authority=form.authority.data or "",
        by=signed_in(),
        at=now(),
    )


@pages.route("/people/posts/<int:number>/cover/<int:cover_number>/end", methods=["GET", "POST"])
@enter()
def end_cover(number: int, cover_number: int) -> Answer:
    """End a cover early, or withdraw one that hasn't begun."""
    post = post_to_cover(number)
    cover = db.session.get(Cover, cover_number)
    if cover is None or cover.post_id != post.id:
        abort(404)
    form = EndCoverForm(until_on=today(), version=cover.version)
    has_begun, covering = cover.from_on <= today(), cover.person.name
    if not has_begun:
        del form.until_on
    if save(
        form,
        lambda: actions.end_cover(
            cover, until_on=form.until_on.data if has_begun else today(), by=signed_in(), at=now(),
            note=form.because.data, sees=form.version.data,
        ),
        file="people",
        fresh=lambda: EndCoverForm(formdata=None, obj=cover),
    ):  # fmt: skip
        flash(
            f"{covering} covers the {post.name} until {in_words(form.until_on.data)}."
            if has_begun
            else f"The cover by {covering} is withdrawn."
        )
        return redirect(_back_to(post))
    return render_template(
        "people/end_cover.html", form=form, post=post, cover=cover, has_begun=has_begun,
        is_over=cover.until_on < today(), back_to=_back_to(post),
    ), status_of(form)  # fmt: skip


def _back_to(post: Post) -> str:
    """The post's page for an administrator; the account for a holder, where their posts stand."""
    return url_for(".post", number=post.id) if may_administer() else url_for(".account")
