"""The letter that tells an administrator the clock stood still.

Written by whichever clock comes next, before it makes good what was missed: a web server can show that nothing runs,
but nothing it wrote would be posted.
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.mail.actions import queue
from procure.mail.health import last_round_at, silent_since
from procure.mail.models import Letter
from procure.people.access import holders_of
from procure.people.rules import Role

CLOCK = Machine("The clock")


def tell_of_silence(at: datetime) -> int:
    """Write to every administrator where no daily round has ended well for 26 hours. Once for each such silence."""
    since, last = silent_since(at), last_round_at()
    if since is None or last is None:
        return 0
    told = f"clock stood still:{since.isoformat()}:"
    if db.session.scalar(select(Letter.id).where(Letter.once.startswith(told)).limit(1)) is not None:
        return 0
    written = 0
    with act("noticed that the clock had stood still", on="letters", by=CLOCK, at=at):
        for person in holders_of(Role.ADMINISTRATOR, legal_day(at)):
            letter = queue(
                "clock_stood_still", to=person, about="", at=at, once=f"{told}{person.id}",
                facts={"since": since, "noticed_at": at, "url": f"{current_app.config['PUBLIC_URL']}/settings/clock"},
            )  # fmt: skip
            written += letter is not None
    return written
