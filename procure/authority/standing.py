"""From rows to the page *By what right?* of one file: the chain, the call-in clock, the row of the scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from sqlalchemy import select

from procure import words
from procure.authority.call_in import Effect
from procure.authority.chain import Asked, ChainFacts, Link, chain_picture, said_of
from procure.authority.mandate import (
    Mandate,
    consulted_link,
    holds_still,
    mandate_of,
    power_link,
    sentence_of,
    short_of,
    signed_link,
    used_link,
    uses_drawn,
)
from procure.authority.meeting_facts import effect_of_meeting, meetings_about, powers_for, scheme_rows_for
from procure.authority.minutes import SHORT
from procure.authority.models import Decision, Delegation, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.extensions import db
from procure.now import legal_day
from procure.pictures.marks import Picture
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage
from procure.procurement.stages import IN_ORDER

USES = (
    ("Tender", Stage.OPEN_TO_BIDS),
    ("Award notice", Stage.AWARD_ANNOUNCED),
    ("Contract", Stage.CONTRACTED),
)


@dataclass(frozen=True)
class Standing:
    """Everything the page shows."""

    heading: str
    said: str
    links: tuple[Link, ...]
    picture: Picture
    meeting: Meeting | None = None
    effect: Effect | None = None
    scheme: tuple[Delegation, ...] = ()
    notes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())
    sentence: str = ""
    """The authority of the award in one sentence, from the words to the signature."""
    by_lot: tuple[tuple[Decision, Mandate], ...] = ()
    """Where the file has several lots: the chain of each lot's award."""


def standing_of(file: Procurement, today: date) -> Standing:
    """The authority of a file as it stands today."""
    meetings = meetings_about(file)
    mine = [one for meeting in meetings for one in meeting.resolutions if one.procurement_id == file.id]
    by_scheme = file.route is Route.SCHEME
    powers = scheme_rows_for(file, today) if by_scheme else powers_for(file)
    decisions = decisions_about(file)
    others = [one for one in decisions if one.act is not ActKind.WAIVE]
    decision = next((one for one in others if one.act is ActKind.AWARD), others[0] if others else None)
    meeting = _deciding(mine, powers)
    effect = effect_of_meeting(meeting, today) if meeting else None
    approved = by_scheme or any(one.kind is ResolutionKind.APPROVE_PROCUREMENT for one in mine)
    asked = _asked(decision, powers)
    facts = ChainFacts(
        links=(
            _first(file, meeting, mine, powers, by_scheme),
            power_link(powers, None if by_scheme else effect),
            consulted_link(decision, powers),
            signed_link(decision, decision.post.name if decision else powers[0].post.name if powers else ""),
            used_link(decision, today) if decision is not None and decision.uses else _fifth(file),
        ),
        resolutions=tuple((one.numeral, short_of(one.kind, one.option_number)) for one in mine)
        if not by_scheme
        else _paragraph(powers),
        acts=tuple((SHORT[row.act], decision is not None and row.act is decision.act) for row in powers),
        asked=asked,
        signed_by=decision.post.name if decision else powers[0].post.name if powers else "",
        signature_holds=holds_still(decision),
        uses=_uses(file, decision),
    )
    signed_on = legal_day(decision.signed_at) if decision and decision.signed_at else None
    giver = "The scheme of delegation" if by_scheme else meeting.body if meeting else ""
    post = powers[0].post.name if powers else ""
    shown = tuple(Asked(view.post.name, view.view) for view in decision.views) if decision else ()
    return Standing(
        heading="By what right was this awarded?" if signed_on else "By what right can this be bought?",
        said=said_of(giver, post, shown, signed_on, approved and bool(by_scheme is False or powers)),
        links=facts.links, picture=chain_picture(facts), meeting=meeting, effect=effect,
        scheme=tuple(powers) if by_scheme else (),
        notes=tuple(one.numeral for one in (meeting.resolutions if meeting else ()) if one.kind is ResolutionKind.NOTE),
        decisions=tuple(decisions), sentence=sentence_of(decision, today) if decision else "",
        by_lot=_by_lot(file, decisions, today),
    )  # fmt: skip


def _by_lot(file: Procurement, decisions: list[Decision], today: date) -> tuple[tuple[Decision, Mandate], ...]:
    """The newest award decision of each lot, in the order of the lots; nothing where there is one lot."""
    if len(file.lots) < 2:
        return ()
    newest: dict[int | None, Decision] = {}
    for one in decisions:
        if one.act is ActKind.AWARD:
            newest.setdefault(one.lot_id, one)
    return tuple((newest[lot.id], mandate_of(newest[lot.id], today)) for lot in file.lots if lot.id in newest)


def _uses(file: Procurement, decision: Decision | None) -> tuple[tuple[str, bool], ...]:
    """What was done under it and what is to come, in a word each."""
    done = uses_drawn(decision) if decision is not None and decision.uses else ()
    ahead = tuple((said, False) for said, stage in USES if not _has_reached(file, stage))
    return (*done, *ahead)[:3] if done else tuple((said, _has_reached(file, stage)) for said, stage in USES)


def decisions_about(file: Procurement) -> list[Decision]:
    """Officer decisions on a file, newest first."""
    return list(
        db.session.scalars(select(Decision).where(Decision.procurement_id == file.id).order_by(Decision.id.desc()))
    )


def _deciding(mine: list[Resolution], powers: list[Delegation]) -> Meeting | None:
    """The meeting whose decision the file rests on: the one that approved it, else the one that gave the power."""
    approving = [one for one in mine if one.kind is ResolutionKind.APPROVE_PROCUREMENT]
    if approving:
        return approving[-1].meeting
    given = [row.resolution for row in powers if row.resolution]
    return given[-1].meeting if given else mine[-1].meeting if mine else None


def _paragraph(powers: list[Delegation]) -> tuple[tuple[str, str], ...]:
    """Where the scheme says so, in two lines of the first box."""
    if not powers:
        return ()
    return tuple(("", part.strip()) for part in (powers[0].scheme_paragraph or "").split(","))


def _asked(decision: Decision | None, powers: list[Delegation]) -> tuple[Asked, ...]:
    if decision and decision.views:
        return tuple(Asked(view.post.name, view.view) for view in decision.views)
    return tuple(Asked(one.post.name, None) for one in powers[0].consultees) if powers else ()


def _first(
    file: Procurement, meeting: Meeting | None, mine: list[Resolution], powers: list[Delegation], by_scheme: bool
) -> Link:
    if by_scheme:
        if not powers:
            said = "The scheme of delegation has no row for the director of this file."
            return Link("Scheme", "no row found", False, "1 The scheme of delegation", said)
        row = powers[0]
        since = f"since {words.day(row.from_on)}" if row.from_on else ""
        return Link("Scheme", since, True, "1 The scheme says so", f"“{row.scheme_words}”", row.scheme_paragraph or "")
    if meeting is None:
        due = file.report.meeting_on if file.report else None
        when = words.day(due) if due else "no date yet"
        said = f"It is asked on {words.weekday(due)}." if due else "No meeting is chosen yet."
        href = url_for("approval.report", reference=file.reference)
        return Link("Decision", when, False, "1 Nobody has decided yet", said, href=href, link="The report")
    buys = next((one for one in mine if one.kind is ResolutionKind.APPROVE_PROCUREMENT), None)
    said = (
        f"{meeting.body} agreed to buy as set out in Option {buys.option_number}."
        if buys
        else f"{meeting.body} decided, but no resolution approves buying this."
    )
    numerals = words.joined(one.numeral for one in mine if one.meeting_id == meeting.id)
    count = sum(one.meeting_id == meeting.id for one in mine)
    note = f"Item {meeting.item}, resolution{'' if count == 1 else 's'} {numerals}."
    href = url_for("meetings.meeting", reference=meeting.reference)
    body = meeting.body if len(meeting.body) < 18 else "Decision"
    return Link(body, words.day(meeting.held_on), True, f"1 {body} decided", said, note, href, "Read the words")


def _fifth(file: Procurement) -> Link:
    done = [said for said, stage in USES if _has_reached(file, stage)]
    ahead = [said.lower() for said, stage in USES if not _has_reached(file, stage)]
    next_said = f"Next: the {ahead[0]}." if ahead else ""
    if not done:
        return Link("Used", "not yet", False, "5 Not used yet", f"Nothing has been done under it. {next_said}".strip())
    said = f"{words.sentence(words.joined(f'the {one.lower()}' for one in done))}."
    return Link("Used", "", True, "5 What it was used for", said, next_said)


def _has_reached(file: Procurement, stage: Stage) -> bool:
    stages = [(lot.paused_from if lot.stage is Stage.PAUSED else None) or lot.stage for lot in file.lots]
    at = max((stage for stage in stages if stage in IN_ORDER), key=IN_ORDER.index, default=file.stage)
    return at in IN_ORDER and IN_ORDER.index(at) >= IN_ORDER.index(stage)
