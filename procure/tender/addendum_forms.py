"""What the page of an addendum asks."""

# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField

from procure.fields.days import MomentField
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm
from procure.tender.addendum_actions import ChangeLine
from procure.tender.forms import MethodForm

ROWS, MOST_ROWS = 2, 40


class ChangeForm(Form):
    """One change; a row left empty counts for nothing."""

    place = LineField("Document and place", most=200)
    old = WordsField("Was", most=4_000)
    new = WordsField("Is now", most=4_000)

    @property
    def is_empty(self) -> bool:
        return not any(field.data or field.errors for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        whole = True
        for field in self:
            if not self.is_empty and not field.data:
                field.refuse(f"Enter “{field.label.text.lower()}” of this change")
                whole = False
        return whole


class AddendumForm(PageForm):
    """A change of the papers."""

    reason = WordsField("Why do the papers change?", most=2_000, required="Say why the papers change")
    changes = FieldList(FormField(ChangeForm), "Changes", min_entries=ROWS, max_entries=MOST_ROWS)
    new_deadline_at = MomentField("New deadline, if it moves")
    deadline_reason = WordsField(
        "Why does the deadline move, or stay?", most=2_000, required="Say why the deadline moves, or stays"
    )
    may_be_made = WordsField(
        "Why may the change be made now?", most=4_000, required="Say why the change may be made at this point"
    )

    @property
    def lines(self) -> list[ChangeLine]:
        """The changes that were filled in."""
        rows = (entry.form for entry in self.changes)
        return [ChangeLine(row.place.data, row.old.data, row.new.data) for row in rows if not row.is_empty]

    def offer_another(self) -> None:
        """One more empty change."""
        if len(self.changes.entries) < MOST_ROWS:
            self.changes.append_entry()


class ChangeMethodForm(MethodForm):
    """How bids will be judged, changed after the notice, with what its addendum says."""

    reason = WordsField("Why does it change?", most=2_000, required="Say why it changes")
    may_be_made = WordsField(
        "Why may it be changed now?", most=4_000, required="Say why it may be changed at this point"
    )
    new_deadline_at = MomentField("New deadline, if it moves")
    deadline_reason = WordsField(
        "Why does the deadline move, or stay?", most=2_000, required="Say why the deadline moves, or stays"
    )
