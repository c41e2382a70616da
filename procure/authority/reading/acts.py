"""What a delegate may do, told from the verbs that councils use. Power to award isn't power to sign, nor to extend.

The kinds are those of the file: procure, award, enter, extend, vary, terminate, ancillary, other.
"""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Iterable

from procure.authority.reading.facts import Said, Stretch
from procure.authority.reading.lettering import as_printed, small

_NEED = r"(?:necessary|needed|required|requisite|appropriate|associated|related|consequential|incidental|further|other|supporting|relevant)"
_PAPER = r"(?:agreements?|documents?|documentation|contracts?|instruments?|deeds?|arrangements?|steps?|actions?|measures?|decisions?|matters?|things|formalities|paperwork)"
_SUPPLIER = r"(?:suppliers?|contractors?|providers?|bidders?|tenderers?|partners?|consultants?)"

ACTS: tuple[tuple[str, str], ...] = (
    ("other", r"\b(?:settl|agree|finalis|determin|approv|negotiat)\w*\s+(?:the\s+|any\s+|all\s+)?(?:\w+\s+){0,2}?(?:terms|heads\s+of\s+terms)\b(?!\s+of\s*,?\s+and\b)"),
    # «accept the tender» awards; so it is looked for before «tender» is read as going to market
    ("award", r"\baccept(?:s|ed|ing|ance\s+of)?\s+(?:the\s+|any\s+|a\s+)?(?:\w+\s+){0,4}?(?:tenders?|bids?|quotations?)\b"),
    ("award", r"(?:\baward(?:s|ing)?|(?<=be )awarded|(?<=is )awarded)\b(?!\s+(?:criteria|date))(?:\s+(?:of\s+)?(?:the\s+|any\s+|a\s+)?(?:\w+\s+){0,2}?(?:tenders?|grants?)\b)?"),
    ("award", rf"\b(?:appoint(?:s|ed|ing|ment\s+of)?|select(?:ion\s+of|ing)?|choose)\b(?=\s+(?:\S+\s+){{0,6}}?{_SUPPLIER}|\s+supplier)"),
    ("award", r"\bcall(?:ing)?[- ]?off(?:s|\s+(?=contract|order|from))?|\bplac(?:e|ing)\s+(?:the\s+|any\s+|an?\s+)?(?:\w+\s+)?(?:orders?|contracts?|call-offs?)|\bletting\b|\blet\b(?=\s+(?:\w+\s+){0,3}contracts?)"),
    ("award", r"\b(?:approv\w+|mak\w+|distribut\w+|allocat\w+|pay(?:ing)?|giv\w+|share\s+out)\b(?=\s+(?:of\s+)?(?:the\s+|any\s+)?[^.;]{0,60}\bgrants?\b(?!\s+(?:funding|agreement|offers?)))"),
    ("vary", r"\b(?:raise|increase|extend|uplift)(?:s|d|ing)?\s+(?:(?:to|in)\s+)?(?:the\s+)?(?:\w+\s+){0,2}?(?:value|scope|ceiling|contract\s+sum)"),
    ("vary", r"\bvar(?:y|ying|iations?|ied)\b|\bmodif(?:y|ying|ications?)\b|\bnovat(?:e|ion|ing)\b|\b(?:amend(?:ments?|ing)?|chang(?:e|ing))\b(?=\s+(?:to\s+)?(?:the\s+)?(?:\w+\s+){0,3}(?:contract|agreement|terms\s+of\s+the))"),
    ("extend", r"(?:\b(?:exercis|approv|agree|grant|tak|enact|activat|implement|apply|invok|trigger|call|authoris|enter|award|negotiat|utilis|us|consider|determin|mak)\w*\s+[^.;]{0,60}?)\b(?:extensions?|options?\s+to\s+extend|extension\s+options?)"),
    ("extend", r"(?<!option to )(?<!options to )(?<!possibility to )(?<!right to )(?<!possible to )(?<!with the )\b(?:extend(?:ing|ed)?|prolong(?:ing)?)\b|\brenew(?:ing)?\b(?=\s+(?:\w+\s+){0,3}(?:contract|agreement|lease|licen))"),
    ("extend", r"\bany\s+(?:\w+\s+){0,3}extensions?\b|\b(?:exercis|tak|trigger|invok|enact|activat)\w*\s+(?:up\s+)?[^.;]{0,40}?\boptions?\b|\bextensions?\s+(?:of|to)\s+(?:the|that|this|any|existing|current)\b"),
    ("terminate", r"\bterminat(?:e|ion|ing)\b"),
    ("enter", r"\benter(?:s|ed|ing)?\b(?=\s+in(?:to)?\b|\s*(?:,|and|or)\b)|\bsign(?:s|ed|ing|ature)?\b(?!\s*-?off)|\bexecut(?:e|ing|ion)\b|\bseal(?:ing)?\b"),
    ("enter", r"\b(?:complet(?:e|ion|ing)|conclude?(?:ing)?|mak(?:e|ing)|formalis\w+)\b(?:\s+(?:of|and\s+\w+))?(?=\s+(?:(?:the|a|an|any|all|such|necessary|legal|relevant|final|call-off|funding|loan|lease)\s+)+(?:\w+\s+){0,2}?(?:contracts?|agreements?|leases?|deeds?|documentation|documents)\b)|\b(?:have|having)\s+them\s+completed"),
    ("ancillary", rf"\bancillary\b|\b(?:all|any|every|whatever|such|other|the)\s+(?:\w+\s+){{0,2}}?{_NEED}\s+(?:or\s+\w+\s+|and\s+\w+\s+)?(?:\w+\s+){{0,2}}?{_PAPER}\b"),
    ("ancillary", rf"\bwhatever\s+(?:\w+\s+){{0,4}}?{_PAPER}\b|\b(?:any|all)\s+other\s+(?:\w+\s+){{0,2}}?{_PAPER}\b"),
    ("ancillary", rf"\b(?:all|any|every|whatever|such|other)\s+(?:\w+\s+){{0,3}}?{_PAPER}\s+(?:\w+\s+)?(?:(?:that|which)\s+)?(?:(?:is|are|be|may\s+be|call(?:s)?)\s+)?(?:\w+\s+)?(?:{_NEED}|for\b)(?!\s+to\s+(?:run|conduct|undertake|carry\s+out|start|procur\w+|award|enter|extend)\b)"),
    ("ancillary", r"\b(?:do|take|taking|undertake)\s+(?:whatever|anything|everything|all|any|every|such|what)\b[^.;]{0,60}?\b(?:needed|necessary|required|effect|steps?|actions?|measures)\b(?:\s+(?:needed|necessary|required))?(?!\s+(?:needed\s+|necessary\s+|required\s+)?(?:to|for)\s+(?:run|conduct|undertake|carry\s+out|start|procur\w+|award|enter|the\s+procurement|extend)\b)"
                  r"|\b(?:give|put|bring|carry)\w*\b[^.;]{0,40}?\b(?:in)?to\s+effect\b|\bto\s+give\s+effect\b|\bto\s+implement\s+(?:this|these|the)\s+decisions?\b|\bother\s+(?:legal\s+)?agreements\b"),
    ("procure", r"\b(?:re-?)?procur(?:e|es|ed|ing|ements?)\b(?!\s+(?:act|rules|regulations|procedure\s+rules|law|legislation|thresholds?|board|team|services)\b)|\b(?:re-?)?tender(?:s|ed|ing)?\b|\b(?:go(?:ing)?|way|route)\s+to\s+(?:the\s+)?market\b|\bcompetitions?\b|\b(?:re-?)?commission(?:s|ed|ing)?\b(?!er)"
                r"|\bspecifications?\b|\b(?:evaluation|award|scoring|selection)\s+(?:criteria|methodology|model)\b|\bweightings?\b|\bhow\s+(?:the\s+)?bids\b|\b(?:invit|seek)\w*\s+(?:the\s+)?(?:bids|quotations|quotes|expressions)\b|\badvertis\w+|\bbuy(?:ing)?\b|\bsupply\s+some\s+other\s+way\b|\bitt\b"),
    ("other", r"\bnegotiat(?:e|es|ing|ions?)\b|\bspend(?:ing)?\b|\bdraw(?:ing)?\s+down\b|\bbid(?:ding)?\s+for\b|\bwaiv(?:e|er|ing)\b|\baccept(?:ing|ance\s+of)?\s+(?:\w+\s+){0,4}?(?:grants?|funding|offers?)\b|\b(?:to|and|,)\s+recommend\b|\bvire(?:ment)?\b|\bacquir\w+|\bpurchas(?:e|ing)\b(?!\s+(?:body|organisation|consortium))"),
)  # fmt: skip
"""An act and the words for it, looked for in this order; words once read as one act aren't read as another."""
ORDER = ("procure", "award", "enter", "extend", "vary", "terminate", "ancillary", "other")
_ACTS = [(kind, re.compile(pattern)) for kind, pattern in ACTS]

_CONDITION = re.compile(
    r"(?:[,(]\s*|\s)(?:and\s+)?(?:(?P<condition>subject\s+to\b|provided\s+(?:that\b)?|so\s+long\s+as\b|as\s+long\s+as\b|once\b|on\s+condition\s+that\b|conditional\s+(?:up)?on\b|if\b|where\b|unless\b|within\s+(?:the\s+|approved\s+|agreed\s+)?(?:\w+\s+){0,2}(?:budget|funding|cap|limit)|up\s+to\s+(?:a\s+)?(?:maximum|the\s+value|£)|so\s+far\s+as\b|in\s+(?:line|accordance|keeping)\s+with\b)"
    r"|as\s+(?:set\s+out|detailed|described|outlined|listed|identified|required|foreseen|the\b)|following\b|after\b|resulting\s+from\b|arising\s+(?:from|out)\b|at\s+the\s+(?:end|conclusion|close)\b|(?:up)?on\s+(?:the\s+)?(?:completion|conclusion|expiry)\b|under\b(?!\s+\w*\s*contract)|pursuant\s+to\b|which\b(?!\s+(?:may\s+)?includ)|because\b|in\s+order\b|through\b|via\b|by\s+(?:way|means)\b)",
    re.IGNORECASE,
)
_AT_COMMA = re.compile(r",(?!\d)|[;.)](?=\s|$)|$")
_AT_CLAUSE = re.compile(r",\s+(?=to\b|and\s+to\b|in\s+consultation|be\s+authorised)|[;.)](?=\s|$)|$")
_CLAUSE_END = re.compile(
    r"[,;.)]|\band\s+(?:to\s+)?(?=(?:award|enter|procure|sign|execute|extend|approve|agree|take|vary|complete|finalise|negotiate)\b)|\sto\s(?=(?:award|enter|procure|approve|agree)\b)|$"
)


def acts_in(text: str, parts: Iterable[Stretch], masks: Iterable[Stretch]) -> list[Said[str]]:
    """The acts in some stretches of the text, in order of the kinds; what is masked (posts, consultees) isn't read."""
    found: dict[str, Said[str]] = {}
    hidden = sorted(masks)
    for part in parts:
        words = small(without_conditions(_masked(text, part, hidden)))
        taken: list[Stretch] = []
        for kind, pattern in _ACTS:
            for one in pattern.finditer(words):
                here = Stretch(*one.span())
                if not any(here.meets(other) for other in taken):
                    taken.append(here)
                    at = Stretch(part.start + here.start, part.start + here.end)
                    found.setdefault(kind, Said(kind, _tight(text, at)))
    return [found[kind] for kind in ORDER if kind in found]


def _tight(text: str, at: Stretch) -> Stretch:
    said = at.of(text)
    return Stretch(at.start + len(said) - len(said.lstrip()), at.end - (len(said) - len(said.rstrip())))


def _masked(text: str, part: Stretch, hidden: Iterable[Stretch]) -> str:
    words = part.of(text).replace("\n", " ")
    for one in hidden:
        if one.meets(part):
            start, end = max(one.start - part.start, 0), min(one.end - part.start, len(words))
            words = words[:start] + " " * (end - start) + words[end:]
    return words


def without_conditions(words: str) -> str:
    """The words without the clauses that limit the act or say where it comes from: «under the framework», «once …»."""
    at = 0
    while found := _CONDITION.search(words, at):
        stop = _CLAUSE_END.search(words, found.end())
        end = stop.start() if stop else len(words)
        words = words[: found.start()] + " " * (end - found.start()) + words[end:]
        at = max(end, found.start() + 1)
    return words


def conditions(text: str, part: Stretch) -> list[Said[str]]:
    """The clauses on which a power depends, in the words of the text: «subject to …», «once …», «within the budget»."""
    made: list[Said[str]] = []
    at = part.start
    while found := _CONDITION.search(text, at, part.end):
        at = found.end()
        if found["condition"]:
            ends = _AT_COMMA if found["condition"].lower().startswith(("where", "once", "if", "unless")) else _AT_CLAUSE
            stop = ends.search(text, found.end(), part.end)
            where = _tight(text, Stretch(found.start("condition"), stop.start() if stop else part.end))
            made.append(Said(as_printed(where.of(text)), where))
            at = max(at, where.end)
    return made


_SCOPE = re.compile(
    r"\b(?:contracts?|agreements?)\s+for\s+(?:the\s+)?(?P<scope>[^.,;()]{3,160}?)(?=\s+(?:and\s+(?:all|any|every|to)\b|with\s+the\b|to\s+\w+|once\b|subject\b|in\s+(?:line|accordance)|within\b|following\b|for\s+a\b)|[.,;()]|\s*$)",
    re.IGNORECASE,
)
_WITH_WHOM = re.compile(
    r"\bwith\s+(?P<whom>the\s+(?:successful|preferred|winning|selected|appointed|chosen)\s+(?:partner|bidder|tenderer|supplier|contractor|provider)s?)\b",
    re.IGNORECASE,
)


def scope(text: str, part: Stretch) -> Said[str] | None:
    """What the contract is for, where the words say «the contract for …»."""
    return _named(_SCOPE.search(text, part.start, part.end), "scope")


def counterparty(text: str, part: Stretch) -> Said[str] | None:
    """With whom alone: «the successful partner»."""
    return _named(_WITH_WHOM.search(text, part.start, part.end), "whom")


def _named(found: re.Match[str] | None, group: str) -> Said[str] | None:
    return Said(as_printed(found[group]), Stretch(*found.span(group))) if found else None
