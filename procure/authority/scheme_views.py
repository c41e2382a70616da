"""Settings: the scheme of delegation, paragraph by paragraph."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.authority.models import Delegation
from procure.authority.rules import ActKind
from procure.authority.scheme_actions import MAY_CHANGE, Paragraph, add_paragraph, end_paragraph
from procure.authority.scheme_facts import gaps_on, is_alive, last_day_of, lines_of, rows_beside, scheme_rows
from procure.authority.scheme_forms import EndParagraphForm, ParagraphForm
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import save, status_of

pages = Blueprint("scheme", __name__)

Answer = str | Response | tuple[str, int]
ROWS_TO_START = 2


def _may_change() -> bool:
    return bool(global_roles_of(signed_in(), today()) & MAY_CHANGE)


@pages.get("/settings/scheme")
@enter(
    Role.ADMINISTRATOR, Role.AUDITOR, Role.OFFICER, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER, Role.LEGAL,
    Role.FINANCE, Role.DECIDER,
)  # fmt: skip
def index() -> str:
    """What each post may decide: in force, to come, past; and values left to nobody."""
    day, reader = today(), signed_in()
    rows = scheme_rows()
    alive = [row for row in rows if is_alive(row, day)]
    to_come = [row for row in rows if row.from_on is not None and row.from_on > day]
    over = [row for row in rows if row not in alive and row not in to_come]
    return render_template(
        "authority/scheme/index.html", in_force=lines_of(alive, reader, day), to_come=lines_of(to_come, reader, day),
        over=lines_of(over, reader, day), gaps=gaps_on(day), may_change=_may_change(),
    )  # fmt: skip


@pages.route("/settings/scheme/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR, Role.MONITORING_OFFICER)
def add() -> Answer:
    """Add a paragraph for a post, from a day on."""
    form = ParagraphForm() if request.method == "POST" else ParagraphForm(from_on=today())
    if request.method == "POST" and "add" in request.form:
        form.consultees.append_entry()
        form.offer_posts(_posts())
        return render_template("authority/scheme/paragraph.html", form=form)
    while len(form.consultees) < ROWS_TO_START:
        form.consultees.append_entry()
    form.offer_posts(_posts())
    if save(form, lambda: add_paragraph(_paragraph(form), by=signed_in(), at=now()), file="council"):
        flash("The paragraph is added.")
        return redirect(url_for(".index"))
    return render_template("authority/scheme/paragraph.html", form=form), status_of(form)


def _posts() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def _paragraph(form: ParagraphForm) -> Paragraph:
    return Paragraph(
        number=form.number.data or "", words=form.words.data or "",
        post=db.session.get_one(Post, int(form.post_id.data)),
        acts=tuple(kind for kind in ActKind if kind.value in (form.acts.data or ())), from_on=form.from_on.data,
        min_value_gross=form.min_value_gross.data, max_value_gross=form.max_value_gross.data,
        max_months=form.max_months.data, may_nominate=bool(form.may_nominate.data),
        consultees=tuple((db.session.get_one(Post, key), mode) for key, mode in form.asked()),
    )  # fmt: skip


@pages.route("/settings/scheme/<int:number>/end", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR, Role.MONITORING_OFFICER)
def end(number: int) -> Answer:
    """Say which day is the last of a paragraph for a post."""
    row = db.session.get(Delegation, number)
    if row is None or row.scheme_paragraph is None or row.procurement_id is not None:
        abort(404)
    form = EndParagraphForm(until_on=last_day_of(row) or today(), version=row.version)
    if save(
        form,
        lambda: end_paragraph(
            rows_beside(row), until_on=form.until_on.data, by=signed_in(), at=now(), sees=form.version.data
        ),
        file="council",
        fresh=lambda: EndParagraphForm(formdata=None, until_on=last_day_of(row), version=row.version),
    ):
        flash("The last day of the paragraph is set.")
        return redirect(url_for(".index"))
    line = lines_of(rows_beside(row), signed_in(), today())[0]
    return render_template("authority/scheme/end.html", form=form, line=line), status_of(form)
