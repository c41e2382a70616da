"""Criteria, options, scores and costs: what the ranking is worked out from. Each change ends a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.appraisal.actions.changing import changing, end_review
from procure.appraisal.models import Appraisal, Criterion, Option, OptionCost, OptionScore
from procure.appraisal.rules.comparing import HIGHEST, OptionKind, weights_refusal
from procure.appraisal.rules.costing import year_label
from procure.audit.actions import Actor
from procure.extensions import db
from procure.law.money import to_the_penny
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.actions import ReasonNeeded
from procure.refusals import Refusal


class CriteriaRefused(Refusal):
    """The criteria can’t be weighed like this."""


class OptionRefused(Refusal):
    """An option needs a name, and one that is preferred can’t be removed."""


class ScoreRefused(Refusal):
    """A score is a whole number from 0 to 5 with its reason, given after the criteria were agreed."""


@dataclass(frozen=True)
class CriterionLine:
    """One criterion as typed. `id` is that of the criterion it corrects; None for a new one."""

    name: str
    definition: str
    weight: int
    is_cost: bool = False
    id: int | None = None


@dataclass(frozen=True)
class Given:
    """A score as given: of which option, on which criterion (by number), and why."""

    option_no: int
    criterion_no: int
    score: int
    reason: str
    evidence: str = ""


def set_criteria(
    appraisal: Appraisal, lines: Sequence[CriterionLine], *, by: Actor, at: datetime, note: str | None = None,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Set the whole table of criteria and weights. What changes has to be agreed again.

    After the first score a change needs a reason, as it can turn the ranking.
    """
    with changing(
        appraisal, "set the criteria and weights", by=by, at=at, note=note, sees=sees, shown=lambda: appraisal.criteria,
        ends_review=False,
    ):  # fmt: skip
        _refuse_bad_criteria(lines)
        old = {criterion.id: criterion for criterion in appraisal.criteria}
        changed = _differs(old, lines)
        if changed and appraisal.has_scores and not note:
            raise ReasonNeeded("Options have been scored. Say why the criteria change now.", field="reason")
        _take_over(appraisal, old, lines)
        if changed:
            appraisal.criteria_agreed_on = None
            if appraisal.sent_to_reviewer_at is not None:
                end_review(appraisal)


def _refuse_bad_criteria(lines: Sequence[CriterionLine]) -> None:
    if not lines:
        raise CriteriaRefused("Enter at least one criterion.")
    if any(not line.name.strip() for line in lines):
        raise CriteriaRefused("Give every criterion a name.")
    names = [line.name.casefold() for line in lines]
    twice = next((line.name for line in lines if names.count(line.name.casefold()) > 1), None)
    if twice:
        raise CriteriaRefused(f"{twice} stands in the table twice.")
    if any(line.weight < 1 for line in lines):
        raise CriteriaRefused("Give every criterion a weight of 1% or more.")
    if sum(line.is_cost for line in lines) > 1:
        raise CriteriaRefused("Only one criterion can be the cost.")
    refusal = weights_refusal([line.weight for line in lines])
    if refusal:
        raise CriteriaRefused(refusal)


def _differs(old: Mapping[int, Criterion], lines: Sequence[CriterionLine]) -> bool:
    """Whether anything that was agreed changes. Which criterion is the cost only decides what pictures show."""
    before = {(key, one.name, one.definition, one.weight) for key, one in old.items()}
    return before != {(line.id, line.name, line.definition, line.weight) for line in lines}


def _take_over(appraisal: Appraisal, old: Mapping[int, Criterion], lines: Sequence[CriterionLine]) -> None:
    kept = {line.id for line in lines}
    number = max((criterion.number for criterion in old.values()), default=0)
    for key, criterion in old.items():
        if key not in kept:
            for option in appraisal.options:
                for given in [one for one in option.scores if one.criterion_id == key]:
                    db.session.delete(given)
            db.session.flush()
            db.session.delete(criterion)
    db.session.flush()
    db.session.expire(appraisal, ["criteria", "options"])
    for line in lines:
        found = old.get(line.id) if line.id else None
        if found is None:
            number += 1
            found = Criterion(appraisal=appraisal, number=number)
            db.session.add(found)
        found.name, found.definition, found.weight, found.is_cost = (
            line.name,
            line.definition,
            line.weight,
            line.is_cost,
        )


def agree_criteria(
    appraisal: Appraisal, on: date, *, by: Actor, at: datetime, note: str | None = None, sees: int | None = None
) -> None:
    """Record the day on which criteria and weights were agreed: before any option is scored."""
    with changing(
        appraisal, f"recorded that the criteria were agreed on {words.day(on)}", by=by, at=at, note=note, sees=sees,
        ends_review=False,
    ):  # fmt: skip
        refusal = weights_refusal([criterion.weight for criterion in appraisal.criteria])
        if refusal:
            raise CriteriaRefused(refusal)
        if on > legal_day(at):
            raise CriteriaRefused("The day of agreement can’t be in the future.", field="agreed_on")
        appraisal.criteria_agreed_on = on


def add_option(
    appraisal: Appraisal, *, name: str, kind: OptionKind, by: Actor, at: datetime, note: str | None = None, **facts: Any
) -> Option:
    """Put an option on the short list. It gets the next number."""
    with changing(appraisal, f"added an option: {name}", by=by, at=at, note=note):
        _refuse_bad_name(appraisal, name, None)
        number = max((option.number for option in appraisal.options), default=0) + 1
        option = Option(
            appraisal=appraisal, number=number, name=name, kind=kind, is_example=appraisal.is_example, **facts
        )
        db.session.add(option)
    return option


def correct_option(
    option: Option, *, by: Actor, at: datetime, note: str | None = None, sees: int | None = None, **facts: Any
) -> None:
    """Describe an option or put it right. A change of VAT changes its cost, and so ends a review."""
    turns = any(name in facts and facts[name] != getattr(option, name) for name in ("has_vat", "kind"))
    with changing(
        option.appraisal, f"described option {option.number}", on=option, by=by, at=at, note=note, sees=sees,
        ends_review=turns,
    ):  # fmt: skip
        _refuse_bad_name(option.appraisal, facts.get("name", option.name), option)
        for name, value in facts.items():
            setattr(option, name, value)


def _refuse_bad_name(appraisal: Appraisal, name: str, itself: Option | None) -> None:
    if not name.strip():
        raise OptionRefused("Give the option a name.", field="name")
    for other in appraisal.options:
        if other is not itself and other.name.casefold() == name.casefold():
            raise OptionRefused(f"Option {other.number} has this name already.", field="name")


def remove_option(option: Option, *, by: Actor, at: datetime, note: str | None = None) -> None:
    """Take an option off the short list with its scores, costs and risks. Once scored, only with a reason."""
    appraisal = option.appraisal
    with changing(appraisal, f"removed option {option.number}: {option.name}", on=option, by=by, at=at, note=note):
        if appraisal.preferred_id == option.id:
            raise OptionRefused("This option is preferred. Choose another one first.")
        if (option.scores or option.costs) and not note:
            raise ReasonNeeded("This option is scored or costed. Say why it is removed.", field="reason")
        for row in (*option.scores, *option.costs, *option.risks):
            db.session.delete(row)
        db.session.flush()
        db.session.delete(option)
        db.session.flush()
        db.session.expire(appraisal, ["options"])


def score(
    appraisal: Appraisal, given: Sequence[Given], *, by: Person, at: datetime, scored_by: Person | None = None,
    note: str | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Give scores with their reasons: of one option, or of all at once. Giving one again replaces it."""
    numbers = sorted({one.option_no for one in given})
    said = f"scored option{'s' if len(numbers) > 1 else ''} {words.joined(numbers)}"
    with changing(
        appraisal, said, by=by, at=at, note=note, sees=sees, shown=lambda: shown_scores(appraisal, numbers)
    ):  # fmt: skip
        if not given:
            raise ScoreRefused("Give at least one score.")
        if appraisal.criteria_agreed_on is None:
            raise ScoreRefused("Record the day the criteria were agreed first. They are agreed before scoring.")
        if appraisal.criteria_agreed_on > legal_day(at):
            raise ScoreRefused("Scores can’t be older than the criteria.")
        for one in given:
            _give(appraisal, one, scored_by or by, at)


def shown_scores(appraisal: Appraisal, numbers: Sequence[int]) -> list[OptionScore | Criterion]:
    """What the page of scores shows: the criteria, and the scores of these options."""
    scores = [one for option in appraisal.options if option.number in numbers for one in option.scores]
    return [*appraisal.criteria, *scores]


def _give(appraisal: Appraisal, given: Given, scorer: Person, at: datetime) -> None:
    option = appraisal.option(given.option_no)
    criterion = next((one for one in appraisal.criteria if one.number == given.criterion_no), None)
    if option is None or criterion is None:
        raise ScoreRefused("The option or the criterion has been removed. Open the page again.")
    if isinstance(given.score, bool) or not isinstance(given.score, int) or not 0 <= given.score <= HIGHEST:
        raise ScoreRefused(f"{criterion.name}: a score is a whole number from 0 to {HIGHEST}.")
    if not given.reason.strip():
        raise ScoreRefused(f"{criterion.name}: say why the score is {given.score}.")
    found = next((one for one in option.scores if one.criterion_id == criterion.id), None)
    if found is None:
        found = OptionScore(option=option, criterion=criterion)
        db.session.add(found)
    found.score, found.reason, found.evidence = given.score, given.reason, given.evidence
    found.scored_by, found.scored_at = scorer, at


def set_costs(
    appraisal: Appraisal, costs: Mapping[int, Mapping[int, Decimal | None]], *, by: Actor, at: datetime,
    note: str | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Set the net cost of options by financial year: {option: {2028: 111000}}. None where nothing falls in the year."""
    with changing(
        appraisal, "set the costs by year", by=by, at=at, note=note, sees=sees, shown=lambda: shown_costs(appraisal)
    ):  # fmt: skip
        for number, by_year in costs.items():
            option = appraisal.option(number)
            if option is None:
                raise OptionRefused(f"Option {number} has been removed. Open the page again.")
            for year, net in by_year.items():
                _cost(option, year, net)


def shown_costs(appraisal: Appraisal) -> list[Option | OptionCost]:
    """What the page of costs shows."""
    return [*appraisal.options, *(cost for option in appraisal.options for cost in option.costs)]


def _cost(option: Option, year: int, net: Decimal | None) -> None:
    found = next((cost for cost in option.costs if cost.year == year), None)
    if net is None:
        if found is not None:
            db.session.delete(found)
            db.session.flush()
            db.session.expire(option, ["costs"])
        return
    to_the_penny(net, field=f"Option {option.number}, {year_label(year)}")
    if found is None:
        found = OptionCost(option=option, year=year)
        db.session.add(found)
    found.net = net
