"""A reading against the council's register: which post is meant, what a resolution most likely is, what limits it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.authority.reading.facts import ReadResolution, Said, Stretch
from procure.authority.reading.lettering import as_printed, flat
from procure.authority.rules import ActKind, ConsultationMode, ResolutionKind
from procure.people.name_rules import Name, post_with

MODES: Mapping[str, ConsultationMode] = {
    "following consultation": ConsultationMode.FOLLOWING,
    "after consultation": ConsultationMode.FOLLOWING,
    "agreement": ConsultationMode.AGREE,
}
"""Modes that bind more than «in consultation with»."""
_LIMIT = re.compile(
    r"(?:up\s+to|not\s+exceed(?:ing)?|no\s+more\s+than|maximum(?:\s+\w+){0,2}\s+of|within(?:\s+\w+){0,3}"
    r"|(?:up\s+)?to\s+a\s+(?:total|maximum)\s+(?:value\s+)?of)\s*$",
    re.IGNORECASE,
)
_OPTION = re.compile(r"\boption\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_FENCED = re.compile(
    r"\bthat\s+(?P<name>the\s+(?P<basis>remaining\s+|unspent\s+|balance\s+of\s+the\s+)?(?P<what>[\w\s&'-]{2,80}?(?:budget|fund|reserve|balance)s?))\s+be\s+ring-?\s?fenced\b"
    r"(?:\s+for\s+(?P<from>20\d\d)(?:/\d\d)?\s?(?:-|to)\s?(?P<until>20\d\d))?(?:\s+(?:to\s+(?:support|fund|pay\s+for)|for)\s+(?:both\s+)?(?P<for>[^.;]+))?",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Matched:
    """A printed post, and the post of the register it is; None where the register has none by that name."""

    printed: str
    at: Stretch
    post: int | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Fence:
    """A budget held for purposes, as the words put it."""

    name: str
    basis: str
    purposes: tuple[str, ...]
    from_on: date | None
    until_on: date | None
    at: Stretch


@dataclass(frozen=True)
class Proposed:
    """What a resolution would be recorded as, for a person to confirm."""

    read: ReadResolution
    kind: ResolutionKind
    option: Said[int] | None = None
    fence: Fence | None = None
    delegates: tuple[Matched, ...] = ()
    consultees: tuple[tuple[Matched, ConsultationMode], ...] = ()
    acts: tuple[ActKind, ...] = ()
    limit: Said[Decimal] | None = None


def matched(text: str, printed: Sequence[Said[str]], register: Sequence[Name]) -> list[Matched]:
    """Printed posts against the register, longest first: neighbours that are one name of the register are one post."""
    found: list[Matched] = []
    index = 0
    while index < len(printed):
        for last in range(len(printed) - 1, index - 1, -1):
            at = Stretch(printed[index].at.start, printed[last].at.end)
            said = printed[index].value if last == index else as_printed(at.of(text))
            post = post_with(said, register)
            if post is not None or last == index:
                found.append(Matched(said, at, post, printed[index].doubt))
                index = last
                break
        index += 1
    return found


def proposed(text: str, read: ReadResolution, register: Sequence[Name]) -> Proposed:
    """What a resolution would be recorded as. Nothing that the words don't say is filled in."""
    words = read.at.of(text)
    kind = kind_of(read, words)
    bound = dict(zip((one.value for one in read.consultees), read.modes, strict=True))
    return Proposed(
        read, kind,
        option=_option(text, read.at) if kind is ResolutionKind.APPROVE_PROCUREMENT else None,
        fence=_fence(text, read.at) if kind is ResolutionKind.RING_FENCE else None,
        delegates=tuple(matched(text, read.delegates, register)),
        consultees=tuple(
            (one, MODES.get(bound.get(one.printed, ""), ConsultationMode.CONSULT))
            for one in matched(text, read.consultees, register)
        ),
        acts=tuple(ActKind(one.value) for one in read.acts) if read.is_delegation else (),
        limit=_limit(text, read) if read.is_delegation else None,
    )  # fmt: skip


def kind_of(read: ReadResolution, words: str) -> ResolutionKind:
    """To note is to allow nothing; a power is a delegation; the rest is told from what it is about."""
    if read.is_delegation:
        return ResolutionKind.DELEGATE
    if read.verb.value == "Note":
        return ResolutionKind.NOTE
    if re.search(r"\bring-?\s?fenc", words, re.IGNORECASE) and _FENCED.search(flat(words)):
        return ResolutionKind.RING_FENCE
    if _OPTION.search(words) and any(one.value == "procure" for one in read.acts):
        return ResolutionKind.APPROVE_PROCUREMENT
    if re.search(r"\b(?:strategy|policy|action\s+plan|framework\s+agreement\s+policy)\b", words, re.IGNORECASE):
        return ResolutionKind.APPROVE_POLICY
    return ResolutionKind.OTHER


def _option(text: str, at: Stretch) -> Said[int] | None:
    found = _OPTION.search(text, at.start, at.end)
    return Said(int(found["number"]), Stretch(*found.span())) if found else None


def _fence(text: str, at: Stretch) -> Fence | None:
    found = _FENCED.search(flat(text), at.start, at.end)
    if not found:
        return None
    basis = f"the {as_printed(found['basis'])} {found['what'].split()[-1]}" if found["basis"] else ""
    purposes = tuple(as_printed(one) for one in re.split(r"\s+and\s+(?=the\b)|,\s+", found["for"] or "") if one.strip())
    begins, ends = found["from"], found["until"]
    return Fence(
        f"the {as_printed(found['what'])}", basis, purposes, date(int(begins), 4, 1) if begins else None,
        date(int(ends), 3, 31) if ends else None, Stretch(*found.span("name")),
    )  # fmt: skip


def _limit(text: str, read: ReadResolution) -> Said[Decimal] | None:
    """The first sum that the words call a limit; any other sum is no limit."""
    for amount in read.amounts:
        if _LIMIT.search(flat(text[max(read.at.start, amount.at.start - 45) : amount.at.start])):
            return Said(amount.value, amount.at, "The words don’t say whether VAT is in this sum. Check it.")
    return None
