"""Where a missing fact is filled in, for a gap that names the page and not its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from procure.documents.gaps import Gap

OF_A_FILE: Mapping[str, str] = {
    "Need": "need",
    "Particulars": "particulars",
    "Value and term": "value",
    "People": "people",
    "Appraisal": "appraisal",
    "Options appraisal": "appraisal",
    "The contract that ends": "appraisal/current-contract",
    "Report: heading": "authority/report/heading",
    "Authority": "authority",
    "Tender": "tender",
    "Evaluation": "evaluation",
    "Bids": "evaluation/bids",
    "Award": "award",
    "Award decision": "award-decision/decision",
    "Standstill": "award/standstill",
}
"""Pages below a procurement, by what gaps call them."""

OF_THE_COUNCIL: Mapping[str, str] = {"Settings": "/settings/council", "The council": "/settings/council"}


def placed(gap: Gap, file: str | None) -> Gap:
    """The gap with the address of its page, where it names one we know; `file` is the procurement's reference."""
    if gap.href or gap.where is None:
        return gap
    if gap.where in OF_THE_COUNCIL:
        return replace(gap, href=OF_THE_COUNCIL[gap.where])
    page = OF_A_FILE.get(gap.where)
    return replace(gap, href=f"/procurements/{file}/{page}") if page and file else gap
