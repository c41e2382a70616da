"""What the pages of a list ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from procure.fields.choices import PickFrom, PickOne
from procure.fields.files import UploadField
from procure.fields.lines import LineField
from procure.fields.page_form import PageForm
from procure.register.list_rules.fields import Holds, letter_of

LEAVE_OUT = "Leave out"


class ChooseForm(PageForm):
    """A file with contracts."""

    file = UploadField("Your list of contracts", required="Choose a file")


class SheetForm(PageForm):
    """Another sheet of the same file."""

    sheet = PickFrom("Sheet", choices=[], blank=None)


class ColumnsForm(PageForm):
    """What each column is, where the list comes from and who looks after what names nobody."""

    source = LineField("Where does this list come from?", required="Say where the list comes from")
    default_post_id = PickFrom("Who looks after contracts whose row names nobody?", choices=[], blank="Nobody yet")

    @classmethod
    def of(
        cls, headings: Sequence[str], columns: Mapping[Holds, int], posts: Sequence[Any], **given: Any
    ) -> ColumnsForm:
        """The form for one list: a question for each column, answered as far as the headings tell."""
        choices = [(holds.value, holds.label) for holds in Holds]
        asked = {
            f"column_{at}": PickFrom(f"{letter_of(at)} {heading}".strip(), choices=choices, blank=LEAVE_OUT)
            for at, heading in enumerate(headings)
        }
        kind = type("ColumnsOfThisList", (cls,), asked)
        form: ColumnsForm = kind(data={f"column_{at}": holds.value for holds, at in columns.items()} | given)
        form.default_post_id.choices = list(posts)
        return form

    def columns(self) -> dict[Holds, int]:
        """What was chosen, by what it holds."""
        return {
            Holds(field.data): int(name.removeprefix("column_"))
            for name, field in self._fields.items()
            if name.startswith("column_") and field.data
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each of our fields stands for one column only."""
        is_valid: bool = super().validate(extra_validators)
        taken: dict[str, str] = {}
        for name, field in self._fields.items():
            if not name.startswith("column_") or not field.data:
                continue
            if field.data in taken:
                label = next(holds.label for holds in Holds if holds.value == field.data)
                field.errors = [*field.errors, f"{label} is chosen for {taken[field.data]} already"]
                is_valid = False
            taken.setdefault(field.data, field.label.text)
        return is_valid


class DifferencesForm(PageForm):
    """Whose word counts where somebody put something right here since."""

    whose = PickOne(
        "Where somebody changed a contract here since its list was brought in",
        choices=[("ours", "Keep what stands here"), ("theirs", "Take what the list says")],
        required="Choose whose word counts",
    )


class StepForm(PageForm):
    """One button."""
