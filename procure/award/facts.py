"""What this room tells the others: who is recommended, which letters went out, and what the calendar makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from procure.authority.rules import OVER, DecisionState
from procure.award.drafting import mark_of
from procure.award.models import Award
from procure.award.route_rules import EndingState, WayOn
from procure.award.rules import AwardFacts, LetterFact, law_of, letters_task, standstill_binds, standstill_from
from procure.council.law import details_notice_due, england, standstill_rule, uk_any
from procure.evaluation.facts import ranking_of
from procure.evaluation.rules import Ranking
from procure.law.regimes import Bound, Duty, how_it_binds
from procure.law.standstill import Standstill, StandstillRule
from procure.law.working_days import Working, next_working_day, why_not_working
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Stage, Waiting
from procure.procurement.tasks import lots_at, task_of
from procure.refusals import BeyondOfficialCalendar
from procure.tender.rules import two_places


def standstill_bound_of(lot: Lot) -> Bound:
    """Whether the law makes the council wait for this lot's contract."""
    procurement = lot.procurement
    return standstill_binds(law_of(procurement.regime, procurement.route), procurement.kind)


def facts_of(lot: Lot, today: date) -> AwardFacts:
    """The award room's facts of a lot; empty until somebody is recommended."""
    award = lot.award
    if award is None:
        return AwardFacts()
    notice = notice_of(lot, NoticeKind.AWARD)
    is_over, is_signed = award.decision.state in OVER, award.decision.state is DecisionState.SIGNED
    return AwardFacts(
        winner=award.bid.supplier.name,
        no_longer_first=is_over or (not is_signed and not still_stands(award, ranking_of(lot))),
        decision_state=award.decision.state,
        decision=award.decision.reference,
        maker=award.decision.post.name,
        plan_is_made=award.notice_planned_on is not None,
        letters=tuple(
            LetterFact(
                letter.bid.supplier.name,
                letter.bid_id == award.bid_id,
                letter.summary_paper_id is not None,
                letter.sent_at is not None,
            )
            for letter in award.letters
        )
        or _letters_to_come(award),
        notice_on=notice.published_on if notice else None,
        standstill_days=notice.standstill_days if notice else award.standstill_days,
        is_voluntary=notice.standstill_is_voluntary if notice else standstill_bound_of(lot) is not Bound.MANDATORY,
        no_standstill_reason=notice.no_standstill_reason if notice else award.no_standstill_reason,
        held_by=tuple(one.claimant for one in award.challenges if one.lifted_on is None),
        details_due_on=due.answer if (due := details_notice_working(lot)) else None,
        details_notice_on=details.published_on if (details := notice_of(lot, NoticeKind.DETAILS)) else None,
        calendar=uk_any(),
        standstill_rule=standstill_rule_of(lot),
    )


def _letters_to_come(award: Award) -> tuple[LetterFact, ...]:
    """The letters that will have to be written: one to every assessed bidder; none where the award is direct."""
    if award.bid.is_direct:
        return ()
    return tuple(
        LetterFact(bid.supplier.name, bid.id == award.bid_id, False, False)
        for bid in award.lot.bids
        if bid.was_assessed
    )


DIRECT = "direct"
"""What a direct award rests on in the place of a ranking."""


def decides_directly(lot: Lot) -> bool:
    """Whether the newest decision about the end of a lot's competition is to award directly."""
    decided = [one for one in lot.endings if one.state is EndingState.DECIDED]
    return bool(decided) and decided[-1].way is WayOn.DIRECT


def still_stands(award: Award, ranking: Ranking | None) -> bool:
    """Whether the result is the one that the award was recommended on: same places, prices and points."""
    if award.bid.is_direct:
        return award.result == DIRECT and decides_directly(award.lot)
    winner = ranking.winner if ranking else None
    return (
        not decides_directly(award.lot)
        and winner is not None
        and winner.key == award.bid_id
        and mark_of(ranking) == award.result
    )


def approved_of(lot: Lot) -> tuple[Decimal | None, Decimal | None]:
    """What was approved and what was advertised for this lot, in pounds including VAT.

    A lot of a divided file has its share by its part of a year; None where nobody has said what that is.
    """
    file = lot.procurement
    whole = (file.approved_gross or file.value_gross, file.advertised_gross)
    if lot.is_only:
        return whole
    if not lot.annual_net or not file.annual_net:
        return None, None
    share = lot.annual_net / file.annual_net
    approved, advertised = (None if value is None else two_places(value * share) for value in whole)
    return approved, advertised


def is_by_cost(lot: Lot) -> bool:
    """Whether bids are ranked by their cost for each quality point, so that no points are given for price."""
    return lot.method is not None and not lot.method.price_formula.weighs_price


def standstill_of(lot: Lot) -> Standstill | None:
    """The standstill that runs, or ran, from the award notice; None without a notice or where none was stated."""
    notice = notice_of(lot, NoticeKind.AWARD)
    return standstill_planned(lot, notice.published_on, notice.standstill_days) if notice else None


def standstill_planned(lot: Lot, notice_on: date, days: int | None) -> Standstill | None:
    """The standstill that an award notice of a day would begin; None where it states none."""
    return standstill_from(notice_on, days, uk_any(), standstill_rule_of(lot))


def standstill_rule_of(lot: Lot) -> StandstillRule:
    """The rule of the day on which the procurement started: no later one reaches it."""
    return standstill_rule(lot.procurement.started_on)


def first_working_day_after(waits: Standstill) -> date:
    """The first day after a standstill on which the council works and can sign."""
    try:
        if why_not_working(waits.earliest_signing_on, england()) is None:
            return waits.earliest_signing_on
        return next_working_day(waits.earliest_signing_on, england())
    except BeyondOfficialCalendar:
        return waits.earliest_signing_on


def details_notice_working(lot: Lot) -> Working | None:
    """Last day to publish the contract details notice, once the contract is signed; None where none is counted."""
    contract = lot.award.contract if lot.award else None
    procurement = lot.procurement
    if contract is None or contract.signed_on is None:
        return None
    law = law_of(procurement.regime, procurement.route)
    row = how_it_binds(Duty.DETAILS_NOTICE, law)
    if row.bound is not Bound.MANDATORY or "53" not in row.source:
        return None
    return details_notice_due(contract.signed_on, light_touch=procurement.kind is ContractKind.LIGHT_TOUCH)


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """What the officer has next to do about an award."""
    found = [task for lot in lots_at(person, Stage.DECIDING_AWARD) for task in _deciding(lot, today)]
    for lot in lots_at(person, Stage.CONTRACTED):
        due = details_notice_working(lot)
        if due and notice_of(lot, NoticeKind.DETAILS) is None:
            found.append(task_of(lot, "Publish the contract details notice", "award.details_notice", due.answer))
    return found


def _deciding(lot: Lot, today: date) -> list[Waiting]:
    facts, award = facts_of(lot, today), lot.award
    if award is None or facts.no_longer_first:
        return [task_of(lot, "Recommend the award", "award.recommend")]
    if not facts.is_signed:
        is_sent = facts.decision_state is DecisionState.SENT
        return [task_of(lot, "Decide about the standstill", "award.plan")] if is_sent and not facts.plan_is_made else []
    if not facts.plan_is_made:
        return [task_of(lot, "Decide about the standstill", "award.plan")]
    if not all(letter.is_sent for letter in facts.letters):
        losers = sum(not letter.is_winner for letter in facts.letters)
        return [task_of(lot, letters_task(losers), "award.letters", award.notice_planned_on)]
    return [task_of(lot, "Record the award notice", "award.notice", award.notice_planned_on)]


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """When the award notice is planned, the standstill ends, the contract can be signed, the details notice is due."""
    award = lot.award
    if award is None:
        return []
    if lot.stage is Stage.DECIDING_AWARD and award.notice_planned_on:
        return [(award.notice_planned_on, "Award notice planned for")]
    if lot.stage is Stage.AWARD_ANNOUNCED:
        waits = standstill_of(lot)
        if waits is None:
            return []
        return [(waits.ends_on, "Standstill ends"), (first_working_day_after(waits), "Contract can be signed from")]
    due = details_notice_working(lot)
    if lot.stage is Stage.CONTRACTED and due and notice_of(lot, NoticeKind.DETAILS) is None:
        return [(due.answer, "Publish the details notice by")]
    return []
