"""The one page of moves: every listed move has an example, every other is refused."""

from __future__ import annotations

import itertools

import pytest

from procure.people.rules import Role
from procure.procurement.rules import Route, Stage
from procure.procurement.stages import IN_ORDER, MOVES, journey, moves_from, next_move, stage_before

EXAMPLES = {
    "start the appraisal": (Stage.NEED, Stage.APPRAISING),
    "seek approval": (Stage.APPRAISING, Stage.SEEKING_APPROVAL),
    "seek approval under the scheme": (Stage.NEED, Stage.SEEKING_APPROVAL),
    "prepare the tender": (Stage.SEEKING_APPROVAL, Stage.PREPARING),
    "publish the tender notice": (Stage.PREPARING, Stage.OPEN_TO_BIDS),
    "close to bids": (Stage.OPEN_TO_BIDS, Stage.EVALUATING),
    "record the result": (Stage.EVALUATING, Stage.DECIDING_AWARD),
    "announce the award": (Stage.DECIDING_AWARD, Stage.AWARD_ANNOUNCED),
    "sign the contract": (Stage.AWARD_ANNOUNCED, Stage.CONTRACTED),
    "close the file": (Stage.CONTRACTED, Stage.CLOSED),
    "pause": (Stage.EVALUATING, Stage.PAUSED),
    "take up again": (Stage.PAUSED, None),
    "send back a stage": (Stage.PREPARING, None),
    "end the competition without a contract": (Stage.EVALUATING, Stage.ABANDONED),
    "switch to a direct award": (Stage.EVALUATING, Stage.DECIDING_AWARD),
    "abandon": (Stage.NEED, Stage.ABANDONED),
}


def test_every_move_has_an_example() -> None:
    assert {move.name for move in MOVES} == EXAMPLES.keys()


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_listed_move_leads_where_its_example_says(move) -> None:  # type: ignore[no-untyped-def]
    from_stage, to_stage = EXAMPLES[move.name]
    assert from_stage in move.from_
    assert move.to is to_stage


@pytest.mark.parametrize(("stage", "role"), list(itertools.product(Stage, Role)))
def test_only_listed_roles_may_move(stage: Stage, role: Role) -> None:
    for move in moves_from(stage, {role}):
        assert stage in move.from_
        assert role in move.by
    if role is not Role.OFFICER:
        assert moves_from(stage, {role}) == []


def test_nothing_leaves_a_closed_or_an_abandoned_file() -> None:
    assert moves_from(Stage.CLOSED) == []
    assert moves_from(Stage.ABANDONED) == []


def test_the_cabinet_s_way_passes_every_stage_in_order() -> None:
    assert journey(Route.CABINET) == list(IN_ORDER)


def test_the_scheme_s_way_is_shorter() -> None:
    assert Stage.APPRAISING not in journey(Route.SCHEME)
    assert journey(Route.SCHEME)[-1] is Stage.CLOSED


def test_a_file_sent_back_goes_to_the_stage_before() -> None:
    assert stage_before(Stage.SEEKING_APPROVAL, Route.CABINET) is Stage.APPRAISING
    assert stage_before(Stage.SEEKING_APPROVAL, Route.SCHEME) is Stage.NEED
    assert stage_before(Stage.DECIDING_AWARD, Route.CABINET) is Stage.EVALUATING


def test_a_paused_file_has_no_way_forward() -> None:
    assert next_move(Stage.PAUSED, Route.CABINET) is None
