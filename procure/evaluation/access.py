"""Who may read bids, and the papers that name bidders with their scores and prices."""

from __future__ import annotations

from datetime import date

from flask import abort

from procure.evaluation.facts import bids_of, member_for, standing_in
from procure.evaluation.rules import Standing
from procure.people.access import global_roles_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.access import procurement_for
from procure.procurement.models import Lot, Procurement

ROOM = "evaluation"
READS_BIDS = frozenset({Role.FINANCE, Role.LEGAL, Role.MONITORING_OFFICER, Role.AUDITOR})
"""Roles for every file that read sealed bids beside its officer and its panel. An administrator never does."""


def reads_bids(lot: Lot, person: Person, day: date) -> bool:
    """Whether somebody may read bids at all: the panel, the officer, and whoever checks for the whole council."""
    if member_for(lot, person) is not None or Role.OFFICER in roles_of(person, day, lot.procurement_id):
        return True
    return bool(global_roles_of(person, day) & READS_BIDS)


def opens_papers_of_bids(person: Person, file: Procurement, day: date) -> bool:
    """Whether somebody may open the evaluation's working papers: who reads bids, on a panel only once cleared (G3)."""
    if not all(reads_bids(lot, person, day) for lot in file.lots):
        return False
    places = [(member, lot) for lot in file.lots if (member := member_for(lot, person)) is not None]
    return all(standing_in(member, bids_of(lot)) is Standing.CLEAR for member, lot in places)


def file_of_bids_for(person: Person, reference: str, day: date) -> Procurement:
    """The file with this reference, for whoever may open its evaluation's working papers. Else 403, or 404."""
    file = procurement_for(person, reference, day)
    if not opens_papers_of_bids(person, file, day):
        abort(403)
    return file
