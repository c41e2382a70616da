"""What stands round a decision: its title, who introduced it, what was reported, what is only recalled."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Sequence

from procure.authority.reading.dates import DATE, day_of
from procure.authority.reading.facts import ReadResolution, Recital, Said, Stretch
from procure.authority.reading.giving import consultations
from procure.authority.reading.layout import Block, Zone
from procure.authority.reading.lettering import as_printed
from procure.authority.reading.posts import posts_at

_RECITAL = re.compile(
    rf"(?:(?:authority|powers?)\s+(?:was\s+|were\s+|previously\s+|as\s+)*(?:delegated|given|granted)(?:\s+to\s+(?P<to>[^.;\n]{{3,160}}?))?\s+by\s+(?:the\s+)?(?P<body>Cabinet|Executive(?:\s+\w+)?|Council|Leader|[A-Z][\w ]{{2,40}}?Committee)"
    rf"|(?P<giver>Cabinet|Executive(?:\s+\w+)?|Council|Leader)\s+(?:gave|delegated|granted)\b[^.;\n]{{0,60}}?\bto\s+)(?:[^.;\n]{{0,200}}?\bon\s+(?:the\s+)?(?P<date>{DATE}))?",
    re.IGNORECASE,
)

_GIVEN = re.compile(r"(?:delegated|given|granted|gave)\b")
"""Without one of these words nothing earlier is recalled."""
_INTRODUCED = re.compile(
    r"(?:^|\n)[ ]*(?P<who>(?:The\s+|Councillor\s+|Cllr\.?\s+)[^\n.]{3,150}?),?\s+(?:introduced|presented)\s+(?:the|a|this)\s+report\b"
)
_ONLY_INTRODUCED = re.compile(r"[^.]{3,200}\b(?:introduced|presented)\s+(?:the|a|this)\s+report\.?\s*$")


def introduced_by(text: str) -> Said[str] | None:
    """Who put the report to the body, as minuted."""
    found = _INTRODUCED.search(text)
    return Said(as_printed(found["who"]), Stretch(*found.span("who"))) if found else None


def background(text: str, blocks: Sequence[Block], resolutions: Sequence[ReadResolution]) -> list[Stretch]:
    """The paragraphs of the minute before what was resolved: whole sentences, not the lines of the publishing system."""
    end = min((one.at.start for one in resolutions), default=len(text))
    return [
        block.at
        for block in blocks
        if block.at.end <= end and block.zone in (Zone.HEAD, Zone.MINUTES) and _is_prose(text, block)
    ]


def _is_prose(text: str, block: Block) -> bool:
    words = block.at.of(text)
    odd = block.heading or block.field or block.resolved or block.numeral or "pdf icon" in words
    return not odd and len(words.split()) >= 12 and not _ONLY_INTRODUCED.match(words)


def title(text: str) -> Said[str] | None:
    """The first line that isn't the publishing system's own heading."""
    system = re.compile(
        r"(?:issue(?:\s+-\s+\w+)?|decisions?(?:\s+(?:details|published|maker.*))?|forthcoming\s+decisions|agenda\s+item|url:.*|meeting:.*|that\b.*|\(?\w{1,3}[.)].*|as\s.*|cabinet\b.*|.*:.*|.*\b(?:agree|approv|authoris|delegat)\w*\b.*)$",
        re.IGNORECASE,
    )
    for found in re.finditer(r"[^\n]+", text[:3000]):
        line = found.group().strip()
        if line and not system.match(line) and len(line) <= 200:
            start = found.start() + found.group().index(line)
            return Said(as_printed(line), Stretch(start, start + len(line)))
    return None


def recitals(text: str) -> list[Recital]:
    made: list[Recital] = []
    if not _GIVEN.search(text):
        return made
    for found in _RECITAL.finditer(text):
        name = found["body"] or found["giver"]
        listed = (
            posts_at(text, found.start("to") if found["to"] else found.end(), len(text))
            if found["to"] or found["giver"]
            else None
        )
        stop = listed.at.end if listed else found.end()
        clauses = consultations(text, stop, min(len(text), stop + 250)) if listed else []
        end = max(found.end(), stop, *(one.at.end for one in clauses)) if clauses else max(found.end(), stop)
        dated = re.compile(rf"[^.;\n]{{0,80}}?\bon\s+(?:the\s+)?(?P<date>{DATE})").match(text, end)
        day = found["date"] or (dated["date"] if dated else None)
        made.append(
            Recital(
                Stretch(found.start(), dated.end() if dated else end), as_printed(name), day_of(day) if day else None,
                listed.posts if listed else (), tuple(post for one in clauses for post in one.listed.posts),
            )
        )  # fmt: skip
    return made
