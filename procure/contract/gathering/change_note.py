"""From a change and its note to the paper that both parties sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from procure import words
from procure.award.gathering import council_facts
from procure.contract.documents import change_note as paper
from procure.contract.gathering.said import Pages, of_contract, signed_words
from procure.contract.life_facts import is_over_five_million, regime_of
from procure.contract.life_models import ContractChange
from procure.contract.life_rules import NoticeDuty
from procure.contract.rules import extended
from procure.documents.gaps import Gap
from procure.documents.kinds import Words
from procure.law.modifications import GROUNDS
from procure.law.regimes import Regime


def change_note(change: ContractChange, at: datetime) -> paper.ContractChangeNote:
    """Everything the note prints."""
    contract, note = change.contract, change.note
    pages = Pages(contract)
    href = f"/contracts/{contract.reference}/changes/{change.number}/note"
    return paper.ContractChangeNote(
        council=council_facts(),
        contract=of_contract(contract, pages),
        change=_change(change),
        note=paper.NoteOfChange(
            note.asked_by.label,
            note.asked_on,
            note.budget_text or ("No budget is touched" if not change.added_gross else Gap("budget", "The note", href)),
            note.legal_view or None,
        )
        if note is not None
        else Gap(f"who asked for change {change.number}, when, and from which budget it is paid", "The note", href),
        lines=tuple(_lines(change)),
        tests=tuple(_tests(change)),
        earlier=tuple(
            paper.EarlierChange(one.number, one.what, one.made_on, one.added_gross)
            for one in contract.changes
            if one.number < change.number
        ),
    )  # fmt: skip


def _change(change: ContractChange) -> paper.NotedChange:
    return paper.NotedChange(
        no=change.number,
        effective_on=change.made_on,
        description=change.what,
        reason=change.because,
        ground_label=change.ground.label,
        ground_source=_source(change),
        notice_text=_notice_text(change),
        has_notice=change.needs_notice,
        notice_reference=_published(change) if change.needs_notice else "None",
        copy_text=_copy_text(change),
        authority_text=signed_words(change.decision)
        if change.decision
        else "None needed: a clerical change, of no value and no month",
    )


def _source(change: ContractChange) -> str:
    regime = regime_of(change.contract) or Regime.PA2023
    row = next((row for row in GROUNDS if (row.ground, row.regime) == (change.ground, regime)), None)
    return row.source if row else "the Act does not test it"


def _tests(change: ContractChange) -> Iterator[paper.TestLine]:
    """The tests as they were answered on the day, without the line that speaks of the notice."""
    for line in change.tested.splitlines()[:-1]:
        name, parted, said = line.partition(": ")
        if parted:
            yield paper.TestLine(name, said)


def _notice_text(change: ContractChange) -> Words:
    lines = change.tested.splitlines()
    if lines:
        return lines[-1]
    return "A contract change notice is needed." if change.needs_notice else "No contract change notice is needed."


def _published(change: ContractChange) -> Words:
    """The notice comes before the change: until it is published the note has a gap."""
    contract = change.contract
    owed = next(
        (
            one for one in contract.life_notices
            if one.duty is NoticeDuty.CHANGE and one.about_on == change.made_on
        ), None,
    )  # fmt: skip
    if owed is not None and owed.published_on is not None:
        return f"{owed.reference}, published on {words.day(owed.published_on)}"
    path = f"notices/{owed.id}" if owed else "performance"
    meaning = "reference of the published contract change notice"
    return Gap(meaning, "Notices it owes", f"/contracts/{contract.reference}/{path}")


def _copy_text(change: ContractChange) -> str:
    contract = change.contract
    copy = next((one for one in contract.life_notices if one.duty is NoticeDuty.COPY), None)
    if change.needs_notice and is_over_five_million(contract) and regime_of(contract) is Regime.PA2023 and copy:
        return f"Needed by {words.day(copy.due_on)}: the contract is over £5 million (section 77)"
    if not is_over_five_million(contract):
        return "Not needed: the contract is not over £5 million"
    return "Not needed: the change needs no contract change notice"


def _lines(change: ContractChange) -> Iterator[paper.ChangedLine]:
    """Value and end before and after, counted back from today over the changes that came later."""
    contract = change.contract
    since = [one for one in contract.changes if one.number > change.number]
    now = contract.full_gross if contract.full_gross is not None else contract.worth
    if change.added_gross and now is not None:
        after = now - sum((one.added_gross for one in since), Decimal(0))
        named = "Most it can be worth, including VAT" if contract.full_gross is not None else "Value, including VAT"
        yield paper.ChangedLine(named, words.pence(after - change.added_gross), words.pence(after))
    if change.added_months and contract.ends_on is not None:
        used = sum(one.months for one in contract.options if one.used_on and one.used_on > change.made_on)
        after_on = extended(contract.ends_on, -used - sum(one.added_months for one in since))
        before_on = extended(after_on, -change.added_months)
        yield paper.ChangedLine("End of the contract", words.day(before_on), words.day(after_on))
