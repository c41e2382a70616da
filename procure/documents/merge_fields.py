"""Word's own merge fields, as councils' letters have them: each is matched to a fact by its name and read as a tag.

`MERGEFIELD Supplier_name` finds `supplier.name`; capitals, spaces, dots and underscores do not count. A field in a
table row that names a fact of a list repeats that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from procure.documents.kinds import DAY, LIST, MONEY, RECORD, YES_NO, Fact, walk
from procure.documents.paragraphs import Styles, W, near, run_like, text_element, words_of
from procure.documents.problems import MOST_PROBLEMS, Problem
from procure.documents.safety import word_of
from procure.documents.suggesting import filter_for, folded, meant_by

Element = Any

NAMED = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]*)"|(\S+))(.*)', re.I | re.S)
SWITCH = re.compile(r'\\(\S)\s*(?:"([^"]*)"|(\S+))?')
WITHOUT_EFFECT = frozenset({"mergeformat", "charformat"})
ROW = "row"


@dataclass(frozen=True)
class MergeField:
    """One merge field as it stands in a document."""

    name: str
    switches: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str) -> MergeField | None:
        """A field code read; None where it is of another kind."""
        found = NAMED.fullmatch(code)
        if found is None or word_of(code) != "MERGEFIELD":
            return None
        switches = tuple((one[1], one[2] or one[3] or "") for one in SWITCH.finditer(found[3]))
        return cls((found[1] or found[2] or "").strip(), switches)


def field_names(codes: list[tuple[str, str]]) -> list[str]:
    """Names of the merge fields among field codes, each once, in their order."""
    found = (MergeField.of(code) for _, code in codes)
    return list(dict.fromkeys(one.name for one in found if one is not None and one.name))


class Dictionary:
    """The facts of a paper by every name that a merge field may call them by."""

    def __init__(self, names: Mapping[str, Fact]) -> None:
        self.names = names
        self.facts: dict[str, Fact] = {}
        self._by_name: dict[str, list[str]] = {}
        for name, fact in names.items():
            self._add(name, fact)
            if fact.of is not None:
                for path, inner in walk(fact.of, f"{name}[]." if fact.kind is LIST else f"{name}."):
                    self._add(path, inner)

    def _add(self, path: str, fact: Fact) -> None:
        self.facts[path] = fact
        if fact.kind in (RECORD, LIST, YES_NO):
            return
        steps = path.replace("[]", "").split(".")
        for place in range(len(steps)):
            self._by_name.setdefault(folded("".join(steps[place:])), []).append(path)

    def find(self, name: str) -> list[str]:
        """Paths that the name may mean: one where it is clear, more where it is not."""
        found = self._by_name.get(folded(name), [])
        whole = [path for path in found if folded(path) == folded(name)]
        own = [path for path in found if not path.startswith("document.")]
        return whole[:1] or own or found

    def optional_on_the_way(self, path: str) -> list[str]:
        """What must be there for the fact to be: each step that a complete paper may lack."""
        steps = path.split(".")
        prefixes = [".".join(steps[: place + 1]) for place in range(len(steps))]
        return [one for one in prefixes if self.facts[one.removesuffix("[]")].optional]


def as_tags(root: Element, names: Mapping[str, Fact], styles: Styles, place: str) -> list[Problem]:
    """Puts a tag in place of every merge field of a part; what cannot be matched is told, and stays as it is."""
    reader = _Reader(Dictionary(names), styles, place)
    reader.read(root)
    return reader.problems


class _Reader:
    def __init__(self, dictionary: Dictionary, styles: Styles, place: str) -> None:
        self.dictionary = dictionary
        self.styles = styles
        self.place = place
        self.problems: list[Problem] = []
        self.where = place
        self.repeated: dict[Element, str] = {}

    def read(self, root: Element) -> None:
        heading = ""
        for count, paragraph in enumerate(root.iter(f"{W}p"), start=1):
            text = words_of(paragraph)
            if self.styles.is_heading(paragraph) and text.strip():
                heading = near(text, "")
            self.where = f"{self.place} {count}" + (f" under “{heading}”" if heading else "")
            for simple in list(paragraph.iter(f"{W}fldSimple")):
                if next(simple.iterancestors(f"{W}p")) is paragraph:
                    self._simple(simple)
            self._complex(paragraph)
        for row, path in self.repeated.items():
            self._repeat(row, path)

    def _problem(self, sentence: str, tag: str, suggestion: str = "") -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.where, sentence, tag, suggestion))

    # ── finding fields ──

    def _simple(self, simple: Element) -> None:
        found = MergeField.of(simple.get(f"{W}instr", ""))
        if found is not None:
            self._replace(found, [simple], next(simple.iter(f"{W}rPr"), None))

    def _complex(self, paragraph: Element) -> None:
        for run in [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}fldChar") is not None]:
            _one_thing_each(run)
        begun: list[tuple[Element, list[str]]] = []
        for run in list(paragraph.iter(f"{W}r")):
            if next(run.iterancestors(f"{W}p")) is not paragraph:
                continue
            mark = run.find(f"{W}fldChar")
            kind = mark.get(f"{W}fldCharType") if mark is not None else None
            if kind == "begin":
                begun.append((run, []))
            elif kind == "end" and begun:
                start, code = begun.pop()
                self._whole(start, run, "".join(code))
            elif begun and run.find(f"{W}instrText") is not None:
                begun[-1][1].append("".join(piece.text or "" for piece in run.iter(f"{W}instrText")))
        for _, code in begun:
            if word_of("".join(code)) == "MERGEFIELD":
                self._problem("This merge field runs over several paragraphs. Insert it again.", "".join(code).strip())

    def _whole(self, start: Element, end: Element, code: str) -> None:
        found = MergeField.of(code)
        if found is None:
            return
        runs = [start]
        while runs[-1] is not end:
            following = runs[-1].getnext()
            if following is None:
                self._problem("This merge field can’t be read. Insert it again.", code.strip())
                return
            runs.append(following)
        looks = [run.find(f"{W}rPr") for run in (*runs[2:], start)]
        self._replace(found, runs, next((look for look in looks if look is not None), None))

    # ── matching ──

    def _replace(self, field: MergeField, elements: list[Element], look: Element | None) -> None:
        tag = f"«{field.name}»"
        text = self._text_for(field, tag, elements[0])
        if text is None:
            return
        run = run_like(look)
        run.append(text_element(text))
        elements[0].addprevious(run)
        for element in elements:
            element.getparent().remove(element)

    def _text_for(self, field: MergeField, tag: str, at: Element) -> str | None:
        paths = self.dictionary.find(field.name)
        if not paths:
            near_one = meant_by(field.name, self.dictionary.names) if len(self.problems) < MOST_PROBLEMS else ""
            self._problem("No fact of this paper has this name.", tag, near_one)
            return None
        if len(paths) > 1:
            self._problem("More than one fact has this name. Write it in full.", tag, " or ".join(paths[:3]))
            return None
        path = paths[0]
        fact = self.dictionary.facts[path]
        filter_ = self._filter(field, fact, tag)
        outer, inside, name = path.rpartition("[].")
        if not inside:
            return _guarded(self.dictionary.optional_on_the_way(path), f"{{{{ {path}{filter_} }}}}")
        row = next(at.iterancestors(f"{W}tr"), None)
        if "[]" in outer:
            self._problem("It stands in a list inside a list. Use tags for it, not merge fields.", tag)
        elif row is None:
            self._problem("It is one of a list. Put it in a table row: the row is then repeated.", tag)
        elif self.repeated.setdefault(row, outer) != outer:
            self._problem("Facts of two lists stand in one row. Put them in rows of their own.", tag)
        else:
            optional = self._optional_in_row(outer, name)
            return _guarded(optional, f"{{{{ {ROW}.{name}{filter_} }}}}")
        return None

    def _optional_in_row(self, outer: str, name: str) -> list[str]:
        steps = name.split(".")
        prefixes = [".".join(steps[: place + 1]) for place in range(len(steps))]
        return [f"{ROW}.{one}" for one in prefixes if self.dictionary.facts[f"{outer}[].{one}"].optional]

    def _filter(self, field: MergeField, fact: Fact, tag: str) -> str:
        chosen = filter_for(fact)
        for letter, said in field.switches:
            word = said.lower()
            if letter == "*" and word == "firstcap" and "sentence" in fact.kind.filters:
                chosen = "|sentence"
            elif letter == "*" and word not in WITHOUT_EFFECT:
                self._problem(f"The switch \\* {said} isn’t followed. Set the look of the words in Word.", tag)
            elif letter in "bf":
                self._problem(f"The switch \\{letter} isn’t followed. Type the words beside the field.", tag)
            elif letter == "#" and fact.kind is MONEY:
                chosen = "|pence" if "." in said else "|pounds"
            elif letter == "@" and fact.kind is DAY:
                chosen = "|weekday" if "dddd" in said else "|day" if "y" in word else "|short"
        return chosen

    def _repeat(self, row: Element, path: str) -> None:
        optional = self.dictionary.optional_on_the_way(path)
        for name in optional:
            row.addprevious(_row_of(f"{{%tr if {name} %}}"))
        row.addprevious(_row_of(f"{{%tr for {ROW} in {path} %}}"))
        for _ in optional:
            row.addnext(_row_of("{%tr endif %}"))
        row.addnext(_row_of("{%tr endfor %}"))


def _guarded(optional: list[str], text: str) -> str:
    before = "".join(f"{{% if {name} %}}" for name in optional)
    return f"{before}{text}{'{% endif %}' * len(optional)}"


def _row_of(text: str) -> Element:
    row = etree.Element(f"{W}tr")
    run = etree.SubElement(etree.SubElement(etree.SubElement(row, f"{W}tc"), f"{W}p"), f"{W}r")
    run.append(text_element(text))
    return row


def _one_thing_each(run: Element) -> None:
    """A run that holds the marks of a field beside other things, as a run for each."""
    look = run.find(f"{W}rPr")
    inside: Iterator[Element] = (child for child in list(run) if child is not look)
    pieces = list(inside)
    if len(pieces) < 2:
        return
    for piece in pieces:
        own = run_like(look)
        own.append(piece)
        run.addprevious(own)
    run.getparent().remove(run)
