"""docxtpl, whose dialect the masters speak, as the oracle: the same documents, but for what is named here as meant."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from jinja2 import Environment

from procure.documents import render
from procure.documents.declare import Document, issue_bytes
from procure.documents.dialect import FILTERS, check_template
from procure.documents.emphasis import Marked
from procure.documents.kinds import Day, Money, Rows, Words, YesNo
from procure.documents.shared_facts import DocumentFacts, Line, lines
from tests.documents.canonical import canonical
from tests.documents.papers import PAPERS, meta_for, opened, parts_of, with_part, with_words, words_of
from tests.documents.test_template_checks import META
from tests.documents.test_template_checks import template as of_lines

docxtpl = pytest.importorskip("docxtpl")


def by_docxtpl(template: bytes, facts: Any, meta: DocumentFacts, **own: Any) -> bytes:
    """The document as docxtpl makes it, with our filters; `own` are facts in its own types."""
    environment = Environment(autoescape=True)
    environment.filters |= {name: render.ENVIRONMENT.filters[name] for name in FILTERS}
    oracle = docxtpl.DocxTemplate(io.BytesIO(template))
    known = {field.name: getattr(facts, field.name) for field in fields(facts)} | {"document": meta} | own
    oracle.render(known, environment)
    held = io.BytesIO()
    oracle.save(held)
    return held.getvalue()


def in_one_paragraph(facts: Any) -> Any:
    """The same facts, no text of which was typed in several paragraphs."""
    if isinstance(facts, tuple):
        return tuple(map(in_one_paragraph, facts))
    if is_dataclass(facts):
        inside = {field.name: in_one_paragraph(getattr(facts, field.name)) for field in fields(facts)}
        return replace(facts, **inside)  # type: ignore[type-var]
    return facts.replace("\n\n", "\n") if isinstance(facts, str) else facts


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_paper_is_what_docxtpl_makes_of_it(paper: Document) -> None:
    facts, meta = in_one_paragraph(paper.sample()), replace(meta_for(paper), is_draft=False)
    master = paper.path.read_bytes()
    repeats_columns = b"{%tc" in parts_of(master)["word/document.xml"]
    ours, theirs = issue_bytes(paper, facts, meta), by_docxtpl(master, facts, meta)
    assert canonical(ours, widths=not repeats_columns) == canonical(theirs, widths=not repeats_columns)


# ── one template for each construct ──


@dataclass(frozen=True)
class Part:
    """A section of a report, with lists in it."""

    title: Annotated[Words, "title of the part"]
    points: Annotated[Rows[Line], "points"]
    note: Annotated[Words | None, "note"]


@dataclass(frozen=True)
class Report:
    """Facts for a template of each construct."""

    title: Annotated[Words, "title"]
    address: Annotated[Words, "address"]
    on: Annotated[Day, "day"]
    value: Annotated[Money, "value"]
    is_long: Annotated[YesNo, "whether it is long"]
    parts: Annotated[Rows[Part], "parts"]
    years: Annotated[Rows[Line], "years"]


FACTS = Report(
    "Grounds & <care>", "1 High Street\nBarking\tIG11 7LU", date(2028, 2, 29), Decimal("1234.50"), True,
    (
        Part("Trees", lines("Oak", "Ash"), "Check & <prune>"),
        Part("Grass", lines("Mow"), None),
    ),
    lines("2028", "2029", "2030"),
)  # fmt: skip

CELL = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'


def rows_xml(*rows: tuple[str, ...]) -> str:
    """A plain table, in a template."""
    made = "".join(f"<w:tr>{''.join(CELL.format(cell) for cell in row)}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>{made}</w:tbl>'


def with_table(*rows: tuple[str, ...]) -> bytes:
    return with_words(of_lines("TABLE"), '<w:p><w:r><w:t xml:space="preserve">TABLE</w:t></w:r></w:p>', rows_xml(*rows))


def with_look(template: bytes, look: str) -> bytes:
    """The same template, its first tag in a run of a look of its own."""
    run = '<w:r><w:t xml:space="preserve">{{'
    return with_words(template, run, run.replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>"))


def with_list_levels(template: bytes) -> bytes:
    """The same template, each line that begins with a number of stars on that level of a list."""
    body = parts_of(template)["word/document.xml"].decode()
    for level in (0, 1):
        listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        start = f'<w:p><w:r><w:t xml:space="preserve">{"*" * (level + 1)} '
        body = body.replace(start, f'<w:p>{listed}<w:r><w:t xml:space="preserve">')
    return with_part(template, "word/document.xml", body.encode())


def with_footnote(template: bytes, words: str) -> bytes:
    """The same template with a part of footnotes that says these words."""
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    part = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{note}</w:footnotes>'
    named = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = parts_of(template)["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{named}"/></Types>')
    relations = parts_of(template)["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/>'
    made = with_part(template, "[Content_Types].xml", types.encode())
    made = with_part(
        made,
        "word/_rels/document.xml.rels",
        relations.replace("</Relationships>", relation + "</Relationships>").encode(),
    )
    return with_part(made, "word/footnotes.xml", part.encode())


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360f8cfc0f01f0005000"
    "1ff56c7d5a40000000049454e44ae426082"
)  # fmt: skip
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="Arms" descr="Arms of the council"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="Arms"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdArms"/></pic:blipFill>'
    "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def with_picture(template: bytes) -> bytes:
    """The same template with a picture at its end."""
    parts = parts_of(template)
    body = parts["word/document.xml"].decode().replace("<w:sectPr", f"{DRAWING}<w:sectPr", 1)
    types = parts["[Content_Types].xml"].decode()
    types = re.sub(r"(<Types[^>]*>)", r'\1<Default Extension="png" ContentType="image/png"/>', types, count=1)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rIdArms" Type="{kind}" Target="media/arms.png"/>'
    relations = parts["word/_rels/document.xml.rels"].decode()
    made = with_part(template, "word/document.xml", body.encode())
    made = with_part(made, "[Content_Types].xml", types.encode())
    made = with_part(
        made, "word/_rels/document.xml.rels",
        relations.replace("</Relationships>", f"{relation}</Relationships>").encode(),
    )  # fmt: skip
    return with_part(made, "word/media/arms.png", PIXEL)


CONSTRUCTS: dict[str, bytes] = {
    "line breaks and tabs in values": of_lines("To: {{ address }}, {{ title }}"),
    "values in a look of their own": with_look(
        of_lines("{{ title }} and {{ address }}"), '<w:i/><w:color w:val="FF0000"/>'
    ),
    "conditions in a sentence": of_lines(
        "{{ title }} is {% if is_long %}long{% else %}short{% endif %}, from {{ on|day }}, for {{ value|pence }}."
    ),
    "conditional paragraphs": of_lines(
        "{%p if is_long %}\nA long one: {{ title }}\n{%p else %}\nA short one\n{%p endif %}\nThe end."
    ),
    "repeated sections": of_lines(
        "{%p for part in parts %}\nPart {{ part.title }}\n{%p if part.note %}\nNote: {{ part.note }}\n{%p endif %}\n"
        "After it.\n{%p endfor %}"
    ),
    "nested lists": with_list_levels(
        of_lines(
            "{%p for part in parts %}\n* {{ part.title }}, first level\n{%p for point in part.points %}\n"
            "** {{ point.text }}, second level\n{%p endfor %}\n{%p endfor %}"
        )
    ),
    "a table that grows by rows": with_table(
        ("Part", "Note"),
        ("{%tr for part in parts %}", ""),
        ("{{ part.title }}", "{% if part.note %}{{ part.note }}{% else %}–{% endif %}"),
        ("{%tr endfor %}", ""),
    ),
    "a table that grows by columns": with_table(
        ("Year", "{%tc for y in years %}", "{{ y.text }}", "{%tc endfor %}"),
        ("Value", "{%tc for y in years %}", "{{ value|pounds }}", "{%tc endfor %}"),
    ),
    "a picture": with_picture(of_lines("{{ title }}")),
    "a footnote": with_footnote(of_lines("{{ title }}"), "Measured in hectares."),
    "rows left out": with_table(
        ("Title", "{{ title }}"), ("{%tr if is_long %}", ""), ("Long", "{{ on|weekday }}"), ("{%tr endif %}", "")
    ),
}  # fmt: skip


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_construct_comes_out_as_docxtpl_makes_it(construct: str) -> None:
    template = CONSTRUCTS[construct]
    assert check_template(template, Report) == []
    meta = replace(META, is_draft=False)
    by_columns = "columns" in construct
    ours, theirs = render.issued(template, FACTS, meta), by_docxtpl(template, FACTS, meta)
    assert canonical(ours, widths=not by_columns) == canonical(theirs, widths=not by_columns)
    assert any(said in words_of(ours) for said in ("Grounds", "Trees", "2029"))


def test_a_picture_of_the_template_is_in_the_paper_byte_for_byte() -> None:
    made = render.issued(CONSTRUCTS["a picture"], FACTS, replace(META, is_draft=False))
    assert parts_of(made)["word/media/arms.png"] == PIXEL
    assert [shape.type for shape in opened(made).inline_shapes]


def test_bold_in_a_value_comes_out_as_docxtpls_rich_text() -> None:
    meta = replace(META, is_draft=False)
    rich = docxtpl.RichText()
    for words, bold in (("Plant ", False), ("oak & <ash>", True), (" here.", False)):
        rich.add(words, bold=bold)
    theirs = by_docxtpl(of_lines("{{r title }}"), FACTS, meta, title=rich)
    ours = render.issued(of_lines("{{ title }}"), replace(FACTS, title=Marked("Plant **oak & <ash>** here.")), meta)
    assert canonical(ours) == canonical(theirs)


def test_stars_are_bold_only_where_the_answer_says_so_and_in_the_look_round_them() -> None:
    meta = replace(META, is_draft=False)
    template = with_look(of_lines("{{ title }}"), '<w:rFonts w:ascii="Arial"/><w:i/>')
    plain = render.issued(template, replace(FACTS, title="a ** b **c** d"), meta)
    assert "a ** b **c** d" in words_of(plain)
    bold = render.issued(template, replace(FACTS, title=Marked("2 ** 3 and **one\ntwo**")), meta)
    body = parts_of(bold)["word/document.xml"].decode()
    assert '<w:rFonts w:ascii="Arial"/><w:b/><w:bCs/><w:i/></w:rPr><w:t xml:space="preserve">one</w:t><w:br/>' in body
    assert "2 ** 3 and " in words_of(bold)


# ── where it differs, and means to ──


def test_text_typed_in_paragraphs_stays_in_paragraphs_where_docxtpl_prints_line_breaks() -> None:
    meta, facts = replace(META, is_draft=False), replace(FACTS, title="One\n\nTwo")
    template = of_lines("{{ title }}")
    ours = parts_of(render.issued(template, facts, meta))["word/document.xml"]
    theirs = parts_of(by_docxtpl(template, facts, meta))["word/document.xml"]
    assert (ours.count(b"<w:br/>"), theirs.count(b"<w:br/>")) == (0, 2)


def test_columns_share_the_width_of_the_table_where_docxtpl_lets_it_grow() -> None:
    meta, template = replace(META, is_draft=False), CONSTRUCTS["a table that grows by columns"]
    ours, theirs = (
        [line for line in canonical(made)["word/document.xml"] if line.startswith("<tcW")]
        for made in (render.issued(template, FACTS, meta), by_docxtpl(template, FACTS, meta))
    )
    assert len(ours) == len(theirs) == 8
    assert ours != theirs


def test_dates_are_held_together_notes_vanish_and_short_tables_keep_their_rows_where_docxtpl_does_none_of_it() -> None:
    paper = next(one for one in PAPERS if one.name == "exit-plan")
    facts, meta = paper.sample(), replace(meta_for(paper), is_draft=False)
    ours = issue_bytes(paper, facts, meta)
    theirs = by_docxtpl(paper.path.read_bytes(), facts, meta)
    assert "31\u00a0March\u00a02031" in parts_of(ours)["word/document.xml"].decode()
    assert "31\u00a0March\u00a02031" not in parts_of(theirs)["word/document.xml"].decode()
    assert "Guidance: " not in words_of(ours) and "Guidance: " in words_of(theirs)
    kept = b'<w:pStyle w:val="TableText"/><w:keepNext/>'
    assert parts_of(ours)["word/document.xml"].count(kept) > parts_of(theirs)["word/document.xml"].count(kept)


def test_what_word_calls_damage_is_left_out_where_docxtpl_gives_it_a_meaning() -> None:
    meta, facts = replace(META, is_draft=False), replace(FACTS, title="One\x07Two\x0cThree\x00Four")
    ours = words_of(render.issued(of_lines("{{ title }}"), facts, meta))
    assert "OneTwo" in ours and "ThreeFour" in ours
