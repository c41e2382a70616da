"""The post office: SMTP on one kept connection, or files in a folder where no server is named."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app

from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.mail.models import Letter
from procure.refusals import Refusal

TIMEOUT = 20
"""Seconds to wait for a mail server. A batch of claimed letters must be over before its claim is."""

PERMANENT = 500

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotDelivered(Exception):
    """The letter did not leave this time. Its text is what the Letters page shows."""


class NeverDelivered(NotDelivered):
    """The letter will never leave as it is: the address is wrong, or the server refuses it for good."""


class CannotConnect(NotDelivered):
    """No letter can leave now: the server is not to be reached, or does not let us in."""


class PostOffice(Protocol):
    """Where letters are handed in."""

    def post(self, letter: Letter, at: datetime) -> None:
        """Hand in one letter. Raises `NotDelivered` where it isn't taken."""


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
    if letter.paper is not None:
        _enclose(built, letter.paper)
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

    def post(self, letter: Letter, at: datetime) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / f"{letter.id:06}-{letter.name}.eml"
        half = file.with_suffix(f".{os.getpid()}.part")
        half.write_bytes(message(letter, at).as_bytes())
        half.replace(file)


class Server:
    """One SMTP server, on a connection that is opened at the first letter and kept for the next ones."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.sender = current_app.config.get("MAIL_BOUNCE") or current_app.config["MAIL_FROM"]
        self._line: smtplib.SMTP | None = None

    def post(self, letter: Letter, at: datetime) -> None:
        """Hand in one letter; where a kept connection has died meanwhile, on a new one."""
        mail = message(letter, at)
        if self._line is not None and not self._alive(self._line):
            self.close()
        self._line = self._line or self._connected()
        try:
            self._line.send_message(mail, from_addr=self.sender, to_addrs=[letter.to_email])
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
            raise NotDelivered(f"The connection broke: {broken}") from broken

    def _alive(self, line: smtplib.SMTP) -> bool:
        try:
            return line.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connected(self) -> smtplib.SMTP:
        host, safe = self.url.hostname or "localhost", ssl.create_default_context()
        try:
            if self.url.scheme == "smtps":
                line: smtplib.SMTP = smtplib.SMTP_SSL(host, self.url.port or 465, timeout=TIMEOUT, context=safe)
            else:
                line = smtplib.SMTP(host, self.url.port or 25, timeout=TIMEOUT)
                line.ehlo()
                if line.has_extn("starttls"):
                    line.starttls(context=safe)
                    line.ehlo()
            if self.url.username:
                line.login(unquote(self.url.username), unquote(self.url.password or ""))
        except (smtplib.SMTPException, OSError) as shut:
            raise CannotConnect(f"The mail server {host} can’t be reached or doesn’t let us in: {shut}") from shut
        return line

    def close(self) -> None:
        """Say goodbye, where there is anybody to say it to."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()


def _refusal(code: int, said: bytes | str) -> NotDelivered:
    kind = NeverDelivered if code >= PERMANENT else NotDelivered
    return kind(f"{code} {_plain(said)}")


def _plain(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
