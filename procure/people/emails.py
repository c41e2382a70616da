"""Letters of this room: an invitation and a new password, each with a key that works once; cover set and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from procure.extensions import db
from procure.mail.declare import Email
from procure.mail.models import Letter
from procure.people.keys import make_key
from procure.people.models import Person
from procure.people.rules import TokenPurpose
from procure.refusals import Refusal

_SAMPLE = {
    "name": "A. Officer",
    "link": "https://procure.example.gov.uk/letters-key/a-key-that-works-once",
    "until": datetime(2027, 2, 1, 10, 0, tzinfo=UTC),
    "invited_by": "T. Administrator",
    "post": "Procurement Officer",
    "email": "officer@lbbd.example",
}

_COVER = {
    "name": "R. Reviewer",
    "you_cover": True,
    "who": "R. Reviewer",
    "post": "Director of Policy and Participation",
    "away": "D. Director",
    "from_on": date(2027, 11, 22),
    "until_on": date(2027, 12, 3),
    "authority": "Memo of 15 November 2027",
    "said_by": "D. Director",
    "is_withdrawn": False,
    "link": "https://procure.example.gov.uk/account",
}


def _renew(purpose: TokenPurpose) -> Callable[[Letter, datetime], str]:
    def renew(letter: Letter, at: datetime) -> str:
        person = db.session.get(Person, letter.to_id)
        if person is None or not person.is_active:
            raise Refusal("This person has left. Take them back before you write to them.")
        return make_key(purpose, person.id, at=at)

    return renew


EMAILS = (
    Email("invitation", "people", _SAMPLE, renew=_renew(TokenPurpose.INVITATION)),
    Email("new_password", "people", _SAMPLE, renew=_renew(TokenPurpose.NEW_PASSWORD)),
    Email("cover_set", "people", _COVER),
    Email("cover_ended", "people", _COVER),
)
