"""The post office: SMTP on one kept connection, or files in a folder where no server is named."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.mail.models import Letter
from procure.refusals import Refusal

TIMEOUT = 20.0
"""Seconds to wait for each answer of a mail server, unless SMTP_TIMEOUT says otherwise."""

OWN_HOST = frozenset({"localhost", "127.0.0.1", "::1"})

PERMANENT = 500

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotDelivered(Exception):
    """The letter did not leave this time. Its text is what the Letters page shows."""


class NeverDelivered(NotDelivered):
    """The letter will never leave as it is: the address is wrong, or the server refuses it for good."""


class CannotConnect(NotDelivered):
    """No letter can leave now: the server is not to be reached, does not let us in, or does not answer."""


@dataclass(frozen=True)
class Envelope:
    """A letter closed and addressed: nothing of it needs the database any more."""

    mail: EmailMessage
    to: str
    file_name: str


class PostOffice(Protocol):
    """Where letters are handed in."""

    def post(self, envelope: Envelope) -> None:
        """Hand in one letter. Raises `NotDelivered` where it isn't taken."""


def sealed(letter: Letter, at: datetime) -> Envelope:
    """The letter in its envelope. `NeverDelivered` where its address cannot be written."""
    return Envelope(message(letter, at), letter.to_email, f"{letter.id:06}-{letter.name}.eml")


def message(letter: Letter, at: datetime) -> EmailMessage:
    """The letter as mail. `NeverDelivered` where its address cannot be written in a header."""
    settings = current_app.config
    built = EmailMessage(policy=SMTP_POLICY)
    try:
        built["Subject"] = letter.subject
        built["From"] = Address("Procure", addr_spec=settings["MAIL_FROM"])
        built["To"] = Address(letter.to_name, addr_spec=letter.to_email)
        if settings.get("MAIL_REPLY_TO"):
            built["Reply-To"] = Address(addr_spec=settings["MAIL_REPLY_TO"])
    except (ValueError, IndexError, UnicodeError) as wrong:
        raise NeverDelivered(f"{letter.to_email or 'An empty address'} can’t be written to.") from wrong
    built["Date"] = format_datetime(at)
    built["Message-ID"] = letter.message_id
    built["Auto-Submitted"] = "auto-generated"
    built["X-Auto-Response-Suppress"] = "All"
    built.set_content(letter.text)
    built.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        built.add_attachment(
            letter.calendar.encode(), maintype="text", subtype="calendar", filename="dates.ics",
            params={"charset": "utf-8", "method": "PUBLISH"},
        )  # fmt: skip
    for paper in letter.papers:
        _enclose(built, paper)
    return built


def _enclose(built: EmailMessage, paper: Paper) -> None:
    """Put a paper into the envelope, whole and as it was issued."""
    try:
        content = content_of(paper)
    except (OSError, Refusal) as missing:
        raise NotDelivered(f"{paper.title} could not be enclosed: {missing}") from missing
    name = "-".join(part for part in (paper.about, paper.name, paper.subject, f"v{paper.number}") if part)
    built.add_attachment(content, maintype="application", subtype=WORD, filename=f"{name}.docx")


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """The way letters leave by the settings: `SMTP_URL`, else the folder `letters` of the instance."""
    url = current_app.config.get("SMTP_URL", "")
    if not url:
        yield Folder(Path(current_app.config["INSTANCE"]) / "letters")
        return
    server = Server(url)
    try:
        yield server
    finally:
        server.close()


class Folder:
    """Letters as `.eml` files, which any mail program opens."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def post(self, envelope: Envelope) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / envelope.file_name
        half = file.with_suffix(f".{os.getpid()}.part")
        half.write_bytes(envelope.mail.as_bytes())
        half.replace(file)


class Server:
    """One SMTP server, on a connection that is opened at the first letter and kept for the next ones."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.sender = current_app.config.get("MAIL_BOUNCE") or current_app.config["MAIL_FROM"]
        self.seconds = float(current_app.config.get("SMTP_TIMEOUT") or TIMEOUT)
        self._line: smtplib.SMTP | None = None

    def post(self, envelope: Envelope) -> None:
        """Hand in one letter; where a kept connection has died meanwhile, on a new one."""
        if self._line is not None and not self._alive(self._line):
            self.close()
        self._line = self._line or self._connected()
        try:
            self._line.send_message(envelope.mail, from_addr=self.sender, to_addrs=[envelope.to])
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _refusal(code, said) from refused
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPNotSupportedError as refused:
            raise NeverDelivered(f"The mail server can’t take this address: {refused}") from refused
        except smtplib.SMTPResponseException as refused:
            raise NotDelivered(f"{refused.smtp_code} {_plain(refused.smtp_error)}") from refused
        except (smtplib.SMTPException, OSError) as broken:
            self.close()
            if _ran_out_of_time(broken):
                raise CannotConnect(f"The mail server did not answer within {self.seconds:g} seconds.") from broken
            raise NotDelivered(f"The connection broke: {broken}") from broken

    def _alive(self, line: smtplib.SMTP) -> bool:
        try:
            return line.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connected(self) -> smtplib.SMTP:
        host = self.url.hostname or "localhost"
        line: smtplib.SMTP | None = None
        try:
            line, is_private = self._opened(host)
            if self.url.username:
                if not is_private and host not in OWN_HOST:
                    raise smtplib.SMTPNotSupportedError("it offers no encryption, so the password is not sent")
                line.login(unquote(self.url.username), unquote(self.url.password or ""))
        except (smtplib.SMTPException, OSError) as shut:
            if line is not None:
                line.close()
            raise CannotConnect(f"The mail server {host} {self._why_shut(shut)}") from shut
        return line

    def _why_shut(self, shut: Exception) -> str:
        """Why nobody opened, in an officer’s words, with what the server itself said."""
        if _ran_out_of_time(shut):
            return f"did not answer within {self.seconds:g} seconds."
        if isinstance(shut, smtplib.SMTPAuthenticationError):
            return f"does not accept our name or password: {shut.smtp_code} {_plain(shut.smtp_error)}"
        if isinstance(shut, smtplib.SMTPResponseException):
            return f"doesn’t let us in: {shut.smtp_code} {_plain(shut.smtp_error)}"
        return f"can’t be reached or doesn’t let us in: {shut}"

    def _opened(self, host: str) -> tuple[smtplib.SMTP, bool]:
        """A connection, and whether nobody on the way can read it. `?starttls` in SMTP_URL insists on that."""
        safe = ssl.create_default_context()
        if self.url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self.url.port or 465, timeout=self.seconds, context=safe), True
        line = smtplib.SMTP(host, self.url.port or 25, timeout=self.seconds)
        line.ehlo()
        if line.has_extn("starttls"):
            line.starttls(context=safe)
            line.ehlo()
            return line, True
        if "starttls" in parse_qs(self.url.query, keep_blank_values=True):
            line.close()
            raise smtplib.SMTPNotSupportedError("it offers no encryption")
        return line, False

    def close(self) -> None:
        """Say goodbye, where there is anybody to say it to."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()


def _ran_out_of_time(broken: Exception) -> bool:
    return isinstance(broken, TimeoutError) or isinstance(broken.__context__, TimeoutError)


def _refusal(code: int, said: bytes | str) -> NotDelivered:
    kind = NeverDelivered if code >= PERMANENT else NotDelivered
    return kind(f"{code} {_plain(said)}")


def _plain(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
