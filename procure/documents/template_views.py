"""Templates: what each paper is made from, the council's own versions of it, and what a template may print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from procure import words
from procure.authority.access import must_not_have_stepped_aside
from procure.contract.access import contract_for, contract_to_change
from procure.contract.access import may_change as may_change_contract
from procure.contract.models import Contract
from procure.documents import template_actions as actions
from procure.documents.actions import template_content
from procure.documents.answers import readable, word_answer
from procure.documents.checking import judge, what_differs
from procure.documents.declare import Document, draft_bytes
from procure.documents.dictionary import dictionary_of, found_in
from procure.documents.kept_facts import facts_from
from procure.documents.models import Paper
from procure.documents.registry import all_documents
from procure.documents.shared_facts import SAMPLE_FILE, DocumentFacts, sample_document
from procure.documents.template_actions import TemplateRefused, keeps_templates
from procure.documents.template_facts import (
    choices_of,
    current,
    held_for_all,
    held_on,
    in_use,
    keepers_of,
    label_of,
    versions_of,
)
from procure.documents.template_forms import ChooseForm, MoveForm, NewVersionForm
from procure.documents.template_models import TemplateChoice, TemplateVersion
from procure.documents.views import OF_A_FILE, pages, paper_open_to_reader
from procure.extensions import db
from procure.frame import the_council
from procure.now import now, today
from procure.people.access import enter, post_names_of, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.saving import save, status_of

Answer = str | Response | AnyResponse | tuple[str, int]

READERS = (
    Role.ADMINISTRATOR, Role.AUDITOR, Role.OFFICER, Role.LEGAL, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER,
    Role.CONTRACT_MANAGER,
)  # fmt: skip
CHANGERS = (Role.ADMINISTRATOR, Role.OFFICER)
ROOMS = (
    ("appraisal", "Options appraisal"), ("approval", "Approval"), ("authority", "Decisions"), ("tender", "Tender"),
    ("evaluation", "Evaluation"), ("award", "Award"), ("contract", "Contract"),
)  # fmt: skip
MOST_FILES = 30
"""Files shown that keep another version."""
MOST_WORDS = 12
"""Changed paragraphs shown; the Word files have them all."""


def made_in_word() -> list[Document]:
    """The documents that have a Word template."""
    return [document for document in all_documents() if document.template.endswith(".docx")]


def _document(name: str) -> Document:
    found = next((document for document in made_in_word() if document.name == name), None)
    if found is None:
        abort(404)
    return found


def _version(document: Document, number: int) -> TemplateVersion | None:
    """A version by its number; None for 0, the supplied one."""
    if number == 0:
        return None
    found = db.session.scalars(
        select(TemplateVersion).where(TemplateVersion.name == document.name, TemplateVersion.number == number)
    ).one_or_none()
    if found is None:
        abort(404)
    return found


def _only_keepers() -> None:
    if not keeps_templates(signed_in(), today()):
        abort(403)


@pages.get("/settings/templates")
@enter(*READERS)
def templates() -> str:
    """Every template by stage, with the version in use."""
    held = held_for_all(today())
    known = dict(ROOMS)
    groups = [(label, [one for one in made_in_word() if one.room == room]) for room, label in ROOMS]
    others = [one for one in made_in_word() if one.room not in known]
    return render_template(
        "documents/templates.html", held=held, groups=[(label, found) for label, found in groups if found],
        others=others, label_of=label_of,
    )  # fmt: skip


@pages.get("/settings/templates/<name>")
@enter(*READERS)
def template(name: str) -> str:
    """One template: what is in use, every version, what was chosen when."""
    document, day = _document(name), today()
    choices = choices_of(name)
    held = held_on(choices, day)
    keepers = keepers_of(name, day)
    return render_template(
        "documents/template.html", document=document, held=held, choices=choices, versions=versions_of(name),
        keepers=[(one, _file_href(one.about, name)) for one in keepers[:MOST_FILES]], more=len(keepers) - MOST_FILES,
        label_of=label_of, may_keep=keeps_templates(signed_in(), day),
    )  # fmt: skip


def _file_href(about: str, name: str) -> str | None:
    """The page on which a file's template is looked at; None for what is no file."""
    if db.session.scalar(select(Procurement.id).where(Procurement.reference == about)):
        return url_for(".file_template", reference=about, name=name)
    if db.session.scalar(select(Contract.id).where(Contract.reference == about)):
        return url_for(".contract_template", reference=about, name=name)
    return None


@pages.get("/settings/templates/<name>/facts")
@enter(*READERS)
def template_facts(name: str) -> str:
    """The data dictionary of a document, all of it or what somebody looks for."""
    document = _document(name)
    wanted = request.args.get("q", "")[:100]
    groups = dictionary_of(document, today())
    found = found_in(groups, wanted)
    return render_template(
        "documents/template_facts.html", document=document, groups=found, wanted=wanted,
        count=sum(len(group.entries) for group in found), of=sum(len(group.entries) for group in groups),
    )  # fmt: skip


@pages.route("/settings/templates/<name>/new", methods=["GET", "POST"])
@enter(*CHANGERS)
def new_template(name: str) -> Answer:
    """Take in a new version, or say what has to be put right in it."""
    _only_keepers()
    document, form = _document(name), NewVersionForm()
    problems: tuple[Any, ...] = ()
    made: list[TemplateVersion] = []

    def keep() -> None:
        nonlocal problems
        sent = form.file.data
        content = sent.read()
        try:
            version = actions.take_in(
                document, sent.filename, content, said=form.said.data or "", by=signed_in(), at=now()
            )
        except TemplateRefused as refused:
            problems = refused.problems
            raise
        made.append(version)

    if save(form, keep, file="templates"):
        version = made[0]
        flash(f"Version {version.number} is taken in. It isn’t used yet: read it first.")
        return redirect(url_for(".template_version", name=name, number=version.number))
    return (
        render_template("documents/new_template.html", document=document, form=form, problems=problems),
        status_of(form),
    )


@pages.get("/settings/templates/<name>/versions/<int:number>")
@enter(*READERS)
def template_version(name: str, number: int) -> Answer:
    """A version, read with the facts of a sample or of a real file."""
    document, day = _document(name), today()
    version = _version(document, number)
    reference = request.args.get("file", "").strip()[:40]
    shown = _facts_of(document, reference) if reference else _sample(document, day)
    if shown is None:
        shown, problem = _sample(document, day), f"{reference} has no {document.title.lower()} yet. Try another file."
    else:
        problem = ""
    held = current(name, day)
    return render_template(
        "documents/template_version.html", document=document, version=version, number=number, reference=reference,
        body=readable(_drawn(document, version, *shown)), problem=problem, in_use=version == held, label_of=label_of,
        may_keep=keeps_templates(signed_in(), day),
        differs=None if version == held else _differences(document, held, version), most=MOST_WORDS,
        verdict=judge(template_content(document, version), document.facts) if version else None,
    ), 404 if problem else 200  # fmt: skip


@pages.get("/settings/templates/<name>/versions/<int:number>/word")
@enter(*READERS)
def template_word(name: str, number: int) -> Response:
    """The Word file of a version, to be changed and taken in again."""
    document = _document(name)
    version = _version(document, number)
    return word_answer(
        template_content(document, version), f"{name}-template-{label_of(version).replace(' ', '-')}.docx"
    )


@pages.get("/settings/templates/<name>/versions/<int:number>/sample")
@enter(*READERS)
def template_sample(name: str, number: int) -> Response:
    """A version as Word file, filled with the facts of a sample or of a real file."""
    document = _document(name)
    version = _version(document, number)
    reference = request.args.get("file", "").strip()[:40]
    shown = _facts_of(document, reference) if reference else _sample(document, today())
    if shown is None:
        abort(404)
    return word_answer(_drawn(document, version, *shown), _called(document, version, "preview"))


def _called(document: Document, version: TemplateVersion | None, what: str) -> str:
    return f"{document.name}-{what}-{label_of(version).replace(' ', '-')}.docx"


def _drawn(document: Document, version: TemplateVersion | None, facts: Any, meta: DocumentFacts) -> bytes:
    council = the_council()
    colour = {"colour": council.colour.upper()} if council and council.colour else {}
    return draft_bytes(document, facts, meta, template=template_content(document, version), **colour)  # type: ignore[arg-type]


def _sample(document: Document, day: date) -> tuple[Any, DocumentFacts]:
    return document.sample(), sample_document(document.title, SAMPLE_FILE, day)


def _facts_of(document: Document, reference: str) -> tuple[Any, DocumentFacts] | None:
    """The facts of a real file: as the paper was issued there last, or as they stand where they can be told."""
    person, day = signed_in(), today()
    posts = post_names_of(person, day)
    meta = DocumentFacts(
        title=document.title, reference=f"{reference}/{document.name}", version="draft", author_name=person.name,
        author_post=posts[0] if posts else person.name, issued_on=day,
    )  # fmt: skip
    paper = db.session.scalars(
        select(Paper).where(Paper.about == reference, Paper.name == document.name).order_by(Paper.id.desc()).limit(1)
    ).first()
    if paper is not None:
        paper_open_to_reader(paper.id)
        return facts_from(paper.facts, document.facts), replace(meta, is_example=paper.is_example)
    if document.gather is None or not (document.name in OF_A_FILE or document.room == "tender"):
        return None
    if db.session.scalar(select(Procurement.id).where(Procurement.reference == reference)) is None:
        return None
    procurement = procurement_for(person, reference, day)
    must_not_have_stepped_aside(person, reference, day)
    row = procurement if document.name in OF_A_FILE else lot_for(person, reference, day)
    return document.gather(row, now()), replace(meta, is_example=procurement.is_example)


def _differences(document: Document, before: TemplateVersion | None, after: TemplateVersion | None) -> Any:
    return what_differs(template_content(document, before), template_content(document, after), document.facts)


@pages.route("/settings/templates/<name>/versions/<int:number>/use", methods=["GET", "POST"])
@enter(*CHANGERS)
def choose_template(name: str, number: int) -> Answer:
    """Use a version from a day on; go back to an earlier one in the same way."""
    _only_keepers()
    document = _document(name)
    version = _version(document, number)
    form = ChooseForm(from_on=today())

    def keep() -> None:
        actions.choose(
            document, version, from_on=form.from_on.data, because=form.because.data or "", by=signed_in(), at=now()
        )

    if save(form, keep, file="templates"):
        flash(f"The template {label_of(version)} is used from {words.day(form.from_on.data)}.")
        return redirect(url_for(".template", name=name))
    held = held_on(choices_of(name), today())
    return (
        render_template(
            "documents/choose_template.html", document=document, version=version, number=number, form=form, held=held,
            label_of=label_of, differs=_differences(document, held.version, version), most=MOST_WORDS,
        ),
        status_of(form),
    )  # fmt: skip


@pages.post("/settings/templates/<name>/choices/<int:number>/take-back")
@enter(*CHANGERS)
def take_back_template(name: str, number: int) -> AnyResponse:
    """Undo a choice that hasn't begun."""
    _only_keepers()
    document = _document(name)
    choice = db.session.get(TemplateChoice, number)
    if choice is None or choice.name != name:
        abort(404)
    actions.take_back(document, choice, by=signed_in(), at=now())
    flash("It is taken back.")
    return redirect(url_for(".template", name=name))


# ── the template of one file's document ──


@pages.route("/procurements/<reference>/documents/<name>/template", methods=["GET", "POST"])
@enter()
def file_template(reference: str, name: str) -> Answer:
    """Which version a procurement's document is made from, and moving it to the newest."""
    procurement = procurement_for(signed_in(), reference, today())
    document = _document(name)
    changes = may_change(signed_in(), procurement, today())
    if request.method == "POST":
        procurement = procurement_to_change(signed_in(), reference, today())
    return _of_a_file(document, procurement, changes, procurement=procurement)


@pages.route("/contracts/<reference>/documents/<name>/template", methods=["GET", "POST"])
@enter()
def contract_template(reference: str, name: str) -> Answer:
    """Which version a contract's document is made from, and moving it to the newest."""
    contract = contract_for(signed_in(), reference, today())
    document = _document(name)
    changes = may_change_contract(signed_in(), contract, today())
    if request.method == "POST":
        contract = contract_to_change(signed_in(), reference, today())
    return _of_a_file(document, contract, changes, contract=contract)


def _of_a_file(document: Document, about: Any, changes: bool, **around: Any) -> Answer:
    form, file = MoveForm(), about.trail_file()

    def keep() -> None:
        actions.move_to_newest(document, about, by=signed_in(), at=now())

    if save(form, keep, file=file):
        flash(f"The {document.title.lower()} is made from the template in use from now on.")
        return redirect(request.path)
    used, newest = in_use(document.name, file, today()), current(document.name, today())
    return (
        render_template(
            "documents/file_template.html", document=document, form=form, used=used, newest=newest, label_of=label_of,
            changes=changes, differs=None if used == newest else _differences(document, used, newest), most=MOST_WORDS,
            page="documents", is_task=True, about=about, **around,
        ),
        status_of(form),
    )  # fmt: skip


@pages.app_context_processor
def for_pages_of_papers() -> dict[str, Any]:
    """What a page of any paper says of the template it is made from."""
    return {"template_of": _template_of}


def _template_of(name: str, about: str) -> dict[str, Any]:
    used, newest = in_use(name, about, today()), current(name, today())
    return {
        "label": label_of(used),
        "href": url_for("documents.template", name=name),
        "is_old": used != newest,
        "move": _file_href(about, name) if used != newest else None,
    }
