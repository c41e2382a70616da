"""An invented record: the award of the demonstration, decided by a director against one objection."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from procure.authority.record_documents import (
    LAW_OF_OFFICERS,
    AuthorityRelied,
    Comment,
    ConditionMet,
    Consulted,
    DecidedValue,
    DecisionFacts,
    NextStep,
    OfficerDecisionRecord,
    PaperRead,
    RankedTender,
    RejectedAlternative,
)
from procure.documents.shared_facts import ResolutionPoint, lines, sample_council, sample_standstill

IN, ASKED = "in consultation with", "10 November 2027, to answer by 18 November 2027"


def sample_decision() -> OfficerDecisionRecord:
    """The award of the demonstration, decided by a director against one objection."""
    return OfficerDecisionRecord(
        council=sample_council(),
        decision=DecisionFacts(
            reference="ODR/2027/118",
            title="Award of the contract for social infrastructure support",
            maker_kind="an officer’s",
            law_text=LAW_OF_OFFICERS,
            contract_text=None,
            wards_label="All wards",
            maker_post="Director of Policy and Participation",
            maker_name="D. Director",
            maker_capacity=None,
            maker_interest="None declared",
            taken_at=datetime(2027, 11, 19, 10, 42, tzinfo=UTC),
            digest="4d0f2a61c9e87b35a1de40f7629bc853e6f1047ad2935bc80e7f61a4d89c2b53",
            published_text="Monday 22 November 2027",
            effective_text="Monday 22 November 2027",
            key_text="No. Cabinet took the key decision on 13 July 2027.",
            notice_text="Not needed for this decision. Cabinet’s was entry FP-2027-061, published on 7 June 2027.",
            call_in_text="Not subject to call-in: it is not a key decision.",
            points=tuple(
                ResolutionPoint.of(words)
                for words in (
                    "Award the contract for social infrastructure support and a local giving model to Example "
                    "Alliance, for three years from 1 April 2028, with two options to extend by one year each, "
                    "for at most £540,000 including VAT over five years.",
                    "Make it a term of the contract that outreach takes place in Marks Gate and in Thames "
                    "View, as the tender offers.",
                    "Enter into the contract when the standstill has ended and no claim stands in the way.",
                )
            ),
            financial_text="The cost falls on PP-4410, General Fund, Participation and Engagement. The budget "
                "is confirmed for the first three years. Each extension needs its own check.",
            reasons=lines(
                "Example Alliance made the most advantageous tender: it meets every requirement and has the "
                "highest total, 89.67 of 100.",
                "It scored highest for understanding the need, which counts most. Its plan reaches all 19 "
                "wards with a named lead in each.",
                "It costs 9% more than the cheapest tender and scores eight points more for quality.",
                "The price was not abnormally low, no exclusion ground was found, and the conflicts assessment "
                "was last reviewed on 18 November 2027.",
            ),
            alignment_text="It serves the aim of a stronger sector in the Participation and Partnerships Strategy.",
            results=(
                RankedTender("1", "Example Alliance", Decimal("53.00"), Decimal("36.67"), Decimal("89.67"), True),
                RankedTender("2", "Bidder C", None, None, Decimal("88.13"), False),
                RankedTender("3", "Bidder A", None, None, Decimal("85.00"), False),
            ),
            risks=lines(
                "Getting ready takes longer than planned. The contract is entered into 117 days before the start.",
                "Gifts fall when the brand changes hands. The Council owns the brand.",
            ),
            alternatives=(
                RejectedAlternative("Award to Bidder C (88.13)", "A lower total. It scored higher for quality, "
                    "but its higher price outweighs that under the published method."),
                RejectedAlternative("Award to Bidder A (85.00)", "The lowest price, but eight points fewer for "
                    "quality than Example Alliance."),
                RejectedAlternative("Score again, as one consultee asked", "The outreach in question is in the "
                    "tender, at page 14. Scoring again without a fault would be unfair to all bidders."),
                RejectedAlternative("Not to award, and buy again", "Support would stop on 31 March 2028."),
            ),
            silence_text=None,
            objection_reason="Both places are in the tender, and the second point of the decision makes them a "
                "term of the contract.",
            comments=(
                Comment("Finance", "Within the budget for three years. Each extension needs a budget of its own.",
                        "C. Officer, Chief Operating Officer", date(2027, 11, 11)),
                Comment("Legal", "The procedure followed the published method. A standstill is voluntary for a "
                    "light touch contract and is advised.", "L. Director, Director of Law and Governance",
                        date(2027, 11, 12)),
                Comment("Procurement", "Scores were agreed before prices were opened. Arithmetic was checked "
                    "on 9 November 2027.", "H. Head, Head of Procurement", date(2027, 11, 10)),
            ),
            equality_text="I had due regard to section 149 of the Equality Act 2010 and to the assessment of "
                "20 May 2027. Reach to every ward is a measure of the contract.",
            papers=(
                PaperRead("Award report, version 1.0, 10 November 2027", "Council website"),
                PaperRead("Equality impact assessment, 20 May 2027", "Council website"),
                PaperRead("Cabinet report and minute 14, 13 July 2027", "Council website"),
                PaperRead("Exempt appendix: names of unsuccessful bidders, prices and reasons", "Not published"),
            ),
            withheld=lines(
                "The exempt appendix is withheld under paragraph 3 of Part 1 of Schedule 12A to the Local Government "
                "Act 1972. The interest in keeping it private outweighs the interest in seeing it now: publishing it "
                "before the contract is entered into would harm the competition and the bidders.",
            ),
            retain_record_until_on=date(2033, 11, 19),
            retain_papers_until_on=date(2031, 11, 19),
            next_steps=(
                NextStep("Assessment summaries go to all three bidders; contract award notice published",
                         date(2027, 11, 23)),
                NextStep("Cabinet told of the result, at the latest", date(2028, 2, 19)),
                NextStep("Service starts", date(2028, 4, 1)),
            ),
        ),
        authority=AuthorityRelied(
            is_resolution=True,
            body="Cabinet",
            decided_on=date(2027, 7, 13),
            minute="minute 14",
            resolution_no="(iii)",
            published_on=date(2027, 7, 16),
            effective_on=date(2027, 7, 26),
            scheme_paragraph="Part 3, paragraph 4.2",
            words="Delegate authority to the Director of Policy and Participation, in consultation with the "
                "Cabinet Member for Community Leadership and Engagement, the Cabinet Member for Social Care "
                "and Health Integration, the Chief Operating Officer and the Director of Law and Governance, "
                "to conduct the procurement, to award and enter into the contract, and to enter into ancillary "
                "agreements with the successful supplier, within the value and term in (ii) and in line with "
                "the priorities of the Participation and Partnerships Strategy.",
            succession_text=None,
            has_max_value=True,
            max_value_gross=Decimal(666000),
            max_term_label="Five years",
            no_limit_confirmation=None,
            expires_label="No end date stated",
            conditions=(
                ConditionMet("Consultation with four posts", "All four were asked on 10 November 2027 and answered"),
                ConditionMet("In line with the priorities of the Strategy", "See the section Reasons"),
                ConditionMet("The successful supplier", "Example Alliance"),
            ),
            chain="Cabinet gave this post the power to award and enter into this contract on 13 July 2027 "
                "(minute 14, resolution (iii)).",
        ),
        value=DecidedValue(
            net=Decimal(450000),
            gross=Decimal(540000),
            counted_gross=Decimal(540000),
            beside_label="A year",
            beside_gross=Decimal(108000),
            difference_label="£126,000 below",
            term_label="five years",
            budget_label="PP-4410, General Fund, Participation and Engagement",
            over_text=None,
        ),
        waiver=None,
        consultees=(
            Consulted("Cabinet Member for Community Leadership and Engagement", "C. Member", None, IN, ASKED,
                      date(2027, 11, 12), "Content", None, None, "None declared"),
            Consulted("Cabinet Member for Social Care and Health Integration", "S. Member", None, IN, ASKED,
                      date(2027, 11, 16), "Objects",
                      "Outreach in Marks Gate and Thames View is not clear enough in the tender. Score it again.",
                      "The outreach is at page 14 of the tender. It becomes a term of the contract.", "None declared"),
            Consulted("Chief Operating Officer", "C. Officer", None, IN, ASKED, date(2027, 11, 15), "Comments",
                      "The sum is in the budget for three years.", "Noted. Each extension will have its own check.",
                      "None declared"),
            Consulted("Director of Law and Governance", "L. Director",
                      "D. Deputy answered, under paragraph 2.6 of the scheme of delegation", IN, ASKED,
                      date(2027, 11, 15), "Content", None, None, "None declared"),
        ),
        standstill=sample_standstill(),
    )  # fmt: skip
