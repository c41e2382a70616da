"""A late bid: the Monitoring Officer decides whether it is evaluated."""

from __future__ import annotations

from flask import abort, flash

from procure.evaluation import actions
from procure.evaluation.facts import came_late
from procure.evaluation.forms import YES, LateForm
from procure.evaluation.rules.panel import late_by
from procure.evaluation.views.fetching import Answer, bid_at, lot_to_read, page, pages, to
from procure.notices.facts import opening_notice
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save, status_of


@pages.route("/procurements/<reference>/evaluation/bids/<int:place>/late", methods=["GET", "POST"])
@enter(Role.MONITORING_OFFICER)
def late(reference: str, place: int) -> Answer:
    """Say whether a late bid is evaluated, and why."""
    lot = lot_to_read(reference)
    bid, form = bid_at(lot, place), LateForm()
    if not came_late(bid):
        abort(404)

    def keep() -> None:
        actions.decide_late(
            bid, is_admitted=form.admitted.data == YES, reason=form.reason.data or "", by=signed_in(), at=now()
        )

    if save(form, keep, file=lot.procurement.reference):
        flash(f"Your decision on the bid of {bid.supplier.name} is on record.")
        return to("index", lot)
    notice = opening_notice(lot)
    assert notice is not None and notice.closes_at is not None and bid.received_at is not None
    late_words = late_by(bid.received_at - notice.closes_at)
    return page("late", lot, bid=bid, form=form, is_task=True, notice=notice, late_words=late_words), status_of(form)
