"""What is typed is read kindly, refused in plain words, and never lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.form import BaseForm

from procure.fields.choices import PickFrom, PickMany, PickOne, TickField
from procure.fields.days import DayField, MomentField
from procure.fields.lines import LineField, LinesField, MailField, SecretField, WordsField
from procure.fields.numbers import MoneyField, PercentField, WholeNumberField
from procure.fields.page_form import OnceField, VersionField


def ask(field: Any, posted: Iterable[tuple[str, str]] | dict[str, str] | None, **given: Any) -> Field:
    """The field named `it` after a post, validated."""
    form: BaseForm = type("Asked", (Form,), {"it": field})(None if posted is None else MultiDict(posted), **given)
    form.validate()
    found: Field = form._fields["it"]
    return found


def day(**parts: str) -> dict[str, str]:
    return {f"it-{part}": text for part, text in parts.items()}


END: dict[str, Any] = {"label": "Contract end date", "required": "Enter the contract end date"}


# ---------- days ----------


@pytest.mark.parametrize(
    ("month", "read"), [("3", 3), ("03", 3), ("Mar", 3), ("march", 3), ("Sept", 9), ("SEPTEMBER", 9), ("dec.", 12)]
)
def test_a_month_may_be_a_number_or_a_name(month: str, read: int) -> None:
    assert ask(DayField(**END), day(day="30", month=month, year="2028")).data == date(2028, read, 30)


@pytest.mark.parametrize(
    ("parts", "says", "bad"),
    [
        ({}, "Enter the contract end date", set()),
        ({"day": "", "month": " ", "year": ""}, "Enter the contract end date", set()),
        ({"day": "7", "month": "3", "year": ""}, "Contract end date must include a year", {"year"}),
        ({"day": "7"}, "Contract end date must include a month and year", {"month", "year"}),
        (
            {"day": "30", "month": "2", "year": "2028"},
            "Contract end date must be a real date",
            {"day", "month", "year"},
        ),
        ({"day": "32", "month": "1", "year": "2028"}, "Contract end date must be a real date", {"day"}),
        ({"day": "1", "month": "13", "year": "2028"}, "Contract end date must be a real date", {"month"}),
        ({"day": "1", "month": "Ma", "year": "2028"}, "Contract end date must be a real date", {"month"}),
        ({"day": "1", "month": "J", "year": "2028"}, "Contract end date must be a real date", {"month"}),
        (
            {"day": "1", "month": "1", "year": "28"},
            "Contract end date must have a year of 4 numbers, like 2028",
            {"year"},
        ),
        (
            {"day": "1", "month": "1", "year": "0001"},
            "Contract end date must be in a year from 1900 to 2199",
            {"year"},
        ),
        ({"day": "²", "month": "1", "year": "2028"}, "Contract end date must be a real date", {"day"}),
        ({"day": "9" * 9000, "month": "1", "year": "2028"}, "Contract end date must be a real date", {"day"}),
    ],
)
def test_a_day_that_is_wrong_says_what_is_wrong_with_it(parts: dict[str, str], says: str, bad: set[str]) -> None:
    field = ask(DayField(**END), day(**parts))
    assert list(field.errors) == [says]
    assert field.bad == bad
    assert field.data is None


@pytest.mark.parametrize(
    "values",
    [
        ["31", "3", "2028"],
        ["31 March 2028"],
        ["31/3/2028"],
        ["31.03.2028"],
        ["2028-03-31"],
        ["31st march, 2028"],
    ],
)
def test_a_day_under_one_name_is_read_too(values: list[str]) -> None:
    assert ask(DayField(**END), [("it", value) for value in values]).data == date(2028, 3, 31)


@pytest.mark.parametrize(
    "values", [["31"], ["31", "3"], ["31", "3", "2028", "9"], ["", "", ""], ["x" * 5000], ["\x00"]]
)
def test_one_two_or_four_parts_do_not_break_a_day(values: list[str]) -> None:
    ask(DayField(**END), [("it", value) for value in values])


def test_what_was_typed_is_shown_again() -> None:
    field = ask(DayField(**END), day(day="31", month="Febry", year="28"))
    assert field.parts == {"day": "31", "month": "Febry", "year": "28"}
    assert field.error_part == "month"


def test_a_kept_day_is_shown_in_its_parts() -> None:
    field = ask(DayField(**END), None, it=date(2028, 3, 31))
    assert field.parts == {"day": "31", "month": "3", "year": "2028"}


def test_a_day_may_be_left_empty_where_it_is_not_required() -> None:
    field = ask(DayField("End"), day(day="", month="", year=""), it=date(2028, 3, 31))
    assert field.data is None
    assert not field.errors


def test_a_day_outside_its_limits_names_the_limit() -> None:
    field = DayField("Start", earliest=date(2027, 11, 17))
    says = list(ask(field, day(day="16", month="11", year="2027")).errors)
    assert says == ["Start must be 17 November 2027 or later"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(max_size=12), max_size=5),
    st.dictionaries(st.sampled_from(["day", "month", "year", "time"]), st.text(max_size=12)),
)
def test_nothing_posted_breaks_a_day_or_a_moment(values: list[str], parts: dict[str, str]) -> None:
    posted = [("it", value) for value in values] + list(day(**parts).items())
    for field in (DayField("End", required="Enter the end"), MomentField("Due", required="Enter it")):
        ask(field, posted)


# ---------- moments ----------

WINTER = {"day": "25", "month": "1", "year": "2027"}


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("2pm", 14, 0), ("2:30pm", 14, 30), ("2.30 PM", 14, 30), ("14:00", 14, 0), ("1400", 14, 0), ("09:05", 9, 5),
        ("12pm", 12, 0), ("12:01am", 0, 1), ("midday", 12, 0), ("noon", 12, 0), ("23:59", 23, 59), ("2 p.m.", 14, 0),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, hour: int, minute: int) -> None:
    field = ask(MomentField("Bids due"), day(**WINTER, time=typed))
    assert field.data == datetime(2027, 1, 25, hour, minute, tzinfo=UTC)


def test_a_second_past_the_deadline_can_be_typed_and_comes_back_as_it_was() -> None:
    field = ask(MomentField("Received"), day(**WINTER, time="2:00:01pm"))
    assert field.data == datetime(2027, 1, 25, 14, 0, 1, tzinfo=UTC)
    assert ask(MomentField("Received"), None, it=field.data).parts["time"] == "2:00:01pm"


@pytest.mark.parametrize("typed", ["2", "25:00", "14:00:60", "13pm", "0am", "2:60pm", "24:00", "soon", "٢pm"])
def test_a_time_that_is_none_says_how_to_write_one(typed: str) -> None:
    field = ask(MomentField("Bids due"), day(**WINTER, time=typed))
    assert list(field.errors) == ["Bids due must have a time like 2pm, 2:30pm or 14:00"]
    assert field.error_part == "time"


def test_midnight_is_refused_because_it_can_mean_either_day() -> None:
    field = ask(MomentField("Bids due"), day(**WINTER, time="midnight"))
    assert "can mean either day" in field.errors[0]


def test_a_moment_in_summer_is_an_hour_behind_in_utc() -> None:
    field = ask(MomentField("Bids due"), day(day="30", month="6", year="2027", time="11:30pm"))
    assert field.data == datetime(2027, 6, 30, 22, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused() -> None:
    field = ask(MomentField("Bids due"), day(day="28", month="3", year="2027", time="1:30am"))
    assert "the clocks go forward" in field.errors[0]


def test_an_hour_that_comes_twice_must_say_which() -> None:
    autumn = {"day": "31", "month": "10", "year": "2027"}
    assert "the clocks go back" in ask(MomentField("Due"), day(**autumn, time="1:30am")).errors[0]
    first = ask(MomentField("Due"), day(**autumn, time="1:30am BST"))
    second = ask(MomentField("Due"), day(**autumn, time="1:30am GMT"))
    assert first.data == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert second.data == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("hour", range(4))
def test_a_kept_moment_is_shown_so_that_it_reads_back_the_same(hour: int) -> None:
    kept = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
    shown = ask(MomentField("Due"), None, it=kept).parts
    assert ask(MomentField("Due"), day(**shown)).data == kept


def test_a_moment_without_a_time_asks_for_one() -> None:
    assert list(ask(MomentField("Bids due"), day(**WINTER, time="")).errors) == [
        "Bids due must include a time, like 2pm or 14:00"
    ]


# ---------- money and numbers ----------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("£12,500", "12500"), ("12 500", "12500"), ("12,500.50", "12500.50"), ("12500.5", "12500.50"), ("0", "0"),
        (" £ 1,234,567.89 ", "1234567.89"), ("666\u00a0000", "666000"),
    ],
)  # fmt: skip
def test_money_is_read_with_its_marks(typed: str, read: str) -> None:
    field = ask(MoneyField("Value"), {"it": typed})
    assert not field.errors
    assert field.data == Decimal(read)


@pytest.mark.parametrize(
    "typed", ["12,50", "1,2345", "12.345", "12k", "NaN", "1e5", "Infinity", "-", "£", "12.", "twelve", "٣", "9" * 41]
)
def test_money_that_is_none_says_how_to_write_it_and_stays(typed: str) -> None:
    field = ask(MoneyField("Value"), {"it": typed})
    assert list(field.errors) == ["Enter an amount in pounds, like 12,500 or 12,500.50"]
    assert field._value() == typed
    assert field.data is None


def test_money_below_nothing_is_refused_unless_it_may_be() -> None:
    assert list(ask(MoneyField("Value"), {"it": "-5"}).errors) == ["Value must be £0 or more"]
    assert ask(MoneyField("Change", least=None), {"it": "−£1,000"}).data == Decimal(-1000)


def test_money_too_large_for_the_row_is_refused() -> None:
    says = ask(MoneyField("Value"), {"it": "999999999999"}).errors
    assert says == ["Value must be £99,999,999,999.99 or less"]


def test_kept_money_is_shown_with_commas() -> None:
    assert ask(MoneyField("Value"), None, it=Decimal("666000.00"))._value() == "666,000"
    assert ask(MoneyField("Value"), None, it=Decimal("1234.5"))._value() == "1,234.50"


def test_a_whole_number_keeps_to_its_limits() -> None:
    def months(typed: str) -> Field:
        return ask(WholeNumberField("Months", least=1, most=120), {"it": typed})

    assert months("36").data == 36
    assert months("121").errors == ["Months must be between 1 and 120"]
    assert months("1.5").errors == ["Months must be a whole number, like 12"]


def test_a_share_is_read_with_or_without_its_sign() -> None:
    assert ask(PercentField("Quality"), {"it": "12.5 %"}).data == Decimal("12.5")
    assert ask(PercentField("Quality"), {"it": "101"}).errors == ["Quality must be between 0% and 100%"]
    assert ask(PercentField("Quality"), {"it": "x"}).errors == ["Quality must be a percentage, like 40 or 12.5"]


def test_an_empty_number_is_no_number_and_not_nought() -> None:
    field = ask(MoneyField("Value"), {"it": " "}, it=Decimal(5))
    assert field.data is None
    assert not field.errors


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_nothing_typed_breaks_a_field(typed: str) -> None:
    made = (
        LineField, WordsField, LinesField, MailField, MoneyField,
        WholeNumberField, PercentField, SecretField,
    )  # fmt: skip
    for kind in made:
        ask(kind("It", required="Enter it"), {"it": typed})


# ---------- words ----------


def test_words_lose_what_stands_around_them() -> None:
    assert ask(LineField("Title"), {"it": "  Social\u00a0 infrastructure\u200b  "}).data == "Social infrastructure"
    assert ask(WordsField("Why"), {"it": " One \r\n\r\n\r\n\r\nTwo  \r\n"}).data == "One\n\nTwo"


def test_an_empty_answer_is_asked_for_in_the_words_given() -> None:
    for typed in ("", "   ", "\u200b"):
        assert ask(LineField("Title", required="Enter the title"), {"it": typed}).errors == ["Enter the title"]
    assert ask(LineField("Title", required="Enter the title"), {}).errors == ["Enter the title"]


@pytest.mark.parametrize("bad", ["\x00", "\x1b[2J", "\u202egpj.exe", "\u2066", "\x7f", "\ufffe"])
def test_a_character_that_cannot_be_printed_is_refused(bad: str) -> None:
    says = "Title has a character that can’t be printed. Type it again, or paste it as plain text"
    assert ask(LineField("Title"), {"it": f"a{bad}b"}).errors == [says]
    assert ask(WordsField("Title"), {"it": f"a{bad}b"}).errors == [says]
    assert ask(LinesField("Title"), {"it": f"a{bad}b"}).errors == [says]


def test_too_many_words_say_how_many_to_take_out() -> None:
    field = ask(LineField("Title", most=10), {"it": "twelve chars"})
    assert field.errors == ["Title must be 10 characters or fewer. Take out 2 or more"]
    assert field._value() == "twelve chars"


def test_lines_become_a_list() -> None:
    field = ask(LinesField("Options"), {"it": "One\r\n\r\n  Two \n"})
    assert field.data == ["One", "Two"]
    assert ask(LinesField("Options"), None, it=["One", "Two"])._value() == "One\nTwo"
    assert ask(LinesField("Options", most=3), {"it": "One\nLong"}).errors == [
        "Line 2 of options must be 3 characters or fewer"
    ]


def test_an_address_for_letters_has_the_shape_of_one() -> None:
    assert not ask(MailField("Email"), {"it": "a.officer@council.example"}).errors
    for typed in ("officer", "a@b", "a b@c.example", "a@c.example,b@c.example", "a@c.example\nBcc: x@y.example"):
        assert ask(MailField("Email"), {"it": typed}).errors


def test_a_password_is_kept_as_typed() -> None:
    assert ask(SecretField("Password"), {"it": "  two  spaces "}).data == "  two  spaces "


# ---------- choices ----------

ROUTES = [("open", "Open"), ("three", "Three quotes")]


@pytest.mark.parametrize("kind", [PickOne, PickFrom])
def test_a_choice_is_required_offered_and_kept(kind: Any) -> None:
    def chosen(posted: dict[str, str]) -> Field:
        return ask(kind("Route", choices=ROUTES, required="Choose the route"), posted)

    assert chosen({"it": "open"}).data == "open"
    assert chosen({}).errors == ["Choose the route"]
    assert chosen({"it": ""}).errors == ["Choose the route"]
    assert chosen({"it": "other"}).errors == ["Choose one of the answers listed"]


def test_a_choice_that_is_not_required_may_be_empty() -> None:
    field = ask(PickFrom("Post", choices=ROUTES), {"it": ""})
    assert field.data is None
    assert not field.errors


def test_a_choice_of_numbers_that_is_no_number_is_refused() -> None:
    field = ask(PickFrom("Post", choices=[(1, "One")], coerce=int), {"it": "x"})
    assert field.errors == ["Choose one of the answers listed"]


def test_many_choices_are_a_list() -> None:
    field = ask(PickMany("Who", choices=ROUTES), [("it", "open"), ("it", "three")])
    assert field.data == ["open", "three"]
    assert ask(PickMany("Who", choices=ROUTES), [("it", "x")]).errors == ["Choose only from the answers listed"]


def test_a_box_that_must_be_ticked() -> None:
    assert ask(TickField("Read", required="Confirm it"), {}).errors == ["Confirm it"]
    assert not ask(TickField("Read", required="Confirm it"), {"it": "y"}).errors


# ---------- what a form carries ----------


class _Carried(Form):  # type: ignore[misc]
    once = OnceField(default=lambda: "0" * 32)
    version = VersionField()


def test_the_name_of_this_sending_survives_an_error_and_odd_ones_are_replaced() -> None:
    assert _Carried(MultiDict({"once": "a" * 32})).once.data == "a" * 32
    assert _Carried(MultiDict({"once": "<script>"})).once.data == "0" * 32
    assert _Carried(MultiDict()).once.data == "0" * 32


def test_the_version_is_a_number_or_the_page_must_be_opened_again() -> None:
    assert _Carried(MultiDict({"version": "7"})).version.data == 7
    assert _Carried(None, version=3).version.data == 3
    broken = _Carried(MultiDict({"version": "x"}))
    assert not broken.validate()
    assert broken.version.errors == ["This page was not sent whole. Open it again"]
