"""What the pages of the report ask."""

from __future__ import annotations

from procure.approval.rules import USUAL_HEADINGS, Rating
from procure.fields.choices import PickFrom, PickMany, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.page_form import PageForm

YES, NO = "yes", "no"


class HeadingForm(PageForm):
    """Which meeting, whether it is a key decision, and the notice of it."""

    title = LineField("Title of the report", required="Enter the title of the report")
    meeting_on = DayField("Day of the meeting", required="Enter the day of the meeting")
    item = LineField("Agenda item, if known")
    is_key = PickOne(
        "Is it a key decision?", choices=[(YES, "Yes"), (NO, "No")], required="Say whether it is a key decision"
    )
    key_reason = WordsField("Why?", required="Say why it is, or isn’t, a key decision")
    exempt_paragraph = LineField("Paragraph of Schedule 12A, if any part is exempt")
    exempt_reason = WordsField("Why the public interest favours exemption")


class MandateForm(PageForm):
    """Who is to act, and after consulting whom."""

    delegate_post_id = PickFrom("Which post is to act?", choices=[], required="Choose the post that is to act")
    consultees = PickMany("Which posts must it consult?", choices=[])


class RecommendationsForm(PageForm):
    """The recommendations: the page draws one box for each, all under one name."""


class ReasonsForm(PageForm):
    """Summary, reasons, background."""

    summary = WordsField("Summary", required="Write the summary")
    reasons = LinesField("Reasons for the recommendations", most=2000, required="Write at least one reason")
    background = LinesField("Background", most=4000, required="Write the background")


class ImplicationForm(PageForm):
    """One implication, in its author's own words."""

    author_post_id = PickFrom("Whose words are these?", choices=[], required="Choose the post that clears this")
    text = WordsField("Text", required="Write the text. “There are none” must be the author’s own sentence")


class NewImplicationForm(PageForm):
    """A heading beyond the three that every report has."""

    heading = PickFrom("Heading", choices=[(one, one) for one in USUAL_HEADINGS], required="Choose the heading")
    author_post_id = PickFrom("Whose words will these be?", choices=[], required="Choose the post that clears this")


class ReasonForm(PageForm):
    """Why a clearance is taken back."""

    reason = LineField("Why?", required="Say why the clearance is taken back")


class RiskForm(PageForm):
    """A risk, what is done about it, who owns it."""

    text = LineField("What could go wrong?", required="Say what could go wrong")
    rating = PickOne("Rating", choices=Rating.choices(), required="Choose a rating")
    mitigation = WordsField("What is done about it?", required="Say what is done about it")
    owner_post_id = PickFrom("Who owns it?", choices=[], required="Choose the post that owns it")


class ClosingForm(PageForm):
    """How the contract is managed, how members hear the result, what is attached."""

    contract_management_text = WordsField(
        "How will the contract be managed?", required="Say how the contract will be managed"
    )
    report_back_text = WordsField("How will members hear the result?", required="Say how members will hear the result")
    appendices = LinesField("Appendices", required="List at least one appendix, such as the options appraisal")
    background_papers = LinesField("Background papers", required="List at least one background paper")
