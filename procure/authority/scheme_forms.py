"""What the pages of the scheme of delegation ask."""

from __future__ import annotations

from wtforms import FieldList, Form, FormField

from procure.authority.rules import ActKind, ConsultationMode
from procure.fields.choices import PickFrom, PickMany, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm

MODES = {
    ConsultationMode.CONSULT: "Gives a view before the decision",
    ConsultationMode.FOLLOWING: "Gives a view before it goes to the decision maker",
    ConsultationMode.AGREE: "Must agree",
    ConsultationMode.AGREE_IN_WRITING: "Must agree in writing",
    ConsultationMode.TERMS: "Must accept the terms",
}
"""What each mode of consultation asks of a post, for whoever enters a paragraph."""


class ConsulteeRow(Form):  # type: ignore[misc]
    """A post that is asked before the power is used, and what its answer counts for."""

    post_id = PickFrom("Post", choices=[], blank="Nobody")
    mode = PickFrom("Its part", choices=[(mode.value, said) for mode, said in MODES.items()], blank=None)


class ParagraphForm(PageForm):
    """A paragraph of the scheme, for one post."""

    number = LineField("Paragraph", required="Enter the paragraph, such as Part 3, paragraph 4.2", most=120)
    words = WordsField("Its words", most=3_000, required="Enter the words of the paragraph")
    post_id = PickFrom("Which post gets the power", choices=[], required="Choose the post that gets the power")
    acts = PickMany(
        "What it may do",
        choices=[(kind.value, kind.label[0].upper() + kind.label[1:]) for kind in ActKind],
        required="Choose at least one act",
    )
    min_value_gross = MoneyField("From, including VAT")
    max_value_gross = MoneyField("At most, including VAT")
    max_months = WholeNumberField("Longest term, in months", least=1, most=600)
    consultees = FieldList(FormField(ConsulteeRow), "Who is asked first")
    may_nominate = TickField("Its holder may name somebody to use it")
    from_on = DayField("First day it applies", required="Enter the first day it applies")

    def offer_posts(self, posts: list[tuple[str, str]]) -> None:
        """Put the council's posts into every list of posts."""
        self.post_id.choices = posts
        for row in self.consultees:
            row.form.post_id.choices = posts

    def asked(self) -> list[tuple[int, ConsultationMode]]:
        """Key of each post that is asked, with its part; rows left empty fall away."""
        return [
            (int(row.form.post_id.data), ConsultationMode(row.form.mode.data or ConsultationMode.CONSULT.value))
            for row in self.consultees
            if row.form.post_id.data
        ]


class EndParagraphForm(PageForm):
    until_on = DayField("Last day it applies", required="Enter the last day it applies")
