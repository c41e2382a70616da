"""From a declaration and its facts to the words of a letter: subject, plain text, HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from jinja2 import Environment, StrictUndefined

from procure.mail.declare import Email


@dataclass(frozen=True)
class Words:
    """A letter as it will be read."""

    subject: str
    text: str
    html: str


def write(email: Email, facts: Mapping[str, Any], **around: Any) -> Words:
    """Fill in a letter. `UndefinedError` where its templates name a fact that is not there."""
    environment = _environment()
    known = {**around, **facts}
    subject = one_line(environment.get_template(f"{email.folder}/subject.txt").render(known))
    known["subject"] = subject
    text = environment.get_template(f"{email.folder}/body.txt").render(known)
    html = environment.get_template(f"{email.folder}/body.html").render(known)
    return Words(subject, _evenly_spaced(text), html.strip() + "\n")


def one_line(text: str) -> str:
    """Text with every line break and run of spaces made one space: nothing can break out of a header."""
    return " ".join(text.split())


def _evenly_spaced(text: str) -> str:
    """No trailing spaces, and never two empty lines together."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _environment() -> Environment:
    """The pages' own templates and filters, but strict: an unknown name stops the letter."""
    strict: Environment | None = current_app.extensions.get("procure_letters")
    if strict is None:
        strict = current_app.jinja_env.overlay(undefined=StrictUndefined, cache_size=400)
        # jinja looks the names that all templates know up in a chain of mappings, five times for each letter
        shared = dict(strict.globals)
        strict.make_globals = lambda own: {**shared, **own} if own else shared  # type: ignore[method-assign,assignment]
        current_app.extensions["procure_letters"] = strict
    return strict
