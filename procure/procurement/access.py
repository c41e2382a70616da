"""Fetching a file and the right to see or change it, in one call."""

from __future__ import annotations

import re
from datetime import date

from flask import abort, redirect, url_for
from sqlalchemy import ColumnElement, or_, select, true

from procure.appraisal.models import Appraisal
from procure.approval.models import Implication, Report
from procure.authority.models import ConsulteeView, Decision, Delegation, DelegationConsultee
from procure.contract.models import Contract
from procure.extensions import db
from procure.people.access import may_read_every_file, posts_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal


class FileStandsStill(Refusal):
    """The file is paused or abandoned: nothing on it may be done or changed."""


def may_read(person: Person, procurement: Procurement, day: date) -> bool:
    """Whether a person may open a file: by a role for all files, a role on this one, or a post it involves."""
    if may_read_every_file(person, day) or procurement.officer_id == person.id:
        return True
    if any(grant.covers(day) and grant.procurement_id == procurement.id for grant in person.grants):
        return True
    posts = posts_of(person, day)
    if not posts:
        return False
    contract = procurement.ending_contract
    involved = {
        procurement.director_post_id,
        procurement.lead_post_id,
        procurement.portfolio_post_id,
        contract.manager_post_id if contract else None,
    }
    if posts & involved:
        return True
    if procurement.appraisal and procurement.appraisal.reviewer_id == person.id:
        return True
    if procurement.report and any(one.author_post_id in posts for one in procurement.report.implications):
        return True
    return _is_in_a_decision(procurement, posts)


def _is_in_a_decision(procurement: Procurement, posts: set[int]) -> bool:
    deciding = select(Decision.id).where(Decision.procurement_id == procurement.id, Decision.post_id.in_(posts))
    asked = (
        select(ConsulteeView.id)
        .join(Decision)
        .where(
            Decision.procurement_id == procurement.id,
            or_(ConsulteeView.post_id.in_(posts), ConsulteeView.substitute_post_id.in_(posts)),
        )
    )
    delegated = (
        select(Delegation.id)
        .outerjoin(DelegationConsultee)
        .where(
            Delegation.procurement_id == procurement.id,
            or_(Delegation.post_id.in_(posts), DelegationConsultee.post_id.in_(posts)),
        )
    )
    return any(db.session.execute(found.limit(1)).first() for found in (deciding, asked, delegated))


def may_change(person: Person, procurement: Procurement, day: date) -> bool:
    """Whether a person runs this file: a procurement officer for all files or for this one."""
    return Role.OFFICER in roles_of(person, day, procurement.id)


OF_A_LOT = re.compile(r"(?P<file>.+)-L(?P<number>\d{1,3})")
"""The reference of one lot of a file that has several."""


def procurement_for(person: Person, reference: str, day: date) -> Procurement:
    """The file with this reference, or with this lot, if the person may read it. 404 for both kinds of no."""
    of_lot = OF_A_LOT.fullmatch(reference)
    of_file = of_lot["file"] if of_lot else reference
    found = db.session.scalars(select(Procurement).where(Procurement.reference == of_file)).one_or_none()
    if found is None or not may_read(person, found, day):
        abort(404)
    return found


def procurement_to_change(person: Person, reference: str, day: date) -> Procurement:
    """The file with this reference, if the person runs it. 404 where they may not read it, 403 where not change.

    Raises `FileStandsStill` while it is paused, and for good once it is abandoned.
    """
    found = procurement_to_steer(person, reference, day)
    if found.stage is Stage.PAUSED:
        raise FileStandsStill("This file is paused. Take it up again before you change it.")
    if found.stage is Stage.ABANDONED:
        raise FileStandsStill("This file is abandoned. Its record stays as it is.")
    return found


def lot_for(person: Person, reference: str, day: date) -> Lot:
    """The lot with this reference, if the person may read its file. 404 where there is no such lot.

    A divided file's own reference leads to its page, where its lots are listed.
    """
    return _lot(procurement_for(person, reference, day), reference)


def lot_to_change(person: Person, reference: str, day: date) -> Lot:
    """The lot with this reference, if the person runs its file; refused as `procurement_to_change` refuses."""
    return _lot(procurement_to_change(person, reference, day), reference)


def lot_to_steer(person: Person, reference: str, day: date) -> Lot:
    """The same where the file may stand still: its end is still to be published, or followed by another purchase."""
    return _lot(procurement_to_steer(person, reference, day), reference)


def _lot(procurement: Procurement, reference: str) -> Lot:
    found = next((lot for lot in procurement.lots if lot.reference == reference), None)
    if found is None and reference == procurement.reference:
        abort(redirect(url_for("procurement.overview", reference=reference)))
    return found or abort(404)


def procurement_to_steer(person: Person, reference: str, day: date) -> Procurement:
    """The same for whoever pauses a file or takes it up again: it may stand still."""
    found = procurement_for(person, reference, day)
    if not may_change(person, found, day):
        abort(403)
    return found


def is_readable(person: Person, day: date) -> ColumnElement[bool]:
    """`may_read` as the condition of a query over `Procurement`: the same answer for every file, in one go."""
    if may_read_every_file(person, day):
        return true()
    granted = {grant.procurement_id for grant in person.grants if grant.covers(day)} - {None}
    own = [Procurement.officer_id == person.id, Procurement.id.in_(granted)]
    posts = posts_of(person, day)
    if not posts:
        return or_(*own)
    ending = select(Contract.id).where(Contract.manager_post_id.in_(posts))
    reviewed = select(Appraisal.procurement_id).where(Appraisal.reviewer_id == person.id)
    written = select(Report.procurement_id).join(Implication).where(Implication.author_post_id.in_(posts))
    decided = (
        select(Decision.procurement_id)
        .outerjoin(ConsulteeView)
        .where(
            or_(
                Decision.post_id.in_(posts),
                ConsulteeView.post_id.in_(posts),
                ConsulteeView.substitute_post_id.in_(posts),
            )
        )
    )
    delegated = (
        select(Delegation.procurement_id)
        .outerjoin(DelegationConsultee)
        .where(or_(Delegation.post_id.in_(posts), DelegationConsultee.post_id.in_(posts)))
    )
    involved = (Procurement.director_post_id, Procurement.lead_post_id, Procurement.portfolio_post_id)
    return or_(
        *own,
        *(post.in_(posts) for post in involved),
        Procurement.ending_contract_id.in_(ending),
        *(Procurement.id.in_(found) for found in (reviewed, written, decided, delegated)),
    )


def readable(person: Person, day: date) -> list[Procurement]:
    """All files a person may open, newest first."""
    found = select(Procurement).where(is_readable(person, day)).order_by(Procurement.reference.desc())
    return list(db.session.scalars(found))
