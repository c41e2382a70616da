"""The tender of the demonstration: how bids will be judged, the notice, and the opening of the bids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure.demonstration import days, tender_papers
from procure.demonstration.cast import Cast
from procure.procurement.models import Procurement
from procure.tender import actions
from procure.tender.addendum_actions import issue_log as issue_log_of
from procure.tender.opener_actions import name_opener
from procure.tender.opening_actions import come_to_open
from procure.tender.pack_facts import issued_of, needed_for
from procure.tender.question_actions import answer_question, publish_answer, record_question
from procure.tender.rules import CriterionLine, PriceFormula
from procure.tender.sealed_rules import OpenerSide

OCID = "ocds-h6vhtk-0a1b2c"
NOTICE = "041267-2027"

CRITERIA = (
    CriterionLine(
        "Understanding of need",
        25,
        "How well the tender knows what groups and residents need in each of the 19 wards, and the evidence for it.",
        least_score=2,
        word_limit=1_500,
    ),
    CriterionLine(
        "Reach and local giving",
        25,
        "How residents and groups in every ward will be reached, and how they will come to give as well as receive.",
    ),
    CriterionLine(
        "Reaching every ward",
        60,
        "How small and new groups will be found and helped in every ward, by whom, and what happens in an absence.",
        part_of=2,
        word_limit=1_500,
    ),
    CriterionLine(
        "Local giving",
        40,
        "How the model of local giving will work: who gives, how gifts reach groups, and what it has raised before.",
        part_of=2,
        word_limit=1_000,
    ),
    CriterionLine(
        "Social value",
        10,
        "Paid traineeships, volunteering and other benefit to the borough, in numbers that can be measured each year.",
        word_limit=1_000,
    ),
)


def set_method(procurement: Procurement, cast: Cast) -> None:
    """Criteria that bring 25, 15, 10 and 10 points; price 40 by lowest over price; three evaluators."""
    actions.set_method(
        procurement.only_lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=3,
        criteria=CRITERIA, by=cast["officer"], at=days.at(days.METHOD_SET),
    )  # fmt: skip


def publish(procurement: Procurement, cast: Cast) -> None:
    """The tender notice goes out on 6 September 2027; bids are due at 2pm on 11 October."""
    if not issued_of(procurement.only_lot, needed_for(procurement.only_lot)):
        tender_papers.prepare(procurement, cast)
    actions.publish_notice(
        procurement.only_lot, reference=NOTICE, published_on=days.TENDER_OPENS, ocid=OCID,
        closes_at=days.at(days.TENDER_CLOSES, 14), by=cast["officer"], at=days.at(days.TENDER_OPENS, 9, 30),
    )  # fmt: skip
    name_openers(procurement, cast)


@dataclass(frozen=True)
class Asked:
    """A question of the demonstration: when it came, from whom, and what all bidders read of it."""

    came: tuple[date, int, int]
    asked_by: str
    asked_words: str
    words: str
    answer: str
    answered_on: date
    changed_text: str = ""


QUESTIONS = (
    Asked(
        (date(2027, 9, 13), 10, 20), "Example Network",
        "As the present supplier, Example Network employs six people on this contract. Does TUPE apply to all of them?",
        "How many people work on the service now, and does TUPE apply to them?",
        "Six people. The council believes that TUPE applies to all of them, but each bidder must take its own advice. "
        "Their terms, without names, are on the portal.",
        date(2027, 9, 15),
    ),
    Asked(
        (date(2027, 9, 16), 16, 5), "Example Trust",
        "We at Example Trust run a giving circle. May money raised before the contract begins count?",
        "May money raised before the contract begins count towards local giving?",
        "Yes, as evidence that your model works. Only money raised after 1 April 2028 counts as performance.",
        date(2027, 9, 20),
    ),
    Asked(
        (date(2027, 9, 23), 9, 40), "Example Alliance",
        "Part 6 says 19 wards, part 2 says 17. Which one is right? Example Alliance needs to price it.",
        "One part of the specification speaks of 19 wards and another of 17. Which is right?",
        "19 wards. The specification is put right, and the price should be for all 19.",
        date(2027, 9, 24),
        "Specification, the part that lists the wards: 17 is now 19.",
    ),
)  # fmt: skip


def answer_questions(procurement: Procurement, cast: Cast) -> None:
    """Three questions come and are answered to all; the last answer changes the specification."""
    lot, officer = procurement.only_lot, cast["officer"]
    for one in QUESTIONS:
        received_at = days.at(*one.came)
        question = record_question(
            lot, received_at=received_at, asked_by=one.asked_by, asked_words=one.asked_words, by=officer,
            at=received_at,
        )  # fmt: skip
        answer_question(
            question, text=one.words, answer=one.answer, changes_document=bool(one.changed_text),
            changed_text=one.changed_text, by=officer, at=days.at(one.answered_on, 14),
        )  # fmt: skip
        publish_answer(question, on=one.answered_on, by=officer, at=days.at(one.answered_on, 15))


def issue_log(procurement: Procurement, cast: Cast) -> None:
    """The questions and answers go to all as one paper."""
    issue_log_of(procurement.only_lot, by=cast["officer"], at=days.at(date(2027, 9, 27), 10))


def open_bids(procurement: Procurement, cast: Cast) -> None:
    """Half an hour after they were due the officer and a clerk from outside the service open the bids."""
    come_to_open(procurement.only_lot, by=cast["officer"], at=days.at(days.TENDER_CLOSES, 14, 25))
    come_to_open(procurement.only_lot, by=cast["democratic"], at=days.at(days.TENDER_CLOSES, 14, 30))


def name_openers(procurement: Procurement, cast: Cast) -> None:
    """The officer, and a clerk from outside the service."""
    lot, officer, at = procurement.only_lot, cast["officer"], days.at(days.TENDER_OPENS, 10)
    name_opener(lot, officer, OpenerSide.SERVICE, by=officer, at=at)
    name_opener(lot, cast["democratic"], OpenerSide.OUTSIDE, by=officer, at=at)
