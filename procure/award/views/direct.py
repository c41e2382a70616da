"""A direct award after a competition that brought nothing suitable; and the one bid that has to be good value."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for

from procure import words
from procure.authority.power import delegation_for, source_of
from procure.authority.rules import ActKind, DecisionState
from procure.award import direct_actions as actions
from procure.award import route_actions
from procure.award.actions import OPEN_TO_OTHERS, figures_of
from procure.award.drafting import over_words
from procure.award.facts import approved_of, facts_of, standstill_bound_of, still_stands
from procure.award.forms import NoticeForm, recommendation_form
from procure.award.route_facts import direct_ending, direct_offer
from procure.award.route_forms import SingleBidForm
from procure.award.rules import SHORTEST_STANDSTILL, standstill_plan_words
from procure.award.views.room import Answer, home, page, pages
from procure.evaluation.facts import ranking_of
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_to_change
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.saving import save, status_of


@pages.route("/procurements/<reference>/award/transparency-notice", methods=["GET", "POST"])
@enter(Role.OFFICER)
def transparency(reference: str) -> Answer:
    """Record the transparency notice that comes before a direct award."""
    lot = lot_to_change(signed_in(), reference, today())
    ending = direct_ending(lot) or abort(404)
    form = NoticeForm(data={"published_on": today()})

    def keep() -> None:
        route_actions.record_transparency(
            lot, reference=form.reference.data or "", published_on=form.published_on.data, by=signed_in(), at=now()
        )

    if save(form, keep, file=reference):
        flash("The transparency notice is recorded. Recommend the award next.")
        return home(reference)
    return page(
        "transparency", lot, is_task=True, form=form, ending=ending, offer=direct_offer(lot),
        recorded=notice_of(lot, NoticeKind.TRANSPARENCY),
    ), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/award/recommend-directly", methods=["GET", "POST"])
@enter(Role.OFFICER)
def recommend_directly(reference: str) -> Answer:
    """Read the draft of a direct award, mend its prose, and draw up the decision."""
    lot = lot_to_change(signed_in(), reference, today())
    ending, offer = direct_ending(lot), direct_offer(lot)
    if ending is None or offer is None:
        abort(404)
    if notice_of(lot, NoticeKind.TRANSPARENCY) is None:
        flash("Record the transparency notice first. The law asks for it before the award.", "warning")
        return redirect(url_for(".transparency", reference=reference))
    if lot.award is not None and lot.award.decision.state in OPEN_TO_OTHERS and still_stands(lot.award, None):
        decision = lot.award.decision
        flash(f"You have recommended this award. {decision.reference} is out: {decision.state.label.lower()}.")
        return home(reference)
    figures, drafted = figures_of(lot, offer), actions.direct_draft(lot, ending, offer)
    over = over_words(figures["value_gross"], *approved_of(lot))
    form = _form(lot, drafted, over)

    def keep() -> None:
        alternatives = [
            (name, form[f"why_{place}"].data) for place, (name, _) in enumerate(drafted["alternatives"], start=1)
        ]
        actions.recommend_directly(
            lot, by=signed_in(), at=now(), sees=form.version.data if lot.award else None,
            over_reason=form.over_reason.data if over else "", summary=form.summary.data, reasons=form.reasons.data,
            sign_by_on=form.sign_by_on.data, alternatives=alternatives,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _form(lot, drafted, over, posted=False)):
        assert lot.award is not None
        flash("The award is recommended. Complete the decision, then ask those who must be consulted.")
        return redirect(url_for("authority.prepare", reference=lot.award.decision.reference))
    power = delegation_for(
        ActKind.AWARD, lot.procurement, today(), value_gross=figures["value_gross"], max_months=figures["max_months"]
    )
    return page(
        "recommend_directly", lot, is_task=True, form=form, ending=ending, offer=offer, figures=figures, over=over,
        title=drafted["title"], points=drafted["points"], power=power, source=source_of(power) if power else "",
        alternatives=list(enumerate((name for name, _ in drafted["alternatives"]), start=1)),
        standstill=standstill_plan_words(standstill_bound_of(lot), SHORTEST_STANDSTILL),
    ), status_of(form)  # fmt: skip


def _form(lot: Lot, drafted: dict[str, Any], over: str, *, posted: bool = True) -> Any:
    award = lot.award
    given = {
        "summary": drafted["summary"], "reasons": [line for line in drafted["reasons"] if line],
        "over_reason": award.over_reason if award else "", "version": award.version if award else None,
        "sign_by_on": award.decision.sign_by_on if award else None,
    } | {f"why_{place}": why for place, (_, why) in enumerate(drafted["alternatives"], start=1)}  # fmt: skip
    rejected = [(str(place), name) for place, (name, _) in enumerate(drafted["alternatives"], start=1)]
    made = recommendation_form(rejected, over=over)
    return made(data=given) if posted else made(formdata=None, data=given)


@pages.route("/procurements/<reference>/award/single-bid", methods=["GET", "POST"])
@enter(Role.OFFICER)
def single_bid(reference: str) -> Answer:
    """Say why one bid is enough."""
    lot = lot_to_change(signed_in(), reference, today())
    assessed = [bid for bid in lot.bids if bid.was_assessed]
    if len(assessed) != 1:
        flash("This is said only where one bid alone is assessed.", "warning")
        return home(reference)
    form = SingleBidForm(obj=lot.single_bid)

    def keep() -> None:
        route_actions.explain_single_bid(
            lot, why_one=form.why_one.data, value_reasons=form.value_reasons.data, concerns=form.concerns.data or "",
            by=signed_in(), at=now(), sees=form.version.data if lot.single_bid else None,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: SingleBidForm(formdata=None, obj=lot.single_bid)):
        flash("The reasons are on the file. They become reasons of the recommendation.")
        at = "award.index" if lot.stage is Stage.DECIDING_AWARD else "evaluation.index"
        return redirect(url_for(at, reference=reference))
    facts, ranking = facts_of(lot, today()), ranking_of(lot)
    closed = facts.decision_state in (DecisionState.SENT, DecisionState.SIGNED)
    estimate = lot.procurement.value_net
    return page(
        "single_bid", lot, is_task=True, form=form, bid=assessed[0], closed=closed,
        price=words.pounds(assessed[0].price_net) if ranking is not None else "",
        estimate=words.pounds(estimate) if estimate is not None and lot.is_only else "",
    ), status_of(form)  # fmt: skip
