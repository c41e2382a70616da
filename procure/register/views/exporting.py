"""A list of contracts as a file: at once, or as a job where it is long."""

from __future__ import annotations

import io
from urllib.parse import urlencode

from flask import Response, redirect, url_for

from procure.contract.rules import ContractState
from procure.jobs.actions import ask
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.register.facts.exporting import HEADS, rows_of
from procure.register.facts.listing import Reach, count_of, reach_of
from procure.register.forms import ExportForm
from procure.register.jobs import LIST, MADE_AT_ONCE, about_list_of
from procure.register.rules.listing import Asked, asked_by
from procure.register.rules.spreadsheets import FileKind, write_file
from procure.register.views.room import Answer, arguments, page, pages


@pages.route("/contracts/export", methods=["GET", "POST"])
@enter()
def export() -> Answer:
    """The list as it is narrowed, as far as the reader may read it."""
    asked, form = asked_by(arguments()), ExportForm()
    reach = reach_of(signed_in(), today())
    count = count_of(asked, reach, most=MADE_AT_ONCE)
    if form.validate_on_submit():
        kind = FileKind(form.kind.data)
        if not count.is_more:
            return _file(asked, reach, kind)
        job = ask(
            LIST, title=f"A list of contracts: {kind.label}", about=about_list_of(signed_in()), by=signed_in(),
            at=now(), facts={"asked": urlencode(asked.arguments(), doseq=True), "kind": kind.value},
        )  # fmt: skip
        return redirect(url_for("jobs.one", number=job.id))
    return page(
        "export", form, asked=asked, count=count, states=ContractState,
        back=url_for("contract.index", **asked.arguments()),
    )  # fmt: skip


def _file(asked: Asked, reach: Reach, kind: FileKind) -> Response:
    made, day = io.BytesIO(), today()
    write_file(made, kind, "Contracts", HEADS, rows_of(asked, reach, day))
    answer = Response(made.getvalue(), mimetype=kind.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"contracts-{day.isoformat()}.{kind.ending}")
    return answer
