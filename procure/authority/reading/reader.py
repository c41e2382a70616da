"""Reading a decision: text in, a frozen reading out. Proposes, and says where it doubts; a person confirms."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from procure.authority.reading import frame
from procure.authority.reading.acts import acts_in, conditions, counterparty, scope
from procure.authority.reading.deciding import BARE, DECISIVE, NOTICE, OPEN_ENDED, PASSIVELY, decides
from procure.authority.reading.facts import Reading, ReadResolution, Said, Stretch
from procure.authority.reading.giving import Consulted, Giving, consultations, givings
from procure.authority.reading.layout import RESOLVED, Zone, blocks
from procure.authority.reading.lettering import flat
from procure.authority.reading.listing import Entry, Lister
from procure.authority.reading.posts import posts_at
from procure.authority.reading.recalling import background, introduced_by, recitals, title
from procure.authority.reading.repeats import distinct, once
from procure.authority.reading.sums import period, sums, unreadable_sums
from procure.authority.reading.verbs import verb

_LEAD = re.compile(
    rf"(?:[^.:;\n]{{0,120}}?\b)?{RESOLVED}\s*(?:,?\s*(?:that|to)\b)?\s*[:-]*\s*(?=\S)|(?:content|decision)s?\s*:\s*",
    re.IGNORECASE,
)
_GIVING_WORD = re.compile(
    r"\b(?:delegat|authoris|authoriz|empower|grant|giv|permit|entrust|approv|agree)\w*", re.IGNORECASE
)
_GIVES_BELOW = re.compile(r"\b(?:delegat|authoris|empower)\w*\b[^.;]{0,120}$", re.IGNORECASE)
_THAT_AUTHORITY = re.compile(
    r"\b(?:pursuant\s+to|further\s+to|in\s+exercising|under|in|for\s+the\s+purposes?\s+of)\s+(?:the\s+)?(?:resolution|recommendation|paragraph|item|delegation|authority(?:\s+(?:in|at))?)?\s*\(?(?:\d+|[a-z]|[ivx]+)[).]?\s+above\b[^.;]*\b(?:authority|delegation|power)s?\b"
    r"|\bthe\s+(?:above|said|same)\s+(?:authority|delegation)\s+(?:covers|includes|extends)\b",
    re.IGNORECASE,
)
"""«Pursuant to (1) above, the authority covers …»: power given in an item before goes on."""
_FINITE = re.compile(
    r"\b(?:agree[sd]?|approve[sd]?|authorise[sd]?|note[sd]|accept(?:s|ed)|recommend(?:s|ed)?)\b", re.IGNORECASE
)
_RECOMMENDS = re.compile(r"\brecommend(?:s|ed)?\b(?![^.;]*\bapproved\b)", re.IGNORECASE)
MOST = 200_000
"""Letters of the longest text that is read. A decision with all its minutes has a twentieth of it."""


@dataclass(frozen=True)
class _Heard:
    """What the lines over an item say to it: the verb, and the power given in them."""

    verb: Said[str] | None = None
    giving: Giving | None = None
    consulted: tuple[Consulted, ...] = ()
    posts_follow: bool = False
    recommends: bool = False


def read(text: str) -> Reading:
    """What a text decides, as far as it can be read. A text that decides nothing gives no resolution."""
    said = flat(text)
    parts = blocks(said)
    resolutions = tuple(_Resolver(said).all(Lister(said).walk(parts)))
    meeting, published = frame.dates(said)
    decided_by, kind = frame.body(said)
    return Reading(
        text=text,
        title=title(said),
        body=decided_by,
        kind=kind,
        meeting_on=meeting,
        published_on=published,
        item=frame.item(said),
        key_decision=frame.key_decision(said),
        call_in=frame.call_in(said),
        reasons=frame.passage(said, parts, Zone.REASONS),
        alternatives=frame.passage(said, parts, Zone.ALTERNATIVES),
        introduced_by=introduced_by(said),
        background=tuple(background(said, parts, resolutions)),
        resolutions=resolutions,
        recitals=tuple(recitals(said)),
    )


class _Resolver:
    """Makes resolutions of entries: which count, what each takes from the line over it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._zones_listed: set[Zone] = set()
        self._known: dict[tuple[int, int], list[Giving]] = {}

    def _given(self, start: int, end: int) -> list[Giving]:
        """What a stretch gives, read once."""
        if (start, end) not in self._known:
            self._known[start, end] = givings(self.text, start, end)
        return self._known[start, end]

    def all(self, entries: Sequence[Entry]) -> list[ReadResolution]:
        made: list[tuple[Zone, ReadResolution]] = []
        carried: Giving | None = None
        carried_consulted: tuple[Consulted, ...] = ()
        given: Giving | None = None
        self._zones_listed = {one.zone for one in entries if one.numbered}
        for index, entry in enumerate(entries):
            if not entry.numbered and not entry.bullet:
                carried = None
                if not self._stands_alone(entries, index):
                    continue
            heard = self._heard(
                entry.chapeau if entry.numbered or entry.bullet or self._opens_list(entry.chapeau) else None
            )
            if carried and self._bare(entry) and not self._gives(entry):
                heard = _Heard(heard.verb, carried, carried_consulted)
            elif given and not self._gives(entry) and _THAT_AUTHORITY.search(entry.at.of(self.text)):
                heard = _Heard(heard.verb, given)
            for one in self._of(entry, heard):
                made.append((entry.zone, one))
            own = self._given(entry.at.start, entry.at.end)
            given = own[-1] if own and own[-1].listed else given
            if own and not entry.under and own[-1].listed and self._ends_open(entry.at):
                carried, carried_consulted = own[-1], tuple(consultations(self.text, entry.at.start, entry.at.end))
            elif not self._bare(entry):
                carried = None
        best = min((zone for zone, _ in made), default=Zone.HEAD)
        return once([one for zone, one in made if zone == best], self.text)

    def _stands_alone(self, entries: Sequence[Entry], index: int) -> bool:
        """Is a paragraph without a numeral a resolution: it decides, and it isn't the line that opens a list."""
        entry = entries[index]
        start = self._past_lead(entry.at)
        words = self.text[start : entry.at.end].strip()
        if entry.under and any(self._own(entry, one) for one in entry.under):
            return True
        if len(words.split()) < (3 if words.startswith("To ") else 4):
            return False
        behind = entries[index + 1] if index + 1 < len(entries) else None
        following = behind if behind and behind.chapeau == entry.at and (behind.numbered or behind.bullet) else None
        if following and (self._ends_open(entry.at) or following.numeral is None or following.numeral.value == 1):
            return False
        if entry.late and not words.startswith(("That ", "RESOLVED")) and start == entry.at.start:
            return False
        if entry.late and entry.zone != Zone.DECISION:
            return False
        listed = entry.zone in self._zones_listed
        if listed and not entry.late and not self._numeral_lost(entries, index):
            return False
        if entry.zone == Zone.HEAD and words.startswith("To ") and NOTICE.search(self.text):
            return False
        decisive = bool(decides(entry.zone).match(words)) or start > entry.at.start
        if entry.zone in (Zone.DECISION, Zone.RECOMMENDED):
            if listed:
                return decisive
            return decisive or bool(PASSIVELY.search(words)) or bool(self._given(start, entry.at.end))
        alone = decisive and entry.zone == Zone.HEAD and not words.endswith(":")
        return alone or self._plain_delegation(entry, start)

    def _numeral_lost(self, entries: Sequence[Entry], index: int) -> bool:
        """Some pages lose the first numerals: the list starts at 2, behind paragraphs that decide."""
        first = next((one for one in islice(entries, index + 1, index + 12) if one.numeral), None)
        return (
            first is not None
            and first.numeral is not None
            and first.numeral.value > 1
            and first.zone == entries[index].zone
        )

    def _plain_delegation(self, entry: Entry, start: int) -> bool:
        words = self.text[start : entry.at.end]
        return (
            entry.zone == Zone.HEAD
            and bool(re.match(r"(?:Delegated\s+)?[Aa]uthority\b", words))
            and bool(self._given(start, entry.at.end))
        )

    def _past_lead(self, at: Stretch) -> int:
        found = _LEAD.match(self.text, at.start, at.end)
        return found.end() if found and found.end() < at.end else at.start

    def _ends_open(self, at: Stretch) -> bool:
        return bool(OPEN_ENDED.search(self.text[max(at.start, at.end - 40) : at.end]))

    def _opens_list(self, chapeau: Stretch | None) -> bool:
        return chapeau is not None and self._ends_open(chapeau)

    def _bare(self, entry: Entry) -> bool:
        """An act in so many words, «award that contract»: no clause of its own."""
        return bool(BARE.match(self.text, entry.at.start, entry.at.end)) and not self._gives(entry)

    def _gives(self, entry: Entry) -> bool:
        return any(one.listed for one in self._given(entry.at.start, entry.at.end))

    def _heard(self, chapeau: Stretch | None) -> _Heard:
        """What the line over a list says to its items."""
        if not chapeau:
            return _Heard()
        start = chapeau.start
        for found in re.finditer(r"(?<=[.;])\s+(?=[A-Z])", self.text[chapeau.start : chapeau.end]):
            start = chapeau.start + found.end()
        words = self.text[start : chapeau.end]
        given = [one for one in self._given(start, chapeau.end) if one.listed]
        led = _LEAD.match(self.text, start, chapeau.end)
        after = led.end() if led else start
        said = verb(self.text, after, chapeau.end) or self._chapeau_verb(start, chapeau.end)
        return _Heard(
            said,
            given[-1] if given and self._ends_open(chapeau) else None,
            tuple(consultations(self.text, start, chapeau.end)) if given else (),
            bool(not given and _GIVES_BELOW.search(words) and self._ends_open(chapeau)),
            bool(_RECOMMENDS.search(words)),
        )

    def _chapeau_verb(self, start: int, end: int) -> Said[str] | None:
        """The last finite verb of a line like «Having considered the report, Cabinet agreed:»."""
        found = None
        for found in _FINITE.finditer(self.text, start, end):  # noqa: B007 - the last is wanted
            pass
        if not found:
            return None
        said = verb(found.group(), 0, len(found.group()))
        return Said(said.value, Stretch(*found.span())) if said else None

    def _of(self, entry: Entry, heard: _Heard) -> list[ReadResolution]:
        """An entry as one resolution, or as those under it that stand for themselves."""
        own = [one for one in entry.under if self._own(entry, one)]
        if not own:
            return [self._made(entry, entry.whole, heard)]
        made: list[ReadResolution] = []
        inner = self._heard(entry.at)
        if not self._only_opens(entry):
            end = (
                own[0].at.start
                if own[0] is entry.under[0]
                else max(one.whole.end for one in entry.under[: entry.under.index(own[0])])
            )
            last = min(end, entry.at.end) if own[0] is entry.under[0] else end
            made.append(self._made(entry, Stretch(entry.at.start, last), heard))
        for one in own:
            made += self._of(one, inner if inner.giving or inner.posts_follow or inner.verb else heard)
        return made

    def _own(self, parent: Entry, entry: Entry) -> bool:
        """Does a sub-item stand for itself? With a delegate of its own, or a verb where its parent only opens the list."""
        if self._gives(entry) or any(self._gives(one) for one in entry.under):
            return True
        if self._gives(parent) or not (entry.numbered or not parent.numbered):
            return False
        if entry.bullet and not DECISIVE.match(entry.at.of(self.text)[:1].upper() + entry.at.of(self.text)[1:]):
            return False
        if self._heard(parent.at).posts_follow and posts_at(self.text, entry.at.start, entry.at.end):
            return True
        return self._only_opens(parent) and verb(self.text, entry.at.start, entry.at.end) is not None

    def _only_opens(self, entry: Entry) -> bool:
        """«That Cabinet:» decides nothing itself."""
        words = entry.at.of(self.text)
        gives = self._gives(entry) or PASSIVELY.search(words)
        return self._ends_open(entry.at) and len(words.split()) <= 14 and not gives

    def _made(self, entry: Entry, at: Stretch, heard: _Heard) -> ReadResolution:
        start = self._past_lead(at) if not entry.numbered else at.start
        at = _trimmed(self.text, Stretch(start, at.end))
        given = [one for one in self._given(at.start, at.end) if one.listed]
        if not given and heard.giving:
            given = [_lent(heard.giving, at)]
        elif not given and heard.posts_follow and (listed := posts_at(self.text, at.start, at.end)):
            given = [
                Giving(
                    "Delegate" if not heard.verb or heard.verb.value != "Authorise" else "Authorise",
                    listed,
                    listed.at,
                    (Stretch(listed.at.end, at.end),),
                )
            ]
        if given:
            return self._delegation(entry, at, heard, given)
        return self._plain(entry, at, heard)

    def _plain(self, entry: Entry, at: Stretch, heard: _Heard) -> ReadResolution:
        said = (
            verb(self.text, at.start, at.end)
            or heard.verb
            or self._lead_verb(entry, at)
            or Said("Resolve", Stretch(at.start, at.start))
        )
        found = [] if said.value == "Note" else acts_in(self.text, [at], [])
        return ReadResolution(
            at, self._label(entry), said, acts=tuple(found), amounts=tuple(sums(self.text, at.start, at.end)),
            period=period(self.text, at.start, at.end), doubts=self._doubts(at),
        )  # fmt: skip

    def _lead_verb(self, entry: Entry, at: Stretch) -> Said[str] | None:
        """«Cabinet agreed that …» on one line: the verb stands in the lead."""
        return (
            self._chapeau_verb(entry.at.start, at.start) if at.start > entry.at.start and not entry.numbered else None
        )

    def _delegation(self, entry: Entry, at: Stretch, heard: _Heard, given: Sequence[Giving]) -> ReadResolution:
        lent = bool(heard.giving and not any(at.holds(one.at) for one in given))
        clauses = [*(heard.consulted if lent else ()), *consultations(self.text, at.start, at.end)]
        delegates = distinct([post for one in given if one.listed for post in one.listed.posts])
        consultees = distinct([post for one in clauses for post in one.listed.posts])
        bound = {post.value: one.mode for one in reversed(clauses) for post in one.listed.posts}
        masks = [one.at for one in given] + [one.at for one in clauses]
        parts = [part for one in given for part in one.acts] if not lent else [at]
        parts += [Stretch(one.whole.start, one.whole.end) for one in entry.under if at.holds(one.whole)]
        parts = [Stretch(max(part.start, at.start), min(part.end, at.end)) for part in parts if part.meets(at)]
        if not any(part.of(self.text).strip(" ,.:;") for part in parts):
            parts = []
        found = acts_in(self.text, parts, masks)
        doubts = list(self._doubts(at))
        if (
            not found
            and any(re.search(r"\w{4}", part.of(self.text)) for part in parts)
            and not self._nothing_left(parts, masks)
        ):
            where = parts[-1]
            found = [
                Said("other", _trimmed(self.text, where), "The act isn’t one of the usual. Read the words and choose.")
            ]
        nominee = next((one.nominee for one in given if one.nominee), None)
        listed = next((one.listed for one in given if one.listed and len(one.listed.posts) > 1), None)
        mode = clauses[0] if clauses else None
        return ReadResolution(
            at, self._label(entry), self._giving_verb(entry, at, heard, given), True, tuple(delegates),
            listed.joint if listed else ("and" if len(delegates) > 1 else ""), Said(True, nominee) if nominee else None,
            tuple(consultees), Said(mode.mode, mode.mode_at) if mode else None,
            tuple(bound[one.value] for one in consultees), tuple(found),
            tuple(sums(self.text, at.start, at.end)), self._period(at, parts),
            tuple(one for one in conditions(self.text, at) if not any(one.at.meets(clause.at) for clause in clauses)),
            scope(self.text, at), counterparty(self.text, at), tuple(doubts),
        )  # fmt: skip

    def _period(self, at: Stretch, parts: Sequence[Stretch]) -> Said[str] | None:
        """The period of what may be done; else any that the resolution states."""
        for part in parts:
            if found := period(self.text, part.start, part.end):
                return found
        return period(self.text, at.start, at.end)

    def _nothing_left(self, parts: Sequence[Stretch], masks: Sequence[Stretch]) -> bool:
        """Did the words end at «to:», with the acts in the items that follow?"""
        left = "".join(
            letter
            for part in parts
            for place, letter in enumerate(part.of(self.text), part.start)
            if not any(m.start <= place < m.end for m in masks)
        )
        return not re.sub(r"\b(?:to|and|that|authority|be|the|delegated)\b|[\W_]", "", left, flags=re.IGNORECASE)

    def _giving_verb(self, entry: Entry, at: Stretch, heard: _Heard, given: Sequence[Giving]) -> Said[str]:
        if heard.recommends or re.match(
            r"\W*(?:to\s+)?recommend|\W*that\s+\w+\s+(?:be\s+)?recommend",
            self.text[at.start : at.start + 60],
            re.IGNORECASE,
        ):
            return Said("Recommend", self._verb_of(given[0].at))
        for name in ("Delegate", "Authorise"):
            if found := next((one for one in given if one.verb == name), None):
                return Said(name, self._verb_of(found.at))
        return verb(self.text, at.start, at.end) or heard.verb or Said("Authorise", given[0].at)

    def _verb_of(self, at: Stretch) -> Stretch:
        """The word itself: «Delegate», not all that is delegated."""
        found = _GIVING_WORD.search(self.text, at.start, at.end)
        return Stretch(*found.span()) if found else Stretch(at.start, at.start)

    def _label(self, entry: Entry) -> Said[str] | None:
        if not entry.numeral:
            return None
        printed = entry.numeral.printed
        if entry.parent and entry.parent.numeral and "." not in printed.strip("."):
            printed = entry.parent.numeral.printed + printed
        return Said(printed, entry.numeral.at)

    def _doubts(self, at: Stretch) -> tuple[str, ...]:
        return tuple(
            f"The sum {one} can’t be read. Look at it in the text."
            for one in unreadable_sums(self.text, at.start, at.end)
        )


def _lent(giving: Giving, at: Stretch) -> Giving:
    return Giving(giving.verb, giving.listed, giving.at, (at,), giving.nominee)


def _trimmed(text: str, at: Stretch) -> Stretch:
    said = at.of(text)
    return Stretch(at.start + len(said) - len(said.lstrip()), at.end - (len(said) - len(said.rstrip())))
