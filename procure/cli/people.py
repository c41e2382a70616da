"""`flask people …`: the code of the first visit, and a way back in for somebody who is locked out."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from procure.audit.actions import Machine
from procure.now import now
from procure.people import actions
from procure.refusals import Refusal

people = AppGroup("people", help="People and signing in.")


@people.command("first-code")
def first_code_command() -> None:
    """Print the code of the first visit; a new one each time. Prints nothing once the council is set up."""
    code = actions.first_code(at=now())
    if code is None:
        return
    click.echo(f"Open {current_app.config['PUBLIC_URL']}/start and enter this code to name the council:")
    click.echo(f"    {code}")
    click.echo("It works once, for two days.")


@people.command("let-in")
@click.argument("email")
@click.option("--reset-code", is_flag=True, help="Forget the device for one-time codes as well.")
def let_in_command(email: str, reset_code: bool) -> None:
    """Write a letter to choose a password to EMAIL, for when no administrator can do it on a page."""
    by = Machine("Command line")
    try:
        person = actions.person_at(email)
        if reset_code:
            actions.reset_code(person, by=by, at=now())
        actions.send_key(person, by=by, at=now())
    except Refusal as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)
    click.echo(f"A letter to choose a password waits for {person.email}.")
