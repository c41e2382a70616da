"""The template language of papers, and the one reader that checks a template and makes it ready to render.

The language is a small part of docxtpl's. A tag names a fact; nothing in it can call, count or compare.

    {{ term.starts_on|day }}            prints a fact, by one of the nine filters where its kind needs one
    {% if term.has_extensions %}…       inside a paragraph; also {% else %} and {% endif %}
    {%p for o in appraisal.options %}   alone in its paragraph: repeats or leaves out whole paragraphs and tables
    {%tr for c in criteria %}           alone in a table row: repeats or leaves out rows
    {%tc for y in appraisal.years %}    alone in a table cell: repeats or leaves out columns

Every tag is matched against a short grammar before anything is compiled, so the engine behind it never sees a word that
the author of a template chose, except names of facts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from procure.documents.kinds import LIST, RECORD, TEXT, YES_NO, Fact, facts_in
from procure.documents.merge_fields import MergeField, as_tags
from procure.documents.package import NotADocument, open_package
from procure.documents.paragraphs import (
    TAG,
    W_NS,
    Styles,
    W,
    join_tags,
    near,
    parser,
    run_like,
    style_of,
    take_out,
    text_element,
    texts_of,
    words_of,
)
from procure.documents.problems import MOST_PROBLEMS, THE_FILE, BadTemplate, Problem
from procure.documents.safety import CHANGING, Examined, examine, word_of
from procure.documents.shared_facts import DocumentFacts
from procure.documents.suggesting import filter_for, meant_by

__all__ = ["FILTERS", "NOTES", "W_NS", "BadTemplate", "Problem", "W", "translate"]

Element = Any

FILTERS = ("day", "weekday", "short", "moment", "pounds", "pence", "percent", "points", "sentence")
NOTES = ("guidance", "ask", "example", "model")
"""Paragraph styles, by lower-case name, that speak to officers and vanish on issue."""
DEEPEST_LOOP = 3

OPENER = re.compile(r"\{\{|\{%|\{#")
LOOSE = re.compile(r"\{\{|\{%|\{#|%\}|\}\}|#\}")
NAME = r"[a-z][a-z0-9_]*"
PATH = rf"{NAME}(?:\.{NAME})*"
PRINTED = re.compile(rf"\{{\{{\s*({PATH})\s*(?:\|\s*({NAME})\s*)?\}}\}}")
FOR = re.compile(rf"for\s+({NAME})\s+in\s+({PATH})")
IF = re.compile(rf"if\s+({PATH})")
STATEMENT = re.compile(r"\{%(p|tr|tc)?[-+]?\s+(.*?)\s*%\}", re.S)
MARKED = re.compile(r"\ue000(\d+)\ue001")
TALKING_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PLACES = {"document": "Paragraph", "header": "Header, paragraph", "footer": "Footer, paragraph",
          "footnotes": "Footnote, paragraph", "endnotes": "Endnote, paragraph"}  # fmt: skip
RESERVED = frozenset({"piece", "loop", "self", "true", "false", "none", "in", "if", "not", "is", "and", "or"})


@dataclass
class Translation:
    """A template ready for the renderer: fixed parts as trees or bytes, talking parts as Jinja source."""

    parts: dict[str, bytes]
    sources: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Paths of the facts that the template names, as `kinds.walk` writes them."""
    problems: list[Problem] = field(default_factory=list)


def check_template(data: bytes, facts_type: type) -> list[Problem]:
    """Everything that keeps a template from being used for these facts; an empty list when it is good."""
    try:
        return translate(data, facts_type, issued=False).problems
    except NotADocument as error:
        return [Problem(THE_FILE, error.sentence)]


def fields_used(data: bytes, facts_type: type) -> set[str]:
    """Paths of the facts a template names, notes to officers included. BadTemplate where it has problems."""
    translation = translate(data, facts_type, issued=False)
    if translation.problems:
        raise BadTemplate(translation.problems)
    return translation.used


def names_for(facts_type: type) -> dict[str, Fact]:
    """What a template may name at the top: the fields of the facts, and `document`, which the machine adds."""
    document = Fact("document", RECORD, "the paper itself", False, DocumentFacts)
    return {**facts_in(facts_type), "document": document}


def translate(data: bytes, facts_type: type, *, issued: bool) -> Translation:
    """Reads a template for one facts type. Notes to officers are left out when it is for an issued paper."""
    examined = examine(open_package(data))
    translation = Translation(examined.parts, problems=list(examined.problems))
    if examined.problems:
        return translation
    translation.problems += _changing_fields(examined)
    styles = Styles(_tree(translation.parts.get("word/styles.xml")), NOTES)
    names = names_for(facts_type)
    merges = any(MergeField.of(code) for _, code in examined.codes)
    for name, content in list(translation.parts.items()):
        if TALKING_PARTS.fullmatch(name):
            root = _tree(content)
            if merges:
                translation.problems += as_tags(root, names, styles, place_of(name))
            translation.sources[name] = _Reader(translation, names, styles, name, issued).read(root)
    del translation.problems[MOST_PROBLEMS:]
    return translation


def place_of(part: str) -> str:
    """How a place in a part is told: "Header, paragraph"."""
    return PLACES[re.sub(r"word/|\d*\.xml", "", part)]


def _changing_fields(examined: Examined) -> list[Problem]:
    words = dict.fromkeys((part, word_of(code)) for part, code in examined.codes)
    said = "is not allowed: an issued paper must not change by itself."
    return [Problem(part, f"The field {word} {said}", word) for part, word in words if word in CHANGING]


def _tree(content: bytes | None) -> Element | None:
    return etree.fromstring(content, parser()) if content else None


# ── reading one part ──


@dataclass(frozen=True)
class _Known:
    fact: Fact
    path: str


@dataclass
class _Open:
    """A statement that has been opened and not yet closed."""

    word: str
    path: str
    tag: str
    name: str | None = None
    hidden: _Known | None = None
    in_else: bool = False


class _Reader:
    """Walks one part once: checks every tag, and leaves in its place the mark from which the source is made."""

    def __init__(
        self, translation: Translation, names: Mapping[str, Fact], styles: Styles, part: str, issued: bool
    ) -> None:
        self.out = translation
        self.scope: dict[str, _Known] = {name: _Known(fact, name) for name, fact in names.items()}
        self.styles = styles
        self.issued = issued
        self.place = place_of(part)
        self.count = 0
        self.text = self.tag = self.heading = ""
        self.stack: list[_Open] = []
        self.marks: list[str] = []
        self.part = part

    def read(self, root: Element) -> str:
        """The part as Jinja source."""
        if "\ue000" in "".join(root.itertext()):
            self._problem("It holds characters from the private use area.", where=self.part)
        body = root.find(f"{W}body")
        notes = [*root.findall(f"{W}footnote"), *root.findall(f"{W}endnote")]
        for container in notes or [root if body is None else body]:
            self._container(container)
        text: str = etree.tostring(root, encoding="unicode")
        if not self.out.problems and OPENER.search(text):
            self._problem(
                "There is a tag in a text box, a picture's description or a field code, where facts cannot be printed.",
                where=self.part,
            )
        return MARKED.sub(lambda mark: self.marks[int(mark[1])], text)

    def _problem(self, sentence: str, where: str | None = None, suggestion: str = "") -> None:
        if len(self.out.problems) < MOST_PROBLEMS:
            self.out.problems.append(Problem(where or self._here(), sentence, self.tag, suggestion))

    def _here(self) -> str:
        shown = near(self.text, self.tag)
        under = f" under “{self.heading}”" if self.heading and self.heading != shown else ""
        return f"{self.place} {self.count}{under}" + (f", “{shown}”" if shown else "")

    # ── containers: each must close what it opens ──

    def _container(self, container: Element) -> None:
        floor = len(self.stack)
        stays = False
        for child in list(container):
            stays = True
            if child.tag == f"{W}p":
                stays = self._paragraph(child, floor)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self._container(content)
        self._close(floor)
        if container.tag == f"{W}tc" and not stays:
            # Word calls a cell damaged that does not end with a paragraph.
            etree.SubElement(container, f"{W}p")

    def _table(self, table: Element) -> None:
        floor = len(self.stack)
        columns = False
        for row in table.findall(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            texts = [words_of(cell).strip() for cell in cells]
            tag = next((text for text in texts if text.startswith("{%tr")), None)
            if tag is None:
                columns = self._row(cells, texts) or columns
                continue
            self._look_at(row.find(f".//{W}p"))
            if any(text for text in texts if text != tag):
                self._problem("A {%tr %} tag must stand alone in its row.")
            self._replace(row, self._statement(tag, "tr", floor))
        self._close(floor)
        if columns:
            table.addprevious(etree.Comment("columns"))
            table.addnext(etree.Comment("/columns"))

    def _row(self, cells: list[Element], texts: list[str]) -> bool:
        floor = len(self.stack)
        columns = False
        for cell, text in zip(cells, texts, strict=True):
            if text.startswith("{%tc"):
                self._look_at(cell.find(f".//{W}p"))
                self._replace(cell, self._statement(text, "tc", floor))
                columns = True
            else:
                self._container(cell)
        self._close(floor)
        return columns

    def _close(self, floor: int) -> None:
        while len(self.stack) > floor:
            left = self._pop()
            self.tag = left.tag
            self._problem(f"{{% {left.word} {left.path} %}} is not closed before this part of the page ends.")

    # ── paragraphs ──

    def _look_at(self, paragraph: Element) -> str:
        self.count += 1
        self.tag = ""
        self.text = "".join(piece.text or "" for piece in texts_of(paragraph)).strip()
        if self.text and self.styles.is_heading(paragraph):
            self.heading = near(self.text, "")
        return self.text

    def _paragraph(self, paragraph: Element, floor: int) -> bool:
        """Reads one paragraph. False where it goes: a note in an issued paper, or a tag that stands alone."""
        if self.issued and style_of(paragraph) in self.styles.notes:
            self.count += 1
            take_out(paragraph)
            return False
        join_tags(paragraph)
        text = self._look_at(paragraph)
        if "{" not in text and "}" not in text:
            return True
        tags = TAG.findall(text)
        if LOOSE.search(TAG.sub("", text)):
            self.tag = near(LOOSE.split(TAG.sub("", text), maxsplit=1)[-1], "")
            self._problem("A tag is opened and not closed, or closed and not opened.")
            return True
        alone = [tag for tag in tags if re.match(r"\{%(p|tr|tc)\b", tag)]
        if alone and (text != tags[0] or not alone[0].startswith("{%p")):
            self._problem(f"{alone[0]} must stand alone in its own paragraph, row or cell.")
        elif alone:
            self._replace(paragraph, self._statement(text, "p", floor))
            return False
        elif tags:
            self._sentence(paragraph, text)
        return True

    def _sentence(self, paragraph: Element, text: str) -> None:
        floor = len(self.stack)
        whole = PRINTED.fullmatch(text) if not self.styles.numbers(paragraph) else None
        for run in [piece.getparent() for piece in texts_of(paragraph) if TAG.search(piece.text or "")]:
            if run.getparent() is not None:
                self._split(run, floor)
        self._close(floor)
        known = self._find(whole[1]) if whole and not self.out.problems else None
        if known is not None and known.fact.kind is TEXT:
            self._repeat_for_each_piece(paragraph, text[2:-2].strip(), _quoted(known.fact.meaning))

    def _repeat_for_each_piece(self, paragraph: Element, printed: str, meaning: str) -> None:
        """Several paragraphs typed into one answer stay several paragraphs."""
        said = next(piece for piece in texts_of(paragraph) if MARKED.fullmatch(piece.text or ""))
        said.text = self._mark(f"{{{{ piece|say({meaning}) }}}}")
        self._before(paragraph, self._mark(f"{{% for piece in {printed}|pieces %}}"))
        paragraph.tail = self._mark("{% endfor %}") + (paragraph.tail or "")

    def _split(self, run: Element, floor: int) -> None:
        """Each printed fact in a run of its own, each statement between runs: no branch can break the XML."""
        look = run.find(f"{W}rPr")
        fresh = run_like(look)
        for child in list(run):
            if child is look:
                continue
            if child.tag != f"{W}t" or not TAG.search(child.text or ""):
                fresh.append(child)
                continue
            for piece in re.split(f"({TAG.pattern})", child.text, flags=re.S):
                if not piece:
                    continue
                if not TAG.fullmatch(piece):
                    fresh.append(text_element(piece))
                    continue
                fresh = self._flush(run, fresh, look)
                if piece.startswith("{{"):
                    said = run_like(look)
                    said.append(text_element(self._mark(self._printed(piece))))
                    run.addprevious(said)
                else:
                    self._before(run, self._mark(self._statement(piece, "", floor)))
        self._flush(run, fresh, look)
        take_out(run)

    def _flush(self, before: Element, fresh: Element, look: Element | None) -> Element:
        if len(fresh) > (0 if look is None else 1):
            before.addprevious(fresh)
            return run_like(look)
        return fresh

    # ── tags ──

    def _printed(self, tag: str) -> str:
        self.tag = tag
        match = PRINTED.fullmatch(tag)
        if match is None:
            self._problem(f"{tag} is not in the template language: {_why_not(tag)}")
            return ""
        path, filter_ = match[1], match[2]
        known = self._find(path, filter_)
        if known is None:
            return ""
        self.out.used.add(known.path)
        self._refuse_unguarded(path)
        kind = known.fact.kind
        if filter_ is not None and filter_ not in FILTERS:
            sentence = f"There is no filter called {filter_}. The filters are {', '.join(FILTERS)}."
            self._problem(sentence, suggestion=_tag(path, filter_for(known.fact)))
        elif filter_ is not None and filter_ not in kind.filters:
            can = f"; use {' or '.join(kind.filters)}" if kind.filters else ""
            sentence = f"{path} is a {kind.name}, which the filter {filter_} cannot print{can}."
            self._problem(sentence, suggestion=_tag(path, filter_for(known.fact)) if kind.filters else "")
        elif kind is YES_NO:
            self._problem(f"{path} is a yes or no: it cannot be printed, only asked about with if.")
        elif kind in (LIST, RECORD):
            self._problem(f"{path} is a {kind.name}: print one of the facts inside it.")
        elif filter_ is None and not kind.plain:
            sentence = f"{path} is a {kind.name} and needs a filter: {' or '.join(kind.filters)}."
            self._problem(sentence, suggestion=_tag(path, filter_for(known.fact)))
        filtered = f"{path}|{filter_}" if filter_ else path
        return f"{{{{ {filtered}|say({_quoted(known.fact.meaning)}) }}}}"

    def _statement(self, tag: str, level: str, floor: int) -> str:
        self.tag = tag
        match = STATEMENT.fullmatch(tag)
        if match is None or (match[1] or "") != level:
            self._problem(f"{tag} is not in the template language: {_why_not(tag)}")
            return ""
        words = match[2]
        if found := FOR.fullmatch(words):
            return self._for(found[1], found[2])
        if found := IF.fullmatch(words):
            return self._if(found[1], level)
        if words in ("else", "endif", "endfor"):
            return self._turn(words, floor)
        self._problem(f"{tag} is not in the template language: {_why_not(tag)}")
        return ""

    def _for(self, name: str, path: str) -> str:
        known = self._find(path)
        if known is not None and known.fact.kind is not LIST:
            self._problem(f"{path} is not a list, so there is nothing to go through.")
            known = None
        if sum(left.word == "for" for left in self.stack) >= DEEPEST_LOOP:
            self._problem(f"Lists may stand inside lists {DEEPEST_LOOP} deep, not more.")
        if name in RESERVED or name in self.scope:
            self._problem(f"{name} already means something else; choose another name for the row.")
        if known is not None:
            self.out.used.add(known.path)
            self._refuse_unguarded(path)
        row = Fact(name, RECORD, known.fact.meaning, False, known.fact.of) if known else None
        opened = _Open("for", path, self.tag, name, self.scope.get(name))
        self.stack.append(opened)
        if row is None or known is None:
            return f"{{% for {name} in () %}}"
        self.scope[name] = _Known(row, f"{known.path}[]")
        # A list that may be empty has an if around it. Without one, an empty list is a gap.
        needed = not any(left.word == "if" and left.path == path for left in self.stack)
        ask = "rows" if needed else "some_rows"
        return f"{{% for {name} in {path}|{ask}({_quoted(known.fact.meaning)}) %}}"

    def _if(self, path: str, level: str) -> str:
        known = self._find(path)
        self.stack.append(_Open("if", path, self.tag))
        if known is None:
            return "{% if false %}"
        self.out.used.add(known.path)
        self._refuse_unguarded(path.rpartition(".")[0])
        if known.fact.kind not in (YES_NO, LIST) and not known.fact.optional:
            self._problem(f"{path} is always there, so there is nothing to ask about with if.")
        shown = {"": f"{{{{ {path}|gap_run }}}}", "p": f"{{{{ {path}|gap_paragraph }}}}"}.get(level, "")
        return f"{{% if {path} is unknown({_quoted(known.fact.meaning)}) %}}{shown}{{% elif {path} %}}"

    def _turn(self, word: str, floor: int) -> str:
        opened = self.stack[-1] if len(self.stack) > floor else None
        belongs = {"else": "if", "endif": "if", "endfor": "for"}[word]
        if opened is None or opened.word != belongs or (word == "else" and opened.in_else):
            self._problem(f"{{% {word} %}} does not belong to any {belongs} that is open in this part of the page.")
            return ""
        if word == "else":
            opened.in_else = True
            return "{% else %}"
        self._pop()
        return f"{{% {word} %}}"

    def _pop(self) -> _Open:
        left = self.stack.pop()
        if left.name is not None:
            self.scope.pop(left.name, None)
            if left.hidden is not None:
                self.scope[left.name] = left.hidden
        return left

    def _find(self, path: str, filter_: str | None = None) -> _Known | None:
        first, *rest = path.split(".")
        known = self.scope.get(first)
        if known is None:
            self._unknown(first, path, filter_)
            return None
        for name in rest:
            if known.fact.kind is LIST:
                self._problem(f"{known.path} is a list: go through it with for.")
                return None
            inside = facts_in(known.fact.of) if known.fact.of else {}
            if name not in inside:
                self._unknown(path, path, filter_)
                return None
            known = _Known(inside[name], f"{known.path}.{name}")
        return known

    def _unknown(self, told: str, path: str, filter_: str | None) -> None:
        if len(self.out.problems) >= MOST_PROBLEMS:
            return
        meant = meant_by(path, {name: known.fact for name, known in self.scope.items()})
        tag = self.tag.replace(path, meant, 1) if meant and not filter_ else ""
        if meant and self.tag.startswith("{{"):
            fact = self._fact_at(meant)
            keeps = filter_ if fact is not None and filter_ in fact.kind.filters else None
            tag = _tag(meant, f"|{keeps}" if keeps else filter_for(fact) if fact else "")
        self._problem(f"There is no fact called {told} for this paper.", suggestion=tag)

    def _fact_at(self, path: str) -> Fact | None:
        first, *rest = path.split(".")
        known = self.scope.get(first)
        fact = known.fact if known else None
        for name in rest:
            fact = facts_in(fact.of).get(name) if fact is not None and fact.of is not None else None
        return fact

    def _refuse_unguarded(self, path: str) -> None:
        """A fact that a complete paper may lack stands inside an if on it, or its absence would print as nothing."""
        guarded = {left.path for left in self.stack if left.word == "if" and not left.in_else}
        steps = path.split(".")
        known = self.scope.get(steps[0])
        for place in range(1, len(steps) + 1):
            prefix = ".".join(steps[:place])
            if not prefix or known is None:
                return
            if place > 1:
                known = _Known(facts_in(known.fact.of)[steps[place - 1]], prefix) if known.fact.of else None
            if known is not None and known.fact.optional and prefix not in guarded:
                self._problem(f"{prefix} may be absent: put an if on it round this.")
                return

    # ── marks ──

    def _mark(self, source: str) -> str:
        self.marks.append(source)
        return f"\ue000{len(self.marks) - 1}\ue001"

    def _before(self, element: Element, text: str) -> None:
        earlier = element.getprevious()
        if earlier is not None:
            earlier.tail = (earlier.tail or "") + text
        else:
            parent = element.getparent()
            parent.text = (parent.text or "") + text

    def _replace(self, element: Element, source: str) -> None:
        self._before(element, self._mark(source))
        take_out(element)


def _tag(path: str, filter_: str) -> str:
    return f"{{{{ {path}{filter_} }}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)


def _why_not(tag: str) -> str:
    inside = tag[2:-2]
    if tag.startswith("{#"):
        return "comments are not allowed; use a paragraph in the style Guidance."
    if re.search(r"(^|[.\s])_", inside):
        return "names that begin with _ are never allowed."
    if "(" in inside or "[" in inside:
        return "calls and brackets are not allowed."
    if re.search(r"[-+*/%~<>=!]|\b(and|or|not|is)\b", inside):
        return "sums and comparisons are not allowed; what must be worked out comes as a fact."
    if inside.count("|") > 1:
        return "one filter at most."
    return "use the name of a fact, for … in …, if …, else, endif or endfor."
