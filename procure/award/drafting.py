"""What a recommendation says, drafted from scores and prices: the officer mends the prose, never the figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from procure import words
from procure.evaluation.rules import Ranked, Ranking

NOT_TO_AWARD = "Not to award, and buy again"


def reasons_for(ranking: Ranking, *, by_cost: bool = False) -> list[str]:
    """Why the first-ranked bid is recommended, one sentence a reason.

    `by_cost` where bids are ranked by their cost for each quality point, and nothing is added up.
    """
    winner = ranking.winner
    if winner is None:
        return []
    others = [row for row in ranking.rows if row.key != winner.key]
    if not others:
        said = f"It was the only bid, {standing_of(winner, by_cost=by_cost)}. It was judged like any other."
        return [said]
    place = f"It came first of {words.number_word(len(ranking.rows))}, {standing_of(winner, by_cost=by_cost)}."
    found = [place, _ahead(winner, others[0], by_cost=by_cost), _on_quality(winner, others), _on_price(winner, others)]
    return [sentence for sentence in found if sentence]


def standing_of(row: Ranked, *, by_cost: bool = False) -> str:
    """What a bid came to: "with 89.67 of 100"."""
    if by_cost:
        return f"at {words.pence(cost_of(row))} for each quality point"
    return f"with {words.points(row.total)} of 100"


def cost_of(row: Ranked) -> Decimal:
    """Pounds for each point of quality, to the penny; nought where bids aren't ranked by it."""
    return row.cost if row.cost is not None else Decimal(0)


def _ahead(winner: Ranked, second: Ranked, *, by_cost: bool) -> str:
    if by_cost:
        gap = words.pence(cost_of(second) - cost_of(winner))
        return f"That is {gap} less for each point than {second.name}, which came second."
    if winner.total == second.total:
        return winner.ahead_because
    return f"That is {words.points(winner.total - second.total)} points more than {second.name}, which came second."


def _on_quality(winner: Ranked, others: Sequence[Ranked]) -> str:
    best = max(others, key=lambda row: row.quality)
    own = words.points(winner.quality)
    if winner.quality > best.quality:
        return f"It has the most points for quality, {own}."
    if winner.quality == best.quality:
        return f"It has as many points for quality as {best.name}, {own}."
    return f"It has {own} points for quality. {best.name} has more, {words.points(best.quality)}."


def _on_price(winner: Ranked, others: Sequence[Ranked]) -> str:
    lowest = min(others, key=lambda row: row.price_net)
    own = f"Its price without VAT is {words.pounds(winner.price_net)}"
    if winner.price_net <= lowest.price_net:
        return f"{own}, and no bid costs less."
    more = winner.price_net - lowest.price_net
    percent = (more / lowest.price_net * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP) if lowest.price_net else 0
    return f"{own}, {words.pounds(more)} or {percent}% more than the lowest."


def rejected_name(row: Ranked, *, by_cost: bool = False) -> str:
    """A bid that isn't recommended, as the list of alternatives names it, with its figure."""
    if row.failed_because:
        return f"Award to {row.name} (below a published minimum)"
    figure = f"{words.pence(cost_of(row))} a point" if by_cost else words.points(row.total)
    return f"Award to {row.name} ({figure})"


def why_rejected(row: Ranked, winner: Ranked, *, by_cost: bool = False) -> str:
    """Why a bid isn't recommended, from its points and the winner's."""
    if row.failed_because:
        return f"{row.failed_because} A tender with less fails, as published."
    if by_cost:
        return "It costs more for each quality point under the published method."
    if row.total == winner.total:
        return f"The same total. {winner.ahead_because}".strip()
    quality = _against("for quality", row.quality, winner.quality)
    price = _against("for price", row.price, winner.price)
    link = "and" if (row.quality > winner.quality) == (row.price > winner.price) else "but"
    return f"A lower total under the published method. It has {quality}, {link} {price}."


def _against(what: str, own: Decimal, other: Decimal) -> str:
    compared = "more points" if own > other else "fewer points" if own < other else "as many points"
    return f"{compared} {what} ({words.points(own)} to {words.points(other)})"


def over_words(value_gross: Decimal, approved: Decimal | None, advertised: Decimal | None) -> str:
    """By how much an award is more than was approved or advertised, in a sentence; empty where it isn't.

    All in pounds including VAT.
    """
    limits = (("approved", approved), ("advertised", advertised))
    passed = [(said, limit) for said, limit in limits if limit is not None and value_gross > limit]
    if not passed:
        return ""
    if len({limit for _, limit in passed}) == 1:
        passed = [(" and ".join(said for said, _ in passed), passed[0][1])]
    parts = [
        f"{words.pounds(value_gross - limit)} more than the {words.pounds(limit)} that was {said}"
        for said, limit in passed
    ]
    return f"{words.pounds(value_gross)} including VAT is {' and '.join(parts)}."


def mark_of(ranking: Ranking | None) -> str:
    """The whole result in one line: what a recommendation rests on, so that any change of it is seen."""
    if ranking is None:
        return ""
    rows = [
        f"{row.place}|{row.name}|{row.price_net:.2f}|{row.quality}|{row.price}|{row.total}|{row.cost or ''}"
        for row in (*ranking.rows, *ranking.failed)
    ]
    return "\n".join(rows)
