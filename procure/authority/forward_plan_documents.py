"""The notice of a key decision: what the forward plan publishes. SI 2012/2089 regulations 5 and 9."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council


@dataclass(frozen=True)
class NoticeFacts:
    """Everything regulation 9(1) asks of a notice; regulation 5 where part may be private."""

    reference: Annotated[Words, "number of the entry"]
    published_text: Annotated[Words, "when it is published, and the latest lawful day"]
    matter: Annotated[Words, "what is to be decided"]
    about: Annotated[Words | None, "the matter in a few sentences"]
    key_reason: Annotated[Words, "why the decision is key"]
    decision_maker: Annotated[Words, "name and title of who decides, or the body"]
    decision_when: Annotated[Words, "day or period of the decision"]
    wards_label: Annotated[Words, "wards affected"]
    documents: Annotated[Rows[Line], "documents to be considered"]
    copies_at: Annotated[Words, "where copies are available"]
    contact: Annotated[Words, "whom to ask, and where to send other documents"]
    exception_text: Annotated[Words | None, "exception used, with its reasons"]
    private_text: Annotated[Words | None, "paragraph and reason of private business"]


@dataclass(frozen=True)
class ForwardPlanNotice:
    """Everything the notice prints."""

    council: CouncilFacts
    notice: NoticeFacts


def sample_notice() -> ForwardPlanNotice:
    """The notice of the demonstration's purchase."""
    return ForwardPlanNotice(
        council=sample_council(),
        notice=NoticeFacts(
            reference="FP/2027/061",
            published_text="7 June 2027. The latest lawful day was 14 June 2027.",
            matter="Choice of option and approval to procure social infrastructure support",
            about="The contract for support to voluntary groups ends on 31 March 2028. Cabinet is asked to choose how "
            "it is provided from then on.",
            key_reason="It is expected to cost more than £500,000 and affects all wards.",
            decision_maker="Cabinet, whose members are listed on the Council’s website",
            decision_when="Tuesday 13 July 2027",
            wards_label="All wards",
            documents=lines("Report to Cabinet", "Options appraisal"),
            copies_at="The Council’s website, and the Town Hall",
            contact="procurement@example.gov.uk",
            exception_text=None,
            private_text="Paragraph 3: the appendix holds prices of suppliers, which would harm the competition.",
        ),
    )


FORWARD_PLAN_NOTICE = Document(
    name="forward-plan-notice",
    title="Notice of a key decision",
    room="authority",
    template="authority/documents/forward_plan_notice.docx",
    facts=ForwardPlanNotice,
    sample=sample_notice,
    gather=gathered_by("authority", "forward_plan_notice", module="forward_plan_gathering"),
)
