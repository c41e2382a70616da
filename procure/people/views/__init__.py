"""Pages of this room: signing in, the first visit, one's own account, people, posts, cover, roles."""

from procure.people.views.room import pages  # isort: skip

from procure.people.views import account, covers, first_visit, names, persons, posts, roles, signing_in

PARTS = (first_visit, signing_in, account, persons, posts, names, covers, roles)

__all__ = ["PARTS", "pages"]
