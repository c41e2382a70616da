"""`flask demo load|list|today|people`: the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from procure.authority.chasing import chase_round
from procure.cli.answers import Answer, answers, day
from procure.demonstration import days, loading
from procure.demonstration.walk import FIRST, STEPS
from procure.reminder.actions import daily_round

demo = AppGroup("demo", help="The demonstration.")


def _instance() -> Path:
    return Path(current_app.config["INSTANCE"])


@demo.command("load")
@click.option("--stage", default=FIRST, show_default=True, help="The stage to load; `flask demo list` names them.")
@click.option("--if-empty", is_flag=True, help="Do nothing where something is loaded already.")
@answers
def load_command(stage: str, if_empty: bool) -> Answer:
    """Load the demonstration to the day of a stage."""
    if if_empty and not loading.is_empty():
        kept = _instance() / loading.TO_READ
        return Answer({"loaded": False}, f"Passwords are in {kept}." if kept.exists() else "")
    step, people = loading.load(_instance(), to=stage)
    facts = {
        "loaded": True, "stage": step.name, "today": step.today,
        "people": [{"name": one.name, "email": one.email, "password": one.password} for one in people],
    }  # fmt: skip
    return Answer(facts, f"{loading.as_text(people)}\n\nToday is {step.today} here: {step.shows}")


@demo.command("list")
@answers
def list_command() -> Iterator[Answer]:
    """The stages it can be loaded to."""
    for step in STEPS:
        yield Answer(
            {"stage": step.name, "today": step.today, "shows": step.shows},
            f"{step.name:<12} {step.today}  {step.shows}",
        )


@demo.command("today")
@click.argument("to", type=day, metavar="DAY")
@answers
def today_command(to: date) -> Answer:
    """Move the demonstration's today and run that morning's round of reminders."""
    before = loading.move_today(to)
    daily_round(to, at=days.at(to, 7, 30))
    chase_round(to, at=days.at(to, 7, 30))
    return Answer({"today": to, "before": before}, f"Today is {to} in the demonstration. It was {before}.")


@demo.command("people")
@answers
def people_command() -> Iterator[Answer]:
    """Whom to sign in as, with the one-time codes of this half minute."""
    for one in loading.people_of(_instance()):
        code = f"  code {one.code_now}" if one.code_now else ""
        yield Answer(
            {"name": one.name, "post": one.post, "email": one.email, "password": one.password, "code": one.code_now},
            f"{one.email:<28} {one.password}{code}  {one.name}",
        )
