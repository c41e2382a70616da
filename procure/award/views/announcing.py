"""Announcing an award: the standstill planned, the notices recorded, a challenge recorded and lifted."""

from __future__ import annotations

from typing import Any

from flask import abort, flash

from procure.award import actions
from procure.award.facts import (
    details_notice_working,
    facts_of,
    standstill_bound_of,
    standstill_planned,
    standstill_rule_of,
)
from procure.award.forms import NO, YES, ChallengeForm, LiftForm, NoticeForm, PlanForm, plan_form
from procure.award.models import Award
from procure.award.views.room import Answer, award_of, home, page, pages
from procure.council.law import england
from procure.law.regimes import Bound
from procure.law.working_days import next_working_day
from procure.notices.actions import record_details_notice
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.refusals import Refusal
from procure.saving import save, status_of

FOR_QUOTES = "This purchase was made on quotes, and the law requires no standstill."


@pages.route("/procurements/<reference>/award/standstill", methods=["GET", "POST"])
@enter(Role.OFFICER)
def plan(reference: str) -> Answer:
    """Say when the award notice goes out and how long the council waits."""
    award = award_of(reference)
    form = _plan_form(award)

    def keep() -> None:
        actions.plan_notice(
            award, form.on.data, standstill_days=form.standstill_days, no_standstill_reason=form.reason.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _plan_form(award, posted=False)):
        flash("The plan is saved. The letters will name these days.")
        return home(reference)
    return page(
        "plan", award.lot, award=award, form=form, is_task=True, waits=_shown(form, award),
        is_mandatory=standstill_bound_of(award.lot) is Bound.MANDATORY,
    ), status_of(form)  # fmt: skip


def _plan_form(award: Award, *, posted: bool = True) -> PlanForm:
    given = {
        "on": award.notice_planned_on or next_working_day(today(), england()),
        "has_standstill": YES if award.standstill_days else NO,
        "days": award.standstill_days or standstill_rule_of(award.lot).days,
        "reason": award.no_standstill_reason or (FOR_QUOTES if award.standstill_days is None else ""),
        "version": award.version,
    }
    kind = plan_form(standstill_rule_of(award.lot).days)
    return kind(data=given) if posted else kind(formdata=None, data=given)


def _shown(form: PlanForm, award: Award) -> Any:
    """What the plan as it stands on the page comes to; nothing where it can't be counted."""
    try:
        return standstill_planned(award.lot, form.on.data, form.standstill_days) if form.on.data else None
    except Refusal:
        return None


@pages.route("/procurements/<reference>/award/notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def notice(reference: str) -> Answer:
    """Record the award notice; the standstill counts from its day."""
    award = award_of(reference)
    form = NoticeForm(data={"version": award.version, "published_on": award.notice_planned_on})

    def keep() -> None:
        actions.record_award_notice(
            award.lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The award notice is recorded.")
        if award.letters and form.published_on.data != award.notice_planned_on:
            flash("The letters named another day. Tell every bidder the new end of the standstill.", "warning")
        return home(reference)
    facts = facts_of(award.lot, today())
    unsent = [letter.bidder for letter in facts.letters if not letter.is_sent]
    return page("notice", award.lot, award=award, form=form, unsent=unsent, is_task=True,
                 recorded=notice_of(award.lot, NoticeKind.AWARD)), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/award/details-notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def details_notice(reference: str) -> Answer:
    """Record the contract details notice, after the contract is signed."""
    award = award_of(reference)
    form = NoticeForm(data={"published_on": today()})

    def keep() -> None:
        record_details_notice(
            award.lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(),
            at=now(),
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The contract details notice is recorded.")
        return home(reference)
    return page(
        "details_notice", award.lot, award=award, form=form, due=details_notice_working(award.lot), is_task=True,
        recorded=notice_of(award.lot, NoticeKind.DETAILS),
    ), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/award/challenge", methods=["GET", "POST"])
@enter(Role.OFFICER)
def challenge(reference: str) -> Answer:
    """Record a claim: it holds the contract until the hold is lifted."""
    award, form = award_of(reference), ChallengeForm()

    def keep() -> None:
        actions.record_challenge(
            award, claimant=form.claimant.data, notified_at=form.notified_at.data, about=form.about.data or "",
            by=signed_in(), at=now(),
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The challenge is recorded. The contract is held.")
        return home(reference)
    return page("challenge", award.lot, form=form, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/award/challenge/<int:place>/lift", methods=["GET", "POST"])
@enter(Role.OFFICER)
def lift(reference: str, place: int) -> Answer:
    """Record that a hold was lifted."""
    award, form = award_of(reference), LiftForm(data={"lifted_on": today()})
    if not 1 <= place <= len(award.challenges):
        abort(404)
    found = award.challenges[place - 1]

    def keep() -> None:
        actions.lift_hold(
            found, lifted_on=form.lifted_on.data, lifted_by=form.lifted_by.data, by=signed_in(), at=now()
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The hold is lifted.")
        return home(reference)
    return page("lift", award.lot, form=form, challenge=found, is_task=True), status_of(form)
