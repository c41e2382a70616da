"""The paper of this room: the report that asks for an option to be agreed and a procurement to be approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Percent, Rows, Score, Words, YesNo
from procure.documents.shared_facts import (
    ConsultationFacts,
    CouncilFacts,
    CriterionFacts,
    CurrentContractFacts,
    Line,
    ResolutionPoint,
    TermFacts,
    ValueFacts,
    lines,
    sample_consultation,
    sample_council,
    sample_current_contract,
    sample_term,
)


@dataclass(frozen=True)
class ReportedProcurement:
    """What is to be bought, under what law and in what way."""

    title: Annotated[Words, "title of the procurement"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    regime_label: Annotated[Words, "law that applies"]
    regime_reason: Annotated[Words, "why that law applies"]
    is_public_contract: Annotated[YesNo, "whether the value is at or above the threshold"]
    threshold: Annotated[Money, "threshold that applies, including VAT"]
    threshold_label: Annotated[Words, "which threshold applies"]
    procedure_label: Annotated[Words, "procedure"]
    route_reason: Annotated[Words, "why this route"]
    has_lots: Annotated[YesNo, "whether there are lots"]
    lots_reason: Annotated[Words, "why the contract is, or is not, divided into lots"]
    reserved_text: Annotated[Words | None, "to whom the competition is reserved, and under what power"]
    small_supplier_text: Annotated[Words, "barriers for small and voluntary suppliers, and what was done"]
    engagement_text: Annotated[Words, "market engagement"]
    tupe_text: Annotated[Words | None, "staff who may transfer"]
    is_recharged_to_leaseholders: Annotated[YesNo, "whether leaseholders must be consulted"]
    director_post: Annotated[Words, "accountable director"]
    portfolio_post: Annotated[Words, "portfolio holder"]
    wards_label: Annotated[Words, "wards affected"]


@dataclass(frozen=True)
class ReportedOption:
    """One option as the report shows it."""

    no: Annotated[Number, "number of the option"]
    name: Annotated[Words, "name of the option"]
    cost_net: Annotated[Money, "whole-life cost of the option"]
    total: Annotated[Score, "weighted total of the option"]
    is_preferred: Annotated[YesNo, "whether the option is preferred"]
    reason: Annotated[Words, "main reason for the result of the option"]


@dataclass(frozen=True)
class ReportedPreference:
    """The option recommended."""

    no: Annotated[Number, "number of the preferred option"]
    name: Annotated[Words, "name of the preferred option"]
    reasons: Annotated[Rows[Line], "reasons for the preferred option"]


@dataclass(frozen=True)
class ReportedAppraisal:
    """The options appraisal in short."""

    criteria_agreed_on: Annotated[Day, "day on which the weights were agreed"]
    options: Annotated[Rows[ReportedOption], "options of the short list"]
    switching_sentence: Annotated[Words, "where the answer would change"]
    preferred: Annotated[ReportedPreference | Gap, "the preferred option"]


@dataclass(frozen=True)
class PlannedMethod:
    """How tenders are to be assessed."""

    quality_weight: Annotated[Percent, "weight of quality"]
    price_weight: Annotated[Percent, "weight of price"]
    panel_text: Annotated[Words | None, "who will evaluate and how a score is agreed"]


@dataclass(frozen=True)
class PlannedStep:
    """One step of the timetable."""

    name: Annotated[Words, "step"]
    when: Annotated[Words, "when the step is planned"]


@dataclass(frozen=True)
class Timetable:
    """The planned timetable, in date order."""

    steps: Annotated[Rows[PlannedStep], "steps of the timetable"]


@dataclass(frozen=True)
class Implication:
    """One implication in its author's own words, with the clearance."""

    heading: Annotated[Words, "heading of the implication"]
    text: Annotated[Words, "text of the implication"]
    author_name: Annotated[Words, "who cleared the implication"]
    author_post: Annotated[Words, "post of who cleared the implication"]
    cleared_on: Annotated[Day, "day of the clearance"]


@dataclass(frozen=True)
class ReportedRisk:
    """One risk of the procurement."""

    text: Annotated[Words, "risk"]
    rating_label: Annotated[Words, "rating of the risk"]
    mitigation: Annotated[Words, "what is done about the risk"]
    owner_post: Annotated[Words, "owner of the risk"]


@dataclass(frozen=True)
class Appendix:
    """One paper attached."""

    no: Annotated[Words, "number of the appendix"]
    title: Annotated[Words, "title of the appendix"]
    is_exempt_label: Annotated[Words, "whether the appendix is open or exempt"]


@dataclass(frozen=True)
class BackgroundPaper:
    """One paper relied on, and where anyone can read it."""

    title: Annotated[Words, "background paper"]
    where: Annotated[Words | None, "where the background paper can be seen"]


@dataclass(frozen=True)
class ReportFacts:
    """The report itself."""

    title: Annotated[Words, "title of the report"]
    meeting_on: Annotated[Day, "day of the meeting"]
    item_no: Annotated[Words | None, "agenda item"]
    is_key: Annotated[YesNo, "whether it is a key decision"]
    key_reason: Annotated[Words, "why it is, or is not, a key decision"]
    forward_plan_reference: Annotated[Words | None, "entry in the forward plan"]
    forward_plan_on: Annotated[Day, "day on which the forward plan was published"]
    exception_text: Annotated[Words | None, "general exception or special urgency used"]
    exempt_paragraph: Annotated[Words | None, "paragraph of Schedule 12A"]
    exempt_reason: Annotated[Words, "why the public interest favours exemption"]
    author_name: Annotated[Words, "author of the report"]
    author_post: Annotated[Words, "post of the author"]
    author_contact: Annotated[Words, "contact of the author"]
    summary: Annotated[Words, "summary of the report"]
    recommendations: Annotated[Rows[ResolutionPoint], "recommendations"]
    reasons: Annotated[Rows[Line], "reasons for the recommendations"]
    background: Annotated[Rows[Line], "background"]
    implications: Annotated[Rows[Implication], "implications"]
    risks: Annotated[Rows[ReportedRisk], "risks"]
    appendices: Annotated[Rows[Appendix], "appendices"]
    background_papers: Annotated[Rows[BackgroundPaper], "background papers"]
    contract_management_text: Annotated[Words | None, "how the contract will be managed"]
    report_back_text: Annotated[Words | None, "how members hear the result"]


@dataclass(frozen=True)
class SoughtAuthority:
    """The delegation that the report asks for; the model recommendations are filled from it."""

    delegate_post: Annotated[Words, "post to which authority is to be delegated"]
    consultees_label: Annotated[Words, "posts to be consulted"]


@dataclass(frozen=True)
class CabinetReport:
    """Everything the report prints. `current_contract` is None for a need that no contract meets now."""

    council: CouncilFacts
    report: ReportFacts
    procurement: ReportedProcurement
    current_contract: CurrentContractFacts | None
    appraisal: ReportedAppraisal
    value: ValueFacts
    term: TermFacts
    method: PlannedMethod
    criteria: Annotated[Rows[CriterionFacts], "award criteria"]
    timetable: Timetable
    consultation: ConsultationFacts
    authority: Annotated[SoughtAuthority | Gap, "the delegation sought"]


def sample_report() -> CabinetReport:
    """The report of the demonstration: one option agreed, one procurement approved, four posts to be consulted."""
    return CabinetReport(
        council=sample_council(),
        report=ReportFacts(
            title="Procurement of social infrastructure support and a local giving model",
            meeting_on=date(2027, 7, 13),
            item_no="8",
            is_key=True,
            key_reason="It is expected to cost more than £500,000 and affects two or more wards.",
            forward_plan_reference="FP/2027/061",
            forward_plan_on=date(2027, 6, 7),
            exception_text=None,
            exempt_paragraph=None,
            exempt_reason="Publishing prices before the contract is entered into would harm the competition.",
            author_name="A. Officer",
            author_post="Procurement Officer",
            author_contact="procurement@example.gov.uk",
            summary="About 200 voluntary and community groups work in the borough. The contract that supports 140 of "
                    "them "
            "ends on 31 March 2028. Five options were compared. A new contract with one partner, which also runs a "
            "local "
            "giving model, came first by a clear margin.\n\nCabinet is asked to choose that option, to approve the "
            "procurement, and to say who may award the contract, after consulting whom, and up to what sum.",
            recommendations=tuple(
                ResolutionPoint.of(words)
                for words in (
                    "Agree Option 4 (a new contract, with local giving), as set out in the section Options "
                    "considered, as "
                    "the way to provide social infrastructure support from 1 April 2028.",
                    "Approve the procurement of social infrastructure support and a local giving model in line with "
                    "the "
                    "section Proposed procurement, for three years from 1 April 2028 with two options to extend by one "
                    "year each, to a maximum of £666,000 including VAT.",
                    "Delegate authority to the Director of Policy and Participation, in consultation with the Cabinet "
                    "Member for Community Leadership and Engagement, the Cabinet Member for Social Care and Health "
                    "Integration, the Chief Operating Officer and the Director of Law and Governance, to conduct the "
                    "procurement, to award and enter into the contract, and to enter into ancillary agreements with "
                    "the "
                    "successful supplier, within the value and term in (ii) and in line with the priorities of the "
                    "Participation and Partnerships Strategy.",
                    "Delegate authority to the same Director, in the same consultation, to use each option to extend, "
                    "if "
                    "performance is good and the budget is confirmed.",
                    "Ask the Director to report the result of the award to Cabinet within three months of it, and "
                    "performance each year.",
                )
            ),
            reasons=lines(
                "One partner can lead change across the whole sector, in every ward.",
                "Local giving needs one brand and one set of relationships. Option 4 is the only short-listed option "
                "with "
                "both.",
                "It can start on the day the present contract ends, so no group loses support.",
                "It costs £167,000 less over five years than a council team.",
            ),
            background=lines(
                "On 18 February 2019 Cabinet (minute 92) agreed the Participation and Partnerships Strategy, which "
                "set out "
                "to strengthen the voluntary, community and social enterprise (VCSE) sector.",
                "The contract that now runs was let in 2025. Its details are below.",
            ),
            implications=(
                Implication(
                    "Financial implications",
                    "The yearly cost of £111,000 net is within the budget of £115,000 (PP-4410). The budget is "
                    "confirmed "
                    "for 2028/29 to 2030/31. Each extension needs its own check. VAT is recoverable in the usual way.",
                    "F. Officer", "Chief Operating Officer", date(2027, 6, 24),
                ),
                Implication(
                    "Legal implications",
                    "The contract is a public contract for light touch services. The usual notices, a conflicts "
                    "assessment and assessment summaries are required; a standstill is voluntary and is recommended. "
                    "The "
                    "Act gives no general power to reserve a competition of this value to VCSE organisations. "
                    "Recommendation (iii) is a specific authority: each decision under it must be recorded and "
                    "published, "
                    "with the views of all four posts.",
                    "L. Officer", "Director of Law and Governance", date(2027, 6, 25),
                ),
                Implication(
                    "Equality",
                    "Members must have due regard to section 149 of the Equality Act 2010. The assessment (Appendix 2) "
                    "finds a positive effect for groups led by disabled people and by minority communities, if every "
                    "ward is reached.",
                    "E. Officer", "Equalities Officer", date(2027, 6, 22),
                ),
                Implication(
                    "Social value",
                    "Considered on 14 April 2027, before the procurement began, as the Public Services (Social Value) "
                    "Act "
                    "2012 requires. Paid traineeships and volunteering are asked for and scored.",
                    "A. Officer", "Procurement Officer", date(2027, 6, 22),
                ),
                Implication(
                    "Staff",
                    "No council staff are affected. The Transfer of Undertakings (Protection of Employment) "
                    "Regulations "
                    "2006 may apply to six staff of the present supplier.",
                    "H. Officer", "Head of Human Resources", date(2027, 6, 23),
                ),
            ),
            risks=(
                ReportedRisk("Few or no tenders", "Medium", "Two market sessions; five-week tender period; briefing",
                             "Procurement Officer"),
                ReportedRisk("Service stops between contracts", "Medium",
                             "Latest safe start was 5 May 2027; the plan is 24 days ahead of it",
                             "Head of Participation and Engagement"),
                ReportedRisk("Challenge to the award", "Low",
                             "Published method, agreed scores with reasons, voluntary standstill",
                             "Director of Law and Governance"),
                ReportedRisk("Gifts fall when the brand changes hands", "Medium",
                             "The brand belongs to the Council; donors’ records are handed over as the law allows",
                             "Contract Manager"),
            ),
            appendices=(
                Appendix("1", "Options appraisal", "Open"),
                Appendix("2", "Equality impact assessment", "Open"),
            ),
            background_papers=(
                BackgroundPaper("Participation and Partnerships Strategy 2019–2023", "Council website"),
                BackgroundPaper("Engagement notes, 14 April 2027", "Council website"),
            ),
            contract_management_text="The contract manager meets the supplier each quarter. Results against each "
                                     "measure "
            "are published once a year.",
            report_back_text="A note to Cabinet within three months of the award, then performance each year.",
        ),
        procurement=ReportedProcurement(
            title="Social infrastructure support and a local giving model",
            description="One partner to help groups start, run and grow in all 19 wards; to give the sector a voice; "
                        "and "
            "to run a local giving model and brand with the Council.",
            regime_label="Procurement Act 2023: a public contract for light touch services",
            regime_reason="The main purpose is community support.",
            is_public_contract=True,
            threshold=Decimal("663540"),
            threshold_label="light touch services",
            procedure_label="Open procedure: one stage, anyone may tender",
            route_reason="The market is small and the service is well understood.",
            has_lots=False,
            lots_reason="Sector support and local giving depend on one brand and one set of relationships.",
            reserved_text=None,
            small_supplier_text="Word limits, insurance needed only at the start, monthly payment and a five-week "
                                "tender "
            "period keep the bid affordable. Consortia are welcome.",
            engagement_text="Two open sessions with 23 organisations in April 2027, after a preliminary market "
                            "engagement "
            "notice.",
            tupe_text="Six staff of the present supplier may transfer.",
            is_recharged_to_leaseholders=False,
            director_post="Director of Policy and Participation",
            portfolio_post="Cabinet Member for Community Leadership and Engagement",
            wards_label="All wards",
        ),
        current_contract=sample_current_contract(
            "Two of one year each; the day for using the first, 30 June 2027, has passed."
        ),
        appraisal=ReportedAppraisal(
            criteria_agreed_on=date(2027, 5, 12),
            options=(
                ReportedOption(1, "Let the contract end", Decimal(18000), Decimal("30.00"), False,
                               "140 groups would lose support, against the Borough Manifesto."),
                ReportedOption(2, "Extend for two years", Decimal(190000), Decimal("53.00"), False,
                               "It adds nothing for local giving and only delays the choice. Its cost is for two "
                               "years."),
                ReportedOption(3, "Bring it in-house", Decimal(722000), Decimal("56.00"), False,
                               "The dearest option, and residents give less to a council brand."),
                ReportedOption(4, "A new contract, with local giving", Decimal(555000), Decimal("84.00"), True,
                               "One partner leads, one brand, ready in time."),
                ReportedOption(5, "A grant programme", Decimal(520000), Decimal("61.00"), False,
                               "Nobody would lead. New and small groups would be missed."),
            ),
            switching_sentence="Option 4 stays first while cost counts for 62% or less of the total. Above that a "
                               "grant "
            "programme would lead.",
            preferred=ReportedPreference(
                4, "A new contract, with local giving",
                lines(
                    "it scored highest on a stronger sector, which counts most;",
                    "it is the only option with one partner and one brand for local giving;",
                    "it can be ready on 1 April 2028.",
                ),
            ),
        ),
        value=ValueFacts(
            net=Decimal(555000), vat=Decimal(111000), gross=Decimal(666000), vat_label="at the standard rate",
            basis="It counts both extensions, at the current price with one added post and no inflation.",
        ),
        term=sample_term(),
        method=PlannedMethod(
            Decimal(60), Decimal(40),
            "Three evaluators score alone. A moderator who does not score chairs the agreement of one score, with a "
            "reason, for each criterion. Scores are never averaged.",
        ),
        criteria=(
            CriterionFacts("1", "Understanding of need", Decimal(25)),
            CriterionFacts("2", "Delivery in every ward", Decimal(15)),
            CriterionFacts("3", "Local giving", Decimal(10)),
            CriterionFacts("4", "Social value", Decimal(10)),
        ),
        timetable=Timetable(
            (
                PlannedStep("Decision in force, if not called in", "Monday 26 July 2027"),
                PlannedStep("Tender notice and pack published", "Monday 6 September 2027"),
                PlannedStep("Tenders due", "2:00pm on Monday 11 October 2027"),
                PlannedStep("Evaluation and moderation", "13 October to 9 November 2027"),
                PlannedStep("Award decision", "by Monday 22 November 2027"),
                PlannedStep("Assessment summaries; contract award notice", "Tuesday 23 November 2027"),
                PlannedStep("Voluntary standstill ends", "Friday 3 December 2027, midnight"),
                PlannedStep("Contract entered into, from", "Monday 6 December 2027"),
                PlannedStep("Service starts", "Saturday 1 April 2028"),
            )
        ),
        consultation=sample_consultation(),
        authority=SoughtAuthority(
            "Director of Policy and Participation",
            "the Cabinet Member for Community Leadership and Engagement, the Cabinet Member for Social Care and Health "
            "Integration, the Chief Operating Officer and the Director of Law and Governance",
        ),
    )  # fmt: skip


CABINET_REPORT = Document(
    name="cabinet-report",
    title="Cabinet report",
    room="approval",
    template="approval/documents/cabinet_report.docx",
    facts=CabinetReport,
    sample=sample_report,
    gather=gathered_by("approval", "cabinet_report"),
)
