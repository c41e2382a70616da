"""Extra: the demonstration's words are those of the minutes, where the minutes lie beside the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from procure.demonstration import item_92

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def words(text: str) -> str:
    """The words alone: spaces and quotes as one."""
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


@pytest.mark.shared
def test_the_resolutions_are_verbatim() -> None:
    found = sorted(SEEDS.glob("000_*.txt"))
    if not found:
        pytest.skip("The minutes are not beside the project: their words were not compared.")
    minute = words(found[0].read_text())
    for said in item_92.RESOLUTIONS:
        assert words(said) in minute
