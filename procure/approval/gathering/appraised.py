"""The options, the contract that ends and the consultation, as the report prints them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from procure import words
from procure.appraisal.gathering import comparison_of, cost_switching
from procure.appraisal.models import Appraisal, Consultation, Option
from procure.appraisal.rules.comparing import Comparison, as_decimal, total_of
from procure.approval import documents as paper
from procure.approval.gathering.said import Said
from procure.contract.models import Contract
from procure.documents import shared_facts as shared
from procure.documents.gaps import Gap
from procure.now import legal_day
from procure.procurement.models import Procurement


def the_appraisal(appraisal: Appraisal | None, file: Procurement) -> paper.ReportedAppraisal:
    said = Said("Appraisal", "appraisal.tasks", file.reference)
    if appraisal is None:
        absent = Gap("options of the short list", "Appraisal")
        return paper.ReportedAppraisal(
            said(None, "day on which the weights were agreed"), absent, said(None, "where the answer would change"),
            said(None, "the preferred option"),
        )  # fmt: skip
    comparison = comparison_of(appraisal)
    reasons = shared.lines(*(line for line in appraisal.preferred_reasons.split("\n") if line.strip()))
    preferred = appraisal.preferred
    change = cost_switching(comparison)
    return paper.ReportedAppraisal(
        criteria_agreed_on=said(appraisal.criteria_agreed_on, "day on which the weights were agreed"),
        options=said(
            tuple(_option(one, comparison, appraisal, file) for one in appraisal.options), "options of the short list"
        ),
        switching_sentence=said(change.sentence if change else None, "where the answer would change"),
        preferred=said(
            paper.ReportedPreference(preferred.number, preferred.name, said(reasons, "reasons for the preference"))
            if preferred
            else None,
            "the preferred option",
        ),
    )


def _option(option: Option, comparison: Comparison, appraisal: Appraisal, file: Procurement) -> paper.ReportedOption:
    said = Said("Appraisal", "appraisal.tasks", file.reference)
    scored = comparison.option(option.number)
    is_preferred = option.id == appraisal.preferred_id
    costs = [one.net for one in option.costs]
    first_reason = next((line for line in appraisal.preferred_reasons.split("\n") if line.strip()), "")
    return paper.ReportedOption(
        no=option.number,
        name=option.name,
        cost_net=said(sum(costs, Decimal(0)) if costs else None, f"whole-life cost of Option {option.number}"),
        total=said(
            as_decimal(total_of(scored, comparison.weights)) if scored.is_scored else None,
            f"weighted total of Option {option.number}",
        ),
        is_preferred=is_preferred,
        reason=said(
            words.sentence(first_reason) if is_preferred else option.rejected_reason,
            f"main reason for the result of Option {option.number}",
        ),
    )


def current_contract(
    contract: Contract | None, appraisal: Appraisal | None, at: datetime
) -> shared.CurrentContractFacts | None:
    if contract is None:
        return None
    today = legal_day(at)
    performance = contract.performance or (appraisal.incumbent_performance if appraisal else "")
    expiry = contract.at_expiry or (appraisal.incumbent_at_expiry if appraisal else "")
    lessons = contract.lessons or (appraisal.incumbent_lessons if appraisal else "")
    return shared.CurrentContractFacts(
        reference=contract.reference,
        supplier=contract.supplier.name
        if contract.supplier
        else Gap("supplier of the current contract", "The contract that ends"),
        ends_on=contract.ends_on or Gap("end of the current contract", "The contract that ends"),
        annual_gross=Gap("yearly value of the current contract", "The contract that ends")
        if contract.annual_gross is None
        else contract.annual_gross,
        paid_to_date=contract.paid_by(today) or None,
        performance=performance or Gap("performance of the current contract", "Appraisal"),
        lessons=lessons or None,
        at_expiry=expiry or Gap("what happens if nothing is done", "Appraisal"),
        remaining_options=_options_left(contract, today),
    )


def _options_left(contract: Contract, today: date) -> str:
    left = contract.open_options
    if not left:
        return "None"
    first = left[0]
    count = words.number_word(len(left))
    each = " each" if len(left) > 1 else ""
    if first.exercise_by_on < today:
        due = f"the day for using the first, {words.day(first.exercise_by_on)}, has passed"
    else:
        due = f"the first must be used by {words.day(first.exercise_by_on)}"
    return f"{words.sentence(count)} of {words.months_label(first.months)}{each}; {due}."


def the_consultation(held: Consultation | None, file: Procurement) -> shared.ConsultationFacts:
    said = Said("Appraisal: consultation", "appraisal.consultation", file.reference)
    return shared.ConsultationFacts(
        took_place=said(held.took_place if held else None, "whether there was a consultation"),
        none_reason=said(held.none_reason if held else None, "why there was no consultation"),
        from_on=said(held.from_on if held else None, "first day of the consultation"),
        until_on=said(held.until_on if held else None, "last day of the consultation"),
        led_by=said(held.led_by if held else None, "who led the consultation"),
        response_count=said(held.response_count if held else None, "number of responses to the consultation"),
        events=said(
            tuple(shared.ConsultationEvent(one.method, one.when_text, one.who) for one in held.events) if held else (),
            "events of the consultation",
        ),
        findings=said(
            tuple(shared.FindingFacts(one.said, one.did) for one in held.findings) if held else (),
            "findings of the consultation",
        ),
    )
