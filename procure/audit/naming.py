"""What a column, a stored value and an act that failed are called in words, for History."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column

from procure import words
from procure.rows import Base, Pounds

NOT_TOLD = frozenset(
    {
        "is_example", "facts", "signed_canonical", "digest", "sha256", "template_sha256", "file_key", "media_type",
        "size", "result", "number", "prepared_at", "paused_from", "move", "salt", "from_stage", "to_stage",
        "terms_version", "import_key",
    }
)  # fmt: skip
"""Columns that prove or place something and tell a reader nothing."""

CALLED = {
    "act": "what is done", "alignment_text": "fit with the strategy", "annual_gross": "a year, including VAT",
    "annual_net": "a year, without VAT", "approved_gross": "value approved, including VAT",
    "advertised_gross": "value advertised, including VAT", "authority_chain": "the authority it rests on",
    "approver": "who approves", "began_on": "the day the work began without approval",
    "call_in_by": "who may call in", "call_in_ended_on": "end of the call-in",
    "call_in_grounds": "grounds of the call-in", "call_in_result": "what came of the call-in",
    "call_in_waived": "why it is exempt from call-in", "called_in_by": "who called it in",
    "called_in_on": "called in", "decided_at": "decided", "mode": "how it is asked", "outcome": "what came of it",
    "way": "what follows", "why_not_again": "why another competition is not possible",
    "supplier_checks": "what was checked about the supplier", "decided_words": "who decided",
    "decider_note": "note of who decided", "why_one": "why no other bid came",
    "value_reasons": "why the bid is good value", "concerns": "worries about competition",
    "is_direct": "offered directly, without competing",
    "paragraph": "paragraph of Schedule 12A", "public_interest": "why keeping it back serves the public",
    "review_on": "looked at again", "scrutiny_on": "scrutiny meets", "standing": "whether the public may read it",
    "superseded_on": "power ended from", "until_event": "until what happens",
    "may_nominate": "may name somebody to act", "call_in_days": "working days of call-in",
    "case": "why, in this case",
    "chair_name": "chair of scrutiny", "copies_at": "where copies are available",
    "cpv": "CPV codes", "decision_on": "day of the decision", "decision_until_on": "last day of the decision",
    "did": "what was done", "exception_published_on": "reasons of the exception published",
    "exception_reason": "why 28 clear days can’t be kept", "agreed_on": "chair of scrutiny agreed",
    "ended_because": "why it ended", "equality_text": "regard to the equality duty",
    "exempt_text": "what is withheld from the public", "extension_count": "number of options to extend",
    "extension_months": "months of each option", "financial_text": "the money in words",
    "further_reason": "why it is not awarded the contract", "initial_months": "months of the first term",
    "is_active": "in use", "is_key": "a key decision", "is_late": "late",
    "key_reason": "why it is, or isn’t, key", "private_paragraph": "paragraph of Schedule 12A for private business",
    "private_reason": "why business is private", "withdrawn_because": "why it was withdrawn",
    "key_text": "why it is, or isn’t, a key decision",
    "kind": "kind", "least_score": "lowest score that passes", "letter_asks": "what the winner is asked to do",
    "maker_interest": "the decision maker’s interest", "maker_interest_text": "what the interest is",
    "key_decision_gross": "value from which a decision is key, including VAT",
    "max_months": "longest term in months", "max_net": "most value, without VAT",
    "min_value_gross": "lowest value, including VAT", "seal_from_net": "value from which contracts are sealed",
    "max_value_gross": "limit of value, including VAT",
    "no_limit_confirmation": "the limit that Legal confirms", "no_limit_confirmed_at": "limit confirmed",
    "no_standstill_reason": "why there is no standstill", "notice_planned_on": "award notice planned for",
    "objection_reason": "why it goes ahead despite the objection", "ocid": "procurement id",
    "officer_answer": "the case officer’s answer", "over_reason": "why it may cost more than approved",
    "over_text": "how much more than approved, and why", "panel_size": "number of evaluators",
    "price_net": "price, without VAT", "price_weight": "weight of price", "sent_at": "sent",
    "silence_advice": "advice on the missing view", "silence_advised_at": "advised",
    "silence_reason": "why it is decided without a view", "standstill_days": "working days of standstill",
    "standstill_is_voluntary": "standstill is voluntary", "substitute_for": "why there is a substitute",
    "substitute_authority": "rule for the substitute", "told_on": "chair of scrutiny told",
    "tupe_staff_count": "staff who may transfer",
    "succession_authority": "authority for taking over its powers",
    "list_checked_on": "debarment list looked at", "list_edition": "edition of the debarment list",
    "is_listed": "on the debarment list", "about_name": "whom it is about", "is_approved": "approved",
    "self_cleaning": "what has been done since", "bidder_told_on": "bidder told", "minister_told_on": "minister told",
    "prices_opened_at": "prices known", "approver_words": "who decides", "because": "why",
    "value_gross": "value, including VAT", "value_net": "value, without VAT", "value_vat": "VAT",
    "vat_percent": "VAT in percent", "wards_label": "wards", "was_assessed": "assessed",
    "withheld_text": "what is withheld about the winner", "word_limit": "limit of words",
}  # fmt: skip
ENDINGS = (
    ("_gross", ", including VAT"), ("_net", ", without VAT"), ("_text", ""), ("_label", ""), ("_at", ""), ("_on", ""),
)  # fmt: skip


def column_of(table: str | None, name: str) -> Column[Any] | None:
    """The column an entry is about; None where it has gone since."""
    found = Base.metadata.tables.get(table or "")
    return found.c.get(name) if found is not None else None


def is_told(name: str) -> bool:
    """Whether History tells of a column. Keys of other rows are left out: names tell more."""
    return not name.endswith("_id") and name not in NOT_TOLD


def called(name: str) -> str:
    """A column in an officer’s words: "value, including VAT"."""
    if name in CALLED:
        return CALLED[name]
    for ending, said in ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending).replace("_", " ") + said
    return name.removeprefix("is_").removeprefix("has_").replace("_", " ")


SEALED = "(sealed)"
"""Stands where a value is shown by its own room only, such as a price or one evaluator’s score."""


def is_sealed(table: str | None, name: str) -> bool:
    """Whether a column is marked as one whose values no history shows."""
    column = column_of(table, name)
    return column is not None and bool(column.info.get("sealed"))


def shown(table: str | None, name: str, value: Any) -> str:
    """A stored value as a reader knows it: money as money, a choice by its label, a day as a day."""
    if value is None or value == "":
        return "nothing"
    if is_sealed(table, name):
        return SEALED
    if value is True or value is False:
        return "yes" if value else "no"
    column = column_of(table, name)
    kind = getattr(column.type, "enum_class", None) if column is not None else None
    if kind is not None:
        return _label(kind, value)
    if column is not None and isinstance(column.type, Pounds):
        return words.pounds(Decimal(value))
    if isinstance(value, str):
        return _day_or_moment(value) if value[:2] == "20" and len(value) >= 10 else value
    return str(value)


def _label(kind: type[enum.Enum], value: Any) -> str:
    try:
        found = kind(value)
    except ValueError:
        return str(value)
    return str(getattr(found, "label", found.value)).lower()


def _day_or_moment(value: str) -> str:
    try:
        if len(value) == 10:
            return words.day(date.fromisoformat(value))
        return words.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


REFUSED = "tried and was refused: "
"""How the trail writes down an act that was refused."""
PLAIN = {
    "began": "begin", "changed": "change", "chose": "choose", "closed": "close", "committed": "commit",
    "completed": "complete", "declared": "declare", "described": "describe", "gave": "give", "issued": "issue",
    "invited": "invite", "left": "leave", "moved": "move", "planned": "plan", "prepared": "prepare", "put": "put",
    "ran": "run", "read": "read", "said": "say", "saw": "see", "scored": "score", "sent": "send", "set": "set",
    "stated": "state", "took": "take", "used": "use", "withdrew": "withdraw", "wrote": "write", "agreed": "agree",
    "decided": "decide", "proposed": "propose",
}  # fmt: skip
"""Verbs whose plain form isn’t the past one without its last two letters."""


def tried(said: str) -> str:
    """A refused act as an officer says it: "signed the decision" becomes "tried to sign the decision"."""
    verb, _, rest = said.partition(" ")
    plain = PLAIN.get(verb) or (verb.removesuffix("ed") if verb.endswith("ed") else "")
    return f"tried to {plain} {rest}".rstrip() if plain else f"was refused this: {said}"
