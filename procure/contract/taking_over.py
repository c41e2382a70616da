"""What a contract takes over from its purchase: the indicators put to bidders, and what the supplier promised."""

from __future__ import annotations

from procure import words
from procure.contract.life_models import Indicator, Obligation
from procure.contract.life_rules import proposed_tier
from procure.contract.models import Contract
from procure.law.working_days import last_day_of_months_beginning
from procure.procurement.models import Lot

FREQUENCIES = (("month", 1), ("quarter", 3), ("half", 6), ("six months", 6), ("year", 12), ("annual", 12))
"""How often an indicator is measured, by the words in which it was put to bidders."""


def months_between_ratings(frequency: str) -> int:
    """Months between two ratings: "Each quarter" is 3; a year where the words say nothing else."""
    said = frequency.casefold()
    return next((months for word, months in FREQUENCIES if word in said), 12)


def take_over_terms(contract: Contract, lot: Lot) -> None:
    """Write indicators, promises of social value and the proposed tier into a contract that is prepared."""
    assert contract.starts_on is not None  # a contract prepared from its award has its days
    contract.indicators = [
        Indicator(
            name=kpi.name, measure=kpi.measure, target=kpi.target, every_months=months_between_ratings(kpi.frequency),
            first_due_on=last_day_of_months_beginning(contract.starts_on, months_between_ratings(kpi.frequency)),
            is_published=kpi.number <= PUBLISHED, is_example=contract.is_example,
        )
        for kpi in lot.kpis
    ]  # fmt: skip
    promised = lot.specification.social_value if lot.specification else ""
    source = f"Social value in the specification of {lot.procurement.reference}, part of the winning tender"
    contract.obligations = [
        Obligation(
            what=line.replace(" | ", ": "), source=source, due_on=contract.ends_on, is_example=contract.is_example
        )
        for line in promised.splitlines()
        if line.strip()
    ]
    row = proposed_tier(contract.full_gross)
    if row is not None and contract.full_gross is not None:
        contract.tier = row.tier
        contract.tier_reason = f"By its value, {words.pounds(contract.full_gross)} with every option."


PUBLISHED = 3
"""So many indicators, the most material, are published. Procurement Act 2023 s.52(2)."""
