"""The room's pages, by what the reader does there."""

from procure.reminder.views import answering, choosing, clock, offsets, previewing
from procure.reminder.views.room import pages

__all__ = ["answering", "choosing", "clock", "offsets", "pages", "previewing"]
