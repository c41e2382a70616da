"""Standing reports about contracts: each a range of the list or what narrows it, counted and read page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.contract.facts import plan_back_from
from procure.contract.life_models import ContractFile, Indicator, IndicatorReturn
from procure.contract.models import Contract, Payment
from procure.contract.rules import ContractState
from procure.desk.rules.reports import Cell, Row
from procure.extensions import db
from procure.law.working_days import months_before
from procure.people.models import Person
from procure.register.facts.exporting import spent_on
from procure.register.facts.listing import contracts_at, count_of, found_places, page_of, place_of, reach_of
from procure.register.facts.portfolio import first_end_in_time
from procure.register.models import ContractPlace
from procure.register.rules.listing import Asked, OnIt
from procure.words import in_words

LIVE = Asked(states=(ContractState.LIVE,))
AT_ONCE = 500


@dataclass(frozen=True)
class ContractReport:
    """What puts a contract into a report, and what the report says of those on a page."""

    which: Callable[[date], list[ColumnElement[bool]]]
    tell: Callable[[Sequence[Contract], date], list[Row]]


def name_of(contract: Contract) -> Cell:
    """The contract as every report begins with it."""
    href = url_for("contract.overview", reference=contract.reference)
    return Cell(contract.title, href, f"{contract.reference}, {contract.supplier_name}", contract.is_example)


def _ends(contract: Contract) -> Cell:
    return Cell(words.day(contract.ends_on) if contract.ends_on else "No end agreed")


def _owner(contract: Contract) -> Cell:
    return Cell(contract.owner_name)


def _next(what: str, endpoint: str, contract: Contract) -> Cell:
    return Cell(what, url_for(endpoint, reference=contract.reference))


# ── ended, but live ──


def _past_its_end(day: date) -> list[ColumnElement[bool]]:
    return [ContractPlace.id < place_of(day)]


def _told_past_end(contracts: Sequence[Contract], day: date) -> list[Row]:
    late = _paid_since_end([one.id for one in contracts])
    return [
        (
            name_of(one), Cell(words.day(one.ends_on), quiet=words.sentence(in_words(one.ends_on, day))), _owner(one),
            Cell(words.pounds(late[one.id]) if late.get(one.id) else "Nothing"),
            _next("Record how it ended", "contract.record_end", one),
        )
        for one in contracts if one.ends_on is not None
    ]  # fmt: skip


def _paid_since_end(contract_ids: Sequence[int]) -> dict[int, Decimal]:
    paid = (
        select(Payment.contract_id, func.sum(Payment.amount_gross))
        .join(Contract, Contract.id == Payment.contract_id)
        .where(Payment.contract_id.in_(contract_ids), Payment.paid_on > Contract.ends_on)
        .group_by(Payment.contract_id)
    )
    return {row[0]: row[1] for row in db.session.execute(paid)}


# ── nobody looks after it ──


def _no_owner(_day: date) -> list[ColumnElement[bool]]:
    return [ContractPlace.owner_post_id.is_(None)]


def _told_no_owner(contracts: Sequence[Contract], _day: date) -> list[Row]:
    return [
        (
            name_of(one), _ends(one), Cell(one.value_said), Cell(one.department or "Not stated"),
            _next("Choose who looks after it", "contract.hand_over", one),
        )
        for one in contracts
    ]  # fmt: skip


# ── no signed file ──


def _no_file(_day: date) -> list[ColumnElement[bool]]:
    signed = (ContractFile.is_signed_copy.is_(True), ContractFile.withdrawn_because == "")
    return [~exists().where(ContractFile.contract_id == ContractPlace.contract_id, *signed)]


def _told_no_file(contracts: Sequence[Contract], _day: date) -> list[Row]:
    return [
        (
            name_of(one), Cell(words.day(one.signed_on) if one.signed_on else "Not stated"), Cell(one.value_said),
            _owner(one), _next("Keep the signed contract", "contract.documents", one),
        )
        for one in contracts
    ]  # fmt: skip


# ── too late to buy again ──


def _start_by_passed(day: date) -> list[ColumnElement[bool]]:
    return [
        ContractPlace.id >= place_of(day), ContractPlace.id < place_of(first_end_in_time(day)),
        ContractPlace.on_it == OnIt.NOBODY.value,
    ]  # fmt: skip


def _told_start_by(contracts: Sequence[Contract], day: date) -> list[Row]:
    rows: list[Row] = []
    for one in contracts:
        assert one.ends_on is not None
        start_by = plan_back_from(one.ends_on).start_by
        rows.append(
            (
                name_of(one), _ends(one), Cell(words.day(start_by), quiet=words.sentence(in_words(start_by, day))),
                _owner(one), _next("Decide what follows", "contract.decide", one),
            )
        )  # fmt: skip
    return rows


# ── over its value ──


def _over_value(_day: date) -> list[ColumnElement[bool]]:
    paid = select(Payment.contract_id).join(Contract, Contract.id == Payment.contract_id).group_by(
        Payment.contract_id, Contract.value_gross, Contract.value_stated
    ).having(func.sum(Payment.amount_gross) > func.coalesce(Contract.value_gross, Contract.value_stated))  # fmt: skip
    return [ContractPlace.contract_id.in_(paid)]


def _told_over_value(contracts: Sequence[Contract], day: date) -> list[Row]:
    spent = spent_on([one.id for one in contracts], day)
    return [
        (
            name_of(one), Cell(one.value_said), Cell(words.pounds(spent.get(one.id, Decimal(0)))),
            Cell(words.pounds(spent.get(one.id, Decimal(0)) - (one.worth or Decimal(0)))),
            _next("See what was paid", "contract.money", one),
        )
        for one in contracts
    ]  # fmt: skip


# ── an indicator nobody has reported on ──


def _unreported(day: date) -> ColumnElement[bool]:
    """An indicator whose period is over and for which nothing was returned."""
    lengths = db.session.scalars(select(Indicator.every_months).distinct()).all()

    def returned(months: int) -> ColumnElement[bool]:
        since = months_before(day, months)
        return exists().where(IndicatorReturn.indicator_id == Indicator.id, IndicatorReturn.until_on > since)

    silent = [and_(Indicator.every_months == months, ~returned(months)) for months in lengths]
    is_silent = or_(*silent) if silent else false()
    return and_(Indicator.ended_on.is_(None), Indicator.first_due_on < day, is_silent)


def _no_return(day: date) -> list[ColumnElement[bool]]:
    return [ContractPlace.contract_id.in_(select(Indicator.contract_id).where(_unreported(day)))]


def _told_no_return(contracts: Sequence[Contract], day: date) -> list[Row]:
    rows = db.session.scalars(
        select(Indicator)
        .where(Indicator.contract_id.in_([one.id for one in contracts]), _unreported(day))
        .options(selectinload(Indicator.returns))
        .order_by(Indicator.id)
    )
    silent: dict[int, list[Indicator]] = {}
    for row in rows:
        silent.setdefault(row.contract_id, []).append(row)
    return [
        (
            name_of(one), Cell(words.joined(indicator.name for indicator in silent.get(one.id, []))),
            Cell(_last_return(silent.get(one.id, []))), _owner(one),
            _next("Record how it goes", "contract.performance", one),
        )
        for one in contracts
    ]  # fmt: skip


def _last_return(indicators: Sequence[Indicator]) -> str:
    days = [returned.until_on for indicator in indicators for returned in indicator.returns]
    return f"To {words.day(max(days))}" if days else "Never"


CONTRACT_REPORTS: Mapping[str, ContractReport] = {
    "contracts-past-their-end": ContractReport(_past_its_end, _told_past_end),
    "contracts-without-owner": ContractReport(_no_owner, _told_no_owner),
    "contracts-without-file": ContractReport(_no_file, _told_no_file),
    "contracts-too-late": ContractReport(_start_by_passed, _told_start_by),
    "contracts-over-value": ContractReport(_over_value, _told_over_value),
    "contracts-without-return": ContractReport(_no_return, _told_no_return),
}


def count_in(name: str, person: Person, day: date) -> int:
    """How many contracts a report tells of; one more than can be counted where there are more."""
    return count_of(LIVE, reach_of(person, day), *CONTRACT_REPORTS[name].which(day)).number


def some_of(name: str, person: Person, day: date, *, begin: int, count: int) -> list[Row]:
    """Some rows of a report, the first to end first."""
    report = CONTRACT_REPORTS[name]
    query, key = found_places(LIVE, reach_of(person, day), *report.which(day))
    places = db.session.scalars(query.order_by(key).offset(begin).limit(count))
    return report.tell([contract for _, contract in contracts_at(places)], day)


def all_of(name: str, person: Person, day: date) -> Iterator[Row]:
    """Every row of a report, however many: fetched some at a time."""
    report, reach, after = CONTRACT_REPORTS[name], reach_of(person, day), 0
    which = report.which(day)
    while True:
        page = page_of(LIVE, reach, *which, after=after, count=AT_ONCE)
        yield from report.tell([contract for _, contract in contracts_at(page.places)], day)
        if page.next_after is None:
            return
        after = page.next_after
