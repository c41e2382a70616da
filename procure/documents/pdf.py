"""A paper as PDF, where the machine has LibreOffice. A convenience: what a signature binds is the .docx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from procure.refusals import Refusal

LONGEST_SECONDS = 60
TAGGED = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"}}'
)


class PdfFailed(Refusal):
    """LibreOffice is here and did not give a PDF in time."""


def office() -> str | None:
    """Path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(paper: bytes, *, seconds: float = LONGEST_SECONDS) -> bytes | None:
    """The paper as a tagged PDF with bookmarks; None where there is no LibreOffice. Takes a second or two."""
    program = office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        source = Path(folder, "paper.docx")
        source.write_bytes(paper)
        _convert(program, source, seconds)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise PdfFailed("The paper could not be turned into a PDF. The Word file is not affected.")
        return made.read_bytes()


def _convert(program: str, source: Path, seconds: float) -> None:
    # A profile of its own: two conversions at once in one profile wait for each other without end.
    profile = source.with_name("profile").as_uri()
    child = subprocess.Popen(  # noqa: S603 - the program is LibreOffice and the path is our own
        [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
         "--convert-to", TAGGED, "--outdir", str(source.parent), str(source)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise PdfFailed("The PDF took too long to make. The Word file is not affected.") from error
