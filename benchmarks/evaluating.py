"""A great evaluation: 40 criteria, 12 bidders and 5 evaluators on one page; and 500 bids ranked."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time
from typing import Any

from sqlalchemy import insert, select

from benchmarks.browsing import as_person
from benchmarks.measuring import kept, p50_and_p95, table, times
from benchmarks.walking import house, queries, walk_to
from procure.demonstration.walk import the_cast
from procure.evaluation.models import (
    Bid,
    ConflictDeclaration,
    ConsensusScore,
    Evaluation,
    IndividualScore,
    PanelMember,
)
from procure.evaluation.rules import EvaluatorRole, ScoredBid, Weight, rank
from procure.extensions import db
from procure.people.models import Person, RoleGrant
from procure.people.rules import Role
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.suppliers.models import Supplier
from procure.tender.models import AwardCriterion, Method
from procure.tender.rules import PriceFormula

CRITERIA, BIDDERS, EVALUATORS, BIDS = 40, 12, 5, 500
PAGE_MS, RANKING_MS = 150, 50

REFERENCE = "PRO-2027-900"
OPENED = datetime(2027, 10, 12, 9, tzinfo=UTC)
REASON = "The answer names who will do what by when, and gives two examples of the same work elsewhere. " * 3

dice = random.Random(12)


def measure() -> None:
    """The pages beside what they promise."""
    with house() as (app, folder):
        walk_to(folder, "evaluation")
        fill()
        file = f"/procurements/{REFERENCE}/evaluation"
        looked = [
            ("moderator", f"{file}/moderation"), ("moderator", f"{file}/moderation/1"), ("officer", file),
            ("evaluator1", file), ("evaluator1", f"{file}/my-scores/1"),
        ]  # fmt: skip
        rows = [_page(app, who, path) for who, path in looked]
        agree()
        rows += [_page(app, who, path, ", all agreed") for who, path in looked[:3]]
    title = f"{CRITERIA} criteria, {BIDDERS} bidders, {EVALUATORS} evaluators (promised: {PAGE_MS} ms of the processor)"
    table(title, ("page", "p50 ms", "p95 ms", "queries", "KB", "promise"), rows)
    _ranking()


def _page(app: Any, who: str, path: str, how: str = "") -> tuple[Any, ...]:
    browser = as_person(app, f"{who}@lbbd.example")
    with queries() as asked:
        answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    p50, p95 = p50_and_p95(times(lambda: browser.get(path), 10, process_time))
    name = f"{who}: {path.removeprefix(f'/procurements/{REFERENCE}/')}{how}"
    return name, p50, p95, len(asked), len(answer.data) / 1024, kept(PAGE_MS, p50)


def _ranking() -> None:
    weights = [Weight(number, f"Criterion {number}", Decimal(6)) for number in range(1, 11)]
    bids = [
        ScoredBid(
            key, f"Bidder {key}", Decimal(400_000 + key * 37), {one.number: dice.randint(0, 5) for one in weights}
        )
        for key in range(BIDS)
    ]
    rows = []
    for formula in PriceFormula:
        price = 0 if formula.value == "cost_per_quality_point" else 40
        p50, p95 = p50_and_p95(times(lambda: rank(bids, weights, price, formula), 10, process_time))  # noqa: B023
        rows.append((formula.value, p50, p95, kept(RANKING_MS, p50)))
    title = f"Ranking of {BIDS} bids on {len(weights)} criteria (promised: {RANKING_MS} ms of the processor)"
    table(title, ("formula", "p50 ms", "p95 ms", "promise"), rows)


def fill() -> None:
    """A file of its own with bids opened and every evaluator finished, put into the database at once."""
    officer = the_cast()["officer"]
    procurement = _put(Procurement, reference=REFERENCE, title="A great evaluation", stage=Stage.EVALUATING,
                       need="Much is needed.", started_on=date(2027, 1, 4), officer_id=officer.id)  # fmt: skip
    lot = _put(Lot, procurement_id=procurement, number=1, title="A great evaluation", stage=Stage.EVALUATING)
    method = _put(Method, lot_id=lot, price_weight=20, panel_size=EVALUATORS)
    db.session.execute(insert(AwardCriterion), [
        {"method_id": method, "number": n, "title": f"Criterion number {n}", "definition": REASON, "weight": 2}
        for n in range(1, CRITERIA + 1)
    ])  # fmt: skip
    evaluation = _put(Evaluation, lot_id=lot, opened_at=OPENED)
    members = _panel(procurement, evaluation)
    bids = [
        _put(Bid, lot_id=lot, supplier_id=_put(Supplier, name=f"Bidder {n} Limited"),
             price_net=Decimal(400_000 + 1000 * n), received_at=OPENED - timedelta(hours=n))
        for n in range(1, BIDDERS + 1)
    ]  # fmt: skip
    db.session.execute(insert(ConflictDeclaration), [
        {"member_id": member, "bid_id": bid, "made_at": OPENED} for member in members for bid in bids
    ])  # fmt: skip
    criteria = list(db.session.scalars(select(AwardCriterion.id).where(AwardCriterion.method_id == method)))
    db.session.execute(insert(IndividualScore), [
        {"member_id": member, "bid_id": bid, "criterion_id": one, "score": dice.randint(1, 5), "reason": REASON}
        for member in members[:EVALUATORS] for bid in bids for one in criteria
    ])  # fmt: skip
    db.session.commit()


def _put(row: type, **values: Any) -> int:
    return db.session.scalars(insert(row).returning(row.id), [values]).one()  # type: ignore[attr-defined, no-any-return]


def _panel(procurement: int, evaluation: int) -> list[int]:
    """Five evaluators, three of them from the demonstration, and its moderator."""
    cast = the_cast()
    people = [cast[f"evaluator{n}"].id for n in (1, 2, 3)]
    people += [
        _put(Person, name=f"Evaluator {n}", email=f"evaluator{n}@lbbd.example") for n in range(4, EVALUATORS + 1)
    ]
    roles = [(EvaluatorRole.EVALUATOR, Role.EVALUATOR, one) for one in people]
    roles.append((EvaluatorRole.MODERATOR, Role.MODERATOR, cast["moderator"].id))
    members = []
    for part, role, person in roles:
        _put(RoleGrant, person_id=person, role=role, procurement_id=procurement, from_on=date(2027, 1, 4))
        finished = OPENED if part is EvaluatorRole.EVALUATOR else None
        members.append(_put(PanelMember, evaluation_id=evaluation, person_id=person, role=part, saved_at=finished,
                            finished_at=finished))  # fmt: skip
    return members


def agree() -> None:
    """One agreed score for every bid on every criterion."""
    bids = select(Bid.id, Lot.id).join(Lot).join(Procurement, Lot.procurement_id == Procurement.id)
    keys = [bid for bid, _ in db.session.execute(bids.where(Procurement.reference == REFERENCE))]
    criteria = db.session.scalars(
        select(AwardCriterion.id).join(Method).join(Lot).join(Procurement, Lot.procurement_id == Procurement.id)
        .where(Procurement.reference == REFERENCE)
    )  # fmt: skip
    db.session.execute(insert(ConsensusScore), [
        {"bid_id": bid, "criterion_id": one, "score": dice.randint(1, 5), "reason": REASON}
        for one in criteria for bid in keys
    ])  # fmt: skip
    rows = Evaluation.__table__
    db.session.connection().execute(rows.update().where(rows.c.opened_at == OPENED).values(agreed_at=OPENED))
    db.session.commit()
