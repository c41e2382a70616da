"""What people and the council choose: one letter or many, a calendar's address, and how far ahead each letter goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.contract.models import Contract
from procure.contract.rules import Tier
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal
from procure.reminder.keys import hash_of, new_key
from procure.reminder.models import ContractOffsets, LetterChoice, ReminderOffsets
from procure.reminder.planning import request_all_plans
from procure.reminder.rules.kinds import ReminderKind, codes, read_offsets


class WhyOtherOffsets(Refusal):
    """A change of when letters go says why."""


def choose_letters(person: Person, *, weekly: bool) -> None:
    """Have reminders one by one, or together once a week."""
    with own_transaction():
        _choice_of(person).weekly = weekly


def new_calendar_address(person: Person, *, at: datetime) -> str:
    """The key of a new address for a person's calendar; the old address stops working. It is shown once."""
    key = new_key()
    with own_transaction():
        choice = _choice_of(person)
        choice.calendar_hash, choice.calendar_made_at = hash_of(key), at
    return key


def end_calendar_address(person: Person) -> None:
    """Let a person's calendar have no address any more."""
    with own_transaction():
        choice = _choice_of(person)
        choice.calendar_hash = choice.calendar_made_at = None


def _choice_of(person: Person) -> LetterChoice:
    found = db.session.scalars(select(LetterChoice).where(LetterChoice.person_id == person.id)).one_or_none()
    if found is None:
        found = LetterChoice(person_id=person.id, weekly=False)
        db.session.add(found)
    return found


def set_offsets(
    kind: ReminderKind, tier: Tier | None, offsets: str, *, because: str, by: Actor, at: datetime
) -> ReminderOffsets:
    """Say how long before its day the council tells a kind of date, from today. Every contract is planned anew."""
    ahead = codes(read_offsets(offsets))
    if not because.strip():
        raise WhyOtherOffsets("Say where this is written, or why.", field="because")
    with act(f"changed when letters go: {kind.label.lower()}", on="council", by=by, at=at, note=because):
        row = ReminderOffsets(kind=kind, tier=tier, ahead=ahead, because=because, from_on=legal_day(at))
        db.session.add(row)
        db.session.flush()
        request_all_plans()
    return row


def set_own_offsets(
    contract: Contract, kind: ReminderKind, offsets: str, *, because: str, by: Actor, at: datetime
) -> ContractOffsets:
    """Say how long before its day one contract is told of a kind of date. Its reminders follow in the same act."""
    ahead = codes(read_offsets(offsets))
    if not because.strip():
        raise WhyOtherOffsets("Say why this contract differs.", field="because")
    row = own_row(contract, kind)
    with act(f"changed when letters go: {kind.label.lower()}", on=contract, by=by, at=at, note=because):
        if row is None:
            row = ContractOffsets(contract_id=contract.id, contract=contract, kind=kind, ahead=ahead, because=because)
            db.session.add(row)
        else:
            row.ahead, row.because = ahead, because
    return row


def drop_own_offsets(row: ContractOffsets, *, by: Actor, at: datetime) -> None:
    """Let a contract follow the council's rule again."""
    with act(f"let letters go as the council’s rule says: {row.kind.label.lower()}", on=row.contract, by=by, at=at):
        db.session.delete(row)


def own_row(contract: Contract, kind: ReminderKind) -> ContractOffsets | None:
    """What one contract differs by for a kind; None where it follows the council's rule."""
    return db.session.scalars(
        select(ContractOffsets).where(ContractOffsets.contract_id == contract.id, ContractOffsets.kind == kind)
    ).one_or_none()
