"""What is known of the contract that ends, for whoever buys again: spend, performance, changes, lessons, old papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.appraisal.rules.costing import financial_year, year_label
from procure.contract.models import Contract
from procure.documents.models import Paper
from procure.documents.registry import working_names
from procure.extensions import db
from procure.procurement.models import Lot, Procurement


@dataclass(frozen=True)
class Spent:
    """What was paid in one financial year, VAT included."""

    year: str
    amount: Decimal


@dataclass(frozen=True)
class Rated:
    """An indicator with its ratings in order, each as "2026/27: Good"."""

    name: str
    target: str
    ratings: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A change, and what all changes up to it add, VAT included."""

    on: date
    what: str
    added: Decimal
    so_far: Decimal
    months: int


@dataclass(frozen=True)
class Before:
    """All that a new purchase can start from."""

    spent: tuple[Spent, ...]
    paid: Decimal
    rated: tuple[Rated, ...]
    changed: tuple[Changed, ...]
    texts: tuple[tuple[str, str], ...]
    file: Procurement | None
    lot: Lot | None
    papers: tuple[Paper, ...]


def what_came_before(contract: Contract, today: date) -> Before:
    """What is known of a contract on a day."""
    lot = contract.award.lot if contract.award else None
    return Before(
        spent=_spent(contract, today), paid=contract.paid_by(today), rated=_rated(contract), changed=_changed(contract),
        texts=tuple(
            (name, text)
            for name, text in (
                ("How it went", contract.performance), ("What happens at its end", contract.at_expiry),
                ("What was learnt", contract.lessons),
            )
            if text
        ),
        file=lot.procurement if lot else None, lot=lot,
        papers=_papers(lot.procurement.reference) if lot else (),
    )  # fmt: skip


def _spent(contract: Contract, today: date) -> tuple[Spent, ...]:
    years: dict[int, Decimal] = {}
    for payment in contract.payments:
        if payment.paid_on <= today:
            year = financial_year(payment.paid_on)
            years[year] = years.get(year, Decimal(0)) + payment.amount_gross
    return tuple(Spent(year_label(year), amount) for year, amount in sorted(years.items()))


def _rated(contract: Contract) -> tuple[Rated, ...]:
    return tuple(
        Rated(
            one.name, one.target,
            tuple(f"to {words.day(each.until_on)}: {each.rating.label}" for each in one.returns),
        )
        for one in contract.indicators
    )  # fmt: skip


def _changed(contract: Contract) -> tuple[Changed, ...]:
    found: list[Changed] = []
    so_far = Decimal(0)
    for change in contract.changes:
        so_far += change.added_gross
        found.append(Changed(change.made_on, change.what, change.added_gross, so_far, change.added_months))
    return tuple(found)


def _papers(about: str) -> tuple[Paper, ...]:
    """The newest version of each paper of a file, in the order they were first issued."""
    newest: dict[tuple[str, str], Paper] = {}
    for paper in db.session.scalars(select(Paper).where(Paper.about == about).order_by(Paper.number, Paper.id)):
        if paper.name in working_names():
            continue
        newest[(paper.name, paper.subject)] = paper
    return tuple(newest.values())
