"""The award decision of the demonstration, by the real actions, on the days of the drawings. All of it is example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from procure.authority import actions, assuring_actions, consulting_actions, publishing_actions, signing_actions
from procure.authority.models import ConsulteeView, Decision
from procure.authority.publishing_actions import decide_papers
from procure.authority.publishing_facts import papers_before
from procure.authority.rules import AssuranceOf, Interest, PaperStanding, View
from procure.demonstration import days
from procure.demonstration.cast import CARE, COMMUNITY, FINANCE, LAW, Cast
from procure.demonstration.days import at
from procure.procurement.models import Lot
from procure.suppliers.models import Supplier

REFERENCE = "ODR-2027-118"
WINNER = "Example Alliance"

FIGURES: dict[str, Any] = {
    "value_net": Decimal("450000"),
    "value_gross": Decimal("540000"),
    "annual_gross": Decimal("108000"),
    "max_months": 60,
}

WORDS: dict[str, Any] = {
    "title": "Award the social infrastructure contract",
    "summary": "Example Alliance would support community groups and run local giving from 1 April 2028. The contract "
    "lasts three years. You may later extend it twice, by a year each time.",
    "points": (
        "Award the contract for social infrastructure support and a local giving model to Example Alliance, for three "
        "years from 1 April 2028, with two options to extend by one year each, for at most £540,000 including VAT over "
        "five years.",
        "Make it a term of the contract that outreach takes place in Marks Gate and in Thames View, as the bid offers.",
    ),
    "reasons": (
        "It came first of three with 89.67 of 100.",
        "It scored highest for understanding the need, which counts most.",
        "It costs 9% more than the cheapest bid, and scores 8 points more for quality.",
    ),
    "alternatives": (
        ("Award to Example Network (88.13)", "A lower total. It scored higher for quality, but its higher price "
         "outweighs that under the published method."),
        ("Award to Example Trust (85.00)", "The lowest price, but eight points fewer for quality."),
        ("Not to award, and buy again", "Buying again would leave a gap after 31 March 2028."),
    ),
    "risks": (
        "A losing bidder may challenge. So we wait eight working days, to 3 December 2027, before entering the "
        "contract.",
        "The present supplier’s six staff may transfer. Example Alliance has priced this.",
        "Call-in doesn’t apply. Cabinet took the key decision on 13 July 2027.",
    ),
    "financial_text": "The cost falls on PP-4410, General Fund, Participation and Engagement. The budget is confirmed "
    "for the first three years. Each extension needs its own check.",
    "equality_text": "I had due regard to section 149 of the Equality Act 2010 and to the assessment of 20 May 2027. "
    "Reach to every ward is a measure of the contract.",
    "alignment_text": "It serves the aim of a stronger sector in the Participation and Partnerships Strategy.",
    "key_text": "No. Cabinet took the key decision on 13 July 2027.",
    "exempt_text": "Names of unsuccessful bidders, prices and reasons are withheld under paragraph 3 of Part 1 of "
    "Schedule 12A to the Local Government Act 1972. Publishing them before the contract is entered into would harm the "
    "competition.",
    "sign_by_on": days.PUBLISHED,
}  # fmt: skip

HOW_MET = {
    AssuranceOf.CONDITION: "It serves the priorities “a stronger sector” and “local giving” of the Participation and "
    "Partnerships Strategy 2019-2023, at Appendix 4 to the report of 18 February 2019.",
    AssuranceOf.SCOPE: "The contract is for social infrastructure support, with the local giving model of Option 4.",
    AssuranceOf.EVENT: "It lasts.",
}

FINANCE_COMMENT = "Within the budget for three years. Each extension needs a budget of its own."
LEGAL_COMMENT = (
    "The procedure followed the published method. A standstill is voluntary for a light touch contract and is advised."
)
PROCUREMENT_COMMENT = (
    "The bids were assessed under the published method. The award is announced and the standstill kept before the "
    "contract is entered into."
)
LIMIT = "£666,000 including VAT and five years, as in the report that the resolution adopts."
OBJECTION = "I see no outreach in Marks Gate or Thames View. Put it in the contract or score again."
ANSWER = "Both places are in the bid, at page 14. They become a term of the contract."
WHY_ALL_THE_SAME = "Both places are in the bid. The second point of this decision makes them a term of the contract."


def prepare_award_decision(lot: Lot, cast: Cast, winner: Supplier | None = None) -> Decision:
    """The officer drafts the award on 10 November. `winner` is found among the bids where it isn't given."""
    chosen = winner or next(bid.supplier for bid in lot.bids if bid.supplier.name == WINNER)
    return actions.prepare_award(
        lot, chosen, by=cast["officer"], at=at(days.PREPARED, 11), reference=REFERENCE, **FIGURES, **WORDS
    )


def say_how_conditions_are_met(decision: Decision, cast: Cast) -> None:
    """On 10 November the officer says how the award keeps to the strategy's priorities and to the scope."""
    asked = assuring_actions.to_assure(decision, at(days.PREPARED, 12))
    if asked:
        said = {(of, words): HOW_MET[of] for of, words in asked}
        assuring_actions.assure(decision, said, by=cast["officer"], at=at(days.PREPARED, 12))


def advise(decision: Decision, cast: Cast) -> None:
    """The officer says how the conditions are met and comments; Finance on 11 November, Legal on 12 November."""
    say_how_conditions_are_met(decision, cast)
    given = {one.heading: one for one in decision.clearances}
    give = consulting_actions.give_clearance
    give(given["Procurement"], PROCUREMENT_COMMENT, by=cast["officer"], at=at(days.PREPARED, 15))
    give(given["Finance"], FINANCE_COMMENT, by=cast["finance"], at=at(date(2027, 11, 11), 15))
    give(given["Legal"], LEGAL_COMMENT, by=cast["law"], at=at(date(2027, 11, 12), 9))


def ask(decision: Decision, cast: Cast) -> None:
    """All four are asked on 12 November, to answer by 18 November."""
    consulting_actions.ask_consultees(decision, days.VIEWS_DUE, by=cast["officer"], at=at(days.ASKED, 10, 30))


def view_of(decision: Decision, post: str) -> ConsulteeView:
    """The row of one post."""
    return next(view for view in decision.views if view.post.name == post)


def early_answers(decision: Decision, cast: Cast) -> None:
    """By 17 November three have answered, the limit is confirmed, and one Cabinet Member has been chased."""
    give = consulting_actions.answer
    give(view_of(decision, COMMUNITY), said=View.CONTENT, text="", interest=Interest.NONE, by=cast["community"],
         at=at(date(2027, 11, 14), 18, 5))  # fmt: skip
    give(view_of(decision, FINANCE), said=View.COMMENTS, interest=Interest.NONE, by=cast["finance"],
         text="The sum is in the budget for three years. Each extension needs its own check.",
         at=at(date(2027, 11, 15), 9, 40))  # fmt: skip
    give(view_of(decision, LAW), said=View.CONTENT, text="", interest=Interest.NONE, by=cast["law"],
         at=at(date(2027, 11, 16), 11, 20))  # fmt: skip
    power = decision.delegation
    if power is not None and (power.max_value_gross is None or power.max_months is None):
        consulting_actions.confirm_no_limit(decision, LIMIT, by=cast["law"], at=at(date(2027, 11, 16), 11, 30))
    consulting_actions.chase(view_of(decision, CARE), by=cast["officer"], at=at(date(2027, 11, 16), 16))


def last_answer(decision: Decision, cast: Cast) -> None:
    """On 18 November the last consultee objects; the officer answers and sends the decision to the director."""
    consulting_actions.answer(
        view_of(decision, CARE), said=View.OBJECTS, text=OBJECTION, interest=Interest.NONE, by=cast["care"],
        at=at(days.VIEWS_DUE, 12, 10),
    )  # fmt: skip
    consulting_actions.answer_consultee(
        view_of(decision, CARE), ANSWER, by=cast["officer"], at=at(days.VIEWS_DUE, 14, 30)
    )
    actions.send_to_decider(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 14, 45))


def sign(decision: Decision, cast: Cast) -> None:
    """The director signs at 2:14pm on 19 November, against one objection."""
    signing_actions.sign(
        decision, interest=Interest.NONE, objection_reason=WHY_ALL_THE_SAME, by=cast["director"],
        at=at(days.SIGNING, 14, 14),
    )  # fmt: skip


ARE_OPEN = frozenset({
    "options-appraisal", "cabinet-report", "invitation-to-tender", "specification", "evaluation-methodology",
    "pricing-schedule", "form-of-tender", "draft-contract", "clarification-log", "procurement-strategy",
    "conflicts-assessment", "award-recommendation",
})  # fmt: skip
"""Papers that were public before, and the covering report of the award: the rest holds prices and scores."""

WHY_EXEMPT = (
    "It holds bidders’ prices and scores. Telling rivals of them would harm the bidders and the council’s next "
    "procurement; the award notice and the record give the result."
)
REVIEW_ON = date(2031, 4, 1)


def decide_about_papers(decision: Decision, cast: Cast) -> None:
    """What was public stays open; what holds prices and scores is exempt under paragraph 3."""
    by, moment = cast["officer"], at(days.PUBLISHED, 8, 40)
    before = papers_before(decision)
    opened = [paper for paper in before if paper.name in ARE_OPEN]
    exempt = [paper for paper in before if paper.name not in ARE_OPEN]
    if opened:
        decide_papers(decision, opened, PaperStanding.OPEN, by=by, at=moment)
    if exempt:
        decide_papers(
            decision, exempt, PaperStanding.EXEMPT, paragraph="3", public_interest=WHY_EXEMPT, review_on=REVIEW_ON,
            by=by, at=moment,
        )  # fmt: skip


def publish(decision: Decision, cast: Cast) -> None:
    """It is published on 22 November, once every paper before it is decided about."""
    decide_about_papers(decision, cast)
    publishing_actions.publish(decision, days.PUBLISHED, by=cast["officer"], at=at(days.PUBLISHED, 9))


def answers(decision: Decision, cast: Cast) -> None:
    """All that is said on the decision, from the advisers' comments to its going to the director."""
    advise(decision, cast)
    ask(decision, cast)
    early_answers(decision, cast)
    last_answer(decision, cast)


def decide_award(lot: Lot, cast: Cast) -> Decision:
    """The whole decision, from its draft to its publication."""
    decision = prepare_award_decision(lot, cast)
    answers(decision, cast)
    sign(decision, cast)
    publish(decision, cast)
    return decision
