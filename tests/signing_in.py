"""Signing a test's browser in as somebody, without the form."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from flask.testing import FlaskClient

from procure.extensions import db
from procure.people.models import Person, SignIn


def sign_in(client: FlaskClient, person: Person) -> None:
    """Give the browser an open session of that person, code given."""
    token = secrets.token_urlsafe(32)
    moment = datetime.now(UTC)
    db.session.add(
        SignIn(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=person.id,
            started_at=moment,
            seen_at=moment,
            passed_code_at=moment,
        )
    )
    db.session.commit()
    with client.session_transaction() as kept:
        kept["sign_in"] = token
