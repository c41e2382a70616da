"""Recommending an award: a draft from the record, whose prose the officer mends and whose figures nobody retypes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, url_for

from procure import words
from procure.authority.models import Decision, Delegation
from procure.authority.power import delegation_for, effect_said, source_of
from procure.authority.rules import OVER, ActKind, DecisionState
from procure.award import actions
from procure.award.drafting import NOT_TO_AWARD, cost_of, over_words
from procure.award.facts import approved_of, is_by_cost, standstill_bound_of, standstill_rule_of, still_stands
from procure.award.forms import recommendation_form
from procure.award.models import Award
from procure.award.rules import standstill_plan_words
from procure.award.views.room import Answer, home, page, pages
from procure.evaluation.facts import ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import Ranking
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import lot_to_change
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.saving import save, status_of


@dataclass(frozen=True)
class Draft:
    """A recommendation as the record gives it. `alternatives` are (key, name, why), none of the names typed."""

    winner: Bid
    ranking: Ranking
    figures: Mapping[str, Any]
    title: str
    summary: str
    points: list[str]
    reasons: list[str]
    alternatives: list[tuple[str, str, str]]
    over: str
    power: Delegation | None
    source: str
    effect: str
    """Why the power isn't in force yet; empty where it is."""
    consultees: list[tuple[str, Person | None]]
    standstill: str


@pages.route("/procurements/<reference>/award/recommend", methods=["GET", "POST"])
@enter(Role.OFFICER)
def recommend(reference: str) -> Answer:
    """Read the draft, mend its prose, and draw up the decision."""
    lot = lot_to_change(signed_in(), reference, today())
    try:
        draft = _draft(lot, today())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
        return home(reference)
    if lot.award is not None and lot.award.decision.state in actions.OPEN_TO_OTHERS:
        decision = lot.award.decision
        if decision.state is DecisionState.SIGNED or still_stands(lot.award, draft.ranking):
            flash(f"You have recommended this award. {decision.reference} is out: {decision.state.label.lower()}.")
            return home(reference)
    form = _form(lot, draft)

    def keep() -> None:
        actions.recommend(
            lot, by=signed_in(), at=now(), sees=form.version.data if lot.award else None,
            over_reason=form.over_reason.data if draft.over else "", summary=form.summary.data,
            reasons=form.reasons.data, sign_by_on=form.sign_by_on.data,
            alternatives=[(name, form[f"why_{key}"].data) for key, name, _ in draft.alternatives] + _added(lot, draft),
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _form(lot, _draft(lot, today()), posted=False)):
        assert lot.award is not None
        flash("The award is recommended. Complete the decision, then ask those who must be consulted.")
        return redirect(url_for("authority.prepare", reference=lot.award.decision.reference))
    costs = {row.key: cost_of(row) for row in draft.ranking.rows}
    shown = page(
        "recommend", lot, form=form, draft=draft, is_task=True, by_cost=is_by_cost(lot), outdated=_outdated(lot),
        costs=costs,
    )  # fmt: skip
    return shown, status_of(form)


def _draft(lot: Lot, day: date) -> Draft:
    ranking = ranking_of(lot)
    if ranking is None or ranking.winner is None:
        raise actions.NothingToRecommend("The ranking has no clear first place, so there is nothing to recommend.")
    winner = db.session.get_one(Bid, ranking.winner.key)
    figures = actions.figures_of(lot, winner)
    drafted = actions.recommendation_draft(lot, winner, ranking, figures)
    power = delegation_for(
        ActKind.AWARD, lot.procurement, day, value_gross=figures["value_gross"], max_months=figures["max_months"]
    )
    return Draft(
        winner=winner, ranking=ranking, figures=figures, title=drafted["title"], summary=drafted["summary"],
        points=drafted["points"], reasons=drafted["reasons"],
        alternatives=[(str(at), name, why) for at, (name, why) in enumerate(drafted["alternatives"], 1)],
        over=over_words(figures["value_gross"], *approved_of(lot)), power=power,
        source=source_of(power) if power else "", effect=effect_said(power, day) if power else "",
        consultees=[(one.post.name, one.post.acting_on(day)) for one in power.consultees] if power else [],
        standstill=standstill_plan_words(
            standstill_bound_of(lot), lot.award.standstill_days if lot.award else standstill_rule_of(lot).days,
            is_quotes=lot.procurement.route.value == "scheme",
        ),
    )  # fmt: skip


def _form(lot: Lot, draft: Draft, *, posted: bool = True) -> Any:
    """Drafted anew, except where the officer's own words still fit: on a decision of the same result."""
    kept = _decision_kept(lot, draft)
    written = {one.name: one.reason for one in kept.alternatives} if kept else {}
    given = {
        "summary": (kept.summary if kept else "") or draft.summary,
        "reasons": kept.reasons.splitlines() if kept and kept.reasons else draft.reasons,
        "over_reason": lot.award.over_reason if lot.award else "",
        "sign_by_on": kept.sign_by_on if kept else None,
        "version": lot.award.version if lot.award else None,
    } | {f"why_{key}": written.get(name) or why for key, name, why in draft.alternatives}
    made = recommendation_form([(key, name) for key, name, _ in draft.alternatives], over=draft.over)
    return made(data=given) if posted else made(formdata=None, data=given)


def _decision_kept(lot: Lot, draft: Draft) -> Decision | None:
    """The decision whose words the officer may have mended already; None where it is over or of another result."""
    award: Award | None = lot.award
    if award is None or award.decision.state in OVER or not still_stands(award, draft.ranking):
        return None
    return award.decision


def _added(lot: Lot, draft: Draft) -> list[tuple[str, str]]:
    """Alternatives that were added by hand on the decision, as a consultee's proposal: they stay."""
    kept = _decision_kept(lot, draft)
    drafted = {name for _, name, _ in draft.alternatives} | {NOT_TO_AWARD}
    return [(one.name, one.reason) for one in kept.alternatives if one.name not in drafted] if kept else []


def _outdated(lot: Lot) -> str:
    """What became of an earlier recommendation, for the top of the page; empty where there was none."""
    award = lot.award
    if award is None:
        return ""
    decision = award.decision
    if decision.state in OVER:
        return f"{decision.reference} was {decision.state.label.lower()}. {decision.ended_because}"
    if not still_stands(award, ranking_of(lot)):
        was = f"{award.bid.supplier.name} at {words.pounds(award.value_net)} without VAT"
        return f"The result has changed since you recommended {was}. What was drafted on the old result is void."
    return ""
