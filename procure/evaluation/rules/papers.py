"""How a score can come to be agreed, and what the checks of a bid must say before the report can."""

from __future__ import annotations

from procure.choices import Labelled


class HowAgreed(Labelled):
    """By agreement of all; or as the published method says for a panel that cannot agree."""

    ALL = "all", "Agreed by all"
    MAJORITY = "majority", "The score held by most stood"
    MODERATOR = "moderator", "The moderator decided between the scores held"


CHECKS = ("missing", "anomaly", "conditions")
"""The three checks of a bid that are put in words."""
