"""From rows to the facts of the Cabinet report."""

from procure.approval.gathering.report import cabinet_report

__all__ = ["cabinet_report"]
