"""From the award, its file and the contract's rows to the particulars for sealing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from procure import words
from procure.award.facts import standstill_of
from procure.award.gathering import council_facts
from procure.award.models import Award
from procure.contract.documents import particulars as paper
from procure.contract.facts import how_executed
from procure.contract.gathering.said import Pages, address_of, contact_of, every_label, manager_post_of
from procure.contract.models import Contract
from procure.contract.paper_rules import LegalForm, execution_of
from procure.contract.power import entry_chain, may_enter, value_of_option
from procure.contract.rules import ContractState, with_ends
from procure.council.facts import rules_on
from procure.documents.gaps import Gap
from procure.documents.kinds import Words
from procure.documents.models import Paper
from procure.documents.shared_facts import Line
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.suppliers.models import Supplier
from procure.tender.gathering.said import Pages as FilePages
from procure.tender.gathering.said import standing_terms, text_lines, the_insurance

BOUND = ("draft-contract", "specification", "pricing-schedule")
"""Papers of the tender that become part of the contract."""
DIGEST_SHOWN = 12


def contract_particulars(contract: Contract, at: datetime) -> paper.ContractParticulars:
    """Everything the particulars print. Only a contract that comes of an award has them."""
    award, day = contract.award, legal_day(at)
    if award is None:
        raise LookupError(f"{contract.reference} comes of no award here.")
    pages, of_file = Pages(contract), FilePages(award.lot)
    terms = award.lot.contract_terms
    return paper.ContractParticulars(
        council=council_facts(),
        contract=_contract(contract, award, pages, of_file, day),
        supplier=_supplier(contract, pages),
        terms=_terms(award, of_file),
        authority=_authority(contract, award, pages, day),
        prices=pages.terms(tuple(_prices(contract)), "prices"),
        extensions=tuple(_extensions(contract)),
        insurance=the_insurance(award.lot, of_file),
        special_terms=text_lines(terms.special_terms if terms else ""),
        indicators=tuple(
            paper.SealedIndicator(
                one.name,
                pages.performance(one.measure, f"how {one.name} is measured"),
                pages.performance(one.target, f"target of {one.name}"),
                every_label(one.every_months),
            )
            for one in contract.indicators
            if one.ended_on is None
        ),
        promises=tuple(Line(one.what) for one in contract.obligations),
        bound=tuple(_bound(award)) or of_file.terms.gap("papers bound into the contract"),
        signing=_signing(contract, pages, day),
    )


def _contract(
    contract: Contract, award: Award, pages: Pages, of_file: FilePages, day: date
) -> paper.SealedContract:  # fmt: skip
    months = contract.notice_months
    return paper.SealedContract(
        reference=contract.reference,
        title=contract.title,
        purchase=award.lot.reference,
        description=pages.terms(contract.description, "what is bought, in one paragraph"),
        starts_on=pages.terms(contract.starts_on, "start of the service"),
        ends_on=pages.terms(contract.initial_ends_on, "end of the agreed term"),
        full_net=pages.terms(contract.full_net, "most it can be worth, without VAT"),
        full_gross=pages.terms(contract.full_gross, "most it can be worth, including VAT"),
        manager_post=manager_post_of(contract, pages),
        notice_label=words.months_label(months) if months else "none; it cannot be ended without fault",
        is_deed=_is_deed(contract, award, day),
        executed_text=_executed(contract, award, day),
    )


def _is_deed(contract: Contract, award: Award, day: date) -> bool:
    """By the rules of the day, or because the tender papers said so; a deed is never the lesser of the two."""
    rules, terms = rules_on(day), award.lot.contract_terms
    by_rule = bool(
        rules and rules.seal_from_net is not None and contract.full_net is not None
        and contract.full_net >= rules.seal_from_net
    )  # fmt: skip
    return by_rule or bool(terms and terms.is_deed)


def _executed(contract: Contract, award: Award, day: date) -> str:
    said, terms = how_executed(contract, day), award.lot.contract_terms
    if said.startswith("Signed") and terms is not None and terms.is_deed:
        return "As a deed, under the common seal: the tender papers say so"
    return said


def _supplier(contract: Contract, pages: Pages) -> paper.SealedSupplier:
    supplier = contract.supplier or Supplier(name="")
    form = contract.execution.legal_form if contract.execution else None
    return paper.SealedSupplier(
        name=pages.terms(supplier.name, "name of the supplier"),
        legal_form=pages.execution(form.label if form else None, "what the supplier is in law"),
        address=address_of(contract, pages),
        company_no=_number(supplier.company_number, form in (LegalForm.COMPANY, LegalForm.LLP), "company", pages),
        charity_no=_number(supplier.charity_number, form in (LegalForm.CIO, LegalForm.TRUSTEES), "charity", pages),
        identifier=pages.supplier(supplier.identifier, "unique identifier of the supplier"),
        contact_name=contact_of(contract, pages),
        email=pages.supplier(supplier.email, "e-mail of the supplier"),
        execution_source=execution_of(form).source if form else pages.execution.gap("what the supplier is in law"),
    )


def _number(number: str | None, needed: bool, of: str, pages: Pages) -> Words | None:
    """A register's number: a gap where what the supplier is in law means that it has one."""
    return number or (pages.supplier.gap(f"{of} number of the supplier") if needed else None)


def _terms(award: Award, of_file: FilePages) -> paper.SealedTerms | Gap:
    terms, standing = award.lot.contract_terms, standing_terms()
    if terms is None:
        return of_file.terms.gap("contract particulars")
    return paper.SealedTerms(
        payment_frequency=terms.payment_frequency,
        payment_days=terms.payment_days,
        invoice_email=of_file.standing(standing.invoice_email if standing else None, "mailbox for invoices"),
        indexation=terms.indexation_text or "Prices are fixed for the whole term, options included.",
        liability_cap=terms.liability_cap,
    )


def _authority(contract: Contract, award: Award, pages: Pages, day: date) -> paper.SealAuthority:
    decision = award.decision
    signed = decision.signed_on
    decision_page = f"/decisions/{decision.reference}"
    chain = contract.authority_chain or entry_chain(award, day)
    return paper.SealAuthority(
        chain=chain or Gap("authority to enter into the contract", "By what right", decision_page),
        decision=f"{decision.reference}, signed on {words.day(signed)} by {decision.signed_by.name}"
        if signed is not None and decision.signed_by is not None
        else Gap("signature of the decision to award", "Decision", decision_page),
        may_text=_may_text(contract, award, day),
        standstill_text=_standstill(award, day),
        seal_number=(contract.execution.seal_number if contract.execution else "") or None,
    )


def _may_text(contract: Contract, award: Award, day: date) -> Words:
    if contract.state is not ContractState.TO_SIGN and contract.signed_on is not None:
        return f"Entered into on {words.day(contract.signed_on)}."
    answer = may_enter(award, day)
    if answer.reasons:
        first = answer.reasons[0].sentence.rstrip(".")
        meaning = f"authority to enter into the contract ({first[:1].lower()}{first[1:]})"
        return Gap(meaning, "By what right", f"/contracts/{contract.reference}/by-what-right")
    return "Given: the chain stands under “By what right”."


def _standstill(award: Award, day: date) -> Words:
    """How the standstill stands on the day; before its end it keeps the paper back. Procurement Act 2023 s.51."""
    waits, plan = standstill_of(award.lot), f"/procurements/{award.lot.reference}/award"
    if waits is not None:
        if day <= waits.ends_on:
            return Gap(f"end of the standstill, {words.day(waits.ends_on)}", "Award", plan)
        if any(one.lifted_on is None for one in award.challenges):
            return Gap("answer to the challenge of the award", "Award", plan)
        return f"It ended on {words.day(waits.ends_on)}."
    reason = award.no_standstill_reason
    return f"None applies. {reason}" if reason else Gap("what is said of the standstill", "Award", plan)


def _prices(contract: Contract) -> Iterator[paper.PriceRow]:
    value = contract.value
    if value is not None and contract.starts_on is not None and contract.initial_ends_on is not None:
        used = [one for one in contract.options if one.used_on]
        to = contract.ends_on if used and contract.ends_on else contract.initial_ends_on
        part = f"{words.day(contract.starts_on)} to {words.day(to)}"
        yield paper.PriceRow(part, value.net, value.vat, value.gross)
    for option in contract.options:
        price = value_of_option(option)
        if price is not None and option.is_open:
            part = f"Option {option.number}, {words.months_label(option.months)}"
            yield paper.PriceRow(part, price.net, price.vat, price.gross)


def _extensions(contract: Contract) -> Iterator[paper.SealedOption]:
    if contract.initial_ends_on is None:
        return
    options = [(one.number, one.months, one.exercise_by_on) for one in contract.options]
    for one in with_ends(contract.initial_ends_on, options):
        yield paper.SealedOption(one.number, words.months_label(one.months), one.ends_on, one.exercise_by_on)


def _bound(award: Award) -> Iterator[paper.BoundPaper]:
    """The newest version of each paper that bidders had and that becomes part of the contract."""
    about = {award.lot.reference, award.lot.procurement.reference}
    rows = db.session.scalars(
        select(Paper).where(Paper.about.in_(about), Paper.name.in_(BOUND)).order_by(Paper.number.desc())
    ).all()
    for name in BOUND:
        newest = next((one for one in rows if one.name == name), None)
        if newest is not None:
            digest = newest.sha256[:DIGEST_SHOWN]
            yield paper.BoundPaper(newest.title, newest.number, legal_day(newest.issued_at), digest)


def _signing(contract: Contract, pages: Pages, day: date) -> tuple[paper.SigningLine, ...] | Gap:
    execution, award = contract.execution, contract.award
    if execution is None or award is None:
        return pages.execution.gap("who executes for the supplier")
    row = execution_of(execution.legal_form)
    capacities = row.as_a_deed if _is_deed(contract, award, day) else (row.by_hand,)
    names = [line for line in execution.signatories.splitlines() if line.strip()]
    if not names:
        return pages.execution.gap("who executes for the supplier")
    places = [*capacities, *(capacities[-1] for _ in names[len(capacities) :])]
    # A witness is named when the contract is signed, not before.
    named = [*names, *("(name and capacity)" for _ in capacities[len(names) :])]
    return tuple(paper.SigningLine(who, name) for who, name in zip(places, named, strict=True))
