"""From rows to what bidders get after the notice: the clarification log, and each addendum."""

from __future__ import annotations

from datetime import datetime

from procure.documents.gaps import Gap
from procure.notices.facts import opening_notice
from procure.procurement.models import Lot
from procure.tender.addendum_models import Addendum
from procure.tender.documents import addendum as addendum_paper
from procure.tender.documents import clarifications as paper
from procure.tender.gathering.said import Pages, Said, the_council


def clarification_log(lot: Lot, at: datetime) -> paper.ClarificationLog:
    """Every answer that was published to all."""
    pages, notice = Pages(lot), opening_notice(lot)
    asked = Said("Questions and answers", "tender.questions", lot)
    rows = tuple(
        paper.AnsweredQuestion(
            f"Q{one.number}", one.received_on, one.words, one.answer, one.published_on, one.changed_text or "Nothing"
        )
        for one in lot.questions
        if one.published_on is not None
    )
    return paper.ClarificationLog(
        council=the_council(pages),
        procurement=paper.QuestionedPurchase(
            reference=lot.reference,
            title=lot.full_title,
            notice=_notice(lot, pages),
            questions_by_at=pages.timetable(
                lot.timetable.questions_by_at if lot.timetable else None, "last moment for questions"
            ),
            deadline_at=pages.notice(notice.closes_at if notice else None, "deadline for tenders"),
        ),
        answers=asked(rows, "answers that were published"),
    )


def addendum(row: Addendum, at: datetime) -> addendum_paper.AddendumPaper:
    """What changes, in the words the officer gave."""
    lot, pages = row.lot, Pages(row.lot)
    notice = opening_notice(lot)
    now = pages.notice(notice.closes_at if notice else None, "deadline for tenders")
    changes = tuple(addendum_paper.ChangedPlace(one.place, one.old, one.new) for one in row.changes)
    return addendum_paper.AddendumPaper(
        council=the_council(pages),
        procurement=addendum_paper.ChangedPurchase(lot.reference, lot.full_title, _notice(lot, pages)),
        addendum=addendum_paper.AddendumFacts(
            no=row.number,
            reason=row.reason,
            changes=changes,
            moves_deadline=row.new_deadline_at is not None,
            old_deadline_at=row.old_deadline_at or now,
            new_deadline_at=row.new_deadline_at or now,
            deadline_reason=row.deadline_reason,
        ),
    )


def _notice(lot: Lot, pages: Pages) -> str | Gap:
    """The number of the notice; where quotes are asked for without one, that there is none."""
    notice = opening_notice(lot)
    if notice is not None and not notice.reference:
        return "none"
    return pages.notice(notice.reference if notice else None, "number of the notice")
