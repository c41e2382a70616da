"""The pricing schedule: a workbook that gives one total for each bidder, which anyone can check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Money, Number, Percent, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council
from procure.tender.documents.pricing_workbook import pricing_workbook
from procure.tender.pricing_rules import years_of


@dataclass(frozen=True)
class PricedPurchase:
    """What is priced."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]


@dataclass(frozen=True)
class PricedYear:
    """One year of the term, or what is left of one."""

    label: Annotated[Words, "year of the term"]
    option: Annotated[Number, "option to which the year belongs"]


@dataclass(frozen=True)
class CostLine:
    """One line of cost. Where the Council doesn't say how many, the bidder does."""

    title: Annotated[Words, "line of cost"]
    covers: Annotated[Words, "what the line covers"]
    unit: Annotated[Words, "unit of the line"]
    quantity: Annotated[Words | None, "quantity in a year"]
    when: Annotated[Words, "years in which the line is priced"]


@dataclass(frozen=True)
class Pricing:
    """How prices are asked for. `most_net` is None where a higher price is not refused."""

    basis: Annotated[Words, "which price is scored"]
    change_text: Annotated[Words, "whether prices change during the term"]
    vat_label: Annotated[Words, "VAT treatment"]
    vat_percent: Annotated[Percent, "rate of VAT"]
    most_net: Annotated[Money | None, "the most that can be paid, without VAT"]
    own_lines: Annotated[Number, "lines left white for the bidder’s own"]
    staff_text: Annotated[Words | None, "staff who may transfer"]


@dataclass(frozen=True)
class PricingSchedule:
    """Everything the workbook holds."""

    council: CouncilFacts
    procurement: PricedPurchase
    pricing: Pricing
    years: Annotated[Rows[PricedYear], "years of the term"]
    lines: Annotated[Rows[CostLine], "lines of cost"]
    rates: Annotated[Rows[Line] | None, "roles with a day rate"]


def sample_pricing() -> PricingSchedule:
    """Five years, two of them options; ten lines of cost."""
    every, first, last = "every year", "first year", "last year"
    return PricingSchedule(
        council=sample_council(),
        procurement=PricedPurchase("PRO-2027-014", "Social infrastructure support and a local giving model"),
        pricing=Pricing(
            basis="the total for the longest term, without VAT", change_text="Prices are fixed for the whole term.",
            vat_label="at the standard rate", vat_percent=Decimal(20), most_net=Decimal(555_000), own_lines=5,
            staff_text="Six staff of the present supplier may transfer.",
        ),
        years=tuple(PricedYear(year.label, year.option) for year in years_of(date(2028, 4, 1), 36, 2, 12)),
        lines=(
            CostLine("Management", "Staff who lead the contract, and their costs", "year", "1", every),
            CostLine("Help for groups", "Advice and training for any group", "hour", "1,900", every),
            CostLine("Reach in wards", "Outreach, with a lead for each ward", "ward", "19", every),
            CostLine("Local giving", "The model, its brand and its panel", "year", "1", every),
            CostLine("Voice and forums", "Forums open to all groups", "forum", "4", every),
            CostLine("Premises and equipment", "Rent, energy, equipment, systems", "year", "1", every),
            CostLine("Insurance and overheads", "Central costs; say the percentage", "year", None, every),
            CostLine("Getting ready", "Everything before the service starts", "sum", "1", first),
            CostLine("Social value", "What your commitments cost", "year", "1", every),
            CostLine("Exit", "Handing over at the end", "sum", "1", last),
        ),
        rates=lines("Manager", "Adviser", "Administrator"),
    )  # fmt: skip


PRICING_SCHEDULE = Document(
    name="pricing-schedule",
    title="Pricing schedule",
    room="tender",
    template="",
    facts=PricingSchedule,
    sample=sample_pricing,
    gather=gathered_by("tender", "pricing_schedule"),
    workbook=pricing_workbook,
)
