"""The two contracts of the demonstration: the one that is ending, and the one that follows from its award."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from procure import words
from procure.audit.actions import act
from procure.award.models import Award
from procure.contract.actions import describe, open_from_award, record_contract, record_payment, sign
from procure.contract.documents import CONTRACT_PARTICULARS, PERFORMANCE_REPORT
from procure.contract.ending import decide_what_follows
from procure.contract.life_actions import add_indicator, add_paper, add_promise, rate, renew_paper, say_money_ahead
from procure.contract.life_rules import ExpiringKind, Rating, ReviewKind
from procure.contract.models import Contract
from procure.contract.paper_actions import say_how_executed, write_report
from procure.contract.paper_rules import LegalForm
from procure.contract.rules import Tier, WhatFollows
from procure.contract.term_actions import plan_review, set_tier
from procure.council.law import planning_england
from procure.demonstration import days
from procure.demonstration.cast import MANAGER, SET_UP, Cast
from procure.documents.actions import issue
from procure.extensions import db
from procure.law.working_days import last_day_of_months_beginning, working_day_on_or_after
from procure.mail.sending import post_waiting
from procure.procurement.models import Procurement
from procure.reminder.actions import daily_round
from procure.reminder.answering import acknowledge
from procure.reminder.models import Reminder
from procure.reminder.rules.kinds import ReminderKind
from procure.suppliers.models import Supplier

REFERENCE = "CON-2025-007"
NEXT_REFERENCE = "CON-2028-003"
NEXT_FILE = "PRO-2027-014"

PERFORMANCE = "Eleven of twelve measures are on target. Reach to new groups is not."
AT_EXPIRY = "Support for 140 groups stops on 31 March 2028 and the local giving pilot closes."
LESSONS = "A lead named for each ward reaches more groups than one office."
MONTHLY = Decimal("9250")


def ending_contract(cast: Cast) -> Contract:
    """The contract that is ending, paid month by month, its first reminder sent and acknowledged."""
    with act("recorded the contract", on=REFERENCE, by=SET_UP, at=days.at(days.CONTRACT_BEGAN, 9)):
        supplier = Supplier(
            name="Example Network", charity_number="1000001", identifier="GB-CHC-1000001",
            email="hello@network.example", address="2 Example Street, Barking", contact_name="N. Example",
            is_vcse=True, is_sme=True, is_example=True,
        )  # fmt: skip
        db.session.add(supplier)
        contract = record_contract(
            title="Social infrastructure support", supplier=supplier, manager_post=cast.post(MANAGER),
            starts_on=days.CONTRACT_BEGAN, ends_on=days.CONTRACT_ENDS, value_net=Decimal("277500"),
            vat_percent=Decimal(20), option_months=(12, 12), notice_months=6, reference=REFERENCE,
            signed_on=date(2025, 3, 14), is_example=True, department="Policy and Participation", cpv="85320000",
            description="Strengthens voluntary and community groups and runs local giving.",
            procedure_said="Published invitation to tender", by=SET_UP, at=days.at(days.CONTRACT_BEGAN, 9),
        )  # fmt: skip
    put_its_terms(contract, cast)
    run_the_clock(days.CONTRACT_BEGAN)
    time_passes(contract, cast, until=date(2026, 3, 31))
    rate_the_year(contract, cast, until_on=date(2026, 3, 31))
    pay_until(contract, days.EIGHTEEN_MONTHS, cast)
    run_the_clock(days.EIGHTEEN_MONTHS)
    answer(contract, ReminderKind.LADDER, "18m", cast, on=date(2026, 10, 5))
    pay_until(contract, days.BEGIN, cast)
    describe(
        contract, performance=PERFORMANCE, at_expiry=AT_EXPIRY, lessons=LESSONS, by=cast["manager"],
        at=days.at(date(2027, 1, 20)),
    )  # fmt: skip
    return contract


INDICATORS = (
    ("Groups helped", "Groups that got help in the year, of all that asked", "95%"),
    ("Reach", "Wards with at least five groups helped in the year", "19 of 19"),
    ("Local giving", "Gifts raised for local groups in the year", "£60,000"),
)
RATED = {
    "Groups helped": (Rating.GOOD, "97%", ""),
    "Reach": (Rating.REQUIRES, "16 of 19", "Three wards have no group yet. A worker starts there in spring."),
    "Local giving": (Rating.GOOD, "£61,200", ""),
}


def put_its_terms(contract: Contract, cast: Cast) -> None:
    """What the contract says beside its dates: tier, indicators, insurance, a promise, a review."""
    by, at = cast["manager"], days.at(days.CONTRACT_BEGAN, 10)
    set_tier(contract, Tier.SILVER, because="By its value, and 140 groups depend on it.", by=by, at=at)
    for name, measure, target in INDICATORS:
        add_indicator(
            contract, name=name, measure=measure, target=target, every_months=12,
            first_due_on=last_day_of_months_beginning(days.CONTRACT_BEGAN, 12), is_published=False, by=by, at=at,
        )  # fmt: skip
    add_paper(
        contract,
        kind=ExpiringKind.PUBLIC_LIABILITY,
        cover=Decimal("5000000"),
        expires_on=date(2027, 2, 28),
        by=by,
        at=at,
    )
    add_paper(
        contract, kind=ExpiringKind.POLICY, name="Safeguarding policy", expires_on=date(2027, 9, 30), by=by, at=at
    )
    add_promise(
        contract, what="Six paid traineeships for residents of the borough.", source="Tender, question 5",
        due_on=date(2027, 9, 30), by=by, at=at,
    )  # fmt: skip
    plan_review(contract, kind=ReviewKind.ANNUAL, due_on=date(2027, 4, 15), by=by, at=at)


def rate_the_year(contract: Contract, cast: Cast, *, until_on: date) -> None:
    """The ratings of the year that ends on a day, entered that afternoon: all is well but the reach."""
    for indicator in contract.indicators:
        rating, result, because = RATED[indicator.name]
        rate(
            indicator, from_on=until_on.replace(year=until_on.year - 1) + timedelta(days=1), until_on=until_on,
            rating=rating, result=result, because=because, by=cast["manager"], at=days.at(until_on, 16),
        )  # fmt: skip


def run_the_clock(day: date) -> None:
    """What the clock does on a morning: plan, send, escalate, post."""
    daily_round(day, at=days.at(day, 7, 30))
    post_waiting(days.at(day, 7, 31))


def answer(contract: Contract, kind: ReminderKind, ahead: str, cast: Cast, *, on: date) -> None:
    """The contract manager acknowledges a letter."""
    reminder = db.session.scalars(
        select(Reminder).where(Reminder.contract == contract, Reminder.kind == kind, Reminder.ahead == ahead)
    ).one()
    acknowledge(reminder, by=cast["manager"], at=days.at(on))


def pay_until(contract: Contract, until: date, cast: Cast) -> None:
    """Monthly payments in arrears, in the middle of the next month, as far as a day; the first for April in May."""
    paid = {payment.paid_on for payment in contract.payments}
    for number in range(1, 37):
        month = days.CONTRACT_BEGAN.month - 1 + number
        middle = date(days.CONTRACT_BEGAN.year + month // 12, month % 12 + 1, 15)
        paid_on = working_day_on_or_after(middle, planning_england())
        if paid_on <= until and paid_on not in paid:
            record_payment(
                contract, paid_on=paid_on, amount_gross=MONTHLY, what=f"Month {number}", by=cast["manager"],
                at=days.at(paid_on, 16),
            )  # fmt: skip


def twelve_months(contract: Contract, cast: Cast) -> None:
    """The end of March 2027: paid so far, the insurance renewed, and the letter that asks what follows."""
    if any(one.until_on == days.LETTER for indicator in contract.indicators for one in indicator.returns):
        return
    renewed_on = date(2027, 2, 9)
    time_passes(contract, cast, until=renewed_on)
    for paper in [one for one in contract.expiring_papers if one.kind is ExpiringKind.PUBLIC_LIABILITY]:
        renew_paper(
            paper, expires_on=date(2028, 2, 29), cover=paper.cover, by=cast["manager"], at=days.at(renewed_on, 11)
        )
    time_passes(contract, cast, until=days.LETTER)
    rate_the_year(contract, cast, until_on=days.LETTER)
    report_the_year(contract, cast)


def report_the_year(contract: Contract, cast: Cast) -> None:
    """The performance report of the second year, written and issued by who looks after the contract."""
    by, at = cast["manager"], days.at(days.LETTER, 17)
    say_money_ahead(contract, committed_gross=None, forecast_gross=contract.value_gross, by=by, at=at)
    report = write_report(
        contract, from_on=date(2026, 4, 1), until_on=days.LETTER, overall=Rating.APPROACHING, paid_late=0,
        summary="Groups are helped and gifts come in as planned. Reach to new groups is not on target.",
        issues=("Three wards have no group yet | A worker starts there in spring | The supplier | 30 June 2027",),
        risks=("The local giving pilot closes at the end of the contract | Medium | Decide what follows in time",),
        by=by, at=at,
    )  # fmt: skip
    issue(PERFORMANCE_REPORT, report, subject=f"To {words.day(report.until_on)}", by=by, at=at)


def buy_again(contract: Contract, cast: Cast) -> Procurement:
    """The contract manager decides, the next file is open. The twelve-month letter has come the day before."""
    twelve_months(contract, cast)
    decided = decide_what_follows(
        contract, WhatFollows.BUY_AGAIN,
        "The service is needed and both options would only carry on its present shape. Groups ask for something else.",
        by=cast["manager"], at=days.at(days.BUY_AGAIN), officer=cast["officer"], reference=NEXT_FILE,
    )  # fmt: skip
    assert decided.procurement is not None
    return decided.procurement


def time_passes(contract: Contract, cast: Cast, *, until: date) -> None:
    """Payments go on and the clock runs, as far as a day; what was due on the way is sent on its own day."""
    pay_until(contract, until, cast)
    due = db.session.scalars(
        select(Reminder.send_on)
        .where(Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None), Reminder.send_on <= until)
        .distinct()
    )
    for day in sorted({*due, until}):
        run_the_clock(day)


def contract_from_award(award: Award, cast: Cast) -> Contract:
    """The contract of the award, prepared from it and signed after the standstill."""
    contract = open_from_award(
        award, manager_post=cast.post(MANAGER), notice_months=6, reference=NEXT_REFERENCE, by=cast["officer"],
        at=days.at(days.STANDSTILL, 15),
    )  # fmt: skip
    say_how_executed(
        contract, legal_form=LegalForm.COMPANY, signatories=("T. Trustee, director", "S. Second, secretary"),
        by=cast["officer"], at=days.at(days.STANDSTILL, 16),
    )  # fmt: skip
    issue(CONTRACT_PARTICULARS, contract, by=cast["officer"], at=days.at(days.CONTRACT_SIGNED, 10))
    sign(contract, days.CONTRACT_SIGNED, by=cast["officer"], at=days.at(days.CONTRACT_SIGNED, 15))
    return contract
