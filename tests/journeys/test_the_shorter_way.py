"""The short way: £60,000 on three quotes under the scheme of delegation; and a decision under which nothing is bought."""

from __future__ import annotations

from datetime import date, datetime

from procure.demonstration.cast import DIRECTOR, ENGAGEMENT, MANAGER
from tests.journeys.by_pages import House, table

FILE = "/procurements/PRO-2027-001"


QUOTES = ("Borough Learning", "Able Training", "Volunteer School")


def show(r, n=900):
    print("  --", r.path, r.main()[:n])


def test_a_small_purchase_on_three_quotes_needs_no_cabinet(house: House) -> None:
    house.is_on(date(2027, 1, 25))
    officer = house["officer"].opens("/procurements").follows("Open a")
    officer.presses("Open the file", {
        "What do you need to buy?": "Volunteer training", "How will it be approved?": "Scheme of delegation, on quotes",
    }).presses("Save", {
        "Why is it needed?": "Groups ask for it.", "What is to be bought?": "Sixty days of training.",
        "Wards affected": "All wards", "Service lead": ENGAGEMENT, "Accountable director": DIRECTOR,
    })  # fmt: skip
    officer.presses("Seek approval under the scheme").sees("You can’t prepare the tender yet")
    officer.opens("/").follows("Say what it will cost").goes_on()
    officer.presses("Save", {
        "Kind of contract": "Services or goods", "Why is it of that kind?": "Training is a service.",
        "Cost a year, without VAT": "30,000", "VAT rate": 20, "How was the cost estimated?": "Prices of 2026.",
        "Service starts": date(2027, 4, 1), "Length of the agreed term, in months": 48,
        "Number of options to extend": 0, "Length of each option, in months": 0,
        "Cost centre or budget code": "PP-4415", "Where the money comes from": "General Fund",
    }).sees("This purchase is £144,000, so it needs Cabinet.")  # fmt: skip
    officer.follows("Value and term").presses("Save", {
        "Cost a year, without VAT": "20,000", "Length of the agreed term, in months": 36,
    }).sees("3 of 3 are done.", "Three written quotes")  # fmt: skip
    officer.presses("Prepare the tender").goes_on()
    show(officer)
    lines = (("Experience", 40, "Training of volunteers."), ("Reach", 20, "In every ward."))
    officer.presses(
        "Save",
        table("criteria", ("title", "weight", "definition"), lines)
        | {
            "Weight of price": 40,
            "How a price becomes points": "Weight × lowest price ÷ price",
            "Evaluators": 3,
        },
    )
    show(officer)
    officer.opens(FILE)
    show(officer)
    officer.goes_on()
    show(officer)
    for name in QUOTES:
        officer.presses(
            "Add the supplier", {"Name of the supplier": name, "Email": f"{name.split()[0].lower()}@bids.example"}
        )
    show(officer)
    officer.opens(FILE).goes_on()
    show(officer)
    officer.presses("Record it and open", {"published_on": date(2027, 1, 25), "closes_at": datetime(2027, 2, 9, 12)})
    show(officer)
    house.is_on(date(2027, 2, 10))
    officer.opens("/")
    show(officer)
    officer.follows("Open the bids").presses("Open the bids")
    for n, name in enumerate(QUOTES):
        officer.opens(f"{FILE}/evaluation/bids").follows("Enter a" if not n else "Enter another")
        show(officer, 300)
        officer.presses(
            "Enter the bid",
            {
                "Name of the bidder": name,
                "Whole-life price, without VAT": 54_000 + 2_000 * n,
                "Received": datetime(2027, 2, 9, 9 + n),
                "Contact": "T. Contact",
                "Email": f"{name.split()[0].lower()}@bids.example",
                "Postal address": "1 Example Row",
                "Company number": f"0123456{n}",
            },
            status=422,
        )
        show(officer, 600)
        officer.presses("Enter the bid", {"Is it on record?": officer.offered("Is it on record?")[0]})
    show(officer)
    officer.follows("Go on to the scores")
    for n, name in enumerate(QUOTES):
        officer.opens(f"{FILE}/evaluation/bids").follows(f"Enter scores of {name}").presses(
            "Save", {"score_1": 4, "reason_1": "Ten years of training.", "score_2": 4 - n, "reason_2": "In most wards."}
        )
    officer.opens("/").follows("Name the panel")
    officer.presses(
        "Save the panel", {"Evaluators": officer.offered("Evaluators"), "Moderator": "M. Moderator, Category Manager"}
    )
    show(officer)
    officer.presses("Record the result")
    show(officer)
    officer.presses("Recommend the award")
    show(officer, 2500)
    officer.opens(FILE)
    show(officer)
    officer.opens("/decisions/ODR-2027-001/prepare").presses(
        "Save",
        {
            "What the decision maker is asked to do": "Award the training contract",
            "In plain words": "Borough Learning trains volunteers.",
            "risks": "The trainer falls ill. A second one is named.",
            "financial_text": "Within the budget.",
            "equality_text": "Every ward.",
            "alignment_text": "The strategy asks for it.",
            "Is it a key decision?": "No",
            "key_text": "Far below the line.",
            "Sign by": date(2027, 2, 19),
        },
    )
    for key, heading in (("finance", "finance"), ("law", "legal")):
        house[key].opens("/").follows(f"Give {heading} comments").presses(
            "Give and lock your comments", {"text": "Nothing to add."}
        )
    officer.opens("/decisions/ODR-2027-001/views")
    show(officer)
    officer.presses("Ask for their views", {"Answer by": date(2027, 2, 12)})
    house["finance"].opens("/").follows("Give your view").presses(
        "Give your view", {"said": "Content", "interest": "None to declare"}
    )
    officer.opens("/").follows("Send to the Director").presses("Send to the Director")
    director = house["director"].opens("/").follows("Read and decide")
    director.presses("Sign", {"interest": "No interest to declare", "Your password": house.password_of("director")})
    show(director)
    officer.opens("/")
    show(officer)
    officer.follows("Publish the decision").presses("Record the publication", {"Published on": date(2027, 2, 10)})
    officer.opens(FILE)
    show(officer)
    officer.goes_on()
    show(officer)
    officer.presses(
        "Save",
        {
            "When will the award notice be published?": date(2027, 2, 11),
            "has_standstill": "No standstill",
            "Why is there no standstill?": "Below the threshold.",
        },
    )
    show(officer)
    house.is_on(date(2027, 2, 11))
    officer.opens("/").follows("Write to the two unsuccessful bidders").presses("Write the letters")
    show(officer)
    officer.presses("Send the three letters")
    show(officer)
    officer.opens("/").follows("Record the award notice")
    show(officer)
    officer.presses("Record", {"Published on": date(2027, 2, 11)})
    show(officer)
    officer.opens("/").follows("Prepare the contract").goes_on().presses(
        "Prepare the contract", {"Who will look after the contract?": MANAGER}
    )
    officer.opens("/").follows("Sign the contract")
    show(officer)
    officer.goes_on().presses("Record the signing", {"Signed on": date(2027, 2, 11)})
    show(officer)


def test_havering_s_strategy_gives_no_power_to_buy_or_award(house: House) -> None:
    clerk = house["democratic"].opens("/decisions").follows("Voluntary Sector Strategy")
    show(clerk)
