"""Files sent."""

# mypy: allow-subclassing-any

from collections.abc import Sequence
from typing import Any

from wtforms import FileField
from wtforms.fields import MultipleFileField

from procure.fields.asking import Asked


class UploadField(Asked, FileField):
    """One file. What it holds is checked at the door for uploads, not here."""

    looks = "file"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        found = [item for item in valuelist if getattr(item, "filename", "")]
        self.data = found[0] if found else None
        self.raw_data = found


class UploadsField(Asked, MultipleFileField):
    """Several files."""

    looks = "file"
    multiple = True

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [item for item in valuelist if getattr(item, "filename", "")]
        self.raw_data = self.data
