"""What of a contract may be kept back from the public register."""

from __future__ import annotations

from procure.choices import Labelled


class Hidden(Labelled):
    """A part of a public entry, or all of it."""

    SUPPLIER = "supplier", "The supplier’s name and details"
    TITLE = "title", "The title"
    DESCRIPTION = "description", "The description"
    VALUE = "value", "The value"
    ALL = "all", "The whole contract"


SEARCHED = (Hidden.SUPPLIER, Hidden.TITLE, Hidden.DESCRIPTION)
"""Parts whose words the search knows: where one is kept back, the public can't find the contract by words."""

WITHHELD = "Withheld"
