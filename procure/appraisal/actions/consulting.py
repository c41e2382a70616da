"""The consultation that was held: by whom, when, how, what was said, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from procure.appraisal.actions.changing import changing
from procure.appraisal.models import Appraisal, Consultation, ConsultationEvent, ConsultationFinding
from procure.audit.actions import Actor
from procure.extensions import db
from procure.now import legal_day
from procure.refusals import Refusal
from procure.rows import Recorded

Event = tuple[str, str, str]
"""How, when in words, and who took part."""
Finding = tuple[str, str]
"""You said, we did."""


class ConsultationRefused(Refusal):
    """A consultation has a beginning, an end, somebody who led it and a number of responses; or a reason for none."""


def record_consultation(
    appraisal: Appraisal, *, took_place: bool, none_reason: str = "", from_on: date | None = None,
    until_on: date | None = None, led_by: str = "", response_count: int | None = None, events: Sequence[Event] = (),
    findings: Sequence[Finding] = (), by: Actor, at: datetime, note: str | None = None, sees: int | None = None,
) -> Consultation:  # fmt: skip
    """Record the consultation whole, or why there was none. Saying it again corrects it."""
    said = "recorded the consultation" if took_place else "recorded that there was no consultation"
    with changing(
        appraisal, said, by=by, at=at, note=note, sees=sees, shown=lambda: shown_consultation(appraisal),
        ends_review=False,
    ):  # fmt: skip
        if took_place:
            _refuse_unclear(from_on, until_on, led_by, response_count, legal_day(at))
        elif not none_reason.strip():
            raise ConsultationRefused("Say why there was no consultation.", field="none_reason")
        found = appraisal.consultation
        if found is None:
            found = Consultation(appraisal=appraisal, is_example=appraisal.is_example)
            db.session.add(found)
        found.took_place = took_place
        found.none_reason = "" if took_place else none_reason
        found.from_on, found.until_on = (from_on, until_on) if took_place else (None, None)
        found.led_by, found.response_count = (led_by, response_count) if took_place else ("", None)
        _take_over_events(found, events if took_place else ())
        _take_over_findings(found, findings if took_place else ())
    return found


def shown_consultation(appraisal: Appraisal) -> list[Recorded]:
    """What the page of the consultation shows."""
    found = appraisal.consultation
    return [] if found is None else [found, *found.events, *found.findings]


def _refuse_unclear(
    from_on: date | None, until_on: date | None, led_by: str, response_count: int | None, today: date
) -> None:
    if from_on is None:
        raise ConsultationRefused("Enter the first day of the consultation.", field="from_on")
    if until_on is None:
        raise ConsultationRefused("Enter the last day of the consultation.", field="until_on")
    if until_on < from_on:
        raise ConsultationRefused("The last day can’t be before the first.", field="until_on")
    if from_on > today:
        raise ConsultationRefused("Record the consultation when it has begun.", field="from_on")
    if not led_by.strip():
        raise ConsultationRefused("Say who led the consultation.", field="led_by")
    if response_count is None or response_count < 0:
        raise ConsultationRefused("Enter how many responded, or 0.", field="response_count")


def _take_over_events(consultation: Consultation, events: Sequence[Event]) -> None:
    rows = consultation.events
    for number, (method, when, who) in enumerate(events):
        if number == len(rows):
            rows.append(ConsultationEvent())
        rows[number].method, rows[number].when_text, rows[number].who = method, when, who
    _remove(consultation, "events", rows[len(events) :])


def _take_over_findings(consultation: Consultation, findings: Sequence[Finding]) -> None:
    rows = consultation.findings
    for number, (said, did) in enumerate(findings):
        if number == len(rows):
            rows.append(ConsultationFinding())
        rows[number].said, rows[number].did = said, did
    _remove(consultation, "findings", rows[len(findings) :])


def _remove(consultation: Consultation, name: str, rows: Sequence[Recorded]) -> None:
    for row in rows:
        db.session.delete(row)
    if rows:
        db.session.flush()
        db.session.expire(consultation, [name])
