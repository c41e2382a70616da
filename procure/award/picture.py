"""What the award page shows beside its next step: the way from recommendation to contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from procure import words
from procure.authority.rules import OVER, DecisionState
from procure.award.facts import decides_directly, facts_of, standstill_of
from procure.award.models import Award
from procure.award.rules import AwardFacts, standstill_words
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.now import legal_day

PREPARING = (DecisionState.DRAFT, DecisionState.RETURNED)


@dataclass(frozen=True)
class Step:
    """One step from recommendation to contract."""

    name: str
    state: str
    note: str
    href: str | None = None


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now: what, where, and what stands in the way if it can't be done yet."""

    what: str
    href: str
    stop: str = ""
    again: bool = False
    """Whether the award has to be recommended anew."""


def steps_of(award: Award, today: date) -> list[Step]:
    """Recommendation, decision, standstill decided, letters, notice, standstill, contract."""
    facts, lot, decision = facts_of(award.lot, today), award.lot, award.decision
    reference = lot.reference
    sent = all(letter.is_sent for letter in facts.letters) and bool(award.letters)
    sent_on = max((legal_day(one.sent_at) for one in award.letters if one.sent_at), default=None)
    waits = standstill_of(lot)
    over = facts.notice_on is not None and (waits is None or today >= waits.earliest_signing_on)
    contract = award.contract
    signed_on = contract.signed_on if contract else None
    said = [
        (
            "Recommended",
            not facts.no_longer_first,
            facts.winner,
            url_for("award.recommend", reference=reference) if decision.state in PREPARING else None,
        ),
        (
            "Decision",
            facts.is_signed,
            f"{decision.reference}, {decision.state.label.lower()}",
            url_for("authority.decision", reference=decision.reference),
        ),
        (
            "Standstill decided",
            facts.plan_is_made,
            _plan_note(award, facts),
            url_for("award.plan", reference=reference),
        ),
        (
            "Letters",
            sent,
            f"{words.plural(len(facts.letters), 'letter')}, sent {words.day(sent_on)}" if sent and sent_on else "",
            url_for("award.letters", reference=reference) if facts.is_signed else None,
        ),
        ("Award notice", bool(facts.notice_on), words.day(facts.notice_on) if facts.notice_on else "", None),
        ("Standstill", over, f"Ends {words.weekday(waits.ends_on)}" if waits else "", None),
        (
            "Contract signed",
            signed_on is not None,
            words.day(signed_on) if signed_on else "",
            url_for("contract.prepare", reference=reference) if facts.notice_on else None,
        ),
    ]
    if award.bid.is_direct:
        said = [one for one in said if one[0] != "Letters"]
        notice = notice_of(lot, NoticeKind.TRANSPARENCY)
        said.insert(
            0, ("Transparency notice", notice is not None, words.day(notice.published_on) if notice else "", None)
        )
    return _with_states(said)


def _with_states(said: list[tuple[str, bool, str, str | None]]) -> list[Step]:
    """Done up to the first step that isn't; that one is now, the rest to come."""
    first = next((at for at, one in enumerate(said) if not one[1]), len(said))
    return [
        Step(name, "done" if at < first else "now" if at == first else "next", note, href)
        for at, (name, _, note, href) in enumerate(said)
    ]


def _plan_note(award: Award, facts: AwardFacts) -> str:
    if award.notice_planned_on is None:
        return ""
    return f"{standstill_words(facts.standstill_days)}; notice on {words.day(award.notice_planned_on)}"


def void_words(award: Award) -> str:
    """Why a recommendation no longer stands: what became of its decision, or that the result is another."""
    decision = award.decision
    if decision.state in OVER:
        return f"{decision.reference} was {decision.state.label.lower()}. {decision.ended_because}".strip()
    return (
        f"The result has changed since {award.bid.supplier.name} was recommended. {decision.reference} can’t be signed."
    )


def next_step(award: Award, today: date) -> NextStep | None:
    """What the officer does next about an award; None once the contract is signed."""
    facts, reference = facts_of(award.lot, today), award.lot.reference
    decision = award.decision

    def at(endpoint: str) -> str:
        return url_for(endpoint, reference=reference)

    if facts.no_longer_first:
        direct = decides_directly(award.lot)
        return NextStep(
            "Recommend the award again", at("award.recommend_directly" if direct else "award.recommend"), again=True
        )
    if not facts.is_signed:
        page = url_for("authority.decision", reference=decision.reference)
        return NextStep("Open the decision", page, f"The {decision.post.name} hasn’t signed {decision.reference}.")
    if decision.published_on is None:
        return NextStep("Publish the decision", url_for("authority.publish", reference=decision.reference))
    if not facts.plan_is_made:
        return NextStep("Decide about the standstill", at("award.plan"))
    if award.bid.is_direct:
        return _after_signing(award, facts, reference)
    if not award.letters or not all(letter.summary_paper_id for letter in award.letters):
        return NextStep("Write the letters to the bidders", at("award.letters"))
    if not all(letter.is_sent for letter in facts.letters):
        return NextStep("Send the letters", at("award.letters"))
    return _after_signing(award, facts, reference)


def _after_signing(award: Award, facts: AwardFacts, reference: str) -> NextStep | None:
    """From the award notice to the signed contract."""
    if facts.notice_on is None:
        return NextStep("Record the award notice", url_for("award.notice", reference=reference))
    contract = award.contract
    if contract is None or contract.signed_on is None:
        page = url_for("contract.prepare", reference=reference)
        return NextStep("Prepare the contract" if contract is None else "Sign the contract", page)
    return None
