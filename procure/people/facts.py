"""What this room tells the others: what an administrator sets up next, and posts that stand empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from procure.contract.models import Contract
from procure.council.facts import rules_on
from procure.council.models import Council, QuoteBand
from procure.extensions import db
from procure.people.access import global_roles_of
from procure.people.models import Holding, Person, Post, RoleGrant
from procure.people.rules import Role
from procure.procurement.rules import Waiting


@dataclass(frozen=True)
class Step:
    """One thing that a new council sets up, and where."""

    what: str
    note: str
    page: str
    is_done: bool


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For an administrator: what to set up next, in order, then posts that nobody holds."""
    if Role.ADMINISTRATOR not in global_roles_of(person, today):
        return []
    every = steps_of(today)
    steps = [
        Waiting(step.what, _href(step.page), f"Setting up, step {number} of {len(every)}. {step.note}")
        for number, step in enumerate(every, start=1)
        if not step.is_done
    ]
    return steps + _empty_posts(today)


def steps_of(today: date) -> list[Step]:
    """Everything a new council sets up, in order."""
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    posts, people, bands, contracts = (
        db.session.scalar(select(func.count()).select_from(row)) or 0 for row in (Post, Person, QuoteBand, Contract)
    )
    rules = rules_on(today)
    given = {grant.role for grant in db.session.scalars(select(RoleGrant)) if grant.covers(today)}
    return [
        Step(
            "Check the council’s address and its procurement mailbox", "They stand in every letter.",
            "council.change", council is not None and bool(council.address and council.procurement_email),
        ),
        Step(
            "Check the call-in days and the key decision value", "They decide when a decision takes effect.",
            "council.rules", rules is not None and rules.key_decision_gross is not None,
        ),
        Step("Add the posts that decide and buy", "Powers belong to posts, not to people.", "people.posts", posts > 1),
        Step(
            "Name the Monitoring Officer’s post", "Objections and conflicts go there.", "council.change",
            council is not None and council.monitoring_officer_post_id is not None,
        ),
        Step("Invite the people who work here", "Each gets a letter with a link.", "people.invite", people > 1),
        Step(
            "Give somebody the role of procurement officer", "Officers run procurements.", "people.index",
            Role.OFFICER in given,
        ),
        Step(
            "Give a director the role of decision maker", "Decision makers sign, with a one-time code.",
            "people.index", Role.DECIDER in given,
        ),
        Step(
            "Enter the quote bands of the contract procedure rules", "They say how many quotes a purchase needs.",
            "council.quote_bands", bands > 0,
        ),
        Step(
            "See that the first contract is recorded", "An officer records it, and its end date starts the reminders.",
            "contract.index", contracts > 0,
        ),
    ]  # fmt: skip


def _empty_posts(today: date) -> list[Waiting]:
    """Posts somebody held and nobody holds now: letters go to the post next up until one is named."""
    posts = db.session.scalars(
        select(Post).where(Post.ended_on.is_(None)).order_by(Post.name).options(selectinload(Post.holdings))
    )
    found = []
    for post in posts:
        over = [(held.until_on, held) for held in post.holdings if held.until_on and held.until_on < today]
        if over and post.holder_on(today) is None:
            until_on, last = max(over, key=lambda pair: pair[0])
            found.append(Waiting(f"Name who holds the post {post.name}", _holding_href(last), "Posts", until_on))
    return found


def _holding_href(held: Holding) -> str:
    return url_for("people.holding", number=held.person_id, holding_number=held.id)


def _href(page: str) -> str:
    return url_for(page if page in current_app.view_functions else "council.settings")
