"""From a decision to the one question of authority: everything its answer depends on, and the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.authority.models import ConsulteeView, Decision
from procure.authority.power import power_from, source_of
from procure.authority.rules import (
    OVER,
    ActKind,
    Answer,
    Assured,
    Consulted,
    DecisionState,
    Question,
    Signer,
    View,
    Why,
    may_act,
)
from procure.authority.rules.waiving import waiver_reasons_why_not
from procure.authority.waiver_facts import facts_of_waiver
from procure.award.facts import still_stands
from procure.council.facts import rules_on
from procure.evaluation.facts import ranking_of
from procure.evaluation.models import Evaluation, PanelMember
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import StandsAs, holds, stands_as
from procure.people.models import Person
from procure.people.rules import Capacity
from procure.procurement.models import Lot
from procure.procurement.rules import Stage


def holder_or_none(decision: Decision, day: date) -> Person | None:
    """Who acts for the deciding post on a day: covers it, holds it, or holds its successor; None for nobody."""
    return decision.post.acting_on(day)


def question_about(decision: Decision, day: date, signer: Person | None) -> Question:
    """Everything the answer depends on, as it stands now. `signer` None stands for a vacant post."""
    rules = rules_on(day)
    power = power_from(decision.delegation, decision.procurement, day) if decision.delegation else None
    return Question(
        act=decision.act,
        day=day,
        power=power,
        signer=None if signer is None else _signer(decision, signer, day),
        post=decision.post.name,
        consulted=tuple(consulted_from(view) for view in decision.views),
        assured=tuple(Assured(one.of, one.words, one.how) for one in decision.assurances),
        value_gross=decision.value_gross,
        total_gross=decision.total_gross,
        other_lots_gross=_awarded_with_it(decision),
        max_months=decision.max_months,
        total_months=_months_in_all(decision),
        other_party=decision.supplier.name if decision.supplier else "",
        is_successful_bidder=_is_successful(decision),
        limit_confirmation=decision.no_limit_confirmation if decision.no_limit_confirmed_at else "",
        silence_reason=decision.silence_reason,
        silence_advice=decision.silence_advice if decision.silence_advised_at else "",
        objection_reason=decision.objection_reason,
        objection_refers_back=rules.objection_refers_back if rules else False,
        file_stands=why_it_cannot_stand(decision),
        further=_against_a_waiver(decision, day, signer),
        stand_ins=tuple(_stand_ins(decision, day, signer)),
    )


def _against_a_waiver(decision: Decision, day: date, signer: Person | None) -> tuple[Why, ...]:
    """What the rules of waivers have against a decision that waives; nothing against any other."""
    facts = facts_of_waiver(decision, day, signer)
    return waiver_reasons_why_not(facts) if facts is not None else ()


def _stand_ins(decision: Decision, day: date, signer: Person | None) -> Iterator[str]:
    """Who else could sign today, with what the record would add to their name."""
    posts = [decision.post.heir_on(day)]
    if decision.delegation is not None:
        posts += [one.post for one in decision.delegation.others if one.post_id != decision.post_id]
    told = {signer.id} if signer else set[int]()
    for post in posts:
        people = [held.person for held in post.holdings if held.covers(day)]
        people += [cover.person for cover in post.covers if cover.covers(day)]
        for person in people:
            standing = stands_as(person, post, day)
            if person.id in told or standing is None or not _signer(decision, person, day, standing).may_stand_in:
                continue
            told.add(person.id)
            yield f"{person.name}, {standing.said or post.name}"


def why_it_cannot_stand(decision: Decision) -> Why | None:
    """Why nothing can be decided as the file stands: it is paused, abandoned or sent back, or the result is another."""
    file = decision.procurement
    if file is None:
        return None
    if file.stage is Stage.PAUSED:
        return Why("The file is paused.", "The case officer can take it up again.")
    if file.stage is Stage.ABANDONED:
        return Why("The file was abandoned, so nothing is decided on it.", "Nobody has to act.")
    stage = decision.lot.stage if decision.lot else file.stage
    if decision.act is ActKind.AWARD and stage is Stage.EVALUATING:
        return Why("The file was sent back to its evaluation.", "The case officer can record the result again.")
    return _why_outdated(decision)


def _why_outdated(decision: Decision) -> Why | None:
    """Why an award that isn't signed yet no longer fits the file: it was replaced, or the result is another now."""
    award = decision.lot.award if decision.lot else None
    if decision.act is not ActKind.AWARD or decision.state is DecisionState.SIGNED or award is None:
        return None
    again = "The case officer can recommend the award again."
    if decision.state in OVER or award.decision_id != decision.id:
        return Why("This decision is over. Another takes its place.", again)
    if not still_stands(award, ranking_of(award.lot)):
        return Why("The result has changed since this was drawn up, so it no longer fits.", again)
    return None


def _months_in_all(decision: Decision) -> int | None:
    """How long the contract runs with an extension; None where nothing is made longer, or it has been already."""
    contract = decision.contract
    if contract is None or decision.act is not ActKind.EXTEND or decision.max_months is None or decision.uses:
        return None
    return contract.months_with(decision.max_months)


def _awarded_with_it(decision: Decision) -> Decimal:
    """What was signed already under the same words, with VAT: one limit holds for all lots, and for an ancillary
    agreement with the awards it stands beside.
    """
    row = decision.delegation
    if row is None or decision.procurement_id is None or decision.act not in (ActKind.AWARD, ActKind.ANCILLARY):
        return Decimal(0)
    wanted = select(Decision.value_gross).where(
        Decision.procurement_id == decision.procurement_id, Decision.id != decision.id,
        Decision.act == ActKind.AWARD, Decision.state == DecisionState.SIGNED,
    )  # fmt: skip
    if decision.act is ActKind.AWARD:
        wanted = wanted.where(Decision.delegation_id == row.id, Decision.lot_id != decision.lot_id)
    else:
        together = [one.id for one in row.resolution.delegations] if row.resolution else [row.id]
        wanted = wanted.where(Decision.delegation_id.in_(together))
    signed = db.session.scalars(wanted)
    return sum((value for value in signed if value is not None), Decimal(0))


def answer_about(decision: Decision, day: date, reader: Person | None = None) -> Answer:
    """What `may_act` says today: of the reader where they hold the deciding post, else of whoever does."""
    decides = reader is not None and holds(reader, decision.post_id, day)
    return may_act(question_about(decision, day, reader if decides else holder_or_none(decision, day)))


def named_as_signer(decision: Decision, person: Person, day: date) -> str:
    """A signer as the record names them: whoever stands in for the holder is shown with the right to.

    "R. Reviewer, deputy with written authority (constitution, part 3.4)".
    """
    standing = stands_as(person, decision.post, day)
    return f"{person.name}, {standing.said}" if standing is not None and standing.said else person.name


def _signer(decision: Decision, person: Person, day: date, standing: StandsAs | None = None) -> Signer:
    standing = standing or stands_as(person, decision.post, day)
    return Signer(
        holds_post=standing is not None,
        name=person.name,
        is_deputy=standing is not None and standing.capacity is Capacity.DEPUTY,
        is_cover=standing is not None and standing.cover is not None,
        written_authority=standing.authority if standing else "",
        stands_as=standing.said if standing else "",
        has_prepared=decision.prepared_by_id == person.id,
        has_scored=_has_scored(decision, person),
        has_advised=_has_advised(decision, person),
        has_declared=decision.is_declared_by(person),
        interest=decision.maker_interest,
    )


def _has_advised(decision: Decision, person: Person) -> bool:
    """Whether somebody answered as a consultee, or gave comments on the decision."""
    given = {view.answered_by_id for view in decision.views if view.answered_at}
    return person.id in given | {one.given_by_id for one in decision.clearances if one.given_at}


def _has_scored(decision: Decision, person: Person) -> bool:
    """Whether somebody scored or moderated bids of the lot, or of the file where no lot is named."""
    found = select(PanelMember.id).join(Evaluation).join(Lot, Evaluation.lot_id == Lot.id)
    if decision.lot_id is not None:
        found = found.where(Lot.id == decision.lot_id)
    else:
        found = found.where(Lot.procurement_id == decision.procurement_id)
    return db.session.scalar(found.where(PanelMember.person_id == person.id).limit(1)) is not None


def consulted_from(view: ConsulteeView) -> Consulted:
    """One consultee's row as the rules see it."""
    return Consulted(
        post=view.post.name,
        due_on=view.due_on,
        is_chased=view.chased_at is not None,
        view=view.view if view.answered_at else None,
        interest=view.interest if view.answered_at else None,
        dispensation=view.dispensation_text,
        substitute=view.substitute_post.name if view.substitute_post else "",
        is_answered_by_officer=bool(view.officer_answer),
    )


def _is_successful(decision: Decision) -> bool | None:
    """Whether the other party is the successful bidder: for an award a bidder that was assessed, else the winner."""
    if decision.supplier_id is None:
        return None
    lot = decision.lot
    if decision.contract is not None:
        return decision.supplier_id == decision.contract.supplier_id
    if lot is None:
        return False
    if decision.act is ActKind.AWARD:
        return any(bid.supplier_id == decision.supplier_id and bid.was_assessed for bid in lot.bids)
    return decision.supplier_id in _winners(lot)


def _winners(lot: Lot) -> set[int | None]:
    signed = db.session.scalars(
        select(Decision.supplier_id).where(
            Decision.lot_id == lot.id, Decision.act == ActKind.AWARD, Decision.state == DecisionState.SIGNED
        )
    )
    return {found for found in signed if found is not None}


def chain_line(decision: Decision) -> str:
    """The authority an award shows in one line: resolution → delegation → consultation → signature."""
    links = []
    if decision.delegation is not None:
        links.append(source_of(decision.delegation))
        links.append(f"{decision.post.name} may {decision.act.label}")
    else:
        links.append("no power on record")
    links.append(_consultation_words(decision))
    links.append(f"signed on {words.day(legal_day(decision.signed_at))}" if decision.signed_at else "not signed yet")
    return " → ".join(links)


def _consultation_words(decision: Decision) -> str:
    views = decision.views
    if not views:
        nobody = decision.delegation is not None and not decision.delegation.consultees
        return "nobody had to be consulted" if nobody else "not consulted yet"
    answered = [view for view in views if view.answered_at]
    against = sum(view.view is View.OBJECTS for view in answered)
    said = f"{words.number_word(len(views))} consulted"
    if len(answered) < len(views):
        said = f"{words.number_word(len(answered))} of {words.number_word(len(views))} consulted answered"
    return f"{said}, {words.number_word(against)} {'objects' if against == 1 else 'object'}" if against else said
