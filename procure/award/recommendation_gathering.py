"""From the record to the award recommendation and its exempt appendix: nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from procure import words
from procure.approval.gathering.purchase import PROCEDURES, regime_label
from procure.authority.gathering import bidder_letters, officer_decision_record, withheld
from procure.award import recommendation_documents as paper
from procure.award.facts import standstill_bound_of
from procure.award.gathering import council_facts
from procure.award.models import Award
from procure.council.law import is_above
from procure.documents.gaps import Gap
from procure.evaluation.facts import bids_of, low_prices_of, ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import EvaluatorRole, Ranked, Ranking
from procure.law.regimes import Bound
from procure.notices.facts import opening_notice
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.procurement.models import Lot
from procure.tender.gathering.method import divides, weights_text
from procure.tender.rules import formula_words, rounding_words

T = TypeVar("T")
U = TypeVar("U")

NOW_ASKED = "They are asked with this paper"
NO_LOW_PRICE = "No price was low enough to be looked into: none was more than 20% below the mean of the others."


def award_recommendation(award: Award, at: datetime) -> paper.AwardRecommendation:
    """Everything the recommendation prints, as the record stands."""
    lot, decision = award.lot, award.decision
    record = officer_decision_record(decision, at)
    ranking = ranking_of(lot) or Ranking(())
    authority, decided = record.authority, record.decision
    return paper.AwardRecommendation(
        council=council_facts(),
        procurement=_purchase(lot),
        decision=_decision(award, ranking, at),
        points=decided.points,
        authority=authority
        if isinstance(authority, Gap)
        else paper.Power(authority.chain, authority.words, _limit(award)),
        conditions=authority
        if isinstance(authority, Gap)
        else _each(
            authority.conditions,
            lambda one: paper.PowerCondition(one.text, NOW_ASKED if one.met_by == "Not asked yet" else one.met_by),
        ),
        steps=tuple(_steps(award)),
        evaluation=_evaluation(award),
        results=_results(award, ranking),
        method=_method(lot),
        scores=_scores(award.bid, ranking.of(award.bid_id)),
        reasons=decided.reasons,
        alternatives=_each(decided.alternatives, lambda one: paper.Rejected(one.name, one.reason)),
        comments=_each(
            decided.comments,
            lambda one: paper.OfficerComment(one.heading, one.text, one.author, one.given_on),
        ),
        risks=decided.risks,
    )


def award_appendix(award: Award, at: datetime) -> paper.AwardAppendix:
    """The names, prices and scores that the open part leaves out."""
    lot, file = award.lot, award.lot.procurement
    ranking = ranking_of(lot) or Ranking(())
    letters = bidder_letters(lot)
    by_key = {bid.id: bid for bid in bids_of(lot)}
    return paper.AwardAppendix(
        council=council_facts(),
        procurement=paper.ExemptPurchase(
            file.reference,
            lot.full_title,
            award.decision.exempt_text
            or "The public interest in fair competition outweighs that in disclosure until the contract is entered "
            "into.",
            _low_prices(lot),
        ),
        bids=tuple(_exempt(by_key[row.key], row, letters[row.key]) for row in ranking.rows) or _no_result(),
        set_aside=tuple(
            paper.SetAside(bid.supplier.name, bid.set_aside_because)
            for bid in by_key.values()
            if not bid.was_assessed
        ),
    )  # fmt: skip


def _each(rows: tuple[T, ...] | Gap, made: Callable[[T], U]) -> tuple[U, ...] | Gap:
    """Rows of one paper as rows of another."""
    return rows if isinstance(rows, Gap) else tuple(made(row) for row in rows)


def _counted(number: int, one: str) -> str:
    """Three bids, as a sentence begins."""
    return f"{words.sentence(words.number_word(number))} {one}{'' if number == 1 else 's'}"


def _no_result() -> Gap:
    return Gap("result of the evaluation", "Evaluation")


def _purchase(lot: Lot) -> paper.RecommendedPurchase:
    file, notice = lot.procurement, opening_notice(lot)
    href = f"/procurements/{file.reference}/need"
    is_public = None if file.value_gross is None else is_above(file.kind.value, file.compared_gross, file.started_on)
    number = f" {notice.reference}" if notice and notice.reference else ""
    return paper.RecommendedPurchase(
        reference=lot.reference,
        title=lot.full_title,
        need=file.need or Gap("why it is needed", "Need", href),
        description=file.description or Gap("what is bought, in one paragraph", "Need", href),
        regime_label=regime_label(file, is_public),
        procedure_label=PROCEDURES[file.procedure],
        notice_text=f"{notice.kind.label}{number}, {words.day(notice.published_on)}."
        if notice
        else Gap("notice that opened the competition", "Tender"),
    )


def _decision(award: Award, ranking: Ranking, at: datetime) -> paper.RecommendedDecision:
    decision, officer = award.decision, award.lot.procurement.officer
    posts = post_names_of(officer, legal_day(at))
    own = ranking.of(award.bid_id)
    page = f"/decisions/{decision.reference}/prepare"
    asked = [f"the {one.post.name}" for one in decision.delegation.consultees] if decision.delegation else []
    return paper.RecommendedDecision(
        maker_post=decision.post.name,
        consultees_label=words.joined(asked) if asked else "Nobody needs to be consulted",
        officer_name=officer.name,
        officer_post=posts[0] if posts else "Procurement Officer",
        winner=award.bid.supplier.name,
        winner_total=own.total if own else _no_result(),
        value_gross=award.value_gross,
        financial_text=decision.financial_text or Gap("money in one paragraph", "Prepare the decision", page),
        equality_text=decision.equality_text or Gap("regard to the equality duty", "Prepare the decision", page),
        call_in_text="The decision is a key decision: it can be called in before it takes effect."
        if decision.is_key
        else "The decision is not a key decision, so it is not subject to call-in.",
        standstill_text=_standstill(award),
    )


def _standstill(award: Award) -> str:
    bound, days = standstill_bound_of(award.lot), award.standstill_days
    told = "Once it is signed, every assessed bidder gets its assessment summary, and then the contract award notice"
    if days is None:
        return f"{told} is published. There is no standstill. {award.no_standstill_reason}".strip()
    kind = "a voluntary" if bound is not Bound.MANDATORY else "the mandatory"
    return (
        f"{told} is published. {words.sentence(kind)} standstill of {words.number_word(days)} working days then runs "
        "before the contract may be entered into."
    )


def _limit(award: Award) -> str | Gap:
    record_value, power = award.decision.value_gross, award.decision.delegation
    if power is None or record_value is None:
        return Gap("limit of the power", "Authority")
    award_label = f"The award could cost {words.pounds(record_value)} including VAT"
    if power.max_value_gross is None:
        confirmed = award.decision.no_limit_confirmation
        return f"{award_label}. The words state no limit on value. {confirmed}".strip()
    rest = power.max_value_gross - record_value
    approved = words.pounds(power.max_value_gross)
    if rest < 0:
        return f"{award_label}, {words.pounds(-rest)} above the approved {approved}."
    return f"{award_label}, {words.pounds(rest)} below the approved {approved}."


def _steps(award: Award) -> Iterator[paper.DoneStep]:
    lot, decision = award.lot, award.decision
    notice, evaluation = opening_notice(lot), lot.evaluation
    if notice:
        yield paper.DoneStep(notice.kind.label, words.day(notice.published_on))
        if notice.closes_at:
            yield paper.DoneStep("Bids due", words.sentence(words.moment(notice.closes_at)))
    if evaluation and evaluation.opened_at:
        yield paper.DoneStep("Bids opened", words.sentence(words.moment(evaluation.opened_at)))
    if evaluation and evaluation.finished_at:
        yield paper.DoneStep("Evaluation finished", words.day(legal_day(evaluation.finished_at)))
    if decision.sign_by_on:
        yield paper.DoneStep("Decision, planned", words.day(decision.sign_by_on))
    if lot.procurement.service_starts_on:
        yield paper.DoneStep("Service starts, planned", words.day(lot.procurement.service_starts_on))


def _evaluation(award: Award) -> paper.EvaluationFacts:
    lot = award.lot
    bids = bids_of(lot)
    assessed = [bid for bid in bids if bid.was_assessed]
    came = f"{_counted(len(bids), 'bid')} came in"
    aside = len(bids) - len(assessed)
    single = "It was assessed in the same way as among several." if len(bids) == 1 else None
    return paper.EvaluationFacts(
        assessed_label=words.sentence(words.number_word(len(assessed))),
        bids_text=f"{came}; {words.number_word(aside)} {'was' if aside == 1 else 'were'} set aside."
        if aside
        else f"{came} and {'was' if len(bids) == 1 else 'all were'} assessed.",
        single_bid_text=single,
        panel_text=_panel(lot),
        conflicts_text=_conflicts(award),
        low_price_text=_low_prices(lot, named=False),
    )


def _panel(lot: Lot) -> str | Gap:
    panel = lot.evaluation.serving if lot.evaluation else []
    scorers = sum(one.role is EvaluatorRole.EVALUATOR for one in panel)
    if not scorers:
        return Gap("who scored", "Evaluation")
    many = _counted(scorers, "evaluator")
    return (
        f"{many} scored alone. A moderator who did not score chaired the agreement of one score, with a reason, for "
        "each criterion. Scores were never averaged."
    )


def _conflicts(award: Award) -> str | Gap:
    """What the panel declared about the bidders; in the open part an unsuccessful bidder is a letter."""
    evaluation = award.lot.evaluation
    made = [one for member in (evaluation.panel if evaluation else []) for one in member.declarations]
    if not made:
        return Gap("conflicts of interest that were declared", "Evaluation")
    declared = [one for one in made if one.interest]
    many = _counted(len({one.member_id for one in made}), "panel member")
    assessed = award.lot.procurement.conflicts
    before = f"Conflicts were assessed on {words.day(assessed.prepared_on)}, before the notice. " if assessed else ""
    said = [f"{before}{many} declared against the bidders before anybody saw a bid."]
    if not declared:
        said.append("Nobody has an interest.")
    for one in declared:
        about = withheld(award.decision, one.bid.supplier.name)
        result = f"{one.outcome.label}. {one.reason}" if one.outcome else "Not decided yet."
        said.append(
            f"{one.member.person.name} about {about}: {withheld(award.decision, one.interest)} {result}".strip()
        )
    return " ".join(said)


def _low_prices(lot: Lot, *, named: bool = True) -> str:
    """What was asked and answered; in the open part a bidder is a letter."""
    bids = bids_of(lot)
    letters, findings = bidder_letters(lot), {bid.id: bid.low_price_finding for bid in bids}
    said = []
    for low in low_prices_of(bids):
        who = low.name if named else letters[low.key]
        found = findings[low.key] or "It has not been explained yet."
        below = words.percent(low.percent_below)
        said.append(f"The price of {who} was {below} below the mean of the others. {found}")
    return " ".join(said) or NO_LOW_PRICE


def _results(award: Award, ranking: Ranking) -> tuple[paper.OpenResult, ...] | Gap:
    letters = bidder_letters(award.lot)
    return (
        tuple(
            paper.OpenResult(
                row.place, row.name if row.key == award.bid_id else letters[row.key], row.quality, row.price, row.total,
                row.key == award.bid_id,
            )
            for row in ranking.rows
        )
        or _no_result()
    )  # fmt: skip


def _method(lot: Lot) -> paper.UsedMethod | Gap:
    method = lot.method
    if method is None:
        return Gap("how bids were judged", "Tender")
    formula = formula_words(method.price_formula, method.price_weight)
    return paper.UsedMethod(
        weights_text(method),
        f"{words.sentence(formula)}." if divides(method) else f"Price score = {formula}.",
        rounding_words(method.price_formula),
    )


def _scores(bid: Bid, ranked: Ranked | None) -> tuple[paper.ReasonedScore, ...] | Gap:
    if ranked is None:
        return _no_result()
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    return tuple(
        paper.ReasonedScore(
            line.criterion.title, line.score, line.working, line.points, reasons[line.criterion.number]
        )
        for line in ranked.criteria
    )  # fmt: skip


def _exempt(bid: Bid, row: Ranked, letter: str) -> paper.ExemptBid:
    return paper.ExemptBid(
        rank=row.place,
        letter=letter,
        name=row.name,
        identifier=bid.supplier.identifier or "None on record",
        price_net=row.price_net,
        quality=row.quality,
        price=row.price,
        total=row.total,
        working=row.price_working,
        parted=row.ahead_because or "–",
        scores=_exempt_scores(bid, row),
    )


def _exempt_scores(bid: Bid, row: Ranked) -> tuple[paper.ExemptScore, ...]:
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    evaluation = bid.lot.evaluation
    alone: dict[int, list[str]] = {}
    for member in evaluation.serving if evaluation else []:
        for one in member.scores:
            if one.bid_id == bid.id:
                alone.setdefault(one.criterion.number, []).append(f"{member.person.name} {one.score}")
    return tuple(
        paper.ExemptScore(
            line.criterion.title,
            "; ".join(alone.get(line.criterion.number, [])) or "–",
            line.score,
            line.working,
            line.points,
            reasons[line.criterion.number],
        )
        for line in row.criteria
    )
