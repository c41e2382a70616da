"""What a result needs before an award can be recommended, in the order in which it comes about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure import words
from procure.procurement.rules import Check, FileFacts, blocked, done, missing


@dataclass(frozen=True)
class EvaluationFacts:
    """What the evaluation room knows of a lot."""

    panel_size: int = 3
    evaluators: int = 0
    moderators: int = 0
    bidders: tuple[str, ...] = ()
    """Assessed bids only."""
    being_entered: int = 0
    """Bids that lay under seal, are open, and aren't in the list yet."""
    undeclared: tuple[str, ...] = ()
    """Panel members who have not declared about each bidder yet."""
    interests: tuple[str, ...] = ()
    """Panel members whose interest waits for the officer's decision."""
    unfinished: tuple[str, ...] = ()
    """Evaluators who have not finished scoring."""
    unscored: tuple[str, ...] = ()
    """Bidders with a criterion that has no agreed score and reason yet."""
    agreeing_has_begun: bool = False
    unlooked: tuple[str, ...] = ()
    """Assessed bidders for whom the debarment list was not looked at yet."""
    undecided: tuple[str, ...] = ()
    """Assessed bidders with a ground for exclusion about which nothing is decided."""
    asked_again: tuple[tuple[str, str], ...] = ()
    """Scores that were asked to be opened again and are open or undecided: the bidder, and who is waited for."""
    low_unexplained: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    """Bidders below a published least score."""
    tie: tuple[str, ...] = ()
    is_begun: bool = False
    is_finished: bool = False


def result_is_recorded(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before an award can be recommended: from the panel to a clear ranking. G3, G4, G5."""
    result = facts.of(EvaluationFacts)
    return (
        _panel_check(result),
        _bids_check(result),
        _declared_check(result),
        *_interest_checks(result),
        *_exclusion_checks(result),
        _own_scores_check(result),
        _agreed_check(result),
        *_asked_again_checks(result),
        *_low_price_checks(result),
        _result_check(result),
    )


def needs_moderator(panel_size: int) -> bool:
    """A panel of one has nothing to moderate: its scores and reasons are the agreed ones."""
    return panel_size > 1


def _panel_check(result: EvaluationFacts) -> Check:
    name, page = "Name the panel", "evaluation.panel"
    begun = bool(result.evaluators or result.moderators)
    if result.evaluators < result.panel_size:
        wanted = f"Name {words.number_word(result.panel_size)} evaluator{'s' if result.panel_size > 1 else ''}"
        first = " and a moderator." if needs_moderator(result.panel_size) else "."
        return missing(
            name,
            f"{wanted}. You have named {words.number_word(result.evaluators)}." if begun else f"{wanted}{first}",
            page,
            begun=begun,
        )
    if not result.moderators and needs_moderator(result.panel_size):
        return missing(name, "Name a moderator, who chairs and doesn’t score.", page, begun=begun)
    also = " and a moderator" if result.moderators else ""
    return done(name, f"{words.plural(result.evaluators, 'evaluator')}{also}", page)


def _bids_check(result: EvaluationFacts) -> Check:
    name, page = "Enter the bids", "evaluation.bids"
    if result.being_entered:
        left = words.plural(result.being_entered, "bid")
        return blocked(name, f"Bids that lay under seal are still being entered: {left} to go.")
    if not result.bidders:
        return missing(name, "Enter at least one bid that was assessed.", page)
    return done(name, words.joined(result.bidders), page)


def _declared_check(result: EvaluationFacts) -> Check:
    name = "Conflicts of interest declared"
    if not result.bidders or not result.evaluators:
        return blocked(name, "The panel declares once the bids are entered.")
    if result.undeclared:
        have = "has" if len(result.undeclared) == 1 else "have"
        said = f"{words.joined(result.undeclared)} {have} still to declare, bidder by bidder, before they see a bid."
        return missing(
            name, said, "evaluation.index#panel", begun=len(result.undeclared) < result.evaluators + result.moderators,
            who_can=words.joined(result.undeclared),
        )  # fmt: skip
    return done(name, "Everybody on the panel has declared", "evaluation.index#panel")


def _interest_checks(result: EvaluationFacts) -> tuple[Check, ...]:
    return tuple(
        missing(
            f"Decide about {name}’s interest",
            f"{name} declared an interest. Say whether they may take part.",
            "evaluation.interests",
        )
        for name in result.interests
    )


def _exclusion_checks(result: EvaluationFacts) -> tuple[Check, ...]:
    """Whether any bidder must or may be excluded. Procurement Act 2023 s.26."""
    name, page = "Check exclusion grounds and the debarment list", "evaluation.exclusions"
    if result.undecided:
        return (
            missing(name, f"Decide about the ground found against {words.joined(result.undecided)}.", page, begun=True),
        )
    if result.unlooked:
        said = f"Look at the debarment list, and for exclusion grounds, for {words.joined(result.unlooked)}."
        return (missing(name, said, page, begun=len(result.unlooked) < len(result.bidders)),)
    return (done(name, "Every bidder was looked up", page),) if result.bidders else ()


def _own_scores_check(result: EvaluationFacts) -> Check:
    name, page = "Each evaluator scores alone", "evaluation.index#panel"
    if not result.bidders or not result.evaluators:
        return blocked(name, "Name the panel and enter the bids first.")
    if result.unfinished:
        have = "hasn’t" if len(result.unfinished) == 1 else "haven’t"
        said = f"{words.joined(result.unfinished)} {have} finished scoring."
        begun = len(result.unfinished) < result.evaluators
        return missing(name, said, page, begun=begun, who_can=words.joined(result.unfinished))
    return done(name, "All individual scores are in", page)


def _agreed_check(result: EvaluationFacts) -> Check:
    name = "Agree the scores"
    if not result.bidders or result.unfinished or not result.evaluators:
        return blocked(name, "Scores are agreed when every evaluator has finished.")
    if result.unscored:
        have = "has" if len(result.unscored) == 1 else "have"
        said = f"{words.joined(result.unscored)} {have} a criterion without an agreed score."
        return missing(
            name, said, "evaluation.moderation", begun=result.agreeing_has_begun,
            who_can="the moderator",
        )  # fmt: skip
    return done(name, "A score and a reason on every criterion", "evaluation.moderation")


def _asked_again_checks(result: EvaluationFacts) -> tuple[Check, ...]:
    return tuple(
        missing(
            f"A score of {bidder} is asked to be opened again",
            f"{who} hasn’t decided or recorded what becomes of the score of {bidder}.",
            "evaluation.prices",
            who_can=who,
        )
        for bidder, who in result.asked_again
    )


def _low_price_checks(result: EvaluationFacts) -> tuple[Check, ...]:
    if result.unscored:
        return ()
    return tuple(
        missing(
            f"Ask {name} about its low price",
            f"{name}’s price is more than 20% below the mean of the others. Ask why, and record the answer.",
            "evaluation.low_prices",
        )
        for name in result.low_unexplained
    )


def _result_check(result: EvaluationFacts) -> Check:
    name = "Check the ranking and record the result"
    is_scored = result.bidders and not result.unscored
    if result.is_finished and is_scored and not result.tie:
        return done("Record the result", "", "evaluation.prices")
    if not is_scored:
        return blocked(name, "Every bid needs its agreed scores first.")
    if len(result.failed) == len(result.bidders):
        return missing(
            name,
            "No bid reaches the least scores that were published, so none can win. End the competition without a "
            "contract.",
            "evaluation.prices",
        )
    if result.tie:
        level = words.joined(result.tie)
        said = f"{level} are level, and the published rule can’t part them. Record how the tie was settled."
        return missing(name, said, "evaluation.tie", begun=True)
    return missing(name, "Check the ranking, then record the result.", "evaluation.prices")
