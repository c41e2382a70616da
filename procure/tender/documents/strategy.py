"""The procurement strategy: how to buy and why, settled before anything is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Money, Percent, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, ValueFacts, lines, sample_council
from procure.tender.documents.shared import sample_value


@dataclass(frozen=True)
class StrategyPurchase:
    """What is bought, and the reasons for the way it is bought."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title of the purchase"]
    need: Annotated[Words, "why it is needed"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    regime_label: Annotated[Words, "law that applies"]
    regime_reason: Annotated[Words, "why that law applies"]
    threshold: Annotated[Money, "threshold that applies, including VAT"]
    threshold_label: Annotated[Words, "which threshold applies"]
    cpv_reason: Annotated[Words, "why that main CPV code"]
    grant_test_text: Annotated[Words, "why it is a contract and not a grant"]
    procedure_label: Annotated[Words, "procedure"]
    route_reason: Annotated[Words, "why this route"]
    reserved_text: Annotated[Words, "whether the competition is reserved"]
    lots_reason: Annotated[Words, "why the contract is, or is not, divided into lots"]
    value_for_money_text: Annotated[Words, "value for money"]
    social_value_text: Annotated[Words, "how social value was considered"]
    social_value_on: Annotated[Day, "day on which social value was considered"]
    policy_statement_text: Annotated[Words, "regard to the National Procurement Policy Statement"]
    small_supplier_text: Annotated[Words, "barriers for small and voluntary suppliers, and what was done"]
    engagement_text: Annotated[Words, "market engagement"]
    collaboration_text: Annotated[Words, "buying with others"]
    known_risks_text: Annotated[Words, "known risks to be named in the notice"]
    tupe_text: Annotated[Words, "staff who may transfer"]
    personal_data_text: Annotated[Words, "personal data"]
    lead_post: Annotated[Words, "service lead"]
    officer_post: Annotated[Words, "post of the procurement officer"]


@dataclass(frozen=True)
class CpvCode:
    """A code of the common procurement vocabulary."""

    code: Annotated[Words, "CPV code"]
    title: Annotated[Words, "title of the CPV code"]


@dataclass(frozen=True)
class ProcedureStage:
    """A stage of a procedure that has several."""

    name: Annotated[Words, "stage of the procedure"]
    text: Annotated[Words, "what happens in the stage"]


@dataclass(frozen=True)
class ValuePart:
    """One part of the most that it could cost."""

    label: Annotated[Words, "part of the term"]
    net: Annotated[Money, "value of the part without VAT"]
    vat: Annotated[Money, "VAT on the part"]
    gross: Annotated[Money, "value of the part including VAT"]


@dataclass(frozen=True)
class Estimate:
    """The estimate, and the money behind it."""

    on: Annotated[Day, "day of the estimate"]
    annual_net: Annotated[Money, "value of a year without VAT"]
    annual_gross: Annotated[Money, "value of a year including VAT"]
    parts: Annotated[Rows[ValuePart], "parts of the value"]
    budget_annual: Annotated[Money, "budget of a year"]
    budget_source: Annotated[Words, "where the money comes from"]
    budget_years: Annotated[Words, "years for which the budget is confirmed"]
    budget_conditions: Annotated[Words | None, "conditions on the money"]


@dataclass(frozen=True)
class PlannedCriterion:
    """One award criterion; price stands apart."""

    no: Annotated[Words, "number of the criterion"]
    title: Annotated[Words, "title of the criterion"]
    weight: Annotated[Percent, "weight of the criterion"]


@dataclass(frozen=True)
class StrategyStep:
    """One step of the timetable."""

    name: Annotated[Words, "step"]
    when: Annotated[Words, "when the step is planned"]
    days: Annotated[Words, "how the day is counted"]


@dataclass(frozen=True)
class StrategyRisk:
    """One risk of the procurement."""

    text: Annotated[Words, "risk"]
    rating_label: Annotated[Words, "rating of the risk"]
    mitigation: Annotated[Words, "what is done about the risk"]
    owner_post: Annotated[Words, "owner of the risk"]


@dataclass(frozen=True)
class StrategyApproval:
    """Who approves the strategy, and what was prepared beside it."""

    post: Annotated[Words, "post that approves the strategy"]
    conflicts_on: Annotated[Day, "day on which the conflicts assessment was prepared"]
    management_text: Annotated[Words, "how the contract will be managed"]


@dataclass(frozen=True)
class ProcurementStrategy:
    """Everything the strategy prints."""

    council: CouncilFacts
    procurement: StrategyPurchase
    approval: StrategyApproval
    value: ValueFacts
    estimate: Estimate
    cpv: Annotated[Rows[CpvCode], "CPV codes"]
    stages: Annotated[Rows[ProcedureStage], "stages of the procedure"]
    weights: Annotated[Rows[Line], "weights of quality and price"]
    criteria: Annotated[Rows[PlannedCriterion], "award criteria"]
    steps: Annotated[Rows[StrategyStep], "steps of the timetable"]
    risks: Annotated[Rows[StrategyRisk], "risks of the procurement"]


def sample_strategy() -> ProcurementStrategy:
    """The strategy of the demonstration."""
    return ProcurementStrategy(
        council=sample_council(),
        procurement=StrategyPurchase(
            reference="PRO-2027-014",
            title="Social infrastructure support and a local giving model",
            need="The contract for this support ends on 31 March 2028.",
            description="One partner to strengthen voluntary and community groups in every ward and to run a local "
            "giving model and brand with the Council.",
            regime_label="Procurement Act 2023: a public contract for light touch services",
            regime_reason="The main purpose is community support under the light touch rules.",
            threshold=Decimal(663_540), threshold_label="light touch services",
            cpv_reason="Most of the work is community support.",
            grant_test_text="The Council buys defined services in return for payment and can enforce them.",
            procedure_label="Open procedure: one stage, anyone may tender",
            route_reason="The market is small and one stage is enough.",
            reserved_text="The competition is not reserved.",
            lots_reason="Sector support and local giving depend on one brand and one set of relationships.",
            value_for_money_text="Price counts for 40%, and the most that can be paid is fixed.",
            social_value_text="Volunteering, local jobs and giving are asked for, and groups were consulted on them.",
            social_value_on=date(2027, 4, 14),
            policy_statement_text="The tender is open to small and voluntary organisations, and asks for local jobs.",
            small_supplier_text="Word limits, monthly payment and modest insurance keep the bid affordable.",
            engagement_text="Two open sessions with 23 organisations on 14 and 21 April 2027.",
            collaboration_text="Two neighbouring boroughs were asked. Their contracts end in other years.",
            known_risks_text="Grant funding for local giving may end; the work may shrink.",
            tupe_text="Six staff may transfer.", personal_data_text="Yes. Impact assessment DPIA-0231.",
            lead_post="Head of Participation and Engagement", officer_post="Procurement Officer",
        ),
        approval=StrategyApproval(
            "Head of Procurement", date(2027, 8, 27),
            "The contract manager reviews performance with the supplier every three months and reports each year.",
        ),
        value=sample_value(),
        estimate=Estimate(
            on=date(2027, 5, 28), annual_net=Decimal(111_000), annual_gross=Decimal(133_200),
            parts=(
                ValuePart("Initial term, three years", Decimal(333_000), Decimal(66_600), Decimal(399_600)),
                ValuePart("Option 1, one year", Decimal(111_000), Decimal(22_200), Decimal(133_200)),
                ValuePart("Option 2, one year", Decimal(111_000), Decimal(22_200), Decimal(133_200)),
            ),
            budget_annual=Decimal(115_000), budget_source="General Fund, Participation and Engagement",
            budget_years="2028/29 to 2030/31", budget_conditions="Each option needs the budget confirmed first.",
        ),
        cpv=(CpvCode("98133100", "Civic betterment and community facility support services"),),
        stages=(ProcedureStage("Final tenders", "Bidders send their final tenders."),),
        weights=lines("Quality counts for 60% and price for 40%."),
        criteria=(
            PlannedCriterion("1", "Understanding of need", Decimal(25)),
            PlannedCriterion("2", "Reach and local giving", Decimal(35)),
        ),
        steps=(
            StrategyStep("Tender notice published", "Monday 6 September 2027", "–"),
            StrategyStep("Bids due", "Monday 11 October 2027", "35 days from the notice"),
        ),
        risks=(
            StrategyRisk("Few bids", "Medium", "Briefing and a 35-day tender period", "Procurement Officer"),
        ),
    )  # fmt: skip


PROCUREMENT_STRATEGY = Document(
    name="procurement-strategy",
    title="Procurement strategy",
    room="tender",
    template="tender/documents/procurement_strategy.docx",
    facts=ProcurementStrategy,
    sample=sample_strategy,
    gather=gathered_by("tender", "procurement_strategy"),
)
