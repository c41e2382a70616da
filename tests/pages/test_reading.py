"""Reading a decision on its pages: paste or upload, check beside the source, confirm; nothing is kept before."""

from __future__ import annotations

import hashlib
import html
import io
import re
from datetime import date
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from sqlalchemy import func, select

from procure.authority.models import Delegation, Meeting, Resolution
from procure.authority.reading_models import DecisionSource
from procure.demonstration import approval, minuted
from procure.demonstration.approval_2019 import file_of_2019
from procure.demonstration.cast import DIRECTOR, Cast
from procure.demonstration.item_92 import RESOLUTIONS
from procure.extensions import db
from procure.people.models import Post
from procure.people.rules import PostKind
from tests.signing_in import sign_in

SMALL = (
    "Meeting: 12/01/2026 - Cabinet (Item 7)\n\nThe Cabinet resolved to:\n\n"
    "(i) Delegate authority to the Head of Example Gardens, after consultation with the Cabinet Member for Example "
    "Parks, to award the contract for mowing, up to £50,000; and\n\n(ii) Note the report."
)


def typed_in(page: str) -> dict[str, Any]:
    """What a browser would send of the form that confirms, as the page filled it in."""
    form = page[page.index('class="app-read"') :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, kind = _part(tag, "name"), _part(tag, "type")
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            sent.setdefault(name, []).append(_part(tag, "value"))
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        sent[name] = [html.unescape(words)]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = [html.unescape(chosen[1]) if chosen else ""]
    return sent


def _part(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def reads(client: FlaskClient, text: str, **more: Any) -> Any:
    return client.post("/meetings/read", data={"text": text, **more})


def rows() -> list[Any]:
    """What the rows of all decisions say, without their keys and times."""
    return [
        (
            meeting.body, meeting.title, meeting.item, meeting.introduced_by, meeting.background, meeting.reasons,
            [
                (one.numeral, one.kind, one.words, one.option_number, one.procurement and one.procurement.reference)
                for one in meeting.resolutions
            ],
            [
                (
                    row.act, row.post.name, [(asked.post.name, asked.mode) for asked in row.consultees], row.scope,
                    row.counterparty, row.conditions, row.max_value_gross, row.max_months, row.until_on,
                )
                for one in meeting.resolutions
                for row in one.delegations
            ],
            [
                (fence.name, fence.from_on, fence.until_on, fence.basis, [p.words for p in fence.purposes])
                for one in meeting.resolutions
                for fence in one.ring_fences
            ],
        )
        for meeting in db.session.scalars(select(Meeting).order_by(Meeting.held_on))
    ]  # fmt: skip


def test_item_92_becomes_the_rows_of_the_demonstration_through_the_page(client: FlaskClient, cast: Cast) -> None:
    file = file_of_2019(cast)
    meeting = approval.cabinet_2019(file, cast)
    wanted = rows()
    assert [one.words for one in meeting.resolutions] == list(RESOLUTIONS)
    assert [row.act.value for row in meeting.resolutions[4].delegations] == ["procure", "award", "enter", "ancillary"]
    # once more through the page, as another item of the same day
    sign_in(client, cast["democratic"])
    page = reads(client, minuted.published(minuted.CABINET).words, procurement=file.reference)
    sent = typed_in(page.text) | {"is_key": "yes", "item": "93", "reasons": meeting.reasons}
    kept = client.post("/meetings/read/confirm", data=sent)
    assert kept.status_code == 302, re.findall(r"error-summary.*?</ul>", kept.text, re.S)
    db.session.expire_all()
    made = next(row for row in rows() if row[2] == "93")
    first = wanted[0]
    assert made[:2] == first[:2] and made[3:] == first[3:]
    source = db.session.scalars(select(DecisionSource).join(Meeting).where(Meeting.item == "93")).one()
    assert source.sha256 == hashlib.sha256(source.words.encode()).hexdigest()
    assert "Delegate authority" in client.get(f"{kept.location}/source").text


def test_havering_becomes_the_rows_of_the_demonstration_through_the_page(client: FlaskClient, cast: Cast) -> None:
    approval.havering(cast)
    wanted = rows()[0]
    sign_in(client, cast["democratic"])
    page = reads(client, minuted.published(minuted.HAVERING).words)
    assert "The text doesn’t say when it was decided. Enter the day." in page.text
    day = {"held_on-day": "22", "held_on-month": "1", "held_on-year": "2015"}
    sent = typed_in(page.text) | day | {"is_key": "yes", "body": wanted[0], "item": ""}
    assert client.post("/meetings/read/confirm", data=sent).status_code == 302
    db.session.expire_all()
    assert rows()[1] == wanted
    assert db.session.scalar(select(func.count()).select_from(Delegation).join(Resolution)) == 0


def test_nothing_is_kept_until_it_is_confirmed_and_unknown_posts_are_made_then(client: FlaskClient, cast: Cast) -> None:
    file = file_of_2019(cast)
    sign_in(client, cast["officer"])
    page = reads(client, SMALL, procurement=file.reference).text
    assert "We don’t know this post. Create it, or choose the one that is meant." in page
    assert "The words don’t say whether VAT is in this sum. Check it." in page
    assert re.search(r'<mark class="app-mark app-mark--who" data-n="(\d+)" id="m\1"><sup>\1</sup>Head of Example', page)
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 0
    sent = typed_in(page) | {"is_key": "no", "title": "Mowing"}
    kept = client.post("/meetings/read/confirm", data=sent)
    again = client.post("/meetings/read/confirm", data=sent)
    assert kept.status_code == 302 and again.status_code in (302, 409)
    power = db.session.scalars(select(Delegation).where(Delegation.resolution_id.is_not(None))).one()
    assert power.post.name == "Head of Example Gardens" and power.max_value_gross == 50_000
    assert [one.post.kind for one in power.consultees] == [PostKind.MEMBER]
    assert [one.mode.value for one in power.consultees] == ["following"]
    assert power.post.holder_on(date(2026, 1, 25)) is None


def test_a_refusal_of_one_resolution_leaves_nothing_and_loses_nothing(client: FlaskClient, cast: Cast) -> None:
    file = file_of_2019(cast)
    posts = db.session.scalar(select(func.count()).select_from(Post))
    sign_in(client, cast["officer"])
    sent = typed_in(reads(client, SMALL, procurement=file.reference).text)
    sent |= {"is_key": "no", "title": "Mowing & <hedges>"}
    del sent["resolutions-0-acts"]
    page = client.post("/meetings/read/confirm", data=sent)
    assert page.status_code == 422
    assert "Resolution (i): Choose at least one act that is delegated." in page.text
    assert "Mowing &amp; &lt;hedges&gt;" in page.text and "Head of Example Gardens" in page.text
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 0
    assert db.session.scalar(select(func.count()).select_from(Post)) == posts
    without_file = client.post("/meetings/read/confirm", data=sent | {"procurement": "", "resolutions-0-acts": "award"})
    assert "is about a file. Choose which." in without_file.text


def test_a_post_is_known_by_its_other_names_and_never_split_at_a_comma(client: FlaskClient, cast: Cast) -> None:
    director = cast.post(DIRECTOR)
    sign_in(client, cast["officer"])
    page = reads(client, f"RESOLVED: That the {DIRECTOR.lower()} be authorised to award the contract.").text
    assert re.search(rf'<option value="{director.id}" selected', page)
    assert "We don’t know this post" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste the decision, or choose a file."),
        ("The weather was fine and members had tea.", "We found no decision in this text"),
        ("1. That the plan be agreed. " * 190_000, "One decision with its minutes has 200,000 at most"),
        ("Signed by the Head of Law under authority delegated by Cabinet on 4 May 2026.", "only recalls"),
    ],
    ids=["empty", "no decision", "five megabytes", "only recalled"],
)  # fmt: skip
def test_what_is_no_decision_gets_a_sentence(client: FlaskClient, cast: Cast, text: str, said: str) -> None:
    sign_in(client, cast["officer"])
    page = reads(client, text)
    assert page.status_code == 422 and said in page.text


def a_word_file() -> bytes:
    document = Document()
    for line in SMALL.split("\n\n"):
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_files_are_read_whatever_they_are(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["officer"])
    page = "<html><body><p>RESOLVED to:</p><ol type='i'><li>Note the report &amp; plan;</li></ol></body></html>"
    files = {
        "minutes.docx": a_word_file(), "minutes.html": page.encode(), "old.txt": SMALL.encode("cp1252"),
        "unicode.txt": SMALL.encode("utf-16"), "mixed.txt": SMALL.encode() + " ’".encode("cp1252") + b" \xe2\x82\xac",
    }  # fmt: skip
    for name, content in files.items():
        found = reads(client, "", upload=(io.BytesIO(content), name))
        assert found.status_code == 200 and "Check what we read" in found.text, name
        assert ("another character encoding" in found.text) is (name == "mixed.txt")
    for name, content, said in (
        ("picture.txt", b"\x00\x01\x02", "holds no text"), ("broken.docx", b"PK\x03\x04zip", "isn’t a Word document"),
        ("empty.txt", b"", "Paste the decision, or choose a file."),
    ):  # fmt: skip
        refused = reads(client, "", upload=(io.BytesIO(content), name))
        assert refused.status_code == 422 and (said in refused.text or "is empty" in refused.text), name


def a_pdf(words: str) -> bytes:
    """A PDF of one page, with these words on it or with none."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    if words:
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = StreamObject()
        lines = "".join(f"({line}) Tj 0 -20 Td " for line in words.split("\n"))
        stream.set_data(f"BT /F1 11 Tf 20 800 Td {lines}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize("programs", ["with Poppler", "with pypdf alone"])
def test_a_pdf_is_read_where_it_holds_text(
    client: FlaskClient, cast: Cast, programs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if programs == "with pypdf alone":
        monkeypatch.setenv("PATH", "")
    sign_in(client, cast["officer"])
    words = "RESOLVED:\n1. That the plan be approved.\n2. That the budget be noted."
    page = reads(client, "", upload=(io.BytesIO(a_pdf(words)), "decision.pdf"))
    assert page.status_code == 200 and "Resolution 2" in page.text
    for content, said in ((a_pdf(""), "is a picture of the page"), (b"%PDF-1.7 broken", "locked or damaged")):
        refused = reads(client, "", upload=(io.BytesIO(content), "decision.pdf"))
        assert refused.status_code == 422 and said in refused.text


def test_only_who_keeps_minutes_reads_them(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["evaluator1"])
    assert client.get("/meetings/read").status_code == 403
    sign_in(client, cast["officer"])
    changed = typed_in(reads(client, SMALL).text)
    changed["source"] = [changed["source"][0].replace("50,000", "900,000")]
    assert "has been changed on the way" in client.post("/meetings/read/confirm", data=changed).text
