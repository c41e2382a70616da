"""What the pages of publication ask."""

from __future__ import annotations

from procure.authority.publishing_rules import PARAGRAPHS
from procure.authority.rules import PaperStanding
from procure.fields.choices import PickFrom, PickMany, PickOne
from procure.fields.days import DayField
from procure.fields.lines import WordsField
from procure.fields.page_form import PageForm


class PublishDecisionForm(PageForm):
    """The day it went on the council's website."""

    on = DayField("Published on", required="Enter the day it was published")


class PapersForm(PageForm):
    """Whether the public may read the chosen papers."""

    papers = PickMany("Which papers?", choices=[], required="Choose at least one paper")
    standing = PickOne(
        "What may the public do with them?",
        choices=[
            (PaperStanding.OPEN.value, "Read them"),
            (PaperStanding.EXEMPT.value, "Not read them: they are exempt"),
            (PaperStanding.NOT_A_BACKGROUND_PAPER.value, "Not read them: the decision doesn’t rest on them"),
        ],
        required="Say what the public may do with them",
    )
    paragraph = PickFrom(
        "Under which paragraph?", choices=[(number, f"{number}. {said}") for number, said in PARAGRAPHS.items()]
    )
    public_interest = WordsField("Why does keeping them back serve the public better?", most=2000)
    review_on = DayField("Looked at again on", called="Day it is looked at again")
