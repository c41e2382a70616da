"""Groups of facts that several of a contract's papers print alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from procure.documents.kinds import Words


@dataclass(frozen=True)
class OfContract:
    """Which contract a paper is about, and with whom."""

    reference: Annotated[Words, "reference in the register of contracts"]
    title: Annotated[Words, "title of the contract"]
    supplier: Annotated[Words, "name of the supplier"]


def sample_of_contract() -> OfContract:
    """The contract of the samples."""
    return OfContract("CON-2028-003", "Social infrastructure support", "Example Alliance")
