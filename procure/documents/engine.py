"""What templates are compiled with: a template prints nothing but what is said, and marks where its tables are.

The reader of templates lets through only names of declared facts (`dialect.py`), so a compiled template takes them
straight from the facts. Anything inside a gap is that gap: a missing contract has a missing supplier.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import SandboxedEnvironment

from procure import words
from procure.documents.dialect import FILTERS
from procure.documents.gaps import Gap
from procure.documents.saying import Unprintable, gap_paragraph, gap_run, pieces, rows, say, some_rows, unknown
from procure.documents.tables import MARKS

SAYING = ("say", "gap_run", "gap_paragraph")
"""The filters that escape what they print."""
MARKED = re.compile("({})".format("|".join(map(re.escape, MARKS))))


class _SayingOnly(CodeGenerator):
    """Compiles a template that prints nothing but through the filters that escape, and its marks as pieces apart."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        for one in node.nodes:
            if isinstance(one, nodes.TemplateData):
                for place, piece in enumerate(MARKED.split(one.data)):
                    if piece:
                        self.writeline(f"yield environment.marks[{piece!r}]" if place % 2 else f"yield {piece!r}", one)
            elif getattr(one, "name", "") in SAYING:
                self.writeline("yield ", one)
                self.visit(one, frame)
            else:
                raise Unprintable(f"line {one.lineno} of a template prints without escaping")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if node.attr.startswith("_"):
            super().visit_Getattr(node, frame)
            return
        self.write(f"(held.{node.attr} if (held := ")
        self.visit(node.node, frame)
        self.write(").__class__ is not environment.gap else held)")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        raise Unprintable(f"line {node.lineno} of a template calls something")


class Environment(SandboxedEnvironment):
    """The sandbox, with the marks and the kind of a gap for what it compiles."""

    code_generator_class = _SayingOnly
    gap = Gap
    marks = MARKS

    def pieces(self, template: Template, known: dict[str, Any]) -> list[str]:
        """A template filled, in the pieces it is made of; what is a `Mark` among them says where a table is."""
        return list(template.root_render_func(template.new_context(known)))


def _passing_gaps_by(filter_: Callable[[Any], str]) -> Callable[[Any], Any]:
    def print_fact(value: Any) -> Any:
        return value if value is None or isinstance(value, Gap) else filter_(value)

    return print_fact


def _day_of(filter_: Callable[[date], str]) -> Callable[[Any], str]:
    """A moment's day is its day in London."""

    def print_day(value: Any) -> str:
        return filter_(value.astimezone(words.LONDON).date() if hasattr(value, "astimezone") else value)

    return print_day


def _environment() -> Environment:
    # Every printed word passes through `say`, which escapes it; `_SayingOnly` sees to that for each template.
    environment = Environment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        cache_size=0,
        auto_reload=False,
        optimized=False,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    for name in FILTERS:
        filter_ = getattr(words, name)
        if name in ("day", "weekday", "short"):
            filter_ = _day_of(filter_)
        environment.filters[name] = _passing_gaps_by(filter_)
    environment.filters |= {
        "say": say, "gap_run": gap_run, "gap_paragraph": gap_paragraph,
        "rows": rows, "some_rows": some_rows, "pieces": pieces,
    }  # fmt: skip
    environment.tests["unknown"] = unknown
    return environment


ENVIRONMENT = _environment()
