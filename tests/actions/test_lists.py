"""Bringing in a council's own list: what is read, compared, changed, and what a person's own word is worth."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.contract.actions import correct
from procure.contract.models import Contract
from procure.contract.rules import ContractState, Term, ValueBasis
from procure.demonstration.cast import MANAGER, Cast
from procure.extensions import db
from procure.register.list_actions import receiving
from procure.register.list_actions.bringing import CheckAgain
from procure.register.list_actions.checking import Counts
from procure.register.list_actions.keeping import CHANGES, LOOK, MEND, lines_of, opened
from procure.register.list_models import ContractList
from procure.register.list_rules.fields import Holds, NotAList
from procure.register.list_rules.steps import ListState
from procure.reminder.models import PlanRequest
from procure.suppliers.models import Supplier

NOW = datetime(2027, 1, 25, 10, 0, tzinfo=UTC)
HEAD = "Ref.,Contract Title,Awarded to,TCV (ex VAT),Start,Finish,Contract Manager\n"
MESSY = (
    "Contracts register as at 1 November 2026,,,,,,\n,,,,,,\n"
    + HEAD
    + f'C-0012,Translation &amp; interpreting,Example Words Ltd,"£ 48,000",1.4.25,31.3.28,{MANAGER}\n'
    "C-0013,Home library,Example Books,96400,01/05/2025,29/02/2028,Nobody Known\n"
    'C-0014,Debt advice,Smith & Sons <Ltd>,"12,000.50",01/04/2026,31/02/2027,\n'
    'C-0015,Park benches,Bench Co Limited,"£12,00O",01/04/2026,31/03/2027,\n'
    "C-0016,Bus shelters,NOT AWARDED,5000,01/04/2026,31/03/2027,\n"
    "C-0017,Kiosk lease,Bench Co Ltd.,0,1 April 2026,31 March 2025,\n"
    "C-0012,Key safes,=cmd|' /C calc'!A0,100,29/02/2028,,\n"
    ",Bailiff services,Collect plc,250000,01/01/2026,ongoing,\n"
    ",,,,,,just a note\n"
    'Total,,,"411,500.50",,,\n'
)


def received(text: str | bytes, name: str = "register.csv", **more: Any) -> ContractList:
    content = text.encode() if isinstance(text, str) else text
    return receiving.receive(name, io.BytesIO(content), by=more.pop("by", None), at=NOW, **more)


def checked(found: ContractList) -> Counts:
    receiving.begin_check(found)
    return receiving.check(found, at=NOW)


def brought(found: ContractList, by: Any) -> None:
    receiving.begin_bringing(found)
    receiving.bring(found, by=by, at=NOW)


def taken(text: str | bytes, by: Any, **more: Any) -> Counts:
    """A list taken in, checked and brought in."""
    found = received(text, **more)
    counts = checked(found)
    if counts.created or counts.updated:
        brought(found, by)
    return counts


def contract(said: str) -> Contract:
    return db.session.scalars(select(Contract).where(Contract.source_reference == said)).one()


def test_a_messy_register_comes_in_with_what_is_doubtful_left_empty(app: Flask, cast: Cast) -> None:
    counts = taken(MESSY, cast["officer"])

    assert (counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected) == (10, 8, 0, 0, 2)
    assert counts.value_sum == Decimal("411500.50")
    assert [(one["row"], one["reason"]) for one in counts.rejects] == [
        (12, "The row has no title and no reference"), (13, "This is a total, not a contract"),
    ]  # fmt: skip
    first = contract("C-0012")
    assert (first.title, first.supplier_name, first.owner_name) == (
        "Translation & interpreting",
        "Example Words Ltd",
        MANAGER,
    )
    assert (first.starts_on, first.ends_on, first.value_net) == (
        date(2025, 4, 1),
        date(2028, 3, 31),
        Decimal("48000.00"),
    )
    assert first.value_basis is ValueBasis.NET
    assert contract("C-0013").ends_on == date(2028, 2, 29)
    assert contract("C-0013").manager_post is None
    assert contract("C-0014").ends_on is None
    assert contract("C-0015").value_stated is None
    assert contract("C-0016").supplier is None
    assert (contract("C-0017").ends_on, contract("C-0017").value_stated) == (None, None)
    bailiffs = db.session.scalars(select(Contract).where(Contract.title == "Bailiff services")).one()
    assert (bailiffs.term, bailiffs.ends_on) == (Term.EVERGREEN, None)
    safes = db.session.scalars(select(Contract).where(Contract.title == "Key safes")).one()
    assert safes.source_reference == ""
    assert first.supplier is not contract("C-0015").supplier
    assert contract("C-0015").supplier is contract("C-0017").supplier, "Bench Co Limited is Bench Co Ltd."
    assert verify().verified


def test_the_next_round_is_asked_to_plan_the_reminders_of_what_came_in(app: Flask, cast: Cast) -> None:
    taken(MESSY, cast["officer"])

    asked = set(db.session.scalars(select(PlanRequest.of)))
    assert {f"contract:{one.id}" for one in db.session.scalars(select(Contract))} <= asked


def test_the_same_list_twice_changes_nothing(app: Flask, cast: Cast) -> None:
    taken(MESSY, cast["officer"])
    before = db.session.scalar(select(func.count(TrailEntry.id)))

    again = taken(MESSY, cast["officer"])

    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 8, 2)
    assert db.session.scalar(select(func.count(TrailEntry.id))) == before


def test_a_list_is_one_act_with_an_entry_for_each_contract(app: Flask, cast: Cast) -> None:
    taken(MESSY, cast["officer"])

    entries = list(db.session.scalars(select(TrailEntry).where(TrailEntry.said == "brought in 8 contracts")))
    assert len({entry.act_id for entry in entries}) == 1
    assert sum(entry.table_name == "contract" for entry in entries) == 8
    assert sum(entry.table_name == "supplier" for entry in entries) == 6
    own = next(entry for entry in entries if entry.table_name is None)
    assert own.file == "LIST-2027-001"
    assert "8 created, 0 updated, 0 left as they were, 2 not read" in (own.note or "")


def test_a_later_list_updates_by_reference_and_shows_what_changes(app: Flask, cast: Cast) -> None:
    taken(HEAD + "A1,Cleaning,Clean Ltd,1000,01/04/2025,31/03/2027,\nA2,Catering,Cook Ltd,2000,,,\n", cast["officer"])

    later = received(HEAD + "A2,Catering,Cook Ltd,2000,,,\nA1,Cleaning,Shine Ltd,1500,01/04/2025,31/03/2029,\n")
    counts = checked(later)

    assert (counts.created, counts.updated, counts.unchanged) == (0, 1, 1)
    differences = {(line["field"], line["old"], line["new"]) for line in lines_of(later.kept_under, CHANGES)}
    assert ("ends_on", "2027-03-31", "2029-03-31") in differences
    assert ("value_stated", "1000.00", "1500.00") in differences
    assert contract("A1").ends_on == date(2027, 3, 31), "a dry run changes nothing"
    brought(later, cast["officer"])
    found = contract("A1")
    assert (found.ends_on, found.supplier_name, found.value_net) == (date(2029, 3, 31), "Shine Ltd", Decimal("1500.00"))
    assert found.terms_version == 2
    assert verify().verified


def test_what_a_person_put_right_here_is_kept_until_somebody_says_the_list_is_right(app: Flask, cast: Cast) -> None:
    taken(HEAD + "A1,Cleaning,Clean Ltd,1000,01/04/2025,31/03/2027,\n", cast["officer"])
    correct(contract("A1"), because="a slip", by=cast["officer"], at=NOW, title="Cleaning of schools", **as_it_is("A1"))

    later = received(HEAD + "A1,Cleaning of all schools,Clean Ltd,1000,01/04/2025,31/03/2029,\n")
    counts = checked(later)

    assert counts.kept_here == 1
    kept = {line["field"]: line["is_kept"] for line in lines_of(later.kept_under, CHANGES)}
    assert kept == {"title": True, "ends_on": False}
    brought(later, cast["officer"])
    assert (contract("A1").title, contract("A1").ends_on) == ("Cleaning of schools", date(2029, 3, 31))

    again = received(HEAD + "A1,Cleaning of all schools,Clean Ltd,1000,01/04/2025,31/03/2029,\n")
    assert checked(again).kept_here == 1, "it is shown until it is settled"
    receiving.choose_theirs(again, True)
    assert checked(again).updated == 1
    brought(again, cast["officer"])
    assert contract("A1").title == "Cleaning of all schools"
    assert verify().verified


def as_it_is(said: str) -> dict[str, Any]:
    """The sums a correction needs, where the list gave only one of them."""
    found = contract(said)
    return {"value_net": found.value_net, "value_vat": Decimal("0.00")}


def test_a_contract_changed_after_the_dry_run_is_not_overwritten(app: Flask, cast: Cast) -> None:
    taken(HEAD + "A1,Cleaning,Clean Ltd,1000,01/04/2025,31/03/2027,\n", cast["officer"])
    later = received(HEAD + "A1,Cleaning,Clean Ltd,1000,01/04/2025,31/03/2029,\nA2,New,New Ltd,5,,,\n")
    checked(later)
    correct(contract("A1"), because="a slip", by=cast["officer"], at=NOW, title="Other", **as_it_is("A1"))

    with pytest.raises(CheckAgain):
        brought(later, cast["officer"])

    db.session.expire_all()
    assert contract("A1").ends_on == date(2027, 3, 31)
    assert db.session.scalars(select(Contract).where(Contract.source_reference == "A2")).first() is None
    assert verify().verified


def test_our_own_reference_finds_our_own_contract(app: Flask, cast: Cast) -> None:
    taken(HEAD + "A1,Cleaning,Clean Ltd,1000,01/04/2025,31/03/2027,\n", cast["officer"])
    ours = contract("A1").reference

    counts = checked(received(f"Reference,Title,End date\n{ours},Cleaning,31/03/2027\n", "export.csv"))

    assert (counts.created, counts.unchanged) == (0, 1)


def test_the_same_reference_in_another_source_for_another_thing_is_another_contract(app: Flask, cast: Cast) -> None:
    taken("Ref,Title,Supplier\n1,Cleaning,Clean Ltd\n", cast["officer"], source="Housing")
    taken("Ref,Title,Supplier\n1,Street lights,Bright Ltd\n", cast["officer"], source="Highways")

    assert db.session.scalar(select(func.count(Contract.id))) == 2
    again = checked(received("Ref,Title,Supplier\n1,Street lights,Bright Ltd\n", source="Highways"))
    assert again.unchanged == 1


def test_rows_without_a_reference_are_known_again_by_what_they_say(app: Flask, cast: Cast) -> None:
    text = "Title,Supplier,Start date\nGrit,Salt Ltd,01/11/2026\nGrit,Salt Ltd,01/11/2026\nGrit,Salt Ltd,01/11/2027\n"
    assert taken(text, cast["officer"]).created == 3
    assert taken(text, cast["officer"]).unchanged == 3


def test_a_supplier_is_known_again_by_its_number_whatever_its_name(app: Flask, cast: Cast) -> None:
    head = "Title,Supplier,Company number\n"
    taken(head + "One,Alpha Limited,1234567\nTwo,ALPHA (2019) LTD,01234567\nThree,alpha ltd,\n", cast["officer"])

    assert len({one.supplier_id for one in db.session.scalars(select(Contract))}) == 1
    assert [one.company_number for one in db.session.scalars(select(Supplier))] == ["01234567"]


def test_rows_to_mend_are_the_file_s_own_with_the_reason_and_no_formula(app: Flask, cast: Cast) -> None:
    found = received(MESSY)
    checked(found)

    with opened(found.kept_under, MEND) as kept:
        rows = list(csv.reader(io.StringIO(kept.read().decode("utf-8-sig"))))
    assert rows[0][:3] == ["Ref.", "Contract Title", "Awarded to"]
    assert rows[0][-3:] == ["Row in the file", "Why", "How to mend it"]
    assert rows[2][-2] == "This is a total, not a contract"
    with opened(found.kept_under, LOOK) as kept:
        assert "'=cmd|' /C calc'!A0" in kept.read().decode("utf-8-sig")


def test_the_columns_of_a_source_are_remembered(app: Flask, cast: Cast) -> None:
    text = "Code,What,Who,Until\nX1,Cleaning,Clean Ltd,31/03/2027\n"
    found = received(text)
    mine = {Holds.REFERENCE: 0, Holds.TITLE: 1, Holds.SUPPLIER: 2, Holds.END: 3}
    receiving.choose_columns(found, mine, source="Housing", default_post_id=cast.post(MANAGER).id, at=NOW)
    checked(found)
    brought(found, cast["officer"])

    later = received(text.replace("31/03/2027", "31/03/2028"))

    assert receiving.columns_of(later.columns) == mine
    assert (later.source, later.default_post_id) == ("Housing", cast.post(MANAGER).id)
    assert contract("X1").owner_name == MANAGER
    assert checked(later).updated == 1


def test_two_who_press_at_once_bring_it_in_once(app: Flask, cast: Cast) -> None:
    found = received(MESSY)
    checked(found)
    brought(found, cast["officer"])

    assert found.state is ListState.DONE
    with pytest.raises(receiving.NotNow):
        receiving.begin_bringing(found)
    with pytest.raises(receiving.NotNow):
        receiving.bring(found, by=cast["officer"], at=NOW)
    db.session.expire_all()
    assert db.session.scalar(select(func.count(Contract.id))) == 8
    assert verify().verified


def test_references_go_on_after_a_thousand(app: Flask, cast: Cast) -> None:
    rows = "".join(f"R{n},Thing {n},Same Ltd,10,01/02/2026,,\n" for n in range(1005))
    taken(HEAD + rows, cast["officer"])

    one_more = taken(HEAD + "R9999,One more,Same Ltd,10,01/02/2026,,\n", cast["officer"])

    assert one_more.created == 1
    assert contract("R9999").reference == "CON-2026-1006"


def test_a_workbook_with_several_sheets_proposes_the_one_with_contracts(app: Flask, cast: Cast, tmp_path: Path) -> None:
    book = Workbook()
    notes = book.active
    notes.title = "Read me"
    notes.append(["This register is kept by", "Procurement"])
    live = book.create_sheet("Live")
    live.append(["London Borough of Example"])
    live.append([])
    live.append(["Contract ref", "Contract title", "Supplier", "Start date", "End date", "Value inc VAT", "Status"])
    live.append(["W1", "Lifts", "Up Ltd", datetime(2026, 4, 1), 46843, 1200.5, "Live"])
    live.append(["W2", "Stairs", "Down Ltd", "1st April 2020", date(2021, 3, 31), "£2.5k", "Expired"])
    book.save(tmp_path / "book.xlsx")

    counts = taken((tmp_path / "book.xlsx").read_bytes(), cast["officer"], name="book.xlsx")

    assert (counts.rows, counts.created, counts.value_sum) == (2, 2, Decimal("3700.50"))
    assert (contract("W1").ends_on, contract("W1").value_gross) == (date(2028, 3, 31), Decimal("1200.50"))
    assert (contract("W2").starts_on, contract("W2").state) == (date(2020, 4, 1), ContractState.ENDED)


def test_ocds_gives_a_contract_an_award(app: Flask, cast: Cast) -> None:
    award = {
        "id": "ocds-x-1-a", "title": "Bridges", "value": {"amount": 10.5, "currency": "GBP"},
        "suppliers": [{"id": "s", "name": "Span Ltd"}],
        "contractPeriod": {"startDate": "2025-06-01T00:00:00Z", "endDate": "2026-06-30T23:59:59+01:00"},
    }  # fmt: skip
    package = {"releases": [
        {"ocid": "ocds-x-1", "id": "1", "date": "2025-05-01", "tag": ["tender"], "tender": {"title": "Bridges wanted"}},
        {"ocid": "ocds-x-1", "id": "2", "date": "2025-06-01", "tag": ["award"], "tender": {}, "awards": [award]},
        {"ocid": "ocds-x-2", "date": "2025-06-01", "tag": ["tender"], "tender": {"title": "Roads"}},
    ]}  # fmt: skip

    counts = taken(json.dumps(package), cast["officer"], name="release.json")

    assert (counts.rows, counts.created, counts.value_sum, counts.with_end_date) == (2, 2, Decimal("10.50"), 1)
    bridges = contract("ocds-x-1-a")
    assert (bridges.title, bridges.supplier_name, bridges.ends_on) == ("Bridges", "Span Ltd", date(2026, 6, 30))


@pytest.mark.parametrize(
    "columns",
    [
        "Cost Centre,Payment Date,Net Amount,Name,Description",
        "Transaction Number,Date,Expenditure Category,Supplier Name,Amount",
    ],
)  # fmt: skip
def test_payments_are_refused_with_a_sentence_unless_somebody_says_what_they_are(
    app: Flask, cast: Cast, columns: str
) -> None:
    found = received(f"{columns}\nA,01/02/2026,Care,Bob Ltd,12.50\nB,02/02/2026,Care,Bob Ltd,13.50\n")
    with pytest.raises(NotAList, match="payments, not of contracts"):
        checked(found)

    receiving.could_not(found.id, "no", ListState.CHOSEN)
    receiving.choose_columns(found, {Holds.TITLE: 2}, source="Payments", default_post_id=None, at=NOW)
    assert checked(found).created == 2


@pytest.mark.parametrize("write", [
    lambda text: text.encode("cp1252"), lambda text: text.encode("cp850"), lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("utf-16"), lambda text: text.replace("\n", "\r").encode("cp1252"),
    lambda text: text.replace(",", ";").encode(), lambda text: text.replace(",", "\t").encode(),
    lambda text: text.split("\n", 1)[1].encode() + text.split("\n", 1)[0].encode(),
])  # fmt: skip
def test_a_list_reads_the_same_in_every_form(app: Flask, cast: Cast, write: Callable[[str], bytes]) -> None:
    text = "Contract ref,Title,Supplier,Value,End date\nZ1,Müsli bars,Café Ltd,£1500.25,31/03/2027\n" + "".join(
        f"Z{n},Thing {n},Some Ltd,£10.00,1 Apr 2027\n" for n in range(2, 60)
    )

    counts = taken(write(text), cast["officer"])

    assert (counts.created, counts.value_sum, counts.with_end_date) == (59, Decimal("2080.25"), 59)
    assert contract("Z1").supplier_name == "Café Ltd"
    assert contract("Z1").title == "Müsli bars"


@pytest.mark.parametrize(("content", "name", "told"), [
    (b"", "a.csv", "is empty"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls", "the old kind"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40, "a.xlsx", "a password"),
    (b"PK\x05\x06" + b"\0" * 18, "a.xlsx", "damaged"),
    (b"%PDF-1.7", "a.pdf", "Save the list as"),
    (b"<html><table>", "a.xls", "web page"),
    (b"{broken", "a.json", "broken"),
    (b"just words\nand more of them", "a.csv", "headings"),
    (b'Ref,Title\nA,"never closed\nB,second\n', "a.csv", "never closed"),
])  # fmt: skip
def test_what_is_no_list_is_told_in_a_sentence(app: Flask, cast: Cast, content: bytes, name: str, told: str) -> None:
    with pytest.raises(Exception, match=told) as refused:
        checked(received(content, name=name))
    assert hasattr(refused.value, "sentence")
