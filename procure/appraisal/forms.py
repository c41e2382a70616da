"""What the pages of an appraisal ask."""

# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField
from wtforms.validators import ValidationError

from procure.appraisal.rules.comparing import OptionKind
from procure.fields.choices import PickFrom, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm

YES_NO = [("yes", "Yes"), ("no", "No")]
ONE_TO_FIVE = [(str(number), str(number)) for number in range(1, 6)]
POINTS = [(str(number), str(number)) for number in range(6)]


class ChangeForm(PageForm):
    """A form that changes an appraisal; once approval has been sought it asks why."""

    reason = WordsField("Why are you changing this now?")


class BackgroundForm(ChangeForm):
    """The need and its surroundings."""

    outcomes = LinesField("Outcomes wanted", most=500)
    demand = WordsField("Who needs it, and how many?")
    strategic_fit = WordsField("How does it fit the council’s strategy?")
    constraints = LinesField("What limits the choice?", most=500)
    market_text = WordsField("The market")


class CurrentForm(ChangeForm):
    """The contract that ends."""

    incumbent_performance = WordsField("How does it perform?")
    incumbent_at_expiry = WordsField("What happens if nothing is done?")
    incumbent_lessons = WordsField("What has been learnt?")


class CriterionRow(Form):
    """One row of the table of criteria; an empty one falls away."""

    key = HiddenField()
    name = LineField("Criterion", most=80)
    definition = WordsField("What it means", most=250)
    weight = WholeNumberField("Weight", least=1, most=100)
    is_cost = TickField("This is cost")

    @property
    def is_empty(self) -> bool:
        return not self.name.data and not self.definition.data and self.weight.raw_data in (None, [], [""])

    def validate_name(self, field: Any) -> None:
        if not field.data and not self.is_empty:
            raise ValidationError("Enter the name of the criterion, or empty the row")

    def validate_weight(self, field: Any) -> None:
        if field.data is None and not self.is_empty and not field.errors:
            raise ValidationError("Enter the weight of the criterion")


class CriteriaForm(ChangeForm):
    """The whole table of criteria and weights."""

    rows = FieldList(FormField(CriterionRow))


class AgreedForm(ChangeForm):
    """The day on which criteria and weights were agreed."""

    agreed_on = DayField("When were the criteria and weights agreed?", required="Enter the day they were agreed")


class OptionForm(ChangeForm):
    """One way to meet the need."""

    name = LineField("Name", required="Enter the name of the option", most=80)
    short_name = LineField("Short name", most=14)
    in_brief = LineField("In a few words", most=40)
    kind = PickFrom("Kind", choices=OptionKind.choices(), required="Choose the kind of option")
    description = WordsField("What is it?")
    has_vat = PickOne("Is VAT due on its cost?", choices=YES_NO, required="Say whether VAT is due")
    cost_note = WordsField("What does its cost count?")
    equality = WordsField("Effect on equality")
    social_value = WordsField("Social value")
    market = WordsField("Market and delivery")


class RemoveForm(PageForm):
    """Taking something away."""

    reason = WordsField("Why is it removed?")


class ScoreRow(Form):
    """The score of an option on one criterion."""

    score = PickOne("Score", choices=POINTS)
    reason = WordsField("Reason", most=1_000)
    evidence = LineField("Evidence")

    @property
    def is_empty(self) -> bool:
        return self.score.data in (None, "") and not self.reason.data and not self.evidence.data

    def validate_score(self, field: Any) -> None:
        if field.data in (None, "") and not self.is_empty and not field.errors:
            raise ValidationError(f"Choose the score on {self.score.label.text}")

    def validate_reason(self, field: Any) -> None:
        if not field.data and not self.is_empty:
            raise ValidationError(f"Say why: every score has its reason ({self.score.label.text})")


class ScoresForm(ChangeForm):
    """All scores of one option."""

    scored_by = PickFrom("Who gave these scores?", choices=[], required="Choose who gave these scores", blank=None)
    rows = FieldList(FormField(ScoreRow))


class CostRow(Form):
    """What one option costs, year by year."""

    years = FieldList(MoneyField(called="The cost"))


class CostsForm(ChangeForm):
    """Costs of all options, without VAT."""

    rows = FieldList(FormField(CostRow))


class RiskForm(ChangeForm):
    """A risk of an option."""

    text = WordsField("What could go wrong?", required="Say what could go wrong")
    likelihood = PickOne("How likely is it?", choices=ONE_TO_FIVE, required="Choose how likely it is, from 1 to 5")
    impact = PickOne("How bad would it be?", choices=ONE_TO_FIVE, required="Choose how bad it would be, from 1 to 5")
    mitigation = WordsField("What is done about it?", required="Say what is done about it")
    owner_post = PickFrom("Who answers for it?", choices=[], required="Choose the post that answers for it")


class DiscardedForm(ChangeForm):
    """An option not taken further."""

    name = LineField("Option", required="Enter the option")
    reason_given = WordsField("Why is it not taken further?", required="Say why it is not taken further")


class EventRow(Form):
    """One event or channel of a consultation."""

    method = WordsField("How", most=250)
    when = WordsField("When", most=250)
    who = WordsField("Who took part", most=250)

    @property
    def is_empty(self) -> bool:
        return not (self.method.data or self.when.data or self.who.data)

    def validate_method(self, _field: Any) -> None:
        if not self.is_empty and not (self.method.data and self.when.data and self.who.data):
            raise ValidationError("Say how, when and who, or empty the row")


class FindingRow(Form):
    """What was said, and what was done."""

    said = WordsField("You said", most=500)
    did = WordsField("We did", most=500)

    @property
    def is_empty(self) -> bool:
        return not (self.said.data or self.did.data)

    def validate_said(self, _field: Any) -> None:
        if not self.is_empty and not (self.said.data and self.did.data):
            raise ValidationError("Say what was said and what was done, or empty the row")


class ConsultationForm(ChangeForm):
    """The consultation, or why there was none."""

    took_place = PickOne("Was there a consultation?", choices=YES_NO, required="Say whether there was a consultation")
    none_reason = WordsField("If there was none, why not?")
    from_on = DayField("First day")
    until_on = DayField("Last day")
    led_by = LineField("Who led it?")
    response_count = WholeNumberField("How many responded?", least=0, most=1_000_000)
    events = FieldList(FormField(EventRow))
    findings = FieldList(FormField(FindingRow))


class RejectionRow(Form):
    """Why one option is not taken."""

    reason = WordsField("Why not this one?")


class PreferForm(ChangeForm):
    """The option to take, and why not the others."""

    preferred = PickOne("Which option do you prefer?", choices=[], required="Choose the preferred option")
    reasons = LinesField("Why this one?", required="Say why this option is preferred", most=500)
    rejections = FieldList(FormField(RejectionRow))


class SendForm(PageForm):
    """To whom the appraisal goes for review."""

    reviewer = PickFrom("Who reviews it?", choices=[], required="Choose the reviewer")
    due_on = DayField("Reviewed by", required="Enter the day by which you need the review")


class AgreeForm(PageForm):
    """The reviewer agrees."""

    post = PickOne("In which post?", choices=[], required="Choose the post in which you agree")


class ReturnForm(PageForm):
    """The reviewer returns the appraisal."""

    because = WordsField("What has to be mended?", required="Say what has to be mended")
