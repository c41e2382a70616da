"""What a file's pages show around their subject: the identity band, the journey, the list of what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.routing import BuildError

from procure import words
from procure.now import legal_day
from procure.procurement.actions import Ahead, ahead_of
from procure.procurement.facts import dates_about
from procure.procurement.models import Lot, Procurement
from procure.procurement.pace import latest_starts, next_start
from procure.procurement.rules import Check, Route, Stage, State
from procure.procurement.stages import STANDING_STILL, journey, next_move

PAGES = (
    ("overview", "Overview"),
    ("appraisal", "Appraisal"),
    ("authority", "Authority"),
    ("tender", "Tender"),
    ("evaluation", "Evaluation"),
    ("award", "Award"),
    ("duties", "Duties"),
    ("documents", "Documents"),
    ("people", "People"),
    ("history", "History"),
)


@dataclass(frozen=True)
class Frame:
    """The identity band of a file."""

    facts: list[dict[str, Any]]
    pages: list[tuple[str, str]]
    page_label: str
    breadcrumb: list[tuple[str, str]]


def file_frame(procurement: Procurement, page: str, today: date, lot: Lot | None = None) -> Frame:
    """The band and the sub navigation, the same on every page of a file, or of one lot of it."""
    at = url_for("procurement.overview", reference=lot.reference if lot else procurement.reference)
    pages = [
        (label, at if name == "overview" else f"{at}/{name}")
        for name, label in PAGES
        if not (name == "appraisal" and procurement.route is Route.SCHEME)
    ]
    crumbs = [("Procurements", url_for("procurement.index"))]
    if lot is not None and not lot.is_only:
        crumbs.append((procurement.title, url_for("procurement.overview", reference=procurement.reference)))
        if page != "overview":
            crumbs.append((lot.label, at))
    elif page != "overview":
        crumbs.append((procurement.title, at))
    return Frame(_facts(procurement, lot or slowest_of(procurement), today), pages, dict(PAGES)[page], crumbs)


def slowest_of(procurement: Procurement) -> Lot:
    """The lot that says where the whole file stands: the one furthest behind."""
    return next((lot for lot in procurement.lots if lot.stage is procurement.stage), procurement.only_lot)


def _facts(procurement: Procurement, lot: Lot, today: date) -> list[dict[str, Any]]:
    stages = journey(procurement.route)
    place = f"{stages.index(lot.stage) + 1} of {len(stages)}" if lot.stage in stages else procurement.ended_because
    ahead, start = dates_about(lot, today), next_start(lot)
    if start is not None and start[1] >= today:
        ahead = sorted([*ahead, (start[1], f"Last safe day to begin: {start[0].label.lower()}")])
    when = (
        {"label": "Date that matters", "value": words.day(ahead[0][0]),
         "note": f"{ahead[0][1]}, {words.in_words(ahead[0][0], today)}"}
        if ahead
        else {"label": "Date that matters", "value": "None yet", "note": "The first comes with the next stage"}
    )  # fmt: skip
    if lot.stage is Stage.ABANDONED:
        when = {"label": "Date that matters", "value": "None", "note": "Nothing is due on an abandoned file"}
    return [
        _value(procurement),
        {"label": "Officer", "value": procurement.officer.name, "note": "Procurement Officer"},
        {"label": "Stage", "value": lot.stage.label, "note": place},
        when,
    ]


def _value(procurement: Procurement) -> dict[str, Any]:
    if procurement.value_gross is None or procurement.value_net is None or procurement.value_vat is None:
        return {"label": "Value", "value": "Not estimated yet"}
    counts = ""
    if procurement.max_months:
        counts = f" It counts {words.months_label(procurement.max_months)}"
        counts += ", every extension included." if procurement.extension_count else "."
    return {
        "label": "Value",
        "value": f"{words.pounds(procurement.value_gross)} including VAT",
        "example": procurement.is_example,
        "more_summary": "Net and VAT",
        "more_text": f"{words.pounds(procurement.value_net)} net, {words.pounds(procurement.value_vat)} VAT.{counts}",
    }


@dataclass(frozen=True)
class Step:
    """One step of the journey."""

    name: str
    state: str
    note: str
    href: str | None = None


STEP_PAGES = {
    Stage.APPRAISING: "appraisal",
    Stage.SEEKING_APPROVAL: "authority",
    Stage.PREPARING: "tender",
    Stage.OPEN_TO_BIDS: "tender",
    Stage.EVALUATING: "evaluation",
    Stage.DECIDING_AWARD: "award",
    Stage.AWARD_ANNOUNCED: "award",
}


def pace(lot: Lot, today: date) -> str:
    """How the file stands against the last safe days, in a sentence; empty where nothing can be said."""
    found = next_start(lot)
    if found is None:
        return ""
    following, latest = found
    name = words.sentence(following.label.lower())
    if latest < today:
        return f"{name} should have begun by {words.day(latest)}. The service may start late."
    return f"{name} must begin by {words.day(latest)}, {words.in_words(latest, today)}."


def _where_it_stood(procurement: Procurement, lot: Lot) -> Stage | None:
    """The stage a lot stands at, or stood at when the file was paused or abandoned."""
    if lot.stage is Stage.PAUSED:
        return lot.paused_from
    if lot.stage is not Stage.ABANDONED:
        return lot.stage
    before = [
        change.from_stage
        for change in procurement.stage_changes
        if change.from_stage is not Stage.PAUSED and change.lot_id in (None, lot.id)
    ]
    return before[-1] if before else None


def steps_of(lot: Lot, today: date) -> list[Step]:
    """The journey from need to contract: done with its day, where the file stands, what is to come."""
    procurement = lot.procurement
    stages = journey(procurement.route)
    left = {
        change.from_stage: legal_day(change.at)
        for change in procurement.stage_changes
        if change.lot_id in (None, lot.id) and change.to_stage in stages
    }
    standing = _where_it_stood(procurement, lot)
    here = stages.index(standing) if standing in stages else len(stages)
    at = url_for("procurement.overview", reference=lot.reference)
    latest = latest_starts(procurement)
    steps = []
    for place, stage in enumerate(stages):
        page = STEP_PAGES.get(stage)
        href = f"{at}/{page}" if page and place <= here else None
        if place < here:
            note = f"Done {words.day(left[stage])}" if stage in left else "Done"
            steps.append(Step(stage.label, "done", note, href))
        elif place == here:
            note = lot.stage.label if lot.stage in STANDING_STILL else "Now" if stage is not Stage.CLOSED else "Done"
            steps.append(Step(stage.label, "now", note, href))
        else:
            note = f"By {words.day(latest[stage])} at the latest" if stage in latest else "To come"
            if lot.stage is Stage.ABANDONED:
                note = "Not reached"
            steps.append(Step(stage.label, "next", note, None))
    return steps


@dataclass(frozen=True)
class Task:
    """A check as a task with a link."""

    name: str
    href: str | None
    hint: str
    state: str


def task_of(check: Check, reference: str) -> Task:
    """A check as the task list shows it; one that can't start, or has no page, has no link."""
    href = None
    if check.page and check.state is not State.CANNOT_START:
        page, _, anchor = check.page.partition("#")
        try:
            href = url_for(page, reference=reference, _anchor=anchor or None)
        except BuildError:
            href = None
    return Task(check.name, href, check.hint, check.state.value)


def tasks_of(ahead: Ahead, reference: str) -> list[Task]:
    """Open tasks first, as they come; done ones after."""
    checks = sorted(ahead.checks, key=lambda check: check.is_done)
    return [task_of(check, reference) for check in checks]


MADE_WITH_A_FORM = {
    "publish the tender notice": "tender",
    "close to bids": "tender",
    "record the result": "evaluation/prices",
    "announce the award": "award",
    "sign the contract": "contract",
}
"""Moves made by a page of their own, which asks for the facts that come with them."""


def where_to_move(lot: Lot, today: date) -> tuple[Ahead | None, str | None]:
    """The move ahead and, where it has a page of its own, that page."""
    ahead = ahead_of(lot, today)
    if ahead is None or next_move(lot.stage, lot.procurement.route) is None:
        return None, None
    page = MADE_WITH_A_FORM.get(ahead.move.name)
    at = url_for("procurement.overview", reference=lot.reference)
    return ahead, f"{at}/{page}" if page else None
