"""The options appraisal of the demonstration: five options, a consultation like Havering's, a review. All example."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from procure.appraisal import actions
from procure.appraisal.actions import CriterionLine, Given
from procure.appraisal.documents import OPTIONS_APPRAISAL
from procure.appraisal.models import Appraisal
from procure.appraisal.rules.comparing import OptionKind
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, ENGAGEMENT, MANAGER, OFFICER, Cast
from procure.documents import actions as documents
from procure.procurement.actions import move
from procure.procurement.models import Procurement

CRITERIA = (
    CriterionLine("Stronger sector", "Lasting skill and voice of local groups.", 30),
    CriterionLine("Reach to residents", "Groups of every kind, in every ward.", 25),
    CriterionLine("Cost over five years", "Whole-life cost without VAT.", 20, is_cost=True),
    CriterionLine("Local giving", "Money raised and kept in the borough.", 15),
    CriterionLine("Ready in time", "In place on 1 April 2028, with no break.", 10),
)

OPTIONS = (
    {
        "name": "Let the contract end", "short_name": "Let it end", "in_brief": "Do nothing",
        "kind": OptionKind.DO_NOTHING,
        "description": "Support stops on 31 March 2028. The council helps groups to close or to find other help.",
        "has_vat": True, "cost_note": "One year of closing the support down.",
        "equality": "Negative: groups led by disabled people and by minority communities lose the most.",
        "social_value": "None.", "market": "No market is needed.",
    },
    {
        "name": "Extend for two years", "short_name": "Extend", "in_brief": "Option in the contract",
        "kind": OptionKind.EXTEND,
        "description": "The present supplier goes on under the present terms until 31 March 2030. The right to extend "
        "must be used by 30 June 2027.",
        "has_vat": True,
        "cost_note": "Buys two years only. A new purchase would follow in 2030, and its cost isn’t counted here.",
        "equality": "Neutral: the same groups are reached as now.",
        "social_value": "As now.", "market": "The present supplier has said that it would agree.",
    },
    {
        "name": "Bring it in-house", "short_name": "In-house", "in_brief": "New council team",
        "kind": OptionKind.IN_HOUSE,
        "description": "A council team of five posts does the work from 1 April 2028.",
        "has_vat": False, "cost_note": "Five posts with pensions; setting up falls in the first year.",
        "equality": "Positive: every ward can be served.",
        "social_value": "Local jobs.", "market": "No market is needed. Staff of the present supplier may transfer.",
    },
    {
        "name": "A new contract, with local giving", "short_name": "New contract", "in_brief": "One partner",
        "kind": OptionKind.NEW_CONTRACT,
        "description": "One partner supports groups in all 19 wards and runs local giving with the Council, for up to "
        "five years.",
        "has_vat": True, "cost_note": "Five years, the change of supplier included.",
        "equality": "Positive: reach to every ward is a measure of the contract.",
        "social_value": "Paid traineeships and volunteering are asked for and scored.",
        "market": "Six likely bidders; 23 organisations came to the workshops.",
    },
    {
        "name": "A grant programme", "short_name": "Grants", "in_brief": "Several small grants",
        "kind": OptionKind.GRANTS,
        "description": "Grants of up to £20,000 a year to groups that help others.",
        "has_vat": False, "cost_note": "Five years, with the cost of running the programme.",
        "equality": "Mixed: new groups find it hardest to apply.",
        "social_value": "As each grant asks.", "market": "No market is needed.",
    },
)  # fmt: skip

SCORES = (
    (
        (0, "Support stops on 31 March 2028.", "Workshop notes, 14 April 2027"),
        (1, "Only groups that manage alone.", "Contract review, March 2027"),
        (5, "No yearly cost.", "Cost model, version 3"),
        (1, "The pilot would close.", "Pilot report, February 2027"),
        (1, "Nothing replaces it.", "Timetable, version 2"),
    ),
    (
        (2, "Same offer, no step change.", "Contract review, March 2027"),
        (3, "Known to 140 groups.", "Contract review, March 2027"),
        (4, "Price held at 2025 rates.", "Cost model, version 3"),
        (2, "Not in the present terms.", "Contract CON-2025-007"),
        (2, "Delays the question to 2030.", "Contract CON-2025-007, clause 4"),
    ),
    (
        (3, "Skills must be hired.", "Human Resources note, 4 May 2027"),
        (3, "Good links, less trust.", "Focus group notes, 6 May 2027"),
        (2, "Five posts and on-costs.", "Cost model, version 3"),
        (3, "Council brand deters donors.", "Pilot report, February 2027"),
        (3, "Nine months to recruit.", "Human Resources note, 4 May 2027"),
    ),
    (
        (5, "A partner leads the change.", "Workshop notes, 14 April 2027"),
        (4, "Must reach all 19 wards.", "Draft specification, section 3"),
        (3, "£111,000 a year net.", "Cost model, version 3"),
        (4, "Brand and model included.", "Pilot report, February 2027"),
        (5, "Start on 1 April 2028.", "Timetable, version 2"),
    ),
    (
        (3, "Helps some groups grow.", "Grants review, 2026"),
        (2, "New groups are missed.", "Grants review, 2026"),
        (4, "£104,000 a year net.", "Cost model, version 3"),
        (3, "No single brand.", "Pilot report, February 2027"),
        (4, "Six months to open.", "Timetable, version 2"),
    ),
)

COSTS = {
    1: (18_000, None, None, None, None),
    2: (95_000, 95_000, None, None, None),
    3: (148_000, 139_000, 142_000, 145_000, 148_000),
    4: (111_000, 111_000, 111_000, 111_000, 111_000),
    5: (104_000, 104_000, 104_000, 104_000, 104_000),
}
FIRST_YEAR = 2028

RISKS = (
    (1, "Groups close when their support stops", 5, 4, "None within this option", ENGAGEMENT),
    (2, "The choice is only put off, and 2030 comes as a surprise", 4, 3, "Begin again by 2029", OFFICER),
    (2, "Reach to new groups stays below target", 4, 3, "A plan agreed with the supplier", MANAGER),
    (3, "Posts can’t be filled in time", 3, 4, "Second staff from partners for the first year", COMMISSIONING),
    (4, "Few or no tenders", 2, 4, "Two workshops for the market; five weeks to bid", OFFICER),
    (4, "Gifts fall when the brand changes hands", 2, 3, "The Council owns the brand", MANAGER),
    (5, "New and small groups are missed", 4, 3, "Council officers help them to apply", ENGAGEMENT),
)

EVENTS = (
    ("Two workshops", "14 and 29 April 2027", "23 voluntary and community organisations"),
    ("Three focus groups", "4, 6 and 11 May 2027", "26 people of new, disabled people’s and faith groups"),
    ("One-to-one meetings", "12 April to 14 May 2027", "Nine larger organisations, the present supplier among them"),
    ("Written comments, to the consultant or to the Council", "12 April to 21 May 2027", "31 groups and residents"),
)

FINDINGS = (
    ("Small groups can’t find the help that there is.", "The new contract asks for a named lead in each ward."),
    ("Bidding and applying take time that small groups don’t have.", "Every answer has a word limit."),
    ("Gifts should stay in the borough.", "Local giving is a part of the contract, under one brand."),
    ("The sector should help to shape new services.", "Working with the sector is one of the questions to bidders."),
)

REASONS = (
    "One partner leads the change across the sector.",
    "It brings local giving under one brand.",
    "It can start the day the present contract ends.",
    "It costs £167,000 less than a council team over five years.",
)

REJECTIONS = {
    1: "140 groups would lose support, against the Borough Manifesto.",
    2: "It adds nothing for local giving and only delays the choice. The right to extend, to be used by 30 June 2027, "
    "is let go for this reason.",
    3: "The dearest option, and residents give less to a council brand.",
    5: "Nobody would lead. New and small groups would be missed.",
}

DISCARDED = (
    ("Share a service with a neighbouring borough", "No neighbour’s contract ends in time."),
    ("Call off a framework", "No framework covers both support and local giving."),
)


def appraise(procurement: Procurement, cast: Cast) -> None:
    """The whole walk: begin, compare, have it reviewed, and go on to seek approval."""
    begin(procurement, cast)
    write(procurement, cast)
    send(procurement, cast)
    review(procurement, cast)
    seek_approval(procurement, cast)


def begin(procurement: Procurement, cast: Cast) -> Appraisal:
    """1 April 2027: the appraisal begins, if the file has none yet."""
    if procurement.appraisal is not None:
        return procurement.appraisal
    return actions.begin(procurement, by=cast["officer"], at=days.at(days.NEED_DONE, 11))


def write(procurement: Procurement, cast: Cast) -> None:
    """Up to 25 May 2027, as in the drawing: everything is there and nobody has reviewed it."""
    appraisal = procurement.appraisal
    assert appraisal is not None
    officer = cast["officer"]
    describe(appraisal, cast)
    agreed = days.at(days.CRITERIA_AGREED, 15)
    actions.set_criteria(appraisal, CRITERIA, by=officer, at=agreed)
    actions.agree_criteria(appraisal, days.CRITERIA_AGREED, by=officer, at=agreed)
    options(appraisal, cast)
    score(appraisal, cast)
    consult(appraisal, cast)
    prefer(appraisal, cast)


def describe(appraisal: Appraisal, cast: Cast) -> None:
    """What should change, for whom, and what limits the choice."""
    actions.describe(
        appraisal,
        outcomes="Groups in every ward can get help to start, run and grow.\n"
        "The sector speaks with a stronger voice and works together.\n"
        "More money given in the borough stays in the borough.",
        strategic_fit="The Participation and Partnerships Strategy asks for a stronger sector. The Borough Manifesto "
        "asks for residents who give time and money locally.",
        demand="140 groups use the service; 60 more are known. Requests for help rose by 18% in 2026/27.",
        constraints="The budget is £115,000 a year without VAT.\n"
        "The service must start on 1 April 2028, with no break.\n"
        "Six staff of the present supplier may transfer.",
        market_text="Six likely providers, four of them charities. Two workshops were open to all.",
        incumbent_performance=appraisal.incumbent_performance
        or "Eleven of twelve measures are on target. Reach to new groups is not.",
        incumbent_at_expiry=appraisal.incumbent_at_expiry
        or "Support for 140 groups stops on 31 March 2028 and the local giving pilot closes.",
        incumbent_lessons=appraisal.incumbent_lessons
        or "A lead named for each ward reaches more groups than one office.",
        by=cast["officer"], at=days.at(days.SOCIAL_VALUE, 16),
    )  # fmt: skip


def options(appraisal: Appraisal, cast: Cast) -> None:
    """Five options with their risks, and two that were not taken further."""
    officer, at = cast["officer"], days.at(days.CRITERIA_AGREED, 16)
    for facts in OPTIONS:
        actions.add_option(appraisal, by=officer, at=at, **facts)  # type: ignore[arg-type]
    for name, reason in DISCARDED:
        actions.discard_option(appraisal, name=name, reason=reason, by=officer, at=at)
    for number, text, likelihood, impact, mitigation, post in RISKS:
        option = appraisal.option(number)
        assert option is not None
        actions.add_risk(
            option, text=text, likelihood=likelihood, impact=impact, mitigation=mitigation,
            owner_post=cast.post(post), by=officer, at=at,
        )  # fmt: skip


def score(appraisal: Appraisal, cast: Cast, at: datetime | None = None) -> None:
    """Scores by the officer and the service lead, and what each option costs by year."""
    officer, at = cast["officer"], at or days.at(days.APPRAISAL, 9)
    for numbers, scorer in (((1, 2, 4), officer), ((3, 5), cast["engagement"])):
        given = [
            Given(number, place, points, reason, evidence)
            for number in numbers
            for place, (points, reason, evidence) in enumerate(SCORES[number - 1], 1)
        ]
        actions.score(appraisal, given, scored_by=scorer, by=officer, at=at)
    costs = {
        number: {FIRST_YEAR + place: None if net is None else Decimal(net) for place, net in enumerate(by_year)}
        for number, by_year in COSTS.items()
    }
    actions.set_costs(appraisal, costs, by=officer, at=at)


def consult(appraisal: Appraisal, cast: Cast) -> None:
    """Workshops, focus groups, one-to-one meetings, written comments: 12 April to 21 May 2027."""
    actions.record_consultation(
        appraisal, took_place=True, from_on=days.CONSULTED_FROM, until_on=days.CONSULTED_UNTIL,
        led_by="an independent consultant appointed by the Council", response_count=31, events=EVENTS,
        findings=FINDINGS, by=cast["officer"], at=days.at(days.APPRAISAL, 9, 30),
    )  # fmt: skip


def prefer(appraisal: Appraisal, cast: Cast) -> None:
    """Option 4, and why not the others."""
    option = appraisal.option(4)
    assert option is not None
    actions.prefer(
        appraisal, option, reasons=REASONS, rejections=REJECTIONS, by=cast["officer"], at=days.at(days.APPRAISAL)
    )


def send(procurement: Procurement, cast: Cast) -> None:
    """25 May 2027: sent to the Head of Commissioning, to be reviewed by 28 May."""
    assert procurement.appraisal is not None
    actions.send_to_reviewer(
        procurement.appraisal, cast["commissioning"], due_on=days.REVIEWED, by=cast["officer"],
        at=days.at(days.APPRAISAL, 14),
    )  # fmt: skip


def review(procurement: Procurement, cast: Cast) -> None:
    """28 May 2027: the reviewer agrees."""
    assert procurement.appraisal is not None
    actions.agree_as_reviewer(
        procurement.appraisal, post=cast.post(COMMISSIONING), by=cast["commissioning"], at=days.at(days.REVIEWED, 11)
    )


def issue(procurement: Procurement, cast: Cast) -> None:
    """28 May 2027: the agreed appraisal is issued, to become an appendix to the report."""
    documents.issue(OPTIONS_APPRAISAL, procurement, by=cast["officer"], at=days.at(days.REVIEWED, 12))


def seek_approval(procurement: Procurement, cast: Cast) -> None:
    """28 May 2027: the file goes on to the Cabinet report."""
    move(procurement.only_lot, "seek approval", by=cast["officer"], at=days.at(days.REVIEWED, 14))
