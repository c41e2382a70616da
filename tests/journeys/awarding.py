"""The second half of the walk, by pages: from the tender to the letter about the contract that came of it."""

from __future__ import annotations

import re
from datetime import date, datetime

from procure.authority.rules import AssuranceOf
from procure.demonstration import authority, award, days, evaluation
from procure.demonstration.cast import MANAGER, email_of
from tests.journeys.buying import FILE
from tests.journeys.by_pages import House, table
from tests.journeys.opening import openers_are_named, openers_make_their_keys, two_open_the_bids
from tests.journeys.papers_for_bidders import papers_are_issued

MISSING = "The Cabinet Member for Social Care and Health Integration hasn’t replied."
NO_LIMIT = "The power states no limit on value or term. Legal hasn’t confirmed what may be committed."
NO_LETTER = "No letter has been written. Every assessed bidder must have one first."
STANDSTILL = "The standstill ends at midnight on Friday 3 December 2027."
EVALUATORS = [
    "Evaluator 1, Community Development Manager", "Evaluator 2, Commissioning Manager",
    "Evaluator 3, Public Health Officer",
]  # fmt: skip
LEARNT = {
    "How well does it work?": "Groups in all 19 wards are reached.",
    "What happens if nothing follows?": "Support for 200 groups stops on 31 March 2031.",
    "What was learnt?": "A named lead for each ward is worth its price.",
}


# ── the tender and its bids ──


def the_notice_waits_for_call_in(house: House) -> None:
    officer = house["officer"].opens("/").opens(FILE).sees("4 of 4 are done.").presses("Prepare the tender")
    officer.goes_on().sees("By what right can this be bought?")
    papers_are_issued(house, FILE, notice_on=days.TENDER_OPENS, closes_at=datetime(2027, 10, 11, 14))
    officer.opens(FILE).sees("Can’t start yet").opens(f"{FILE}/tender/notice").sees(
        "You can’t record it yet", "can still be called in until 23 July 2027. Publish from Monday 26 July 2027."
    )
    house.is_on(days.CABINET_IN_FORCE)
    officer.opens(f"{FILE}/tender/notice")
    out = {
        "Notice number": "041267-2027", "Published on": date(2027, 7, 23),
        "Bids are due by": datetime(2027, 10, 11, 14),
    }  # fmt: skip
    officer.is_refused("Record it and open", "Publish from Monday 26 July 2027.", out)
    assert officer.value("reference") == "041267-2027"
    house.is_on(days.TENDER_OPENS)
    officer.opens("/").follows("Record the tender notice")
    officer.presses("Record it and open", out | {"Published on": days.TENDER_OPENS}).sees("The competition is open.")
    officer.opens(FILE).sees("Bids stay closed until 2:00pm on Monday 11 October 2027.")
    officer.opens(f"{FILE}/tender/open-bids").sees("Bids can’t be opened yet", "They stay closed until then.")
    openers_are_named(house, FILE)
    openers_make_their_keys(house, FILE)


def a_bid_that_comes_early_is_put_under_seal(house: House) -> None:
    house.is_on(date(2027, 10, 8))
    bidder = evaluation.TRUST
    officer = house["officer"].opens(f"{FILE}/tender/openers").follows("put under seal")
    answers = {
        "Name of the bidder": bidder.who.name, "Whole-life price, without VAT": f"{bidder.price_net:,}",
        "Received": datetime(2027, 10, 7, *bidder.received), "Email": bidder.who.email,
        "Contact": bidder.who.contact_name, "Postal address": bidder.who.address,
        "Charity number": bidder.who.charity_number,
    }  # fmt: skip
    officer.is_refused("Put it under seal", "Choose the files of the bid.", answers)
    files = {
        ("price" if kind.value == "price" else "quality"): [(name, content)]
        for kind, name, content in evaluation.files_of(bidder)
    }
    officer.presses("Put it under seal", files=files).sees("The bid is under seal. Its receipt is R-")
    for key in ("officer", "auditor"):
        seen = house[key].opens(f"{FILE}/tender/opening", status=422).sees("closed to everybody", "on record")
        seen.sees_no(bidder.who.name)
        assert not [page for page in ("/letters", f"{FILE}/history") if bidder.who.name in page_of(house, key, page)]


def page_of(house: House, key: str, path: str) -> str:
    return str(house[key].client.get(path).get_data(as_text=True))


def bids_are_opened_and_a_panel_is_named(house: House) -> None:
    house.is_on(date(2027, 10, 12))
    two_open_the_bids(house, FILE, with_keys=True)
    officer = house["officer"].opens(f"{FILE}/tender/opening").sees("Example Trust", "tender.pdf").follows("Go on")
    officer.sees("Example Trust").follows("Enter another")
    for bidder in evaluation.BIDDERS[1:]:
        who = bidder.who
        if officer.path.endswith("/bids"):
            officer.follows("Enter another")
        answers = {
            "Name of the bidder": who.name, "Contact": who.contact_name, "Email": who.email,
            "Postal address": who.address, "Company number": who.company_number or "",
            "Charity number": who.charity_number or "", "Whole-life price, without VAT": f"{bidder.price_net:,}",
            "Received": datetime(2027, 10, 11, *bidder.received),
        }  # fmt: skip
        if bidder is evaluation.NETWORK:
            officer.is_refused("Enter the bid", "Example Network is on record with that number.", answers)
            answers = {"Is it on record?": officer.offered("Is it on record?")[0]}
        officer.presses("Enter the bid", answers).sees(f"The bid of {who.name} is entered.")
        for kind, name, content in evaluation.files_of(bidder):
            if bidder is evaluation.ALLIANCE:
                officer.is_refused("Put them in", "files")
            officer.presses("Put them in", {"kind": kind.value}, files={"files": [(name, content)]}).sees(name)
        officer.follows("Back to the bids")
    house.is_on(days.BIDS_ENTERED)
    officer.opens("/").follows("Name the panel")
    officer.is_refused("Save the panel", "Choose who scores", {"Evaluators": []})
    officer.presses("Save the panel", {
        "Evaluators": EVALUATORS, "Moderator": "M. Moderator, Category Manager",
        "Individual scores are in by": days.SCORES_IN, "Scores are agreed by": days.EVALUATED,
    }).sees("each new member has a letter")  # fmt: skip


def every_bidder_is_looked_up(house: House) -> None:
    officer = house["officer"].opens("/").follows("Check exclusion grounds").sees("Not looked up yet.")
    for place, _ in enumerate(evaluation.BIDDERS, start=1):
        officer.opens(f"{FILE}/evaluation/bids/{place}/debarment-list")
        look = {"When was the debarment list looked at?": days.BIDS_ENTERED}
        officer.is_refused("Save", "Say which edition it was, such as its day", look)
        officer.presses("Save", look | {
            "Which edition of the list?": "as published on 11 October 2027",
            "Is the bidder, or anybody named here, on it?": "No",
        }).sees("was looked up.")  # fmt: skip


def three_score_alone_and_neither_sees_the_other(house: House) -> None:
    first = house["evaluator1"].opens("/").follows("Declare")
    assert first.client.get(f"{FILE}/evaluation/my-scores").status_code == 422, "bids are closed before a declaration"
    for key in (*evaluation.EVALUATORS, "moderator"):
        person = house[key].opens(f"{FILE}/evaluation/declaration")
        person.presses("Declare", {f"Do you have an interest in {one.who.name}?": "No" for one in evaluation.BIDDERS})
    house.is_on(days.SCORES_IN)
    for key in evaluation.EVALUATORS:
        person = house[key].opens("/").follows("Score")
        for at, (bidder, own) in enumerate(zip(evaluation.BIDDERS, evaluation.OWN_SCORES[key], strict=True), 1):
            person.opens(f"{FILE}/evaluation/my-scores/{at}").sees(f"Your scores of {bidder.who.name}")
            numbers = person.numbers("score_")
            given = {f"score_{number}": str(score) for number, (score, _) in zip(numbers, own, strict=True)}
            if at == 1:
                person.is_refused("Save", "Give your reason for this score", given)
            reasons = {f"reason_{number}": why for number, (_, why) in zip(numbers, own, strict=True)}
            person.presses("Save", given | reasons).sees(f"Your scores of {bidder.who.name} are saved.")
        assert person.client.get(f"{FILE}/evaluation/moderation").status_code == 422, "another’s scores are closed"
        person.opens(f"{FILE}/evaluation/my-scores").presses("Finish and lock your scores").sees("You have finished")


def the_panel_agrees_one_score_and_prices_open(house: House) -> None:
    house.is_on(days.MODERATED)
    moderator = house["moderator"].opens("/").follows("Agree the scores").follows("Agree the scores")
    assert moderator.client.get(f"{FILE}/evaluation/prices").status_code == 422, "prices are closed (B15)"
    for place in range(4):
        keys = moderator.numbers("score_")
        agreed = [bidder.scores[place] for bidder in evaluation.BIDDERS]
        given = {f"score_{key}": str(score) for key, (score, _) in zip(keys, agreed, strict=True)}
        if place == 0:
            moderator.is_refused("Record these scores", "Give the panel’s reason for this score", given)
        reasons = {f"reason_{key}": why for key, (_, why) in zip(keys, agreed, strict=True)}
        moderator.presses("Record these scores", given | reasons)
    moderator.sees("Prices are open.", "89.67", "40 × £412,500 ÷ £450,000")
    house.is_on(days.EVALUATED)
    officer = house["officer"].opens(f"{FILE}/evaluation").sees("Example Alliance", "89.67")
    officer.opens(f"{FILE}/history").sees("tried")
    officer.opens(FILE).goes_on().presses("Record the result").sees("Recommend the award next.")


# ── the decision to award ──


def the_award_is_recommended(house: House) -> None:
    house.is_on(days.PREPARED)
    officer = house["officer"].opens("/").follows("Recommend the award")
    officer.presses("Recommend the award").sees("£540,000 including VAT, £450,000 without", "not consulted yet")
    texts = ("title", "summary", "financial_text", "equality_text", "alignment_text", "key_text", "exempt_text")
    words = {name: authority.WORDS[name] for name in texts}
    words |= {name: "\n".join(authority.WORDS[name]) for name in ("points", "reasons", "risks")}
    words |= table("alternatives", ("name", "reason"), authority.WORDS["alternatives"])
    officer.presses("Save", words | {"Is it a key decision?": "No", "Sign by": days.PUBLISHED})
    officer.sees("The power names four posts.")
    officer.opens(FILE).follows("Say how the conditions of the power are met")
    officer.is_refused(
        "Save", "Say how this is met", {"How is this met: “in line with the strategy”?": "It serves it."}
    )
    officer.presses("Save", {
        "How is this within “social infrastructure support”?": authority.HOW_MET[AssuranceOf.SCOPE]
    })  # fmt: skip
    comments = (
        ("finance", "finance", authority.FINANCE_COMMENT), ("law", "legal", authority.LEGAL_COMMENT),
        ("officer", "procurement", authority.PROCUREMENT_COMMENT),
    )  # fmt: skip
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
    officer.opens(f"{FILE}/history").sees("tried to sign the decision, and was refused.")


def the_last_objects_and_legal_confirms_the_limit(house: House) -> None:
    house.is_on(days.VIEWS_DUE)
    care = house["care"].opens("/").follows("Give your view")
    care.is_refused("Give your view", "Say what you object to.", {"said": "Objects", "interest": "None to declare"})
    care.presses("Give your view", {"Your words": authority.OBJECTION}).sees("Thank you.")
    officer = house["officer"].opens("/").follows("Answer the objection").sees(NO_LIMIT).follows("Answer it")
    officer.presses("Save the answer", {"Your answer": authority.ANSWER})
    house["director"].opens("/").follows("Read it now").sees(NO_LIMIT).sees_no(MISSING)
    house["law"].opens("/").follows("Confirm the limit").presses("Confirm the limit", {"text": authority.LIMIT})
    officer.opens("/").follows("Send to the Director").presses("Send to the Director").sees("Sent to the Director")


def the_director_signs(house: House) -> None:
    house.is_on(days.SIGNING)
    director = house["director"].opens("/").follows("Read and decide").sees(authority.OBJECTION, authority.ANSWER)
    director.is_refused("Sign", "This isn’t your password, nor a code from your phone.", {
        "interest": "No interest to declare", "Why you go ahead despite the objection": authority.WHY_ALL_THE_SAME,
        "Your password": "not this one",
    })  # fmt: skip
    assert director.value("objection_reason") == authority.WHY_ALL_THE_SAME
    director.presses("Sign", {"Your password": house.password_of("director")})
    director.sees("You awarded the contract to Example Alliance", "You need do nothing until 6 December.")


# ── letters, notice, standstill, contract ──


def letters_go_before_the_notice(house: House) -> None:
    house.is_on(days.PUBLISHED)
    officer = house["officer"].opens("/").follows("Publish the decision").sees("You can’t publish it yet")
    officer.follows("Say which papers the public may read")
    papers = officer.offered("papers")
    officer.presses("Save", {
        "papers": papers, "standing": "exempt", "paragraph": "3", "public_interest": authority.WHY_EXEMPT,
        "review_on": authority.REVIEW_ON,
    }).sees("Every paper is decided about.")  # fmt: skip
    officer.opens("/").follows("Publish the decision")
    assert house.stranger().opens("/public/decisions").main().find("Award the social") == -1, "nothing before its day"
    officer.presses("Record the publication", {"Published on": days.PUBLISHED})
    anybody_reads_by_what_right(house)
    officer.opens("/").follows("Decide about the standstill").sees("Friday 3 December 2027")
    officer.presses("Save", {
        "When will the award notice be published?": days.STANDSTILL, "has_standstill": "Yes, a standstill",
        "Working days": 8,
    })  # fmt: skip
    house.is_on(days.STANDSTILL)
    officer.opens(f"{FILE}/award/notice").sees("You can’t record the award notice yet", NO_LETTER)
    early = {"reference": "058114-2027", "published_on": "23 11 2027"}
    officer.sends(f"{FILE}/award/notice", early, status=422).sees(NO_LETTER)
    officer.opens("/").follows("Write to the two unsuccessful bidders")
    officer.presses("Write the letters", {"asks": award.ASKS, "withheld_text": award.WITHHELD})
    officer.opens(f"{FILE}/award/notice").sees("letters haven’t been sent.", "You can’t record the award notice yet")
    officer.opens(f"{FILE}/award/letters").presses("Send the three letters").sees("The letters are on their way.")


RIGHT = (
    "On 13 July 2027 Cabinet, in item 92, resolution (v), gave the Director of Policy and Participation the power",
    "all four consulted answered by 18 November 2027 and one objected; and on 19 November 2027 the Director of Policy "
    "and Participation signed the award to Example Alliance",
)
"""The mandate of the award in one sentence, from Cabinet's words to the signature."""


def anybody_reads_by_what_right(house: House) -> None:
    """The public register: the sentence and the record; what is exempt is named and isn't there to read."""
    reader = house.stranger().opens("/public/decisions?q=alliance").follows("Award the social infrastructure contract")
    reader.sees(*RIGHT, "Exempt under paragraph 3", "SHA-256").sees_no("Example Trust", "412,500")
    assert "ODR-2027-001" in reader.client.get("/public/decisions.rss").text


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
    assert RIGHT[0] in officer.follows("See the chain").main(), "by what right the contract stands"
    officer.opens(f"/contracts/{officer.path.split('/')[2]}").follows("Reminders").sees(
        "18 months before the end", "Goes on Friday 28 September"
    )
    officer.opens("/").follows("Publish the contract details notice")
    officer.presses("Record the notice", {"Notice number": "060932-2027", "Published on": days.CONTRACT_SIGNED})
    officer.opens(FILE).sees("You can’t close the file yet", "The contract runs until 31 March 2031.")


# ── the next one ──


def the_old_contract_is_closed(house: House) -> None:
    house.is_on(date(2028, 4, 3))
    manager = house["manager"].opens("/").follows("Record how it ended")
    manager.presses("Record", {"Last day": days.CONTRACT_ENDS}).sees("Reminders have stopped.")


def the_letter_comes_and_the_circle_closes(house: House) -> None:
    house.is_on(date(2029, 9, 28), has_morning=True)
    letter = house.letter_to("manager", "Think ahead by 12 October: Social infrastructure support ends 31 March 2031")
    key = re.search(r"/r/[\w-]+", letter)
    assert key is not None
    house["manager"].opens("/contracts/CON-2028-001/performance").presses("Save", LEARNT)
    reader = house.stranger().opens(key.group()).sees("After 12 October 2029 it goes to the Head of Commissioning.")
    reader.presses("Acknowledge this letter").sees("You acknowledged the letter.", "Acknowledged by C. Manager")
    reader.follows("Decide what follows").presses("Sign in", {
        "Email address": email_of("manager"), "Password": house.password_of("manager"),
    }).sees("It ends on Monday 31 March 2031.")  # fmt: skip
    reader.presses("Record the decision", {"What should follow?": "Buy again", "Why?": "It is still needed."})
    reader.sees("The purchase is open: PRO-2029-001")
    officer = house["officer"].opens("/").follows("Describe the need").goes_on()
    assert officer.value("description") == "One partner to strengthen community groups and to run local giving."
    officer.presses("Save", {"Why is it needed?": "Groups in every ward still ask for help."})
    officer.presses("Start the appraisal").goes_on().presses("Begin the appraisal").sees("2 of 13 are done.")
    officer.follows("Describe the contract that ends")
    for name, learnt in zip(
        ("incumbent_performance", "incumbent_at_expiry", "incumbent_lessons"), LEARNT.values(), strict=True
    ):
        assert officer.value(name) == learnt
