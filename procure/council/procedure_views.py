"""Settings: the dated procedure rules, and the grounds on which they may be waived."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from procure.council import procedure_actions as actions
from procure.council.facts import rules_on
from procure.council.models import ProcedureRules, WaiverReason
from procure.council.procedure_forms import EndReasonForm, RulesForm, WaiverReasonForm
from procure.council.rules import by_day, in_turn
from procure.council.views import READERS, Answer, may_administer, pages
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import save, status_of

READ_RULES = (*READERS, Role.OFFICER, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER, Role.LEGAL, Role.FINANCE)
KEPT = (
    "source", "key_decision_gross", "call_in_days", "call_in_by", "scrutiny_name", "scrutiny_days",
    "objection_refers_back", "seal_from_net",
)  # fmt: skip


@pages.app_template_global("procedure_rules")
def _in_force() -> ProcedureRules | None:
    """The rules in force today, for pages that say where a number comes from."""
    return rules_on(today())


@pages.get("/settings/rules")
@enter(*READ_RULES)
def rules() -> str:
    """The procedure rules in force today, those to come, and those that went before."""
    in_force, to_come, over = in_turn(db.session.scalars(select(ProcedureRules)), today())
    return render_template(
        "council/rules.html", in_force=in_force, to_come=to_come, over=over, may_administer=may_administer()
    )


@pages.route("/settings/rules/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_rules() -> Answer:
    """Add rules from a day on, beginning with those that stand now."""
    rows = list(db.session.scalars(select(ProcedureRules).order_by(ProcedureRules.from_on)))
    form = _rules_form(rows[-1] if rows else None, is_new=True)
    if save(form, lambda: actions.add_rules(by=signed_in(), at=now(), **_typed(form)), file="council"):
        flash("The procedure rules are added.")
        return redirect(url_for(".rules"))
    return render_template("council/change_rules.html", form=form, row=None, is_first=not rows), status_of(form)


@pages.route("/settings/rules/<int:number>/correct", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def correct_rules(number: int) -> Answer:
    """Mend rules that haven't begun."""
    row = db.session.get(ProcedureRules, number) or abort(404)
    form = _rules_form(row)
    if save(
        form,
        lambda: actions.correct_rules(row, by=signed_in(), at=now(), sees=form.version.data, **_typed(form)),
        file="council",
        fresh=lambda: _rules_form(row, formdata=None),
    ):
        flash("The procedure rules are corrected.")
        return redirect(url_for(".rules"))
    return render_template("council/change_rules.html", form=form, row=row, is_first=False), status_of(form)


def _rules_form(row: ProcedureRules | None, *, is_new: bool = False, **more: Any) -> RulesForm:
    given: dict[str, Any] = {"call_in_days": 5} if row is None else {name: getattr(row, name) for name in KEPT}
    if row is not None:
        given["scrutiny_chair_post_id"] = str(row.scrutiny_chair_post_id or "")
    if row is not None and not is_new:
        given |= {"from_on": row.from_on, "version": row.version}
    form = RulesForm(data=given, **more)
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    form.scrutiny_chair_post_id.choices = [(str(post.id), post.name) for post in posts]
    return form


def _typed(form: RulesForm) -> dict[str, Any]:
    chair = form.scrutiny_chair_post_id.data
    lines = {name: form[name].data or "" for name in ("source", "call_in_by", "scrutiny_name")}
    kept = {name: form[name].data for name in KEPT if name not in lines}
    return kept | lines | {"from_on": form.from_on.data, "scrutiny_chair_post_id": int(chair) if chair else None}


@pages.get("/settings/waiver-reasons")
@enter(*READ_RULES)
def waiver_reasons() -> str:
    """The grounds of waivers: in force, to come, past."""
    rows = db.session.scalars(select(WaiverReason).order_by(WaiverReason.name, WaiverReason.from_on))
    in_force, to_come, over = by_day(rows, today())
    return render_template(
        "council/waiver_reasons.html", in_force=in_force, to_come=to_come, over=over, may_administer=may_administer()
    )


@pages.route("/settings/waiver-reasons/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_waiver_reason() -> Answer:
    """Add a ground from a day on."""
    form = WaiverReasonForm(from_on=today())
    if save(
        form,
        lambda: actions.add_waiver_reason(
            name=form.name.data or "", words_=form.meaning.data or "", max_net=form.max_net.data,
            max_months=form.max_months.data, source=form.source.data or "", from_on=form.from_on.data, by=signed_in(),
            at=now(),
        ),
        file="council",
    ):  # fmt: skip
        flash("The waiver reason is added.")
        return redirect(url_for(".waiver_reasons"))
    return render_template("council/waiver_reason.html", form=form), status_of(form)


@pages.route("/settings/waiver-reasons/<int:number>/end", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def end_waiver_reason(number: int) -> Answer:
    """Say which day is the last on which a ground may be used."""
    row = db.session.get(WaiverReason, number) or abort(404)
    form = EndReasonForm(until_on=row.until_on or today(), version=row.version)
    if save(
        form,
        lambda: actions.end_waiver_reason(
            row, until_on=form.until_on.data, by=signed_in(), at=now(), sees=form.version.data
        ),
        file="council",
        fresh=lambda: EndReasonForm(formdata=None, obj=row),
    ):
        flash("The last day of the waiver reason is set.")
        return redirect(url_for(".waiver_reasons"))
    return render_template("council/end_waiver_reason.html", form=form, row=row), status_of(form)
