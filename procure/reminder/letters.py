"""What a reminder's letter says: its facts, from the contract as it stands on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from procure import words
from procure.contract.facts import contract_dates, months_to_buy
from procure.contract.models import Contract
from procure.contract.rules import ContractDates, gap_label, options_label
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.reminder.models import Reminder
from procure.reminder.recipients import Recipient, next_up
from procure.reminder.rules import ESCALATION_LETTER, ReminderKind, line_of

WHERE_IT_STANDS = 9
"""The step from which letters before the end ask where the purchase stands; earlier ones once there is one."""


def letter_name(reminder: Reminder) -> str:
    """Which declared letter a reminder is sent as."""
    if reminder.kind is ReminderKind.ESCALATION:
        return ESCALATION_LETTER
    is_early = reminder.kind is ReminderKind.LADDER and reminder.step > WHERE_IT_STANDS
    if is_early and _purchase(reminder.contract) is not None:
        return line_of(ReminderKind.LADDER, WHERE_IT_STANDS).letter
    return line_of(reminder.kind, reminder.step).letter


def link(key: str) -> str:
    """Where a letter's button leads."""
    return f"{current_app.config['PUBLIC_URL']}/r/{key}"


def facts_for(reminder: Reminder, recipient: Recipient, key: str, today: date, answer_by_on: date) -> dict[str, Any]:
    """Everything the letters of this room say."""
    contract = reminder.contract
    dates = contract_dates(contract)
    above = next_up(recipient.post, today) if recipient.post and contract.what_follows is None else None
    return {
        "title": contract.title,
        "supplier": contract.supplier.name,
        "ends_on": contract.ends_on,
        "months_label": words.in_words(contract.ends_on, today),
        "facts": table_of_facts(contract, dates, today),
        "action_by_on": _action_by(reminder, dates, answer_by_on),
        "start_by_on": dates.start_by_on,
        "lead_time_label": f"about {months_to_buy(contract.ends_on)} months",
        "gap_label": words.sentence(gap_label(dates.start_by_on, today)),
        "has_purchase": _purchase(contract) is not None,
        "purchase_label": purchase_label(contract),
        "options_label": options_label(dates.options),
        "option": dates.next_option,
        "days_left_label": words.in_words(reminder.about_on, today),
        "answer_by_on": answer_by_on,
        "above": above.post.name if above and above.post else "",
        "post_name": recipient.post_name,
        "vacant": recipient.vacant,
        "decide_url": link(key),
        "acknowledge_url": f"{link(key)}/ack",
        **_first_letter(reminder),
    }


def _first_letter(reminder: Reminder) -> dict[str, Any]:
    """Of an escalation: who did not answer which letter by when."""
    first = reminder.escalation_of
    if first is None:
        return {"silent_post": "", "first_sent_on": None, "first_answer_by_on": None}
    return {
        "silent_post": (first.sent_post or first.post).name,
        "first_sent_on": first.sent_on,
        "first_answer_by_on": first.answer_by_on,
    }


def _action_by(reminder: Reminder, dates: ContractDates, answer_by_on: date) -> date:
    """What the subject says must be done by: the option's day, the last day to start buying, else the answer."""
    if reminder.kind is ReminderKind.OPTION:
        return reminder.about_on
    if reminder.kind is ReminderKind.START_BY and reminder.step:
        return reminder.about_on
    is_to_decide = reminder.kind is ReminderKind.LADDER and reminder.step == 12 and not dates.has_purchase
    if is_to_decide and dates.start_by_on > answer_by_on:
        return dates.start_by_on
    return answer_by_on


def purchase_label(contract: Contract) -> str:
    """Where the next purchase stands: "No purchase is under way."."""
    file = _purchase(contract)
    return f"Where the purchase stands: {file.stage.label}, {file.reference}." if file else "No purchase is under way."


def _purchase(contract: Contract) -> Procurement | None:
    """The purchase that follows, wherever it stands; None where there is none or it was abandoned."""
    return next((file for file in reversed(contract.followed_by) if file.stage is not Stage.ABANDONED), None)


def table_of_facts(contract: Contract, dates: ContractDates, today: date) -> list[tuple[str, str]]:
    """The small table of a letter, and of the page its button leads to."""
    paid = contract.paid_by(today)
    share = round(paid * 100 / contract.value_gross) if contract.value_gross else 0
    rows = [
        ("Supplier", contract.supplier.name),
        ("Ends", words.weekday(contract.ends_on)),
        ("Value", f"{words.pounds(contract.value_gross)} including VAT"),
        ("Paid so far", f"{words.pounds(paid)}, {share}%"),
        ("Options", options_label(dates.options)),
        ("Start buying by", words.weekday(dates.start_by_on)),
    ]
    option = dates.next_option
    if option is not None:
        rows.append((f"Use option {option.number} by", words.weekday(option.exercise_by_on)))
    return rows
