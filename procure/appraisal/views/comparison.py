"""The comparison: matrix, what-if, where the answer would change, costs, why this one and why not the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.appraisal import actions
from procure.appraisal.facts import facts_of, loaded
from procure.appraisal.gathering import comparison_of, costs_of, preferred_no, score_of, years_of
from procure.appraisal.models import Appraisal
from procure.appraisal.rules.comparing import (
    Comparison,
    WhatIf,
    leaders,
    named,
    said_points,
    totals,
    weights_refusal,
    what_if,
)
from procure.appraisal.rules.costing import year_label
from procure.appraisal.rules.switching import Switching, switching
from procure.appraisal.rules.wholeness import AppraisalFacts, appraisal_is_whole
from procure.appraisal.views.saving import Answer, pages, to_change
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.pictures import switching as chart
from procure.pictures.spending import costs as costs_by_year
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.facts import need_facts
from procure.procurement.models import Procurement
from procure.procurement.picture import task_of
from procure.procurement.rules import Check, FileFacts, Route, State

STEP = 5


@pages.route("/procurements/<reference>/appraisal", methods=["GET", "POST"])
@enter()
def comparison(reference: str) -> Answer:
    """The comparison on one page, with what it still lacks. A posted what-if changes nothing: it only asks."""
    procurement = procurement_for(signed_in(), reference, today())
    if procurement.route is Route.SCHEME:
        abort(404)
    appraisal = loaded(procurement)
    changes = may_change(signed_in(), procurement, today())
    if appraisal is None:
        return render_template(
            "appraisal/begin.html", procurement=procurement, page="appraisal", may_change=changes, is_task=True
        )
    if request.method == "POST":
        return _ask(appraisal, reference)
    return render_template(
        "appraisal/comparison.html", procurement=procurement, page="appraisal", appraisal=appraisal, may_change=changes,
        is_reviewer=appraisal.reviewer_id == signed_in().id,
        ask_href=lambda key: _about(reference, key), **shown(appraisal, today()),
        **_open(procurement, today()),
    )  # fmt: skip


def _about(reference: str, key: int) -> str:
    """The same page, asking where the answer would change as another criterion counts for more."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name.startswith("weight-")}
    return url_for("appraisal.comparison", reference=reference, _anchor="switching", about=key, **kept)


@pages.post("/procurements/<reference>/appraisal/begin")
@enter(Role.OFFICER)
def begin(reference: str) -> Response:
    """Begin the appraisal."""
    actions.begin(procurement_to_change(signed_in(), reference, today()), by=signed_in(), at=now())
    flash("The options appraisal has begun.")
    return redirect(url_for("appraisal.comparison", reference=reference))


@pages.get("/procurements/<reference>/appraisal/tasks")
@enter(Role.OFFICER)
def tasks(reference: str) -> str:
    """Every part of the appraisal, to change what is done as well as what is not."""
    appraisal = to_change(reference)
    return render_template(
        "appraisal/tasks.html", procurement=appraisal.procurement, page="appraisal", appraisal=appraisal, is_task=True,
        **_open(appraisal.procurement, today()),
    )  # fmt: skip


def _open(procurement: Procurement, day: date) -> dict[str, Any]:
    """What the appraisal still lacks, as tasks with links."""
    facts = facts_of(procurement.only_lot, day)
    checks = appraisal_is_whole(FileFacts([need_facts(procurement), facts]), day)
    left = [check for check in checks if not check.is_done]
    stop = _stop(left, facts)
    return {
        "facts": facts,
        "tasks": [task_of(check, procurement.reference) for check in left],
        "done_tasks": [task_of(check, procurement.reference) for check in checks if check.is_done],
        "stop": stop,
        "may_send": [check.name for check in left] == ["Have it reviewed"] and not facts.is_sent,
        "stop_href": task_of(stop, procurement.reference).href if stop else None,
    }


def _stop(left: Sequence[Check], facts: AppraisalFacts) -> Check | None:
    """What keeps the appraisal from the reviewer; None when nothing does or it is there already."""
    startable = [check for check in left if check.state is not State.CANNOT_START]
    return None if facts.is_sent or len(left) < 2 or not startable else startable[0]


# ── what is shown ──


@dataclass(frozen=True)
class Column:
    """One criterion over the matrix."""

    name: str
    weight: int


@dataclass(frozen=True)
class Cell:
    """One score and its reason."""

    score: int | None
    reason: str


@dataclass(frozen=True)
class Row:
    """One option across the matrix."""

    no: int
    name: str
    note: str
    preferred: bool
    total: Decimal | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Try:
    """A weight somebody tries out."""

    key: int
    name: str
    agreed: int
    value: str


def shown(appraisal: Appraisal, day: date) -> dict[str, Any]:
    """All that the comparison shows, for the page and for the reviewer."""
    compared, picked = comparison_of(appraisal), preferred_no(appraisal)
    years = years_of(appraisal, day)
    costs = costs_of(appraisal, years)
    by_no = totals(compared) if sum(compared.weights) == 100 else {}
    found = _switching(compared)
    return {
        "said": _said(compared, picked, found),
        "columns": [Column(one.name, one.weight) for one in compared.criteria],
        "rows": _rows(appraisal, compared, picked, by_no),
        "what_if": _what_if(compared),
        "switching": found,
        "picture": _picture(found, compared, picked) if found else None,
        "others": [one for one in compared.criteria if found and one.key != found.criterion.key],
        "cost_table": costs_by_year(
            [year_label(year) for year in years],
            [
                (option.number, option.short, costs[option.number].by_year, costs[option.number].gross,
                 option.number == picked)
                for option in appraisal.options
            ],
        ),
        "has_costs": any(option.costs for option in appraisal.options),
        "years_in_all": f"{words.sentence(words.number_word(len(years)))} years" if len(years) > 1 else "One year",
        "cost_notes": [(option.number, option.cost_note) for option in appraisal.options if option.cost_note],
        "picked": picked,
        "weighed": compared,
    }  # fmt: skip


def _rows(appraisal: Appraisal, compared: Comparison, picked: int | None, by_no: Mapping[int, Any]) -> list[Row]:
    found = []
    for option in appraisal.options:
        scores = [score_of(option, criterion) for criterion in appraisal.criteria]
        total = by_no.get(option.number)
        found.append(
            Row(
                option.number, option.name, option.in_brief, option.number == picked,
                None if total is None else Decimal(total.numerator) / Decimal(total.denominator),
                tuple(Cell(one.score, one.reason) if one else Cell(None, "") for one in scores),
            )
        )  # fmt: skip
    return found


def _said(compared: Comparison, picked: int | None, found: Switching | None) -> str:
    """The answer as a sentence, above everything else."""
    many = len(compared.options)
    if not compared.is_ready:
        if not many or not compared.criteria:
            return ""
        return f"{words.sentence(words.number_word(len(compared.scored)))} of {words.plural(many, 'option')} scored."
    by_no = totals(compared)
    first = leaders(by_no)
    level = "come first together" if len(first) > 1 else "comes first"
    said = [f"{words.sentence(named(first))} {level} with {said_points(by_no[first[0]])} of 100."]
    if picked is not None and picked not in first:
        said.append(f"Option {picked} is preferred although it does not.")
    elif found is not None:
        said.append(found.stays)
    return " ".join(said)


def _switching(compared: Comparison) -> Switching | None:
    """Cost is asked first; any other criterion by its link."""
    if not compared.is_ready:
        return None
    asked = request.args.get("about", type=int)
    keys = [one.key for one in compared.criteria]
    key = asked if asked in keys else compared.cost_key or keys[0]
    return switching(compared, key)


def _picture(found: Switching, compared: Comparison, picked: int | None) -> chart.Switching:
    first = found.current.first
    heavy = picked if picked in first else first[0]
    lines = [
        chart.Total(f"{no} {compared.option(no).short}", at0, at100, preferred=no == heavy)
        for no, at0, at100 in found.ends
    ]
    switch = found.switch
    at = None if switch is None else switch.until if found.switches_below else switch.from_
    leader = compared.option(switch.first[0]).short if switch else ""
    return chart.switching(found.criterion.word, lines, now=found.now, at=at, leader=leader)


@dataclass(frozen=True)
class Asked:
    """The what-if as it stands: the weights as typed, their sum, and the ranking or why there is none."""

    weights: tuple[Try, ...]
    total: int | None
    refusal: str | None
    result: WhatIf | None
    is_agreed: bool


def _what_if(compared: Comparison) -> Asked | None:
    if not compared.is_ready:
        return None
    typed = {one.key: request.args.get(f"weight-{one.key}", str(one.weight)).strip()[:6] for one in compared.criteria}
    tries = tuple(Try(one.key, one.name, one.weight, typed[one.key]) for one in compared.criteria)
    if not all(_is_whole(value) for value in typed.values()):
        return Asked(tries, None, "Weights are whole numbers from 0 to 100.", None, False)
    weights = [int(typed[one.key]) for one in compared.criteria]
    refusal = weights_refusal(weights)
    result = None if refusal else what_if(compared, weights)
    return Asked(tries, sum(weights), refusal, result, tuple(weights) == compared.weights)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _ask(appraisal: Appraisal, reference: str) -> Response:
    """The weights that were typed, one of them 5 more or 5 less, as an address that can be read again and shared."""
    compared = comparison_of(appraisal)
    typed: dict[str, Any] = {}
    for one in compared.criteria:
        value = request.form.get(f"weight-{one.key}", str(one.weight)).strip()[:6]
        for name, step in (("plus", STEP), ("minus", -STEP)):
            if request.form.get(name) == str(one.key):
                base = int(value) if _is_whole(value) else one.weight
                value = str(min(max(base + step, 0), 100))
        typed[f"weight-{one.key}"] = value
    if "about" in request.args:
        typed["about"] = request.args["about"]
    return redirect(url_for("appraisal.comparison", reference=reference, _anchor="what-if", **typed), 303)
