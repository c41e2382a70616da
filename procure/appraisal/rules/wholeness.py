"""What an appraisal needs before approval can be sought on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure import words
from procure.appraisal.rules.comparing import weights_refusal
from procure.procurement.rules import Check, FileFacts, NeedFacts, blocked, done, missing

FEWEST_BESIDE_NOTHING = 2
"""Options there must be beside *do nothing*, or nothing is compared."""


@dataclass(frozen=True)
class OptionFacts:
    """One option, and what has been said of it."""

    no: int
    is_do_nothing: bool
    is_described: bool
    missing_scores: int
    first_scored_on: date | None
    has_costs: bool
    has_risks: bool
    has_rejection: bool


@dataclass(frozen=True)
class AppraisalFacts:
    """What the appraisal tells the conditions of a move. `begun` is false where there is no appraisal yet."""

    begun: bool = False
    has_background: bool = False
    follows_contract: bool = False
    has_current: bool = False
    weights: tuple[int, ...] = ()
    criteria_defined: bool = False
    criteria_agreed_on: date | None = None
    options: tuple[OptionFacts, ...] = ()
    has_consultation: bool = False
    preferred_no: int | None = None
    has_reasons: bool = False
    reviewer: str = ""
    is_sent: bool = False
    review_due_on: date | None = None
    returned_because: str = ""
    reviewed_on: date | None = None


def appraisal_is_whole(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Everything the paper prints, and that somebody other than the author has read it."""
    appraisal, need = facts.of(AppraisalFacts), facts.of(NeedFacts)
    if not appraisal.begun:
        return (
            missing(
                "Begin the appraisal", "Begin the options appraisal: nothing has been compared yet.",
                "appraisal.comparison",
            ),
        )  # fmt: skip
    content = content_checks(appraisal, need)
    return (*content, _review(appraisal, [check for check in content if not check.is_done]))


def content_checks(appraisal: AppraisalFacts, need: NeedFacts) -> tuple[Check, ...]:
    """All but the review, in the order in which an officer writes."""
    checks = [_background(appraisal, need)]
    if appraisal.follows_contract:
        checks.append(_current(appraisal))
    checks += [
        _criteria(appraisal), _options(appraisal), _scores(appraisal), _costs(appraisal), _risks(appraisal),
        _consultation(appraisal), _preferred(appraisal), _rejected(appraisal), _value(need), _social_value(need),
    ]  # fmt: skip
    return tuple(checks)


def _background(appraisal: AppraisalFacts, need: NeedFacts) -> Check:
    name, page = "Describe the need and the outcomes", "appraisal.background"
    if not need.has_need:
        return missing(name, "Say what is needed and why.", "procurement.need")
    if not appraisal.has_background:
        return missing(
            name, "Say who needs it, what should change, what limits the choice, and what the market is.", page
        )
    return done(name, "Need, outcomes, limits and market are described", page)


def _current(appraisal: AppraisalFacts) -> Check:
    name, page = "Describe the contract that ends", "appraisal.current"
    if appraisal.has_current:
        return done(name, "How it performs, and what happens when it ends", page)
    return missing(name, "Say how the present contract performs and what happens if nothing is done.", page)


def _criteria(appraisal: AppraisalFacts) -> Check:
    name = "Agree the criteria and weights"
    if not appraisal.weights:
        return missing(name, "Say what the options are compared on. Weights add up to 100%.", "appraisal.criteria")
    refusal = weights_refusal(appraisal.weights)
    if refusal:
        return missing(name, refusal, "appraisal.criteria", begun=True)
    if not appraisal.criteria_defined:
        return missing(name, "Say what each criterion means.", "appraisal.criteria", begun=True)
    if appraisal.criteria_agreed_on is None:
        return missing(
            name, "Record the day the criteria and weights were agreed.", "appraisal.agreed", begun=True
        )  # fmt: skip
    return done(name, f"Agreed on {words.day(appraisal.criteria_agreed_on)}", "appraisal.criteria")


def _options(appraisal: AppraisalFacts) -> Check:
    name, page = "List the options", "appraisal.options"
    if not appraisal.options:
        return missing(name, "List the options. One of them is to do nothing.", page)
    if not any(option.is_do_nothing for option in appraisal.options):
        return missing(
            name, "Add the option to do nothing. Every other option is measured against it.", page, begun=True
        )
    beside = sum(not option.is_do_nothing for option in appraisal.options)
    if beside < FEWEST_BESIDE_NOTHING:
        return missing(name, "Add at least two options beside doing nothing.", page, begun=True)
    bare = [option.no for option in appraisal.options if not option.is_described]
    if bare:
        return missing(
            name, f"Describe {_these(bare)}, with equality, social value and the market.", page, begun=True
        )  # fmt: skip
    return done(name, f"{words.sentence(words.number_word(len(appraisal.options)))} options on the short list", page)


def _scores(appraisal: AppraisalFacts) -> Check:
    name, page = "Score the options", "appraisal.scores"
    if not appraisal.options or not appraisal.weights:
        return blocked(name, "Set the criteria and list the options first.")
    if appraisal.criteria_agreed_on is None:
        return blocked(name, "Scoring starts when the criteria are agreed.")
    begun = any(option.first_scored_on for option in appraisal.options)
    unscored = [option.no for option in appraisal.options if option.missing_scores]
    if unscored:
        return missing(
            name, f"Give {_these(unscored)} a score and a reason on every criterion.", page, begun=begun
        )  # fmt: skip
    early = [
        option.no
        for option in appraisal.options
        if option.first_scored_on and option.first_scored_on < appraisal.criteria_agreed_on
    ]
    if early:
        return missing(
            name, f"Score {_these(early)} again: the scores are older than the agreed criteria.", page, begun=True
        )
    return done(name, "Every option has a score and a reason on every criterion", page)


def _costs(appraisal: AppraisalFacts) -> Check:
    name, page = "Enter the costs by year", "appraisal.costs"
    if not appraisal.options:
        return blocked(name, "List the options first.")
    bare = [option.no for option in appraisal.options if not option.has_costs]
    if bare:
        begun = len(bare) < len(appraisal.options)
        return missing(
            name, f"Enter what {_these(bare)} would cost, year by year. Enter 0 for nothing.", page, begun=begun
        )
    return done(name, "Every option is costed", page)


def _risks(appraisal: AppraisalFacts) -> Check:
    name, page = "Write down the risks", "appraisal.risks"
    if not appraisal.options:
        return blocked(name, "List the options first.")
    bare = [option.no for option in appraisal.options if not option.has_risks]
    if bare:
        begun = len(bare) < len(appraisal.options)
        return missing(name, f"Write down at least one risk of {_these(bare)}.", page, begun=begun)
    return done(name, "Every option has its risks", page)


def _consultation(appraisal: AppraisalFacts) -> Check:
    name, page = "Record the consultation", "appraisal.consultation"
    if appraisal.has_consultation:
        return done(name, "Recorded, with what was said and done", page)
    return missing(name, "Record the consultation: how, when, what was said and done. Or say why there was none.", page)


def _preferred(appraisal: AppraisalFacts) -> Check:
    name, page = "Choose the preferred option", "appraisal.preferred"
    if appraisal.preferred_no is None:
        if len(appraisal.options) < FEWEST_BESIDE_NOTHING:
            return blocked(name, "List and score the options first.")
        return missing(name, "Choose the preferred option and say why.", page)
    if not appraisal.has_reasons:
        return missing(name, f"Say why option {appraisal.preferred_no} is preferred.", page, begun=True)
    return done(name, f"Option {appraisal.preferred_no}, with reasons", page)


def _rejected(appraisal: AppraisalFacts) -> Check:
    name, page = "Say why not the others", "appraisal.preferred"
    if appraisal.preferred_no is None:
        return blocked(name, "Choose the preferred option first.")
    bare = [o.no for o in appraisal.options if o.no != appraisal.preferred_no and not o.has_rejection]
    if bare:
        return missing(name, f"Say why {_these(bare)} {_is(bare)} rejected. Later decisions repeat it.", page)
    return done(name, "Every other option has its reason", page)


def _value(need: NeedFacts) -> Check:
    name, page = "Set the value and the term", "procurement.value"
    if need.has_value and need.has_term:
        return done(name, "The most the council could pay, and for how long", page)
    return missing(name, "Set the value and the term of the purchase, with every option to extend.", page)


def _social_value(need: NeedFacts) -> Check:
    name, page = "Record social value, and why a contract", "procurement.particulars"
    if need.has_social_value and need.has_grant_test:
        return done(name, "Social value was considered; it is a contract and not a grant", page)
    return missing(name, "Record how social value was considered, and why this is a contract and not a grant.", page)


def _review(appraisal: AppraisalFacts, open_: list[Check]) -> Check:
    name = "Have it reviewed"
    if appraisal.reviewed_on is not None:
        said = f"{appraisal.reviewer} agreed on {words.day(appraisal.reviewed_on)}"
        return done(name, said, "appraisal.comparison")
    if appraisal.is_sent:
        until = f" Due by {words.day(appraisal.review_due_on)}." if appraisal.review_due_on else ""
        return missing(
            name, f"{appraisal.reviewer} hasn’t agreed to the appraisal yet.{until}", "appraisal.comparison",
            begun=True, who_can=appraisal.reviewer,
        )  # fmt: skip
    if open_:
        return blocked(name, "The reviewer reads it when everything else is there.")
    if appraisal.returned_because:
        return missing(
            name, f"{appraisal.reviewer} returned it. Mend it and send it again.", "appraisal.send", begun=True
        )  # fmt: skip
    return missing(name, "Send the appraisal to a reviewer: somebody who didn’t write or score it.", "appraisal.send")


def _these(numbers: list[int]) -> str:
    return f"option{'s' if len(numbers) > 1 else ''} {words.joined(numbers)}"


def _is(numbers: list[int]) -> str:
    return "are" if len(numbers) > 1 else "is"
