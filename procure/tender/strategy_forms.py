"""What the pages of the strategy and of the conflicts assessment ask."""

# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm
from procure.tender.conflict_rules import AFTER_THE_NOTICE, ConflictKind, ConflictOutcome, DeclaredKind
from procure.tender.pack_forms import RowsField

YES, NO = "yes", "no"


class StrategyForm(PageForm):
    """What the strategy says beside what the file holds."""

    approver_post_id = PickFrom("Who approves it", choices=[], required="Choose the post that approves the strategy")
    estimated_on = DayField("When was the value estimated?", required="Enter the day of the estimate")
    budget_annual = MoneyField("Budget of a year", least=1, required="Enter the budget of a year")
    budget_years = LineField(
        "Years for which it is confirmed", required="Enter the years for which the budget is confirmed"
    )
    budget_conditions = WordsField("Conditions on the money", most=2_000)
    cpv = RowsField("CPV codes, the main one first", most=300, most_lines=20, required="Enter at least one CPV code")
    cpv_reason = WordsField("Why that main code?", most=2_000, required="Say why that is the main code")
    stages = RowsField("Stages of the procedure", most=1_000, most_lines=20)
    value_for_money_text = WordsField("Value for money", most=4_000, required="Say how it is good value")
    policy_statement_text = WordsField(
        "National Procurement Policy Statement", most=4_000, required="Say what regard was had to the statement"
    )
    collaboration_text = WordsField(
        "Buying with others", most=4_000, required="Say whether buying with others was considered"
    )
    known_risks = LinesField("Known risks to be named in the notice", most=600)
    management_text = WordsField("How the contract will be managed", most=4_000)


class AssessmentForm(PageForm):
    """The assessment as a whole."""

    prepared_on = DayField("When was it prepared?", required="Enter the day on which it was prepared")
    approver_post_id = PickFrom("Who approves it", choices=[], required="Choose the post that approves it")
    approved_on = DayField("When was it approved?")
    supplier_steps = WordsField("Steps that a supplier was asked to take", most=4_000)


class ConsideredForm(PageForm):
    """One person, what they declared, and what follows."""

    name = LineField("Name", most=160, required="Enter the name")
    post = LineField("Post and organisation", most=200, required="Enter the post")
    role = LineField("Part in the procurement", most=160, required="Enter the part they have in the procurement")
    declared_on = DayField("When did they declare?", required="Enter the day on which they declared")
    has_interest = PickOne(
        "Is there an interest, or what might be taken for one?",
        choices=[(NO, "No"), (YES, "Yes")],
        required="Say whether there is an interest",
    )
    interest = WordsField("What is it?", most=2_000)
    interest_kind = PickFrom("Of what nature", choices=DeclaredKind.choices())
    since = LineField("Since when", most=60)
    conflict_kind = PickFrom("Actual, potential or perceived", choices=ConflictKind.choices())
    advantage = WordsField("Could a supplier gain or lose unfairly by it?", most=2_000)
    steps = WordsField("What was done?", most=2_000)
    outcome = PickFrom("What came of it", choices=ConflictOutcome.choices())

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        if self.has_interest.data != YES:
            return right
        for field, sentence in (
            (self.interest, "Say what the interest is"),
            (self.interest_kind, "Choose the nature of the interest"),
            (self.conflict_kind, "Choose whether it is actual, potential or perceived"),
            (self.advantage, "Say whether a supplier could gain or lose unfairly"),
            (self.steps, "Say what was done about it"),
            (self.outcome, "Choose what came of it"),
        ):
            if not field.data and not field.errors:
                field.refuse(sentence)
                right = False
        return right


class ReviewForm(PageForm):
    """A later look at the assessment."""

    on = DayField("When was it reviewed?", required="Enter the day of the review")
    at_stage = PickFrom(
        "On what occasion", choices=[(one, one) for one in AFTER_THE_NOTICE], required="Choose the occasion"
    )
    result = WordsField("What came of it?", most=2_000, required="Say what came of the review")
