"""What the case officer does to a decision: prepares and sends it; and its record and publication once it is signed.

Consultation and advice are in `consulting_actions`, what the decision maker does in `signing_actions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procure import words
from procure.audit.actions import Actor, act, what_follows
from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.forward_plan_facts import why_not_noticed
from procure.authority.letters import to_maker
from procure.authority.models import Alternative, Clearance, Decision, Delegation
from procure.authority.power import delegation_for, the_council
from procure.authority.question import question_about
from procure.authority.rules import ActKind, DecisionState, View, Why, may_act
from procure.documents.actions import issue
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of, holds, roles_of
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.procurement.actions import NewReference
from procure.procurement.models import Lot, Procurement
from procure.refusals import Refusal
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.contract.models import Contract

MATTER = ("supplier", "value_net", "value_gross", "annual_gross", "total_gross", "max_months", "points", "delegation")
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


def held(decision: Decision) -> Decision:
    """The decision as it is now, kept from others until the act ends: views and signature don't cross."""
    db.session.flush()
    db.session.refresh(decision, with_for_update=True)
    return decision


def must_run(by: Actor, procurement: Procurement | None, at: datetime) -> None:
    """Refuse anybody who isn't a procurement officer: on the file, or for all files where there is none."""
    if not isinstance(by, Person):
        return
    day = legal_day(at)
    if Role.OFFICER not in (roles_of(by, day, procurement.id) if procurement else global_roles_of(by, day)):
        raise NotYours("Only the case officer can do this.", who_can="The case officer")


def must_decide(by: Person, decision: Decision, at: datetime) -> None:
    """Refuse anybody who doesn't hold the deciding post on the day."""
    day = legal_day(at)
    if not holds(by, decision.post_id, day):
        raise NotYours(f"Only the {decision.post.name} can do this.", who_can=f"The {decision.post.name}")


# ── preparing ──


def prepare(
    lot: Lot | None,
    *,
    act_kind: ActKind,
    by: Person,
    at: datetime,
    title: str,
    contract: Contract | None = None,
    post: Post | None = None,
    supplier: Supplier | None = None,
    value_net: Decimal | None = None,
    value_gross: Decimal | None = None,
    annual_gross: Decimal | None = None,
    total_gross: Decimal | None = None,
    max_months: int | None = None,
    points: Sequence[str] = (),
    reasons: Sequence[str] = (),
    risks: Sequence[str] = (),
    alternatives: Sequence[tuple[str, str]] = (),
    reference: str | None = None,
    **texts: Any,
) -> Decision:
    """Draft a decision for whoever has the power to take it. Lists are kept one a line; `texts` are columns' names.

    It is about a lot, a contract, or both. `post` picks who decides where the words name several.
    Raises `NoPower` where no resolution and no paragraph of the scheme gives the act to anybody.
    """
    day = legal_day(at)
    lot = lot or (contract.award.lot if contract is not None and contract.award is not None else None)
    procurement = lot.procurement if lot is not None else None
    file = procurement or contract
    if file is None:
        raise ValueError("A decision is about a lot or a contract.")
    named = NewReference("ODR", Decision.reference, day.year, given=reference)
    with act(lambda: f"prepared the decision {named()}", on=file, by=by, at=at):
        must_run(by, procurement, at)
        power = delegation_for(
            act_kind, procurement, day, value_gross=value_gross, max_months=max_months, contract=contract
        )
        if power is None:
            raise NoPower(
                f"Nobody has been given the power to {act_kind.label} on this file.",
                field="act", who_can="Democratic services can record the resolution that gives it.",
            )  # fmt: skip
        decision = Decision(
            reference=named(), title=title, act=act_kind, procurement=procurement, lot=lot, contract=contract,
            delegation=power, post=_who_decides(power, post), prepared_by=by, prepared_at=at, supplier=supplier,
            value_net=value_net, value_gross=value_gross, annual_gross=annual_gross, total_gross=total_gross,
            max_months=max_months, points="\n".join(points), reasons="\n".join(reasons),
            risks="\n".join(risks), is_example=file.is_example, **texts,
        )  # fmt: skip
        decision.alternatives = [Alternative(name=name, reason=why) for name, why in alternatives]
        decision.clearances = _clearances(procurement.officer if procurement else by, day)
        db.session.add(decision)
    return decision


def _who_decides(power: Delegation, chosen: Post | None) -> Post:
    """The post that the power names, or another of those it names."""
    return chosen if chosen is not None and chosen in [one.post for one in power.others] else power.post


def _clearances(officer: Person, day: date) -> list[Clearance]:
    """Finance and Legal comment on every decision, through the posts the council names; Procurement as case officer."""
    council = the_council()
    posts = (
        ("Finance", council.finance_officer_post if council else None),
        ("Legal", council.monitoring_officer_post if council else None),
        ("Procurement", next((one.post for one in officer.holdings if one.covers(day)), None)),
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
    """Views, comments, assurances and the confirmed limit were about something else; the trail keeps them."""
    for view in decision.views:
        view.answered_at = view.answered_by_id = view.view = view.interest = None
        view.words = view.officer_answer = view.interest_text = ""
    for clearance in decision.clearances:
        clearance.given_at = clearance.given_by_id = None
    for assurance in decision.assurances:
        db.session.delete(assurance)
    db.session.flush()
    db.session.expire(decision, ["assurances"])
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
    notice = why_not_noticed(decision, day)
    found += [notice] if notice is not None else []
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


def issue_record(decision: Decision, *, by: Person, at: datetime) -> Refusal | None:
    """Issue the record of a signed decision. What it still lacks comes back; the signature stands all the same."""
    try:
        with what_follows():
            issue(OFFICER_DECISION_RECORD, decision, subject=decision.reference, by=by, at=at)
    except Refusal as refusal:
        return refusal
    return None
