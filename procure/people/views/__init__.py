"""Pages of this room: signing in, the first visit, one's own account, people, posts, roles."""

from procure.people.views.room import pages  # isort: skip

from procure.people.views import account, first_visit, persons, posts, roles, signing_in

PARTS = (first_visit, signing_in, account, persons, posts, roles)

__all__ = ["PARTS", "pages"]
