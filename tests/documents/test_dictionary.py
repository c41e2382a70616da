"""The data dictionary of every paper says what its templates may print, and facts that were kept can be read back."""

from __future__ import annotations

from datetime import date

import pytest

from procure.documents.declare import Document
from procure.documents.dialect import check_template, names_for
from procure.documents.dictionary import dictionary_of, found_in
from procure.documents.kept_facts import facts_from
from procure.documents.kinds import LIST, facts_kept, walk
from procure.documents.suggesting import printable
from tests.documents.papers import PAPERS, meta_for
from tests.documents.test_template_checks import template

DAY = date(2027, 7, 5)
MADE_IN_WORD = [paper for paper in PAPERS if paper.template.endswith(".docx")]
each_paper = pytest.mark.parametrize("paper", MADE_IN_WORD, ids=lambda paper: paper.name)


@each_paper
def test_every_fact_is_in_it_and_what_it_says_to_type_is_accepted(paper: Document) -> None:
    groups = dictionary_of(paper, DAY)
    entries = {one.name: one for group in groups for one in group.entries}
    told = {path for path, fact in walk(paper.facts) if fact.of is None or fact.kind is LIST}
    assert told <= set(entries)
    known = dict(printable(names_for(paper.facts).items()))
    optional = {name for name, fact in known.items() if fact.optional}
    plain = [
        one
        for one in entries.values()
        if "[]" not in one.name
        and not any(one.name.startswith(f"{name}.") for name in optional)
        and not one.printed[0].startswith("{%tr")
    ]
    assert plain
    words = "\n".join("".join(one.printed) for one in plain)
    assert [str(problem) for problem in check_template(template(words), paper.facts)] == []


@each_paper
def test_facts_that_were_kept_are_read_back_as_they_were(paper: Document) -> None:
    facts = paper.sample()
    assert facts_from(facts_kept(facts, meta_for(paper)), paper.facts) == facts


def test_it_is_searched_by_meaning_as_well_as_by_name() -> None:
    [letter] = [paper for paper in MADE_IN_WORD if paper.name == "letter-to-winner"]
    groups = dictionary_of(letter, DAY)
    by_name = {one.name for group in found_in(groups, "Council.name") for one in group.entries}
    assert by_name == {"council.name"}
    assert any(one.name == "council.name" for group in found_in(groups, "full NAME") for one in group.entries)
    assert found_in(groups, "no such thing") == []
