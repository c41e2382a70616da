"""The rows of the standing reports: for each, what the reader may read of it, in an order that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property, partial

from flask import url_for
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.authority.access import is_readable
from procure.authority.models import ConsulteeView, Decision, Delegation, Resolution
from procure.authority.power import source_of
from procure.authority.power_register import Narrow, RegisterRow, register_rows
from procure.authority.publishing_rules import publish_by
from procure.authority.rules import SPENDING_ACTS, ActKind, DecisionState, limits_not_stated
from procure.authority.waiver_models import Waiver
from procure.council.law import england
from procure.desk.contract_reporting import CONTRACT_REPORTS, all_of, count_in, some_of
from procure.desk.rules.reports import Cell, Report, Row
from procure.extensions import db
from procure.law.working_days import working_days_between
from procure.now import legal_day
from procure.people.models import Cover, Person

WAITING = (DecisionState.CONSULTING, DecisionState.SENT, DecisionState.RETURNED)


class Reader:
    """Who reads reports, and on which day. The register of powers is looked up once for all of them."""

    def __init__(self, person: Person, day: date) -> None:
        self.person, self.day = person, day

    @cached_property
    def powers(self) -> list[RegisterRow]:
        return register_rows(self.day)


def count_of(report: Report, reader: Reader) -> int:
    """How many rows a report has for this reader; of contracts no more than one beyond what is counted."""
    if report.name in CONTRACT_REPORTS:
        return count_in(report.name, reader.person, reader.day)
    return len(GATHER[report.name](reader))


def some_rows(report: Report, reader: Reader, begin: int, count: int) -> list[Row]:
    """Some rows of a report."""
    if report.name in CONTRACT_REPORTS:
        return some_of(report.name, reader.person, reader.day, begin=begin, count=count)
    return GATHER[report.name](reader)[begin : begin + count]


def rows_of(report: Report, reader: Reader) -> Iterable[Row]:
    """All rows of a report, as far as this reader may read them."""
    if report.name in CONTRACT_REPORTS:
        return all_of(report.name, reader.person, reader.day)
    return GATHER[report.name](reader)


def _decisions(reader: Reader) -> Select[Decision]:
    return (
        select(Decision)
        .where(is_readable(reader.person, reader.day))
        .options(selectinload(Decision.post), selectinload(Decision.procurement))
    )


def _name(decision: Decision) -> Cell:
    about = f", {decision.procurement.title}" if decision.procurement else ""
    href = url_for("authority.decision", reference=decision.reference)
    return Cell(decision.title, href, f"{decision.reference}{about}", decision.is_example)


def _powers(narrow: Narrow, reader: Reader) -> list[Row]:
    return [_power(row) for row in reader.powers if row.fits(narrow, reader.day)]


def _power(row: RegisterRow) -> Row:
    return (
        Cell(words.sentence(row.act), row.href or url_for("authority.powers"), row.source, row.is_example),
        Cell(row.post, quiet=row.acting),
        Cell(row.consulted),
        Cell(row.limits, quiet=" ".join(row.further)),
        Cell(words.sentence(row.until_said)),
    )


def _waiting(reader: Reader) -> list[Row]:
    """Longest first."""
    day = reader.day
    wanted = _decisions(reader).where(Decision.state.in_(WAITING)).options(
        selectinload(Decision.views).selectinload(ConsulteeView.post), selectinload(Decision.prepared_by)
    )  # fmt: skip
    found = sorted((_since(one), one.id, one) for one in db.session.scalars(wanted))
    return [
        (
            _name(one), Cell(_waits_for(one), quiet=one.state.label), Cell(words.day(since)),
            Cell(str((day - since).days)),
        )
        for since, _, one in found
    ]  # fmt: skip


def _since(decision: Decision) -> date:
    asked = [view.asked_at for view in decision.views if view.answered_at is None]
    if decision.state is DecisionState.CONSULTING and asked:
        return legal_day(min(asked))
    return legal_day(decision.sent_at or decision.prepared_at)


def _waits_for(decision: Decision) -> str:
    if decision.state is DecisionState.SENT:
        return decision.post.name
    owed = [view.post.name for view in decision.views if view.answered_at is None]
    if decision.state is DecisionState.CONSULTING and owed:
        return words.joined(owed)
    return f"{decision.prepared_by.name}, who prepares it"


def _late(reader: Reader) -> list[Row]:
    """Newest signature first. Days are told in working days after the last in time."""
    england_, by = england(), cache(lambda signed_on: publish_by(signed_on, england()))
    signed = select(Decision.id, Decision.signed_at, Decision.published_on).where(
        is_readable(reader.person, reader.day), Decision.state == DecisionState.SIGNED
    )
    late = {
        key: working_days_between(last, published_on or reader.day, england_) - 1
        for key, signed_at, published_on in db.session.execute(signed)
        if signed_at and (published_on or reader.day) > (last := by(legal_day(signed_at)))
    }
    wanted = _decisions(reader).where(Decision.id.in_(late))
    return [
        (
            _name(one), Cell(words.day(one.signed_on) if one.signed_on else ""),
            Cell(words.day(one.published_on) if one.published_on else "Not yet"), Cell(str(max(late[one.id], 1))),
        )
        for one in db.session.scalars(wanted.order_by(Decision.signed_at.desc(), Decision.id.desc()))
    ]  # fmt: skip


def _by_cover(reader: Reader) -> list[Row]:
    wanted = (
        _decisions(reader)
        .where(Decision.signed_cover_id.is_not(None))
        .options(
            selectinload(Decision.signed_by),
            selectinload(Decision.signed_cover).selectinload(Cover.away),
        )
        .order_by(Decision.signed_at.desc(), Decision.id.desc())
    )
    return [
        (
            _name(one), Cell(one.signed_by.name if one.signed_by else ""),
            Cell(one.signed_cover.away.name if one.signed_cover.away else "The post was vacant", quiet=one.post.name),
            Cell(words.day(one.signed_on) if one.signed_on else ""),
            Cell(one.signed_cover.authority, quiet=one.signed_cover.reason),
        )
        for one in db.session.scalars(wanted) if one.signed_cover is not None
    ]  # fmt: skip


def _waivers(reader: Reader) -> list[Row]:
    wanted = (
        _decisions(reader)
        .join(Waiver, Waiver.decision_id == Decision.id)
        .where(Waiver.began_on.is_not(None))
        .options(selectinload(Decision.waiver).selectinload(Waiver.reason))
        .order_by(Waiver.began_on.desc(), Decision.id.desc())
    )
    return [
        (
            _name(one), Cell(one.waiver.rule, quiet=one.waiver.reason.name),
            Cell(words.day(one.waiver.began_on) if one.waiver.began_on else ""),
            Cell(words.day(one.signed_on) if one.signed_on else "Not signed", quiet=one.state.label),
        )
        for one in db.session.scalars(wanted) if one.waiver is not None
    ]  # fmt: skip


def _no_limit(reader: Reader) -> list[Row]:
    """Those signed or with the decision maker, newest first. To conduct a procurement commits nothing yet."""
    wanted = (
        _decisions(reader)
        .join(Delegation, Decision.delegation_id == Delegation.id)
        .where(
            Decision.act.in_(SPENDING_ACTS - {ActKind.PROCURE}),
            Decision.state.in_((DecisionState.SIGNED, DecisionState.SENT)),
            or_(Delegation.max_value_gross.is_(None), Delegation.max_months.is_(None)),
        )
        .options(
            selectinload(Decision.delegation).selectinload(Delegation.resolution).selectinload(Resolution.meeting),
            selectinload(Decision.no_limit_confirmed_by),
        )
        .order_by(Decision.id.desc())
    )
    return [
        (_name(one), Cell(source_of(one.delegation)), Cell(_lacking(one.delegation)), _confirmed(one))
        for one in db.session.scalars(wanted) if one.delegation is not None
    ]  # fmt: skip


def _lacking(delegation: Delegation) -> str:
    return words.sentence(limits_not_stated(delegation.max_value_gross, delegation.max_months))


def _confirmed(decision: Decision) -> Cell:
    if decision.no_limit_confirmed_by is None:
        return Cell("Nobody yet")
    when = words.day(legal_day(decision.no_limit_confirmed_at)) if decision.no_limit_confirmed_at else ""
    said = decision.no_limit_confirmation
    return Cell(f"{decision.no_limit_confirmed_by.name}, {when}", quiet=f"“{said}”" if said else "")


GATHER: Mapping[str, Callable[[Reader], list[Row]]] = {
    "powers-in-force": partial(_powers, Narrow.IN_FORCE),
    "powers-expiring": partial(_powers, Narrow.EXPIRING),
    "powers-unused": partial(_powers, Narrow.UNUSED),
    "decisions-waiting": _waiting,
    "published-late": _late,
    "signed-by-cover": _by_cover,
    "waivers-after-the-event": _waivers,
    "no-limit": _no_limit,
}
