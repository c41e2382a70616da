"""The room's pages, by what the reader does there."""

from procure.contract.views import changing, deciding, ending, from_award, keeping, living, reading, recording, terms
from procure.contract.views.room import pages

__all__ = [
    "changing", "deciding", "ending", "from_award", "keeping", "living", "pages", "reading", "recording", "terms",
]  # fmt: skip
