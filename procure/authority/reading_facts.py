"""Which decisions were read from their published words."""

from __future__ import annotations

from sqlalchemy import select

from procure.authority.models import Meeting
from procure.authority.reading_models import DecisionSource
from procure.extensions import db


def words_kept(meeting: Meeting) -> bool:
    """Whether the words are kept from which this decision was read."""
    return (
        db.session.scalars(select(DecisionSource.id).where(DecisionSource.meeting_id == meeting.id)).first() is not None
    )
