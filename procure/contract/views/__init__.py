"""The room's pages, by what the reader does there."""

from procure.contract.views import deciding, ending, from_award, keeping, portfolio, reading, recording
from procure.contract.views.room import pages

__all__ = ["deciding", "ending", "from_award", "keeping", "pages", "portfolio", "reading", "recording"]
