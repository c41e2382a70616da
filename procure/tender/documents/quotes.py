"""The request for quotes: the invitation's words, cut to what a small purchase needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Number, Rows, Words
from procure.documents.shared_facts import CouncilFacts, TermFacts, sample_council
from procure.tender.documents.invitation import Contact, sample_contact
from procure.tender.documents.shared import (
    Insurance,
    Return,
    ScaleStep,
    sample_bought_term,
    sample_insurance,
    sample_returns,
    sample_scale,
)


@dataclass(frozen=True)
class SmallPurchase:
    """What is bought on quotes."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title of the purchase"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    need: Annotated[Words, "why it is needed"]


@dataclass(frozen=True)
class QuoteDates:
    """The days on which suppliers act."""

    questions_by_at: Annotated[Moment, "last moment for questions"]
    answers_by_on: Annotated[Day, "day of the last answers"]
    deadline_at: Annotated[Moment, "deadline for quotes"]
    valid_until_on: Annotated[Day, "day until which quotes stay open"]


@dataclass(frozen=True)
class QuoteRules:
    """Rules of this request."""

    price_basis: Annotated[Words, "which price is compared"]
    late_text: Annotated[Words, "what is done about late quotes"]
    payment_text: Annotated[Words, "how the supplier is paid"]


@dataclass(frozen=True)
class QuoteCriterion:
    """One criterion for quality."""

    title: Annotated[Words, "name of the criterion"]
    text: Annotated[Words, "what a good answer shows"]
    share: Annotated[Words, "weight of the criterion"]


@dataclass(frozen=True)
class QuoteMethod:
    """How quotes are compared."""

    scale: Annotated[Rows[ScaleStep], "scale of scores"]
    top_score: Annotated[Number, "top of the scale"]
    price_label: Annotated[Words, "what price counts for"]
    formula_text: Annotated[Words, "how price is scored"]
    rounding_text: Annotated[Words, "rounding"]
    tie_text: Annotated[Words, "how ties are parted"]


@dataclass(frozen=True)
class RequestForQuotes:
    """Everything the request prints."""

    council: CouncilFacts
    procurement: SmallPurchase
    contact: Contact
    term: TermFacts
    timetable: QuoteDates
    returns: Annotated[Rows[Return], "what a supplier sends back"]
    rules: QuoteRules
    insurance: Annotated[Rows[Insurance], "insurance to hold when the contract starts"]
    criteria: Annotated[Rows[QuoteCriterion], "criteria"]
    method: QuoteMethod


def sample_request() -> RequestForQuotes:
    """A request for a small purchase."""
    return RequestForQuotes(
        council=sample_council(),
        procurement=SmallPurchase(
            "PRO-2027-014", "Training for volunteers", "Twelve days of training for volunteers in the borough.",
            "Groups ask for more places than we have.",
        ),
        contact=sample_contact(),
        term=sample_bought_term(),
        timetable=QuoteDates(
            datetime(2027, 9, 24, 16, 0, tzinfo=UTC), date(2027, 10, 1), datetime(2027, 10, 11, 13, 0, tzinfo=UTC),
            date(2027, 12, 10),
        ),
        returns=sample_returns(),
        rules=QuoteRules(
            "the total for the longest term, without VAT", "They are not opened.", "We pay within 30 days."
        ),
        insurance=sample_insurance(),
        criteria=(QuoteCriterion("Quality of training", "Experience with volunteers, and an outline.", "60 points"),),
        method=QuoteMethod(
            sample_scale(), 5, "40 points", "40 × lowest price ÷ the supplier’s price",
            "Points are rounded to two places, half up.", "If totals are equal, more points for quality go first.",
        ),
    )  # fmt: skip


REQUEST_FOR_QUOTES = Document(
    name="request-for-quotes",
    title="Request for quotes",
    room="tender",
    template="tender/documents/request_for_quotes.docx",
    facts=RequestForQuotes,
    sample=sample_request,
    gather=gathered_by("tender", "request_for_quotes"),
)
