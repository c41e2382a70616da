"""The first half of the walk, by pages: from the contract that ends to what Cabinet resolved."""

from __future__ import annotations

from datetime import date

from procure.demonstration import appraisal, approval, days, item_92, tender
from procure.demonstration.cast import (
    CARE,
    COMMISSIONING,
    COMMUNITY,
    DIRECTOR,
    ENGAGEMENT,
    FINANCE,
    LAW,
    OFFICER,
)
from tests.journeys.by_pages import House, table

FILE = "/procurements/PRO-2027-001"
CONSULTEES = (COMMUNITY, CARE, FINANCE, LAW)


# ── the contract that ends ──


def the_manager_decides_to_buy_again(house: House) -> None:
    house.is_on(days.BEGIN)
    manager = house["manager"].opens("/").sees("One thing waits for you.")
    manager.follows("Decide what follows").sees("It ends on Friday 31 March 2028.", "start by Wednesday 5 May 2027")
    manager.is_refused("Record the decision", "Choose what should follow", {"reason": "Groups ask for something else."})
    assert manager.value("reason") == "Groups ask for something else."
    manager.presses("Record the decision", {"choice": "Buy again", "officer_id": "A. Officer"})
    manager.sees("The purchase is open")


# ── need, value, particulars ──


def the_officer_describes_the_purchase(house: House) -> None:
    for morning in (date(2027, 3, 17), days.LETTER, days.NEED_DONE):
        house.is_on(morning, has_morning=True)
    assert "Where the purchase stands: Need, PRO-2027-001." in house.letter_to("manager", "Say by 14 April")
    officer = house["officer"].opens("/").sees("Describe the need").follows("Describe the need")
    officer.sees("You can’t start the appraisal yet", "Say what is needed and why.").goes_on()
    officer.is_refused("Save", "Say why it is needed", {"What is to be bought?": "One partner for the sector."})
    officer.presses("Save", {
        "Why is it needed?": "The contract for this support ends on 31 March 2028. Groups need help to grow.",
        "What is to be bought?": "One partner to strengthen community groups and to run local giving.",
        "Wards affected": "All wards", "Service lead": ENGAGEMENT, "Accountable director": DIRECTOR,
        "Cabinet Member": COMMUNITY,
    }).presses("Start the appraisal").sees("You started the options appraisal.")  # fmt: skip
    officer.follows("Value and term").presses("Save", {
        "Kind of contract": "Light touch services", "Why is it of that kind?": "Its main purpose is community support.",
        "Cost a year, without VAT": "£111,000", "VAT rate": 20, "How was the cost estimated?": "The current price.",
        "Service starts": days.SERVICE_STARTS, "Length of the agreed term, in months": 36,
        "Number of options to extend": 2, "Length of each option, in months": 12,
        "Cost centre or budget code": "PP-4410", "Where the money comes from": "General Fund",
    })  # fmt: skip
    officer.sees("£666,000")
    officer.follows("How it will be bought").presses("Save", {
        "Procedure": "Open procedure", "Why this procedure?": "The market is small and one stage is enough.",
        "Why is it not divided into lots?": "Both parts depend on one brand.",
        "Is it reserved, and under what power?": "Not reserved",
        "Talks with the market": "Two open sessions with 23 organisations.",
        "What was done for small and voluntary suppliers?": "Word limits and monthly payment.",
        "Staff of the present supplier who may transfer": 6,
        "Will part of the cost be recharged to leaseholders?": "No",
        "How was social value considered?": "Before the procurement began.", "When was it considered?": days.NEED_DONE,
        "Why a contract and not a grant?": "The Council buys defined services and can enforce them.",
    })  # fmt: skip


# ── the appraisal ──


def the_officer_says_what_counts(house: House) -> None:
    house.is_on(days.CRITERIA_AGREED)
    officer = house["officer"].opens("/").opens(FILE).sees("You can’t seek approval yet").goes_on()
    officer.presses("Begin the appraisal").sees("3 of 13 are done.", "You can’t send it to the reviewer yet").goes_on()
    officer.presses("Save", {
        "Outcomes wanted": "Groups in every ward can get help.", "Who needs it, and how many?": "200 groups.",
        "How does it fit the council’s strategy?": "It asks for a stronger sector.",
        "What limits the choice?": "The service must start on 1 April 2028.", "The market": "Six likely providers.",
    }).goes_on()  # fmt: skip
    lines = [(one.name, one.definition, one.weight, one.is_cost) for one in appraisal.CRITERIA]
    officer.presses("Save", table("rows", ("name", "definition", "weight", "is_cost"), lines))
    officer.sees("When were the criteria and weights agreed?")
    officer.presses("Save", {"When were the criteria and weights agreed?": days.CRITERIA_AGREED}).goes_on()


def five_options_are_listed_and_scored(house: House) -> None:
    officer = house["officer"].opens(f"{FILE}/appraisal").goes_on()
    for option in appraisal.OPTIONS:
        facts = dict(option) | {"kind": option["kind"].value, "has_vat": "Yes" if option["has_vat"] else "No"}
        officer.follows("Add an option").presses("Save", facts)
    officer.follows("Write down an option not taken further")
    for name, reason in appraisal.DISCARDED:
        officer.presses("Add to the list", {"Option": name, "Why is it not taken further?": reason})
    officer.follows("Back to the appraisal").goes_on().sees("One option at a time")
    for number, scores in enumerate(appraisal.SCORES, 1):
        scorer = "A. Officer, Procurement Officer" if number in (1, 2, 4) else f"S. Lead, {ENGAGEMENT}"
        given = table("rows", ("score", "reason", "evidence"), scores)
        officer.opens(f"{FILE}/appraisal/scores").follows(f"Score option {number}")
        officer.presses("Save", given | {"Who gave these scores?": scorer})
    officer.sees("Option 4 comes first with 84 of 100.")


def costs_risks_and_consultation(house: House) -> None:
    house.is_on(days.APPRAISAL)
    officer = house["officer"].opens(f"{FILE}/appraisal").goes_on()
    costs = {
        f"rows-{number - 1}-years-{n}": net
        for number, by_year in appraisal.COSTS.items()
        for n, net in enumerate(by_year)
    }
    officer.is_refused("Save", "Enter an amount in pounds", costs | {"rows-0-years-0": "eighteen thousand"})
    officer.presses("Save", costs).sees("£722,000").goes_on()
    for number, text, likelihood, impact, mitigation, post in appraisal.RISKS:
        officer.follows(f"Add a risk of option {number}").presses("Save", {
            "What could go wrong?": text, "How likely is it?": str(likelihood), "How bad would it be?": str(impact),
            "What is done about it?": mitigation, "Who answers for it?": post,
        })  # fmt: skip
    officer.follows("Back to the appraisal").goes_on()
    consulted = {
        "Was there a consultation?": "Yes", "First day": days.CONSULTED_FROM, "Last day": days.CONSULTED_UNTIL,
        "Who led it?": "an independent consultant", "How many responded?": 31,
    }  # fmt: skip
    officer.presses("Add a row", consulted | table("events", ("method", "when", "who"), appraisal.EVENTS[:2]))
    assert officer.value("events-1-method") == appraisal.EVENTS[1][0]
    officer.presses("Save", table("findings", ("said", "did"), appraisal.FINDINGS[:2])).sees("10 of 13 are done.")


def one_is_preferred_and_reviewed(house: House) -> None:
    officer = house["officer"].opens(f"{FILE}/appraisal").goes_on()
    rejections = {f"rejections-{number - 1}-reason": why for number, why in appraisal.REJECTIONS.items()}
    officer.presses("Save", {"preferred": "4", "Why this one?": "\n".join(appraisal.REASONS)} | rejections)
    officer.sees("Option 4 comes first with 84 of 100.").follows("Send to the reviewer")
    officer.presses(
        "Send to the reviewer", {"Who reviews it?": f"R. Reviewer, {COMMISSIONING}", "Reviewed by": days.REVIEWED}
    )
    house.is_on(days.REVIEWED)
    reviewer = house["commissioning"].opens("/").follows("Review the options appraisal")
    reviewer.presses("Agree to the appraisal").sees("agreed to this appraisal on 28 May 2027")
    officer.opens("/").follows("Seek approval").sees("13 of 13 are done.")


def the_report_is_written(house: House) -> None:
    house.is_on(days.FORWARD_PLAN)
    officer = house["officer"].opens(FILE).presses("Seek approval").sees("The report isn’t begun.").goes_on()
    officer.presses("Begin the report").sees("3 of 11 parts are ready.").goes_on()
    officer.presses("Save", {
        "Day of the meeting": days.CABINET, "Agenda item, if known": "92", "Is it a key decision?": "Yes",
        "Why?": "It is expected to cost more than £500,000.",
    })  # fmt: skip
    officer.follows("Give notice in the forward plan").sees("Social infrastructure support")
    officer.presses("Save").sees("is entered. Democratic services publish it.", "notice by Monday 14 June 2027")
    clerk = house["democratic"].opens("/").follows("Publish the notice").follows("Record that it is published")
    clerk.presses("It is published", {"Day it was published": days.FORWARD_PLAN}).sees("in time for Tuesday 13 July")
    officer.opens(f"{FILE}/authority/report").sees("in time for Tuesday 13 July 2027")
    officer.follows("Say who is to act").presses("Save", {"Which posts must it consult?": CONSULTEES}).goes_on()
    officer.sees("to a maximum of £666,000 including VAT")
    recommended = dict(zip(("(i)", "(ii)", "(iii)", "(iv)", "(v)"), item_92.RESOLUTIONS, strict=True))
    officer.presses("Save", recommended).goes_on()
    parts = approval.PARTS
    officer.presses("Save", {name: parts[name] for name in ("summary", "reasons", "background")}).goes_on()
    for text, rating, mitigation, owner in approval.RISKS[:2]:
        officer.presses("Add", {
            "What could go wrong?": text, "Rating": rating.label, "What is done about it?": mitigation,
            "Who owns it?": owner,
        })  # fmt: skip
    officer.follows("The report").goes_on()
    closing = ("contract_management_text", "report_back_text", "appendices", "background_papers")
    officer.presses("Save", {name: parts[name] for name in closing}).sees("Members approve the criteria.").goes_on()
    lines = [(one.title, one.weight, one.definition) for one in tender.CRITERIA]
    officer.presses("Add another criterion", table("criteria", ("title", "weight", "definition"), lines[:4]))
    given = table("criteria", ("title", "weight", "definition"), lines) | {
        "How a price becomes points": "Weight × lowest price ÷ price", "Evaluators": 3,
    }  # fmt: skip
    parts = {f"criteria-{at}-part_of": one.part_of for at, one in enumerate(tender.CRITERIA) if one.part_of}
    officer.is_refused("Save", "add up to", given | parts | {"Weight of price": 35})
    assert officer.value("criteria-3-title") == tender.CRITERIA[3].title
    officer.presses("Save", {"Weight of price": 40}).sees("The weights add up to 100.")
    officer.follows("Authority").follows("Go on with the report").sees("11 of 12 parts are ready.")
    officer.sees("“Financial implications” isn’t written yet.", "The Chief Operating Officer can act.")


def each_author_clears_their_words(house: House) -> None:
    house.is_on(days.CLEARED)
    words = {heading: text for heading, (_, _, text) in approval.IMPLICATIONS.items()}
    house["finance"].opens("/").follows("Write “Financial implications”").presses(
        "Save and clear", {"Text": words["Financial implications"]}
    ).sees("You have cleared “Financial implications”.")
    officer = house["officer"].opens(f"{FILE}/authority/report").goes_on()
    for heading, post in (("Legal implications", LAW), ("Equality", ENGAGEMENT)):
        officer.follows(heading).presses("Save", {"Text": words[heading], "Whose words are these?": post})
    officer.presses("Add", {"Heading": "Social value", "Whose words will these be?": OFFICER})
    officer.presses("Save and clear", {"Text": words["Social value"]})
    officer.follows("The report").sees(
        "11 of 12 parts are ready.", "The Director of Law and Governance hasn’t cleared “Legal implications”."
    )
    for key, heading in (("law", "Legal implications"), ("engagement", "Equality")):
        house[key].opens("/").follows(f"Clear “{heading}”").presses("Save and clear").sees("You have cleared")
    house.is_on(days.REPORT_ISSUED)
    officer.opens("/").follows("Issue the report").sees("12 of 12 parts are ready.")
    officer.presses("Issue the report").sees("The report is issued.").opens("/").sees("Nothing waits for you.")


def cabinet_resolves(house: House) -> None:
    house.is_on(days.CABINET)
    officer = house["officer"].opens("/").follows("Record what Cabinet decided")
    officer.presses("Save and go on", {"Interests declared": "None declared"})
    kinds = ("Approve a policy", "Note", "Ring-fence a budget", "Approve a procurement", "Delegate authority")
    more = {
        "Ring-fence a budget": {
            "Which budget?": item_92.CROWDFUNDING, "What may it be spent on?": "\n".join(item_92.PURPOSES),
            "First day": date(2019, 4, 1), "Last day": date(2021, 3, 31),
            "If no amount is stated, how do the words put it?": item_92.BASIS,
        },
        "Delegate authority": {
            "What may it do?": ("procure", "award", "enter", "ancillary"), "Only with whom?": "the successful partner",
            "What for?": "social infrastructure support", "On what conditions?": "in line with the strategy",
        },
    }  # fmt: skip
    for kind in kinds:
        officer.presses("Go on", {"What does it do?": kind})
        officer.presses("Save the resolution", more.get(kind, {})).sees("The resolution is recorded.")
        if kind != kinds[-1]:
            officer.sees_no("Nothing can be bought or awarded").follows("Record another resolution")
    officer.sees("The words state no limit on value or length.", "Nothing else may be paid from it.")
    officer.sees("It can’t be acted on. The day it was published isn’t recorded")
    house.is_on(days.CABINET_PUBLISHED)
    clerk = house["democratic"].opens("/").follows("Record the day the decision was published")
    clerk.presses("Save", {"Day the decision was published": days.CABINET_PUBLISHED})
    clerk.sees("Members can call it in until the end of Friday 23 July 2027. It takes effect on Monday 26 July 2027.")
