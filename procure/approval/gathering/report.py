"""From rows to the facts of the Cabinet report: nothing retyped, and what nobody has said yet is a gap."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from procure.approval import documents as paper
from procure.approval.facts import is_cleared
from procure.approval.gathering.appraised import current_contract, the_appraisal, the_consultation
from procure.approval.gathering.purchase import steps, the_criteria, the_method, the_purchase, the_term, the_value
from procure.approval.gathering.said import Said, name_of
from procure.approval.models import Report
from procure.approval.recommending import consultees_label
from procure.authority.forward_plan_facts import entry_for
from procure.council.models import Council
from procure.documents import shared_facts as shared
from procure.documents.gaps import Gap
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.procurement.models import Procurement


def cabinet_report(procurement: Procurement, at: datetime) -> paper.CabinetReport:
    """Everything the report prints, as the file stands."""
    report = procurement.report or _nothing_written()
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    appraisal = procurement.appraisal
    return paper.CabinetReport(
        council=_council(council),
        report=_report(report, procurement, council, at),
        procurement=the_purchase(procurement),
        current_contract=current_contract(procurement.ending_contract, appraisal, at),
        appraisal=the_appraisal(appraisal, procurement),
        value=the_value(procurement),
        term=the_term(procurement),
        method=the_method(procurement),
        criteria=the_criteria(procurement),
        timetable=paper.Timetable(steps(report.meeting_on, procurement.service_starts_on)),
        consultation=the_consultation(appraisal.consultation if appraisal else None, procurement),
        authority=_authority(report, procurement),
    )


def _nothing_written() -> Report:
    """Stands for a report that isn't begun: every part of it is a gap."""
    texts = (
        "title item key_reason exempt_paragraph exempt_reason summary reasons "
        "background appendices background_papers contract_management_text report_back_text"
    )
    return Report(**dict.fromkeys(texts.split(), ""))


def _council(council: Council | None) -> shared.CouncilFacts:
    def gap(value: str | None, meaning: str) -> str | Gap:
        return value or Gap(meaning, "Settings")

    return shared.CouncilFacts(
        name=gap(council.name if council else None, "full name of the council"),
        address=gap(council.address if council else None, "postal address of the council"),
        executive_name=gap(council.executive_name if council else None, "what the executive is called"),
        portal_name=gap(council.portal_name if council else None, "e-tendering portal"),
        portal_url=gap(council.portal_url if council else None, "address of the e-tendering portal"),
    )


def _lines(text: str) -> tuple[shared.Line, ...]:
    return shared.lines(*(line for line in text.split("\n") if line.strip()))


def _report(report: Report, file: Procurement, council: Council | None, at: datetime) -> paper.ReportFacts:
    heading = Said("Report: heading", "approval.heading", file.reference)
    reasons = Said("Report: reasons", "approval.reasons", file.reference)
    closing = Said("Report: papers", "approval.closing", file.reference)
    posts = post_names_of(file.officer, legal_day(at))
    recommended = tuple(shared.ResolutionPoint.of(one.words) for one in report.recommendations)
    contact = council.procurement_email if council else ""
    entry = entry_for(file)
    return paper.ReportFacts(
        title=heading(report.title, "title of the report"),
        meeting_on=heading(report.meeting_on, "day of the meeting"),
        item_no=report.item or None,
        is_key=heading(report.is_key, "whether it is a key decision"),
        key_reason=heading(report.key_reason, "why it is, or is not, a key decision"),
        forward_plan_reference=entry.reference.replace("-", "/") if entry else None,
        forward_plan_on=heading(entry.published_on if entry else None, "day the forward plan was published"),
        exception_text=(entry.exception_reason or None) if entry else None,
        exempt_paragraph=report.exempt_paragraph or None,
        exempt_reason=heading(report.exempt_reason, "why the public interest favours exemption"),
        author_name=file.officer.name,
        author_post=posts[0] if posts else Gap("post of the author", "People"),
        author_contact=contact or Gap("contact of the author", "Settings"),
        summary=reasons(report.summary, "summary of the report"),
        recommendations=Said("Report: recommendations", "approval.recommendations", file.reference)(
            recommended, "recommendations"
        ),
        reasons=reasons(_lines(report.reasons), "reasons for the recommendations"),
        background=reasons(_lines(report.background), "background"),
        implications=_implications(report, file),
        risks=_risks(report, file),
        appendices=closing(_appendices(report), "appendices"),
        background_papers=closing(_background_papers(report), "background papers"),
        contract_management_text=report.contract_management_text or None,
        report_back_text=report.report_back_text or None,
    )


def _implications(report: Report, file: Procurement) -> tuple[paper.Implication, ...] | Gap:
    said = Said("Report: implications", "approval.implications", file.reference)
    rows = []
    for one in report.implications:
        cleared = one.cleared_by if is_cleared(one) else None
        rows.append(
            paper.Implication(
                heading=one.heading,
                text=said(one.text, f"text of “{one.heading}”"),
                author_name=said(name_of(cleared), f"who cleared “{one.heading}”"),
                author_post=said(name_of(one.author_post), f"post of who clears “{one.heading}”"),
                cleared_on=said(
                    legal_day(one.cleared_at) if cleared and one.cleared_at else None,
                    f"day of the clearance of “{one.heading}”",
                ),
            )
        )
    return said(tuple(rows), "implications")


def _risks(report: Report, file: Procurement) -> tuple[paper.ReportedRisk, ...] | Gap:
    rows = tuple(
        paper.ReportedRisk(one.text, one.rating.label, one.mitigation, one.owner_post.name) for one in report.risks
    )
    return Said("Report: risks", "approval.risks", file.reference)(rows, "risks")


def _appendices(report: Report) -> tuple[paper.Appendix, ...]:
    """One a line; "exempt" after a bar marks the ones that aren't open."""
    rows = []
    for number, line in enumerate((line for line in report.appendices.split("\n") if line.strip()), start=1):
        title, _, mark = (part.strip() for part in line.partition("|"))
        rows.append(paper.Appendix(str(number), title, mark.capitalize() or "Open"))
    return tuple(rows)


def _background_papers(report: Report) -> tuple[paper.BackgroundPaper, ...]:
    """One a line; after a bar, where it can be read."""
    rows = []
    for line in (line for line in report.background_papers.split("\n") if line.strip()):
        title, _, where = (part.strip() for part in line.partition("|"))
        rows.append(paper.BackgroundPaper(title, where or None))
    return tuple(rows)


def _authority(report: Report, file: Procurement) -> paper.SoughtAuthority | Gap:
    said = Said("Report: who is to act", "approval.mandate", file.reference)
    post = report.delegate_post
    consulted = consultees_label([one.post.name for one in report.consultees])
    return paper.SoughtAuthority(
        delegate_post=said(name_of(post), "post to which authority is to be delegated"),
        consultees_label=said(consulted, "posts to be consulted"),
    )
