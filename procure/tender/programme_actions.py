"""Plan a whole purchase from one end or the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.procurement.models import Procurement
from procure.refusals import Refusal
from procure.tender.programme_models import Programme, ProgrammeStage
from procure.tender.programme_rules import MOST_DAYS, Counted

FIRST_YEAR, LAST_YEAR = 2000, 2090


class ProgrammeRefused(Refusal):
    """A length or a day that no timetable can be laid out from."""


def plan_programme(
    procurement: Procurement,
    *,
    counted: Counted,
    anchor_on: date,
    days: Mapping[str, int],
    held: Mapping[str, date],
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> Programme:
    """Keep what a timetable is laid out from: the end it is counted from, the lengths, and days that are held.

    A plan may break a rule: the page says which, and the file's own moves refuse what is not allowed when it comes.
    """
    standing = procurement.programme
    with act(
        "planned the whole purchase", on=standing or procurement, by=by, at=at, sees=sees if standing else None
    ):  # fmt: skip
        for key, on in {"anchor_on": anchor_on, **held}.items():
            if not FIRST_YEAR <= on.year <= LAST_YEAR:
                field = "anchor_on" if key == "anchor_on" else f"{key}_on"
                raise ProgrammeRefused(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}.", field=field)
        for key, length in days.items():
            if not 0 <= length <= MOST_DAYS:
                raise ProgrammeRefused(f"A stage takes {MOST_DAYS} days at most.", field=f"{key}_days")
        programme = standing
        if programme is None:
            programme = Programme(
                procurement=procurement, counted=counted, anchor_on=anchor_on, is_example=procurement.is_example
            )
            db.session.add(programme)
        programme.counted, programme.anchor_on = counted, anchor_on
        _keep_stages(programme, days, held)
        db.session.flush()
    return programme


def _keep_stages(programme: Programme, days: Mapping[str, int], held: Mapping[str, date]) -> None:
    """Rewrite the stages in place. Where only a stage changed the plan counts it too, so that two savers are told."""
    standing = {row.key: row for row in programme.stages}
    wanted = {key: (length, held.get(key)) for key, length in days.items()}
    if standing and {key: (row.days, row.held_to) for key, row in standing.items()} != wanted:
        programme.edition += 1
    for key, (length, held_to) in wanted.items():
        if key in standing:
            standing[key].days, standing[key].held_to = length, held_to
        else:
            programme.stages.append(ProgrammeStage(key=key, days=length, held_to=held_to))
    for key, row in standing.items():
        if key not in wanted:
            db.session.delete(row)
