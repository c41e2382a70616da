"""A PostgreSQL of our own on a free port: for tests, for `make chaos`, and for tables of times."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""For tests that outlive no power cut: nothing is waited for."""

MISSING = "PostgreSQL is not installed: its tests were not run."


def programs() -> Path | None:
    """Where PostgreSQL's programs are on this machine."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started."""

    programs: Path
    folder: Path
    port: int
    options: str

    @property
    def url(self) -> str:
        """Its address, without the name of a database."""
        return f"postgresql+psycopg://procure@127.0.0.1:{self.port}"

    def run(self, program: str, *words: str) -> None:
        """One of its programs, as the user it wants."""
        as_user: dict[str, object] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        subprocess.run(  # type: ignore[call-overload]
            [str(self.programs / program), "-D", str(self.folder / "data"), *words], check=True, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **as_user,
        )  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200 {self.options}"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it: "fast" ends every session, "immediate" as a crash does."""
        self.run("pg_ctl", "-w", "-m", how, "stop")

    def end(self) -> None:
        """Stop it and remove all it kept."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def begun(*, is_durable: bool = False) -> Server:
    """A server in a folder of its own; a durable one keeps every commit on the disk.

    FileNotFoundError where its programs are missing.
    """
    found = programs()
    if found is None:
        raise FileNotFoundError(MISSING)
    in_memory = Path("/dev/shm")
    where = in_memory if in_memory.is_dir() and not is_durable else None
    folder = Path(tempfile.mkdtemp(prefix="procure-pg-", dir=where))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(found, folder, port, "" if is_durable else CARELESS)
    server.run("initdb", "-U", "procure", "--no-sync", "-A", "trust", "-E", "UTF8")
    server.start()
    return server


@contextmanager
def a_postgresql(*, is_durable: bool = False) -> Iterator[Server]:
    """The same for a while: it is gone afterwards."""
    server = begun(is_durable=is_durable)
    try:
        yield server
    finally:
        server.end()
