"""What stands of an award, and the one thing to do next."""

from __future__ import annotations

from procure import words
from procure.authority.question import chain_line
from procure.award.facts import details_notice_working, facts_of, first_working_day_after, standstill_of
from procure.award.picture import next_step, steps_of, void_words
from procure.award.route_facts import decided_ending, direct_ending
from procure.award.route_facts import facts_of as route_facts_of
from procure.award.views.room import page, pages
from procure.council.law import england
from procure.evaluation.facts import ranking_of
from procure.law.standstill import standstill
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import today
from procure.people.access import enter, signed_in
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal


@pages.get("/procurements/<reference>/award")
@enter()
def index(reference: str) -> str:
    """What stands of the award, and the one thing to do next."""
    lot = lot_for(signed_in(), reference, today())
    procurement, award = lot.procurement, lot.award
    waits = standstill_of(lot)
    routes = route_facts_of(lot, today())
    ended = decided_ending(lot)
    ranking = ranking_of(lot) if lot.stage is Stage.DECIDING_AWARD or award else None
    return page(
        "index", lot, award=award, ranking=ranking, waits=waits, facts=facts_of(lot, today()),
        changes=may_change(signed_in(), procurement, today()),
        may_recommend=lot.stage is Stage.DECIDING_AWARD, notice=notice_of(lot, NoticeKind.AWARD),
        steps=steps_of(award, today()) if award else [], void=void_words(award) if award else "",
        next=next_step(award, today()) if award else None,
        chain=chain_line(award.decision) if award else "",
        sign_from=first_working_day_after(waits) if waits else None, england_only=_england_only(lot),
        is_over=waits is not None and today() >= waits.earliest_signing_on,
        direct=direct_ending(lot), transparency=notice_of(lot, NoticeKind.TRANSPARENCY),
        ended=ended if lot.stage is Stage.ABANDONED else None,
        one_bid=routes.assessed == 1 and not routes.single_is_explained,
        details_recorded=notice_of(lot, NoticeKind.DETAILS), details_due=details_notice_working(lot),
    )  # fmt: skip


def _england_only(lot: Lot) -> str:
    """What England's bank holidays alone would give, where that is another day: the commonest mistake."""
    notice, waits = notice_of(lot, NoticeKind.AWARD), standstill_of(lot)
    if notice is None or waits is None:
        return ""
    try:
        alone = standstill(notice.published_on, england(), stated_days=notice.standstill_days)
    except Refusal:
        return ""
    if alone.ends_on == waits.ends_on:
        return ""
    early = words.plural((waits.ends_on - alone.ends_on).days, "day")
    return f"With England’s bank holidays alone it would end {early} too early, on {words.short(alone.ends_on)}."
