"""What a contract’s pages show around their subject: identity band, leading sentence, the line of its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from procure import pictures, words
from procure.contract.facts import attention_to, contract_dates, decided_words, next_contract, plan_back_from
from procure.contract.models import Contract
from procure.contract.rules import Attention, ContractState, WhatFollows, gap_label, term_months, time_gone
from procure.law.timetable import StartBy
from procure.law.working_days import months_before

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
    holder = contract.manager_post.holder_on(today)
    decided, on_it = decided_words(contract, today)
    return [
        _ends(contract, today),
        {
            "label": "Value to that date",
            "value": f"{words.pounds(contract.value_gross)} including VAT",
            "example": contract.is_example,
            "more_summary": "Net and VAT",
            "more_text": f"{words.pounds(contract.value_net)} net, {words.pounds(contract.value_vat)} VAT."
            + _with_options(contract),
        },
        {
            "label": "Owner",
            "value": contract.manager_post.name,
            "note": f"{holder.name} holds the post" if holder else "Nobody holds the post",
        },
        {"label": "Decided?", "value": decided, "note": on_it},
    ]


def _ends(contract: Contract, today: date) -> dict[str, Any]:
    on = words.weekday(contract.ended_on or contract.ends_on)
    if contract.state is ContractState.TO_SIGN:
        return {"label": "State", "value": "To be signed", "note": f"Would start {words.day(contract.starts_on)}"}
    if contract.state is ContractState.ENDED:
        return {"label": "Ended", "value": on}
    if contract.ends_on < today:
        return {"label": "Ended", "value": words.sentence(words.in_words(contract.ends_on, today)), "note": on}
    return {"label": "Ends", "value": words.sentence(words.in_words(contract.ends_on, today)), "note": on}


def _with_options(contract: Contract) -> str:
    count = len(contract.options)
    if not count or contract.full_gross == contract.value_gross:
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
        return Lead(f"This contract ended on {words.day(contract.ended_on or contract.ends_on)}.", "Its record stays.")
    if contract.ends_on < today:
        return Lead(
            "Record how it ended.", f"Its last day was {words.day(contract.ends_on)}.", "Record the end",
            url_for("contract.record_end", reference=contract.reference), is_late=True,
        )  # fmt: skip
    dates, state = contract_dates(contract), attention_to(contract, today)
    if state in (Attention.IN_HAND, Attention.DECIDED):
        return _seen_to(contract, decide)
    if state is Attention.TOO_EARLY:
        asks_on = months_before(contract.ends_on, 18)
        return Lead("Nothing needs deciding yet.", f"The first letter asks on {words.day(asks_on)}.")
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


def _seen_to(contract: Contract, decide: str) -> Lead:
    decision, after = contract.what_follows, next_contract(contract)
    if after is not None:
        return Lead(
            f"The next contract is signed: {after.reference}.",
            f"{after.supplier.name} takes over on {words.day(after.starts_on)}.",
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
    return Lead(f"It ends on {words.day(contract.ends_on)}.", "It was decided to let it end.", "Decide again", decide)


def digits_label(months: int) -> str:
    """3 years, 18 months: short enough to stand inside a picture."""
    return words.plural(months // 12, "year") if months % 12 == 0 else words.plural(months, "month")


def life_of(contract: Contract, today: date) -> pictures.Life:
    """The line of its life: the term, its options, what must be done by when, and how each day was worked out."""
    plan = plan_back_from(contract.ends_on)
    due = []
    if contract.state is not ContractState.ENDED:
        due.append(pictures.Due("Start buying again by", plan.start_by, f"{plan.days} days before the end"))
    end = contract.ends_on
    for option in contract.open_options:
        same = option.exercise_by_on == months_before(end, 9)
        which = "the end" if end == contract.ends_on else "that end"
        how = f"9 months before {which}" if same else "as the contract says"
        due.append(pictures.Due(f"Use option {option.number} by", option.exercise_by_on, how))
        end = option.ends_on
    return pictures.life(
        started_on=contract.starts_on,
        ends_on=contract.ends_on,
        today=today,
        options=[
            pictures.Option(option.ends_on, f"Option {option.number}", digits_label(option.months))
            for option in contract.open_options
        ],
        due=due,
        term=_term(contract),
    )


def _term(contract: Contract) -> str:
    months = term_months(contract.starts_on, contract.ends_on)
    return digits_label(int(months)) if months == int(months) else ""


def paid_bar(contract: Contract, today: date) -> pictures.Paid:
    """What has been paid of the value to the current end, and where even spending would be."""
    gone = time_gone(contract.starts_on, contract.ends_on, today)
    return pictures.paid(contract.paid_by(today), contract.value_gross, time_share=gone)


def stages_back(contract: Contract) -> StartBy:
    """How the last day to start buying again is worked out, stage by stage."""
    return plan_back_from(contract.ends_on)
