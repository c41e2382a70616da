"""What the ranking is worked out from: criteria, options, scores, costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from sqlalchemy import select

from procure.appraisal import actions
from procure.appraisal.actions import CriterionLine, Given
from procure.appraisal.actions.comparing import shown_costs, shown_scores
from procure.appraisal.forms import AgreedForm, CostsForm, CriteriaForm, OptionForm, RemoveForm, ScoresForm
from procure.appraisal.gathering import comparison_of, score_of, years_of
from procure.appraisal.models import Appraisal, Option
from procure.appraisal.rules.comparing import SCALE, OptionKind
from procure.appraisal.rules.costing import year_label
from procure.appraisal.views.saving import (
    Answer,
    back_to,
    needs_reason,
    option_of,
    options_first,
    pages,
    save,
    task,
    to_change,
)
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, post_names_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role

FEWEST_ROWS = 5
SPARE_ROWS = 2


@pages.route("/procurements/<reference>/appraisal/criteria", methods=["GET", "POST"])
@enter(Role.OFFICER)
def criteria(reference: str) -> Answer:
    """The whole table of criteria and weights."""
    appraisal = to_change(reference)

    def made(**how: Any) -> CriteriaForm:
        rows = [
            {"key": str(one.id), "name": one.name, "definition": one.definition, "weight": one.weight,
             "is_cost": one.is_cost}
            for one in appraisal.criteria
        ]  # fmt: skip
        rows += [{}] * (max(FEWEST_ROWS, len(rows) + SPARE_ROWS) - len(rows))
        return CriteriaForm(rows=rows, version=actions.mark_of(appraisal.criteria), **how)

    form = made()

    def verb() -> None:
        lines = [
            CriterionLine(
                row.form.name.data, row.form.definition.data or "", row.form.weight.data, bool(row.form.is_cost.data),
                int(row.form.key.data) if (row.form.key.data or "").isdigit() else None,
            )
            for row in form.rows
            if not row.form.is_empty
        ]  # fmt: skip
        actions.set_criteria(appraisal, lines, by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data)

    if request.form.get("more"):
        form.rows.append_entry()
    elif save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("comparison" if appraisal.criteria_agreed_on else "agreed", appraisal)
    return task(
        "criteria", appraisal, form, scored=appraisal.has_scores,
        asks_why=needs_reason(appraisal) or appraisal.has_scores, together=_together(form),
    )  # fmt: skip


def _together(form: CriteriaForm) -> int:
    return sum(row.form.weight.data or 0 for row in form.rows)


@pages.route("/procurements/<reference>/appraisal/criteria/agreed", methods=["GET", "POST"])
@enter(Role.OFFICER)
def agreed(reference: str) -> Answer:
    """The day on which criteria and weights were agreed."""
    appraisal = to_change(reference)

    def made(**how: Any) -> AgreedForm:
        return AgreedForm(agreed_on=appraisal.criteria_agreed_on, version=appraisal.version, **how)

    form = made()

    def verb() -> None:
        actions.agree_criteria(
            appraisal, form.agreed_on.data, by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data
        )

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("comparison", appraisal)
    return task("agreed", appraisal, form)


@pages.get("/procurements/<reference>/appraisal/options")
@enter(Role.OFFICER)
def options(reference: str) -> Answer:
    """The short list, and what was not taken further."""
    appraisal = to_change(reference)
    bare = {option.number for option in appraisal.options if not _is_described(option)}
    return task(
        "options", appraisal, None, bare=bare,
        has_nothing=any(option.kind is OptionKind.DO_NOTHING for option in appraisal.options),
    )  # fmt: skip


def _is_described(option: Option) -> bool:
    return all((option.description, option.equality, option.social_value, option.market))


@pages.route("/procurements/<reference>/appraisal/options/new", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_option(reference: str) -> Answer:
    """One more option."""
    appraisal = to_change(reference)
    form = OptionForm()
    if save(appraisal, form, lambda: actions.add_option(appraisal, **_option(form))):
        return back_to("options", appraisal)
    return task("option", appraisal, form, option=None)


@pages.route("/procurements/<reference>/appraisal/options/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def option(reference: str, number: int) -> Answer:
    """Describe an option or put it right."""
    appraisal = to_change(reference)
    found = option_of(appraisal, number)

    def made(**how: Any) -> OptionForm:
        facts = {name: getattr(found, name) for name in TEXTS}
        return OptionForm(
            kind=found.kind.value, has_vat="yes" if found.has_vat else "no", version=found.version, **facts, **how
        )

    form = made()

    def verb() -> None:
        actions.correct_option(found, sees=form.version.data, **_option(form))

    if save(appraisal, form, verb, lambda: made(formdata=None)):
        return back_to("options", appraisal)
    return task("option", appraisal, form, option=found)


TEXTS = ("name", "short_name", "in_brief", "description", "cost_note", "equality", "social_value", "market")


def _option(form: OptionForm) -> dict[str, Any]:
    facts = {name: form[name].data or "" for name in TEXTS}
    return facts | {
        "kind": OptionKind(form.kind.data), "has_vat": form.has_vat.data == "yes", "by": signed_in(), "at": now(),
        "note": form.reason.data,
    }  # fmt: skip


@pages.route("/procurements/<reference>/appraisal/options/<int:number>/remove", methods=["GET", "POST"])
@enter(Role.OFFICER)
def remove_option(reference: str, number: int) -> Answer:
    """Take an option off the short list, with everything that was said of it."""
    appraisal = to_change(reference)
    found = option_of(appraisal, number)
    form = RemoveForm()
    if save(
        appraisal, form, lambda: actions.remove_option(found, by=signed_in(), at=now(), note=form.reason.data)
    ):  # fmt: skip
        return back_to("options", appraisal)
    return task("remove_option", appraisal, form, option=found)


@pages.get("/procurements/<reference>/appraisal/scores")
@enter(Role.OFFICER)
def scores(reference: str) -> Answer:
    """Which options are scored."""
    appraisal = to_change(reference)
    return task("scores", appraisal, None, comparison=comparison_of(appraisal))


@pages.route("/procurements/<reference>/appraisal/scores/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def score_option(reference: str, number: int) -> Answer:
    """The scores of one option, with a reason each."""
    appraisal = to_change(reference)
    found = option_of(appraisal, number)
    form = _scores_form(appraisal, found)

    def verb() -> None:
        given = [
            Given(
                number, criterion.number, int(row.form.score.data), row.form.reason.data, row.form.evidence.data or ""
            )
            for criterion, row in zip(appraisal.criteria, form.rows, strict=True)
            if not row.form.is_empty
        ]
        scorer = db.session.get_one(Person, int(form.scored_by.data))
        actions.score(
            appraisal, given, scored_by=scorer, by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data
        )

    if save(appraisal, form, verb, lambda: _scores_form(appraisal, found, formdata=None)):
        following = [one.number for one in appraisal.options if len(one.scores) < len(appraisal.criteria)]
        return back_to("scores" if following else "comparison", appraisal)
    return task("score_option", appraisal, form, option=found, scale=SCALE)


def _scores_form(appraisal: Appraisal, option: Option, **how: Any) -> ScoresForm:
    given = [score_of(option, criterion) for criterion in appraisal.criteria]
    rows = [
        {"score": str(one.score), "reason": one.reason, "evidence": one.evidence} if one else {} for one in given
    ]  # fmt: skip
    last = next((one.scored_by for one in given if one), signed_in())
    form = ScoresForm(
        rows=rows, scored_by=str(last.id), version=actions.mark_of(shown_scores(appraisal, [option.number])), **how
    )
    while len(form.rows) < len(rows):
        form.rows.append_entry()
    while len(form.rows) > len(rows):
        form.rows.pop_entry()
    for criterion, row in zip(appraisal.criteria, form.rows, strict=True):
        row.form.score.label.text = criterion.name
    form.scored_by.choices = people_choices(today())
    return form


def people_choices(day: Any, without: Sequence[int] = ()) -> list[tuple[str, str]]:
    """Everybody who may be named, with the post they hold."""
    people = db.session.scalars(select(Person).where(Person.is_active).order_by(Person.name))
    found = []
    for person in people:
        posts = [name for name in post_names_of(person, day) if name != person.name]
        if person.id not in without:
            found.append((str(person.id), f"{person.name}, {posts[0]}" if posts else person.name))
    return found


@pages.route("/procurements/<reference>/appraisal/costs", methods=["GET", "POST"])
@enter(Role.OFFICER)
def costs(reference: str) -> Answer:
    """What every option costs, year by year, without VAT."""
    appraisal = to_change(reference)
    if not appraisal.options:
        return options_first(appraisal)
    years = years_of(appraisal, today())
    form = _costs_form(appraisal, years)

    def verb() -> None:
        typed = {
            option.number: {year: cell.data for year, cell in zip(years, row.form.years, strict=True)}
            for option, row in zip(appraisal.options, form.rows, strict=True)
        }
        actions.set_costs(appraisal, typed, by=signed_in(), at=now(), note=form.reason.data, sees=form.version.data)

    if save(appraisal, form, verb, lambda: _costs_form(appraisal, years, formdata=None)):
        return back_to("comparison", appraisal)
    return task("costs", appraisal, form, years=[year_label(year) for year in years])


def _costs_form(appraisal: Appraisal, years: Sequence[int], **how: Any) -> CostsForm:
    rows = []
    for option in appraisal.options:
        by_year = {cost.year: cost.net for cost in option.costs}
        rows.append({"years": [by_year.get(year) for year in years]})
    form = CostsForm(rows=rows, version=actions.mark_of(shown_costs(appraisal)), **how)
    for option, row in zip(appraisal.options, form.rows, strict=False):
        for year, cell in zip(years, row.form.years, strict=False):
            cell.label.text = f"Option {option.number}, {year_label(year)}"
    return form
