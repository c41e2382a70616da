"""The debarment list looked at for each bidder; grounds considered, answered and decided; who is excluded goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from procure.evaluation.actions.bids import begin_again
from procure.evaluation.actions.changing import changing
from procure.evaluation.exclusion_models import ExclusionCheck, ExclusionGround
from procure.evaluation.models import Bid, Evaluation
from procure.evaluation.rules.exclusion import About, Ground, Outcome, outcome_problem
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person, Post
from procure.refusals import Refusal


class BadExclusion(Refusal):
    """What is said of a ground, or of a look at the debarment list, can't be as it is described."""


@dataclass(frozen=True)
class Considered:
    """A ground as somebody describes it. `outcome` is None while nothing is decided."""

    about: About
    about_name: str
    ground: Ground
    evidence: str
    asked_on: date | None = None
    answered_on: date | None = None
    self_cleaning: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    decided_on: date | None = None
    decided_by: Post | None = None
    bidder_told_on: date | None = None
    minister_told_on: date | None = None


def look_at_list(
    bid: Bid, *, on: date, edition: str, is_listed: bool, connected: Sequence[str] = (),
    associated: Sequence[str] = (), subcontractors: Sequence[str] = (), by: Person, at: datetime,
    sees: int | None = None,
) -> ExclusionCheck:  # fmt: skip
    """Record that the debarment list was looked at for a bidder and everybody named with it."""
    row = bid.exclusion
    said = f"looked at the debarment list for {bid.supplier.name}"
    with changing(bid.lot, said, on=row or bid, by=by, at=at, sees=sees):
        if on > legal_day(at):
            raise BadExclusion("The list can’t have been looked at on a day to come.", field="list_checked_on")
        if not edition.strip():
            raise BadExclusion("Say which edition of the list it was, such as its day.", field="list_edition")
        if row is None:
            row = ExclusionCheck(bid=bid, is_example=bid.is_example)
        row.list_checked_on, row.list_edition, row.is_listed = on, edition.strip(), is_listed
        row.connected, row.associated = "\n".join(connected), "\n".join(associated)
        row.subcontractors, row.checked_by, row.checked_at = "\n".join(subcontractors), by, at
        db.session.add(row)
        db.session.flush()
    return row


def consider_ground(
    bid: Bid, given: Considered, *, row: ExclusionGround | None = None, by: Person, at: datetime,
    sees: int | None = None,
) -> ExclusionGround:  # fmt: skip
    """Record a ground and, once it is made, the decision. Who is excluded leaves the ranking, and comes back if not."""
    said = f"considered a ground for exclusion of {bid.supplier.name}"
    if given.outcome is not None:
        said = f"decided about a ground for exclusion of {bid.supplier.name}"
    with changing(bid.lot, said, on=row or bid, by=by, at=at, note=given.reason.strip() or None, sees=sees) as running:
        _is_right(given, legal_day(at))
        was_excluded = any(one.excludes for one in bid.grounds)
        if row is None:
            row = ExclusionGround(bid=bid, is_example=bid.is_example)
        for name, value in vars(given).items():
            setattr(row, name, value.strip() if type(value) is str else value)
        db.session.add(row)
        db.session.flush()
        _in_or_out(bid, running, was_excluded, at)
        db.session.flush()
    return row


def _is_right(given: Considered, today: date) -> None:
    if given.about is not About.BIDDER and not given.about_name.strip():
        raise BadExclusion("Enter the name of who it is about.", field="about_name")
    if not given.evidence.strip():
        raise BadExclusion("Say what shows it, and where that was found.", field="evidence")
    for name in ("asked_on", "answered_on", "decided_on", "bidder_told_on", "minister_told_on"):
        day = getattr(given, name)
        if day is not None and day > today:
            raise BadExclusion("This day is still to come.", field=name)
    if given.answered_on and (given.asked_on is None or given.answered_on < given.asked_on):
        raise BadExclusion("The answer came on the day you asked or later.", field="answered_on")
    if given.outcome is not None:
        _may_be_decided(given, given.outcome)


def _may_be_decided(given: Considered, outcome: Outcome) -> None:
    if not given.reason.strip():
        raise BadExclusion("Give the reasons for the decision. They go to the bidder.", field="reason")
    if given.decided_on is None:
        raise BadExclusion("Enter the day of the decision.", field="decided_on")
    if given.decided_by is None:
        raise BadExclusion("Say who decided.", field="decided_by")
    field, sentence = outcome_problem(
        given.ground, given.about, outcome, asked_on=given.asked_on, self_cleaning=given.self_cleaning
    )
    if sentence:
        raise BadExclusion(sentence, field=field)


def _in_or_out(bid: Bid, evaluation: Evaluation, was_excluded: bool, at: datetime) -> None:
    """An excluded bidder’s bid isn’t assessed; one that no ground excludes any more is, as if it had just come."""
    excluding = next((one for one in bid.grounds if one.excludes), None)
    if excluding is not None:
        bid.was_assessed = False
        bid.set_aside_because = f"Excluded: {excluding.ground.label}. {excluding.reason}"
    elif was_excluded:
        bid.was_assessed, bid.set_aside_because = True, ""
        begin_again(evaluation, bid, at)
