"""Pages of this room, by what the officer does: see how it stands, recommend, write to bidders, announce and hold."""

from procure.award.views import announcing, direct, ending, recommendation, recommending, standing, writing
from procure.award.views.room import pages

__all__ = ["announcing", "direct", "ending", "pages", "recommendation", "recommending", "standing", "writing"]
