"""`flask law …`: what statute says about a date or a sum. Needs no database; the answer is always one JSON object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import click
from flask.cli import AppGroup

from procure import words
from procure.cli.answers import Answer, answers, day, figure, warn
from procure.law import calendars, money, periods, thresholds
from procure.law.call_in import USUAL_DAYS
from procure.law.call_in import call_in as call_in_period
from procure.law.duties import How, Owing, duties_of
from procure.law.ladder import ladder as ladder_to
from procure.law.modifications import Change, ChangedContract, ChangeGround, examine
from procure.law.regimes import Regime, regime_for
from procure.law.standstill import standstill as standstill_after
from procure.law.timetable import Stage
from procure.law.timetable import start_by as start_by_for
from procure.law.working_days import DayRow, Working

law = AppGroup("law", short_help="What statute says about a date or a sum.", help=__doc__)

KINDS = [kind.value for kind in thresholds.CONTRACT_KINDS]


@law.command("standstill", with_appcontext=False)
@click.option("--published", "published_on", type=day, required=True, help="Day the award notice is published.")
@answers
def standstill(published_on: date) -> Answer:
    """Standstill of the Procurement Act 2023: its last day, and the first on which the contract may be signed."""
    pause = standstill_after(published_on, calendars.uk_any())
    return Answer(
        {
            "ends_on": pause.ends_on,
            "earliest_signing_on": pause.earliest_signing_on,
            "working": _rows(pause.working.days),
            **_working(pause.working, published_on=published_on),
        }
    )


@law.command("call-in", with_appcontext=False)
@click.option("--published", "published_on", type=day, required=True, help="Day the decision is published.")
@click.option("--days", type=int, default=USUAL_DAYS, show_default=True, help="Working days the council gives.")
@answers
def call_in(published_on: date, days: int) -> Answer:
    """Call-in period: its last day, and the day the decision takes effect."""
    period = call_in_period(published_on, calendars.england(), days)
    return Answer(
        {
            "ends_on": period.ends_on,
            "effective_on": period.effective_on,
            "working": _rows(period.working.days),
            **_working(period.working, published_on=published_on, days=days),
        }
    )


@law.command("ladder", with_appcontext=False)
@click.option("--ends", "ends_on", type=day, required=True, help="Day the contract ends.")
@answers
def ladder(ends_on: date) -> Answer:
    """Reminders before a contract ends: when each is due, and the working day on which it is sent."""
    rungs = ladder_to(ends_on, calendars.planning_england())
    provisional = any(rung.provisional for rung in rungs)
    _warn_if_provisional(provisional)
    return Answer(
        {
            "send_on": {str(rung.months): rung.send_on for rung in rungs},
            "due_on": {str(rung.months): rung.due_on for rung in rungs},
            "provisional": provisional,
            "moved": {str(rung.months): rung.moved_because for rung in rungs if rung.moved_because},
            "rule": "So many months before the end, clipped to the end of a shorter month; sent on the working day "
            "before where that day is none.",
            "calendar": calendars.planning_england().edition,
            "inputs": {"ends_on": ends_on},
        }
    )


@law.command("threshold", with_appcontext=False)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Kind of contract.")
@click.option("--started", "started_on", type=day, required=True, help="Day the procurement started.")
@click.option("--net-per-year", type=figure, required=True, help="Pounds a year without VAT.")
@click.option("--years", type=figure, required=True, help="Years, every extension included.")
@click.option("--vat", "vat_percent", type=figure, default=str(money.STANDARD_VAT_PERCENT), show_default=True)
@answers
def threshold(kind: str, started_on: date, net_per_year: Decimal, years: Decimal, vat_percent: Decimal) -> Answer:
    """Whether a contract is at or above its threshold, VAT and every extension included."""
    value = money.value_of(net_per_year, years, vat_percent)
    row = thresholds.threshold_for(kind, started_on)
    if thresholds.due_for_review(row, started_on):
        warn(f"The thresholds were due to change by {words.day(started_on)}: this one may be out of date.")
    if row.unchecked:
        warn("This threshold was not confirmed in a published source.")
    return Answer(
        {
            "net": value.net,
            "vat": value.vat,
            "gross": value.gross,
            "threshold": row.value,
            "above": row.passed_by(value.gross),
            "source": row.source,
            "comparison": row.comparison,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "unchecked": row.unchecked,
            "rule": f"{words.pence(value.gross)} with VAT and every extension is "
            f"{'' if row.passed_by(value.gross) else 'not '}{row.comparison} {words.pounds(row.value)}, the line for a "
            "procurement started on that day.",
            "inputs": {
                "kind": kind,
                "started_on": started_on,
                "net_per_year": net_per_year,
                "years": years,
                "vat_percent": vat_percent,
            },
        }
    )


@law.command("details-notice", with_appcontext=False)
@click.option("--entered", "entered_on", type=day, required=True, help="Day the contract is entered into.")
@click.option("--light-touch", is_flag=True, help="The contract is light touch.")
@answers
def details_notice(entered_on: date, light_touch: bool) -> Answer:
    """Last day to publish the contract details notice."""
    working = periods.details_notice_due(entered_on, light_touch=light_touch)
    return Answer({"due_on": working.answer, **_working(working, entered_on=entered_on, light_touch=light_touch)})


DEADLINES = [one.name.lower() for one in periods.Deadline]


@law.command("period", with_appcontext=False)
@click.option("--deadline", type=click.Choice(DEADLINES), required=True, help="What must be done.")
@click.option("--event", "event_on", type=day, required=True, help="Day with which the period begins.")
@click.option("--light-touch", is_flag=True, help="The contract is light touch.")
@answers
def period(deadline: str, event_on: date, light_touch: bool) -> Answer:
    """Last day of any period that begins with the day of an event, with its count."""
    working = periods.due(periods.Deadline[deadline.upper()], event_on, light_touch=light_touch)
    asked = {"deadline": deadline, "event_on": event_on, "light_touch": light_touch}
    return Answer({"due_on": working.answer, "working": _rows(working.days), **_working(working, **asked)})


@law.command("duties", with_appcontext=False)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Kind of contract.")
@click.option("--started", "started_on", type=day, required=True, help="Day the procurement started.")
@click.option("--value", "value_gross", type=figure, default=None, help="Estimated value with VAT. Left out: unknown.")
@click.option("--how", type=click.Choice([one.value for one in How]), default=How.OPEN.value, show_default=True)
@click.option(
    "--regime", type=click.Choice([one.value for one in Regime]), default=None, help="Law, if a person found it."
)
@answers
def duties(kind: str, started_on: date, value_gross: Decimal | None, how: str, regime: str | None) -> Answer:
    """What a contract owes by its law, kind, value and route: notices, periods, standstill, summaries, copies."""
    row = thresholds.threshold_for(kind, started_on)
    above = value_gross is None or row.passed_by(value_gross)
    law_of_it = Regime(regime) if regime else regime_for(started_on, above_threshold=above)
    found = duties_of(Owing(law_of_it, started_on, value_gross, How(how), kind.startswith("light_touch")))
    return Answer(
        {
            "regime": law_of_it,
            "above": above,
            "threshold": row.value,
            "duties": [
                {"duty": one.duty, "notice": one.notice, "bound": one.bound, "when": one.when, "source": one.source}
                for one in found
            ],
            "source": row.source,
            "inputs": {"kind": kind, "started_on": started_on, "value_gross": value_gross, "how": how},
        }
    )


@law.command("start-by", with_appcontext=False)
@click.option("--ends", "ends_on", type=day, required=True, help="Day the present contract ends.")
@answers
def start_by(ends_on: date) -> Answer:
    """Last day to begin buying again, stage by stage, by the usual timetable."""
    plan = start_by_for(ends_on, england=calendars.planning_england(), uk_any=calendars.planning_uk_any())
    _warn_if_provisional(plan.provisional)
    return Answer(
        {
            "start_by": plan.start_by,
            "stages": [_stage(stage) for stage in plan.stages],
            "days": plan.days,
            "months": plan.months,
            "provisional": plan.provisional,
            "rule": "Counted back from the day after the end, stage by stage, by the usual timetable.",
            "calendar": calendars.planning_england().edition,
            "inputs": {"ends_on": ends_on},
        }
    )


@law.command("modification", with_appcontext=False)
@click.option("--value", "value_gross", type=figure, required=True, help="Estimated value with VAT, before the change.")
@click.option("--max-months", type=int, default=None, help="Longest possible term, every option included.")
@click.option("--added", "added_gross", type=figure, default="0", help="What it adds, with VAT; below 0 for less.")
@click.option("--added-months", type=int, default=0, help="By how many months the term grows; below 0 for shorter.")
@click.option("--ground", type=click.Choice([one.value for one in ChangeGround]), required=True)
@click.option("--kind", type=click.Choice(KINDS), default="services", show_default=True, help="Kind of contract.")
@click.option("--started", "started_on", type=day, required=True, help="Day the procurement started.")
@click.option(
    "--regime", type=click.Choice([one.value for one in Regime]), default=None, help="Law, where not the usual."
)
@click.option("--earlier", "earlier", type=figure, multiple=True, help="An earlier change below the threshold.")
@click.option(
    "--together", "together", type=figure, multiple=True, help="An earlier change that belonged with this one."
)
@click.option("--together-months", type=int, default=0)
@click.option("--changes-scope", is_flag=True, help="What is bought changes materially.")
@click.option("--shifts-balance", is_flag=True, help="The economic balance shifts to the supplier.")
@answers
def modification(
    value_gross: Decimal,
    max_months: int | None,
    added_gross: Decimal,
    added_months: int,
    ground: str,
    kind: str,
    started_on: date,
    regime: str | None,
    earlier: tuple[Decimal, ...],
    together: tuple[Decimal, ...],
    together_months: int,
    changes_scope: bool,
    shifts_balance: bool,
) -> Answer:
    """Whether a contract may be changed on a ground, and whether a contract change notice comes first."""
    row = thresholds.threshold_for(kind, started_on)
    law_of_it = Regime(regime) if regime else regime_for(started_on, above_threshold=row.passed_by(value_gross))
    found = examine(
        ChangedContract(
            value_gross, max_months, row.value, law_of_it, light_touch=kind.startswith("light_touch"),
            works=kind == "works", below_threshold_before=sum((abs(one) for one in earlier), Decimal(0)),
        ),
        Change(
            ChangeGround(ground), added_gross, added_months, changes_scope, shifts_balance,
            together_gross=sum(together, Decimal(0)), together_months=together_months,
        ),
    )  # fmt: skip
    return Answer(
        {
            "allowed": found.is_allowed,
            "needs_notice": found.needs_notice,
            "notice": found.notice_said,
            "refusals": list(found.refusals),
            "tests": [
                {"test": one.name, "said": one.said, "holds": one.holds, "source": one.source} for one in found.tests
            ],
            "regime": law_of_it,
            "source": found.source,
            "inputs": {
                "value": value_gross,
                "max_months": max_months,
                "added": added_gross,
                "added_months": added_months,
                "ground": ground,
                "kind": kind,
                "started_on": started_on,
            },
        }
    )


def _working(working: Working, **inputs: Any) -> dict[str, Any]:
    """What stands beside every answer: what was asked, the rule, its source and the calendar it was counted on."""
    return {
        "rule": working.rule,
        "source": working.source,
        "calendar": working.calendar,
        "unchecked": working.unchecked,
        "inputs": inputs,
    }


def _rows(days: Iterable[DayRow]) -> list[dict[str, Any]]:
    return [{"day": row.day, "counted": row.counted, "why": row.why} for row in days]


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "key": stage.step.key,
        "name": stage.step.name,
        "days": stage.step.days,
        "count": stage.step.count,
        "latest_start_on": stage.latest_start_on,
        "must_end_before": stage.must_end_before,
        "provisional": stage.provisional,
    }


def _warn_if_provisional(provisional: bool) -> None:
    if provisional:
        warn("Provisional: some of these days lie outside the bank holidays that GOV.UK has published.")
