"""What those do who are asked: a consultee's view, advisers' comments, a limit, advice on silence."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for

from procure.authority import consulting_actions
from procure.authority.access import decision_for, view_to_give, views_of
from procure.authority.consulting_actions import silence_words
from procure.authority.forms import WordsForm, YourViewForm
from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.authority.rules import DecisionState, Interest, View, limits_not_stated
from procure.authority.rules.saying import answer_said, answers_offered, must_agree
from procure.authority.views.room import Answer, pages, refuse_on, show
from procure.authority.views.sheet import sheet_for
from procure.now import now, today
from procure.people.access import enter, posts_of, roles_of, signed_in, stands_as
from procure.people.rules import Role
from procure.refusals import Refusal


@pages.route("/decisions/<reference>/your-view", methods=["GET", "POST"])
@enter()
def your_view(reference: str) -> Answer:
    """A consultee's one page: what is asked, the figures, the papers, and the answer.

    Who acts for several posts answers for each: `number` says for which, else it is the first that waits.
    """
    found = decision_for(signed_in(), reference, today())
    view = view_to_give(signed_in(), found, today(), request.args.get("number", type=int))
    form = YourViewForm(
        version=view.version, said=view.view.value if view.view else None, text=view.words,
        interest=view.interest.value if view.interest else None, interest_text=view.interest_text,
    ).answers(view.mode)  # fmt: skip
    if form.validate_on_submit():
        try:
            consulting_actions.answer(
                view, said=View(form.said.data), text=form.text.data or "", interest=Interest(form.interest.data),
                interest_text=form.interest_text.data or "", by=signed_in(), at=now(), sees=form.version.data,
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            return _after_the_view(found, view)
    is_open = found.state is DecisionState.CONSULTING or (
        found.state is DecisionState.SENT and view.answered_at is None
    )
    return show(
        "your_view", found, form, view=view, sheet=sheet_for(found, signed_in(), today()), is_open=is_open,
        must_agree=must_agree(view.mode), standing=_standing(view), said=_said(view),
        hints={answer.value: hint for answer, _, hint in answers_offered(view.mode)},
        others=[one for one in views_of(signed_in(), found, today()) if one is not view],
    )  # fmt: skip


def _after_the_view(found: Decision, view: ConsulteeView) -> Answer:
    """On to the next post that the reader answers for, else to the decision."""
    given, stands = f"Thank you. Your view as {(view.substitute_post or view.post).name} is recorded.", ""
    if found.state is DecisionState.CONSULTING:
        stands = f" You can change it until the decision goes to the {found.post.name}."
    owed = [one for one in views_of(signed_in(), found, today()) if one.answered_at is None]
    if owed:
        flash(f"{given} You are asked as {(owed[0].substitute_post or owed[0].post).name} too.")
        return redirect(url_for(".your_view", reference=found.reference, number=owed[0].id))
    if view.interest is Interest.DECLARED:
        flash(f"{given} You have an interest, so step aside. The case officer is told, and records what follows.")
    else:
        flash(f"{given}{stands}")
    return redirect(url_for(".decision", reference=found.reference))


def _standing(view: ConsulteeView) -> str:
    """By what right the reader answers, where they aren't simply the holder of the post."""
    standing = stands_as(signed_in(), view.substitute_post or view.post, today())
    return standing.said if standing else ""


def _said(view: ConsulteeView) -> str:
    return answer_said(view.view, view.mode) if view.view else ""


@pages.route("/decisions/<reference>/clearances", methods=["GET", "POST"])
@enter()
def clearances(reference: str) -> Answer:
    """Comments by Finance, Legal and Procurement: read by all, given by the post, locked once given."""
    found = decision_for(signed_in(), reference, today())
    mine = _mine(found)
    form = WordsForm(version=mine.version if mine else None, text=mine.text if mine else "")
    form.text.required = "Enter your comments"
    if request.method == "POST" and mine is None:
        abort(403)
    if mine is not None and form.validate_on_submit():
        try:
            consulting_actions.give_clearance(
                mine, form.text.data, by=signed_in(), at=now(), sees=form.version.data
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("Your comments are given and locked.")
            return redirect(url_for(".clearances", reference=reference))
    return show("clearances", found, form, mine=mine, sheet=sheet_for(found, signed_in(), today()))


def _mine(found: Decision) -> Clearance | None:
    """The comments the reader's post still owes."""
    posts = posts_of(signed_in(), today())
    return next((one for one in found.clearances if one.post_id in posts and one.given_at is None), None)


@pages.route("/decisions/<reference>/confirm-limit", methods=["GET", "POST"])
@enter()
def confirm_limit(reference: str) -> Answer:
    """What may be committed under a power that states no limit: confirmed by a lawyer, read by all."""
    found = decision_for(signed_in(), reference, today())
    may_confirm = _may_write(found, Role.LEGAL)
    form = WordsForm(version=found.version)
    form.text.required = "Say which limit applies, and where it is taken from"
    if form.validate_on_submit():
        try:
            consulting_actions.confirm_no_limit(
                found, form.text.data, by=signed_in(), at=now(), sees=form.version.data
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("The limit is confirmed.")
            return redirect(url_for(".decision", reference=reference))
    power = found.delegation
    return show(
        "confirm_limit", found, form, sheet=sheet_for(found, signed_in(), today()),
        lacking=limits_not_stated(power.max_value_gross, power.max_months) if power else "",
        may_confirm=may_confirm,
    )  # fmt: skip


@pages.route("/decisions/<reference>/advice", methods=["GET", "POST"])
@enter()
def advice(reference: str) -> Answer:
    """The Monitoring Officer's advice on deciding without a view that was asked and chased in vain."""
    found = decision_for(signed_in(), reference, today())
    may_advise = _may_write(found, Role.MONITORING_OFFICER)
    form = WordsForm(version=found.version)
    form.text.required = "Enter your advice"
    if form.validate_on_submit():
        try:
            consulting_actions.advise_on_silence(
                found, form.text.data, by=signed_in(), at=now(), sees=form.version.data
            )  # fmt: skip
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("Your advice is recorded.")
            return redirect(url_for(".decision", reference=reference))
    return show(
        "advice", found, form, who=silence_words(found, today()), sheet=sheet_for(found, signed_in(), today()),
        may_advise=may_advise,
    )  # fmt: skip


def _may_write(found: Decision, role: Role) -> bool:
    """Whether the reader holds the role on the file. 403 where somebody without it sends the form."""
    has = role in roles_of(signed_in(), today(), found.procurement_id)
    if request.method == "POST" and not has:
        abort(403)
    return has
