"""A test client that is signed in."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.extensions import db
from procure.now import real_now
from procure.people import sessions
from procure.people.models import Person


def as_person(app: Flask, email: str) -> FlaskClient:
    """A browser in which that person has signed in, code given."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    token = sessions.begin(person, at=real_now(), browser="benchmark", code_given=True)
    client = app.test_client()
    with client.session_transaction() as kept:
        kept[sessions.COOKIE] = token
    return client
