"""What is printed round the resolutions: who decided, when, which item, key or not, open to call-in or not."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from procure.authority.reading.dates import DATE, day_of
from procure.authority.reading.facts import BodyKind, Said, Stretch
from procure.authority.reading.layout import Block, Zone
from procure.authority.reading.lettering import as_printed

_MEETING = re.compile(
    rf"(?:^|\n)[ ]*(?:meeting|date\s+of\s+(?:the\s+)?(?:decision|meeting)|decided\s+at\s+meeting|decision\s+(?:date|made|taken)(?:\s+on)?|meeting\s+date|date\s+(?:decision\s+(?:was\s+)?(?:made|taken)))\s*[:-]?\s*"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<date>{DATE})(?:\s*-\s*(?P<body>[A-Z][^(\n]*))?",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"(?:(?:meeting|minutes)\s+of\s+(?:the\s+)?(?P<body>[A-Z][\w ]{{2,60}}?)\s*,?\s+(?:held\s+)?(?:on\s+)?|\b(?:meeting\s+held|held\s+on|held\s+at[^.\n]{{0,80}}?on)\s+|(?:^|\n)[ ]*(?P<title>(?:Cabinet|Executive|Council|Committee)[\w &]{{0,40}}?)\s*(?:[-,]|\n)\s*)"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?(?P<date>{DATE})"
)
_DAY_ALONE = re.compile(
    rf"(?:^|\n)[ ]*(?:[A-Z][\w &]{{2,60}}\s*[-,]\s*)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?(?P<date>{DATE})"
)
_LEADING = re.compile(rf"(?:^|\n)[ ]*(?P<date>{DATE})\s+-\s+")
_PUBLISHED = re.compile(
    rf"(?:date\s+(?:of\s+)?publi(?:cation|shed)|publication\s+date|(?:decisions?\s+)?published|date\s+decision\s+published)(?:[ ]*[:-]\s*|[ ]+(?:on[ ]+)?)(?P<date>{DATE})",
    re.IGNORECASE,
)
_KIND_OF_PAGE = re.compile(
    r"(?:^|\n)[ ]*(?P<kind>issue\s+-\s+decisions|issue\s+-\s+meetings|decisions\s+published|forthcoming\s+decisions)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\((?:agenda\s+)?item\s+(?:no\.?\s*)?(?P<item>\d+[A-Za-z]?(?:\.\d+)?)\)|(?:^|\n)[ ]*(?:agenda\s+)?item\s+(?:no\.?|number)?\s*:?\s*(?P<other>\d+[A-Za-z]?)\b",
    re.IGNORECASE,
)
_KEY_WORD = re.compile(r"[Kk][Ee][Yy]\b|[Dd]ecision\s+type")
_KEY = re.compile(
    r"(?:is\s+(?:this\s+a\s+|it\s+a\s+)?)?key\s+decision\s*\??\s*(?:[:-]|\?)?\s*(?P<yes>yes|no)\b|decision\s+type\s*:?\s*(?P<kind>non[- ]?key|key|not\s+key)\b"
    r"|\b(?P<is>(?:this\s+is|is|was|being)\s+(?P<not>not\s+)?an?\s+(?P<non>non[- ]?)?key\s+decision)\b|(?:^|\n)[ ]*(?P<alone>(?:non[- ]?)?key\s+decision)[ .]*(?=\n|$)",
    re.IGNORECASE,
)
_CALL = r"call(?:ed)?[- ]?in|callable\s+in|called\s+in"
_CALLED = re.compile(r"call(?:ed|able)?[- ]?\s?in", re.IGNORECASE)
_CALL_IN = re.compile(
    rf"(?:is\s+)?(?:this\s+|it\s+|the\s+decision\s+)?(?:subject\s+to\s+|eligible\s+for\s+|open\s+to\s+)?(?:{_CALL})\s*(?:applies|applicable)?\s*\??\s*:?\s*(?P<yes>yes|no)\b"
    rf"|\b(?P<not>not\s+(?:be\s+)?(?:subject\s+to|eligible\s+for|open\s+to)|exempt(?:ed)?\s+from|(?:waive[sd]?|waiver\s+of|suspend\w*|dispens\w+\s+with)\s+(?:the\s+)?(?:[\w-]+\s+){{0,4}}?)\s*(?:the\s+)?(?:{_CALL})"
    rf"|(?P<off>(?:{_CALL})(?:\s+(?:period|procedure|process|provisions?|rules?))?\s+(?:(?:should|will|shall|is|are|be|do(?:es)?)\s+)?(?:(?:hereby|therefore)\s+)?(?:(?:be\s+)?(?:waived|suspended|disapplied)|not\s+(?:apply|be\s+subject|applicable)|does\s+not\s+apply))"
    rf"|(?P<open>subject\s+to\s+(?:the\s+)?(?:\w+\s+)?(?:{_CALL})|(?:may|can|could)\s+be\s+called\s+in|{_CALL}\s+(?:deadline|expir\w+|period\s+(?:ends|expires))|(?:deadline|last\s+date)\s+for\s+call[- ]?in|if\s+not\s+called\s+in)",
    re.IGNORECASE,
)
_NONE_SAID = re.compile(
    r"[\s:.-]*(?:none|nil|n/?a\b|not\s+applicable|no\s+(?:other|alternative)|there\s+(?:are|were)\s+no|not\s+required)",
    re.IGNORECASE,
)
_REASON_SAID = re.compile(
    r"\b(?:the\s+)?reasons?\s+for\s+(?:the|this|making\s+the)\s+decision\s+(?:is|are|was|were)\b|\bfor\s+the\s+reasons?\s+(?:set\s+out|given|stated|outlined|detailed)\b",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"(?:^|\n)[ ]*(?:decision\s+(?:maker|taker|made\s+by)|decision\s+by|made\s+by|taken\s+by|body|committee)\s*[:-]\s*(?P<body>[^\n]{2,120})",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"\b(?:leader|cabinet\s+member|executive\s+member|portfolio\s+holder|lead\s+member|deputy\s+leader|elected\s+mayor|councillor)\b",
    re.IGNORECASE,
)
_CABINET = re.compile(
    r"^(?:the\s+)?(?:(?:shadow|joint|special)\s+)?(?:cabinet|executive(?:\s+(?:board|cabinet))?|mayor\s+and\s+cabinet|mayor\s+in\s+cabinet)\b(?!\s+(?:member|director|procurement|committee|sub))",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"\b(?:committee|sub-committee|council|panel|board)\b", re.IGNORECASE)
_OFFICER = re.compile(r"\b(?:director|head|officer|manager|chief|solicitor|treasurer)\b", re.IGNORECASE)
_BODY_SPEAKS = re.compile(
    r"\b(?:(?:the|that)\s+)?(?P<body>(?:(?<=The )Committee|(?<=the )Committee)|Mayor\s+in\s+Cabinet|Cabinet|(?<!Chief )Executive(?:\s+(?:Board|Cabinet|Committee))?|Mayor\s+(?:and|in)\s+Cabinet|[A-Z][\w&, ]{3,50}?\s(?:Sub-)?Committee)\s*(?:also\s+|then\s+|hereby\s+)?(?:resolve|agree|approve|note|authorise|decide|heard|consider|looked|was\b|is\b|be\b|,?\s*having\b|RESOLVE|AGREE|APPROVE|NOTE|:)|(?:RESOLVED|Resolved)\s+[Tt]hat\s+(?P<resolved>Cabinet|Executive)\b",
)
_SPEAKER = re.compile(
    r"(?:^|\n)[ ]*(?:As\s+|That\s+the\s+|That\s+|The\s+)?(?P<body>(?:Leader|Deputy\s+Leader|Cabinet\s+Member|Executive\s+Member|Portfolio\s+Holder|Director|Corporate\s+Director|Executive\s+Director|Strategic\s+Director|Chief\s+[A-Z]\w+|Head)\b[^:.\n]{0,100}?)(?=,?\s+(?:I\s+(?:agree|approve|hereby)|to\s+agree|agrees?\b|approves?d?\b|has\b|also\b|is\b|was\b)|\s*:|\s*\n)"
)


def first_date(pattern: re.Pattern[str], text: str) -> Said[date] | None:
    """The first printed date of a kind. One that doesn't exist is no date."""
    for found in pattern.finditer(text):
        day = day_of(found["date"])
        if day:
            return Said(day, Stretch(*found.span("date")))
    return None


def dates(text: str) -> tuple[Said[date] | None, Said[date] | None]:
    """The day of the meeting or decision, and that of publication: two things, which pages print in one place.

    The date that leads an entry is the day of publication on an «Issue - decisions» page, and the day of the decision
    on a «Decisions published» list.
    """
    page = _KIND_OF_PAGE.search(text)
    kind = as_printed(page["kind"]).lower() if page else ""
    leading = first_date(_LEADING, text)
    meeting = (
        first_date(_MEETING, text)
        or (leading if kind == "decisions published" else None)
        or first_date(_HELD, text)
        or first_date(_DAY_ALONE, text)
    )
    published = first_date(_PUBLISHED, text) or (leading if kind == "issue - decisions" else None)
    if meeting and published and published.value < meeting.value:
        doubt = "The day of publication is before the day of the decision. Check both."
        published = Said(published.value, published.at, doubt)
    return meeting, published


def item(text: str) -> Said[str] | None:
    found = _ITEM.search(text)
    if not found:
        return None
    group = "item" if found["item"] else "other"
    return Said(found[group], Stretch(*found.span(group)))


def key_decision(text: str) -> Said[bool] | None:
    """Only what the text says; a page that is silent leaves it open."""
    found = _KEY.search(text) if _KEY_WORD.search(text) else None
    if not found:
        return None
    at = Stretch(*found.span())
    if found["yes"]:
        return Said(found["yes"].lower() == "yes", at)
    if found["kind"]:
        return Said(found["kind"].lower() == "key", at)
    if found["is"]:
        return Said(not (found["not"] or found["non"]), at)
    return Said(not found["alone"].lower().startswith("non"), at)


def call_in(text: str) -> Said[bool] | None:
    """Open to call-in: said, or shown by a printed deadline. Where it was waived, no."""
    said: Said[bool] | None = None
    if not _CALLED.search(text):
        return None
    for found in _CALL_IN.finditer(text):
        at = Stretch(*found.span())
        if found["yes"]:
            said = said or Said(found["yes"].lower() == "yes", at)
        elif found["not"] or found["off"]:
            return Said(False, at)
        else:
            said = said or Said(True, at)
    return said


def passage(text: str, blocks: Sequence[Block], zone: Zone) -> Stretch | None:
    """A passage of reasons or of alternatives. «None» and an empty heading are no passage; «as in the report» is one."""
    for index, block in enumerate(blocks):
        if not block.heading or block.zone != zone:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if following is None or following.heading or following.field or following.zone != zone:
            continue
        words = following.at.of(text)
        if re.search(r"\w", words) and not _NONE_SAID.match(words):
            last = index + 1
            while (
                last + 1 < len(blocks)
                and blocks[last + 1].zone == zone
                and not (blocks[last + 1].heading or blocks[last + 1].field)
            ):
                last += 1
            return Stretch(following.at.start, blocks[last].at.end)
    return _unheaded(text) if zone == Zone.REASONS else None


def _unheaded(text: str) -> Stretch | None:
    found = _REASON_SAID.search(text)
    return Stretch(*found.span()) if found else None


def body(text: str) -> tuple[Said[str] | None, BodyKind | None]:
    """Who decided, in the text's words, and what kind of body that is."""
    for found, group in _speakers(text):
        said = as_printed(found[group]).strip(" ,-")
        if said:
            return Said(
                said, Stretch(found.start(group), found.start(group) + len(found[group].rstrip(" ,-")))
            ), kind_of(said)
    return None, None


def _speakers(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Where a text says who decided, the surest first."""
    if maker := _MAKER.search(text):
        yield maker, "body"
    meeting = _MEETING.search(text)
    if meeting and meeting["body"]:
        yield meeting, "body"
    held = _HELD.search(text)
    if held and (held["body"] or held["title"]):
        yield held, "body" if held["body"] else "title"
    if speaker := _SPEAKER.search(text):
        yield speaker, "body"
    if spoken := _BODY_SPEAKS.search(text):
        yield spoken, "body" if spoken["body"] else "resolved"


def kind_of(said: str) -> BodyKind:
    """What kind of body a name is: «Cabinet», «Policy Committee», «Director of Place», «Cabinet Member for Housing»."""
    if _CABINET.match(said):
        return BodyKind.CABINET
    if _OFFICER.search(said) and not _MEMBER.search(said):
        return BodyKind.OFFICER
    if _COMMITTEE.search(said) and not re.match(
        r"(?:the\s+)?(?:leader|deputy\s+leader|cabinet\s+member)", said, re.IGNORECASE
    ):
        return BodyKind.COMMITTEE
    return BodyKind.MEMBER
