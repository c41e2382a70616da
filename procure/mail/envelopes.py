"""A letter put into its envelope: the bytes a mail server takes, written once.

Python's own `email` writes a letter in five milliseconds, most of them spent on reading again what it has just
written. Its headers are used here, each once; the parts are encoded directly.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP as ASCII_HEADERS
from email.policy import SMTPUTF8 as WIDE_HEADERS
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from flask import current_app

from procure.documents.storage import kept_bytes
from procure.mail.failures import NeverDelivered, NotDelivered
from procure.refusals import Refusal

CRLF = "\r\n"
LONGEST_LINE = 76
"""Characters of a line of plain text that goes as it is; in a longer one some mail server breaks a word."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_+'-]+(\.[A-Za-z0-9_+'-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
PLAIN_NAME = re.compile(r"[A-Za-z0-9 .,&<>()'/-]*")
"""What stands in a header as it is, a name between quotation marks."""


@dataclass(frozen=True)
class Enclosed:
    """A paper to be enclosed: where it is kept, and what it is called outside."""

    title: str
    file_name: str
    key: str
    sha256: str


@dataclass(frozen=True)
class ToPost:
    """A letter in our hands, with everything its envelope needs, and what is known of it when it was claimed."""

    id: int
    name: str
    to_name: str
    to_email: str
    subject: str
    text: str
    html: str
    secret: str | None
    calendar: str | None
    message_id: str
    tries: int
    failures: int
    sealed_for: str | None = None
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Envelope:
    """A letter closed and addressed: nothing of it needs the database any more."""

    content: bytes
    to: str
    file_name: str

    @property
    def is_wide(self) -> bool:
        """Whether its address has letters that only some mail servers take (RFC 6531)."""
        return not self.to.isascii()


def sealed(letter: ToPost, at: datetime) -> Envelope:
    """The letter in its envelope.

    Raises `NeverDelivered` where its address cannot be written, `NotDelivered` where an enclosure is missing.
    """
    return Envelope(written(letter, at), letter.to_email, f"{letter.id:06}-{letter.name}.eml")


def written(letter: ToPost, at: datetime) -> bytes:
    """The letter as mail: headers, words as text and as HTML, enclosures."""
    settings = current_app.config
    inner = _multipart(
        "alternative", _boundary(letter, "words"), [_text("plain", letter.text), _text("html", letter.html)]
    )
    return b"".join(
        (
            _header("Subject", letter.subject),
            _addressed("From", "Procure", settings["MAIL_FROM"]),
            _addressed("To", letter.to_name, letter.to_email),
            _addressed("Reply-To", "", settings["MAIL_REPLY_TO"]) if settings.get("MAIL_REPLY_TO") else b"",
            f"Date: {format_datetime(at)}\r\n"
            f"Message-ID: {letter.message_id}\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Auto-Response-Suppress: All\r\n"
            "MIME-Version: 1.0\r\n".encode(),
            _with_enclosures(inner, letter),
        )
    )


def _boundary(letter: ToPost, of: str) -> str:
    """A line that stands between parts. It begins with "=_", which no part holds: the encodings write = as =3D."""
    return f"=_{of}_{letter.message_id.strip('<>').partition('@')[0]}"


def _multipart(kind: str, boundary: str, parts: Iterable[bytes]) -> bytes:
    line = f"\r\n--{boundary}"
    return b"".join(
        (
            f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode(),
            *(piece for part in parts for piece in (f"{line}\r\n".encode(), part)),
            f"{line}--\r\n".encode(),
        )
    )


def _text(kind: str, words: str) -> bytes:
    """Words as one part: as they are where every mail server takes them so, else quoted-printable."""
    lines = words.splitlines()
    content = ("\r\n".join(lines) + "\r\n").encode()
    as_it_is = words.isascii() and "=_" not in words and all(len(line) <= LONGEST_LINE for line in lines)
    encoding = "7bit" if as_it_is else "quoted-printable"
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + (content if as_it_is else binascii.b2a_qp(content, istext=True))


def _with_enclosures(words: bytes, letter: ToPost) -> bytes:
    parts = [words]
    if letter.calendar:
        media_type = 'text/calendar; charset="utf-8"; method=PUBLISH'
        parts.append(_attached(media_type, "dates.ics", letter.calendar.encode()))
    parts += [_attached(WORD, paper.file_name, _content_of(paper)) for paper in letter.enclosed]
    return _multipart("mixed", _boundary(letter, "all"), parts) if len(parts) > 1 else words


def _content_of(paper: Enclosed) -> bytes:
    """A paper whole and as it was issued."""
    try:
        return kept_bytes(paper.key, paper.sha256)
    except (OSError, Refusal) as missing:
        raise NotDelivered(f"{paper.title} could not be enclosed: {missing}") from missing


def _attached(media_type: str, file_name: str, content: bytes) -> bytes:
    plain = file_name.isascii() and '"' not in file_name and "\\" not in file_name
    named = f'filename="{file_name}"' if plain else f"filename*=utf-8''{quote(file_name)}"
    head = (
        f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; {named}\r\nMIME-Version: 1.0\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def _header(name: str, value: str) -> bytes:
    if value.isascii() and len(name) + len(value) < LONGEST_LINE and value.isprintable():
        return f"{name}: {value}\r\n".encode()
    if value.isascii() and value.isprintable():
        return ASCII_HEADERS.fold_binary(name, ASCII_HEADERS.header_factory(name, value))
    # Encoded whole: where Python's policy encodes some words only, it loses spaces between them.
    return f"{name}: {Header(value, 'utf-8', LONGEST_LINE, name).encode(linesep=CRLF)}{CRLF}".encode()


@lru_cache(maxsize=4096)
def _addressed(header: str, name: str, address: str) -> bytes:
    """A header with one address. The same people get many letters; most addresses and names are plain."""
    line = f'{header}: "{name}" <{address}>' if name else f"{header}: {address}"
    if len(line) <= LONGEST_LINE and PLAIN_NAME.fullmatch(name) and PLAIN_ADDRESS.fullmatch(address):
        return f"{line}\r\n".encode()
    policy = ASCII_HEADERS if address.isascii() else WIDE_HEADERS
    try:
        written_out = Address(name, addr_spec=address)
        return policy.fold_binary(header, policy.header_factory(header, written_out))
    except (ValueError, IndexError, UnicodeError, MessageError) as wrong:
        raise NeverDelivered(f"{address or 'An empty address'} can’t be written to.") from wrong


def file_name_of(parts: Sequence[str]) -> str:
    """What an enclosed paper is called outside, from the parts that say something."""
    return "-".join(part for part in parts if part) + ".docx"
