"""How councils name posts, and where one name in a list ends and the next begins.

A comma or an «and» says nothing: «Director of Adults, Housing and Health» is one post. A new name begins only where
the words that follow start a title of their own: ranks («Strategic», «Deputy») and then an office («Director», «Head»,
«Portfolio Holder»). Half of all printed posts hold a comma, an «and» or an «&».
"""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from procure.authority.reading.facts import Said, Stretch
from procure.authority.reading.lettering import as_printed, words
from procure.authority.reading.shared_tails import shared

OFFICES = words(
    "director directors head heads officer officers manager managers leader leaders mayor holder holders chair chairs "
    "chairman chairmen chairwoman chairperson convenor convener solicitor treasurer secretary clerk councillor "
    "councillors commissioner commissioners registrar accountant surveyor engineer architect coordinator adviser counsel barrister "
    "spokesperson executive lawyer auditor provost buyer superintendent controller"
)
"""Words that make a run of words the name of a post."""
RANKS = words(
    "strategic corporate executive interim acting deputy assistant associate group service lead chief senior joint "
    "managing cabinet portfolio divisional programme statutory principal regional area vice monitoring section s151 "
    "relevant appropriate nominated respective responsible designated delegated borough city town county district "
    "council's council operational finance legal commercial general first new independent"
)
"""Words that stand before an office."""
CLASSES = words("relevant appropriate nominated respective responsible designated")
"""«relevant Director»: no fixed post but a description, which somebody has to resolve to one."""
MEMBER_BEFORE = words("cabinet executive lead local ward portfolio board committee mayoral shadow policy")
"""«Member» alone is no post: «Planning and Member Services»."""
BODIES = words(
    "board committee sub-committee subcommittee panel partnership group forum trust cabinet executive council team "
    "union unions services"
)
"""What may be consulted though it is no post: the last word of a run of capitals."""
SECOND_TITLES = re.compile(
    r"(?:monitoring officer|s(?:ection)?\.? ?151 officer|deputy chief executive|deputy leader|deputy mayor"
    r"|(?:deputy )?town clerk|returning officer|head of paid service|senior information risk owner)\b",
    re.IGNORECASE,
)
"""A second title of one person when an «and» without «the» joins it to the first."""
TAILS = words(
    "portfolio portfolios directorate directorates service services department departments team teams matters delivery"
)
"""Small words that end a title: «Executive Directors of the Place and Resources portfolios»."""
DETERMINERS = words("the a an each his her their its our both all any said either")
STOPS = words(
    "to in following after and or be is are was were has have had by with subject who which that as on under from "
    "would will shall may can should not at also for of but before having acting using if once where when "
    "authority power powers delegated given each this these those such all every any it"
)

_TOKEN = re.compile(r"[A-Za-z0-9](?:[\w/']|\.(?=\w))*(?:-\w[\w']*)*|[&,;:()\[\]/.\-]|\S")
_MAY_START = re.compile(
    rf"[\s(]*(?:(?:{'|'.join(DETERMINERS)})\s+)*(?:[A-Z0-9]|"
    rf"(?:{'|'.join(sorted(OFFICES | RANKS))}|ward|group|members?)\b)"
)
"""What a title can begin with: most «to» stand before a verb, and are told apart at a glance."""
_WITH = re.compile(
    r"(?:,?\s*with\s+(?:responsibility|responsibilities)\s+for|,?\s*with\s+portfolio\s+responsibility\s+for"
    r"|,?\s*(?:with\s+)?responsible\s+for|,?\s*in\s+charge\s+of|,?\s*for\s+the\s+time\s+being)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:councillors?|cllrs?\.?)\s+(?:(?:mrs?|ms|dr)\.?\s+)?(?:[A-Z][\w'-]*\.?\s+){0,2}[A-Z][\w'-]+\s*[,(]?\s*",
    re.IGNORECASE,
)
_NAME_IN_BRACKETS = re.compile(
    r"\((?:councillor|cllr\.?|mrs?\.?|ms\.?|dr\.?)\s[^)]*\)"
    r"|\((?!(?:s\.?151|section|resources|finance|the)\b)[A-Z][a-z]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-z'-]+\)",
    re.IGNORECASE,
)
FEW, MANY, NEARLY = 36, 130, 16
"""Words looked at for a list: first a few, then many where the list comes near their end."""
LONGEST = 34
"""Tokens of the longest title that is believed."""


class Token(NamedTuple):
    """A word or a mark; `office` is what stands before or after a dash where that is an office («Mayor-Finance»)."""

    word: str
    start: int
    end: int
    low: str
    office: str
    capital: bool


@dataclass(frozen=True)
class Listed:
    """A list of posts: each name, what joins them, and the whole stretch."""

    posts: tuple[Said[str], ...]
    joint: str
    at: Stretch


def some(text: str, start: int, end: int, most: int) -> list[Token]:
    """The first words and marks of a stretch, no more than `most` of them."""
    return [_token(found) for found in islice(_TOKEN.finditer(text, start, end), most)]


def _token(found: re.Match[str]) -> Token:
    word = found.group()
    low = word.lower()
    first, dash, last = low.partition("-")
    office = (first if first in OFFICES else last if last in OFFICES else low) if dash else low
    return Token(word, found.start(), found.end(), low, office, word[0].isupper() or word[0].isdigit())


def starts_title(run: Sequence[Token], index: int) -> int:
    """How many tokens from `index` make ranks and an office; 0 where no title starts."""
    for step in range(index, min(index + 7, len(run))):
        token = run[step]
        before = run[step - 1].low if step > index else ""
        if _is_office(run, step, index, before):
            return step - index + 1
        if not (token.low in RANKS or (token.capital and token.word[0].isalnum()) or token.low == "s151"):
            return 0
    return 0


def _is_office(run: Sequence[Token], step: int, index: int, before: str) -> bool:
    token = run[step]
    if token.low in ("member", "members"):
        return before in MEMBER_BEFORE
    if token.low == "executive":
        return before == "chief"
    if token.low == "chief":  # «Chief Officers» and «Chief Executive» are told by the next word
        return False
    if token.low in ("lead", "head", "leader", "mayor", "clerk") and not token.capital and step == index:
        return _small_office(run, step)
    if token.office in OFFICES:
        following = run[step + 1].low if step + 1 < len(run) else ""
        return not (following in OFFICES and token.low not in ("leader", "mayor", "chair"))
    return False


def _small_office(run: Sequence[Token], step: int) -> bool:
    """«head of service» in small letters is a post; «head» and «lead» as plain words are not."""
    return step + 1 < len(run) and run[step + 1].low in ("of", "for")


def skip_determiners(run: Sequence[Token], index: int) -> int:
    while index < len(run) and run[index].low in DETERMINERS:
        index += 1
    return index


class _Title:
    """One title read from its first token on."""

    def __init__(self, text: str, run: Sequence[Token], index: int) -> None:
        self.text, self.run, self.index = text, run, index
        self.last = index

    def read(self, head: int) -> int:
        """The index after the title's last token."""
        at = self.index + head
        self.last = at
        while at < len(self.run):
            step = self._step(at)
            if not step:
                break
            at += step
            self.last = at
        return self.last

    def _step(self, at: int) -> int:
        token = self.run[at]
        if described := self._description(at):
            return described
        if token.word == "(":
            return self._brackets(at)
        if token.low in ("of", "for", "to", "within", "in", "and", "&", ",", "-", "/", "or"):
            return self._over(at)
        if token.capital and token.word[0].isalnum():
            return 1
        if token.low in TAILS and self.run[at - 1].capital:
            return 1
        return 0

    def _description(self, at: int) -> int:
        """«with responsibility for …», «responsible for …»: a description goes on to the next mark."""
        found = _WITH.match(self.text, self.run[at].start - (1 if self.run[at].word == "," else 0))
        if not found or found.end() <= self.run[at].start:
            return 0
        count = 0
        while at + count < len(self.run):
            token = self.run[at + count]
            past = token.start >= found.end()
            if past and (token.low in STOPS - {"and", "for", "of"} or token.word in ",;.:("):
                break
            if past and token.low == "and" and starts_title(self.run, skip_determiners(self.run, at + count + 1)):
                break
            count += 1
        return count

    def _brackets(self, at: int) -> int:
        """Brackets belong to a title when they hold a subject, «(Finance)»; never an aside or a person's name."""
        close = next((i for i in range(at + 1, min(at + 14, len(self.run))) if self.run[i].word == ")"), None)
        if close is None or close == at + 1 or self.run[at + 1].low in ("and", "or"):
            return 0
        inside = self.run[at + 1 : close]
        if not all(
            t.capital or t.low in ("and", "&", ",", "of", "for", "the", "-", "/", "to", "officer", "interim", "acting")
            for t in inside
        ):
            return 0
        if _NAME_IN_BRACKETS.match(self.text, self.run[at].start) and self._has_subject(at):
            return 0
        return close - at + 1

    def _has_subject(self, at: int) -> bool:
        return any(token.low in ("of", "for") for token in self.run[self.index : at])

    def _over(self, at: int) -> int:
        """Steps over small words and marks when the title goes on behind them, and no other title starts there."""
        joins = self.run[at].low
        ahead = at + 1
        while (
            ahead < len(self.run)
            and ahead < at + 4
            and self.run[ahead].low in ("the", "of", "for", "and", "&", ",", "our", "all")
        ):
            ahead += 1
        if ahead >= len(self.run):
            return 0
        token = self.run[ahead]
        between = {one.low for one in self.run[at:ahead]}
        if between & {",", "and", "&", "or"} and starts_title(self.run, ahead):
            return ahead - at + starts_title(self.run, ahead) if self._second_title(at, ahead) else 0
        if joins in ("to", "or"):
            return 0
        if token.capital and token.word[0].isalnum() and not self._new_clause(at, ahead):
            return ahead - at + 1
        if token.word == "(" and joins in ("of", "for") and (inside := self._brackets(ahead)):
            return ahead - at + inside
        return self._small_subject(at, ahead)

    def _second_title(self, at: int, ahead: int) -> bool:
        """One person, two titles: «Deputy Leader and Cabinet Member for X», «Director of Law and Monitoring Officer»."""
        joined_by = {one.low for one in self.run[at:ahead]}
        if joined_by & {",", "the", "or"}:
            return False
        second = SECOND_TITLES.match(self.text, self.run[ahead].start)
        if second:
            of_law = re.search(
                r"\b(?:law|legal|governance|democratic|solicitor)\b",
                self.text[self.run[self.index].start : self.run[at].start],
                re.IGNORECASE,
            )
            return "151" not in second.group() or not of_law
        first = " ".join(one.low for one in self.run[self.index : at])
        return first in ("deputy leader", "deputy mayor", "deputy leader of the council")

    def _new_clause(self, at: int, ahead: int) -> bool:
        """After a comma «Councillor» or a supplier's name starts something else."""
        return self.run[at].word == "," and self.run[ahead].low in (
            "councillor", "cllr", "councillors", "supplier", "contract", "procurement", "subject", "following",
            "appendix",
        )  # fmt: skip

    def _small_subject(self, at: int, ahead: int) -> int:
        """«director of finance»: a subject in small letters only right behind «of» or «for» of a title."""
        if self.run[at].low not in ("of", "for") or self._has_subject(at):
            return 0
        count = ahead
        while count < len(self.run) and count < ahead + 4 and self.run[count].word.isalpha():
            word = self.run[count].low
            if word in STOPS and not (word == "and" and count > ahead and self._small_goes_on(count + 1)):
                break
            count += 1
        return count - at if count > ahead else 0

    def _small_goes_on(self, index: int) -> bool:
        return (
            index < len(self.run)
            and self.run[index].word.islower()
            and self.run[index].low not in STOPS | DETERMINERS
            and not starts_title(self.run, index)
        )


def posts_at(text: str, start: int, end: int, *, anything: bool = False) -> Listed | None:
    """The list of posts that starts right here; None where none does. With `anything`, bodies and teams count too."""
    if not _MAY_START.match(text, start, end):
        return None
    run = some(text, start, min(end, start + 120), 12)
    if not _may_start(text, run, anything):
        return None
    run = some(text, start, min(end, start + 900), FEW)
    listed, reached = _list(text, start, run, anything)
    if reached >= len(run) - NEARLY and len(run) == FEW:
        listed, _ = _list(text, start, some(text, start, min(end, start + 900), MANY), anything)
    return listed


def _list(text: str, start: int, run: Sequence[Token], anything: bool) -> tuple[Listed | None, int]:
    """The list at the start of some words, and how many of them were looked at."""
    index, found, joins, first, last = 0, list[tuple[int, int]](), list[str](), None, start
    while True:
        opened = _past_person(text, run, skip_determiners(run, index))
        head = starts_title(run, opened)
        stop = _Title(text, run, opened).read(head) if head else 0
        if not head:
            stop = _other_party(run, opened) if anything or found else 0
        if not stop or stop - opened > LONGEST:
            break
        found.append((opened, stop))
        first = run[opened].start if first is None else first
        last = run[stop - 1].end
        index, joined = _over_joint(run, _past_name(text, run, stop))
        if not joined:
            break
        joins.append(joined)
    if not found or first is None:
        return None, 0
    posts = [_said(text, run, one, stop) for one, stop in found]
    listed = Listed(tuple(shared(text, posts, TAILS)), _joint(text, joins, last), Stretch(first, last))
    return listed, max(index, found[-1][1])


def _may_start(text: str, run: Sequence[Token], anything: bool) -> bool:
    """A look at the first words, before the whole list is read."""
    index = _past_person(text, run, skip_determiners(run, 0))
    return bool(starts_title(run, index) or (anything and _other_party(run, index)))


def _past_person(text: str, run: Sequence[Token], index: int) -> int:
    """Past «Councillor A B,»: the title that follows is meant, not the person."""
    if index >= len(run) or run[index].low not in ("councillor", "councillors", "cllr"):
        return index
    found = _PERSON.match(text, run[index].start)
    if not found:
        return index
    ahead = next((i for i in range(index, len(run)) if run[i].start >= found.end()), index)
    after = skip_determiners(run, ahead)
    return after if starts_title(run, after) else index


def _past_name(text: str, run: Sequence[Token], index: int) -> int:
    """Past a person's name in brackets behind the title."""
    if index < len(run) and run[index].word == "(" and _NAME_IN_BRACKETS.match(text, run[index].start):
        close = next((i for i in range(index, len(run)) if run[i].word == ")"), None)
        return index if close is None else close + 1
    return index


def _other_party(run: Sequence[Token], index: int) -> int:
    """A board, a team, «ward members»: who may be consulted without being a post. Index after it, or 0."""
    if index + 1 < len(run) and run[index].low in ("ward", "local", "group") and run[index + 1].low in (
        "members", "councillors", "leaders", "member", "councillor",
    ):  # fmt: skip
        return index + 2
    count = index
    while count < len(run) and run[count].capital and run[count].word[0].isalnum():
        count += 1
    while count > index and run[count - 1].low not in BODIES:
        count -= 1
    return count if count > index else 0


def _over_joint(run: Sequence[Token], index: int) -> tuple[int, str]:
    """Past the comma and «and with the» between two names of a list; the word that joins, or nothing."""
    word, at = "", index
    while at < len(run) and at < index + 7:
        low = run[at].low
        if low in (",", ";"):
            word = word or ","
        elif (
            low == "or"
            and at + 1 < len(run)
            and run[at + 1].low in ("his", "her", "their", "its", "nominee", "delegate")
        ):
            return index, ""
        elif low in ("and", "&", "or", "and/or"):
            word = "or" if low == "or" else "and"
        elif low not in ("with", "the", "also", "then", "both", "either", "jointly", "as", "well"):
            break
        at += 1
    if not word and {one.low for one in run[index:at]} >= {"as", "well"}:
        word = "and"
    return (at, word) if word else (index, "")


def _joint(text: str, joins: Sequence[str], end: int) -> str:
    if not joins:
        return ""
    if re.match(r",?\s*jointly\s+and\s+severally", text[end : end + 40], re.IGNORECASE):
        return "jointly and severally"
    return "or" if "or" in joins else "and"


def _said(text: str, run: Sequence[Token], start: int, stop: int) -> Said[str]:
    at = Stretch(run[start].start, run[stop - 1].end)
    value = as_printed(at.of(text))
    doubt = ""
    if run[start].low in CLASSES or re.search(r"\bresponsib", value, re.IGNORECASE):
        doubt = "This describes a post and doesn’t name one. Choose the post that is meant."
    return Said(value, at, doubt)
