"""What a reminder's letter says: its facts, from the contract as it stands on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import current_app

from procure import words
from procure.contract.facts import months_to_buy, plan_back_from
from procure.contract.models import Contract
from procure.contract.rules import gap_label, options_label
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.reminder.keys import uid_of
from procure.reminder.recipients import Recipient
from procure.reminder.rules.calendar import Entry, calendar_of
from procure.reminder.rules.going import Due
from procure.reminder.rules.kinds import ReminderKind, about_label, letter_of

K = ReminderKind

WHERE_IT_STANDS = "nine_months"
"""The letter that asks where the purchase stands; earlier ones give way to it once there is a purchase."""
ASK_WHETHER = ("eighteen_months", "twelve_months")
SHOWN_TOGETHER = 25
"""So many are told in one letter; the rest are counted and stand on the page it leads to."""


@dataclass(frozen=True)
class Silent:
    """Of an escalation: which post did not answer which letter by when."""

    post_name: str
    sent_on: date | None
    answer_by_on: date | None


@dataclass(frozen=True)
class Subject:
    """A due reminder with what its letter tells of."""

    due: Due
    root: Due
    """The first of its line: the reminder itself, unless it follows another."""
    contract: Contract | None
    paid: Decimal = Decimal(0)
    silent: Silent | None = None

    @property
    def title(self) -> str:
        """The contract, or what ends."""
        return self.contract.title if self.contract else self.root.said

    @property
    def start_by_on(self) -> date | None:
        """Last day to start buying again without a gap; None where no end is known."""
        if self.contract is None or self.contract.ends_on is None:
            return None
        return plan_back_from(self.contract.ends_on).start_by

    @property
    def reference(self) -> str:
        return self.contract.reference if self.contract else ""

    @property
    def about(self) -> str:
        """ "Use option 1 by 30 June"; of an escalation what the letter was about that nobody answered."""
        return about_label(self.root.kind, self.root.ahead, self.root.about_on, self.root.said)


def letter_name(subject: Subject) -> str:
    """Which declared letter a reminder is sent as."""
    if subject.due.kind is K.ESCALATION:
        return letter_of(K.ESCALATION, subject.due.ahead)
    name = letter_of(subject.root.kind, subject.root.ahead)
    if name in ASK_WHETHER and subject.contract is not None and _purchase(subject.contract) is not None:
        return WHERE_IT_STANDS
    return name


def link(key: str) -> str:
    """Where a letter's button leads."""
    return f"{current_app.config['PUBLIC_URL']}/r/{key}"


def facts_for(
    subject: Subject, recipient: Recipient, above: Recipient | None, key: str, today: date, answer_by_on: date
) -> dict[str, Any]:
    """Everything the letters about one day say."""
    contract, root = subject.contract, subject.root
    silent = subject.silent
    return {
        "title": subject.title,
        "about": subject.about,
        "said": root.said,
        "about_on": root.about_on,
        "is_past": root.about_on < today,
        "days_left_label": words.in_words(root.about_on, today),
        "answer_by_on": answer_by_on,
        **(_of_contract(contract, subject, today) if contract else _of_no_contract(subject)),
        "action_by_on": _action_by(subject, today, answer_by_on),
        "above": above.post.name if above and above.post and not _is_decided(contract) else "",
        **_why(subject, recipient),
        "silent_post": silent.post_name if silent else "",
        "first_sent_on": silent.sent_on if silent else None,
        "first_answer_by_on": silent.answer_by_on if silent else None,
        "decide_url": link(key),
        "acknowledge_url": f"{link(key)}/ack",
    }


def _why(subject: Subject, recipient: Recipient) -> dict[str, Any]:
    return {
        "post_name": recipient.post_name,
        "vacant": recipient.vacant,
        "covers": recipient.covers,
        "owns": subject.contract is not None and subject.root.kind is not K.DUTY,
        "is_unowned": subject.contract is not None and subject.contract.manager_post_id is None,
    }


def _is_decided(contract: Contract | None) -> bool:
    return contract is not None and contract.what_follows is not None


def _of_no_contract(subject: Subject) -> dict[str, Any]:
    ends = ("Ends", words.weekday(subject.root.about_on))
    return {
        "supplier": "", "ends_on": subject.root.about_on, "months_label": "", "facts": [ends], "start_by_on": None,
        "lead_time_label": "", "gap_label": "", "has_purchase": False, "purchase_label": "", "options_label": "",
        "option": None,
    }  # fmt: skip


def _of_contract(contract: Contract, subject: Subject, today: date) -> dict[str, Any]:
    ends_on, options = contract.ends_on, contract.open_options
    start_by_on = plan_back_from(ends_on).start_by if ends_on else None
    return {
        "supplier": contract.supplier_name,
        "ends_on": ends_on,
        "months_label": words.in_words(ends_on, today) if ends_on else "",
        "facts": table_of_facts(contract, subject.paid),
        "start_by_on": start_by_on,
        "lead_time_label": f"about {months_to_buy(ends_on)} months" if ends_on else "",
        "gap_label": words.sentence(gap_label(start_by_on, today)) if start_by_on else "",
        "has_purchase": _purchase(contract) is not None,
        "purchase_label": purchase_label(contract),
        "options_label": options_label(options),
        "option": options[0] if options else None,
    }


def _action_by(subject: Subject, today: date, answer_by_on: date) -> date:
    """What the subject says must be done by: the day itself where there is one to keep, else that of the answer."""
    root, contract = subject.root, subject.contract
    if subject.due.kind is K.ESCALATION:
        return answer_by_on
    if root.kind is K.LADDER:
        return _decide_by(subject, contract, answer_by_on)
    if root.ahead.is_after or root.about_on < today or root.kind in (K.OVER, K.OWNER):
        return answer_by_on
    return root.about_on


def _decide_by(subject: Subject, contract: Contract | None, answer_by_on: date) -> date:
    """Twelve months before, whoever hasn't begun decides by the last day to start buying, if that is later."""
    if letter_name(subject) != "twelve_months" or contract is None or contract.ends_on is None:
        return answer_by_on
    return max(plan_back_from(contract.ends_on).start_by, answer_by_on)


def purchase_label(contract: Contract) -> str:
    """Where the next purchase stands: "No purchase is under way."."""
    file = _purchase(contract)
    return f"Where the purchase stands: {file.stage.label}, {file.reference}." if file else "No purchase is under way."


def _purchase(contract: Contract) -> Procurement | None:
    """The purchase that follows, wherever it stands; None where there is none or it was abandoned."""
    return next((file for file in reversed(contract.followed_by) if file.stage is not Stage.ABANDONED), None)


def table_of_facts(contract: Contract, paid: Decimal) -> list[tuple[str, str]]:
    """The small table of a letter, and of the page its button leads to."""
    share = f", {round(paid * 100 / contract.worth)}%" if contract.worth else ""
    rows = [
        ("Supplier", contract.supplier_name),
        ("Ends", words.weekday(contract.ends_on) if contract.ends_on else "No end agreed"),
        ("Value", contract.value_said),
        ("Paid so far", f"{words.pounds(paid)}{share}"),
        ("Options", options_label(contract.open_options)),
    ]
    if contract.ends_on is not None:
        rows.append(("Start buying by", words.weekday(plan_back_from(contract.ends_on).start_by)))
    option = next(iter(contract.open_options), None)
    if option is not None:
        rows.append((f"Use option {option.number} by", words.weekday(option.exercise_by_on)))
    return rows


# ── several in one letter ──


def facts_together(
    shown: Sequence[Subject],
    count: int,
    recipient: Recipient,
    key: str,
    today: date,
    answer_by_on: date,
    *,
    weekly: bool,
) -> dict[str, Any]:
    """What a letter about several days says: the most urgent first, those in full; the rest of them counted."""
    first = shown[0]
    return {
        "count": count,
        "rows": [
            {
                "title": one.title,
                "about": _about_of(one),
                "reference": one.reference,
                "is_past": one.root.about_on < today,
                "when": words.in_words(one.root.about_on, today),
                "supplier": one.contract.supplier_name if one.contract else "",
                "value": one.contract.value_said if one.contract else "",
            }
            for one in shown
        ],
        "more": count - len(shown),
        "first_title": first.title,
        "first_about": _about_of(first),
        "answer_by_on": answer_by_on,
        "weekly": weekly,
        "post_name": recipient.post_name,
        "decide_url": link(key),
        "acknowledge_url": f"{link(key)}/ack",
    }


def _about_of(subject: Subject) -> str:
    if subject.silent is not None:
        return f"No answer from the {subject.silent.post_name}: {words.within(subject.about)}"
    return subject.about


# ── calendar ──


def entry_for(subject: Subject, url: str) -> Entry:
    """The day a letter is about, for the reader's calendar. The same event each time it is told of."""
    root = subject.root
    return Entry(
        uid=uid_of(root.of, root.kind, root.item), on=root.about_on, summary=f"{subject.about}: {subject.title}",
        text=f"{subject.reference} {subject.title}".strip(), url=url,
        remind_days=0 if root.ahead.is_after else 7,
    )  # fmt: skip


def calendar_for(subjects: Sequence[Subject], at: datetime) -> str:
    """The days of a letter as a file for a calendar."""
    url = current_app.config["PUBLIC_URL"]
    entries = [
        entry_for(one, f"{url}/contracts/{one.reference}" if one.reference else url)
        for one in subjects
        if one.root.kind is not K.OWNER
    ]
    return calendar_of(entries, name="Reminders", at=at)
