"""The virus scanner at the door: it is asked by clamd's own protocol, and a file passes only when it says so."""

from __future__ import annotations

import io
import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from procure.documents.actions import keep_upload
from procure.documents.scanning import ScannerAway, VirusFound
from procure.documents.storage import PIECE, lying_in
from tests.conftest import lent

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """What ClamAV's daemon says to INSTREAM, on a socket of this machine."""

    def __init__(self, path: Path) -> None:
        self.heard: list[int] = []
        self.says = ""
        self._line = socket.socket(socket.AF_UNIX)
        self._line.bind(str(path))
        self._line.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._line.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", stream.read(4))[0]:
                    content += stream.read(size)
                self.heard.append(len(content))
                found = "stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else "stream: OK"
                caller.sendall((self.says or found).encode() + b"\0")

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with lent(tmp_path, f"sqlite:///{tmp_path / 'none.db'}") as app:
        yield app


@pytest.fixture
def clamd(app: Flask, tmp_path: Path) -> Iterator[Clamd]:
    path = tmp_path / "clamd.ctl"
    server = Clamd(path)
    app.config["CLAMD_URL"] = f"unix://{path}"
    yield server
    server.close()


def test_a_clean_file_of_many_pieces_is_looked_at_whole_and_kept(clamd: Clamd) -> None:
    content = b"%PDF-" + os.urandom(3 * PIECE)
    assert keep_upload("tender.pdf", io.BytesIO(content)).size == len(content)
    assert clamd.heard == [len(content)]


def test_a_file_with_something_in_it_is_refused_and_not_kept(clamd: Clamd) -> None:
    with pytest.raises(VirusFound, match="the virus scanner found something in it"):
        keep_upload("notes.txt", EICAR)
    assert list(lying_in("uploads")) == []


def test_nothing_is_taken_in_while_the_scanner_is_away_or_can_t_say(app: Flask, clamd: Clamd) -> None:
    clamd.says = "INSTREAM size limit exceeded. ERROR"
    with pytest.raises(ScannerAway, match="couldn’t look at it"):
        keep_upload("tender.pdf", b"%PDF-1")
    app.config["CLAMD_URL"] = "tcp://127.0.0.1:1"
    with pytest.raises(ScannerAway, match="doesn’t answer"):
        keep_upload("tender.pdf", b"%PDF-1")
    app.config["CLAMD_URL"] = ""
    assert keep_upload("tender.pdf", b"%PDF-1").size == 6
    assert len(list(lying_in("uploads"))) == 1
