"""Writing to the bidders of a lot: every assessed one its summary, the winner a letter with it, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from procure import words
from procure.audit.actions import act
from procure.authority.decision_effect import effect_of_decision
from procure.authority.rules import DecisionState
from procure.award.documents import ASSESSMENT_SUMMARY, ASSESSMENT_SUMMARY_WINNER, LETTER_TO_WINNER
from procure.award.facts import is_by_cost, standstill_planned, still_stands
from procure.award.models import Award, BidderLetter
from procure.award.rules import why_not
from procure.council.models import Council
from procure.documents.actions import issue
from procure.evaluation.facts import ranking_of
from procure.evaluation.rules import Ranking
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal


class LettersRefused(Refusal):
    """Letters can't be written or sent now, or lack something."""


def reasons_drafted(award: Award) -> dict[int, str]:
    """For each unsuccessful bid, why it wasn't the best: as written already, else from the points."""
    ranking = ranking_of(award.lot) or Ranking(())
    first = ranking.of(award.bid_id)
    written = {letter.bid_id: letter.further_reason for letter in award.letters}
    return {
        row.key: written.get(row.key) or why_not(row, first, by_cost=is_by_cost(award.lot))
        for row in (*ranking.rows, *ranking.failed)
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
    if not still_stands(award, ranking_of(award.lot)):
        raise LettersRefused("The result no longer fits the decision that was signed. A new decision is needed.")


def _issue_papers(letter: BidderLetter, *, by: Person, at: datetime) -> None:
    name = subject_of(letter)
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
        effect = effect_of_decision(award.decision, legal_day(at))
        if award.decision.is_key and not effect.is_in_force:
            raise LettersRefused(f"The letters can’t go out yet. {effect.sentence}")
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


def subject_of(letter: BidderLetter) -> str:
    """Whose paper it is, and of which lot where there are several: two lots may have the same bidder."""
    lot = letter.award.lot
    return f"Lot {lot.number}, {letter.bid.supplier.name}" if lot.label else letter.bid.supplier.name


def _queue(letter: BidderLetter, *, at: datetime) -> None:
    """One e-mail to one bidder, with all its papers in it."""
    award, supplier = letter.award, letter.bid.supplier
    procurement = award.lot.procurement
    planned = award.notice_planned_on
    waits = standstill_planned(award.lot, planned, award.standstill_days) if planned else None
    council = db.session.query(Council).order_by(Council.id).first()
    papers = [paper for paper in (letter.letter_paper, letter.summary_paper) if paper is not None]
    queue(
        "letter_to_winner" if letter.bid_id == award.bid_id else "assessment_summary",
        to=None,
        to_name=supplier.contact_name or supplier.name,
        to_email=supplier.email,
        facts={
            "title": award.lot.full_title,
            "bidder": supplier.name,
            "contact": supplier.contact_name or supplier.name,
            "notice_on": planned,
            "ends_on": waits.ends_on if waits else None,
            "officer": procurement.officer.name,
            "officer_email": (council.procurement_email if council else "") or procurement.officer.email,
        },
        about=procurement.reference,
        once=":".join(f"{paper.reference}:{paper.number}" for paper in papers),
        papers=papers,
        at=at,
    )


def tell_of_direct_award(award: Award, *, notice_on: date, at: datetime) -> None:
    """Tell the supplier of a direct award that its notice is out, and until when nobody signs."""
    supplier, file = award.bid.supplier, award.lot.procurement
    if not supplier.email:
        raise LettersRefused(f"{supplier.name} has no email address on record. Add it first.")
    waits = standstill_planned(award.lot, notice_on, award.standstill_days)
    council = db.session.query(Council).order_by(Council.id).first()
    queue(
        "direct_award", to=None, to_name=supplier.contact_name or supplier.name, to_email=supplier.email,
        about=file.reference, at=at, once=f"direct award {award.id}: {award.decision.reference}",
        facts={
            "title": award.lot.full_title, "bidder": supplier.name,
            "contact": supplier.contact_name or supplier.name, "notice_on": notice_on,
            "ends_on": waits.ends_on if waits else None, "officer": file.officer.name,
            "officer_email": (council.procurement_email if council else "") or file.officer.email,
        },
    )  # fmt: skip
