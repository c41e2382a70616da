"""What the page of a waiver asks."""

from __future__ import annotations

from typing import Any

from procure.authority.rules.waiving import QUOTES_RULE
from procure.fields.choices import PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField
from procure.fields.page_form import PageForm

QUOTES, ANOTHER = "quotes", "another"
NO, YES = "no", "yes"


class WaiverForm(PageForm):
    rule = PickOne(
        "Which rule is to be waived?",
        choices=[(QUOTES, QUOTES_RULE), (ANOTHER, "Another rule of the council")],
        required="Choose which rule is to be waived",
    )
    other_rule = LineField("The other rule, in words", most=200)
    reason_id = PickOne("On what ground?", choices=[], required="Choose the ground")
    case = LinesField("Why, in this case", most=600, required="Say why, in this case")
    from_on = DayField("First day", required="Enter the first day")
    until_on = DayField("Last day", required="Enter the last day")
    began = PickOne(
        "Had the work begun before anybody approved it?",
        choices=[(NO, "No"), (YES, "Yes, so this is a waiver after the event")],
        required="Say whether the work had begun",
    )
    began_on = DayField("The day the work began")

    def validate(self, extra_validators: Any = None) -> bool:
        """The other rule needs its words, and work that had begun its day."""
        good = bool(super().validate(extra_validators))
        if self.rule.data == ANOTHER and not self.other_rule.data:
            self.refuse("Enter the rule in words", "other_rule")
            good = False
        if self.began.data == YES and not self.began_on.data and not self.began_on.errors:
            self.refuse("Enter the day the work began", "began_on")
            good = False
        return good

    @property
    def rule_in_words(self) -> str:
        """The rule as the record keeps it."""
        return QUOTES_RULE if self.rule.data == QUOTES else (self.other_rule.data or "").strip()
