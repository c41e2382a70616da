"""From rows to the draft contract."""

from __future__ import annotations

from datetime import datetime

from procure import words
from procure.contract.rules import ends_after, plan_options
from procure.council.law import is_above
from procure.documents.gaps import Gap
from procure.procurement.models import Lot
from procure.tender.documents import contract as paper
from procure.tender.gathering.said import (
    Pages,
    standing_terms,
    text_lines,
    the_council,
    the_insurance,
    the_term,
    the_value,
)
from procure.tender.gathering.specification import kpi_no, must_publish_kpis
from procure.tender.pack_models import ContractTerms


def draft_contract(lot: Lot, at: datetime) -> paper.DraftContract:
    """Everything the draft contract prints, as the file stands."""
    pages, file, terms = Pages(lot), lot.procurement, lot.contract_terms
    return paper.DraftContract(
        council=the_council(pages),
        procurement=paper.ContractedPurchase(
            lot.reference, lot.full_title, pages.need(file.description, "what is bought, in one paragraph")
        ),
        contract=_draft(lot, pages),
        terms=_particulars(lot, terms, pages) if terms else pages.terms.gap("contract particulars"),
        term=the_term(lot, pages),
        value=the_value(lot, pages),
        extensions=_extensions(lot, terms, pages),
        insurance=the_insurance(lot, pages),
        special_terms=text_lines(terms.special_terms if terms else ""),
        kpis=pages.kpis(
            tuple(
                paper.DraftKpi(kpi_no(one), one.name, one.target, one.tolerance, one.frequency) for one in lot.kpis
            ),
            "key performance indicators",
        ),
        data=_data(terms, pages),
    )  # fmt: skip


def _draft(lot: Lot, pages: Pages) -> paper.DraftFacts:
    file, spec = lot.procurement, lot.specification
    starts, months = file.service_starts_on, file.initial_months
    is_public = None if file.value_gross is None else is_above(file.kind.value, file.compared_gross, file.started_on)
    return paper.DraftFacts(
        ends_on=pages.value(ends_after(starts, months) if starts and months else None, "end of the initial term"),
        reviews=pages.specification(spec.reviews if spec else None, "how often the contract is reviewed"),
        is_public_contract=pages.value(is_public, "whether the value is at or above the threshold"),
        must_publish_kpis=must_publish_kpis(lot),
        has_tupe=bool(file.tupe_staff_count),
        has_safeguarding=bool(spec and spec.has_safeguarding),
    )


def _particulars(lot: Lot, terms: ContractTerms, pages: Pages) -> paper.Particulars:
    standing, director = standing_terms(), lot.procurement.director_post
    months = terms.notice_months
    return paper.Particulars(
        manager_post=terms.manager_post.name,
        director_post=pages.need(director.name if director else None, "accountable director"),
        payment_frequency=terms.payment_frequency,
        payment_days=terms.payment_days,
        pays_in_advance=terms.pays_in_advance,
        invoice_email=pages.standing(standing.invoice_email if standing else None, "mailbox for invoices"),
        indexation_text=terms.indexation_text or None,
        liability_cap=terms.liability_cap,
        notice_label=words.months_label(months) if months else "none; it cannot be ended without fault",
        is_deed=terms.is_deed,
        pays_living_wage=bool(standing and standing.pays_living_wage),
        grant_conditions=terms.grant_conditions or None,
        brand_name=terms.brand_name or None,
    )


def _extensions(
    lot: Lot, terms: ContractTerms | None, pages: Pages
) -> tuple[paper.ExtensionOption, ...] | Gap:  # fmt: skip
    file = lot.procurement
    if not file.extension_count or not file.extension_months:
        return ()
    if terms is None:
        return pages.terms.gap("how long before the end an option must be used")
    if file.service_starts_on is None or file.initial_months is None:
        return pages.value.gap("end of the initial term")
    ends_on = ends_after(file.service_starts_on, file.initial_months)
    return tuple(
        paper.ExtensionOption(one.number, words.months_label(one.months), one.ends_on, one.exercise_by_on)
        for one in plan_options(ends_on, [file.extension_months] * file.extension_count, terms.exercise_months)
    )


def _data(terms: ContractTerms | None, pages: Pages) -> paper.PersonalData | None:
    if terms is None or not terms.data_subjects:
        return None
    standing, said = standing_terms(), pages.terms
    return paper.PersonalData(
        subjects=terms.data_subjects,
        kinds=said(terms.data_kinds, "which personal data"),
        purpose=said(terms.data_purpose, "purpose of the processing"),
        retention=said(terms.data_retention, "how long personal data are kept"),
        officer_email=pages.standing(
            standing.data_protection_email if standing else None, "mailbox of the data protection officer"
        ),
    )
