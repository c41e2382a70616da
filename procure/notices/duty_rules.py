"""What the law asks of one lot from its first notice to the end of its contract: which, by when, and how it stands.

Payments compliance (s.69) and payment notices (s.70) are the council's own, not a lot's, and stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.regimes import Bound, Duty, DutyRow, Regime, how_it_binds


class DutyState(Labelled):
    """How a duty stands. Overdue is found from the day, never stored."""

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due now"
    LATER = "later", "To come"
    DONE = "done", "Done"
    NOT_OWED = "not_owed", "Not owed here"


@dataclass(frozen=True)
class Needed:
    """One fact that a notice needs. `value` is empty where the file lacks it; `page` is where it is entered."""

    name: str
    value: str
    page: str = ""


@dataclass(frozen=True)
class Filed:
    """A notice as it was published."""

    reference: str
    on: date


@dataclass(frozen=True)
class LifeNotice:
    """A notice which the contract's life brought: due by a day, published on another."""

    number: str
    about_on: date
    due_on: date
    filed: Filed | None


@dataclass(frozen=True)
class DutyFacts:
    """All that the list of duties depends on. `needs` are the facts for each notice, by its number."""

    law: Regime
    light_touch: bool
    is_quotes: bool = False
    is_notifiable: bool = True
    """At or above £30,000 including VAT."""
    is_over_five_million: bool = False
    is_direct: bool = False
    filed: dict[str, Filed] = field(default_factory=dict)
    needs: dict[str, tuple[Needed, ...]] = field(default_factory=dict)
    tender_planned_on: date | None = None
    bidders_invited: bool = False
    conflicts_on: date | None = None
    summaries_owed: int = 0
    summaries_sent: int = 0
    summaries_sent_on: date | None = None
    award_planned_on: date | None = None
    standstill_ends_on: date | None = None
    standstill_days: int | None = None
    entered_on: date | None = None
    details_due_on: date | None = None
    copy_due_on: date | None = None
    kpis: int = 0
    kpis_because: str = ""
    contract_ends_on: date | None = None
    termination_due_on: date | None = None
    """Last day for the contract termination notice, of the end as it stands."""
    life: Sequence[LifeNotice] = ()
    not_awarding_on: date | None = None
    """The day on which it was decided not to award."""


@dataclass(frozen=True)
class DutyLine:
    """One duty: what, by what law, when, how it stands, and which facts it needs."""

    number: str
    name: str
    source: str
    state: DutyState
    when: str
    due_on: date | None = None
    filed: Filed | None = None
    needs: tuple[Needed, ...] = ()
    page: str = ""

    @property
    def lacking(self) -> tuple[Needed, ...]:
        """The facts that are missing."""
        return tuple(one for one in self.needs if not one.value)

    @property
    def completeness(self) -> str:
        """How many of the facts are there, as "11 of 12 facts are there"; empty where it needs none."""
        if not self.needs:
            return ""
        have = len(self.needs) - len(self.lacking)
        return f"{have} of {words.plural(len(self.needs), 'fact')} {'is' if have == 1 else 'are'} there"


def duties_of(facts: DutyFacts, today: date) -> list[DutyLine]:
    """Every duty in the order in which it comes, those that are not owed last."""
    found = [*_before(facts, today), *_awarding(facts, today), *_contract(facts, today), *_ending(facts, today)]
    return [line for line in found if line.state is not DutyState.NOT_OWED] + [
        line for line in found if line.state is DutyState.NOT_OWED
    ]


def _row(duty: Duty, facts: DutyFacts) -> DutyRow:
    return how_it_binds(duty, facts.law, light_touch=facts.light_touch)


def _none(number: str, name: str, source: str, why: str) -> DutyLine:
    return DutyLine(number, name, source, DutyState.NOT_OWED, why)


def _line(
    number: str, name: str, row: DutyRow, facts: DutyFacts, today: date, when: str, *, due_on: date | None = None,
    due: bool = False, page: str = "",
) -> DutyLine:  # fmt: skip
    """A notice as it stands: published, overdue by its last day, due, or to come; not owed where it doesn't bind."""
    if row.bound is Bound.NONE:
        return _none(number, name, row.source, _why_not(row))
    filed = facts.filed.get(number)
    return DutyLine(
        number, name, row.source, _state(filed is not None, due_on, due, today), when, due_on, filed,
        facts.needs.get(number, ()), page,
    )  # fmt: skip


def _why_not(row: DutyRow) -> str:
    if row.source.startswith("no such duty"):
        return f"{words.sentence(row.source)}."
    return "Light touch contracts are free of it."


def _state(is_done: bool, due_on: date | None, due: bool, today: date) -> DutyState:
    if is_done:
        return DutyState.DONE
    if due_on is not None and due_on < today:
        return DutyState.OVERDUE
    return DutyState.DUE if due else DutyState.LATER


def _ended(facts: DutyFacts) -> bool:
    return facts.not_awarding_on is not None


def _before(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    open_ = facts.filed.get("UK4") or facts.filed.get("quotes")
    covered = facts.law is Regime.PA2023
    if covered:
        yield _engagement(facts, open_ is not None)
        yield _planned_notice(facts, open_ is not None)
    row = _row(Duty.CONFLICTS_ASSESSMENT, facts)
    if row.bound is not Bound.NONE:
        when = f"Approved on {words.day(facts.conflicts_on)}." if facts.conflicts_on else "Before the tender notice."
        state = _state(facts.conflicts_on is not None, None, open_ is not None, today)
        yield DutyLine("", "Conflicts assessment", row.source, state, when, page="tender.conflicts")
    row = _row(Duty.TENDER_NOTICE, facts)
    if facts.is_quotes and row.bound is not Bound.NONE:
        yield _none(
            "UK4", "Tender notice", row.source, "Suppliers are asked by name, so nothing is openly advertised."
        )  # fmt: skip
    else:
        planned = facts.tender_planned_on
        when = f"Planned for {words.weekday(planned)}." if planned and not open_ else "It opens the competition."
        yield _line(
            "UK4", "Tender notice", row, facts, today, when, due=planned is not None and planned <= today,
            page="tender.notice",
        )  # fmt: skip


def _engagement(facts: DutyFacts, is_open: bool) -> DutyLine:
    name, source = "Preliminary market engagement notice", "Procurement Act 2023, section 17"
    filed = facts.filed.get("UK2")
    if filed is not None:
        return DutyLine("UK2", name, source, DutyState.DONE, "Before the tender notice.", filed=filed)
    if is_open:
        return _none("UK2", name, source, "None was published; the tender notice gives the reason.")
    when = "Where you talk with the market. Without it, the tender notice gives the reason."
    return DutyLine("UK2", name, source, DutyState.LATER, when, page="notices.record")


def _planned_notice(facts: DutyFacts, is_open: bool) -> DutyLine:
    name, source, filed = "Planned procurement notice", "Procurement Act 2023, section 15", facts.filed.get("UK3")
    if filed is not None:
        return DutyLine("UK3", name, source, DutyState.DONE, "Before the tender notice.", filed=filed)
    if is_open:
        return _none("UK3", name, source, "It is your choice, and none was published.")
    when = "Your choice. 40 days to 12 months before the tender notice it shortens the time for bids to 10 days."
    return DutyLine("UK3", name, source, DutyState.LATER, when, page="notices.record")


def _awarding(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    if facts.is_direct:
        row = _row(Duty.TRANSPARENCY_NOTICE, facts)
        yield _line(
            "UK5", "Transparency notice", row, facts, today, "Before the contract is awarded directly.", due=True,
            page="award.transparency",
        )  # fmt: skip
    if _ended(facts):
        return
    yield _summaries(facts, today)
    row = _row(Duty.AWARD_NOTICE, facts)
    planned = facts.award_planned_on
    when = f"Planned for {words.weekday(planned)}. " if planned and "UK6" not in facts.filed else ""
    yield _line(
        "UK6", "Contract award notice", row, facts, today, f"{when}After the summaries, before the contract.",
        due=planned is not None and planned <= today, page="award.notice",
    )  # fmt: skip
    yield _standstill(facts, today)


def _summaries(facts: DutyFacts, today: date) -> DutyLine:
    name, row = "Assessment summaries", _row(Duty.ASSESSMENT_SUMMARIES, facts)
    if row.bound is Bound.NONE:
        return _none("", name, row.source, _why_not(row))
    if facts.is_direct:
        return _none("", name, row.source, "Nobody’s bid was assessed to find the most advantageous.")
    sent = bool(facts.summaries_owed) and facts.summaries_sent == facts.summaries_owed
    when = (
        f"{words.sentence(words.plural(facts.summaries_sent, 'letter'))} sent on {words.day(facts.summaries_sent_on)}."
        if sent and facts.summaries_sent_on
        else "To every assessed bidder, all at once, before the award notice."
    )
    state = _state(sent, facts.award_planned_on, facts.award_planned_on is not None, today)
    return DutyLine("", name, row.source, state, when, page="award.letters")


def _standstill(facts: DutyFacts, today: date) -> DutyLine:
    name, row = "Standstill", _row(Duty.STANDSTILL, facts)
    if row.bound is Bound.NONE:
        return _none("", name, row.source, _why_not(row))
    ends_on = facts.standstill_ends_on
    if ends_on is not None:
        over = ends_on < today
        when = f"{'Ended' if over else 'Ends'} at midnight on {words.weekday(ends_on)}."
        return DutyLine("", name, row.source, DutyState.DONE if over else DutyState.DUE, when, page="award.index")
    if "UK6" in facts.filed:
        return _none("", name, row.source, "The award notice states none.")
    days = words.number_word(facts.standstill_days or 8)
    must = "must" if row.bound is Bound.MANDATORY else "may"
    when = f"You {must} wait {days} working days, counted from the day of the award notice."
    return DutyLine("", name, row.source, DutyState.LATER, when, page="award.plan")


def _contract(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    if _ended(facts):
        return
    entered = facts.entered_on
    yield _kpis(facts, today)
    row = _row(Duty.DETAILS_NOTICE, facts)
    if row.bound is not Bound.NONE and facts.law is Regime.BELOW_THRESHOLD and not facts.is_notifiable:
        yield _none("UK7", "Contract details notice", row.source, "The contract is below £30,000 including VAT.")
    else:
        yield _line(
            "UK7", "Contract details notice", row, facts, today, _details_when(facts), due_on=facts.details_due_on,
            due=entered is not None, page="award.details_notice",
        )  # fmt: skip
    yield from _copy(facts, today)
    yield from _performance(facts, today)


def _details_when(facts: DutyFacts) -> str:
    if facts.details_due_on is not None:
        return f"By {words.weekday(facts.details_due_on)}."
    if facts.law is Regime.BELOW_THRESHOLD:
        return "As soon as reasonably practicable after the contract is entered into."
    days = 120 if facts.light_touch else 30
    return f"{days} days, the day on which the contract is entered into being the first."


def _kpis(facts: DutyFacts, today: date) -> DutyLine:
    name, row = "Key performance indicators", _row(Duty.KPIS, facts)
    if row.bound is Bound.NONE:
        return _none("", name, row.source, _why_not(row))
    if not facts.is_over_five_million:
        return _none("", name, row.source, "The contract is not over £5 million.")
    done = facts.kpis >= 3 or bool(facts.kpis_because)
    so_many = words.sentence(words.number_word(facts.kpis)) if facts.kpis else "None"
    when = f"At least three before the contract is entered into. {so_many} {'are' if facts.kpis > 1 else 'is'} set."
    if facts.kpis_because:
        when = f"Not set, because: {facts.kpis_because}"
    return DutyLine("", name, row.source, _state(done, facts.entered_on, False, today), when, page="tender.kpis")


def _copy(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    name, row = "Copy of the contract", _row(Duty.CONTRACT_COPY, facts)
    if row.bound is Bound.NONE:
        yield _none("", name, row.source, _why_not(row))
    elif not facts.is_over_five_million:
        yield _none("", name, row.source, "The contract is not over £5 million.")
    else:
        copies = [one for one in facts.life if one.number == "copy"]
        days = 180 if facts.light_touch else 90
        if not copies:
            when = f"{days} days, the day on which the contract is entered into being the first."
            yield DutyLine("", name, row.source, DutyState.LATER, when, facts.copy_due_on)
        yield from (_of_life(one, name, row.source, today) for one in copies)


def _performance(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    name, row = "Contract performance notice", _row(Duty.KPIS, facts)
    source = "Procurement Act 2023, section 71"
    notices = [one for one in facts.life if one.number == "UK9"]
    if notices:
        yield from (_of_life(one, name, source, today) for one in notices)
    elif row.bound is Bound.NONE:
        yield _none("UK9", name, source, _why_not(row))
    elif not facts.is_over_five_million and not facts.kpis:
        yield _none("UK9", name, source, "No indicators are published for this contract.")
    else:
        yield DutyLine("UK9", name, source, DutyState.LATER, "At least once in every 12 months, and at the end.")


def _ending(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    yield from _not_awarded(facts, today)
    if _ended(facts):
        return
    yield from _changes(facts, today)
    name, row = "Contract termination notice", _row(Duty.TERMINATION_NOTICE, facts)
    if row.bound is Bound.NONE:
        yield _none("UK11", name, row.source, _why_not(row))
        return
    notices = [one for one in facts.life if one.number == "UK11"]
    yield from (_of_life(one, name, row.source, today) for one in notices)
    if not notices:
        due_on = facts.termination_due_on
        when = (
            f"By {words.weekday(due_on)}, if it ends on {words.day(facts.contract_ends_on)}. Expiry counts."
            if due_on and facts.contract_ends_on
            else "30 days, the day on which the contract ends being the first. Expiry counts."
        )
        yield DutyLine("UK11", name, row.source, DutyState.LATER, when, due_on)


def _not_awarded(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    name, row = "Procurement termination notice", _row(Duty.PROCUREMENT_TERMINATION, facts)
    on = facts.not_awarding_on
    if row.bound is Bound.NONE or on is None:
        return
    filed = facts.filed.get("UK12")
    late = filed is None and on < today
    state = DutyState.DONE if filed else DutyState.OVERDUE if late else DutyState.DUE
    when = f"As soon as reasonably practicable after {words.weekday(on)}, when it was decided not to award."
    yield DutyLine(
        "UK12", name, row.source, state, when, on, filed, facts.needs.get("UK12", ()), "award.termination"
    )  # fmt: skip


def _changes(facts: DutyFacts, today: date) -> Iterator[DutyLine]:
    name, row = "Contract change notice", _row(Duty.CHANGE_NOTICE, facts)
    notices = [one for one in facts.life if one.number == "UK10"]
    if row.bound is Bound.NONE:
        yield _none("UK10", name, row.source, _why_not(row))
    elif not notices:
        when = "Before a change of the contract is made, unless it is small."
        yield DutyLine("UK10", name, row.source, DutyState.LATER, when)
    yield from (_of_life(one, name, row.source, today) for one in notices)


def _of_life(one: LifeNotice, name: str, source: str, today: date) -> DutyLine:
    number = "" if one.number == "copy" else one.number
    state = _state(one.filed is not None, one.due_on, one.about_on <= today, today)
    return DutyLine(
        number, name, source, state, f"By {words.weekday(one.due_on)}.", one.due_on, one.filed,
        page="contract.performance",
    )  # fmt: skip
