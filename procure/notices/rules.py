"""The notices we record: statutory ones by the numbers of the central digital platform, and a request for quotes."""

from __future__ import annotations

from procure.choices import Labelled


class NoticeKind(Labelled):
    TENDER = "UK4", "Tender notice"
    QUOTES = "quotes", "Request for quotes"
    AWARD = "UK6", "Contract award notice"
    DETAILS = "UK7", "Contract details notice"


OPENING = frozenset({NoticeKind.TENDER, NoticeKind.QUOTES})
"""What opens a competition; a lot has one of them."""
