"""The room's pages, by what the reader does there."""

from procure.contract.views import before, deciding, ending, from_award, keeping, portfolio, reading, recording
from procure.contract.views.room import pages

__all__ = ["before", "deciding", "ending", "from_award", "keeping", "pages", "portfolio", "reading", "recording"]
