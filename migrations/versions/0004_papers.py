"""Papers: the council's own templates, what keeps papers, readings of decisions, bids under seal.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def templates_up() -> None:
    """The council's own templates."""


def templates_down() -> None:
    """Undo `templates_up`."""


def papers_up() -> None:
    """What papers are written from."""


def papers_down() -> None:
    """Undo `papers_up`."""


def minutes_up() -> None:
    """Readings of decisions."""


def minutes_down() -> None:
    """Undo `minutes_up`."""


def bids_up() -> None:
    """Bids under seal, their opening, evaluators."""


def bids_down() -> None:
    """Undo `bids_up`."""


def upgrade() -> None:
    templates_up()
    papers_up()
    minutes_up()
    bids_up()


def downgrade() -> None:
    bids_down()
    minutes_down()
    papers_down()
    templates_down()
