"""Say which law applies, where the rules can’t tell."""

from __future__ import annotations

from datetime import datetime

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.law.regimes import Regime
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.actions import regime_of
from procure.procurement.models import Procurement, RegimeFinding
from procure.refusals import Refusal


class FindingRefused(Refusal):
    """A finding about the law needs its reason, and comes before anybody relies on the law."""


def find_regime(
    procurement: Procurement, regime: Regime | None, *, reason: str, by: Actor, at: datetime, sees: int | None = None
) -> RegimeFinding:
    """Record which law a person found to apply, and why. None gives the question back to dates and sums.

    The law stays for life: once the competition is open nobody finds another.
    """
    if not reason.strip():
        raise FindingRefused("Say why this law applies.", field="reason")
    with act("said which law applies", on=procurement, by=by, at=at, sees=sees, note=reason):
        if any(lot.notices for lot in procurement.lots):
            raise FindingRefused(
                "A notice has been published under this law, so it stays for the life of the purchase."
            )
        row = RegimeFinding(
            procurement=procurement, regime=regime, reason=reason.strip(), found_on=legal_day(at),
            person_id=by.id if isinstance(by, Person) else None, is_example=procurement.is_example,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        procurement.regime = regime_of(procurement)
    return row
