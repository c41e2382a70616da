"""From the rows of a lot, its award and its contract to the list of its duties, with the facts each notice needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from procure import words
from procure.award.facts import details_notice_working, standstill_of
from procure.award.route_facts import decided_ending, direct_ending
from procure.award.rules import law_of
from procure.contract.life_facts import is_over_five_million
from procure.contract.models import Contract
from procure.council.law import contract_copy_due, is_above, termination_notice_due
from procure.law.thresholds import Line
from procure.law.working_days import legal_day
from procure.notices.duty_rules import DutyFacts, DutyLine, Filed, LifeNotice, Needed, duties_of
from procure.notices.models import Notice
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Route, Stage

Row = tuple[str, str, str]

OCID_PAGE = "the opening notice"
"""The identifier comes with the notice that opens the competition, and is put right where that is."""


def duties_about(lot: Lot, today: date) -> list[DutyLine]:
    """Every duty about a lot as it stands today."""
    return duties_of(facts_about_duties(lot), today)


def facts_about_duties(lot: Lot) -> DutyFacts:
    """What the list of duties is worked out from: an award is worth what was awarded, before that what is estimated."""
    file, award = lot.procurement, lot.award
    contract = award.contract if award else None
    entered = contract.signed_on if contract else None
    light = file.kind is ContractKind.LIGHT_TOUCH
    value = award.value_gross if award else file.value_gross if lot.is_only else None
    due, waits, ended = details_notice_working(lot), standstill_of(lot), decided_ending(lot)
    ends_on = (contract.ended_on or contract.ends_on) if contract else None
    letters = award.letters if award else []
    sent = [legal_day(one.sent_at) for one in letters if one.sent_at]
    conflicts = file.conflicts
    return DutyFacts(
        law=law_of(file.regime, file.route),
        light_touch=light,
        is_quotes=file.route is Route.SCHEME,
        is_notifiable=is_above(Line.NOTIFIABLE, value, file.started_on),
        is_over_five_million=_is_over(contract, value, lot),
        is_direct=direct_ending(lot) is not None,
        filed={one.kind.value: _filed(one) for one in lot.notices},
        needs={"UK4": _needs(_tender(lot)), "UK5": _needs(_direct(lot)), "UK6": _needs(_award(lot)),
               "UK7": _needs(_details(lot)), "UK12": _needs(_not_awarded(lot))},
        tender_planned_on=lot.timetable.notice_on if lot.timetable else None,
        conflicts_on=conflicts.approved_on if conflicts else None,
        summaries_owed=len(letters) or sum(bid.was_assessed for bid in lot.bids),
        summaries_sent=len(sent),
        summaries_sent_on=max(sent, default=None),
        award_planned_on=award.notice_planned_on if award else None,
        standstill_ends_on=waits.ends_on if waits else None,
        standstill_days=award.standstill_days if award else None,
        entered_on=entered,
        details_due_on=due.answer if due else None,
        copy_due_on=contract_copy_due(entered, light_touch=light).answer if entered else None,
        kpis=len([one for one in contract.indicators if one.ended_on is None]) if contract else len(lot.kpis),
        kpis_because=contract.no_indicators_because if contract else "",
        contract_ends_on=ends_on,
        termination_due_on=termination_notice_due(ends_on).answer if ends_on and entered else None,
        life=tuple(_life(contract)) if contract else (),
        not_awarding_on=ended.decided_on if ended is not None and lot.stage is Stage.ABANDONED else None,
    )  # fmt: skip


def _is_over(contract: Contract | None, value: Decimal | None, lot: Lot) -> bool:
    if contract is not None:
        return is_over_five_million(contract)
    return value is not None and is_above(Line.KPIS, value, lot.procurement.started_on)


def _filed(notice: Notice) -> Filed:
    return Filed(notice.reference, notice.published_on)


def _life(contract: Contract) -> Iterator[LifeNotice]:
    for one in contract.life_notices:
        filed = Filed(one.reference, one.published_on) if one.published_on else None
        yield LifeNotice(one.duty.value, one.about_on, one.due_on, filed)


# ── the facts each notice needs (domain 1.1) ──


def _needs(rows: Iterator[Row]) -> tuple[Needed, ...]:
    return tuple(Needed(name, value, page) for name, value, page in rows)


def _named(lot: Lot) -> Iterator[Row]:
    file = lot.procurement
    yield "Title", lot.full_title, ""
    yield "Procurement identifier", file.ocid, OCID_PAGE


def _tender(lot: Lot) -> Iterator[Row]:
    """What a tender notice says. Procurement Act 2023 s.21."""
    file, method, plan = lot.procurement, lot.method, lot.timetable
    yield from _named(lot)
    yield "What is bought", file.description or file.need, "procurement.need"
    yield "CPV code", file.cpv, "tender.strategy"
    yield "Where", file.wards_label, "procurement.need"
    value = file.value_gross
    yield "Estimated value", f"{words.pounds(value)} including VAT" if value is not None else "", "procurement.value"
    yield "Dates, extensions and options", _term(lot), "procurement.value"
    yield "Lots, or why there are none", _lots(lot), "procurement.particulars"
    yield "Procedure", file.procedure.label, "procurement.particulars"
    conditions = lot.how_to_tender.conditions if lot.how_to_tender else ""
    yield "Conditions of participation", _how_many(conditions), "tender.how_to_tender"
    criteria = words.plural(len(method.scored), "criterion", "criteria") if method else ""
    yield "Award criteria and weights", criteria, "tender.method"
    yield "Deadline for bids", words.moment(plan.closes_at) if plan else "", "tender.plan_timetable"
    yield "Small firms and voluntary bodies", file.small_supplier_text, "procurement.particulars"
    yield "Talks with the market, or why none", file.engagement_text, "procurement.particulars"
    yield "Conflicts assessment confirmed", _conflicts(lot), "tender.conflicts"


def _how_many(lines: str) -> str:
    count = len([line for line in lines.splitlines() if line.strip()])
    return words.plural(count, "condition") if count else ""


def _term(lot: Lot) -> str:
    file = lot.procurement
    if file.service_starts_on is None or not file.initial_months:
        return ""
    said = f"From {words.day(file.service_starts_on)} for {words.months_label(file.initial_months)}"
    if file.extension_count:
        said += f", {words.plural(file.extension_count, 'extension')} of {words.months_label(file.extension_months)}"
    return said


def _lots(lot: Lot) -> str:
    file = lot.procurement
    return file.lots_reason if lot.is_only else words.plural(len(file.lots), "lot")


def _conflicts(lot: Lot) -> str:
    found = lot.procurement.conflicts
    return f"Approved on {words.day(found.approved_on)}" if found and found.approved_on else ""


def _direct(lot: Lot) -> Iterator[Row]:
    """What a transparency notice says. Procurement Act 2023 s.44."""
    ending = direct_ending(lot)
    yield from _named(lot)
    if ending is None:
        return
    yield "Supplier", ending.supplier.name if ending.supplier else "", ""
    yield "Ground", "Section 43: no suitable tender", ""
    yield "Why the ground holds", ending.reason, ""
    yield "Conflicts assessment confirmed", _conflicts(lot), "tender.conflicts"


def _award(lot: Lot) -> Iterator[Row]:
    """What a contract award notice says. Procurement Act 2023 s.50."""
    award = lot.award
    yield from _named(lot)
    if award is None:
        yield "Winner", "", "award.index"
        return
    supplier = award.bid.supplier
    yield "Winner", supplier.name, ""
    page = "" if award.bid.is_direct else "evaluation.bids"
    yield "Its postal address", supplier.address, page
    yield "Its email address", supplier.email, page
    yield "Its unique identifier", supplier.identifier or supplier.company_number or supplier.charity_number, page
    yield "Value", f"{words.pounds(award.value_gross)} including VAT", ""
    days = award.standstill_days
    planned = "" if award.notice_planned_on is None else f"{words.number_word(days)} working days" if days else "None"
    yield "Standstill", words.sentence(planned) if planned else "", "award.plan"
    if not award.bid.is_direct:
        sent = [legal_day(one.sent_at) for one in award.letters if one.sent_at]
        yield "Day the summaries were sent", words.day(max(sent)) if sent else "", "award.letters"
        yield "Number of bids", words.plural(len(lot.bids), "bid"), ""


def _details(lot: Lot) -> Iterator[Row]:
    """What a contract details notice says. Procurement Act 2023 s.53."""
    award = lot.award
    contract = award.contract if award else None
    yield from _named(lot)
    if award is None or contract is None:
        yield "Contract", "", "contract.prepare" if award else "award.index"
        return
    yield "Supplier", award.bid.supplier.name, ""
    signed_on, starts_on, ends_on = contract.signed_on, contract.starts_on, contract.ends_on
    yield "Day the contract was entered into", words.day(signed_on) if signed_on else "", "contract.prepare"
    yield "Term", f"{words.day(starts_on)} to {words.day(ends_on)}" if starts_on and ends_on else "", "contract.prepare"
    worth = contract.worth
    yield "Value", f"{words.pounds(worth)} including VAT" if worth is not None else "", "contract.prepare"
    yield "Procedure", "direct award" if award.bid.is_direct else lot.procurement.procedure.label, ""
    yield "Conflicts assessment confirmed", _conflicts(lot), "tender.conflicts"
    signed = [one for one in contract.files if one.is_signed_copy and not one.withdrawn_because]
    yield "Signed contract kept", signed[-1].name if signed else "", "contract.documents"


def _not_awarded(lot: Lot) -> Iterator[Row]:
    """What a procurement termination notice says. Procurement Act 2023 s.55."""
    ended = decided_ending(lot)
    yield from _named(lot)
    yield "Not to award, decided on", words.day(ended.decided_on) if ended and ended.decided_on else "", ""
