"""What the officer does before the market is open: method, invitations, the notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from procure import words
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.law.periods import Circumstance
from procure.law.regimes import Regime
from procure.law.working_days import Working
from procure.notices.actions import NoticeRefused, record
from procure.notices.facts import opening_notice
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Route
from procure.refusals import Refusal
from procure.suppliers.models import Supplier
from procure.tender.facts import facts_of
from procure.tender.models import AwardCriterion, Invitation, Method
from procure.tender.opening_rules import authority_refusal
from procure.tender.rules import CriterionLine, PriceFormula, in_tree_order, method_problem
from procure.tender.timetable_rules import Basis, floor_of, planned_notice_problem


class MethodLocked(Refusal):
    """The method was published; nothing may be added to it or changed (s.19, s.23)."""


class MethodNotWhole(Refusal):
    """The weights don't make a hundred, or a criterion is missing."""


class NotInvited(Refusal):
    """A supplier can't be put on, or taken off, the list of those asked for a quote."""


class NoAuthorityThen(Refusal):
    """On the day the notice went out the decision to buy had no force (B7)."""


def set_method(
    lot: Lot,
    *,
    price_weight: int,
    formula: PriceFormula,
    panel_size: int,
    criteria: Sequence[CriterionLine],
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> Method:
    """Say how bids will be judged. Once the competition has opened, only an addendum changes it (`change_method`)."""
    with act("said how bids will be judged", on=lot.method or lot, by=by, at=at, sees=sees if lot.method else None):
        if opening_notice(lot):
            raise MethodLocked("The method was published with the notice. Only an addendum to every bidder changes it.")
        return write_method(lot, price_weight=price_weight, formula=formula, panel_size=panel_size, criteria=criteria)


def write_method(
    lot: Lot, *, price_weight: int, formula: PriceFormula, panel_size: int, criteria: Sequence[CriterionLine]
) -> Method:
    """The method as it is to be, inside the act that sets or changes it. `MethodNotWhole` where it can't be so."""
    problem = method_problem(price_weight, criteria, formula)
    if problem:
        where = f"criteria:{problem.place}:{problem.at}" if problem.place else "criteria"
        raise MethodNotWhole(problem.sentence, field=where)
    if panel_size < 1:
        raise MethodNotWhole("At least one person must score.", field="panel_size")
    method = lot.method
    if method is None:
        method = Method(lot=lot, is_example=lot.procurement.is_example, price_weight=price_weight)
        db.session.add(method)
    method.price_weight, method.price_formula, method.panel_size = price_weight, formula, panel_size
    if _keep_criteria(method, in_tree_order(criteria)):
        method.edition += 1
    db.session.flush()
    return method


def _keep_criteria(method: Method, lines: Sequence[CriterionLine]) -> bool:
    """Rewrite the criteria in place, so that the trail says what changed and not that all was replaced.

    Says whether anything of those that stood is different, so that the method counts it as a change of its own.
    """
    standing, kept = list(method.criteria), list[AwardCriterion]()
    for number, line in enumerate(lines, start=1):
        row = standing[number - 1] if number <= len(standing) else None
        if row is None:
            row = AwardCriterion(number=number, title=line.title, weight=line.weight)
            method.criteria.append(row)
        row.title, row.weight, row.definition = line.title, line.weight, line.definition
        row.least_score, row.word_limit = line.least_score, line.word_limit
        row.parent = kept[line.part_of - 1] if line.part_of else None
        kept.append(row)
    differs = bool(standing) and (
        len(standing) != len(lines) or any(db.session.is_modified(row) for row in standing[: len(lines)])
    )
    for row in standing[len(lines) :]:
        db.session.delete(row)
    db.session.flush()
    db.session.expire(method, ["criteria"])
    return differs


@contextmanager
def listing(lot: Lot, *, by: Actor, at: datetime) -> Iterator[None]:
    """One act for a supplier and its place on the list: where that is refused, no new supplier is left behind."""
    with act("listed a supplier to ask for a quote", on=lot, by=by, at=at):
        yield


def invite(lot: Lot, supplier: Supplier, *, by: Actor, at: datetime) -> Invitation:
    """Put a supplier on the list of those to ask for a quote."""
    with act("listed a supplier to ask for a quote", on=lot, by=by, at=at):
        if lot.procurement.route is not Route.SCHEME:
            raise NotInvited("This purchase goes to an open tender, so no supplier is asked by name.")
        if opening_notice(lot):
            raise NotInvited("Quotes have been invited already, so the list is closed.")
        if any(one.supplier_id == supplier.id for one in lot.invitations):
            raise NotInvited(f"{supplier.name} is already on the list.", field="name")
        invitation = Invitation(lot=lot, supplier=supplier)
        db.session.add(invitation)
        db.session.flush()
    return invitation


def strike_off(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Take a supplier off the list before quotes are invited."""
    with act("took a supplier off the list", on=invitation, by=by, at=at):
        if opening_notice(invitation.lot):
            raise NotInvited("Quotes have been invited already, so the list is closed.")
        db.session.delete(invitation)


def time_floor(lot: Lot, published_on: date, circumstance: Circumstance | None = None) -> Working | None:
    """The earliest lawful deadline with its working; None where no law sets one (below threshold, quotes).

    A planned procurement notice shortens the time only where the timetable says its day, and it qualifies (s.15).
    """
    procurement = lot.procurement
    if procurement.route is Route.SCHEME or procurement.regime is not Regime.PA2023:
        return None
    basis = Basis(published_on, published_on, is_light_touch=procurement.kind is ContractKind.LIGHT_TOUCH)
    return floor_of(basis, circumstance, lot.timetable.planned_notice_on if lot.timetable else None)


def publish_notice(
    lot: Lot,
    *,
    reference: str,
    published_on: date,
    closes_at: datetime,
    ocid: str = "",
    circumstance: Circumstance | None = None,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Record that the competition is open: the notice, or the request for quotes, and the move with it.

    Refused while the decision to buy can still be called in (B7), judged by the day the notice went out.
    """
    quotes = lot.procurement.route is Route.SCHEME
    with act("opened the competition", on=lot.procurement, by=by, at=at, sees=sees):
        if not quotes and not reference:
            raise NoticeRefused("Enter the number of the notice.", field="reference")
        _time_is_enough(lot, published_on, closes_at, circumstance)
        no_force = authority_refusal(facts_of(lot, published_on), lot.procurement.route, published_on)
        if no_force:
            raise NoAuthorityThen(no_force, field="published_on")
        _papers_say_the_same(lot, closes_at)
        if ocid:
            lot.procurement.ocid = ocid
        record(
            lot, NoticeKind.QUOTES if quotes else NoticeKind.TENDER, reference=reference, published_on=published_on,
            closes_at=closes_at, circumstance="" if circumstance is None else circumstance.value, by=by, at=at,
        )  # fmt: skip
        move(lot, "publish the tender notice", by=by, at=at)


def _papers_say_the_same(lot: Lot, closes_at: datetime) -> None:
    """The papers print the planned deadline: a notice with another one would send bidders two."""
    planned = lot.timetable
    if planned is not None and closes_at != planned.closes_at:
        raise NoticeRefused(
            f"The papers say {words.moment(planned.closes_at)}. Enter that, or change the timetable and issue the "
            "papers again.",
            field="closes_at",
        )


def _time_is_enough(lot: Lot, published_on: date, closes_at: datetime, circumstance: Circumstance | None) -> None:
    closes_on = legal_day(closes_at)
    if closes_on <= published_on:
        raise NoticeRefused("Bids must be due after the day of the notice.", field="closes_at")
    planned_on = lot.timetable.planned_notice_on if lot.timetable else None
    problem = planned_notice_problem(circumstance, planned_on, published_on)
    if problem:
        raise NoticeRefused(f"{problem} Its day stands in the timetable.", field="circumstance")
    floor = time_floor(lot, published_on, circumstance)
    if floor is not None and closes_on < floor.answer:
        raise NoticeRefused(
            f"Bidders must have until {words.weekday(floor.answer)} at least. {floor.rule}", field="closes_at"
        )
