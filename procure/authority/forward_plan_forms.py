"""What the pages of the forward plan ask."""

from __future__ import annotations

from procure.authority.rules import NoticeRoute
from procure.fields.choices import PickFrom, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.page_form import PageForm

EXCEPTIONS = [
    (NoticeRoute.GENERAL_EXCEPTION.value, "General exception: the chair of scrutiny was told (regulation 10)"),
    (NoticeRoute.SPECIAL_URGENCY.value, "Special urgency: the chair of scrutiny agreed (regulation 11)"),
]


class NoticeForm(PageForm):
    """Everything regulation 9 asks of a notice, and regulation 5 where part is private."""

    matter = LineField("What is to be decided?", required="Say what is to be decided")
    about = WordsField("In a few sentences", most=1_500)
    body = LineField("Which body decides?")
    post_id = PickFrom("Or which post?", choices=[], blank="A body decides")
    decision_on = DayField("Day of the decision, or first day", required="Enter the day", called="Day of the decision")
    decision_until_on = DayField("Last day, if it is a period", called="Last day")
    key_reason = WordsField("Why is it key?", most=600)
    wards_label = LineField("Wards affected")
    documents = LinesField("Documents to be considered", most=300)
    copies_at = LineField("Where copies are available")
    contact = LineField("Whom to ask, and where to send other documents")
    is_private = TickField("Part of the meeting may be private")
    private_paragraph = LineField("Paragraph of Schedule 12A")
    private_reason = WordsField("Why the public interest is for private business", most=1_000)


class MoveForm(PageForm):
    """A later day, once the notice is public."""

    decision_on = DayField("New day of the decision", required="Enter the day", called="Day of the decision")
    decision_until_on = DayField("Last day, if it is a period", called="Last day")


class PublishNoticeForm(PageForm):
    on = DayField("Day it was published", required="Enter the day it was published", called="Day of publication")


class ExceptionForm(PageForm):
    """Which exception, why, and what the chair of scrutiny was told or agreed to."""

    route = PickOne("Which exception?", choices=EXCEPTIONS, required="Choose the exception that is used")
    reason = WordsField("Why can’t 28 clear days be kept?", most=1_500, required="Say why 28 clear days can’t be kept")
    chair_name = LineField("Chair of scrutiny", required="Name the chair")
    on = DayField("Day the chair was told, or agreed", required="Enter the day", called="Day")
    published_on = DayField("Day the reasons were published", called="Day of publication")


class WithdrawForm(PageForm):
    reason = WordsField("Why?", most=1_000, required="Say why")


class MeetingDayForm(PageForm):
    on = DayField("Day of the meeting", required="Enter the day of the meeting", called="Day of the meeting")
