"""How a competition ends without a choice among several bids: with one, with none, or by the council’s own decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.regimes import Regime
from procure.procurement.rules import Check, FileFacts, Stage, blocked, done, missing


class Outcome(Labelled):
    """What came of the competition. Only the first two open the way to a direct award (s.43)."""

    NO_TENDER = "no_tender", "No bid came in"
    NONE_SUITABLE = "none_suitable", "No bid is suitable"
    NOT_AWARDING = "not_awarding", "The council decides not to award"


class WayOn(Labelled):
    """What the council does then."""

    END = "end", "End it without a contract"
    DIRECT = "direct", "Award the contract directly"


class Ground(Labelled):
    """Why a bid is not suitable. Procurement Act 2023 s.43(2)."""

    DISREGARDED = "disregarded", "It would be disregarded: excluded, below a condition, or abnormally low"
    REQUIREMENTS = "requirements", "It does not satisfy the requirements or the award criteria"
    COLLUSION = "collusion", "There is evidence of corruption or collusion"
    PROCEDURE = "procedure", "It materially breaches the procedure that was published"


class EndingState(Labelled):
    PROPOSED = "proposed", "Waits for a decision"
    DECIDED = "decided", "Decided"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    OVERTAKEN = "overtaken", "Overtaken: the file went back to its evaluation"


MAY_END = (Stage.OPEN_TO_BIDS, Stage.EVALUATING, Stage.DECIDING_AWARD, Stage.AWARD_ANNOUNCED)
"""Stages in which a competition can end without a contract: from its notice until the contract is signed."""

MAY_SWITCH = (Stage.EVALUATING, Stage.DECIDING_AWARD)
"""Stages in which it is known that no bid is suitable, and nobody has been told of an award."""

DECIDE_PAGE, PROPOSE_PAGE = "award.decide_ending", "award.end_competition"
TRANSPARENCY_PAGE, SINGLE_PAGE = "award.transparency", "award.single_bid"
TERMINATION_PAGE = "award.termination"


@dataclass(frozen=True)
class Unsuitable:
    """One bid, and why it is not suitable."""

    bidder: str
    ground: Ground | None
    reason: str


def ending_problem(
    outcome: Outcome, way: WayOn, *, stage: Stage, regime: Regime, bids: int, assessed: int,
    unsuitable: Sequence[Unsuitable],
) -> tuple[str, str] | None:  # fmt: skip
    """Why a competition can't end so: the sentence and its field; None when it can."""
    if stage not in MAY_END:
        return "A competition can end so from its notice until the contract is signed.", ""
    if outcome is not Outcome.NOT_AWARDING and stage is Stage.OPEN_TO_BIDS:
        return "The bids haven’t been opened. Open them first: the record of the opening shows what came in.", "outcome"
    if outcome is Outcome.NO_TENDER and bids:
        return f"{words.sentence(words.plural(bids, 'bid'))} came in. Say why none is suitable.", "outcome"
    if outcome is Outcome.NONE_SUITABLE and not bids:
        return "No bid is on record. Choose that no bid came in, or enter the bids first.", "outcome"
    if way is WayOn.DIRECT:
        if outcome is Outcome.NOT_AWARDING:
            return "A direct award follows only where no bid came in, or none is suitable (section 43).", "way"
        if stage not in MAY_SWITCH:
            return "An award has been announced, so this competition can only end without a contract.", "way"
        if regime is not Regime.PA2023:
            return (
                "This way belongs to contracts above the threshold. Here the council’s own rules decide: ask for a "
                "waiver to buy from one supplier.", "way",
            )  # fmt: skip
    if outcome is Outcome.NONE_SUITABLE:
        return _unexplained(unsuitable, assessed)
    return None


def _unexplained(unsuitable: Sequence[Unsuitable], assessed: int) -> tuple[str, str] | None:
    for place, one in enumerate(unsuitable, start=1):
        if one.ground is None:
            return f"Choose why {one.bidder}’s bid is not suitable.", f"ground_{place}"
        if not one.reason.strip():
            return f"Say why {one.bidder}’s bid is not suitable, from the bid itself.", f"reason_{place}"
    return None if len(unsuitable) == assessed else ("Say of every bid why it is not suitable.", "outcome")


@dataclass(frozen=True)
class RouteFacts:
    """What is known of the way a lot’s competition goes where it does not end in a choice among several bids."""

    assessed: int = 0
    """How many bids were assessed."""
    single_is_explained: bool = False
    state: EndingState | None = None
    """Where the newest proposal to end stands; None while there is none."""
    way: WayOn | None = None
    decider: str = ""
    is_direct: bool = False
    """Whether a direct award was decided on."""
    supplier: str = ""
    transparency_on: date | None = None
    is_open: bool = False
    """Whether a competition was opened on any lot of the file, so that only a decision ends it."""


def ending_is_decided(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a competition ends without a contract: somebody with the power has decided it."""
    return (_decided(facts.of(RouteFacts), WayOn.END),)


def switch_is_decided(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a competition goes over into a direct award: somebody with the power has decided it. s.43."""
    return (_decided(facts.of(RouteFacts), WayOn.DIRECT),)


def _decided(route: RouteFacts, way: WayOn) -> Check:
    name = "Have the end of the competition decided"
    if route.state is EndingState.DECIDED and route.way is way:
        return done(name, "", DECIDE_PAGE)
    if route.state is EndingState.PROPOSED:
        said = f"The {route.decider} hasn’t decided about the end of the competition."
        return missing(name, said, DECIDE_PAGE, begun=True, who_can=f"The {route.decider}")
    return missing(name, "Say first how the competition ends, and why.", PROPOSE_PAGE)


def no_competition_runs(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a file is simply abandoned: no notice is out. Once one is, its end is decided, told and published."""
    if not facts.of(RouteFacts).is_open:
        return ()
    said = "Bidders have been invited, so the file can’t just be abandoned. End the competition, with a decision."
    return (missing("End the competition", said, PROPOSE_PAGE),)


def single_bid_check(route: RouteFacts) -> tuple[Check, ...]:
    """Where one bid alone was assessed: why one is enough, before it is recommended (domain 3.6)."""
    if route.assessed != 1 or route.is_direct:
        return ()
    name = "Say why one bid is enough"
    if route.single_is_explained:
        return (done(name, "Value for money and competition looked at", SINGLE_PAGE),)
    said = "Only one bid was assessed. Say why it is good value, and why no other came, before you recommend it."
    return (missing(name, said, SINGLE_PAGE),)


def transparency_check(route: RouteFacts) -> tuple[Check, ...]:
    """Before a direct award is recommended: its transparency notice is out. Procurement Act 2023 s.44."""
    if not route.is_direct:
        return ()
    name = "Record the transparency notice"
    if route.transparency_on is not None:
        return (done(name, f"Published on {words.day(route.transparency_on)}", TRANSPARENCY_PAGE),)
    said = "The law asks for the transparency notice (UK5) before a contract is awarded directly. Record it first."
    return (missing(name, said, TRANSPARENCY_PAGE),)


def waits_for_transparency(route: RouteFacts) -> Check:
    """In the place of the recommendation while the notice is not out."""
    return blocked("Recommend the award", "The transparency notice comes first.")
