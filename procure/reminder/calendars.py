"""A person's calendar: every day that matters of the contracts whose posts they act for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import current_app
from sqlalchemy import select

from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.extensions import db
from procure.people.access import posts_of
from procure.people.models import Person
from procure.reminder.gathering import CONTRACT, name_of, terms_of
from procure.reminder.keys import hash_of, uid_of
from procure.reminder.models import LetterChoice
from procure.reminder.rules.calendar import Entry, calendar_of
from procure.reminder.rules.kinds import Ahead, ReminderKind, about_label
from procure.reminder.rules.planning import occasions

LOOKS_BACK = timedelta(days=92)
MOST = 2000
"""A calendar with more contracts than that is nobody's."""


def owner_of(key: str) -> Person | None:
    """Whose calendar has this secret address; None where it was renewed or never was."""
    if len(key) > 100:
        return None
    choice = db.session.scalars(select(LetterChoice).where(LetterChoice.calendar_hash == hash_of(key))).one_or_none()
    return choice.person if choice else None


def feed_of(person: Person, today: date) -> str:
    """The person's calendar as iCalendar text. The same until something changes, so that nothing is sent twice."""
    rows = db.session.execute(
        select(Contract.id, Contract.title, Contract.reference)
        .where(Contract.manager_post_id.in_(posts_of(person, today)), Contract.state == ContractState.LIVE)
        .order_by(Contract.id)
        .limit(MOST)
    )
    contracts = {name_of(CONTRACT, row.id): row for row in rows}
    terms = terms_of(list(contracts)) if contracts else {}
    url = current_app.config["PUBLIC_URL"]
    entries = []
    for of, its in terms.items():
        contract = contracts[of]
        for one in occasions(its, today):
            if one.kind in (ReminderKind.OWNER, ReminderKind.OVER) or one.about_on < today - LOOKS_BACK:
                continue
            said = (
                "Ends" if one.kind is ReminderKind.LADDER
                else about_label(one.kind, Ahead(1), one.about_on, one.said)
            )  # fmt: skip
            entries.append(
                Entry(uid_of(of, one.kind, one.item), one.about_on, f"{said}: {contract.title}",
                      contract.reference, f"{url}/contracts/{contract.reference}", 7)
            )  # fmt: skip
    entries.sort(key=lambda entry: (entry.on, entry.uid))
    return calendar_of(entries, name=f"Contracts: {person.name}", at=STAMP, is_feed=True)


STAMP = datetime(2025, 1, 1, tzinfo=UTC)
"""A feed's stamp doesn't move with the clock: else it would look new at every visit."""
