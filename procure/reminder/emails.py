"""The letters of this room: one for each kind of day, the one nobody answered, and the one with many in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from procure.contract.rules import OptionDates
from procure.mail.declare import Email
from procure.reminder.keys import answered, renew_key

SAMPLE: dict[str, Any] = {
    "title": "Social infrastructure support",
    "about": "12 months before the end",
    "said": "",
    "about_on": date(2028, 3, 31),
    "is_past": False,
    "supplier": "Example Network",
    "ends_on": date(2028, 3, 31),
    "months_label": "in 12 months",
    "facts": [
        ("Supplier", "Example Network"),
        ("Ends", "Friday 31 March 2028"),
        ("Value", "£333,000 including VAT"),
        ("Paid so far", "£212,750, 64%"),
        ("Options", "2, of one year each"),
        ("Start buying by", "Wednesday 5 May 2027"),
        ("Use option 1 by", "Wednesday 30 June 2027"),
    ],
    "action_by_on": date(2027, 5, 5),
    "start_by_on": date(2027, 5, 5),
    "lead_time_label": "about 11 months",
    "gap_label": "The service would stop for about 7 weeks",
    "has_purchase": False,
    "purchase_label": "No purchase is under way.",
    "options_label": "2, of one year each",
    "option": OptionDates(1, 12, date(2027, 6, 30), date(2029, 3, 31)),
    "days_left_label": "in 5 weeks",
    "answer_by_on": date(2027, 4, 14),
    "above": "Head of Commissioning",
    "post_name": "Contract Manager",
    "vacant": "",
    "covers": False,
    "owns": True,
    "is_unowned": False,
    "decide_url": "https://procure.example.gov.uk/r/7Q4M-2KX9",
    "acknowledge_url": "https://procure.example.gov.uk/r/7Q4M-2KX9/ack",
    "silent_post": "",
    "first_sent_on": None,
    "first_answer_by_on": None,
}

TAKEN_OVER = SAMPLE | {
    "post_name": "Head of Commissioning",
    "silent_post": "Contract Manager",
    "first_sent_on": date(2027, 3, 31),
    "first_answer_by_on": date(2027, 4, 14),
    "above": "Director of Policy and Participation",
}


def _about(said: str, about_on: date, **more: Any) -> dict[str, Any]:
    return SAMPLE | {"said": said, "about_on": about_on, "action_by_on": about_on} | more


TOGETHER: dict[str, Any] = {
    "count": 27,
    "rows": [
        {
            "title": "Social infrastructure support", "about": "Use option 1 by 30 June", "reference": "CON-2025-007",
            "is_past": False, "when": "in 5 weeks", "supplier": "Example Network", "value": "£333,000 including VAT",
        },
        {
            "title": "Park benches", "about": "Public liability insurance ran out 28 May", "reference": "CON-2026-011",
            "is_past": True, "when": "3 days ago", "supplier": "Smith & Sons <Ltd>",
            "value": "£18,400 (VAT not stated)",
        },
    ],
    "more": 25,
    "first_title": "Social infrastructure support",
    "first_about": "Use option 1 by 30 June",
    "answer_by_on": date(2027, 6, 14),
    "weekly": False,
    "post_name": "Contract Manager",
    "decide_url": "https://procure.example.gov.uk/r/7Q4M-2KX9",
    "acknowledge_url": "https://procure.example.gov.uk/r/7Q4M-2KX9/ack",
}  # fmt: skip

NO_CONTRACT: dict[str, Any] = {
    "supplier": "", "months_label": "", "start_by_on": None, "lead_time_label": "", "gap_label": "", "option": None,
    "purchase_label": "", "options_label": "", "facts": [("Ends", "Friday 31 March 2028")], "owns": False,
    "post_name": "Chief Operating Officer",
}  # fmt: skip

SAMPLES: dict[str, dict[str, Any]] = {
    "eighteen_months": SAMPLE,
    "twelve_months": SAMPLE,
    "nine_months": SAMPLE,
    "six_months": SAMPLE,
    "three_months": SAMPLE,
    "contract_over": SAMPLE | {"is_past": True, "days_left_label": "30 days ago", "about": "30 days after its end"},
    "use_option": SAMPLE,
    "start_buying": SAMPLE,
    "too_late_to_buy": SAMPLE,
    "give_notice": _about("", date(2027, 9, 30)),
    "use_break": _about("the break on 30 September 2027", date(2027, 6, 30)),
    "paper_runs_out": _about("Public liability insurance", date(2027, 4, 30)),
    "return_due": _about("Groups supported in each ward", date(2027, 4, 30)),
    "notice_to_publish": _about("Contract performance notice", date(2027, 4, 30), owns=False),
    "review_due": _about("Annual review", date(2027, 4, 30)),
    "nobody_looks_after": SAMPLE | {"is_unowned": True, "post_name": "Administrator", "above": ""},
    "money_ends": SAMPLE | {"title": "Local giving pilot", "said": "Local giving pilot"} | NO_CONTRACT,
    "power_ends": SAMPLE
    | {"title": "the Chief Operating Officer to extend", "said": "the Chief Operating Officer to extend"}
    | NO_CONTRACT,
    "nobody_answered": TAKEN_OVER,
    "several_reminders": TOGETHER,
}

EMAILS = tuple(Email(name, "reminder", sample, renew_key, answered) for name, sample in SAMPLES.items())
