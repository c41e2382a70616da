"""A contract’s life on rows: terms that roll, changes tested, indicators rated, notices owed, what is paid too late."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from procure.audit.actions import act
from procure.contract import life_actions, term_actions
from procure.contract.actions import (
    EndMissing,
    EndNotAgreed,
    RollLength,
    correct,
    end,
    record_contract,
    record_payment,
)  # fmt: skip
from procure.contract.change_actions import ChangeRefused, NoPowerToVary, record_change
from procure.contract.ending import decide_what_follows
from procure.contract.facts import attention_to
from procure.contract.life_facts import alerts_of, changes_of, performance_said, waiting_for, watched
from procure.contract.life_models import ContractChange
from procure.contract.life_rules import ExpiringKind, NoticeDuty, Rating, ReviewKind
from procure.contract.models import Contract
from procure.contract.rolling import roll_on_due
from procure.contract.rules import Attention, Term, Tier, WhatFollows
from procure.demonstration import days
from procure.demonstration.cast import MANAGER, Cast
from procure.extensions import db
from procure.law.modifications import Change, ChangeGround
from procure.law.regimes import Regime
from procure.suppliers.models import Supplier

TODAY = date(2027, 1, 25)
AT = days.at(TODAY)


def recorded(cast: Cast, **known: object) -> Contract:
    given: dict[str, object] = {
        "title": "Grounds maintenance", "supplier": Supplier(name="Smith & Sons <Ltd>"),
        "manager_post": cast.post(MANAGER), "starts_on": date(2025, 4, 1), "ends_on": date(2030, 3, 31),
        "value_net": Decimal("1000000"), "vat_percent": Decimal(0), "regime": Regime.PA2023,
    }  # fmt: skip
    return record_contract(**(given | known), by=cast["manager"], at=AT)  # type: ignore[arg-type]


def test_what_a_list_does_not_say_stays_empty(app: Flask, cast: Cast) -> None:
    contract = recorded(cast, supplier=None, manager_post=None, starts_on=None, ends_on=None, value_net=None)
    assert (contract.supplier_name, contract.owner_name, contract.value_said) == ("Not stated", "Nobody", "Not stated")
    assert attention_to(contract, TODAY) is Attention.NO_END


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({"term": Term.ROLLING}, RollLength),
        ({"term": Term.ROLLING, "roll_months": 12, "ends_on": None}, EndMissing),
        ({"term": Term.EVERGREEN}, EndNotAgreed),
        ({"ends_on": None, "option_months": (12,)}, EndMissing),
    ],
)
def test_terms_that_contradict_each_other_are_refused(
    app: Flask, cast: Cast, known: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        recorded(cast, **known)


def test_a_rolling_contract_rolls_on_the_day_after_its_notice_day_with_a_years_value(app: Flask, cast: Cast) -> None:
    contract = recorded(
        cast, starts_on=date(2025, 4, 1), ends_on=date(2027, 3, 31), term=Term.ROLLING, roll_months=12,
        notice_months=3, value_net=Decimal(200),
    )  # fmt: skip
    version = contract.terms_version
    assert roll_on_due(date(2026, 12, 31), days.at(date(2026, 12, 31))) == (0, [])
    assert roll_on_due(date(2027, 1, 1), days.at(date(2027, 1, 1))) == (1, [])
    assert (contract.ends_on, contract.value_net, contract.terms_version) == (
        date(2028, 3, 31),
        Decimal(300),
        version + 1,
    )
    assert roll_on_due(date(2027, 1, 1), days.at(date(2027, 1, 1))) == (0, [])


def test_a_rolling_contract_under_notice_does_not_roll(app: Flask, cast: Cast) -> None:
    contract = recorded(cast, ends_on=date(2027, 4, 30), term=Term.ROLLING, roll_months=1, notice_months=1)
    decide_what_follows(contract, WhatFollows.LET_LAPSE, "Nobody needs it.", by=cast["manager"], at=AT)
    assert roll_on_due(date(2027, 4, 1), days.at(date(2027, 4, 1))) == (0, [])
    assert contract.ends_on == date(2027, 4, 30)


def test_an_option_is_recorded_changed_and_taken_out_with_its_value(app: Flask, cast: Cast) -> None:
    contract = recorded(cast)
    option = term_actions.add_option(contract, months=12, because="Clause 4", by=cast["manager"], at=AT)
    assert option.exercise_by_on == date(2029, 6, 30) and contract.full_net == Decimal(1_200_000)
    term_actions.change_option(
        option, months=24, exercise_by_on=date(2029, 9, 30), price_net=Decimal(300_000), price_gross=Decimal(360_000),
        because="Clause 4.2", by=cast["manager"], at=AT,
    )  # fmt: skip
    assert contract.full_net == Decimal(1_300_000) and contract.open_options[0].ends_on == date(2032, 3, 31)
    with pytest.raises(term_actions.TermsRefused, match="Say why"):
        term_actions.remove_option(option, because=" ", by=cast["manager"], at=AT)
    term_actions.remove_option(option, because="Not in the contract", by=cast["manager"], at=AT)
    assert not contract.options and contract.full_net == Decimal(1_000_000)


def test_a_break_lies_inside_the_term(app: Flask, cast: Cast) -> None:
    contract, who = recorded(cast), {"by": cast["manager"], "at": AT}
    given = {"who_may": "council", "because": "Clause 9"}
    for wrong in (
        {"break_on": date(2031, 1, 1), "notice_by_on": date(2030, 1, 1)},
        {"break_on": date(2028, 1, 1), "notice_by_on": date(2028, 1, 2)},
    ):
        with pytest.raises(term_actions.TermsRefused):
            term_actions.add_break(contract, **given, **wrong, **who)  # type: ignore[arg-type]
    version = contract.terms_version
    term_actions.add_break(contract, **given, break_on=date(2028, 2, 29), notice_by_on=date(2027, 11, 29), **who)  # type: ignore[arg-type]
    assert contract.terms_version == version + 1


def test_a_change_follows_from_its_ground_and_a_signed_decision(app: Flask, cast: Cast) -> None:
    contract = recorded(cast)
    more = Change(ChangeGround.PROVIDED_FOR, Decimal("100001"))
    asked = {"made_on": TODAY, "what": "Two more parks", "because": "Clause 7", "by": cast["manager"], "at": AT}
    with pytest.raises(ChangeRefused, match="over 10%"):
        record_change(contract, Change(ChangeGround.NOT_SUBSTANTIAL, added_months=7), added_net=Decimal(0), **asked)  # type: ignore[arg-type]
    with pytest.raises(NoPowerToVary, match="No signed decision"):
        record_change(contract, more, added_net=Decimal("100001"), **asked)  # type: ignore[arg-type]
    assert not contract.changes and contract.value_gross == Decimal(1_000_000)


def test_a_clerical_change_needs_no_decision_and_brings_no_notice(app: Flask, cast: Cast) -> None:
    contract = recorded(cast)
    record_change(
        contract, Change(ChangeGround.NOT_SUBSTANTIAL), made_on=TODAY, what="A new address for invoices",
        because="They moved", added_net=Decimal(0), by=cast["manager"], at=AT,
    )  # fmt: skip
    assert not contract.life_notices and [row.added_gross for row in changes_of(contract)] == [0]
    assert "Scope: What is bought is not materially changed." in contract.changes[0].tested


def test_changes_add_up_and_split_ones_are_counted_together(app: Flask, cast: Cast) -> None:
    contract = recorded(cast)
    with act("brought in changes", on=contract, by=cast["manager"], at=AT):
        for number, added in enumerate((90_000, 90_000), start=1):
            db.session.add(
                ContractChange(
                    contract=contract, number=number, made_on=TODAY, what="More", because="x", added_net=Decimal(added),
                    added_gross=Decimal(added), ground=ChangeGround.BELOW_THRESHOLD,
                )
            )  # fmt: skip
    assert [row.added_gross for row in changes_of(contract)] == [90_000, 180_000]
    with pytest.raises(ChangeRefused, match="£270,000"):
        record_change(
            contract, Change(ChangeGround.BELOW_THRESHOLD, Decimal(90_000)), made_on=TODAY, what="More", because="x",
            added_net=Decimal(90_000), by=cast["manager"], at=AT,
        )  # fmt: skip


def test_an_indicator_is_rated_period_by_period_and_lateness_is_said(app: Flask, cast: Cast) -> None:
    contract, who = recorded(cast), {"by": cast["manager"], "at": AT}
    indicator = life_actions.add_indicator(
        contract, name="Grass", measure="Height", target="5 cm", every_months=3, first_due_on=date(2026, 9, 30),
        is_published=True, **who,
    )  # type: ignore[arg-type]  # fmt: skip
    assert [(row.due_on, row.is_late) for row in watched(contract, TODAY)] == [(date(2026, 9, 30), True)]
    assert performance_said(contract, TODAY).endswith("1 rating overdue.")
    given = {"from_on": date(2026, 7, 1), "until_on": date(2026, 9, 30)}
    with pytest.raises(life_actions.LifeRefused, match="Good"):
        life_actions.rate(indicator, rating=Rating.INADEQUATE, **given, **who)  # type: ignore[arg-type]
    life_actions.rate(indicator, rating=Rating.GOOD, **given, **who)  # type: ignore[arg-type]
    with pytest.raises(life_actions.LifeRefused, match="rated from"):
        life_actions.rate(indicator, rating=Rating.GOOD, **given, **who)  # type: ignore[arg-type]
    assert watched(contract, TODAY)[0].due_on == date(2026, 12, 31)


def test_published_indicators_bring_a_yearly_notice_and_publishing_it_the_next(app: Flask, cast: Cast) -> None:
    contract, who = recorded(cast), {"by": cast["manager"], "at": AT}
    life_actions.add_indicator(
        contract, name="Grass", measure="Height", target="5 cm", every_months=12, first_due_on=date(2026, 3, 31),
        is_published=True, **who,
    )  # type: ignore[arg-type]  # fmt: skip
    first = contract.life_notices[0]
    assert (first.duty, first.due_on) == (NoticeDuty.PERFORMANCE, date(2026, 3, 31))
    life_actions.publish_notice(first, published_on=date(2026, 3, 20), reference="2026/S 1", **who)  # type: ignore[arg-type]
    assert [one.due_on for one in contract.life_notices] == [date(2026, 3, 31), date(2027, 3, 31)]


def test_the_end_brings_the_termination_notice_in_thirty_days_and_what_is_paid_later_is_said(
    app: Flask, cast: Cast
) -> None:
    contract = recorded(cast, ends_on=date(2026, 11, 30))
    record_payment(contract, paid_on=date(2027, 1, 15), amount_gross=Decimal(500), by=cast["manager"], at=AT)
    with app.test_request_context():
        assert "£500 was paid after its last day" in alerts_of(contract, TODAY)[0][0]
    end(contract, date(2026, 11, 30), by=cast["manager"], at=AT)
    notice = contract.life_notices[0]
    assert (notice.duty, notice.due_on) == (NoticeDuty.TERMINATION, date(2026, 12, 29))
    with app.test_request_context():
        waits = {one.what: one for one in waiting_for(cast["manager"], TODAY)}
        assert waits["Stop the payments: Grounds maintenance"].note == "£500 was paid after its end"
        assert waits["Publish the contract termination notice: Grounds maintenance"].day == date(2026, 12, 29)
        assert any(
            "termination notice was due on 29 December 2026" in said for said, _, _ in alerts_of(contract, TODAY)
        )


def test_a_contract_of_the_old_law_owes_no_termination_notice(app: Flask, cast: Cast) -> None:
    contract = recorded(cast, ends_on=date(2026, 11, 30), regime=Regime.PCR2015)
    end(contract, date(2026, 11, 30), by=cast["manager"], at=AT)
    assert not contract.life_notices


def test_a_renewed_paper_takes_the_place_of_the_old_one(app: Flask, cast: Cast) -> None:
    contract, who = recorded(cast), {"by": cast["manager"], "at": AT}
    paper = life_actions.add_paper(contract, kind=ExpiringKind.CHECKS, expires_on=date(2027, 2, 1), **who)  # type: ignore[arg-type]
    with app.test_request_context():
        assert [one.day for one in waiting_for(cast["manager"], TODAY)] == [date(2027, 2, 1)]
    with pytest.raises(life_actions.LifeRefused):
        life_actions.renew_paper(paper, expires_on=date(2027, 2, 1), cover=None, **who)  # type: ignore[arg-type]
    life_actions.renew_paper(paper, expires_on=date(2028, 2, 1), cover=None, **who)  # type: ignore[arg-type]
    with app.test_request_context():
        assert not waiting_for(cast["manager"], TODAY)


def test_a_review_waits_from_a_month_before_its_day_until_it_is_held(app: Flask, cast: Cast) -> None:
    contract, who = recorded(cast), {"by": cast["manager"], "at": AT}
    soon = term_actions.plan_review(contract, kind=ReviewKind.ANNUAL, due_on=TODAY + timedelta(days=30), **who)  # type: ignore[arg-type]
    term_actions.plan_review(contract, kind=ReviewKind.END, due_on=TODAY + timedelta(days=31), **who)  # type: ignore[arg-type]
    with app.test_request_context():
        waits = waiting_for(cast["manager"], TODAY)
        assert [(one.what, one.day) for one in waits] == [("Hold the annual review: Grounds maintenance", soon.due_on)]
    term_actions.hold_review(soon, held_on=TODAY, outcome="Goes well.", **who)  # type: ignore[arg-type]
    with app.test_request_context():
        assert not waiting_for(cast["manager"], TODAY)


def test_a_correction_of_the_term_is_told_to_reminders_and_fills_in_the_year(app: Flask, cast: Cast) -> None:
    contract = recorded(cast, starts_on=None, ends_on=None, value_net=Decimal(1200))
    assert contract.annual_net is None
    version = contract.terms_version
    correct(
        contract, because="Found the contract", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31),
        by=cast["manager"], at=AT,
    )  # fmt: skip
    assert (contract.annual_net, contract.initial_ends_on, contract.terms_version) == (
        600,
        date(2027, 12, 31),
        version + 1,
    )


def test_the_tier_says_why(app: Flask, cast: Cast) -> None:
    contract = recorded(cast)
    with pytest.raises(term_actions.TermsRefused):
        term_actions.set_tier(contract, Tier.GOLD, because=" ", by=cast["manager"], at=AT)
    term_actions.set_tier(contract, Tier.GOLD, because="Children use it", by=cast["manager"], at=AT)
    assert contract.tier_reason == "Children use it"
