"""What a column of a list may hold, and which of ours a heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from procure.choices import Labelled
from procure.contract.rules import ValueBasis
from procure.folding import folded
from procure.refusals import Refusal


class NotAList(Refusal):
    """The file holds no list of contracts that can be read."""


class Holds(Labelled):
    """What a column holds."""

    REFERENCE = "reference", "Reference"
    TITLE = "title", "Title"
    DESCRIPTION = "description", "Description"
    SUPPLIER = "supplier", "Supplier"
    COMPANY = "company_number", "Supplier’s company number"
    CHARITY = "charity_number", "Supplier’s charity number"
    ADDRESS = "supplier_address", "Supplier’s address"
    START = "starts_on", "Start date"
    END = "ends_on", "End date"
    VALUE = "value", "Value, VAT not stated"
    NET = "value_net", "Value without VAT"
    VAT = "value_vat", "VAT on it"
    GROSS = "value_gross", "Value including VAT"
    CURRENCY = "currency", "Currency"
    DEPARTMENT = "department", "Department"
    OWNER = "owner", "Owner"
    CPV = "cpv", "CPV code"
    PROCEDURE = "procedure", "How it was bought"
    STATUS = "status", "Status"
    NOTICE = "notice_months", "Notice, in months"
    SIGNED = "signed_on", "Day it was signed"


VALUES = (Holds.VALUE, Holds.NET, Holds.GROSS)
"""Columns a stated value may stand in; where there are several, the first counts."""

Columns = Mapping[Holds, int]
"""Which column, counted from nothing, holds what."""

_NO = r"(?: (?:no|num|number|code))?"

# In the order in which they are tried: a heading that says more comes before one that says less.
_HEADINGS: tuple[tuple[Holds, tuple[str, ...]], ...] = (
    (Holds.REFERENCE, (
        rf"contract (?:ref|reference|id|no|number){_NO}", "agreement (?:ref|reference|id|no|number)",
        rf"(?:our |council |your )?(?:ref|reference){_NO}", "(?:unique )?identifier", "notice identifier",
        "notice id", "id", "ocid", rf".*contract (?:ref|reference|id|no|number){_NO}",
    )),
    (Holds.TITLE, (
        "title of (?:the )?(?:agreement|contract)", "(?:contract|agreement|award|tender|notice|project) (?:title|name)",
        "title", "(?:name|subject) of (?:the )?(?:contract|agreement)", "contract", "agreement", "project",
        "contract subject", "(?:contract|agreement) description", "what(?: is it)?(?: for)?",
    )),
    (Holds.DESCRIPTION, (
        "(?:award|tender|contract|agreement|notice)? ?description(?: of .*)?", "details?", "scope", "summary",
        "goods (?:and|or) services.*",
    )),
    (Holds.COMPANY, (
        "(?:supplier |recipient org )?(?:company|companies house) (?:registration )?(?:no|number|reg|ref)",
        "(?:supplier )?company (?:registration|reg) (?:no|number)", "crn",
    )),
    (Holds.CHARITY, (
        "(?:supplier |recipient org )?(?:registered )?charity (?:registration )?(?:no|number)",
    )),
    (Holds.ADDRESS, (
        "supplier address street address", "(?:supplier|contractor|vendor) (?:full )?address",
        "recipient org street address", "supplier details",
    )),
    (Holds.SUPPLIER, (
        "(?:awarded |main |current )?(?:supplier|contractor|vendor|provider|company)(?: s)?(?: name)?s?",
        "awarded(?: to)?(?: supplier)?", "name of (?:the )?(?:supplier|contractor|provider|company)",
        "recipient org name", "successful (?:supplier|bidder|tenderer|contractor)",
        "supplier name (?:and|or) details?", "supplier s? ?name.*",
    )),
    (Holds.START, (
        "contract start(?: date)?", "start(?: date)?", "(?:contract )?commencement(?: date)?", "validity start",
        "(?:contract )?(?:begins?|commences?|from)(?: date)?", "planned dates start date", "effective (?:date|from)",
        "date (?:of )?(?:start|commencement)", "start date of .*", "agreement start(?: date)?",
    )),
    (Holds.END, (
        "current (?:contract )?end(?: date)?", "contract end(?: date)?", "end(?: date)?",
        "(?:contract )?expiry(?: date)?",
        "validity end",
        "(?:contract )?(?:ends?|expires?|finish(?:es)?|until|to)(?: on| date)?", "planned dates end date",
        "(?:contract )?expiration(?: date)?", "date (?:of )?(?:end|expiry)", "end date of .*", "completion date",
        "agreement end(?: date)?",
    )),
    (Holds.NOTICE, ("(?:contract )?notice(?: period)?(?: in)?(?: months)?",)),
    (Holds.SIGNED, ("(?:contract )?(?:date )?signed(?: on| date)?", "(?:signature|signing) date", "day it was signed")),
    (Holds.CURRENCY, ("currency", "(?:award|tender|contract) value currency")),
    (Holds.CPV, ("cpv(?: codes?| code and .*)?", "classification code", "main cpv(?: code)?")),
    (Holds.OWNER, (
        "contract (?:owner|manager|lead)(?: name)?", "(?:contract )?owner", "(?:lead|responsible|contact) officer",
        "officer(?: responsible)?", "(?:lead|responsible) manager", "manager", "owner post",
    )),
    (Holds.DEPARTMENT, (
        "(?:local authority )?department(?: responsible)?(?: name)?", "directorate", "(?:responsible )?service area",
        "(?:council )?service", "division", "department area", "business unit", "funding org department",
    )),
    (Holds.PROCEDURE, (
        "procedure(?: type| used)?", "(?:procurement|tender) (?:method|route|process|procedure|type)",
        "how it was bought", "tender process(?: used)?", "procurement method details",
    )),
    (Holds.STATUS, ("(?:contract |notice )?status", "(?:contract )?state")),
)  # fmt: skip

_VALUE = (
    "(?:total |whole )?contract value", "tcv", "award(?:ed)? value",
    "total (?:contract )?(?:value|cost|price|amount|sum)",
    "(?:original|current|agreement|lifetime|whole life|estimated|estimated total|overall) (?:contract )?value",
    "value(?: of (?:the )?(?:contract|agreement))?", "amount awarded", "contract (?:sum|price|amount|cost)",
    "tender value", "sum(?: to be)?(?: paid)?", "amount", "price", "cost", "award amount",
    "value over the .*", "net amount", "total invoice amount", "amount paid",
)  # fmt: skip
_IN_ORDER = tuple(
    (holds, tuple(re.compile(pattern) for pattern in patterns)) for holds, patterns in _HEADINGS
)  # fmt: skip
_VALUE_IN_ORDER = tuple(re.compile(pattern) for pattern in _VALUE)
_WITHOUT_VAT = re.compile(r"\b(?:ex|exc|excl|excluding|exclusive|without|net|less)(?: of)?(?: vat)?\b")
_WITH_VAT = re.compile(r"\b(?:inc|incl|including|inclusive|with|gross|plus)(?: of)?(?: vat)?\b")
_UNITS = re.compile(r"\b(?:gbp|pounds?|sterling|in)\b|£")
_VAT_ALONE = re.compile(r"(?:irrecoverable |non recoverable )?vat(?: amount| on it)?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[^a-z0-9]+")

_OF_PAYMENTS = re.compile(
    r"payment|\bpaid\b|invoice|transaction|expenditure|cost cent(?:re|er)|account detail|voucher|payee|"
    r"ledger|\bnet amount\b"
)
_OF_CONTRACTS = re.compile(r"contract|agreement|tender|award|\bend\b|expiry|\btitle\b|supplier reference|cpv|\bstart\b")
PAYMENTS = (
    "This is a list of payments, not of contracts: each row says who was paid, when and how much. Bring in your list "
    "of contracts. If these are contracts after all, say which column holds their title."
)


def plain_heading(heading: str) -> str:
    """A heading as it is compared: "Contract End Date:" and "contractEndDate" are both "contract end date"."""
    return _MARKS.sub(" ", folded(_CAMEL.sub(" ", heading))).strip()


def basis_of(heading: str) -> ValueBasis:
    """What a heading says of the VAT in its values."""
    plain = plain_heading(heading)
    if _WITHOUT_VAT.search(plain):
        return ValueBasis.NET
    return ValueBasis.GROSS if _WITH_VAT.search(plain) else ValueBasis.UNKNOWN


def proposed(headings: Sequence[str]) -> dict[Holds, int]:
    """Which of our fields the columns of a table are, as far as their headings tell. Each column is one thing."""
    plain = [plain_heading(heading) for heading in headings]
    found: dict[Holds, int] = {}
    taken: set[int] = set()
    for holds, patterns in _IN_ORDER:
        at = _first(plain, taken, patterns)
        if at is not None:
            found[holds] = at
            taken.add(at)
    for at in _value_columns(plain, taken):
        holds = {ValueBasis.NET: Holds.NET, ValueBasis.GROSS: Holds.GROSS}.get(basis_of(headings[at]), Holds.VALUE)
        if holds not in found:
            found[holds] = at
            taken.add(at)
    if (
        vat := next((at for at, one in enumerate(plain) if at not in taken and _VAT_ALONE.fullmatch(one)), None)
    ) is not None:
        found[Holds.VAT] = vat
    if Holds.VALUE in found and (Holds.NET in found or Holds.GROSS in found):
        del found[Holds.VALUE]
    if Holds.TITLE not in found and Holds.DESCRIPTION in found and {Holds.REFERENCE, Holds.END} & found.keys():
        found[Holds.TITLE] = found.pop(Holds.DESCRIPTION)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _first(plain: Sequence[str], taken: set[int], patterns: Sequence[re.Pattern[str]]) -> int | None:
    for pattern in patterns:
        for at, heading in enumerate(plain):
            if at not in taken and pattern.fullmatch(heading):
                return at
    return None


def _value_columns(plain: Sequence[str], taken: set[int]) -> list[int]:
    """Columns that hold values, those that say most first."""
    bare = []
    for heading in plain:
        without = _UNITS.sub(" ", heading)
        for vat in (_WITHOUT_VAT, _WITH_VAT):
            without = vat.sub(" ", without)
        bare.append(" ".join(without.replace("vat", " ").split()))
    found = []
    for pattern in _VALUE_IN_ORDER:
        found += [
            at for at, heading in enumerate(bare)
            if at not in taken and at not in found and (pattern.fullmatch(heading) or pattern.fullmatch(plain[at]))
        ]  # fmt: skip
    return found


def holds_payments(headings: Sequence[str]) -> bool:
    """Whether a table is one of payments: invoices, ledger accounts, days of payment, and no contract in sight."""
    plain = [plain_heading(heading) for heading in headings]
    paid = sum(bool(_OF_PAYMENTS.search(heading)) for heading in plain)
    return paid >= 2 and not any(_OF_CONTRACTS.search(heading) for heading in plain)


def likeness(headings: Sequence[str]) -> int:
    """How much a row looks like the headings of such a list: the number of headings known, payments included."""
    plain = [plain_heading(heading) for heading in headings if heading]
    known = len(proposed(headings))
    return known + sum(bool(_OF_PAYMENTS.search(heading)) and len(heading) < 40 for heading in plain)


def letter_of(at: int) -> str:
    """How a spreadsheet calls a column: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
