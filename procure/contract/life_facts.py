"""What a contract’s life owes: notices, ratings, papers that run out, and the law that asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flask import url_for
from sqlalchemy import or_, select

from procure import words
from procure.contract.facts import paid_after_end
from procure.contract.life_models import (
    ContractChange,
    ContractNotice,
    ExpiringPaper,
    Indicator,
    IndicatorReturn,
    Review,
)
from procure.contract.life_rules import ChangeGround, Rating, indicators_said, next_rating_due
from procure.contract.models import Contract, Payment
from procure.contract.rules import ContractState
from procure.council.law import threshold_for
from procure.extensions import db
from procure.law.modifications import ChangedContract
from procure.law.regimes import ACT_BEGINS, Duty, Regime, binds, regime_for
from procure.law.thresholds import FIGURES_OF_2024, Line
from procure.people.access import posts_of
from procure.people.models import Person
from procure.procurement.rules import ContractKind, Waiting
from procure.refusals import BadFigure

SOON = timedelta(days=30)
"""A rating or a paper is asked for so long before its day."""


# ── the law it follows ──


def regime_of(contract: Contract) -> Regime | None:
    """The law a contract follows: as recorded, else that of its purchase, else worked out from when it began."""
    if contract.regime is not None:
        return contract.regime
    if contract.award is not None:
        return contract.award.lot.procurement.regime
    began = contract.signed_on or contract.starts_on
    if began is None:
        return None
    value = contract.full_gross if contract.full_gross is not None else contract.worth
    try:
        row = threshold_for(_line(contract), max(began, FIGURES_OF_2024))
        return regime_for(began, above_threshold=value is None or row.passed_by(value))
    except BadFigure:
        return None


def regime_said(contract: Contract) -> str:
    """The law in words, and whether somebody said so or it was worked out."""
    regime = regime_of(contract)
    if regime is None:
        return "Not known"
    if contract.regime is not None or contract.award is not None:
        return regime.label
    return f"{regime.label} (worked out from when it began and its value)"


def owes(contract: Contract, duty: Duty) -> bool:
    """Whether the law of a contract asks for something of it."""
    regime = regime_of(contract)
    return regime is not None and binds(duty, regime, light_touch=contract.is_light_touch)


def is_over_five_million(contract: Contract) -> bool:
    """Whether a contract passes the line from which it has indicators and its copy is published."""
    value = contract.full_gross if contract.full_gross is not None else contract.worth
    return value is not None and threshold_for(Line.KPIS, ACT_BEGINS).passed_by(value)


def _line(contract: Contract) -> Line:
    if contract.is_light_touch:
        return Line.LIGHT_TOUCH
    return Line.WORKS if _is_works(contract) else Line.SERVICES


def _is_works(contract: Contract) -> bool:
    return contract.award is not None and contract.award.lot.procurement.kind is ContractKind.WORKS


def as_changed(contract: Contract) -> ChangedContract:
    """The contract as a change is measured against it. `BadFigure` where its law or its value isn’t known."""
    regime = regime_of(contract)
    value = contract.full_gross if contract.full_gross is not None else contract.worth
    if regime is None:
        raise BadFigure("Say first under which law the contract was bought: correct it under Terms.")
    if value is None:
        raise BadFigure("Enter the contract’s value first: a change is measured against it.")
    began = contract.signed_on or contract.starts_on or ACT_BEGINS
    row = threshold_for(_line(contract), max(began, FIGURES_OF_2024))
    before = (abs(one.added_gross) for one in contract.changes if one.ground is ChangeGround.BELOW_THRESHOLD)
    more = sum(option.months for option in contract.options if option.is_open)
    return ChangedContract(
        value, contract.months_with(more), row.value, regime, light_touch=contract.is_light_touch,
        works=_is_works(contract), below_threshold_before=sum(before, Decimal(0)),
    )  # fmt: skip


# ── changes ──


@dataclass(frozen=True)
class Cumulative:
    """A change with what all changes up to it come to."""

    change: ContractChange
    added_gross: Decimal
    added_months: int


def changes_of(contract: Contract) -> list[Cumulative]:
    """The changes of a contract in their order, each with the sum up to it."""
    gross, months, found = Decimal(0), 0, []
    for change in contract.changes:
        gross, months = gross + change.added_gross, months + change.added_months
        found.append(Cumulative(change, gross, months))
    return found


# ── indicators ──


@dataclass(frozen=True)
class Watched:
    """An indicator with its last rating and the day by which the next is due."""

    indicator: Indicator
    last: IndicatorReturn | None
    due_on: date | None
    is_late: bool

    @property
    def from_on(self) -> date | None:
        """First day of the period to be rated next; None where the contract’s start would say it."""
        return self.last.until_on + timedelta(days=1) if self.last else self.indicator.contract.starts_on


def watched(contract: Contract, today: date) -> list[Watched]:
    """The indicators of a contract; one that ended is rated no more."""
    return [_watched(one, contract, today) for one in contract.indicators]


def _watched(indicator: Indicator, contract: Contract, today: date) -> Watched:
    last = indicator.returns[-1] if indicator.returns else None
    if indicator.ended_on is not None:
        return Watched(indicator, last, None, False)
    due = next_rating_due(indicator.first_due_on, indicator.every_months, last.until_on if last else None)
    end = contract.ended_on or (contract.ends_on if contract.state is ContractState.ENDED else None)
    if end is not None:
        due = min(due, end)
        if last is not None and last.until_on >= end:
            return Watched(indicator, last, None, False)
    return Watched(indicator, last, due, due < today)


def performance_said(contract: Contract, today: date) -> str:
    """How it goes by its indicators, in a sentence; empty without any."""
    rows = [one for one in watched(contract, today) if one.indicator.ended_on is None]
    if not rows:
        return ""
    good = sum(one.last is not None and one.last.rating is Rating.GOOD for one in rows)
    rated = sum(one.last is not None for one in rows)
    late = sum(one.is_late for one in rows)
    of_all = "one indicator" if len(rows) == 1 else f"{words.number_word(len(rows))} indicators"
    said = (
        f"{words.sentence(words.number_word(good))} of {of_all} last rated Good."
        if good
        else (f"None of {of_all} last rated Good.")
    )
    if rated < len(rows):
        said += f" {words.sentence(words.number_word(len(rows) - rated))} not rated yet."
    return f"{said} {words.sentence(words.plural(late, 'rating'))} overdue." if late else said


def indicators_lacking(contract: Contract) -> str:
    """What a contract over £5 million lacks of indicators, as a sentence; empty where it lacks none."""
    return indicators_said(
        sum(one.ended_on is None for one in contract.indicators),
        needed=is_over_five_million(contract) and owes(contract, Duty.KPIS),
        because=contract.no_indicators_because,
    )


# ── what waits ──


def alerts_of(contract: Contract, today: date) -> list[tuple[str, str, str]]:
    """What is wrong with a contract today: a sentence, the page that mends it, what its link says."""
    found = []
    to = {name: url_for(f"contract.{name}", reference=contract.reference) for name in ("money", "performance", "terms")}
    late = paid_after_end(contract)
    if late:
        ended = "after its end" if contract.ended_on else "after its last day, and nobody has recorded its end"
        found.append((f"{words.pounds(late)} was paid {ended}.", to["money"], "See the payments"))
    over = contract.paid_by(today) - contract.worth if contract.worth is not None else Decimal(0)
    if over > 0:
        found.append((f"{words.pounds(over)} more than agreed has been paid.", to["money"], "See the money"))
    for notice in overdue_notices(contract, today):
        said = f"The {lower(notice.duty.label)} was due on {words.day(notice.due_on)}."
        found.append((said, to["performance"] + "#notices", "Record its publication"))
    rows = [one for one in watched(contract, today) if one.is_late]
    if rows:
        what = words.joined(one.indicator.name for one in rows)
        found.append((f"Nobody has rated: {what}.", to["performance"], "Rate"))
    for paper in contract.expiring_papers:
        if paper.renewed_on is None and paper.expires_on < today and contract.state is ContractState.LIVE:
            found.append((f"{paper.said} ran out on {words.day(paper.expires_on)}.", to["terms"] + "#papers", "Renew"))
    return found


def overdue_notices(contract: Contract, today: date) -> list[ContractNotice]:
    """Notices of a contract whose last day has passed without their publication."""
    return [one for one in contract.life_notices if one.published_on is None and one.due_on < today]


def lower(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Notices to publish, ratings and reviews due, papers that run out: for the holder of a contract’s post."""
    posts = posts_of(person, today)
    if not posts:
        return []
    mine = Contract.manager_post_id.in_(posts)
    notices = db.session.scalars(
        select(ContractNotice)
        .join(ContractNotice.contract)
        .where(ContractNotice.published_on.is_(None), or_(mine, ContractNotice.owner_post_id.in_(posts)))
    )
    indicators = db.session.scalars(
        select(Indicator)
        .join(Indicator.contract)
        .where(mine, Indicator.ended_on.is_(None), Contract.state != ContractState.TO_SIGN)
        .where(Indicator.first_due_on <= today + SOON)
    )
    papers = db.session.scalars(
        select(ExpiringPaper)
        .join(ExpiringPaper.contract)
        .where(mine, ExpiringPaper.renewed_on.is_(None), ExpiringPaper.expires_on <= today + SOON)
        .where(Contract.state == ContractState.LIVE)
    )
    reviews = db.session.scalars(
        select(Review)
        .join(Review.contract)
        .where(mine, Review.held_on.is_(None), Review.due_on <= today + SOON, Contract.state == ContractState.LIVE)
    )
    return [
        *map(_to_publish, notices), *_to_rate(indicators, today), *map(_to_review, reviews), *map(_to_renew, papers),
        *_paid_late(posts),
    ]  # fmt: skip


def _about(contract: Contract) -> str:
    return f"{contract.title}, {contract.reference}"


def _to_publish(notice: ContractNotice) -> Waiting:
    contract = notice.contract
    return Waiting(
        f"Publish the {lower(notice.duty.label)}: {contract.title}",
        url_for("contract.notice", reference=contract.reference, number=notice.id), _about(contract), notice.due_on,
        is_example=notice.is_example,
    )  # fmt: skip


def _to_rate(indicators: Iterable[Indicator], today: date) -> Iterator[Waiting]:
    """One task a contract, by the first of its days: ten indicators are one afternoon."""
    first: dict[int, Watched] = {}
    for indicator in indicators:
        row = _watched(indicator, indicator.contract, today)
        if row.due_on is None or row.due_on > today + SOON:
            continue
        known = first.get(indicator.contract_id)
        if known is None or known.due_on is None or row.due_on < known.due_on:
            first[indicator.contract_id] = row
    for row in first.values():
        contract = row.indicator.contract
        yield Waiting(
            f"Rate how it goes: {contract.title}", url_for("contract.performance", reference=contract.reference),
            _about(contract), row.due_on, is_example=row.indicator.is_example,
        )  # fmt: skip


def _to_review(review: Review) -> Waiting:
    contract = review.contract
    return Waiting(
        f"Hold the {lower(review.kind.label)}: {contract.title}",
        url_for("contract.review", reference=contract.reference, number=review.id), _about(contract), review.due_on,
        is_example=contract.is_example,
    )  # fmt: skip


def _to_renew(paper: ExpiringPaper) -> Waiting:
    contract = paper.contract
    return Waiting(
        f"Ask for the new {lower(paper.said)}: {contract.title}",
        url_for("contract.paper", reference=contract.reference, number=paper.id), _about(contract), paper.expires_on,
        is_example=paper.is_example,
    )  # fmt: skip


def _paid_late(posts: set[int]) -> Iterator[Waiting]:
    """Contracts that have ended and are still being paid (domain B18). Those not closed yet ask for their end first."""
    ended = db.session.scalars(
        select(Contract)
        .where(Contract.manager_post_id.in_(posts), Contract.state == ContractState.ENDED)
        .where(Contract.payments.any(Payment.paid_on > Contract.ended_on))
    )
    for contract in ended:
        late = paid_after_end(contract)
        if late:
            yield Waiting(
                f"Stop the payments: {contract.title}", url_for("contract.money", reference=contract.reference),
                _about(contract), contract.ended_on, note=f"{words.pounds(late)} was paid after its end",
                is_example=contract.is_example,
            )  # fmt: skip
