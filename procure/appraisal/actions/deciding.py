"""Preferring an option, and the review by somebody who neither wrote nor scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from procure.appraisal.actions.changing import changing, end_review
from procure.appraisal.models import Appraisal, Option
from procure.appraisal.rules.wholeness import AppraisalFacts, content_checks
from procure.audit.actions import Actor
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds
from procure.people.models import Person, Post
from procure.procurement.facts import facts_about
from procure.procurement.rules import NeedFacts
from procure.refusals import Refusal


class PreferenceRefused(Refusal):
    """An option is preferred with reasons."""


class NotWhole(Refusal):
    """The appraisal still lacks something that the reviewer has to read."""


class ReviewerRefused(Refusal):
    """The reviewer is somebody else than the author and the scorers."""


class NotYourReview(Refusal):
    """Only the reviewer may agree or return."""

    recorded = True


def prefer(
    appraisal: Appraisal, option: Option, *, reasons: Sequence[str], rejections: Mapping[int, str], by: Actor,
    at: datetime, note: str | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Prefer an option, with reasons, and say why not the others: {2: "It adds nothing for local giving."}."""
    with changing(
        appraisal, f"preferred option {option.number}", by=by, at=at, note=note, sees=sees,
        shown=lambda: [appraisal, *appraisal.options],
    ):  # fmt: skip
        kept = [reason.strip() for reason in reasons if reason.strip()]
        if not kept:
            raise PreferenceRefused(f"Say why option {option.number} is preferred.", field="reasons")
        if option.appraisal is not appraisal:
            raise PreferenceRefused("Choose one of the options of this appraisal.", field="preferred")
        appraisal.preferred = option
        appraisal.preferred_reasons = "\n".join(kept)
        for other in appraisal.options:
            if other is option:
                other.rejected_reason = ""
            elif other.number in rejections:
                other.rejected_reason = rejections[other.number].strip()


def may_review(appraisal: Appraisal, person: Person) -> str | None:
    """Why a person can’t review this appraisal; None when they can."""
    if not person.is_active:
        return f"{person.name} has left. Choose somebody else."
    if person.id == appraisal.procurement.officer_id:
        return "The reviewer can’t be the officer who runs this file. Choose somebody else."
    if any(one.scored_by_id == person.id for option in appraisal.options for one in option.scores):
        return f"{person.name} gave scores, so can’t review them. Choose somebody else."
    return None


def send_to_reviewer(
    appraisal: Appraisal, reviewer: Person, *, due_on: date, by: Person, at: datetime, note: str | None = None,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Send the whole appraisal to a reviewer, to be answered by a day."""
    with changing(
        appraisal, f"sent the appraisal to {reviewer.name} for review", by=by, at=at, note=note, sees=sees,
        ends_review=False,
    ):  # fmt: skip
        _refuse_gaps(appraisal, legal_day(at))
        refusal = may_review(appraisal, reviewer)
        if refusal is None and reviewer.id == by.id:
            refusal = "You can’t send the appraisal to yourself. Choose somebody else."
        if refusal:
            raise ReviewerRefused(refusal, field="reviewer")
        if due_on < legal_day(at):
            raise ReviewerRefused("The day of the review can’t have passed.", field="due_on")
        end_review(appraisal)
        appraisal.reviewer, appraisal.review_due_on = reviewer, due_on
        appraisal.sent_to_reviewer_at, appraisal.returned_because = at, ""


def _refuse_gaps(appraisal: Appraisal, today: date) -> None:
    db.session.flush()
    facts = facts_about(appraisal.procurement.only_lot, today)
    for check in content_checks(facts.of(AppraisalFacts), facts.of(NeedFacts)):
        if not check.is_done:
            raise NotWhole(check.refusal, who_can=check.who_can or None)


def agree_as_reviewer(appraisal: Appraisal, *, post: Post, by: Person, at: datetime, sees: int | None = None) -> None:
    """Agree to the appraisal, in a post held on the day. Any later change of what is compared ends it."""
    with changing(appraisal, "agreed to the appraisal as its reviewer", by=by, at=at, sees=sees, ends_review=False):
        _refuse_other_hands(appraisal, by)
        if not holds(by, post.id, legal_day(at)):
            raise ReviewerRefused(f"You don’t hold the post {post.name} today.", field="post")
        _refuse_gaps(appraisal, legal_day(at))
        appraisal.reviewed_at, appraisal.reviewer_post = at, post.name


def return_to_author(appraisal: Appraisal, *, because: str, by: Person, at: datetime, sees: int | None = None) -> None:
    """Return the appraisal to the officer, who mends it and sends it again."""
    with changing(
        appraisal, "returned the appraisal to the officer", by=by, at=at, note=because, sees=sees, ends_review=False
    ):  # fmt: skip
        _refuse_other_hands(appraisal, by)
        if not because.strip():
            raise ReviewerRefused("Say what has to be mended.", field="because")
        end_review(appraisal)
        appraisal.returned_because = because.strip()


def _refuse_other_hands(appraisal: Appraisal, by: Person) -> None:
    if appraisal.reviewer_id != by.id:
        name = appraisal.reviewer.name if appraisal.reviewer else "the reviewer, once there is one"
        raise NotYourReview(f"Only {name} can do this.", who_can=name)
    if not appraisal.is_with_reviewer:
        raise ReviewerRefused("The appraisal isn’t with you now. It was changed, returned or agreed.")
