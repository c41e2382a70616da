"""What the pages of questions ask."""

# mypy: allow-subclassing-any

from __future__ import annotations

from procure.fields.choices import PickOne
from procure.fields.days import DayField, MomentField
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm


class QuestionForm(PageForm):
    """A question as it came."""

    received_at = MomentField("When it came", required="Enter the day and time it came")
    asked_by = LineField("Who asked", most=200)
    asked_words = WordsField("The question, word for word", required="Enter the question")


class AnswerForm(PageForm):
    """The question in words for all, and its answer."""

    words = WordsField("The question, as all bidders will read it", required="Put the question into words for all")
    answer = WordsField("The answer", required="Enter the answer")
    changes_document = PickOne(
        "Does the answer change a document?",
        choices=[("no", "No document changes"), ("yes", "A document changes")],
        required="Say whether a document changes",
    )
    changed_text = WordsField("Which document, and where")


class PublishForm(PageForm):
    """The day an answer was published to all."""

    published_on = DayField("Published on", required="Enter the day it was published")
