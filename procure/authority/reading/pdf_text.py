"""The words of a PDF, read in a process of its own within limits: a PDF can be made to take all day."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from procure.refusals import Refusal

LONGEST_SECONDS = 20
MOST_MEMORY = 1024 * 1024 * 1024
FEWEST_WORDS = 5
"""Of words on all pages; a scan has none, or a stamp."""

_BY_PYPDF = (
    "import sys, pypdf\n"
    "pages = pypdf.PdfReader(sys.argv[1]).pages\n"
    "text = '\\n'.join(page.extract_text() for page in pages[:200])\n"
    "sys.stdout.buffer.write(text.encode('utf-8', 'replace'))\n"
)


class NoTextInIt(Refusal):
    """A PDF without words, or one that can't be read here."""


def text_of_pdf(content: bytes) -> str:
    """The words of a PDF, by Poppler where the machine has it, else by pypdf."""
    with tempfile.TemporaryDirectory(prefix="decision-") as folder:
        path = Path(folder, "decision.pdf")
        path.write_bytes(content)
        said = _run(_reader(path))
    if len(said.split()) < FEWEST_WORDS:
        raise NoTextInIt(
            "This PDF is a picture of the page: it holds no text. Type or paste the words of the decision."
        )
    return said.replace("\f", "\n\n")


def _reader(path: Path) -> list[str]:
    poppler = shutil.which("pdftotext")
    if poppler:
        return [poppler, "-enc", "UTF-8", "-l", "200", str(path), "-"]
    if find_spec("pypdf") is None:
        raise NoTextInIt("PDF files can’t be read on this machine. Paste the words of the decision.")
    return [sys.executable, "-I", "-c", _BY_PYPDF, str(path)]


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program is ours to choose and the path is our own
            command, capture_output=True, timeout=LONGEST_SECONDS, check=False, stdin=subprocess.DEVNULL,
            preexec_fn=_within_limits,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoTextInIt("This PDF took too long to read. Paste the words of the decision.") from error
    if done.returncode:
        raise NoTextInIt("This PDF is locked or damaged and can’t be read. Paste the words of the decision.")
    return done.stdout.decode("utf-8", "replace")


def _within_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
