"""Two people open the bids by their pages: named by the officer, each at their own screen."""

from __future__ import annotations

from tests.journeys.by_pages import House

PHRASES = {"officer": "ferry violin gravel noon", "democratic": "lantern otter pillow seven"}


def openers_are_named(house: House, file: str) -> None:
    """The officer from the service, the clerk from outside it."""
    officer = house["officer"].opens(f"{file}/tender/openers")
    officer.is_refused("Name them", "belongs to the service", {
        "Who": "A. Officer, Procurement Officer", "From where do they come?": "From outside the service",
    })  # fmt: skip
    officer.presses("Name them", {"From where do they come?": "From the service, or its procurement officer"})
    officer.presses("Name them", {
        "Who": "P. Clerk, Democratic Services Officer", "From where do they come?": "From outside the service",
    }).sees("A. Officer", "P. Clerk", "Not made yet")  # fmt: skip


def openers_make_their_keys(house: House, file: str) -> None:
    """Each chooses a phrase, so that bids can be put under seal."""
    for key, phrase in PHRASES.items():
        reader = house[key].opens(f"{file}/tender/openers").follows("Choose your opening phrase")
        reader.is_refused("Make my key", "The two phrases are different", {
            "Your opening phrase": phrase, "The same phrase again": "another",
        })  # fmt: skip
        reader.presses("Make my key", {"Your opening phrase": phrase, "The same phrase again": phrase}).sees("Made")


def two_open_the_bids(house: House, file: str, *, with_keys: bool = False) -> None:
    """The officer comes, then the clerk: that opens the bids."""
    for key in ("officer", "democratic"):
        reader = house[key].opens("/").follows("Open the bids")
        if with_keys:
            reader.is_refused("I am here", "That isn’t the opening phrase you chose.", {"Your opening phrase": "guess"})
        answers = {"Your opening phrase": PHRASES[key]} if with_keys else {}
        reader.presses("I am here", answers)
    reader.sees("The opening of the bids", "A. Officer", "P. Clerk")
    house["officer"].opens(f"{file}/tender/open-bids").sees("The bids were opened on")
