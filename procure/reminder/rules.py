"""Which dates matter, to whom, how long before."""

from __future__ import annotations

from procure.choices import Labelled


class ReminderKind(Labelled):
    LADDER = "ladder", "Before the end"
    OPTION = "option", "Use an option"
    START_BY = "start_by", "Start buying again"
    ESCALATION = "escalation", "No answer"
