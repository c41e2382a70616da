"""What this room tells the others: how far the report is, what was decided, and whether it is in force."""

from __future__ import annotations

from datetime import date

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from procure.approval.models import Implication, Report
from procure.approval.recommending import changed_since, rests_on
from procure.approval.rules import (
    ApprovalFacts,
    Approved,
    ImplicationState,
    NoticeFacts,
    ReportState,
    SchemeRow,
    report_may_be_issued,
)  # fmt: skip
from procure.authority.forward_plan_facts import entry_for, state_for_day
from procure.authority.meeting_facts import effect_of_meeting, meetings_about, powers_for, scheme_rows_for
from procure.authority.minutes import numeral
from procure.authority.models import Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.authority.waiver_facts import expired_words, waived_words
from procure.council.law import england
from procure.council.models import Council, QuoteBand
from procure.extensions import db
from procure.law.periods import key_decision_notice_by
from procure.now import legal_day
from procure.people.access import posts_of
from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Route, Stage, Waiting

UNTIL_DECIDED = (Stage.NEED, Stage.APPRAISING, Stage.SEEKING_APPROVAL)


def facts_of(lot: Lot, today: date) -> ApprovalFacts:
    """The approval of a lot's file, as it stands today."""
    procurement = lot.procurement
    meetings = meetings_about(procurement)
    approval, meeting = approving_resolution(procurement, meetings)
    power = next((row for row in powers_for(procurement) if row.act is ActKind.PROCURE), None)
    deciding = power.resolution.meeting if power and power.resolution and meeting is None else meeting
    effect = effect_of_meeting(deciding, today) if deciding else None
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    band = band_for(procurement)
    appraisal = procurement.appraisal
    return ApprovalFacts(
        route=procurement.route,
        executive=council.executive_name if council else "Cabinet",
        report=report_state(procurement.report, today) if procurement.report else None,
        preferred_option=appraisal.preferred.number if appraisal and appraisal.preferred else None,
        approved=Approved(approval.numeral, approval.option_number, meeting.body, meeting.held_on)
        if approval and meeting
        else None,
        power_post=power.post.name if power else "",
        power_numeral=power.resolution.numeral if power and power.resolution else "",
        notes=tuple(one.numeral for held in meetings for one in held.resolutions if one.kind is ResolutionKind.NOTE),
        in_force_from=effect.in_force_from if effect else None,
        is_stopped=effect.is_stopped if effect else False,
        effect=effect.sentence if effect else "",
        director_post=procurement.director_post.name if procurement.director_post else "",
        value_net=procurement.value_net,
        value_gross=procurement.value_gross,
        max_months=procurement.max_months,
        scheme=scheme_of(procurement, today) if procurement.route is Route.SCHEME else (),
        quotes_needed=band.quotes_needed if band else None,
        quote_words=band.words if band else "",
        quotes_waived=waived_words(procurement, today) if procurement.route is Route.SCHEME else "",
        waiver_expired=expired_words(procurement, today) if procurement.route is Route.SCHEME else "",
        england=england(),
    )


def approving_resolution(procurement: Procurement, meetings: list[Meeting]) -> tuple[Resolution | None, Meeting | None]:
    """The latest resolution that approves buying for this file, with its meeting."""
    found = [
        (one, meeting)
        for meeting in meetings
        for one in meeting.resolutions
        if one.kind is ResolutionKind.APPROVE_PROCUREMENT and one.procurement_id == procurement.id
    ]
    return found[-1] if found else (None, None)


def is_decided(report: Report) -> bool:
    """Whether a resolution on the report's file has approved buying: the report is history then."""
    return approving_resolution(report.procurement, meetings_about(report.procurement))[0] is not None


def scheme_of(procurement: Procurement, today: date) -> tuple[SchemeRow, ...]:
    """Rows of the scheme under which the director may conduct a procurement."""
    return tuple(
        SchemeRow(row.scheme_paragraph or "", row.post.name, row.max_value_gross, row.max_months, row.min_value_gross)
        for row in scheme_rows_for(procurement, today)
        if row.act is ActKind.PROCURE
    )


def band_for(procurement: Procurement) -> QuoteBand | None:
    """The band of the council's rules for a file's net value, in force when it started."""
    if procurement.value_net is None:
        return None
    rows = db.session.scalars(select(QuoteBand).order_by(QuoteBand.from_net.desc()))
    return next(
        (
            row
            for row in rows
            if row.from_net <= procurement.value_net
            and (row.below_net is None or procurement.value_net < row.below_net)
            and row.from_on <= procurement.started_on
            and (row.until_on is None or procurement.started_on <= row.until_on)
        ),
        None,
    )


def rests_now(report: Report) -> str:
    """The figures and recommendations a clearance would rest on now."""
    file = report.procurement
    term = (
        f"{file.initial_months or '?'} months and {file.extension_count} × {file.extension_months} months from "
        f"{file.service_starts_on or '?'}"
    )
    return rests_on(file.value_gross, term, {numeral(one.number): one.words for one in report.recommendations})


def void_because(implication: Implication) -> tuple[str, ...]:
    """What has changed since an implication was cleared; empty where it isn't cleared or the clearance holds."""
    if implication.cleared_at is None:
        return ()
    return changed_since(implication.cleared_for, rests_now(implication.report))


def is_cleared(implication: Implication) -> bool:
    """Whether a clearance stands for the figures of today."""
    return implication.cleared_at is not None and not void_because(implication)


def report_state(report: Report, today: date) -> ReportState:
    """How far a report is, as frozen facts."""
    now = rests_now(report)
    entry = entry_for(report.procurement)
    notice = state_for_day(entry, report.meeting_on, today) if entry and report.meeting_on else None
    implications = []
    for one in report.implications:
        cleared = one.cleared_at is not None
        void = cleared and bool(changed_since(one.cleared_for, now))
        implications.append(
            ImplicationState(
                one.heading,
                one.author_post.name if one.author_post else "author",
                is_written=bool(one.text),
                is_cleared=cleared and not void,
                is_void=void,
            )
        )
    return ReportState(
        unwritten=tuple(_unwritten(report)),
        implications=tuple(implications),
        notice=NoticeFacts(
            report.meeting_on, report.is_key, entry.reference if entry else "",
            is_lawful=notice is not None and notice.is_lawful, said=notice.sentence if notice else "",
            is_urgent=entry is not None and entry.agreed_on is not None,
        ),
        issued_on=legal_day(report.issued_at) if report.issued_at else None,
    )  # fmt: skip


def _unwritten(report: Report) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []

    def need(met: object, sentence: str, page: str) -> None:
        if not met and not any(known == page for _, _, known in found):
            found.append(("", sentence, page))

    need(report.title and report.meeting_on, "Enter the report’s title and its meeting.", "approval.heading")
    is_key_said = report.is_key is not None and report.key_reason
    need(is_key_said, "Say why it is, or isn’t, a key decision.", "approval.heading")
    need(report.delegate_post_id, "Choose the post that is to act.", "approval.mandate")
    need(report.recommendations, "Write at least one recommendation.", "approval.recommendations")
    need(report.summary, "Write the summary.", "approval.reasons")
    need(report.reasons, "Write the reasons.", "approval.reasons")
    need(report.background, "Write the background.", "approval.reasons")
    need(report.risks, "Add at least one risk.", "approval.risks")
    need(report.contract_management_text, "Say how the contract will be managed.", "approval.closing")
    need(report.report_back_text, "Say how members will hear the result.", "approval.closing")
    papers = report.appendices and report.background_papers
    need(papers, "List the appendices and background papers.", "approval.closing")
    file, method = report.procurement, report.procurement.only_lot.method
    need(file.description and file.wards_label, "Say what is bought, and for which wards.", "procurement.need")
    need(
        file.director_post_id and file.portfolio_post_id,
        "Choose the director and the Cabinet Member.",
        "procurement.need",
    )
    bought = file.route_reason and file.lots_reason and file.small_supplier_text and file.engagement_text
    is_said = bought and file.is_recharged_to_leaseholders is not None
    need(is_said, "Say how it will be bought. The report prints those answers.", "procurement.particulars")
    need(method and method.criteria, "Say how bids will be judged. Members approve the criteria.", "tender.method")
    return found


def label_of(procurement: Procurement) -> str:
    """A file as My work names it."""
    return f"{procurement.title}, {procurement.reference}"


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Implications to clear, for holders of their authors' posts; the officer's own reports and decisions."""
    return [*_to_clear(person, today), *_to_issue_or_record(person, today)]


def _to_clear(person: Person, today: date) -> list[Waiting]:
    posts = posts_of(person, today)
    if not posts:
        return []
    rows = db.session.scalars(
        select(Implication)
        .join(Report)
        .join(Procurement)
        .where(
            Implication.author_post_id.in_(posts),
            or_(Implication.text != "", Report.recommendations.any()),
            Report.issued_at.is_(None),
            Procurement.stage.in_(UNTIL_DECIDED),
        )
        .options(selectinload(Implication.report).selectinload(Report.procurement))
    )
    return [
        Waiting(
            what=f"{'Clear' if one.text else 'Write'} “{one.heading}”",
            file=label_of(one.report.procurement),
            href=url_for("approval.implication", reference=one.report.procurement.reference, number=one.number),
            day=one.report.meeting_on,
            is_example=one.report.procurement.is_example,
            note="The earlier clearance is void" if one.cleared_at else "",
        )
        for one in rows
        if not is_cleared(one)
    ]


def _to_issue_or_record(person: Person, today: date) -> list[Waiting]:
    files = db.session.scalars(
        select(Procurement).where(
            Procurement.officer_id == person.id,
            Procurement.stage == Stage.SEEKING_APPROVAL,
            Procurement.route == Route.CABINET,
        )
    )
    found = []
    for file in files:
        facts = facts_of(file.only_lot, today)
        href = url_for("approval.report", reference=file.reference)
        report, due = facts.report, file.report.meeting_on if file.report else None
        if facts.approved is not None:
            continue
        if report and not report.notice.reference and report.notice.is_key and due and due >= today:
            enter = url_for("forward_plan.new", file=file.reference)
            by = key_decision_notice_by(due).answer
            what = "Enter it in the forward plan"
            found.append(Waiting(what=what, href=enter, file=label_of(file), day=by, is_example=file.is_example))
        if report is None:
            what = "Write the report"
        elif report.issued_on is None:
            ready = all(check.is_done for check in report_may_be_issued(facts, today))
            what = "Issue the report" if ready else "Finish the report"
        elif due and due <= today:
            what = f"Record what {facts.executive} decided"
            href = url_for("meetings.record_for", reference=file.reference)
        else:
            continue
        found.append(Waiting(what=what, href=href, file=label_of(file), day=due, is_example=file.is_example))
    return found


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """The day the body meets on this file's report."""
    report = lot.procurement.report
    if report is None or report.meeting_on is None or lot.procurement.stage not in UNTIL_DECIDED:
        return []
    executive = db.session.scalars(select(Council.executive_name).order_by(Council.id)).first() or "Cabinet"
    return [(report.meeting_on, f"{executive} meets")]
