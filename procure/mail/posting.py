"""The post office: SMTP on one kept connection, or files in a folder where no server is named."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from procure.mail.envelopes import Envelope
from procure.mail.failures import CannotConnect, NeverDelivered, NotDelivered

TIMEOUT = 20.0
"""Seconds to wait for each answer of a mail server, unless SMTP_TIMEOUT says otherwise."""

OWN_HOST = frozenset({"localhost", "127.0.0.1", "::1"})

TAKEN, PASSED_ON, GOES_AWAY, PERMANENT = 250, 251, 421, 500
"""Answers of a mail server; from 500 on they are for good."""


class PostOffice(Protocol):
    """Where letters are handed in."""

    def post(self, envelope: Envelope) -> None:
        """Hand in one letter. Raises `NotDelivered` where it isn't taken."""


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
        half.write_bytes(envelope.content)
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
        try:
            self._handed_in(envelope, *self._addressed(envelope))
        except smtplib.SMTPNotSupportedError as refused:
            raise NeverDelivered(f"The mail server can’t take this address: {refused}") from refused
        except smtplib.SMTPResponseException as refused:
            raise NotDelivered(f"{refused.smtp_code} {_plain(refused.smtp_error)}") from refused
        except (smtplib.SMTPException, OSError) as broken:
            self.close()
            if _ran_out_of_time(broken):
                raise CannotConnect(f"The mail server did not answer within {self.seconds:g} seconds.") from broken
            raise NotDelivered(f"The connection broke: {broken}") from broken

    def _addressed(self, envelope: Envelope) -> tuple[smtplib.SMTP, int, bytes]:
        """Tell the server whose letter comes; the line it was told on, and its answer.

        Servers hang up after a while, or after so many letters. Nothing of this one has left yet, so a line that was
        kept and is dead costs no try.
        """
        if self._line is not None:
            try:
                code, said = self._begun(self._line, envelope)
                if code != GOES_AWAY:
                    return self._line, code, said
            except (smtplib.SMTPServerDisconnected, ConnectionError):
                pass
            self.close()
        self._line = self._connected()
        code, said = self._begun(self._line, envelope)
        if code == GOES_AWAY:
            self.close()
            raise CannotConnect(f"The mail server takes no letters now: {code} {_plain(said)}")
        return self._line, code, said

    def _begun(self, line: smtplib.SMTP, envelope: Envelope) -> tuple[int, bytes]:
        options = []
        if envelope.is_wide:
            if not line.has_extn("smtputf8"):
                raise smtplib.SMTPNotSupportedError("it takes only plain letters before and after the @")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        if line.has_extn("size"):
            options.append(f"size={len(envelope.content)}")
        return line.mail(self.sender, options)

    def _handed_in(self, envelope: Envelope, line: smtplib.SMTP, code: int, said: bytes) -> None:
        """Name the reader and give the letter, each as far as the server goes along."""
        if code != TAKEN:
            raise smtplib.SMTPResponseException(code, said)
        code, said = line.rcpt(envelope.to)
        if code not in (TAKEN, PASSED_ON):
            self._begin_afresh(line, code)
            raise _refusal(code, said)
        try:
            code, said = line.data(envelope.content)
        except smtplib.SMTPDataError as refused:
            code, said = refused.smtp_code, _bytes(refused.smtp_error)
        if code != TAKEN:
            self._begin_afresh(line, code)
            raise _refusal(code, said)

    def _begin_afresh(self, line: smtplib.SMTP, code: int) -> None:
        """After a refusal the line is good for the next letter, unless the server hangs up."""
        try:
            if code != GOES_AWAY and line.rset()[0] == TAKEN:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self.close()

    def _connected(self) -> smtplib.SMTP:
        host = self.url.hostname or "localhost"
        line: smtplib.SMTP | None = None
        try:
            line, is_private = self._opened(host)
            line.ehlo_or_helo_if_needed()
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


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
