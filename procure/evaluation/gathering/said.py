"""What the papers of an evaluation take alike: people with their posts, and the pages to mend what is missing."""

from __future__ import annotations

from datetime import date, datetime

from procure.documents.gaps import Gap
from procure.documents.shared_facts import Person as Named
from procure.evaluation.models import Bid
from procure.notices.facts import opening_notice
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.tender.gathering.said import Said


class Pages:
    """The pages of a lot's evaluation on which facts are given."""

    def __init__(self, lot: Lot) -> None:
        self.overview = Said("Evaluation", "evaluation.index", lot)
        self.bids = Said("The bids", "evaluation.bids", lot)
        self.checks = Said("Checks of the bids", "evaluation.checks", lot)
        self.exclusions = Said("Exclusion grounds and the debarment list", "evaluation.exclusions", lot)
        self.panel = Said("The panel", "evaluation.panel", lot)
        self.moderation = Said("Scores side by side", "evaluation.moderation", lot)
        self.account = Said("What the report says", "evaluation.account", lot)
        self.notice = Said("Tender", "tender.index", lot)


def post_of(person: Person, on: date) -> str | Gap:
    """The post that somebody held on a day."""
    posts = post_names_of(person, on)
    return posts[0] if posts else Gap(f"post of {person.name}", "People")


def named(person: Person, at: datetime) -> Named:
    """Somebody with the post they held at a moment."""
    return Named(person.name, post_of(person, legal_day(at)))


def deadline_of(lot: Lot) -> datetime | None:
    """The moment by which bids were due."""
    notice = opening_notice(lot)
    return notice.closes_at if notice else None


def is_late(bid: Bid) -> bool:
    """Whether a bid came after the deadline."""
    due = deadline_of(bid.lot)
    return bid.received_at is not None and due is not None and bid.received_at > due


def in_time_label(bid: Bid) -> str:
    """In time, or late."""
    return "late" if is_late(bid) else "in time"


def check_of(bid: Bid, name: str, meaning: str, pages: Pages) -> str | Gap:
    """What a check of a bid found; a late one isn't looked into."""
    if is_late(bid):
        return "Not looked at"
    return pages.checks(getattr(bid.check, name) if bid.check else None, f"{meaning} of {bid.supplier.name}")
