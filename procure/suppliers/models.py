"""Suppliers: one row each, however often they bid."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from procure.rows import Base, Example, Recorded


class Supplier(Example, Recorded, Base):
    """Somebody we buy from or who has bid."""

    __tablename__ = "supplier"

    name: Mapped[str] = mapped_column(index=True)
    company_number: Mapped[str] = mapped_column(default="")
    charity_number: Mapped[str] = mapped_column(default="")
    identifier: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    is_vcse: Mapped[bool | None]
    is_sme: Mapped[bool | None]

    def trail_file(self) -> str:
        return "suppliers"

    def trail_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name
