"""The room's pages, by what the reader does there."""

from procure.contract.views import (
    before,
    changing,
    deciding,
    ending,
    from_award,
    keeping,
    living,
    papers,
    portfolio,
    reading,
    recording,
    terms,
    writing,
)
from procure.contract.views.room import pages

__all__ = [
    "before", "changing", "deciding", "ending", "from_award", "keeping", "living", "pages", "papers", "portfolio",
    "reading", "recording", "terms", "writing",
]  # fmt: skip
