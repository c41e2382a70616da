"""The pages of bringing in contracts: file, what we understood, dry run, done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from procure import words
from procure.audit.naming import called, shown
from procure.documents.door import UploadRefused
from procure.extensions import db
from procure.jobs.actions import ask
from procure.jobs.declare import Kind, kind_named
from procure.jobs.models import Job
from procure.jobs.rules import progress_words
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.refusals import Refusal
from procure.register.list_actions import keeping, receiving
from procure.register.list_facts import counts_of, is_open_to, list_for
from procure.register.list_forms import ChooseForm, ColumnsForm, DifferencesForm, SheetForm, StepForm
from procure.register.list_jobs import BRING, CHECK
from procure.register.list_models import ContractList
from procure.register.list_rules.fields import Holds, NotAList, letter_of
from procure.register.list_rules.rows import About, Reader
from procure.register.list_rules.steps import STEPS, ListState
from procure.register.list_rules.tables import Table, table_in
from procure.saving import save, status_of
from procure.suppliers.models import Supplier

pages = Blueprint("contract_lists", __name__, url_prefix="/contract-lists")

Answer = str | AnyResponse | tuple[str, int]
BRINGS_LISTS = (Role.OFFICER, Role.CONTRACT_MANAGER, Role.BUDGET_HOLDER)
"""Who may bring contracts in: those who may record one."""
ON_A_PAGE = 50
MOST_IN_A_FORM = keeping.MOST_BYTES + 1024 * 1024


@pages.url_value_preprocessor
def room_for_a_list(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A list may be bigger than a paper. Set before anything reads the form."""
    request.max_content_length = MOST_IN_A_FORM


def _list(reference: str) -> ContractList:
    return list_for(signed_in(), reference, today())


def _page(template: str, step: int, **around: Any) -> str:
    return render_template(f"register/lists/{template}.html", steps=STEPS, step=step, **around)


def _to(found: ContractList) -> AnyResponse:
    return redirect(url_for(".one", reference=found.reference))


@pages.get("")
@enter(*BRINGS_LISTS)
def index() -> str:
    """Lists that were brought in or are on their way, the latest first."""
    asked = (
        select(ContractList).where(is_open_to(signed_in(), today())).order_by(ContractList.id.desc()).limit(ON_A_PAGE)
    )
    found = [(one, counts_of(one)) for one in db.session.scalars(asked)]
    return render_template("register/lists/index.html", lists=found)


@pages.route("/new", methods=["GET", "POST"])
@enter(*BRINGS_LISTS)
def new() -> Answer:
    """Choose the file."""
    form = ChooseForm()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            found = receiving.receive(sent.filename, sent.stream, by=signed_in(), at=now())
        except (NotAList, UploadRefused) as no:
            form.refuse(no.sentence, "file")
        else:
            return redirect(url_for(".columns", reference=found.reference))
    return _page("new", 1, form=form), status_of(form)


# ── what we understood ──


@pages.route("/<reference>/columns", methods=["GET", "POST"])
@enter(*BRINGS_LISTS)
def columns(reference: str) -> Answer:
    """What we understood of the file, to be confirmed or put right."""
    found = _list(reference)
    if found.state not in (ListState.CHOSEN, ListState.CHECKED):
        return _to(found)
    with receiving.at_hand(found) as source:
        table = table_in(source, found.sheet)
    known = receiving.columns_of(found.columns)
    form = ColumnsForm.of(
        table.headings, known, _posts(), source=found.source,
        default_post_id=str(found.default_post_id) if found.default_post_id else None,
    )  # fmt: skip
    if save(form, lambda: _chosen(found, form), file=found.reference):
        return _begin(found, CHECK)
    sheets = SheetForm(formdata=None, sheet=table.sheet)
    sheets.sheet.choices = [(sheet, sheet) for sheet in table.sheets]
    shown_columns = _columns_shown(table, form.columns() if form.is_submitted() else known)
    answer = _page(
        "columns", 2, form=form, found=found, table=table, columns=shown_columns, sheets=sheets,
        is_remembered=found.are_own_words and found.state is ListState.CHOSEN,
    )  # fmt: skip
    return answer, status_of(form)


def _chosen(found: ContractList, form: ColumnsForm) -> None:
    receiving.choose_columns(
        found, form.columns(), source=form.source.data, at=now(),
        default_post_id=int(form.default_post_id.data) if form.default_post_id.data else None,
    )  # fmt: skip


def _posts() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def _columns_shown(table: Table, known: dict[Holds, int]) -> list[dict[str, Any]]:
    """Each column: its letter and heading, its first cells, and what we read in them."""
    reader = Reader(table, known)
    first = list(table.first)
    said = [reader.read(number, row) for number, row in enumerate(first, start=1)]
    held = {at: holds for holds, at in known.items()}
    return [
        {
            "letter": letter_of(at), "heading": heading, "field": f"column_{at}",
            "cells": [cut for row in first if at < len(row) and (cut := words_cut(row[at]))],
            "read": _read(held.get(at), said),
        }
        for at, heading in enumerate(table.headings)
    ]  # fmt: skip


def words_cut(text: str, most: int = 60) -> str:
    """The beginning of a cell."""
    plain = " ".join(str(text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _read(holds: Holds | None, said: Sequence[Any]) -> str:
    if holds is None:
        return "nothing"
    told = [words_cut(one, 40) for row in said if not row.is_rejected and (one := _one_read(holds, row))]
    return ", ".join(told) or "nothing"


def _one_read(holds: Holds, row: Any) -> str:
    direct = {
        Holds.REFERENCE: row.reference, Holds.SUPPLIER: row.supplier, Holds.COMPANY: row.company_number,
        Holds.CHARITY: row.charity_number, Holds.ADDRESS: row.address, Holds.OWNER: row.owner,
    }  # fmt: skip
    if holds in direct:
        return str(direct[holds])
    name = {Holds.VALUE: "value_stated", Holds.PROCEDURE: "procedure_said"}.get(holds, holds.value)
    value = row.facts.get(name)
    if value is None:
        return ""
    if holds in (Holds.START, Holds.END, Holds.SIGNED):
        return words.day(value)
    if holds in (Holds.VALUE, Holds.NET, Holds.GROSS, Holds.VAT):
        return words.pounds(value)
    return str(value)


@pages.post("/<reference>/sheet")
@enter(*BRINGS_LISTS)
def sheet(reference: str) -> Answer:
    """Look at another sheet of the same file."""
    found = _list(reference)
    try:
        receiving.choose_sheet(found, request.form.get("sheet", ""))
    except Refusal as no:
        flash(no.sentence, "warning")
    return redirect(url_for(".columns", reference=found.reference))


# ── the dry run, and done ──


@pages.get("/<reference>")
@enter(*BRINGS_LISTS)
def one(reference: str) -> Answer:
    """Where a list stands: being checked, checked, being brought in, done."""
    found = _list(reference)
    if found.state is ListState.CHOSEN and not found.problem:
        return redirect(url_for(".columns", reference=found.reference))
    job = db.session.get(Job, found.job_id) if found.job_id else None
    counts = counts_of(found)
    around: dict[str, Any] = {"found": found, "counts": counts, "job": job, "form": StepForm(formdata=None)}
    if found.state is ListState.LEFT:
        return _page("left", 3, **around)
    if found.state in (ListState.CHECKING, ListState.BRINGING) or (found.problem and found.state is ListState.CHOSEN):
        said = progress_words(job.done, job.of, kind_named(job.kind).unit) if job else ""
        return _page("under_way", 3, words=said, **around)
    if found.state is ListState.DONE:
        return _page("done", 4, **around)
    doubts = keeping.lines_of(found.kept_under, keeping.DOUBTS)
    rejected = (
        list(islice((doubt for doubt in doubts if doubt["is_rejected"]), ON_A_PAGE))
        if counts and counts.rejected
        else []
    )
    differing = list(islice(_differences(found), ON_A_PAGE))
    whose = DifferencesForm(formdata=None, whose="theirs" if found.take_theirs else "ours")
    return _page("dry_run", 3, rejected=rejected, differing=differing, whose=whose, **around)


def _differences(found: ContractList) -> Any:
    """What the list would change, in words."""
    for line in keeping.lines_of(found.kept_under, keeping.CHANGES):
        name = line["field"]
        yield {
            "reference": line["reference"], "title": line["title"], "row": line["row"], "is_kept": line["is_kept"],
            "what": words.sentence(_called(name)), "old": _told(name, line["old"]), "new": _told(name, line["new"]),
        }  # fmt: skip


def _called(name: str) -> str:
    return {"supplier_id": "supplier", "manager_post_id": "owner", "value_stated": "value in the list"}.get(
        name, called(name)
    )


def _told(name: str, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if name == "manager_post_id" and isinstance(value, int):
        post = db.session.get(Post, value)
        return post.name if post else "nothing"
    if name == "supplier_id" and isinstance(value, int):
        supplier = db.session.get(Supplier, value)
        return supplier.name if supplier else "nothing"
    return words_cut(shown("contract", name, value), 120)


def _begin(found: ContractList, kind: Kind) -> AnyResponse:
    """Ask for the long work of a step."""
    person, at = signed_in(), now()
    title = f"{'Check' if kind is CHECK else 'Bring in'} {found.file_name}"
    try:
        if kind is BRING:
            receiving.begin_bringing(found)
        else:
            receiving.begin_check(found)
    except Refusal as no:
        flash(no.sentence, "warning")
        return _to(found)
    job = ask(kind, title=title, about=found.reference, by=person, at=at, facts={"list": found.id, "by": person.id})
    receiving.note_job(found, job.id)
    return _to(found)


@pages.post("/<reference>/check")
@enter(*BRINGS_LISTS)
def check(reference: str) -> AnyResponse:
    """Check the rows again."""
    return _begin(_list(reference), CHECK)


@pages.post("/<reference>/bring")
@enter(*BRINGS_LISTS)
def bring(reference: str) -> AnyResponse:
    """Bring in the good rows."""
    return _begin(_list(reference), BRING)


@pages.post("/<reference>/whose")
@enter(*BRINGS_LISTS)
def whose(reference: str) -> AnyResponse:
    """Say whose word counts, and check again."""
    found, form = _list(reference), DifferencesForm()
    if not form.validate_on_submit():
        flash("Choose whose word counts.", "warning")
        return _to(found)
    try:
        receiving.choose_theirs(found, form.whose.data == "theirs")
    except Refusal as no:
        flash(no.sentence, "warning")
        return _to(found)
    return _begin(found, CHECK)


@pages.post("/<reference>/leave")
@enter(*BRINGS_LISTS)
def leave(reference: str) -> AnyResponse:
    """Leave a list out."""
    found = _list(reference)
    try:
        receiving.leave(found)
    except Refusal as no:
        flash(no.sentence, "warning")
        return _to(found)
    flash("The list is left out. Nothing of it was saved.", "message")
    return redirect(url_for(".index"))


# ── what is doubtful ──


@pages.get("/<reference>/warnings")
@enter(*BRINGS_LISTS)
def warnings(reference: str) -> str:
    """Every warning, by what it is about."""
    found = _list(reference)
    counts = counts_of(found) or abort(404)
    about = next((one for one in About if one.value == request.args.get("about")), None)
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isdigit() and 0 < int(typed) < 10_000 else 1
    wanted = (
        line for line in keeping.lines_of(found.kept_under, keeping.DOUBTS)
        if not line["is_rejected"] and (about is None or line["about"] == about.value)
    )  # fmt: skip
    total = dict(counts.abouts).get(about, 0) if about else counts.warnings
    lines = list(islice(wanted, (page - 1) * ON_A_PAGE, page * ON_A_PAGE))
    return _page(
        "warnings", 4 if found.state is ListState.DONE else 3, found=found, counts=counts, about=about, lines=lines,
        page=page, pages=max(1, -(-total // ON_A_PAGE)),
    )  # fmt: skip


@pages.get("/<reference>/rows-to-mend.csv")
@enter(*BRINGS_LISTS)
def to_mend(reference: str) -> Response:
    """The rows that couldn't be used: the file's own columns, the reason, how to mend it."""
    return _file(reference, keeping.MEND, "rows-to-mend")


@pages.get("/<reference>/rows-to-look-at.csv")
@enter(*BRINGS_LISTS)
def to_look_at(reference: str) -> Response:
    """The rows that come in with something left empty or doubtful."""
    return _file(reference, keeping.LOOK, "rows-to-look-at")


def _file(reference: str, name: str, called_so: str) -> Response:
    found = _list(reference)
    try:
        kept = keeping.opened(found.kept_under, name) if found.kept_under else abort(404)
    except FileNotFoundError:
        abort(404)

    def pieces() -> Any:
        with kept:
            while piece := kept.read(keeping.PIECE):
                yield piece

    answer = Response(pieces(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{found.reference}-{called_so}.csv")
    return answer
