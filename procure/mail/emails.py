"""The letters that belong to no room: a trial, to see whether letters arrive; and that the clock stood still."""

from __future__ import annotations

from datetime import UTC, datetime

from procure.mail.declare import Email

EMAILS = (
    Email("trial", "mail", {"asked_by": "T. Administrator"}),
    Email(
        "clock_stood_still",
        "mail",
        {
            "since": datetime(2027, 3, 28, 6, 30, tzinfo=UTC),
            "noticed_at": datetime(2027, 3, 31, 8, 15, tzinfo=UTC),
            "url": "https://procure.example.gov.uk/settings/clock",
        },
    ),
)
