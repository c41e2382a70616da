"""People: the list, an invitation, one person with posts, roles and sessions, leaving and coming back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, real_now, today
from procure.people import actions, sessions
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.forms import InviteForm, LeaveForm, PersonForm
from procure.people.models import Holding, Person, Post, SignIn
from procure.people.rules import Role
from procure.people.views.room import chosen, pages
from procure.procurement.facts import waiting_for
from procure.saving import save, status_of

Answer = str | Response | tuple[str, int]
PER_PAGE = 50


def may_administer() -> bool:
    """Whether the reader may change what these pages show; the auditor only reads."""
    return Role.ADMINISTRATOR in global_roles_of(signed_in(), today())


def person_numbered(number: int) -> Person:
    """That person. 404 where there is none."""
    found = db.session.get(Person, number)
    if found is None:
        abort(404)
    return found


def live_posts() -> list[Post]:
    """Posts that have not ended, by name."""
    day = today()
    posts = db.session.scalars(select(Post).order_by(func.lower(Post.name)))
    return [post for post in posts if post.ended_on is None or post.ended_on >= day]


@pages.get("/people")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def index() -> str:
    """Everybody, found by name, address or post."""
    asked, left = request.args.get("q", "").strip()[:100], request.args.get("left") == "yes"
    page = max(request.args.get("page", 1, type=int), 1)
    wanted = select(Person).where(Person.is_active.is_(not left))
    if asked:
        like = f"%{asked.lower().replace('%', '')}%"
        by_post = select(Holding.person_id).join(Post).where(func.lower(Post.name).like(like))
        wanted = wanted.where(
            or_(func.lower(Person.name).like(like), func.lower(Person.email).like(like), Person.id.in_(by_post))
        )
    count = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    people = db.session.scalars(
        wanted.order_by(func.lower(Person.name), Person.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(selectinload(Person.holdings).selectinload(Holding.post), selectinload(Person.grants))
    )
    return render_template(
        "people/index.html", people=list(people), asked=asked, left=left, day=today(), count=count, page=page,
        page_count=-(-count // PER_PAGE), may_administer=may_administer(),
        page_url=lambda number: url_for(".index", q=asked or None, left="yes" if left else None, page=number),
    )  # fmt: skip


@pages.route("/people/invite", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def invite() -> Answer:
    """Invite somebody: a letter goes out with a link to choose a password."""
    form, posts = InviteForm(), live_posts()
    form.post_id.choices = [(str(post.id), post.name) for post in posts]
    invited: list[Person] = []
    if save(
        form,
        lambda: invited.append(
            actions.invite(
                form.name.data or "",
                form.email.data or "",
                post=chosen(posts, form.post_id.data),
                roles=[Role(role) for role in form.roles.data or ()],
                by=signed_in(),
                at=now(),
            )
        ),
        file="people",
    ):
        flash(f"{invited[0].name} is invited. A letter is on its way to {invited[0].email}.")
        return redirect(url_for(".person", number=invited[0].id))
    return render_template("people/invite.html", form=form), status_of(form)


@pages.get("/people/<int:number>")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def person(number: int) -> str:
    """One person: posts and roles with their dates, open sessions, the code."""
    shown, day, at = person_numbered(number), today(), real_now()
    return render_template(
        "people/person.html",
        shown=shown,
        day=day,
        holdings=sorted(shown.holdings, key=lambda held: (held.until_on is not None, held.from_on), reverse=False),
        grants=sorted(shown.grants, key=lambda grant: (not grant.covers(day), grant.role.label)),
        open_sessions=sessions.open_sessions_of(shown, at),
        devices=sessions.devices_of(shown, at),
        may_administer=may_administer(),
        is_self=shown.id == signed_in().id,
    )


@pages.route("/people/<int:number>/change", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def change(number: int) -> Answer:
    """Correct a name or an address."""
    shown = person_numbered(number)
    form = PersonForm(obj=shown)
    if save(
        form,
        lambda: actions.correct(
            shown,
            name=form.name.data or "",
            email=form.email.data or "",
            by=signed_in(),
            at=now(),
            sees=form.version.data,
        ),
        file="people",
        fresh=lambda: PersonForm(formdata=None, obj=shown),
    ):
        flash("The particulars are corrected.")
        return redirect(url_for(".person", number=number))
    return render_template("people/change.html", form=form, shown=shown), status_of(form)


@pages.post("/people/<int:number>/letter")
@enter(Role.ADMINISTRATOR)
def send_letter(number: int) -> Response:
    """Send a letter with a link to choose a password."""
    shown = person_numbered(number)
    actions.send_key(shown, by=signed_in(), at=now())
    flash(f"A letter is on its way to {shown.email}.")
    return redirect(url_for(".person", number=number))


@pages.post("/people/<int:number>/sessions/<int:session_number>/end")
@enter(Role.ADMINISTRATOR)
def end_session(number: int, session_number: int) -> Response:
    """End one session of a person."""
    kept = db.session.get(SignIn, session_number)
    if kept is None or kept.person_id != number:
        abort(404)
    sessions.end(session_number, at=real_now())
    flash("The session has ended.")
    return redirect(url_for(".person", number=number))


@pages.post("/people/<int:number>/sessions/end")
@enter(Role.ADMINISTRATOR)
def end_sessions(number: int) -> Response:
    """End all sessions of a person, and forget their devices."""
    shown = person_numbered(number)
    sessions.end_all_of(shown.id, at=real_now())
    sessions.forget_devices_of(number, at=real_now())
    flash("All sessions have ended.")
    return redirect(url_for(".person", number=number))


@pages.post("/people/<int:number>/reset-code")
@enter(Role.ADMINISTRATOR)
def reset_code(number: int) -> Response:
    """Forget a lost phone."""
    shown = person_numbered(number)
    actions.reset_code(shown, by=signed_in(), at=now())
    flash(f"{shown.name} will set up one-time codes anew at the next sign-in.")
    return redirect(url_for(".person", number=number))


@pages.route("/people/<int:number>/leave", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def leave(number: int) -> Answer:
    """Close an account, with all that waits for the person in sight."""
    shown, form = person_numbered(number), LeaveForm()
    if save(
        form, lambda: actions.leave(shown, because=form.because.data or "", by=signed_in(), at=now()), file="people"
    ):
        flash(f"The account of {shown.name} is closed and every session has ended.")
        return redirect(url_for(".person", number=number))
    answer = render_template("people/leave.html", form=form, shown=shown, waits=waiting_for(shown, today()))
    return answer, status_of(form)


@pages.post("/people/<int:number>/return")
@enter(Role.ADMINISTRATOR)
def return_(number: int) -> Response:
    """Open an account again."""
    shown = person_numbered(number)
    actions.return_(shown, by=signed_in(), at=now())
    flash(f"{shown.name} can sign in again.")
    return redirect(url_for(".person", number=number))
