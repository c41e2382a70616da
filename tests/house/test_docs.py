"""The reference says what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from procure.docs import PATH, reference

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_is_printed_from_the_tables_as_they_are(app: Flask) -> None:
    assert PATH.read_text() == reference(), "Run `make docs`."


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
