"""The paper of this room: the options appraisal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from procure.documents.declare import Document
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Percent, Rows, Score, Words, YesNo
from procure.documents.shared_facts import (
    ConsultationFacts,
    CouncilFacts,
    CurrentContractFacts,
    Line,
    Person,
    lines,
    sample_consultation,
    sample_council,
    sample_current_contract,
)

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


@dataclass(frozen=True)
class AppraisedProcurement:
    """The need, and what has to be considered before anything is bought."""

    title: Annotated[Words, "title of the procurement"]
    need: Annotated[Words, "why it is needed"]
    lead: Annotated[Person | Gap, "service lead"]
    social_value_text: Annotated[Words, "how social, economic and environmental well-being was considered"]
    social_value_on: Annotated[Day, "day on which social value was considered"]
    grant_test_text: Annotated[Words | None, "why a contract and not a grant"]


@dataclass(frozen=True)
class AppraisalCriterion:
    """What options are compared on."""

    name: Annotated[Words, "criterion"]
    definition: Annotated[Words, "what the criterion means"]
    weight: Annotated[Percent, "weight of the criterion"]


@dataclass(frozen=True)
class AppraisalScaleStep:
    """One score and its meaning."""

    score: Annotated[Number, "score"]
    meaning: Annotated[Words, "what the score means"]


@dataclass(frozen=True)
class LongListed:
    """An option that was not taken further."""

    name: Annotated[Words, "option not taken further"]
    reason: Annotated[Words, "why the option was not taken further"]


@dataclass(frozen=True)
class OptionScore:
    """One option on one criterion."""

    criterion: Annotated[Words, "criterion scored"]
    score: Annotated[Number, "score of the option"]
    reason: Annotated[Words, "reason for the score"]
    evidence: Annotated[Words | None, "evidence for the score"]


@dataclass(frozen=True)
class OptionRisk:
    """One risk of one option."""

    text: Annotated[Words, "risk of the option"]
    likelihood: Annotated[Number, "likelihood, 1 to 5"]
    impact: Annotated[Number, "impact, 1 to 5"]
    rating: Annotated[Number, "likelihood times impact"]
    mitigation: Annotated[Words, "answer to the risk"]
    owner_post: Annotated[Words, "owner of the risk"]


@dataclass(frozen=True)
class YearCost:
    """Cost of one option in one year, without VAT."""

    amount: Annotated[Money, "cost in the year"]


@dataclass(frozen=True)
class CostedYear:
    """One year of the comparison."""

    label: Annotated[Words, "year"]


@dataclass(frozen=True)
class ShortListed:
    """One option of the short list, costed and scored."""

    no: Annotated[Number, "number of the option"]
    name: Annotated[Words, "name of the option"]
    description: Annotated[Words, "what the option is"]
    total: Annotated[Score, "weighted total of the option"]
    rank: Annotated[Number, "rank of the option"]
    is_preferred: Annotated[YesNo, "whether the option is preferred"]
    cost_net: Annotated[Money, "whole-life cost of the option"]
    cost_present: Annotated[Money, "present value of the option"]
    cost_note: Annotated[Words | None, "what the cost counts"]
    year_costs: Annotated[Rows[YearCost], "cost of the option by year"]
    scores: Annotated[Rows[OptionScore], "scores of the option"]
    risks: Annotated[Rows[OptionRisk], "risks of the option"]
    equality: Annotated[Words, "equality effect of the option"]
    social_value: Annotated[Words, "social value of the option"]
    market: Annotated[Words, "market and delivery of the option"]


@dataclass(frozen=True)
class SensitivityTest:
    """One thing that was changed to see whether the answer would."""

    test: Annotated[Words, "what was changed"]
    result: Annotated[Words, "ranking after the change"]
    changes_preferred: Annotated[Words, "whether the preferred option changes"]


@dataclass(frozen=True)
class PreferredOption:
    """The option to take, and why."""

    no: Annotated[Number, "number of the preferred option"]
    name: Annotated[Words, "name of the preferred option"]
    description: Annotated[Words, "what the preferred option is"]
    total: Annotated[Score, "total of the preferred option"]
    reasons: Annotated[Rows[Line], "reasons for the preferred option"]


@dataclass(frozen=True)
class RejectedOption:
    """An option of the short list that is not taken. The reason goes into every later decision record."""

    no: Annotated[Number, "number of the rejected option"]
    name: Annotated[Words, "name of the rejected option"]
    total: Annotated[Score, "total of the rejected option"]
    reason: Annotated[Words, "why the option is rejected"]


@dataclass(frozen=True)
class AppraisalFacts:
    """The comparison itself."""

    outcomes: Annotated[Rows[Line], "outcomes wanted"]
    strategic_fit: Annotated[Words, "fit with the Council’s strategy"]
    demand: Annotated[Words, "users and demand"]
    constraints: Annotated[Rows[Line], "what limits the choice"]
    market_text: Annotated[Words, "the market"]
    criteria: Annotated[Rows[AppraisalCriterion], "criteria of the appraisal"]
    criteria_agreed_on: Annotated[Day, "day on which the weights were agreed"]
    scale: Annotated[Rows[AppraisalScaleStep], "scale of scores"]
    scorers: Annotated[Rows[Person], "who scored"]
    long_list: Annotated[Rows[LongListed], "options not taken further"]
    options: Annotated[Rows[ShortListed], "options of the short list"]
    years: Annotated[Rows[CostedYear], "years costed"]
    discount_rate_label: Annotated[Words, "discount rate and its source"]
    sensitivity: Annotated[Rows[SensitivityTest], "sensitivity tests"]
    switching_sentence: Annotated[Words, "where the answer would change"]
    preferred: Annotated[PreferredOption | Gap, "the preferred option"]
    rejected: Annotated[Rows[RejectedOption], "options rejected"]
    reviewer_name: Annotated[Words, "who reviewed the appraisal"]
    reviewer_post: Annotated[Words, "post of the reviewer"]
    reviewed_on: Annotated[Day, "day of the review"]


@dataclass(frozen=True)
class AppraisalPaper:
    """Everything the options appraisal prints. `current_contract` is None for a need that no contract meets now."""

    council: CouncilFacts
    procurement: AppraisedProcurement
    current_contract: CurrentContractFacts | None
    appraisal: AppraisalFacts
    consultation: ConsultationFacts


def _scored(*scored: tuple[int, str, str]) -> tuple[OptionScore, ...]:
    names = ("Stronger sector", "Reach to residents", "Cost over five years", "Local giving", "Ready in time")
    return tuple(
        OptionScore(name, score, reason, evidence)
        for name, (score, reason, evidence) in zip(names, scored, strict=True)
    )


def _years(*pounds: int) -> tuple[YearCost, ...]:
    return tuple(YearCost(Decimal(each)) for each in pounds)


def sample_appraisal() -> AppraisalPaper:
    """Five ways to support the voluntary sector of one borough, as in the demonstration."""
    options = (
        ShortListed(
            1, "Let the contract end", "Support stops on 31 March 2028. Staff who help groups close the files.",
            Decimal("30.00"), 5, False, Decimal(18000), Decimal(17391), "One year of closing down",
            _years(18000, 0, 0, 0, 0),
            _scored(
                (0, "No one leads the sector.", "Engagement notes, 14 April 2027"),
                (0, "140 groups lose their support.", "Contract review, March 2027"),
                (5, "Nothing is spent after the first year.", "Cost model, version 3"),
                (0, "The pilot closes.", "Pilot report, February 2027"),
                (5, "Nothing has to be made ready.", "Timetable, version 2"),
            ),
            (OptionRisk("Groups close", 5, 4, 20, "None within this option", "Head of Participation and Engagement"),),
            "Negative: groups led by disabled people and by minority communities lose the most.",
            "None.", "None needed.",
        ),
        ShortListed(
            2, "Extend for two years", "The present supplier goes on under the present terms until 31 March 2030.",
            Decimal("53.00"), 4, False, Decimal(190000), Decimal(184000), "Two years only, at present prices",
            _years(95000, 95000, 0, 0, 0),
            _scored(
                (3, "The present service is known and works.", "Contract review, March 2027"),
                (2, "Reach to new groups is below target.", "Indicator 7, 2026/27"),
                (4, "The cheapest year of all options with a service.", "Cost model, version 3"),
                (0, "The terms do not include it.", "Contract CON-2025-007"),
                (4, "Only a notice is needed.", "Contract CON-2025-007, clause 4"),
            ),
            (OptionRisk("The choice is only put off", 4, 3, 12, "Start again by 2029", "Procurement Officer"),),
            "Neutral: the same groups are reached.", "As now.", "The supplier has said that it would agree.",
        ),
        ShortListed(
            3, "Bring it in-house", "A council team of three posts does the work from 1 April 2028.",
            Decimal("56.00"), 3, False, Decimal(722000), Decimal(675000), "Five years, with pensions and set-up",
            _years(154000, 142000, 142000, 142000, 142000),
            _scored(
                (3, "Skill has to be built up first.", "Human Resources note, 4 May 2027"),
                (4, "Every ward can be served.", "Service plan"),
                (1, "The dearest option.", "Cost model, version 3"),
                (2, "Residents give less to a council brand.", "Survey, May 2027"),
                (4, "Recruitment takes six months.", "Human Resources note, 4 May 2027"),
            ),
            (OptionRisk("Posts cannot be filled", 3, 4, 12, "Second staff from partners", "Head of Human Resources"),),
            "Positive: reach to every ward.", "Local jobs.", "No market is needed.",
        ),
        ShortListed(
            4, "A new contract, with local giving",
            "One partner supports groups in all 19 wards and runs local giving with the Council, for up to five years.",
            Decimal("84.00"), 1, True, Decimal(555000), Decimal(519000), "Five years, transition included",
            _years(111000, 111000, 111000, 111000, 111000),
            _scored(
                (5, "One partner leads the change.", "Engagement notes, 14 April 2027"),
                (4, "A lead in every ward is asked for.", "Draft specification, section 3"),
                (3, "Within the budget of £115,000 a year.", "Cost model, version 3"),
                (5, "One brand and one set of relationships.", "Pilot report, February 2027"),
                (4, "The timetable has 24 days to spare.", "Timetable, version 2"),
            ),
            (
                OptionRisk("Few or no tenders", 2, 4, 8, "Two market sessions; five weeks to bid", "Procurement "
                                                                                                   "Officer"),
                OptionRisk("Gifts fall when the brand changes hands", 2, 3, 6, "The Council owns the brand",
                           "Contract Manager"),
            ),
            "Positive: reach to every ward is a measure of the contract.",
            "Paid traineeships and volunteering are asked for and scored.", "Six likely bidders; 23 came to the "
            "sessions.",
        ),
        ShortListed(
            5, "A grant programme", "Grants of up to £20,000 a year to groups that help others.",
            Decimal("61.00"), 2, False, Decimal(520000), Decimal(486000), "Five years, with the cost of running it",
            _years(104000, 104000, 104000, 104000, 104000),
            _scored(
                (2, "Nobody would lead.", "Engagement notes, 14 April 2027"),
                (3, "Groups that apply already know the Council.", "Grants review, 2026"),
                (4, "A little below the contract.", "Cost model, version 3"),
                (3, "A fund could hold gifts; no one would raise them.", "Pilot report, February 2027"),
                (4, "Rules and a panel can be ready by January.", "Timetable, version 2"),
            ),
            (OptionRisk("New and small groups are missed", 4, 3, 12, "Outreach by council officers",
                        "Head of Participation and Engagement"),),
            "Mixed: new groups find it hardest to apply.", "As each grant asks.", "No market is needed.",
        ),
    )  # fmt: skip
    return AppraisalPaper(
        council=sample_council(),
        procurement=AppraisedProcurement(
            title="Social infrastructure support and a local giving model",
            need="The contract that supports voluntary and community groups ends on 31 March 2028. About 200 groups "
                 "work "
            "in the borough and 140 of them use this support.",
            lead=Person("S. Lead", "Head of Participation and Engagement"),
            social_value_text="Paid traineeships, volunteering and local buying can be asked for. The groups that "
                              "would "
            "gain were consulted.",
            social_value_on=date(2027, 4, 14),
            grant_test_text="The Council buys defined services, with measures, in return for payment. That is a "
                            "contract. "
            "Confirmed by the Director of Law and Governance on 4 May 2027.",
        ),
        current_contract=sample_current_contract("Two of one year each. The first must be used by 30 June 2027."),
        appraisal=AppraisalFacts(
            outcomes=lines(
                "Groups in every ward can get help to start, run and grow.",
                "The sector speaks with a stronger voice and works together.",
                "More money given in the borough stays in the borough.",
            ),
            strategic_fit="The Participation and Partnerships Strategy asks for a stronger sector. The Borough "
                          "Manifesto "
            "asks for residents who give time and money locally.",
            demand="140 groups use the service; 60 more are known. Requests for help rose by 18% in 2026/27.",
            constraints=lines(
                "The budget is £115,000 a year without VAT.",
                "The service must start on 1 April 2028, with no break.",
                "Six staff of the present supplier may transfer.",
            ),
            market_text="Six likely providers, four of them charities. Two open sessions were held.",
            criteria=(
                AppraisalCriterion("Stronger sector", "Lasting skill and voice of local groups.", Decimal(30)),
                AppraisalCriterion("Reach to residents", "Groups of every kind, in every ward.", Decimal(25)),
                AppraisalCriterion("Cost over five years", "Whole-life cost without VAT.", Decimal(20)),
                AppraisalCriterion("Local giving", "Money raised and kept in the borough.", Decimal(15)),
                AppraisalCriterion("Ready in time", "In place on 1 April 2028.", Decimal(10)),
            ),
            criteria_agreed_on=date(2027, 5, 12),
            scale=(
                AppraisalScaleStep(5, "Meets the criterion in full"),
                AppraisalScaleStep(4, "Meets it with small gaps"),
                AppraisalScaleStep(3, "Meets it in the main"),
                AppraisalScaleStep(2, "Meets it in part"),
                AppraisalScaleStep(1, "Meets little of it"),
                AppraisalScaleStep(0, "Does not meet it"),
            ),
            scorers=(
                Person("A. Officer", "Procurement Officer"),
                Person("S. Lead", "Head of Participation and Engagement"),
                Person("F. Partner", "Finance Business Partner"),
            ),
            long_list=(
                LongListed("Shared service with a neighbour", "No neighbouring borough’s contract ends in time."),
                LongListed("Call-off from a framework", "No framework covers both support and local giving."),
            ),
            options=options,
            years=tuple(CostedYear(f"{year}/{year - 1999:02d}") for year in range(2028, 2033)),
            discount_rate_label="3.5% real (HM Treasury, The Green Book)",
            sensitivity=(
                SensitivityTest("Cost counts for 30%, the others less in proportion", "4, 5, 3, 2, 1", "No"),
                SensitivityTest("All criteria count the same", "4, 5, 3, 2, 1", "No"),
                SensitivityTest("Option 4 costs 10% more", "4, 5, 3, 2, 1", "No"),
                SensitivityTest("Cost counts for 70%", "5, 4, 2, 3, 1", "Yes: Option 5"),
            ),
            switching_sentence="Option 4 stays first while cost counts for 62% or less of the total.",
            preferred=PreferredOption(
                4, "A new contract, with local giving",
                "One partner supports groups in all 19 wards and runs local giving with the Council, for up to five "
                "years.",
                Decimal("84.00"),
                lines(
                    "One partner can lead change across the whole sector, in every ward.",
                    "Local giving needs one brand and one set of relationships. No other option has both.",
                    "It can start on the day the present contract ends, so no group loses support.",
                    "It costs £167,000 less over five years than a council team.",
                ),
            ),
            rejected=(
                RejectedOption(1, "Let the contract end", Decimal("30.00"), "140 groups would lose support."),
                RejectedOption(2, "Extend for two years", Decimal("53.00"), "It adds nothing for local giving."),
                RejectedOption(3, "Bring it in-house", Decimal("56.00"), "The dearest option."),
                RejectedOption(5, "A grant programme", Decimal("61.00"), "Nobody would lead; new groups would be "
                                                                         "missed."),
            ),
            reviewer_name="R. Reviewer",
            reviewer_post="Head of Commissioning",
            reviewed_on=date(2027, 5, 28),
        ),
        consultation=sample_consultation(),
    )  # fmt: skip


def _gather(procurement: Procurement, at: datetime) -> AppraisalPaper:
    from procure.appraisal.gathering import options_appraisal  # it reads these facts, so it can’t be known above

    return options_appraisal(procurement, at)


OPTIONS_APPRAISAL = Document(
    name="options-appraisal",
    title="Options appraisal",
    room="appraisal",
    template="appraisal/documents/options_appraisal.docx",
    facts=AppraisalPaper,
    sample=sample_appraisal,
    gather=_gather,
)
