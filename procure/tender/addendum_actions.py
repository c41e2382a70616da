"""Changing the tender papers after the notice: an addendum is written, and issued to every bidder alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from procure import words
from procure.audit.actions import Actor, act
from procure.documents import actions as papers
from procure.documents.models import Paper
from procure.extensions import db
from procure.notices.actions import correct
from procure.notices.facts import opening_notice
from procure.notices.models import Notice
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.tender.actions import write_method
from procure.tender.addendum_models import Addendum, AddendumChange
from procure.tender.documents import ADDENDUM, CLARIFICATION_LOG
from procure.tender.models import AwardCriterion, Method
from procure.tender.pack_facts import subject_of
from procure.tender.rules import formula_words
from procure.tender.timetable_actions import follow_the_deadline


class AddendumRefused(Refusal):
    """The papers can't be changed in this way, or not any more."""


@dataclass(frozen=True)
class ChangeLine:
    """One change as it is typed."""

    place: str
    old: str
    new: str


@dataclass(frozen=True)
class AddendumWords:
    """What an addendum says."""

    reason: str
    may_be_made: str
    deadline_reason: str
    changes: Sequence[ChangeLine]
    new_deadline_at: datetime | None = None


def write_addendum(
    lot: Lot, said: AddendumWords, *, row: Addendum | None = None, by: Actor, at: datetime, sees: int | None = None
) -> Addendum:
    """Write a change of the papers, or change one that isn't issued yet. Refused once bids are closed. s.31."""
    with act("wrote an addendum", on=row or lot, by=by, at=at, sees=sees if row else None):
        notice = _open_notice(lot, at)
        if row is not None and row.issued_at is not None:
            raise AddendumRefused("It went to every bidder, so it stays as it is. Write another one.")
        if not said.changes and said.new_deadline_at is None:
            raise AddendumRefused("Say what changes: words of a paper, or the deadline.", field="changes")
        if said.new_deadline_at and notice.closes_at and said.new_deadline_at <= notice.closes_at:
            raise AddendumRefused(
                f"Bids are due by {words.moment(notice.closes_at)}. A deadline can only move to a later moment.",
                field="new_deadline_at",
            )
        if row is None:
            # so that two officers don't give one number twice
            db.session.execute(select(Lot.id).where(Lot.id == lot.id).with_for_update())
            db.session.expire(lot, ["addenda"])
            row = Addendum(lot=lot, number=len(lot.addenda) + 1, is_example=lot.procurement.is_example)
        row.reason, row.may_be_made, row.deadline_reason = said.reason, said.may_be_made, said.deadline_reason
        row.new_deadline_at = said.new_deadline_at
        row.old_deadline_at = notice.closes_at if said.new_deadline_at else None
        db.session.add(row)
        _set_changes(row, said.changes)
        db.session.flush()
    return row


def _set_changes(row: Addendum, lines: Sequence[ChangeLine]) -> None:
    standing = list(row.changes)
    for number, line in enumerate(lines, start=1):
        if number <= len(standing):
            change = standing[number - 1]
            change.place, change.old, change.new = line.place, line.old, line.new
        else:
            row.changes.append(AddendumChange(number=number, place=line.place, old=line.old, new=line.new))
    for change in standing[len(lines) :]:
        row.changes.remove(change)


def _open_notice(lot: Lot, at: datetime) -> Notice:
    notice = opening_notice(lot)
    if notice is None or lot.stage is not Stage.OPEN_TO_BIDS or notice.closes_at is None:
        raise AddendumRefused("Papers are changed by addendum only while the competition is open to bids.")
    if at >= notice.closes_at:
        raise AddendumRefused(f"Bids were due by {words.moment(notice.closes_at)}. Nothing can be changed any more.")
    return notice


def issue_addendum(row: Addendum, *, by: Person, at: datetime) -> Paper:
    """Issue it. A new deadline holds from then on."""
    lot = row.lot
    with act(f"issued addendum {row.number}", on=row, by=by, at=at):
        notice = _open_notice(lot, at)
        if row.issued_at is not None:
            raise AddendumRefused(f"Addendum {row.number} is issued already.")
        if any(one.number < row.number and one.issued_at is None for one in lot.addenda):
            raise AddendumRefused("Issue the earlier addendum first, so that bidders get them in order.")
        if row.new_deadline_at:
            if notice.closes_at and row.new_deadline_at <= notice.closes_at:
                raise AddendumRefused("The deadline has moved since. Write the new deadline again.")
            row.old_deadline_at = notice.closes_at
            correct(
                notice, reference=notice.reference, published_on=notice.published_on, closes_at=row.new_deadline_at,
                because=row.deadline_reason, by=by, at=at,
            )  # fmt: skip
            follow_the_deadline(lot, by=by, at=at)
        row.issued_at = at
        db.session.flush()
        return papers.issue(ADDENDUM, row, subject=subject_of_addendum(row), by=by, at=at)


def change_method(
    lot: Lot, said: AddendumWords, *, by: Person, at: datetime, sees: int | None = None, **method: Any
) -> Addendum:
    """Change how bids will be judged after the notice, and tell every bidder by an addendum, in one act. s.31.

    The addendum says of each criterion what it was and what it is now; `method` is what `write_method` takes.
    """
    with act("changed how bids are judged, by addendum", on=lot.method or lot, by=by, at=at, sees=sees):
        _open_notice(lot, at)
        assert lot.method is not None  # the notice doesn't go out without one
        before = described(lot.method)
        after = described(write_method(lot, **method))
        places = [*before, *(place for place in after if place not in before)]
        changes = [
            ChangeLine(f"How bids are judged: {place}", before.get(place, "Not asked"), after.get(place, "Left out"))
            for place in places
            if before.get(place) != after.get(place)
        ]
        if not changes:
            raise AddendumRefused("Nothing about how bids are judged is different.")
        row = write_addendum(lot, replace(said, changes=[*changes, *said.changes]), by=by, at=at)
        issue_addendum(row, by=by, at=at)
    return row


def described(method: Method) -> dict[str, str]:
    """A method as an addendum compares it: each criterion by its place, and price."""
    found = {f"criterion {one.label}": _criterion_words(one) for one in method.criteria}
    found["price"] = f"Weight {method.price_weight}. {formula_words(method.price_formula, method.price_weight)}"
    return found


def _criterion_words(one: AwardCriterion) -> str:
    of = f" of {one.parent.label}" if one.parent else ""
    said = f"{one.title}, {one.weight}%{of}. {one.definition}".strip()
    if one.least_score:
        said += f" A score under {one.least_score} fails."
    return said + (f" At most {one.word_limit:,} words." if one.word_limit else "")


def subject_of_addendum(row: Addendum) -> str:
    """What tells one addendum from another: its number, and its lot where there are several."""
    lot = subject_of(row.lot)
    return f"{lot}, number {row.number}" if lot else f"Number {row.number}"


def issue_log(lot: Lot, *, by: Person, at: datetime) -> Paper:
    """Issue the questions and answers as they stand: each version is complete and takes the place of the last."""
    return papers.issue(CLARIFICATION_LOG, lot, subject=subject_of(lot), by=by, at=at)
