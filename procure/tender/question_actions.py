"""Questions and answers: record a question, answer it without a sign of who asked, publish the answer to all."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from procure import words
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.mail.actions import queue
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal
from procure.tender.question_models import Question
from procure.tender.question_rules import gives_away


class NoQuestionsNow(Refusal):
    """A question can be recorded only while the competition is open to bids."""


class AskerShown(Refusal):
    """The words for all bidders would tell them who asked."""


class AnswerIsOut(Refusal):
    """The answer was published; bidders rely on it, so it stays as it is."""


class NothingToPublish(Refusal):
    """An answer can be published once it is written, and once only."""


class NoAddress(Refusal):
    """A supplier that was asked for a quote has no email address on record, so the answer can’t reach all."""


def record_question(
    lot: Lot, *, received_at: datetime, asked_by: str, asked_words: str, by: Actor, at: datetime
) -> Question:
    """Record a question as it came. `asked_by` is empty where the council itself has something to make clear.

    One that comes after the last day for questions is recorded as late; one after the deadline for bids is refused.
    """
    with act("recorded a question about the tender", on=lot, by=by, at=at):
        notice = opening_notice(lot)
        if notice is None or notice.closes_at is None or lot.stage is not Stage.OPEN_TO_BIDS:
            raise NoQuestionsNow("Questions are recorded while the competition is open. It isn’t open now.")
        _came_in_time(received_at, notice.published_on, notice.closes_at, at)
        last = lot.timetable.questions_by_at if lot.timetable else None
        # so that two officers don't give one number twice
        db.session.execute(select(Lot.id).where(Lot.id == lot.id).with_for_update())
        db.session.expire(lot, ["questions"])
        question = Question(
            lot=lot, number=len(lot.questions) + 1, received_at=received_at, asked_by=asked_by,
            asked_words=asked_words, is_late=last is not None and received_at > last,
            is_example=lot.procurement.is_example,
        )  # fmt: skip
        db.session.add(question)
        db.session.flush()
    return question


def _came_in_time(received_at: datetime, published_on: date, closes_at: datetime, at: datetime) -> None:
    if received_at > at:
        raise NoQuestionsNow("Enter a moment that has passed.", field="received_at")
    if legal_day(received_at) < published_on:
        raise NoQuestionsNow(
            f"The competition opened on {words.day(published_on)}. A question can’t be earlier.", field="received_at"
        )
    if received_at > closes_at:
        raise NoQuestionsNow(
            f"Bids were due by {words.moment(closes_at)}. A question after that can’t be answered to bidders.",
            field="received_at",
        )


def answer_question(
    question: Question,
    *,
    text: str,
    answer: str,
    changes_document: bool,
    changed_text: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Put a question into words for all and answer it. Refused where either would tell who asked."""
    with act(f"answered question {question.number} about the tender", on=question, by=by, at=at, sees=sees):
        if question.published_on is not None:
            raise AnswerIsOut(
                f"The answer was published on {words.day(question.published_on)}, so it can’t be changed. To put it "
                "right, record a question of the council’s own and answer that."
            )
        for field, written in (("words", text), ("answer", answer), ("changed_text", changed_text)):
            shown = gives_away(written, question.asked_by)
            if shown:
                raise AskerShown(f"“{shown}” would tell every bidder who asked. Take it out.", field=field)
        if changes_document and not changed_text:
            raise AskerShown("Say which document changed, and where.", field="changed_text")
        question.words, question.answer = text, answer
        question.changes_document = changes_document
        question.changed_text = changed_text if changes_document else ""
        question.answered_at = at
        question.answered_by = by if isinstance(by, Person) else None


def publish_answer(question: Question, *, on: date, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record that an answer went to all bidders: put on the portal or, for quotes, written to each supplier."""
    lot = question.lot
    with act(f"published the answer to question {question.number} to all", on=question, by=by, at=at, sees=sees):
        if not question.is_answered or question.answered_at is None:
            raise NothingToPublish("Answer the question first.")
        if question.published_on is not None:
            raise NothingToPublish(f"It was published on {words.day(question.published_on)} already.")
        if not legal_day(question.received_at) <= on <= legal_day(at):
            raise NothingToPublish(
                f"Enter a day from {words.day(legal_day(question.received_at))}, when it came, to today.",
                field="published_on",
            )
        question.published_on = on
        if lot.procurement.route is Route.SCHEME:
            _write_to_all(question, at)


def _write_to_all(question: Question, at: datetime) -> None:
    """The same letter to every supplier that was asked for a quote, the one who asked among them."""
    lot = question.lot
    procurement = lot.procurement
    without = [one.supplier.name for one in lot.invitations if not one.supplier.email]
    if without:
        have = "has" if len(without) == 1 else "have"
        raise NoAddress(
            f"{words.joined(without)} {have} no email address on record. Add it, so that all get the answer."
        )
    notice = opening_notice(lot)
    for invitation in lot.invitations:
        supplier = invitation.supplier
        queue(
            "answer_to_all", to=None, to_name=supplier.contact_name or supplier.name, to_email=supplier.email,
            about=procurement.reference, at=at, once=f"answer {question.id} to supplier {supplier.id}",
            facts={
                "title": lot.full_title, "supplier": supplier.name, "contact": supplier.contact_name or supplier.name,
                "number": question.number, "question": question.words, "answer": question.answer,
                "changed": question.changed_text, "closes_at": notice.closes_at if notice else None,
                "officer": procurement.officer.name, "officer_email": procurement.officer.email,
            },
        )  # fmt: skip
