"""From rows to the evaluation report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from procure import words
from procure.documents.gaps import Gap
from procure.documents.shared_facts import lines
from procure.evaluation.documents import report as paper
from procure.evaluation.facts import bids_of, low_prices_of, prices_are_open, ranking_of, weights_of
from procure.evaluation.gathering.exclusion import exclusion_of
from procure.evaluation.gathering.said import Pages, check_of, in_time_label, post_of
from procure.evaluation.gathering.scoring import reopened_scores
from procure.evaluation.models import Bid
from procure.evaluation.rules import LOW_PRICE_PERCENT, Ranked, Ranking
from procure.notices.facts import opening_notice
from procure.now import legal_day
from procure.procurement.models import Lot
from procure.tender.gathering.method import divides, weights_text
from procure.tender.gathering.said import Pages as TenderPages
from procure.tender.gathering.said import the_council
from procure.tender.rules import formula_words, rounding_words, tie_words
from procure.tender.timetable_facts import actual_days, planned_of


def evaluation_report(lot: Lot, at: datetime) -> paper.EvaluationReport:
    """Everything the report prints; no price while prices are closed to the panel."""
    pages, bids = Pages(lot), bids_of(lot)
    ranking = ranking_of(lot, bids) or Ranking(())
    by_key = {bid.id: bid for bid in bids}
    opened = prices_are_open(lot, bids)
    no_result = pages.overview.gap("result of the evaluation")
    account = lot.evaluation.account if lot.evaluation else None
    return paper.EvaluationReport(
        council=the_council(TenderPages(lot)),
        procurement=_purchase(lot, bids, pages),
        result=_result(lot, ranking) or no_result,
        ranking=tuple(
            paper.RankedBid(row.place, row.name, row.price_net, row.quality, row.cost or row.price, row.total)
            for row in ranking.rows
        )
        or no_result,
        steps=pages.notice(tuple(_steps(lot, legal_day(at))), "steps of the timetable"),
        checks=pages.bids(tuple(_checked(bid, pages) for bid in bids), "checks of the tenders"),
        evaluators=pages.panel(tuple(_evaluators(lot, pages, at)), "who evaluated"),
        method=_method(lot) or pages.notice.gap("how bids were judged"),
        bids=tuple(_reasoned(by_key[row.key], row) for row in (*ranking.rows, *ranking.failed)) or no_result,
        aside=tuple(_aside(bids, ranking)),
        criteria=_criteria(lot) or pages.notice.gap("criteria that were scored"),
        ties=lines(*_ties(lot, ranking)),
        grounds=tuple(_grounds(bids)),
        reopened=reopened_scores(lot),
        sums=tuple(
            paper.CheckedSum(bid.supplier.name, (bid.check and bid.check.as_tendered) or bid.price_net, bid.price_net)
            for bid in bids
            if bid.was_assessed
        )
        if opened
        else no_result,
        account=_account(lot, bids, pages),
        events=lines(*account.events.splitlines()) if account else pages.account.gap("what was unusual"),
        lessons=lines(*account.lessons.splitlines()) if account else (),
    )  # fmt: skip


def _purchase(lot: Lot, bids: list[Bid], pages: Pages) -> paper.EvaluatedPurchase:
    notice = opening_notice(lot)
    number = (notice.reference or "none") if notice else None
    return paper.EvaluatedPurchase(
        reference=lot.reference,
        title=lot.full_title,
        notice=pages.notice(number, "number of the notice"),
        bids_label=words.sentence(words.number_word(len(bids))),
    )


def _criteria(lot: Lot) -> tuple[paper.ScoredCriterion, ...]:
    return tuple(
        paper.ScoredCriterion(
            f"{one.label} {one.title}".strip(), one.weight_words, "–" if one.least is None else str(one.least)
        )
        for one in weights_of(lot)
    )  # fmt: skip


def _ties(lot: Lot, ranking: Ranking) -> Iterator[str]:
    for row in ranking.rows:
        if row.ahead_because:
            yield f"{row.name}: {row.ahead_because}"
    if lot.evaluation and lot.evaluation.tie_settled_by:
        yield f"How the tie was settled: {lot.evaluation.tie_settled_by}"


def _grounds(bids: list[Bid]) -> Iterator[paper.ConsideredGround]:
    for bid in bids:
        for one in bid.grounds:
            decided = one.outcome.label if one.outcome else "Nothing is decided yet"
            by = f"{one.decided_by.name}, {words.day(one.decided_on)}" if one.decided_by and one.decided_on else "–"
            yield paper.ConsideredGround(
                bid.supplier.name, f"{one.ground.full_label}, about {one.about_words}", decided, by, one.reason or "–"
            )


def _result(lot: Lot, ranking: Ranking) -> paper.ReportedResult | None:
    first = ranking.winner
    if first is None or lot.method is None:
        return None
    if first.cost is not None:
        return paper.ReportedResult(first.name, f"{words.pounds(first.cost)} a point of quality", "Cost of a point",
                                    "Quality")  # fmt: skip
    return paper.ReportedResult(first.name, f"{words.points(first.total)} of 100", "Price score", "Total")


def _steps(lot: Lot, today: date) -> Iterator[paper.SteppedOn]:
    actual = actual_days(lot)
    for one in planned_of(lot.timetable) if lot.timetable else ():
        on = actual.get(one.step)
        done = words.day(on) if on else "No day recorded" if one.on <= today else "To come"
        yield paper.SteppedOn(one.label, words.day(one.on), done)


def _checked(bid: Bid, pages: Pages) -> paper.CheckedBid:
    return paper.CheckedBid(
        bidder=bid.supplier.name,
        received_at=pages.bids(bid.received_at, f"moment at which the tender of {bid.supplier.name} came"),
        in_time=in_time_label(bid),
        missing=check_of(bid, "missing", "what is missing from the tender", pages),
        conditions=check_of(bid, "conditions", "conditions of participation", pages),
        exclusion=exclusion_of(bid, pages),
    )


def _evaluators(lot: Lot, pages: Pages, at: datetime) -> Iterator[paper.Evaluator]:
    for member in lot.evaluation.serving if lot.evaluation else []:
        declared = max((one.made_at for one in member.declarations), default=None)
        name = member.person.name
        yield paper.Evaluator(
            name=name,
            post=post_of(member.person, legal_day(declared or at)),
            part="Evaluator, all criteria" if member.scores_bids else "Moderator, did not score",
            declared_on=pages.overview(legal_day(declared) if declared else None, f"declaration of {name}"),
        )


def _method(lot: Lot) -> paper.PublishedWay | None:
    method, notice = lot.method, opening_notice(lot)
    if method is None or notice is None:
        return None
    formula = formula_words(method.price_formula, method.price_weight)
    return paper.PublishedWay(
        weights_text=weights_text(method),
        formula_text=f"{words.sentence(formula)}." if divides(method) else f"Price score = {formula}.",
        rounding_text=rounding_words(method.price_formula),
        tie_text=tie_words(method.price_formula),
        published_on=notice.published_on,
    )


def _reasoned(bid: Bid, row: Ranked) -> paper.ReasonedBid:
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    result = f"{words.points(row.quality)} for quality" if row.failed_because or row.cost else words.points(row.total)
    return paper.ReasonedBid(
        bidder=row.name,
        result=result,
        sums=_sums(row),
        lines=tuple(
            paper.ReasonedLine(
                f"{line.criterion.label} {line.criterion.title}".strip(), line.score, line.working, line.points,
                reasons[line.criterion.number],
            )
            for line in row.criteria
        ),
    )  # fmt: skip


def _sums(row: Ranked) -> str:
    """Quality, price and total with their figures in place."""
    quality = f"Quality: {row.quality_working} = {words.points(row.quality)}."
    if row.failed_because:
        return f"{quality} Not ranked, so its price brings no points."
    if row.cost is not None:
        return f"{quality} Cost of a point: {row.price_working} = {words.pence(row.cost)}."
    total = f"{words.points(row.quality)} + {words.points(row.price)} = {words.points(row.total)}"
    return f"{quality} Price: {row.price_working} = {words.points(row.price)}. Total: {total}."


def _aside(bids: list[Bid], ranking: Ranking) -> Iterator[paper.NotConsidered]:
    for bid in bids:
        if not bid.was_assessed:
            yield paper.NotConsidered(bid.supplier.name, bid.set_aside_because)
    for row in ranking.failed:
        yield paper.NotConsidered(row.name, row.failed_because)


def _account(lot: Lot, bids: list[Bid], pages: Pages) -> paper.Account:
    own = lot.evaluation.account if lot.evaluation else None
    single = None
    if sum(bid.was_assessed for bid in bids) == 1:
        single = pages.account(own.single_bid if own else None, "what is said of a single tender")
    return paper.Account(
        low_price_text=_low_prices(bids) if prices_are_open(lot, bids) else pages.overview.gap("prices"),
        single_bid_text=single,
        checker_post=pages.account(own.checker_post.name if own else None, "who checked the arithmetic"),
        checked_on=pages.account(own.checked_on if own else None, "day on which the arithmetic was checked"),
        due_diligence=pages.account(own.due_diligence if own else None, "checks of the bidder who came first"),
    )


def _low_prices(bids: list[Bid]) -> str | Gap:
    findings = {bid.id: bid.low_price_finding for bid in bids}
    said = []
    for low in low_prices_of(bids):
        below = words.percent(low.percent_below)
        found = findings[low.key] or "It has not been explained yet."
        said.append(f"The price of {low.name} was {below} below the mean of the others. {found}")
    least = words.percent(LOW_PRICE_PERCENT)
    return " ".join(said) or f"No price was more than {least} below the mean of the others, so none was looked into."
