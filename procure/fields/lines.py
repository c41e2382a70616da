"""Words typed: a line, several lines, a list, an address for letters, a password."""

# mypy: allow-subclassing-any

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.widgets import TextInput

from procure.fields.asking import Asked
from procure.fields.cleaning import (
    LONGEST_LINE,
    LONGEST_TEXT,
    as_text,
    cleaned,
    cleaned_lines,
    inside,
    refuse_too_long,
    refuse_unprintable,
)


class LineField(Asked, StringField):
    """One line of words."""

    looks = "text"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_LINE,
        **more: Any,
    ) -> None:
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = as_text(valuelist[0])
        self.data = text
        refuse_unprintable(text.replace("\r", "\n"), self.called)
        self.data = cleaned(text.replace("\r", "\n").replace("\n", " "))
        refuse_too_long(self.data, self.most, self.called)

    def _value(self) -> str:
        return str(self.data) if self.data is not None else ""


class WordsField(Asked, TextAreaField):
    """Several lines of words."""

    looks = "words"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_TEXT,
        **more: Any,
    ) -> None:
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = as_text(valuelist[0])
        self.data = text
        refuse_unprintable(text.replace("\r", "\n"), self.called)
        self.data = cleaned_lines(text)
        refuse_too_long(self.data, self.most, self.called)


class LinesField(Asked, Field):
    """A list typed one item to a line; empty lines fall away. The answer is a list of strings."""

    looks = "words"
    widget = TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        most: int = LONGEST_LINE,
        most_lines: int = 200,
        **more: Any,
    ) -> None:
        self.most = most
        self.most_lines = most_lines
        super().__init__(label, validators, **more)

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        text = as_text(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")
        refuse_unprintable(text, self.called)
        self.data = [line for line in map(cleaned, text.split("\n")) if line]
        if len(self.data) > self.most_lines:
            raise ValueError(f"{self.called} must have {self.most_lines:,} lines or fewer. You have {len(self.data):,}")
        for number, line in enumerate(self.data, start=1):
            if len(line) > self.most:
                raise ValueError(f"Line {number} of {inside(self.called)} must be {self.most:,} characters or fewer")

    def _value(self) -> str:
        if self.raw_data:
            return as_text(self.raw_data[0])
        return "\n".join(str(line) for line in self.data or ())


class MailField(LineField):
    """An address for letters. Only its shape is looked at: whether it works, the first letter tells."""

    looks = "email"
    _shape = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data and not self._shape.fullmatch(self.data):
            raise ValueError("Enter an email address in the form name@example.com")


class SecretField(Asked, PasswordField):
    """A password: kept exactly as typed, never shown again."""

    looks = "password"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = as_text(valuelist[0])
            refuse_too_long(self.data, 1_000, self.called)
