"""What the officer says for the tender papers, and issuing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.documents import actions as papers
from procure.documents.asking import unanswered_by
from procure.documents.declare import Document
from procure.documents.models import Paper
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.notices.facts import opening_notice
from procure.people.models import Person, Post
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.tender.gathering.specification import must_publish_kpis
from procure.tender.pack_facts import issued_of, needed_for, still_says_it, subject_of
from procure.tender.pack_models import ContractTerms, HowToTender, PlannedKpi, Specification
from procure.tender.pack_rules import LISTS, KpiLine, problem_in
from procure.tender.pricing_models import PricingPlan
from procure.tender.pricing_rules import problem_in_price_lines

MOST_PAYMENT_DAYS = 30
LEAST_KPIS = 3


class PackIsOut(Refusal):
    """The papers went out with the notice: bidders rely on them, so they stay as they are."""


class ListNotWhole(Refusal):
    """An entry of a list lacks one of its parts."""


class TermsRefused(Refusal):
    """A term of the contract breaks the law, or is only half said."""


class NotAnswered(Refusal):
    """A paper asks what only an officer can say: the law leaves a choice, or wants a check to be made first."""


class TooFewKpis(Refusal):
    """This contract needs three key performance indicators at least. Procurement Act 2023 s.52."""


def describe_service(
    lot: Lot, facts: Mapping[str, Any], *, by: Actor, at: datetime, sees: int | None = None
) -> Specification:
    """Say what is bought, as the specification prints it. Lists come one entry to a line."""
    row = lot.specification
    with act("said what we are buying", on=row or lot, by=by, at=at, sees=sees if row else None):
        _must_not_be_out(lot)
        _must_be_whole(facts)
        if row is None:
            row = Specification(lot=lot, is_example=lot.procurement.is_example)
            db.session.add(row)
        _keep(row, facts)
        db.session.flush()
    return row


def set_kpis(lot: Lot, lines: Sequence[KpiLine], *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Set the indicators on which the supplier will report."""
    with act("set the key performance indicators", on=lot, by=by, at=at, sees=sees):
        _must_not_be_out(lot)
        if must_publish_kpis(lot) and len(lines) < LEAST_KPIS:
            raise TooFewKpis(
                "A contract of this value needs at least three indicators (Procurement Act 2023, section 52).",
                field="kpis",
            )
        standing = list(lot.kpis)
        for number, line in enumerate(lines, start=1):
            row = standing[number - 1] if number <= len(standing) else PlannedKpi(lot=lot, number=number)
            _keep(row, vars(line))
            db.session.add(row)
        for row in standing[len(lines) :]:
            db.session.delete(row)
        db.session.flush()
        db.session.expire(lot, ["kpis"])


def say_how_to_tender(
    lot: Lot, facts: Mapping[str, Any], *, by: Actor, at: datetime, sees: int | None = None
) -> HowToTender:
    """Say how bidders tender: what they send, what they must meet, and the rules of the competition."""
    row = lot.how_to_tender
    with act("said how to tender", on=row or lot, by=by, at=at, sees=sees if row else None):
        _must_not_be_out(lot)
        _must_be_whole(facts)
        if facts.get("briefing_at") and not facts.get("briefing_place"):
            raise TermsRefused("Say where the briefing takes place.", field="briefing_place")
        if row is None:
            row = HowToTender(lot=lot, is_example=lot.procurement.is_example)
        _keep(row, facts)
        db.session.add(row)
        db.session.flush()
    return row


def set_pricing(lot: Lot, facts: Mapping[str, Any], *, by: Actor, at: datetime, sees: int | None = None) -> PricingPlan:
    """Say what bidders price: the lines of cost, the roles with a day rate, whether a higher price is refused."""
    row = lot.pricing
    with act("set the lines of the pricing schedule", on=row or lot, by=by, at=at, sees=sees if row else None):
        _must_not_be_out(lot)
        problem = problem_in_price_lines(str(facts["lines"]).splitlines())
        if problem:
            raise ListNotWhole(problem, field="lines")
        if row is None:
            row = PricingPlan(lot=lot, is_example=lot.procurement.is_example)
        _keep(row, facts)
        db.session.add(row)
        db.session.flush()
    return row


def set_contract_terms(
    lot: Lot, manager_post: Post, facts: Mapping[str, Any], *, by: Actor, at: datetime, sees: int | None = None
) -> ContractTerms:
    """Set the particulars of the contract on which tenders are asked for."""
    row = lot.contract_terms
    with act("set the contract particulars", on=row or lot, by=by, at=at, sees=sees if row else None):
        _must_not_be_out(lot)
        _terms_are_lawful(facts)
        if row is None:
            row = ContractTerms(lot=lot, is_example=lot.procurement.is_example)
        row.manager_post = manager_post
        _keep(row, facts)
        db.session.add(row)
        db.session.flush()
    return row


def _terms_are_lawful(facts: Mapping[str, Any]) -> None:
    if facts["payment_days"] > MOST_PAYMENT_DAYS:
        raise TermsRefused(
            "The law gives 30 days at most (Procurement Act 2023, sections 68 and 88).", field="payment_days"
        )
    cap: Decimal = facts["liability_cap"]
    if cap <= 0:
        raise TermsRefused("The cap must be more than nothing.", field="liability_cap")
    said = {name: facts.get(name) for name in ("data_subjects", "data_kinds", "data_purpose", "data_retention")}
    if any(said.values()) and not all(said.values()):
        missing = next(name for name, value in said.items() if not value)
        raise TermsRefused(
            "Where the supplier handles personal data, say whose, which, why and how long (UK GDPR article 28).",
            field=missing,
        )


def issue_paper(lot: Lot, document: Document, *, by: Person, at: datetime) -> Paper:
    """Issue one of the tender papers, or its next version. Refused while it has a gap, and once the notice is out."""
    with act(f"issued the {document.title.lower()}", on=lot.procurement, by=by, at=at):
        _must_not_be_out(lot)
        _must_be_answered(document, lot, at)
        return papers.issue(document, lot, subject=subject_of(lot), by=by, at=at)


def issue_pack(lot: Lot, *, by: Person, at: datetime) -> list[Paper]:
    """Issue every paper that must go out with the notice and is not issued as the file now says it.

    All or none: a gap in one, or what it asks and nobody has answered, holds them all: a pack is never half new.
    """
    needed = needed_for(lot)
    with act("issued the tender papers", on=lot.procurement, by=by, at=at):
        _must_not_be_out(lot)
        issued = issued_of(lot, needed)
        due = [
            paper
            for paper in needed
            if paper.name not in issued or not still_says_it(issued[paper.name], paper, lot, at)
        ]
        for paper in due:
            _must_be_answered(paper, lot, at)
        return [papers.issue(paper, lot, subject=subject_of(lot), by=by, at=at) for paper in due]


def _must_be_answered(document: Document, lot: Lot, at: datetime) -> None:
    left = len(unanswered_by(document, lot.trail_file(), legal_day(at)))
    if left:
        raise NotAnswered(
            f"The {words.within(document.title)} can’t be issued yet: it asks {words.plural(left, 'question')} that "
            "nobody has answered."
        )


def _must_not_be_out(lot: Lot) -> None:
    notice = opening_notice(lot)
    if notice is not None:
        raise PackIsOut(
            f"The papers went out with the notice on {words.day(notice.published_on)}, so they can’t be changed. Tell "
            "all bidders of a change on the page for questions and answers."
        )


def _must_be_whole(facts: Mapping[str, Any]) -> None:
    for name, text in facts.items():
        problem = problem_in(name, str(text).splitlines()) if name in LISTS else None
        if problem:
            raise ListNotWhole(problem, field=name)


def _keep(row: object, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
