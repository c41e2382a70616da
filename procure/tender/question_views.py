"""Questions and answers: the list anyone on the file may read, and the officer's pages that know who asked."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for

from procure import words
from procure.frame import the_council
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import Route, Stage
from procure.saving import save, status_of
from procure.tender import question_actions as actions
from procure.tender.facts import question_facts
from procure.tender.question_forms import AnswerForm, PublishForm, QuestionForm
from procure.tender.question_models import Question
from procure.tender.question_rules import gives_away
from procure.tender.views import Answer, lot_page, lot_to_edit, pages


@pages.get("/procurements/<reference>/tender/questions")
@enter()
def questions(reference: str) -> str:
    """All questions and answers of a lot, without who asked."""
    lot = lot_for(signed_in(), reference, today())
    return lot_page(
        "questions", lot, changes=may_change(signed_in(), lot.procurement, today()), facts=question_facts(lot),
        is_open=lot.stage is Stage.OPEN_TO_BIDS, timetable=lot.timetable,
    )  # fmt: skip


@pages.route("/procurements/<reference>/tender/questions/record", methods=["GET", "POST"])
@enter(Role.OFFICER)
def record_question(reference: str) -> Answer:
    """Record a question as it came."""
    lot = lot_to_edit(reference)
    form = QuestionForm()
    found: list[Question] = []

    def keep() -> None:
        found.append(
            actions.record_question(
                lot, received_at=form.received_at.data, asked_by=form.asked_by.data or "",
                asked_words=form.asked_words.data, by=signed_in(), at=now(),
            )
        )  # fmt: skip

    if save(form, keep, file=reference):
        question = found[0]
        flash(f"Question {question.number} is recorded. Answer it next.")
        if question.is_late and lot.timetable and lot.timetable.questions_by_at:
            last = words.moment(lot.timetable.questions_by_at)
            flash(f"It came after the last day for questions, {last}. You needn’t have taken it, but now it needs an "
                  "answer that goes to all.", "warning")  # fmt: skip
        return redirect(url_for(".answer", reference=reference, number=question.number))
    return lot_page(
        "record_question", lot, form=form, is_task=True, is_open=lot.stage is Stage.OPEN_TO_BIDS,
        timetable=lot.timetable,
    ), status_of(form)  # fmt: skip


@pages.route("/procurements/<reference>/tender/questions/<int:number>/answer", methods=["GET", "POST"])
@enter(Role.OFFICER)
def answer(reference: str, number: int) -> Answer:
    """Put a question into words for all and answer it."""
    lot = lot_to_edit(reference)
    question = _question(lot, number)
    form = _answer_form(question)

    def keep() -> None:
        actions.answer_question(
            question, text=form.words.data, answer=form.answer.data,
            changes_document=form.changes_document.data == "yes", changed_text=form.changed_text.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: _answer_form(question, posted=False)):
        flash(f"The answer to question {number} is saved. Publish it to all next.")
        return redirect(url_for(".publish_answer", reference=reference, number=number))
    return lot_page("answer", lot, form=form, is_task=True, question=question), status_of(form)


def _question(lot: Lot, number: int) -> Question:
    found = next((one for one in lot.questions if one.number == number), None)
    return found if found is not None else abort(404)


def _answer_form(question: Question, *, posted: bool = True) -> AnswerForm:
    is_safe = not gives_away(question.asked_words, question.asked_by)
    given = {
        "words": question.words or (question.asked_words if is_safe else ""),
        "answer": question.answer,
        "changes_document": None if question.changes_document is None else "yes" if question.changes_document else "no",
        "changed_text": question.changed_text,
        "version": question.version,
    }
    return AnswerForm(data=given) if posted else AnswerForm(formdata=None, data=given)


@pages.route("/procurements/<reference>/tender/questions/<int:number>/publish", methods=["GET", "POST"])
@enter(Role.OFFICER)
def publish_answer(reference: str, number: int) -> Answer:
    """Record that an answer went to all bidders; on the way of quotes, send it to them."""
    lot = lot_to_edit(reference)
    question = _question(lot, number)
    is_quotes = lot.procurement.route is Route.SCHEME
    form = PublishForm(data={"published_on": today(), "version": question.version})
    if is_quotes:
        del form.published_on

    def keep() -> None:
        on = today() if is_quotes else form.published_on.data
        actions.publish_answer(question, on=on, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference):
        sent = f"The answer goes to {words.plural(len(lot.invitations), 'supplier')}."
        flash(sent if is_quotes else f"The answer to question {number} is published to all.")
        return redirect(url_for(".questions", reference=reference))
    council = the_council()
    return lot_page(
        "publish_answer", lot, form=form, is_task=True, question=question,
        portal=council.portal_name if council else "",
    ), status_of(form)  # fmt: skip
