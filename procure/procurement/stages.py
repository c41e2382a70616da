"""Every stage of a procurement and every legal move between them. Nothing else decides this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procure.appraisal.rules import appraisal_is_whole
from procure.approval.rules import approval_is_given
from procure.award.route_rules import MAY_END, ending_is_decided, no_competition_runs, switch_is_decided
from procure.award.rules import (
    award_may_be_announced,
    details_notice_is_out,
    nothing_signed_is_undone,
    standstill_is_over,
)
from procure.contract.rules import contract_is_closed, contract_may_be_signed
from procure.evaluation.rules import result_is_recorded
from procure.people.rules import Role
from procure.procurement.rules import Checklist, Route, Stage, need_is_described
from procure.tender.opening_rules import deadline_has_passed, notice_may_go_out

S = Stage
O = (Role.OFFICER,)  # noqa: E741
BOTH = (Route.CABINET, Route.SCHEME)

BEFORE_LOTS = (S.NEED, S.APPRAISING, S.SEEKING_APPROVAL, S.PREPARING)
"""Up to *preparing* the stage is the procurement's; from there each lot has its own."""

IN_ORDER = (
    *BEFORE_LOTS, S.OPEN_TO_BIDS, S.EVALUATING, S.DECIDING_AWARD, S.AWARD_ANNOUNCED, S.CONTRACTED, S.CLOSED,
)  # fmt: skip
"""The stages of the journey, first to last."""

OPEN = IN_ORDER[:-1]
"""Stages from which a file may be paused or abandoned."""

STANDING_STILL = (S.PAUSED, S.ABANDONED)
"""Stages in which nothing on a file may be done or changed."""


def is_relied_on(stage: Stage) -> bool:
    """Whether the purchase was approved as described, so that a change of it needs its reason."""
    return stage in IN_ORDER[IN_ORDER.index(S.PREPARING) :]


@dataclass(frozen=True)
class Move:
    """One legal move: its name, from where, to where, by whom, on which routes, and what it needs.

    `past` is how History says it, `heading` what the file's page writes above the list of what is missing.
    A move `of_lot` is made by each lot; the others by the whole procurement. `to` is None where the stage is
    found from the file itself: back to where it was paused, or one stage back.
    """

    name: str
    past: str
    from_: tuple[Stage, ...]
    to: Stage | None
    by: tuple[Role, ...]
    needs: tuple[Checklist, ...] = ()
    of_lot: bool = False
    routes: tuple[Route, ...] = BOTH
    heading: str = ""
    needs_reason: bool = False


# fmt: off
MOVES = (
    Move("start the appraisal", "started the options appraisal", (S.NEED,), S.APPRAISING, O,
         (need_is_described,), routes=(Route.CABINET,), heading="What is missing before options can be compared"),
    Move("seek approval", "finished the options appraisal", (S.APPRAISING,), S.SEEKING_APPROVAL, O,
         (appraisal_is_whole,), routes=(Route.CABINET,), heading="What is missing before approval can be sought"),
    Move("seek approval under the scheme", "went on to seek approval under the scheme of delegation",
         (S.NEED,), S.SEEKING_APPROVAL, O, (need_is_described,), routes=(Route.SCHEME,),
         heading="What is missing before approval can be sought"),
    Move("prepare the tender", "recorded the approval to buy", (S.SEEKING_APPROVAL,), S.PREPARING, O,
         (approval_is_given,), heading="What is missing before the tender can be prepared"),
    Move("publish the tender notice", "opened the competition", (S.PREPARING,), S.OPEN_TO_BIDS, O,
         (notice_may_go_out,), of_lot=True, heading="What is missing before the competition can open"),
    Move("close to bids", "closed the competition to bids", (S.OPEN_TO_BIDS,), S.EVALUATING, O,
         (deadline_has_passed,), of_lot=True, heading="What is missing before bids can be opened"),
    Move("record the result", "recorded the result of the competition", (S.EVALUATING,), S.DECIDING_AWARD, O,
         (result_is_recorded,), of_lot=True, heading="What is missing before an award can be recommended"),
    Move("announce the award", "recorded the award notice", (S.DECIDING_AWARD,), S.AWARD_ANNOUNCED, O,
         (award_may_be_announced,), of_lot=True, heading="What is missing before the award can be announced"),
    Move("sign the contract", "recorded the signed contract", (S.AWARD_ANNOUNCED,), S.CONTRACTED, O,
         (standstill_is_over, contract_may_be_signed), of_lot=True,
         heading="What is missing before the contract can be signed"),
    Move("close the file", "closed the file", (S.CONTRACTED,), S.CLOSED, O,
         (details_notice_is_out, contract_is_closed), of_lot=True,
         heading="What is missing before the file can be closed"),
    Move("pause", "paused the file", OPEN, S.PAUSED, O, needs_reason=True),
    Move("take up again", "took the file up again", (S.PAUSED,), None, O, needs_reason=True),
    Move("send back a stage", "sent the file back a stage",
         (S.APPRAISING, S.SEEKING_APPROVAL, S.PREPARING, S.EVALUATING, S.DECIDING_AWARD), None, O,
         (nothing_signed_is_undone,), needs_reason=True),
    Move("end the competition without a contract", "ended the competition without a contract", MAY_END, S.ABANDONED, O,
         (ending_is_decided,), of_lot=True, needs_reason=True),
    Move("switch to a direct award", "went over into a direct award", (S.EVALUATING, S.DECIDING_AWARD),
         S.DECIDING_AWARD, O, (switch_is_decided,), of_lot=True, needs_reason=True),
    Move("abandon", "abandoned the file", (*OPEN[:-1], S.PAUSED), S.ABANDONED, O, (no_competition_runs,),
         needs_reason=True),
)
# fmt: on


def moves_from(stage: Stage, roles: Iterable[Role] | None = None, route: Route | None = None) -> list[Move]:
    """The legal moves from a stage, for holders of any of these roles, on this route. The only reader of MOVES."""
    return [
        move
        for move in MOVES
        if stage in move.from_
        and (roles is None or set(roles) & set(move.by))
        and (route is None or route in move.routes)
    ]


def next_move(stage: Stage, route: Route) -> Move | None:
    """The move that carries a file on along its journey; None at the end or when it stands still."""
    forward = [move for move in moves_from(stage, None, route) if not move.needs_reason]
    return forward[0] if forward else None


def stage_before(stage: Stage, route: Route) -> Stage:
    """The stage a file goes back to when it is sent back by one."""
    reached_from = [
        move.from_[0] for move in MOVES if move.to is stage and not move.needs_reason and route in move.routes
    ]
    return reached_from[0]


def journey(route: Route) -> list[Stage]:
    """The stages a file on this route passes through, in order."""
    stages, stage = [S.NEED], S.NEED
    while (move := next_move(stage, route)) is not None and move.to is not None:
        stage = move.to
        stages.append(stage)
    return stages
