"""Who may read bids, and the papers that name bidders with their scores and prices."""

from __future__ import annotations

import re
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


OF_A_LOT = re.compile(r"Lot (\d+)(?:, |$)")
"""How the subject of a paper of one lot among several begins."""


def opens_papers_of_lot(person: Person, lot: Lot, day: date) -> bool:
    """Whether somebody may open a lot's working papers: who reads its bids, on its panel only once cleared (G3)."""
    if not reads_bids(lot, person, day):
        return False
    member = member_for(lot, person)
    return member is None or standing_in(member, bids_of(lot)) is Standing.CLEAR


def opens_paper_of_bids(person: Person, file: Procurement, day: date, subject: str) -> bool:
    """Whether somebody may open one working paper: of the lot that its subject names, or of every lot."""
    named = OF_A_LOT.match(subject)
    lots = [lot for lot in file.lots if not lot.is_only and named and lot.number == int(named[1])] or file.lots
    return all(opens_papers_of_lot(person, lot, day) for lot in lots)


def file_of_bids_for(person: Person, reference: str, day: date) -> Procurement:
    """The file with this reference, for whoever may open the working papers of all its lots. Else 403, or 404."""
    file = procurement_for(person, reference, day)
    if not all(opens_papers_of_lot(person, lot, day) for lot in file.lots):
        abort(403)
    return file
