"""How far a decision has come, and what the stages still need of it: for their checklists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.authority.rules.asking import CASE_OFFICER, Why
from procure.authority.rules.kinds import ActKind, DecisionState
from procure.procurement.rules import Check, FileFacts, State, blocked, done, missing


@dataclass(frozen=True)
class DecisionStanding:
    """How far one decision on a lot has come."""

    act: ActKind
    reference: str
    state: DecisionState
    maker: str
    consultee_count: int = 0
    is_asked: bool = False
    unanswered: tuple[str, ...] = ()
    objecting: int = 0
    objections_to_answer: tuple[str, ...] = ()
    uncleared: tuple[str, ...] = ()
    condition_count: int = 0
    unassured: tuple[str, ...] = ()
    has_no_limit: bool = False
    is_limit_confirmed: bool = False
    is_declared: bool = False
    signed_on: date | None = None
    published_on: date | None = None
    is_in_force: bool = True
    effect: str = ""
    """Where a published key decision stands in its call-in, in a sentence; empty where members can’t call it in."""
    obstacles: tuple[Why, ...] = ()
    """What keeps it from being signed, whoever signs."""


@dataclass(frozen=True)
class DecisionFacts:
    """The decisions taken on a lot, the newest of each act."""

    decisions: tuple[DecisionStanding, ...] = ()

    def of(self, act: ActKind) -> DecisionStanding | None:
        """The decision about one act; None where none has been prepared."""
        return next((one for one in self.decisions if one.act is act), None)


def decision_checks(facts: FileFacts, today: date, act: ActKind = ActKind.AWARD) -> tuple[Check, ...]:
    """What the decision about an act still needs, to be signed and published. Pages are named `authority.award_…`."""
    standing = facts.of(DecisionFacts).of(act)
    if standing is None:
        return (
            missing(
                "Prepare the decision", "The decision hasn’t been prepared.", f"authority.{act.value}_prepare",
                hint="What the decision maker will read and sign", who_can=CASE_OFFICER,
            ),
            blocked("Have the decision signed", "The decision hasn’t been signed.", "The decision isn’t prepared yet"),
        )  # fmt: skip
    page = f"authority.{act.value}"
    if standing.state in (DecisionState.WITHDRAWN, DecisionState.SET_ASIDE):
        said = f"{standing.reference} was {standing.state.label.lower()}. Another decision is needed."
        return (
            missing("Prepare the decision", said, f"{page}_prepare", begun=True, hint=said, who_can=CASE_OFFICER),
            blocked("Have the decision signed", "The decision hasn’t been signed.", "The decision isn’t prepared yet"),
        )
    return (
        done("Prepare the decision", f"Prepared as {standing.reference}", f"{page}_decision"),
        *_advice_checks(standing, page),
        *_view_checks(standing, page),
        *_signing_checks(standing, page),
    )


def _advice_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    name, title = f"{page}_clearances", "Finance and legal comments"
    if standing.uncleared:
        whose = words.joined(standing.uncleared)
        yield missing(
            title, f"Comments are missing from {whose.lower()}.", name, hint=f"Waiting for {whose.lower()}", begun=True,
            who_can="Finance and Legal",
        )  # fmt: skip
    else:
        yield done(title, "Given and locked", name)
    yield from _condition_checks(standing, f"{page}_conditions")
    if standing.has_no_limit:
        title, name = "Confirm the limit", f"{page}_confirm_limit"
        if standing.is_limit_confirmed:
            yield done(title, "Legal has confirmed it", name)
        else:
            yield missing(
                title, "The power states no limit, and Legal hasn’t confirmed one.", name,
                hint="The power states no limit. Legal confirms what may be committed.", who_can="Legal",
            )  # fmt: skip


def _condition_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    if not standing.condition_count:
        return
    title = "Say how the conditions of the power are met"
    if standing.unassured:
        first = f"Nobody has said how this is met: “{standing.unassured[0]}”."
        yield missing(
            title, first, page, begun=len(standing.unassured) < standing.condition_count, who_can=CASE_OFFICER
        )
    else:
        yield done(title, "Each has its words", page)


def _view_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    if not standing.consultee_count:
        return
    name, title = f"{page}_views", "Ask the consultees"
    count = words.number_word(standing.consultee_count)
    if not standing.is_asked:
        whom = f"{count} consultees haven’t" if count != "one" else "consultee hasn’t"
        yield missing(title, f"The {whom} been asked.", name, who_can=CASE_OFFICER)
    elif standing.unanswered:
        whom = words.joined(f"the {post}" for post in standing.unanswered)
        verb = "hasn’t" if len(standing.unanswered) == 1 else "haven’t"
        yield missing(
            title, f"{words.sentence(whom)} {verb} replied.", name, begun=True,
            hint=f"{standing.consultee_count - len(standing.unanswered)} of {standing.consultee_count} have answered",
            who_can=CASE_OFFICER,
        )  # fmt: skip
    else:
        yield done(title, answered_words(standing.consultee_count, standing.objecting), name)
    if standing.objections_to_answer:
        whom = words.joined(f"the {post}" for post in standing.objections_to_answer)
        yield missing("Answer the objection", f"Answer the objection of {whom}.", name, who_can=CASE_OFFICER)


def answered_words(consultees: int, objecting: int) -> str:
    """How a consultation ended: "All four answered. One objects."."""
    if not consultees:
        return "Nobody had to be consulted."
    everybody = "The consultee answered." if consultees == 1 else f"All {words.number_word(consultees)} answered."
    if not objecting:
        return f"{everybody} Nobody objects."
    return f"{everybody} {words.sentence(words.number_word(objecting))} object{'s' if objecting == 1 else ''}."


def _effect_checks(standing: DecisionStanding, name: str) -> Iterator[Check]:
    """Nothing is done under a key decision before its call-in is over, nor once it was sent back."""
    title = "Wait until the decision takes effect"
    if not standing.effect:
        return
    if standing.is_in_force:
        yield done(title, standing.effect, name)
    else:
        yield Check(title, State.CANNOT_START, standing.effect, name, f"The decision isn’t in force. {standing.effect}")


def _signing_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    name, maker = f"{page}_decision", standing.maker
    if standing.signed_on:
        yield done("Have the decision signed", f"Signed on {words.day(standing.signed_on)}, interests declared", name)
        if standing.published_on:
            yield done("Publish the decision", f"Published on {words.day(standing.published_on)}", name)
            yield from _effect_checks(standing, name)
        else:
            yield missing(
                "Publish the decision", "The signed decision hasn’t been published.", f"{page}_publish",
                who_can=CASE_OFFICER,
            )  # fmt: skip
    elif standing.state is DecisionState.SENT:
        yield Check(
            "Have the decision signed", State.CANNOT_START, f"With the {maker}. It doesn’t wait for you.", name,
            f"The {maker} hasn’t signed.", f"The {maker}",
        )  # fmt: skip
    elif standing.state is DecisionState.REFUSED:
        yield missing("Have the decision signed", f"The {maker} refused. A new decision is needed.", name)
    elif standing.obstacles:
        first = standing.obstacles[0].sentence
        yield blocked("Have the decision signed", f"The {maker} hasn’t signed. {first}", first)
    else:
        yield missing(
            "Have the decision signed", f"It hasn’t been sent to the {maker}.", f"{page}_views",
            hint=f"Send it to the {maker}", who_can=CASE_OFFICER,
        )  # fmt: skip
