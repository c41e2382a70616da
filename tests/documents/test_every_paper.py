"""What must be true of every declared paper, by a loop over the declarations."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import pytest
from lxml import etree

from procure.documents.declare import Document, draft_bytes, gaps_in, issue_bytes, problems_in
from procure.documents.dialect import fields_used, names_for
from procure.documents.gaps import Gap, HasGaps
from procure.documents.kinds import LIST, RECORD, facts_in, walk, wrong_facts
from procure.documents.masters import build
from procure.documents.reading import as_html
from procure.documents.shared_facts import CouncilFacts, DocumentFacts
from tests.documents.papers import PAPERS, W, changed, meta_for, opened, parts_of, texts_in, words_of

every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
SHARED = "procure.documents.shared_facts"


def _own_paths(facts_type: type, prefix: str = "") -> set[str]:
    """Paths of the facts that belong to one paper alone: groups that papers share are left out."""
    own: set[str] = set()
    for name, fact in facts_in(facts_type).items():
        if fact.of is None:
            own.add(f"{prefix}{name}")
        elif fact.of.__module__ != SHARED:
            own |= _own_paths(fact.of, f"{prefix}{name}[]." if fact.kind is LIST else f"{prefix}{name}.")
    return own


@every_paper
def test_the_template_is_good(paper: Document) -> None:
    assert [str(problem) for problem in problems_in(paper, paper.path.read_bytes())] == []


@every_paper
def test_the_sample_is_of_the_kinds_it_declares(paper: Document) -> None:
    assert wrong_facts(paper.sample()) == []


@every_paper
def test_a_papers_own_facts_are_exactly_what_its_template_names(paper: Document) -> None:
    used = fields_used(paper.path.read_bytes(), paper.facts)
    assert _own_paths(paper.facts) - used == set()


def test_every_shared_fact_is_printed_by_some_paper() -> None:
    declared: set[tuple[type, str]] = set()
    printed: set[tuple[type, str]] = set()
    for paper in PAPERS:
        used = fields_used(paper.path.read_bytes(), paper.facts)
        for top, fact in names_for(paper.facts).items():
            for path, group in [(top, fact), *walk(paper.facts)]:
                if group.of is None or group.of.__module__ != SHARED:
                    continue
                below = f"{path}[]." if group.kind is LIST else f"{path}."
                for name, inner in facts_in(group.of).items():
                    if inner.kind is not RECORD:
                        declared.add((group.of, name))
                        if below + name in used:
                            printed.add((group.of, name))
    unused = {f"{owner.__name__}.{name}" for owner, name in declared - printed}
    # Who prepared a paper also goes into the properties of the file, which no template names.
    assert unused <= {"DocumentFacts.title"}


@every_paper
def test_it_renders_from_its_sample_with_nothing_left_over(paper: Document) -> None:
    words = words_of(issue_bytes(paper, paper.sample(), meta_for(paper)))
    assert not re.search(r"\{\{|\{%|%\}|\}\}|◆|Undefined|Gap\(", words)


@every_paper
def test_the_words_of_the_facts_come_out(paper: Document) -> None:
    facts = paper.sample()
    words = words_of(issue_bytes(paper, facts, meta_for(paper)))
    flat = re.sub(r"\s+", "", words).lower()
    expected = [piece for text in texts_in(facts) for piece in text.split("\n") if piece]
    lost = [piece for piece in expected if re.sub(r"\s+", "", piece).lower() not in flat]
    assert len(lost) <= len(expected) * 0.25, lost
    assert "PRO-2027-014" in words
    assert "Version 1.0, issued 5 July 2027" in words
    assert "Page " in words


@every_paper
def test_a_gap_shows_in_the_draft_and_refuses_issue(paper: Document) -> None:
    gap = Gap("full name of the council", where="Council", href="/council")
    facts = changed(paper.sample(), "council.name", gap)
    assert gaps_in(paper, facts, meta_for(paper)) == [gap]
    draft = draft_bytes(paper, facts, meta_for(paper))
    assert "◆ full name of the council ◆" in words_of(draft)
    assert b'<w:highlight w:val="yellow"/>' in parts_of(draft)["word/document.xml"]
    with pytest.raises(HasGaps, match="full name of the council") as refused:
        issue_bytes(paper, facts, meta_for(paper))
    assert refused.value.gaps == (gap,)


@every_paper
def test_an_empty_string_is_a_gap_and_never_a_blank(paper: Document) -> None:
    facts = changed(paper.sample(), "council.name", "  ")
    assert gaps_in(paper, facts, meta_for(paper)) == [Gap("full name of the council")]


@every_paper
def test_odd_names_survive(paper: Document) -> None:
    name = 'Smith & Sons <Ltd> "O\'Neil" {{ 7 }} {% if %} ]]>'
    facts = changed(paper.sample(), "council.name", name)
    assert name in words_of(issue_bytes(paper, facts, meta_for(paper)))


@every_paper
def test_control_characters_are_left_out(paper: Document) -> None:
    facts = changed(paper.sample(), "council.name", "Bark\x00ing\x0b and\x1f Dagen\ud800ham\ufffe")
    paper_made = issue_bytes(paper, facts, meta_for(paper))
    assert "Barking and Dagenham" in re.sub(r"\s+", " ", words_of(paper_made))


@every_paper
def test_the_same_facts_give_the_same_bytes(paper: Document) -> None:
    made = {issue_bytes(paper, paper.sample(), meta_for(paper)) for _ in range(3)}
    assert len(made) == 1
    with zipfile.ZipFile(io.BytesIO(made.pop())) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@every_paper
def test_notes_to_officers_stand_in_drafts_only(paper: Document) -> None:
    facts, meta = paper.sample(), meta_for(paper)
    notes = re.compile(r"Guidance: |Ask and record: |Model words: ")
    assert bool(notes.search(words_of(draft_bytes(paper, facts, meta)))) == ("> GUIDANCE" in _source(paper))
    assert not notes.search(words_of(draft_bytes(paper, facts, meta, notes=False)))
    issued = issue_bytes(paper, facts, meta)
    assert not notes.search(words_of(issued))
    used = {
        style.get(f"{W}val") for style in etree.fromstring(parts_of(issued)["word/document.xml"]).iter(f"{W}pStyle")
    }
    assert not used & {"Guidance", "Ask", "Example", "Model"}


@every_paper
def test_a_draft_says_so_on_every_page_and_an_issued_paper_does_not(paper: Document) -> None:
    facts, meta = paper.sample(), meta_for(paper)
    draft = parts_of(draft_bytes(paper, facts, meta))
    headers = [part for name, part in draft.items() if name.startswith("word/header")]
    assert len(headers) >= 3
    assert all(b'string="DRAFT"' in header for header in headers)
    assert "Draft of version 1.0, not issued" in words_of(draft_bytes(paper, facts, meta))
    assert not any(b"DRAFT" in part for part in parts_of(issue_bytes(paper, facts, meta)).values())


@every_paper
def test_example_figures_are_marked(paper: Document) -> None:
    told = "Example figures: this paper was made from demonstration data."
    meta = meta_for(paper)
    assert told in words_of(issue_bytes(paper, paper.sample(), meta))
    real = issue_bytes(paper, paper.sample(), changed(meta, "is_example", False))
    assert told not in words_of(real)
    assert "Demonstration" not in words_of(real)


@every_paper
def test_the_master_is_built_from_its_words(paper: Document) -> None:
    assert paper.path.read_bytes() == build(_source(paper)), (
        f"rebuild: python -m procure.documents.masters {paper.path}"
    )


@every_paper
def test_it_is_accessible(paper: Document) -> None:
    made = opened(issue_bytes(paper, paper.sample(), meta_for(paper)))
    assert made.core_properties.title == paper.title
    assert made.core_properties.subject == "PRO-2027-014"
    assert made.core_properties.author == "Procurement Officer"
    assert made.core_properties.language == "en-GB"
    styles = [paragraph.style.name for paragraph in made.paragraphs if paragraph.style and paragraph.text.strip()]
    assert styles.count("Title") + styles.count("Letter title") == 1
    for table in made.tables:
        first = table.rows[0]._tr
        is_headed = first.find(f"{W}trPr/{W}tblHeader") is not None
        look = table._tbl.tblPr.find(f"{W}tblLook")
        assert is_headed or look.get(f"{W}firstColumn") == "1"
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
        assert all(cell.text.strip() for row in table.rows for cell in row.cells), "an empty cell"
        assert len({len(row._tr.findall(f"{W}tc")) for row in table.rows}) == 1
        assert len(table._tbl.tblGrid.findall(f"{W}gridCol")) == len(first.findall(f"{W}tc"))


@every_paper
def test_numbers_come_from_lists_and_are_never_typed(paper: Document) -> None:
    made = opened(issue_bytes(paper, paper.sample(), meta_for(paper)))
    assert not [each.text for each in made.paragraphs if re.match(r"(\d+\.(\d+|n)? |\([ivxa-h]+\) )", each.text)]


@every_paper
def test_it_reads_as_a_page(paper: Document) -> None:
    page = as_html(draft_bytes(paper, changed(paper.sample(), "council.name", '<script>&"'), meta_for(paper)))
    assert "&lt;script&gt;&amp;" in page
    assert not re.search(r"<script|style=|javascript:|on\w+=", page)
    root = etree.fromstring(page.replace("<br>", "<br/>"))
    assert {element.tag for element in root.iter()} <= {
        "div", "h1", "h2", "h3", "p", "span", "strong", "em", "mark", "br", "ul", "li",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    labels = Counter(region.get("aria-label") for region in root.iter("div") if region.get("role") == "region")
    assert set(labels.values()) == {1} or not labels
    assert all(region.get("tabindex") == "0" for region in root.iter("div") if region.get("role") == "region")
    assert all(head.get("scope") in ("col", "row") for head in root.iter("th"))
    assert len(root.findall(".//h1")) == 1


def test_a_page_shows_the_numbers_that_word_counts() -> None:
    paper = PAPERS[1]
    page = as_html(issue_bytes(paper, paper.sample(), meta_for(paper)))
    words = re.sub(r"<[^>]+>", "", page)
    for shown in ("1 Summary", "(iii) Delegate authority", "4.2 The contract that now runs", "8.2 Legal implications"):
        assert shown in words
    appraisal = as_html(issue_bytes(PAPERS[0], PAPERS[0].sample(), meta_for(PAPERS[0])))
    assert "Annex B. Cost by year" in re.sub(r"<[^>]+>", "", appraisal)


def test_document_facts_are_not_part_of_any_papers_facts() -> None:
    for paper in PAPERS:
        assert "document" not in facts_in(paper.facts)
        assert facts_in(paper.facts)["council"].of is CouncilFacts
        assert names_for(paper.facts)["document"].of is DocumentFacts


def _source(paper: Document) -> str:
    return paper.path.with_suffix(".md").read_text(encoding="utf-8")
