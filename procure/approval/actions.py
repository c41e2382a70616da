"""What a person may do with the report: begin it, write it, clear it, issue it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from procure.approval.documents import CABINET_REPORT
from procure.approval.facts import approving_resolution, facts_of, is_cleared, rests_now
from procure.approval.models import Implication, Recommendation, Report, ReportConsultee, ReportRisk
from procure.approval.recommending import Sought, model_recommendations
from procure.approval.rules import NEVER_LEFT_OUT, Rating, report_may_be_issued
from procure.audit.actions import Actor, act
from procure.authority.meeting_facts import meetings_about
from procure.council.models import Council
from procure.documents.actions import issue
from procure.documents.models import Paper
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds
from procure.people.models import Person, Post
from procure.procurement.models import Procurement
from procure.refusals import Refusal


class ReportDecided(Refusal):
    """The body has decided on this report."""


class ReportNotReady(Refusal):
    """Something is missing before the report may be issued."""


class NotTheAuthor(Refusal):
    """Only a holder of the author's post clears an implication."""


class TextLocked(Refusal):
    """A cleared text is changed only after its clearance is taken back."""


class NothingToClear(Refusal):
    """The implication is empty or cleared already."""


class HeadingNeeded(Refusal):
    """The heading can't be left out, or is there already."""


def begin_report(procurement: Procurement, *, by: Actor, at: datetime) -> Report:
    """Begin the report of a file, with the three implications that every report has; found again if it exists."""
    if procurement.report is not None:
        return procurement.report
    with act("began the report", on=procurement, by=by, at=at):
        council = db.session.scalars(select(Council).order_by(Council.id)).first()
        authors = (council.finance_officer_post, council.monitoring_officer_post, None) if council else (None,) * 3
        report = Report(
            procurement=procurement, title=f"Procurement of {procurement.title[:1].lower()}{procurement.title[1:]}",
            delegate_post=procurement.director_post, is_example=procurement.is_example,
        )  # fmt: skip
        report.implications = [
            Implication(number=number, heading=heading, author_post=post)
            for number, (heading, post) in enumerate(zip(NEVER_LEFT_OUT, authors, strict=True), start=1)
        ]
        db.session.add(report)
    return report


def _refuse_decided(report: Report) -> None:
    approval, meeting = approving_resolution(report.procurement, meetings_about(report.procurement))
    if approval is not None and meeting is not None:
        raise ReportDecided(f"{meeting.body} has decided on this report, so it can’t be changed now.")


def _changed(report: Report) -> None:
    """A report that changes after it went out must go out again."""
    _refuse_decided(report)
    if report.issued_at is not None:
        report.issued_at = None


def write(report: Report, *, by: Actor, at: datetime, sees: int | None = None, **facts: Any) -> None:
    """Write down or change parts of the report by their column names."""
    with act("wrote the report", on=report, by=by, at=at, sees=sees):
        _changed(report)
        for name, value in facts.items():
            setattr(report, name, value)


def ask_for(
    report: Report, post: Post, consultees: Sequence[Post], *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Say which post is to act and which posts it is to consult, as the report asks."""
    with act("chose who is to act", on=report, by=by, at=at, sees=sees):
        _changed(report)
        if post in consultees:
            raise HeadingNeeded("The post that decides can’t also be consulted.", field="consultees")
        report.delegate_post = post
        kept = {one.post_id: one for one in report.consultees}
        for post_id, one in kept.items():
            if post_id not in {wanted.id for wanted in consultees}:
                db.session.delete(one)
        for wanted in consultees:
            if wanted.id not in kept:
                db.session.add(ReportConsultee(report=report, post=wanted))


def sought(report: Report) -> Sought:
    """What the report asks for, for the model recommendations."""
    file = report.procurement
    preferred = file.appraisal.preferred if file.appraisal else None
    executive = db.session.scalars(select(Council.executive_name).order_by(Council.id)).first() or "Cabinet"
    return Sought(
        option_number=preferred.number if preferred else None, option_name=preferred.name if preferred else "",
        title=file.title, starts_on=file.service_starts_on, initial_months=file.initial_months,
        extension_count=file.extension_count, extension_months=file.extension_months, value_gross=file.value_gross,
        delegate_post=report.delegate_post.name if report.delegate_post else "",
        consultees=tuple(one.post.name for one in report.consultees), executive=executive,
    )  # fmt: skip


def model_words(report: Report) -> tuple[str, ...]:
    """The model words of the recommendations, filled from the file."""
    return model_recommendations(sought(report))


def recommend(report: Report, said: Sequence[str], *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Write the recommendations, first to last. A changed one voids every clearance that rested on it."""
    with act("wrote the recommendations", on=report, by=by, at=at, sees=sees):
        _changed(report)
        wanted = [text.strip() for text in said if text.strip()]
        rows = list(report.recommendations)
        for row, text in zip(rows, wanted, strict=False):
            row.words = text
        for row in rows[len(wanted) :]:
            db.session.delete(row)
        for number, text in enumerate(wanted[len(rows) :], start=len(rows) + 1):
            db.session.add(Recommendation(report=report, number=number, words=text))


def add_implication(report: Report, heading: str, post: Post | None, *, by: Actor, at: datetime) -> Implication:
    """Add an implication under a heading of its own."""
    with act(f"added an implication: {heading}", on=report, by=by, at=at):
        _changed(report)
        if any(one.heading.lower() == heading.lower() for one in report.implications):
            raise HeadingNeeded(f"“{heading}” is in the report already.", field="heading")
        number = max((one.number for one in report.implications), default=0) + 1
        implication = Implication(report=report, number=number, heading=heading, author_post=post)
        db.session.add(implication)
    return implication


def write_implication(
    implication: Implication, text: str, post: Post | None, *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Write an implication and say whose it is. Refused by `TextLocked` while it is cleared."""
    with act(f"wrote: {implication.heading}", on=implication, by=by, at=at, sees=sees):
        _changed(implication.report)
        if is_cleared(implication):
            raise TextLocked("This text is cleared and locked. Take the clearance back to change it.", field="text")
        implication.text, implication.author_post = text, post
        implication.cleared_at = implication.cleared_by = None
        implication.cleared_for = ""


def clear(implication: Implication, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Clear an implication as a holder of its author's post, for the figures and recommendations of today."""
    with act(f"cleared: {implication.heading}", on=implication, by=by, at=at, sees=sees):
        _refuse_decided(implication.report)
        if not implication.text:
            raise NothingToClear("Write the text first. “There are none” must be your own sentence.", field="text")
        if is_cleared(implication):
            raise NothingToClear("This text is cleared already.")
        if not holds(by, implication.author_post_id, legal_day(at)):
            who = implication.author_post.name if implication.author_post else "its author"
            raise NotTheAuthor(f"Only the {who} can clear this.", who_can=f"The {who}")
        implication.cleared_by, implication.cleared_at = by, at
        implication.cleared_for = rests_now(implication.report)


def write_and_clear(
    implication: Implication, text: str, post: Post | None, *, by: Person, at: datetime, sees: int | None = None
) -> None:
    """Write an implication and clear it in one step, as its author does."""
    with act(f"wrote and cleared: {implication.heading}", on=implication, by=by, at=at, sees=sees):
        write_implication(implication, text, post, by=by, at=at)
        clear(implication, by=by, at=at)


def take_back(implication: Implication, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Take a clearance back, with the reason, so that the text can be changed."""
    said = f"took back the clearance of: {implication.heading}"
    with act(said, on=implication, by=by, at=at, note=because, sees=sees):
        _changed(implication.report)
        if not because:
            raise TextLocked("Say why the clearance is taken back.", field="reason")
        if implication.cleared_at is None:
            raise NothingToClear("This text isn’t cleared.")
        implication.cleared_at = implication.cleared_by = None
        implication.cleared_for = ""


def leave_out(implication: Implication, *, by: Actor, at: datetime) -> None:
    """Leave a heading out; never financial, legal or equality."""
    with act(f"left out: {implication.heading}", on=implication, by=by, at=at):
        _changed(implication.report)
        if implication.heading in NEVER_LEFT_OUT:
            raise HeadingNeeded(f"Every report covers “{implication.heading}”.")
        db.session.delete(implication)


def add_risk(
    report: Report, text: str, *, rating: Rating, mitigation: str, owner: Post, by: Actor, at: datetime
) -> ReportRisk:
    """Add a risk with what is done about it and who owns it."""
    with act("added a risk to the report", on=report, by=by, at=at):
        _changed(report)
        risk = ReportRisk(report=report, text=text, rating=rating, mitigation=mitigation, owner_post=owner)
        db.session.add(risk)
    return risk


def change_risk(
    risk: ReportRisk, text: str, *, rating: Rating, mitigation: str, owner: Post, by: Actor, at: datetime,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Write a risk anew."""
    with act("changed a risk of the report", on=risk, by=by, at=at, sees=sees):
        _changed(risk.report)
        risk.text, risk.rating, risk.mitigation, risk.owner_post = text, rating, mitigation, owner


def remove_risk(risk: ReportRisk, *, by: Actor, at: datetime) -> None:
    """Take a risk out of the report."""
    with act("took a risk out of the report", on=risk, by=by, at=at):
        _changed(risk.report)
        db.session.delete(risk)


def issue_report(report: Report, *, by: Person, at: datetime, sees: int | None = None) -> Paper:
    """Issue the report as a Word paper. Refused with the first thing missing, or by the paper's own gaps."""
    with act("issued the report", on=report, by=by, at=at, sees=sees):
        _refuse_decided(report)
        today: date = legal_day(at)
        for check in report_may_be_issued(facts_of(report.procurement.only_lot, today), today):
            if not check.is_done:
                raise ReportNotReady(check.refusal, who_can=check.who_can or None)
        if report.issued_at is not None:
            raise ReportNotReady("The report is issued already and hasn’t changed since.")
        paper = issue(CABINET_REPORT, report.procurement, by=by, at=at)
        report.issued_at = at
    return paper
