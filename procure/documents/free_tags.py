"""Tags of a template that belongs to no paper yet: whether they are harmless, and what they name.

Here the wider language of docxtpl is understood, with comparisons and its marks for rows, pictures and cells. What a
tag may say is a short list all the same, judged on the tree that Jinja reads it as: nothing is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from procure.documents.dialect import DEEPEST_LOOP, FILTERS, LOOSE, NOTES, TALKING_PARTS, place_of
from procure.documents.paragraphs import TAG, Styles, W, near, parser, texts_of
from procure.documents.problems import MOST_PROBLEMS, Problem

OF_WORD = re.compile(r"\{%\s*(cellbg|colspan)\s+(.*?)%\}|\{%\s*(hm|vm)\s*%\}", re.S)
"""Marks of docxtpl for a table cell; they print no words."""
MARK = re.compile(r"^(\{[{%])-?(?:p|tr|tc|r)(?=\s)")
HARMLESS_FILTERS = frozenset(
    {*FILTERS, "e", "escape", "default", "d", "upper", "lower", "title", "capitalize", "trim", "count", "length"}
)
HARMLESS_TESTS = frozenset({"defined", "undefined", "none", "true", "false"})
QUOTES = str.maketrans("‘’“”", "''\"\"")
READ_BY_JINJA = Environment(autoescape=True)  # reads only; nothing is compiled or run
STATEMENTS = (nodes.If, nodes.For, nodes.Output, nodes.Template)
EXPRESSIONS = (nodes.Name, nodes.Const, nodes.TemplateData, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test,
               nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr)  # fmt: skip
REASONS: tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], str], ...] = (
    ((nodes.Call, nodes.CallBlock), "Calls are not allowed."),
    ((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends, nodes.Block),
     "A template can’t bring in another one."),
    (nodes.Macro, "Macros are not allowed."),
    ((nodes.Assign, nodes.AssignBlock), "Setting names is not allowed."),
    ((nodes.BinExpr, nodes.UnaryExpr, nodes.Concat), "Sums are not allowed; what must be worked out comes as a fact."),
)  # fmt: skip


@dataclass(frozen=True)
class _Tag:
    text: str
    where: str


def tags_and_problems(parts: Mapping[str, bytes]) -> tuple[list[str], list[Problem], bool]:
    """What the tags of a document name, what is wrong with them, and whether there are any."""
    styles = Styles(_tree(parts.get("word/styles.xml")), NOTES)
    names: dict[str, None] = {}
    problems: list[Problem] = []
    has_tags = False
    for part in sorted(filter(TALKING_PARTS.fullmatch, parts)):
        root = _tree(parts[part])
        tags = list(_tags(root, styles, place_of(part), problems)) if root is not None else []
        has_tags = has_tags or bool(tags)
        names |= dict.fromkeys(_judge(tags, problems))
    return list(names), problems[:MOST_PROBLEMS], has_tags or bool(problems)


def _tree(content: bytes | None) -> etree._Element | None:
    return etree.fromstring(content, parser()) if content else None


def _tags(root: etree._Element, styles: Styles, place: str, problems: list[Problem]) -> Iterator[_Tag]:
    heading = ""
    for count, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        text = "".join(piece.text or "" for piece in texts_of(paragraph)).strip()
        if text and styles.is_heading(paragraph):
            heading = near(text, "")
        if "{" not in text and "}" not in text:
            continue
        under = f" under “{heading}”" if heading and heading != near(text, "") else ""
        for tag in TAG.findall(text):
            yield _Tag(tag, f"{place} {count}{under}, “{near(text, tag)}”")
        rest = TAG.sub("", text)
        if loose := LOOSE.search(rest):
            said = "A tag is opened and not closed, or closed and not opened."
            problems.append(Problem(f"{place} {count}{under}, “{near(text, loose[0])}”", said, near(rest, loose[0])))


def _judge(tags: list[_Tag], problems: list[Problem]) -> list[str]:
    """One line of Jinja for each tag, so that the line of a fault tells its tag."""
    lines = [_as_jinja(tag.text) for tag in tags]
    try:
        tree = READ_BY_JINJA.parse("\n".join(lines))
    except TemplateSyntaxError as error:
        tag = tags[min(max(error.lineno, 1), len(tags)) - 1]
        problems.append(Problem(tag.where, f"The tag can’t be read: {_plain(error.message or '')}.", tag.text))
        return []
    except RecursionError:
        problems.append(Problem(tags[0].where, "Its tags stand too deep inside one another."))
        return []
    judge = _Judge(tags, problems)
    try:
        judge.walk(tree, {}, 0)
    except RecursionError:
        problems.append(Problem(tags[0].where, "Its tags stand too deep inside one another."))
    return list(judge.names)


def _as_jinja(tag: str) -> str:
    of_word = OF_WORD.fullmatch(tag)
    if of_word is not None:
        return "" if of_word[3] else f"{{{{ {_flat(of_word[2])} }}}}"
    return MARK.sub(r"\1", _flat(tag))


def _flat(text: str) -> str:
    return " ".join(text.translate(QUOTES).split())


def _plain(message: str) -> str:
    if "unknown tag" in message:
        return "it closes nothing that is open, or is no word of the template language"
    if "end of template" in message:
        return "an if or a for is opened and not closed"
    return message.rstrip(".").replace("Jinja", "the template language")


class _Judge:
    """Walks the tree of all tags of one part."""

    def __init__(self, tags: list[_Tag], problems: list[Problem]) -> None:
        self.tags = tags
        self.problems = problems
        self.names: dict[str, None] = {}

    def walk(self, node: nodes.Node, rows: Mapping[str, str], depth: int) -> None:
        """Judges a node and what is in it. `rows` says of which list each name of a row is."""
        if isinstance(node, nodes.For):
            self._for(node, rows, depth)
            return
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            path = self._path(node, rows)
            if path:
                self.names.setdefault(path)
            return
        if not isinstance(node, (*STATEMENTS, *EXPRESSIONS)):
            self._refuse(node, next((said for kinds, said in REASONS if isinstance(node, kinds)), "It is not allowed."))
            return
        if isinstance(node, nodes.Filter):
            self._filter(node)
        elif isinstance(node, nodes.Test) and node.name not in HARMLESS_TESTS:
            self._refuse(node, f"There is no test called {node.name}.")
        for child in node.iter_child_nodes():
            self.walk(child, rows, depth)

    def _for(self, node: nodes.For, rows: Mapping[str, str], depth: int) -> None:
        path = self._path(node.iter, rows)
        if path is None or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            self._refuse(node, "A loop goes through one list by its name, and each row has one name.")
            return
        if depth >= DEEPEST_LOOP:
            self._refuse(node, f"Lists may stand inside lists {DEEPEST_LOOP} deep, not more.")
            return
        self.names.setdefault(path)
        inner = {**rows, node.target.name: f"{path}[]"}
        for child in (*node.body, *node.else_):
            self.walk(child, inner, depth + 1)

    def _path(self, node: nodes.Node, rows: Mapping[str, str]) -> str | None:
        """The path that a name stands for; None where it is refused or is no name."""
        if isinstance(node, nodes.Name):
            if node.name.startswith("_"):
                self._refuse(node, "Names that begin with _ are never allowed.")
                return None
            return rows.get(node.name, node.name)
        if isinstance(node, nodes.Getattr):
            step = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            step = str(node.arg.value)
        else:
            self._refuse(node, next((said for kinds, said in REASONS if isinstance(node, kinds)), "It is not allowed."))
            return None
        if step.startswith("_"):
            self._refuse(node, "Names that begin with _ are never allowed.")
            return None
        before = self._path(node.node, rows)
        if before is None:
            return None
        return f"{before}[]" if isinstance(node, nodes.Getitem) and step.isdecimal() else f"{before}.{step}"

    def _filter(self, node: nodes.Filter) -> None:
        if node.name not in HARMLESS_FILTERS:
            self._refuse(node, f"There is no filter called {node.name}. The filters are {', '.join(FILTERS)}.")
        elif node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "Calls are not allowed.")

    def _refuse(self, node: nodes.Node, sentence: str) -> None:
        tag = self.tags[min(max(node.lineno, 1), len(self.tags)) - 1]
        problem = Problem(tag.where, sentence, tag.text)
        if len(self.problems) < MOST_PROBLEMS and problem not in self.problems[-5:]:
            self.problems.append(problem)
