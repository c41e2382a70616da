"""From ratings, promises, payments and certificates held to the performance report of a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from procure import words
from procure.award.gathering import council_facts
from procure.contract.documents import performance as paper
from procure.contract.gathering.said import Page, Pages, manager_post_of, of_contract
from procure.contract.life_models import ExpiringPaper, Indicator, Obligation
from procure.contract.life_rules import NoticeDuty
from procure.contract.models import Contract
from procure.contract.paper_models import PerformanceReport
from procure.contract.paper_rules import day_of, entries_of
from procure.documents.emphasis import Marked
from procure.documents.gaps import Gap
from procure.documents.kinds import Words
from procure.law.working_days import legal_day


def performance_report(report: PerformanceReport, at: datetime) -> paper.PerformanceOfContract:
    """Everything the report prints."""
    contract = report.contract
    pages = Pages(contract)
    own = Page(contract, "The report", f"reports/{report.id}")
    return paper.PerformanceOfContract(
        council=council_facts(),
        contract=of_contract(contract, pages),
        performance=_period(report, pages, legal_day(at)),
        money=_money(report, pages, own),
        indicators=tuple(
            _indicator(one, report) for one in contract.indicators if _is_measured_in(one, report)
        ),
        promises=tuple(_promise(one, report.until_on) for one in contract.obligations),
        issues=tuple(
            paper.IssueLine(issue, action, owner, day_of(due) or own.gap("day by which the issue is seen to"))
            for issue, action, owner, due in entries_of(report.issues)
        ),
        risks=tuple(paper.RiskLine(*row) for row in entries_of(report.risks)),
        certificates=tuple(_certificates(contract, report.until_on)),
    )  # fmt: skip


def _period(report: PerformanceReport, pages: Pages, day: date) -> paper.ReportedPeriod:
    contract = report.contract
    owed = next(
        (
            one for one in contract.life_notices
            if one.duty is NoticeDuty.PERFORMANCE and one.published_on is None and one.about_on <= report.until_on
        ), None,
    )  # fmt: skip
    post = contract.manager_post
    holder = post.acting_on(day) if post else None
    return paper.ReportedPeriod(
        label=f"{words.day(report.from_on)} to {words.day(report.until_on)}",
        overall_label=report.overall.label,
        summary=Marked(report.summary),
        improvement=Marked(report.improvement) if report.improvement else None,
        notice_due_on=owed.due_on if owed else None,
        manager_name=pages.owner(holder.name if holder else None, "who manages the contract"),
        manager_post=manager_post_of(contract, pages),
    )


def _money(report: PerformanceReport, pages: Pages, own: Page) -> paper.MoneyInPeriod:
    contract = report.contract
    paid = [one for one in contract.payments if report.from_on <= one.paid_on <= report.until_on]
    most = contract.full_gross if contract.full_gross is not None else contract.value_gross
    return paper.MoneyInPeriod(
        full_gross=pages.terms(most, "most it can be worth, including VAT"),
        paid_in_period=sum((one.amount_gross for one in paid), Decimal(0)),
        paid_to_date=contract.paid_by(report.until_on),
        forecast=pages.money(contract.forecast_gross, "forecast to the end"),
        paid_late=own(report.paid_late, "how many invoices of the period were paid late"),
    )


def _is_measured_in(indicator: Indicator, report: PerformanceReport) -> bool:
    return indicator.ended_on is None or indicator.ended_on > report.from_on


def _indicator(indicator: Indicator, report: PerformanceReport) -> paper.RatedIndicator:
    """The newest rating that ends in the period; one that was due and not given is a gap with the page to rate it."""
    rated = [one for one in indicator.returns if report.from_on <= one.until_on <= report.until_on]
    href = f"/contracts/{report.contract.reference}/indicators/{indicator.id}"
    target = indicator.target or Gap(f"target of {indicator.name}", "The indicator", href)
    if not rated:
        earlier = [one for one in indicator.returns if one.until_on < report.from_on]
        due = indicator.first_due_on if not earlier else None
        if due is not None and due > report.until_on:
            first = f"First rated to {words.day(due)}"
            return paper.RatedIndicator(indicator.name, target, "Not measured yet", "Not rated yet", first)
        gap = Gap(f"rating of {indicator.name} in the period", "Rate it", f"{href}/rate")
        return paper.RatedIndicator(indicator.name, target, gap, gap, gap)
    last = rated[-1]
    result: Words = last.result or "No figure was recorded"
    return paper.RatedIndicator(indicator.name, target, result, last.rating.label, last.because or "No comment")


def _promise(promise: Obligation, until_on: date) -> paper.PromiseLine:
    due = words.day(promise.due_on) if promise.due_on else "No day is agreed"
    if promise.kept_on is not None and promise.kept_on <= until_on:
        return paper.PromiseLine(promise.what, due, f"Kept on {words.day(promise.kept_on)}. {promise.evidence}")
    late = promise.due_on is not None and promise.due_on < until_on
    return paper.PromiseLine(promise.what, due, "Not kept in time" if late else "To be kept")


def _certificates(contract: Contract, day: date) -> Iterator[paper.CertificateLine]:
    """Those that held or ran out by the end of the period, without what was renewed in it."""
    for one in contract.expiring_papers:
        if one.renewed_on is not None and one.renewed_on <= day:
            continue
        state = "Has run out" if one.expires_on < day else "In force"
        yield paper.CertificateLine(_called(one), one.expires_on, state)


def _called(one: ExpiringPaper) -> str:
    return f"{one.said}, {words.pounds(one.cover)}" if one.cover is not None else one.said
