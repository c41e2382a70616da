"""What every change of an appraisal has in common: when it needs a reason, and that it ends a review."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from procure.appraisal.models import Appraisal
from procure.audit.actions import Actor, ChangedMeanwhile, act
from procure.procurement.actions import ReasonNeeded
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.rows import Base, Recorded

WHILE_WRITING = (Stage.NEED, Stage.APPRAISING)
OVER = (Stage.CLOSED, Stage.ABANDONED)


class FileIsOver(Refusal):
    """Nothing is changed on a file that was closed or abandoned."""


def mark_of(rows: Iterable[Recorded]) -> int:
    """A number that changes when any of these rows does: what a page of many rows carries as its version."""
    seen = sorted(f"{row.__tablename__} {row.id} {row.version}" for row in rows if isinstance(row, Base))
    return zlib.crc32("\n".join(seen).encode())


@contextmanager
def changing(
    appraisal: Appraisal,
    said: str,
    *,
    by: Actor,
    at: datetime,
    note: str | None = None,
    on: Recorded | None = None,
    sees: int | None = None,
    shown: Callable[[], Iterable[Recorded]] | None = None,
    ends_review: bool = True,
) -> Iterator[None]:
    """An act on an appraisal. `on` is the row changed where it is another than the appraisal.

    `sees` is that row's version, or with `shown` the mark of all rows the page showed. A change of what the reviewer
    judged ends the review, and says so in the trail. Once approval has been sought a change needs a reason.

    Raises `ReasonNeeded`, `FileIsOver`, and what `act` raises.
    """
    ends = ends_review and appraisal.sent_to_reviewer_at is not None
    rows: list[Recorded] = [row for row in (on, appraisal) if row is not None]
    with act(
        said + (", which ended the review" if ends else ""), on=rows, by=by, at=at, note=note,
        sees=None if shown else sees,
    ):  # fmt: skip
        stage = appraisal.procurement.stage
        if stage in OVER:
            raise FileIsOver(f"The file is {stage.label.lower()}. Nothing on it can be changed.")
        if stage not in WHILE_WRITING and not note:
            raise ReasonNeeded(
                "Say why you are changing the appraisal now. Approval has been sought on it.", field="reason"
            )
        if shown is not None and sees is not None and mark_of(shown()) != sees:
            raise ChangedMeanwhile("Somebody else has saved this since you opened it.")
        yield
        if ends:
            end_review(appraisal)


def end_review(appraisal: Appraisal) -> None:
    """The reviewer’s agreement no longer counts: what they read has changed."""
    appraisal.sent_to_reviewer_at = None
    appraisal.review_due_on = None
    appraisal.reviewed_at = None
    appraisal.reviewer_post = ""
