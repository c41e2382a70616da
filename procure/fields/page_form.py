"""The form itself: what makes a second post and a second saver harmless."""

# mypy: allow-subclassing-any

import re
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.widgets import HiddenInput

from procure.fields.cleaning import first_of


class OnceField(HiddenField):
    """A name for this one sending of the form, so that a repeated post does the act once."""

    looks = "hidden"
    _shape = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = first_of(valuelist)
        if self._shape.fullmatch(sent):
            self.data = sent


class VersionField(Field):
    """The version of the row when the page was opened: the second of two savers is told, and loses nothing."""

    looks = "hidden"
    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = first_of(valuelist).strip()
        if not sent:
            return
        if not (sent.isascii() and sent.isdigit() and len(sent) <= 12):
            raise ValueError("This page was not sent whole. Open it again")
        self.data = int(sent)

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class PageForm(FlaskForm):
    """A form on a page of ours: it carries what makes a second post and a second saver harmless."""

    once = OnceField(default=lambda: uuid4().hex)
    version = VersionField()

    def refuse(self, no: object, at: str | None = None) -> None:
        """Show a refusal, or a sentence, where the officer can mend it: at a field, or at the top of the page."""
        sentence, at = str(no), at or getattr(no, "field", None)
        if at is not None and at in self._fields:
            self._fields[at].errors = [*self._fields[at].errors, sentence]
        else:
            self.form_errors.append(sentence)
