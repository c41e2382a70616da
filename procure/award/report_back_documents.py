"""The report back to members: what they resolved, what was done under it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council


@dataclass(frozen=True)
class ReportedFile:
    """The purchase, the meeting that approved it, and what it came to."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    wards_label: Annotated[Words, "wards affected"]
    body: Annotated[Words, "body that approved the purchase"]
    approved_text: Annotated[Words, "meeting and item of the approval"]
    officer_text: Annotated[Words, "author of the report"]
    stands_text: Annotated[Words, "what was done, in one sentence"]
    awarded_gross: Annotated[Money, "value awarded, including VAT"]
    approved_gross: Annotated[Money, "value approved, including VAT"]
    difference_label: Annotated[Words, "difference from the approved value"]
    starts_label: Annotated[Words, "start of the service"]
    consultation_text: Annotated[Words, "how the consultation before the award went"]


@dataclass(frozen=True)
class Resolved:
    """One resolution, in the words of the minute."""

    numeral: Annotated[Words, "number of the resolution"]
    words: Annotated[Words, "words of the resolution"]


@dataclass(frozen=True)
class AwardedLot:
    """What was awarded under it, to whom, by whom, for how much."""

    title: Annotated[Words, "what was awarded"]
    supplier: Annotated[Words, "supplier that was chosen"]
    value_gross: Annotated[Money, "value of the award, including VAT"]
    term_label: Annotated[Words, "longest possible term in words"]
    bids_label: Annotated[Words, "how many bids were assessed"]
    record_text: Annotated[Words, "who decided, when, and the number of the record"]
    contract_text: Annotated[Words, "contract that was entered into"]
    chain: Annotated[Words, "one sentence from the power to this act"]


@dataclass(frozen=True)
class DoneStep:
    """One thing that was done, and when."""

    on: Annotated[Day, "day of the step"]
    what: Annotated[Words, "step"]


@dataclass(frozen=True)
class ViewReported:
    """What one post said before the award, and the answer."""

    post: Annotated[Words, "post consulted"]
    view_label: Annotated[Words, "view"]
    said: Annotated[Words, "words of the view, and the answer to it"]


@dataclass(frozen=True)
class FollowUpReported:
    """A task that the resolutions left, and how it stands."""

    what: Annotated[Words, "task"]
    who: Annotated[Words, "who sees to the task"]
    due: Annotated[Words, "day by which it is due"]
    stands: Annotated[Words, "how the task stands"]


@dataclass(frozen=True)
class ReportBack:
    """Everything the report prints."""

    council: CouncilFacts
    report: ReportedFile | Gap
    resolved: Annotated[Rows[Resolved], "resolutions about the purchase"]
    awards: Annotated[Rows[AwardedLot], "signed awards"]
    steps: Annotated[Rows[DoneStep], "what was done"]
    views: Annotated[Rows[ViewReported], "views given before the award"]
    follow_ups: Annotated[Rows[FollowUpReported], "tasks that the resolutions left"]
    next_steps: Annotated[Rows[Line], "what happens next"]


def sample_report_back() -> ReportBack:
    """The report back of the demonstration."""
    return ReportBack(
        council=sample_council(),
        report=ReportedFile(
            reference="PRO-2027-014",
            title="Social infrastructure support and a local giving model",
            wards_label="All wards",
            body="Cabinet",
            approved_text="Cabinet, 13 July 2027, item 92",
            officer_text="A. Officer, Procurement Officer",
            stands_text="The contract was awarded to Example Alliance on 19 November 2027 and entered into on "
            "6 December 2027.",
            awarded_gross=Decimal(540000),
            approved_gross=Decimal(666000),
            difference_label="£126,000 below",
            starts_label="1 April 2028",
            consultation_text="Two posts were consulted before the award. One objected.",
        ),
        resolved=(
            Resolved("(ii)", "Agree to procure one partner, as set out in Option 4 of the report."),
            Resolved("(iii)", "Delegate authority to the Director of Policy and Participation to award the contract."),
        ),
        awards=(
            AwardedLot(
                "Social infrastructure support and a local giving model", "Example Alliance", Decimal(540000),
                "five years", "Three bids were assessed",
                "Director of Policy and Participation (D. Director), 19 November 2027, record ODR/2027/118",
                "CON-2027-031, entered into on 6 December 2027, from 1 April 2028 to 31 March 2031",
                "Cabinet gave this post the power on 13 July 2027 (item 92, resolution (iii)).",
            ),
        ),
        steps=(
            DoneStep(date(2027, 9, 6), "Tender notice published"),
            DoneStep(date(2027, 11, 19), "Award decision signed"),
            DoneStep(date(2027, 12, 6), "Contract entered into"),
        ),
        views=(
            ViewReported("Chief Operating Officer", "Content", "No comment was made."),
            ViewReported("Cabinet Member for Social Care and Health Integration", "Objects",
                         "“Outreach is not clear enough.” Answer: It becomes a term of the contract."),
        ),
        follow_ups=(
            FollowUpReported("Report the result of the award to Cabinet", "Director of Policy and Participation",
                             "19 February 2028", "Open"),
        ),
        next_steps=lines("The service starts on Saturday 1 April 2028."),
    )  # fmt: skip


REPORT_BACK = Document(
    name="report-back",
    title="Report back to members",
    room="award",
    template="award/documents/report_back.docx",
    facts=ReportBack,
    sample=sample_report_back,
    gather=gathered_by("award", "report_back", module="report_back_gathering"),
)
