"""What the pages ask on which a contract's papers are written."""

# mypy: allow-subclassing-any

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from procure.contract.life_rules import Rating
from procure.contract.paper_rules import LISTS, AskedBy, EndGround, LegalForm
from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, MailField, WordsField
from procure.fields.numbers import WholeNumberField
from procure.fields.page_form import PageForm

BOLD = "Put ** on both sides of words that should be bold."
ENTRY = 600
"""The longest entry of a list, in characters."""


class RowsField(LinesField):
    """A list whose entries have parts: a row pasted from a spreadsheet keeps them, with bars for its tabs."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata([re.sub(r" *\t *", " | ", text) for text in valuelist if isinstance(text, str)])


def one_to_a_line(name: str) -> str:
    """How an entry of a list is typed."""
    return f"One to a line: {LISTS[name].shape}."


class SupplierForm(PageForm):
    """Where the supplier is, and by what numbers it is known."""

    address = WordsField("Postal address", required="Enter the postal address")
    contact_name = LineField("Name of the contact", most=160)
    email = MailField("E-mail of the contact")
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    identifier = LineField("Unique identifier", most=80, description="As it stands on the central digital platform.")


class ExecutionForm(PageForm):
    """What the supplier is in law, and who executes for it."""

    legal_form = PickOne(
        "What is the supplier in law?", choices=LegalForm.choices(), required="Choose what it is in law"
    )
    signatories = LinesField(
        "Who executes for it?", most=200, most_lines=6, required="Enter who executes for it, one on each line",
        description="Name and capacity, one to a line. A witness need not be named yet.",
    )  # fmt: skip
    seal_number = LineField("Number in the seal register", most=40, description="Once it is sealed.")


class NoteForm(PageForm):
    """What the note of a change says beside the change."""

    asked_by = PickOne("Who asked for it?", choices=AskedBy.choices(), required="Choose who asked for it")
    asked_on = DayField("Asked on", called="The day it was asked for", required="Enter the day it was asked for")
    budget_text = LineField("Budget", most=200, description="Its code, and when it was confirmed.")
    legal_view = WordsField("What did Legal say of a notice?", description="Where the test can be read two ways.")


class ReportForm(PageForm):
    """What a performance report says beside ratings, promises and money."""

    from_on = DayField("Period from", called="The start of the period", required="Enter the start of the period")
    until_on = DayField("Period to", called="The end of the period", required="Enter the end of the period")
    overall = PickOne("How does it go in all?", choices=Rating.choices(), required="Choose the overall rating")
    summary = WordsField("In two or three lines", description=BOLD, required="Say in two or three lines how it goes")
    paid_late = WholeNumberField("Invoices of the period that were paid late", least=0, most=100_000)
    issues = RowsField("Issues", most=ENTRY, description=one_to_a_line("issues"))
    risks = RowsField("Risks", most=ENTRY, description=one_to_a_line("risks"))
    improvement = WordsField("Improvement plan")


class ExitForm(PageForm):
    """How the service passes on, or stops."""

    exit_plan = WordsField("In short", description=BOLD, required="Say in short what passes to whom, and when")
    tasks = RowsField("Tasks", most=ENTRY, description=one_to_a_line("tasks"))
    assets = RowsField("Property and intellectual property", most=ENTRY, description=one_to_a_line("assets"))
    staff = WordsField("Staff", description="Who may transfer, and when the list is asked for. Or that nobody does.")
    final_account = WordsField("Final account", description="The last invoice, and when all is settled.")
    communications = WordsField("Who is told, and when?")


class EndNoticeForm(PageForm):
    """Notice to end a contract before its day."""

    ground = PickOne("On which ground?", choices=EndGround.choices(), required="Choose the ground")
    clause = LineField(
        "Heading of the clause", most=160, description="In the council’s own terms it is filled in from the ground."
    )
    reason = WordsField("Why?", required="Say why, as the supplier will read it")
    given_on = DayField("Day of the notice", called="The day of the notice", required="Enter the day of the notice")
    ends_on = DayField("Last day of the contract", called="The last day", required="Enter the last day of the contract")
    break_id = PickFrom("Which break is used?", choices=[])
    told_on = DayField("You told the supplier of your intention on", called="The day you told the supplier")
    answered = WordsField("What did the supplier answer?")
    money_text = WordsField("What is paid?", required="Say what is paid, and for what")
