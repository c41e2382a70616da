"""Reading: the pages of a contract."""

from __future__ import annotations

from typing import Any

from flask import render_template

from procure.audit.history import history_of
from procure.authority.mandate import sentence_of
from procure.contract.access import contract_for, may_change
from procure.contract.facts import months_to_buy
from procure.contract.life_facts import alerts_of, changes_of, regime_said
from procure.contract.life_rules import proposed_tier
from procure.contract.picture import days_of, lead_of, life_of, paid_bar, stages_back, sums_of
from procure.contract.views.room import pages
from procure.now import today
from procure.people.access import enter, may_enter, signed_in
from procure.reminder.facts import nearest, notes_on, table_of


@pages.get("/contracts/<reference>")
@enter()
def overview(reference: str) -> str:
    """What matters now, the line of its life, what was paid, and its reminders."""
    contract, day = contract_for(signed_in(), reference, today()), today()
    rows = table_of(contract, day, signed_in())
    rests_on = contract.enter_decision or (contract.award.decision if contract.award else None)
    return render_template(
        "contract/overview.html",
        contract=contract,
        page="overview",
        lead=lead_of(contract, day, months_to_buy(contract.ends_on) if contract.ends_on else 0),
        may_change=may_change(signed_in(), contract, day),
        life=life_of(contract, day),
        back=stages_back(contract),
        paid=paid_bar(contract, day),
        alerts=alerts_of(contract, day),
        reminders=nearest(rows, day),
        all_reminders=len(rows),
        notes=notes_on(contract, day),
        right=sentence_of(rests_on, day) if rests_on is not None else "",
    )


def _read(reference: str, page: str, **around: Any) -> str:
    contract = contract_for(signed_in(), reference, today())
    return render_template(
        f"contract/{page}.html",
        contract=contract,
        page=page,
        may_change=may_change(signed_in(), contract, today()),
        may_prepare=may_enter("authority.new_contract_decision", signed_in(), today()),
        **{name: tell(contract) for name, tell in around.items()},
    )


@pages.get("/contracts/<reference>/terms")
@enter()
def terms(reference: str) -> str:
    """Parties, dates and how they were worked out, money, options, breaks, reviews, papers, and by what right."""
    return _read(
        reference,
        "terms",
        reckoned=lambda one: days_of(one, today()),
        sums=sums_of,
        law=regime_said,
        proposed=lambda one: proposed_tier(one.full_gross if one.full_gross is not None else one.worth),
    )


@pages.get("/contracts/<reference>/changes")
@enter()
def changes(reference: str) -> str:
    """What was changed and what it comes to, options used and declined, decisions about the end."""
    return _read(reference, "changes", open_options=lambda one: one.open_options, changes=changes_of)


@pages.get("/contracts/<reference>/reminders")
@enter()
def reminders(reference: str) -> str:
    """What will be sent to whom and when, and what was."""
    return _read(
        reference, "reminders", reminders=lambda one: table_of(one, today(), signed_in()),
        notes=lambda one: notes_on(one, today()),
    )  # fmt: skip


@pages.get("/contracts/<reference>/history")
@enter()
def history(reference: str) -> str:
    """Every act on it, newest first."""
    return _read(reference, "history", days=lambda one: history_of(one.reference))
