"""Looking for viruses in what comes in: by ClamAV's daemon where one is configured, piece by piece.

CLAMD_URL says where it listens: `tcp://127.0.0.1:3310`, or `unix:///run/clamav/clamd.ctl`. Without it nothing is
looked at.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app

from procure.documents.door import UploadRefused

log = logging.getLogger(__name__)

LONGEST_SECONDS = 60
LONGEST_ANSWER = 4096


class VirusFound(UploadRefused):
    """The scanner found something in the file."""


class ScannerAway(UploadRefused):
    """The scanner is configured and doesn't answer, so nothing is taken in."""


def scan(name: str, pieces: Iterable[bytes]) -> None:
    """Refuse a file in which the scanner finds something, and every file while it can't be asked."""
    address = current_app.config.get("CLAMD_URL", "")
    if not address:
        return
    try:
        answer = _ask(address, pieces)
    except OSError as away:
        log.warning("The virus scanner can’t be reached: %s", away)
        raise ScannerAway(
            "Files can’t be taken in now: the virus scanner doesn’t answer. Try again in a few minutes; if it goes on, "
            "tell the administrator."
        ) from away
    if answer.endswith("FOUND"):
        log.warning("The virus scanner refused %r: %s", name, answer)
        raise VirusFound(f"{name} can’t be taken in: the virus scanner found something in it. Ask for a clean copy.")
    if not answer.endswith("OK"):
        log.warning("The virus scanner answered: %s", answer)
        raise ScannerAway(
            f"{name} can’t be taken in: the virus scanner couldn’t look at it. If it goes on, tell the administrator."
        )


def _ask(address: str, pieces: Iterable[bytes]) -> str:
    """The scanner's own words: `stream: OK`, `stream: Eicar-Signature FOUND`, or an error."""
    with _reach(address) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            for piece in pieces:
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, and says why
        said = b""
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
            said += more
    if not said:
        raise ConnectionError("It hung up without an answer.")
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _reach(address: str) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(LONGEST_SECONDS)
        line.connect(where.path)
        return line
    return socket.create_connection((where.hostname or "127.0.0.1", where.port or 3310), timeout=LONGEST_SECONDS)
