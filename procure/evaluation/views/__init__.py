"""Pages of this room, by task: the panel and the bids, their scores, the result."""

from __future__ import annotations

from procure.evaluation.views import bids, result, scores
from procure.evaluation.views.fetching import pages

__all__ = ["bids", "pages", "result", "scores"]
