"""The tender papers: how a list is typed, what is refused in one, which papers must be out before the notice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from procure import words
from procure.procurement.rules import Check, Route, done, missing

PAPERS_PAGE = "tender.papers"
CHECK_NAME = "Issue the tender papers"
QUOTES_CHECK_NAME = "Issue the request for quotes"

INVITATION, SPECIFICATION, METHODOLOGY = "invitation-to-tender", "specification", "evaluation-methodology"
FORM, CONTRACT, REQUEST = "form-of-tender", "draft-contract", "request-for-quotes"
PRICING = "pricing-schedule"
OF_A_TENDER = (INVITATION, SPECIFICATION, METHODOLOGY, PRICING, FORM, CONTRACT)
OF_QUOTES = (REQUEST,)


def papers_needed(route: Route) -> tuple[str, ...]:
    """What bidders must have with the notice: six papers for a tender, one request where quotes are asked for."""
    return OF_QUOTES if route is Route.SCHEME else OF_A_TENDER


@dataclass(frozen=True)
class Listed:
    """A list of several parts to an entry: what one entry is called, and its parts in order."""

    one: str
    parts: tuple[str, ...]
    optional: int = 0
    """How many of the last parts may be left out; a dash is printed for them."""

    @property
    def shape(self) -> str:
        """The parts as they are typed: "Insurance | at least | basis"."""
        return " | ".join(self.parts)


LISTS: Mapping[str, Listed] = {
    "outcomes": Listed("outcome", ("outcome", "how it is measured", "figure now", "target")),
    "requirements": Listed("requirement", ("heading", "what the supplier must do")),
    "volumes": Listed("volume", ("what is counted", "figure", "note"), optional=1),
    "reports": Listed("report", ("report", "what is in it", "when it is due")),
    "mobilisation": Listed("milestone", ("milestone", "by when")),
    "conditions": Listed("condition", ("name", "what you require", "what to send")),
    "insurance": Listed("insurance", ("kind", "at least, in pounds", "basis")),
    "returns": Listed("document", ("document", "format", "limit"), optional=1),
    "cpv": Listed("code", ("code", "title")),
    "stages": Listed("stage", ("stage", "what happens in it")),
    "policies": Listed("policy", ("name", "where it can be read")),
}
"""Lists typed one entry to a line with a bar between the parts; a row pasted from a spreadsheet does as well."""


def parts_of(line: str) -> tuple[str, ...]:
    """An entry's parts: split at bars, or at tabs where it was pasted from a spreadsheet."""
    return tuple(part.strip() for part in re.split(r"[|\t]", line))


def rows_of(name: str, text: str) -> tuple[tuple[str, ...], ...]:
    """A kept list as rows with every part in place; a part that was left out is a dash."""
    kind = LISTS[name]
    rows = []
    for line in text.splitlines():
        if line.strip():
            parts = parts_of(line)
            parts += ("",) * (len(kind.parts) - len(parts))
            rows.append(tuple(part or "–" for part in parts))
    return tuple(rows)


def problem_in(name: str, lines: Sequence[str]) -> str | None:
    """What is wrong with a typed list, in a sentence that names the line; None when it is right."""
    kind = LISTS[name]
    most, least = len(kind.parts), len(kind.parts) - kind.optional
    for number, line in enumerate(lines, start=1):
        parts = parts_of(line)
        given = len(parts)
        if not least <= given <= most or any(not part for part in parts[:least]):
            return (
                f"Line {number} must have {words.number_word(most) if least == most else f'{least} or {most}'} parts "
                f"with | between them: {kind.shape}"
            )
    if name == "insurance":
        return _problem_in_amounts(lines)
    return None


def _problem_in_amounts(lines: Sequence[str]) -> str | None:
    for number, line in enumerate(lines, start=1):
        try:
            amount_of(parts_of(line)[1])
        except ValueError:
            return f"Line {number}: the amount must be in pounds, like 5,000,000"
    return None


def amount_of(typed: str) -> Decimal:
    """£5,000,000 or 5m as pounds. ValueError where it is neither."""
    bare = re.sub(r"[£,\s]", "", typed).lower()
    times = 1_000_000 if re.search(r"\d(m|million)$", bare) else 1
    try:
        found = Decimal(re.sub(r"(m|million)$", "", bare)) * times
    except InvalidOperation as wrong:
        raise ValueError(typed) from wrong
    if not found.is_finite() or not 0 < found < 10_000_000_000:
        raise ValueError(typed)
    return found.quantize(Decimal("0.01"))


@dataclass(frozen=True)
class KpiLine:
    """One key performance indicator as it is typed."""

    name: str
    measure: str
    target: str
    tolerance: str
    frequency: str
    source: str


@dataclass(frozen=True)
class PackFacts:
    """How the papers stand that must go out with the notice."""

    needed: tuple[str, ...] = ()
    """Their titles."""
    to_issue: tuple[str, ...] = ()
    """Titles of those not issued yet."""
    changed: tuple[str, ...] = ()
    """Titles of those that no longer say what the file says."""


def pack_check(pack: PackFacts, route: Route) -> Check:
    """G1: what bidders need is attached to the notice. The lighter way asks for the request for quotes only."""
    quotes = route is Route.SCHEME
    name = QUOTES_CHECK_NAME if quotes else CHECK_NAME
    if pack.to_issue:
        said = (
            "Issue the request for quotes first. Suppliers need nothing more at this value."
            if quotes
            else f"Bidders must get every paper with the notice. Still to issue: {_listed(pack.to_issue)}."
        )
        return missing(name, said, PAPERS_PAGE, begun=len(pack.to_issue) < len(pack.needed))
    if pack.changed:
        stands = "no longer says" if len(pack.changed) == 1 else "no longer say"
        return missing(
            name,
            f"{words.sentence(_listed(pack.changed))} {stands} what the file says. Issue again.",
            PAPERS_PAGE,
            begun=True,
        )
    count = len(pack.needed)
    return done(name, "Issued" if quotes or not count else f"{words.sentence(words.number_word(count))} papers issued",
                PAPERS_PAGE)  # fmt: skip


def _listed(titles: Sequence[str]) -> str:
    return words.joined(title[0].lower() + title[1:] for title in titles)
