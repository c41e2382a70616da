"""The steps in which a list is brought in."""

from __future__ import annotations

from procure.choices import Labelled


class ListState(Labelled):
    """Where a list stands."""

    CHOSEN = "chosen", "Columns to be confirmed"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked: nothing is saved yet"
    BRINGING = "bringing", "Being brought in"
    DONE = "done", "Brought in"
    LEFT = "left", "Left out"


STEPS = ("File", "What we understood", "Dry run", "Done")
"""What the reader sees of it."""

COUNCIL_LIST = "Contracts register"
"""The source of a list whose source nobody named."""
