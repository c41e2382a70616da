"""What the case officer does: write the decision, ask and chase, record a substitute, answer, send, publish."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure import words
from procure.audit.actions import ChangedMeanwhile
from procure.authority import actions, consulting_actions
from procure.authority.access import decision_to_run
from procure.authority.facts import consultation_said, is_silent
from procure.authority.forms import AskForm, PrepareForm, SubstituteForm, WordsForm
from procure.authority.models import ConsulteeView, Decision
from procure.authority.question import chain_line
from procure.authority.rules import Interest, View
from procure.authority.rules.saying import answer_said, must_agree
from procure.authority.views.recipients import named_for, to_be_asked, to_be_chased, to_decide
from procure.authority.views.room import Answer, pages, refuse_on, show
from procure.extensions import db
from procure.now import legal_day, now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.refusals import Refusal

LISTS = ("points", "reasons", "risks")
TEXTS = ("title", "summary", "financial_text", "equality_text", "alignment_text", "key_text", "exempt_text")
SPARE_ROWS = 2


@pages.route("/decisions/<reference>/prepare", methods=["GET", "POST"])
@enter(Role.OFFICER)
def prepare(reference: str) -> Answer:
    """The words of the decision, and what is still missing."""
    found = decision_to_run(signed_in(), reference, today())
    form = _prepare_form(found)
    conflict: dict[str, Any] | None = None
    if request.method == "POST" and "add" in request.form:
        form.alternatives.append_entry()
    elif form.validate_on_submit():
        try:
            actions.correct(
                found, by=signed_in(), at=now(), sees=form.version.data, alternatives=form.alternatives_given(),
                is_key=form.is_key.data == "yes", sign_by_on=form.sign_by_on.data,
                **{name: getattr(form, name).data or "" for name in (*TEXTS, *LISTS)},
            )  # fmt: skip
        except ChangedMeanwhile:
            conflict = _conflict(found, form)
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("Saved.")
            return redirect(url_for(".views", reference=reference))
    keeps = actions.what_keeps_it(found, today())
    answer = show(
        "prepare", found, form, keeps=keeps, conflict=conflict, is_open=found.state in actions.PREPARING,
        chain=chain_line(found),
    )  # fmt: skip
    return (answer, 409) if conflict and isinstance(answer, str) else answer


def _prepare_form(found: Decision) -> PrepareForm:
    if request.method == "POST":
        return PrepareForm(version=found.version)
    rows = [{"name": one.name, "reason": one.reason} for one in found.alternatives]
    return PrepareForm(
        version=found.version, alternatives=[*rows, *[{} for _ in range(SPARE_ROWS)]],
        is_key="yes" if found.is_key else "no", sign_by_on=found.sign_by_on,
        **{name: getattr(found, name) for name in TEXTS},
        **{name: getattr(found, name).splitlines() for name in LISTS},
    )  # fmt: skip


def _conflict(found: Decision, form: PrepareForm) -> dict[str, Any]:
    """What somebody else saved meanwhile, beside what the reader typed."""
    db.session.refresh(found)
    changes = []
    for name in (*TEXTS, *LISTS):
        field, theirs = getattr(form, name), getattr(found, name)
        yours = "\n".join(field.data or ()) if name in LISTS else field.data
        if (theirs or "") != (yours or ""):
            changes.append((field.label.text, theirs, yours))
    form.version.data, form.version.raw_data = found.version, None
    return {"by": "Somebody else", "at": None, "changes": changes}


@pages.route("/decisions/<reference>/views", methods=["GET", "POST"])
@enter(Role.OFFICER)
def views(reference: str) -> Answer:
    """Who is to be asked, who has answered, and whether it can be sent."""
    found = decision_to_run(signed_in(), reference, today())
    form = AskForm(version=found.version)
    if form.validate_on_submit():
        try:
            consulting_actions.ask_consultees(found, form.due_on.data, by=signed_in(), at=now(), sees=form.version.data)
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            count = words.plural(sum(view.answered_at is None for view in found.views), "letter")
            flash(f"Asked. {count} went out.")
            return redirect(url_for(".views", reference=reference))
    posts = [one.post for one in found.delegation.consultees] if found.delegation else []
    return show(
        "views", found, form, keeps=actions.what_keeps_it(found, today()), posts=posts,
        preparing=found.state in actions.PREPARING,
        must_ask=bool(posts) and (not found.views or any(view.answered_at is None for view in found.views)),
        declared=Interest.DECLARED, shown=sorted(found.views, key=_place), all_answered=consultation_said(found),
        asked=to_be_asked(found, today()), chased=to_be_chased(found, today()), decides=to_decide(found, today()),
        whose={view.id: _whose(view) for view in found.views}, said=_answers(found),
        is_silent=is_silent(found, today()),
        must_agree={view.id for view in found.views if must_agree(view.mode)},
        vacant={view.id for view in found.views if (view.substitute_post or view.post).acting_on(today()) is None},
    )  # fmt: skip


def _answers(found: Decision) -> dict[int, str]:
    """Each answer in the words of its mode."""
    return {view.id: answer_said(view.view, view.mode) for view in found.views if view.view}


def _whose(view: ConsulteeView) -> str:
    """Who was asked and who answered: both names where they differ, and whoever acts for the post now."""
    post, asked = view.substitute_post or view.post, view.asked_of.name if view.asked_of else ""
    if view.answered_by is not None:
        on = legal_day(view.answered_at) if view.answered_at else today()
        answered = named_for(view.answered_by, post, on)
        return answered if view.answered_by is view.asked_of else f"{asked or 'Nobody'} was asked; {answered} answered"
    acts = post.acting_on(today())
    if acts is None:
        return "Nobody holds this post now. Record a substitute."
    now_acts = named_for(acts, post, today())
    return now_acts if acts is view.asked_of else f"{asked or 'Nobody'} was asked; {now_acts} acts for the post now"


def _place(view: ConsulteeView) -> tuple[int, int]:
    """Objections first, then who hasn't answered, then comments."""
    if view.answered_at is None:
        return 1, view.id
    return {View.OBJECTS: 0, View.COMMENTS: 2}.get(view.view or View.CONTENT, 3), view.id


@pages.post("/decisions/<reference>/send")
@enter(Role.OFFICER)
def send(reference: str) -> Response:
    """Send the decision to the decision maker."""
    found = decision_to_run(signed_in(), reference, today())
    actions.send_to_decider(found, by=signed_in(), at=now())
    flash(f"Sent to the {found.post.name}.")
    return redirect(url_for(".views", reference=reference))


def _view(found: Decision, number: int) -> ConsulteeView:
    view = next((one for one in found.views if one.id == number), None)
    if view is None:
        abort(404)
    return view


@pages.post("/decisions/<reference>/views/<int:number>/chase")
@enter(Role.OFFICER)
def chase(reference: str, number: int) -> Response:
    """Remind a consultee."""
    found = decision_to_run(signed_in(), reference, today())
    view = _view(found, number)
    consulting_actions.chase(view, by=signed_in(), at=now())
    flash(f"A reminder went to the {(view.substitute_post or view.post).name}.")
    return redirect(url_for(".views", reference=reference))


@pages.post("/decisions/<reference>/views/chase-all")
@enter(Role.OFFICER)
def chase_all(reference: str) -> Response:
    """Remind everybody who hasn't answered."""
    found = decision_to_run(signed_in(), reference, today())
    chased = consulting_actions.chase_all(found, by=signed_in(), at=now())
    flash(f"{words.plural(len(chased), 'reminder')} went out.")
    return redirect(url_for(".views", reference=reference))


@pages.route("/decisions/<reference>/views/<int:number>/substitute", methods=["GET", "POST"])
@enter(Role.OFFICER)
def substitute(reference: str, number: int) -> Answer:
    """Record who answers instead of a consultee, and by which rule."""
    found = decision_to_run(signed_in(), reference, today())
    view = _view(found, number)
    form = SubstituteForm(version=view.version, due_on=view.due_on if view.due_on > today() else None)
    taken = {one.post_id for one in found.views} | {found.post_id}
    form.post_id.choices = [
        (str(post.id), post.name)
        for post in db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
        if post.id not in taken
    ]
    if form.validate_on_submit():
        try:
            consulting_actions.record_substitute(
                view, db.session.get_one(Post, int(form.post_id.data)), form.authority.data, form.because.data,
                due_on=form.due_on.data, by=signed_in(), at=now(), sees=form.version.data,
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("The substitute is recorded and has been asked.")
            return redirect(url_for(".views", reference=reference))
    return show("substitute", found, form, view=view)


@pages.route("/decisions/<reference>/views/<int:number>/answer", methods=["GET", "POST"])
@enter(Role.OFFICER)
def answer_view(reference: str, number: int) -> Answer:
    """Answer an objection or a comment, for the decision maker to read."""
    found = decision_to_run(signed_in(), reference, today())
    view = _view(found, number)
    form = WordsForm(version=view.version, text=view.officer_answer)
    form.text.required = "Enter your answer"
    if form.validate_on_submit():
        try:
            consulting_actions.answer_consultee(
                view, form.text.data, by=signed_in(), at=now(), sees=form.version.data
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("Your answer stands beneath the view.")
            return redirect(url_for(".views", reference=reference))
    return show("answer_view", found, form, view=view)


@pages.route("/decisions/<reference>/views/<int:number>/dispensation", methods=["GET", "POST"])
@enter(Role.OFFICER)
def dispensation(reference: str, number: int) -> Answer:
    """Record that the head of paid service lets a consultee with an interest take part."""
    found = decision_to_run(signed_in(), reference, today())
    view = _view(found, number)
    form = WordsForm(version=view.version)
    form.text.required = "Say who granted it and when"
    if form.validate_on_submit():
        try:
            consulting_actions.record_dispensation(
                view, form.text.data, by=signed_in(), at=now(), sees=form.version.data
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("The dispensation is recorded.")
            return redirect(url_for(".views", reference=reference))
    return show("dispensation", found, form, view=view)
