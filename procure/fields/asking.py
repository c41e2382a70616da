"""What every field shares: how it is named in messages, and when an empty answer is refused.

Every field takes `required="Enter the title"`: the sentence an empty answer gets, without which the answer may be
empty; and `called="Contract end date"`: its name inside other messages, which is the label unless given.
"""

# mypy: allow-subclassing-any

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.validators import StopValidation

from procure.fields.cleaning import cleaned


class Required:
    """Stops at an empty answer with a sentence that says what to do, such as *Enter the title*."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if is_empty(field):
            field.errors[:] = []
            raise StopValidation(self.message)


def is_empty(field: Any) -> bool:
    raw = field.raw_data if field.raw_data is not None else field.data
    if raw is None or raw is False:
        return True
    if isinstance(raw, str):
        return not cleaned(raw)
    if isinstance(raw, Sequence):
        return not any(_has_content(item) for item in raw)
    return False


def _has_content(item: Any) -> bool:
    if isinstance(item, str):
        return bool(cleaned(item))
    if hasattr(item, "filename"):
        return bool(item.filename)
    return item is not None


class Asked:
    """What every field of ours shares: how it is named in messages, and when an empty answer is refused."""

    errors: Any
    process_errors: Any
    label: Any
    data: Any
    raw_data: Any

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        required: str | None = None,
        called: str | None = None,
        **more: Any,
    ) -> None:
        self.required = required
        self._called = called
        super().__init__(label, list(validators or ()), **more)  # type: ignore[call-arg]

    @property
    def called(self) -> str:
        return self._called or str(self.label.text).rstrip("?:. ")

    def pre_validate(self, form: Any) -> None:
        if self.required:
            Required(self.required)(form, self)
        if self.process_errors:
            raise StopValidation()  # one clear sentence for one field
        super().pre_validate(form)  # type: ignore[misc]

    def refuse(self, sentence: str) -> None:
        """Put a sentence at this field that an action, not the form, gave."""
        self.errors = [*self.errors, sentence]
