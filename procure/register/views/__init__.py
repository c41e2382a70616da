"""The room's pages, by what the reader does there."""

from procure.register.views import contracts, decisions, exporting, publishing, redacting, saved
from procure.register.views.room import pages

__all__ = ["contracts", "decisions", "exporting", "pages", "publishing", "redacting", "saved"]
