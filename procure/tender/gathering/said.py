"""What the papers take from the file and the council alike; what is missing is a gap with the page to mend it."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from flask import has_request_context, url_for
from sqlalchemy import select

from procure import words
from procure.council.models import Council, StandingTerms
from procure.documents.gaps import Gap
from procure.documents.shared_facts import CouncilFacts, Line, TermFacts, ValueFacts
from procure.extensions import db
from procure.law.money import value_of
from procure.law.working_days import last_day_of_months_beginning
from procure.procurement.models import Lot
from procure.tender.documents.shared import Condition, Insurance, Return
from procure.tender.pack_rules import amount_of, rows_of

T = TypeVar("T")


class Said:
    """Takes facts from rows; what is empty becomes a gap that knows the page where it is given."""

    def __init__(self, where: str, endpoint: str, lot: Lot | None = None, *, of_file: bool = False) -> None:
        self._where = where
        self._href = None
        if has_request_context():
            of = lot.procurement if lot and of_file else lot
            self._href = url_for(endpoint, reference=of.reference) if of else url_for(endpoint)

    def __call__(self, value: T | None, meaning: str) -> T | Gap:
        return self.gap(meaning) if value is None or value in ("", ()) else value

    def gap(self, meaning: str) -> Gap:
        """The absence of one fact."""
        return Gap(meaning, self._where, self._href)


class Pages:
    """The pages on which what is missing for a lot's papers is given."""

    def __init__(self, lot: Lot) -> None:
        self.need = Said("Need", "procurement.need", lot, of_file=True)
        self.particulars = Said("Particulars", "procurement.particulars", lot, of_file=True)
        self.value = Said("Value and term", "procurement.value", lot, of_file=True)
        self.method = Said("How bids will be judged", "tender.method", lot)
        self.specification = Said("What we are buying", "tender.specification", lot)
        self.kpis = Said("Key performance indicators", "tender.kpis", lot)
        self.how = Said("How to tender", "tender.how_to_tender", lot)
        self.pricing = Said("Pricing schedule", "tender.pricing", lot)
        self.timetable = Said("Timetable", "tender.plan_timetable", lot)
        self.notice = Said("Notice", "tender.notice", lot)
        self.terms = Said("Contract particulars", "tender.contract_terms", lot)
        self.council = Said("The council’s particulars", "council.particulars")
        self.standing = Said("What our tender papers say", "council.tender_papers")


def the_council(pages: Pages) -> CouncilFacts:
    """The council that speaks."""
    council = db.session.scalars(select(Council).order_by(Council.id)).first()

    def of(name: str, meaning: str) -> str | Gap:
        return pages.council(getattr(council, name) if council else None, meaning)

    return CouncilFacts(
        name=of("name", "full name of the council"),
        address=of("address", "postal address of the council"),
        executive_name=of("executive_name", "what the executive is called"),
        portal_name=of("portal_name", "e-tendering portal"),
        portal_url=of("portal_url", "address of the e-tendering portal"),
    )


def procurement_mailbox(pages: Pages) -> str | Gap:
    """Where bidders write when the portal fails."""
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    return pages.council(council.procurement_email if council else None, "procurement mailbox")


def standing_terms() -> StandingTerms | None:
    """What the council's papers always say; None until somebody has entered it."""
    return db.session.scalars(select(StandingTerms).order_by(StandingTerms.id)).first()


def text_lines(text: str) -> tuple[Line, ...]:
    """Written words, one line of them to an entry."""
    return tuple(Line(line.strip()) for line in text.splitlines() if line.strip())


def the_value(lot: Lot, pages: Pages) -> ValueFacts:
    """The most that the lot could cost, every option counted."""
    file = lot.procurement
    net, vat, gross = file.value_net, file.value_vat, file.value_gross
    if not lot.is_only:
        net = vat = gross = None
        if lot.annual_net is not None and file.max_months and file.vat_percent is not None:
            worked = value_of(lot.annual_net, Decimal(file.max_months) / 12, Decimal(file.vat_percent))
            net, vat, gross = worked.net, worked.vat, worked.gross
    return ValueFacts(
        net=pages.value(net, "whole-life value without VAT"),
        vat=pages.value(vat, "VAT on the whole-life value"),
        gross=pages.value(gross, "whole-life value including VAT"),
        vat_label="",
        basis="",
    )


def the_term(lot: Lot, pages: Pages) -> TermFacts:
    """How long the contract runs."""
    file = lot.procurement
    starts, initial, longest = file.service_starts_on, file.initial_months, file.max_months
    return TermFacts(
        starts_on=pages.value(starts, "start of the service"),
        initial_label=pages.value(words.months_label(initial) if initial else None, "initial term in words"),
        extensions_label=extensions_words(file.extension_count, file.extension_months),
        max_label=pages.value(words.months_label(longest) if longest else None, "longest possible term in words"),
        max_ends_on=pages.value(
            last_day_of_months_beginning(starts, longest) if starts and longest else None, "last possible end"
        ),
    )


def extensions_words(count: int, months: int) -> str | None:
    """one further year; two further periods of six months; None where there is no option."""
    if not count or not months:
        return None
    length = words.months_label(months)
    if count == 1:
        number, _, unit = length.partition(" ")
        return f"{number} further {unit}"
    return f"{words.number_word(count)} further periods of {length}, one at a time"


def the_insurance(lot: Lot, pages: Pages) -> tuple[Insurance, ...] | Gap:
    """Cover to hold when the contract starts."""
    text = lot.how_to_tender.insurance if lot.how_to_tender else ""
    rows = tuple(Insurance(kind, amount_of(amount), basis) for kind, amount, basis in rows_of("insurance", text))
    return pages.how(rows, "insurance to hold when the contract starts")


def the_conditions(lot: Lot) -> tuple[Condition, ...]:
    """Conditions of participation; there may be none."""
    text = lot.how_to_tender.conditions if lot.how_to_tender else ""
    return tuple(Condition(f"C{number}", *row) for number, row in enumerate(rows_of("conditions", text), start=1))


def the_returns(lot: Lot, pages: Pages) -> tuple[Return, ...] | Gap:
    """What a bidder sends back, lettered."""
    text = lot.how_to_tender.returns if lot.how_to_tender else ""
    rows = tuple(Return(chr(ord("A") + place % 26), *row) for place, row in enumerate(rows_of("returns", text)))
    return pages.how(rows, "what a bidder sends back")
