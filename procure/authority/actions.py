"""What is done to a decision: prepared and sent by one person, signed, returned or refused by another.

Consultation and advice are in `consulting_actions`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act, what_follows
from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.letters import to_maker, to_officer, to_the_informed
from procure.authority.models import Alternative, Clearance, Decision, Delegation
from procure.authority.power import delegation_for, question_about, the_council
from procure.authority.rules import ActKind, Answer, DecisionState, Interest, View, Why, may_act
from procure.authority.signature import sha256_of, text_to_sign
from procure.documents.actions import issue, latest
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.actions import next_reference
from procure.procurement.models import Lot, Procurement
from procure.refusals import Refusal
from procure.suppliers.models import Supplier

MATTER = ("supplier", "value_net", "value_gross", "annual_gross", "max_months", "points", "delegation")
"""What others gave their views and comments on: once one of these changes, they are asked again."""

TEXTS = (
    "title", "summary", "reasons", "risks", "financial_text", "equality_text", "alignment_text", "key_text", "is_key",
    "exempt_text", "sign_by_on",
)  # fmt: skip
"""What may be mended without asking anybody again."""

PREPARING = (DecisionState.DRAFT, DecisionState.RETURNED)
WITH_OTHERS = (DecisionState.CONSULTING, DecisionState.SENT)


class NotYours(Refusal):
    """The act belongs to somebody else: the case officer, the decision maker, an adviser."""


class NoPower(Refusal):
    """Nobody has been given the power to do this."""


class NotNow(Refusal):
    """The decision stands where this can't be done."""


class NotReady(Refusal):
    """The decision can't be sent: the sentence says what is missing."""


class SignatureRefused(Refusal):
    """A signature without authority. The attempt itself belongs on the file."""

    recorded = True

    def __init__(self, reasons: tuple[Why, ...]) -> None:
        first = reasons[0]
        super().__init__(first.sentence, field=first.field or None, who_can=first.who_can or None)
        self.reasons = reasons


class MakersReasonNeeded(Refusal):
    """Returning or refusing needs a reason."""


class CannotPublish(Refusal):
    """Only a signed decision is published, on a day from its signature to today."""


def held(decision: Decision) -> Decision:
    """The decision as it is now, kept from others until the act ends: views and signature don't cross."""
    db.session.flush()
    db.session.refresh(decision, with_for_update=True)
    return decision


def must_run(by: Actor, procurement: Procurement | None, at: datetime) -> None:
    """Refuse anybody who isn't a procurement officer on the file."""
    if not isinstance(by, Person) or procurement is None:
        return
    if Role.OFFICER not in roles_of(by, legal_day(at), procurement.id):
        raise NotYours("Only the case officer can do this.", who_can="The case officer")


def must_decide(by: Person, decision: Decision, at: datetime) -> None:
    """Refuse anybody who doesn't hold the deciding post on the day."""
    day = legal_day(at)
    if not holds(by, decision.post_id, day):
        raise NotYours(f"Only the {decision.post.name} can do this.", who_can=f"The {decision.post.name}")


# ── preparing ──


def prepare(
    lot: Lot,
    *,
    act_kind: ActKind,
    by: Person,
    at: datetime,
    title: str,
    supplier: Supplier | None = None,
    value_net: Decimal | None = None,
    value_gross: Decimal | None = None,
    annual_gross: Decimal | None = None,
    max_months: int | None = None,
    points: Sequence[str] = (),
    reasons: Sequence[str] = (),
    risks: Sequence[str] = (),
    alternatives: Sequence[tuple[str, str]] = (),
    reference: str | None = None,
    **texts: Any,
) -> Decision:
    """Draft a decision for whoever has the power to take it. Lists are kept one a line; `texts` are columns' names.

    Raises `NoPower` where no resolution and no paragraph of the scheme gives the act to anybody.
    """
    procurement, day = lot.procurement, legal_day(at)
    reference = reference or next_reference("ODR", Decision.reference, day.year)
    with act(f"prepared the decision {reference}", on=procurement, by=by, at=at):
        must_run(by, procurement, at)
        power = delegation_for(act_kind, procurement, day, value_gross=value_gross, max_months=max_months)
        if power is None:
            raise NoPower(
                f"Nobody has been given the power to {act_kind.label} on this file.",
                who_can="Democratic services can record the resolution that gives it.",
            )
        decision = Decision(
            reference=reference, title=title, act=act_kind, procurement=procurement, lot=lot, delegation=power,
            post=power.post, prepared_by=by, prepared_at=at, supplier=supplier, value_net=value_net,
            value_gross=value_gross, annual_gross=annual_gross, max_months=max_months, points="\n".join(points),
            reasons="\n".join(reasons), risks="\n".join(risks), is_example=procurement.is_example, **texts,
        )  # fmt: skip
        decision.alternatives = [Alternative(name=name, reason=why) for name, why in alternatives]
        decision.clearances = _clearances()
        db.session.add(decision)
    return decision


def _clearances() -> list[Clearance]:
    """Finance and Legal comment on every decision, through the posts the council names for them."""
    council = the_council()
    posts = (
        ("Finance", council.finance_officer_post if council else None),
        ("Legal", council.monitoring_officer_post if council else None),
    )
    return [Clearance(heading=heading, post=post) for heading, post in posts if post is not None]


def prepare_award(
    lot: Lot,
    winner: Supplier,
    *,
    value_net: Decimal,
    value_gross: Decimal,
    annual_gross: Decimal,
    max_months: int,
    by: Person,
    at: datetime,
    ranking: Sequence[tuple[str, Decimal]] = (),
    **given: Any,
) -> Decision:
    """Draft the award of a lot from its record. `ranking` is every assessed bidder with its total, best first.

    What `given` names replaces what would be drafted: title, summary, points, reasons, alternatives and the texts.
    """
    drafted = award_draft(lot, winner, value_gross=value_gross, max_months=max_months, ranking=ranking)
    return prepare(
        lot, act_kind=ActKind.AWARD, supplier=winner, value_net=value_net, value_gross=value_gross,
        annual_gross=annual_gross, max_months=max_months, by=by, at=at, **(drafted | given),
    )  # fmt: skip


def award_draft(
    lot: Lot, winner: Supplier, *, value_gross: Decimal, max_months: int, ranking: Sequence[tuple[str, Decimal]]
) -> dict[str, Any]:
    """The words of an award as its record gives them, for the officer to mend."""
    procurement = lot.procurement
    most, term = words.pounds(value_gross), words.months_label(max_months)
    what = f"{lot.full_title[:1].lower()}{lot.full_title[1:]}"
    starts = f", from {words.day(procurement.service_starts_on)}" if procurement.service_starts_on else ""
    reasons, alternatives = [], []
    if ranking:
        place = f"It came first of {words.number_word(len(ranking))}" if len(ranking) > 1 else "It was the only bid"
        reasons.append(f"{place} with {words.points(ranking[0][1])} of 100.")
        alternatives = [
            (f"Award to {name} ({words.points(total)})", "A lower total under the published method.")
            for name, total in ranking
            if name != winner.name
        ]
    without = f"There would be no contract{starts.replace(', from', ' from')}."
    return {
        "title": f"Award the contract for {what}",
        "points": [
            f"Award the contract for {what} to {winner.name}{starts}, for at most {most} including VAT over {term}.",
        ],
        "reasons": reasons,
        "alternatives": [*alternatives, ("Not to award, and buy again", without)],
    }


def correct(
    decision: Decision,
    *,
    by: Person,
    at: datetime,
    sees: int | None = None,
    alternatives: Sequence[tuple[str, str]] | None = None,
    **facts: Any,
) -> None:
    """Mend a decision while it is prepared. Changing the matter voids the views and comments given on the old one."""
    with act("changed the decision", on=decision, by=by, at=at, sees=sees):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state not in PREPARING:
            raise NotNow(
                "You can’t change this now: others have it before them. The decision maker can return it to you.",
                who_can=f"The {decision.post.name}",
            )
        before = {name: getattr(decision, name) for name in MATTER}
        for name, value in facts.items():
            setattr(decision, name, "\n".join(value) if isinstance(value, list | tuple) else value)
        if alternatives is not None:
            _replace_alternatives(decision, alternatives)
        if any(getattr(decision, name) != value for name, value in before.items()):
            _void_what_was_said(decision)


def _replace_alternatives(decision: Decision, wanted: Sequence[tuple[str, str]]) -> None:
    kept = list(decision.alternatives)
    for row, (name, why) in zip(kept, wanted, strict=False):
        row.name, row.reason = name, why
    decision.alternatives += [Alternative(name=name, reason=why) for name, why in wanted[len(kept) :]]
    for row in kept[len(wanted) :]:
        db.session.delete(row)
    db.session.flush()
    db.session.expire(decision, ["alternatives"])


def _void_what_was_said(decision: Decision) -> None:
    """Views, comments and the confirmed limit were about something else now; the trail keeps them."""
    for view in decision.views:
        view.answered_at = view.answered_by_id = view.view = view.interest = None
        view.words = view.officer_answer = view.interest_text = ""
    for clearance in decision.clearances:
        clearance.given_at = clearance.given_by_id = None
    decision.no_limit_confirmed_at = decision.no_limit_confirmed_by_id = None
    decision.no_limit_confirmation = ""
    decision.silence_advice = ""
    decision.silence_advised_at = decision.silence_advised_by_id = None


def use_power(decision: Decision, delegation: Delegation, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Rest the decision on another power, as when the first was replaced. The deciding post goes with it."""
    with act("chose another power for the decision", on=decision, by=by, at=at, sees=sees):
        correct(decision, by=by, at=at, delegation=delegation, post=delegation.post)


# ── sending ──


def what_keeps_it(decision: Decision, day: date) -> tuple[Why, ...]:
    """What the officer must still see to before the decision maker can sign: empty when it can be sent."""
    answer = may_act(question_about(decision, day, decision.post.acting_on(day)))
    found = [why for why in answer.obstacles if not why.is_personal]
    found += [
        Why(f"{clearance.heading} hasn’t commented.", f"The {clearance.post.name} can.", "authority.clearances")
        for clearance in decision.clearances
        if clearance.given_at is None
    ]
    found += [
        Why(f"You haven’t answered the objection of the {view.post.name}.", "", "authority.views")
        for view in decision.views
        if view.view is View.OBJECTS and not view.officer_answer
    ]
    found += unwritten(decision)
    return tuple(found)


def unwritten(decision: Decision) -> list[Why]:
    """The words a decision can't do without. SI 2012/2089 reg 13 asks for reasons and rejected alternatives."""
    asked = (
        ("points", "Say what is to be decided."),
        ("summary", "Say in plain words what the decision does."),
        ("reasons", "Give the reasons for the decision."),
        ("alternatives", "Say what was considered and rejected."),
    )
    return [Why(sentence, "", "authority.prepare", name) for name, sentence in asked if not getattr(decision, name)]


def send_to_decider(decision: Decision, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Put the decision before the decision maker. Refused while they couldn't sign it."""
    with act("sent the decision to the decision maker", on=decision, by=by, at=at, sees=sees):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state in (DecisionState.SENT, DecisionState.SIGNED, DecisionState.REFUSED):
            raise NotNow(f"You can’t send this now. It is: {decision.state.label.lower()}.")
        keeps = what_keeps_it(decision, legal_day(at))
        if keeps:
            raise NotReady(keeps[0].sentence, who_can=keeps[0].who_can or None)
        decision.state, decision.sent_at = DecisionState.SENT, at
        to_maker("decision_ready", decision, at=at)


# ── deciding ──


def sign(
    decision: Decision,
    *,
    interest: Interest | None,
    by: Person,
    at: datetime,
    interest_text: str = "",
    objection_reason: str = "",
    silence_reason: str = "",
    sees: int | None = None,
) -> Answer:
    """Sign a decision, after testing the authority for it anew, inside the act.

    A refused attempt is recorded. The signature binds one canonical text and the digest of every paper; the
    officer's record is issued after it and prints that digest. Password or second factor are the entrance's business.
    """
    day = legal_day(at)
    with act("signed the decision", on=decision, by=by, at=at, sees=sees):
        held(decision)
        if decision.state is not DecisionState.SENT:
            raise SignatureRefused(_why_not_before_you(decision, may_act(question_about(decision, day, by))))
        decision.maker_interest = interest
        decision.maker_interest_text = interest_text.strip()
        decision.objection_reason, decision.silence_reason = objection_reason.strip(), silence_reason.strip()
        answer = may_act(question_about(decision, day, by))
        if not answer.allowed:
            raise SignatureRefused((*answer.obstacles, *(why for why in answer.reasons if why.field)))
        decision.authority_chain = answer.chain
        decision.signed_canonical = text_to_sign(decision, chain=answer.chain, by=by, at=at)
        decision.digest = sha256_of(decision.signed_canonical)
        decision.signed_by, decision.signed_at, decision.state = by, at, DecisionState.SIGNED
        to_the_informed("decision_signed", decision, at=at)
    issue_record(decision, by=by, at=at)
    return answer


def _why_not_before_you(decision: Decision, answer: Answer) -> tuple[Why, ...]:
    """Why a decision isn't there to sign: it is over, or lacks what its authority asks, or wasn't sent."""
    if decision.state is DecisionState.SIGNED:
        return (Why("This decision is signed already."),)
    if decision.state is DecisionState.REFUSED:
        return (Why("This decision was refused. A new one is needed.", "The case officer can prepare it."),)
    unsent = Why("You can’t sign yet. The case officer hasn’t sent this to you.", "The case officer can send it.")
    return answer.obstacles or (unsent,)


def issue_record(decision: Decision, *, by: Person, at: datetime) -> Refusal | None:
    """Issue the record of a signed decision. What it still lacks comes back; the signature stands all the same."""
    try:
        with what_follows():
            issue(OFFICER_DECISION_RECORD, decision, subject=decision.reference, by=by, at=at)
    except Refusal as refusal:
        return refusal
    return None


def return_to_officer(decision: Decision, reason: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Give a decision back to be mended. Views stand unless its matter is changed."""
    with act("returned the decision to the officer", on=decision, by=by, at=at, note=reason, sees=sees):
        _end(decision, DecisionState.RETURNED, reason, by=by, at=at)
        to_officer("decision_returned", decision, at=at, said="returned", reason=reason)


def refuse(decision: Decision, reason: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Refuse a decision for good. A different one may be prepared."""
    with act("refused the decision", on=decision, by=by, at=at, note=reason, sees=sees):
        _end(decision, DecisionState.REFUSED, reason, by=by, at=at)
        to_officer("decision_returned", decision, at=at, said="refused", reason=reason)


def _end(decision: Decision, state: DecisionState, reason: str, *, by: Person, at: datetime) -> None:
    held(decision)
    must_decide(by, decision, at)
    if decision.state not in WITH_OTHERS:
        raise NotNow(f"You can’t do this now. The decision is: {decision.state.label.lower()}.")
    if not reason.strip():
        raise MakersReasonNeeded("Say why.", field="reason")
    decision.state, decision.ended_because, decision.sent_at = state, reason.strip(), None


def ask_officer_to_chase(decision: Decision, *, by: Person, at: datetime) -> None:
    """The decision maker asks the officer to chase those who haven't answered."""
    with act("asked the officer to chase the missing views", on=decision, by=by, at=at):
        held(decision)
        must_decide(by, decision, at)
        silent = [view.post.name for view in decision.views if view.answered_at is None]
        if not silent:
            raise NotNow("Everybody who was asked has answered.")
        to_officer("chase_wanted", decision, at=at, silent=words.joined(f"the {post}" for post in silent))


# ── after it is signed ──


def publish(decision: Decision, on: date, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Record the day the decision was published, and issue its record anew where that day wasn't the planned one."""
    with act("published the decision", on=decision, by=by, at=at, sees=sees):
        held(decision)
        if Role.DEMOCRATIC_SERVICES not in roles_of(by, legal_day(at)):
            must_run(by, decision.procurement, at)
        if decision.state is not DecisionState.SIGNED or decision.signed_at is None:
            raise CannotPublish("You can’t publish this yet. It isn’t signed.", who_can=f"The {decision.post.name}")
        if decision.published_on is not None:
            raise CannotPublish(f"It was published on {words.day(decision.published_on)}.")
        if not legal_day(decision.signed_at) <= on <= legal_day(at):
            signed = words.day(legal_day(decision.signed_at))
            raise CannotPublish(f"Enter a day from {signed}, when it was signed, to today.", field="on")
        decision.published_on = on
    kept = latest(decision.trail_file(), OFFICER_DECISION_RECORD.name, decision.reference)
    if kept is None or json.loads(kept.facts)["facts"]["decision"]["published_on"] != on.isoformat():
        issue_record(decision, by=by, at=at)
