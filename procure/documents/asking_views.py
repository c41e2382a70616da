"""What a paper asks its officer: the questions of its template on a page, with the answers that are kept."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.documents.asking import LONGEST, Asked, asked_by, keep_answers, seen_of
from procure.documents.declare import Document
from procure.documents.registry import document_named
from procure.documents.views import pages
from procure.fields.lines import WordsField
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.saving import save, status_of

Answer = str | Response | tuple[str, int]


def _document(name: str) -> Document:
    try:
        return document_named(name)
    except KeyError:
        abort(404)


def _form(asked: list[Asked], posted: bool = True) -> Any:
    fields: dict[str, Any] = {
        f"answer_{one.key}": WordsField(one.text, called="The answer", most=LONGEST) for one in asked
    }
    kind: Any = type("AnswersForm", (PageForm,), {**fields, "__doc__": "An answer to each question of a paper."})
    given = {f"answer_{one.key}": one.answer.answer for one in asked if one.answer} | {"version": seen_of(asked)}
    return kind(data=given) if posted else kind(formdata=None, data=given)


@pages.get("/procurements/<reference>/documents/<name>/questions")
@enter()
def questions(reference: str, name: str) -> Answer:
    """The questions of a paper and what was answered."""
    file, document = procurement_for(signed_in(), reference, today()), _document(name)
    asked = asked_by(document, file.reference, today())
    if not asked:
        abort(404)
    return render_template(
        "documents/questions.html", procurement=file, page="documents", document=document, asked=asked, is_task=True,
        form=_form(asked, posted=False), changes=may_change(signed_in(), file, today()),
    )  # fmt: skip


@pages.post("/procurements/<reference>/documents/<name>/questions")
@enter(Role.OFFICER)
def answer_questions(reference: str, name: str) -> Answer:
    """Keep the answers with the file."""
    file, document = procurement_to_change(signed_in(), reference, today()), _document(name)
    asked = asked_by(document, file.reference, today())
    if not asked:
        abort(404)
    form = _form(asked)

    def keep() -> None:
        answers = {one.key: form[f"answer_{one.key}"].data or "" for one in asked}
        keep_answers(document, file.reference, answers, by=signed_in(), at=now(), sees=form.version.data)

    def fresh() -> Any:
        return _form(asked_by(document, file.reference, today()), posted=False)

    if save(form, keep, file=file.reference, fresh=fresh):
        flash("The answers are kept with the file.")
        return redirect(url_for(".questions", reference=file.reference, name=name))
    return render_template(
        "documents/questions.html", procurement=file, page="documents", document=document, asked=asked, is_task=True,
        form=form, changes=True,
    ), status_of(form)  # fmt: skip
