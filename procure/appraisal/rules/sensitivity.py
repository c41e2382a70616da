"""Would the answer change? The tests the paper prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from procure import words
from procure.appraisal.rules.comparing import Comparison, leaders, named, order_said, ranked, totals
from procure.appraisal.rules.switching import switching, with_weight
from procure.law.money import rounded

STEP = 10
DEARER = (10, 20, -10, -20)


@dataclass(frozen=True)
class Test:
    """One thing that was changed, the ranking after it, and whether the first option changes."""

    __test__ = False

    what: str
    result: str
    changes: str


def tests(comparison: Comparison, cost_net: Mapping[int, Decimal], preferred: int | None) -> tuple[Test, ...]:
    """Cost counts for more and for less, all criteria count the same, costs differ, and where the answer changes."""
    if not comparison.is_ready:
        return ()
    return (*_weights(comparison), *_costs(comparison, cost_net, preferred), *_switch(comparison))


def _weights(comparison: Comparison) -> list[Test]:
    found = []
    cost = next((one for one in comparison.criteria if one.is_cost), None)
    if cost is not None and cost.weight < 100:
        for weight, how in ((cost.weight + STEP, "less"), (cost.weight - STEP, "more")):
            if 0 <= weight <= 100:
                what = f"Cost counts for {weight}%, the others {how} in proportion"
                found.append(_with(comparison, what, with_weight(comparison, cost, weight)))
    if len(comparison.criteria) > 1:
        same = [Fraction(100, len(comparison.criteria))] * len(comparison.criteria)
        found.append(_with(comparison, "All criteria count the same", same))
    return found


def _with(comparison: Comparison, what: str, weights: Sequence[Fraction]) -> Test:
    before, after = leaders(totals(comparison)), totals(comparison, weights)
    first = leaders(after)
    changes = "No" if first == before else f"Yes: {named(first)}"
    return Test(what, order_said(ranked(after)), changes)


def _costs(comparison: Comparison, cost_net: Mapping[int, Decimal], preferred: int | None) -> list[Test]:
    """Scores are judgements with a reason, so a dearer option keeps its score until somebody scores it again."""
    no = preferred if preferred is not None else leaders(totals(comparison))[0]
    cost = cost_net.get(no)
    if not cost:
        return []
    order = order_said(ranked(totals(comparison)))
    found = []
    for percent in DEARER:
        dearer = rounded(cost * (100 + percent) / 100)
        below = sum(other < dearer for key, other in cost_net.items() if key != no)
        was = sum(other < cost for key, other in cost_net.items() if key != no)
        place = f"still {_cheapest(was)}" if below == was else f"{_cheapest(below)} and not {_cheapest(was)}"
        found.append(
            Test(
                f"Option {no} costs {abs(percent)}% {'more' if percent > 0 else 'less'}",
                f"{order}. Scores stand until given again. At {words.pounds(dearer)} net it is {place}",
                "No",
            )
        )
    return found


def _cheapest(cheaper: int) -> str:
    return "the cheapest" if cheaper == 0 else f"the {words.ordinal_word(cheaper + 1)} cheapest"


def _switch(comparison: Comparison) -> list[Test]:
    key = comparison.cost_key
    found = None if key is None else switching(comparison, key)
    if found is None or found.switch is None:
        return []
    weight = found.switch.until if found.switches_below else found.switch.from_
    return [_with(comparison, f"Cost counts for {weight}%", with_weight(comparison, found.criterion, weight))]
