"""What the officer does to award a lot: recommend, plan the notice, write to bidders, record the notice, hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.actions import award_draft, prepare_award
from procure.authority.actions import correct as correct_decision
from procure.authority.rules import DecisionState
from procure.award.documents import ASSESSMENT_SUMMARY, ASSESSMENT_SUMMARY_WINNER, LETTER_TO_WINNER
from procure.award.facts import standstill_bound_of, still_first
from procure.award.models import Award, BidderLetter, Challenge
from procure.award.rules import plan_problem, standstill_from, unsent_words, why_not
from procure.council.models import Council
from procure.documents.actions import issue
from procure.documents.models import Paper
from procure.evaluation.facts import ranking_of
from procure.evaluation.models import Bid
from procure.evaluation.rules import Ranking
from procure.extensions import db
from procure.law.money import Value, with_vat
from procure.law.regimes import Bound
from procure.mail.actions import queue
from procure.notices.actions import NoticeRefused, record
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal

PREPARING = (DecisionState.DRAFT, DecisionState.RETURNED)


class NothingToRecommend(Refusal):
    """There is no clear winner, or the file lacks what the value of the award is worked out from."""


class AlreadyRecommended(Refusal):
    """The decision rests with others, or is signed."""


class BadPlan(Refusal):
    """A standstill that the law doesn't allow, or a day that can't be."""


class LettersRefused(Refusal):
    """Letters can't be written or sent now, or lack something."""


class LettersUnsent(Refusal):
    """B14: an assessed bidder has no letter yet, so the award notice must wait."""


class NoChallenge(Refusal):
    """A challenge that can't be recorded or lifted so."""


# ── recommending ──


def recommend(lot: Lot, *, by: Person, at: datetime, **given: Any) -> Award:
    """Recommend the first-ranked bid: the award and the decision to sign are drawn up from the record.

    A second time, after a correction, the same decision is brought up to date; a refused one is followed by a new one.
    `given` replaces words that would be drafted (see `authority.actions.prepare_award`).
    """
    with act("recommended an award", on=lot.award or lot, by=by, at=at):
        if lot.stage is not Stage.DECIDING_AWARD:
            raise NothingToRecommend("Record the result of the evaluation first.")
        winner, ranking = _first(lot)
        value, months = _value_of(lot, winner), lot.procurement.max_months or 0
        figures: dict[str, Any] = {
            "value_net": value.net,
            "value_gross": value.gross,
            "annual_gross": _a_year(value.gross, months),
            "max_months": months,
        }
        totals = [(row.name, row.total) for row in ranking.rows]
        award = lot.award
        if award is None or award.decision.state is DecisionState.REFUSED:
            decision = prepare_award(lot, winner.supplier, ranking=totals, by=by, at=at, **figures, **given)
        elif award.decision.state in PREPARING:
            decision = award.decision
            drafted = award_draft(
                lot, winner.supplier, value_gross=value.gross, max_months=months, ranking=totals
            )  # fmt: skip
            given.pop("reference", None)
            correct_decision(decision, by=by, at=at, supplier=winner.supplier, **(figures | drafted | given))
        else:
            raise AlreadyRecommended(f"The decision {decision_words(award)} is out, so you can’t recommend again.")
        if award is None:
            award = Award(lot=lot, is_example=lot.procurement.is_example)
            db.session.add(award)
            if standstill_bound_of(lot) is Bound.VOLUNTARY and lot.procurement.route is Route.SCHEME:
                award.standstill_days = None
        award.bid, award.decision = winner, decision
        award.value_net, award.value_vat, award.value_gross = value.net, value.vat, value.gross
        db.session.flush()
    return award


def decision_words(award: Award) -> str:
    """The decision and where it stands: "ODR-2027-003 (Signed)"."""
    return f"{award.decision.reference} ({award.decision.state.label.lower()})"


def _first(lot: Lot) -> tuple[Bid, Ranking]:
    ranking = ranking_of(lot)
    if ranking is None or ranking.winner is None:
        raise NothingToRecommend("The ranking has no clear first place, so there is nothing to recommend.")
    return db.session.get_one(Bid, ranking.winner.key), ranking


def _value_of(lot: Lot, bid: Bid) -> Value:
    """The whole-life value of the award: the price that was scored, with VAT at the file's rate."""
    percent = lot.procurement.vat_percent
    if percent is None or not lot.procurement.max_months:
        raise NothingToRecommend("The file doesn’t say its VAT rate and longest term. Add them first.")
    return with_vat(bid.price_net, Decimal(percent))


def _a_year(gross: Decimal, months: int) -> Decimal:
    return (gross * 12 / months).quantize(Decimal("0.01"))


# ── planning ──


def plan_notice(
    award: Award,
    on: date,
    *,
    standstill_days: int | None,
    no_standstill_reason: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say when the award notice will go out and how long the council will wait. The letters name both.

    Letters written for another plan have to be written again; once they are sent the plan is closed.
    """
    with act("planned the award notice and standstill", on=award, by=by, at=at, sees=sees):
        if any(letter.sent_at for letter in award.letters):
            raise BadPlan("The letters have gone out with this plan, so it can’t be changed.")
        problem = plan_problem(standstill_bound_of(award.lot), standstill_days, no_standstill_reason)
        if problem:
            raise BadPlan(problem[0], field=problem[1])
        if on < legal_day(at):
            raise BadPlan("The award notice can’t be planned for a day that is past.", field="on")
        standstill_from(on, standstill_days)
        changed = (award.notice_planned_on, award.standstill_days) != (on, standstill_days)
        award.notice_planned_on, award.standstill_days = on, standstill_days
        award.no_standstill_reason = "" if standstill_days else no_standstill_reason.strip()
        for letter in award.letters if changed else ():
            letter.letter_paper_id = letter.summary_paper_id = None


# ── letters ──


def reasons_drafted(award: Award) -> dict[int, str]:
    """For each unsuccessful bid, why it wasn't the best: as written already, else from the points."""
    ranking = ranking_of(award.lot) or Ranking(())
    first = ranking.of(award.bid_id)
    written = {letter.bid_id: letter.further_reason for letter in award.letters}
    return {
        row.key: written.get(row.key) or why_not(row, first)
        for row in ranking.rows
        if first is not None and row.key != award.bid_id
    }


def write_letters(
    award: Award,
    *,
    reasons: Mapping[int, str],
    asks: str = "",
    withheld_text: str = "",
    by: Person,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Write to every assessed bidder: the winner a letter and its summary, each other one its summary.

    After the decision is signed, before the award notice. Raises `HasGaps` where a paper lacks a fact.
    """
    with act("wrote the letters to the bidders", on=award, by=by, at=at, sees=sees):
        _may_write(award)
        award.letter_asks, award.withheld_text = asks.strip(), withheld_text.strip()
        standing = {letter.bid_id: letter for letter in award.letters}
        for bid in award.lot.bids:
            if not bid.was_assessed:
                continue
            letter = standing.get(bid.id)
            if letter is None:
                letter = BidderLetter(award=award, bid=bid)
                db.session.add(letter)
            letter.further_reason = reasons.get(bid.id, "").strip()
            db.session.flush()
            _issue_papers(letter, by=by, at=at)


def _may_write(award: Award) -> None:
    if award.decision.state is not DecisionState.SIGNED:
        raise LettersRefused(
            f"You can’t write to the bidders yet. The {award.decision.post.name} hasn’t signed the award.",
            who_can=f"The {award.decision.post.name}",
        )
    if award.notice_planned_on is None:
        raise LettersRefused("Say first when the award notice will go out. The letters name that day.")
    if any(letter.sent_at for letter in award.letters):
        raise LettersRefused("The letters have been sent, so they can’t be written again.")
    if not still_first(award, ranking_of(award.lot)):
        raise LettersRefused("The result no longer fits the decision that was signed. A new decision is needed.")


def _issue_papers(letter: BidderLetter, *, by: Person, at: datetime) -> None:
    name = letter.bid.supplier.name
    if letter.bid_id == letter.award.bid_id:
        letter.letter_paper = issue(LETTER_TO_WINNER, letter, subject=name, by=by, at=at)
        letter.summary_paper = issue(ASSESSMENT_SUMMARY_WINNER, letter, subject=name, by=by, at=at)
    else:
        letter.summary_paper = issue(ASSESSMENT_SUMMARY, letter, subject=name, by=by, at=at)


def send_letters(award: Award, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Send every bidder its papers, all at once, by e-mail."""
    with act("sent the letters to the bidders", on=award, by=by, at=at, sees=sees):
        if not award.letters or any(letter.summary_paper is None for letter in award.letters):
            raise LettersRefused("Write the letters first.")
        if any(letter.sent_at for letter in award.letters):
            raise LettersRefused("The letters have been sent.")
        nowhere = [letter.bid.supplier.name for letter in award.letters if not letter.bid.supplier.email]
        if nowhere:
            raise LettersRefused(f"{words.joined(nowhere)} has no e-mail address on record. Add it first.")
        if award.notice_planned_on is not None and award.notice_planned_on < legal_day(at):
            raise LettersRefused(
                f"The letters say the notice goes out on {words.weekday(award.notice_planned_on)}. Plan a new day."
            )
        for letter in award.letters:
            _queue(letter, at=at)
            letter.sent_at, letter.sent_by_id = at, by.id


def _queue(letter: BidderLetter, *, at: datetime) -> None:
    award, supplier = letter.award, letter.bid.supplier
    procurement = award.lot.procurement
    planned = award.notice_planned_on
    waits = standstill_from(planned, award.standstill_days) if planned else None
    council = db.session.query(Council).order_by(Council.id).first()
    facts = {
        "title": procurement.title,
        "bidder": supplier.name,
        "contact": supplier.contact_name or supplier.name,
        "notice_on": planned,
        "ends_on": waits.ends_on if waits else None,
        "officer": procurement.officer.name,
        "officer_email": (council.procurement_email if council else "") or procurement.officer.email,
        "is_winner": letter.bid_id == award.bid_id,
    }
    for name, paper in (("letter_to_winner", letter.letter_paper), ("assessment_summary", letter.summary_paper)):
        if paper is not None:
            queue(
                name,
                to=None,
                to_name=supplier.contact_name or supplier.name,
                to_email=supplier.email,
                facts=facts,
                about=procurement.reference,
                once=_mark(name, paper),
                paper=paper,
                at=at,
            )


def _mark(name: str, paper: Paper) -> str:
    return f"{name}:{paper.about}:{paper.subject}:{paper.number}"


# ── the notice ──


def record_award_notice(
    lot: Lot, *, reference: str, published_on: date, by: Person, at: datetime, sees: int | None = None
) -> None:
    """Record that the award notice is out, and announce the award with it. The standstill counts from that day.

    Refused while an assessed bidder has no letter (B14), and for a day before the letters went out.
    """
    with act("recorded the award notice", on=lot.procurement, by=by, at=at, sees=sees):
        award = lot.award
        if award is None:
            raise NothingToRecommend("Nobody is recommended yet.")
        unsent = [letter.bid.supplier.name for letter in award.letters if letter.sent_at is None]
        if unsent or not award.letters:
            raise LettersUnsent(unsent_words(unsent))
        if not reference and lot.procurement.route is not Route.SCHEME:
            raise NoticeRefused("Enter the number of the notice.", field="reference")
        sent_on = max(legal_day(letter.sent_at) for letter in award.letters if letter.sent_at)
        if published_on < sent_on:
            raise NoticeRefused(
                f"The letters went out on {words.weekday(sent_on)}. The law asks for them before the notice.",
                field="published_on",
            )
        voluntary = standstill_bound_of(lot) is not Bound.MANDATORY
        record(
            lot,
            NoticeKind.AWARD,
            reference=reference,
            published_on=published_on,
            standstill_days=award.standstill_days,
            standstill_is_voluntary=voluntary and award.standstill_days is not None,
            no_standstill_reason=award.no_standstill_reason,
            by=by,
            at=at,
        )
        standstill_from(published_on, award.standstill_days)
        move(lot, "announce the award", by=by, at=at)


# ── challenge ──


def record_challenge(
    award: Award, *, claimant: str, notified_at: datetime, about: str = "", by: Actor, at: datetime
) -> Challenge:
    """Record that a claim has been made and the council told: it holds the contract (s.101, B11)."""
    with act("recorded a challenge", on=award, by=by, at=at):
        if award.lot.stage is not Stage.AWARD_ANNOUNCED:
            raise NoChallenge("A challenge holds a contract between the award notice and its signature.")
        if notified_at > at:
            raise NoChallenge("The council can’t be told at a time to come.", field="notified_at")
        challenge = Challenge(award=award, claimant=claimant.strip(), notified_at=notified_at, about=about.strip())
        db.session.add(challenge)
        db.session.flush()
    return challenge


def lift_hold(challenge: Challenge, *, lifted_on: date, lifted_by: str, by: Actor, at: datetime) -> None:
    """Record what ended the hold: the claim withdrawn or decided, or an order of the court."""
    with act("recorded that the hold was lifted", on=challenge, by=by, at=at):
        if challenge.lifted_on is not None:
            raise NoChallenge("This hold has been lifted.")
        if not lifted_by.strip():
            raise NoChallenge("Say what lifted the hold, such as the court’s order.", field="lifted_by")
        if lifted_on > legal_day(at) or lifted_on < legal_day(challenge.notified_at):
            raise NoChallenge("The day must be between the challenge and today.", field="lifted_on")
        challenge.lifted_on, challenge.lifted_by = lifted_on, lifted_by.strip()
