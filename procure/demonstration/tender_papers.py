"""The tender papers of the demonstration: what is bought, how to tender, on what contract; and their issue. Example."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procure.demonstration import days, settled
from procure.demonstration.cast import MANAGER, Cast
from procure.demonstration.standing import STANDING
from procure.documents.asking import asked_by, keep_answers
from procure.documents.registry import document_named
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Route
from procure.tender import pack_actions as actions
from procure.tender.pack_rules import KpiLine
from procure.tender.timetable_actions import set_timetable

SERVICE: dict[str, Any] = {
    "background": "About 200 voluntary and community groups work in the borough. The present contract for their "
    "support ends on 31 March 2028.\nGroups told us that small and new ones cannot find the help, and that bidding "
    "takes time they do not have.",
    "aims": "Every ward has groups that can act.\nMore is given locally, and local people decide where it goes.",
    "outcomes": "Small and new groups are stronger | Groups helped that say they can do more | 62% | "
    "80% by the end of year 2\n"
    "Every ward has help within reach | Wards with at least five groups helped in the quarter | 14 of 19 | "
    "19 of 19 by the end of year 1\n"
    "More is given locally | Gifts through the local giving model in a year | £38,000 | "
    "£90,000 by the end of year 3\n"
    "Groups plan together with public bodies | Groups in the partnership forums | 31 | 60 by the end of year 2",
    "in_scope": "Advice and training for any not-for-profit group in the borough\nThe local giving model and its "
    "brand\nA forum of groups, open to all",
    "out_of_scope": "Grants from the Council’s own money\nRunning community buildings",
    "requirements": "Help for groups | The supplier must give any not-for-profit group in the borough free advice on "
    "starting, governance, money, volunteers and bidding, within five working days of asking.\n"
    "Reach | The supplier must name a lead for each ward, and go to groups that do not come forward.\n"
    "Local giving | The supplier must run the local giving model under the agreed brand, keep gifts apart from "
    "contract money, have grants decided by a panel with a majority of residents, and publish what was given and to "
    "whom.\n"
    "Voice | The supplier must run a forum open to all groups at least four times a year and bring its views to the "
    "Council and partners, whether or not the Council likes them.\n"
    "No self-dealing | The supplier must show that it treats other groups as it treats itself when it gives advice, "
    "information or grants.",
    "volumes": "Groups that used the service | 140 in 2026/27\nHours of advice | 1,900 in 2026/27 | About half by "
    "telephone or online",
    "standards": "A recognised quality mark for infrastructure bodies, or equivalent",
    "social_value": "Paid traineeships for residents\nVolunteering, counted in hours a year",
    "council_provides": "A desk at two community hubs\nFigures on need in each ward, once a year",
    "reports": "Quarterly report | Indicators, spend, risks | 15th of the month after the quarter\n"
    "Yearly report | Outcomes, social value, accounts | 30 June",
    "reviews": "every three months",
    "mobilisation": "Ward leads are named | 1 March 2028\nCase records are handed over | 15 March 2028\n"
    "Local giving brand is in use | 1 April 2028",
    "exit_text": "Records, data and the brand return to the Council. The supplier keeps an exit plan from the sixth "
    "month on and helps the next supplier to take over.",
    "has_safeguarding": True,
    "dpia_reference": "DPIA-0231",
}

KPIS = (
    KpiLine("Reach", "Wards with at least five groups helped in the quarter", "19 of 19", "17", "Each quarter",
            "Supplier’s case records"),
    KpiLine("Stronger groups", "Groups helped that say they can do more", "80%", "70%", "Each year",
            "Survey by the supplier, checked by the Council"),
    KpiLine("Quick help", "Requests answered within five working days", "95%", "85%", "Each quarter",
            "Supplier’s case records"),
    KpiLine("Local giving", "Gifts raised in the year", "£90,000 by year 3", "£70,000", "Each year",
            "Audited accounts of the fund"),
)  # fmt: skip

HOW: dict[str, Any] = {
    "returns": STANDING["returns"],
    "price_basis": "the total for the longest term, without VAT",
    "correction_text": STANDING["correction_text"],
    "validity_days": 180,
    "late_text": STANDING["late_text"],
    "insurance": STANDING["insurance"],
    "conditions": "Safeguarding | You have a safeguarding policy and a named lead, or will by the start. | The policy, "
    "or a plan for it\n"
    "Experience | You have supported at least 50 voluntary groups in one year of the last five, alone or with "
    "partners. | One page",
    "known_risks": "Grant funding for local giving may end; the work may shrink.",
    "takes_variants": False,
    "offers_standstill": True,
    "briefing_at": days.at(days.BRIEFING, 14),
    "briefing_place": "Town Hall and online",
}

PRICING: dict[str, Any] = {
    "lines": "Management | Staff who lead the contract, and their costs | year | 1\n"
    "Help for groups | Advice and training for any group | hour | 1900\n"
    "Reach in wards | Outreach, with a lead for each ward | ward | 19\n"
    "Local giving | The model, its brand and its panel | year | 1\n"
    "Voice and forums | Forums open to all groups | forum | 4\n"
    "Premises and equipment | Rent, energy, equipment, systems | year | 1\n"
    "Insurance and overheads | Insurance, central costs; say the percentage | year | 1\n"
    "Getting ready | Everything before 1 April 2028 | sum | 1 | first year\n"
    "Social value | What your commitments cost | year | 1\n"
    "Exit | Handing over at the end | sum | 1 | last year",
    "own_lines": 5,
    "rates": "Manager\nAdviser\nAdministrator",
    "refuses_above_most": True,
}

TERMS: dict[str, Any] = {
    "payment_frequency": "monthly in arrears",
    "payment_days": 30,
    "pays_in_advance": False,
    "indexation_text": "",
    "liability_cap": Decimal(500_000),
    "notice_months": 6,
    "exercise_months": 9,
    "is_deed": True,
    "special_terms": "Outreach takes place in Marks Gate and Thames View in every year.",
    "grant_conditions": "",
    "brand_name": "the local giving brand",
    "data_subjects": "Members of groups, volunteers, donors",
    "data_kinds": "Names, contact details, gifts",
    "data_purpose": "Advice, training and running local giving",
    "data_retention": "Two years after the last contact",
}


ANSWERS = {
    "invitation-to-tender": (
        "Every member of a consortium and every sub-contractor that a bidder relies on, by the deadline for tenders.",
    ),
    "draft-contract": (
        "Two years after the last contact, as the council’s retention schedule says for community services.",
        "No former council staff work on the service, so no. Liability information is due 28 days before the transfer.",
        "The second clause follows section 78(7) onwards. Section 79 adds no step for the council.",
        "Legal gave a block for a charitable company, and one for a charitable incorporated organisation.",
    ),
}
"""What the officer says to the questions of these papers, in their order."""


def answer(procurement: Procurement, cast: Cast) -> None:
    """1 September 2027: what the papers ask where the law leaves a choice is answered."""
    for name, said in ANSWERS.items():
        document, about = document_named(name), procurement.trail_file()
        asked = asked_by(document, about, days.PAPERS_WRITTEN)
        answers = {one.key: words for one, words in zip(asked, said, strict=True)}
        keep_answers(document, about, answers, by=cast["officer"], at=days.at(days.PAPERS_WRITTEN))


def write(procurement: Procurement, cast: Cast, lot: Lot | None = None) -> None:
    """1 September 2027: what the file does not know yet is said, for one lot or for each."""
    officer, at = cast["officer"], days.at(days.PAPERS_WRITTEN)
    for one in [lot] if lot else procurement.lots:
        if procurement.route is Route.SCHEME:
            asked = ("returns", "price_basis", "validity_days", "late_text", "insurance")
            facts = {name: HOW[name] for name in asked} | {
                "returns": "Quote with answers to the criteria | Word or PDF"
            }
            actions.say_how_to_tender(one, facts, by=officer, at=at)
            continue
        actions.describe_service(one, SERVICE, by=officer, at=at)
        actions.set_kpis(one, KPIS, by=officer, at=at)
        actions.say_how_to_tender(one, HOW, by=officer, at=at)
        actions.set_pricing(one, PRICING, by=officer, at=at)
        actions.set_contract_terms(one, cast.post(MANAGER), TERMS, by=officer, at=at)
    if procurement.route is not Route.SCHEME:
        answer(procurement, cast)


def prepare(procurement: Procurement, cast: Cast, lot: Lot | None = None) -> None:
    """Everything that goes out with the notice: planned, written and issued, for one lot or for each."""
    say_all(procurement, cast, lot)
    for one in [lot] if lot else procurement.lots:
        issue(one, cast)


def say_all(procurement: Procurement, cast: Cast, lot: Lot | None = None) -> None:
    """Everything that the papers print, so that nothing is missing when they are issued."""
    for one in [lot] if lot else procurement.lots:
        if one.timetable is None:
            set_timetable(
                one, notice_on=days.TENDER_OPENS, closes_at=days.at(days.TENDER_CLOSES, 14), by=cast["officer"],
                at=days.at(days.METHOD_SET, 11),
            )  # fmt: skip
    write(procurement, cast, lot)
    if procurement.route is not Route.SCHEME and procurement.conflicts is None:
        settled.assess(procurement, cast)


def issue(lot: Lot, cast: Cast) -> None:
    """2 September 2027: the papers are issued, to go out with the notice."""
    actions.issue_pack(lot, by=cast["officer"], at=days.at(days.PAPERS_ISSUED))
