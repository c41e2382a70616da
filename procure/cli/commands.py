"""All commands: `flask --app wsgi …`."""

from __future__ import annotations

from flask import Flask

from procure.cli.audit import audit
from procure.cli.clock import clock, letters
from procure.cli.demo import demo
from procure.cli.docs import docs
from procure.cli.keeping import backup_command, restore_command
from procure.cli.law import law
from procure.cli.long_work import jobs
from procure.cli.minutes import minutes
from procure.cli.papers import documents
from procure.cli.people import people
from procure.cli.register import register
from procure.cli.reminders import reminders


def offer(app: Flask) -> None:
    """Give the application its commands."""
    for command in (
        law,
        minutes,
        audit,
        people,
        reminders,
        letters,
        jobs,
        register,
        clock,
        demo,
        docs,
        documents,
        backup_command,
        restore_command,
    ):
        app.cli.add_command(command)
