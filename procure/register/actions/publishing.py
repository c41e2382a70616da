"""Publishing a quarter: contracts and invitations to tender as two files, kept as they went out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import act
from procure.documents.storage import store
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal
from procure.register.facts.exporting import CODE_HEADS
from procure.register.facts.publication import INVITATION_HEADS, invitation_row, invitations_in, rows_to_publish
from procure.register.models import Publication
from procure.register.rules.listing import Quarter
from procure.register.rules.spreadsheets import Value, csv_pieces
from procure.words import plural


class NotYours(Refusal):
    """A quarter is published by a procurement officer or Democratic services."""


class QuarterNotOver(Refusal):
    """What was in force in a quarter is known when it is over."""


class ReasonNeeded(Refusal):
    """A quarter that was published is published again for a reason."""


class PublishedMeanwhile(Refusal):
    """Somebody else published the same quarter at the same time."""


@dataclass(frozen=True)
class Published:
    """What went out: its row, and the file of contracts."""

    publication: Publication
    content: bytes


def may_publish(by: Person, day: date) -> bool:
    """Procurement officers and Democratic services, for all files."""
    return bool(global_roles_of(by, day) & {Role.OFFICER, Role.DEMOCRATIC_SERVICES})


def publish_quarter(
    quarter: Quarter, *, by: Person, at: datetime, because: str = "", tell: Callable[[int], None] = lambda _: None
) -> Published:
    """Publish a quarter. The files are made and kept first, so that a failure leaves at most files nothing names."""
    day = legal_day(at)
    if not may_publish(by, day):
        raise NotYours("Only a procurement officer or Democratic services can publish a quarter.")
    if quarter.ends_on >= day:
        raise QuarterNotOver(f"{quarter.label} isn’t over yet.")
    of_quarter = select(func.max(Publication.number)).where(Publication.quarter == str(quarter))
    if db.session.scalar(of_quarter) and not because.strip():
        raise ReasonNeeded("This quarter was published before. Say why it is published again", field="because")
    counted = {"contracts": 0, "lacking": 0}

    def rows() -> Iterator[Sequence[Value]]:
        for row, is_lacking in rows_to_publish(quarter, day):
            counted["contracts"] += 1
            counted["lacking"] += is_lacking
            if counted["contracts"] % 500 == 0:
                tell(counted["contracts"])
            yield row

    content = b"".join(csv_pieces(CODE_HEADS, rows(), is_machine=True))
    invited = [invitation_row(lot, notice) for lot, notice in invitations_in(quarter)]
    invitations = b"".join(csv_pieces(INVITATION_HEADS, invited, is_machine=True))
    kept = {name: _keep(said) for name, said in (("contracts", content), ("invitations", invitations))}
    told = plural(counted["contracts"], "contract")
    try:
        with act(f"published {told} of {quarter.label}", on="register", by=by, at=at, note=because or None):
            publication = Publication(
                quarter=str(quarter), number=(db.session.scalar(of_quarter) or 0) + 1,
                contracts=counted["contracts"], contracts_key=kept["contracts"][0],
                contracts_sha256=kept["contracts"][1], invitations=len(invited),
                invitations_key=kept["invitations"][0], invitations_sha256=kept["invitations"][1],
                lacking=counted["lacking"], because=because, published_by_id=by.id, published_at=at,
            )  # fmt: skip
            db.session.add(publication)
    except IntegrityError:
        raise PublishedMeanwhile(
            "Somebody else has just published this quarter. Look at what they published."
        ) from None
    return Published(publication, content)


def _keep(content: bytes) -> tuple[str, str]:
    digest = hashlib.sha256(content).hexdigest()
    key = f"register/{digest[:2]}/{digest}.csv"
    store(key, content)
    return key, digest
