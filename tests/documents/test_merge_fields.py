"""Templates with Word's own merge fields are matched to facts by name and printed by the same engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Annotated

import pytest

from procure.documents import render
from procure.documents.checking import TemplateKind, judge
from procure.documents.dialect import check_template
from procure.documents.gaps import Gap, HasGaps
from procure.documents.kinds import Rows, Words
from procure.documents.shared_facts import Line
from tests.documents.papers import parts_of, with_part, with_words, words_of
from tests.documents.test_template_checks import FACTS, META, Small, template


def simple(code: str) -> str:
    """A field in one element, as Word writes the plain ones."""
    return f'<w:fldSimple w:instr=" MERGEFIELD {code} "><w:r><w:rPr><w:b/></w:rPr><w:t>«x»</w:t></w:r></w:fldSimple>'


def spread(code: str) -> str:
    """The same field spread over runs, its code cut in two, as Word writes most."""
    plain = unescape(code)
    first, second = escape(plain[: len(plain) // 2]), escape(plain[len(plain) // 2 :])
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> MERGEFIELD {first}</w:instrText></w:r>'
        f"<w:r><w:instrText>{second}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>«x»</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def holding(xml: str) -> bytes:
    return with_words(template("X"), '<w:r><w:t xml:space="preserve">X</w:t></w:r>', xml)


@pytest.mark.parametrize("written", [simple, spread])
@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("Title \\* MERGEFORMAT", "Grounds care"),
        ("&quot;Council Text&quot;", "Barking"),
        ("ENDS_ON", "31 March 2028"),
        ("ends_on \\@ &quot;dddd d MMMM yyyy&quot;", "Friday 31 March 2028"),
        ("Value", "£1,200"),
        ("value \\# &quot;£,0.00&quot;", "£1,200.00"),
    ],
)
def test_a_merge_field_prints_the_fact_of_its_name(written: object, code: str, printed: str) -> None:
    made = holding(f"<w:r><w:t>[</w:t></w:r>{written(code)}<w:r><w:t>]</w:t></w:r>")  # type: ignore[operator]
    assert check_template(made, Small) == []
    issued = render.issued(made, FACTS, META)
    assert f"[{printed}]" in words_of(issued)
    body = parts_of(issued)["word/document.xml"]
    assert b"MERGEFIELD" not in body and b"fldChar" not in body
    assert b"<w:rPr><w:b/></w:rPr>" in body, "the look of the field is the look of the fact"


def test_merge_fields_stand_in_headers_and_footers_too() -> None:
    made = template("X")
    for part in ("word/header1.xml", "word/footer1.xml"):
        made = with_part(made, part, parts_of(made)[part].replace(b"</w:p>", spread("title").encode() + b"</w:p>", 1))
    parts = parts_of(render.issued(made, replace(FACTS, title="Smith & Sons <Ltd>"), META))
    for part in ("word/header1.xml", "word/footer1.xml"):
        assert b"Smith &amp; Sons &lt;Ltd&gt;" in parts[part]


def test_a_gap_behind_a_merge_field_keeps_a_paper_from_being_issued() -> None:
    made = holding(simple("title"))
    with pytest.raises(HasGaps, match="title of the contract"):
        render.issued(made, replace(FACTS, title=Gap("title of the contract")), META)
    assert "◆ title of the contract ◆" in words_of(
        render.draft(made, replace(FACTS, title=Gap("title of the contract")), META)
    )


def test_what_a_complete_paper_may_lack_prints_where_it_is() -> None:
    made = holding(f"<w:r><w:t>[</w:t></w:r>{simple('note')}<w:r><w:t>]</w:t></w:r>")
    assert "[]" in words_of(render.issued(made, FACTS, META))
    assert "[Urgent]" in words_of(render.issued(made, replace(FACTS, note="Urgent"), META))


def test_fields_of_a_list_repeat_their_row() -> None:
    row = f"<w:tbl><w:tr><w:tc><w:p>{simple('options_text')}</w:p></w:tc></w:tr></w:tbl><w:p/>"
    made = with_words(template("X"), '<w:p><w:r><w:t xml:space="preserve">X</w:t></w:r></w:p>', row)
    assert check_template(made, Small) == []
    issued = render.issued(made, FACTS, META)
    assert "One year\nTwo years" in words_of(issued)
    assert parts_of(issued)["word/document.xml"].count(b"<w:tr>") == 2
    with pytest.raises(HasGaps, match="options to extend"):
        render.issued(made, replace(FACTS, options=()), META)


@dataclass(frozen=True)
class Twice:
    """Two groups with the same names inside."""

    buyer: Line
    seller: Line
    rows: Rows[Line]
    title: Annotated[Words, "title"]


def test_fields_that_cannot_be_matched_are_listed_with_what_is_meant() -> None:
    verdict = judge(holding(simple("tilte") + spread("&quot;Next of kin&quot;")), Small)
    assert (verdict.kind, verdict.fields[:2]) == (TemplateKind.MERGEFIELD, ("tilte", "Next of kin"))
    assert [(one.tag, one.suggestion) for one in verdict.problems] == [("«tilte»", "title"), ("«Next of kin»", "")]
    assert all(one.where.startswith("Paragraph ") for one in verdict.problems)
    [vague] = judge(holding(simple("text")), Twice).problems
    assert "More than one fact" in vague.sentence
    assert vague.suggestion.startswith("buyer.text or seller.text")
    assert not judge(holding(simple("seller_text")), Twice).problems
    [lost] = judge(holding(simple("rows_text")), Twice).problems
    assert "table row" in lost.sentence


def test_conditions_of_word_are_not_followed_silently() -> None:
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    rest = '<w:r><w:instrText> = "a" "b" "c"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    made = holding(code + spread("title") + rest)
    assert judge(made).is_accepted, "it is harmless"
    assert any("The field IF" in one.sentence for one in judge(made, Small).problems)
    assert any("Upper" in one.sentence for one in judge(holding(simple("title \\* Upper")), Small).problems)
