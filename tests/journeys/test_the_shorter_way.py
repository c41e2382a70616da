"""The short way: £60,000 on three quotes under the scheme of delegation. And a decision that gives no power to buy."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from procure.audit.verifying import verify
from procure.authority.models import Delegation, Meeting, Resolution
from procure.demonstration.cast import DIRECTOR, ENGAGEMENT, MANAGER
from procure.demonstration.item_92 import HAVERING_RESOLVED, HAVERING_TITLE
from procure.extensions import db
from tests.journeys.by_pages import House, table
from tests.journeys.opening import openers_are_named, two_open_the_bids
from tests.journeys.papers_for_bidders import the_request_is_issued

FILE = "/procurements/PRO-2027-001"
DECISION = "/decisions/ODR-2027-001"
QUOTES = (("Borough Learning", 54_000), ("Able Training", 56_000), ("Volunteer School", 58_000))
OPENED, AWARDED = date(2027, 2, 10), date(2027, 2, 11)


def test_a_small_purchase_on_three_quotes_goes_to_its_contract_without_cabinet(house: House) -> None:
    the_scheme_covers_it(house)
    three_are_asked(house)
    their_quotes_are_scored(house)
    the_director_awards(house)
    the_contract_is_signed(house)
    with house.rows():
        assert verify().broken == []


def the_scheme_covers_it(house: House) -> None:
    officer = house["officer"].opens("/procurements").follows("Open a")
    officer.presses("Open the file", {
        "What do you need to buy?": "Volunteer training", "How will it be approved?": "Scheme of delegation, on quotes",
    }).presses("Save", {
        "Why is it needed?": "Groups ask for it.", "What is to be bought?": "Sixty days of training.",
        "Wards affected": "All wards", "Service lead": ENGAGEMENT, "Accountable director": DIRECTOR,
    })  # fmt: skip
    officer.presses("Seek approval under the scheme").sees("You can’t prepare the tender yet")
    officer.opens("/").follows("Say what it will cost").goes_on().presses("Save", {
        "Kind of contract": "Services or goods", "Why is it of that kind?": "Training is a service.",
        "Cost a year, without VAT": "30,000", "VAT rate": 20, "How was the cost estimated?": "Prices of 2026.",
        "Service starts": date(2027, 4, 1), "Length of the agreed term, in months": 48,
        "Number of options to extend": 0, "Length of each option, in months": 0,
        "Cost centre or budget code": "PP-4415", "Where the money comes from": "General Fund",
    }).sees("This purchase is £144,000, so it needs Cabinet.")  # fmt: skip
    officer.follows("Value and term").presses("Save", {
        "Cost a year, without VAT": "20,000", "Length of the agreed term, in months": 36,
    }).sees("£72,000 including VAT", "Part 3, paragraph 4.2", "Three written quotes", "3 of 3 are done.")  # fmt: skip
    officer.presses("Prepare the tender").sees("You can’t publish the tender notice yet")


def three_are_asked(house: House) -> None:
    criteria = (("Experience", 40, "Training of volunteers."), ("Reach", 20, "In every ward."))
    officer = house["officer"].opens(FILE).goes_on()
    officer.presses("Save", table("criteria", ("title", "weight", "definition"), criteria) | {
        "Weight of price": 40, "Evaluators": 1,
    })  # fmt: skip
    officer.opens(FILE).sees("The council’s rules ask for 3 quotes at this value.").goes_on()
    for name, _ in QUOTES:
        officer.presses("Add the supplier", {"Name of the supplier": name, "Email": email_of(name)})
        officer.sees(f"{name} is on the list.")
    officer.sees("3 suppliers listed.")
    the_request_is_issued(house, FILE, sent_on=date(2027, 1, 25), closes_at=datetime(2027, 2, 9, 12))
    officer.opens(FILE).goes_on().presses("Record it and open", {
        "Sent on": date(2027, 1, 25), "Quotes are due by": datetime(2027, 2, 9, 12),
    }).sees("Bids are due by midday on Tuesday 9 February 2027.")  # fmt: skip


def email_of(name: str) -> str:
    return f"{name.split()[0].lower()}@bids.example"


def their_quotes_are_scored(house: House) -> None:
    house.is_on(OPENED)
    house["officer"].opens("/").follows("Name the two people who open the bids")
    openers_are_named(house, FILE)
    two_open_the_bids(house, FILE)
    officer = house["officer"]
    for place, (name, price) in enumerate(QUOTES):
        officer.opens(f"{FILE}/evaluation/bids").follows("Enter another" if place else "Enter a bid")
        officer.is_refused("Enter the bid", f"A supplier called {name} is on record.", {
            "Name of the bidder": name, "Whole-life price, without VAT": price, "Contact": "T. Trainer",
            "Received": datetime(2027, 2, 9, 9 + place), "Email": email_of(name),
            "Postal address": "1 Example Row\nBarking", "Company number": f"0123456{place}",
        })  # fmt: skip
        officer.presses("Enter the bid", {"Is it on record?": f"Yes, use {name}"})
    officer.opens("/").follows("Name the panel")
    officer.presses("Save the panel", {
        "Evaluators": ["Evaluator 1, Community Development Manager"],
        "Individual scores are in by": OPENED, "Scores are agreed by": OPENED,
    })  # fmt: skip
    one = house["evaluator1"].opens("/").follows("Declare")
    one.presses("Declare", {f"Do you have an interest in {name}?": "No" for name, _ in QUOTES}).follows(
        "Score the bids"
    )
    for place in range(len(QUOTES)):
        one.opens(f"{FILE}/evaluation/my-scores/{place + 1}").presses("Save", {
            "score_1": 4, "reason_1": "Ten years of training (page 2).",
            "score_2": 4 - place, "reason_2": "Names the wards it reaches (page 3).",
        })  # fmt: skip
    one.opens(f"{FILE}/evaluation/my-scores").presses("Finish and lock your scores")
    officer.opens("/").follows("Check the ranking").sees("Borough Learning comes first with 88.00 of 100.")
    officer.presses("Record the result").follows("Recommend the award").presses("Recommend the award").sees(
        "Scheme of delegation, Part 3, paragraph 4.2", "£64,800 including VAT"
    )


def the_director_awards(house: House) -> None:
    officer = house["officer"].opens(FILE).sees("The consultee hasn’t been asked.").opens(f"{DECISION}/prepare")
    officer.presses("Save", {
        "What the decision maker is asked to do": "Award the training contract",
        "In plain words": "Borough Learning trains volunteers in every ward for three years.",
        "What could go wrong": "The trainer falls ill. A second one is named.",
        "The money, in one paragraph": "Within the budget.", "Regard to the equality duty": "Every ward is reached.",
        "How it fits the Council’s strategy": "The strategy asks for it.", "Is it a key decision?": "No",
        "Why it is, or isn’t, a key decision": "It is far below the line.", "Sign by": AWARDED,
    })  # fmt: skip
    for key, heading in (("finance", "finance"), ("law", "legal"), ("officer", "procurement")):
        adviser = house[key].opens("/").follows(f"Give {heading} comments")
        adviser.presses("Give and lock your comments", {"text": "Nothing to add."})
    officer.opens(f"{DECISION}/views").sees("The power names one post.")
    officer.presses("Ask for their views", {"Answer by": AWARDED})
    answer = {"Your view": "Content", "Do you have an interest in this decision?": "None to declare"}
    house["finance"].opens("/").follows("Give your view").presses("Give your view", answer)
    officer.opens("/").follows("Send to the Director").presses("Send to the Director")
    director = house["director"].opens("/").follows("Read and decide")
    director.presses("Sign", {"interest": "none", "Your password": house.password_of("director")})
    director.sees("You awarded the contract to Borough Learning")
    officer.opens("/").follows("Publish the decision").follows("Say which papers the public may read")
    officer.presses("Save", {
        "papers": officer.offered("papers"), "standing": "Not read them: the decision doesn’t rest on them",
    })  # fmt: skip
    officer.opens("/").follows("Publish the decision").presses("Record the publication", {"Published on": OPENED})


def the_contract_is_signed(house: House) -> None:
    officer = house["officer"].opens(FILE).goes_on().presses("Save", {
        "When will the award notice be published?": AWARDED,
        "Will you wait before the contract is signed?": "No standstill",
        "Why is there no standstill?": "The value is below the threshold.",
    })  # fmt: skip
    house.is_on(AWARDED)
    officer.opens("/").follows("Write to the two unsuccessful bidders").presses("Write the letters")
    officer.presses("Send the three letters").follows("Record the award notice")
    officer.presses("Record", {"Published on": AWARDED}).sees("There is no standstill. The contract can be signed.")
    officer.opens("/").follows("Prepare the contract").goes_on()
    officer.presses("Prepare the contract", {"Who will look after the contract?": MANAGER})
    officer.opens("/").follows("Sign the contract").sees("3 of 3 are done.").goes_on()
    officer.presses("Record the signing", {"Signed on": AWARDED}).sees("The contract is signed. Its reminders are set.")


def test_havering_s_strategy_is_on_record_and_nothing_can_be_awarded_under_it(house: House) -> None:
    clerk = house["democratic"].opens("/decisions").follows(HAVERING_TITLE)
    clerk.sees(HAVERING_RESOLVED, "It gives nobody power to buy or to award.", "Led by an independent consultant")
    clerk.sees("Nothing can be bought or awarded under this decision", "A new decision is needed for that.")
    with house.rows():
        powers = select(Delegation).join(Resolution).join(Meeting).where(Meeting.title == HAVERING_TITLE)
        assert db.session.scalars(powers).all() == []
