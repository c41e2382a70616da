"""What is to be bought, for how much, how long and how it will be judged, as the report prints it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from procure import words
from procure.approval import documents as paper
from procure.approval.gathering.said import Said, name_of
from procure.council.law import is_above, planning_england, planning_uk_any, tables, threshold_for
from procure.documents import shared_facts as shared
from procure.documents.gaps import Gap
from procure.law.timetable import start_by
from procure.law.working_days import months_after
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Procedure
from procure.refusals import Refusal

AFTER_THE_REPORT = 2
"""Stages of a purchase that are over when its report is decided: the appraisal and the report itself."""
VAT_LABELS = {20: "at the standard rate", 5: "at the reduced rate", 0: "(none is due)"}
PROCEDURES = {
    Procedure.OPEN: "Open procedure: one stage, anyone may tender",
    Procedure.FLEXIBLE: "Competitive flexible procedure: more than one stage",
    Procedure.QUOTES: "Request for quotes",
}
KINDS = {
    ContractKind.SERVICES: "services or goods",
    ContractKind.LIGHT_TOUCH: "light touch services",
    ContractKind.WORKS: "works",
}


def the_purchase(file: Procurement) -> paper.ReportedProcurement:
    need = Said("Need", "procurement.need", file.reference)
    said = Said("Particulars", "procurement.particulars", file.reference)
    line, law = _threshold(file)
    is_public = None if file.value_gross is None else is_above(file.kind.value, file.compared_gross, file.started_on)
    reserved = file.reserved_text if file.reserved_text.lower().rstrip(".") != "not reserved" else ""
    return paper.ReportedProcurement(
        title=file.title,
        description=need(file.description, "what is bought, in one paragraph"),
        regime_label=regime_label(file, is_public),
        regime_reason=said(file.regime_reason, "why that law applies"),
        is_public_contract=said(is_public, "whether the value is at or above the threshold"),
        threshold=said(line, "threshold that applies, including VAT"),
        threshold_label=law,
        procedure_label=PROCEDURES[file.procedure],
        route_reason=said(file.route_reason, "why this route"),
        has_lots=len(file.lots) > 1,
        lots_reason=said(file.lots_reason, "why the contract is, or is not, divided into lots"),
        reserved_text=reserved or None,
        small_supplier_text=said(
            file.small_supplier_text, "barriers for small and voluntary suppliers, and what was done"
        ),
        engagement_text=said(file.engagement_text, "market engagement"),
        tupe_text=_tupe(file),
        is_recharged_to_leaseholders=said(file.is_recharged_to_leaseholders, "whether leaseholders must be consulted"),
        director_post=need(name_of(file.director_post), "accountable director"),
        portfolio_post=need(name_of(file.portfolio_post), "portfolio holder"),
        wards_label=need(file.wards_label, "wards affected"),
    )


def _tupe(file: Procurement) -> str | None:
    if not file.tupe_staff_count:
        return None
    who = words.sentence(words.number_word(file.tupe_staff_count))
    return f"{who} staff of the present supplier may transfer."


def _threshold(file: Procurement) -> tuple[Decimal | None, str]:
    label = file.kind.label.lower()
    try:
        return threshold_for(file.kind.value, file.started_on).value, label
    except Refusal:
        return None, label


def regime_label(file: Procurement, is_public: bool | None) -> str:
    law, _, _ = file.regime.label.partition(",")
    kind = KINDS[file.kind]
    if is_public is False:
        return f"{law}: a contract below the threshold for {kind}"
    return f"{law}: a public contract for {kind}"


def the_value(file: Procurement) -> shared.ValueFacts:
    said = Said("Value and term", "procurement.value", file.reference)
    label = None if file.vat_percent is None else VAT_LABELS.get(file.vat_percent, f"at {file.vat_percent}%")
    return shared.ValueFacts(
        net=said(file.value_net, "whole-life value without VAT"),
        vat=said(file.value_vat, "VAT on the whole-life value"),
        gross=said(file.value_gross, "whole-life value including VAT"),
        vat_label=said(label, "VAT treatment"),
        basis=said(file.value_basis, "how the value was estimated"),
    )


def the_term(file: Procurement) -> shared.TermFacts:
    said = Said("Value and term", "procurement.value", file.reference)
    months, count = file.initial_months, file.extension_count
    further = f"{words.number_word(count)} further period{'' if count == 1 else 's'} of "
    most = file.max_months
    ends_on = None
    if file.service_starts_on and most:
        ends_on = months_after(file.service_starts_on, most) - timedelta(days=1)
    return shared.TermFacts(
        starts_on=said(file.service_starts_on, "start of the service"),
        initial_label=said(words.months_label(months) if months else None, "initial term in words"),
        extensions_label=further + words.months_label(file.extension_months) if count else None,
        max_label=said(words.months_label(most) if most else None, "longest possible term in words"),
        max_ends_on=said(ends_on, "last possible end"),
    )


def the_method(file: Procurement) -> paper.PlannedMethod:
    method = file.only_lot.method
    if method is None:
        said = Said("Tender", "tender.method", file.reference)
        return paper.PlannedMethod(said(None, "weight of quality"), said(None, "weight of price"), None)
    size = words.sentence(words.number_word(method.panel_size))
    panel = (
        f"{size} evaluators score alone. A moderator who does not score "
        "chairs the agreement of one score, with a reason, for each criterion. Scores are never averaged."
    )
    return paper.PlannedMethod(Decimal(100 - method.price_weight), Decimal(method.price_weight), panel)


def the_criteria(file: Procurement) -> tuple[shared.CriterionFacts, ...] | Gap:
    method = file.only_lot.method
    rows = tuple(
        shared.CriterionFacts(str(one.number), one.title, Decimal(one.weight))
        for one in (method.criteria if method else ())
    )
    return Said("Tender", "tender.method", file.reference)(rows, "award criteria")


def steps(meeting_on: date | None, starts_on: date | None) -> tuple[paper.PlannedStep, ...] | Gap:
    """The steps from the decision on: when each would begin at the earliest, and when it must at the latest."""
    if meeting_on is None or starts_on is None:
        return Gap("steps of the timetable", "Report: heading")
    plan = start_by(
        starts_on - timedelta(days=1), england=planning_england(), uk_any=planning_uk_any(),
        steps=tables().steps[AFTER_THE_REPORT:], begins_on=meeting_on,
    )  # fmt: skip
    rows = [
        paper.PlannedStep(
            stage.step.name, _when(stage.earliest_start_on or stage.latest_start_on, stage.latest_start_on)
        )
        for stage in plan.stages
    ]
    return (*rows, paper.PlannedStep("Service starts", words.weekday(starts_on)))


def _when(earliest: date, latest: date) -> str:
    if earliest >= latest:
        return f"from {words.weekday(latest)} at the latest" if earliest == latest else f"by {words.weekday(latest)}"
    return f"from {words.weekday(earliest)}; by {words.day(latest)} at the latest"
