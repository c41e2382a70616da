"""From the record of a file to the report back to members: nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from procure import words
from procure.authority.meeting_facts import meetings_about
from procure.authority.models import Decision, Meeting
from procure.authority.power_gathering import mandate_said
from procure.authority.rules import DecisionState, ResolutionKind, View
from procure.authority.withholding import withheld
from procure.award import report_back_documents as paper
from procure.award.gathering import council_facts
from procure.award.models import Award
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from procure.notices.facts import notice_of, opening_notice
from procure.notices.rules import NoticeKind
from procure.now import legal_day
from procure.people.access import post_names_of
from procure.procurement.models import Procurement

NOTHING_SAID = "No comment was made."


def report_back(file: Procurement, at: datetime) -> paper.ReportBack:
    """Everything the report prints, as the file stands at a moment."""
    today = legal_day(at)
    meetings = meetings_about(file)
    awards = signed_awards(file)
    return paper.ReportBack(
        council=council_facts(),
        report=_file(file, meetings, awards, today),
        resolved=tuple(
            paper.Resolved(one.numeral, one.words)
            for meeting in meetings
            for one in meeting.resolutions
            if one.procurement_id == file.id
        )
        or _no_meeting(file),
        awards=tuple(_awarded(award) for award in awards) or _no_award(file),
        steps=tuple(_in_order(meetings, awards, today)),
        views=tuple(_views(awards)),
        follow_ups=tuple(_follow_ups(meetings, today)),
        next_steps=tuple(Line(said) for said in _next(file, awards, today)),
    )


def signed_awards(file: Procurement) -> list[Award]:
    """The awards of a file whose decision is signed, by lot."""
    found = [lot.award for lot in file.lots if lot.award is not None]
    return [award for award in found if award.decision.state is DecisionState.SIGNED]


def _no_meeting(file: Procurement) -> Gap:
    return Gap("resolution that approved the purchase", "Authority", f"/procurements/{file.reference}/authority")


def _no_award(file: Procurement) -> Gap:
    return Gap("signed award decision", "Award", f"/procurements/{file.reference}/award")


def _file(
    file: Procurement, meetings: list[Meeting], awards: list[Award], today: date
) -> paper.ReportedFile | Gap:  # fmt: skip
    if not meetings:
        return _no_meeting(file)
    meeting = _approving(meetings, file)
    need = f"/procurements/{file.reference}/need"
    posts = post_names_of(file.officer, today)
    return paper.ReportedFile(
        reference=file.reference,
        title=file.title,
        wards_label=file.wards_label or Gap("wards affected", "Need", need),
        body=meeting.body,
        approved_text=f"{meeting.body}, {words.day(meeting.held_on)}, item {meeting.item}",
        officer_text=f"{file.officer.name}, {posts[0]}" if posts else file.officer.name,
        stands_text=" ".join(_stands(award) for award in awards) if awards else _no_award(file),
        awarded_gross=sum((award.value_gross for award in awards), Decimal(0)) if awards else _no_award(file),
        approved_gross=_approved(file, awards) or Gap("value approved, including VAT", "Value and term"),
        difference_label=_difference(file, awards),
        starts_label=words.day(file.service_starts_on)
        if file.service_starts_on
        else Gap("start of the service", "Value and term", f"/procurements/{file.reference}/value"),
        consultation_text=_consultation(awards),
    )


def _approving(meetings: list[Meeting], file: Procurement) -> Meeting:
    """The meeting that approved the purchase; else the first that resolved anything about it."""
    approving = [
        meeting
        for meeting in meetings
        for one in meeting.resolutions
        if one.procurement_id == file.id and one.kind is ResolutionKind.APPROVE_PROCUREMENT
    ]
    return approving[-1] if approving else meetings[0]


def _approved(file: Procurement, awards: list[Award]) -> Decimal | None:
    """The limit of the power that the awards rest on; where the words state none, the value in the report."""
    limits = [award.decision.delegation.max_value_gross for award in awards if award.decision.delegation]
    stated = [limit for limit in limits if limit is not None]
    return max(stated) if stated else file.approved_gross or file.value_gross


def _difference(file: Procurement, awards: list[Award]) -> str | Gap:
    approved = _approved(file, awards)
    if approved is None or not awards:
        return Gap("difference from the approved value", "Award")
    gap = approved - sum((award.value_gross for award in awards), Decimal(0))
    return "The same" if gap == 0 else f"{words.pounds(abs(gap))} {'below' if gap > 0 else 'above'}"


def _of_lot(award: Award) -> str:
    return f"{award.lot.label}: the" if award.lot.label else "The"


def _stands(award: Award) -> str:
    signed = award.decision.signed_on
    said = f"{_of_lot(award)} contract was awarded to {award.bid.supplier.name}"
    said += f" on {words.day(signed)}" if signed else ""
    contract = award.contract
    if contract is None or contract.signed_on is None:
        return f"{said}. It has not been entered into yet."
    return f"{said} and entered into on {words.day(contract.signed_on)}."


def _awarded(award: Award) -> paper.AwardedLot:
    decision, months = award.decision, award.decision.max_months
    assessed = sum(bid.was_assessed for bid in award.lot.bids)
    bids = f"{words.sentence(words.number_word(assessed))} bid{' was' if assessed == 1 else 's were'} assessed"
    return paper.AwardedLot(
        title=award.lot.full_title,
        supplier=award.bid.supplier.name,
        value_gross=award.value_gross,
        term_label=words.months_label(months) if months else Gap("longest possible term in words", "Value and term"),
        bids_label=bids,
        record_text=_record(decision),
        contract_text=_contract(award),
        chain=mandate_said(decision, decision.signed_on)
        if decision.signed_on
        else Gap("signed award decision", "Award decision"),
    )


def _record(decision: Decision) -> str:
    on, by = decision.signed_on, decision.signed_by
    signed = f"{words.day(on)}, " if on else ""
    post = decision.post.name_on(on) if on else decision.post.name
    return f"{post} ({by.name if by else 'not signed'}), {signed}record {decision.reference.replace('-', '/')}"


def _contract(award: Award) -> str:
    contract = award.contract
    if contract is None:
        return "Not entered into yet"
    entered = f"entered into on {words.day(contract.signed_on)}, " if contract.signed_on else ""
    begins = f"from {words.day(contract.starts_on)}" if contract.starts_on else ""
    ends = f"to {words.day(contract.ends_on)}" if contract.ends_on else "with no end agreed"
    return f"{contract.reference}, {entered}{begins} {ends}"


# ── what was done, said and left ──


def _in_order(meetings: list[Meeting], awards: list[Award], today: date) -> list[paper.DoneStep]:
    """What was done under the resolutions, oldest first."""
    found = {(on, said) for on, said in _done(meetings, awards) if on <= today}
    return [paper.DoneStep(on, said) for on, said in sorted(found)]


def _done(meetings: list[Meeting], awards: list[Award]) -> Iterator[tuple[date, str]]:
    for meeting in meetings:
        yield meeting.held_on, f"{meeting.body} resolved, item {meeting.item}"
    for award in awards:
        of = f", {award.lot.label}" if award.lot.label else ""
        lot, decision = award.lot, award.decision
        opening, announced = opening_notice(lot), notice_of(lot, NoticeKind.AWARD)
        if opening:
            yield opening.published_on, f"{opening.kind.label} published{of}"
        if lot.evaluation and lot.evaluation.opened_at:
            yield legal_day(lot.evaluation.opened_at), f"Bids opened{of}"
        if decision.signed_on:
            yield decision.signed_on, f"Award decision signed{of}"
        if announced:
            yield announced.published_on, f"{announced.kind.label} published{of}"
        if award.contract and award.contract.signed_on:
            yield award.contract.signed_on, f"Contract {award.contract.reference} entered into{of}"


def _consultation(awards: list[Award]) -> str:
    views = [view for award in awards for view in award.decision.views]
    if not views:
        return "The power to award named nobody to be consulted."
    against = sum(view.view is View.OBJECTS for view in views)
    silent = sum(view.answered_at is None for view in views)
    posts = len({view.post_id for view in views})
    said = f"{words.sentence(words.number_word(posts))} post{' was' if posts == 1 else 's were'} consulted."
    objected = f"{words.sentence(words.number_word(against))} objected." if against else "Nobody objected."
    missing = f" {words.sentence(words.number_word(silent))} didn’t answer." if silent else ""
    return f"{said} {objected}{missing}"


def _views(awards: list[Award]) -> Iterator[paper.ViewReported]:
    for award in awards:
        of = f" ({award.lot.label})" if award.lot.label and len(awards) > 1 else ""
        for view in award.decision.views:
            said = f"“{withheld(award.decision, view.words)}”" if view.words else NOTHING_SAID
            if view.officer_answer:
                said += f" Answer: {withheld(award.decision, view.officer_answer)}"
            label = view.view.label if view.view else "No answer"
            yield paper.ViewReported(f"{view.post.name}{of}", label, said)


def _follow_ups(meetings: list[Meeting], today: date) -> Iterator[paper.FollowUpReported]:
    for task in (task for meeting in meetings for one in meeting.resolutions for task in one.follow_ups):
        if task.done_on:
            stands = f"Done on {words.day(task.done_on)}. {task.outcome}".strip()
        else:
            stands = "Late" if task.due_on and task.due_on < today else "Open"
        yield paper.FollowUpReported(
            task.what,
            task.post.name if task.post else "Nobody is named",
            words.day(task.due_on) if task.due_on else "No day",
            stands,
        )


def _next(file: Procurement, awards: list[Award], today: date) -> Iterator[str]:
    if any(award.contract is None for award in awards):
        yield "The contract is entered into once nothing stands in its way."
    if file.service_starts_on and file.service_starts_on > today:
        yield f"The service starts on {words.weekday(file.service_starts_on)}."
    for award in awards:
        contract = award.contract
        if contract is None:
            continue
        yield f"Contract {contract.reference} is managed by the {contract.owner_name}."
        first = next((option for option in contract.options if option.is_open), None)
        if first is not None:
            by = words.day(first.exercise_by_on)
            yield f"An option to extend it by {words.months_label(first.months)} must be used by {by}."
        if contract.ends_on is not None:
            yield f"It ends on {words.weekday(contract.ends_on)}, unless it is extended."
