"""What an uploaded template may say, and the sentence its author reads when it may not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest

from procure.documents import render
from procure.documents.dialect import BadTemplate, check_template, fields_used
from procure.documents.gaps import Gap, HasGaps
from procure.documents.house_style import W_NS
from procure.documents.kinds import Day, Money, Rows, Words, YesNo, facts_kept, gap_for, walk
from procure.documents.masters import build
from procure.documents.package import LARGEST_FILE, NotADocument, open_package
from procure.documents.shared_facts import DocumentFacts, Line, lines
from tests.documents.papers import parts_of, with_part, with_words, words_of


@dataclass(frozen=True)
class Small:
    """A little contract, for templates of a line."""

    title: Annotated[Words, "title of the contract"]
    council: Line
    ends_on: Annotated[Day, "end of the contract"]
    value: Annotated[Money, "value of the contract"]
    note: Annotated[Words | None, "note"]
    has_options: Annotated[YesNo, "whether there are options"]
    options: Annotated[Rows[Line], "options to extend"]


FACTS = Small(
    "Grounds care", Line("Barking"), date(2028, 3, 31), Decimal("1200"), None, True, lines("One year", "Two years")
)
META = DocumentFacts("Small paper", "CON-1", "1.0", "A. Officer", "Officer", date(2027, 1, 25))
HEAD = "---\nkind: Paper\nshort: Small paper\n---\n"


def template(words: str) -> bytes:
    """A template with these words in its body, in the house's style."""
    made = build(HEAD + "WORDS\n")
    made = with_words(made, "{{ council.name }}", "Council")
    return with_words(
        made, '<w:p><w:r><w:t xml:space="preserve">WORDS</w:t></w:r></w:p>', "".join(map(_p, words.split("\n")))
    )


def _p(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:p><w:r><w:t xml:space="preserve">{safe}</w:t></w:r></w:p>'


def problems(words: str) -> list[str]:
    return [str(problem) for problem in check_template(template(words), Small)]


def issued(words: str, facts: Small = FACTS) -> str:
    return words_of(render.issued(template(words), facts, META))


ATTACKS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ '%99999999d'|format(1) }}",
    "{{ 'a' * 99999999 }}",
    "{% for a in range(99999999) %}x{% endfor %}",
    "{{ self._TemplateReference__context }}",
    "{{ title.__class__ }}",
    "{% include '/etc/passwd' %}",
    "{% set x = title %}{{ x|attr('__class__') }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{{ lipsum(n=999999) }}",
    "{{ title if title else 1 }}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_on_upload_and_never_runs(attack: str) -> None:
    assert problems(attack)
    with pytest.raises(BadTemplate):
        render.issued(template(attack), FACTS, META)


@pytest.mark.parametrize("attack", ATTACKS[:4])
def test_an_attack_spread_over_runs_is_refused_too(attack: str) -> None:
    middle = len(attack) // 2
    split = (
        attack[:middle]
        + '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>'
        + attack[middle:]
    )
    assert check_template(with_words(template("X"), ">X<", f">{split}<"), Small)


def test_four_loops_inside_each_other_are_one_too_many() -> None:
    deep = "".join(f"{{% for {name} in options %}}" for name in "abcd") + "{{ a.text }}" + "{% endfor %}" * 4
    assert any("3 deep" in problem for problem in problems(deep))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("{{ tilte }}", "There is no fact called tilte for this paper. Do you mean {{ title }}?"),
        ("{{ council.txet }}", "There is no fact called council.txet for this paper. Do you mean {{ council.text }}?"),
        ("{{ end_on|weekday }}", "There is no fact called end_on for this paper. Do you mean {{ ends_on|weekday }}?"),
        ("{%p if has_option %}\n{%p endif %}", "Do you mean {%p if has_options %}?"),
        ("{%p for o in options %}\n{{ o.txt }}\n{%p endfor %}", "Do you mean {{ o.text }}?"),
        (
            "{{ ends_on }}",
            "ends_on is a date and needs a filter: day or weekday or short. Do you mean {{ ends_on|day }}?",
        ),
        (
            "{{ ends_on|pounds }}",
            "ends_on is a date, which the filter pounds cannot print; use day or weekday or short.",
        ),
        ("{{ title|upper }}", "There is no filter called upper."),
        ("{{ value|pounds|sentence }}", "one filter at most"),
        ("{{ has_options }}", "cannot be printed, only asked about with if"),
        ("{{ options }}", "print one of the facts inside it"),
        ("{{ note }}", "note may be absent: put an if on it round this."),
        ("{% if title %}x{% endif %}", "title is always there"),
        ("{% if has_options %}x", "is not closed"),
        ("{% endif %}", "does not belong to any if"),
        ("{%p for o in title %}\n{%p endfor %}", "title is not a list"),
        ("{%p for title in options %}\n{%p endfor %}", "title already means something else"),
        ("before {%p if has_options %}", "must stand alone"),
        ("{%p if has_options %}\n{% endif %}", "does not belong"),
        ("{# a comment #}", "comments are not allowed"),
        ("{{ title", "opened and not closed"),
        ("{{ value + 1 }}", "sums and comparisons are not allowed"),
        ("{% if value > 1 %}x{% endif %}", "sums and comparisons are not allowed"),
    ],
)
def test_a_problem_says_where_it_is_and_what_would_help(words: str, sentence: str) -> None:
    found = problems(words)
    assert any(sentence in problem for problem in found), found
    assert any(re.match(r"Paragraph \d+", problem) for problem in found)


def test_a_good_template_has_no_problems_and_prints() -> None:
    words = (
        "{{ title }} ends on {{ ends_on|weekday }}{% if note %}: {{ note }}{% else %}, no note{% endif %}.\n"
        "{%p if has_options %}\nOptions, {{ value|pence }}:\n"
        "{%p for o in options %}\n{{ o.text }}\n{%p endfor %}\n{%p endif %}"
    )
    assert problems(words) == []
    printed = issued(words)
    assert "Grounds care ends on Friday 31 March 2028, no note." in printed
    assert "Options, £1,200.00:\nOne year\nTwo years" in printed
    assert fields_used(template(words), Small) >= {"title", "ends_on", "note", "options[].text"}


def test_a_tag_that_word_has_spread_over_runs_still_works() -> None:
    runs = ("{{ ti", "tle }} a", "nd {", "{ council.text }}")
    split = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>".join(runs)
    made = with_words(template("X"), ">X<", f">{split}<")
    assert check_template(made, Small) == []
    assert "Grounds care and Barking" in words_of(render.issued(made, FACTS, META))


def test_a_tag_where_facts_cannot_be_printed_is_a_problem() -> None:
    boxed = f"<w:p><w:r><w:pict><w:txbxContent>{_p('{{ title }}')}</w:txbxContent></w:pict></w:r></w:p>"
    made = with_words(template("X"), _p("X"), boxed)
    assert any("text box" in str(problem) for problem in check_template(made, Small))


def test_lines_and_paragraphs_typed_by_an_officer_are_kept() -> None:
    facts = replace(FACTS, title="One\nTwo\r\n\r\nThree\tFour")
    body = parts_of(render.issued(template("{{ title }}"), facts, META))["word/document.xml"].decode()
    assert body.count("<w:br/>") == 1
    assert re.search(r"Two</w:t></w:r></w:p><w:p><w:r><w:t[^>]*>Three</w:t><w:tab/><w:t[^>]*>Four", body)


def test_dates_and_sums_do_not_break_over_lines() -> None:
    facts = replace(FACTS, title="From 1 April 2028 for £5 million")
    body = parts_of(render.issued(template("{{ title }}, {{ ends_on|day }}"), facts, META))[
        "word/document.xml"
    ].decode()
    assert "1\u00a0April\u00a02028 for £5\u00a0million, " in re.sub(r"<[^>]+>", "", body)
    assert "31\u00a0March\u00a02028" in body


def test_gaps_behind_an_if_that_is_not_taken_do_not_count() -> None:
    words = "{% if has_options %}{{ title }}{% endif %}"
    facts = replace(FACTS, title=Gap("title"), has_options=False)
    assert render.gaps_printed(template(words), facts, META) == []
    assert render.gaps_printed(template(words), replace(facts, has_options=True), META) == [Gap("title")]
    unknown = replace(FACTS, has_options=Gap("whether there are options", where="Term", href="/term"))
    assert render.gaps_printed(template(words), unknown, META) == [unknown.has_options]


def test_a_list_without_an_if_must_not_be_empty() -> None:
    facts = replace(FACTS, options=())
    bare = "{%p for o in options %}\n{{ o.text }}\n{%p endfor %}"
    with pytest.raises(HasGaps, match="options to extend"):
        issued(bare, facts)
    issued(f"{{%p if options %}}\n{bare}\n{{%p endif %}}", facts)


def test_a_mistake_in_gathering_names_the_fact() -> None:
    facts = replace(FACTS, title=date(2027, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(render.Unprintable, match=r"\(title\)"):
        issued("{{ title }}", facts)


def test_a_gap_is_named_by_its_fact() -> None:
    assert gap_for(Small, "ends_on", where="Term") == Gap("end of the contract", "Term")
    assert [path for path, _ in walk(Small)][-1] == "options[].text"


def test_facts_are_kept_as_the_same_text_each_time() -> None:
    kept = facts_kept(FACTS, META)
    assert kept == facts_kept(FACTS, META)
    assert '"value":"1200"' in kept
    assert '"ends_on":"2028-03-31"' in kept


# ── files that could do harm ──


def test_a_zip_bomb_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 50_000_000)
    assert "unpacks to far more" in str(check_template(held.getvalue(), Small)[0])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"x" * (LARGEST_FILE + 1)], ids=len)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    assert check_template(content, Small)
    with pytest.raises(NotADocument):
        open_package(content)


RELATIONS = "word/_rels/document.xml.rels"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _related(kind: str, target: str) -> bytes:
    made = template("X")
    held = parts_of(made)[RELATIONS].decode()
    relation = f'<Relationship Id="rIdX" Type="{TYPES}/{kind}" Target="{target}" TargetMode="External"/>'
    return with_part(made, RELATIONS, held.replace("</Relationships>", f"{relation}</Relationships>").encode())


def test_a_template_that_fetches_from_outside_is_refused() -> None:
    for kind, target in (
        ("image", "https://evil.example/pixel.png"),
        ("hyperlink", "file:///etc/passwd"),
        ("hyperlink", "javascript:alert(1)"),
        ("oleObject", "\\\\evil\\share"),
    ):
        assert any("outside" in str(problem) for problem in check_template(_related(kind, target), Small)), kind
    assert check_template(_related("hyperlink", "https://www.legislation.gov.uk/"), Small) == []


def test_macros_entities_tracked_changes_and_running_fields_are_refused() -> None:
    made = template("X")
    assert check_template(with_part(made, "word/vbaProject.bin", b"x"), Small)
    assert check_template(with_part(made, "word/embeddings/oleObject1.bin", b"x"), Small)
    types = parts_of(made)["[Content_Types].xml"].replace(b"document.main+xml", b"document.macroEnabled.main+xml")
    assert check_template(with_part(made, "[Content_Types].xml", types), Small)
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert check_template(
        with_part(made, "word/settings.xml", entity + f'<w:settings xmlns:w="{W_NS}"/>'.encode()), Small
    )
    for inside in (
        '<w:ins w:id="1" w:author="a"><w:r><w:t>X</w:t></w:r></w:ins>',
        '<w:fldSimple w:instr=" INCLUDETEXT c:\\x "><w:r><w:t>X</w:t></w:r></w:fldSimple>',
        "<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO excel </w:instrText></w:r>",
    ):
        assert check_template(with_words(made, _p("X"), f"<w:p>{inside}</w:p>"), Small), inside


def test_a_footnote_prints_facts_and_is_checked_like_the_body() -> None:
    notes = f'<w:footnotes xmlns:w="{W_NS}"><w:footnote w:id="2">{_p("{{ title }}")}</w:footnote></w:footnotes>'
    made = with_part(template("X"), "word/footnotes.xml", notes.encode())
    assert b"Grounds care" in parts_of(render.issued(made, FACTS, META))["word/footnotes.xml"]
    wrong = with_part(made, "word/footnotes.xml", notes.replace("title", "tilte").encode())
    [problem] = check_template(wrong, Small)
    assert (problem.where, problem.suggestion) == ("Footnote, paragraph 1, “{{ tilte }}”", "{{ title }}")


def test_a_template_without_headers_or_properties_still_gets_its_mark_and_title() -> None:
    parts = {
        "[Content_Types].xml": parts_of(template("X"))["[Content_Types].xml"].replace(
            b"docProps/core.xml", b"docProps/x.xml"
        ),
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W_NS}"><w:body>{_p("{{ title }}")}</w:body></w:document>'.encode(),
        RELATIONS: b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    made = parts_of(render.draft(held.getvalue(), FACTS, META))
    assert b'string="DRAFT"' in made["word/header_draft.xml"]
    assert b"Small paper" in made["docProps/core.xml"]
    assert made["word/document.xml"].count(b"headerReference") == 3
