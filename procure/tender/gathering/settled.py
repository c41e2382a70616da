"""From rows to what is settled before the notice: the procurement strategy and the conflicts assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from procure import words
from procure.approval.gathering import purchase
from procure.approval.gathering.said import Said as SaidOfFile
from procure.approval.gathering.said import name_of
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from procure.law.money import value_of
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Procedure
from procure.tender.conflict_models import ConsideredPerson
from procure.tender.documents import conflicts as conflicts_paper
from procure.tender.documents import strategy as paper
from procure.tender.gathering.method import weights_text
from procure.tender.gathering.said import Pages, the_council
from procure.tender.pack_rules import rows_of
from procure.tender.strategy_models import Strategy
from procure.tender.timetable_facts import planned_of


def procurement_strategy(file: Procurement, at: datetime) -> paper.ProcurementStrategy:
    """Everything the strategy prints, as the file stands."""
    pages = Pages(file.only_lot)
    said = SaidOfFile("Procurement strategy", "tender.strategy", file.reference)
    strategy = file.strategy
    assessed = SaidOfFile("Conflicts assessment", "tender.conflicts", file.reference)
    report = file.report
    written = (strategy.management_text if strategy else "") or (report.contract_management_text if report else "")
    return paper.ProcurementStrategy(
        council=the_council(pages),
        procurement=_purchase(file, strategy, said, at),
        approval=paper.StrategyApproval(
            post=said(name_of(strategy.approver_post) if strategy else None, "post that approves the strategy"),
            conflicts_on=assessed(
                file.conflicts.prepared_on if file.conflicts else None,
                "day on which the conflicts assessment was prepared",
            ),
            management_text=said(written, "how the contract will be managed"),
        ),
        value=purchase.the_value(file),
        estimate=_estimate(file, strategy, said, pages),
        cpv=said(tuple(paper.CpvCode(*row) for row in rows_of("cpv", strategy.cpv)) if strategy else (), "CPV codes"),
        stages=_stages(file, strategy, said),
        weights=pages.method(tuple(_weights(file)), "weights of quality and price"),
        criteria=pages.method(tuple(_criteria(file)), "award criteria"),
        steps=_steps(file),
        risks=_risks(file),
    )


def _purchase(file: Procurement, strategy: Strategy | None, said: SaidOfFile, at: datetime) -> paper.StrategyPurchase:
    told = purchase.the_purchase(file)
    need = SaidOfFile("Need", "procurement.need", file.reference)
    particulars = SaidOfFile("Particulars", "procurement.particulars", file.reference)
    posts = post_names_of(file.officer, legal_day(at))

    def own(name: str, meaning: str) -> str | Gap:
        return said(getattr(strategy, name) if strategy else None, meaning)

    return paper.StrategyPurchase(
        reference=file.reference,
        title=file.title,
        need=need(file.need, "why it is needed"),
        description=told.description,
        regime_label=told.regime_label,
        regime_reason=told.regime_reason,
        threshold=told.threshold,
        threshold_label=told.threshold_label,
        cpv_reason=own("cpv_reason", "why that main CPV code"),
        grant_test_text=particulars(file.grant_test_text, "why it is a contract and not a grant"),
        procedure_label=told.procedure_label,
        route_reason=told.route_reason,
        reserved_text=told.reserved_text or "The competition is not reserved.",
        lots_reason=told.lots_reason,
        value_for_money_text=own("value_for_money_text", "value for money"),
        social_value_text=particulars(file.social_value_text, "how social value was considered"),
        social_value_on=particulars(file.social_value_on, "day on which social value was considered"),
        policy_statement_text=own("policy_statement_text", "regard to the National Procurement Policy Statement"),
        small_supplier_text=told.small_supplier_text,
        engagement_text=told.engagement_text,
        collaboration_text=own("collaboration_text", "buying with others"),
        known_risks_text=_known_risks(file, said),
        tupe_text=_staff(file, particulars),
        personal_data_text=_personal_data(file),
        lead_post=need(name_of(file.lead_post), "service lead"),
        officer_post=posts[0] if posts else Gap("post of the procurement officer", "People"),
    )


def _stages(file: Procurement, strategy: Strategy | None, said: SaidOfFile) -> tuple[paper.ProcedureStage, ...] | Gap:
    """Only a competitive flexible procedure has stages of its own, and it must say them. s.20."""
    rows = tuple(paper.ProcedureStage(*row) for row in rows_of("stages", strategy.stages)) if strategy else ()
    return said(rows, "stages of the procedure") if file.procedure is Procedure.FLEXIBLE else rows


def _known_risks(file: Procurement, said: SaidOfFile) -> str | Gap:
    """What the papers for bidders name already, else what the strategy says."""
    named = [line for lot in file.lots if lot.how_to_tender for line in lot.how_to_tender.known_risks.splitlines()]
    if not named and file.strategy:
        named = file.strategy.known_risks.splitlines()
    if not named and file.strategy:
        return "None is known."
    return said(" ".join(dict.fromkeys(filter(None, named))), "known risks to be named in the notice")


def _staff(file: Procurement, said: SaidOfFile) -> str | Gap:
    count = file.tupe_staff_count
    if count is None:
        return said(None, "staff who may transfer")
    return f"{words.sentence(words.number_word(count))} staff may transfer." if count else "No staff are expected to."


def _personal_data(file: Procurement) -> str | Gap:
    lots = [lot for lot in file.lots if lot.contract_terms]
    if not lots:
        return Pages(file.only_lot).terms.gap("whether the supplier handles personal data")
    if not any(lot.contract_terms and lot.contract_terms.data_subjects for lot in lots):
        return "The supplier handles none for the Council."
    numbers = [lot.specification.dpia_reference for lot in lots if lot.specification]
    assessed = words.joined(dict.fromkeys(filter(None, numbers)))
    if not assessed:
        return Pages(lots[0]).specification.gap("data protection impact assessment")
    return f"The supplier handles personal data. Impact assessment: {assessed}."


def _estimate(file: Procurement, strategy: Strategy | None, said: SaidOfFile, pages: Pages) -> paper.Estimate:
    net, rate = file.annual_net, file.vat_percent
    gross = None if net is None or rate is None else value_of(net, Decimal(1), Decimal(rate)).gross
    return paper.Estimate(
        on=said(strategy.estimated_on if strategy else None, "day of the estimate"),
        annual_net=pages.value(net, "value of a year without VAT"),
        annual_gross=pages.value(gross, "value of a year including VAT"),
        parts=pages.value(tuple(_parts(file)), "parts of the value"),
        budget_annual=said(strategy.budget_annual if strategy else None, "budget of a year"),
        budget_source=pages.value(file.budget_source, "where the money comes from"),
        budget_years=said(strategy.budget_years if strategy else None, "years for which the budget is confirmed"),
        budget_conditions=(strategy.budget_conditions or None) if strategy else None,
    )


def _parts(file: Procurement) -> Iterator[paper.ValuePart]:
    """The options by themselves, and the initial term as what is left: so the parts add up to the whole."""
    net, vat, gross, year = file.value_net, file.value_vat, file.value_gross, file.annual_net
    if None in (net, vat, gross, year) or file.vat_percent is None or not file.initial_months:
        return
    assert net is not None and vat is not None and gross is not None and year is not None
    label = f"Initial term, {words.months_label(file.initial_months)}"
    count = file.extension_count if file.extension_months else 0
    if not count:
        yield paper.ValuePart(label, net, vat, gross)
        return
    option = value_of(year, Decimal(file.extension_months) / 12, Decimal(file.vat_percent))
    yield paper.ValuePart(label, net - count * option.net, vat - count * option.vat, gross - count * option.gross)
    for number in range(1, count + 1):
        label = f"Option {number}, {words.months_label(file.extension_months)}"
        yield paper.ValuePart(label, option.net, option.vat, option.gross)


def _of_lot(lot: Lot, text: str) -> str:
    return text if lot.is_only else f"Lot {lot.number}: {text}"


def _weights(file: Procurement) -> Iterator[Line]:
    for lot in file.lots:
        if lot.method:
            yield Line(_of_lot(lot, weights_text(lot.method)))


def _criteria(file: Procurement) -> Iterator[paper.PlannedCriterion]:
    for lot in file.lots:
        for one in lot.method.criteria if lot.method else ():
            label = one.label if lot.is_only else f"{lot.number}/{one.label}"
            yield paper.PlannedCriterion(label, _of_lot(lot, one.title), Decimal(one.weight))


def _steps(file: Procurement) -> tuple[paper.StrategyStep, ...] | Gap:
    timetable = file.only_lot.timetable
    rows = []
    for one in planned_of(timetable) if timetable else ():
        counted = one.working.rule if one.working and not one.is_moved else "Set by us"
        rows.append(paper.StrategyStep(one.label, words.weekday(one.on), counted))
    return Pages(file.only_lot).timetable(tuple(rows), "steps of the timetable")


def _risks(file: Procurement) -> tuple[paper.StrategyRisk, ...] | Gap:
    risks = file.report.risks if file.report else ()
    rows = tuple(paper.StrategyRisk(one.text, one.rating.label, one.mitigation, one.owner_post.name) for one in risks)
    return SaidOfFile("Report: risks", "approval.risks", file.reference)(rows, "risks of the procurement")


def conflicts_assessment(file: Procurement, at: datetime) -> conflicts_paper.ConflictsPaper:
    """Everything the assessment prints, as the file stands."""
    said = SaidOfFile("Conflicts assessment", "tender.conflicts", file.reference)
    own = file.conflicts
    people = own.people if own else []
    return conflicts_paper.ConflictsPaper(
        council=the_council(Pages(file.only_lot)),
        assessment=conflicts_paper.AssessedFile(
            reference=file.reference,
            title=file.title,
            prepared_on=said(own.prepared_on if own else None, "day on which the assessment was prepared"),
            approver_post=said(name_of(own.approver_post) if own else None, "who approves the assessment"),
            approved_on=said(own.approved_on if own else None, "day on which the assessment was approved"),
            supplier_steps=(own.supplier_steps or None) if own else None,
        ),
        people=said(
            tuple(
                conflicts_paper.Considered(
                    one.name, one.post, one.role, said(one.declared_on, f"day on which {one.name} declared"),
                    "An interest, below" if one.interest else "Nothing declared",
                )
                for one in people
            ),
            "people who were considered",
        ),
        found=tuple(_found(one) for one in people if one.interest),
        reviews=tuple(
            conflicts_paper.Reviewed(one.on, one.at_stage, one.result) for one in (own.reviews if own else [])
        ),
    )  # fmt: skip


def _found(one: ConsideredPerson) -> conflicts_paper.FoundConflict:
    assert one.interest_kind is not None and one.conflict_kind is not None and one.outcome is not None
    since = f"; since {one.since}" if one.since else ""
    return conflicts_paper.FoundConflict(
        who=one.name,
        text=f"{one.interest} ({one.interest_kind.label.lower()}{since})",
        kind=one.conflict_kind.label,
        advantage=one.advantage,
        steps=one.steps,
        outcome=one.outcome.label,
    )
