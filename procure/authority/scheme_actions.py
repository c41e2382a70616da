"""What is done to the scheme of delegation: paragraphs begin and end on a day, and are never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from procure.audit.actions import Actor, act
from procure.authority.models import Delegation, DelegationConsultee
from procure.authority.rules import ActKind, ConsultationMode
from procure.authority.scheme_facts import last_day_of, scheme_rows
from procure.council.rules import may_begin_on, may_end_on
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of, holds
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.refusals import Refusal

MAY_CHANGE = frozenset({Role.ADMINISTRATOR, Role.MONITORING_OFFICER})


class SchemeRefused(Refusal):
    """The scheme can't reach back, say one thing twice, or be changed by whoever holds the power."""

    recorded = True


@dataclass(frozen=True)
class Paragraph:
    """What a paragraph of the scheme gives one post. Values in pounds with VAT; None where it states no limit."""

    number: str
    words: str
    post: Post
    acts: tuple[ActKind, ...]
    from_on: date
    min_value_gross: Decimal | None = None
    max_value_gross: Decimal | None = None
    max_months: int | None = None
    consultees: tuple[tuple[Post, ConsultationMode], ...] = ()
    may_nominate: bool = False


def add_paragraph(given: Paragraph, *, by: Actor, at: datetime) -> list[Delegation]:
    """Give a post powers under the scheme from a day on, one row for each act."""
    with act(f"added {given.number} to the scheme of delegation", on="council", by=by, at=at):
        must_keep_the_scheme(by, given.post, at)
        _refuse(given, legal_day(at))
        rows = [
            Delegation(
                scheme_paragraph=given.number, scheme_words=given.words, act=kind, post=given.post,
                min_value_gross=given.min_value_gross, max_value_gross=given.max_value_gross,
                max_months=given.max_months, may_nominate=given.may_nominate, from_on=given.from_on,
                consultees=[
                    DelegationConsultee(number=number, post=post, mode=mode)
                    for number, (post, mode) in enumerate(given.consultees, start=1)
                ],
            )
            for kind in given.acts
        ]  # fmt: skip
        db.session.add_all(rows)
    return rows


def _refuse(given: Paragraph, today: date) -> None:
    refused = may_begin_on(given.from_on, today)
    if refused:
        raise SchemeRefused(refused, field="from_on")
    low, high = given.min_value_gross, given.max_value_gross
    if low is not None and high is not None and high < low:
        raise SchemeRefused("The highest value must be more than the lowest.", field="max_value_gross")
    asked = [post.id for post, _ in given.consultees]
    if given.post.id in asked:
        raise SchemeRefused("A post isn’t consulted about its own decision. Choose another.", field="consultees")
    if len(asked) != len(set(asked)):
        raise SchemeRefused("A post stands twice among those consulted. Leave one out.", field="consultees")
    if given.post.ended_on is not None and given.post.ended_on < given.from_on:
        raise SchemeRefused("This post has ended. Choose the post that took its place.", field="post_id")
    for row in scheme_rows():
        until_on = last_day_of(row)
        same = row.post_id == given.post.id and row.scheme_paragraph == given.number and row.act in given.acts
        if same and (until_on is None or until_on >= given.from_on):
            raise SchemeRefused(
                f"{row.scheme_paragraph} gives this post the power to {row.act.label} already. End it first.",
                field="acts",
            )


def end_paragraph(
    rows: Sequence[Delegation], *, until_on: date, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Say which day is the last of a post's powers under a paragraph. What was decided under them stands."""
    first = rows[0]
    with act(f"ended {first.scheme_paragraph} of the scheme of delegation", on=first, by=by, at=at, sees=sees):
        today = legal_day(at)
        for row in rows:
            must_keep_the_scheme(by, row.post, at)
            over = last_day_of(row)
            if over is not None and over < today:
                raise SchemeRefused("This has ended already.", field="until_on")
            refused = may_end_on(until_on, row.from_on or until_on, today)
            if refused:
                raise SchemeRefused(refused, field="until_on")
        for row in rows:
            row.until_on = until_on


def must_keep_the_scheme(by: Actor, post: Post, at: datetime) -> None:
    """Refuse all but administrators and the Monitoring Officer, and whoever acts for the post itself."""
    if not isinstance(by, Person):
        return
    day = legal_day(at)
    if not global_roles_of(by, day) & MAY_CHANGE:
        raise SchemeRefused(
            "Only an administrator or the Monitoring Officer can change the scheme.",
            who_can="An administrator, or the Monitoring Officer",
        )
    if holds(by, post.id, day):
        raise SchemeRefused(
            f"You act for the {post.name}, so you can’t change its powers. No one raises their own limit.",
            field="post_id", who_can="An administrator, or the Monitoring Officer",
        )  # fmt: skip
