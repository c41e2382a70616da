"""What is known of a lot's notices."""

from __future__ import annotations

from procure.notices.models import Notice
from procure.notices.rules import OPENING, NoticeKind
from procure.procurement.models import Lot


def notice_of(lot: Lot, kind: NoticeKind) -> Notice | None:
    """The notice of a kind that was recorded for a lot."""
    return next((notice for notice in lot.notices if notice.kind is kind), None)


def opening_notice(lot: Lot) -> Notice | None:
    """What opened the competition: the tender notice, or the request for quotes."""
    return next((notice for notice in lot.notices if notice.kind in OPENING), None)
