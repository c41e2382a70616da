"""Whatever people type comes back from the paper as they typed it, in its body, a table, its header and its footer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from procure.documents import render
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from tests.documents.papers import opened, parts_of, with_part
from tests.documents.test_beside_docxtpl import rows_xml
from tests.documents.test_template_checks import FACTS, META, template

NAUGHTY = Path(__file__).resolve().parents[3] / "shared" / "data" / "naughty" / "blns.json"

ODD = (
    "Smith & Sons <Ltd>", "O’Neil \"Q\" 'q' `b`", "&amp; &#65; &lt;w:p/&gt;", "]]> <![CDATA[x]]> <!-- y --> <?z?>",
    "{{ 7 }} {% if %} {# no #} {{ cycler }}", "}} %} #} {{", "</w:t></w:r></w:p>", "Ŵŷ Ŷnys Môn, Llŷn, Ddraig Goch",
    "שלום עולם", "مرحبا بالعالم", "👩‍👩‍👧‍👦 🇬🇧 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "Z͑ͫ̓ͪ̂ͫ̽a̴l̵g̶o", "日本語テキスト", "a\u200bb\ufeffc\u2060d",
    "two\nlines\nand a third",
    "a\ttab\tor two", "  spaces  before and after  ", "\u00a0", "None", "null", "undefined", "TBC", "0", "-1", "1/0",
    "=SUM(A1:A9)", "C:\\x\\y", "%s %d %n", "\ue000private\uf8ff", "◆ not a gap ◆", "** not bold **", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
)  # fmt: skip
"""Marks of XML and of templates, letters of several scripts, spaces, words that programs take for nothing."""

WHOLE = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
EACH = "".join(map(WHOLE.format, ("{{%p for o in options %}}", "[{{{{ o.text }}}}]", "{{%p endfor %}}")))


def printing_everywhere() -> bytes:
    """A template that prints every option in its body, a table, its header and its footer."""
    made = template("BODY")
    table = rows_xml(("{%tr for o in options %}",), ("[{{ o.text }}]",), ("{%tr endfor %}",))
    for name, words in (
        ("word/document.xml", EACH.format() + table),
        ("word/header1.xml", ""),
        ("word/footer1.xml", ""),
    ):
        part = parts_of(made)[name].decode()
        if words:
            part = part.replace(WHOLE.format("BODY"), words)
        else:
            part = re.sub(r"(</w:(?:hdr|ftr)>)", EACH.format().replace("\\", r"\\") + r"\1", part)
        made = with_part(made, name, part.encode())
    return made


def come_back(words: list[str]) -> dict[str, list[str]]:
    """The words as python-docx reads them from each of the four places."""
    made = opened(render.issued(printing_everywhere(), _facts(words), META))
    section = made.sections[0]
    places = {
        "body": made.paragraphs,
        "table": [cell.paragraphs[0] for row in made.tables[0].rows for cell in row.cells],
        "header": section.header.paragraphs,
        "footer": section.footer.paragraphs,
    }
    return {
        place: [one.text[1:-1] for one in found if one.text.startswith("[") and one.text.endswith("]")]
        for place, found in places.items()
    }


def _facts(words: list[str]) -> object:
    return FACTS.__class__(**{**vars(FACTS), "options": tuple(map(Line, words))})


def as_printed(text: str) -> str:
    """What the printer promises of a text: no character that XML forbids, every line end a line end, dates held."""
    return render.clean(text)


def test_odd_words_come_back_as_they_were_typed_in_every_place() -> None:
    typed = [text for text in ODD if text.strip()]
    back = come_back(typed)
    assert {place: len(found) for place, found in back.items()} == dict.fromkeys(back, len(typed))
    for place, found in back.items():
        assert found == typed, place


def test_characters_that_xml_forbids_are_left_out_and_line_ends_become_one() -> None:
    typed = ["a\x00b\x1b[0mc\x08d", "e\ufffef\uffffg", "h\ud800i", "one\r\ntwo\x85three\u2028four\x0bfive"]
    for found in come_back(typed).values():
        assert found == ["ab[0mcd", "efg", "hi", "one\ntwo\nthree\nfour\nfive"]


def test_a_template_that_would_print_without_escaping_is_not_compiled() -> None:
    for source in ("{{ title }}", "{{ title|day }}", "a{% if true %}{{ title|pieces }}{% endif %}"):
        with pytest.raises(render.Unprintable, match="without escaping"):
            render.ENVIRONMENT.from_string(source)
    assert render.ENVIRONMENT.from_string('{{ title|say("title") }}')


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u200b\x00"[1:], "\u00a0"])
def test_a_text_of_nothing_is_a_gap(blank: str) -> None:
    facts = FACTS.__class__(**{**vars(FACTS), "title": blank})
    assert render.gaps_printed(template("{{ title }}"), facts, META) == [Gap("title of the contract")]


@pytest.mark.shared
@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not here")
def test_every_string_of_the_list_of_naughty_strings_comes_back() -> None:
    listed: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    typed = [text for text in listed if render.clean(text).strip()]
    changed = [text for text in typed if as_printed(text) != text]
    assert len(typed) >= len(listed) - 5
    assert len(changed) <= 8, changed  # those with characters XML forbids, and odd line ends
    for place, found in come_back(typed).items():
        assert found == [as_printed(text) for text in typed], place
