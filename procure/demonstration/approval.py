"""The report, Cabinet's decision, the money set aside, and the shorter route. Dates and figures are example.

The words of the resolutions are real: item 92 of Cabinet on 18 February 2019, and Havering's Cabinet.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from procure.approval import actions
from procure.approval.models import Report
from procure.approval.rules import Rating
from procure.authority import meeting_actions as meetings
from procure.authority.forward_plan_actions import enter_notice, publish_notice
from procure.authority.minutes import read
from procure.authority.models import Meeting
from procure.authority.publishing_actions import decide_papers
from procure.authority.publishing_facts import papers_of_meeting
from procure.authority.reading_actions import confirm
from procure.authority.rules import PaperStanding
from procure.budget.actions import record_grant, ring_fence
from procure.budget.models import RingFence
from procure.demonstration import days, minuted
from procure.demonstration import item_92 as minute
from procure.demonstration.approval_2019 import file_of_2019
from procure.demonstration.cast import (
    CARE,
    COMMISSIONING,
    COMMUNITY,
    DIRECTOR,
    ENGAGEMENT,
    FINANCE,
    LAW,
    MANAGER,
    OFFICER,
    Cast,
    set_up_council,
    the_cast,
)
from procure.extensions import db
from procure.people.models import Person, Post
from procure.procurement.actions import describe, move, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Procedure, Route, Stage

CONSULTEES = (COMMUNITY, CARE, FINANCE, LAW)
FROM_THE_MINUTES = days.at(days.SET_UP, 9, 30)

IMPLICATIONS = {
    "Financial implications": (
        FINANCE, "finance",
        "The yearly cost of £111,000 net is within the budget of £115,000 (PP-4410). The budget is confirmed for "
        "2028/29 to 2030/31. Each extension needs its own check. VAT is recoverable in the usual way.",
    ),
    "Legal implications": (
        LAW, "law",
        "The contract is a public contract for light touch services. The usual notices, a conflicts assessment and "
        "assessment summaries are required; a standstill is voluntary and is recommended. The Act gives no "
        "general power to reserve a competition of this value to VCSE organisations. Recommendation (v) is a "
        "specific authority: each decision under it must be recorded and published, with the views of all four posts.",
    ),
    "Equality": (
        ENGAGEMENT, "engagement",
        "Members must have due regard to section 149 of the Equality Act 2010. The assessment (Appendix 2) finds a "
        "positive effect for groups led by disabled people and by minority communities, if every ward is reached.",
    ),
    "Social value": (
        OFFICER, "officer",
        "Considered on 14 April 2027, before the procurement began, as the Public Services (Social Value) Act 2012 "
        "requires. Paid traineeships and volunteering are asked for and scored.",
    ),
    "Staff": (
        COMMISSIONING, "commissioning",
        "No council staff are affected. The Transfer of Undertakings (Protection of Employment) Regulations 2006 may "
        "apply to six staff of the present supplier.",
    ),
}  # fmt: skip

RISKS = (
    ("Few or no tenders", Rating.MEDIUM, "Two market sessions; five-week tender period; briefing", OFFICER),
    (
        "Service stops between contracts", Rating.MEDIUM,
        "Latest safe start was 5 May 2027; the plan is ahead of it", ENGAGEMENT,
    ),
    (
        "Challenge to the award", Rating.LOW,
        "Published method, agreed scores with reasons, voluntary standstill", LAW,
    ),
    (
        "Gifts fall when the brand changes hands", Rating.MEDIUM,
        "The brand belongs to the Council; donors’ records are handed over as the law allows", MANAGER,
    ),
)  # fmt: skip


# ── the report ──


def report(procurement: Procurement, cast: Cast) -> Report:
    """June 2027: written, cleared by five posts, issued on 2 July for Cabinet on 13 July."""
    found = write_report(procurement, cast)
    clear_report(found, cast)
    actions.issue_report(found, by=cast["officer"], at=days.at(days.REPORT_ISSUED, 11))
    return found


def write_report(procurement: Procurement, cast: Cast) -> Report:
    """Everything but the clearances."""
    officer, at = cast["officer"], days.at(days.FORWARD_PLAN, 10)
    found = actions.begin_report(procurement, by=officer, at=at)
    actions.write(
        found, title="Procurement of social infrastructure support and a local giving model",
        meeting_on=days.CABINET, item="92", is_key=True,
        key_reason="It is expected to cost more than £500,000 and affects two or more wards.",
        by=officer, at=at,
    )  # fmt: skip
    _give_notice(procurement, cast)
    posts = [cast.post(name) for name in CONSULTEES]
    actions.ask_for(found, cast.post(DIRECTOR), posts, by=officer, at=days.at(days.FORWARD_PLAN, 11))
    actions.recommend(found, minute.RESOLUTIONS, by=officer, at=days.at(days.FORWARD_PLAN, 12))
    actions.write(found, **PARTS, by=officer, at=days.at(days.FORWARD_PLAN, 15))
    for text, rating, mitigation, owner in RISKS:
        actions.add_risk(
            found, text, rating=rating, mitigation=mitigation, owner=cast.post(owner), by=officer,
            at=days.at(days.FORWARD_PLAN, 16),
        )  # fmt: skip
    return found


PARTS: dict[str, Any] = {
    "summary": "About 200 voluntary and community groups work in the borough. The contract that supports 140 "
    "of them ends on 31 March 2028. Five options were compared. A new contract with one partner, which also "
    "runs a local giving model, came first by a clear margin.\n\nCabinet is asked to agree the strategy, to "
    "choose that option, to approve the procurement, and to say who may award the contract, after consulting whom.",
    "reasons": "One partner can lead change across the whole sector, in every ward.\n"
    "Local giving needs one brand and one set of relationships. Option 4 is the only short-listed option with both.\n"
    "It can start on the day the present contract ends, so no group loses support.\n"
    "It costs £167,000 less over five years than a council team.",
    "background": "On 18 February 2019 Cabinet (minute 92) agreed the Participation and Partnerships "
    "Strategy, which set out to strengthen the voluntary, community and social enterprise (VCSE) sector.\n"
    "The contract that now runs was let in 2025. Its details are below.",
    "appendices": "Options appraisal\nEquality impact assessment\nLocal giving model update\n"
    "Participation and Partnerships Strategy 2019-2023",
    "background_papers": "Cabinet minutes, 18 February 2019, minute 92 | Council website\n"
    "Engagement notes, 14 April 2027 | Council website",
    "contract_management_text": "The contract manager meets the supplier each quarter. Results against each "
    "measure are published once a year.",
    "report_back_text": "A note to Cabinet within three months of the award, then performance each year.",
}


def _give_notice(procurement: Procurement, cast: Cast) -> None:
    """The forward plan of 7 June 2027: the case officer drafts the notice, democratic services publish it."""
    at = days.at(days.FORWARD_PLAN, 9)
    entry = enter_notice(
        reference="FP-2027-061", matter="Procurement of social infrastructure support and a local giving model",
        about="The contract for support to voluntary and community groups ends on 31 March 2028. Cabinet is asked to "
        "choose how it is provided from then on, and to approve buying it.",
        body="Cabinet", decision_on=days.CABINET,
        key_reason="It is expected to cost more than £500,000 and affects two or more wards.", wards_label="All wards",
        documents="Report to Cabinet\nOptions appraisal\nEquality impact assessment",
        copies_at="The Council’s website, and the Town Hall, 1 Town Square, Barking IG11 7LU",
        contact="Democratic services, democratic@lbbd.example",
        procurement=procurement, is_example=True, by=cast["officer"], at=at,
    )  # fmt: skip
    publish_notice(entry, on=days.FORWARD_PLAN, by=cast["democratic"], at=at)


def clear_report(found: Report, cast: Cast) -> None:
    """24 June 2027: each implication in its author's words, cleared by the author."""
    officer, at = cast["officer"], days.at(days.CLEARED, 10)
    held = {one.heading: one for one in found.implications}
    for heading, (post, key, text) in IMPLICATIONS.items():
        one = held.get(heading) or actions.add_implication(found, heading, cast.post(post), by=officer, at=at)
        actions.write_and_clear(one, text, cast.post(post), by=cast[key], at=days.at(days.CLEARED, 14))


# ── what Cabinet resolved ──


def cabinet(procurement: Procurement, cast: Cast) -> Meeting:
    """13 July 2027 (example): the five resolutions of item 92, published on 16 July, in force on 26 July."""
    meeting = _item_92(
        procurement, cast, held_on=days.CABINET, at=days.at(days.CABINET, 20), is_example=True,
        follow_ups=(
            ("", None), ("Take the next steps of the local giving model into the specification", days.TENDER_OPENS),
            ("State how much of the Crowdfunding budget remains", date(2027, 9, 30)), ("", None),
            ("Report the result of the award to Cabinet", date(2028, 2, 22)),
        ),
    )  # fmt: skip
    clerk = cast["democratic"]
    meetings.publish(meeting, on=days.CABINET_PUBLISHED, by=clerk, at=days.at(days.CABINET_PUBLISHED, 9, 30))
    if reports := papers_of_meeting(meeting):
        decide_papers(meeting, reports, PaperStanding.OPEN, by=clerk, at=days.at(days.CABINET_PUBLISHED, 9, 35))
    return meeting


def cabinet_2019(procurement: Procurement, cast: Cast) -> Meeting:
    """18 February 2019, as it was. The day of publication, 21 February, is assumed and so the meeting is marked."""
    meeting = _item_92(
        procurement, cast, held_on=date(2019, 2, 18), at=days.at(date(2019, 2, 18), 20), is_example=True,
        follow_ups=(("", None),) * 5,
    )  # fmt: skip
    meetings.publish(meeting, on=date(2019, 2, 21), by=cast["democratic"], at=days.at(date(2019, 2, 21), 9, 30))
    return meeting


def _item_92(
    procurement: Procurement, cast: Cast, *, held_on: date, at: datetime, is_example: bool,
    follow_ups: tuple[tuple[str, date | None], ...],
) -> Meeting:  # fmt: skip
    clerk = cast["democratic"]
    words = minuted.published(minuted.CABINET, f"{held_on:%d/%m/%Y}")
    reading = read(words.words)
    read_as = minuted.resolutions_of(reading, held_on, procurement, _known_fence())
    owners = (DIRECTOR, ENGAGEMENT, FINANCE, OFFICER, DIRECTOR)
    facts = minuted.facts_of(reading) | {
        "reasons": "The end of the current contract gave the opportunity to assess the options for the future, in the "
        "context of the Borough Manifesto and the new Strategy.",
        "alternatives": "Options 1 to 3 and 5 of the report (example)." if held_on.year > 2019 else
        "Options 1 to 3 of the report.",
    }  # fmt: skip
    return confirm(
        words,
        [
            replace(one, owner_post=cast.post(owner), follow_up=follow_up, follow_up_by=due)
            for one, owner, (follow_up, due) in zip(read_as, owners, follow_ups, strict=True)
        ],
        body="Cabinet", held_on=held_on, interests="None declared", is_key=True, is_example=is_example, by=clerk, at=at,
        **facts,
    )  # fmt: skip


# ── money ──


def funds(cast: Cast) -> None:
    """The grant and the ring-fence of 2019, as the minute states them."""
    _grant(cast["finance"], FROM_THE_MINUTES)
    ring_fence(minuted.crowdfunding(date(2019, 2, 18)), by=cast["finance"], at=FROM_THE_MINUTES)


def _grant(by: Person, at: datetime) -> None:
    record_grant(
        funder="Department for Digital, Culture, Media and Sport",
        purpose="development of the voluntary, community and social enterprise sector", amount=Decimal("100000"),
        from_on=date(2018, 4, 1), until_on=date(2020, 3, 31), source="Cabinet, 18 February 2019, minute 92",
        by=by, at=at,
    )  # fmt: skip


def _known_fence() -> RingFence | None:
    return db.session.scalars(select(RingFence).where(RingFence.name == minute.CROWDFUNDING)).first()


# ── a second file, 2019, and the shorter route ──


def havering(cast: Cast) -> Meeting:
    """A strategy approved after consultation. It delegates nothing: nothing can be bought or awarded under it.

    The minute states neither the day of the meeting nor its item; the day here is example.
    """
    words = minuted.published(minuted.HAVERING)
    reading, held_on = read(words.words), date(2015, 1, 21)
    return confirm(
        words, minuted.resolutions_of(reading, held_on), body="Cabinet (London Borough of Havering)", held_on=held_on,
        consultation=minute.HAVERING_CONSULTATION, consulted_from_on=date(2014, 10, 9), is_key=True, is_example=True,
        by=cast["democratic"], at=FROM_THE_MINUTES, **minuted.facts_of(reading),
    )  # fmt: skip


def replay_2019(_: object = None) -> None:
    """The file in 2019 under the law of then: item 92 as minuted, the grant, the ring-fence. The report isn't known."""
    known = db.session.scalars(select(Post)).first() is not None
    cast = the_cast() if known else set_up_council(at=days.at(date(2018, 12, 3), 9))
    _grant(cast["finance"], days.at(date(2019, 1, 14), 9))
    cabinet_2019(file_of_2019(cast), cast)


def scheme_purchase(cast: Cast, *, to: Stage = Stage.PREPARING) -> Procurement:
    """A £60,000 purchase on three quotes under the scheme of delegation: no Cabinet, a shorter walk. All example."""
    officer, at = cast["officer"], days.at(date(2027, 1, 11), 10)
    procurement = open_file(
        title="Volunteer training", route=Route.SCHEME, officer=officer, by=officer, at=at, is_example=True
    )
    describe(
        procurement, need="Groups ask for training of volunteers that they can’t pay for alone.",
        description="Sixty days of training for volunteers over three years, in every ward.", wards_label="All wards",
        lead_post_id=cast.post(ENGAGEMENT).id, director_post_id=cast.post(DIRECTOR).id,
        regime_reason="The value is far below the threshold.", procedure=Procedure.QUOTES,
        route_reason="The council’s rules ask for three written quotes.", annual_net=Decimal("20000"), vat_percent=20,
        value_basis="The price of 2026, no inflation.", service_starts_on=date(2027, 4, 1), initial_months=36,
        budget_code="PP-4415", budget_source="General Fund, Participation and Engagement", by=officer, at=at,
    )  # fmt: skip
    lot = procurement.only_lot
    if to is not Stage.NEED:
        move(lot, "seek approval under the scheme", by=officer, at=days.at(date(2027, 1, 12), 10))
    if to is Stage.PREPARING:
        move(lot, "prepare the tender", by=officer, at=days.at(date(2027, 1, 12), 11))
    return procurement
