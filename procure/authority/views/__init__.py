"""Pages of decisions, by who does what: reading, deciding, preparing, advising. Meetings have pages of their own."""

from procure.authority.views import advising, deciding, preparing, reading
from procure.authority.views.room import pages

__all__ = ["advising", "deciding", "pages", "preparing", "reading"]
