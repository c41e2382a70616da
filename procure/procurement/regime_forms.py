"""What the page about the law of a purchase asks."""

from __future__ import annotations

from procure.fields.choices import PickOne
from procure.fields.lines import WordsField
from procure.fields.page_form import PageForm
from procure.law.regimes import Regime

RULES_DECIDE = "rules"


class FindingForm(PageForm):
    """A person's answer to what the rules can’t decide."""

    regime = PickOne(
        "Which law applies?",
        choices=[(RULES_DECIDE, "As day and value decide"), *Regime.choices()],
        required="Choose which law applies",
    )
    reason = WordsField("Why?", most=4_000, required="Say why this law applies")
