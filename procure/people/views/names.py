"""One post: what it is and was called, who held it when, and which post has its powers once it has ended."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, today
from procure.people import actions
from procure.people.access import enter, posts_of, signed_in
from procure.people.cover_rules import Line, calendar
from procure.people.forms import AliasForm, RenameForm, SuccessorForm
from procure.people.models import Post, PostName
from procure.people.rules import Capacity, Role
from procure.people.views.persons import live_posts, may_administer
from procure.people.views.posts import Answer, post_numbered
from procure.people.views.room import chosen, pages
from procure.saving import save, status_of


@pages.get("/people/posts/<int:number>")
@enter()
def post(number: int) -> str:
    """A post with its names and its days, for administrators, the auditor, and whoever holds or covers it."""
    shown, day, reader = post_numbered(number), today(), signed_in()
    if not may_administer() and not _is_auditor() and shown.id not in posts_of(reader, day):
        abort(403)
    heir = shown.heir_on(day)
    return render_template(
        "people/post_page.html",
        post=shown, day=day, lines=lines_of(shown), names=_names_of(shown), holding=heir.holding_on(day),
        cover=heir.cover_on(day), heir=heir, is_over=shown.ended_on is not None and shown.ended_on < day,
        took_over=[one for one in shown.predecessors if one.ended_on is not None],
        coming=[one for one in shown.covers if one.from_on > day],
        may_administer=may_administer(), may_cover=actions.may_set_cover(reader, shown, day),
        is_auditor=_is_auditor(),
    )  # fmt: skip


def _is_auditor() -> bool:
    return Role.AUDITOR in {grant.role for grant in signed_in().grants if grant.covers(today())}


def _names_of(shown: Post) -> list[PostName]:
    """Former names, the latest first, then those it is also known by."""
    return sorted(shown.names, key=lambda one: (one.is_alias, -(one.until_on or date.min).toordinal(), one.name))


def lines_of(shown: Post) -> tuple[Line, ...]:
    """The calendar of a post: held, covered, vacant."""
    held = [
        Line(
            "held", one.person.name, one.from_on, one.until_on,
            "" if one.capacity is Capacity.SUBSTANTIVE and not one.authority
            else one.capacity.label + (f": {one.authority}" if one.authority else ""),
        )
        for one in shown.holdings
    ]  # fmt: skip
    covered = [
        Line(
            "covered", one.person.name, one.from_on, one.until_on,
            f"For {one.away.name}: {one.authority}" if one.away else f"The post was vacant: {one.authority}",
        )
        for one in shown.covers
    ]  # fmt: skip
    return calendar(held, covered, ended_on=shown.ended_on)


@pages.route("/people/posts/<int:number>/rename", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def rename_post(number: int) -> Answer:
    """Give a post a new name from a day on."""
    shown = post_numbered(number)
    form = RenameForm(from_on=today(), version=shown.version)
    if save(
        form,
        lambda: actions.rename(
            shown, name=form.name.data or "", from_on=form.from_on.data, by=signed_in(), at=now(),
            note=form.because.data, sees=form.version.data,
        ),
        file="people",
        fresh=lambda: RenameForm(formdata=None, obj=shown, from_on=today()),
    ):  # fmt: skip
        flash(f"The post is called {shown.name} from now on. Its powers stay with it.")
        return redirect(url_for(".post", number=number))
    return render_template("people/rename_post.html", form=form, post=shown), status_of(form)


@pages.route("/people/posts/<int:number>/names/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_alias(number: int) -> Answer:
    """Say what a post is also called."""
    shown, form = post_numbered(number), AliasForm()
    if save(form, lambda: actions.add_alias(shown, form.name.data or "", by=signed_in(), at=now()), file="people"):
        flash(f"The post is also found as {form.name.data}.")
        return redirect(url_for(".post", number=number))
    return render_template("people/add_alias.html", form=form, post=shown), status_of(form)


@pages.post("/people/posts/<int:number>/names/<int:name_number>/remove")
@enter(Role.ADMINISTRATOR)
def remove_alias(number: int, name_number: int) -> Response:
    """Take away a name a post was also known by."""
    alias = db.session.get(PostName, name_number)
    if alias is None or alias.post_id != number:
        abort(404)
    said = alias.name
    actions.remove_alias(alias, by=signed_in(), at=now())
    flash(f"The post is no longer found as {said}.")
    return redirect(url_for(".post", number=number))


@pages.route("/people/posts/<int:number>/successor", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def name_successor(number: int) -> Answer:
    """Say which post has the powers of one that has ended."""
    shown = post_numbered(number)
    others = [other for other in live_posts() if other is not shown]
    form = SuccessorForm(obj=shown, authority=shown.succession_authority)
    form.successor_id.choices = [(str(other.id), other.name) for other in others]

    def name() -> None:
        successor = chosen(others, form.successor_id.data)
        if successor is None:
            abort(404)
        actions.name_successor(
            shown, successor, authority=form.authority.data or "", by=signed_in(), at=now(), sees=form.version.data
        )

    if save(form, name, file="people"):
        flash(f"The powers of {shown.name} are with {shown.successor.name if shown.successor else 'nobody'}.")
        return redirect(url_for(".post", number=number))
    return render_template("people/successor.html", form=form, post=shown), status_of(form)
