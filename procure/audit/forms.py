"""What the page of the trail asks."""

# mypy: allow-subclassing-any

from __future__ import annotations

from flask_wtf import FlaskForm

from procure.fields.days import DayField
from procure.fields.lines import LineField


class TrailForm(FlaskForm):
    """A search, sent in the address: it changes nothing."""

    class Meta:
        csrf = False

    file = LineField("File", most=60)
    who = LineField("Person", most=100)
    said = LineField("What was done", most=100)
    on = DayField("Day")
