"""The contract that comes of an award: nothing retyped, nobody signs in the standstill, and its letters begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.authority.actions import correct, send_to_decider
from procure.authority.consulting_actions import give_clearance
from procure.authority.mandate import mandate_of
from procure.authority.models import Decision, Delegation
from procure.authority.preparing_actions import Wanted, prepare_for
from procure.authority.publishing_actions import publish
from procure.authority.rules import ActKind, Interest, UseKind
from procure.authority.signing_actions import sign as sign_decision
from procure.contract.actions import AlreadyOpened, CannotSignYet, DatesOutOfOrder, open_from_award, sign
from procure.contract.ending import NoPowerToExtend, use_option, value_of_option
from procure.contract.facts import attention_to
from procure.contract.models import Contract
from procure.contract.rules import Attention, ContractState
from procure.demonstration import authority, days
from procure.demonstration.cast import DIRECTOR, MANAGER, the_cast
from procure.demonstration.contract import contract_from_award
from procure.demonstration.loading import move_today
from procure.demonstration.walk import the_contract, the_file
from procure.extensions import db
from procure.law.calendars import planning_england
from procure.procurement.actions import MoveRefused, move
from procure.procurement.rules import Stage
from procure.reminder.actions import plan
from procure.reminder.models import Reminder
from procure.reminder.rules.kinds import ReminderKind
from tests.signing_in import sign_in


@pytest.fixture
def app(at_stage: Callable[[str], Flask]) -> Flask:
    """The demonstration on Tuesday 23 November 2027: the award notice is out, the standstill runs."""
    return at_stage("standstill")


def test_the_contract_is_made_of_the_award_and_signed_after_the_standstill(app: Flask) -> None:
    cast, lot = the_cast(), the_file().only_lot
    assert lot.award is not None
    if lot.award.contract is None:
        with pytest.raises(MoveRefused):
            move(lot, "sign the contract", by=cast["officer"], at=days.at(days.CONTRACT_SIGNED))
    contract = lot.award.contract or open_from_award(
        lot.award, manager_post=cast.post(MANAGER), notice_months=6, reference="CON-2028-003", by=cast["officer"],
        at=days.at(days.STANDSTILL, 15),
    )  # fmt: skip
    with pytest.raises(AlreadyOpened):
        open_from_award(lot.award, manager_post=cast.post(MANAGER), by=cast["officer"], at=days.at(days.STANDSTILL, 16))
    _is_made_of_the_award(contract)
    plan(days.STANDSTILL, at=days.at(days.STANDSTILL, 16))
    assert not db.session.scalar(select(func.count(Reminder.id)).where(Reminder.contract == contract))
    _nobody_signs_in_the_standstill(contract)

    sign(contract, days.CONTRACT_SIGNED, by=cast["officer"], at=days.at(days.CONTRACT_SIGNED, 15))
    assert contract.state is ContractState.LIVE and contract.signed_by == cast["director"]
    assert lot.stage is Stage.CONTRACTED and lot.procurement.stage is Stage.CONTRACTED
    assert contract.authority_chain == " → ".join(
        (
            "Cabinet, 13 July 2027, item 92, resolution (v)",
            "Director of Policy and Participation may award and enter into the contract",
            "four consulted, one objects",
            "signed on 19 November 2027",
            "contract signed on 6 December 2027 by the Director of Policy and Participation",
        )
    )
    plan(days.CONTRACT_SIGNED, at=days.at(days.CONTRACT_SIGNED, 16))
    first = db.session.scalars(
        select(Reminder)
        .where(Reminder.contract == contract, Reminder.kind == ReminderKind.LADDER)
        .order_by(Reminder.due_on)
    ).first()
    assert first is not None and first.due_on == days.NEXT_REMINDER and first.send_on == date(2029, 9, 28)
    assert planning_england().covers(first.send_on)
    assert attention_to(the_contract(), days.CONTRACT_SIGNED) is Attention.DECIDED
    assert verify().verified


def _is_made_of_the_award(contract: Contract) -> None:
    assert (contract.reference, contract.supplier.name) == ("CON-2028-003", "Example Alliance")
    assert (contract.starts_on, contract.ends_on) == (date(2028, 4, 1), date(2031, 3, 31))
    assert (contract.value_net, contract.value_vat, contract.value_gross) == (270000, 54000, 324000)
    assert (contract.full_gross, contract.annual_gross) == (Decimal(540000), Decimal(108000))
    assert [(option.exercise_by_on, option.ends_on) for option in contract.open_options] == [
        (date(2030, 6, 30), date(2032, 3, 31)),
        (date(2031, 6, 30), date(2033, 3, 31)),
    ]


def _nobody_signs_in_the_standstill(contract: Contract) -> None:
    cast = the_cast()
    count = select(func.count(TrailEntry.id)).where(TrailEntry.file == contract.reference)
    before = db.session.scalar(count)
    for signed_on, at in ((date(2027, 12, 3), date(2027, 12, 3)), (date(2027, 12, 2), days.CONTRACT_SIGNED)):
        with pytest.raises(CannotSignYet, match="3 December 2027"):
            sign(contract, signed_on, by=cast["officer"], at=days.at(at))
    assert db.session.scalar(count) == (before or 0) + 2  # a refused signature stays on the file
    for signed_on in (date(2027, 12, 7), date(2027, 11, 1)):
        with pytest.raises(DatesOutOfOrder):
            sign(contract, signed_on, by=cast["officer"], at=days.at(days.CONTRACT_SIGNED))
    db.session.refresh(contract)
    assert contract.state is ContractState.TO_SIGN and contract.signed_on is None


def test_an_officer_prepares_and_signs_on_the_pages(app: Flask, client: FlaskClient) -> None:
    cast = the_cast()
    move_today(days.CONTRACT_SIGNED)
    sign_in(client, cast["officer"])
    path = "/procurements/PRO-2027-014/contract"
    page = client.get(path).text
    assert "Example Alliance" in page and "£540,000 including VAT" in page
    missing = client.post(path, data={"exercise_months": "9", "notice_months": "6"})
    assert missing.status_code == 422 and "Choose the post that looks after the contract" in missing.text
    data = {"exercise_months": "9", "notice_months": "6", "manager_post_id": str(cast.post(MANAGER).id)}
    assert client.post(path, data=data).status_code == 302
    assert "Record the signed contract" in client.get(path).text
    too_early = client.post(path, data={"signed_on": "2 12 2027"})
    assert too_early.status_code == 422 and "standstill" in too_early.text
    answer = client.post(path, data={"signed_on": "6 12 2027"})
    assert answer.status_code == 302 and answer.location.startswith("/contracts/CON-2028-")
    overview = client.get(answer.location).text
    assert "Nothing needs deciding yet." in overview and "30 September 2029" in overview
    assert client.get(path).location == answer.location
    assert "may award and enter into the contract" in client.get(f"{answer.location}/terms").text


def test_the_demonstration_has_both_contracts(app: Flask) -> None:
    award = the_file().only_lot.award
    assert award is not None
    if award.contract is None:
        contract_from_award(award, the_cast())
    assert db.session.scalar(select(func.count(Contract.id))) == 2


def test_an_option_is_used_with_a_power_that_covers_it_and_a_signed_decision(app: Flask) -> None:
    award = the_file().only_lot.award
    assert award is not None
    cast = the_cast()
    contract, on = award.contract or contract_from_award(award, cast), days.at(date(2030, 6, 3))
    option = contract.options[0]
    power = _power_to_extend(contract, Decimal("100000"))
    with pytest.raises(NoPowerToExtend, match="is more than the £100,000"):
        use_option(option, because="Still needed", performance="On target", by=cast["manager"], at=on)
    with act("raised the limit", on="council", by=cast["director"], at=on):
        power.max_value_gross = Decimal("108000")
    with pytest.raises(NoPowerToExtend, match="hasn’t been signed"):
        use_option(option, because="Still needed", performance="On target", by=cast["manager"], at=on)
    decision = _signed_decision(contract)
    use_option(option, because="Still needed", performance="On target", by=cast["manager"], at=on)
    assert contract.ends_on == date(2032, 3, 31) and contract.value_gross == 432000
    assert option.decision == decision and option.used_on == date(2030, 6, 3)
    assert [(use.kind, use.about) for use in decision.uses] == [(UseKind.EXTENSION, f"{contract.reference}, option 1")]
    with app.test_request_context():
        chain = mandate_of(decision, on.date())
    assert chain.sentence.startswith("The scheme of delegation (Part 3, paragraph 4.3) gives the Director")
    assert "signed the extension with Example Alliance, £108,000 including VAT." in chain.sentence
    with pytest.raises(NoPowerToExtend):
        use_option(contract.options[1], because="Still needed", performance="On target", by=cast["manager"], at=on)
    assert verify().verified


def _power_to_extend(contract: Contract, limit: Decimal) -> Delegation:
    cast, on = the_cast(), days.at(days.CONTRACT_SIGNED)
    with act("gave a power", on="council", by=cast["director"], at=on):
        power = Delegation(
            scheme_paragraph="Part 3, paragraph 4.3", scheme_words="May extend.", act=ActKind.EXTEND,
            post=cast.post(DIRECTOR), procurement=the_file(), from_on=days.CONTRACT_SIGNED, max_value_gross=limit,
            max_months=12,
        )  # fmt: skip
        db.session.add(power)
    return power


def _signed_decision(contract: Contract) -> Decision:
    """Prepared for the post with the power, commented on, sent, signed and published, as any decision."""
    cast, officer, on = the_cast(), the_cast()["officer"], days.at(date(2030, 5, 20))
    added = value_of_option(contract.options[0])
    wanted = Wanted(ActKind.EXTEND, ("It met every measure.",), added=added, months=12, by_option=True)
    decision = prepare_for(wanted, contract=contract, by=officer, at=on)
    assert (decision.total_gross, decision.supplier) == (contract.full_gross, contract.supplier)
    correct(decision, summary="It has performed well.", by=officer, at=on)
    for one in decision.clearances:
        give_clearance(one, "In the budget.", by=one.post.holder_on(on.date()), at=on)
    send_to_decider(decision, by=officer, at=on)
    sign_decision(decision, interest=Interest.NONE, by=cast["director"], at=on)
    authority.decide_about_papers(decision, cast)
    publish(decision, on.date(), by=officer, at=on)
    return decision
