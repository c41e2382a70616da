"""The notices we record: statutory ones by the numbers of the central digital platform, and a request for quotes."""

from __future__ import annotations

from procure.choices import Labelled


class NoticeKind(Labelled):
    ENGAGEMENT = "UK2", "Preliminary market engagement notice"
    PLANNED = "UK3", "Planned procurement notice"
    TENDER = "UK4", "Tender notice"
    QUOTES = "quotes", "Request for quotes"
    TRANSPARENCY = "UK5", "Transparency notice"
    AWARD = "UK6", "Contract award notice"
    DETAILS = "UK7", "Contract details notice"
    TERMINATION = "UK12", "Procurement termination notice"


OPENING = frozenset({NoticeKind.TENDER, NoticeKind.QUOTES})
"""What opens a competition; a lot has one of them."""
