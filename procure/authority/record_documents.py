"""The record of a decision that an officer or a member took alone: what it prints. The sample is in `record_sample`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Moment, Money, Rows, Score, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, ResolutionPoint, StandstillFacts

LAW_OF_OFFICERS = (
    "Regulation 13 of the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) "
    "Regulations 2012 and regulation 7 of the Openness of Local Government Bodies Regulations 2014"
)
LAW_OF_MEMBERS = (
    "Regulation 13 of the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) "
    "Regulations 2012"
)


@dataclass(frozen=True)
class ConditionMet:
    """One condition of the authority, and how this decision meets it."""

    text: Annotated[Words, "condition of the authority"]
    met_by: Annotated[Words, "how the condition is met"]


@dataclass(frozen=True)
class AuthorityRelied:
    """The resolution or paragraph of the scheme that the decision rests on."""

    is_resolution: Annotated[YesNo, "whether the power comes from a resolution"]
    body: Annotated[Words, "body that gave the power"]
    decided_on: Annotated[Day, "day of the resolution"]
    minute: Annotated[Words, "minute of the resolution"]
    resolution_no: Annotated[Words, "number of the resolution"]
    published_on: Annotated[Day, "day on which the resolution was published"]
    effective_on: Annotated[Day, "day from which the resolution is in force"]
    scheme_paragraph: Annotated[Words, "paragraph of the scheme of delegation"]
    words: Annotated[Words, "words of the power"]
    succession_text: Annotated[Words | None, "by what authority the power passed to another post"]
    has_max_value: Annotated[YesNo, "whether the power states a limit of value"]
    max_value_gross: Annotated[Money, "limit of value, including VAT"]
    max_term_label: Annotated[Words, "limit of term"]
    no_limit_confirmation: Annotated[Words | None, "legal confirmation of a power without a limit"]
    expires_label: Annotated[Words, "life of the power"]
    conditions: Annotated[Rows[ConditionMet], "conditions of the power"]
    chain: Annotated[Words, "one sentence from the power to this act"]


@dataclass(frozen=True)
class DecidedValue:
    """What the decision commits the Council to at most. `beside` is a year's value, or what a contract then comes to.

    `counted` is what the limit of the power is measured against.
    """

    net: Annotated[Money, "whole-life value without VAT"]
    gross: Annotated[Money, "whole-life value including VAT"]
    counted_gross: Annotated[Money, "value that counts against the limit, including VAT"]
    beside_label: Annotated[Words, "what the third figure is"]
    beside_gross: Annotated[Money, "value of a year, including VAT"]
    difference_label: Annotated[Words, "difference from the approved maximum"]
    term_label: Annotated[Words, "longest possible term in words"]
    budget_label: Annotated[Words, "budget code and funding"]
    over_text: Annotated[Words | None, "why the value is more than was approved"]


@dataclass(frozen=True)
class WaivedRule:
    """The contract procedure rule that a waiver sets aside for one file."""

    rule: Annotated[Words, "rule that is waived"]
    reason: Annotated[Words, "reason for which the rules allow a waiver"]
    case: Annotated[Words, "case for the waiver"]
    period: Annotated[Words, "how long the waiver lasts"]
    after_text: Annotated[Words | None, "why the waiver comes after the event"]


@dataclass(frozen=True)
class RankedTender:
    """One tender in the result. Unsuccessful bidders stand under a letter, with their total alone: from the points of a
    price anybody could work out the price.
    """

    rank: Annotated[Words, "rank of the tender"]
    bidder: Annotated[Words, "bidder"]
    quality_score: Annotated[Score | None, "quality score"]
    price_score: Annotated[Score | None, "price score"]
    total_score: Annotated[Score, "total score"]
    is_winner: Annotated[YesNo, "whether the tender wins"]


@dataclass(frozen=True)
class RejectedAlternative:
    """An alternative considered and rejected. SI 2012/2089 reg 13; SI 2014/2095 reg 7."""

    name: Annotated[Words, "alternative"]
    reason: Annotated[Words, "why the alternative was rejected"]


@dataclass(frozen=True)
class Consulted:
    """One post consulted. No answer is lawful only with the reason that the record then gives.

    `holder` is None for a person who is on record by the name of the post.
    """

    post: Annotated[Words, "post consulted"]
    holder: Annotated[Words | None, "holder of the post"]
    substitute_text: Annotated[Words | None, "who answered in the holder's place, and by what authority"]
    mode_label: Annotated[Words, "how the power binds to this post's view"]
    asked_text: Annotated[Words, "day asked, and until when"]
    answered_on: Annotated[Day | None, "day answered"]
    view_label: Annotated[Words, "view"]
    view_text: Annotated[Words | None, "words of the view"]
    officer_answer: Annotated[Words | None, "answer to the view"]
    interest_text: Annotated[Words, "interest, and any dispensation"]


@dataclass(frozen=True)
class Comment:
    """An adviser's comment on the decision."""

    heading: Annotated[Words, "subject of the comment"]
    text: Annotated[Words, "comment"]
    author: Annotated[Words, "who commented, and for which post"]
    given_on: Annotated[Day, "day of the comment"]


@dataclass(frozen=True)
class PaperRead:
    """A paper the decision maker had, and where anyone can read it."""

    title: Annotated[Words, "paper"]
    where: Annotated[Words, "where the paper can be seen"]


@dataclass(frozen=True)
class NextStep:
    """What follows the decision."""

    text: Annotated[Words, "next step"]
    on: Annotated[Day, "day of the next step"]


@dataclass(frozen=True)
class DecisionFacts:
    """The decision itself."""

    reference: Annotated[Words, "number of the record"]
    title: Annotated[Words, "subject of the decision"]
    maker_kind: Annotated[Words, "whether an officer or a member decided"]
    law_text: Annotated[Words, "law that asks for the record"]
    contract_text: Annotated[Words | None, "contract that the decision is about"]
    wards_label: Annotated[Words, "wards affected"]
    maker_post: Annotated[Words, "post of the decision maker"]
    maker_name: Annotated[Words, "decision maker"]
    maker_capacity: Annotated[Words | None, "by what right somebody acted for the holder"]
    maker_interest: Annotated[Words, "interest of the decision maker"]
    taken_at: Annotated[Moment, "moment of the decision"]
    digest: Annotated[Words, "SHA-256 of what was signed"]
    published_text: Annotated[Words, "day of publication, or the planned one"]
    effective_text: Annotated[Words, "day from which the decision may be put into effect"]
    key_text: Annotated[Words, "whether it is a key decision, and why"]
    notice_text: Annotated[Words, "entry in the forward plan, or the exception used"]
    call_in_text: Annotated[Words, "call-in, and what came of it"]
    points: Annotated[Rows[ResolutionPoint], "what was decided"]
    financial_text: Annotated[Words, "money in one paragraph"]
    reasons: Annotated[Rows[Line], "reasons for the decision"]
    alignment_text: Annotated[Words | None, "how the decision fits the strategy"]
    results: Annotated[Rows[RankedTender], "result of the evaluation"]
    risks: Annotated[Rows[Line], "risks of the decision"]
    alternatives: Annotated[Rows[RejectedAlternative], "alternatives considered and rejected"]
    silence_text: Annotated[Words | None, "why the decision was taken without an answer"]
    objection_reason: Annotated[Words | None, "why the decision was taken despite an objection"]
    comments: Annotated[Rows[Comment], "officers’ comments"]
    equality_text: Annotated[Words, "regard to the equality duty"]
    papers: Annotated[Rows[PaperRead], "background papers"]
    withheld: Annotated[Rows[Line], "what is withheld, and why"]
    retain_record_until_on: Annotated[Day, "day until which the record is kept"]
    retain_papers_until_on: Annotated[Day, "day until which the background papers are kept"]
    next_steps: Annotated[Rows[NextStep], "what happens next"]


@dataclass(frozen=True)
class OfficerDecisionRecord:
    """Everything the record prints. SI 2012/2089 reg 13; SI 2014/2095 reg 7.

    `value` is None for a decision that commits no money, `standstill` for one that is not an award, `waiver` for one
    that waives nothing. `consultees` is empty only where the power names nobody to be consulted.
    """

    council: CouncilFacts
    decision: DecisionFacts
    authority: Annotated[AuthorityRelied | Gap, "the power relied on"]
    value: DecidedValue | None
    waiver: WaivedRule | None
    consultees: Annotated[Rows[Consulted], "posts consulted"]
    standstill: StandstillFacts | None
