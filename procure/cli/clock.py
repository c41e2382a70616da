"""`flask clock`: the timetable, as a process of its own. `flask letters …`: the post by hand."""

from __future__ import annotations

import logging

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from procure.audit.actions import Machine, act
from procure.cli.answers import Answer, answers
from procure.databases import NotCurrent
from procure.mail.actions import queue
from procure.mail.health import letters_failed, letters_waiting
from procure.mail.sending import post_waiting
from procure.now import now

BY_HAND = Machine("A command")


@click.command("clock")
@with_appcontext
def clock() -> None:
    """Run the timetable until stopped: the daily round in the morning, letters as they come, and long work."""
    from procure.clock import run

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        run(current_app._get_current_object())  # type: ignore[attr-defined]
    except NotCurrent as behind:
        click.echo(str(behind), err=True)
        raise click.exceptions.Exit(1) from behind


letters = AppGroup("letters", short_help="Letters that wait, and a trial letter.", help="The post, by hand.")


@letters.command("post")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="The most to post.")
@answers
def post(limit: int) -> Answer:
    """Post the letters that wait, now."""
    posted = post_waiting(now(), limit)
    waiting, failed = letters_waiting(), letters_failed()
    return Answer(
        {"posted": posted, "waiting": waiting, "failed": failed},
        f"{posted} posted, {waiting} waiting, {failed} could not be sent.",
    )


@letters.command("try")
@click.argument("address")
@answers
def try_address(address: str) -> Answer:
    """Write a trial letter to ADDRESS, to see whether letters arrive. It is posted with the others."""
    at = now()
    with act(f"asked for a trial letter to {address}", on="letters", by=BY_HAND, at=at):
        letter = queue(
            "trial", to=None, to_name=address, to_email=address, facts={"asked_by": "Somebody at the server"},
            about="", once=f"trial {address} {at.isoformat()}", at=at,
        )  # fmt: skip
    return Answer({"queued": letter is not None, "to": address}, f"A trial letter to {address} waits to be posted.")
