"""Beginning an appraisal, and the words around the comparison: background, risks, options not taken further."""

from __future__ import annotations

from datetime import datetime

from procure.appraisal.actions.changing import changing
from procure.appraisal.models import Appraisal, DiscardedOption, Option, OptionRisk
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.people.models import Post
from procure.procurement.actions import move
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal

DESCRIBED = frozenset(
    [
        "outcomes",
        "strategic_fit",
        "demand",
        "constraints",
        "market_text",
        "incumbent_performance",
        "incumbent_at_expiry",
        "incumbent_lessons",
    ]
)


class CannotBegin(Refusal):
    """The file has an appraisal already, or is not of a kind that has one."""


class RiskIsUnclear(Refusal):
    """A risk has words, an answer, and a likelihood and an impact from 1 to 5."""


def begin(procurement: Procurement, *, by: Actor, at: datetime) -> Appraisal:
    """Begin the appraisal, and move the file on to it. What the ending contract says of itself is copied in."""
    with act("began the options appraisal", on=procurement, by=by, at=at):
        if procurement.appraisal is not None:
            raise CannotBegin("This file has an options appraisal already.")
        if procurement.route is Route.SCHEME:
            raise CannotBegin("A purchase under the scheme of delegation needs no options appraisal.")
        if procurement.stage is Stage.NEED:
            move(procurement.only_lot, "start the appraisal", by=by, at=at)
        contract = procurement.ending_contract
        appraisal = Appraisal(procurement=procurement, is_example=procurement.is_example)
        if contract is not None:
            appraisal.incumbent_performance = contract.performance
            appraisal.incumbent_at_expiry = contract.at_expiry
            appraisal.incumbent_lessons = contract.lessons
        db.session.add(appraisal)
    return appraisal


def describe(
    appraisal: Appraisal, *, by: Actor, at: datetime, note: str | None = None, sees: int | None = None, **facts: str
) -> None:
    """Write down or correct the background. `facts` are the texts of the appraisal; lists are one item a line."""
    unknown = facts.keys() - DESCRIBED
    if unknown:
        raise TypeError(f"An appraisal has no {', '.join(sorted(unknown))}.")
    with changing(
        appraisal, "described the background", by=by, at=at, note=note, sees=sees, ends_review=False
    ):  # fmt: skip
        for name, text in facts.items():
            setattr(appraisal, name, text)


def add_risk(
    option: Option, *, text: str, likelihood: int, impact: int, mitigation: str, owner_post: Post, by: Actor,
    at: datetime, note: str | None = None,
) -> OptionRisk:  # fmt: skip
    """Write down a risk of an option."""
    said = f"added a risk of option {option.number}"
    with changing(option.appraisal, said, by=by, at=at, note=note, ends_review=False):
        _refuse_unclear(text, likelihood, impact, mitigation)
        risk = OptionRisk(
            option=option, text=text, likelihood=likelihood, impact=impact, mitigation=mitigation, owner_post=owner_post
        )
        db.session.add(risk)
    return risk


def correct_risk(
    risk: OptionRisk, *, text: str, likelihood: int, impact: int, mitigation: str, owner_post: Post, by: Actor,
    at: datetime, note: str | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Put a risk right."""
    said = f"corrected a risk of option {risk.option.number}"
    with changing(risk.option.appraisal, said, on=risk, by=by, at=at, note=note, sees=sees, ends_review=False):
        _refuse_unclear(text, likelihood, impact, mitigation)
        risk.text, risk.likelihood, risk.impact = text, likelihood, impact
        risk.mitigation, risk.owner_post = mitigation, owner_post


def remove_risk(risk: OptionRisk, *, by: Actor, at: datetime, note: str | None = None) -> None:
    """Take away a risk that was written down by mistake."""
    said = f"removed a risk of option {risk.option.number}"
    with changing(risk.option.appraisal, said, on=risk, by=by, at=at, note=note, ends_review=False):
        db.session.delete(risk)
        db.session.flush()
        db.session.expire(risk.option, ["risks"])


def _refuse_unclear(text: str, likelihood: int, impact: int, mitigation: str) -> None:
    if not text.strip():
        raise RiskIsUnclear("Say what could go wrong.", field="text")
    if not mitigation.strip():
        raise RiskIsUnclear("Say what is done about it.", field="mitigation")
    for name, number in (("likelihood", likelihood), ("impact", impact)):
        if number not in range(1, 6):
            raise RiskIsUnclear(f"Choose the {name}, from 1 to 5.", field=name)


def discard_option(
    appraisal: Appraisal, *, name: str, reason: str, by: Actor, at: datetime, note: str | None = None
) -> DiscardedOption:
    """Write down an option that was thought of and not taken further."""
    with changing(appraisal, f"did not take further: {name}", by=by, at=at, note=note, ends_review=False):
        discarded = DiscardedOption(appraisal=appraisal, name=name, reason=reason)
        db.session.add(discarded)
    return discarded


def correct_discarded(
    discarded: DiscardedOption, *, name: str, reason: str, by: Actor, at: datetime, note: str | None = None,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Put right what was written of an option not taken further."""
    said = "corrected an option not taken further"
    with changing(discarded.appraisal, said, on=discarded, by=by, at=at, note=note, sees=sees, ends_review=False):
        discarded.name, discarded.reason = name, reason


def remove_discarded(discarded: DiscardedOption, *, by: Actor, at: datetime, note: str | None = None) -> None:
    """Take an option off the list of those not taken further."""
    said = f"took off the list of options not taken further: {discarded.name}"
    with changing(discarded.appraisal, said, on=discarded, by=by, at=at, note=note, ends_review=False):
        db.session.delete(discarded)
        db.session.flush()
        db.session.expire(discarded.appraisal, ["discarded"])
