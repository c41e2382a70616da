"""Bringing the sums of the picture together: each transaction on PostgreSQL adds rows of its own."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select

from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.register.models import ContractSum

CELL = (ContractSum.quarter, ContractSum.state, ContractSum.on_it, ContractSum.department, ContractSum.band)


def bring_sums_together() -> int:
    """One row for each cell that counts anything. Answers how many rows there are.

    What another transaction adds meanwhile isn't seen here and stays as it is. Two at once are harmless: the second
    waits for the rows the first removes, and finds them gone.
    """
    with own_transaction():
        gone = db.session.execute(delete(ContractSum).returning(*CELL, ContractSum.count, ContractSum.worth)).all()
        cells: dict[tuple[object, ...], list[object]] = {}
        for *key, count, worth in gone:
            cell = cells.setdefault(tuple(key), [0, 0])
            cell[0] += count  # type: ignore[operator]
            cell[1] += worth  # type: ignore[operator]
        kept = [
            dict(zip([column.key for column in CELL], key, strict=True)) | {"part": 0, "count": count, "worth": worth}
            for key, (count, worth) in cells.items()
            if count or worth
        ]
        if kept:
            db.session.execute(insert(ContractSum), kept)
    return db.session.scalar(select(func.count()).select_from(ContractSum)) or 0
