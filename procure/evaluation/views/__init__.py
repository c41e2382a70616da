"""Pages of this room, by task: the panel, the bids, their files, scores alone, scores agreed, the result, papers."""

from __future__ import annotations

from procure.evaluation.views import (
    agreeing,
    bids,
    excluding,
    files,
    late,
    overview,
    panel,
    papers,
    ranking_files,
    reopening,
    result,
    scores,
)
from procure.evaluation.views.fetching import pages

__all__ = [
    "agreeing",
    "bids",
    "excluding",
    "files",
    "late",
    "overview",
    "pages",
    "panel",
    "papers",
    "ranking_files",
    "reopening",
    "result",
    "scores",
]
