"""What a person may do to a file: open it, describe it, move it on, pause it, send it back, abandon it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from procure import words
from procure.audit.actions import NEW_ROW, Actor, act
from procure.council.law import is_above
from procure.extensions import db
from procure.law.money import value_of
from procure.law.regimes import Regime, regime_for
from procure.mail.rounds import own_transaction
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.models import Person
from procure.procurement.facts import facts_about
from procure.procurement.models import Lot, Procurement, ReferenceBlock, StageChange, ValueEstimate
from procure.procurement.rules import Check, FileFacts, Procedure, Route, Stage
from procure.procurement.stages import (
    BEFORE_LOTS,
    IN_ORDER,
    Move,
    is_relied_on,
    moves_from,
    next_move,
    stage_before,
)  # fmt: skip
from procure.refusals import Refusal


class MoveRefused(Refusal):
    """A move that isn't legal here, isn't this person's to make, or still needs something."""


class CannotDivide(Refusal):
    """The purchase can't be divided into these lots, or not any more."""


class ReasonNeeded(Refusal):
    """The act needs a reason."""


WHEN_SENT_BACK: list[Callable[..., None]] = []
"""What rooms do when a lot goes back a stage: `(lot, *, reason, by, at)`, inside the act. Named in `app.py`."""

WHEN_WAIVED: list[Callable[..., None]] = []
"""What rooms do when a move rests on a waived rule: `(lot, move, *, by, at)`, inside the act. Named in `app.py`."""


class NewReference:
    """The next free reference of a year, PRO-2027-014 after PRO-2027-013, or the one that is given.

    Taken when it is first asked for, inside an act: whoever wants one of the same year waits for that act to end, so
    that two at once get two, and an act that is refused takes none.
    """

    def __init__(self, prefix: str, column: Any, year: int, *, given: str | None = None) -> None:
        self._start, self._column, self._taken = f"{prefix}-{year}-", column, given

    def __call__(self) -> str:
        if self._taken is None:
            number = _take(self._start, self._column, 1)
            self._taken = f"{self._start}{number:03}"
        return self._taken


def _take(start: str, column: Any, count: int) -> int:
    """Take so many numbers of one beginning, within the transaction that is open; answers the first."""
    new = NEW_ROW[db.session.get_bind().dialect.name]
    db.session.execute(new(ReferenceBlock).values(start=start, taken=0).on_conflict_do_nothing())
    block = db.session.scalars(
        select(ReferenceBlock)
        .where(ReferenceBlock.start == start)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if block.taken and count == 1:
        first = block.taken + 1
        while db.session.scalar(select(column).where(column == f"{start}{first:03}")) is not None:
            first += 1  # given by hand
    else:
        first = max(block.taken, _last_number(start, column)) + 1
    block.taken = first + count - 1
    db.session.flush()
    return first


def _last_number(start: str, column: Any) -> int:
    """The highest number on record."""
    longest_first = (func.length(column).desc(), column.desc())
    last = db.session.scalar(select(column).where(column.like(f"{start}%")).order_by(*longest_first).limit(1))
    number = last.rsplit("-", 1)[1] if last else ""
    return int(number) if number.isdigit() else 0


def take_references(prefix: str, column: Any, wanted: Mapping[int, int]) -> dict[int, int]:
    """Take so many references of each year for rows that come in at once; answers the first number of each year.

    Taken in a transaction of its own: whoever needs a reference meanwhile gets a later one, and waits for nobody.
    """
    with own_transaction():
        return {year: _take(f"{prefix}-{year}-", column, count) for year, count in sorted(wanted.items())}


def open_file(
    *, title: str, route: Route, officer: Person, by: Actor, at: datetime, reference: str | None = None, **facts: Any
) -> Procurement:
    """Open a procurement with its one, hidden lot."""
    started = legal_day(at)
    if route is Route.SCHEME:
        facts.setdefault("procedure", Procedure.QUOTES)
    named = NewReference("PRO", Procurement.reference, started.year, given=reference)
    with act("opened the file", on=named, by=by, at=at):
        procurement = Procurement(
            reference=named(), title=title, route=route, officer=officer, started_on=started, **facts
        )
        procurement.lots = [Lot(number=1, title=title)]
        procurement.regime = facts.get("regime") or regime_for(started)
        db.session.add(procurement)
        db.session.flush()
    return procurement


def describe(
    procurement: Procurement,
    *,
    by: Actor,
    at: datetime,
    sees: int | None = None,
    note: str | None = None,
    why_estimated_anew: str = "",
    **facts: Any,
) -> None:
    """Write down or correct what the file itself knows; the value is worked out from its parts.

    Raises `ReasonNeeded` without a reason once the purchase is approved: others have relied on what it said. A value
    that changes is kept as an estimate of its own, with its author and `why_estimated_anew`.
    """
    if is_relied_on(procurement.stage) and not note:
        raise ReasonNeeded("Say why you are changing this now. The purchase was approved as it stood.", field="reason")
    with act("described the purchase", on=procurement, by=by, at=at, note=note, sees=sees):
        for name, value in facts.items():
            setattr(procurement, name, value)
        _work_out_value(procurement)
        _keep_estimate(procurement, why_estimated_anew or note or "", by=by, at=at)
        procurement.regime = regime_of(procurement)


def _keep_estimate(procurement: Procurement, reason: str, *, by: Actor, at: datetime) -> None:
    """Keep the value as it is now beside the earlier ones, where it differs from the last."""
    net, vat, gross = procurement.value_net, procurement.value_vat, procurement.value_gross
    last = procurement.estimates[-1] if procurement.estimates else None
    if net is None or vat is None or gross is None:
        return
    if last is not None and (last.value_net, last.value_vat, last.aggregated_gross) == (
        net, vat, procurement.aggregated_gross,
    ):  # fmt: skip
        return
    procurement.estimates.append(
        ValueEstimate(
            estimated_on=legal_day(at), person_id=by.id if isinstance(by, Person) else None, value_net=net,
            value_vat=vat, value_gross=gross, aggregated_gross=procurement.aggregated_gross,
            working=working_of_value(procurement), basis=procurement.value_basis, reason=reason,
            is_example=procurement.is_example,
        )
    )  # fmt: skip


def working_of_value(procurement: Procurement) -> str:
    """How the value comes about, in a sentence: the year, the months, the rate of VAT."""
    if procurement.annual_net is None or procurement.max_months is None or procurement.vat_percent is None:
        return ""
    months = words.months_label(procurement.max_months)
    options = ", every option to extend included" if procurement.extension_count else ""
    said = (
        f"{words.pounds(procurement.annual_net)} a year without VAT, for {months}{options}, "
        f"with {procurement.vat_percent}% VAT."
    )
    if procurement.aggregated_gross:
        said += f" With {words.pounds(procurement.aggregated_gross)} of contracts that could reasonably be one with it."
    return said


@dataclass(frozen=True)
class LotLine:
    """One lot as the officer types it: its name, and its part of the purchase in pounds a year without VAT."""

    title: str
    annual_net: Decimal | None = None


def divide(
    procurement: Procurement, lines: Sequence[LotLine], *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Divide the purchase into lots, rename them, or make it one again. Procurement Act 2023 s.18.

    Each lot is bid for, awarded and contracted by itself. Refused once a lot's competition has opened.
    """
    with act("said into which lots it is divided", on=procurement, by=by, at=at, sees=sees):
        _may_be_divided(procurement, lines)
        standing = list(procurement.lots)
        if len(lines) < 2:
            lines = [LotLine(procurement.title)]
        for number, line in enumerate(lines, start=1):
            if number > len(standing):
                procurement.lots.append(Lot(number=number, title=line.title, stage=standing[0].stage))
            lot = procurement.lots[number - 1]
            lot.title, lot.annual_net = line.title, line.annual_net
        for lot in standing[len(lines) :]:
            db.session.delete(lot)
        db.session.flush()
        db.session.expire(procurement, ["lots"])


def _may_be_divided(procurement: Procurement, lines: Sequence[LotLine]) -> None:
    if any(lot.stage not in BEFORE_LOTS for lot in procurement.lots):
        raise CannotDivide("A competition has opened, so the lots can’t be changed any more.")
    titles = [line.title.casefold() for line in lines]
    if len(lines) == 1:
        raise CannotDivide("One lot is no division. Add a second, or leave all rows empty.", field="lots")
    if len(set(titles)) != len(titles):
        raise CannotDivide("Two lots have the same name. Give each its own.", field="lots")
    left = procurement.lots[max(len(lines), 1) :]
    for lot in left:
        if lot.method or lot.invitations:
            raise CannotDivide(f"{lot.label} has its own award criteria or suppliers, so it can’t go.", field="lots")
        if lot.specification or lot.kpis or lot.how_to_tender or lot.contract_terms or lot.timetable:
            raise CannotDivide(f"{lot.label} has a timetable or papers of its own, so it can’t go.", field="lots")
    parts = [line.annual_net for line in lines]
    whole = procurement.annual_net
    if whole is None or not lines or None in parts:
        return
    total = sum(part for part in parts if part is not None)
    if total != whole:
        raise CannotDivide(
            f"The lots come to {words.pounds(total)} a year. The purchase is {words.pounds(whole)} a year.",
            field="lots",
        )


def _work_out_value(procurement: Procurement) -> None:
    """The most the council could pay, every option counted. Procurement Act 2023 s.4, Schedule 3."""
    if procurement.annual_net is None or procurement.max_months is None or procurement.vat_percent is None:
        return
    years = Decimal(procurement.max_months) / 12
    value = value_of(net_per_year=procurement.annual_net, years=years, vat_percent=Decimal(procurement.vat_percent))
    procurement.value_net, procurement.value_vat, procurement.value_gross = value.net, value.vat, value.gross


FOUND_BY_A_PERSON = (Regime.PROVIDER_SELECTION, Regime.EXEMPT, Regime.GRANT)


def regime_of(procurement: Procurement) -> Regime:
    """The law of the day on which the file started, for its value. It stays for life, whatever day it is now."""
    if procurement.findings and procurement.findings[-1].regime is not None:
        return procurement.findings[-1].regime
    if procurement.regime in FOUND_BY_A_PERSON and not procurement.findings:
        return procurement.regime
    regime = regime_for(procurement.started_on)
    if regime is not Regime.PA2023:
        return regime
    above = is_above(procurement.kind.value, procurement.compared_gross, procurement.started_on)
    return regime_for(procurement.started_on, above_threshold=above)


@dataclass(frozen=True)
class Ahead:
    """The move a lot can make next, and everything it needs."""

    move: Move
    checks: tuple[Check, ...]

    @property
    def is_ready(self) -> bool:
        return all(check.is_done for check in self.checks)

    @property
    def first_missing(self) -> Check | None:
        return next((check for check in self.checks if not check.is_done), None)

    @property
    def done_count(self) -> int:
        return sum(check.is_done for check in self.checks)


def checks_for(move: Move, facts: FileFacts, today: date) -> tuple[Check, ...]:
    """All that a move needs, met or not."""
    return tuple(check for checklist in move.needs for check in checklist(facts, today))


def ahead_of(lot: Lot, today: date) -> Ahead | None:
    """What comes next for a lot; None when nothing does."""
    move = next_move(lot.stage, lot.procurement.route)
    return None if move is None else Ahead(move, checks_for(move, facts_about(lot, today), today))


def move(lot: Lot, name: str, *, by: Actor, at: datetime, note: str | None = None, sees: int | None = None) -> None:
    """Make a move. The only code that writes a stage.

    A move of the whole procurement takes all its lots along. Raises `MoveRefused` with the sentence of the
    first thing missing, `ReasonNeeded` where a reason is due.
    """
    procurement, today = lot.procurement, legal_day(at)
    found = [one for one in moves_from(lot.stage, None, procurement.route) if one.name == name]
    if not found:
        raise MoveRefused(f"You can’t {name} now. The file stands at: {lot.stage.label}.")
    made = found[0]
    if isinstance(by, Person) and not roles_of(by, today, procurement.id) & set(made.by):
        who = " or ".join(role.label.lower() for role in made.by)
        raise MoveRefused(f"Only a {who} on this file can {name}.", who_can=who)
    if made.needs_reason and not note:
        raise ReasonNeeded("Say why.", field="reason")
    with act(made.past, on=procurement, by=by, at=at, note=note, sees=sees):
        db.session.flush()
        checks = checks_for(made, facts_about(lot, today), today)
        for check in checks:
            if not check.is_done:
                raise MoveRefused(check.refusal, who_can=check.who_can or None)
        if any(check.is_waived for check in checks):
            for follow in WHEN_WAIVED:
                follow(lot, made.name, by=by, at=at)
        _go(lot, made, note=note, at=at)
        if made.name == "send back a stage":
            for follow in WHEN_SENT_BACK:
                follow(lot, reason=note or "", by=by, at=at)


def _go(lot: Lot, made: Move, *, note: str | None, at: datetime) -> None:
    procurement = lot.procurement
    to = made.to
    if to is None:
        to = lot.paused_from if lot.stage is Stage.PAUSED else stage_before(lot.stage, procurement.route)
    if to is None:
        raise MoveRefused("The file doesn’t know where it was paused.")
    from_stage = lot.stage
    ends_all = to is Stage.ABANDONED and not made.of_lot
    together = Stage.PAUSED in (from_stage, to) or ends_all or to in BEFORE_LOTS
    if to in BEFORE_LOTS and from_stage in IN_ORDER:
        _none_is_ahead(lot)
    if to is Stage.PAUSED or ends_all or (to is Stage.ABANDONED and lot.is_only):
        procurement.ended_because = note
    _keep_what_was_approved(procurement, from_stage, to)
    for one in procurement.lots if together else [lot]:
        if one.stage in made.from_:
            one.stage, one.paused_from = _stage_of_lot(one, made, to)
    db.session.add(
        StageChange(
            procurement=procurement, lot=None if together else lot, move=made.name, from_stage=from_stage,
            to_stage=to, at=at,
        )
    )  # fmt: skip
    procurement.stage = _least_advanced(procurement)


def _keep_what_was_approved(procurement: Procurement, from_stage: Stage, to: Stage) -> None:
    """The value as it was approved, and as it was advertised: an award is compared with both."""
    if (from_stage, to) == (Stage.SEEKING_APPROVAL, Stage.PREPARING):
        procurement.approved_gross = procurement.value_gross
    elif (from_stage, to) == (Stage.PREPARING, Stage.OPEN_TO_BIDS):
        procurement.advertised_gross = procurement.value_gross


def _stage_of_lot(lot: Lot, made: Move, to: Stage) -> tuple[Stage, Stage | None]:
    """Where one lot goes when its file does, and where it will be taken up again: each from its own stage."""
    if to is Stage.PAUSED:
        return to, lot.stage
    if lot.stage is Stage.PAUSED and made.to is None:
        return lot.paused_from or to, None
    return to, None


def _none_is_ahead(lot: Lot) -> None:
    ahead = [one for one in lot.procurement.lots if one.stage is not lot.stage]
    if ahead:
        raise MoveRefused(f"{ahead[0].label} stands at: {ahead[0].stage.label}. The whole file can’t be sent back now.")


def _least_advanced(procurement: Procurement) -> Stage:
    """Where the whole file stands: with its slowest lot; paused with any of them, abandoned with all."""
    stages = [lot.stage for lot in procurement.lots]
    along = [stage for stage in stages if stage in IN_ORDER]
    if Stage.PAUSED in stages or not along:
        return Stage.PAUSED if Stage.PAUSED in stages else Stage.ABANDONED
    return min(along, key=IN_ORDER.index)
