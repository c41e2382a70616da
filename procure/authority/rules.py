"""By what right: acts, kinds of resolution, views, and the one function that tests authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.choices import Labelled
from procure.procurement.rules import Check, FileFacts, blocked, done, missing


class ActKind(Labelled):
    """An act for which authority is needed. One delegation row gives one of them and no other."""

    PROCURE = "procure", "conduct the procurement"
    AWARD = "award", "award"
    ENTER = "enter", "enter into the contract"
    EXTEND = "extend", "extend"
    VARY = "vary", "vary"
    TERMINATE = "terminate", "terminate"
    ANCILLARY = "ancillary", "enter into ancillary agreements"
    OTHER = "other", "another act"


class ResolutionKind(Labelled):
    APPROVE_POLICY = "approve_policy", "Approve a policy"
    NOTE = "note", "Note"
    RING_FENCE = "ring_fence", "Ring-fence a budget"
    APPROVE_PROCUREMENT = "approve_procurement", "Approve a procurement"
    DELEGATE = "delegate", "Delegate authority"
    OTHER = "other", "Something else"


MAY_GIVE: Mapping[ResolutionKind, frozenset[ActKind]] = {ResolutionKind.DELEGATE: frozenset(ActKind)}
"""Acts for which a resolution of a kind may give authority. A kind left out gives none: to note is to allow nothing."""


class View(Labelled):
    """What a consultee answers. Consultees don't vote and can't veto."""

    CONTENT = "content", "Content"
    COMMENTS = "comments", "Comments"
    OBJECTS = "objects", "Objects"


class Interest(Labelled):
    NONE = "none", "None to declare"
    DECLARED = "declared", "I have an interest"


class DecisionState(Labelled):
    """Where a decision stands. Returned decisions are prepared again; refused and signed ones are final."""

    DRAFT = "draft", "Being prepared"
    CONSULTING = "consulting", "Out for views"
    SENT = "sent", "With the decision maker"
    RETURNED = "returned", "Returned to the officer"
    REFUSED = "refused", "Refused"
    SIGNED = "signed", "Signed"


# ── may this person do this act today? ──

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
    max_months: int | None = None
    other_party: str = ""
    is_successful_bidder: bool | None = None
    limit_confirmation: str = ""
    silence_reason: str = ""
    silence_advice: str = ""
    objection_reason: str = ""
    objection_refers_back: bool = False


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
    elif power.max_value_gross is not None and question.value_gross > power.max_value_gross:
        value, most = words.pence(question.value_gross), words.pence(power.max_value_gross)
        yield Why(f"{value} including VAT is more than the {most} this power allows.", raise_it)
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


# ── how far a decision has come, for the checklists of the stages ──


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
    has_no_limit: bool = False
    is_limit_confirmed: bool = False
    is_declared: bool = False
    signed_on: date | None = None
    published_on: date | None = None
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
    if standing.has_no_limit:
        title, name = "Confirm the limit", f"{page}_confirm_limit"
        if standing.is_limit_confirmed:
            yield done(title, "Legal has confirmed it", name)
        else:
            yield missing(
                title, "The power states no limit, and Legal hasn’t confirmed one.", name,
                hint="The power states no limit. Legal confirms what may be committed.", who_can="Legal",
            )  # fmt: skip


def _view_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    if not standing.consultee_count:
        return
    name, title = f"{page}_views", "Ask the consultees"
    count = words.number_word(standing.consultee_count)
    if not standing.is_asked:
        yield missing(title, f"The {count} consultees haven’t been asked.", name, who_can=CASE_OFFICER)
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


def _signing_checks(standing: DecisionStanding, page: str) -> Iterator[Check]:
    name, maker = f"{page}_decision", standing.maker
    if standing.signed_on:
        yield done("Have the decision signed", f"Signed on {words.day(standing.signed_on)}, interests declared", name)
        if standing.published_on:
            yield done("Publish the decision", f"Published on {words.day(standing.published_on)}", name)
        else:
            yield missing(
                "Publish the decision", "The signed decision hasn’t been published.", f"{page}_publish",
                who_can=CASE_OFFICER,
            )  # fmt: skip
    elif standing.state is DecisionState.SENT:
        yield missing(
            "Have the decision signed", f"The {maker} hasn’t signed.", name, begun=True, hint=f"With the {maker}",
            who_can=f"The {maker}",
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
