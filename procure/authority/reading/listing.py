"""Numbered items as a list with lists inside, each item hung where its numeral belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from procure.authority.reading.facts import Stretch
from procure.authority.reading.layout import Block, Numeral, Zone


@dataclass
class Entry:
    """An item, a bullet or a paragraph with what stands under it. `chapeau` is the line that opens its list."""

    at: Stretch
    zone: Zone
    numeral: Numeral | None = None
    bullet: bool = False
    chapeau: Stretch | None = None
    parent: Entry | None = None
    under: list[Entry] = field(default_factory=list)
    late: bool = False
    """A paragraph behind the last item of a list."""

    @property
    def whole(self) -> Stretch:
        """The item with everything under it."""
        return Stretch(self.at.start, max([self.at.end, *(one.whole.end for one in self.under)]))

    @property
    def numbered(self) -> bool:
        return self.numeral is not None


class Lister:
    """Walks the blocks once and hangs each item where its numeral belongs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.top: list[Entry] = []
        self.open: list[Entry] = []
        self.chapeau: Stretch | None = None
        self.listed = False

    def walk(self, blocks: Iterable[Block]) -> list[Entry]:
        for block in blocks:
            if block.zone > Zone.RECOMMENDED or block.heading:
                self._close()
            elif block.numeral:
                self._numbered(block, block.numeral)
            elif block.bullet:
                self._bullet(block)
            elif not block.field:
                self._paragraph(block)
            elif self.open:
                self._close()
        return self.top

    def _close(self) -> None:
        self.open, self.chapeau, self.listed = [], None, False

    def _numbered(self, block: Block, numeral: Numeral) -> None:
        entry = Entry(block.at, block.zone, numeral)
        parent = self._parent(numeral)
        self._hang(entry, parent)

    def _parent(self, numeral: Numeral) -> Entry | None:
        """The item under which a numeral stands; closes what stands deeper."""
        while self.open and self.open[-1].bullet:
            self.open.pop()
        for depth in range(len(self.open) - 1, -1, -1):
            sibling = self.open[depth].numeral
            if sibling and _counts_on(sibling, numeral):
                parent = self.open[depth].parent
                del self.open[depth:]
                return parent
        prefix = _prefix(numeral)
        for depth in range(len(self.open) - 1, -1, -1):
            one = self.open[depth].numeral
            if one and prefix and one.printed.strip("()[].") == prefix:
                del self.open[depth + 1 :]
                return self.open[depth]
        if self.open and numeral.value == 1 and not prefix:
            return self.open[-1]
        same = [one for one in self.open if one.numeral and one.numeral.style == numeral.style]
        if same and numeral.value > 1:
            parent = same[-1].parent
            del self.open[self.open.index(same[-1]) :]
            return parent
        self.open = []
        return None

    def _bullet(self, block: Block) -> None:
        while self.open and self.open[-1].bullet:
            self.open.pop()
        self._hang(Entry(block.at, block.zone, bullet=True), self.open[-1] if self.open else self._line_over())

    def _line_over(self) -> Entry | None:
        """The paragraph that opens a list of bullets: «has approved waiving:»."""
        last = self.top[-1] if self.top else None
        opens = last is not None and not last.numeral and not last.bullet and last.at == self.chapeau and not last.late
        return (
            last if opens and last is not None and last.at.of(self.text).rstrip().endswith((":", ":-", " to")) else None
        )

    def _hang(self, entry: Entry, parent: Entry | None) -> None:
        entry.parent = parent
        if parent is None:
            entry.chapeau = self.chapeau
            self.top.append(entry)
            self.listed = True
        else:
            parent.under.append(entry)
        self.open.append(entry)

    def _paragraph(self, block: Block) -> None:
        """A paragraph goes on with the open item, opens the next list, or stands alone."""
        last = self.open[-1] if self.open else None
        if last and self._unfinished(last) and not block.resolved:
            last.at = Stretch(last.at.start, block.at.end)
            return
        late = self.listed and last is not None
        entry = Entry(block.at, block.zone, chapeau=self.chapeau, late=late)
        self.open = []
        self.listed = late
        self.top.append(entry)
        self.chapeau = block.at

    def _unfinished(self, last: Entry) -> bool:
        said = last.at.of(self.text).rstrip()
        return bool(said) and not last.bullet and said[-1] not in ".;:" and not said.endswith((" and", "; or"))


def _counts_on(before: Numeral, numeral: Numeral) -> bool:
    """«(ii)» after «(i)»; «(i)» after «(h)» as a letter."""
    if before.style == numeral.style and numeral.value > before.value:
        return True
    as_letter = numeral.style.replace("i", "a").replace("I", "A")
    return bool(numeral.letter) and before.style == as_letter and numeral.letter == before.value + 1


def _prefix(numeral: Numeral) -> str:
    printed = numeral.printed.strip("()[].")
    return printed.rpartition(".")[0] if printed[:1].isdigit() else ""


def flattened(entries: Sequence[Entry]) -> list[Entry]:
    """All entries, parents before what stands under them."""
    out: list[Entry] = []
    for one in entries:
        out.append(one)
        out += flattened(one.under)
    return out
