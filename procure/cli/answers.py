"""How every command answers: facts as JSON, or a text to read; a refusal on standard error.

Exit code 0: done. 1: refused, with the sentence. 2: the arguments make no sense (click says so itself).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

import click

from procure.refusals import Refusal

FIRST_YEAR, LAST_YEAR = 1900, 2999
LARGEST_POWER = 15


@dataclass(frozen=True)
class Answer:
    """What a command found: the facts, and how to say them to a person. Without a text the facts are printed."""

    facts: Mapping[str, Any]
    text: str | None = None


Answers = Answer | Iterator[Answer] | None


def answers(command: Callable[..., Answers]) -> Callable[..., None]:
    """Prints what a command returns, one answer a line, and turns a refusal into its sentence and exit code 1.

    Adds the flag `--json`: with it standard output holds one JSON object a line and nothing else.
    """

    @click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line, and nothing else.")
    @functools.wraps(command)
    def answering(*args: Any, as_json: bool, **options: Any) -> None:
        try:
            _print(command(*args, **options), as_json)
        except Refusal as no:
            click.echo(no.sentence, err=True)
            raise click.exceptions.Exit(1) from no

    return answering


def warn(sentence: str) -> None:
    """Something the reader should know, kept out of the answer."""
    click.echo(sentence, err=True)


def plain(value: object) -> Any:
    """A value as JSON can hold it: dates in ISO, sums as text with their pennies, enum members by value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"no JSON for {type(value).__name__}")


def _print(found: Answers, as_json: bool) -> None:
    for answer in [found] if isinstance(found, Answer) else found or ():
        readable = None if as_json else answer.text
        click.echo(readable or json.dumps(answer.facts, default=plain, ensure_ascii=False))


def day(text: str) -> date:
    """A day as an argument: 2026-03-16."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no day: write it as 2026-03-16.") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise click.BadParameter(f"{text} is outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return read


def figure(text: str) -> Decimal:
    """A number as an argument: 111000 or 34620.50."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise click.BadParameter(f"{text} is no number: write it as 111000 or 34620.50.") from None
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_POWER:
        raise click.BadParameter(f"{text} is no number that can be reckoned with.")
    return number
