"""What we serve is ours to serve: no crown, no government font, nothing from elsewhere, sums as published."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "procure" / "static"


def test_no_crown_and_no_government_font_is_served() -> None:
    for path in STATIC.rglob("*"):
        if path.suffix in (".css", ".svg"):
            words = path.read_text().lower()
            assert "gds transport" not in words and "gds-transport" not in words, path.name
            assert "crest" not in words and "crown" not in words, path.name
        assert "crown" not in path.name and "crest" not in path.name


def test_styles_fetch_nothing_from_elsewhere() -> None:
    css = (STATIC / "app.css").read_text()
    assert not re.search(r"url\((?!['\"]?(data:|/static/))", css)


def test_styles_lock_no_orientation() -> None:
    assert "orientation" not in (STATIC / "app.css").read_text(), "a phone may be held either way (WCAG 1.3.4)"


def test_the_sums_of_built_files_are_those_published() -> None:
    for line in (STATIC / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split(maxsplit=1)
        assert hashlib.sha256((STATIC / name.strip("* ")).read_bytes()).hexdigest() == digest, name
