"""The performance report: how the contract did in a period, in a form that can feed a contract performance notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.contract.documents.shared import OfContract, sample_of_contract
from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Money, Number, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class ReportedPeriod:
    """The period and what is said of it."""

    label: Annotated[Words, "period of the report"]
    overall_label: Annotated[Words, "overall rating"]
    summary: Annotated[Words, "how it goes, in two or three lines"]
    improvement: Annotated[Words | None, "improvement plan"]
    notice_due_on: Annotated[Day | None, "day by which the contract performance notice is due"]
    manager_name: Annotated[Words, "who manages the contract"]
    manager_post: Annotated[Words, "post that manages the contract"]


@dataclass(frozen=True)
class RatedIndicator:
    """An indicator with its rating in the period."""

    name: Annotated[Words, "name of the indicator"]
    target: Annotated[Words, "target of the indicator"]
    result: Annotated[Words, "result of the indicator"]
    rating_label: Annotated[Words, "rating of the indicator"]
    comment: Annotated[Words, "comment on the rating"]


@dataclass(frozen=True)
class PromiseLine:
    """What the supplier promised, and whether it was kept."""

    what: Annotated[Words, "what the supplier promised"]
    due: Annotated[Words, "day of the promise"]
    state: Annotated[Words, "how the promise stands"]


@dataclass(frozen=True)
class MoneyInPeriod:
    """The money, VAT included."""

    full_gross: Annotated[Money, "most it can be worth, including VAT"]
    paid_in_period: Annotated[Money, "paid in the period"]
    paid_to_date: Annotated[Money, "paid so far"]
    forecast: Annotated[Money, "forecast to the end"]
    paid_late: Annotated[Number, "invoices paid late"]


@dataclass(frozen=True)
class IssueLine:
    """Something that goes wrong, and what is done."""

    issue: Annotated[Words, "issue"]
    action: Annotated[Words, "what is done about the issue"]
    owner: Annotated[Words, "who sees to the issue"]
    due_on: Annotated[Day, "day by which the issue is seen to"]


@dataclass(frozen=True)
class RiskLine:
    """Something that may go wrong."""

    risk: Annotated[Words, "risk"]
    rating: Annotated[Words, "how big the risk is"]
    action: Annotated[Words, "what is done about the risk"]


@dataclass(frozen=True)
class CertificateLine:
    """A certificate or policy and until when it holds."""

    what: Annotated[Words, "certificate or policy"]
    expires_on: Annotated[Day, "day on which it runs out"]
    state: Annotated[Words, "how the certificate stands"]


@dataclass(frozen=True)
class PerformanceOfContract:
    """Everything the report prints."""

    council: CouncilFacts
    contract: OfContract
    performance: ReportedPeriod
    money: MoneyInPeriod
    indicators: Annotated[Rows[RatedIndicator], "indicators"]
    promises: Annotated[Rows[PromiseLine], "promises of the supplier"]
    issues: Annotated[Rows[IssueLine], "issues"]
    risks: Annotated[Rows[RiskLine], "risks"]
    certificates: Annotated[Rows[CertificateLine], "certificates and policies"]


def sample_performance() -> PerformanceOfContract:
    """The first year of the sample's contract."""
    return PerformanceOfContract(
        council=sample_council(),
        contract=sample_of_contract(),
        performance=ReportedPeriod(
            "1 April 2028 to 31 March 2029",
            "Good",
            "Reach is good; one ward started late. Gifts are ahead of plan.",
            "A lead for the ward by 1 September.",
            date(2029, 12, 5),
            "C. Manager",
            "Contract Manager",
        ),
        money=MoneyInPeriod(Decimal(540000), Decimal(108000), Decimal(108000), Decimal(540000), 0),
        indicators=(
            RatedIndicator("Reach", "19 of 19", "18 of 19", "Approaching target", "One ward started late."),
            RatedIndicator("Local giving", "£60,000", "£61,200", "Good", "No comment"),
        ),
        promises=(PromiseLine("Four paid traineeships for residents", "31 March 2031", "To be kept"),),
        issues=(IssueLine("One ward has no lead", "Appoint one", "The supplier", date(2029, 9, 30)),),
        risks=(RiskLine("Funding for local giving ends", "Low", "Bid for new funding"),),
        certificates=(CertificateLine("Public liability insurance, £5,000,000", date(2030, 2, 28), "In force"),),
    )


PERFORMANCE_REPORT = Document(
    name="performance-report",
    title="Performance report",
    room="contract",
    template="contract/documents/performance_report.docx",
    facts=PerformanceOfContract,
    sample=sample_performance,
    gather=gathered_by("contract", "performance_report"),
)
