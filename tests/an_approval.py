"""Files on their way through approval, built by the real actions of the demonstration."""

from __future__ import annotations

from procure.approval.models import Report
from procure.authority.models import Meeting
from procure.demonstration import appraisal, approval, days, purchase, tender
from procure.demonstration.cast import Cast
from procure.procurement.actions import open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from tests.standing import kept


@kept
def a_file_seeking_approval(cast: Cast, title: str = "Social infrastructure support") -> Procurement:
    """Described, appraised and reviewed; Option 4 preferred; the method planned."""
    officer = cast["officer"]
    file = open_file(
        title=title, route=Route.CABINET, officer=officer, by=officer, at=days.at(days.BUY_AGAIN), is_example=True
    )
    purchase.describe_need(file, cast)
    purchase.describe_value(file, cast)
    appraisal.appraise(file, cast)
    tender.set_method(file, cast)
    return file


@kept
def a_written_report(cast: Cast) -> Report:
    """A report with everything but clearances."""
    return approval.write_report(a_file_seeking_approval(cast), cast)


@kept
def a_reported_file(cast: Cast) -> Procurement:
    """The report is issued; Cabinet has yet to meet."""
    file = a_file_seeking_approval(cast)
    approval.report(file, cast)
    return file


@kept
def a_decided_file(cast: Cast) -> tuple[Procurement, Meeting]:
    """Cabinet has resolved (i) to (v), published on 16 July 2027."""
    file = a_reported_file(cast)
    return file, approval.cabinet(file, cast)
