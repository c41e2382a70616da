"""The contract that is ending, as the demonstration has it, recorded once for all tests that begin with it."""

from __future__ import annotations

from procure.contract.models import Contract
from procure.demonstration import contract as demonstration
from procure.demonstration.cast import Cast
from tests.standing import kept


@kept
def ending_contract(cast: Cast) -> Contract:
    """Paid month by month; its first reminder is sent and acknowledged."""
    return demonstration.ending_contract(cast)
