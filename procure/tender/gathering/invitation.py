"""From rows to the invitation, the form of tender and the request for quotes."""

from __future__ import annotations

from datetime import datetime

from procure import words
from procure.approval.gathering.purchase import PROCEDURES, regime_label
from procure.award.facts import standstill_bound_of
from procure.council.law import is_above, standstill_rule
from procure.documents.gaps import Gap
from procure.law.regimes import Bound
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.procurement.models import Lot
from procure.procurement.rules import Route
from procure.tender.documents import form_of_tender as form
from procure.tender.documents import invitation as paper
from procure.tender.documents import quotes
from procure.tender.gathering.dates import the_dates
from procure.tender.gathering.method import quoted_criteria, the_scale, weights_text
from procure.tender.gathering.said import (
    Pages,
    Said,
    procurement_mailbox,
    standing_terms,
    text_lines,
    the_conditions,
    the_council,
    the_insurance,
    the_returns,
    the_term,
    the_value,
)
from procure.tender.rules import TOP_SCORE, formula_words, rounding_words, tie_words

PACK = (
    ("Invitation to tender", "Read"),
    ("Specification", "Read; it becomes part of the contract"),
    ("Evaluation methodology", "Read"),
    ("Pricing schedule", "Fill in and send"),
    ("Form of tender", "Fill in, sign and send"),
    ("Draft contract", "Read; ask for changes as a question"),
)


def invitation_to_tender(lot: Lot, at: datetime) -> paper.InvitationToTender:
    """Everything the invitation prints, as the file stands."""
    pages = Pages(lot)
    how = lot.how_to_tender
    return paper.InvitationToTender(
        council=the_council(pages),
        procurement=_purchase(lot, pages),
        contact=_contact(lot, at, pages),
        value=the_value(lot, pages),
        term=the_term(lot, pages),
        timetable=_timetable(lot, pages),
        pack=tuple(paper.PackPaper(str(number), *one) for number, one in enumerate(PACK, start=1)),
        conditions=the_conditions(lot) if how else pages.how.gap("conditions of participation, or that there are none"),
        insurance=the_insurance(lot, pages),
        returns=the_returns(lot, pages),
        rules=_rules(lot, pages),
        standstill_text=_standstill(lot, pages),
        known_risks=text_lines(how.known_risks if how else ""),
    )


def form_of_tender(lot: Lot, at: datetime) -> form.FormOfTender:
    """The form with what the council fills in."""
    pages = Pages(lot)
    dates, how = the_dates(lot, pages), lot.how_to_tender
    return form.FormOfTender(
        council=the_council(pages),
        procurement=form.OfferedFor(lot.reference, lot.full_title),
        timetable=form.OfferDates(dates.deadline_at, dates.valid_until_on),
        rules=form.OfferRules(pages.how(how.price_basis if how else None, "which price is scored")),
        conditions=tuple(form.AskedCondition(one.no, one.title, one.requirement) for one in the_conditions(lot)),
        insurance=the_insurance(lot, pages),
    )


def request_for_quotes(lot: Lot, at: datetime) -> quotes.RequestForQuotes:
    """The request that each supplier on the list gets."""
    pages = Pages(lot)
    file, dates, rules, method = lot.procurement, the_dates(lot, pages), _rules(lot, pages), lot.method
    return quotes.RequestForQuotes(
        council=the_council(pages),
        procurement=quotes.SmallPurchase(
            lot.reference, lot.full_title, pages.need(file.description, "what is bought, in one paragraph"),
            pages.need(file.need, "why it is needed"),
        ),
        contact=_contact(lot, at, pages),
        term=the_term(lot, pages),
        timetable=quotes.QuoteDates(
            dates.questions_by_at, dates.answers_by_on, dates.deadline_at, dates.valid_until_on
        ),
        returns=the_returns(lot, pages),
        rules=quotes.QuoteRules(rules.price_basis, rules.late_text, rules.payment_text),
        insurance=the_insurance(lot, pages),
        criteria=quoted_criteria(method, pages),
        method=quotes.QuoteMethod(
            scale=the_scale(),
            top_score=TOP_SCORE,
            price_label=pages.method(f"{method.price_weight} points" if method else None, "weight of price"),
            formula_text=pages.method(
                words.sentence(formula_words(method.price_formula, method.price_weight)) if method else None,
                "how price is scored",
            ),
            rounding_text=pages.method(rounding_words(method.price_formula) if method else None, "rounding"),
            tie_text=pages.method(tie_words(method.price_formula) if method else None, "how ties are parted"),
        ),
    )  # fmt: skip


def _purchase(lot: Lot, pages: Pages) -> paper.InvitedPurchase:
    file, terms = lot.procurement, lot.contract_terms
    said = pages.particulars
    reserved = file.reserved_text if file.reserved_text.lower().rstrip(".") != "not reserved" else ""
    is_public = None if file.value_gross is None else is_above(file.kind.value, file.compared_gross, file.started_on)
    return paper.InvitedPurchase(
        reference=lot.reference,
        title=lot.full_title,
        ocid=file.ocid or None,
        description=pages.need(file.description, "what is bought, in one paragraph"),
        regime_label=regime_label(file, is_public),
        procedure_label=PROCEDURES[file.procedure],
        lot_label=None if lot.is_only else f"lot {lot.number}, {lot.title}",
        lot_count_label=words.number_word(len(file.lots)),
        lots_reason=said(file.lots_reason, "why the contract is, or is not, divided into lots"),
        reserved_text=reserved or None,
        small_supplier_text=said(
            file.small_supplier_text, "barriers for small and voluntary suppliers, and what was done"
        ),
        is_public_contract=pages.value(is_public, "whether the value is at or above the threshold"),
        tupe_text=_tupe(file.tupe_staff_count),
        has_personal_data=bool(terms and terms.data_subjects),
    )


def _tupe(staff: int | None) -> str | None:
    if not staff:
        return None
    return (
        "We think that the Transfer of Undertakings (Protection of Employment) Regulations 2006 may apply to "
        f"{words.number_word(staff)} staff of the present supplier."
    )


def _contact(lot: Lot, at: datetime, pages: Pages) -> paper.Contact:
    officer, standing = lot.procurement.officer, standing_terms()
    posts = post_names_of(officer, legal_day(at))
    people = Said("People", "procurement.people", lot, of_file=True)
    return paper.Contact(
        name=officer.name,
        post=people(posts[0] if posts else None, f"post of {officer.name}"),
        email=procurement_mailbox(pages),
        whistleblowing_email=pages.standing(
            standing.whistleblowing_email if standing else None, "mailbox for concerns in confidence"
        ),
        other_formats=pages.standing(
            standing.other_formats if standing else None, "how to get the papers in another format or language"
        ),
    )


def _timetable(lot: Lot, pages: Pages) -> paper.TenderDates:
    dates, how = the_dates(lot, pages), lot.how_to_tender
    return paper.TenderDates(
        questions_by_at=dates.questions_by_at,
        answers_by_on=dates.answers_by_on,
        deadline_at=dates.deadline_at,
        valid_until_on=dates.valid_until_on,
        briefing_at=how.briefing_at if how else None,
        briefing_place=pages.how(how.briefing_place if how else None, "place of the briefing"),
        steps=dates.steps,
    )


def _rules(lot: Lot, pages: Pages) -> paper.TenderRules:
    how, method = lot.how_to_tender, lot.method
    return paper.TenderRules(
        price_basis=pages.how(how.price_basis if how else None, "which price is scored"),
        correction_text=pages.how(how.correction_text if how else None, "what is done about arithmetic errors"),
        late_text=pages.how(how.late_text if how else None, "what is done about late tenders"),
        takes_variants=how.takes_variants if how else False,
        weights_text=pages.method(weights_text(method) if method else None, "weights of quality and price"),
        payment_text=_payment(lot, pages),
    )


def _payment(lot: Lot, pages: Pages) -> str | Gap:
    """From the contract's particulars; on quotes, which have none, from the council's standing terms."""
    if lot.contract_terms:
        terms = lot.contract_terms
        return f"{words.sentence(terms.payment_frequency)}, within {terms.payment_days} days."
    if lot.procurement.route is Route.SCHEME:
        standing = standing_terms()
        days = standing.payment_days if standing else None
        return pages.standing(
            f"We pay a valid, undisputed invoice within {days} days." if days else None, "days to pay an invoice"
        )
    return pages.terms.gap("how the supplier is paid")


def _standstill(lot: Lot, pages: Pages) -> str | None:
    how, bound = lot.how_to_tender, standstill_bound_of(lot)
    days = words.number_word(standstill_rule(lot.procurement.started_on).days)
    length = f"{days} working days from publication of the contract award notice"
    if bound is Bound.MANDATORY:
        return f"We wait {length} before we enter into the contract."
    if how is None or not how.offers_standstill:
        return None
    return f"This contract has no mandatory standstill. We will nevertheless wait {length} before we enter into it."
