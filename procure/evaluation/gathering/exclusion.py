"""From rows to the notice of exclusion, and to what other papers say of exclusion grounds."""

from __future__ import annotations

from datetime import datetime

from procure import words
from procure.documents.gaps import Gap
from procure.evaluation.documents import exclusion as paper
from procure.evaluation.exclusion_models import ExclusionGround
from procure.evaluation.gathering.said import Pages, is_late
from procure.evaluation.models import Bid
from procure.now import legal_day
from procure.tender.gathering.said import Pages as TenderPages
from procure.tender.gathering.said import the_council


def exclusion_notice(bid: Bid, at: datetime) -> paper.ExclusionNotice:
    """Everything the notice prints."""
    lot, supplier, pages = bid.lot, bid.supplier, Pages(bid.lot)
    officer = lot.procurement.officer
    return paper.ExclusionNotice(
        council=the_council(TenderPages(lot)),
        notice=paper.NoticeFacts(
            reference=lot.reference, title=lot.full_title, bidder=supplier.name,
            contact_name=pages.bids(supplier.contact_name or None, f"contact of {supplier.name}"),
            address=pages.bids(supplier.address or None, f"address of {supplier.name}"), written_on=legal_day(at),
            list_text=pages.exclusions(list_words(bid), f"look at the debarment list for {supplier.name}"),
            officer_name=officer.name, officer_email=officer.email,
        ),
        grounds=tuple(_ground(one, pages) for one in bid.grounds if one.excludes),
    )  # fmt: skip


def _ground(one: ExclusionGround, pages: Pages) -> paper.GroundOfExclusion:
    asked = f"You were asked on {words.day(one.asked_on)}" if one.asked_on else ""
    answered = f" and answered on {words.day(one.answered_on)}." if one.answered_on else ". No answer came."
    return paper.GroundOfExclusion(
        title=one.ground.label, source=f"{'mandatory' if one.ground.is_mandatory else 'discretionary'}, "
        f"{one.ground.source}", about=one.about_words, evidence=one.evidence, answered=asked + answered,
        self_cleaning=one.self_cleaning or "Nothing was shown.", reason=one.reason,
        decided_by=pages.exclusions(one.decided_by.name if one.decided_by else None, "who decided about the ground"),
        decided_on=pages.exclusions(one.decided_on, "day of the exclusion"),
    )  # fmt: skip


def list_words(bid: Bid) -> str | None:
    """Who was looked up, in which edition, by whom; None where nobody has looked yet."""
    one = bid.exclusion
    if one is None:
        return None
    names = [name for text in (one.connected, one.associated, one.subcontractors) for name in text.splitlines()]
    beside = f", with {words.joined(names)}" if names else ""
    found = "Somebody was on it." if one.is_listed else "Nobody was on it."
    return (
        f"{bid.supplier.name}{beside} looked up on {words.day(one.list_checked_on)} in the debarment list, "
        f"{one.list_edition}, by {one.checked_by.name}. {found}"
    )


def exclusion_of(bid: Bid, pages: Pages) -> str | Gap:
    """What the report's checks say: grounds and the list. What was said in words of old stands where nobody looked."""
    if is_late(bid) and not bid.was_assessed:
        return "Not looked at"
    looked = list_words(bid) or (bid.check.exclusion if bid.check else "")
    if not looked:
        return pages.exclusions(None, f"exclusion grounds and the debarment list: check of {bid.supplier.name}")
    found = [
        f"{one.ground.label}: {one.outcome.label.lower() if one.outcome else 'not decided'}." for one in bid.grounds
    ]
    return f"{' '.join(found) or 'No ground found.'} {looked}" if bid.exclusion else looked
