"""The specification: what must be achieved and what is fixed; the how is left to the bidder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, TermFacts, lines, sample_council
from procure.tender.documents.shared import sample_bought_term


@dataclass(frozen=True)
class SpecifiedPurchase:
    """Which purchase this specifies."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]


@dataclass(frozen=True)
class SpecifiedOutcome:
    """What must be achieved, and how anybody can tell."""

    no: Annotated[Words, "number of the outcome"]
    text: Annotated[Words, "outcome"]
    measure: Annotated[Words, "how the outcome is measured"]
    baseline: Annotated[Words, "figure of today"]
    target: Annotated[Words, "target of the outcome"]


@dataclass(frozen=True)
class Requirement:
    """One thing the supplier must do."""

    no: Annotated[Words, "number of the requirement"]
    heading: Annotated[Words, "heading of the requirement"]
    text: Annotated[Words, "what the supplier must do"]


@dataclass(frozen=True)
class Volume:
    """A figure to plan with."""

    name: Annotated[Words, "what is counted"]
    figure: Annotated[Words, "figure"]
    note: Annotated[Words, "note on the figure"]


@dataclass(frozen=True)
class ReportDue:
    """One report that the supplier writes."""

    name: Annotated[Words, "report"]
    content: Annotated[Words, "what is in the report"]
    due: Annotated[Words, "when the report is due"]


@dataclass(frozen=True)
class Milestone:
    """One step of getting ready."""

    text: Annotated[Words, "milestone"]
    when: Annotated[Words, "day of the milestone"]


@dataclass(frozen=True)
class SpecifiedKpi:
    """A key performance indicator."""

    no: Annotated[Words, "number of the indicator"]
    name: Annotated[Words, "name of the indicator"]
    measure: Annotated[Words, "how the indicator is measured"]
    target: Annotated[Words, "target of the indicator"]
    tolerance: Annotated[Words, "value down to which the indicator is acceptable"]
    frequency: Annotated[Words, "how often the indicator is measured"]
    source: Annotated[Words, "source of the indicator"]


@dataclass(frozen=True)
class Policy:
    """A policy of the council that a supplier follows."""

    name: Annotated[Words, "name of the policy"]
    address: Annotated[Words, "where the policy can be read"]


@dataclass(frozen=True)
class Specified:
    """What the officer wrote of the service."""

    background: Annotated[Rows[Line], "background of the service"]
    aims: Annotated[Rows[Line], "aims"]
    outcomes: Annotated[Rows[SpecifiedOutcome], "outcomes"]
    in_scope: Annotated[Rows[Line], "what is in scope"]
    out_of_scope: Annotated[Rows[Line], "what is out of scope"]
    requirements: Annotated[Rows[Requirement], "what the supplier must do"]
    volumes: Annotated[Rows[Volume], "volumes"]
    standards: Annotated[Rows[Line], "standards"]
    social_value: Annotated[Rows[Line], "social value that is asked for"]
    council_provides: Annotated[Rows[Line], "what the council provides"]
    reports: Annotated[Rows[ReportDue], "reports"]
    reviews: Annotated[Words, "how often the contract is reviewed"]
    mobilisation: Annotated[Rows[Milestone], "steps of getting ready"]
    exit_text: Annotated[Words, "what happens at the end of the contract"]
    has_safeguarding: Annotated[YesNo, "whether the supplier meets children or adults at risk"]
    dpia_reference: Annotated[Words | None, "data protection impact assessment"]


@dataclass(frozen=True)
class SpecificationPaper:
    """Everything the specification prints."""

    council: CouncilFacts
    procurement: SpecifiedPurchase
    term: TermFacts
    spec: Specified
    policies: Annotated[Rows[Policy], "policies that a supplier follows"]
    kpis: Annotated[Rows[SpecifiedKpi], "key performance indicators"]
    kpis_text: Annotated[Words | None, "duty to publish performance"]


def sample_kpis() -> tuple[SpecifiedKpi, ...]:
    """Indicators of the samples."""
    return (
        SpecifiedKpi("K1", "Reach", "Wards with at least five groups helped in the quarter", "19 of 19", "17",
                     "Each quarter", "Supplier’s case records"),
        SpecifiedKpi("K2", "Stronger groups", "Groups helped that say they can do more", "80%", "70%", "Each year",
                     "Survey by the supplier, checked by the Council"),
    )  # fmt: skip


def sample_specification() -> SpecificationPaper:
    """The specification of the demonstration."""
    return SpecificationPaper(
        council=sample_council(),
        procurement=SpecifiedPurchase("PRO-2027-014", "Social infrastructure support and a local giving model"),
        term=sample_bought_term(),
        spec=Specified(
            background=lines("About 200 voluntary and community groups work in the borough."),
            aims=lines("Every ward has groups that can act.", "More is given locally."),
            outcomes=(
                SpecifiedOutcome("O1", "Small and new groups are stronger", "Groups that say they can do more", "62%",
                                 "80% by the end of year 2"),
            ),
            in_scope=lines("Advice to groups", "The local giving model"),
            out_of_scope=lines("Making grants from the Council’s own money"),
            requirements=(
                Requirement("R1", "Help for groups", "The supplier must give any not-for-profit group free advice."),
                Requirement("R2", "Reach", "The supplier must name a lead for each ward."),
            ),
            volumes=(Volume("Groups that used the service", "140 in 2026/27", "Not a promise"),),
            standards=lines("A recognised quality mark for infrastructure bodies, or equivalent"),
            social_value=lines("Paid traineeships for residents"),
            council_provides=lines("A desk at two community hubs"),
            reports=(ReportDue("Quarterly report", "Indicators, spend, risks", "15th of the month after the quarter"),),
            reviews="every three months",
            mobilisation=(Milestone("Ward leads named", "1 March 2028"),),
            exit_text="Records and brand return to the Council.",
            has_safeguarding=True,
            dpia_reference="DPIA-0231",
        ),
        policies=(Policy("Safeguarding policy", "www.example.gov.uk/safeguarding"),),
        kpis=sample_kpis(),
        kpis_text="At least three indicators are set under section 52 of the Procurement Act 2023, and performance is "
        "published.",
    )  # fmt: skip


SPECIFICATION = Document(
    name="specification",
    title="Specification",
    room="tender",
    template="tender/documents/specification.docx",
    facts=SpecificationPaper,
    sample=sample_specification,
    gather=gathered_by("tender", "specification"),
)
