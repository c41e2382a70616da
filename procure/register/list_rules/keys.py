"""By what a row of a list is known again: its reference, else what it says."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from procure.folding import folded

_OURS = re.compile(r"CON-\d{4}-\d{3,}")


def is_ours(reference: str) -> bool:
    """Whether a reference is one we gave: CON-2027-014."""
    return bool(_OURS.fullmatch(reference))


def key_by_reference(reference: str, source: str = "") -> str:
    """The key of a row with a reference; with a source where two sources use the same one for different contracts."""
    plain = " ".join(folded(reference).split())
    return f"ref:{plain}@{folded(source)}" if source else f"ref:{plain}"


def key_by_words(title: str, supplier: str, starts_on: date | None) -> str:
    """The key of a row without one: of its title, supplier and start. Rows that say the same are counted."""
    said = f"{folded(title)}|{supplier}|{starts_on or ''}"
    return f"row:{hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()}"
