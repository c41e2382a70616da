"""From rows to the facts of this room's papers. What is missing is a gap, named and shown where to mend."""

from procure.contract.gathering.change_note import change_note
from procure.contract.gathering.exit_plan import exit_plan
from procure.contract.gathering.extension import extension_letter
from procure.contract.gathering.notice import termination_notice
from procure.contract.gathering.particulars import contract_particulars
from procure.contract.gathering.performance import performance_report

__all__ = [
    "change_note", "contract_particulars", "exit_plan", "extension_letter", "performance_report",
    "termination_notice",
]  # fmt: skip
