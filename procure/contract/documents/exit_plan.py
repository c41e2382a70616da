"""The exit plan: how a contract ends without ending the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.contract.documents.shared import OfContract, sample_of_contract
from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council


@dataclass(frozen=True)
class ExitFacts:
    """The end, and what follows."""

    ends_on: Annotated[Day, "end of the contract"]
    reason_label: Annotated[Words, "why it ends"]
    successor: Annotated[Words, "who takes over"]
    notice_due_on: Annotated[Day | None, "day by which the contract termination notice is due"]
    in_short: Annotated[Words, "exit plan in short"]


@dataclass(frozen=True)
class ArrangedExit:
    """What was written down of the three things people ask first."""

    staff: Annotated[Words, "what becomes of staff"]
    final_account: Annotated[Words, "final account"]
    communications: Annotated[Words, "who is told, and when"]


@dataclass(frozen=True)
class ExitTask:
    """Something to be done before the end."""

    area: Annotated[Words, "area of the task"]
    text: Annotated[Words, "task"]
    owner: Annotated[Words, "who does the task"]
    due_on: Annotated[Day, "day by which the task is done"]
    state: Annotated[Words, "how the task stands"]


@dataclass(frozen=True)
class Asset:
    """A thing or a right, and whose it is afterwards."""

    item: Annotated[Words, "thing or right"]
    owner_after: Annotated[Words, "whose it is afterwards"]


@dataclass(frozen=True)
class ExitPlan:
    """Everything the plan prints."""

    council: CouncilFacts
    contract: OfContract
    exit: ExitFacts
    arranged: ArrangedExit | Gap
    tasks: Annotated[Rows[ExitTask], "tasks of the exit"]
    assets: Annotated[Rows[Asset], "property and intellectual property"]
    lessons: Annotated[Rows[Line], "what was learnt"]


def sample_exit_plan() -> ExitPlan:
    """The end of the sample's contract."""
    return ExitPlan(
        council=sample_council(),
        contract=sample_of_contract(),
        exit=ExitFacts(
            date(2031, 3, 31),
            "the agreed term is over",
            "Not decided on the day of this plan",
            date(2031, 4, 29),
            "Support goes on until the last day. Records pass to whoever follows in March.",
        ),
        arranged=ArrangedExit(
            "Six staff may transfer. The list is asked for by 1 October 2030.",
            "Last invoice by 30 April 2031; settled by 30 May 2031.",
            "Groups are told in January 2031, donors in February 2031.",
        ),
        tasks=(
            ExitTask("Data", "Return or delete personal data", "The supplier", date(2031, 3, 31), "Not started"),
            ExitTask("Staff", "Give the staff list", "The supplier", date(2030, 10, 1), "Not started"),
        ),
        assets=(Asset("Local giving brand", "The Council"),),
        lessons=lines("Ask for donor records earlier."),
    )


EXIT_PLAN = Document(
    name="exit-plan",
    title="Exit plan",
    room="contract",
    template="contract/documents/exit_plan.docx",
    facts=ExitPlan,
    sample=sample_exit_plan,
    gather=gathered_by("contract", "exit_plan"),
)
