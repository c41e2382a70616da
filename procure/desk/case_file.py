"""The case file of a purchase: what goes into it, in the order in which it happened, and who may take it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select

from procure import words
from procure.audit.models import TrailEntry, TrailHead
from procure.audit.naming import is_sealed
from procure.authority.access import must_not_have_stepped_aside
from procure.authority.models import Decision
from procure.contract.models import Contract
from procure.documents.door import clean_name
from procure.documents.jobs import file_stem
from procure.documents.models import Paper
from procure.documents.storage import kept_pieces
from procure.evaluation.bid_files import pieces_of
from procure.evaluation.facts import (
    all_scores_are_in,
    bids_of,
    individual_scores,
    member_for,
    panel_of,
    prices_are_open,
    ranking_of,
    weights_of,
)
from procure.evaluation.models import Bid, BidFile
from procure.evaluation.rules import Ranking
from procure.extensions import db
from procure.mail.models import Letter
from procure.mail.rules import shown
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for
from procure.procurement.models import Lot, Procurement
from procure.refusals import Refusal

TAKES_EVERY = frozenset({Role.AUDITOR, Role.MONITORING_OFFICER})
"""Who may take the case file of any purchase, beside the officer who runs it."""

ENTRIES_AT_ONCE = 500


class NotWholeForYou(Refusal):
    """Something in the case file is closed to this reader, so they may not take the whole."""


@dataclass(frozen=True)
class Item:
    """One file of the case file: when it came about, what it is, where it lies in the zip, and its bytes."""

    at: datetime
    kind: str
    title: str
    said: str
    path: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class CaseFile:
    """Everything there is about a purchase, and what is left out for now, each with its reason."""

    items: tuple[Item, ...]
    left_out: tuple[str, ...]


def may_take(person: Person, procurement: Procurement, day: date) -> bool:
    """Whether a person’s roles open everything about a purchase: its officer, an auditor, the Monitoring Officer."""
    return may_change(person, procurement, day) or bool(global_roles_of(person, day) & TAKES_EVERY)


def open_whole(person: Person, reference: str, day: date) -> Procurement:
    """The file, for whoever may see all of it. 404 where they may not read it; `NotWholeForYou` where not the whole."""
    procurement = procurement_for(person, reference, day)
    if not may_take(person, procurement, day):
        raise NotWholeForYou(
            "The case file holds bids, scores and papers that aren’t open to you.",
            who_can=f"{procurement.officer.name}, the procurement officer of this file, can take it.",
        )
    must_not_have_stepped_aside(person, procurement.reference, day)
    for lot in procurement.lots:
        member = member_for(lot, person)
        if member is not None and not prices_are_open(lot, bids_of(lot)):
            raise NotWholeForYou(
                "You are on the panel, and prices are closed to it until every score is agreed. Until then you can’t "
                "take the case file."
            )
    return procurement


def case_file_of(procurement: Procurement) -> CaseFile:
    """Everything about a purchase in date order. Reads rows alone; bytes come when each file is written."""
    contracts = _contracts_of(procurement)
    decisions = _decisions_of(procurement)
    about = _abouts(procurement, decisions, contracts)
    items = [*_papers(about), *_letters(about), *_signed(decisions), *_contract_files(contracts)]
    left_out: list[str] = []
    for lot in procurement.lots:
        items += _questions(lot)
        items += _bids(lot)
        items += _scores(lot, left_out)
    chains = [procurement.reference, *(contract.reference for contract in contracts)]
    items += _trails(chains, veiled=bool(left_out))
    items.sort(key=lambda item: (item.at, item.path))
    return CaseFile(tuple(items), tuple(left_out))


def state_of(procurement: Procurement) -> str:
    """What the file's case file is made from: it changes whenever something in it does."""
    contracts = _contracts_of(procurement)
    chains = [procurement.reference, *(one.reference for one in contracts)]
    heads = db.session.execute(
        select(TrailHead.file, TrailHead.hash).where(TrailHead.file.in_(chains)).order_by(TrailHead.file)
    )
    about = _abouts(procurement, _decisions_of(procurement), contracts)
    letters = db.session.execute(
        select(func.count(Letter.id), func.max(Letter.sent_at)).where(Letter.about.in_(about))
    ).one()
    return json.dumps([[list(head) for head in heads], letters[0], str(letters[1])])


# ── what goes in ──


def _contracts_of(procurement: Procurement) -> list[Contract]:
    awards = [lot.award.id for lot in procurement.lots if lot.award]
    return list(db.session.scalars(select(Contract).where(Contract.award_id.in_(awards)).order_by(Contract.id)))


def _decisions_of(procurement: Procurement) -> list[Decision]:
    found = select(Decision).where(Decision.procurement_id == procurement.id).order_by(Decision.id)
    return list(db.session.scalars(found))


def _abouts(procurement: Procurement, decisions: Sequence[Decision], contracts: Sequence[Contract]) -> list[str]:
    """What papers and letters of this purchase are about: the file, its lots, decisions on it, contracts from it."""
    return [
        procurement.reference, *(lot.reference for lot in procurement.lots),
        *(decision.reference for decision in decisions), *(contract.reference for contract in contracts),
    ]  # fmt: skip


def _papers(about: Sequence[str]) -> Iterator[Item]:
    newest = {
        tuple(key): number
        for *key, number in db.session.execute(
            select(Paper.about, Paper.name, Paper.subject, func.max(Paper.number))
            .where(Paper.about.in_(about))
            .group_by(Paper.about, Paper.name, Paper.subject)
        )
    }
    for paper in db.session.scalars(select(Paper).where(Paper.about.in_(about)).order_by(Paper.issued_at, Paper.id)):
        concerns = f", {paper.subject}" if paper.subject else ""
        last = newest[paper.about, paper.name, paper.subject]
        replaced = f" Superseded by version {last}." if paper.number < last else ""
        yield Item(
            paper.issued_at, "Document", f"{paper.title}{concerns}, version {paper.number}",
            f"Issued by {paper.author.name}, {paper.author_post}.{replaced}",
            f"documents/{file_stem(paper)}.{paper.ending}", partial(kept_pieces, paper.file_key, paper.sha256),
        )  # fmt: skip


def _letters(about: Sequence[str]) -> Iterator[Item]:
    letters = select(Letter).where(Letter.about.in_(about)).order_by(Letter.id)
    for letter in db.session.scalars(letters.execution_options(yield_per=100)):
        sent = f"Sent {words.moment(letter.sent_at)}." if letter.sent_at else "Not sent."
        yield Item(
            letter.queued_at, "Letter", letter.subject, f"To {letter.to_name} <{letter.to_email}>. {sent}",
            f"letters/{letter.id:06}-{letter.name.replace('_', '-')}.txt", partial(_letter_text, letter.id),
        )  # fmt: skip


def _letter_text(key: int) -> Iterator[bytes]:
    letter = db.session.get_one(Letter, key)
    head = [
        f"To: {letter.to_name} <{letter.to_email}>", f"Subject: {letter.subject}", f"Message-ID: {letter.message_id}",
        f"Written: {letter.queued_at.isoformat()}", f"Sent: {letter.sent_at.isoformat() if letter.sent_at else 'no'}",
        *(f"Enclosed: {paper.title}, version {paper.number}, SHA-256 {paper.sha256}" for paper in letter.papers),
    ]  # fmt: skip
    yield ("\n".join(head) + "\n\n" + shown(letter.text, letter.secret)).encode()


def _signed(decisions: Sequence[Decision]) -> Iterator[Item]:
    for decision in decisions:
        if decision.signed_at is not None and decision.signed_by is not None:
            yield Item(
                decision.signed_at, "Decision", f"{decision.title} ({decision.reference}), as it was signed",
                f"Signed by {decision.signed_by.name}, {decision.post.name}. The record prints this file’s SHA-256.",
                f"decisions/{decision.reference}-signed.json", partial(_one, decision.signed_canonical.encode()),
            )  # fmt: skip
        answered = [view for view in decision.views if view.answered_at is not None]
        if answered:
            rows = [
                (view.post.name, _moment(view.asked_at), _moment(view.answered_at),
                 view.answered_by.name if view.answered_by else "", view.view.label if view.view else "", view.words,
                 view.officer_answer, view.interest.label if view.interest else "", view.interest_text)
                for view in decision.views
            ]  # fmt: skip
            heads = ("Post", "Asked", "Answered", "By", "View", "Words", "Officer’s answer", "Interest", "What it is")
            yield _table(
                max(view.answered_at for view in answered if view.answered_at), "Consultation",
                f"Views on {decision.reference}", f"{len(answered)} of {len(decision.views)} answered.",
                f"decisions/{decision.reference}-views.csv", heads, rows,
            )  # fmt: skip


def _contract_files(contracts: Sequence[Contract]) -> Iterator[Item]:
    for contract in contracts:
        for file in contract.files:
            why = f" Withdrawn: {file.withdrawn_because}" if file.withdrawn_because else ""
            kind = "Signed copy" if file.is_signed_copy else "File of the contract"
            yield Item(
                file.added_at, kind, file.name, f"Kept with {contract.reference}.{why}",
                f"contract/{contract.reference}-{file.id}-{clean_name(file.name)}",
                partial(kept_pieces, file.file_key, file.sha256),
            )  # fmt: skip


def _questions(lot: Lot) -> Iterator[Item]:
    rows = [
        (one.number, _moment(one.received_at), one.words, one.answer, one.published_on or "")
        for one in lot.questions
        if one.is_answered
    ]
    if rows:
        heads = ("Number", "Received", "Question as put to all", "Answer", "Published")
        yield _table(
            max(one.received_at for one in lot.questions), "Questions", f"Questions and answers{_of(lot)}",
            "Who asked stays with the officers of the file.", f"tender/{lot.reference}-questions.csv", heads, rows,
        )  # fmt: skip


def _bids(lot: Lot) -> Iterator[Item]:
    for bid in bids_of(lot):
        for file in bid.files:
            yield Item(
                bid.received_at or file.added_at, "Bid", f"{bid.supplier.name}: {file.name}", _said_of(bid, file),
                f"bids/{lot.reference}-{bid.id}-{clean_name(bid.supplier.name)}/{file.id}-{clean_name(file.name)}",
                partial(pieces_of, file.file_key, file.sha256, file.opens_with),
            )  # fmt: skip


def _said_of(bid: Bid, file: BidFile) -> str:
    said = f"About {file.kind.label.lower()}; put in {words.moment(file.added_at)}."
    if not bid.was_assessed:
        said += f" The bid was set aside: {bid.set_aside_because}"
    return f"{said} Withdrawn: {file.withdrawn_because}" if file.withdrawn_because else said


def _scores(lot: Lot, left_out: list[str]) -> Iterator[Item]:
    """Scores of a lot, as far as they are open to everybody who may take the case file."""
    evaluation, panel, bids = lot.evaluation, panel_of(lot), bids_of(lot)
    if evaluation is None or not panel:
        return
    if not all_scores_are_in(panel):
        left_out.append(
            f"The individual scores{_of(lot)}: not every evaluator has finished, so nobody may see them yet."
        )
        return
    bidders = {bid.id: bid.supplier.name for bid in bids}
    finished = max(one.finished_at for one in panel if one.finished_at)
    own = [
        (one.member.person.name, bidders[one.bid_id], one.criterion.title, one.score, one.reason)
        for one in individual_scores(lot, panel)
        if one.bid_id in bidders
    ]
    yield _table(
        finished, "Scores", f"Individual scores{_of(lot)}", "Each evaluator’s own, before they were agreed.",
        f"evaluation/{lot.reference}-individual-scores.csv",
        ("Evaluator", "Bidder", "Criterion", "Score", "Reason"), own,
    )  # fmt: skip
    agreed = [(bidders[bid.id], one.criterion.title, one.score, one.reason) for bid in bids for one in bid.scores]
    if agreed:
        yield _table(
            evaluation.agreed_at or finished, "Scores", f"Agreed scores{_of(lot)}", "The panel’s, with its reasons.",
            f"evaluation/{lot.reference}-agreed-scores.csv", ("Bidder", "Criterion", "Score", "Reason"), agreed,
        )  # fmt: skip
    ranking = ranking_of(lot, bids)
    if ranking is not None:
        yield _ranking(lot, ranking, evaluation.finished_at or evaluation.agreed_at or finished)


def _ranking(lot: Lot, ranking: Ranking, at: datetime) -> Item:
    heads = ("Place", "Bidder", "Price, net", *(one.title for one in weights_of(lot)), "Quality", "Price", "Total")
    rows = [
        (row.place or "Failed", row.name, row.price_net, *(line.points for line in row.criteria), row.quality,
         row.price, row.total)
        for row in (*ranking.rows, *ranking.failed)
    ]  # fmt: skip
    return _table(
        at, "Result", f"Ranking{_of(lot)}", "Points by the published method.",
        f"evaluation/{lot.reference}-ranking.csv", heads, rows,
    )  # fmt: skip


def _trails(chains: Iterable[str], *, veiled: bool) -> Iterator[Item]:
    for chain in chains:
        last = db.session.execute(
            select(TrailEntry.at, TrailEntry.number).where(TrailEntry.file == chain).order_by(TrailEntry.number.desc())
        ).first()
        if last is not None:
            hidden = " Values that are still closed are left out; their digests stay." if veiled else ""
            yield Item(
                last.at, "Trail", f"Every act on {chain}",
                f"{words.plural(last.number, 'entry', 'entries')}, each sealed by the one before it.{hidden}",
                f"trail/{chain}.jsonl", partial(_trail_lines, chain, last.number, veiled),
            )  # fmt: skip


TOLD = (
    "number", "said", "note", "by_words", "at", "recorded_at", "kind", "table_name", "row_id", "row_name", "act_id",
    "by_id", "payload", "salt", "payload_digest", "previous_hash", "hash", "file",
)  # fmt: skip


def _trail_lines(chain: str, last: int, veiled: bool) -> Iterator[bytes]:
    """The chain as lines of JSON, some hundred entries in memory at once."""
    for after in range(0, last, ENTRIES_AT_ONCE):
        entries = db.session.scalars(
            select(TrailEntry)
            .where(TrailEntry.file == chain, TrailEntry.number > after, TrailEntry.number <= last)
            .order_by(TrailEntry.number)
            .limit(ENTRIES_AT_ONCE)
        ).all()
        for entry in entries:
            told = entry.sealed() | {name: getattr(entry, name) for name in TOLD if name not in entry.sealed()}
            if veiled and _holds_sealed(entry):
                told |= {"payload": None, "salt": None, "withheld": True}
            in_order = {name: told[name] for name in (*TOLD, "withheld") if name in told}
            yield json.dumps(in_order, ensure_ascii=False).encode() + b"\n"
            db.session.expunge(entry)


def _holds_sealed(entry: TrailEntry) -> bool:
    kept = json.loads(entry.payload) if entry.payload is not None else {"old": {}, "new": {}}
    return any(is_sealed(entry.table_name, name) for name in kept["old"].keys() | kept["new"].keys())


# ── small parts ──


def _of(lot: Lot) -> str:
    return "" if lot.is_only else f", {lot.label}"


def _moment(moment: datetime | None) -> str:
    return words.moment(moment) if moment else ""


def _one(content: bytes) -> Iterator[bytes]:
    yield content


def _table(
    at: datetime, kind: str, title: str, said: str, path: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Item:
    """A table as a file that a spreadsheet opens; no cell of it is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([[words.no_formula(str(cell)) for cell in row] for row in (heads, *rows)])
    return Item(at, kind, title, said, path, partial(_one, ("\ufeff" + text.getvalue()).encode()))
