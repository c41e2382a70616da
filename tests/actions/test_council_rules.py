"""The council's rules and its scheme of delegation: dated, never reaching back, not changed by who holds the power."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.authority.models import Delegation
from procure.authority.power import delegation_for
from procure.authority.rules import ActKind, ConsultationMode
from procure.authority.scheme_actions import Paragraph, SchemeRefused, add_paragraph, end_paragraph
from procure.authority.scheme_facts import gaps_on, lines_of, rows_beside, scheme_rows
from procure.council import procedure_actions as actions
from procure.council.facts import call_in_days_on, rules_on, waiver_reasons_on
from procure.council.models import WaiverReason
from procure.demonstration import approval
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, FINANCE, LAW, Cast
from procure.extensions import db
from procure.people import actions as people
from procure.people.actions.administering import AdministratorNeeded
from procure.procurement.rules import Stage

TODAY = date(2027, 1, 25)
TOMORROW = TODAY + timedelta(days=1)


def test_rules_are_added_from_a_day_and_the_old_ones_stand_until_then(cast: Cast, now: datetime) -> None:
    by = cast["administrator"]
    actions.add_rules(from_on=date(2027, 4, 1), call_in_days=3, source="Constitution of 2027", by=by, at=now)
    assert (call_in_days_on(date(2027, 3, 31)), call_in_days_on(date(2027, 4, 1))) == (5, 3)
    found = rules_on(date(2027, 4, 1))
    assert found is not None and found.said_in == "Constitution of 2027, in force from 1 April 2027"
    assert verify().verified


def test_rules_never_reach_back_nor_begin_twice_nor_change_once_begun(cast: Cast, now: datetime) -> None:
    by = cast["administrator"]
    with pytest.raises(actions.RulesRefused, match="can’t begin in the past") as refused:
        actions.add_rules(from_on=TODAY - timedelta(days=1), call_in_days=3, by=by, at=now)
    assert refused.value.field == "from_on"
    to_come = actions.add_rules(from_on=TOMORROW, call_in_days=3, by=by, at=now)
    with pytest.raises(actions.RulesRefused, match="Choose another day"):
        actions.add_rules(from_on=TOMORROW, call_in_days=4, by=by, at=now)
    actions.correct_rules(to_come, from_on=TOMORROW, call_in_days=4, by=by, at=now)
    assert call_in_days_on(TOMORROW) == 4
    with pytest.raises(actions.RulesRefused, match="stay as they are"):
        actions.correct_rules(to_come, from_on=TOMORROW, call_in_days=5, by=by, at=now + timedelta(days=1))
    with pytest.raises(AdministratorNeeded):
        actions.add_rules(from_on=date(2028, 1, 1), call_in_days=3, by=cast["law"], at=now)
    assert call_in_days_on(TOMORROW) == 4


def test_the_first_rules_on_record_may_have_begun_long_ago(app: Flask, now: datetime) -> None:
    administrator = people.set_up_council(
        code=people.first_code(at=now) or "", council_name="Exampleton", name="A. Admin", email="a@x.example",
        post_name="Administrator", password="plum seventeen otter", at=now,
    )  # fmt: skip
    actions.add_rules(from_on=date(2010, 4, 1), call_in_days=2, by=administrator, at=now)
    assert call_in_days_on(date(2015, 1, 1)) == 2


def a_reason(cast: Cast, now: datetime, from_on: date = TODAY, name: str = "Emergency") -> WaiverReason:
    return actions.add_waiver_reason(
        name=name, words_="Harm is near.", max_net=Decimal(1000), max_months=1, source="Rules", from_on=from_on,
        by=cast["administrator"], at=now,
    )  # fmt: skip


def test_waiver_reasons_are_dated_and_stand_once_under_a_name(cast: Cast, now: datetime) -> None:
    row = a_reason(cast, now)
    with pytest.raises(actions.WaiverReasonRefused, match="stands already"):
        a_reason(cast, now, name="emergency")
    with pytest.raises(actions.WaiverReasonRefused, match="can’t begin in the past"):
        a_reason(cast, now, date(2027, 1, 24), "Other")
    actions.end_waiver_reason(row, until_on=TODAY, by=cast["administrator"], at=now)
    assert row in waiver_reasons_on(TODAY) and row not in waiver_reasons_on(TOMORROW)
    a_reason(cast, now, TOMORROW)


# ── the scheme ──


def a_paragraph(cast: Cast, **given: object) -> Paragraph:
    usual: dict[str, object] = {
        "number": "Part 3, paragraph 9", "words": "The head may.", "post": cast.post(COMMISSIONING),
        "acts": (ActKind.EXTEND, ActKind.VARY), "from_on": TODAY, "max_value_gross": Decimal(50_000), "max_months": 12,
        "consultees": ((cast.post(FINANCE), ConsultationMode.AGREE), (cast.post(LAW), ConsultationMode.FOLLOWING)),
    }  # fmt: skip
    return Paragraph(**(usual | given))  # type: ignore[arg-type]


def test_a_paragraph_becomes_one_row_for_each_act_with_its_consultees(cast: Cast, now: datetime) -> None:
    rows = add_paragraph(a_paragraph(cast), by=cast["law"], at=now)
    assert [row.act for row in rows] == [ActKind.EXTEND, ActKind.VARY]
    assert [(one.post.name, one.mode) for one in rows[0].consultees] == [
        (FINANCE, ConsultationMode.AGREE), (LAW, ConsultationMode.FOLLOWING),
    ]  # fmt: skip
    line = next(one for one in lines_of(scheme_rows(), cast["law"], TODAY) if one.number == rows[0].id)
    assert line.acts == (ActKind.EXTEND, ActKind.VARY) and line.paragraph == "Part 3, paragraph 9"
    assert verify().verified


@pytest.mark.parametrize(
    ("who", "given", "said"),
    [
        ("officer", {}, "Only an administrator or the Monitoring Officer can change the scheme."),
        ("director", {}, "Only an administrator or the Monitoring Officer"),
        ("administrator", {"from_on": date(2027, 1, 24)}, "can’t begin in the past"),
        ("administrator", {"min_value_gross": Decimal(60_000)}, "highest value must be more than the lowest"),
    ],
)
def test_what_is_refused_of_a_paragraph(
    cast: Cast, now: datetime, who: str, given: dict[str, object], said: str
) -> None:
    before = len(scheme_rows())
    with pytest.raises(SchemeRefused, match=said):
        add_paragraph(a_paragraph(cast, **given), by=cast[who], at=now)
    assert len(scheme_rows()) == before
    assert db.session.scalars(select(TrailEntry).where(TrailEntry.kind == "refused")).all(), "the try is on record"


def test_no_one_raises_their_own_limit(cast: Cast, now: datetime) -> None:
    with pytest.raises(SchemeRefused, match="No one raises their own limit") as refused:
        add_paragraph(a_paragraph(cast, post=cast.post(LAW), consultees=()), by=cast["law"], at=now)
    assert refused.value.who_can
    rows = add_paragraph(a_paragraph(cast, post=cast.post(LAW), consultees=()), by=cast["administrator"], at=now)
    with pytest.raises(SchemeRefused, match="No one raises their own limit"):
        end_paragraph(rows, until_on=TODAY, by=cast["law"], at=now)


def test_a_post_is_not_consulted_of_itself_nor_twice(cast: Cast, now: datetime) -> None:
    asked, by = ConsultationMode.CONSULT, cast["administrator"]
    with pytest.raises(SchemeRefused, match="about its own decision"):
        add_paragraph(a_paragraph(cast, consultees=((cast.post(COMMISSIONING), asked),)), by=by, at=now)
    twice = ((cast.post(LAW), asked), (cast.post(LAW), asked))
    with pytest.raises(SchemeRefused, match="stands twice"):
        add_paragraph(a_paragraph(cast, consultees=twice), by=by, at=now)


def test_a_paragraph_ends_for_all_its_acts_and_another_follows(cast: Cast, now: datetime) -> None:
    by, post = cast["administrator"], cast.post(DIRECTOR)
    row = next(one for one in scheme_rows() if one.post is post and one.act is ActKind.AWARD)
    with pytest.raises(SchemeRefused, match="End it first"):
        add_paragraph(
            a_paragraph(cast, number=row.scheme_paragraph, post=post, acts=(ActKind.AWARD,)), by=by, at=now
        )  # fmt: skip
    with pytest.raises(SchemeRefused, match="can’t be in the past"):
        end_paragraph(rows_beside(row), until_on=TODAY - timedelta(days=1), by=by, at=now)
    assert len(rows_beside(row)) == 3
    end_paragraph(rows_beside(row), until_on=TODAY, by=by, at=now)
    file = approval.scheme_purchase(cast, to=Stage.NEED)
    value = {"value_gross": Decimal(72_000), "max_months": 36}
    assert delegation_for(ActKind.AWARD, file, TODAY, **value) is row  # type: ignore[arg-type]
    assert delegation_for(ActKind.AWARD, file, TOMORROW, **value) is None  # type: ignore[arg-type]
    new = add_paragraph(
        a_paragraph(cast, number=row.scheme_paragraph, post=post, acts=(ActKind.AWARD,), from_on=TOMORROW,
                    max_value_gross=Decimal(90_000), max_months=36),
        by=by, at=now,
    )  # fmt: skip
    assert delegation_for(ActKind.AWARD, file, TOMORROW, **value) is new[0]  # type: ignore[arg-type]
    with pytest.raises(SchemeRefused, match="ended already"):
        end_paragraph(rows_beside(row), until_on=TOMORROW, by=by, at=now + timedelta(days=3))


def test_a_gap_in_the_scheme_is_told(cast: Cast, now: datetime) -> None:
    assert gaps_on(TODAY) == ()
    high = [row for row in scheme_rows() if row.max_value_gross == Decimal(120_000) and row.act is not ActKind.WAIVE]
    corporate = [row for row in scheme_rows() if row.max_value_gross == Decimal(499_999)]
    for row in (*high, *corporate):
        if row.until_on is None:
            end_paragraph(rows_beside(row), until_on=TODAY, by=cast["administrator"], at=now)
    assert gaps_on(TODAY) == ()
    assert gaps_on(TOMORROW)[0].startswith("No post may conduct the procurement, award or enter")
    assert db.session.scalars(select(Delegation).where(Delegation.until_on == TODAY)).all()
