"""Chasing by itself, in the daily round: views before they are due, the signature before its day, the officer after.

Two rounds at once are harmless: each row is locked and looked at again, and a letter goes once. A round that comes
late does what the earlier ones missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from procure import words
from procure.audit.actions import ChangedMeanwhile, Machine, act
from procure.authority.actions import held
from procure.authority.facts import ASKING
from procure.authority.letters import is_sent, late_views_key, remind_to_sign, sign_key, tell_of_silence, to_consultee
from procure.authority.models import ConsulteeView, Decision
from procure.authority.question import why_it_cannot_stand
from procure.authority.rules import DecisionState
from procure.authority.rules.reminding import Reminding, is_to_be_chased, is_told_late, reminder_to_sign
from procure.council.law import planning_england
from procure.extensions import db
from procure.mail.rounds import beat
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal

ROUND = Machine("The daily round")


class _DoneByAnother(Exception):
    """Another round, or a person, was quicker. Nothing is left behind."""


@dataclass
class Chased:
    """What a round did."""

    chased: int = 0
    reminded: int = 0
    told: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """ "2 views chased, 1 decision maker reminded"."""
        parts = [
            f"{words.plural(self.chased, 'view')} chased" if self.chased else "",
            f"{words.plural(self.reminded, 'decision maker')} reminded" if self.reminded else "",
            f"{words.plural(self.told, 'case officer')} told who is silent" if self.told else "",
            f"{len(self.problems)} could not be done" if self.problems else "",
        ]
        return ", ".join(part for part in parts if part) or "nobody had to be chased"


def chase_round(today: date, *, at: datetime) -> Chased:
    """Chase each view once, remind whoever decides, tell the case officer who is silent. A file at rest is left so."""
    done = Chased()
    for decision_id in _going_on():
        views, missed = _views_to_chase(decision_id, today), _days_missed(decision_id, today)
        done.chased += sum(_tried(done, _chase, view_id, today, at) for view_id in views)
        done.reminded += _tried(done, _remind, decision_id, today, at)
        done.told += sum(_tried(done, _tell, decision_id, due_on, at) for due_on in missed)
    beat("chasing", began_at=at, ended_at=at, said=words.sentence(done.words))
    return done


def _tried(done: Chased, what: Callable[..., bool], *given: object) -> bool:
    """Whether something was done. What goes wrong with one is noted, and the next goes on."""
    try:
        return what(*given)
    except (_DoneByAnother, ChangedMeanwhile):
        return False
    except Refusal as refusal:
        done.problems.append(refusal.sentence)
        return False


def _going_on() -> list[int]:
    """Decisions out for views or with their maker, where somebody may still act on the file."""
    asking = select(Decision).where(Decision.state.in_(ASKING)).order_by(Decision.id)
    return [one.id for one in db.session.scalars(asking) if why_it_cannot_stand(one) is None]


# ── views ──


def _views_to_chase(decision_id: int, today: date) -> list[int]:
    """Views whose one chase is owed, and for whose post there is somebody to write to."""
    views = db.session.get_one(Decision, decision_id).views
    return [view.id for view in views if _is_owed_a_chase(view, today) and _reader_of(view, today) is not None]


def _is_owed_a_chase(view: ConsulteeView, today: date) -> bool:
    return is_to_be_chased(
        due_on=view.due_on, asked_on=legal_day(view.asked_at), is_chased=view.chased_at is not None,
        is_answered=view.answered_at is not None, today=today, calendar=planning_england(),
    )  # fmt: skip


def _reader_of(view: ConsulteeView, day: date) -> Person | None:
    return (view.substitute_post or view.post).acting_on(day)


def _chase(view_id: int, today: date, at: datetime) -> bool:
    view = db.session.get_one(ConsulteeView, view_id)
    with act(f"chased the {view.post.name}", on=view, by=ROUND, at=at):
        held(view.decision)
        db.session.refresh(view)
        if view.decision.state not in ASKING or not _is_owed_a_chase(view, today):
            raise _DoneByAnother
        view.chased_at = at
        to_consultee("chased", view, at=at)
    return True


# ── the decision maker ──


def _remind(decision_id: int, today: date, at: datetime) -> bool:
    decision = db.session.get_one(Decision, decision_id)
    owed = _owed_to_the_maker(decision, today)
    if owed is None or decision.post.acting_on(today) is None or is_sent(sign_key(decision, owed)):
        return False
    said = "reminded" if owed is Reminding.SOON else "reminded after the day to sign"
    with act(f"{said} the {decision.post.name}", on=decision, by=ROUND, at=at):
        held(decision)
        if _owed_to_the_maker(decision, today) is not owed or not remind_to_sign(decision, owed, at=at):
            raise _DoneByAnother
    return True


def _owed_to_the_maker(decision: Decision, today: date) -> Reminding | None:
    if decision.state is not DecisionState.SENT or decision.sent_at is None:
        return None
    return reminder_to_sign(decision.sign_by_on, legal_day(decision.sent_at), today, planning_england())


# ── the case officer ──


def _days_missed(decision_id: int, today: date) -> list[date]:
    """Days to answer that have passed without every answer, and of which the case officer has not been told."""
    decision = db.session.get_one(Decision, decision_id)
    days = {view.due_on for view in decision.views if view.answered_at is None and is_told_late(view.due_on, today)}
    return [day for day in sorted(days) if not is_sent(late_views_key(decision, day))]


def _tell(decision_id: int, due_on: date, at: datetime) -> bool:
    decision = db.session.get_one(Decision, decision_id)
    with act("told the case officer who has not answered", on=decision, by=ROUND, at=at):
        held(decision)
        silent = [view for view in decision.views if view.answered_at is None and view.due_on == due_on]
        if not silent or not tell_of_silence(decision, due_on, silent, at=at):
            raise _DoneByAnother
    return True
