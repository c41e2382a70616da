"""What this room tells the others: whether the appraisal is whole, who has to read it, by when."""

from __future__ import annotations

from datetime import date

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from procure.appraisal.models import Appraisal, Option, OptionScore
from procure.appraisal.rules.comparing import OptionKind
from procure.appraisal.rules.wholeness import AppraisalFacts, OptionFacts
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage, Waiting


def loaded(procurement: Procurement) -> Appraisal | None:
    """The appraisal of a file with all its rows, in a handful of queries however many options there are."""
    return db.session.scalars(
        select(Appraisal)
        .where(Appraisal.procurement_id == procurement.id)
        .options(
            selectinload(Appraisal.criteria),
            selectinload(Appraisal.options).selectinload(Option.scores).joinedload(OptionScore.criterion),
            selectinload(Appraisal.options).selectinload(Option.costs),
            selectinload(Appraisal.options).selectinload(Option.risks),
            joinedload(Appraisal.consultation),
            joinedload(Appraisal.reviewer),
        )
    ).one_or_none()


def facts_of(lot: Lot, today: date) -> AppraisalFacts:
    """The appraisal of a lot's file as the conditions of a move see it."""
    found = loaded(lot.procurement)
    if found is None:
        return AppraisalFacts()
    return AppraisalFacts(
        begun=True,
        has_background=all((found.outcomes, found.strategic_fit, found.demand, found.constraints, found.market_text)),
        follows_contract=lot.procurement.ending_contract_id is not None,
        has_current=bool(found.incumbent_performance and found.incumbent_at_expiry),
        weights=tuple(criterion.weight for criterion in found.criteria),
        criteria_defined=all(criterion.definition for criterion in found.criteria),
        criteria_agreed_on=found.criteria_agreed_on,
        options=tuple(_option_facts(option, len(found.criteria)) for option in found.options),
        has_consultation=_is_consulted(found, today),
        preferred_no=next((option.number for option in found.options if option.id == found.preferred_id), None),
        has_reasons=bool(found.preferred_reasons),
        reviewer=found.reviewer.name if found.reviewer else "",
        is_sent=found.is_with_reviewer,
        review_due_on=found.review_due_on,
        returned_because=found.returned_because,
        reviewed_on=legal_day(found.reviewed_at) if found.reviewed_at else None,
    )


def _option_facts(option: Option, criteria: int) -> OptionFacts:
    scored = [legal_day(score.scored_at) for score in option.scores]
    return OptionFacts(
        no=option.number,
        is_do_nothing=option.kind is OptionKind.DO_NOTHING,
        is_described=all((option.description, option.equality, option.social_value, option.market)),
        missing_scores=criteria - len(scored),
        first_scored_on=min(scored, default=None),
        has_costs=bool(option.costs),
        has_risks=bool(option.risks),
        has_rejection=bool(option.rejected_reason),
    )


def _is_consulted(appraisal: Appraisal, today: date) -> bool:
    """Held, over, and written down with what was said and done; or not held, with a reason."""
    found = appraisal.consultation
    if found is None:
        return False
    if not found.took_place:
        return bool(found.none_reason)
    return found.until_on is not None and found.until_on <= today and bool(found.events) and bool(found.findings)


def _open_reviews() -> list[Appraisal]:
    """Appraisals that are with a reviewer or came back from one."""
    return list(
        db.session.scalars(
            select(Appraisal)
            .join(Procurement)
            .where(
                Procurement.stage == Stage.APPRAISING,
                or_(Appraisal.sent_to_reviewer_at.is_not(None), Appraisal.returned_because != ""),
                Appraisal.reviewed_at.is_(None),
            )
            .options(joinedload(Appraisal.procurement), joinedload(Appraisal.reviewer))
        )
    )


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """The reviewer has to read; the officer has to mend what came back, and is owed what is being read."""
    found = []
    for appraisal in _open_reviews():
        procurement, reviewer = appraisal.procurement, appraisal.reviewer
        file = f"{procurement.title}, {procurement.reference}"
        if appraisal.returned_because:
            if procurement.officer_id == person.id:
                found.append(
                    Waiting(
                        "Mend the options appraisal",
                        url_for("appraisal.comparison", reference=procurement.reference),
                        file,
                        note=f"{reviewer.name if reviewer else 'The reviewer'} returned it",
                        is_example=procurement.is_example,
                    )
                )
        elif appraisal.reviewer_id == person.id:
            href = url_for("appraisal.review", reference=procurement.reference)
            found.append(
                Waiting(
                    "Review the options appraisal",
                    href,
                    file,
                    appraisal.review_due_on,
                    is_example=procurement.is_example,
                )
            )
        elif procurement.officer_id == person.id and reviewer is not None:
            href = url_for("appraisal.comparison", reference=procurement.reference)
            found.append(
                Waiting(
                    "Review of the options appraisal",
                    href,
                    file,
                    appraisal.review_due_on,
                    kind="owed",
                    who=reviewer.name,
                    is_example=procurement.is_example,
                )
            )
    return found


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """The day by which the review is due."""
    found = lot.procurement.appraisal
    if found is None or not found.is_with_reviewer or found.review_due_on is None:
        return []
    return [(found.review_due_on, "Appraisal review due")]
