"""What the forward plan says of a file."""

from __future__ import annotations

from sqlalchemy import select

from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.extensions import db
from procure.procurement.models import Procurement


def entry_for(procurement: Procurement) -> ForwardPlanEntry | None:
    """The newest notice for a file that hasn't been withdrawn; None where there is none."""
    return db.session.scalars(
        select(ForwardPlanEntry)
        .where(ForwardPlanEntry.procurement_id == procurement.id, ForwardPlanEntry.withdrawn_on.is_(None))
        .order_by(ForwardPlanEntry.id.desc())
    ).first()
