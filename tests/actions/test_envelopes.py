"""A letter in its envelope: whatever its words, a mail program reads what was written."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from procure.mail.envelopes import ToPost, sealed
from procure.mail.failures import NeverDelivered

AT = datetime(2027, 3, 31, 6, 30, tzinfo=UTC)
NAMES = ("C. Manager", "Smith & Sons <Ltd>", "Siân Ó Briain", 'Say "hello", Ltd', "N" * 90, "@home; now: then", "")
ADDRESSES = ("manager@council.test", "o'brien.jo+bids@a-b.council.test", f"{'long.' * 12}name@council.test")


def a_letter(**more: Any) -> ToPost:
    given: dict[str, Any] = {
        "id": 7, "name": "trial", "to_name": "C. Manager", "to_email": "manager@council.test", "subject": "Trial",
        "text": "Words.\n", "html": "<p>Words.</p>\n", "secret": None, "calendar": None, "tries": 0, "failures": 0,
        "message_id": "<0123456789@procure.test>",
    }  # fmt: skip
    return ToPost(**given | more)


def read(letter: ToPost) -> tuple[EmailMessage, bytes]:
    content = sealed(letter, AT).content
    return cast(EmailMessage, message_from_bytes(content, policy=policy.SMTP)), content


def words_of(mail: EmailMessage, kind: str) -> list[str]:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).splitlines()


def lines() -> st.SearchStrategy[str]:
    odd = st.sampled_from([".", "..", "From here on", "=", "=3D", "--=_words_0123456789", " x ", "tab\t", "£" * 90])
    any_words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)
    return st.lists(odd | any_words, max_size=8).map(lambda found: "\n".join(found) + "\n")


@pytest.fixture(scope="module")
def inside() -> Any:
    """Settings, without a database: an envelope needs none."""
    app = Flask(__name__)
    app.config.update(MAIL_FROM="procure@council.test", MAIL_REPLY_TO="procurement@council.test")
    with app.app_context():
        yield


@given(text=lines(), html=lines(), subject=lines())
def test_what_is_written_is_what_is_read(inside: None, text: str, html: str, subject: str) -> None:
    subject = " ".join(subject.split())
    mail, content = read(a_letter(text=text, html=html, subject=subject))
    assert words_of(mail, "plain") == text.splitlines() and words_of(mail, "html") == html.splitlines()
    assert " ".join(str(mail["Subject"]).split()) == subject
    assert content.isascii() and max(len(line) for line in content.split(b"\r\n")) < 998
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_reader_is_named_as_they_are_called(inside: None, name: str, address: str) -> None:
    (reader,) = read(a_letter(to_name=name, to_email=address))[0]["To"].addresses
    assert (reader.display_name, reader.addr_spec) == (name, address)


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "two words@council.test", "x@council.test\nBcc: y@z.test"])
def test_an_address_that_is_none_is_never_written_to(inside: None, address: str) -> None:
    with pytest.raises(NeverDelivered, match="can’t be written to"):
        sealed(a_letter(to_email=address), AT)


def test_a_calendar_comes_as_a_file_beside_both_forms_of_the_words(inside: None) -> None:
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Decide by 31 March: Café\r\nEND:VCALENDAR\r\n"
    mail, _ = read(a_letter(calendar=calendar))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "dates.ics" and file.get_param("method") == "PUBLISH"
    assert file.get_payload(decode=True) == calendar.encode()
