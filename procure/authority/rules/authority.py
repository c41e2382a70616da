"""The one function that tests authority: may this act be done, by this person, on this day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.authority.rules.kinds import MAY_GIVE, ActKind, Interest, ResolutionKind, View

SPENDING_ACTS = frozenset(
    {ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER, ActKind.EXTEND, ActKind.VARY, ActKind.ANCILLARY}
)
"""Acts that commit money, so that limits of value and term apply."""

ACTS_IN_THE_CHAIN = {
    ActKind.PROCURE: "conducts the procurement",
    ActKind.AWARD: "awards",
    ActKind.ENTER: "enters into the contract",
    ActKind.EXTEND: "extends",
    ActKind.VARY: "varies",
    ActKind.TERMINATE: "terminates",
    ActKind.ANCILLARY: "enters into ancillary agreements",
    ActKind.OTHER: "acts",
}

CASE_OFFICER = "The case officer"
NO_LIMIT = "The power states no limit on"


@dataclass(frozen=True)
class Power:
    """One delegation as it stands on a day. `in_force_from` is None while nobody can say (not published, called in)."""

    source: str
    """Where it was given: "Cabinet, 13 July 2027, item 92, resolution (v)"."""
    giver: str
    act: ActKind
    post: str
    consultees: tuple[str, ...] = ()
    resolution_kind: ResolutionKind | None = None
    numeral: str = ""
    in_force_from: date | None = None
    is_stopped: bool = False
    effect: str = ""
    """Why it isn't in force, in the words of its call-in."""
    until_on: date | None = None
    superseded_on: date | None = None
    max_value_gross: Decimal | None = None
    max_months: int | None = None
    counterparty: str = ""
    scope: str = ""
    conditions: str = ""
    words: str = ""
    other_file: str = ""
    """Reference of the file it was given for, where that isn't this one."""


@dataclass(frozen=True)
class Signer:
    """Who would sign, and what keeps people apart: who prepares, scores or has an interest doesn't decide."""

    holds_post: bool
    is_deputy: bool = False
    written_authority: str = ""
    has_prepared: bool = False
    has_scored: bool = False
    interest: Interest | None = None


@dataclass(frozen=True)
class Consulted:
    """One post that was asked, and what came of it by the day of the question."""

    post: str
    due_on: date
    is_chased: bool = False
    view: View | None = None
    interest: Interest | None = None
    dispensation: str = ""
    substitute: str = ""
    is_answered_by_officer: bool = False


@dataclass(frozen=True)
class Question:
    """May this act be done, by this person, on this day? Everything the answer depends on.

    `signer` is None where the post is vacant. `is_successful_bidder` is None where there is no other party yet.
    """

    act: ActKind
    day: date
    power: Power | None
    signer: Signer | None
    post: str = ""
    consulted: tuple[Consulted, ...] = ()
    value_gross: Decimal | None = None
    other_lots_gross: Decimal = Decimal(0)
    """What other lots are awarded at under the same power: its limit holds for all of them together."""
    max_months: int | None = None
    other_party: str = ""
    is_successful_bidder: bool | None = None
    limit_confirmation: str = ""
    silence_reason: str = ""
    silence_advice: str = ""
    objection_reason: str = ""
    objection_refers_back: bool = False
    file_stands: Why | None = None
    """Why the file itself keeps anybody from deciding: it is paused, abandoned or sent back."""


@dataclass(frozen=True)
class Why:
    """One reason why not: what is missing, who can act, and where.

    `field` names what the signer gives while signing, `is_personal` what is about this signer and no other.
    """

    sentence: str
    who_can: str = ""
    page: str = ""
    field: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Answer:
    """Whether the act is allowed; the chain it rests on; every reason why not, and what to know all the same."""

    chain: str
    reasons: tuple[Why, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons

    @property
    def obstacles(self) -> tuple[Why, ...]:
        """Reasons that the signer can't mend while signing."""
        return tuple(why for why in self.reasons if not why.field)


def may_act(question: Question) -> Answer:
    """The one test of authority. No row for the act means no authority."""
    power = question.power
    if power is None:
        return Answer(
            "",
            (
                Why(
                    f"Nobody has been given the power to {question.act.label} on this file.",
                    "Democratic services can record the resolution that gives it.",
                ),
            ),
        )
    silent = tuple(one for one in question.consulted if _is_settled_silence(one, question))
    reasons = (
        *((question.file_stands,) if question.file_stands else ()),
        *_power_holds(power, question),
        *_signer_may(question.signer, question.post or power.post),
        *_were_consulted(power, question),
        *_objections_met(question),
        *_within_limits(power, question),
        *_with_the_right_party(power, question),
    )
    return Answer(chain_of(power, question.act), reasons, _warnings(power, question, silent))


def chain_of(power: Power, act: ActKind) -> str:
    """One sentence from the power to the act: who gave it, to whom, after consulting whom, since when."""
    count = len(power.consultees)
    asked = ""
    if count:
        whom = f"the {power.consultees[0]}" if count == 1 else f"{words.number_word(count)} posts"
        asked = f" after consulting {whom}"
    since = f"; in force from {words.day(power.in_force_from)}" if power.in_force_from else ""
    return f"{power.source}: to the {power.post}, who {ACTS_IN_THE_CHAIN[act]}{asked}{since}."


def _power_holds(power: Power, question: Question) -> Iterator[Why]:
    day, new_one = question.day, f"{words.sentence(power.giver)} can give a new power."
    if power.resolution_kind is ResolutionKind.NOTE:
        yield Why(f"Resolution {power.numeral} only notes something. It gives nobody a power to act.", new_one)
    elif power.resolution_kind is not None and power.act not in MAY_GIVE.get(power.resolution_kind, ()):
        said = f"Resolution {power.numeral} doesn’t delegate. It gives nobody a power to {power.act.label}."
        yield Why(said, new_one)
    if power.act is not question.act:
        yield Why(f"This is a power to {power.act.label}. It isn’t a power to {question.act.label}.", new_one)
    if power.other_file:
        yield Why(f"This power was given for another purchase, {power.other_file}.", new_one)
    if power.superseded_on and power.superseded_on <= day:
        yield Why(f"This power was replaced on {words.day(power.superseded_on)}.", new_one)
    if power.until_on and power.until_on < day:
        yield Why(f"This power ended on {words.day(power.until_on)}.", new_one)
    if power.is_stopped or power.in_force_from is None:
        yield Why(f"This power isn’t in force. {power.effect}".strip(), "Democratic services record the call-in.")
    elif day < power.in_force_from:
        effect = power.effect or f"It takes effect on {words.weekday(power.in_force_from)}."
        yield Why(f"This power isn’t in force yet. {effect}", "Nobody can shorten this time.")


def _signer_may(signer: Signer | None, post: str) -> Iterator[Why]:
    another = "A deputy with written authority can decide instead."
    if signer is None:
        yield Why(
            f"Nobody holds the post of {post}.",
            "The administrator can record who holds it, acts for it or may decide as deputy.",
        )
        return
    if not signer.holds_post:
        yield Why(f"You don’t hold the post of {post}.", f"Only the {post} can sign.", is_personal=True)
    elif signer.is_deputy and not signer.written_authority:
        yield Why(
            "You are recorded as deputy, but without the written authority to decide.",
            "The administrator can record it.", is_personal=True,
        )  # fmt: skip
    if signer.has_prepared:
        yield Why("You prepared this decision, so you can’t sign it.", another, is_personal=True)
    if signer.has_scored:
        yield Why("You scored or moderated these bids, so you can’t decide on them.", another, is_personal=True)
    if signer.interest is None:
        yield Why("Say whether you have an interest in this decision.", field="interest", is_personal=True)
    elif signer.interest is Interest.DECLARED:
        yield Why(
            "You have declared an interest, so you can’t decide. Return it to the officer.", another,
            field="interest", is_personal=True,
        )  # fmt: skip


def _were_consulted(power: Power, question: Question) -> Iterator[Why]:
    asked = {one.post: one for one in question.consulted}
    for post in power.consultees:
        one = asked.get(post)
        if one is None:
            yield Why(f"The {post} hasn’t been asked.", f"{CASE_OFFICER} can ask.", "authority.views")
        elif one.view is None:
            yield from _silent(one, question)
        elif one.interest is None or (one.interest is Interest.DECLARED and not one.dispensation):
            yield Why(
                f"The {_who(one)} declared an interest. No dispensation or substitute is recorded.",
                f"{CASE_OFFICER} can record a substitute or the dispensation.", "authority.views",
            )  # fmt: skip


def _who(one: Consulted) -> str:
    return f"{one.substitute}, for the {one.post}," if one.substitute else one.post


def _silent(one: Consulted, question: Question) -> Iterator[Why]:
    if _is_settled_silence(one, question):
        return
    if question.silence_advice and _may_be_left(one, question.day):
        yield Why(f"Say why you decide without the view of the {one.post}.", field="silence_reason")
        return
    who = f"{CASE_OFFICER} can chase the reply, or record a substitute with the authority for it."
    if _may_be_left(one, question.day):
        who = f"{who} The Monitoring Officer can advise that the decision need not wait."
    yield Why(f"The {_who(one)} hasn’t replied.", who, "authority.views")


def _may_be_left(one: Consulted, day: date) -> bool:
    """Deadline past and chased once: from then a reason and the Monitoring Officer's advice can stand for the view."""
    return one.is_chased and day > one.due_on


def _is_settled_silence(one: Consulted, question: Question) -> bool:
    return (
        one.view is None
        and _may_be_left(one, question.day)
        and bool(question.silence_reason)
        and bool(question.silence_advice)
    )


def _objections_met(question: Question) -> Iterator[Why]:
    against = [one.post for one in question.consulted if one.view is View.OBJECTS]
    if not against:
        return
    if question.objection_refers_back:
        named = words.joined(f"the {post}" for post in against)
        verb = "objects" if len(against) == 1 else "object"
        yield Why(
            f"{words.sentence(named)} {verb}. Under this council’s rules the decision goes back.",
            f"{question.power.giver if question.power else 'The body'} can decide.",
        )
    elif not question.objection_reason:
        which = "the objection" if len(against) == 1 else f"the {words.number_word(len(against))} objections"
        yield Why(f"Say why you go ahead despite {which}.", field="objection_reason")


def _within_limits(power: Power, question: Question) -> Iterator[Why]:
    if question.act not in SPENDING_ACTS:
        return
    lacking = limits_not_stated(power.max_value_gross, power.max_months)
    if lacking and not question.limit_confirmation:
        yield Why(
            f"{NO_LIMIT} {lacking}. Legal hasn’t confirmed what may be committed.",
            "A lawyer of the council can confirm it.", "authority.confirm_limit",
        )  # fmt: skip
    raise_it = f"Only {power.giver} can allow more."
    if question.value_gross is None:
        yield Why("The decision states no value.", f"{CASE_OFFICER} can add it.")
    elif power.max_value_gross is not None and question.value_gross + question.other_lots_gross > power.max_value_gross:
        value = words.pence(question.value_gross + question.other_lots_gross)
        all_lots = ", with the lots already awarded," if question.other_lots_gross else ""
        most = words.pence(power.max_value_gross)
        yield Why(f"{value} including VAT{all_lots} is more than the {most} this power allows.", raise_it)
    if power.max_months is not None and (question.max_months or 0) > power.max_months:
        term = words.sentence(words.months_label(question.max_months or 0))
        yield Why(f"{term} is longer than the {words.months_label(power.max_months)} this power allows.", raise_it)


def limits_not_stated(max_value_gross: Decimal | None, max_months: int | None) -> str:
    """Which limits a power leaves open, in words; empty where it states both."""
    return words.joined(
        (name for name, limit in (("value", max_value_gross), ("term", max_months)) if limit is None), "or"
    )


def _with_the_right_party(power: Power, question: Question) -> Iterator[Why]:
    if power.counterparty and question.act is not ActKind.PROCURE and question.is_successful_bidder is not True:
        party = question.other_party or "The other party"
        yield Why(
            f"{party} isn’t “{power.counterparty}”, so this is outside the power.",
            f"{CASE_OFFICER} can name the right party. {words.sentence(power.giver)} can give a wider power.",
        )


def _warnings(power: Power, question: Question, silent: tuple[Consulted, ...]) -> tuple[str, ...]:
    said = [
        f"The {one.post} didn’t answer by {words.weekday(one.due_on)}. The decision is taken without that view."
        for one in silent
    ]
    said += [
        f"{CASE_OFFICER} hasn’t answered the objection of the {one.post}."
        for one in question.consulted
        if one.view is View.OBJECTS and not one.is_answered_by_officer
    ]
    lacking = limits_not_stated(power.max_value_gross, power.max_months)
    if lacking and question.act in SPENDING_ACTS and question.limit_confirmation:
        said.append(f"{NO_LIMIT} {lacking}. Legal confirms: {question.limit_confirmation}")
    return tuple(said)
