"""The letter of this room: to the supplier, that an option to extend is used."""

from __future__ import annotations

from datetime import date

from procure.mail.declare import Email

EMAILS = (
    Email(
        "extension",
        "contract",
        {
            "title": "Social infrastructure support",
            "supplier": "Example Alliance",
            "contact": "B. Contact",
            "option": 1,
            "old_end_on": date(2031, 3, 31),
            "new_end_on": date(2032, 3, 31),
            "owner": "Contract Manager",
        },
    ),
)
