"""What is to be published of a quarter: contracts in force, invitations to tender, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from procure.contract.models import Contract
from procure.contract.rules import ContractState, Term, ends_after
from procure.extensions import db
from procure.notices.models import Notice
from procure.notices.rules import OPENING
from procure.procurement.models import Lot, Procurement
from procure.register.facts.exporting import NEEDS, batches, code_row, how_bought, registration_of
from procure.register.facts.listing import Reach, contracts_at, page_of
from procure.register.facts.public import hidden_of
from procure.register.models import ContractPlace, Publication
from procure.register.rules.listing import Asked, Quarter
from procure.register.rules.publishing import CODE_ABOVE, CodeFacts, Lacking, lacking_of
from procure.register.rules.spreadsheets import Value

EVERY = Asked(states=(ContractState.LIVE, ContractState.ENDED))
EVERYBODY = Reach()


def in_force(quarter: Quarter) -> list[ColumnElement[bool]]:
    """Contracts over the Code's sum, or of no stated sum, that were in force on any day of a quarter.

    One past its end runs on until somebody records that it ended.
    """
    began = select(Contract.id).where(
        Contract.id == ContractPlace.contract_id,
        or_(Contract.starts_on.is_(None), Contract.starts_on <= quarter.ends_on),
        or_(
            Contract.state == ContractState.LIVE,
            func.coalesce(Contract.ended_on, Contract.ends_on) >= quarter.begins_on,
        ),
    )
    return [
        ContractPlace.public > 0,
        or_(ContractPlace.worth.is_(None), ContractPlace.worth > CODE_ABOVE),
        began.exists(),
    ]


def code_facts(contract: Contract, today: date) -> CodeFacts:
    """What is known of a contract, as far as the Code asks."""
    supplier = contract.supplier
    return CodeFacts(
        department=contract.department, description=contract.description, has_supplier=supplier is not None,
        worth=contract.worth, has_irrecoverable_vat=contract.irrecoverable_vat is not None,
        starts_on=contract.starts_on, ends_on=contract.ends_on, has_agreed_end=contract.term is Term.FIXED,
        has_review=bool(contract.reviews), how_bought=how_bought(contract),
        is_sme=supplier.is_sme if supplier else None, is_vcse=supplier.is_vcse if supplier else None,
        registration=registration_of(supplier),
    )  # fmt: skip


@dataclass(frozen=True)
class ToPublish:
    """A contract that goes out, and what it lacks."""

    contract: Contract
    lacking: list[Lacking]


@dataclass(frozen=True)
class SomeToPublish:
    """A page of them."""

    rows: list[ToPublish]
    next_after: int | None


def to_publish(quarter: Quarter, today: date, *, after: int = 0, count: int = 25) -> SomeToPublish:
    """Some of what goes out for a quarter, the first to end first."""
    page = page_of(EVERY, EVERYBODY, *in_force(quarter), after=after, count=count)
    rows = contracts_at(page.places, *NEEDS)
    return SomeToPublish(
        [ToPublish(contract, lacking_of(code_facts(contract, today))) for _, contract in rows], page.next_after
    )


INVITATION_HEADS = (
    "Reference number", "Title", "Description of goods or services sought", "Start date", "End date", "Review date",
    "Department responsible",
)  # fmt: skip
"""Local Government Transparency Code 2015, part 2.1: what is published of each invitation to tender."""

INVITES = tuple(sorted(OPENING))


def invitations_in(quarter: Quarter) -> list[tuple[Lot, Notice]]:
    """Lots over the Code's sum that bidders were invited to in a quarter, by the day of their notice."""
    rows = db.session.execute(
        select(Lot, Notice)
        .join(Notice, Notice.lot_id == Lot.id)
        .join(Procurement, Lot.procurement_id == Procurement.id)
        .where(
            Notice.kind.in_(INVITES), Notice.published_on.between(quarter.begins_on, quarter.ends_on),
            or_(Procurement.value_gross.is_(None), Procurement.value_gross > CODE_ABOVE),
        )
        .options(selectinload(Lot.procurement).selectinload(Procurement.lead_post))
        .order_by(Notice.published_on, Lot.id)
    )  # fmt: skip
    return [(lot, notice) for lot, notice in rows]


def invitation_row(lot: Lot, notice: Notice) -> list[Value]:
    """An invitation as the Code asks for it. Its dates are those the contract is to have."""
    file = lot.procurement
    starts_on, months = file.service_starts_on, file.initial_months
    return [
        lot.reference, lot.full_title, file.description or file.need, starts_on,
        ends_after(starts_on, months) if starts_on and months else None, None,
        file.lead_post.name if file.lead_post else "",
    ]  # fmt: skip


def rows_to_publish(quarter: Quarter, today: date) -> Iterator[tuple[Sequence[Value], bool]]:
    """All rows of a quarter as the public gets them, and for each whether it lacks something."""
    for batch in batches(EVERY, EVERYBODY, *in_force(quarter)):
        hidden = hidden_of([contract.id for _, contract in batch])
        for _, contract in batch:
            kept_back = frozenset(hidden.get(contract.id, {}))
            yield code_row(contract, today, kept_back), bool(lacking_of(code_facts(contract, today)))


def publications() -> list[Publication]:
    """All that were ever published, the newest quarter first."""
    return list(
        db.session.scalars(
            select(Publication)
            .options(selectinload(Publication.published_by))
            .order_by(Publication.quarter.desc(), Publication.number.desc())
        )
    )


def publication_of(quarter: str, number: int) -> Publication | None:
    """One publication by its place."""
    return db.session.scalars(
        select(Publication).where(Publication.quarter == quarter, Publication.number == number)
    ).one_or_none()
