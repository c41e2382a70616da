"""What this room tells the others: money set aside whose time ends with some of it left."""

from __future__ import annotations

from datetime import date, timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure.budget.models import RingFence
from procure.budget.rules import unspent_said
from procure.extensions import db
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.rules import Waiting

BEFORE_THE_END = timedelta(days=60)
"""How long before the end of a ring-fence the unspent part is shown, while it can still be committed."""


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For budget holders and Finance: ring-fences that end within two months with money left, or of unknown amount."""
    if not global_roles_of(person, today) & {Role.BUDGET_HOLDER, Role.FINANCE}:
        return []
    ending = db.session.scalars(
        select(RingFence)
        .where(RingFence.until_on >= today, RingFence.until_on <= today + BEFORE_THE_END)
        .options(selectinload(RingFence.purposes), selectinload(RingFence.commitments))
        .order_by(RingFence.until_on, RingFence.id)
    )
    return [
        Waiting(
            said, url_for("budget.ring_fence", number=fence.id), "Money set aside", fence.until_on,
            is_example=fence.is_example,
        )
        for fence in ending
        if (said := unspent_said(fence.facts))
    ]  # fmt: skip
