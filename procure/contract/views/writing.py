"""Writing down what a contract's papers need and nothing else says; each page asks for one thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, redirect, url_for

from procure import words
from procure.contract import paper_actions as actions
from procure.contract.gathering.notice import decision_to_end
from procure.contract.life_rules import Rating
from procure.contract.models import Contract
from procure.contract.paper_forms import EndNoticeForm, ExecutionForm, ExitForm, NoteForm, ReportForm, SupplierForm
from procure.contract.paper_models import PerformanceReport
from procure.contract.paper_rules import AskedBy, EndGround, LegalForm
from procure.contract.views.room import Answer, ask, by_and_at, contract_of, given, page, pages, row_of, to
from procure.fields.lines import LinesField
from procure.fields.page_form import PageForm
from procure.people.access import enter
from procure.rows import Recorded
from procure.saving import save

UNSAID = 0
"""The version of a row that is not there yet."""


def _as_kept(row: Recorded | None, form: type[PageForm]) -> dict[str, Any]:
    """What a row holds, for its form to show: a list as its lines, a choice as the word that is stored."""
    if row is None:
        return {"version": UNSAID}
    found: dict[str, Any] = {"version": row.version}
    for field in form():
        if hasattr(row, field.short_name) and field.short_name not in found:
            value = getattr(row, field.short_name)
            found[field.short_name] = value.splitlines() if isinstance(field, LinesField) else value
    return found


@pages.route("/contracts/<reference>/supplier", methods=["GET", "POST"])
@enter()
def supplier(reference: str) -> Answer:
    """Where the supplier is, and by what numbers it is known."""
    contract = contract_of(reference)
    if contract.supplier is None:
        return redirect(url_for(".correct", reference=reference))

    def fresh(**more: Any) -> SupplierForm:
        assert contract.supplier is not None
        data = {**_as_kept(contract.supplier, SupplierForm), "version": contract.version}
        return SupplierForm(data=data, **more)

    form = fresh()

    def keep() -> None:
        actions.describe_supplier(contract, sees=form.version.data, **given(form, *actions.SUPPLIER), **by_and_at())

    if save(form, keep, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("terms", reference, "The supplier’s particulars are saved.")
    lead = f"Every paper to {contract.supplier_name} prints them, on this contract and on others."
    return ask(form, contract, "terms", "The supplier", "Save the supplier", lead=lead)


@pages.route("/contracts/<reference>/execution", methods=["GET", "POST"])
@enter()
def execution(reference: str) -> Answer:
    """Say what the supplier is in law, and who executes for it."""
    contract = contract_of(reference)

    def fresh(**more: Any) -> ExecutionForm:
        return ExecutionForm(data=_as_kept(contract.execution, ExecutionForm), **more)

    form = fresh()

    def say() -> None:
        actions.say_how_executed(
            contract, legal_form=LegalForm(form.legal_form.data), signatories=form.signatories.data,
            seal_number=form.seal_number.data or "", sees=form.version.data, **by_and_at(),
        )  # fmt: skip

    if save(form, say, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("documents", reference, "How it is executed is saved.")
    return ask(form, contract, "documents", "How it is executed", "Save")


@pages.route("/contracts/<reference>/changes/<int:number>/note", methods=["GET", "POST"])
@enter()
def note(reference: str, number: int) -> Answer:
    """Write what the note of a change says beside the change."""
    contract = contract_of(reference)
    change = next((one for one in contract.changes if one.number == number), None) or abort(404)

    def fresh(**more: Any) -> NoteForm:
        return NoteForm(data=_as_kept(change.note, NoteForm), **more)

    form = fresh()

    def write() -> None:
        actions.write_note(
            change, asked_by=AskedBy(form.asked_by.data), sees=form.version.data,
            **given(form, "asked_on", "budget_text", "legal_view"), **by_and_at(),
        )  # fmt: skip

    if save(form, write, file=reference, fresh=lambda: fresh(formdata=None)):
        return _to_paper(reference, "contract-change-note", number)
    facts = [("Change", f"{number}. {change.what}"), ("From", words.day(change.made_on)),
             ("It adds, including VAT", words.pence(change.added_gross))]  # fmt: skip
    return ask(form, contract, "changes", f"Note of change {number}", "Save the note", facts=facts)


def _to_paper(reference: str, paper: str, number: int = 0) -> Answer:
    return redirect(url_for(".draft", reference=reference, paper=paper, number=number))


# ── performance reports ──

REPORTED = ("from_on", "until_on", "summary", "paid_late", "issues", "risks", "improvement")
REPORT = "Ratings, promises, payments and certificates are filled in from what is held. Write here what they don’t say."


@pages.route("/contracts/<reference>/reports/new", methods=["GET", "POST"])
@enter()
def add_report(reference: str) -> Answer:
    """Begin a performance report."""
    contract = contract_of(reference)
    form = ReportForm(data=_next_period(contract))
    made: list[PerformanceReport] = []

    def write() -> None:
        made.append(
            actions.write_report(
                contract, overall=Rating(form.overall.data), **given(form, *REPORTED), **by_and_at()
            )
        )  # fmt: skip

    if save(form, write, file=reference):
        return _to_paper(reference, "performance-report", made[0].id)
    return ask(form, contract, "performance", "Write a performance report", "Save the report", lead=REPORT)


def _next_period(contract: Contract) -> dict[str, Any]:
    """From the day after the last report, or from the start, to the newest day that was rated."""
    rated = [one.until_on for indicator in contract.indicators for one in indicator.returns]
    until_on = max(rated, default=None)
    if contract.reports:
        last = contract.reports[-1].until_on
        return {"from_on": last + timedelta(days=1), "until_on": until_on if until_on and until_on > last else None}
    began = [one.from_on for indicator in contract.indicators for one in indicator.returns if one.until_on == until_on]
    return {"from_on": min(began, default=contract.starts_on), "until_on": until_on}


@pages.route("/contracts/<reference>/reports/<int:number>", methods=["GET", "POST"])
@enter()
def report(reference: str, number: int) -> Answer:
    """Change what a performance report says."""
    contract = contract_of(reference)
    found = row_of(contract.reports, number)

    def fresh(**more: Any) -> ReportForm:
        return ReportForm(data=_as_kept(found, ReportForm), **more)

    form = fresh()

    def write() -> None:
        actions.write_report(
            contract, found, overall=Rating(form.overall.data), sees=form.version.data, **given(form, *REPORTED),
            **by_and_at(),
        )  # fmt: skip

    if save(form, write, file=reference, fresh=lambda: fresh(formdata=None)):
        return _to_paper(reference, "performance-report", number)
    h1 = f"Performance report to {words.day(found.until_on)}"
    return ask(form, contract, "performance", h1, "Save the report", lead=REPORT)


# ── the end ──

ARRANGED = ("exit_plan", "tasks", "assets", "staff", "final_account", "communications")
EXIT = "Who takes over, what passes to them, what comes back to the council, the last invoice, and who tells people."


@pages.route("/contracts/<reference>/exit", methods=["GET", "POST"])
@enter()
def exit_plan(reference: str) -> Answer:
    """Write down how the service passes on, or stops."""
    contract = contract_of(reference)

    def fresh(**more: Any) -> ExitForm:
        kept = _as_kept(contract.exit_arrangements, ExitForm)
        return ExitForm(data={**kept, "exit_plan": contract.exit_plan}, **more)

    form = fresh()

    def write() -> None:
        actions.arrange_exit(contract, sees=form.version.data, **given(form, *ARRANGED), **by_and_at())

    if save(form, write, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("performance", reference, "The exit plan is saved. Issue it as a paper under Documents.", "ending")
    return ask(form, contract, "performance", "Exit plan", "Save the plan", lead=EXIT)


SAID = ("clause", "reason", "given_on", "ends_on", "told_on", "answered", "money_text")


@pages.route("/contracts/<reference>/end-notice", methods=["GET", "POST"])
@enter()
def end_notice(reference: str) -> Answer:
    """Prepare the notice that ends it before its day."""
    contract = contract_of(reference)
    breaks = [one for one in contract.breaks if one.used_on is None]

    def fresh(**more: Any) -> EndNoticeForm:
        found = contract.end_notice
        data = _as_kept(found, EndNoticeForm)
        if found is not None:
            data["break_id"] = str(found.break_id) if found.break_id else None
        made = EndNoticeForm(data=data, **more)
        made.break_id.choices = [(str(one.id), f"The break on {words.day(one.break_on)}") for one in breaks]
        return made

    form = fresh()

    def prepare() -> None:
        ground = EndGround(form.ground.data)
        said = given(form, *SAID)
        said["clause"] = said["clause"] or ground.clause
        actions.prepare_notice(
            contract, ground=ground, sees=form.version.data, **said, **by_and_at(),
            break_used=next((one for one in breaks if str(one.id) == form.break_id.data), None),
        )  # fmt: skip

    if save(form, prepare, file=reference, fresh=lambda: fresh(formdata=None)):
        return _to_paper(reference, "termination-notice")
    return page(
        "end_notice", form, contract=contract, page="documents", has_breaks=bool(breaks),
        decision=decision_to_end(contract), notice=words.months_label(contract.notice_months)
        if contract.notice_months
        else "", implied=[one for one in EndGround if one.is_implied],
    )  # fmt: skip
