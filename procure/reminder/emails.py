"""The letters of this room: the ladder, the option, the last day to start buying, and the one nobody answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from procure.contract.rules import OptionDates
from procure.mail.declare import Email
from procure.reminder.keys import answered, renew_key

SAMPLE: dict[str, Any] = {
    "title": "Social infrastructure support",
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
    "option": OptionDates(1, 12, date(2027, 6, 30), date(2029, 3, 31)),
    "days_left_label": "in 5 weeks",
    "answer_by_on": date(2027, 4, 14),
    "above": "Head of Commissioning",
    "post_name": "Contract Manager",
    "vacant": "",
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

LADDER = ("eighteen_months", "twelve_months", "nine_months", "six_months", "three_months")
OTHERS = ("use_option", "start_buying", "too_late_to_buy")

EMAILS = (
    *(Email(name, "reminder", SAMPLE, renew_key, answered) for name in (*LADDER, *OTHERS)),
    Email("nobody_answered", "reminder", TAKEN_OVER, renew_key, answered),
)
