"""How two records of a supplier are known to be of the same one: by a number, never by a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMPANY, CHARITY = "GB-COH", "GB-CHC"
"""Schemes of org-id.guide: Companies House; the Charity Commission for England and Wales."""
COMPANY_DIGITS = 8
ANOTHER = "another"
"""The answer that a supplier of the same name is somebody else."""


def plain_number(text: str) -> str:
    """A number as it is compared: no spaces, no punctuation, capitals, "GB-COH-01234567" left whole."""
    return re.sub(r"[^0-9A-Z-]", "", text.upper()).strip("-")


def company_number(text: str) -> str:
    """A Companies House number in its eight places: "1234567" is "01234567", "ce 012345" is "CE012345"."""
    plain = plain_number(text).replace("-", "")
    return plain.zfill(COMPANY_DIGITS) if plain.isdigit() else plain


def identifier_of(identifier: str, company: str, charity: str) -> str:
    """The identifier by which open data names a supplier: the one given, else made from a number; empty without one."""
    if identifier.strip():
        return plain_number(identifier)
    if company.strip():
        return f"{COMPANY}-{company_number(company)}"
    if charity.strip():
        return f"{CHARITY}-{plain_number(charity).replace('-', '')}"
    return ""


def numbers_of(identifier: str, company: str, charity: str) -> frozenset[str]:
    """Everything by which a supplier can be known again."""
    made = {identifier_of(identifier, "", ""), identifier_of("", company, ""), identifier_of("", "", charity)}
    return frozenset(made - {""})


@dataclass(frozen=True)
class Particulars:
    """A supplier as it is typed."""

    name: str
    email: str = ""
    contact_name: str = ""
    address: str = ""
    company_number: str = ""
    charity_number: str = ""
    identifier: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        return numbers_of(self.identifier, self.company_number, self.charity_number)
