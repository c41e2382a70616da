"""From rows to the facts of this room's papers. What is missing is a gap, named and shown where to mend."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.award.documents import (
    AssessedBidder,
    AssessedCriterion,
    AssessmentSummary,
    AwardedProcurement,
    Explanation,
    LetterAsk,
    LetterFacts,
    LetterToWinner,
    MethodFacts,
    Outcome,
    PointLine,
    RankedTotal,
    ScaleStep,
    UsedFigure,
    WinnerFacts,
    WinnersAssessmentSummary,
    WinningBidder,
)
from procure.award.facts import first_working_day_after, standstill_bound_of, standstill_planned
from procure.award.models import Award, BidderLetter
from procure.award.rules import ask_of
from procure.council.models import Council
from procure.documents.gaps import Gap
from procure.documents.kinds import Words
from procure.documents.shared_facts import CouncilFacts, StandstillFacts, TermFacts
from procure.evaluation.facts import ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import Ranked, Ranking, place_label
from procure.extensions import db
from procure.law.regimes import Bound
from procure.law.working_days import last_day_of_months_beginning
from procure.people.access import post_names_of
from procure.procurement.models import Lot, Procurement
from procure.tender.models import AwardCriterion, Method
from procure.tender.rules import SCALE, TOP_SCORE, PriceFormula, formula_words, mean_of, rounding_words, tie_words


def letter_to_winner(letter: BidderLetter, at: datetime) -> LetterToWinner:
    """Facts of the letter that tells a bidder it is to have the contract."""
    award, bid = letter.award, letter.bid
    procurement = award.lot.procurement
    ranked = _ranking(award).of(bid.id)
    return LetterToWinner(
        council=council_facts(),
        procurement=_procurement(award.lot),
        bidder=WinningBidder(
            bid.supplier.name,
            _of_supplier(bid, "address", "postal address"),
            _of_supplier(bid, "contact_name", "contact"),
            result_words(ranked) if ranked else _no_result(),
        ),
        term=term_facts(procurement),
        standstill=_standstill(award),
        letter=_letter(award),
        asks=tuple(LetterAsk(*ask_of(line)) for line in award.letter_asks.splitlines() if line.strip()),
        tupe_text=_tupe(procurement.tupe_staff_count),
    )


def assessment_summary(letter: BidderLetter, at: datetime) -> AssessmentSummary:
    """Facts of the summary for a bidder that is not to have the contract. Procurement Act 2023 s.50."""
    award = letter.award
    ranking, method = _ranking(award), _method_of(award)
    own, first = ranking.of(letter.bid_id), ranking.of(award.bid_id)
    return AssessmentSummary(
        council=council_facts(),
        procurement=_procurement(award.lot),
        bidder=_bidder(letter.bid, own),
        outcome=Outcome(
            _place_text(own, ranking) if own else _no_result(),
            _assessed_text(own),
            letter.further_reason or Gap("why the contract is not awarded to the bidder", "Letters", _letters(award)),
            _places(award, letter.bid_id, ranking) or _no_result(),
            "Total" if method.price_formula.weighs_price else "Cost of a point",
        ),
        winner=_winner(award, first),
        method=_method(method),
        criteria=_criteria(method),
        figures=_figures(method, ranking, own, first) or _no_result(),
        standstill=_standstill(award),
        letter=_letter(award),
    )


def winners_summary(letter: BidderLetter, at: datetime) -> WinnersAssessmentSummary:
    """Facts of the winner's own summary."""
    award = letter.award
    ranking, method = _ranking(award), _method_of(award)
    own = ranking.of(letter.bid_id)
    return WinnersAssessmentSummary(
        council=council_facts(),
        procurement=_procurement(award.lot),
        bidder=_bidder(letter.bid, own),
        method=_method(method),
        criteria=_criteria(method),
        figures=_figures(method, ranking, own, None) or _no_result(),
        standstill=_standstill(award),
        letter=_letter(award),
    )


def council_facts() -> CouncilFacts:
    """The council that speaks."""
    council = db.session.scalars(select(Council).order_by(Council.id)).first()

    def of(name: str, meaning: str) -> Words:
        return (getattr(council, name) if council else "") or Gap(meaning, "The council")

    return CouncilFacts(
        name=of("name", "full name of the council"),
        address=of("address", "postal address of the council"),
        executive_name=of("executive_name", "what the executive is called"),
        portal_name=of("portal_name", "e-tendering portal"),
        portal_url=of("portal_url", "address of the e-tendering portal"),
    )


def term_facts(procurement: Procurement) -> TermFacts:
    """How long the contract runs, as the file knows it."""
    starts, initial, longest = procurement.service_starts_on, procurement.initial_months, procurement.max_months
    href = f"/procurements/{procurement.reference}/value"

    def gap(meaning: str) -> Gap:
        return Gap(meaning, "Value and term", href)

    return TermFacts(
        starts_on=starts or gap("start of the service"),
        initial_label=words.months_label(initial) if initial else gap("initial term in words"),
        extensions_label=extensions_words(procurement.extension_count, procurement.extension_months),
        max_label=words.months_label(longest) if longest else gap("longest possible term in words"),
        max_ends_on=last_day_of_months_beginning(starts, longest) if starts and longest else gap("last possible end"),
    )


def extensions_words(count: int, months: int) -> str | None:
    """two further years, one at a time; None where there is no option."""
    if not count or not months:
        return None
    whole = words.months_label(count * months)
    number, _, unit = whole.partition(" ")
    if count == 1:
        return f"{number} further {unit}"
    each = words.months_label(months).removesuffix(" year") if months == 12 else words.months_label(months)
    return f"{number} further {unit}, {each} at a time"


def _ranking(award: Award) -> Ranking:
    return ranking_of(award.lot) or Ranking(())


def _no_result() -> Gap:
    return Gap("result of the evaluation", "Evaluation")


def _letters(award: Award) -> str:
    return f"/procurements/{award.lot.reference}/award/letters"


def _procurement(lot: Lot) -> AwardedProcurement:
    procurement = lot.procurement
    return AwardedProcurement(lot.reference, lot.full_title, procurement.ocid or None)


def _of_supplier(bid: Bid, name: str, meaning: str) -> Words:
    """A bidder's particular, or the gap named after the bidder, so that three letters don't lack "an address"."""
    found: str = getattr(bid.supplier, name)
    place = bid.lot.bids.index(bid) + 1
    href = f"/procurements/{bid.lot.reference}/evaluation/bids/{place}/bidder"
    return found or Gap(f"{meaning} of {bid.supplier.name}", "Bids", href)


def _bidder(bid: Bid, ranked: Ranked | None) -> AssessedBidder:
    return AssessedBidder(
        name=bid.supplier.name,
        address=_of_supplier(bid, "address", "postal address"),
        email=_of_supplier(bid, "email", "e-mail"),
        identifier=_of_supplier(bid, "identifier", "unique identifier"),
        contact_name=_of_supplier(bid, "contact_name", "contact"),
        result=result_words(ranked) if ranked else _no_result(),
        lines=_lines(bid, ranked) if ranked else _no_result(),
        explanations=_explanations(bid, ranked) if ranked else _no_result(),
    )


def _winner(award: Award, ranked: Ranked | None) -> WinnerFacts:
    bid = award.bid
    return WinnerFacts(
        name=bid.supplier.name,
        identifier=_of_supplier(bid, "identifier", "unique identifier"),
        result=result_words(ranked) if ranked else _no_result(),
        lines=_lines(bid, ranked) if ranked else _no_result(),
        explanations=_explanations(bid, ranked) if ranked else _no_result(),
        withheld_text=award.withheld_text or None,
    )


# ── points, each with the sum that makes it ──


def result_words(row: Ranked) -> str:
    """What a tender came to: "88.13 of 100", or what a point of its quality costs."""
    if row.cost is not None:
        return f"{words.pence(row.cost)} for each point of quality"
    if row.failed_because:
        return f"{words.points(row.quality)} points for quality"
    return f"{words.points(row.total)} of 100"


def _lines(bid: Bid, row: Ranked) -> tuple[PointLine, ...]:
    """A tender's table of points: every criterion, sub-totals, price and total."""
    quality = PointLine("–", "Quality", "–", row.quality_working, words.points(row.quality), True)
    return (*_quality_lines(bid, row), quality, *_price_lines(row))


def _quality_lines(bid: Bid, row: Ranked) -> list[PointLine]:
    """The published tree: a criterion that is scored by itself, and one that gets what those beneath it get."""
    by_number = {line.criterion.number: line for line in row.criteria}
    found = []
    for one in _criteria_of(bid.lot):
        line = by_number.get(one.number)
        if line is not None:
            points = words.points(line.points)
            found.append(PointLine(one.label, one.title, str(line.score), line.working, points, False))
            continue
        parts = [by_number[leaf.number].points for leaf in _beneath(one, bid.lot) if leaf.number in by_number]
        working = " + ".join(words.points(part) for part in parts)
        found.append(PointLine(one.label, one.title, "–", working, words.points(sum(parts, Decimal(0))), True))
    return found


def _price_lines(row: Ranked) -> list[PointLine]:
    if row.failed_because:
        return []
    if row.cost is not None:
        return [PointLine("–", "Cost of a point of quality", "–", row.price_working, words.pence(row.cost), True)]
    price, total = words.points(row.price), words.points(row.total)
    return [
        PointLine("–", "Price", "–", row.price_working, price, False),
        PointLine("–", "Total", "–", f"{words.points(row.quality)} + {price}", total, True),
    ]


def _criteria_of(lot: Lot) -> list[AwardCriterion]:
    return list(lot.method.criteria) if lot.method else []


def _beneath(criterion: AwardCriterion, lot: Lot) -> list[AwardCriterion]:
    """The criteria that are scored somewhere beneath one."""
    found = []
    for one in _criteria_of(lot):
        above = one.parent
        while above is not None and above is not criterion:
            above = above.parent
        if above is criterion and one.is_scored:
            found.append(one)
    return found


def _explanations(bid: Bid, row: Ranked) -> tuple[Explanation, ...]:
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    labels = {one.number: one.label for one in _criteria_of(bid.lot)}
    return tuple(
        Explanation(
            f"{labels[line.criterion.number]} {line.criterion.title}", line.score, reasons[line.criterion.number]
        )
        for line in row.criteria
    )


def _place_text(own: Ranked, ranking: Ranking) -> str:
    if own.failed_because:
        return "Your tender fell short of a published minimum, so it has no place in the ranking."
    return f"Your tender came {place_label(own.place, len(ranking.rows))}."


def _assessed_text(own: Ranked | None) -> str:
    if own is None or own.failed_because:
        return "Your tender was assessed against all criteria of quality. Its price was not scored."
    return "Your tender was assessed against all criteria."


def _places(award: Award, own_id: int, ranking: Ranking) -> tuple[RankedTotal, ...]:
    """The ranking as one bidder is told it: other unsuccessful bidders have no name."""

    def whose(row: Ranked) -> str:
        return award.bid.supplier.name if row.key == award.bid_id else "Your tender" if row.key == own_id else "Another"

    return tuple(
        RankedTotal(
            str(row.place), whose(row), words.pence(row.cost) if row.cost is not None else words.points(row.total)
        )
        for row in ranking.rows
    )


def _figures(method: Method, ranking: Ranking, own: Ranked | None, winner: Ranked | None) -> tuple[UsedFigure, ...]:
    """The prices that the formula uses: without them nobody outside can work a price score out again."""
    prices, count = [row.price_net for row in ranking.rows], words.number_word(len(ranking.rows))
    of_all = f"the {count} tenders ranked" if len(prices) > 1 else "the one tender ranked"
    found: list[tuple[str, str]] = []
    if method.price_formula is PriceFormula.DEVIATION_FROM_MEAN and prices:
        found.append((f"Total prices of {of_all}, added up", words.pounds(sum(prices, Decimal(0)))))
        found.append((f"Mean total price of {of_all}", words.pounds(mean_of(prices))))
    elif method.price_formula.weighs_price and prices:
        found.append((f"Lowest total price of {of_all}", words.pounds(min(prices))))
    if own is not None and not own.failed_because:
        found.append(("Total price of your tender", words.pounds(own.price_net)))
    if winner is not None:
        found.append(("Total price of the successful tender", words.pounds(winner.price_net)))
    return tuple(UsedFigure(name, figure) for name, figure in found)


# ── the method ──


def _method_of(award: Award) -> Method:
    method = award.lot.method
    assert method is not None
    return method


def _method(method: Method) -> MethodFacts:
    formula = method.price_formula
    return MethodFacts(
        version=f"{method.edition}.0",
        price_label=f"{method.price_weight}%" if formula.weighs_price else "–",
        price_formula_text=words.sentence(formula_words(formula, method.price_weight)),
        points_text=f"Points for a criterion = its points at most × the score ÷ {TOP_SCORE}.",
        rounding_text=rounding_words(formula),
        tie_text=tie_words(formula),
        scale=tuple(ScaleStep(step.score, step.label, step.meaning) for step in SCALE),
    )


def _criteria(method: Method) -> tuple[AssessedCriterion, ...]:
    return tuple(
        AssessedCriterion(
            one.label,
            one.title,
            f"{one.weight}%" if one.parent is None else f"{one.weight}% of {one.parent.label}",
            words.percent(one.points).removesuffix("%"),
            _how_scored(one),
        )
        for one in method.criteria
    )


def _how_scored(one: AwardCriterion) -> str:
    if not one.is_scored:
        return "What those beneath it get together"
    least = f". Below {one.least_score} a tender fails" if one.least_score is not None else ""
    return f"0 to {TOP_SCORE}, whole numbers{least}"


def _standstill(award: Award) -> StandstillFacts:
    href = f"/procurements/{award.lot.reference}/award/standstill"
    planned = award.notice_planned_on

    def gap(meaning: str) -> Gap:
        return Gap(meaning, "Standstill", href)

    waits = standstill_planned(award.lot, planned, award.standstill_days) if planned else None
    days = award.standstill_days
    return StandstillFacts(
        applies=days is not None,
        is_voluntary=standstill_bound_of(award.lot) is not Bound.MANDATORY,
        length_label=f"{words.number_word(days)} working days" if days else gap("length of the standstill in words"),
        starts_on=planned or gap("day of the contract award notice"),
        ends_on=waits.ends_on if waits else gap("last day of the standstill"),
        sign_from_on=first_working_day_after(waits) if waits else gap("first day to enter into the contract"),
        reason_none=award.no_standstill_reason or gap("why there is no standstill"),
    )


def _letter(award: Award) -> LetterFacts:
    decision, officer = award.decision, award.lot.procurement.officer
    day = award.notice_planned_on
    posts = post_names_of(officer, day) if day else []
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    return LetterFacts(
        date=day or Gap("date of the letter", "Standstill"),
        contact_name=officer.name,
        contact_post=posts[0] if posts else "Procurement Officer",
        contact_email=(council.procurement_email if council else "") or officer.email,
        signatory_name=decision.signed_by.name if decision.signed_by else Gap("who signs the letter", "Award decision"),
        signatory_post=decision.post.name,
    )


def _tupe(staff: int | None) -> str | None:
    if not staff:
        return None
    number = words.sentence(words.number_word(staff))
    return f"{number} staff of the present supplier may transfer to you. We will put you in touch with it."
