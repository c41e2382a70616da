"""The competition: dated figures of the council's own, timetables beside what happened, panels and routes.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def figures_up() -> None:
    """Figures of the law that administrators add; timetables."""


def figures_down() -> None:
    """Undo `figures_up`."""


def panel_up() -> None:
    """Evaluation: exclusions, debarment, scores opened again, the opening as a job."""


def panel_down() -> None:
    """Undo `panel_up`."""


def routes_up() -> None:
    """Ways a competition can end without a winner, and duties."""


def routes_down() -> None:
    """Undo `routes_up`."""


def papers_up() -> None:
    """Papers."""


def papers_down() -> None:
    """Undo `papers_up`."""


def reminders_up() -> None:
    """Register, reminders."""


def reminders_down() -> None:
    """Undo `reminders_up`."""


def upgrade() -> None:
    figures_up()
    panel_up()
    routes_up()
    papers_up()
    reminders_up()


def downgrade() -> None:
    reminders_down()
    papers_down()
    routes_down()
    panel_down()
    figures_down()
