"""The award recommendation: drafted from the record, with bidders as letters, and issued before anybody signs."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from procure.award.models import Award
from procure.award.recommendation_actions import RecommendationIsSigned, issue_recommendation
from procure.award.recommendation_documents import AWARD_APPENDIX, AWARD_RECOMMENDATION
from procure.demonstration import authority, days
from procure.demonstration.cast import Cast
from procure.documents.actions import content_of, missing_from
from procure.documents.gaps import HasGaps
from tests.a_competition import on_the_day, page_of, recommended, sent, signed
from tests.documents.papers import words_of
from tests.signing_in import sign_in

AT = days.at(days.ASKED, 9, 30)


def the_award(cast: Cast, *, advised: bool = True) -> Award:
    award = recommended(cast).only_lot.award
    assert award is not None
    if advised:
        authority.advise(award.decision, cast)
    return award


def test_it_waits_for_the_officers_comments(cast: Cast) -> None:
    award = the_award(cast, advised=False)
    gaps = [gap.meaning for gap in missing_from(AWARD_RECOMMENDATION, award, by=cast["officer"], at=AT)]
    assert "finance comments" in gaps and "legal comments" in gaps
    assert missing_from(AWARD_APPENDIX, award, by=cast["officer"], at=AT) == []
    with pytest.raises(HasGaps):
        issue_recommendation(award, by=cast["officer"], at=AT)


def test_the_open_part_names_only_the_winner_and_the_appendix_names_all_with_their_workings(cast: Cast) -> None:
    open_part, appendix = issue_recommendation(the_award(cast), by=cast["officer"], at=AT)
    said, exempt = words_of(content_of(open_part)), words_of(content_of(appendix))
    assert "Example Alliance" in said and "Bidder A" in said and "Bidder C" in said
    assert "Example Network" not in said and "Example Trust" not in said and "£412,500" not in said
    assert "89.67" in said and "88.13" in said and "25 × 5 ÷ 5" in said and "Nobody has an interest." in said
    assert "resolution (iii)" in said or "to the Director" in said
    for figure in ("Example Network", "Example Trust", "£498,000", "40 × £412,500 ÷ £450,000", "85.00"):
        assert figure in exempt
    assert "Not for publication." in exempt


def test_once_the_decision_is_signed_it_stays_as_it_is(cast: Cast) -> None:
    award = signed(cast).only_lot.award
    assert award is not None
    with pytest.raises(RecommendationIsSigned, match="stays as it is"):
        issue_recommendation(award, by=cast["officer"], at=days.at(days.PUBLISHED))


def test_the_officer_reads_and_issues_it_on_its_page(cast: Cast, client: FlaskClient) -> None:
    the_award(cast)
    on_the_day(days.ASKED)
    sign_in(client, cast["officer"])
    assert "The award recommendation, with its exempt appendix" in page_of(client, "award")
    assert "It is drafted from the record, and nothing is missing." in page_of(client, "award/recommendation")
    draft = page_of(client, "award/recommendation/award-appendix")
    assert "Example Network" in draft and "Not for publication." in draft
    status, page = sent(client, "award/recommendation")
    assert status == 200 and "Version 1 is issued and goes with the decision." in page
