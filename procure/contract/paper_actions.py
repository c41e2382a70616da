"""Writing down what a contract's papers need, each fact once; issuing is the machine's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from procure import words
from procure.audit.actions import Actor, ChangedMeanwhile, act
from procure.contract.life_models import Break, ContractChange
from procure.contract.life_rules import Rating, WhoMay
from procure.contract.models import Contract
from procure.contract.paper_models import ChangeNote, EndNotice, Execution, ExitArrangements, PerformanceReport
from procure.contract.paper_rules import LISTS, AskedBy, EndGround, LegalForm, earliest_end, problem_in
from procure.contract.rules import ContractState
from procure.extensions import db
from procure.now import legal_day
from procure.refusals import Refusal
from procure.rows import Base, Recorded

Row = TypeVar("Row", bound=Base)

SUPPLIER = ("address", "contact_name", "email", "company_number", "charity_number", "identifier")


class PaperFactRefused(Refusal):
    """What is said for a paper of the contract can't be right."""


def _listed(name: str, lines: Sequence[str]) -> str:
    problem = problem_in(name, lines) if name in LISTS else None
    if problem is not None:
        raise PaperFactRefused(problem, field=name)
    return "\n".join(lines)


def _one(of: Recorded, seen: Row | None, fresh: Callable[[], Row | None], kind: type[Row]) -> Row:
    """The one row of its kind, made where there is none; `ChangedMeanwhile` where somebody else made it first.

    What it belongs to is held until the act is over, so that of two who make it at once the second finds the first's.
    """
    db.session.refresh(of, with_for_update=True)
    found = fresh()
    if found is not None and seen is None:
        raise ChangedMeanwhile("Somebody else has saved this since you opened it.")
    return found or kind(is_example=of.is_example)  # type: ignore[attr-defined]


def describe_supplier(contract: Contract, *, by: Actor, at: datetime, sees: int | None = None, **said: str) -> None:
    """Write down where the supplier is and by what numbers it is known; every paper to it prints them."""
    unknown = sorted(set(said) - set(SUPPLIER))
    if unknown:
        raise TypeError(f"Not particulars of a supplier: {', '.join(unknown)}")
    with act("wrote down the supplier’s particulars", on=contract, by=by, at=at, sees=sees):
        if contract.supplier is None:
            raise PaperFactRefused("No supplier is recorded. Enter its name first: correct it under Terms.")
        for name, value in said.items():
            setattr(contract.supplier, name, value.strip())


def say_how_executed(
    contract: Contract,
    *,
    legal_form: LegalForm,
    signatories: Sequence[str],
    seal_number: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> Execution:
    """Say what the supplier is in law and who executes for it."""
    seen = contract.execution
    with act("said how the contract is executed", on=seen or contract, by=by, at=at, sees=sees if seen else None):
        found = _one(contract, seen, lambda: contract.execution, Execution)
        found.contract = contract
        found.legal_form, found.signatories = legal_form, "\n".join(signatories)
        found.seal_number = seal_number.strip()
        db.session.add(found)
        db.session.flush()
    return found


def write_note(
    change: ContractChange,
    *,
    asked_by: AskedBy,
    asked_on: date,
    budget_text: str,
    legal_view: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> ChangeNote:
    """Write down who asked for a change and when, from which budget it is paid, and what Legal said of a notice."""
    seen = change.note
    said = f"wrote the note of change {change.number}"
    with act(said, on=seen or change, by=by, at=at, sees=sees if seen else None):
        if asked_on > legal_day(at):
            raise PaperFactRefused("It can’t have been asked for on a day that hasn’t come.", field="asked_on")
        if change.added_gross and not budget_text.strip():
            raise PaperFactRefused("Say from which budget it is paid.", field="budget_text")
        found = _one(change, seen, lambda: change.note, ChangeNote)
        found.change = change
        found.asked_by, found.asked_on = asked_by, asked_on
        found.budget_text, found.legal_view = budget_text.strip(), legal_view.strip()
        db.session.add(found)
        db.session.flush()
    return found


def write_report(
    contract: Contract,
    found: PerformanceReport | None = None,
    *,
    from_on: date,
    until_on: date,
    overall: Rating,
    summary: str,
    paid_late: int | None,
    issues: Sequence[str] = (),
    risks: Sequence[str] = (),
    improvement: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> PerformanceReport:
    """Write what a performance report says of a period beside ratings, promises and money, which are held already."""
    on = contract if found is None else found
    said = f"wrote the performance report to {words.day(until_on)}"
    with act(said, on=on, by=by, at=at, sees=sees if found else None):
        db.session.refresh(contract, with_for_update=True)
        if until_on < from_on:
            raise PaperFactRefused("The period can’t end before it begins.", field="until_on")
        if until_on > legal_day(at):
            raise PaperFactRefused("The period has to be over. Enter a last day that has come.", field="until_on")
        if contract.starts_on is not None and from_on < contract.starts_on:
            raise PaperFactRefused(f"The contract starts on {words.day(contract.starts_on)}.", field="from_on")
        if any(one is not found and one.until_on == until_on for one in contract.reports):
            raise PaperFactRefused("A report to this day is begun already. Change that one.", field="until_on")
        if not summary.strip():
            raise PaperFactRefused("Say in two or three lines how it goes.", field="summary")
        if found is None:
            found = PerformanceReport(contract=contract, is_example=contract.is_example)
        found.from_on, found.until_on, found.overall, found.summary = from_on, until_on, overall, summary.strip()
        found.paid_late, found.improvement = paid_late, improvement.strip()
        found.issues, found.risks = _listed("issues", issues), _listed("risks", risks)
        db.session.add(found)
        db.session.flush()
    return found


def arrange_exit(
    contract: Contract,
    *,
    exit_plan: str,
    tasks: Sequence[str],
    assets: Sequence[str],
    staff: str,
    final_account: str,
    communications: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> ExitArrangements:
    """Write down how the service passes to whoever follows, or stops: who does what by when, whose things are whose."""
    seen = contract.exit_arrangements
    with act("wrote the exit plan", on=seen or contract, by=by, at=at, sees=sees if seen else None):
        found = _one(contract, seen, lambda: contract.exit_arrangements, ExitArrangements)
        found.contract, contract.exit_plan = contract, exit_plan.strip()
        found.tasks, found.assets = _listed("tasks", tasks), _listed("assets", assets)
        found.staff, found.final_account = staff.strip(), final_account.strip()
        found.communications = communications.strip()
        db.session.add(found)
        db.session.flush()
    return found


def prepare_notice(
    contract: Contract,
    *,
    ground: EndGround,
    clause: str,
    reason: str,
    given_on: date,
    ends_on: date,
    break_used: Break | None = None,
    told_on: date | None = None,
    answered: str = "",
    money_text: str = "",
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> EndNotice:
    """Prepare the notice that ends a contract early. It is given once a decision to end it is signed.

    Refused where the contract gives no such notice, where it is too short, and where section 78 of the Procurement Act
    2023 asks for a step that nobody has taken.
    """
    seen = contract.end_notice
    said = "prepared the notice to end the contract"
    with act(said, on=seen or contract, by=by, at=at, note=reason, sees=sees if seen else None):
        if contract.state is not ContractState.LIVE:
            raise PaperFactRefused("This contract isn’t running, so there is nothing to end.")
        if not reason.strip():
            raise PaperFactRefused("Say why, as the supplier will read it.", field="reason")
        _refuse_days(contract, ground, given_on, ends_on, break_used)
        _refuse_steps(ground, given_on, told_on, answered)
        found = _one(contract, seen, lambda: contract.end_notice, EndNotice)
        found.contract = contract
        found.ground, found.clause, found.reason = ground, clause.strip(), reason.strip()
        found.given_on, found.ends_on = given_on, ends_on
        found.break_used = break_used if ground is EndGround.BREAK else None
        found.told_on = told_on if ground.is_implied else None
        found.answered = answered.strip() if ground.is_implied else ""
        found.money_text = money_text.strip()
        db.session.add(found)
        db.session.flush()
    return found


def _refuse_days(
    contract: Contract, ground: EndGround, given_on: date, ends_on: date, break_used: Break | None
) -> None:
    if ends_on < given_on:
        raise PaperFactRefused("It can’t end before the notice is given.", field="ends_on")
    if contract.ends_on is not None and ends_on >= contract.ends_on:
        end = words.day(contract.ends_on)
        raise PaperFactRefused(f"By its terms it ends on {end} already. Notice ends it earlier.", field="ends_on")
    if ground is EndGround.NO_FAULT:
        if not contract.notice_months:
            raise PaperFactRefused(
                "No notice without fault is recorded under Terms, so the contract can’t be ended on this ground.",
                field="ground",
            )
        first = earliest_end(given_on, contract.notice_months)
        if ends_on < first:
            length = words.months_label(contract.notice_months)
            raise PaperFactRefused(
                f"The contract asks for notice of {length}: it can end on {words.day(first)} at the earliest.",
                field="ends_on",
            )
    if ground is EndGround.BREAK:
        _refuse_break(given_on, ends_on, break_used)


def _refuse_break(given_on: date, ends_on: date, break_used: Break | None) -> None:
    if break_used is None:
        raise PaperFactRefused(
            "Choose the break that is used. Record it under Terms if it isn’t there.", field="break_id"
        )
    if break_used.who_may is WhoMay.SUPPLIER:
        raise PaperFactRefused("Only the supplier may use this break.", field="break_id")
    if given_on > break_used.notice_by_on:
        raise PaperFactRefused(
            f"Notice of this break had to be given by {words.day(break_used.notice_by_on)}.", field="given_on"
        )
    if ends_on != break_used.break_on:
        raise PaperFactRefused(f"This break ends it on {words.day(break_used.break_on)}.", field="ends_on")


def _refuse_steps(ground: EndGround, given_on: date, told_on: date | None, answered: str) -> None:
    """What comes before a notice on a ground of section 78: s.78(7) and (8)."""
    if not ground.is_implied:
        return
    if told_on is None:
        raise PaperFactRefused(
            "Say when you told the supplier that you intend to end it, on which ground and why "
            "(Procurement Act 2023, section 78(7)).",
            field="told_on",
        )
    if told_on >= given_on:
        raise PaperFactRefused(
            "The supplier must have been told before the notice, with a reasonable opportunity to answer.",
            field="told_on",
        )
    if not answered.strip():
        raise PaperFactRefused("Say what the supplier answered, or that it didn’t.", field="answered")
