"""The index of contracts, kept by the database itself; saved views; what is kept back from the public; publications."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.models import Contract
from procure.people.models import Person
from procure.register.rules.redacting import Hidden
from procure.rows import Base, Example, Recorded, one_of

PLACE = BigInteger().with_variant(Integer(), "sqlite")


class ContractPlace(Base):
    """Where a contract stands in the list, and by what it is narrowed. Triggers keep it; no code writes it.

    `id` is the place itself: first those that aren't over, then by end, then by key (see `facts.listing.place_of`). A
    page of the list, and of what a search finds, is a range of it. `public` is 0 where nobody outside sees the
    contract, 2 where something that is searched is kept back, else 1.
    """

    __tablename__ = "contract_place"
    __table_args__ = (
        Index("ix_contract_place_department", "department", "id", "on_it", "band", "state"),
        Index("ix_contract_place_on_it", "on_it", "id", "department", "band", "state"),
        Index("ix_contract_place_band", "band", "id", "department", "on_it", "state"),
        Index("ix_contract_place_supplier_id", "supplier_id", "id"),
        Index("ix_contract_place_owner_post_id", "owner_post_id", "id"),
    )

    id: Mapped[int] = mapped_column(PLACE, primary_key=True, autoincrement=False)
    contract_id: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(40))
    on_it: Mapped[str] = mapped_column(String(40))
    department: Mapped[str]
    band: Mapped[str] = mapped_column(String(1))
    worth: Mapped[Decimal | None]
    ends_on: Mapped[date | None]
    supplier_id: Mapped[int | None]
    owner_post_id: Mapped[int | None]
    public: Mapped[int]


class ContractText(Base):
    """The words by which a contract is found: plain text for the index of SQLite, a vector on PostgreSQL."""

    __tablename__ = "contract_text"

    id: Mapped[int] = mapped_column(PLACE, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


class ContractSum(Base):
    """How many contracts end in a quarter, and what they are worth, by all that can be narrowed without words.

    `quarter` counts from the year 0; it is 0 where no end is known. Several rows may count the same: on PostgreSQL each
    transaction adds to its own `part`, so that no writer waits for another; the daily round brings them together.
    """

    __tablename__ = "contract_sum"
    __table_args__ = (UniqueConstraint("quarter", "state", "on_it", "department", "band", "part"),)

    quarter: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    on_it: Mapped[str] = mapped_column(String(40))
    department: Mapped[str]
    band: Mapped[str] = mapped_column(String(1))
    part: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int]
    worth: Mapped[Decimal]


class ContractsComingIn(Base):
    """Keys of contracts that come in together, from the first to the last, while their act is open.

    As long as it stands the database lists no new contract by itself; when it is removed, before the act ends, it lists
    all of them at once.
    """

    __tablename__ = "contracts_coming_in"

    first_id: Mapped[int]
    last_id: Mapped[int]


class SavedView(Base):
    """A list somebody comes back to: its name, and what it asks as an address has it. Theirs alone; not recorded."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    asked: Mapped[str]

    person: Mapped[Person] = relationship()


class Redaction(Recorded, Base):
    """Something of a contract that the public register keeps back, and why."""

    __tablename__ = "redaction"
    __table_args__ = (UniqueConstraint("contract_id", "field"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    field: Mapped[Hidden] = mapped_column(one_of(Hidden))
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship()
    decided_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.contract.reference

    def trail_name(self) -> str:
        return f"Kept back: {self.field.label.lower()}"


class Publication(Example, Recorded, Base):
    """What was published of a quarter under the Transparency Code: the two files as they went out."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("quarter", "number"),)

    quarter: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    """1 for the first, and one more each time the quarter is published again."""
    contracts: Mapped[int]
    contracts_key: Mapped[str]
    contracts_sha256: Mapped[str]
    invitations: Mapped[int]
    invitations_key: Mapped[str]
    invitations_sha256: Mapped[str]
    lacking: Mapped[int]
    """Contracts that went out with something the Code asks for missing."""
    because: Mapped[str] = mapped_column(default="")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]

    published_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return "register"

    def trail_name(self) -> str:
        return f"Publication of {self.quarter}"
