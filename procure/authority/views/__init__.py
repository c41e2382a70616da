"""Pages of decisions, by who does what: reading, deciding, preparing, advising. Meetings have pages of their own."""

from procure.authority.views import (
    advising,
    conditions,
    deciding,
    log,
    other_acts,
    powers,
    preparing,
    reading,
    register,
    right,
)
from procure.authority.views.room import pages

__all__ = [
    "advising",
    "conditions",
    "deciding",
    "log",
    "other_acts",
    "pages",
    "powers",
    "preparing",
    "reading",
    "register",
    "right",
]
