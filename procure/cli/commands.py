"""All commands: `flask --app wsgi …`."""

from __future__ import annotations

from flask import Flask

from procure.cli.audit import audit


def offer(app: Flask) -> None:
    """Give the application its commands."""
    for group in (audit,):
        app.cli.add_command(group)
