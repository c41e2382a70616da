"""Recommending a direct award: the decision is drawn up from the offer, as any award’s is from the ranking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procure import words
from procure.audit.actions import act
from procure.award.actions import NothingToRecommend, figures_of, put_before, summary_of
from procure.award.models import Award
from procure.award.route_facts import direct_ending, direct_offer
from procure.award.route_models import Ending
from procure.evaluation.models import Bid
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Stage


def recommend_directly(
    lot: Lot, *, by: Person, at: datetime, sees: int | None = None, over_reason: str = "", **given: Any
) -> Award:
    """Draw up the decision to award directly, once its transparency notice is out. Procurement Act 2023 ss.43, 44."""
    with act("recommended a direct award", on=lot.award or lot, by=by, at=at, sees=sees if lot.award else None):
        ending, offer = direct_ending(lot), direct_offer(lot)
        if lot.stage is not Stage.DECIDING_AWARD or ending is None or offer is None:
            raise NothingToRecommend("No direct award is decided on here.")
        if notice_of(lot, NoticeKind.TRANSPARENCY) is None:
            raise NothingToRecommend("Record the transparency notice first. The law asks for it before the award.")
        drafted = direct_draft(lot, ending, offer) | given
        return put_before(lot, offer, drafted, over_reason=over_reason, by=by, at=at)


def direct_draft(lot: Lot, ending: Ending, offer: Bid) -> dict[str, Any]:
    """The words of the decision as the record gives them: why directly, why this supplier, what was rejected."""
    what = f"{lot.full_title[:1].lower()}{lot.full_title[1:]}"
    value = figures_of(lot, offer)
    most, term = words.pounds(value["value_gross"]), words.months_label(value["max_months"])
    reasons = [f"{ending.outcome.label}. {ending.reason}", ending.why_not_again, ending.supplier_checks]
    reasons += [f"{one.bid.supplier.name}: {one.reason}" for one in ending.unsuitable]
    return {
        "title": f"Award the contract for {what} directly",
        "points": [
            f"Award the contract for {what} directly to {offer.supplier.name}, for at most {most} including VAT over "
            f"{term}, under section 43 of the Procurement Act 2023."
        ],
        "summary": summary_of(lot, offer),
        "reasons": reasons,
        "alternatives": [
            ("To compete again", ending.why_not_again),
            ("Not to award", f"There would be no contract for {what}."),
        ],
    }  # fmt: skip
