"""What this room tells the others: the method, by what right the market is asked, and when bids are due."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from procure import words
from procure.authority.call_in import EffectState
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Delegation, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.authority.waiver_facts import expired_words, waived_words
from procure.council.law import is_above
from procure.council.models import QuoteBand
from procure.extensions import db
from procure.law.regimes import Duty, binds
from procure.notices.facts import opening_notice
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.facts import need_facts
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import ContractKind, FileFacts, Route, Stage, Waiting
from procure.procurement.tasks import first_open, lots_at, task_of
from procure.refusals import BeyondOfficialCalendar
from procure.tender.conflict_rules import ConflictsFacts
from procure.tender.models import Method
from procure.tender.opening_rules import (
    AuthorityToBuy,
    QuotesNeeded,
    TenderFacts,
    deadline_has_passed,
    notice_may_go_out,
)  # fmt: skip
from procure.tender.pack_facts import pack_facts_of
from procure.tender.pack_rules import PackFacts
from procure.tender.question_rules import QUESTIONS_PAGE, QuestionFacts
from procure.tender.sealed_facts import opener_facts
from procure.tender.sealed_models import BidOpener
from procure.tender.sealed_rules import OpenerFacts

BEFORE_LOTS = (Stage.NEED, Stage.APPRAISING, Stage.SEEKING_APPROVAL, Stage.PREPARING)


def facts_of(lot: Lot, today: date) -> TenderFacts:
    """The tender room's facts of a lot. What only matters before the notice is looked up only before it."""
    notice, method = opening_notice(lot), lot.method
    before = lot.stage in BEFORE_LOTS
    scheme = lot.procurement.route is Route.SCHEME
    return TenderFacts(
        weights_total=_weights_total(method) if method else None,
        criteria_count=len(method.scored) if method else 0,
        authority=authority_to_buy(lot.procurement, today) if before else None,
        only_noted=_only_noted(lot.procurement) if before else "",
        quotes=quotes_needed(lot.procurement, today) if before and scheme else None,
        quotes_waived=waived_words(lot.procurement, today) if before and scheme else "",
        waiver_expired=expired_words(lot.procurement, today) if before and scheme else "",
        invited_count=len(lot.invitations) if scheme else 0,
        opened_on=notice.published_on if notice else None,
        closes_at=notice.closes_at if notice else None,
        closes_on=legal_day(notice.closes_at) if notice and notice.closes_at else None,
        bids_opened_at=lot.evaluation.opened_at if lot.evaluation else None,
        pack=pack_facts_of(lot, today) if lot.stage is Stage.PREPARING else PackFacts(),
        planned_closes_on=lot.timetable.closes_on if lot.timetable else None,
        questions=question_facts(lot) if lot.stage is Stage.OPEN_TO_BIDS else QuestionFacts(),
        openers=opener_facts(lot) if lot.stage is Stage.OPEN_TO_BIDS else OpenerFacts(),
        conflicts=conflicts_facts(lot.procurement) if before else ConflictsFacts(),
    )


def conflicts_facts(file: Procurement) -> ConflictsFacts:
    """How the conflicts assessment stands; needed for what the Act covers, from the threshold on."""
    asked = binds(Duty.CONFLICTS_ASSESSMENT, file.regime, light_touch=file.kind is ContractKind.LIGHT_TOUCH)
    above = file.value_gross is not None and is_above(file.kind.value, file.compared_gross, file.started_on)
    own = file.conflicts
    return ConflictsFacts(
        is_needed=asked and above and file.route is not Route.SCHEME,
        is_prepared=own is not None,
        people=len(own.people) if own else 0,
        is_approved=own is not None and own.approved_on is not None,
    )


def _weights_total(method: Method) -> int:
    return method.price_weight + sum(one.weight for one in method.criteria if one.parent_id is None)


def question_facts(lot: Lot) -> QuestionFacts:
    """How many questions were asked, and which are not answered or not published."""
    return QuestionFacts(
        len(lot.questions),
        tuple(one.number for one in lot.questions if not one.is_answered),
        tuple(one.number for one in lot.questions if one.is_answered and one.published_on is None),
    )


def authority_to_buy(procurement: Procurement, today: date) -> AuthorityToBuy | None:
    """By what right this file may be put to the market; the one that is in force, or will be soonest."""
    if procurement.route is Route.SCHEME:
        return _under_the_scheme(procurement, today)
    found = [_of_meeting(meeting, today) for meeting in _meetings_that_allow(procurement)]
    return min(found, key=lambda one: (one.from_on is None, one.from_on or today), default=None)


def _meetings_that_allow(procurement: Procurement) -> list[Meeting]:
    """Meetings whose resolutions approve this purchase, or give a post the power to conduct it."""
    approved = select(Resolution.meeting_id).where(
        Resolution.procurement_id == procurement.id, Resolution.kind == ResolutionKind.APPROVE_PROCUREMENT
    )
    delegated = (
        select(Resolution.meeting_id)
        .join(Delegation)
        .where(
            Delegation.procurement_id == procurement.id,
            Delegation.act == ActKind.PROCURE,
            Delegation.superseded_on.is_(None),
            Resolution.kind != ResolutionKind.NOTE,
        )
    )
    meetings = select(Meeting).where(Meeting.id.in_(approved.union(delegated))).order_by(Meeting.held_on)
    return list(db.session.scalars(meetings))


def _of_meeting(meeting: Meeting, today: date) -> AuthorityToBuy:
    source = f"{meeting.body}’s decision"
    try:
        effect = effect_of_meeting(meeting, today)
    except BeyondOfficialCalendar as unknown:
        return AuthorityToBuy(source, too_small=unknown.sentence)
    return AuthorityToBuy(
        source,
        from_on=effect.in_force_from,
        call_in_ends_on=effect.ends_on,
        is_called_in=effect.state is EffectState.CALLED_IN,
        is_sent_back=effect.state is EffectState.SENT_BACK,
    )


def _under_the_scheme(procurement: Procurement, today: date) -> AuthorityToBuy | None:
    rows = db.session.scalars(
        select(Delegation)
        .where(
            Delegation.scheme_paragraph.is_not(None),
            Delegation.act == ActKind.PROCURE,
            Delegation.superseded_on.is_(None),
            Delegation.post_id == procurement.director_post_id,
        )
        .order_by(Delegation.id)
    )
    found = [
        _of_scheme(row, procurement)
        for row in rows
        if row.procurement_id in (None, procurement.id) and (row.until_on is None or today <= row.until_on)
    ]
    return min(found, key=lambda one: bool(one.too_small), default=None)


def _of_scheme(row: Delegation, procurement: Procurement) -> AuthorityToBuy:
    source = f"{row.scheme_paragraph} of the scheme of delegation"
    too_small = ""
    value, months = procurement.value_gross, procurement.max_months
    if row.max_value_gross is not None and value is not None and value > row.max_value_gross:
        too_small = (
            f"{source} stops at {words.pounds(row.max_value_gross)} including VAT. This purchase could cost "
            f"{words.pounds(value)}."
        )
    elif row.min_value_gross is not None and value is not None and value < row.min_value_gross:
        too_small = f"{source} is for {words.pounds(row.min_value_gross)} and more, including VAT."
    elif row.max_months is not None and months is not None and months > row.max_months:
        longest, this_one = words.months_label(row.max_months), words.months_label(months)
        too_small = f"{source} stops at {longest}. This purchase could run {this_one}."
    return AuthorityToBuy(source, from_on=row.from_on, too_small=too_small)


def _only_noted(procurement: Procurement) -> str:
    noted = db.session.scalars(
        select(Resolution)
        .where(Resolution.procurement_id == procurement.id, Resolution.kind == ResolutionKind.NOTE)
        .order_by(Resolution.id)
    ).first()
    return f"Resolution {noted.numeral} of {noted.meeting.body} only notes this purchase." if noted else ""


def quotes_needed(procurement: Procurement, today: date) -> QuotesNeeded | None:
    """The band of the council's procedure rules that this value falls in; None where none does."""
    value = procurement.value_net
    if value is None:
        return None
    bands = db.session.scalars(select(QuoteBand).order_by(QuoteBand.from_net.desc(), QuoteBand.from_on.desc()))
    for band in bands:
        in_force = band.from_on <= today and (band.until_on is None or today <= band.until_on)
        if in_force and band.from_net <= value and (band.below_net is None or value < band.below_net):
            return QuotesNeeded(band.quotes_needed, band.words, band.source)
    return None


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """The officer's next task on each file that is being prepared, or whose bids are due."""
    found = []
    for lot in lots_at(person, Stage.PREPARING, Stage.OPEN_TO_BIDS):
        tender = facts_of(lot, today)
        facts = FileFacts([need_facts(lot.procurement), tender])
        preparing = lot.stage is Stage.PREPARING
        next_one = first_open(notice_may_go_out(facts, today) if preparing else deadline_has_passed(facts, today))
        if next_one is not None:
            page = next_one.page if next_one.page.startswith("tender.") else "tender.index"
            day = None if preparing else _due_on(lot, next_one.page, tender)
            found.append(task_of(lot, next_one.name, page, day))
    return found + _to_open(person, today)


def _to_open(person: Person, today: date) -> list[Waiting]:
    """Bids which a person opens together with another, once they are due; the officer of the file has that already."""
    named = db.session.scalars(
        select(BidOpener)
        .join(Lot, BidOpener.lot_id == Lot.id)
        .where(
            BidOpener.person_id == person.id, BidOpener.left_at.is_(None), Lot.stage == Stage.OPEN_TO_BIDS
        )
        .order_by(BidOpener.id)
    )  # fmt: skip
    found = []
    for opener in named:
        due = facts_of(opener.lot, today)
        runs_it = opener.lot.procurement.officer_id == person.id
        if due.closes_on is not None and today >= due.closes_on:
            if not runs_it and not due.questions.unanswered:
                found.append(task_of(opener.lot, "Open the bids", "tender.open_bids", due.closes_on))
        elif not opener.has_key:
            found.append(task_of(opener.lot, "Choose your opening phrase", "tender.opening_phrase", due.closes_on))
    return found


def _due_on(lot: Lot, page: str, tender: TenderFacts) -> date | None:
    """Answers are due on the day the timetable plans for them; bids are opened on the day they are due."""
    answers_by = lot.timetable.answers_by_on if lot.timetable else None
    return answers_by if page == QUESTIONS_PAGE and answers_by else tender.closes_on


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Until when questions may come, by when they are answered, and when bids are due."""
    notice = opening_notice(lot)
    if lot.stage is not Stage.OPEN_TO_BIDS or notice is None or notice.closes_at is None:
        return []
    found = [(legal_day(notice.closes_at), "Bids are due")]
    timetable = lot.timetable
    if timetable and timetable.questions_by_at and timetable.answers_by_on:
        found.append((legal_day(timetable.questions_by_at), "Last day for questions"))
        found.append((timetable.answers_by_on, "Answers are due"))
    return found
