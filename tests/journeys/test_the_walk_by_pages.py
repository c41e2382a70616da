"""One purchase from the contract that ends to the letter about the contract that follows, by pages alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from procure.demonstration import appraisal, approval, authority, award, days, evaluation, item_92, tender
from procure.demonstration.cast import email_of, CARE, COMMISSIONING, COMMUNITY, DIRECTOR, ENGAGEMENT, FINANCE, LAW, MANAGER, OFFICER
from procure.audit.verifying import verify
from procure.extensions import db
from sqlalchemy import text
from tests.journeys.by_pages import House

OLD, FILE, NEW = "CON-2025-007", "/procurements/PRO-2027-001", ""


MISSING = "The Cabinet Member for Social Care and Health Integration hasn’t replied."
NO_LETTER = "No letter has been written. Every assessed bidder must have one first."
STANDSTILL = "The standstill ends at midnight on Friday 3 December 2027."
NO_LIMIT = "The power states no limit on value or term. Legal hasn’t confirmed what may be committed."
LEARNT = {
    "How well does it work?": "Groups in all 19 wards are reached.",
    "What happens if nothing follows?": "Support for 200 groups stops on 31 March 2031.",
    "What was learnt?": "A named lead for each ward is worth its price.",
}
CONSULTEES = (COMMUNITY, CARE, FINANCE, LAW)


def show(r, n=1500):
    print("  --", r.path, r.main()[:n])


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
    house.is_on(days.NEED_DONE)
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
    rows = enumerate(appraisal.CRITERIA)
    officer.presses("Save", {f"rows-{n}-{name}": value for n, line in rows for name, value in {
        "name": line.name, "definition": line.definition, "weight": line.weight, "is_cost": line.is_cost
    }.items()})  # fmt: skip
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
        scorer = "A. Officer, Procurement Officer" if number in (1, 2, 4) else "S. Lead, " + ENGAGEMENT
        officer.opens(f"{FILE}/appraisal/scores").follows(f"Score option {number}").presses(
            "Save", {"scored_by": scorer} | {f"rows-{n}-{name}": str(value) for n, given in enumerate(scores)
                                             for name, value in zip(("score", "reason", "evidence"), given)}
        )  # fmt: skip
    officer.goes_on()


def costs_risks_and_consultation(house: House) -> None:
    house.is_on(days.APPRAISAL)
    officer = house["officer"].opens(f"{FILE}/appraisal").goes_on()
    costs = {f"rows-{number - 1}-years-{n}": net for number, by_year in appraisal.COSTS.items() for n, net in enumerate(by_year) if net}
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
    events = {f"events-{n}-{name}": words for n, event in enumerate(appraisal.EVENTS[:2])
              for name, words in zip(("method", "when", "who"), event)}
    officer.presses("Add a row", consulted | events)
    assert officer.value("events-1-method") == appraisal.EVENTS[1][0]
    findings = {f"findings-{n}-{name}": words for n, pair in enumerate(appraisal.FINDINGS[:2])
              for name, words in zip(("said", "did"), pair)}
    officer.presses("Save", findings)

def one_is_preferred_and_reviewed(house: House) -> None:
    officer = house["officer"].opens(f"{FILE}/appraisal").goes_on()
    rejections = {f"rejections-{number - 1}-reason": why for number, why in appraisal.REJECTIONS.items()}
    officer.presses("Save", {"preferred": "4", "Why this one?": "\n".join(appraisal.REASONS)} | rejections)
    officer.sees("Option 4 comes first with 84 of 100.").follows("Send to the reviewer")
    officer.presses("Send to the reviewer", {"Who reviews it?": "R. Reviewer, " + COMMISSIONING, "Reviewed by": days.REVIEWED})
    house.is_on(days.REVIEWED)
    reviewer = house["commissioning"].opens("/").follows("Review the options appraisal")
    reviewer.presses("Agree to the appraisal")
    officer.opens("/")
    officer.opens(FILE)


def the_report_is_written(house: House) -> None:
    house.is_on(days.FORWARD_PLAN)
    officer = house["officer"].opens(FILE).presses("Seek approval").sees("The report isn’t begun.").goes_on()
    officer.presses("Begin the report").sees("3 of 11 parts are ready.").goes_on()
    officer.presses("Save", {
        "Day of the meeting": days.CABINET, "Agenda item, if known": "92", "Is it a key decision?": "Yes",
        "Why?": "It is expected to cost more than £500,000.", "Reference in the forward plan": "FP/2027/061",
        "Day the notice was published": days.FORWARD_PLAN,
    })  # fmt: skip
    officer.follows("Say who is to act").presses("Save", {"Which posts must it consult?": CONSULTEES}).goes_on()
    officer.sees("to a maximum of £666,000 including VAT")
    officer.presses("Save", dict(zip(("(i)", "(ii)", "(iii)", "(iv)", "(v)"), item_92.RESOLUTIONS))).goes_on()
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
    weights = {f"criteria-{n}-{name}": getattr(line, name) for n, line in enumerate(tender.CRITERIA)
               for name in ("title", "weight", "definition")}
    given = {"How a price becomes points": "Weight × lowest price ÷ price", "Evaluators": 3} | weights
    officer.is_refused("Save", "add up to 95", given | {"Weight of price": 35})
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
    officer.follows("The report").sees("11 of 12 parts are ready.", "The Director of Law and Governance hasn’t cleared “Legal implications”.")
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


def the_notice_waits_for_call_in(house: House) -> None:
    officer = house["officer"].opens("/").opens(FILE).sees("4 of 4 are done.").presses("Prepare the tender")
    officer.goes_on().sees("By what right can this be bought?")
    officer.opens(FILE).follows("Record the tender notice").sees(
        "You can’t record it yet", "can still be called in until 23 July 2027. Publish from Monday 26 July 2027."
    )
    house.is_on(days.CABINET_IN_FORCE)
    officer.opens(f"{FILE}/tender/notice")
    out = {"Notice number": "041267-2027", "Bids are due by": datetime(2027, 10, 11, 14), "Published on": date(2027, 7, 23)}
    officer.is_refused("Record it and open", "Publish from Monday 26 July 2027.", out)
    assert officer.value("reference") == "041267-2027"
    house.is_on(days.TENDER_OPENS)
    officer.opens("/").follows("Record the tender notice")
    officer.presses("Record it and open", out | {"Published on": days.TENDER_OPENS}).sees("The competition is open.")
    officer.opens(FILE).sees("Bids stay closed until 2:00pm on Monday 11 October 2027.")
    officer.opens(f"{FILE}/tender/open-bids").is_refused("Open the bids", "Bids stay closed until")


def bids_are_opened_and_scored(house: House) -> None:
    house.is_on(date(2027, 10, 12))
    officer = house["officer"].opens("/").follows("Open the bids").presses("Open the bids").follows("Enter a bid")
    for bidder in evaluation.BIDDERS:
        who = bidder.who
        if officer.path.endswith("/bids"):
            officer.follows("Enter another")
        answers = {
            "Name of the bidder": who.name, "Contact": who.contact_name, "Email": who.email,
            "Postal address": who.address, "Company number": who.company_number or "",
            "Charity number": who.charity_number or "", "Whole-life price, without VAT": f"{bidder.price_net:,}",
            "Received": datetime(2027, 10, 11, *bidder.received),
        }  # fmt: skip
        if who.name == "Example Network":
            officer.presses("Enter the bid", answers, status=422)
            show(officer)
            officer.presses("Enter the bid", {"known_id": officer.page.xpath("//input[@name='known_id']")[0].get("value")})
        else:
            officer.presses("Enter the bid", answers)
    officer.follows("Go on to the scores").sees("Agreed scores of Example Trust")
    for bidder in evaluation.BIDDERS:
        officer.opens(f"{FILE}/evaluation/bids").follows(f"Enter scores of {bidder.who.name}")
        given = {f"score_{n}": str(score) for n, (score, _) in enumerate(bidder.scores, 1)}
        if bidder is evaluation.ALLIANCE:
            officer.is_refused("Save", "Give the panel’s reason for this score", given)
        officer.presses("Save", given | {f"reason_{n}": why for n, (_, why) in enumerate(bidder.scores, 1)})
    house.is_on(days.EVALUATED)
    officer.opens("/").follows("Name the panel")
    officer.is_refused("Save the panel", "evaluators", {"Evaluators": ["Evaluator 1, Community Development Manager"]})
    everyone = [f"Evaluator {n}, {post}" for n, post in enumerate(("Community Development Manager", "Commissioning Manager", "Public Health Officer"), 1)]
    officer.presses("Save the panel", {"Evaluators": everyone, "Moderator": "M. Moderator, Category Manager"})
    officer.sees("Example Alliance comes first with 89.67 of 100.")
    officer.opens(FILE).goes_on().presses("Record the result")
    officer.opens(FILE)


def the_award_is_recommended(house: House) -> None:
    house.is_on(days.PREPARED)
    officer = house["officer"].opens("/").follows("Recommend the award")
    officer.presses("Recommend the award").sees("£540,000 including VAT, £450,000 without", "not consulted yet")
    texts = ("title", "summary", "financial_text", "equality_text", "alignment_text", "key_text", "exempt_text")
    words = {name: authority.WORDS[name] for name in texts}
    words |= {name: "\n".join(authority.WORDS[name]) for name in ("points", "reasons", "risks")}
    for n, (name, reason) in enumerate(authority.WORDS["alternatives"]):
        words |= {f"alternatives-{n}-name": name, f"alternatives-{n}-reason": reason}
    officer.presses("Save", words | {"Is it a key decision?": "No", "Sign by": days.PUBLISHED})
    officer.sees("The power names four posts.")
    comments = (("finance", "finance", authority.FINANCE_COMMENT), ("law", "legal", authority.LEGAL_COMMENT))
    for key, heading, comment in comments:
        adviser = house[key].opens("/").follows(f"Give {heading} comments")
        adviser.presses("Give and lock your comments", {"text": comment}).sees("Locked.")


def three_of_four_answer_and_nobody_can_sign(house: House) -> None:
    house.is_on(days.ASKED)
    officer = house["officer"].opens("/").opens(FILE).follows("Ask the consultees")
    officer.presses("Ask for their views", {"Answer by": days.VIEWS_DUE}).sees("4 letters went out.")
    house.is_on(days.WAITING)
    for key, view, words in (
        ("community", "Content", ""), ("finance", "Comments", "Each extension needs its own check."),
        ("law", "Content", ""),
    ):  # fmt: skip
        person = house[key].opens("/").follows("Give your view")
        person.is_refused("Give your view", "Say whether you have an interest", {"said": view})
        person.presses("Give your view", {"Your words": words, "interest": "None to declare"}).sees("Thank you.")
    director = house["director"].opens("/").follows("Read it now").sees(MISSING, NO_LIMIT, "can confirm it")
    answers = {"interest": "none", "password": house.password_of("director")}
    director.sends(f"{director.path}/sign", answers, status=422)
    director.sees("Your signature was not recorded, and nothing has changed.", MISSING)
    officer.opens(f"{FILE}/history").sees("tried and was refused: signed the decision.")


def the_last_objects_and_legal_confirms_the_limit(house: House) -> None:
    house.is_on(days.VIEWS_DUE)
    care = house["care"].opens("/").follows("Give your view")
    care.is_refused("Give your view", "Say what you object to.", {"said": "Objects", "interest": "None to declare"})
    show(care, 300)
    care.presses("Give your view", {"Your words": authority.OBJECTION}).sees("Thank you.")
    officer = house["officer"].opens("/")
    show(officer, 800)
    officer.opens("/decisions/ODR-2027-001/views").sees(NO_LIMIT)
    officer.follows("Answer it").presses("Save the answer", {"Your answer": authority.ANSWER})
    show(officer, 800)
    director = house["director"].opens("/").follows("Read it now").sees(NO_LIMIT).sees_no(MISSING)
    house["law"].opens("/").follows("Confirm the limit").presses("Confirm the limit", {"text": authority.LIMIT})
    officer.opens("/decisions/ODR-2027-001/views").presses("Send to the Director")
    show(officer, 800)


def the_director_signs(house: House) -> None:
    house.is_on(days.SIGNING)
    director = house["director"].opens("/")
    show(director, 800)
    director.follows("Read and decide")
    show(director, 3000)
    director.is_refused("Sign", "This isn’t your password.", {
        "interest": "No interest to declare", "objection_reason": authority.WHY_ALL_THE_SAME, "password": "not this one",
    })
    assert director.value("objection_reason") == authority.WHY_ALL_THE_SAME
    director.presses("Sign", {"password": house.password_of("director")})
    show(director, 3000)


def letters_go_before_the_notice(house: House) -> None:
    house.is_on(days.PUBLISHED)
    officer = house["officer"].opens("/").follows("Publish the decision")
    officer.presses("Record the publication", {"Published on": days.PUBLISHED})
    officer.opens("/").follows("Decide about the standstill").sees("Friday 3 December 2027")
    officer.presses("Save", {
        "When will the award notice be published?": days.STANDSTILL, "has_standstill": "Yes, a standstill",
        "Working days": 8,
    })  # fmt: skip
    house.is_on(days.STANDSTILL)
    officer.opens(f"{FILE}/award/notice").sees("You can’t record the award notice yet", NO_LETTER)
    number = {"reference": "058114-2027", "published_on-day": "23", "published_on-month": "11", "published_on-year": "2027"}
    officer.sends(f"{FILE}/award/notice", number, status=422).sees(NO_LETTER)
    officer.opens("/").follows("Write to the two unsuccessful bidders")
    officer.presses("Write the letters", {"asks": award.ASKS, "withheld_text": award.WITHHELD})
    officer.opens(f"{FILE}/award/notice").sees("letters haven’t been sent.", "You can’t record the award notice yet")
    officer.opens(f"{FILE}/award/letters").presses("Send the three letters").sees("The letters are on their way.")


def the_standstill_is_waited_out(house: House) -> None:
    officer = house["officer"].opens("/").follows("Record the award notice")
    officer.presses("Record", {"Notice number": "058114-2027", "Published on": days.STANDSTILL})
    officer.sees("Nobody may enter into the contract before the end of", "Friday 3 December 2027", "St Andrew’s Day")
    officer.opens("/").follows("Prepare the contract").sees(STANDSTILL).goes_on()
    officer.presses("Prepare the contract", {
        "Who will look after the contract?": MANAGER, "Notice to end it, in months": 6,
    }).sees("£540,000 including VAT")  # fmt: skip
    house.is_on(date(2027, 12, 3))
    officer.opens(f"{FILE}/contract").is_refused("Record the signing", STANDSTILL, {"Signed on": date(2027, 12, 3)})
    house.is_on(days.CONTRACT_SIGNED)
    officer.opens("/").follows("Sign the contract").sees("3 of 3 are done.").goes_on()
    officer.presses("Record the signing", {"Signed on": days.CONTRACT_SIGNED}).sees(
        "The contract is signed. Its reminders are set.", "The first letter asks on 30 September 2029."
    )
    officer.follows("Reminders").sees("18 months before the end", "Goes on Friday 28 September")
    officer.opens("/").follows("Publish the contract details notice")
    officer.presses("Record the notice", {"Notice number": "060932-2027", "Published on": days.CONTRACT_SIGNED})
    officer.opens(FILE)
    show(officer)


# ── the next one ──


def the_old_contract_is_closed(house: House) -> None:
    house.is_on(date(2028, 4, 3))
    manager = house["manager"].opens("/").follows("Record how it ended")
    manager.presses("Record", {"Last day": days.CONTRACT_ENDS}).sees("Reminders have stopped.")


def the_letter_comes_and_the_circle_closes(house: House) -> None:
    house.is_on(date(2029, 9, 28))
    letter = house.letter_to("manager", "Think ahead by 12 October: Social infrastructure support ends 31 March 2031")
    key = re.search(r"/r/[\w-]+", letter)
    assert key is not None
    house["manager"].opens("/contracts/CON-2028-001/performance").presses("Save", LEARNT)
    reader = house.stranger().opens(key.group()).sees("After 12 October 2029 it goes to the Head of Commissioning.")
    reader.presses("Acknowledge this letter").sees("You acknowledged the letter.", "Acknowledged by C. Manager")
    reader.follows("Decide what follows").presses("Sign in", {
        "Email address": email_of("manager"), "Password": house.password_of("manager"),
    }).sees("It ends on Monday 31 March 2031.")  # fmt: skip
    reader.presses("Record the decision", {"choice": "Buy again", "officer_id": "A. Officer", "reason": "Still needed."})
    reader.sees("The purchase is open: PRO-2029-001")
    officer = house["officer"].opens("/").follows("Describe the need").goes_on()
    assert officer.value("description") == "One partner to strengthen community groups and to run local giving."
    officer.presses("Save", {"Why is it needed?": "Groups in every ward still ask for help."})
    officer.presses("Start the appraisal").goes_on().presses("Begin the appraisal").sees("2 of 13 are done.")
    officer.follows("Describe the contract that ends")
    for name, learnt in zip(("incumbent_performance", "incumbent_at_expiry", "incumbent_lessons"), LEARNT.values()):
        assert officer.value(name) == learnt
    show(officer, 500)


def the_trail_is_whole_and_sees_what_is_done_behind_its_back(house: House) -> None:
    with house.rows():
        found = verify()
        assert found.verified, found.broken
        print(found)
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE award SET value_net = value_net + 100"))
        found = verify()
        print(found)


CHAPTERS: tuple[Callable[[House], None], ...] = (
    the_manager_decides_to_buy_again,
    the_officer_describes_the_purchase,
    the_officer_says_what_counts,
    five_options_are_listed_and_scored,
    costs_risks_and_consultation,
    one_is_preferred_and_reviewed,
    the_report_is_written,
    each_author_clears_their_words,
    cabinet_resolves,
    the_notice_waits_for_call_in,
    bids_are_opened_and_scored,
    the_award_is_recommended,
    three_of_four_answer_and_nobody_can_sign,
    the_last_objects_and_legal_confirms_the_limit,
    the_director_signs,
    letters_go_before_the_notice,
    the_standstill_is_waited_out,
    the_old_contract_is_closed,
    the_letter_comes_and_the_circle_closes,
    the_trail_is_whole_and_sees_what_is_done_behind_its_back,
)
