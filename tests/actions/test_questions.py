"""Questions are recorded, answered without a sign of who asked, and published to all before bids are opened."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.demonstration import days, tender
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal
from procure.suppliers.actions import supplier_for
from procure.suppliers.rules import Particulars
from procure.tender import actions
from procure.tender.question_actions import answer_question, publish_answer, record_question
from procure.tender.question_models import Question
from tests.a_competition import a_file_to_tender, evaluating, open_to_bids

ASKER, ASKED = "Smith & Sons <Ltd>", "We at Smith & Sons <Ltd> run a centre in Ward 7. May we keep it?"
CAME = days.at(date(2027, 9, 13), 9)


def ask(file: Procurement, cast: Cast, **more: object) -> Question:
    given = {"received_at": CAME, "asked_by": ASKER, "asked_words": ASKED, "at": CAME} | more
    return record_question(file.only_lot, by=cast["officer"], **given)  # type: ignore[arg-type]


def give(question: Question, cast: Cast, **more: object) -> None:
    given = {"text": "May a centre be kept?", "answer": "Yes.", "changes_document": False, "at": CAME} | more
    answer_question(question, by=cast["officer"], **given)  # type: ignore[arg-type]


def refused(act: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    return refusal.value


def test_who_asked_and_in_what_words_never_stand_in_the_trail(cast: Cast) -> None:
    file = open_to_bids(cast)
    question = ask(file, cast)
    give(question, cast)
    publish_answer(question, on=days.TENDER_CLOSES, by=cast["officer"], at=days.at(days.TENDER_CLOSES, 9))
    told = [
        f"{one.said} {one.note} {one.row_name} {one.payload} {one.by_words}"
        for one in db.session.scalars(select(TrailEntry).where(TrailEntry.file == file.reference))
    ]
    assert not [one for one in told if "Smith" in one or "Ward 7" in one]
    assert any("(not recorded)" in one and "May a centre" not in one for one in told)
    assert (question.asked_by, question.asked_words) == (ASKER, ASKED)


def test_bids_stay_shut_until_every_answer_is_published_to_all(cast: Cast) -> None:
    file = open_to_bids(cast)
    question = ask(file, cast)
    assert refused(lambda: tender.open_bids(file, cast)).sentence == (
        "Bids can’t be opened yet. Question 1 is not answered yet."
    )
    give(question, cast)
    assert "not published to all bidders" in refused(lambda: tender.open_bids(file, cast)).sentence
    assert file.only_lot.stage is Stage.OPEN_TO_BIDS and file.only_lot.evaluation is None
    publish_answer(question, on=date(2027, 9, 14), by=cast["officer"], at=days.at(date(2027, 9, 14)))
    tender.open_bids(file, cast)
    assert file.only_lot.stage is Stage.EVALUATING


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "May Smith keep it?"}, "words"),
        ({"answer": "Yes, Smith & Sons <Ltd> may."}, "answer"),
        ({"changes_document": True}, "changed_text"),
        ({"changes_document": True, "changed_text": "Part 4, for Smith"}, "changed_text"),
    ],
)
def test_words_that_give_the_asker_away_are_refused_at_their_field(
    cast: Cast, more: dict[str, object], field: str
) -> None:
    question = ask(open_to_bids(cast), cast)
    assert refused(lambda: give(question, cast, **more)).field == field
    assert not question.is_answered


def test_a_late_question_is_recorded_as_late_and_one_after_the_deadline_refused(cast: Cast) -> None:
    file = open_to_bids(cast)
    last = file.only_lot.timetable.questions_by_at  # type: ignore[union-attr]
    assert last == days.at(date(2027, 9, 27), 17)
    on_time, late = ask(file, cast, received_at=last, at=last), days.at(date(2027, 9, 27), 17, 1)
    assert not on_time.is_late
    assert ask(file, cast, received_at=late, at=late).is_late
    after = days.at(days.TENDER_CLOSES, 14, 1)
    for moment in ({"received_at": after, "at": after}, {"received_at": days.at(date(2027, 9, 5)), "at": after}):
        assert refused(lambda moment=moment: ask(file, cast, **moment)).field == "received_at"
    assert refused(lambda: ask(file, cast, received_at=after, at=CAME)).sentence == "Enter a moment that has passed."


def test_questions_come_only_while_the_competition_is_open(cast: Cast) -> None:
    assert "isn’t open" in refused(lambda: ask(evaluating(cast), cast)).sentence


def test_a_published_answer_stays_as_it_is(cast: Cast) -> None:
    question = ask(open_to_bids(cast), cast)
    today = days.at(date(2027, 9, 14))
    assert "Answer the question first" in refused(
        lambda: publish_answer(question, on=date(2027, 9, 14), by=cast["officer"], at=today)
    ).sentence  # fmt: skip
    give(question, cast)
    for on in (date(2027, 9, 12), date(2027, 9, 15)):
        no = refused(lambda on=on: publish_answer(question, on=on, by=cast["officer"], at=today))
        assert no.field == "published_on"
    publish_answer(question, on=date(2027, 9, 14), by=cast["officer"], at=today)
    assert "published on 14 September 2027" in refused(lambda: give(question, cast, answer="No.")).sentence
    assert "already" in refused(
        lambda: publish_answer(question, on=date(2027, 9, 14), by=cast["officer"], at=today)
    ).sentence  # fmt: skip


def test_on_quotes_every_supplier_that_was_asked_gets_the_same_letter(cast: Cast) -> None:
    file = a_file_to_tender(cast, route=Route.SCHEME)
    lot, officer = file.only_lot, cast["officer"]
    for name in ("Example Alliance", ASKER):
        at = days.at(days.METHOD_SET)
        typed = Particulars(name, f"{len(name)}@print.example", "P. Contact")
        actions.invite(lot, supplier_for(typed, by=officer, at=at), by=officer, at=at)
    _put_to_the_market(file)
    question = ask(file, cast)
    give(question, cast)
    publish_answer(question, on=date(2027, 9, 14), by=officer, at=days.at(date(2027, 9, 14)))
    letters = db.session.scalars(select(Letter).where(Letter.name == "answer_to_all").order_by(Letter.id)).all()
    assert [one.to_email for one in letters] == ["16@print.example", "18@print.example"]
    assert all("May a centre be kept?" in one.text and "Smith" not in one.text.split("Why you get this")[0]
               for one in letters)  # fmt: skip


def _put_to_the_market(file: Procurement) -> None:
    """The request for quotes is out; how it got there is another test's."""
    with act("put the file where it is", on=file, by=Machine("test"), at=days.at(days.TENDER_OPENS)):
        file.stage = file.only_lot.stage = Stage.OPEN_TO_BIDS
        db.session.add(
            Notice(lot=file.only_lot, kind=NoticeKind.QUOTES, reference="", published_on=days.TENDER_OPENS,
                   closes_at=days.at(days.TENDER_CLOSES, 14))
        )  # fmt: skip


def test_the_questions_of_the_demonstration_are_answered_to_all(cast: Cast) -> None:
    file = open_to_bids(cast)
    tender.answer_questions(file, cast)
    asked = db.session.scalars(select(Question).order_by(Question.number)).all()
    assert [(one.number, one.changes_document, one.is_late) for one in asked] == [
        (1, False, False), (2, False, False), (3, True, False),
    ]  # fmt: skip
    tender.open_bids(file, cast)
