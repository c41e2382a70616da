"""Each refusal of a signature, provoked by hand: what the director reads on the page, and who could act."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority.models import Decision
from procure.authority.rules import ConsultationMode, Interest, ResolutionKind, ResolutionStatus
from procure.council.models import Demonstration, ProcedureRules
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import CARE, LAW, Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.people.rules import Capacity, Role
from procure.procurement.rules import Stage
from tests.an_award import a_lot_to_award
from tests.signing_in import sign_in

HERE = "/decisions/ODR-2027-118"
YESTERDAY = days.SIGNING - timedelta(days=1)
Row = tuple[str, Callable[[Decision, Cast], object], dict[str, Any], str, str]


def consultee(post: str) -> Callable[[Decision, Cast], object]:
    return lambda decision, cast: next(one for one in decision.delegation.consultees if one.post.name == post)


def view(post: str) -> Callable[[Decision, Cast], object]:
    return lambda decision, cast: demonstration.view_of(decision, post)


def itself(decision: Decision, cast: Cast) -> object:
    return decision


def power(decision: Decision, cast: Cast) -> object:
    return decision.delegation


def resolution(decision: Decision, cast: Cast) -> object:
    return decision.delegation.resolution


def meeting(decision: Decision, cast: Cast) -> object:
    return decision.delegation.resolution.meeting


def file(decision: Decision, cast: Cast) -> object:
    return decision.procurement


def rules(decision: Decision, cast: Cast) -> object:
    return db.session.scalars(select(ProcedureRules)).one()


def holding(decision: Decision, cast: Cast) -> object:
    return cast["director"].holdings[0]


def role(decision: Decision, cast: Cast) -> object:
    return next(grant for grant in cast["director"].grants if grant.role is Role.DECIDER)


OFFICER_CHASES = "The case officer can chase the reply, or record a substitute with the authority for it."
TABLE: tuple[Row, ...] = (
    ("B1 a view is missing", view(LAW), {"answered_at": None}, f"The {LAW} hasn’t replied.", OFFICER_CHASES),
    ("B2 this council sends objections back", rules, {"objection_refers_back": True}, "the decision goes back.",
     "Cabinet can decide."),
    ("B4 an interest without a dispensation", view(LAW), {"interest": Interest.DECLARED},
     f"The {LAW} declared an interest. No dispensation or substitute is recorded.",
     "The case officer can record a substitute or the dispensation."),
    ("an agreement was asked for, and refused", consultee(CARE), {"mode": ConsultationMode.AGREE},
     f"The {CARE} doesn’t agree.", "Cabinet can decide."),
    ("B6 to note is to allow nothing", resolution, {"kind": ResolutionKind.NOTE}, "It gives nobody a power to act.",
     "Cabinet can give a new power."),
    ("the resolution was taken back", resolution, {"status": ResolutionStatus.RESCINDED}, "rescinded", "Cabinet can"),
    ("B7 its call-in is open", meeting, {"published_on": YESTERDAY}, "call", ""),
    ("the power has ended", power, {"until_on": YESTERDAY}, "ended on 18 November 2027", ""),
    ("the power was replaced", power, {"superseded_on": days.SIGNING}, "was replaced on 19 November 2027", ""),
    ("B8 a penny over the limit", power, {"max_value_gross": Decimal("539999.99"), "max_months": 60},
     "£540,000.00 including VAT is more than the £539,999.99", ""),
    ("a month too long", power, {"max_value_gross": Decimal(666000), "max_months": 59}, "longer than", ""),
    ("B8 nobody has confirmed the limit", itself, {"no_limit_confirmed_at": None}, "no limit on value or term", ""),
    ("the file is paused", file, {"stage": Stage.PAUSED}, "The file is paused.",
     "The case officer can take it up again."),
    ("who prepares doesn’t sign", itself, {"prepared_by_id": "director"}, "You prepared this decision",
     "A deputy with written authority can decide instead."),
    ("a deputy without written authority", holding, {"capacity": Capacity.DEPUTY}, "without the written authority",
     "The administrator can record it."),
    ("no role of decision maker", role, {"until_on": YESTERDAY}, "You hold the post, but not the role",
     "The administrator can give you the role."),
)  # fmt: skip


@pytest.fixture
def ready(cast: Cast) -> Decision:
    """19 November: everything is there, and the director could sign."""
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    demonstration.answers(decision, cast)
    db.session.add(Demonstration(today=days.SIGNING))
    db.session.commit()
    return decision


def box_of(shown: str) -> str:
    """The words of the box that stands in place of the button; empty where there is none."""
    found = re.search(r'<section class="app-cannot".*?</section>', shown, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group())).split()) if found else ""


def test_every_refusal_names_what_is_missing_and_who_could_act(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    sign_in(client, cast["director"])
    assert "Go to sign" in client.get(HERE).text
    wrong = []
    for called, find, values, sentence, who in TABLE:
        row: Any = find(ready, cast)
        before = {name: getattr(row, name) for name in values}
        put(row, {name: cast["director"].id if value == "director" else value for name, value in values.items()})
        answer = client.get(HERE)
        said = box_of(answer.text)
        if sentence not in said or who not in said or "Who can act" not in said or 'name="password"' in answer.text:
            wrong.append((called, said))
        put(row, before)
    assert wrong == []
    assert "Go to sign" in client.get(HERE).text, "all is as it was"


def put(row: Any, values: dict[str, Any]) -> None:
    with act("set it up", on=row, by=Machine("test"), at=at(days.SIGNING)):
        for name, value in values.items():
            setattr(row, name, value)


def test_a_day_before_the_resolution_is_in_force_says_from_when(
    client: FlaskClient, cast: Cast, ready: Decision
) -> None:
    put(ready.delegation, {"from_on": date(2027, 11, 22)})
    sign_in(client, cast["director"])
    assert "22 November 2027" in box_of(client.get(HERE).text)
