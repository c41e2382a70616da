"""An officer who knows Word and nothing else makes the invitation the council's own, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx

from procure.demonstration import days, purchase, tender_papers
from procure.demonstration.walk import the_cast, the_file
from tests.documents.papers import words_of
from tests.journeys.conftest import Screens, Visitor

FILE = "/procurements/PRO-2027-014"


def papers_are_ready(screens: Screens) -> None:
    """2 September 2027: all is said that the papers print, and nothing is issued."""
    with screens.house.rows():
        purchase.prepare_tender(the_file(), the_cast())
        tender_papers.say_all(the_file(), the_cast())
    screens.house.is_on(days.PAPERS_ISSUED)


def downloaded(visitor: Visitor, link: str, folder: Path) -> Path:
    """Follow a link to a Word file, and keep what comes."""
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("link", name=re.compile(rf"^{link}")).first.click()
    kept = folder / coming.value.suggested_filename
    coming.value.save_as(kept)
    return kept


def in_word(path: Path, instead: dict[str, str]) -> Path:
    """Open a document, put words in the place of others, save it, as Word does."""
    opened = docx.Document(str(path))
    for old, new in instead.items():
        run = next(run for paragraph in opened.paragraphs for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new)
    opened.save(str(path))
    return path


SUPPLIED = "Read both before you decide to bid."
OURS = "Read both before you decide to bid, and ask Smith & Sons <or us> what you don’t understand."
RIGHT, MISSPELT = "{{ procurement.description }}", "{{ procurement.descripton }}"


def test_an_officer_who_knows_word_changes_the_invitation_and_issues_it(
    screens_at: Callable[..., Screens], tmp_path: Path
) -> None:
    screens = screens_at("approval")
    papers_are_ready(screens)
    officer = screens.of("officer")

    officer.goes_to(f"{FILE}/tender/papers")
    officer.presses("Invitation to tender")
    officer.sees(SUPPLIED, "Made from the template as supplied.")
    officer.presses("the template as supplied")
    ours = in_word(
        downloaded(officer, "Get the one in use, to change it in Word", tmp_path),
        {SUPPLIED: OURS, RIGHT: MISSPELT},
    )

    officer.presses("Bring in a new version")
    officer.page.get_by_label("Word document").set_input_files(ours)
    officer.fills("What you changed", "Whom to ask")
    officer.presses("Check it and take it in")
    officer.sees("One thing has to be put right in it first", "The opportunity", MISSPELT, RIGHT)
    assert officer.page.get_by_label("What you changed").input_value() == "Whom to ask", "nothing typed is lost"

    in_word(ours, {MISSPELT: RIGHT})
    officer.page.get_by_label("Word document").set_input_files(ours)
    officer.presses("Check it and take it in")
    officer.sees("Version 1 is taken in. It isn’t used yet: read it first.", "With invented facts", OURS)
    officer.fills("With the facts of a file", "PRO-2027-014")
    officer.presses("Show it")
    officer.sees("With the facts of PRO-2027-014", "Social infrastructure support", OURS)
    assert OURS in words_of(downloaded(officer, "Get this preview as a Word document", tmp_path).read_bytes())

    officer.presses("Use it")
    officer.presses("Use it")
    officer.sees("The template version 1 is used from 2 September 2027.", "PRO-2027-014: as supplied")
    officer.presses("PRO-2027-014")
    officer.presses("Move it to the one in use")
    officer.goes_to(f"{FILE}/tender/papers")
    officer.presses("Issue the papers")
    officer.sees("Six papers are issued and kept.")
    officer.presses("Version 1 of Invitation to tender")
    officer.sees(OURS)
    issued = words_of(downloaded(officer, "Word document", tmp_path).read_bytes())
    assert OURS in issued and "Ask and record" not in issued
