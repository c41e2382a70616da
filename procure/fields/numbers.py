"""Numbers typed: whole ones, pounds, hundredths. What was typed is shown again, whatever became of it."""

# mypy: allow-subclassing-any

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from procure.fields.asking import Asked
from procure.fields.cleaning import as_text, cleaned

_PLAIN_NUMBER = re.compile(r"[-−]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)


LONGEST_NUMBER = 25
"""Figures with their commas. Anything longer is no number of a council, and more than a Decimal rounds exactly."""


def _number(text: str) -> Decimal | None:
    """A number with or without thousands commas; None if it is anything else (so 12,50 is not read as 1,250)."""
    text = re.sub(r"\s", "", text)
    if len(text) > LONGEST_NUMBER or not _PLAIN_NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").replace("−", "-"))


class _NumberField(Asked, Field):
    """Shared by the number fields: what was typed is shown again exactly, whatever became of it."""

    widget = TextInput()
    hint_of_shape = "Enter a number"
    unit_before = ""
    unit_after = ""

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = None,
        **more: Any,
    ) -> None:
        self.least = least
        self.most = most
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        self.data = None
        typed = cleaned(as_text(valuelist[0]))
        if not typed:
            return
        self.data = self._read(self._bare(typed))
        self._check_limits(self.data)

    def _bare(self, typed: str) -> str:
        return typed

    def _read(self, typed: str) -> Any:
        raise NotImplementedError

    def _check_limits(self, number: Decimal | int) -> None:
        low, high = self.least, self.most
        if low is not None and high is not None and not low <= number <= high:
            raise ValueError(f"{self.called} must be between {self._said(low)} and {self._said(high)}")
        if low is not None and number < low:
            raise ValueError(f"{self.called} must be {self._said(low)} or more")
        if high is not None and number > high:
            raise ValueError(f"{self.called} must be {self._said(high)} or less")

    def _said(self, number: Decimal | int) -> str:
        return f"{self.unit_before}{self._shown(number)}{self.unit_after}"

    def _shown(self, number: Any) -> str:
        return f"{number:,}"

    def _value(self) -> str:
        if self.raw_data:
            return as_text(self.raw_data[0])
        return "" if self.data is None else self._shown(self.data)


class WholeNumberField(_NumberField):
    """A whole number, such as how many months."""

    looks = "number"

    def _read(self, typed: str) -> int:
        number = _number(typed)
        if number is None or number != number.to_integral_value():
            raise ValueError(f"{self.called} must be a whole number, like 12")
        return int(number)


class MoneyField(_NumberField):
    """Pounds to the penny as a Decimal; £, commas and spaces may be typed."""

    looks = "money"
    unit_before = "£"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = Decimal("99999999999.99"),
        **more: Any,
    ) -> None:
        super().__init__(label, validators, least=least, most=most, **more)

    def _bare(self, typed: str) -> str:
        return re.sub(r"^([-−]?)\s*£", r"\1", re.sub(r"\s", "", typed))

    def _read(self, typed: str) -> Decimal:
        number = _number(typed)
        if number is None or number != round(number, 2):
            raise ValueError("Enter an amount in pounds, like 12,500 or 12,500.50")
        return round(number, 2)

    def _check_limits(self, number: Decimal | int) -> None:
        # One limit at a time: "between £0 and £99,999,999,999.99" would only puzzle
        if self.least is not None and number < self.least:
            raise ValueError(f"{self.called} must be {self._said(self.least)} or more")
        if self.most is not None and number > self.most:
            raise ValueError(f"{self.called} must be {self._said(self.most)} or less")

    def _shown(self, number: Any) -> str:
        return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


class PercentField(_NumberField):
    """A share of a hundred as a Decimal: 12.5 stands for 12.5%."""

    looks = "percent"
    unit_after = "%"

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Any] | None = None,
        *,
        least: Decimal | int | None = 0,
        most: Decimal | int | None = 100,
        places: int = 2,
        **more: Any,
    ) -> None:
        self.places = places
        super().__init__(label, validators, least=least, most=most, **more)

    def _bare(self, typed: str) -> str:
        return typed.removesuffix("%").strip()

    def _read(self, typed: str) -> Decimal:
        number = _number(typed)
        if number is None or number != round(number, self.places):
            raise ValueError(f"{self.called} must be a percentage, like {'40 or 12.5' if self.places else '40'}")
        return number

    def _shown(self, number: Any) -> str:
        return f"{Decimal(number).normalize():f}"
