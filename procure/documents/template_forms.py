"""What the pages of templates ask."""

from __future__ import annotations

from procure.fields.days import DayField
from procure.fields.files import UploadField
from procure.fields.lines import LineField
from procure.fields.page_form import PageForm


class NewVersionForm(PageForm):
    file = UploadField("Word document", required="Choose a Word document")
    said = LineField("What you changed", most=200)


class ChooseForm(PageForm):
    from_on = DayField("Use it from", required="Enter the day from which it is used")
    because = LineField("Why", most=200)


class MoveForm(PageForm):
    pass
