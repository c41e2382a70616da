"""The case file of a purchase: what is in it, and one button."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.audit.rules import digest
from procure.desk.case_file import case_file_of, may_take, open_whole, state_of
from procure.desk.case_file_jobs import CASE_FILE
from procure.desk.views import pages
from procure.jobs.actions import ask
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.procurement.models import Procurement
from procure.words import plural


@pages.app_template_global("takes_case_file")
def _takes_case_file(procurement: Procurement) -> bool:
    return may_take(signed_in(), procurement, today())


@pages.get("/procurements/<reference>/case-file")
@enter()
def case_file(reference: str) -> str:
    """Everything about a purchase in date order, before it is made into one zip."""
    procurement = open_whole(signed_in(), reference, today())
    found = case_file_of(procurement)
    return render_template(
        "desk/case_file.html", procurement=procurement, page="documents", is_task=True, found=found,
        counted=plural(len(found.items), "document"),
    )  # fmt: skip


@pages.post("/procurements/<reference>/case-file")
@enter()
def make_case_file(reference: str) -> Response:
    """Ask for the case file. It is made in the background; its own page says how far it is."""
    procurement = open_whole(signed_in(), reference, today())
    facts = {"state": digest("case file", state_of(procurement))}
    job = ask(
        CASE_FILE, title="The case file", about=procurement.reference, facts=facts, by=signed_in(), at=now(),
        still_good=True,
    )  # fmt: skip
    return redirect(url_for("jobs.one", number=job.id))
