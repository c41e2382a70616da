"""Posts: the list, a new one, its place and spelling, its end; and who holds them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, today
from procure.people import actions
from procure.people.access import enter, signed_in
from procure.people.finding import has_name_like
from procure.people.forms import AppointForm, EndHoldingForm, EndPostForm, FillPostForm, PostForm
from procure.people.models import Cover, Holding, Person, Post
from procure.people.rules import Capacity, PostKind, Role
from procure.people.views.persons import live_posts, may_administer, person_numbered
from procure.people.views.room import chosen, pages
from procure.procurement.facts import waiting_for
from procure.saving import save, status_of

Answer = str | Response | tuple[str, int]


@pages.get("/people/posts")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def posts() -> str:
    """Every post with its holder and the post next up; found by any name it has or had."""
    asked = request.args.get("q", "").strip()[:100]
    rows = db.session.scalars(
        select(Post)
        .order_by(func.lower(Post.name))
        .options(
            selectinload(Post.holdings).selectinload(Holding.person), selectinload(Post.next_up),
            selectinload(Post.names), selectinload(Post.covers).selectinload(Cover.person),
            selectinload(Post.successor),
        )
    )  # fmt: skip
    day, every = today(), [post for post in rows if not asked or has_name_like(post, asked)]
    return render_template(
        "people/posts.html",
        live=[post for post in every if post.ended_on is None or post.ended_on >= day],
        ended=[post for post in every if post.ended_on is not None and post.ended_on < day],
        day=day,
        asked=asked,
        may_administer=may_administer(),
    )


def post_numbered(number: int) -> Post:
    """That post. 404 where there is none."""
    found = db.session.get(Post, number)
    if found is None:
        abort(404)
    return found


def _post_form(post: Post | None, others: list[Post], **more: Any) -> PostForm:
    form = PostForm(obj=post, kind=(post.kind if post else PostKind.OFFICER).value, **more)
    form.next_up_id.choices = [(str(other.id), other.name) for other in others]
    return form


@pages.route("/people/posts/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_post() -> Answer:
    """Add a post."""
    others = live_posts()
    form = _post_form(None, others)
    if save(
        form,
        lambda: actions.add_post(
            form.name.data or "",
            PostKind(form.kind.data),
            next_up=chosen(others, form.next_up_id.data),
            by=signed_in(),
            at=now(),
        ),
        file="people",
    ):
        flash(f"The post {form.name.data} is added. Now name who holds it.")
        return redirect(url_for(".posts"))
    return render_template("people/post.html", form=form, post=None), status_of(form)


@pages.route("/people/posts/<int:number>/change", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def change_post(number: int) -> Answer:
    """Correct the spelling of a post's name, or put it under another."""
    post = post_numbered(number)
    others = [other for other in live_posts() if other is not post]
    form = _post_form(post, others)
    if save(
        form,
        lambda: actions.change_post(
            post,
            name=form.name.data or "",
            kind=PostKind(form.kind.data),
            next_up=chosen(others, form.next_up_id.data),
            by=signed_in(),
            at=now(),
            sees=form.version.data,
        ),
        file="people",
        fresh=lambda: _post_form(post, others, formdata=None),
    ):
        flash(f"The post {post.name} is changed.")
        return redirect(url_for(".post", number=number))
    return render_template("people/post.html", form=form, post=post), status_of(form)


@pages.route("/people/posts/<int:number>/end", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def end_post(number: int) -> Answer:
    """Say that a post was abolished."""
    post = post_numbered(number)
    others = [other for other in live_posts() if other is not post]
    form = EndPostForm(ended_on=today(), version=post.version)
    form.successor_id.choices = [(str(other.id), other.name) for other in others]
    if save(
        form,
        lambda: actions.end_post(
            post,
            on=form.ended_on.data,
            successor=chosen(others, form.successor_id.data),
            authority=form.authority.data or "",
            by=signed_in(),
            at=now(),
            note=form.because.data,
            sees=form.version.data,
        ),
        file="people",
    ):
        is_over = form.ended_on.data < today()
        flash(f"The post {post.name} has ended." if is_over else f"The last day of {post.name} is set.")
        return redirect(url_for(".post", number=number))
    return render_template("people/end_post.html", form=form, post=post), status_of(form)


@pages.post("/people/posts/<int:number>/take-up")
@enter(Role.ADMINISTRATOR)
def take_post_up(number: int) -> Response:
    """Undo the ending of a post."""
    post = post_numbered(number)
    actions.take_post_up_again(post, by=signed_in(), at=now())
    flash(f"The post {post.name} is there again.")
    return redirect(url_for(".post", number=number))


def _appoint(person: Person, post: Post, form: AppointForm | FillPostForm) -> None:
    actions.appoint(
        person,
        post,
        from_on=form.from_on.data,
        until_on=form.until_on.data,
        capacity=Capacity(form.capacity.data),
        authority=form.authority.data or None,
        by=signed_in(),
        at=now(),
    )


@pages.route("/people/<int:number>/appoint", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def appoint(number: int) -> Answer:
    """Say which post a person holds, from which day."""
    shown, others = person_numbered(number), live_posts()
    form = AppointForm(from_on=today())
    form.post_id.choices = [(str(post.id), post.name) for post in others]
    if save(form, lambda: _appoint(shown, post_numbered(int(form.post_id.data)), form), file="people"):
        flash(f"{shown.name} holds the post {post_numbered(int(form.post_id.data)).name}.")
        return redirect(url_for(".person", number=number))
    return render_template("people/appoint.html", form=form, shown=shown), status_of(form)


@pages.route("/people/posts/<int:number>/holder", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def fill_post(number: int) -> Answer:
    """Name who holds a post: the same act, from the post's side."""
    post, form = post_numbered(number), FillPostForm(from_on=today())
    people = list(
        db.session.scalars(select(Person).where(Person.is_active.is_(True)).order_by(func.lower(Person.name)))
    )
    form.person_id.choices = [(str(one.id), one.name) for one in people if one is not signed_in()]
    if save(form, lambda: _appoint(person_numbered(int(form.person_id.data)), post, form), file="people"):
        flash(f"The post {post.name} is filled.")
        return redirect(url_for(".post", number=number))
    return render_template("people/fill_post.html", form=form, post=post), status_of(form)


@pages.get("/people/<int:number>/posts/<int:holding_number>")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def holding(number: int, holding_number: int) -> str:
    """One holding: its days, and the work that waits for somebody else once it has ended."""
    held = holding_numbered(number, holding_number)
    return _holding_page(held, EndHoldingForm(until_on=today(), version=held.version))


@pages.post("/people/<int:number>/posts/<int:holding_number>")
@enter(Role.ADMINISTRATOR)
def end_holding(number: int, holding_number: int) -> Answer:
    """Say which day is the last in a post."""
    held, form = holding_numbered(number, holding_number), EndHoldingForm()
    if save(
        form,
        lambda: actions.end_holding(
            held,
            until_on=form.until_on.data,
            by=signed_in(),
            at=now(),
            note=form.because.data,
            sees=form.version.data,
        ),
        file="people",
        fresh=lambda: EndHoldingForm(formdata=None, obj=held),
    ):
        flash(f"{held.person.name}’s time as {held.post.name} is ended.")
        return redirect(url_for(".holding", number=number, holding_number=holding_number))
    return _holding_page(held, form), status_of(form)


def holding_numbered(number: int, holding_number: int) -> Holding:
    """That holding of that person. 404 where there is none."""
    held = db.session.get(Holding, holding_number)
    if held is None or held.person_id != number:
        abort(404)
    return held


def _holding_page(held: Holding, form: EndHoldingForm) -> str:
    day = today()
    last = min(day, held.until_on) if held.until_on else day
    return render_template(
        "people/holding.html",
        held=held,
        form=form,
        day=day,
        waits=waiting_for(held.person, last),
        follower=held.post.holder_on(day),
        may_administer=may_administer(),
        is_self=held.person_id == signed_in().id,
    )
