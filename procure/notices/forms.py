"""What the page of a notice asks."""

from __future__ import annotations

from procure.fields.days import DayField, MomentField
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm


class CorrectNoticeForm(PageForm):
    """A notice as it should have been recorded, or a later deadline."""

    reference = LineField("Notice number", most=40)
    published_on = DayField("Published on", required="Enter the day the notice was published")
    ocid = LineField("Procurement identifier (ocid)", most=60)
    closes_at = MomentField("Bids are due by", required="Enter the day and time by which bids are due")
    reason = WordsField("What was wrong, or why does it move?", required="Say what was wrong, or why it moves")


class EarlyNoticeForm(PageForm):
    """A notice that was published before the tender notice."""

    reference = LineField("Notice number", most=40, required="Enter the number of the notice")
    published_on = DayField("Published on", required="Enter the day the notice was published")
