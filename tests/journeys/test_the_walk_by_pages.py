"""One purchase from the contract that ends to the letter about the contract that follows, by pages alone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from procure.audit.verifying import verify
from procure.extensions import db
from tests.journeys import awarding, buying
from tests.journeys.by_pages import House

CHAPTERS: tuple[Callable[[House], None], ...] = (
    buying.the_manager_decides_to_buy_again,
    buying.the_officer_describes_the_purchase,
    buying.the_officer_says_what_counts,
    buying.five_options_are_listed_and_scored,
    buying.costs_risks_and_consultation,
    buying.one_is_preferred_and_reviewed,
    buying.the_report_is_written,
    buying.each_author_clears_their_words,
    buying.cabinet_resolves,
    awarding.the_notice_waits_for_call_in,
    awarding.a_bid_that_comes_early_is_put_under_seal,
    awarding.bids_are_opened_and_a_panel_is_named,
    awarding.every_bidder_is_looked_up,
    awarding.three_score_alone_and_neither_sees_the_other,
    awarding.the_panel_agrees_one_score_and_prices_open,
    awarding.the_award_is_recommended,
    awarding.three_of_four_answer_and_nobody_can_sign,
    awarding.the_last_objects_and_legal_confirms_the_limit,
    awarding.the_director_signs,
    awarding.letters_go_before_the_notice,
    awarding.the_standstill_is_waited_out,
    awarding.the_old_contract_is_closed,
    awarding.the_letter_comes_and_the_circle_closes,
)


def test_the_walk_from_the_ending_contract_to_the_next_one(house: House) -> None:
    for chapter in CHAPTERS:
        chapter(house)
    with house.rows():
        found = verify()
        assert found.verified, found.broken
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE bid SET price_net = price_net - 100 WHERE id = (SELECT min(id) FROM bid)"))
    with house.rows():
        changed = verify().broken
    assert [one["file"] for one in changed] == ["PRO-2027-001"]
    assert "Example Trust" in changed[0]["reason"] and "the trail says '412500.00'" in changed[0]["reason"]
