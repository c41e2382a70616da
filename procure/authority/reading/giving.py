"""Who is given power, and who must be consulted first: the forms in which councils delegate.

Counted over many published decisions: «delegate authority to POST to ACT», «authorise POST to ACT», «authority to ACT
be delegated to POST», «delegated authority be given to POST», «POST be authorised to ACT», «POST is given delegated
authority», «delegate to POST the authority to ACT». Nearly one in four doesn't use the word «delegate».
"""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from procure.authority.reading.facts import Stretch
from procure.authority.reading.posts import Listed, posts_at

_DELEGATE = re.compile(
    r"\bsub-?delegat(?:e[sd]?|ing)\b|\bdelegat(?:e[sd]?|ing)\b|\bdelegations?\b(?=\s+(?:be|is|to)\b)", re.IGNORECASE
)
_GIVE = re.compile(
    r"\b(?:giv(?:e[sn]?|ing)|grant(?:s|ed|ing)?|confer(?:s|red)?)\s+(?:\w+\s+){0,2}?(?:authority|powers?|permission|authorisation)\b"
    r"|\b(?:authority|powers?|permission|authorisation|responsibility)\b(?=[^.;\n]{0,260}?\b(?:be|is|are)\s+(?:\w+\s+)?(?:given|granted|conferred|vested)\s+(?:to|in|on|upon)\b)",
    re.IGNORECASE,
)
_AUTHORISE = re.compile(
    r"\bauthori[sz](?:e[sd]?|ing)\b|\bempower(?:s|ed|ing)?\b|\bauthori[sz]ation\s+(?:be|is)\s+(?:given|granted)\s+to\b|\bpermit(?:s|ted)?\b|\bentrust(?:s|ed)?\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:be|is|are|been|being)\s+(?:also\s+|hereby\s+|jointly\s+|further\s+)*(?:authori[sz]ed|empowered|permitted|delegated\s+(?:the\s+|full\s+)?(?:authority|powers?|responsibility)"
    r"|(?:given|granted|designated\s+to\s+have|provided\s+with)\s+(?:the\s+|full\s+|appropriate\s+)*(?:delegated\s+)?(?:authority|powers?|permission|responsibility|authorisation))\b"
    r"|\b(?:has|have)\s+(?:the\s+)?delegated\s+(?:authority|powers?)\b",
    re.IGNORECASE,
)
_OWN_VERB = re.compile(
    r"\b(?:approval\s+(?:be|is)\s+(?:given|granted)\s+(?:for|to)|approve[sd]?|agree[sd]?|recommend(?:s|ed)?|confirm(?:s|ed)?|support(?:s|ed)?|allow(?:s|ed)?|enable[sd]?|lets?|mandate[sd]?|require[sd]?)\s+(?:that\s+|for\s+)?(?=(?:the\s+)?[A-Z])"
)
_BY = re.compile(
    r"\b(?:to\s+)?be\s+(?:\w+\s+)?(?:agreed|settled|approved|determined|finalised|decided|signed|executed|taken|exercised|awarded|accepted|concluded)\s+by\s+",
    re.IGNORECASE,
)
_RECALLED_BEFORE = re.compile(
    r"(?:\b(?:under|using|by\s+virtue\s+of|in\s+exercise\s+of|exercis(?:e|ing)|pursuant\s+to|in\s+accordance\s+with|through|via|within|further\s+to|already|previously|made\s+under|with|scheme\s+of|no)"
    r"\s+(?:the\s+|his\s+|her\s+|their\s+|its\s+|a\s+|any\s+|such\s+|powers?\s+|authority\s+|general\s+|officer\s+|existing\s+|previous(?:ly)?\s+|functions?\s+|and\s+)*|\b(?:has|had|have)\s+(?:previously\s+|already\s+)?)$",
    re.IGNORECASE,
)
_RECALLED_AFTER = re.compile(
    r"\s+(?:(?:authority|powers?|decisions?|functions?)\s+)?(?:(?:previously\s+|as\s+|was\s+|were\s+)?(?:granted|given|made|set\s+out|approved)\s+)?(?:by|at|from|in\s+(?:the\s+)?(?:minute|constitution))\b"
    r"|\s+officers?\b|\s+(?:powers?|authority|decisions?)\s+(?:in|of|under|procedure|notice|scheme|record|report)\b",
    re.IGNORECASE,
)
_SUBJECT_START = re.compile(
    r"\bthat\s*,?\s*|\band\s+(?=the\b)|\bto\s+agree\s+that\s+|(?<=[.;:])\s+|\b[Tt]he\s+", re.IGNORECASE
)
_HELD_FOR = re.compile(r"\s+(?:authority|powers?|responsibility)\s+for\s+")
"""«Delegates authority for the Director to award»."""
_BOARD = re.compile(r"(?:the\s+)?(?:[A-Z]\w+\s+(?:and\s+|of\s+|&\s+)?){0,5}(?:Board|Committee|Sub-Committee|Panel)\b")
_TO_ACT = re.compile(r"[\s,)]*to\s+(?=[a-z])|[\s,)]*:?\s*to\s*:")
_AT_ONCE = re.compile(r"\s+(?:that\s+)?")
_TO = re.compile(r"\b(?:to|in|upon)\b\s*:?\s*")
_SENTENCE_END = re.compile(r"(?<![Ss])(?<!\b[A-Z])[.](?=\s+[A-Z(\n]|\s*$)")
_NOMINEE = re.compile(
    r"[\s,]*\(?\s*(?:and\s*/\s*)?or\s+(?:(?:his|her|their|its|an?|the|any)(?:\s*/\s*(?:her|his|their))?\s+)*"
    r"(?:nominees?|delegates?|deput(?:y|ies)|designates?|nominated\s+\w+|appointed\s+\w+|delegated\s+officers?|authorised\s+\w+|representatives?|officers?\s+nominated)\b[^).,;\n]{0,40}?(?:\)|(?=[\s,.;]))",
    re.IGNORECASE,
)
_ABOUT_NOMINEE = re.compile(r"\bor\s+(?:(?:his|her|their)\s+)?(?:nominee|delegate)s?\b", re.IGNORECASE)

MODES: tuple[tuple[str, str], ...] = (
    ("agreement", r"in\s+conjunction\s+with\s+(?:the\s+)?(?:approval|agreement)\s+(?:from|of)"),
    ("agreement", r"(?:with|in|upon|on|subject\s+to|following|after)\s+(?:the\s+)?(?:prior\s+|express\s+|final\s+)?(?:written\s+)?(?:agreement|approval|consent|concurrence)(?:\s+in\s+writing)?\s+(?:of|with|from|by)"),
    ("in consultation", r"(?:acting\s+)?in\s+(?:full\s+|close\s+|further\s+|continued\s+)?consultation\s+(?:and\s+agreement\s+)?with"),
    ("subject to consulting", r"subject\s+to\s+(?:(?:prior\s+|further\s+)?consultation\s+with|consulting(?:\s+with)?)"),
    ("following consultation", r"following\s+(?:\w+\s+)?consultation\s+with"),
    ("after consultation", r"(?:after|upon|on)\s+(?:\w+\s+)?(?:consultation\s+with|consulting(?:\s+with)?)|having\s+consulted(?:\s+with)?"),
    ("in conjunction with", r"in\s+(?:conjunction|liaison|discussion|collaboration)\s+with"),
    ("in consultation", r"(?:and|with)\s+consultation\s+with|(?:in\s+)?consult(?:ing|ation)\s+with|on\s+the\s+advice\s+of"),
)  # fmt: skip
"""How consultees are bound in: the label of the mode, and the words that councils print for it."""
_MODES = [(label, re.compile(rf"\b(?:{pattern})\s+(?:both\s+)?", re.IGNORECASE)) for label, pattern in MODES]
_ANY_MODE = re.compile("|".join(rf"\b(?:{pattern})\s" for _, pattern in MODES), re.IGNORECASE)
_CONSULTED = re.compile(
    r"\s+(?:is|are|must|shall|should|will|to)\s+(?:also\s+)?(?:to\s+)?be\s+consulted\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Consulted:
    """A consultation clause: its mode, whom it names, and the whole stretch."""

    mode: str
    listed: Listed
    at: Stretch
    mode_at: Stretch


@dataclass(frozen=True)
class Giving:
    """Power given in so many words: to whom, by which verb, where the acts stand."""

    verb: str
    listed: Listed | None
    at: Stretch
    acts: tuple[Stretch, ...]
    nominee: Stretch | None = None


def consultations(text: str, start: int, end: int) -> list[Consulted]:
    """Every clause that names somebody to consult or to agree, in order. «Consultation with residents» names nobody."""
    found: list[Consulted] = []
    at = start
    while any_mode := _ANY_MODE.search(text, at, end):
        at = any_mode.end()
        clause = _clause(text, any_mode.start(), end)
        if clause:
            found.append(clause)
            at = clause.at.end
    found += _to_be_consulted(text, start, end)
    return sorted(found, key=lambda one: one.at)


def _clause(text: str, start: int, end: int) -> Consulted | None:
    for label, pattern in _MODES:
        opened = pattern.match(text, start, end)
        listed = posts_at(text, opened.end(), end, anything=True) if opened else None
        if opened and listed:
            return Consulted(label, listed, Stretch(start, listed.at.end), Stretch(start, opened.end()))
    return None


def _to_be_consulted(text: str, start: int, end: int) -> Iterator[Consulted]:
    """«noting that the Board is to be consulted»: the subject stands before."""
    for passive in _CONSULTED.finditer(text, start, end):
        for opened in _subjects(text, max(start, passive.start() - 160), passive.start()):
            listed = posts_at(text, opened, passive.start(), anything=True)
            if listed and listed.at.end == passive.start():
                yield Consulted(
                    "in consultation",
                    listed,
                    Stretch(listed.at.start, passive.end()),
                    Stretch(passive.start(), passive.end()),
                )
                break


def _subjects(text: str, start: int, end: int) -> list[int]:
    return [start, *(found.end() for found in _SUBJECT_START.finditer(text, start, end))]


def recalled(text: str, start: int, found: re.Match[str]) -> bool:
    """Is the delegation only recalled: «under powers delegated by Cabinet», «the Scheme of Delegation»?"""
    before = text[max(start, found.start() - 70) : found.start()]
    return bool(_RECALLED_BEFORE.search(before) or _RECALLED_AFTER.match(text, found.end()))


def givings(text: str, start: int, end: int) -> list[Giving]:
    """Everything that a resolution gives to a post, each once, in order."""
    made: list[Giving] = []
    for found, verb in _triggers(text, start, end):
        if any(one.at.start <= found.start() < one.at.end for one in made):
            continue
        giving = _after(text, start, end, found, verb) or _subject_of(text, start, end, found, verb)
        if giving:
            made.append(giving)
    if not made:
        made += [giving for giving in (_own(text, start, end), _by(text, start, end)) if giving][:1]
    return made


def _triggers(text: str, start: int, end: int) -> list[tuple[re.Match[str], str]]:
    found = [(one, "Delegate") for one in _DELEGATE.finditer(text, start, end) if not recalled(text, start, one)]
    found += [(one, _word(one.group())) for one in _PASSIVE.finditer(text, start, end)]
    if not found or len(found) < 3:
        found += [(one, "Authorise") for one in _AUTHORISE.finditer(text, start, end)]
        found += [(one, "Authorise") for one in _GIVE.finditer(text, start, end)]
    return sorted(found, key=lambda one: (one[0].start(), one[1] != "Delegate"))


def _word(said: str) -> str:
    return "Delegate" if "delegat" in said.lower() else "Authorise"


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence ends in which a place stands."""
    found = _SENTENCE_END.search(text, start, end)
    return found.start() if found else end


def _after(text: str, start: int, end: int, found: re.Match[str], verb: str) -> Giving | None:
    """The post behind the verb: at once, behind «to», or behind the act."""
    stop = sentence_end(text, found.end(), end)
    if (
        "delegat" in found.group().lower()
        and (held := _HELD_FOR.match(text, found.end(), stop))
        and (listed := _at(text, held, stop))
    ):
        return _given(text, end, stop, found, verb, listed, ())
    at_once = _at(text, _AT_ONCE.match(text, found.end(), stop), stop)
    if at_once and not found.group().lower().startswith(("be ", "is ", "are ")):
        return _given(text, end, stop, found, verb, at_once, ())
    for to in _TO.finditer(text, found.end(), stop):
        if verb == "Authorise" and found.re is _AUTHORISE and not found.group().lower().endswith("to"):
            break
        listed = _at(text, to, stop)
        if listed:
            return _given(text, end, stop, found, verb, listed, (Stretch(_act_start(text, start, found), to.start()),))
    return None


def _at(text: str, found: re.Match[str] | None, stop: int) -> Listed | None:
    if not found:
        return None
    listed = posts_at(text, found.end(), stop)
    if listed:
        return listed
    board = posts_at(text, found.end(), stop, anything=True) if _BOARD.match(text, found.end(), stop) else None
    last = board.posts[0].value.split()[-1].lower() if board else ""
    return board if last in ("board", "committee", "sub-committee", "panel") else None


def _clause_start(text: str, start: int, before: int) -> int:
    """Where the clause begins in which a verb stands: behind the last full stop."""
    begin = start
    for found in _SENTENCE_END.finditer(text, start, before):
        begin = found.end()
    return begin


def _act_start(text: str, start: int, found: re.Match[str]) -> int:
    """The act stands before the verb in «authority to ACT be delegated to POST», else behind it."""
    begin = _clause_start(text, start, found.start())
    before = text[begin : found.start()]
    passive = re.search(r"\b(?:be|is|are|been)\s+(?:\w+ly\s+|hereby\s+)?$", before)
    for that in re.finditer(r"\bthat\s+", before, re.IGNORECASE):
        begin = found.start() - len(before) + that.end()
    return (
        begin
        if passive or re.search(r"\b(?:authority|responsibility|powers?)\b", before, re.IGNORECASE)
        else found.end()
    )


def _given(
    text: str, end: int, stop: int, found: re.Match[str], verb: str, listed: Listed, before: tuple[Stretch, ...]
) -> Giving:
    nominee = _NOMINEE.match(text, listed.at.end, end)
    begin = nominee.end() if nominee else listed.at.end
    return Giving(
        verb, listed, Stretch(found.start(), begin), (*before, Stretch(begin, stop)),
        Stretch(nominee.start(), nominee.end()) if nominee else None,
    )  # fmt: skip


def _subject_of(text: str, start: int, end: int, found: re.Match[str], verb: str) -> Giving | None:
    """«That the Director, in consultation with …, be authorised to»: the post stands before the verb."""
    if found.re is not _PASSIVE:
        return None
    begin = max(_clause_start(text, start, found.start()), found.start() - 500)
    for opened in _subjects(text, begin, found.start()):
        listed = posts_at(text, opened, found.start())
        if listed and _only_aside(text, listed.at.end, found.start()):
            stop = sentence_end(text, found.end(), end)
            nominee = _ABOUT_NOMINEE.search(text, listed.at.end, found.start())
            return Giving(
                verb, listed, Stretch(listed.at.start, found.end()), (Stretch(found.end(), stop),),
                Stretch(nominee.start(), nominee.end()) if nominee else None,
            )  # fmt: skip
    return None


def _only_aside(text: str, start: int, end: int) -> bool:
    """Between the post and its verb stand only consultees, a nominee, or an aside between commas."""
    for one in consultations(text, start, end):
        text = text[: one.at.start] + " " * (one.at.end - one.at.start) + text[one.at.end :]
    between = text[start:end]
    between = re.sub(r"\([^)]*\)", " ", between)
    between = _ABOUT_NOMINEE.sub(" ", between)
    return not re.sub(r"[\s,]|\band\b|\bor\b|\bjointly\b|\bhereby\b|\balso\b", "", between) or bool(
        re.match(r"\s*,[^.;]*,\s*$", between)
    )


def _own(text: str, start: int, end: int) -> Giving | None:
    """«Approve the Director … to award»: a post is to act, under a verb of the body's own."""
    for found in _OWN_VERB.finditer(text, start, end):
        listed = posts_at(text, found.end(), end)
        if not listed:
            continue
        begin = listed.at.end
        for one in consultations(text, begin, min(end, begin + 400)):
            if not text[begin : one.at.start].strip(" ,("):
                begin = one.at.end
        if acts := _TO_ACT.match(text, begin, end):
            return Giving(
                "",
                listed,
                Stretch(found.start(), listed.at.end),
                (Stretch(acts.end(), sentence_end(text, acts.end(), end)),),
            )
    return None


def _by(text: str, start: int, end: int) -> Giving | None:
    """«the terms to be settled by the Director»: what is left to a post."""
    for found in _BY.finditer(text, start, end):
        listed = posts_at(text, found.end(), end)
        if listed:
            begin = _clause_start(text, start, found.start())
            return Giving("", listed, Stretch(found.start(), listed.at.end), (Stretch(begin, found.end()),))
    return None
