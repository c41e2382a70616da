"""From a contract's end, what was decided of it and what was arranged to the exit plan."""

from __future__ import annotations

from datetime import date, datetime

from procure import words
from procure.award.gathering import council_facts
from procure.contract.documents import exit_plan as paper
from procure.contract.facts import next_contract
from procure.contract.gathering.said import Pages, of_contract
from procure.contract.life_facts import owes
from procure.contract.models import Contract
from procure.contract.paper_rules import day_of, entries_of
from procure.contract.rules import Term, WhatFollows
from procure.council.law import termination_notice_due
from procure.documents.emphasis import Marked
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from procure.law.regimes import Duty


def exit_plan(contract: Contract, at: datetime) -> paper.ExitPlan:
    """Everything the plan prints."""
    pages, arranged = Pages(contract), contract.exit_arrangements
    return paper.ExitPlan(
        council=council_facts(),
        contract=of_contract(contract, pages),
        exit=_end(contract, pages),
        arranged=paper.ArrangedExit(
            pages.exit(Marked(arranged.staff), "what becomes of staff"),
            pages.exit(Marked(arranged.final_account), "final account"),
            pages.exit(Marked(arranged.communications), "who is told of the end, and when"),
        )
        if arranged
        else pages.exit.gap("staff, final account, and who is told"),
        tasks=pages.exit(
            tuple(
                paper.ExitTask(area, text, owner, day_of(due) or pages.exit.gap("day of the task"), state)
                for area, text, owner, due, state in entries_of(arranged.tasks if arranged else "")
            ),
            "tasks of the exit",
        ),
        assets=tuple(paper.Asset(*row) for row in entries_of(arranged.assets if arranged else "")),
        lessons=pages.performance(
            tuple(Line(line.strip()) for line in contract.lessons.splitlines() if line.strip()), "what was learnt"
        ),
    )  # fmt: skip


def _end(contract: Contract, pages: Pages) -> paper.ExitFacts:
    ends_on = _ends_on(contract)
    due = termination_notice_due(ends_on).answer if ends_on and owes(contract, Duty.TERMINATION_NOTICE) else None
    return paper.ExitFacts(
        ends_on=pages.terms(ends_on, "end of the contract"),
        reason_label=_reason(contract),
        successor=_successor(contract),
        notice_due_on=due,
        in_short=pages.exit(Marked(contract.exit_plan), "exit plan in short"),
    )


def _ends_on(contract: Contract) -> date | None:
    if contract.ended_on is not None:
        return contract.ended_on
    return contract.end_notice.ends_on if contract.end_notice else contract.ends_on


def _reason(contract: Contract) -> str:
    if contract.ended_on is not None and contract.ended_because:
        return contract.ended_because.rstrip(".")
    if contract.end_notice is not None:
        return f"notice is given. {contract.end_notice.ground.label}"
    if contract.term is Term.ROLLING:
        return "it rolls on unless notice is given"
    decided = contract.what_follows
    more = contract.open_options and (decided is None or decided.choice is WhatFollows.EXTEND)
    return "the agreed term is over, unless an option is used" if more else "the agreed term is over"


def _successor(contract: Contract) -> str | Gap:
    """Who takes over, as far as it was decided; what nobody has decided yet is said so, with the day it is asked."""
    following, decision = next_contract(contract), contract.what_follows
    if following is not None:
        return f"{following.supplier_name}, under {following.reference}"
    if decision is None:
        href = f"/contracts/{contract.reference}/decide"
        return Gap("decision on what follows", "What follows", href)
    if decision.choice is WhatFollows.BUY_AGAIN and contract.followed_by:
        return f"Whoever is awarded {contract.followed_by[-1].reference}"
    if decision.choice is WhatFollows.LET_LAPSE:
        return f"Nobody: the service ends. Decided on {words.day(decision.decided_at.date())}"
    return decision.choice.label
