"""The shorter form of `make chaos`: three clocks over one PostgreSQL, one of them killed every second."""

from __future__ import annotations

import pytest

from tests.a_postgresql import MISSING, programs
from tests.chaos import chaos

CONTRACTS, MOST = 60, 300


def test_in_the_worst_weather_every_reminder_is_one_letter_that_arrives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if programs() is None:
        pytest.skip(MISSING)
    counts = chaos(CONTRACTS, MOST)
    with capsys.disabled():
        print(f"\n{counts}")
    assert not counts.judged()
