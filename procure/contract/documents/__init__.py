"""The papers of this room, from the particulars that are sealed to the notice that ends it."""

from procure.contract.documents.change_note import CHANGE_NOTE
from procure.contract.documents.exit_plan import EXIT_PLAN
from procure.contract.documents.extension import EXTENSION_LETTER
from procure.contract.documents.notice import TERMINATION_NOTICE
from procure.contract.documents.particulars import CONTRACT_PARTICULARS
from procure.contract.documents.performance import PERFORMANCE_REPORT

__all__ = [
    "CHANGE_NOTE",
    "CONTRACT_PARTICULARS",
    "EXIT_PLAN",
    "EXTENSION_LETTER",
    "OF_THE_CONTRACT",
    "PERFORMANCE_REPORT",
    "TERMINATION_NOTICE",
]

OF_THE_CONTRACT = (
    CONTRACT_PARTICULARS, EXTENSION_LETTER, CHANGE_NOTE, PERFORMANCE_REPORT, EXIT_PLAN, TERMINATION_NOTICE,
)  # fmt: skip
"""Every paper of this room, in the order of a contract's life."""
