"""A file whose purchase is approved and whose competition can be walked by the demonstration's real actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient

from procure.audit.actions import Machine, act, writing
from procure.authority import meeting_actions
from procure.authority.delegating import Powers
from procure.authority.models import Meeting
from procure.authority.rules import ActKind, ResolutionKind
from procure.council.models import Demonstration
from procure.demonstration import authority, award, days, evaluation, tender, tender_papers
from procure.demonstration.cast import CARE, COMMUNITY, DIRECTOR, FINANCE, LAW, OFFICER, Cast
from procure.extensions import db
from procure.procurement.actions import open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Route, Stage
from procure.tender import timetable_actions
from tests.standing import kept

REFERENCE = "PRO-2027-014"


def a_file_to_tender(cast: Cast, *, route: Route = Route.CABINET, kind: ContractKind = ContractKind.LIGHT_TOUCH,
                     annual_net: int = 111_000, decided: bool = True) -> Procurement:  # fmt: skip
    """Approved by Cabinet (published 16 July 2027) or under the scheme, at *Preparing the tender*."""
    officer = cast["officer"]
    file = open_file(
        title="Social infrastructure support", route=route, officer=officer, by=officer,
        at=days.at(days.BUY_AGAIN), reference=REFERENCE, is_example=True,
    )  # fmt: skip
    with act("put the file where it is", on=file, by=Machine("test"), at=days.at(days.METHOD_SET)):
        file.need, file.description, file.wards_label = "The contract ends.", "Support for groups.", "All wards"
        file.director_post, file.lead_post, file.kind = cast.post(DIRECTOR), cast.post(OFFICER), kind
        file.annual_net, file.vat_percent = Decimal(annual_net), 20
        file.value_net = Decimal(annual_net * 5)
        file.value_vat, file.value_gross = Decimal(annual_net), Decimal(annual_net * 6)
        file.lots_reason, file.small_supplier_text = "One brand.", "Word limits keep the bid affordable."
        file.service_starts_on, file.initial_months = days.SERVICE_STARTS, 36
        file.extension_count, file.extension_months, file.tupe_staff_count = 2, 12, 6
        file.stage = file.only_lot.stage = Stage.PREPARING
    if decided and route is Route.CABINET:
        decide(file, cast)
    return file


def decide(file: Procurement, cast: Cast, kind: ResolutionKind = ResolutionKind.DELEGATE) -> Meeting:
    """Cabinet's item 92 of 13 July 2027, published on the 16th: in force from Monday 26 July."""
    clerk, at = cast["democratic"], days.at(days.CABINET_PUBLISHED)
    meeting = meeting_actions.record_meeting(
        body="Cabinet", held_on=days.CABINET, item="92", title="Social infrastructure", by=clerk, at=at
    )
    powers = Powers(
        post=cast.post(DIRECTOR), acts=(ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER),
        consultees=[cast.post(name) for name in (COMMUNITY, CARE, FINANCE, LAW)],
    )  # fmt: skip
    meeting_actions.resolve(
        meeting, kind, "Delegate to the Director power to conduct the procurement, award and enter into the contract.",
        procurement=file, powers=powers if kind is ResolutionKind.DELEGATE else None, by=clerk, at=at,
    )  # fmt: skip
    meeting_actions.publish(meeting, on=days.CABINET_PUBLISHED, by=clerk, at=at)
    return meeting


def planned(file: Procurement, cast: Cast) -> None:
    """The timetable: notice on 6 September 2027, bids due at 2pm on 11 October."""
    timetable_actions.set_timetable(
        file.only_lot, notice_on=days.TENDER_OPENS, closes_at=days.at(days.TENDER_CLOSES, 14), by=cast["officer"],
        at=days.at(days.METHOD_SET, 11),
    )  # fmt: skip


def papers_out(file: Procurement, cast: Cast) -> None:
    """Planned, and every paper that goes out with the notice written and issued."""
    tender_papers.prepare(file, cast)


@kept
def open_to_bids(cast: Cast) -> Procurement:
    """The notice is out; bids are due on 11 October 2027 at 2pm."""
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    tender.publish(file, cast)
    return file


@kept
def evaluating(cast: Cast) -> Procurement:
    """The bids are open and nothing is recorded yet."""
    file = open_to_bids(cast)
    tender.open_bids(file, cast)
    return file


@kept
def evaluated(cast: Cast) -> Procurement:
    """Alliance 89.67, Network 88.13, Trust 85.00."""
    file = evaluating(cast)
    evaluation.evaluate(file, cast)
    return file


@kept
def recommended(cast: Cast) -> Procurement:
    """The award decision is drawn up."""
    file = evaluated(cast)
    award.recommend(file, cast)
    return file


@kept
def signed(cast: Cast) -> Procurement:
    """The director has signed, and the decision is published."""
    file = recommended(cast)
    decision = file.only_lot.award.decision  # type: ignore[union-attr]
    authority.answers(decision, cast)
    authority.sign(decision, cast)
    authority.publish(decision, cast)
    return file


@kept
def written(cast: Cast) -> Procurement:
    """Every bidder has its letter."""
    file = signed(cast)
    award.plan(file, cast)
    award.write_to_bidders(file, cast)
    return file


@kept
def announced(cast: Cast) -> Procurement:
    """In standstill until Friday 3 December 2027."""
    file = written(cast)
    award.announce(file, cast)
    return file


def on_the_day(day: date) -> None:
    """Make it that day in the pages of this installation, as a demonstration does."""
    token = writing.set(True)
    try:
        db.session.rollback()
        db.session.add(Demonstration(today=day))
        db.session.commit()
    finally:
        writing.reset(token)


def page_of(client: FlaskClient, path: str) -> str:
    """A page of the file as the reader sees it."""
    answer = client.get(f"/procurements/{REFERENCE}/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def sent(client: FlaskClient, path: str, **fields: object) -> tuple[int, str]:
    """A form sent to a page of the file: status and what came back, after any redirect."""
    answer = client.post(f"/procurements/{REFERENCE}/{path}", data=fields, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)
