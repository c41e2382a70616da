"""The statutory notices we record, by the numbers of the central digital platform."""

from __future__ import annotations

from procure.choices import Labelled


class NoticeKind(Labelled):
    TENDER = "UK4", "Tender notice"
    AWARD = "UK6", "Contract award notice"
    DETAILS = "UK7", "Contract details notice"
