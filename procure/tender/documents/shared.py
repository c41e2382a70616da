"""Groups of facts that several of the tender papers print alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.kinds import Money, Words
from procure.documents.shared_facts import TermFacts, ValueFacts, sample_term


@dataclass(frozen=True)
class Insurance:
    """Cover that the supplier must hold when the contract starts."""

    kind: Annotated[Words, "kind of insurance"]
    amount: Annotated[Money, "sum insured"]
    basis: Annotated[Words, "basis of the insurance"]


@dataclass(frozen=True)
class Condition:
    """A condition of participation: pass or fail. Procurement Act 2023 s.22."""

    no: Annotated[Words, "number of the condition"]
    title: Annotated[Words, "name of the condition"]
    requirement: Annotated[Words, "what the condition requires"]
    evidence: Annotated[Words, "what to send for the condition"]


@dataclass(frozen=True)
class Return:
    """One thing that a bidder sends back."""

    no: Annotated[Words, "letter of the document"]
    title: Annotated[Words, "document to send"]
    format: Annotated[Words, "format of the document"]
    limit: Annotated[Words, "limit of the document"]


@dataclass(frozen=True)
class ScaleStep:
    """One step of the scoring scale."""

    score: Annotated[Words, "score"]
    label: Annotated[Words, "label of the score"]
    meaning: Annotated[Words, "what the score means"]


STARTS_ON = date(2028, 4, 1)


def sample_insurance() -> tuple[Insurance, ...]:
    """Cover of the samples."""
    return (
        Insurance("Public liability", Decimal(5_000_000), "each claim"),
        Insurance("Employer’s liability", Decimal(10_000_000), "each claim"),
        Insurance("Professional indemnity", Decimal(1_000_000), "each claim and in all"),
    )


def sample_returns() -> tuple[Return, ...]:
    """What a bidder sends, in the samples."""
    return (
        Return("A", "Form of tender", "PDF, signed", "–"),
        Return("B", "Answers to the quality questions", "Word or PDF", "1,500 words a question"),
        Return("C", "Price", "Spreadsheet", "–"),
    )


def sample_scale() -> tuple[ScaleStep, ...]:
    """The scale of the samples."""
    return (
        ScaleStep("5", "Excellent", "Exceeds the requirement in most respects, with full evidence."),
        ScaleStep("4", "Good", "Meets the requirement in full and exceeds it in some respects, with good evidence."),
        ScaleStep("3", "Acceptable", "Meets the requirement, with enough evidence."),
        ScaleStep("2", "Weak", "Meets the requirement in part, or with little evidence."),
        ScaleStep("1", "Poor", "Falls well short of the requirement."),
        ScaleStep("0", "Unacceptable", "No answer, or none that bears on the requirement."),
    )


def sample_value() -> ValueFacts:
    """The value of the samples."""
    return ValueFacts(
        net=Decimal(555000), vat=Decimal(111000), gross=Decimal(666000), vat_label="at the standard rate",
        basis="The current price, one added post, no inflation.",
    )  # fmt: skip


def sample_bought_term() -> TermFacts:
    """The term of the samples."""
    return sample_term()
