"""What the pages of meetings, resolutions, publication and call-in ask."""

from __future__ import annotations

from procure.authority.power_forms import ACTS, PowerFields
from procure.authority.rules import ResolutionKind, ResolutionStatus
from procure.fields.choices import PickFrom, PickMany, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm

YES, NO = "yes", "no"
STATUSES = [
    (ResolutionStatus.RESOLVED.value, "Resolved by this body"),
    (ResolutionStatus.RECOMMENDED.value, "Recommended to another body, which decides"),
]


class MeetingForm(PageForm):
    """An item of a meeting, as minuted."""

    body = LineField("Which body decided?", required="Enter the body that decided, such as Cabinet")
    held_on = DayField("Day of the meeting", required="Enter the day of the meeting")
    item = LineField("Item number", required="Enter the item number")
    title = LineField("Title of the item", required="Enter the title of the item")
    introduced_by = LineField("Introduced by")
    background = WordsField("What was reported, in the minute’s words")
    consultation = LinesField("How people were consulted", most=1000)
    consulted_from_on = DayField("Consulted from")
    consulted_until_on = DayField("Consulted until")
    reasons = WordsField("Reasons for the decision")
    alternatives = WordsField("Other options considered and rejected")
    interests = WordsField("Interests declared")
    is_key = PickOne(
        "Is it a key decision?", choices=[(YES, "Yes"), (NO, "No")], required="Say whether it is a key decision"
    )
    call_in_days = WholeNumberField("Working days for call-in", least=0, most=30, required="Enter the days, or 0")


class CorrectMeetingForm(MeetingForm):
    """The same, put right with a reason."""

    item = LineField("Item number")
    published_on = DayField("Day the decision was published")
    reason = LineField("Why is the record corrected?", required="Say why the record is corrected")


class KindForm(PageForm):
    """What a resolution does."""

    kind = PickOne("What does it do?", choices=ResolutionKind.choices(), required="Choose what the resolution does")


class ResolutionForm(PageForm):
    """The words, and what follows."""

    words = WordsField("Words of the resolution, as minuted", required="Enter the words of the resolution")
    status = PickOne("What became of it?", choices=STATUSES, default=ResolutionStatus.RESOLVED.value)
    owner_post_id = PickFrom("Who follows it up?", choices=[])
    follow_up = LineField("What is to be done?")
    follow_up_by = DayField("By when?", called="Day of the follow-up")


class ApproveForm(ResolutionForm):
    """Approval to buy: the file and the option agreed."""

    procurement = PickFrom("Which file is approved?", choices=[], required="Choose the file that is approved")
    option_number = WholeNumberField(
        "Number of the option agreed", least=1, most=99, required="Enter the number of the option agreed"
    )


class DelegateForm(ResolutionForm, PowerFields):
    """Power to act: who, what, after consulting whom, within what."""

    procurement = PickFrom("For which file?", choices=[], required="Choose the file for which the power is given")
    acts = PickMany("What may it do?", choices=ACTS, required="Choose at least one act")


class RingFenceForm(ResolutionForm):
    """A budget held for named purposes."""

    name = LineField("Which budget?", required="Enter the name of the budget")
    purposes = LinesField("What may it be spent on?", required="Enter at least one purpose")
    from_on = DayField("First day", required="Enter the first day")
    until_on = DayField("Last day", required="Enter the last day")
    amount = MoneyField("Amount, if it is stated")
    amount_on = DayField("Amount at which day?", called="Day of the amount")
    amount_source = LineField("How is the amount known?")
    basis = LineField("If no amount is stated, how do the words put it?")


class PublishForm(PageForm):
    """The day from which call-in counts."""

    published_on = DayField("Day the decision was published", required="Enter the day the decision was published")


class SupersedeForm(PageForm):
    """A later decision takes the place of this one."""

    superseded_on = DayField("From which day?", required="Enter the day", called="Day")
    reason = LineField("What takes its place?", required="Say what takes its place")


class RescindForm(PageForm):
    """The body took a resolution back."""

    rescinded_on = DayField("From which day?", required="Enter the day", called="Day")
    reason = LineField("Which decision rescinds it, and why?", required="Say which decision rescinds it, and why")


class FollowUpForm(PageForm):
    """A task that a resolution leaves."""

    what = LineField("What is to be done?", required="Say what is to be done")
    post_id = PickFrom("Which post sees to it?", choices=[], required="Choose the post that sees to it")
    due_on = DayField("By when?", called="Day of the follow-up", required="Enter the day by which it is done")


class ChangeFollowUpForm(FollowUpForm):
    """The same, changed with a reason."""

    reason = LineField("Why does it change?", required="Say why it changes")


class DoneForm(PageForm):
    """A follow-up is done."""

    done_on = DayField("Day it was done", required="Enter the day it was done")
    outcome = WordsField("What came of it?", most=2000)


class CorrectResolutionForm(PageForm):
    """The words or the owner, put right with a reason."""

    words = WordsField("Words of the resolution, as minuted", required="Enter the words of the resolution")
    owner_post_id = PickFrom("Who follows it up?", choices=[])

    reason = LineField("Why is the record corrected?", required="Say why the record is corrected")
