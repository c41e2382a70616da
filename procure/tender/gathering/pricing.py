"""From rows to the pricing schedule."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from procure import words
from procure.approval.gathering.purchase import VAT_LABELS
from procure.documents.gaps import Gap
from procure.documents.shared_facts import lines
from procure.procurement.models import Lot
from procure.tender.documents import pricing as paper
from procure.tender.gathering.said import Pages, the_council, the_value
from procure.tender.pricing_rules import price_line_of, years_of


def pricing_schedule(lot: Lot, at: datetime) -> paper.PricingSchedule:
    """Everything the workbook holds, as the file stands."""
    pages, plan = Pages(lot), lot.pricing
    rates = lines(*plan.rates.splitlines()) if plan else ()
    return paper.PricingSchedule(
        council=the_council(pages),
        procurement=paper.PricedPurchase(lot.reference, lot.full_title),
        pricing=_pricing(lot, pages),
        years=_years(lot, pages),
        lines=_lines(lot, pages),
        rates=rates or None,
    )


def _pricing(lot: Lot, pages: Pages) -> paper.Pricing:
    file, how, plan, terms = lot.procurement, lot.how_to_tender, lot.pricing, lot.contract_terms
    rate = file.vat_percent
    label = None if rate is None else VAT_LABELS.get(rate, f"at {rate}%").strip("()")
    changes = None
    if terms is not None:
        changes = terms.indexation_text or "Prices are fixed for the whole term."
    return paper.Pricing(
        basis=pages.how(how.price_basis if how else None, "which price is scored"),
        change_text=pages.terms(changes, "whether prices change during the term"),
        vat_label=pages.value(label, "VAT treatment"),
        vat_percent=pages.value(None if rate is None else Decimal(rate), "rate of VAT"),
        most_net=the_value(lot, pages).net if plan and plan.refuses_above_most else None,
        own_lines=plan.own_lines if plan else 0,
        staff_text=_staff(file.tupe_staff_count),
    )


def _staff(count: int | None) -> str | None:
    if not count:
        return None
    return f"{words.sentence(words.number_word(count))} staff of the present supplier may transfer."


def _years(lot: Lot, pages: Pages) -> tuple[paper.PricedYear, ...] | Gap:
    file = lot.procurement
    if not file.service_starts_on or not file.initial_months:
        return pages.value.gap("years of the term")
    years = years_of(file.service_starts_on, file.initial_months, file.extension_count, file.extension_months)
    return tuple(paper.PricedYear(year.label, year.option) for year in years)


def _lines(lot: Lot, pages: Pages) -> tuple[paper.CostLine, ...] | Gap:
    typed = lot.pricing.lines.splitlines() if lot.pricing else []
    rows = []
    for line in map(price_line_of, typed):
        quantity = None if line.quantity is None else f"{line.quantity.normalize():f}"
        rows.append(paper.CostLine(line.title, line.covers, line.unit, quantity, line.when.value))
    return pages.pricing(tuple(rows), "lines of cost")
