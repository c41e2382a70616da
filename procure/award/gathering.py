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
    CriterionScore,
    LetterAsk,
    LetterFacts,
    LetterToWinner,
    MethodFacts,
    Outcome,
    ScaleStep,
    WinnerFacts,
    WinnersAssessmentSummary,
    WinnerScore,
    WinningBidder,
)
from procure.award.facts import first_working_day_after, standstill_bound_of
from procure.award.models import Award, BidderLetter
from procure.award.rules import ask_of, standstill_from
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
from procure.tender.models import Method
from procure.tender.rules import SCALE, TOP_SCORE, formula_words


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
            ranked.total if ranked else _no_result(),
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
    ranking = _ranking(award)
    own, first = ranking.of(letter.bid_id), ranking.of(award.bid_id)
    return AssessmentSummary(
        council=council_facts(),
        procurement=_procurement(award.lot),
        bidder=_bidder(letter.bid, own),
        outcome=Outcome(
            place_label(own.place, len(ranking.rows)) if own else _no_result(),
            own is not None,
            letter.further_reason or Gap("why the contract is not awarded to the bidder", "Letters", _letters(award)),
        ),
        winner=_winner(award, first),
        method=_method(award.lot.method),
        criteria=_criteria(award.lot.method),
        standstill=_standstill(award),
        letter=_letter(award),
    )


def winners_summary(letter: BidderLetter, at: datetime) -> WinnersAssessmentSummary:
    """Facts of the winner's own summary."""
    award = letter.award
    return WinnersAssessmentSummary(
        council=council_facts(),
        procurement=_procurement(award.lot),
        bidder=_bidder(letter.bid, _ranking(award).of(letter.bid_id)),
        method=_method(award.lot.method),
        criteria=_criteria(award.lot.method),
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
    return f"/procurements/{award.lot.procurement.reference}/award/letters"


def _procurement(lot: Lot) -> AwardedProcurement:
    procurement = lot.procurement
    return AwardedProcurement(procurement.reference, procurement.title, procurement.ocid or None)


def _of_supplier(bid: Bid, name: str, meaning: str) -> Words:
    """A bidder's particular, or the gap named after the bidder, so that three letters don't lack "an address"."""
    found: str = getattr(bid.supplier, name)
    place = bid.lot.bids.index(bid) + 1
    href = f"/procurements/{bid.lot.procurement.reference}/evaluation/bids/{place}/bidder"
    return found or Gap(f"{meaning} of {bid.supplier.name}", "Bids", href)


def _bidder(bid: Bid, ranked: Ranked | None) -> AssessedBidder:
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    return AssessedBidder(
        name=bid.supplier.name,
        address=_of_supplier(bid, "address", "postal address"),
        email=_of_supplier(bid, "email", "e-mail"),
        identifier=_of_supplier(bid, "identifier", "unique identifier"),
        contact_name=_of_supplier(bid, "contact_name", "contact"),
        price_net=bid.price_net,
        quality_score=ranked.quality if ranked else _no_result(),
        price_score=ranked.price if ranked else _no_result(),
        total_score=ranked.total if ranked else _no_result(),
        scores=tuple(
            CriterionScore(
                line.criterion.title,
                Decimal(line.criterion.weight),
                line.score,
                line.points,
                reasons[line.criterion.number],
                (),
            )
            for line in ranked.criteria
        )
        if ranked
        else _no_result(),
    )


def _winner(award: Award, ranked: Ranked | None) -> WinnerFacts:
    bid = award.bid
    reasons = {score.criterion.number: score.reason for score in bid.scores}
    return WinnerFacts(
        name=bid.supplier.name,
        identifier=_of_supplier(bid, "identifier", "unique identifier"),
        quality_score=ranked.quality if ranked else _no_result(),
        price_score=ranked.price if ranked else _no_result(),
        total_score=ranked.total if ranked else _no_result(),
        scores=tuple(
            WinnerScore(
                line.criterion.title,
                Decimal(line.criterion.weight),
                line.score,
                line.points,
                reasons[line.criterion.number],
            )
            for line in ranked.criteria
        )
        if ranked
        else _no_result(),
        withheld_text=award.withheld_text or None,
    )


def _method(method: Method | None) -> MethodFacts:
    assert method is not None
    price = Decimal(method.price_weight)
    return MethodFacts(
        version=f"{method.edition}.0",
        quality_weight=100 - price,
        price_weight=price,
        price_formula_text=formula_words(method.price_formula, method.price_weight),
        scale=tuple(ScaleStep(step.score, step.label, step.meaning) for step in SCALE),
    )


def _criteria(method: Method | None) -> tuple[AssessedCriterion, ...]:
    assert method is not None
    how = f"0 to {TOP_SCORE}, whole numbers"
    return tuple(AssessedCriterion(str(one.number), one.title, Decimal(one.weight), how) for one in method.criteria)


def _standstill(award: Award) -> StandstillFacts:
    href = f"/procurements/{award.lot.procurement.reference}/award/plan"
    planned = award.notice_planned_on

    def gap(meaning: str) -> Gap:
        return Gap(meaning, "Standstill", href)

    waits = standstill_from(planned, award.standstill_days) if planned else None
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
