"""Long work with lists: every row checked, and the good ones brought in. Each goes on where a clock died."""

from __future__ import annotations

import shutil
from datetime import timedelta

from procure.extensions import db
from procure.jobs.declare import Kind, Made, Work
from procure.people.models import Person
from procure.refusals import Refusal
from procure.register.list_actions import keeping, receiving
from procure.register.list_actions.checking import Progress
from procure.register.list_facts import list_for
from procure.register.list_models import ContractList
from procure.register.list_rules.steps import ListState
from procure.words import plural

EACH = 2_000
"""Rows between two notes of progress."""
CSV = "text/csv"


def _list(work: Work) -> ContractList:
    return db.session.get_one(ContractList, int(work.facts["list"]))


def check_rows(work: Work) -> Made:
    """Read every row and compare it with what is on record. The file it makes holds the rows to look at."""
    kept = _list(work)
    key, name = kept.id, kept.reference
    try:
        counts = receiving.check(kept, at=work.at, progress=_telling(work))
    except Refusal as no:
        receiving.could_not(key, no.sentence, ListState.CHOSEN)
        raise
    _copy(work, key, keeping.LOOK)
    return Made(f"{name}-rows-to-look-at.csv", CSV, f"had {plural(counts.rows, 'row')} of a list checked")


def bring_rows(work: Work) -> Made:
    """Bring the good rows in, in one act. The file it makes holds the rows to mend."""
    kept = _list(work)
    key, name = kept.id, kept.reference
    if kept.state is not ListState.DONE:  # a clock that died after the act left the rest to be done
        try:
            receiving.bring(
                kept, by=db.session.get_one(Person, int(work.facts["by"])), at=work.at, progress=_telling(work)
            )
        except Refusal as no:
            receiving.could_not(key, no.sentence, ListState.CHECKED)
            raise
    _copy(work, key, keeping.MEND)
    return Made(f"{name}-rows-to-mend.csv", CSV, "finished bringing in a list")


def _telling(work: Work) -> Progress:
    told = -EACH

    def tell(done: int, of: int | None) -> None:
        nonlocal told
        if done - told >= EACH:
            told = done
            work.progress(done, of)

    return tell


def _copy(work: Work, list_id: int, name: str) -> None:
    with keeping.opened(db.session.get_one(ContractList, list_id).kept_under, name) as found:
        shutil.copyfileobj(found, work.result())


ONE = "contract_lists.one"
CHECK = Kind("check_list", "row", check_rows, open_to=list_for, longest=timedelta(minutes=20), page=ONE)
BRING = Kind("bring_in_list", "row", bring_rows, open_to=list_for, longest=timedelta(minutes=20), page=ONE)
LISTS = (CHECK, BRING)
