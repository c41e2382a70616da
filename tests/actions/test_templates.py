"""The council's own templates: taken in, chosen from a day on, gone back from; and the files that keep theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.documents import actions as papers
from procure.documents import template_actions as actions
from procure.documents.actions import content_of, draft
from procure.documents.asking import asked_by, keep_answers
from procure.documents.registry import document_named
from procure.documents.render import sha256
from procure.documents.template_actions import TemplateRefused
from procure.documents.template_facts import choices_of, current, held_on, in_use, keepers_of, start_of, versions_of
from procure.documents.template_models import TRAIL, TemplateStart, TemplateVersion
from procure.extensions import db
from procure.procurement.actions import open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from procure.refusals import Refusal
from tests.documents.papers import parts_of, with_part, with_words, words_of
from tests.issued_papers import a_paper, with_papers

AT = datetime(2027, 3, 8, 10, tzinfo=UTC)
TODAY, NEXT_WEEK = date(2027, 3, 8), date(2027, 3, 15)
APPRAISAL = "options-appraisal"


def a_template(words: str = "Our own options appraisal") -> bytes:
    return with_words(document_named(APPRAISAL).path.read_bytes(), "Options appraisal", words)


def taken_in(cast: Cast, content: bytes | None = None, at: datetime = AT) -> TemplateVersion:
    document, ours = document_named(APPRAISAL), content or a_template()
    return actions.take_in(document, "Our template.docx", ours, said="Our own name", by=cast["officer"], at=at)


def chosen(cast: Cast, version: TemplateVersion | None, from_on: date = TODAY, at: datetime = AT) -> None:
    actions.choose(document_named(APPRAISAL), version, from_on=from_on, because="", by=cast["officer"], at=at)


def refused(deed: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        deed()
    return refusal.value


def words_drafted(cast: Cast, about: object, at: datetime = AT, who: str = "officer") -> str:
    return words_of(draft(document_named(APPRAISAL), about, by=cast[who], at=at))  # type: ignore[arg-type]


def another_file(cast: Cast) -> Procurement:
    officer = cast["officer"]
    return open_file(title="Another file", route=Route.CABINET, officer=officer, by=officer, at=AT)


def test_a_version_is_used_from_its_day_on_and_by_files_that_begin_then(cast: Cast) -> None:
    old, new = with_papers(cast), another_file(cast)
    version = taken_in(cast)
    assert current(APPRAISAL, TODAY) is None, "taking it in is not using it"
    chosen(cast, version, NEXT_WEEK)
    assert (current(APPRAISAL, NEXT_WEEK - timedelta(days=1)), current(APPRAISAL, NEXT_WEEK)) == (None, version)
    later = AT + timedelta(days=7)
    assert "Our own options appraisal" in words_drafted(cast, new, later)
    assert "Our own options appraisal" not in words_drafted(cast, old, later), "it began with the supplied one"
    assert [one.about for one in keepers_of(APPRAISAL, NEXT_WEEK)] == [old.reference]


def test_a_file_is_moved_by_its_officer_and_what_is_issued_stays(cast: Cast) -> None:
    file = with_papers(cast)
    document = document_named(APPRAISAL)
    before = papers.latest(file.reference, APPRAISAL)
    assert before is not None and before.template_sha256 == sha256(document.path.read_bytes())
    version = taken_in(cast)
    chosen(cast, version)
    assert a_paper(file, cast, AT).template_sha256 == before.template_sha256
    actions.move_to_newest(document, file, by=cast["officer"], at=AT)
    after = a_paper(file, cast, AT + timedelta(hours=1))
    assert after.template_sha256 == version.sha256
    assert "Our own options appraisal" in words_of(content_of(after))
    assert "Our own options appraisal" not in words_of(content_of(before))
    said = db.session.scalars(select(TrailEntry.said).where(TrailEntry.file == file.reference)).all()
    assert "moved the options appraisal to the template that is in use, version 1" in said
    assert "already" in refused(lambda: actions.move_to_newest(document, file, by=cast["officer"], at=AT)).sentence
    assert keepers_of(APPRAISAL, TODAY) == []


def test_a_file_is_asked_what_its_own_version_of_the_template_asks(cast: Cast) -> None:
    old, new, document = with_papers(cast), another_file(cast), document_named(APPRAISAL)
    ours = with_words(document.path.read_bytes(), "Record who advised and when.", "Say what legal wrote.")
    chosen(cast, taken_in(cast, ours))
    (asked,) = asked_by(document, new.trail_file(), TODAY)
    assert asked.text.endswith("Say what legal wrote.")
    keep_answers(document, new.trail_file(), {asked.key: "A contract."}, by=cast["officer"], at=AT)
    assert all(one.text.endswith("Record who advised and when.") for one in asked_by(document, old.trail_file(), TODAY))


def test_going_back_is_a_choice_and_nothing_is_lost(cast: Cast) -> None:
    first = taken_in(cast)
    chosen(cast, first)
    second = taken_in(cast, a_template("Appraisal of options"))
    chosen(cast, second)
    chosen(cast, first)
    assert current(APPRAISAL, TODAY) == first
    chosen(cast, None)
    assert current(APPRAISAL, TODAY) is None
    assert [one.number for one in versions_of(APPRAISAL)] == [2, 1]
    assert len(choices_of(APPRAISAL)) == 4
    said = db.session.scalars(select(TrailEntry.said).where(TrailEntry.file == TRAIL)).all()
    assert "chose as supplied of the template of the options appraisal from 8 March 2027" not in said
    assert "chose the template of the options appraisal as supplied, from 8 March 2027" in said
    assert "chose version 1 of the template of the options appraisal, from 8 March 2027" in said


def test_a_choice_that_has_not_begun_can_be_taken_back(cast: Cast) -> None:
    version, document = taken_in(cast), document_named(APPRAISAL)
    chosen(cast, version, NEXT_WEEK)
    [planned] = held_on(choices_of(APPRAISAL), TODAY).planned
    begun = lambda: actions.take_back(document, planned, by=cast["officer"], at=AT + timedelta(days=7))  # noqa: E731
    assert "has begun" in refused(begun).sentence
    for _ in range(2):
        actions.take_back(document, planned, by=cast["officer"], at=AT)
    assert current(APPRAISAL, NEXT_WEEK) is None
    assert held_on(choices_of(APPRAISAL), TODAY).planned == ()


def test_what_may_not_be_taken_in_or_chosen_leaves_nothing_behind(cast: Cast) -> None:
    document = document_named(APPRAISAL)
    faulty = with_words(document.path.read_bytes(), "{{ council.name }}", "{{ council.nmae }}")
    refusal = refused(lambda: taken_in(cast, faulty))
    assert isinstance(refusal, TemplateRefused) and refusal.field == "file"
    assert [one.suggestion for one in refusal.problems] == ["{{ council.name }}"]
    assert "as supplied" in refused(lambda: taken_in(cast, document.path.read_bytes())).sentence
    for key in ("director", "auditor"):
        assert (
            "officer or an administrator"
            in refused(
                lambda key=key: actions.take_in(document, "x.docx", a_template(), said="", by=cast[key], at=AT)
            ).sentence
        )
    assert db.session.scalar(select(func.count()).select_from(TemplateVersion)) == 0
    assert db.session.scalar(select(func.count()).select_from(TrailEntry).where(TrailEntry.file == TRAIL)) == 0
    version = taken_in(cast)
    assert "version 1" in refused(lambda: taken_in(cast)).sentence
    assert refused(lambda: chosen(cast, version, TODAY - timedelta(days=1))).field == "from_on"
    assert "in use already" in refused(lambda: chosen(cast, None)).sentence
    chosen(cast, version)
    assert "in use already" in refused(lambda: chosen(cast, version, NEXT_WEEK)).sentence
    assert len(choices_of(APPRAISAL)) == 1


def test_a_file_from_which_no_paper_could_be_opened_is_refused(cast: Cast) -> None:
    relations = parts_of(a_template())["_rels/.rels"]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    lost = f'<Relationship Id="rIdX" Type="{kind}" Target="docProps/custom.xml"/></Relationships>'.encode()
    broken = with_part(a_template(), "_rels/.rels", relations.replace(b"</Relationships>", lost))
    refusal = refused(lambda: taken_in(cast, broken))
    assert isinstance(refusal, TemplateRefused)
    assert "a part of the file is missing" in refusal.problems[0].sentence


def test_the_first_draft_notes_the_template_once_and_not_for_who_only_reads(cast: Cast) -> None:
    file = another_file(cast)
    words_drafted(cast, file, who="auditor")
    assert start_of(APPRAISAL, file.reference) is None  # type: ignore[attr-defined]
    words_drafted(cast, file)
    words_drafted(cast, file, AT + timedelta(hours=1))
    [start] = db.session.scalars(select(TemplateStart).where(TemplateStart.name == APPRAISAL))
    assert (start.began_at, start.template) == (AT, None)


def test_what_belongs_to_no_file_follows_the_version_of_the_day(cast: Cast) -> None:
    document = document_named("delegation-register")
    with_own_words = with_words(document.path.read_bytes(), "{{ council.name }}", "Our own {{ council.name }}")
    version = actions.take_in(document, "r.docx", with_own_words, said="", by=cast["administrator"], at=AT)
    assert in_use(document.name, "council", TODAY) is None
    actions.choose(document, version, from_on=TODAY, because="", by=cast["administrator"], at=AT)
    assert in_use(document.name, "council", TODAY) == version
