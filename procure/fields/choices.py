"""Answers chosen: one of several, several of them, a box to tick."""

# mypy: allow-subclassing-any

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields import BooleanField
from wtforms.fields.choices import SelectChoice

from procure.fields.asking import Asked, is_empty
from procure.fields.cleaning import as_text


class _Choice(Asked):
    """Says plainly when an answer is not one of those offered. Choices are pairs: what is stored, what is read."""

    not_offered = "Choose one of the answers listed"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        choices: Any = None,
        coerce: Callable[[Any], Any] | None = None,
        **more: Any,
    ) -> None:
        if isinstance(choices, list | tuple):
            choices = [SelectChoice(*pair) if isinstance(pair, tuple) else pair for pair in choices]
        super().__init__(
            label,
            validators,
            choices=choices,
            coerce=coerce or _coerced,
            invalid_value_message=self.not_offered,
            invalid_choice_message=self.not_offered,
            **more,
        )

    def pre_validate(self, form: Any) -> None:
        if self.required or not is_empty(self):
            super().pre_validate(form)


def _coerced(value: Any) -> Any:
    return value if value is None else str(value)


class PickOne(_Choice, RadioField):
    """One of a few answers, all in sight (radios)."""

    looks = "radios"


class PickFrom(_Choice, SelectField):
    """One of many answers (a select); an empty one comes first unless `blank` is None."""

    looks = "select"

    def __init__(
        self, label: str | None = None, validators: Iterable[Any] | None = None, *, blank: str | None = "", **more: Any
    ) -> None:
        self.blank = blank
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist and not as_text(valuelist[0]).strip():
            self.data = None
            return
        super().process_formdata(valuelist)


class PickMany(_Choice, SelectMultipleField):
    """Any number of answers (checkboxes)."""

    looks = "checkboxes"
    not_offered = "Choose only from the answers listed"


class TickField(Asked, BooleanField):
    """A single box to tick; with `required` it must be ticked."""

    looks = "tick"
