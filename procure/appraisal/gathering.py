"""Rows of an appraisal as plain facts: for the comparison on the page, and for the Word paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from flask import has_request_context, url_for

from procure import words
from procure.appraisal import documents as paper
from procure.appraisal.models import Appraisal, Criterion, Option, OptionScore
from procure.appraisal.rules.comparing import SCALE, Comparison, Scored, Weighed, as_decimal, ranked, totals
from procure.appraisal.rules.costing import WholeLife, rate_label, whole_life, year_label, years_to_cost
from procure.appraisal.rules.sensitivity import tests
from procure.appraisal.rules.switching import Switching, switching
from procure.contract.models import Contract
from procure.council.models import Council
from procure.documents.gaps import Gap
from procure.documents.shared_facts import (
    ConsultationEvent,
    ConsultationFacts,
    CouncilFacts,
    CurrentContractFacts,
    FindingFacts,
    Line,
    Person,
    lines,
)  # fmt: skip
from procure.extensions import db
from procure.law.money import STANDARD_VAT_PERCENT
from procure.now import legal_day
from procure.people.models import Person as PersonRow
from procure.people.models import Post
from procure.procurement.models import Procurement

T = TypeVar("T")


# ── for the page and the paper alike ──


def comparison_of(appraisal: Appraisal) -> Comparison:
    """Criteria, options and scores as the rules of ranking take them."""
    criteria = tuple(Weighed(one.number, one.name, one.weight, one.is_cost) for one in appraisal.criteria)
    options = tuple(
        Scored(
            option.number, option.name, option.short,
            tuple(_score(option, criterion) for criterion in appraisal.criteria),
        )
        for option in appraisal.options
    )  # fmt: skip
    return Comparison(criteria, options)


def score_of(option: Option, criterion: Criterion) -> OptionScore | None:
    """The score of an option on a criterion; None where it has none yet."""
    return next((one for one in option.scores if one.criterion_id == criterion.id), None)


def _score(option: Option, criterion: Criterion) -> int | None:
    found = score_of(option, criterion)
    return found.score if found else None


def years_of(appraisal: Appraisal, today: date) -> tuple[int, ...]:
    """The financial years in which options are costed."""
    procurement = appraisal.procurement
    known = {cost.year for option in appraisal.options for cost in option.costs}
    return years_to_cost(procurement.service_starts_on, procurement.max_months, today, known)


def costs_of(appraisal: Appraisal, years: Sequence[int]) -> dict[int, WholeLife]:
    """What each option costs, by its number. VAT at the rate of the purchase, or the standard one."""
    percent = appraisal.procurement.vat_percent
    rate = STANDARD_VAT_PERCENT if percent is None else Decimal(percent)
    return {
        option.number: whole_life(
            {cost.year: cost.net for cost in option.costs}, years, vat_percent=rate if option.has_vat else None,
            rate_permille=appraisal.discount_permille,
        )
        for option in appraisal.options
    }  # fmt: skip


def cost_switching(comparison: Comparison) -> Switching | None:
    """How much cost would have to count before the answer changed; None where no criterion is the cost."""
    key = comparison.cost_key
    return switching(comparison, key) if key is not None and comparison.is_ready else None


def preferred_no(appraisal: Appraisal) -> int | None:
    return next((option.number for option in appraisal.options if option.id == appraisal.preferred_id), None)


# ── for the paper ──


PAGES = {
    "The need": "procurement.need",
    "How it will be bought": "procurement.particulars",
    "The contract that ends": "appraisal.current",
    "Need and outcomes": "appraisal.background",
    "Criteria and weights": "appraisal.criteria",
    "Scores": "appraisal.scores",
    "Costs by year": "appraisal.costs",
    "Consultation": "appraisal.consultation",
    "Preferred option": "appraisal.preferred",
    "Review": "appraisal.send",
    "Options appraisal": "appraisal.comparison",
    "Options": "appraisal.options",
}
"""Where each missing fact is given."""


def options_appraisal(procurement: Procurement, at: datetime) -> paper.AppraisalPaper:
    """All that the options appraisal prints of a file on a day; what nobody has given is a gap."""
    today, appraisal = legal_day(at), procurement.appraisal
    facts = paper.AppraisalPaper(
        council=_council(),
        procurement=_procurement(procurement, today),
        current_contract=_current(procurement, appraisal, today),
        appraisal=_appraisal(appraisal, today) if appraisal else _nothing(),
        consultation=_consultation(appraisal),
    )
    return _linked(facts, procurement.reference) if has_request_context() else facts


def _linked(fact: T, reference: str) -> T:
    """The same facts, each gap with the address of the page on which it is given."""
    found: Any = fact
    if isinstance(found, Gap):
        page = PAGES.get(found.where or "")
        found = replace(found, href=url_for(page, reference=reference)) if page else found
    elif isinstance(found, tuple):
        found = tuple(_linked(each, reference) for each in found)
    elif is_dataclass(found) and not isinstance(found, type):
        given = {field.name: _linked(getattr(found, field.name), reference) for field in fields(found)}
        found = type(found)(**given)
    return cast(T, found)


def _given(value: T | None, meaning: str, where: str) -> T | Gap:
    return Gap(meaning, where) if value is None or value == "" else value


def _listed(text: str, meaning: str, where: str) -> tuple[Line, ...] | Gap:
    kept = [line.strip() for line in text.split("\n") if line.strip()]
    return lines(*kept) if kept else Gap(meaning, where)


def _council() -> CouncilFacts:
    found = db.session.query(Council).first()
    where = "Settings"
    return CouncilFacts(
        name=_given(found.name if found else None, "full name of the council", where),
        address=_given(found.address if found else None, "postal address of the council", where),
        executive_name=_given(found.executive_name if found else None, "what the executive is called", where),
        portal_name=_given(found.portal_name if found else None, "e-tendering portal", where),
        portal_url=_given(found.portal_url if found else None, "address of the e-tendering portal", where),
    )


def _procurement(procurement: Procurement, today: date) -> paper.AppraisedProcurement:
    return paper.AppraisedProcurement(
        title=procurement.title,
        need=_given(procurement.need, "why it is needed", "The need"),
        lead=_lead(procurement.lead_post, today),
        social_value_text=_given(
            procurement.social_value_text, "how social, economic and environmental well-being was considered",
            "How it will be bought",
        ),
        social_value_on=_given(
            procurement.social_value_on, "day on which social value was considered", "How it will be bought"
        ),
        grant_test_text=procurement.grant_test_text or None,
    )  # fmt: skip


def _lead(post: Post | None, today: date) -> Person | Gap:
    holder = post.holder_on(today) if post else None
    return Person(holder.name, post.name) if post and holder else Gap("service lead", "The need")


def _current(procurement: Procurement, appraisal: Appraisal | None, today: date) -> CurrentContractFacts | None:
    contract, where = procurement.ending_contract, "The contract that ends"
    if contract is None:
        return None
    paid = sum((payment.amount_gross for payment in contract.payments if payment.paid_on <= today), Decimal(0))
    return CurrentContractFacts(
        reference=contract.reference,
        supplier=contract.supplier.name if contract.supplier else Gap("supplier of the current contract", where),
        ends_on=contract.ends_on or Gap("end of the current contract", where),
        annual_gross=Gap("yearly value of the current contract", where)
        if contract.annual_gross is None
        else contract.annual_gross,
        paid_to_date=paid or None,
        performance=_given(
            appraisal.incumbent_performance if appraisal else None, "performance of the current contract", where
        ),
        lessons=(appraisal.incumbent_lessons if appraisal else "") or None,
        at_expiry=_given(
            appraisal.incumbent_at_expiry if appraisal else None, "what happens if nothing is done", where
        ),
        remaining_options=remaining_options(contract, today),
    )  # fmt: skip


def remaining_options(contract: Contract, today: date) -> str:
    """Two of one year each. The first must be used by 30 June 2027."""
    left = [option for option in contract.options if option.is_open and option.exercise_by_on >= today]
    if not left:
        return "None."
    lengths = {option.months for option in left}
    many = words.sentence(words.number_word(len(left)))
    each = " each" if len(left) > 1 else ""
    length = words.months_label(lengths.pop()) if len(lengths) == 1 else "different lengths"
    first = "The first" if len(left) > 1 else "It"
    return f"{many} of {length}{each}. {first} must be used by {words.day(left[0].exercise_by_on)}."


def _nothing() -> paper.AppraisalFacts:
    """A file whose appraisal has not begun: every fact is a gap."""
    return paper.AppraisalFacts(
        **{field.name: Gap(field.name.replace("_", " "), "Options appraisal") for field in fields(paper.AppraisalFacts)}
    )


def _appraisal(appraisal: Appraisal, today: date) -> paper.AppraisalFacts:
    comparison = comparison_of(appraisal)
    years = years_of(appraisal, today)
    costs = costs_of(appraisal, years)
    order = {one.no: one for one in ranked(totals(comparison))} if comparison.is_ready else {}
    points = {no: as_decimal(one.total) for no, one in order.items()}
    picked = preferred_no(appraisal)
    net = {no: cost.net for no, cost in costs.items()}
    found = cost_switching(comparison)
    background, where = "Need and outcomes", "Options appraisal"
    return paper.AppraisalFacts(
        outcomes=_listed(appraisal.outcomes, "outcomes wanted", background),
        strategic_fit=_given(appraisal.strategic_fit, "fit with the Council’s strategy", background),
        demand=_given(appraisal.demand, "users and demand", background),
        constraints=_listed(appraisal.constraints, "what limits the choice", background),
        market_text=_given(appraisal.market_text, "the market", background),
        criteria=_criteria(appraisal),
        criteria_agreed_on=_given(
            appraisal.criteria_agreed_on, "day on which the weights were agreed", "Criteria and weights"
        ),
        scale=tuple(paper.AppraisalScaleStep(score, meaning) for score, meaning in SCALE),
        scorers=_scorers(appraisal, today),
        long_list=tuple(paper.LongListed(one.name, one.reason) for one in appraisal.discarded),
        options=tuple(
            _short_listed(option, appraisal, costs[option.number], points, {no: one.rank for no, one in order.items()})
            for option in appraisal.options
        ),
        years=tuple(paper.CostedYear(year_label(year)) for year in years),
        discount_rate_label=rate_label(appraisal.discount_permille),
        sensitivity=tuple(
            paper.SensitivityTest(test.what, test.result, test.changes) for test in tests(comparison, net, picked)
        ),
        switching_sentence=_given(found.sentence if found else None, "where the answer would change", where),
        preferred=_preferred(appraisal, points),
        rejected=tuple(
            paper.RejectedOption(
                option.number, option.name, _total(points, option.number),
                _given(option.rejected_reason, f"why option {option.number} is rejected", "Preferred option"),
            )
            for option in appraisal.options
            if option.number != picked
        ),
        reviewer_name=_reviewed(appraisal, lambda one: one.name, "who reviewed the appraisal"),
        reviewer_post=_given(
            appraisal.reviewer_post if appraisal.reviewed_at else None, "post of the reviewer", "Review"
        ),
        reviewed_on=_given(
            legal_day(appraisal.reviewed_at) if appraisal.reviewed_at else None, "day of the review", "Review"
        ),
    )  # fmt: skip


def _reviewed(appraisal: Appraisal, of: Callable[[PersonRow], str], meaning: str) -> str | Gap:
    if appraisal.reviewer is None or appraisal.reviewed_at is None:
        return Gap(meaning, "Review")
    return of(appraisal.reviewer)


def _total(points: Mapping[int, Decimal], no: int) -> Decimal | Gap:
    return _given(points.get(no), f"total of option {no}", "Scores")


def _criteria(appraisal: Appraisal) -> tuple[paper.AppraisalCriterion, ...] | Gap:
    if not appraisal.criteria:
        return Gap("criteria of the appraisal", "Criteria and weights")
    return tuple(
        paper.AppraisalCriterion(
            one.name, _given(one.definition, f"what {one.name} means", "Criteria and weights"), Decimal(one.weight)
        )
        for one in appraisal.criteria
    )


def _scorers(appraisal: Appraisal, today: date) -> tuple[Person, ...] | Gap:
    people = {one.scored_by_id: one.scored_by for option in appraisal.options for one in option.scores}
    if not people:
        return Gap("who scored", "Scores")
    return tuple(Person(one.name, _post_of(one, today)) for _, one in sorted(people.items()))


def _post_of(person: PersonRow, today: date) -> str:
    return next((holding.post.name for holding in person.holdings if holding.covers(today)), "no post")


def _short_listed(
    option: Option, appraisal: Appraisal, cost: WholeLife, points: Mapping[int, Decimal], ranks: Mapping[int, int]
) -> paper.ShortListed:
    no, where = option.number, "Options"
    return paper.ShortListed(
        no=no,
        name=option.name,
        description=_given(option.description, f"what option {no} is", where),
        total=_total(points, no),
        rank=_given(ranks.get(no), f"rank of option {no}", "Scores"),
        is_preferred=option.id == appraisal.preferred_id,
        cost_net=cost.net if option.costs else Gap(f"whole-life cost of option {no}", "Costs by year"),
        cost_present=cost.present if option.costs else Gap(f"present value of option {no}", "Costs by year"),
        cost_note=option.cost_note.rstrip(". ") or None,
        year_costs=tuple(paper.YearCost(each or Decimal(0)) for each in cost.by_year),
        scores=tuple(_scored(option, criterion) for criterion in appraisal.criteria),
        risks=tuple(
            paper.OptionRisk(
                one.text, one.likelihood, one.impact, one.rating, one.mitigation, one.owner_post.name
            )
            for one in option.risks
        ),
        equality=_given(option.equality, f"equality effect of option {no}", where),
        social_value=_given(option.social_value, f"social value of option {no}", where),
        market=_given(option.market, f"market and delivery of option {no}", where),
    )  # fmt: skip


def _scored(option: Option, criterion: Criterion) -> paper.OptionScore:
    found = score_of(option, criterion)
    what = f"{criterion.name}, option {option.number}"
    return paper.OptionScore(
        criterion.name,
        found.score if found else Gap(f"score on {what}", "Scores"),
        found.reason if found else Gap(f"reason for the score on {what}", "Scores"),
        (found.evidence or None) if found else None,
    )


def _preferred(appraisal: Appraisal, points: Mapping[int, Decimal]) -> paper.PreferredOption | Gap:
    option = appraisal.preferred
    if option is None:
        return Gap("the preferred option", "Preferred option")
    return paper.PreferredOption(
        no=option.number,
        name=option.name,
        description=_given(option.description, "what the preferred option is", "Options"),
        total=_total(points, option.number),
        reasons=_listed(appraisal.preferred_reasons, "reasons for the preferred option", "Preferred option"),
    )


def _consultation(appraisal: Appraisal | None) -> ConsultationFacts:
    found, where = appraisal.consultation if appraisal else None, "Consultation"
    held = found is not None and found.took_place
    return ConsultationFacts(
        took_place=_given(found.took_place if found else None, "whether there was a consultation", where),
        none_reason=_given(found.none_reason if found else None, "why there was no consultation", where),
        from_on=_given(found.from_on if found else None, "first day of the consultation", where),
        until_on=_given(found.until_on if found else None, "last day of the consultation", where),
        led_by=_given(found.led_by if found else None, "who led the consultation", where),
        response_count=_given(
            found.response_count if found else None, "number of responses to the consultation", where
        ),
        events=tuple(ConsultationEvent(one.method, one.when_text, one.who) for one in found.events)
        if found and held
        else (),
        findings=tuple(FindingFacts(one.said, one.did) for one in found.findings) if found and held else (),
    )
