"""Naming the two people who open bids, and the key each makes for bids that come in before that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.mail.actions import queue
from procure.notices.facts import opening_notice
from procure.now import legal_day
from procure.people.access import global_roles_of, only_reads, posts_of, posts_up_from
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import may_read
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.tender.sealed_facts import openers_of
from procure.tender.sealed_models import BidOpener
from procure.tender.sealed_rules import OpenerSide, phrase_problem
from procure.tender.sealing import make_keys

BEFORE_OPENING = frozenset({Stage.PREPARING, Stage.OPEN_TO_BIDS})


class CannotOpen(Refusal):
    """Somebody who may not be one of the two who open the bids."""


class NotYourKey(Refusal):
    """An opening phrase is chosen by its opener alone, once, before bids are opened."""


def may_be_named(lot: Lot, day: date) -> list[Person]:
    """Who can be named: active people who may read the file, change things, and don't run the installation."""
    people = db.session.scalars(select(Person).where(Person.is_active).order_by(Person.name))
    return [
        one
        for one in people
        if may_read(one, lot.procurement, day)
        and not only_reads(one, day)
        and Role.ADMINISTRATOR not in global_roles_of(one, day)
    ]


def name_opener(lot: Lot, person: Person, side: OpenerSide, *, by: Actor, at: datetime) -> BidOpener:
    """Name somebody to open the bids, from one side. A stand-in is named the same way."""
    with act("named somebody to open the bids", on=lot, by=by, at=at):
        _not_opened_yet(lot)
        if person not in may_be_named(lot, legal_day(at)):
            raise CannotOpen("Choose somebody who may open this file.", field="person")
        if side is OpenerSide.OUTSIDE and is_of_the_service(person, lot, legal_day(at)):
            raise CannotOpen(
                f"{person.name} belongs to the service, or runs this purchase. Choose somebody from outside it.",
                field="person",
            )
        opener = next((one for one in lot.openers if one.person_id == person.id), None)
        if opener is not None and opener.left_at is None:
            raise CannotOpen(f"{person.name} is named already.", field="person")
        if opener is None:
            opener = BidOpener(lot=lot, person=person, side=side, named_at=at, is_example=lot.procurement.is_example)
            db.session.add(opener)
        elif opener.side is not side and opener.has_key:
            raise CannotOpen(f"{person.name} was named from the other side and holds its key.", field="person")
        opener.side, opener.left_at = side, None
        db.session.flush()
        _write_to(opener, at)
    return opener


def _write_to(opener: BidOpener, at: datetime) -> None:
    lot, notice = opener.lot, opening_notice(opener.lot)
    queue(
        "opener_named", to=opener.person, about=lot.reference, at=at,
        once=f"opener named {lot.reference} {opener.person_id} {at.isoformat()}",
        facts={
            "title": lot.full_title, "file": f"{lot.full_title}, {lot.reference}",
            "officer": lot.procurement.officer.name,
            "closes_at": notice.closes_at if notice else None, "is_outside": opener.side is OpenerSide.OUTSIDE,
            "url": f"{current_app.config['PUBLIC_URL']}/procurements/{lot.reference}/tender/openers",
        },
    )  # fmt: skip


def is_of_the_service(person: Person, lot: Lot, day: date) -> bool:
    """Whether somebody runs the purchase, or holds the post that answers for it or one beneath that."""
    procurement = lot.procurement
    if person.id == procurement.officer_id:
        return True
    held = [holding.post for holding in person.holdings if holding.covers(day)]
    above = {post.id for one in held for post in posts_up_from(one)} | posts_of(person, day)
    return procurement.lead_post_id in above or procurement.director_post_id in posts_of(person, day)


def take_off(opener: BidOpener, *, by: Actor, at: datetime) -> None:
    """Take somebody off. Bids that were sealed to them can still be opened by their stand-ins."""
    with act("took somebody off the openers of the bids", on=opener, by=by, at=at):
        _not_opened_yet(opener.lot)
        if opener.has_key and not _others_with_key(opener):
            raise CannotOpen(
                f"{opener.person.name} holds the only key of their side. Name a stand-in, who makes a key, first; bids "
                "registered before that still need this one."
            )
        opener.left_at, opener.came_at, opener.handed_over = at, None, None


def _others_with_key(opener: BidOpener) -> Iterable[BidOpener]:
    return [one for one in openers_of(opener.lot, opener.side) if one.has_key and one is not opener]


def choose_phrase(opener: BidOpener, phrase: str, *, by: Person, at: datetime) -> None:
    """The opener makes their key. The phrase itself is kept nowhere."""
    problem = phrase_problem(phrase, (by.name, by.email, opener.lot.reference, opener.lot.full_title))
    keys = None if problem else make_keys(phrase)
    with act("made a key for opening bids", on=opener, by=by, at=at):
        _not_opened_yet(opener.lot)
        if opener.person_id != by.id or opener.left_at is not None:
            raise NotYourKey("Only the opener can choose their phrase.")
        if opener.has_key:
            raise NotYourKey("You have chosen your phrase. It can’t be changed: bids may be sealed with it already.")
        if keys is None:
            raise NotYourKey(problem, field="phrase")
        opener.public_key, opener.locked_key = keys.public, keys.locked


def _not_opened_yet(lot: Lot) -> None:
    if lot.stage not in BEFORE_OPENING or lot.opening is not None:
        raise CannotOpen("The bids are open, so who opens them can’t be changed any more.")
