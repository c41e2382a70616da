"""The database as migrations leave it is the database the rows describe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from procure.audit.verifying import verify
from procure.authority.models import FollowUp
from procure.council.models import ProcedureRules
from procure.databases import is_of_rows
from procure.extensions import db

TRIGGERS = {
    f"{table}_is_never_{deed}"
    for table in ("trail_entry", "bid_opening", "late_decision", "sealed_bid")
    for deed in ("changed", "removed")
}


def triggers() -> set[str]:
    """Names of the triggers that stand: what was recorded of the trail and of the bids is never changed."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.scalars(text(asked)))


def test_a_migrated_database_equals_the_rows(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False, "include_object": is_of_rows})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_head(app: Flask) -> None:
    assert len(ScriptDirectory(app.extensions["migrate"].directory).get_heads()) == 1


def test_triggers_stand_after_going_down_and_up(app: Flask) -> None:
    assert triggers() >= TRIGGERS
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert triggers() >= TRIGGERS


BEFORE = (
    "INSERT INTO person (id, name, email, is_active, is_example, version) "
    "VALUES (1, 'A. Officer', 'a@x.test', {yes}, {no}, 1)",
    "INSERT INTO post (id, name, kind, version, is_example) VALUES (1, 'Director', 'officer', 1, {no})",
    "INSERT INTO council (id, name, address, executive_name, procurement_email, portal_name, portal_url, colour, "
    "call_in_days, key_decision_gross, objection_refers_back, is_example, version) "
    "VALUES (1, 'Council', '', 'Cabinet', '', '', '', '4f1b40', 3, 25000000, {yes}, {no}, 1)",
    "INSERT INTO meeting (id, reference, body, held_on, item, title, introduced_by, background, consultation, reasons, "
    "alternatives, interests, is_key, is_example, version) "
    "VALUES (1, 'CAB-1', 'Cabinet', '2027-07-13', '92', 'Strategy', '', '', '', '', '', '', {yes}, {no}, 1)",
    "INSERT INTO resolution (id, meeting_id, number, numeral, kind, words, owner_post_id, follow_up, follow_up_by, "
    "version) VALUES (1, 1, 1, '(i)', 'note', 'Note it.', 1, 'Tell Cabinet', '2028-02-22', 1)",
)


def test_what_0001_held_is_moved_with_an_entry_in_the_trail_and_back(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="0001")
    yes, no = ("true", "false") if db.engine.dialect.name == "postgresql" else ("1", "0")
    with db.engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement.format(yes=yes, no=no)))
    upgrade()
    rules = db.session.scalars(select(ProcedureRules)).one()
    assert (rules.call_in_days, rules.key_decision_gross, rules.objection_refers_back) == (3, Decimal(250_000), True)
    task = db.session.scalars(select(FollowUp)).one()
    assert (task.what, task.due_on, task.post_id) == ("Tell Cabinet", date(2028, 2, 22), 1)
    doubts = " ".join(doubt["reason"] for doubt in verify().broken)
    assert "procedure_rules" not in doubts and "follow_up" not in doubts and "chain" not in doubts
    db.session.remove()
    downgrade(revision="0001")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT call_in_days, key_decision_gross FROM council")).one() == (3, 25_000_000)
        assert connection.execute(text("SELECT follow_up FROM resolution")).scalar_one() == "Tell Cabinet"
    upgrade()
