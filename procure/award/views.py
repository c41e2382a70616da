"""Pages of this room: what stands, the plan, the letters, the notices, a challenge."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.authority.power import chain_line
from procure.award import actions
from procure.award.facts import (
    details_notice_working,
    facts_of,
    first_working_day_after,
    standstill_bound_of,
    standstill_of,
)
from procure.award.forms import NO, YES, ChallengeForm, LiftForm, NoticeForm, PlainForm, PlanForm, letters_form
from procure.award.models import Award
from procure.award.picture import next_step, steps_of
from procure.award.rules import SHORTEST_STANDSTILL, standstill_from
from procure.documents.gaps import HasGaps
from procure.evaluation.facts import ranking_of
from procure.law.calendars import england
from procure.law.regimes import Bound
from procure.law.standstill import standstill
from procure.law.working_days import next_working_day
from procure.notices.actions import record_details_notice
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.saving import save, status_of

pages = Blueprint("award", __name__)

Answer = str | Response | tuple[str, int]

USUAL_ASKS = (
    "Send certificates of the insurance that the invitation asks for\n"
    "Tell us who will sign the contract\n"
    "Give us your bank details by the secure route; we will check them by telephone"
)


def _page(template: str, lot: Lot, **more: Any) -> str:
    return render_template(f"award/{template}.html", procurement=lot.procurement, lot=lot, page="award", **more)


def _award(reference: str) -> Award:
    award = procurement_to_change(signed_in(), reference, today()).only_lot.award
    if award is None:
        abort(404)
    return award


def _home(reference: str) -> Response:
    return redirect(url_for("award.index", reference=reference))


@pages.get("/procurements/<reference>/award")
@enter()
def index(reference: str) -> str:
    """What stands of the award, and the one thing to do next."""
    procurement = procurement_for(signed_in(), reference, today())
    lot, award = procurement.only_lot, procurement.only_lot.award
    waits = standstill_of(lot)
    ranking = ranking_of(lot) if lot.stage is Stage.DECIDING_AWARD or award else None
    return _page(
        "index", lot, award=award, ranking=ranking, waits=waits, facts=facts_of(lot, today()),
        changes=may_change(signed_in(), procurement, today()), form=PlainForm(),
        may_recommend=lot.stage is Stage.DECIDING_AWARD, notice=notice_of(lot, NoticeKind.AWARD),
        steps=steps_of(award, today()) if award else [], next=next_step(award, today()) if award else None,
        chain=chain_line(award.decision) if award else "",
        sign_from=first_working_day_after(waits) if waits else None, england_only=_england_only(lot),
        is_over=waits is not None and today() >= waits.earliest_signing_on,
        details_recorded=notice_of(lot, NoticeKind.DETAILS), details_due=details_notice_working(lot),
    )  # fmt: skip


def _england_only(lot: Lot) -> str:
    """What England's bank holidays alone would give, where that is another day: the commonest mistake."""
    notice, waits = notice_of(lot, NoticeKind.AWARD), standstill_of(lot)
    if notice is None or waits is None:
        return ""
    try:
        alone = standstill(notice.published_on, england(), stated_days=notice.standstill_days)
    except Refusal:
        return ""
    if alone.ends_on == waits.ends_on:
        return ""
    early = words.plural((waits.ends_on - alone.ends_on).days, "day")
    return f"With England’s bank holidays alone it would end {early} too early, on {words.short(alone.ends_on)}."


@pages.post("/procurements/<reference>/award/recommend")
@enter(Role.OFFICER)
def recommend(reference: str) -> Answer:
    """Recommend the first-ranked bid and draw up the decision."""
    lot = procurement_to_change(signed_in(), reference, today()).only_lot
    form = PlainForm()
    if save(form, lambda: actions.recommend(lot, by=signed_in(), at=now()), file=reference):
        assert lot.award is not None
        flash("The award is recommended. Complete the decision, then ask those who must be consulted.")
        return redirect(url_for("authority.prepare", reference=lot.award.decision.reference))
    flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return _home(reference)


@pages.route("/procurements/<reference>/award/standstill", methods=["GET", "POST"])
@enter(Role.OFFICER)
def plan(reference: str) -> Answer:
    """Say when the award notice goes out and how long the council waits."""
    award = _award(reference)
    form = _plan_form(award)

    def keep() -> None:
        actions.plan_notice(
            award, form.on.data, standstill_days=form.standstill_days, no_standstill_reason=form.reason.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _plan_form(award, posted=False)):
        flash("The plan is saved. The letters will name these days.")
        return _home(reference)
    return _page(
        "plan", award.lot, award=award, form=form, is_task=True, waits=_shown(form, award),
        is_mandatory=standstill_bound_of(award.lot) is Bound.MANDATORY,
    ), status_of(form)  # fmt: skip


def _plan_form(award: Award, *, posted: bool = True) -> PlanForm:
    given = {
        "on": award.notice_planned_on or next_working_day(today(), england()),
        "has_standstill": YES if award.standstill_days else NO if award.no_standstill_reason else YES,
        "days": award.standstill_days or SHORTEST_STANDSTILL,
        "reason": award.no_standstill_reason,
        "version": award.version,
    }
    return PlanForm(data=given) if posted else PlanForm(formdata=None, data=given)


def _shown(form: PlanForm, award: Award) -> Any:
    """What the plan as it stands on the page comes to; nothing where it can't be counted."""
    try:
        return standstill_from(form.on.data, form.standstill_days) if form.on.data else None
    except Refusal:
        return None


@pages.route("/procurements/<reference>/award/letters", methods=["GET", "POST"])
@enter(Role.OFFICER)
def letters(reference: str) -> Answer:
    """Write the letters to every assessed bidder; read them; send them."""
    award = _award(reference)
    losers = [(at, bid) for at, bid in enumerate(award.lot.bids, 1) if bid.was_assessed and bid.id != award.bid_id]
    drafted = actions.reasons_drafted(award)
    given = {f"reason_{at}": drafted.get(bid.id, "") for at, bid in losers} | {
        "asks": award.letter_asks or USUAL_ASKS, "withheld_text": award.withheld_text, "version": award.version,
    }  # fmt: skip
    form: Any = letters_form([(at, bid.supplier.name) for at, bid in losers])(data=given)

    def keep() -> None:
        reasons = {bid.id: form[f"reason_{at}"].data for at, bid in losers}
        actions.write_letters(
            award, reasons=reasons, asks=form.asks.data or "", withheld_text=form.withheld_text.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    gaps: list[Any] = []

    def keep_and_look() -> None:
        try:
            keep()
        except HasGaps as lacking:
            gaps.extend(lacking.gaps)
            raise

    if save(form, keep_and_look, file=reference):
        flash("The letters are written. Read them, then send them.")
        return redirect(url_for(".letters", reference=reference))
    return _page(
        "letters", award.lot, award=award, form=form, losers=losers, gaps=gaps, is_task=True, plain=PlainForm(),
        facts=facts_of(award.lot, today()), set_aside=[bid for bid in award.lot.bids if not bid.was_assessed],
    ), status_of(form)  # fmt: skip


@pages.post("/procurements/<reference>/award/letters/send")
@enter(Role.OFFICER)
def send_letters(reference: str) -> Answer:
    """Send every bidder its papers, all at once."""
    award, form = _award(reference), PlainForm()
    if save(form, lambda: actions.send_letters(award, by=signed_in(), at=now()), file=reference):
        flash("The letters are on their way. Record the award notice once it is published.")
        return _home(reference)
    flash(form.form_errors[0] if form.form_errors else "The page wasn’t sent whole. Try again.", "warning")
    return redirect(url_for(".letters", reference=reference))


@pages.route("/procurements/<reference>/award/notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def notice(reference: str) -> Answer:
    """Record the award notice; the standstill counts from its day."""
    award = _award(reference)
    procurement = award.lot.procurement
    form = NoticeForm(data={"version": procurement.version, "published_on": award.notice_planned_on})

    def keep() -> None:
        actions.record_award_notice(
            award.lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(),
            at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The award notice is recorded.")
        if form.published_on.data != award.notice_planned_on:
            flash("The letters named another day. Tell every bidder the new end of the standstill.", "warning")
        return _home(reference)
    facts = facts_of(award.lot, today())
    unsent = [letter.bidder for letter in facts.letters if not letter.is_sent]
    return _page("notice", award.lot, award=award, form=form, unsent=unsent, is_task=True,
                 recorded=notice_of(award.lot, NoticeKind.AWARD)), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/award/details-notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def details_notice(reference: str) -> Answer:
    """Record the contract details notice, after the contract is signed."""
    award = _award(reference)
    form = NoticeForm(data={"published_on": today()})

    def keep() -> None:
        record_details_notice(
            award.lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(),
            at=now(),
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The contract details notice is recorded.")
        return _home(reference)
    return _page(
        "details_notice", award.lot, award=award, form=form, due=details_notice_working(award.lot), is_task=True,
        recorded=notice_of(award.lot, NoticeKind.DETAILS),
    ), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/award/challenge", methods=["GET", "POST"])
@enter(Role.OFFICER)
def challenge(reference: str) -> Answer:
    """Record a claim: it holds the contract until the hold is lifted."""
    award, form = _award(reference), ChallengeForm()

    def keep() -> None:
        actions.record_challenge(
            award, claimant=form.claimant.data, notified_at=form.notified_at.data, about=form.about.data or "",
            by=signed_in(), at=now(),
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The challenge is recorded. The contract is held.")
        return _home(reference)
    return _page("challenge", award.lot, form=form, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/award/challenge/<int:place>/lift", methods=["GET", "POST"])
@enter(Role.OFFICER)
def lift(reference: str, place: int) -> Answer:
    """Record that a hold was lifted."""
    award, form = _award(reference), LiftForm(data={"lifted_on": today()})
    if not 1 <= place <= len(award.challenges):
        abort(404)
    found = award.challenges[place - 1]

    def keep() -> None:
        actions.lift_hold(
            found, lifted_on=form.lifted_on.data, lifted_by=form.lifted_by.data, by=signed_in(), at=now()
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The hold is lifted.")
        return _home(reference)
    return _page("lift", award.lot, form=form, challenge=found, is_task=True), status_of(form)
