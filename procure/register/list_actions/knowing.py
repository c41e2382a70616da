"""What is on record already that a list may speak of: suppliers by number and name, posts by name, contracts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from procure.contract.models import Contract
from procure.extensions import db
from procure.folding import folded
from procure.people.models import Holding, Person, Post, PostName
from procure.register.list_models import Listed
from procure.register.list_rules.rows import Said
from procure.suppliers.models import Supplier
from procure.suppliers.rules import company_number, plain_number

_LEGAL_FORM = {"limited": "ltd", "incorporated": "inc", "company": "co", "&": "and"}
_WORDS = re.compile(r"[a-z0-9]+|&")


def plain_name(name: str) -> str:
    """A supplier's name as it is compared: "The Smith & Sons Limited" is "smith and sons ltd"."""
    parts = [_LEGAL_FORM.get(word, word) for word in _WORDS.findall(folded(name).replace("'", ""))]
    return " ".join(parts[1:] if len(parts) > 1 and parts[0] == "the" else parts)


@dataclass(frozen=True, slots=True)
class NewSupplier:
    """A supplier whom a list names and nobody has on record."""

    name: str
    company_number: str
    charity_number: str
    address: str


class Suppliers:
    """Finds the supplier a row names: by company or charity number, else by name; else a new one, once."""

    def __init__(self) -> None:
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str, str]]] = {}
        self.new: list[NewSupplier] = []
        columns = (Supplier.id, Supplier.name, Supplier.company_number, Supplier.charity_number)
        for key, name, company, charity in db.session.execute(select(*columns).order_by(Supplier.id)):
            self._know(key, name, company, charity)

    def _know(self, key: int, name: str, company: str, charity: str) -> None:
        if company:
            self._by_number.setdefault(f"company {company}", key)
        if charity:
            self._by_number.setdefault(f"charity {charity}", key)
        self._by_name.setdefault(plain_name(name), []).append((key, company, charity))

    def meant_by(self, said: Said) -> int:
        """The key of the supplier; a new one has a number below zero: its place in `new`, from -1 on."""
        company = company_number(said.company_number) if said.company_number else ""
        charity = plain_number(said.charity_number).replace("-", "") if said.charity_number else ""
        for number in (f"company {company}" if company else "", f"charity {charity}" if charity else ""):
            if number and number in self._by_number:
                return self._by_number[number]
        for key, its_company, its_charity in self._by_name.get(plain_name(said.supplier), ()):
            if not (company and its_company) and not (charity and its_charity):
                return key
        self.new.append(NewSupplier(said.supplier, company, charity, said.address))
        key = -len(self.new)
        self._know(key, said.supplier, company, charity)
        return key


class Owners:
    """Finds the post a row names: by its name, an alias, or the name of whoever holds it today."""

    def __init__(self, today: date, default_id: int | None) -> None:
        self.default_id = default_id
        self._found: dict[str, int] = {}
        held = select(Person.name, Holding.post_id).join(Holding, Holding.person_id == Person.id)
        current = held.where(Holding.from_on <= today, or_(Holding.until_on.is_(None), Holding.until_on >= today))
        for name, post_id in db.session.execute(current.order_by(Holding.id)):
            self._found.setdefault(folded(name), post_id)
        aliases = select(PostName.name, PostName.post_id).join(Post, Post.id == PostName.post_id)
        for name, post_id in db.session.execute(aliases.where(Post.ended_on.is_(None))):
            self._found[folded(name)] = post_id
        for name, post_id in db.session.execute(select(Post.name, Post.id).where(Post.ended_on.is_(None))):
            self._found[folded(name)] = post_id

    def meant_by(self, name: str) -> int | None:
        """The post of that name; None where nobody is called so."""
        return self._found.get(folded(name))


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A contract as it stands here, and what its list last said of it."""

    values: Mapping[str, Any]
    said: str
    facts: Mapping[str, Any]

    @property
    def id(self) -> int:
        return int(self.values["id"])


def on_record(keys: Iterable[str], references: Iterable[str]) -> dict[str, OnRecord]:
    """Contracts by their import keys and by our own references."""
    found: dict[str, OnRecord] = {}
    table: Any = Contract.__table__
    wanted = (Contract.import_key, list(keys)), (Contract.reference, list(references))
    for column, these in wanted:
        for begin in range(0, len(these), 400):
            asked = (
                select(table, Listed.said, Listed.facts)
                .outerjoin(Listed, Listed.contract_id == table.c.id)
                .where(column.in_(these[begin : begin + 400]))
            )
            for row in db.session.execute(asked):
                values = dict(row._mapping)
                said, facts = values.pop("said"), values.pop("facts")
                one = OnRecord(values, said or "", json.loads(facts) if facts else {})
                found[str(values["import_key"] if column is Contract.import_key else values["reference"])] = one
    return found
