"""Who may see what and when, how scores become a ranking, and when a result is whole."""

from procure.evaluation.rules.low_prices import LOW_PRICE_PERCENT, LowPrice, low_prices
from procure.evaluation.rules.panel import (
    BidFileKind,
    EvaluatorRole,
    InterestOutcome,
    Spread,
    Standing,
    spread_of,
    standing_of,
)
from procure.evaluation.rules.ranking import (
    CriterionPoints,
    Ranked,
    Ranking,
    ScoredBid,
    Weight,
    place_label,
    quality_points,
    rank,
    score_problem,
)
from procure.evaluation.rules.wholeness import EvaluationFacts, result_is_recorded

__all__ = [
    "LOW_PRICE_PERCENT",
    "BidFileKind",
    "CriterionPoints",
    "EvaluationFacts",
    "EvaluatorRole",
    "InterestOutcome",
    "LowPrice",
    "Ranked",
    "Ranking",
    "ScoredBid",
    "Spread",
    "Standing",
    "Weight",
    "low_prices",
    "place_label",
    "quality_points",
    "rank",
    "result_is_recorded",
    "score_problem",
    "spread_of",
    "standing_of",
]
