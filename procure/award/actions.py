"""What the officer does to award a lot: recommend, plan and record the notice, hold. Letters are in `letters`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.actions import award_draft, prepare_award
from procure.authority.actions import correct as correct_decision
from procure.authority.ending_actions import withdraw
from procure.authority.facts import OPEN
from procure.authority.models import Decision
from procure.authority.rules import OVER, DecisionState, UseKind
from procure.authority.use_actions import record_use
from procure.award.drafting import mark_of, over_words, reasons_for, rejected_name, why_rejected
from procure.award.facts import (
    DIRECT,
    approved_of,
    is_by_cost,
    standstill_bound_of,
    standstill_planned,
    standstill_rule_of,
    still_stands,
)
from procure.award.letters import tell_of_direct_award
from procure.award.models import Award, Challenge
from procure.award.route_rules import EndingState
from procure.award.rules import plan_problem, unsent_words
from procure.evaluation.facts import ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import Ranking
from procure.extensions import db
from procure.law.money import Value, with_vat
from procure.law.regimes import Bound
from procure.notices.actions import NoticeRefused, record
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal

OPEN_TO_OTHERS = (DecisionState.CONSULTING, DecisionState.SENT, DecisionState.SIGNED)


class NothingToRecommend(Refusal):
    """There is no clear winner, or the file lacks what the value of the award is worked out from."""


class AlreadyRecommended(Refusal):
    """The decision rests with others, or is signed."""


class MoreThanApproved(Refusal):
    """The award is worth more than was approved or advertised, and nobody has said why."""


class BadPlan(Refusal):
    """A standstill that the law doesn't allow, or a day that can't be."""


class LettersUnsent(Refusal):
    """B14: an assessed bidder has no letter yet, so the award notice must wait."""


class NoChallenge(Refusal):
    """A challenge that can't be recorded or lifted so."""


# ── recommending ──


def recommend(
    lot: Lot, *, by: Person, at: datetime, sees: int | None = None, over_reason: str = "", **given: Any
) -> Award:
    """Recommend the first-ranked bid: the award and the decision to sign are drawn up from the record.

    A second time, after a correction, the same decision is brought up to date. One that others have before them is
    withdrawn, and one that is over is followed by a new one. `over_reason` says why the value may be more than was
    approved or advertised. `given` replaces words that would be drafted (see `authority.actions.prepare_award`).
    """
    with act("recommended an award", on=lot.award or lot, by=by, at=at, sees=sees if lot.award else None):
        if lot.stage is not Stage.DECIDING_AWARD:
            raise NothingToRecommend("Record the result of the evaluation first.")
        winner, ranking = _first(lot)
        assessed = [bid for bid in lot.bids if bid.was_assessed]
        if len(assessed) == 1 and lot.single_bid is None:
            raise NothingToRecommend("Only one bid was assessed. Say first why one is enough.")
        drafted = recommendation_draft(lot, winner, ranking, figures_of(lot, winner)) | given
        return put_before(lot, winner, drafted, ranking, over_reason=over_reason, by=by, at=at)


def put_before(
    lot: Lot, winner: Bid, drafted: dict[str, Any], ranking: Ranking | None = None, *, over_reason: str, by: Person,
    at: datetime,
) -> Award:  # fmt: skip
    """The award of a bid with the decision that awards it, inside the act that recommends it."""
    value, figures = _figures_of(lot, winner)
    figures["over_text"] = _over_text(lot, value.gross, over_reason)
    decision = _decision_for(lot, winner, ranking, figures, drafted, by=by, at=at)
    award = lot.award
    if award is None:
        award = _new_award(lot)
        db.session.add(award)
    award.bid, award.decision = winner, decision
    award.result = DIRECT if winner.is_direct else mark_of(ranking)
    award.over_reason = over_reason.strip()
    award.value_net, award.value_vat, award.value_gross = value.net, value.vat, value.gross
    db.session.flush()
    return award


def _decision_for(
    lot: Lot, winner: Bid, ranking: Ranking | None, figures: dict[str, Any], drafted: dict[str, Any], *, by: Person,
    at: datetime,
) -> Decision:  # fmt: skip
    """The decision that awards: the one in hand brought up to date, else a new one."""
    award = lot.award
    if award is not None and award.decision.state in OPEN_TO_OTHERS:
        _withdraw_outdated(award, ranking, by=by, at=at)
    if award is None or award.decision.state in OVER:
        for letter in award.letters if award else ():
            letter.letter_paper_id = letter.summary_paper_id = None
        return prepare_award(lot, winner.supplier, by=by, at=at, **figures, **drafted)
    drafted.pop("reference", None)
    correct_decision(award.decision, by=by, at=at, supplier=winner.supplier, **(figures | drafted))
    return award.decision


def recommendation_draft(lot: Lot, winner: Bid, ranking: Ranking, figures: Mapping[str, Any]) -> dict[str, Any]:
    """The words of the recommendation as the record gives them: title, points, reasons, rejected bids and why."""
    by_cost, first = is_by_cost(lot), ranking.rows[0]
    drafted = award_draft(
        lot, winner.supplier, value_gross=figures["value_gross"], max_months=figures["max_months"], ranking=()
    )  # fmt: skip
    rejected = [
        (rejected_name(row, by_cost=by_cost), why_rejected(row, first, by_cost=by_cost))
        for row in (*ranking.rows[1:], *ranking.failed)
    ]
    aside = [
        (f"Award to {bid.supplier.name}", f"Its bid was set aside. {bid.set_aside_because}".strip())
        for bid in lot.bids
        if not bid.was_assessed
    ]
    return drafted | {
        "summary": summary_of(lot, winner),
        "reasons": [*reasons_for(ranking, by_cost=by_cost), *_why_one_is_enough(lot)],
        "alternatives": [*rejected, *aside, *drafted["alternatives"]],
    }


def _why_one_is_enough(lot: Lot) -> list[str]:
    """What was said of a single bid, as reasons of the decision."""
    said = lot.single_bid
    if said is None or sum(bid.was_assessed for bid in lot.bids) != 1:
        return []
    return [text for text in (said.why_one, said.value_reasons, said.concerns) if text]


def summary_of(lot: Lot, winner: Bid) -> str:
    """What the award does, in two short sentences: who, what, from when, for how long."""
    file, what = lot.procurement, f"{lot.full_title[:1].lower()}{lot.full_title[1:]}"
    starts = f" from {words.day(file.service_starts_on)}" if file.service_starts_on else ""
    said = f"{winner.supplier.name} would take on {what}{starts}."
    if not file.initial_months:
        return said
    options = ""
    if file.extension_count and file.extension_months:
        times = "once" if file.extension_count == 1 else "twice" if file.extension_count == 2 else ""
        times = times or f"{words.number_word(file.extension_count)} times"
        options = f" You may later extend it {times}, by {words.months_label(file.extension_months)} each time."
    return f"{said} The contract lasts {words.months_label(file.initial_months)}.{options}"


def _new_award(lot: Lot) -> Award:
    """An award with the standstill that is usual: eight days, or none where quotes were asked for."""
    small = standstill_bound_of(lot) is not Bound.MANDATORY and lot.procurement.route is Route.SCHEME
    days = None if small else standstill_rule_of(lot).days
    return Award(lot=lot, is_example=lot.procurement.is_example, standstill_days=days)


def _withdraw_outdated(award: Award, ranking: Ranking | None, *, by: Person, at: datetime) -> None:
    if award.decision.state is DecisionState.SIGNED or still_stands(award, ranking):
        raise AlreadyRecommended(f"The decision {decision_words(award)} is out, so you can’t recommend again.")
    withdraw(award.decision, "The result has changed since it was drawn up.", by=by, at=at)


def _over_text(lot: Lot, value_gross: Decimal, reason: str) -> str:
    """By how much the value is more than was approved, with the reason; empty where it isn't."""
    over = over_words(value_gross, *approved_of(lot))
    if over and not reason.strip():
        raise MoreThanApproved(f"{over} Say why it may go ahead.", field="over_reason")
    return f"{over} {reason.strip()}" if over else ""


def when_sent_back(lot: Lot, *, reason: str, by: Actor, at: datetime) -> None:
    """Withdraw what was decided, or drawn up, of a lot that goes back to its evaluation. Called by the move itself."""
    for ending in lot.endings:
        if ending.state is EndingState.DECIDED:
            ending.state = EndingState.OVERTAKEN
    if lot.award is not None and lot.award.decision.state in OPEN:
        withdraw(lot.award.decision, f"The file went back to its evaluation. {reason}".strip(), by=by, at=at)


def decision_words(award: Award) -> str:
    """The decision and where it stands: "ODR-2027-003 (Signed)"."""
    return f"{award.decision.reference} ({award.decision.state.label.lower()})"


def _first(lot: Lot) -> tuple[Bid, Ranking]:
    ranking = ranking_of(lot)
    if ranking is None or ranking.winner is None:
        raise NothingToRecommend("The ranking has no clear first place, so there is nothing to recommend.")
    return db.session.get_one(Bid, ranking.winner.key), ranking


def figures_of(lot: Lot, bid: Bid) -> dict[str, Any]:
    """The figures of an award: whole-life value net and with VAT, a year with VAT, the longest term in months."""
    return _figures_of(lot, bid)[1]


def _figures_of(lot: Lot, bid: Bid) -> tuple[Value, dict[str, Any]]:
    """The whole-life value is the price that was scored, with VAT at the file's rate."""
    percent, months = lot.procurement.vat_percent, lot.procurement.max_months
    if percent is None or not months:
        raise NothingToRecommend("The file doesn’t say its VAT rate and longest term. Add them first.")
    value = with_vat(bid.price_net, Decimal(percent))
    year = (value.gross * 12 / months).quantize(Decimal("0.01"))
    figures = {"value_net": value.net, "value_gross": value.gross, "annual_gross": year, "max_months": months}
    return value, figures


# ── planning ──


def plan_notice(
    award: Award,
    on: date,
    *,
    standstill_days: int | None,
    no_standstill_reason: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say when the award notice will go out and how long the council will wait. The letters name both.

    Letters written for another plan have to be written again; once they are sent the plan is closed.
    """
    with act("planned the award notice and standstill", on=award, by=by, at=at, sees=sees):
        if any(letter.sent_at for letter in award.letters):
            raise BadPlan("The letters have gone out with this plan, so it can’t be changed.")
        problem = plan_problem(
            standstill_bound_of(award.lot), standstill_days, no_standstill_reason, standstill_rule_of(award.lot).days
        )
        if problem:
            raise BadPlan(problem[0], field=problem[1])
        if on < legal_day(at):
            raise BadPlan("The award notice can’t be planned for a day that is past.", field="on")
        standstill_planned(award.lot, on, standstill_days)
        changed = (award.notice_planned_on, award.standstill_days) != (on, standstill_days)
        award.notice_planned_on, award.standstill_days = on, standstill_days
        award.no_standstill_reason = "" if standstill_days else no_standstill_reason.strip()
        for letter in award.letters if changed else ():
            letter.letter_paper_id = letter.summary_paper_id = None


# ── the notice ──


def record_award_notice(
    lot: Lot, *, reference: str, published_on: date, by: Person, at: datetime, sees: int | None = None
) -> None:
    """Record that the award notice is out, and announce the award with it. The standstill counts from that day.

    Refused while an assessed bidder has no letter (B14), and for a day before the letters went out.
    """
    award = lot.award
    if award is None:
        raise NothingToRecommend("Nobody is recommended yet.")
    with act("recorded the award notice", on=award, by=by, at=at, sees=sees):
        direct = award.bid.is_direct
        unsent = [letter.bid.supplier.name for letter in award.letters if letter.sent_at is None]
        if not direct and (unsent or not award.letters):
            raise LettersUnsent(unsent_words(unsent))
        if direct and award.decision.state is not DecisionState.SIGNED:
            raise NoticeRefused(f"The {award.decision.post.name} hasn’t signed the award.")
        if not reference and lot.procurement.route is not Route.SCHEME:
            raise NoticeRefused("Enter the number of the notice.", field="reference")
        sent_on = max((legal_day(letter.sent_at) for letter in award.letters if letter.sent_at), default=None)
        if sent_on is not None and published_on < sent_on:
            raise NoticeRefused(
                f"The letters went out on {words.weekday(sent_on)}. The law asks for them before the notice.",
                field="published_on",
            )
        voluntary = standstill_bound_of(lot) is not Bound.MANDATORY
        record(
            lot,
            NoticeKind.AWARD,
            reference=reference,
            published_on=published_on,
            standstill_days=award.standstill_days,
            standstill_is_voluntary=voluntary and award.standstill_days is not None,
            no_standstill_reason=award.no_standstill_reason,
            by=by,
            at=at,
        )
        standstill_planned(lot, published_on, award.standstill_days)
        record_use(
            award.decision, UseKind.AWARD, what=f"Award announced to {award.bid.supplier.name}", about=lot.reference,
            on=published_on, by=by, at=at,
        )  # fmt: skip
        if direct:
            tell_of_direct_award(award, notice_on=published_on, at=at)
        move(lot, "announce the award", by=by, at=at)


# ── challenge ──


def record_challenge(
    award: Award, *, claimant: str, notified_at: datetime, about: str = "", by: Actor, at: datetime
) -> Challenge:
    """Record that a claim has been made and the council told: it holds the contract (s.101, B11)."""
    with act("recorded a challenge", on=award, by=by, at=at):
        if award.lot.stage is not Stage.AWARD_ANNOUNCED:
            raise NoChallenge("A challenge holds a contract between the award notice and its signature.")
        if notified_at > at:
            raise NoChallenge("The council can’t be told at a time to come.", field="notified_at")
        challenge = Challenge(award=award, claimant=claimant.strip(), notified_at=notified_at, about=about.strip())
        db.session.add(challenge)
        db.session.flush()
    return challenge


def lift_hold(challenge: Challenge, *, lifted_on: date, lifted_by: str, by: Actor, at: datetime) -> None:
    """Record what ended the hold: the claim withdrawn or decided, or an order of the court."""
    with act("recorded that the hold was lifted", on=challenge, by=by, at=at):
        if challenge.lifted_on is not None:
            raise NoChallenge("This hold has been lifted.")
        if not lifted_by.strip():
            raise NoChallenge("Say what lifted the hold, such as the court’s order.", field="lifted_by")
        if lifted_on > legal_day(at) or lifted_on < legal_day(challenge.notified_at):
            raise NoChallenge("The day must be between the challenge and today.", field="lifted_on")
        challenge.lifted_on, challenge.lifted_by = lifted_on, lifted_by.strip()
