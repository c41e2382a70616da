"""Pages of decisions, by who does what: reading, deciding, preparing, advising. Meetings have pages of their own."""

from procure.authority.views import advising, conditions, deciding, preparing, reading
from procure.authority.views.room import pages

__all__ = ["advising", "conditions", "deciding", "pages", "preparing", "reading"]
