"""Writing the letters of a round: what each tells of its contract, in few statements, with no transaction open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from procure.contract.models import Contract, EndDecision, Payment
from procure.contract.rules import WhatFollows
from procure.council.law import planning_england
from procure.extensions import db
from procure.mail.actions import Around, Outgoing, around_letters, written
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.reminder.due import due_of, in_parts
from procure.reminder.keys import new_key
from procure.reminder.letters import (
    SHOWN_TOGETHER,
    Silent,
    Subject,
    calendar_for,
    facts_for,
    facts_together,
    letter_name,
)
from procure.reminder.models import Reminder
from procure.reminder.recipients import Recipient, Recipients
from procure.reminder.rules.going import Due, answer_by
from procure.reminder.rules.kinds import DIGEST_LETTER, SETTLED_BY_A_DECISION, ReminderKind
from procure.suppliers.models import Supplier


@dataclass
class DueLetter:
    """A letter as it is written: the reminders in it, to whom, and its key."""

    due: list[Due]
    to: Recipient
    is_weekly: bool
    key: str = field(default_factory=new_key)
    words: Outgoing | None = None
    settled: set[int] = field(default_factory=set)

    @property
    def gate(self) -> int:
        """The reminder that stands for the whole letter when two clocks want it."""
        return min(one.id for one in self.due)


_TOLD = (
    Contract.title, Contract.reference, Contract.ends_on, Contract.value_stated, Contract.value_basis,
    Contract.value_gross, Contract.supplier_id, Contract.manager_post_id,
)  # fmt: skip
"""What a letter tells of a contract; a round reads no more of it."""


def write(letters: Sequence[DueLetter], recipients: Recipients, today: date, at: datetime) -> dict[int, str]:
    """Write the words of letters, with no transaction open for writing. What failed, by reminder."""
    told = [due for letter in letters for due in letter.due[:SHOWN_TOGETHER]]
    subjects, decided = subjects_of(told, today), _decided(letters)
    around, until = around_letters(), answer_by(today, planning_england())
    problems: dict[int, str] = {}
    for letter in letters:
        try:
            letter.settled = {
                due.id for due in letter.due if due.contract_id in decided and _asks_to_decide(due, subjects)
            }
            shown = [subjects[due.id] for due in letter.due[:SHOWN_TOGETHER]]
            _word(letter, shown, recipients, around, today, until, at)
        except Exception as problem:
            sentence = problem.sentence if isinstance(problem, Refusal) else f"{type(problem).__name__}: {problem}"
            problems |= {due.id: sentence for due in letter.due}
    return problems


def _asks_to_decide(due: Due, subjects: dict[int, Subject]) -> bool:
    """Whether a decision about the end answers it; of what asks again, whether it answers what was asked first."""
    kind = subjects[due.id].root.kind if due.id in subjects else due.kind
    return kind in SETTLED_BY_A_DECISION


def _word(
    letter: DueLetter, subjects: list[Subject], recipients: Recipients, around: Around, today: date, until: date,
    at: datetime,
) -> None:  # fmt: skip
    first, to = subjects[0], letter.to
    if len(letter.due) == 1:
        name, about = letter_name(first), first.reference
        above = recipients.above(to.post.id, today) if to.post else None
        facts = facts_for(first, to, above, letter.key, today, until)
    else:
        name, about = DIGEST_LETTER, ""
        facts = facts_together(subjects, len(letter.due), to, letter.key, today, until, weekly=letter.is_weekly)
    letter.words = written(
        name, around=around, to=to.person, to_post=to.post_name, facts=facts, about=about,
        once=f"reminder {letter.gate}", secret=letter.key, calendar=calendar_for(subjects, at),
    )  # fmt: skip


def _decided(letters: Sequence[DueLetter]) -> set[int]:
    """Contracts of these letters about whose present end somebody has decided, so that no answer is waited for."""
    ids = sorted({due.contract_id for letter in letters for due in letter.due if due.contract_id is not None})
    fell = exists().where(Procurement.ending_contract_id == Contract.id, Procurement.stage == Stage.ABANDONED)
    found: set[int] = set()
    for some in in_parts(ids):
        found |= set(
            db.session.scalars(
                select(EndDecision.contract_id)
                .join(Contract, Contract.id == EndDecision.contract_id)
                .where(
                    EndDecision.contract_id.in_(some), EndDecision.about_end_on == Contract.ends_on,
                    (EndDecision.choice != WhatFollows.BUY_AGAIN) | ~fell,
                )
            )
        )  # fmt: skip
    return found


def subjects_of(due: Sequence[Due], today: date) -> dict[int, Subject]:
    """What each reminder tells of: the contract with what was paid, and of an escalation the silent post."""
    lines = _lines_of(due)
    ids = sorted({one.contract_id for one in due if one.contract_id is not None})
    contracts: dict[int, Contract] = {}
    paid: dict[int, Decimal] = {}
    for some in in_parts(ids):
        rows = db.session.scalars(
            select(Contract)
            .where(Contract.id.in_(some))
            .options(
                load_only(*_TOLD), joinedload(Contract.supplier).load_only(Supplier.name),
                selectinload(Contract.options), selectinload(Contract.end_decisions),
                selectinload(Contract.followed_by),
            )
        )  # fmt: skip
        contracts |= {contract.id: contract for contract in rows}
        sums = db.session.execute(
            select(Payment.contract_id, func.sum(Payment.amount_gross))
            .where(Payment.contract_id.in_(some), Payment.paid_on <= today)
            .group_by(Payment.contract_id)
        )
        paid |= {contract_id: Decimal(total) for contract_id, total in sums}
    return {
        one.id: Subject(
            one, lines[one.id][0], contracts.get(one.contract_id or 0), paid.get(one.contract_id or 0, Decimal(0)),
            lines[one.id][1],
        )
        for one in due
    }  # fmt: skip


def _lines_of(due: Sequence[Due]) -> dict[int, tuple[Due, Silent | None]]:
    """For each reminder the first of its line and, of an escalation, the letter that nobody answered."""
    earlier: dict[int, Reminder] = {}
    wanted = {one.follows_id for one in due if one.follows_id is not None}
    while wanted:
        rows = db.session.scalars(
            select(Reminder)
            .where(Reminder.id.in_(wanted))
            .options(joinedload(Reminder.sent_post), joinedload(Reminder.post))
        )
        found = {row.id: row for row in rows}
        earlier |= found
        wanted = {row.follows_id for row in found.values() if row.follows_id is not None} - set(earlier)
    lines: dict[int, tuple[Due, Silent | None]] = {}
    for one in due:
        root, silent = one, None
        if one.follows_id in earlier:
            before = earlier[one.follows_id]
            if one.kind is ReminderKind.ESCALATION:
                post = before.sent_post or before.post
                silent = Silent(post.name if post else "administrator", before.sent_on, before.answer_by_on)
            while before.follows_id in earlier:
                before = earlier[before.follows_id]
            root = due_of(before)
        lines[one.id] = (root, silent)
    return lines
