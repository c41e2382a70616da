"""What the decision maker does: signs, returns, refuses, asks for a chase. Authority is tested inside the act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from procure import words
from procure.audit.actions import act
from procure.authority.actions import WITH_OTHERS, NotNow, held, issue_record, must_decide
from procure.authority.forward_plan_facts import why_not_noticed
from procure.authority.letters import to_all_who_acted, to_officer, to_the_informed
from procure.authority.models import Decision
from procure.authority.question import question_about
from procure.authority.rules import Answer, DecisionState, Interest, Why, may_act
from procure.authority.signature import papers_signed, sha256_of, text_to_sign
from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.documents.storage import PaperIsDamaged
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import stands_as
from procure.people.models import Person
from procure.refusals import Refusal


class SignatureRefused(Refusal):
    """A signature without authority. The attempt itself belongs on the file."""

    recorded = True

    def __init__(self, reasons: tuple[Why, ...]) -> None:
        first = reasons[0]
        super().__init__(first.sentence, field=first.field or None, who_can=first.who_can or None)
        self.reasons = reasons


class MakersReasonNeeded(Refusal):
    """Returning or refusing needs a reason."""


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
        held_back = may_act(question_about(decision, day, by))
        if any(why.is_personal and not why.field for why in held_back.obstacles):
            raise SignatureRefused(held_back.obstacles)
        decision.maker_interest, decision.maker_interest_by_id = interest, by.id
        decision.maker_interest_text = interest_text.strip()
        decision.objection_reason, decision.silence_reason = objection_reason.strip(), silence_reason.strip()
        answer = may_act(question_about(decision, day, by))
        if not answer.allowed:
            raise SignatureRefused((*answer.obstacles, *(why for why in answer.reasons if why.field)))
        if notice := why_not_noticed(decision, day, signing=True):
            raise SignatureRefused((notice,))
        decision.authority_chain = answer.chain
        decision.signed_canonical = text_to_sign(decision, chain=answer.chain, by=by, at=at)
        decision.digest = sha256_of(decision.signed_canonical)
        decision.signed_by, decision.signed_at, decision.state = by, at, DecisionState.SIGNED
        standing = stands_as(by, decision.post, day)
        decision.signed_cover = standing.cover if standing else None
        to_the_informed("decision_signed", decision, at=at)
    issue_record(decision, by=by, at=at)
    return answer


def declare_interest(decision: Decision, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Put on record that whoever would decide has an interest. It stays: from then on somebody else must decide.

    The case officer is told. SI 2012/2089 reg 13 asks for it in the record.
    """
    with act("declared an interest in the decision", on=decision, by=by, at=at, sees=sees):
        held(decision)
        must_decide(by, decision, at)
        if decision.state is not DecisionState.SENT:
            raise SignatureRefused(_why_not_before_you(decision, may_act(question_about(decision, legal_day(at), by))))
        decision.maker_interest, decision.maker_interest_by_id = Interest.DECLARED, by.id
        to_officer("maker_stepped_aside", decision, at=at, who=by.name)


def _why_not_before_you(decision: Decision, answer: Answer) -> tuple[Why, ...]:
    """Why a decision isn't there to sign: it is over, or lacks what its authority asks, or wasn't sent."""
    if decision.state is DecisionState.SIGNED:
        return (Why("This decision is signed already."),)
    if decision.state is DecisionState.REFUSED:
        return (Why("This decision was refused. A new one is needed.", "The case officer can prepare it."),)
    unsent = Why("You can’t sign yet. The case officer hasn’t sent this to you.", "The case officer can send it.")
    return answer.obstacles or (unsent,)


def return_to_officer(decision: Decision, reason: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Give a decision back to be mended. Views stand unless its matter is changed."""
    with act("returned the decision to the officer", on=decision, by=by, at=at, note=reason, sees=sees):
        _end(decision, DecisionState.RETURNED, reason, by=by, at=at)
        to_all_who_acted(decision, said="returned", reason=reason.strip(), at=at)


def refuse(decision: Decision, reason: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Refuse a decision for good. A different one may be prepared. Who has an interest in it can’t."""
    with act("refused the decision", on=decision, by=by, at=at, note=reason, sees=sees):
        if decision.is_declared_by(by):
            raise NotNow("You declared an interest, so you can’t decide this either way. You can return it.")
        _end(decision, DecisionState.REFUSED, reason, by=by, at=at)
        to_all_who_acted(decision, said="refused", reason=reason.strip(), at=at)


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


def damaged(decision: Decision) -> list[str]:
    """Papers under a signature whose kept file is gone, or isn't the file of their digest."""
    numbers = {(one["reference"], one["number"]): one["sha256"] for one in papers_signed(decision)}
    kept = db.session.scalars(select(Paper).where(Paper.about == decision.trail_file()).order_by(Paper.id))
    found = []
    for paper in kept:
        if numbers.get((paper.reference, paper.number)) != paper.sha256:
            continue
        try:
            content_of(paper)
        except (PaperIsDamaged, OSError):
            found.append(f"The file of {paper.title} isn’t the file that was signed.")
    return found
