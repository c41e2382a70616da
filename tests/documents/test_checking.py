"""`flask documents check`: every file gets a clear verdict, whatever it holds."""

from __future__ import annotations

import io
import json
import resource
import struct
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from procure.cli.papers import documents
from procure.documents import render
from procure.documents.checking import TemplateKind, Verdict, judge
from procure.documents.dialect import check_template
from procure.documents.registry import register
from procure.tender.documents.invitation import INVITATION_TO_TENDER
from tests.documents.papers import parts_of, with_part, with_words, words_of
from tests.documents.test_template_checks import ATTACKS, FACTS, META, RELATIONS, TYPES, Small, _p, template

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SECONDS, MEGABYTES = 2.0, 60


def related(relation: str, name: str = RELATIONS, settings: str = "") -> bytes:
    """A template with one more relationship, and something in its settings that names it."""
    made = template("X")
    held = parts_of(made).get(
        name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    made = with_part(made, name, held.replace(b"</Relationships>", relation.encode() + b"</Relationships>"))
    kept = parts_of(made)["word/settings.xml"].decode()
    opening, bracket, rest = kept.partition("<w:zoom") if "<w:zoom" in kept else kept.partition("</w:settings>")
    return with_part(made, "word/settings.xml", f"{opening}{settings}{bracket}{rest}".encode())


def outside(kind: str, target: str, name: str = RELATIONS, settings: str = "") -> bytes:
    relation = f'<Relationship Id="rIdX" Type="{TYPES}/{kind}" Target="{target}" TargetMode="External"/>'
    return related(relation, name, settings)


def field(code: str) -> bytes:
    return with_words(
        template("X"),
        _p("X"),
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    )


def lied_about(content: bytes) -> bytes:
    """A zip whose directory says that each part unpacks to ten bytes."""
    held = bytearray(content)
    place = held.find(b"PK\x01\x02")
    while place >= 0:
        held[place + 24 : place + 28] = struct.pack("<I", 10)
        place = held.find(b"PK\x01\x02", place + 4)
    return bytes(held)


def odt() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return held.getvalue()


REFUSED = {
    "a macro": (lambda: with_part(template("X"), "word/vbaProject.bin", b"x"), "macro"),
    "an object": (lambda: with_part(template("X"), "word/embeddings/a.xlsx", b"x"), "embedded object"),
    "an object by relation": (
        lambda: related(f'<Relationship Id="rIdX" Type="{TYPES}/oleObject" Target="a.bin"/>'), "another program"),
    "a picture from outside": (lambda: outside("image", "https://evil.example/p.png"), "picture from outside"),
    "a frame from outside": (lambda: outside("frame", "https://evil.example/"), "fetches something"),
    "a link to a file": (lambda: outside("hyperlink", "file:///etc/passwd"), "outside the web"),
    "INCLUDETEXT": (lambda: field("INCLUDETEXT &quot;c:\\x&quot;"), "INCLUDETEXT is not allowed"),
    "INCLUDEPICTURE": (lambda: field(" INCLUDEPICTURE http://evil.example/p"), "INCLUDEPICTURE is not allowed"),
    "DDEAUTO after another": (
        lambda: with_words(field("PAGE \\* MERGEFORMAT"), "</w:body>", f"{_p('')}<w:p><w:fldSimple w:instr=\"DDEAUTO "
                           'excel"/></w:p></w:body>'), "DDEAUTO is not allowed"),
    "a link by a field": (lambda: field("HYPERLINK &quot;file:///c:/x&quot;"), "outside the web"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of an old kind"),
    "rich text": (lambda: b"{\\rtf1 hello}", "rich text"),
    "a PDF": (lambda: b"%PDF-1.7", "is a PDF"),
    "an open document": (odt, "OpenDocument"),
    "nothing": (lambda: b"", "not a Word document"),
    "half a file": (lambda: template("X")[:900], "damaged"),
    "a zip that lies": (lambda: lied_about(template("X")), "damaged"),
    "protected": (lambda: related("", settings='<w:documentProtection w:edit="forms" w:enforcement="1"/>'),
                  "protected against editing"),
    "UTF-16": (lambda: with_part(template("X"), "word/settings.xml", "<!DOCTYPE a>".encode("utf-16")), "UTF-8"),
    "entities": (lambda: with_part(template("X"), "word/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
                 "entities"),
    "too many parts": (lambda: many_parts(600), "too many parts"),
    "two parts of one name": (lambda: many_parts(2, same=True), "impossible names"),
    "tags without end": (lambda: template("{{ " * 20_000), "more than"),
    "a million elements": (lambda: with_words(template("X"), _p("X"), '<w:p w:a="1"/>' * 300_000), "unpacks to far"),
    "a tracked change": (lambda: with_words(template("X"), _p("X"), "<w:p><w:del><w:r/></w:del></w:p>"), "tracked"),
}  # fmt: skip


def many_parts(count: int, *, same: bool = False) -> bytes:
    held = io.BytesIO(template("X"))
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning) if same else _no_matter():
        for number in range(count):
            archive.writestr("word/a.xml" if same else f"word/a{number}.xml", "<a/>")
    return held.getvalue()


class _no_matter:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("what", REFUSED)
def test_what_could_do_harm_is_refused_with_its_reason(what: str) -> None:
    make, reason = REFUSED[what]
    content = make()
    verdict = judge(content)
    assert reason in " ".join(str(one) for one in verdict.problems)
    assert not verdict.is_accepted
    assert check_template(content, Small), "nor may it be printed from"


def test_links_to_the_web_and_steady_fields_are_fine() -> None:
    for target in ("https://www.gov.uk/", "http://example.org/", "mailto:a@example.org"):
        assert judge(outside("hyperlink", target)).is_accepted
    for code in ("PAGE", "HYPERLINK &quot;https://www.gov.uk/&quot;", "DATE", "REF _Ref1 \\h"):
        assert judge(field(code)).is_accepted
    assert any("must not change by itself" in one.sentence for one in judge(field("DATE"), Small).problems)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("attachedTemplate", "attachedTemplate"), ("mailMergeSource", "mailMerge")],
)
def test_what_word_leaves_behind_is_taken_out_with_a_note(kind: str, mark: str) -> None:
    rels = "word/_rels/settings.xml.rels"
    settings = f'<w:{mark} xmlns:r="{TYPES}" r:id="rIdX"/>'
    verdict = judge(outside(kind, "file:///S:/Templates/Old%20letter.dotm", rels, settings), Small)
    assert verdict.is_accepted
    assert len(verdict.notes) == 1
    parts = parts_of(verdict.content)
    assert b"Old%20letter" not in parts[rels]
    assert mark.encode() not in parts["word/settings.xml"]
    assert verdict.as_facts("a.docx")["notes"] == verdict.notes


def test_a_picture_of_the_first_page_leaves_with_what_names_it() -> None:
    relation = f'<Relationship Id="rIdT" Type="{PACKAGE}/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>'
    made = related(relation, "_rels/.rels")
    types = parts_of(made)["[Content_Types].xml"]
    jpeg = b'<Default Extension="jpeg" ContentType="image/jpeg"/></Types>'
    made = with_part(made, "[Content_Types].xml", types.replace(b"</Types>", jpeg))
    made = with_part(made, "docProps/thumbnail.jpeg", b"x")
    issued = render.issued(made, FACTS, META)
    assert "docProps/thumbnail.jpeg" not in parts_of(issued)
    assert "X" in words_of(issued), "what is left opens"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_where_no_paper_is_named(attack: str) -> None:
    if "cycler" in attack or "title if" in attack:
        attack = attack.replace("title if title else 1", "title() if title else 1")
    verdict = judge(template(attack))
    assert not verdict.is_accepted
    assert verdict.problems[0].where.startswith("Paragraph ")


def test_the_wider_language_is_accepted_where_no_paper_is_named() -> None:
    words = (
        "{%p for o in order.lines %}\n{{ o.name|upper }}{% if o.count > 1 %}, {{r o.note }}{% endif %}\n{%p endfor %}\n"
        "{{ a['b'].c|default('none') }} {%- if x is defined and not y -%} z {%- endif -%} {% cellbg o.colour %}"
    )
    verdict = judge(template(words))
    assert verdict.problems == ()
    assert verdict.kind is TemplateKind.JINJA
    assert [name for name in verdict.fields if not name.startswith("document.")] == [
        "order.lines", "order.lines[].name", "order.lines[].count", "order.lines[].note", "a.b.c", "x", "y", "o.colour",
    ]  # fmt: skip


def test_a_fault_is_told_by_the_nearest_heading_the_text_and_the_tag() -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>4. Price</w:t></w:r></w:p>'
    made = with_words(template("X"), _p("X"), heading + _p("You pay {{ valeu|pounds }} each year."))
    [problem] = judge(made, Small).problems
    assert problem.tag == "{{ valeu|pounds }}"
    assert problem.suggestion == "{{ value|pounds }}"
    assert "under “4. Price”, “You pay {{ valeu|pounds }} each year.”" in problem.where


# ── the command ──


def checked(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    answer = CliRunner().invoke(documents, ["check", *arguments])
    return answer.exit_code, [json.loads(line) for line in answer.stdout.splitlines()], answer.stderr


def test_the_command_prints_one_object_for_each_file_and_needs_no_database(tmp_path: Path) -> None:
    register(INVITATION_TO_TENDER)
    (tmp_path / "good.docx").write_bytes(INVITATION_TO_TENDER.path.read_bytes())
    (tmp_path / "bad.docx").write_bytes(template("{{ tilte }}"))
    files = [str(tmp_path / name) for name in ("good.docx", "bad.docx", "none.docx")]
    code, found, _ = checked(*files, "--as", "invitation-to-tender", "--json")
    assert code == 0
    assert [(one["file"], one["accepted"], one["kind"]) for one in found] == [
        (files[0], True, "jinja"), (files[1], False, "jinja"), (files[2], False, None),
    ]  # fmt: skip
    assert set(found[1]) == {"file", "accepted", "kind", "fields", "faults"}
    assert set(found[1]["faults"][0]) == {"where", "tag", "reason", "suggestion"}
    code, found, said = checked(files[0], "--as", "invitation", "--json")
    assert (code, found) == (1, [])
    assert "invitation-to-tender" in said


def shared_files() -> list[Path]:
    return sorted([*(SHARED / "docx-hostile").glob("*.docx"), *(SHARED / "docx-templates").glob("*/*.docx")])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files of ../shared are not here")
def test_every_real_file_gets_a_verdict_soon_and_within_bounds() -> None:
    expected = json.loads((SHARED / "expected.json").read_text())["files"]
    accepted: dict[str, Verdict] = {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in shared_files():
        began = time.process_time()
        verdict = judge(path.read_bytes())
        judge(path.read_bytes(), Small)
        assert time.process_time() - began < SECONDS, path.name
        assert verdict.is_accepted or all(one.where and one.sentence for one in verdict.problems), path.name
        told = expected[f"{path.relative_to(SHARED)}"]
        assert set(told.get("distinct MERGEFIELD", ())) <= set(verdict.fields), path.name
        if verdict.is_accepted:
            accepted[path.name] = verdict
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    assert len(shared_files()) == 50
    assert {path.name for path in shared_files()} - set(accepted) == {
        "MultipleBodyBug.docx", "bug53475-password-is-solrcell.docx", "delins.docx", "protected_sample.docx",
        "documentProtection_forms_no_password.docx", "documentProtection_trackedChanges_no_password.docx",
        *(path.name for path in shared_files() if path.name.startswith("clusterfuzz")),
        "general_cover_sheet.docx", "test_if_final.docx", "custom_jinja_filters_tpl.docx", "embedded_main_tpl.docx",
        "template_error_tpl.docx",
    }  # fmt: skip
