"""Taking in a template, choosing the one that is used, going back, and moving a file to the newest."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import docx
from flask import current_app
from lxml.etree import XMLSyntaxError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from procure import words
from procure.audit.actions import act
from procure.documents.actions import template_content
from procure.documents.checking import Verdict, judge
from procure.documents.declare import Document, draft_bytes, problems_in
from procure.documents.door import clean_name
from procure.documents.problems import THE_FILE, Problem
from procure.documents.render import sha256
from procure.documents.scanning import scan
from procure.documents.shared_facts import SAMPLE_FILE, sample_document
from procure.documents.storage import keep
from procure.documents.template_facts import choices_of, current, held_on, in_use, label_of, versions_of
from procure.documents.template_models import TRAIL, TemplateChoice, TemplateMove, TemplateVersion
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal
from procure.rows import Recorded

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
"""Roles which, held for all files, may change what the council's papers say."""


class NotAKeeper(Refusal):
    """Templates are changed by procurement officers for all files and by administrators."""


class TemplateRefused(Refusal):
    """A file that can't be a template of this document; `problems` says why, one by one."""

    def __init__(self, verdict: Verdict) -> None:
        count = len(verdict.problems)
        self.problems: tuple[Problem, ...] = tuple(verdict.problems)
        super().__init__(
            f"{words.sentence(words.number_word(count))} {'thing has' if count == 1 else 'things have'} to be put "
            "right in it first. They are listed below",
            field="file",
        )


class SameTemplate(Refusal):
    """The file is a version that is there already."""


class TakenMeanwhile(Refusal):
    """Somebody brought in a version of the same template at the same moment."""


class ChoiceRefused(Refusal):
    """A choice can't reach back, nor repeat what holds."""


def keeps_templates(by: Person, day: date) -> bool:
    """Whether somebody may take in templates and choose among them."""
    return bool(global_roles_of(by, day) & KEEPERS)


def _must_keep_templates(by: Person, at: datetime) -> None:
    if not keeps_templates(by, legal_day(at)):
        raise NotAKeeper("Only a procurement officer or an administrator can do this.")


def take_in(
    document: Document, file_name: str, content: bytes, *, said: str, by: Person, at: datetime
) -> TemplateVersion:
    """Judge a file and keep it as the document's next version. It is not used before somebody chooses it.

    The bytes are kept before the act opens: what is refused afterwards leaves at most a file that nothing names.
    """
    _must_keep_templates(by, at)
    scan(clean_name(file_name), [content])
    verdict = judge(content, document.facts)
    if verdict.is_accepted:
        verdict = _tried_out(document, verdict, at)
    if verdict.kind is None or not verdict.is_accepted:
        raise TemplateRefused(verdict)
    digest = sha256(verdict.content)
    _must_be_new(document, digest)
    kept = keep("templates", verdict.content, ".docx")
    with act(f"took in a new version of the template of the {document.title.lower()}", on=TRAIL, by=by, at=at):
        _must_be_new(document, digest)
        last = db.session.scalar(select(func.max(TemplateVersion.number)).where(TemplateVersion.name == document.name))
        version = TemplateVersion(
            name=document.name, number=(last or 0) + 1, kind=verdict.kind, file_name=clean_name(file_name),
            file_key=kept.key, sha256=kept.sha256, size=kept.size, said=said, notes="\n".join(verdict.notes),
            uploaded_by_id=by.id, uploaded_at=at,
        )  # fmt: skip
        db.session.add(version)
        try:
            db.session.flush()
        except IntegrityError as taken:
            raise TakenMeanwhile(
                "Somebody has just brought in another version. Choose the file again.", field="file"
            ) from taken
    return version


def _tried_out(document: Document, verdict: Verdict, at: datetime) -> Verdict:
    """The verdict, unless a paper made from the template with the facts of the sample can't be read back."""
    meta = sample_document(document.title, SAMPLE_FILE, legal_day(at))
    paper = draft_bytes(document, document.sample(), meta, template=verdict.content)
    try:
        docx.Document(BytesIO(paper))
    except (KeyError, ValueError, AttributeError, XMLSyntaxError) as error:
        current_app.logger.warning("A template of %s can’t be read back: %r", document.name, error)
        said = "A paper made from it can’t be opened: a part of the file is missing. Save it again in Word."
        return Verdict(verdict.kind, verdict.fields, (Problem(THE_FILE, said),), verdict.notes)
    return verdict


def _must_be_new(document: Document, digest: str) -> None:
    if digest == sha256(document.path.read_bytes()):
        raise SameTemplate("This is the template as supplied, unchanged", field="file")
    same = next((one for one in versions_of(document.name) if one.sha256 == digest), None)
    if same is not None:
        raise SameTemplate(f"This is version {same.number}, which is there already", field="file")


def choose(
    document: Document, version: TemplateVersion | None, *, from_on: date, because: str, by: Person, at: datetime
) -> TemplateChoice:
    """Use a version from a day on; an earlier one, or the supplied one, to go back. What was chosen before stays."""
    _must_keep_templates(by, at)
    title = document.title.lower()
    which = f"the template of the {title} as supplied"
    if version is not None:
        which = f"version {version.number} of the template of the {title}"
    said = f"chose {which}, from {words.day(from_on)}"
    with act(said, on=TRAIL, by=by, at=at, note=because or None):
        today = legal_day(at)
        if from_on < today:
            raise ChoiceRefused("A template can’t reach back. Choose today or a later day", field="from_on")
        if held_on(choices_of(document.name), from_on).version == version:
            raise ChoiceRefused(f"On {words.day(from_on)} it is in use already", field="from_on")
        problems = problems_in(document, template_content(document, version))
        if problems:
            raise ChoiceRefused(f"It can’t be used any more: {problems[0]}. Change it and take it in again")
        choice = TemplateChoice(
            name=document.name, template=version, from_on=from_on, because=because, chosen_by_id=by.id, chosen_at=at
        )
        db.session.add(choice)
        db.session.flush()
    return choice


def take_back(document: Document, choice: TemplateChoice, *, by: Person, at: datetime) -> None:
    """Undo a choice that hasn't begun."""
    _must_keep_templates(by, at)
    said = f"took back the choice of a template for the {document.title.lower()} from {words.day(choice.from_on)}"
    with act(said, on=choice, by=by, at=at):
        if choice.taken_back_at is not None:
            return
        if choice.from_on <= legal_day(at):
            raise ChoiceRefused("It has begun, so papers may be made from it. Choose another version instead.")
        choice.taken_back_at = at


def move_to_newest(document: Document, about: Recorded, *, by: Person, at: datetime) -> TemplateVersion | None:
    """Make a file's document from the version that holds today, from now on. What is issued stays as it is."""
    file = about.trail_file()
    newest = current(document.name, legal_day(at))
    said = f"moved the {document.title.lower()} to the template that is in use, {label_of(newest)}"
    with act(said, on=about, by=by, at=at):
        newest = current(document.name, legal_day(at))
        if in_use(document.name, file, legal_day(at)) == newest:
            raise ChoiceRefused("It is made from the newest template already.")
        db.session.add(TemplateMove(about=file, name=document.name, template=newest, moved_by_id=by.id, moved_at=at))
        db.session.flush()
    return newest
