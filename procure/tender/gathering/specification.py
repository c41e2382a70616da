"""From rows to the specification."""

from __future__ import annotations

from datetime import datetime

from procure.council.law import is_above
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from procure.law.regimes import Duty, binds
from procure.law.thresholds import Line as Threshold
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind
from procure.tender.documents import specification as paper
from procure.tender.gathering.said import Pages, standing_terms, text_lines, the_council, the_term
from procure.tender.pack_models import PlannedKpi, Specification
from procure.tender.pack_rules import rows_of


def specification(lot: Lot, at: datetime) -> paper.SpecificationPaper:
    """Everything the specification prints, as the file stands."""
    pages, standing = Pages(lot), standing_terms()
    return paper.SpecificationPaper(
        council=the_council(pages),
        procurement=paper.SpecifiedPurchase(lot.reference, lot.full_title),
        term=the_term(lot, pages),
        spec=_specified(lot, pages),
        policies=tuple(paper.Policy(*row) for row in rows_of("policies", standing.policies if standing else "")),
        kpis=pages.kpis(tuple(_kpi(one) for one in lot.kpis), "key performance indicators"),
        kpis_text="At least three indicators are set under section 52 of the Procurement Act 2023, and performance is "
        "published."
        if must_publish_kpis(lot)
        else None,
    )


def must_publish_kpis(lot: Lot) -> bool:
    """Whether the contract needs three indicators and their publication. Procurement Act 2023 s.52."""
    file = lot.procurement
    light_touch = file.kind is ContractKind.LIGHT_TOUCH
    if file.value_gross is None or not binds(Duty.KPIS, file.regime, light_touch=light_touch):
        return False
    return is_above(Threshold.KPIS, file.value_gross, file.started_on)


def kpi_no(one: PlannedKpi) -> str:
    """K1."""
    return f"K{one.number}"


def _kpi(one: PlannedKpi) -> paper.SpecifiedKpi:
    return paper.SpecifiedKpi(
        kpi_no(one), one.name, one.measure, one.target, one.tolerance, one.frequency, one.source
    )  # fmt: skip


def _nothing_written() -> Specification:
    """Stands for a specification that isn't begun: every part of it is a gap."""
    texts = (
        "background aims outcomes in_scope out_of_scope requirements volumes standards social_value council_provides "
        "reports reviews mobilisation exit_text dpia_reference"
    )
    return Specification(**dict.fromkeys(texts.split(), ""), has_safeguarding=False)


def _specified(lot: Lot, pages: Pages) -> paper.Specified:
    spec, said = lot.specification or _nothing_written(), pages.specification

    def listed(name: str, meaning: str) -> tuple[Line, ...] | Gap:
        return said(text_lines(getattr(spec, name)), meaning)

    def rows(name: str) -> list[tuple[str, ...]]:
        return list(rows_of(name, getattr(spec, name)))

    return paper.Specified(
        background=listed("background", "background of the service"),
        aims=listed("aims", "aims"),
        outcomes=said(
            tuple(paper.SpecifiedOutcome(f"O{no}", *row) for no, row in enumerate(rows("outcomes"), start=1)),
            "outcomes",
        ),
        in_scope=listed("in_scope", "what is in scope"),
        out_of_scope=listed("out_of_scope", "what is out of scope"),
        requirements=said(
            tuple(paper.Requirement(f"R{no}", *row) for no, row in enumerate(rows("requirements"), start=1)),
            "what the supplier must do",
        ),
        volumes=said(tuple(paper.Volume(*row) for row in rows("volumes")), "volumes"),
        standards=listed("standards", "standards"),
        social_value=listed("social_value", "social value that is asked for"),
        council_provides=listed("council_provides", "what the council provides"),
        reports=said(tuple(paper.ReportDue(*row) for row in rows("reports")), "reports"),
        reviews=said(spec.reviews, "how often the contract is reviewed"),
        mobilisation=said(tuple(paper.Milestone(*row) for row in rows("mobilisation")), "steps of getting ready"),
        exit_text=said(spec.exit_text, "what happens at the end of the contract"),
        has_safeguarding=spec.has_safeguarding,
        dpia_reference=spec.dpia_reference or None,
    )
