"""What every row is made of: the declarative base, column types, and the mark of a recorded row."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Enum, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.types import DateTime, TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Stored without zone, always read back with one; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Pounds(TypeDecorator[Decimal]):
    """Money in pounds to the penny. Stored as whole pence, so that both databases count exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        pence = Decimal(value) * 100
        if pence != pence.to_integral_value():
            raise ValueError("Money is kept to the penny.")
        return int(pence)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / 100).quantize(Decimal("0.01"))


def one_of(kind: type[enum.Enum], name: str | None = None) -> Enum:
    """Column type for a choice: its stored word, checked by the database. `name` tells two columns of a kind apart."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base of every row."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Moment(), date: Date(), Decimal: Pounds(), str: Text()},
    )

    id: Mapped[int] = mapped_column(primary_key=True)


class Recorded:
    """A row whose every change is written to the trail.

    It may be changed only inside `audit.actions.act`. `version` counts its changes, so that the second
    of two savers is told and loses nothing.
    """

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[int]

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def trail_file(self) -> str:
        """Name of the file whose chain holds this row's entries: a reference, or the name of a room."""
        raise NotImplementedError(f"{type(self).__name__} does not say which file it belongs to.")

    def trail_name(self) -> str:
        """What an officer calls this row, for the history page."""
        return type(self).__name__


class Example:
    """A row whose contents may be invented for a demonstration; shown with the example mark."""

    is_example: Mapped[bool] = mapped_column(default=False)


REFERENCE = String(40)
"""Column type of references such as PRO-2027-014."""
