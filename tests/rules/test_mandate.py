"""The authority of a decision in one sentence, from the words of its power to its signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procure.authority.rules import ActKind
from procure.authority.rules.mandate import MandateFacts, mandate_sentence, quoted
from procure.demonstration import item_92

THE_AWARD = MandateFacts(
    giver="Cabinet", where="item 92, resolution (v)", post="Director of Policy and Participation", act=ActKind.AWARD,
    source_words=item_92.RESOLUTIONS[4], given_on=date(2027, 7, 13), in_force_from=date(2027, 7, 26), asked=4,
    answered=4, objecting=1, last_answer_on=date(2027, 11, 18), signed_on=date(2027, 11, 19),
    what="the award to Example Alliance, £540,000 including VAT",
)  # fmt: skip


def test_it_runs_from_cabinet_s_words_to_the_signature() -> None:
    assert mandate_sentence(THE_AWARD) == (
        "On 13 July 2027 Cabinet, in item 92, resolution (v), gave the Director of Policy and Participation the power "
        "“to conduct the procurement and award and enter into the contract …”, in force from 26 July 2027; all four "
        "consulted answered by 18 November 2027 and one objected; and on 19 November 2027 the Director of Policy and "
        "Participation signed the award to Example Alliance, £540,000 including VAT."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signed_on": None}, "; nothing is signed yet."),
        ({"asked": 0, "answered": 0, "objecting": 0}, "; nobody had to be consulted;"),
        ({"asked": 0, "answered": 0, "objecting": 0, "signed_on": None}, "; nobody has been consulted yet;"),
        ({"answered": 3, "objecting": 0}, "; four people were asked and three answered;"),
        ({"asked": 1, "answered": 0, "objecting": 0}, "; one person was asked and nobody answered;"),
        ({"asked": 1, "answered": 1, "objecting": 0}, "; the one person to be consulted answered by 18 November 2027"),
        ({"objecting": 0}, "and nobody objected;"),
        ({"in_force_from": None}, ", not in force yet;"),
        ({"heir": "Director of Communities"}, "Participation, now the Director of Communities, the power"),
        ({"signed_as": "R. Reviewer, deputy"}, "the Director of Policy and Participation, R. Reviewer, deputy, signed"),
        ({"source_words": "Agreed."}, "the power to award, in force"),
        ({"what": ""}, "signed the decision to award."),
        (
            {"given_on": None, "where": "Part 3, paragraph 4.2", "source_words": "", "in_force_from": date(2024, 4, 1)},
            "The scheme of delegation (Part 3, paragraph 4.2) gives the Director of Policy and Participation the power "
            "to award, since 1 April 2024;",
        ),
    ],
)
def test_what_is_still_to_come_is_said_to_be(changes: dict[str, object], said: str) -> None:
    assert said in mandate_sentence(replace(THE_AWARD, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (ActKind.AWARD, "to conduct the procurement and award and enter into the contract …"),
        (ActKind.ENTER, "to conduct the procurement and award and enter into the contract …"),
        (ActKind.EXTEND, ""),
        (ActKind.OTHER, ""),
    ],
)
def test_the_words_quoted_are_those_that_give_the_act(act: ActKind, found: str) -> None:
    assert quoted(item_92.RESOLUTIONS[4], act) == found


def test_a_long_way_to_the_verb_is_quoted_to_the_verb() -> None:
    long = "to do one thing and another thing and a third thing and a fourth thing and then award the lot as asked"
    assert "award" in quoted(long, ActKind.AWARD)
