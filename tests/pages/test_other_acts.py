"""By hand: an act other than an award is prepared or refused, conditions are spoken to, a use is recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority.models import Decision, Delegation
from procure.authority.rules import ActKind, DecisionState
from procure.council.models import Demonstration
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import MANAGER, Cast
from procure.demonstration.days import at
from procure.extensions import db
from tests.actions.test_powers_at_work import a_row_of_the_scheme, an_old_contract, signed
from tests.an_award import a_lot_to_award
from tests.signing_in import sign_in

CHOOSE = "/procurements/PRO-2027-014/decisions/new"
HERE = "/decisions/ODR-2027-118"


def on_the_day(day: date) -> None:
    db.session.add(Demonstration(today=day))
    db.session.commit()


def test_the_conditions_are_asked_in_the_words_of_the_power(client: FlaskClient, cast: Cast) -> None:
    demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    on_the_day(days.PREPARED)
    sign_in(client, cast["officer"])
    text = client.get(f"{HERE}/conditions").text
    assert "How is this met: “In line with the priorities of the Strategy”?" in text
    empty = client.post(f"{HERE}/conditions", data={"how_0": " "})
    assert empty.status_code == 422 and "Say how this is met" in empty.text
    answer = client.post(f"{HERE}/conditions", data={"how_0": "It serves <b>two</b> of them."})
    assert answer.status_code == 302
    assert "It serves &lt;b&gt;two&lt;/b&gt; of them." in client.get(f"{HERE}/conditions").text
    sign_in(client, cast["auditor"])
    assert "<textarea" not in client.get(f"{HERE}/conditions").text
    assert client.post(f"{HERE}/conditions", data={"how_0": "No."}).status_code == 403


def test_b9_by_hand_another_company_is_refused_at_the_field_and_nothing_is_lost(
    client: FlaskClient, cast: Cast
) -> None:
    lot = signed(cast).lot
    assert lot is not None
    on_the_day(date(2027, 12, 6))
    sign_in(client, cast["officer"])
    text = client.get(CHOOSE).text
    assert "Nobody has been given the power to do anything else." in text
    assert "Democratic services can record the resolution that gives it." in text
    ids = {bid.supplier.name: str(bid.supplier_id) for bid in lot.bids}
    typed = {"words": "A lease of the rooms.", "added_net": "1000", "vat_percent": "20"}
    answer = client.post(f"{CHOOSE}/ancillary", data=typed | {"supplier_id": ids["Example Trust"]})
    assert answer.status_code == 422 and "A lease of the rooms." in answer.text
    assert "Example Trust isn’t “the successful partner”, so this is outside the power." in answer.text
    missing = client.post(f"{CHOOSE}/ancillary", data=typed)
    assert missing.status_code == 422 and "Choose with whom the agreement is" in missing.text
    answer = client.post(f"{CHOOSE}/ancillary", data=typed | {"supplier_id": ids["Example Alliance"]})
    assert answer.status_code == 302
    made = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert made is not None and made.act is ActKind.ANCILLARY and made.value_gross == Decimal("1200.00")
    assert answer.location == f"/decisions/{made.reference}/prepare"
    assert "What it still needs" in client.get(f"/decisions/{made.reference}/by-what-right").text


def test_a_contract_names_who_decides_each_act_and_prepares_it(client: FlaskClient, cast: Cast) -> None:
    contract = an_old_contract(cast)
    row = a_row_of_the_scheme(cast, ActKind.EXTEND, 24000)
    on_the_day(date(2027, 12, 6))
    choose, option = f"/contracts/{contract.reference}/decisions/new", f"/contracts/{contract.reference}/options/1"
    sign_in(client, cast["officer"])
    text = client.get(choose).text
    assert f"The {row.post.name} decides. Up to £24,000 including VAT, up to two years." in text
    assert "Nobody has been given the power to do anything else." in text
    closed = client.get(f"{choose}/other").text
    assert "Nobody can decide this" in closed and "Draft the decision" not in closed
    assert "The decision to extend hasn’t been signed." in client.get(option).text
    form = client.get(f"{choose}/extend").text
    assert 'value="12"' in form and "20,000" in form
    answer = client.post(f"{choose}/extend", data={"months": "12", "added_net": "20000", "vat_percent": "20"})
    assert answer.status_code == 302
    assert "Smith &amp; Sons &lt;Ltd&gt;" in client.get(answer.location).text
    here = answer.location.removesuffix("/prepare")
    for part in ("/views", "/clearances", "/read", "/conditions", "/by-what-right", "/log"):
        assert client.get(f"{here}{part}").status_code == 200, part
    assert client.get("/my-work").status_code == client.get("/decisions").status_code == 200
    chain = client.get(f"/contracts/{contract.reference}/by-what-right").text
    assert "nothing is signed yet" in chain
    assert f"{here}/withdraw" in client.get(f"{here}/prepare").text
    assert client.post(f"{here}/withdraw", data={"reason": ""}).status_code == 422
    assert client.post(f"{here}/withdraw", data={"reason": "The sum was wrong."}).location == choose
    assert "No decision is on record" in client.get(f"/contracts/{contract.reference}/by-what-right").text
    sign_in(client, cast["manager"])
    assert client.get(choose).status_code == 403
    assert "Prepare the decision to extend" not in client.get(option).text


def test_what_an_act_without_a_room_was_used_for_is_said_on_its_decision(client: FlaskClient, cast: Cast) -> None:
    _a_signed_variation(cast)
    on_the_day(date(2027, 12, 6))
    sign_in(client, cast["officer"])
    here = "/decisions/ODR-2027-900"
    assert "Say what it was used for" in client.get(f"{here}/by-what-right").text
    late = client.post(f"{here}/use", data={"what": "The deed was signed.", "on": "7 12 2027"})
    assert late.status_code == 422 and "The day can’t be in the future." in late.text
    assert client.post(f"{here}/use", data={"what": "The deed was signed.", "on": "6 12 2027"}).status_code == 302
    assert "The deed was signed, 6 December 2027." in client.get(f"{here}/by-what-right").text
    sign_in(client, cast["auditor"])
    assert "Say what it was used for" not in client.get(f"{here}/by-what-right").text


def _a_signed_variation(cast: Cast) -> None:
    contract, when = an_old_contract(cast), at(date(2027, 12, 3))
    with act("signed a variation", on=contract, by=Machine("test"), at=when):
        row = Delegation(
            act=ActKind.VARY, post=cast.post(MANAGER), scheme_paragraph="Part 3, 4.5", scheme_words="To vary.",
            max_value_gross=Decimal(5000), max_months=12, from_on=date(2024, 4, 1),
        )  # fmt: skip
        db.session.add(row)
        decision = Decision(
            reference="ODR-2027-900", title="Vary", act=ActKind.VARY, state=DecisionState.SIGNED, contract=contract,
            post=cast.post(MANAGER), delegation=row, prepared_by=cast["officer"], prepared_at=when, signed_at=when,
            signed_by=cast["manager"], digest="0" * 64, published_on=date(2027, 12, 3), supplier=contract.supplier,
        )  # fmt: skip
        db.session.add(decision)


def test_by_what_right_reads_from_cabinet_s_words_to_the_signature(client: FlaskClient, cast: Cast) -> None:
    signed(cast)
    on_the_day(days.SIGNING)
    sign_in(client, cast["auditor"])
    text = client.get(f"{HERE}/by-what-right").text
    assert "On 13 July 2027 Cabinet, in item 92, resolution (v), gave the Director of Policy and Participation" in text
    assert "one objected; and on 19 November 2027 the Director of Policy and Participation signed the award" in text
    assert "Everything it rests on" in text and "<form" not in text.split("<main")[1].split("</main")[0]
