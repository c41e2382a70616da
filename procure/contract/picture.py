"""What a contract’s pages show around their subject: identity band, leading sentence, the line of its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from procure import words
from procure.contract.facts import attention_to, contract_dates, decided_words, next_contract, plan_back_from
from procure.contract.models import Contract
from procure.contract.rules import (
    EXERCISE_MONTHS,
    NOT_STATED,
    Attention,
    ContractState,
    Term,
    ValueBasis,
    WhatFollows,
    asks_from,
    extended,
    gap_label,
    term_months,
    time_gone,
)  # fmt: skip
from procure.contract.term_rules import notice_by
from procure.law.timetable import StartBy
from procure.law.working_days import months_before
from procure.pictures.life import Due, Life, Option, life
from procure.pictures.spending import Paid, paid

PAGES = (
    ("overview", "Overview"),
    ("terms", "Terms"),
    ("changes", "Changes"),
    ("performance", "Performance"),
    ("money", "Money"),
    ("documents", "Documents"),
    ("reminders", "Reminders"),
    ("history", "History"),
)


@dataclass(frozen=True)
class Frame:
    """The identity band of a contract."""

    facts: list[dict[str, Any]]
    pages: list[tuple[str, str]]
    page_label: str
    breadcrumb: list[tuple[str, str]]


def contract_frame(contract: Contract, page: str, today: date) -> Frame:
    """The band and the sub navigation, the same on every page of a contract."""
    at = {name: url_for(f"contract.{name}", reference=contract.reference) for name, _ in PAGES}
    crumbs = [("Contracts", url_for("contract.index"))]
    if page != "overview":
        crumbs.append((contract.title, at["overview"]))
    return Frame(_facts(contract, today), [(label, at[name]) for name, label in PAGES], dict(PAGES)[page], crumbs)


def _facts(contract: Contract, today: date) -> list[dict[str, Any]]:
    decided, on_it = decided_words(contract, today)
    return [
        _ends(contract, today),
        _value(contract),
        _owner(contract, today),
        {"label": "Decided?", "value": decided, "note": on_it},
    ]


def _value(contract: Contract) -> dict[str, Any]:
    known: dict[str, Any] = {
        "label": "Value to that date" if contract.ends_on else "Value",
        "value": contract.value_said,
        "example": contract.is_example and contract.worth is not None,
    }
    if contract.value is not None:
        known["more_summary"] = "Net and VAT"
        known["more_text"] = (
            f"{words.pounds(contract.value.net)} net, {words.pounds(contract.value.vat)} VAT." + _with_options(contract)
        )
    return known


def _owner(contract: Contract, today: date) -> dict[str, Any]:
    post = contract.manager_post
    if post is None:
        return {"label": "Owner", "value": contract.owner_name, "note": "Letters about it reach nobody"}
    holder = post.holder_on(today)
    held = f"{holder.name} holds the post" if holder else "Nobody holds the post"
    return {"label": "Owner", "value": post.name, "note": held}


def _ends(contract: Contract, today: date) -> dict[str, Any]:
    end = contract.ended_on or contract.ends_on
    if contract.state is ContractState.TO_SIGN:
        starts = f"Would start {words.day(contract.starts_on)}" if contract.starts_on else ""
        return {"label": "State", "value": contract.state.label, "note": starts}
    if end is None:
        return {"label": "Ends", "value": NOT_STATED if contract.term is Term.FIXED else contract.term.label}
    on = words.weekday(end)
    if contract.state is ContractState.ENDED:
        return {"label": "Ended", "value": on}
    said = words.sentence(words.in_words(end, today))
    if end < today:
        return {"label": "Ended", "value": said, "note": on}
    return {"label": "Rolls on" if contract.term is Term.ROLLING else "Ends", "value": said, "note": on}


def _with_options(contract: Contract) -> str:
    count = len(contract.options)
    if not count or contract.full_gross is None or contract.full_gross == contract.value_gross:
        return ""
    every = {1: "the option", 2: "both options"}.get(count, f"all {words.number_word(count)} options")
    return f" With {every}: {words.pounds(contract.full_gross)} including VAT."


@dataclass(frozen=True)
class Lead:
    """The sentence at the top of the overview, and the one thing to do about it."""

    strong: str
    rest: str
    button: str = ""
    href: str = ""
    is_late: bool = False


def lead_of(contract: Contract, today: date, months_to_buy: int) -> Lead:
    """What matters now about a contract."""
    decide = url_for("contract.decide", reference=contract.reference)
    if contract.state is ContractState.TO_SIGN:
        file = contract.award.lot.procurement.reference if contract.award else ""
        return Lead(
            "This contract isn’t signed yet.", "It is prepared from its award.", "Go to signing",
            url_for("contract.prepare", reference=file),
        )  # fmt: skip
    if contract.state is ContractState.ENDED:
        end = contract.ended_on or contract.ends_on
        return Lead(f"This contract ended{f' on {words.day(end)}' if end else ''}.", "Its record stays.")
    if contract.ends_on is None:
        return _without_end(contract)
    if contract.ends_on < today:
        return Lead(
            "Record how it ended.", f"Its last day was {words.day(contract.ends_on)}.", "Record the end",
            url_for("contract.record_end", reference=contract.reference), is_late=True,
        )  # fmt: skip
    dates, state = contract_dates(contract), attention_to(contract, today)
    if state in (Attention.IN_HAND, Attention.DECIDED):
        return _seen_to(contract, decide)
    if state is Attention.TOO_EARLY:
        asks_on = asks_from(dates)
        return Lead("Nothing needs deciding yet.", f"The first letter asks on {words.day(asks_on)}.")
    if dates.roll_months and dates.notice_by_on is not None:
        rolls = f"Else it rolls on for {words.months_label(dates.roll_months)} from {words.day(contract.ends_on)}."
        return Lead(
            f"Decide by {words.day(dates.notice_by_on)} whether to give notice.", rolls, "Decide what follows", decide
        )
    if today > dates.start_by_on:
        gap = words.sentence(gap_label(dates.start_by_on, today))
        return Lead(
            "Decide now what follows.",
            f"The last safe day to start buying was {words.day(dates.start_by_on)}. {gap}, unless it is extended.",
            "Decide what follows", decide, is_late=True,
        )  # fmt: skip
    return Lead(
        f"Decide by {words.day(dates.start_by_on)} what follows.",
        f"Buying again takes about {months_to_buy} months, so a later start leaves a gap.",
        "Decide what follows", decide,
    )  # fmt: skip


def _without_end(contract: Contract) -> Lead:
    correct = url_for("contract.correct", reference=contract.reference)
    if contract.term is Term.EVERGREEN:
        said = "No end is agreed, so no letter will ask what follows. Look at it on its review days."
        return Lead("This contract runs on until somebody ends it.", said)
    return Lead("When it ends is not stated.", "Nobody can be reminded until it is.", "Enter its end", correct)


def _seen_to(contract: Contract, decide: str) -> Lead:
    decision, after = contract.what_follows, next_contract(contract)
    if after is not None:
        return Lead(
            f"The next contract is signed: {after.reference}.",
            f"{after.supplier_name} takes over{f' on {words.day(after.starts_on)}' if after.starts_on else ''}.",
            "Open the next contract",
            url_for("contract.overview", reference=after.reference),
        )
    if contract.followed_by and not contract.purchase_fell:
        file = contract.followed_by[-1]
        return Lead(
            "Buying again is under way." if decision is None or decision.choice is WhatFollows.BUY_AGAIN else "",
            f"{file.title}, {file.reference}, stands at: {file.stage.label}.", "Open the purchase",
            url_for("procurement.overview", reference=file.reference),
        )  # fmt: skip
    if decision is not None and decision.choice is WhatFollows.EXTEND and contract.open_options:
        option = contract.open_options[0]
        return Lead(
            f"Use option {option.number} by {words.day(option.exercise_by_on)}.", "It was decided to extend.",
            f"Use option {option.number}",
            url_for("contract.use", reference=contract.reference, number=option.number),
        )  # fmt: skip
    ends = f"It ends on {words.day(contract.ends_on)}." if contract.ends_on else ""
    if contract.term is Term.ROLLING and decision is not None and decision.choice is WhatFollows.EXTEND:
        rolls = f"It rolls on from {words.day(contract.ends_on)}." if contract.ends_on else "It rolls on."
        return Lead(rolls, "It was decided to give no notice.", "Decide again", decide)
    return Lead(ends, "It was decided to let it end.", "Decide again", decide)


def digits_label(months: int) -> str:
    """3 years, 18 months: short enough to stand inside a picture."""
    return words.plural(months // 12, "year") if months % 12 == 0 else words.plural(months, "month")


def life_of(contract: Contract, today: date) -> Life | None:
    """The line of its life: the term, its options, what must be done by when, and how each day was worked out.

    None where its start or end isn’t known.
    """
    if contract.starts_on is None or contract.ends_on is None:
        return None
    plan = plan_back_from(contract.ends_on)
    due = []
    if contract.state is not ContractState.ENDED:
        due.append(Due("Start buying again by", plan.start_by, f"{plan.days} days before the end"))
    end = contract.ends_on
    for option in contract.open_options:
        same = option.exercise_by_on == months_before(end, 9)
        which = "the end" if end == contract.ends_on else "that end"
        how = f"9 months before {which}" if same else "as the contract says"
        due.append(Due(f"Use option {option.number} by", option.exercise_by_on, how))
        end = option.ends_on
    return life(
        started_on=contract.starts_on,
        ends_on=contract.ends_on,
        today=today,
        options=[
            Option(option.ends_on, f"Option {option.number}", digits_label(option.months))
            for option in contract.open_options
        ],
        due=due,
        term=_length(contract.starts_on, contract.ends_on),
    )


def _length(starts_on: date, ends_on: date) -> str:
    months = term_months(starts_on, ends_on)
    return digits_label(int(months)) if months == int(months) else ""


def paid_bar(contract: Contract, today: date) -> Paid | None:
    """What has been paid of the value to the current end, and where even spending would be. None without a value."""
    if contract.worth is None:
        return None
    gone = None
    if contract.starts_on is not None and contract.ends_on is not None:
        gone = time_gone(contract.starts_on, contract.ends_on, today)
    return paid(contract.paid_by(today), contract.worth, time_share=gone)


def stages_back(contract: Contract) -> StartBy | None:
    """How the last day to start buying again is worked out, stage by stage; None without an end."""
    return plan_back_from(contract.ends_on) if contract.ends_on else None


def sums_of(contract: Contract) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    """What it is worth to its end, with every option and in a year: net, VAT, gross; None where it isn’t stated."""
    value_vat = contract.value_vat
    rows = [
        (f"To {words.day(contract.ends_on)}" if contract.ends_on else "As agreed", contract.value_net, value_vat,
         contract.value_gross),
        ("With every option", contract.full_net, _vat(contract.full_net, contract.full_gross), contract.full_gross),
        ("A year", contract.annual_net, _vat(contract.annual_net, contract.annual_gross), contract.annual_gross),
    ]  # fmt: skip
    if contract.value_stated is not None and contract.value_gross is None:
        basis = contract.value_basis
        net = contract.value_stated if basis is ValueBasis.NET else None
        gross = contract.value_stated if basis is not ValueBasis.NET else None
        rows[0] = (f"{rows[0][0]}, {basis.label.lower()}", net, None, gross)
    return rows


def _vat(net: Decimal | None, gross: Decimal | None) -> Decimal | None:
    return gross - net if net is not None and gross is not None else None


@dataclass(frozen=True)
class Reckoned:
    """A day that follows from the terms: its rule, what went in, and on which calendar it was counted."""

    what: str
    on: date
    rule: str
    facts: list[tuple[str, str]]
    source: str = "The contract’s terms"
    calendar: str = ""
    provisional: bool = False
    days: tuple[Any, ...] = ()


CLIPPED = "Months are counted back to the same day, or to the last day of a shorter month. Every day counts."


def days_of(contract: Contract, today: date) -> list[Reckoned]:
    """Every day of a contract that was worked out, with how: notice, options, the last possible end, when to start."""
    if contract.ends_on is None:
        return []
    end = contract.ends_on
    found = []
    if contract.notice_months or contract.term is Term.ROLLING:
        found.append(
            Reckoned(
                "Last day to give notice", notice_by(end, contract.notice_months),
                f"{words.sentence(words.months_label(contract.notice_months))} before the end. {CLIPPED}"
                if contract.notice_months else "No notice is agreed, so the last day is the end itself.",
                [("End", words.day(end)), ("Notice", words.months_label(contract.notice_months))],
            )
        )  # fmt: skip
    if contract.term is Term.ROLLING and contract.roll_months:
        found.append(
            Reckoned(
                "Would roll on to", extended(end, contract.roll_months),
                f"{words.sentence(words.months_label(contract.roll_months))} more, from the day after the end.",
                [("End", words.day(end)), ("Rolls on by", words.months_label(contract.roll_months))],
            )
        )  # fmt: skip
    moves = end
    for option in contract.open_options:
        usual = months_before(moves, EXERCISE_MONTHS)
        how = (
            f"Nine months before the end it moves, {words.day(moves)}. {CLIPPED}"
            if option.exercise_by_on == usual
            else f"As the contract says. The usual day would be {words.day(usual)}, nine months before."
        )
        facts = [
            ("It moves", words.day(moves)),
            ("To", words.day(option.ends_on)),
            ("Length", words.months_label(option.months)),
        ]
        found.append(Reckoned(f"Use option {option.number} by", option.exercise_by_on, how, facts))
        moves = option.ends_on
    if contract.open_options:
        lengths = words.joined(words.months_label(option.months) for option in contract.open_options)
        found.append(
            Reckoned(
                "Last possible end", moves, "Every open option used, one after the other.",
                [("Ends now", words.day(end)), ("Options", lengths)],
            )
        )  # fmt: skip
    if contract.state is ContractState.LIVE and contract.term is Term.FIXED and not contract.followed_by:
        plan = plan_back_from(end)
        stages = [(one.step.name, f"from {words.day(one.latest_start_on)}") for one in plan.stages]
        rule = "Counted back from the day after the end, stage by stage, by the usual timetable."
        found.append(
            Reckoned(
                "Start buying again by", plan.start_by, rule, stages, "The council’s usual timetable",
                "England, and for the standstill any part of the UK", plan.provisional,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: one.on)


def figures_of(contract: Contract, today: date) -> list[tuple[str, str, str]]:
    """Value, paid, committed and forecast, each in words, with what is wrong with it."""
    paid, worth = contract.paid_by(today), contract.worth

    def over(sum_: Decimal | None) -> str:
        return (
            f"{words.pounds(sum_ - worth)} over its value"
            if sum_ is not None and worth is not None and sum_ > worth
            else ""
        )

    def said(sum_: Decimal | None) -> str:
        return f"{words.pounds(sum_)} including VAT" if sum_ is not None else "Not stated"

    committed = contract.committed_gross
    rows = [("Agreed", contract.value_said, ""), ("Paid", said(paid), over(paid))]
    if worth is not None:
        rows.append(("Left", said(worth - paid) if worth >= paid else "Nothing", ""))
    rows.append(("Committed", said(committed), over(paid + committed) if committed is not None else ""))
    rows.append(("Forecast to its end", said(contract.forecast_gross), over(contract.forecast_gross)))
    return rows
