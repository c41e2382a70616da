"""Comparing options: what is written, what is refused, what ends a review, what the trail keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from procure.appraisal import actions
from procure.appraisal import documents as paper
from procure.appraisal.actions import CriterionLine, Given
from procure.appraisal.actions.comparing import CriteriaRefused, OptionRefused, ScoreRefused, shown_scores
from procure.appraisal.actions.consulting import ConsultationRefused
from procure.appraisal.actions.deciding import NotWhole, NotYourReview, PreferenceRefused, ReviewerRefused
from procure.appraisal.actions.describing import CannotBegin
from procure.appraisal.facts import dates_of, facts_of, waiting_for
from procure.appraisal.gathering import options_appraisal, remaining_options
from procure.appraisal.models import Appraisal, Criterion, Option, OptionCost, OptionRisk, OptionScore
from procure.appraisal.rules.comparing import OptionKind
from procure.audit.actions import ChangedMeanwhile, act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.contract.models import Contract, ContractOption
from procure.demonstration import appraisal as demonstration
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, LAW, OFFICER, Cast
from procure.documents.actions import missing_from
from procure.extensions import db
from procure.procurement.actions import MoveRefused, ReasonNeeded, move
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal
from procure.suppliers.models import Supplier
from tests.an_appraisal import REFERENCE, a_file, an_appraisal

LATER = days.at(days.APPRAISAL, 16)
AFTER_REVIEW = days.at(date(2027, 6, 1))


def appraisal_of(procurement: Procurement) -> Appraisal:
    assert procurement.appraisal is not None
    return procurement.appraisal


def option(appraisal: Appraisal, number: int) -> Option:
    found = appraisal.option(number)
    assert found is not None
    return found


def said() -> list[str]:
    """What the trail of the file says was done, oldest first, each act once."""
    acts = db.session.execute(
        select(TrailEntry.said, func.min(TrailEntry.number))
        .where(TrailEntry.file == REFERENCE)
        .group_by(TrailEntry.act_id, TrailEntry.said)
        .order_by(func.min(TrailEntry.number))
    )
    return [words for words, _ in acts]


# ── the walk ──


def test_the_demonstration_walks_from_need_to_seeking_approval(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    demonstration.appraise(procurement, cast)
    assert procurement.stage is Stage.SEEKING_APPROVAL
    assert "agreed to the appraisal as its reviewer" in said()
    assert verify().verified


def test_beginning_moves_the_file_on_and_can_not_be_done_twice(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    actions.begin(procurement, by=cast["officer"], at=LATER)
    assert procurement.stage is Stage.APPRAISING
    with pytest.raises(CannotBegin):
        actions.begin(procurement, by=cast["officer"], at=LATER)


def follows_a_contract(procurement: Procurement, cast: Cast) -> Contract:
    """The file follows a contract that ends on 31 March 2028 and can be extended twice."""
    with act("wrote the contract down", on=procurement, by=cast["officer"], at=days.at(days.BUY_AGAIN)):
        contract = Contract(
            reference="CON-2025-007", title="Support", supplier=Supplier(name="Example Network"),
            manager_post=cast.post(OFFICER), starts_on=days.CONTRACT_BEGAN, initial_ends_on=days.CONTRACT_ENDS,
            ends_on=days.CONTRACT_ENDS, value_net=Decimal(333_000), value_vat=Decimal(0),
            value_gross=Decimal(333_000), full_net=Decimal(555_000), full_gross=Decimal(555_000),
            annual_net=Decimal(111_000), annual_gross=Decimal(111_000), performance="On target.",
            at_expiry="Support stops.", lessons="A lead in each ward.",
            options=[
                ContractOption(number=1, months=12, exercise_by_on=date(2027, 6, 30)),
                ContractOption(number=2, months=12, exercise_by_on=date(2028, 6, 30)),
            ],
        )  # fmt: skip
        db.session.add(contract)
        procurement.ending_contract = contract
    return contract


def test_what_the_ending_contract_says_of_itself_is_copied_in(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    contract = follows_a_contract(procurement, cast)
    appraisal = actions.begin(procurement, by=cast["officer"], at=LATER)
    assert (appraisal.incumbent_performance, appraisal.incumbent_at_expiry) == ("On target.", "Support stops.")
    assert facts_of(procurement.only_lot, days.APPRAISAL).follows_contract
    assert remaining_options(contract, days.APPRAISAL) == (
        "Two of one year each. The first must be used by 30 June 2027."
    )
    assert remaining_options(contract, date(2027, 7, 1)) == "One of one year. It must be used by 30 June 2028."
    assert remaining_options(contract, date(2028, 7, 1)) == "None."
    facts = options_appraisal(procurement, LATER).current_contract
    assert facts is not None and (facts.supplier, facts.lessons) == ("Example Network", "A lead in each ward.")


def test_a_purchase_under_the_scheme_has_no_appraisal(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast, Route.SCHEME)
    with pytest.raises(CannotBegin):
        actions.begin(procurement, by=cast["officer"], at=LATER)
    assert procurement.stage is Stage.NEED


def test_approval_is_not_sought_before_the_review(app: Flask, cast: Cast) -> None:
    procurement = an_appraisal(cast)
    with pytest.raises(MoveRefused, match="Send the appraisal to a reviewer"):
        move(procurement.only_lot, "seek approval", by=cast["officer"], at=LATER)
    assert procurement.stage is Stage.APPRAISING


# ── criteria ──


def _lines(appraisal: Appraisal, *weights: int) -> list[CriterionLine]:
    return [
        CriterionLine(one.name, one.definition, weight, one.is_cost, one.id)
        for one, weight in zip(appraisal.criteria, weights, strict=False)
    ]


def test_criteria_are_set_as_a_whole_and_keep_their_rows(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    appraisal = actions.begin(procurement, by=cast["officer"], at=LATER)
    actions.set_criteria(appraisal, demonstration.CRITERIA, by=cast["officer"], at=LATER)
    keys = [one.id for one in appraisal.criteria]
    kept = [*_lines(appraisal, 40, 30, 20)[:3], CriterionLine("Staff", "What it means for them.", 10)]
    actions.set_criteria(appraisal, kept, by=cast["officer"], at=LATER)
    assert [(one.name, one.weight) for one in appraisal.criteria] == [
        ("Stronger sector", 40), ("Reach to residents", 30), ("Cost over five years", 20), ("Staff", 10),
    ]  # fmt: skip
    assert [one.id for one in appraisal.criteria][:3] == keys[:3]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "Enter at least one criterion."),
        ([CriterionLine("A", "", 60), CriterionLine("B", "", 30)], "The weights add up to 90%. They must make 100%."),
        ([CriterionLine("A", "", 60), CriterionLine("a", "", 40)], "A stands in the table twice."),
        ([CriterionLine("A", "", 100), CriterionLine("B", "", 0)], "Give every criterion a weight of 1% or more."),
        ([CriterionLine(" ", "", 100)], "Give every criterion a name."),
        ([CriterionLine("A", "", 50, True), CriterionLine("B", "", 50, True)], "Only one criterion can be the cost."),
    ],
)
def test_criteria_that_can_not_be_weighed_leave_nothing_behind(
    app: Flask, cast: Cast, lines: list[CriterionLine], says: str
) -> None:
    appraisal = actions.begin(a_file(cast), by=cast["officer"], at=LATER)
    with pytest.raises(CriteriaRefused, match=says):
        actions.set_criteria(appraisal, lines, by=cast["officer"], at=LATER)
    assert db.session.scalar(select(func.count(Criterion.id))) == 0


def test_criteria_are_agreed_before_anything_is_scored(app: Flask, cast: Cast) -> None:
    appraisal = actions.begin(a_file(cast), by=cast["officer"], at=LATER)
    actions.set_criteria(appraisal, demonstration.CRITERIA, by=cast["officer"], at=LATER)
    demonstration.options(appraisal, cast)
    with pytest.raises(ScoreRefused, match="Record the day the criteria were agreed first"):
        demonstration.score(appraisal, cast)
    with pytest.raises(CriteriaRefused, match="can’t be in the future"):
        actions.agree_criteria(appraisal, days.REVIEWED, by=cast["officer"], at=LATER)
    actions.agree_criteria(appraisal, days.CRITERIA_AGREED, by=cast["officer"], at=LATER)
    demonstration.score(appraisal, cast)
    assert appraisal.has_scores


def test_weights_change_after_scoring_only_with_a_reason_and_must_be_agreed_again(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast, reviewed=True))
    lines = _lines(appraisal, 20, 25, 30, 15, 10)
    with pytest.raises(ReasonNeeded):
        actions.set_criteria(appraisal, lines, by=cast["officer"], at=AFTER_REVIEW)
    assert appraisal.criteria[0].weight == 30 and appraisal.reviewed_at is not None
    actions.set_criteria(
        appraisal, lines, by=cast["officer"], at=AFTER_REVIEW, note="Finance asked for more weight on cost."
    )
    assert appraisal.criteria_agreed_on is None and appraisal.reviewed_at is None


def test_saving_the_same_criteria_again_changes_nothing(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast, reviewed=True))
    actions.set_criteria(appraisal, _lines(appraisal, 30, 25, 20, 15, 10), by=cast["officer"], at=AFTER_REVIEW)
    assert appraisal.criteria_agreed_on == days.CRITERIA_AGREED and appraisal.reviewed_at is not None


def test_a_criterion_taken_out_takes_its_scores_along(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    actions.set_criteria(
        appraisal, _lines(appraisal, 40, 25, 20, 15), by=cast["officer"], at=LATER, note="Every option is in time."
    )
    assert len(appraisal.criteria) == 4
    assert db.session.scalar(select(func.count(OptionScore.id))) == 20
    removed = select(func.count()).where(TrailEntry.kind == "removed", TrailEntry.table_name == "option_score")
    assert db.session.scalar(removed) == 5


# ── options, scores, costs ──


def test_an_option_keeps_its_number_when_another_is_removed(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(ReasonNeeded):
        actions.remove_option(option(appraisal, 2), by=cast["officer"], at=LATER)
    actions.remove_option(option(appraisal, 2), by=cast["officer"], at=LATER, note="The day to extend has passed.")
    assert [one.number for one in appraisal.options] == [1, 3, 4, 5]
    for kind in (OptionScore, OptionCost, OptionRisk):
        assert not [row for row in db.session.scalars(select(kind)) if row.option.number == 2]


def test_the_preferred_option_is_not_removed(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(OptionRefused, match="This option is preferred"):
        actions.remove_option(option(appraisal, 4), by=cast["officer"], at=LATER, note="x")


def test_two_options_can_not_have_one_name(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(OptionRefused, match="Option 5 has this name already"):
        actions.add_option(
            appraisal, name="a grant programme", kind=OptionKind.GRANTS, by=cast["officer"], at=LATER
        )  # fmt: skip
    assert len(appraisal.options) == 5


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (Given(4, 1, 6, "Best."), "Stronger sector: a score is a whole number from 0 to 5."),
        (Given(4, 1, -1, "Worst."), "a whole number from 0 to 5"),
        (Given(4, 1, True, "Yes."), "a whole number from 0 to 5"),
        (Given(4, 1, 3, "  "), "Stronger sector: say why the score is 3."),
        (Given(9, 1, 3, "Why not."), "has been removed"),
    ],
)
def test_a_score_without_sense_or_reason_is_refused_whole(app: Flask, cast: Cast, given: Given, says: str) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    good = Given(4, 2, 1, "Fewer wards.")
    with pytest.raises(ScoreRefused, match=says):
        actions.score(appraisal, [good, given], by=cast["officer"], at=LATER)
    assert option(appraisal, 4).scores[1].score == 4


def test_costs_are_set_changed_and_taken_away_by_year(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    actions.set_costs(
        appraisal, {1: {2028: Decimal("17500.50"), 2029: Decimal(0)}, 2: {2029: None}}, by=cast["officer"], at=LATER
    )
    assert {cost.year: cost.net for cost in option(appraisal, 1).costs} == {2028: Decimal("17500.50"), 2029: 0}
    assert {cost.year for cost in option(appraisal, 2).costs} == {2028}
    with pytest.raises(Refusal):
        actions.set_costs(appraisal, {1: {2028: Decimal(-5)}}, by=cast["officer"], at=LATER)


def test_risks_and_options_not_taken_further_can_be_put_right_and_taken_away(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    risk = option(appraisal, 5).risks[0]
    actions.correct_risk(
        risk, text=risk.text, likelihood=2, impact=3, mitigation="Outreach", owner_post=cast.post(OFFICER),
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    assert risk.rating == 6
    actions.remove_risk(risk, by=cast["officer"], at=LATER)
    assert option(appraisal, 5).risks == []
    discarded = appraisal.discarded[0]
    actions.correct_discarded(discarded, name="Share a service", reason="No match.", by=cast["officer"], at=LATER)
    actions.remove_discarded(discarded, by=cast["officer"], at=LATER)
    assert [one.name for one in appraisal.discarded] == ["Call off a framework"]


# ── consultation, preference ──


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"took_place": False}, "none_reason"),
        ({"took_place": True}, "from_on"),
        ({"took_place": True, "from_on": date(2027, 5, 1), "until_on": date(2027, 4, 1)}, "until_on"),
        ({"took_place": True, "from_on": date(2027, 6, 1), "until_on": date(2027, 7, 1)}, "from_on"),
    ],
)
def test_a_consultation_needs_its_days_or_a_reason_for_none(
    app: Flask, cast: Cast, how: dict[str, object], field: str
) -> None:
    appraisal = actions.begin(a_file(cast), by=cast["officer"], at=LATER)
    with pytest.raises(ConsultationRefused) as refused:
        actions.record_consultation(appraisal, by=cast["officer"], at=LATER, **how)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert appraisal.consultation is None


def test_no_consultation_with_a_reason_counts_and_empties_the_rest(app: Flask, cast: Cast) -> None:
    procurement = an_appraisal(cast)
    appraisal = appraisal_of(procurement)
    actions.record_consultation(
        appraisal, took_place=False, none_reason="No change to the service is proposed.", by=cast["officer"], at=LATER
    )
    assert appraisal.consultation is not None and appraisal.consultation.events == []
    assert facts_of(procurement.only_lot, days.APPRAISAL).has_consultation


def test_an_option_is_preferred_with_reasons(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(PreferenceRefused, match="Say why option 5 is preferred"):
        actions.prefer(appraisal, option(appraisal, 5), reasons=[" "], rejections={}, by=cast["officer"], at=LATER)
    actions.prefer(
        appraisal, option(appraisal, 5), reasons=["Cheaper."], rejections={4: "Dearer."}, by=cast["officer"], at=LATER
    )
    assert appraisal.preferred is option(appraisal, 5)
    assert (option(appraisal, 4).rejected_reason, option(appraisal, 5).rejected_reason) == ("Dearer.", "")


# ── review ──


@pytest.mark.parametrize(("who", "says"), [("officer", "can’t be the officer"), ("engagement", "S. Lead gave scores")])
def test_the_reviewer_is_neither_author_nor_scorer(app: Flask, cast: Cast, who: str, says: str) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(ReviewerRefused, match=says):
        actions.send_to_reviewer(appraisal, cast[who], due_on=days.REVIEWED, by=cast["officer"], at=LATER)
    assert appraisal.reviewer is None


def test_half_an_appraisal_is_not_sent(app: Flask, cast: Cast) -> None:
    appraisal = actions.begin(a_file(cast), by=cast["officer"], at=LATER)
    with pytest.raises(NotWhole, match="Say who needs it"):
        actions.send_to_reviewer(
            appraisal, cast["commissioning"], due_on=days.REVIEWED, by=cast["officer"], at=LATER
        )  # fmt: skip


def test_only_the_reviewer_agrees_and_another_try_is_recorded(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast, sent=True))
    with pytest.raises(NotYourReview):
        actions.agree_as_reviewer(appraisal, post=cast.post(LAW), by=cast["law"], at=LATER)
    assert appraisal.reviewed_at is None
    assert any(words.startswith("tried and was refused") for words in said())
    with pytest.raises(ReviewerRefused, match="You don’t hold the post"):
        actions.agree_as_reviewer(appraisal, post=cast.post(LAW), by=cast["commissioning"], at=LATER)
    actions.agree_as_reviewer(appraisal, post=cast.post(COMMISSIONING), by=cast["commissioning"], at=LATER)
    assert (appraisal.reviewed_at, appraisal.reviewer_post) == (LATER, COMMISSIONING)


def _new_score(appraisal: Appraisal, cast: Cast) -> None:
    actions.score(appraisal, [Given(4, 1, 4, "A partner leads most of it.")], by=cast["officer"], at=AFTER_REVIEW)


def _new_cost(appraisal: Appraisal, cast: Cast) -> None:
    actions.set_costs(appraisal, {4: {2028: Decimal(112_000)}}, by=cast["officer"], at=AFTER_REVIEW)


def _new_preference(appraisal: Appraisal, cast: Cast) -> None:
    actions.prefer(
        appraisal, option(appraisal, 5), reasons=["Cheaper."], rejections={}, by=cast["officer"], at=AFTER_REVIEW
    )


def _new_option(appraisal: Appraisal, cast: Cast) -> None:
    actions.add_option(appraisal, name="Share", kind=OptionKind.SHARED, by=cast["officer"], at=AFTER_REVIEW)


@pytest.mark.parametrize("change", [_new_score, _new_cost, _new_preference, _new_option])
def test_a_change_of_what_is_compared_ends_the_review_and_says_so(app: Flask, cast: Cast, change: object) -> None:
    assert callable(change)
    procurement = an_appraisal(cast, reviewed=True)
    appraisal = appraisal_of(procurement)
    change(appraisal, cast)
    assert (appraisal.reviewed_at, appraisal.reviewer_post, appraisal.sent_to_reviewer_at) == (None, "", None)
    assert said()[-1].endswith(", which ended the review")
    with pytest.raises(MoveRefused):
        move(procurement.only_lot, "seek approval", by=cast["officer"], at=AFTER_REVIEW)


def test_a_word_put_right_does_not_end_the_review(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast, reviewed=True))
    actions.describe(appraisal, demand="141 groups use the service.", by=cast["officer"], at=AFTER_REVIEW)
    actions.correct_option(option(appraisal, 3), description="A team of five.", by=cast["officer"], at=AFTER_REVIEW)
    assert appraisal.reviewed_at is not None
    actions.correct_option(option(appraisal, 3), has_vat=True, by=cast["officer"], at=AFTER_REVIEW)
    assert appraisal.reviewed_at is None


def test_a_returned_appraisal_waits_for_the_officer_and_then_for_the_reviewer_again(app: Flask, cast: Cast) -> None:
    procurement = an_appraisal(cast, sent=True)
    appraisal, reviewer, officer = appraisal_of(procurement), cast["commissioning"], cast["officer"]
    with app.test_request_context():
        assert [one.what for one in waiting_for(reviewer, days.APPRAISAL)] == ["Review the options appraisal"]
        assert [(one.kind, one.who) for one in waiting_for(officer, days.APPRAISAL)] == [("owed", "R. Reviewer")]
        assert dates_of(procurement.only_lot, days.APPRAISAL) == [(days.REVIEWED, "Appraisal review due")]
        with pytest.raises(ReviewerRefused, match="Say what has to be mended"):
            actions.return_to_author(appraisal, because=" ", by=reviewer, at=LATER)
        actions.return_to_author(appraisal, because="Say more about option 3.", by=reviewer, at=LATER)
        assert waiting_for(reviewer, days.APPRAISAL) == []
        assert [one.what for one in waiting_for(officer, days.APPRAISAL)] == ["Mend the options appraisal"]
        demonstration.send(procurement, cast)
        assert appraisal.returned_because == ""
        assert len(waiting_for(reviewer, days.APPRAISAL)) == 1


def test_the_review_can_not_be_asked_for_by_a_day_that_has_passed(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    with pytest.raises(ReviewerRefused, match="can’t have passed"):
        actions.send_to_reviewer(
            appraisal, cast["commissioning"], due_on=days.APPRAISAL - timedelta(1), by=cast["officer"], at=LATER
        )


# ── changes later, and two at once ──


def test_once_approval_is_sought_every_change_needs_a_reason(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    demonstration.appraise(procurement, cast)
    appraisal = appraisal_of(procurement)
    with pytest.raises(ReasonNeeded):
        actions.describe(appraisal, demand="More.", by=cast["officer"], at=AFTER_REVIEW)
    actions.describe(appraisal, demand="More.", by=cast["officer"], at=AFTER_REVIEW, note="The census came out.")
    assert appraisal.demand == "More."
    note = db.session.scalars(select(TrailEntry.note).order_by(TrailEntry.id.desc())).first()
    assert note == "The census came out."


def test_a_second_saver_of_the_same_scores_is_told(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    seen = actions.mark_of(shown_scores(appraisal, [4]))
    other = actions.mark_of(shown_scores(appraisal, [5]))
    first = Given(4, 1, 4, "A partner leads most of it.")
    actions.score(appraisal, [first], by=cast["officer"], at=LATER, sees=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.score(appraisal, [replace(first, score=3)], by=cast["officer"], at=LATER, sees=seen)
    assert option(appraisal, 4).scores[0].score == 4
    actions.score(appraisal, [Given(5, 1, 2, "Few grow.")], by=cast["officer"], at=LATER, sees=other)


def test_a_second_saver_of_the_background_is_told(app: Flask, cast: Cast) -> None:
    appraisal = appraisal_of(an_appraisal(cast))
    seen = appraisal.version
    actions.describe(appraisal, demand="One.", by=cast["officer"], at=LATER, sees=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.describe(appraisal, demand="Two.", by=cast["officer"], at=LATER, sees=seen)


# ── the paper ──


def test_a_whole_appraisal_leaves_no_gap_in_its_paper(app: Flask, cast: Cast) -> None:
    procurement = an_appraisal(cast, reviewed=True)
    assert missing_from(paper.OPTIONS_APPRAISAL, procurement, by=cast["officer"], at=AFTER_REVIEW) == []


def test_the_paper_prints_what_the_rules_work_out(app: Flask, cast: Cast) -> None:
    facts = options_appraisal(an_appraisal(cast, reviewed=True), AFTER_REVIEW)
    appraisal = facts.appraisal
    assert isinstance(appraisal.options, tuple) and isinstance(appraisal.preferred, paper.PreferredOption)
    assert [(one.no, one.total, one.rank) for one in appraisal.options] == [
        (1, 30, 5), (2, 53, 4), (3, 56, 3), (4, 84, 1), (5, 61, 2),
    ]  # fmt: skip
    assert [one.cost_net for one in appraisal.options] == [18_000, 190_000, 722_000, 555_000, 520_000]
    assert appraisal.options[3].cost_present == Decimal("518711.79")
    assert str(appraisal.switching_sentence).startswith("Option 4 stays first while cost counts for 62% or less.")
    assert isinstance(appraisal.rejected, tuple) and [one.no for one in appraisal.rejected] == [1, 2, 3, 5]
    assert "30 June 2027" in str(appraisal.rejected[1].reason)


def test_an_appraisal_that_has_not_begun_is_all_gaps(app: Flask, cast: Cast) -> None:
    gaps = missing_from(paper.OPTIONS_APPRAISAL, a_file(cast), by=cast["officer"], at=LATER)
    assert "why it is needed" not in [gap.meaning for gap in gaps]
    assert len(gaps) > 10
    with app.test_request_context():
        linked = missing_from(paper.OPTIONS_APPRAISAL, a_begun_file(cast), by=cast["officer"], at=LATER)
    outcomes = next(gap for gap in linked if gap.meaning == "outcomes wanted")
    assert outcomes.href == f"/procurements/{REFERENCE}/appraisal/background"


def a_begun_file(cast: Cast) -> Procurement:
    """The file of this test with an appraisal of which nothing is written."""
    procurement = db.session.scalars(select(Procurement)).one()
    actions.begin(procurement, by=cast["officer"], at=LATER)
    return procurement
