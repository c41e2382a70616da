"""The daily round: roll contracts on, plan what was asked for, pass on what nobody answered, send what is due.

Any number of rounds at once are harmless: a reminder is planned once (unique), claimed by one, and queued once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import aliased, joinedload

from procure import words
from procure.audit.actions import NEW_ROW, Machine, act
from procure.contract.models import Contract
from procure.contract.rolling import roll_on_due
from procure.contract.rules import ContractState
from procure.extensions import db
from procure.mail.rounds import beat, own_transaction
from procure.reminder.due import due_ids
from procure.reminder.models import Reminder
from procure.reminder.planning import Planned, plan_requested, what_is_requested
from procure.reminder.recipients import Recipients
from procure.reminder.rules.going import TIMES_PASSED_ON
from procure.reminder.rules.kinds import Ahead, ReminderKind
from procure.reminder.sending import send_due

__all__ = ["Done", "daily_round", "due_ids", "escalate", "plan", "send_due", "unanswered", "what_to_plan"]

ROUND = Machine("The daily round")

AT_A_TIME = 500


@dataclass
class Done:
    """What a round did."""

    planned: int = 0
    cancelled: int = 0
    sent: int = 0
    letters: int = 0
    escalated: int = 0
    rolled: int = 0
    """Contracts that ran on because nobody gave notice."""
    problems: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.rolled or self.planned or self.cancelled or self.sent or self.escalated or self.problems)

    @property
    def words(self) -> str:
        """ "2 reminders sent, 1 passed on"."""
        together = f" in {words.plural(self.letters, 'letter')}" if self.letters != self.sent else ""
        parts = [
            f"{words.plural(self.rolled, 'contract')} rolled on" if self.rolled else "",
            f"{words.plural(self.planned, 'reminder')} planned" if self.planned else "",
            f"{self.cancelled} cancelled" if self.cancelled else "",
            f"{words.plural(self.sent, 'reminder')} sent{together}" if self.sent else "",
            f"{self.escalated} passed on to the next post up" if self.escalated else "",
            f"{len(self.problems)} could not be done" if self.problems else "",
        ]
        return ", ".join(part for part in parts if part) or "nothing was due"


def daily_round(today: date, *, at: datetime) -> Done:
    """Roll on, plan, pass on and send. One entry in the trail, and only when there was something to do."""
    rolled, not_rolled = roll_on_due(today, at)
    done = plan(today, at=at)
    done.rolled = rolled
    done.escalated = escalate(today, at=at)
    sent = send_due(today, at=at)
    done.sent, done.letters, done.problems = sent.reminders, sent.letters, [*not_rolled, *sent.problems]
    if not done.is_nothing:
        with act("ran the daily round", on="reminders", by=ROUND, at=at, note=done.words):
            pass
    beat("daily round", began_at=at, ended_at=at, said=words.sentence(done.words))
    return done


def plan(today: date, *, at: datetime) -> Done:
    """Plan what was asked for. What was sent stays."""
    return _as_done(plan_requested(today, at=at))


def what_to_plan(today: date) -> Done:
    """What `plan` would do, done to nothing."""
    return _as_done(what_is_requested(today))


def _as_done(planned: Planned) -> Done:
    return Done(planned=planned.planned, cancelled=planned.cancelled)


# ── passing on ──


def unanswered(today: date) -> list[Reminder]:
    """Letters sent whose answer is overdue, which nothing has settled and nobody passed on far enough."""
    rows = db.session.scalars(
        select(Reminder)
        .outerjoin(Contract, Contract.id == Reminder.contract_id)
        .where(
            Reminder.sent_on.is_not(None),
            Reminder.acknowledged_at.is_(None),
            Reminder.settled_on.is_(None),
            Reminder.escalated_on.is_(None),
            Reminder.cancelled_at.is_(None),
            Reminder.answer_by_on < today,
            Contract.id.is_(None) | (Contract.state == ContractState.LIVE),
        )
        .options(joinedload(Reminder.post), joinedload(Reminder.sent_post))
        .order_by(Reminder.answer_by_on, Reminder.id)  # the order of its index: by id SQLite would read them all
    )
    return list(rows)


def escalate(today: date, *, at: datetime) -> int:
    """Plan a letter to the next post up for each that nobody answered in time; it goes with the round.

    Twice at most: to the next post, then to the one above it. What cannot go further is marked all the same, so that
    it isn't looked at again.
    """
    late = unanswered(today)
    if not late:
        return 0
    posts = {one.id: one.sent_post_id or one.post_id for one in late}
    recipients = Recipients((post_id, today) for post_id in posts.values() if post_id is not None)
    passed_on = 0
    for begin in range(0, len(late), AT_A_TIME):
        some = late[begin : begin + AT_A_TIME]
        depth = _times_passed_on([one.id for one in some])
        going = []
        for one in some:
            post_id = posts[one.id]
            above = recipients.above(post_id, today) if post_id and depth[one.id] < TIMES_PASSED_ON else None
            going.append((one, above.post.id if above and above.post else None))
        passed_on += _pass_on(going, today)
    return passed_on


def _times_passed_on(ids: list[int]) -> dict[int, int]:
    """How often each letter's question has been passed on before."""
    first, second = aliased(Reminder), aliased(Reminder)
    rows = db.session.execute(
        select(Reminder.id, Reminder.kind, first.kind, second.kind)
        .outerjoin(first, first.id == Reminder.follows_id)
        .outerjoin(second, second.id == first.follows_id)
        .where(Reminder.id.in_(ids))
    )
    return {id_: sum(kind is ReminderKind.ESCALATION for kind in kinds) for id_, *kinds in rows}


def _pass_on(going: list[tuple[Reminder, int | None]], today: date) -> int:
    facts = {
        one.id: following(one, ReminderKind.ESCALATION, post_id, today) for one, post_id in going if post_id is not None
    }
    ids = [one.id for one, _ in going]
    with own_transaction():
        table = Reminder.__table__
        open_ones = table.c.id.in_(ids) & table.c.escalated_on.is_(None) & table.c.acknowledged_at.is_(None)
        marked = db.session.connection().execute(
            update(table).where(open_ones).values(escalated_on=today).returning(table.c.id)  # type: ignore[arg-type]
        )
        rows = [facts[id_] for (id_,) in marked if id_ in facts]
        return add_following(rows)


def following(one: Reminder, kind: ReminderKind, post_id: int | None, send_on: date) -> dict[str, Any]:
    """A reminder that asks again about the same thing, as a row."""
    return {
        "of": one.of, "contract_id": one.contract_id, "terms_version": one.terms_version, "kind": kind,
        "item": f"{one.id}", "said": one.said, "ahead": Ahead(0).code, "about_on": one.about_on, "due_on": send_on,
        "send_on": send_on, "post_id": post_id, "follows_id": one.id, "passed_over": False,
    }  # fmt: skip


def add_following(rows: list[dict[str, Any]]) -> int:
    """Put in reminders that follow others. Each follows once; one that is there already is left."""
    if not rows:
        return 0
    table = Reminder.__table__
    new = NEW_ROW[db.session.get_bind().dialect.name](table).on_conflict_do_nothing()
    return len(db.session.connection().execute(new.returning(table.c.id), rows).all())
