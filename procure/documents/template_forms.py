"""What the pages of templates ask."""

from __future__ import annotations

from procure.fields import DayField, LineField, PageForm, UploadField


class NewVersionForm(PageForm):
    file = UploadField("Word document", required="Choose a Word document")
    said = LineField("What you changed", most=200)


class ChooseForm(PageForm):
    from_on = DayField("Use it from", required="Enter the day from which it is used")
    because = LineField("Why", most=200)


class MoveForm(PageForm):
    pass
