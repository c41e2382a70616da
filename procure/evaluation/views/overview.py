"""Where the evaluation stands, told to each reader without what they may not see yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from procure import words
from procure.evaluation.facts import (
    all_scores_are_in,
    assessed_of,
    awaits_late_decision,
    bids_of,
    facts_of,
    is_scored,
    low_prices_of,
    member_for,
    panel_of,
    prices_are_open,
    ranking_of,
    score_counts,
    standing_in,
    task_for,
    weights_of,
)
from procure.evaluation.models import Bid, PanelMember
from procure.evaluation.rules import Standing, result_is_recorded
from procure.evaluation.views.fetching import may_see_prices, page, pages, reads_bids
from procure.now import today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.picture import task_of
from procure.procurement.rules import FileFacts, Stage


@dataclass(frozen=True)
class Place:
    """One member of the panel as the overview tells of them: progress, never a score."""

    key: int
    name: str
    role: str
    declared: str
    progress: str
    may_reopen: bool


@pages.get("/procurements/<reference>/evaluation")
@enter()
def index(reference: str) -> str:
    """What comes next for the reader, how far the panel is, and the bids."""
    lot = lot_for(signed_in(), reference, today())
    if lot.evaluation is None:
        return page("index", lot, closed=True)
    bids, panel, me = bids_of(lot), panel_of(lot), member_for(lot, signed_in())
    changes = may_change(signed_in(), lot.procurement, today())
    checks = result_is_recorded(FileFacts([facts_of(lot, today())]), today())
    opened = may_see_prices(lot, bids)
    return page(
        "index", lot, bids=bids, changes=changes, me=me, asked=_asked(me, lot), wait=_wait(me, panel, bids),
        ranking=ranking_of(lot, bids) if opened else None, lows=low_prices_of(bids) if opened else [],
        is_open=prices_are_open(lot, bids), assessed=len(assessed_of(bids)),
        scored={bid.id: is_scored(bid, lot) for bid in bids},
        reads=reads_bids(lot, signed_in()) and (me is None or standing_in(me, bids) is Standing.CLEAR),
        tasks=[task_of(check, reference) for check in sorted(checks, key=lambda check: check.is_done)],
        first=next(
            (task_of(one, reference) for one in checks if not one.is_done and one.page and not one.who_can), None
        ),
        late_places=[place for place, bid in enumerate(bids, start=1) if awaits_late_decision(bid)],
        decides_late=Role.MONITORING_OFFICER in global_roles_of(signed_in(), today()),
        all_in=all_scores_are_in(panel), is_evaluating=lot.stage is Stage.EVALUATING, places=_places(lot, panel, bids),
    )  # fmt: skip


def _asked(me: PanelMember | None, lot: Lot) -> tuple[str, str, date | None] | None:
    return task_for(me) if me is not None and me.left_at is None and lot.stage is Stage.EVALUATING else None


def _wait(me: PanelMember | None, panel: list[PanelMember], bids: list[Bid]) -> str:
    """For a member who has nothing to do: what is waited for."""
    if me is None:
        return ""
    standing = standing_in(me, bids)
    if standing is Standing.STEPPED_DOWN:
        return "You stepped down from this panel. Its bids are closed to you."
    if standing is Standing.NO_BIDS:
        return "No bid is entered yet. You get a letter when you can declare."
    if standing is Standing.WAITS:
        return "You declared an interest. The officer decides whether you may take part."
    if not all_scores_are_in(panel):
        return (
            "You have finished. The panel agrees the scores when every evaluator has."
            if me.scores_bids
            else "You agree the scores with the panel when every evaluator has finished."
        )
    return "Every score is in. The moderator leads the panel to the agreed scores." if me.scores_bids else ""


def _places(lot: Lot, panel: list[PanelMember], bids: list[Bid]) -> list[Place]:
    counts, wanted = score_counts(panel), len(assessed_of(bids)) * len(weights_of(lot))
    opened = prices_are_open(lot, bids)
    return [
        Place(
            one.id, one.person.name, one.role.label, _declared(one, bids), _progress(one, counts, wanted),
            one.finished_at is not None and not opened,
        )
        for one in panel
    ]  # fmt: skip


def _declared(member: PanelMember, bids: list[Bid]) -> str:
    standing = standing_in(member, bids)
    if standing is Standing.CLEAR:
        when: datetime = max(one.made_at for one in member.declarations)
        said = "An interest, and may take part" if any(one.interest for one in member.declarations) else "No interest"
        return f"{said}, {words.moment(when)}"
    return {
        Standing.NO_BIDS: "Waits for the bids",
        Standing.WAITS: "An interest, not decided yet",
        Standing.STEPPED_DOWN: "Stepped down",
    }.get(standing, "Not yet")


def _progress(member: PanelMember, counts: Counter[int], wanted: int) -> str:
    if not member.scores_bids:
        return "Chairs, doesn’t score"
    if member.finished_at:
        return f"Finished, {words.moment(member.finished_at)}"
    return f"{counts[member.id]} of {wanted} scored" if wanted else "Waits for the bids"
