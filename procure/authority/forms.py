"""What the pages of a decision ask: shape and spelling only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField

from procure.authority.rules import AssuranceOf, ConsultationMode, Interest, View
from procure.authority.rules.saying import answers_offered, must_agree, words_needed
from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, SecretField, WordsField
from procure.fields.page_form import PageForm


class AlternativeForm(Form):  # type: ignore[misc]
    """One thing that was considered and rejected."""

    name = LineField("What was considered")
    reason = WordsField("Why it was rejected", most=2_000)

    def validate(self, extra_validators: Any = None) -> bool:
        """Both halves are needed; a row left empty falls away."""
        good = bool(super().validate(extra_validators))
        if self.name.data and not self.reason.data:
            self.reason.errors = [*self.reason.errors, f"Say why “{self.name.data}” was rejected"]
            good = False
        if self.reason.data and not self.name.data:
            self.name.errors = [*self.name.errors, "Say what was considered"]
            good = False
        return good


QUESTIONS = {
    AssuranceOf.CONDITION: "How is this met: “{}”?",
    AssuranceOf.SCOPE: "How is this within “{}”?",
    AssuranceOf.EVENT: "The power lasts “{}”. How is it known that it still does?",
}


def conditions_form(asked: Sequence[tuple[AssuranceOf, str]]) -> type[PageForm]:
    """A form with a box for each thing the words of a power ask, named how_0, how_1 and so on."""
    boxes = {
        f"how_{place}": WordsField(QUESTIONS[of].format(said), most=2_000, required="Say how this is met")
        for place, (of, said) in enumerate(asked)
    }
    return type("ConditionsForm", (PageForm,), boxes)


class PrepareForm(PageForm):
    """The words of a decision."""

    title = LineField("What the decision maker is asked to do", required="Enter what is to be decided")
    summary = WordsField("In plain words", most=1_200, required="Say in plain words what the decision does")
    points = LinesField("What is decided, point by point", most=1_000, required="Enter at least one point")
    reasons = LinesField("Why", most=600, required="Give at least one reason")
    alternatives = FieldList(FormField(AlternativeForm), "What was considered and rejected")
    risks = LinesField("What could go wrong", most=600)
    financial_text = WordsField("The money, in one paragraph", most=3_000)
    equality_text = WordsField("Regard to the equality duty", most=3_000)
    alignment_text = WordsField("How it fits the Council’s strategy", most=3_000)
    is_key = PickOne(
        "Is it a key decision?", choices=[("no", "No"), ("yes", "Yes")], required="Say whether it is a key decision"
    )
    key_text = LineField("Why it is, or isn’t, a key decision", most=600)
    exempt_text = WordsField("What is withheld from the public, and why", most=3_000)
    sign_by_on = DayField("Sign by", called="The day to sign by")

    def alternatives_given(self) -> list[tuple[str, str]]:
        """Rows with something in them."""
        rows = [(entry.form.name.data or "", entry.form.reason.data or "") for entry in self.alternatives]
        return [(name, reason) for name, reason in rows if name or reason]

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one alternative."""
        good = bool(super().validate(extra_validators))
        if not self.alternatives_given():
            self.form_errors.append("Enter at least one alternative. Not to act is always one.")
            good = False
        return good


class AskForm(PageForm):
    """By when the consultees are to answer."""

    due_on = DayField("Answer by", called="The day to answer by", required="Enter the day by which they are to answer")


class SubstituteForm(PageForm):
    """Who answers instead of a consultee, and by which rule."""

    post_id = PickFrom("Who answers instead", choices=[], required="Choose who answers instead")
    because = WordsField("Why a substitute is needed", most=1_000, required="Say why a substitute is needed")
    authority = LineField(
        "Which rule lets this post stand in", most=400, required="Say which rule lets this post stand in"
    )
    due_on = DayField("Answer by", called="The day to answer by", required="Enter the day by which they are to answer")


class WordsForm(PageForm):
    """A single text: an answer, a comment, a confirmation, a dispensation."""

    text = WordsField("", most=6_000)


class YourViewForm(PageForm):
    """What a consultee thinks, and any interest."""

    said = PickOne("Your view", choices=View.choices(), required="Say whether you are content, comment or object")
    text = WordsField("Your words", most=6_000)
    interest = PickOne(
        "Do you have an interest in this decision?", choices=Interest.choices(),
        required="Say whether you have an interest",
    )  # fmt: skip
    interest_text = LineField("What your interest is", most=600)
    mode = ConsultationMode.CONSULT

    def answers(self, mode: ConsultationMode) -> YourViewForm:
        """This form with the answers that the power asks of the post."""
        self.mode = mode
        if must_agree(mode):
            self.said.required = "Say whether you agree"
        self.said.choices = [(view.value, label) for view, label, _ in answers_offered(mode)]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is missing is said at once."""
        right = bool(super().validate(extra_validators))
        if self.said.data in (View.OBJECTS.value, View.COMMENTS.value) and not self.text.data:
            self.text.refuse(words_needed(View(self.said.data), self.mode))
            right = False
        if self.interest.data == Interest.DECLARED.value and not self.interest_text.data:
            self.interest_text.refuse("Say what your interest is.")
            right = False
        return right


class SignForm(PageForm):
    """A signature: interest, reasons where they are needed, and the password again."""

    interest = PickOne(
        "Do you have an interest in this decision?",
        choices=[(Interest.NONE.value, "No interest to declare"), (Interest.DECLARED.value, "I have an interest")],
        required="Say whether you have an interest in this decision",
    )
    objection_reason = WordsField("Why you go ahead despite the objection", most=4_000)
    silence_reason = WordsField("Why you decide without a view that was asked for", most=4_000)
    password = SecretField("Your password", required="Enter your password")


class ReasonForm(PageForm):
    """Why a decision is returned or refused."""

    reason = WordsField("Why?", most=4_000, required="Say why")
