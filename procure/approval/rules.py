"""What a report must hold before a decision can be sought, and what must be decided before a tender is prepared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from procure import words
from procure.choices import Labelled
from procure.law.periods import agenda_by, key_decision_notice_by
from procure.law.working_days import Calendar
from procure.procurement.rules import Check, FileFacts, Route, blocked, done, missing, waived


class Rating(Labelled):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


USUAL_HEADINGS = (
    "Financial implications", "Legal implications", "Equality", "Social value", "Staff", "Data protection",
    "Safeguarding", "Crime and disorder", "Climate", "Property", "Health", "Corporate policy",
)  # fmt: skip
NEVER_LEFT_OUT = USUAL_HEADINGS[:3]
"""Headings that every report has; *there are none* must be their author's own sentence."""


# ── the facts ──


@dataclass(frozen=True)
class ImplicationState:
    """One implication: whether it is written, cleared, or was cleared for other figures."""

    heading: str
    post: str
    is_written: bool
    is_cleared: bool
    is_void: bool = False


@dataclass(frozen=True)
class NoticeFacts:
    """What must be public before the meeting. SI 2012/2089 regs 7 to 11."""

    meeting_on: date | None
    is_key: bool | None
    reference: str = ""
    """Of the entry in the forward plan; empty where the file has none."""
    is_lawful: bool = False
    """Whether the notice lets the meeting decide on its day, by 28 clear days or by an exception."""
    said: str = ""
    """Where the notice stands, in a sentence."""
    is_urgent: bool = False
    """Whether the chair of scrutiny agreed that the decision can't wait for five clear days."""


@dataclass(frozen=True)
class ReportState:
    """How far the report is."""

    unwritten: tuple[tuple[str, str, str], ...]
    """Parts still to be written: name, the sentence that says so, the page."""
    implications: tuple[ImplicationState, ...]
    notice: NoticeFacts
    issued_on: date | None = None


@dataclass(frozen=True)
class Approved:
    """The resolution that approves buying, for this file."""

    numeral: str
    option: int | None
    body: str
    held_on: date


@dataclass(frozen=True)
class SchemeRow:
    """A row of the scheme of delegation for conducting a procurement."""

    paragraph: str
    post: str
    max_value_gross: Decimal | None
    max_months: int | None
    min_value_gross: Decimal | None = None


@dataclass(frozen=True)
class ApprovalFacts:
    """Everything the approval to buy rests on, by either route."""

    route: Route
    executive: str = "Cabinet"
    report: ReportState | None = None
    preferred_option: int | None = None
    approved: Approved | None = None
    power_post: str = ""
    power_numeral: str = ""
    notes: tuple[str, ...] = ()
    """Numerals of resolutions that only note."""
    in_force_from: date | None = None
    is_stopped: bool = False
    effect: str = ""
    """Whether the decision is in force, in a sentence."""
    director_post: str = ""
    value_net: Decimal | None = None
    value_gross: Decimal | None = None
    max_months: int | None = None
    scheme: tuple[SchemeRow, ...] = ()
    quotes_needed: int | None = None
    quote_words: str = ""
    quotes_waived: str = ""
    """How the quotes rule is waived for this file today; empty where it isn't."""
    waiver_expired: str = ""
    england: Calendar | None = field(default=None, compare=False)

    @property
    def is_decided(self) -> bool:
        return self.approved is not None

    def is_in_force(self, today: date) -> bool:
        """Whether the approval may be acted on: under the scheme always, else once call-in is over."""
        if self.route is Route.SCHEME:
            return True
        return self.in_force_from is not None and not self.is_stopped and self.in_force_from <= today


# ── before the report goes out ──


def report_may_be_issued(facts: ApprovalFacts, today: date) -> tuple[Check, ...]:
    """Everything that must stand before the report is issued."""
    report = facts.report
    if report is None:
        return (missing("Begin the report", "Begin the report first.", "approval.report"),)
    return (
        *_written(report),
        *_cleared(report),
        *_noticed(report.notice),
        *_in_the_agenda(report.notice, today, facts.england),
    )


PARTS = {
    "approval.heading": "Say which meeting, and whether it is a key decision",
    "approval.mandate": "Say who is to act, and after consulting whom",
    "approval.recommendations": "Write the recommendations",
    "approval.reasons": "Write the summary, reasons and background",
    "approval.risks": "List the risks",
    "approval.closing": "Say how the contract is managed, and list the papers",
    "procurement.need": "Say what is bought, and who answers for it",
    "procurement.particulars": "Say how it will be bought",
    "tender.method": "Say how bids will be judged",
}


def _written(report: ReportState) -> tuple[Check, ...]:
    unwritten = {page: (name, refusal) for name, refusal, page in report.unwritten}
    checks = []
    for page, name in PARTS.items():
        if page in unwritten:
            checks.append(missing(name, unwritten[page][1], page))
        else:
            checks.append(done(name, page=page))
    return tuple(checks)


def _cleared(report: ReportState) -> tuple[Check, ...]:
    name, page = "Get the implications cleared", "approval.implications"
    headings = {one.heading for one in report.implications}
    absent = [heading for heading in NEVER_LEFT_OUT if heading not in headings]
    if absent:
        what = words.joined(heading[0].lower() + heading[1:] for heading in absent)
        return (missing(name, f"Every report covers these too: {what}.", page, begun=bool(headings)),)
    open_ = [one for one in report.implications if not one.is_cleared]
    if not open_:
        return (done(name, f"All {words.number_word(len(report.implications))} are cleared", page),)
    first = open_[0]
    if not first.is_written:
        refusal = f"“{first.heading}” isn’t written yet."
    elif first.is_void:
        refusal = f"The clearance of “{first.heading}” is void, because a figure or recommendation changed."
    else:
        refusal = f"The {first.post} hasn’t cleared “{first.heading}”."
    cleared = len(report.implications) - len(open_)
    hint = f"{cleared} of {len(report.implications)} are cleared. {refusal}"
    return (missing(name, refusal, page, hint=hint, begun=cleared > 0, who_can=f"The {first.post}"),)


def _noticed(notice: NoticeFacts) -> tuple[Check, ...]:
    name, page = "Give notice in the forward plan", "forward_plan.of_file"
    if notice.meeting_on is None or notice.is_key is None:
        return (blocked(name, "Say which meeting first, and whether it is a key decision."),)
    if not notice.is_key:
        return (done(name, "Not a key decision, so no notice is needed"),)
    if not notice.reference:
        due = words.weekday(key_decision_notice_by(notice.meeting_on).answer)
        refusal = f"This key decision isn’t in the forward plan. Its notice must be public by {due}."
        return (missing(name, refusal, page, who_can="The case officer or democratic services"),)
    if notice.is_lawful:
        return (done(name, f"{notice.reference}. {notice.said}", page),)
    refusal = f"{notice.reference}: {notice.said}"
    return (missing(name, refusal, page, begun=True, who_can="Democratic services"),)


def _in_the_agenda(notice: NoticeFacts, today: date, england: Calendar | None) -> tuple[Check, ...]:
    name = "Be in time for the agenda"
    if notice.meeting_on is None or england is None:
        return ()
    due = agenda_by(notice.meeting_on, england).answer
    if today <= due:
        return (done(name, f"The agenda goes out by {words.weekday(due)}"),)
    if notice.is_urgent:
        return (done(name, "The chair of scrutiny agreed that it can’t wait"),)
    return (
        missing(
            name,
            f"The agenda had to be public by {words.weekday(due)}. Choose a later meeting. For a key decision that "
            f"can’t wait, special urgency needs the agreement of the chair of scrutiny.",
            "approval.heading",
        ),
    )


# ── before the tender is prepared ──


def approval_is_given(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a tender is prepared: the decision to buy, by the body or by the scheme, for this file."""
    approval = facts.of(ApprovalFacts)
    return _by_the_scheme(approval) if approval.route is Route.SCHEME else _by_the_body(approval, today)


def _by_the_body(facts: ApprovalFacts, today: date) -> tuple[Check, ...]:
    return (*_reported(facts, today), _decided(facts), _given(facts), *_not_stopped(facts, today))


def _reported(facts: ApprovalFacts, today: date) -> tuple[Check, ...]:
    report = facts.report
    if report is not None and report.issued_on is not None:
        return (done("Issue the report", f"Issued {words.day(report.issued_on)}", "approval.report"),)
    checks = report_may_be_issued(facts, today)
    still = [check for check in checks if not check.is_done]
    if report is None:
        return (missing("Write the report", "The report isn’t begun.", "approval.report"),)
    cleared = _cleared(report)
    if not still:
        ready_words = "The report is ready but not issued."
        return (*cleared, missing("Issue the report", ready_words, "approval.report", begun=True))
    ready = len(checks) - len(still)
    return (
        *cleared,
        missing(
            "Issue the report", f"The report isn’t issued. {still[0].refusal}", "approval.report",
            hint=f"{ready} of {len(checks)} parts are ready", begun=ready > 0, who_can=still[0].who_can,
        ),
    )  # fmt: skip


def _decided(facts: ApprovalFacts) -> Check:
    name, page = f"Record the decision of {facts.executive}", "meetings.file_authority"
    if facts.approved is None:
        noted = ""
        if facts.notes:
            one = len(facts.notes) == 1
            noted = (
                f" Resolution{'' if one else 's'} {words.joined(facts.notes)} only note{'s' if one else ''}: "
                f"{'it gives' if one else 'they give'} no authority."
            )
        refusal = f"No resolution approves buying this.{noted}"
        if facts.report is None or facts.report.issued_on is None:
            return blocked(name, refusal, "Waits for the report")
        return missing(name, refusal, page, who_can="Democratic services or the case officer")
    if facts.approved.option != facts.preferred_option:
        return missing(
            name,
            f"Resolution {facts.approved.numeral} agrees Option {facts.approved.option}, but the appraisal prefers "
            f"{f'Option {facts.preferred_option}' if facts.preferred_option else 'none'}.",
            page,
            begun=True,
        )
    held = f"{facts.approved.body}, {words.day(facts.approved.held_on)}, resolution {facts.approved.numeral}"
    return done(name, held, page)


def _given(facts: ApprovalFacts) -> Check:
    name, page = "Record who may act", "meetings.file_authority"
    if facts.power_post:
        return done(name, f"{facts.power_post}, by resolution {facts.power_numeral}", page)
    refusal = "Nobody has been given the power to conduct this procurement. Record the resolution that gives it."
    if facts.approved is None:
        return blocked(name, refusal, "Waits for the decision")
    return missing(name, refusal, page, who_can="Democratic services or the case officer")


def _not_stopped(facts: ApprovalFacts, today: date) -> tuple[Check, ...]:
    """Call-in that is still open doesn't keep a tender from being prepared, only from going out."""
    if facts.approved is None:
        return ()
    name, page = "See that no call-in stops it", "meetings.file_authority"
    if facts.is_stopped:
        return (missing(name, facts.effect, page),)
    if facts.is_in_force(today):
        return (done(name, facts.effect, page),)
    return (done(name, "Nothing stops it so far. The tender can be prepared, and goes out after call-in.", page),)


def _by_the_scheme(facts: ApprovalFacts) -> tuple[Check, ...]:
    page = "meetings.file_authority"
    if facts.value_gross is None or facts.max_months is None:
        return (
            missing("Say what it will cost", "Enter the value and the term first.", "procurement.value"),
            blocked("Find the power in the scheme of delegation", "Waits for the value and the term."),
            blocked("Know how many quotes are needed", "Waits for the value."),
        )
    return (
        done("Say what it will cost", f"{words.pounds(facts.value_gross)} including VAT", "procurement.value"),
        _covered(facts, page),
        _quotes(facts, page),
    )


def covering_row(facts: ApprovalFacts) -> SchemeRow | None:
    """The first row of the scheme whose limits hold the value and the term."""
    return next((row for row in facts.scheme if _why_not_covered(row, facts) is None), None)


def _why_not_covered(row: SchemeRow, facts: ApprovalFacts) -> str | None:
    if row.max_value_gross is not None and (facts.value_gross or 0) > row.max_value_gross:
        return (
            f"Paragraph {_number(row.paragraph)} allows up to {words.pounds(row.max_value_gross)} including VAT. This "
            f"purchase is {words.pounds(facts.value_gross or 0)}, so it needs {facts.executive}."
        )
    if row.min_value_gross is not None and (facts.value_gross or 0) < row.min_value_gross:
        return (
            f"Paragraph {_number(row.paragraph)} is for {words.pounds(row.min_value_gross)} and more, including VAT. "
            f"This purchase is {words.pounds(facts.value_gross or 0)}, so it needs another paragraph."
        )
    if row.max_months is not None and (facts.max_months or 0) > row.max_months:
        return (
            f"Paragraph {_number(row.paragraph)} allows up to {words.months_label(row.max_months)}. This purchase runs "
            f"{words.months_label(facts.max_months or 0)}, so it needs {facts.executive}."
        )
    return None


def _number(paragraph: str) -> str:
    """The number inside *Part 3, paragraph 4.2*; the whole where there is none."""
    return paragraph.rsplit("paragraph ", 1)[-1]


def _covered(facts: ApprovalFacts, page: str) -> Check:
    name = "Find the power in the scheme of delegation"
    row = covering_row(facts)
    if row is not None:
        return done(name, f"{row.paragraph}: {row.post}", page)
    if not facts.scheme:
        who = f"the {facts.director_post}" if facts.director_post else "the director"
        return missing(name, f"The scheme of delegation has no row by which {who} may buy.", page)
    return missing(name, _why_not_covered(facts.scheme[0], facts) or "", page, who_can=facts.executive)


def _quotes(facts: ApprovalFacts, page: str) -> Check:
    name = "Know how many quotes are needed"
    if facts.quotes_needed is None:
        return missing(name, "The council’s rules have no band for this value. Add it in Settings.", page)
    if facts.quotes_waived:
        return waived(name, facts.quotes_waived, page)
    if facts.quotes_needed == 0:
        said = f"At this value the council’s rules ask for more than quotes: {facts.quote_words}."
        return missing(name, f"{said} {facts.waiver_expired}".strip(), page)
    return done(name, facts.quote_words, page)
