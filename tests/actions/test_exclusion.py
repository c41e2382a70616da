"""Who must or may be excluded: the debarment list looked at, grounds answered and decided, the ranking without them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from procure.demonstration import days
from procure.demonstration.cast import DIRECTOR, Cast
from procure.documents.actions import draft
from procure.evaluation import actions
from procure.evaluation.actions.excluding import Considered, consider_ground, look_at_list
from procure.evaluation.documents import EXCLUSION_NOTICE
from procure.evaluation.facts import dates_of, facts_of, ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import result_is_recorded
from procure.evaluation.rules.exclusion import About, Ground, Outcome, minister_told_by, outcome_problem
from procure.procurement.actions import MoveRefused
from procure.procurement.models import Lot
from procure.procurement.rules import FileFacts
from procure.refusals import Refusal
from tests.a_competition import evaluating
from tests.an_evaluation import AT, agreed
from tests.documents.papers import words_of

PRICES = {"One": (100, (3, 3, 3, 3)), "Smith & Sons <Ltd>": (90, (3, 3, 3, 3))}
SHOWN = Considered(About.BIDDER, "", Ground.POOR_PERFORMANCE, "Another council ended its contract in May 2026.")


def refused(act: Callable[[], object]) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.field, refusal.value.sentence


def two_bids(cast: Cast) -> tuple[Lot, Bid, Bid]:
    """Two bids whose scores are agreed; Smith’s price makes it the first."""
    lot = evaluating(cast).only_lot
    found = agreed(lot, cast, PRICES, looked_up=False)
    return lot, found["One"], found["Smith & Sons <Ltd>"]


def look_up(bid: Bid, cast: Cast, **more: Any) -> None:
    given: dict[str, Any] = {"on": days.BIDS_ENTERED, "edition": "as published on 11 October 2027", "is_listed": False}
    look_at_list(bid, **given | more, by=cast["officer"], at=AT)


def left(lot: Lot) -> list[str]:
    checks = result_is_recorded(FileFacts([facts_of(lot, days.EVALUATED)]), days.EVALUATED)
    return [one.refusal for one in checks if not one.is_done and "debarment" in one.name]


def test_no_result_is_recorded_before_every_bidder_was_looked_up(cast: Cast) -> None:
    lot, one, smith = two_bids(cast)
    with pytest.raises(MoveRefused, match="Look at the debarment list"):
        actions.finish(lot, by=cast["officer"], at=AT)
    assert refused(lambda: look_up(one, cast, edition=" "))[0] == "list_edition"
    assert refused(lambda: look_up(one, cast, on=days.EVALUATED + timedelta(days=1)))[0] == "list_checked_on"
    look_up(one, cast, subcontractors=["A. Printer", "=cmd()"])
    assert left(lot) == ["Look at the debarment list, and for exclusion grounds, for Smith & Sons <Ltd>."]
    look_up(smith, cast)
    row = consider_ground(smith, SHOWN, by=cast["officer"], at=AT)
    assert left(lot) == ["Decide about the ground found against Smith & Sons <Ltd>."]
    decided = replace(
        SHOWN, outcome=Outcome.NOT_AGAIN, self_cleaning="A new manager.", reason="All targets met since.",
        decided_on=days.EVALUATED, decided_by=cast.post(DIRECTOR),
    )  # fmt: skip
    consider_ground(smith, decided, row=row, by=cast["officer"], at=AT)
    assert left(lot) == [] and smith.was_assessed
    actions.finish(lot, by=cast["officer"], at=AT)


def test_an_excluded_bidder_leaves_the_ranking_is_told_why_and_comes_back_if_the_decision_changes(cast: Cast) -> None:
    lot, _, smith = two_bids(cast)
    before = ranking_of(lot)
    assert before is not None and before.winner is not None and before.winner.name == smith.supplier.name
    asked = days.BIDS_ENTERED + timedelta(days=2)
    excluded = replace(
        SHOWN, asked_on=asked, outcome=Outcome.EXCLUDED, reason="The breach was not put right.",
        decided_on=days.EVALUATED, decided_by=cast.post(DIRECTOR),
    )  # fmt: skip
    by: dict[str, Any] = {"by": cast["officer"], "at": AT}
    for wrong, field in (
        ({"asked_on": None}, "asked_on"), ({"reason": " "}, "reason"), ({"decided_by": None}, "decided_by"),
        ({"decided_on": None}, "decided_on"), ({"evidence": ""}, "evidence"),
        ({"about": About.SUBCONTRACTOR}, "about_name"), ({"answered_on": asked - timedelta(days=1)}, "answered_on"),
        ({"bidder_told_on": days.EVALUATED + timedelta(days=1)}, "bidder_told_on"),
    ):  # fmt: skip
        assert refused(lambda wrong=wrong: consider_ground(smith, replace(excluded, **wrong), **by))[0] == field  # type: ignore[misc]
    assert smith.was_assessed and not smith.grounds, "nothing half-done stays"
    row = consider_ground(smith, excluded, **by)
    ranking = ranking_of(lot)
    assert ranking is not None and [one.name for one in ranking.rows] == ["One"]
    assert smith.set_aside_because == "Excluded: Breach of contract or poor performance. The breach was not put right."
    told_by, said = dates_of(lot, days.EVALUATED)[-1]
    assert (told_by, said) == (
        minister_told_by(days.EVALUATED),
        "Tell the minister that Smith & Sons <Ltd> was excluded",
    )
    assert "is excluded" in refused(
        lambda: actions.change_bid(smith, price_net=smith.price_net, because="In again", **by)
    )[1]  # fmt: skip
    notice = words_of(draft(EXCLUSION_NOTICE, smith, subject="Smith", by=cast["officer"], at=AT))
    assert (
        "Smith & Sons <Ltd>" in notice and "The breach was not put right." in notice and "Nothing was shown." in notice
    )
    consider_ground(
        smith, replace(excluded, outcome=Outcome.DOES_NOT_APPLY, reason="It was another Smith."), row=row, **by
    )
    assert smith.was_assessed and smith.set_aside_because == ""


@pytest.mark.parametrize(
    ("ground", "about", "outcome", "field"),
    [
        (Ground.FRAUD, About.BIDDER, Outcome.STAYS_IN, "outcome"),
        (Ground.INSOLVENCY, About.BIDDER, Outcome.STAYS_IN, ""),
        (Ground.FRAUD, About.BIDDER, Outcome.REPLACED, "outcome"),
        (Ground.FRAUD, About.SUBCONTRACTOR, Outcome.REPLACED, ""),
        (Ground.FRAUD, About.BIDDER, Outcome.NOT_AGAIN, "self_cleaning"),
        (Ground.FRAUD, About.BIDDER, Outcome.EXCLUDED, "asked_on"),
        (Ground.FRAUD, About.BIDDER, Outcome.DOES_NOT_APPLY, ""),
    ],
)
def test_what_may_be_decided_hangs_on_the_ground_and_on_whom_it_is_about(
    ground: Ground, about: About, outcome: Outcome, field: str
) -> None:
    assert outcome_problem(ground, about, outcome, asked_on=None, self_cleaning="")[0] == field


def test_the_minister_is_told_within_thirty_days_of_which_the_first_is_the_day_itself() -> None:
    assert minister_told_by(date(2027, 10, 28)) == date(2027, 11, 26)
    assert minister_told_by(date(2028, 2, 29)) == date(2028, 3, 29)
