"""Names, days, covers and successors of posts."""

from __future__ import annotations

from datetime import date

import pytest

from procure.people.cover_rules import Days, Line, calendar, cover_days_problem, cover_person_problem, vacancies
from procure.people.models import Cover as CoverRow
from procure.people.models import Holding, Person, Post, PostName
from procure.people.name_rules import FORMER, Name, name_holds, post_with, posts_with, same_name
from procure.people.rules import Role

TODAY = date(2027, 11, 15)
DIRECTOR_NAMES = [
    PostName(name="Head of Strategy", from_on=None, until_on=date(2019, 3, 31)),
    PostName(name="Director of Strategy", from_on=date(2019, 4, 1), until_on=date(2024, 2, 29)),
    PostName(name="Director P&P", from_on=None, until_on=None),
]


# ── names ──


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2001, 1, 1), "Head of Strategy"),
        (date(2019, 3, 31), "Head of Strategy"),
        (date(2019, 4, 1), "Director of Strategy"),
        (date(2024, 2, 29), "Director of Strategy"),
        (date(2024, 3, 1), "Director of Policy"),
        (date(2050, 1, 1), "Director of Policy"),
    ],
)
def test_a_post_is_called_what_it_was_called_on_the_day(on: date, name: str) -> None:
    post = Post(name="Director of Policy")
    post.names = list(DIRECTOR_NAMES)
    assert post.name_on(on) == name


NAMES = [
    Name("Cabinet Member for Finance", 1),
    Name("Cabinet Member for Finance, Performance and Core Services", 2),
    Name("Director of Policy and Participation", 3),
    Name("Director of Strategy", 3, FORMER),
    Name("Director of Law", 4),
    Name("Chief Officer", 5),
    Name("Chief Officer", 6, FORMER),
    Name("Old Post", 7, FORMER),
    Name("Old Post", 8, FORMER),
]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Cabinet Member for Finance, Performance and Core Services", (2,)),
        ("the cabinet member of finance performance & core services", (2,)),
        ("the Cabinet Member for Finance, Performance of the day", (1,)),
        ("in consultation with the Cabinet Member for Finance, the Director of Law and Governance", (1, 4)),
        ("the Director of Strategy, the Director of Policy & Participation", (3,)),
        ("The Directors", ()),
        ("a Director of Lawns", ()),
        ("the Chief Officer", (5,)),
        ("the Old Post", ()),
        ("", ()),
        ("Law, Director of; Director of Law", (4,)),
    ],
)
def test_posts_are_found_in_a_text_longest_first_and_never_split_at_a_comma(text: str, posts: tuple[int, ...]) -> None:
    assert posts_with(text, NAMES) == posts


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("DIRECTOR OF STRATEGY", 3),
        ("The Director for Policy & Participation", 3),
        ("Director", None),
        ("Old Post", None),
    ],
)
def test_a_post_is_known_by_its_whole_name(text: str, post: int | None) -> None:
    assert post_with(text, NAMES) == post


def test_names_are_filtered_by_how_their_words_begin() -> None:
    assert name_holds("dir pol", "Director of Policy and Participation")
    assert not name_holds("dir law", "Director of Policy and Participation")
    assert same_name("Head of Parks & Leisure", "head of parks and leisure")
    assert not same_name("Head of Parks", "Head of Park")


# ── successors ──


def three_posts() -> tuple[Post, Post, Post]:
    first, second, third = Post(id=1, name="First"), Post(id=2, name="Second"), Post(id=3, name="Third")
    first.ended_on, first.successor = date(2024, 3, 31), second
    second.ended_on, second.successor = date(2026, 3, 31), third
    return first, second, third


@pytest.mark.parametrize(
    ("on", "heir"),
    [
        (date(2024, 3, 31), "First"),
        (date(2024, 4, 1), "Second"),
        (date(2026, 3, 31), "Second"),
        (date(2026, 4, 1), "Third"),
    ],
)
def test_powers_pass_along_two_successors(on: date, heir: str) -> None:
    assert three_posts()[0].heir_on(on).name == heir


def test_an_ended_post_without_successor_has_its_powers_to_itself_and_a_circle_ends() -> None:
    first, second, third = three_posts()
    third.ended_on = date(2027, 3, 31)
    assert first.heir_on(TODAY) is third
    third.successor = first
    assert first.heir_on(TODAY) in (first, second, third)


def test_the_cover_of_the_successor_acts_and_the_holder_after_it() -> None:
    first, _, third = three_posts()
    holder, cover = Person(id=1, name="H"), Person(id=2, name="C")
    third.holdings = [Holding(person=holder, from_on=date(2020, 1, 1))]
    third.covers = [CoverRow(person=cover, from_on=date(2027, 11, 15), until_on=date(2027, 11, 16))]
    assert [first.acting_on(date(2027, 11, on)) for on in (14, 15, 16, 17)] == [holder, cover, cover, holder]
    assert first.holder_on(TODAY) is None


# ── cover ──


@pytest.mark.parametrize(
    ("from_on", "until_on", "says"),
    [
        (date(2027, 11, 14), date(2027, 11, 20), "past"),
        (date(2027, 11, 15), date(2027, 11, 15), None),
        (date(2027, 11, 20), date(2027, 11, 19), "before the first"),
        (date(2028, 2, 29), date(2029, 2, 28), None),
        (date(2028, 2, 29), date(2029, 3, 1), "a year at most"),
        (date(2027, 12, 21), date(2028, 1, 1), "C. Cover covers this post from 24 December 2027 to 26 December 2027"),
        (date(2027, 12, 21), date(2027, 12, 23), None),
        (date(2027, 12, 26), date(2027, 12, 27), "End that cover first"),
        (date(2027, 12, 27), date(2028, 1, 3), None),
    ],
)
def test_cover_is_to_come_within_a_year_and_alone(from_on: date, until_on: date, says: str | None) -> None:
    found = cover_days_problem(
        from_on, until_on, today=TODAY, ended_on=None, held=[Days(date(2018, 4, 1), None, "D. Director")],
        covered=[Days(date(2027, 12, 24), date(2027, 12, 26), "C. Cover")],
    )  # fmt: skip
    assert (found is None) if says is None else (found is not None and says in found.sentence)


@pytest.mark.parametrize(
    ("held", "ended_on", "says"),
    [
        (
            [Days(date(2018, 4, 1), date(2027, 11, 30), "D. Director")],
            None,
            "D. Director holds the post until 30 November",
        ),
        ([Days(date(2018, 4, 1), date(2027, 12, 10), "D. Director")], None, None),
        ([], None, None),
        (
            [Days(date(2027, 12, 1), None, "N. New")],
            None,
            "N. New holds the post from 1 December 2027. Enter 30 November",
        ),
        ([Days(date(2018, 4, 1), None, "D. Director")], date(2027, 12, 9), "The post ends on 9 December"),
    ],
)
def test_cover_is_for_one_holder_or_one_vacancy(held: list[Days], ended_on: date | None, says: str | None) -> None:
    found = cover_days_problem(
        date(2027, 11, 22), date(2027, 12, 10), today=TODAY, ended_on=ended_on, held=held, covered=[]
    )
    assert (found is None) if says is None else (found is not None and says in found.sentence)


DECIDES = frozenset({Role.DECIDER, Role.BUDGET_HOLDER})


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({}, None),
        ({"is_holder": True}, "holds this post"),
        ({"is_own": True}, "yourself"),
        ({"is_active": False}, "has left"),
        ({"roles": frozenset({Role.AUDITOR})}, "changes nothing"),
        (
            {"roles": frozenset({Role.OFFICER})},
            "R. Reviewer isn’t a decision maker on all those days. An administrator",
        ),
        ({"roles": frozenset({Role.OFFICER}), "needed": frozenset({Role.BUDGET_HOLDER})}, None),
    ],
)
def test_who_covers_can_do_the_work_of_the_post(facts: dict[str, object], says: str | None) -> None:
    told = {"is_active": True, "is_own": False, "is_holder": False, "roles": DECIDES, "needed": DECIDES} | facts
    found = cover_person_problem("R. Reviewer", **told)  # type: ignore[arg-type]
    assert (found is None) if says is None else (found is not None and says in found)


# ── the calendar ──


@pytest.mark.parametrize(
    ("held", "ended_on", "gaps"),
    [
        ([], None, []),
        ([(date(2020, 1, 1), None)], None, []),
        (
            [(date(2020, 1, 1), date(2024, 2, 28)), (date(2024, 3, 1), None)],
            None,
            [(date(2024, 2, 29), date(2024, 2, 29))],
        ),
        ([(date(2020, 1, 1), date(2024, 2, 29)), (date(2024, 3, 1), None)], None, []),
        (
            [(date(2020, 1, 1), date(2025, 1, 1)), (date(2021, 1, 1), date(2022, 1, 1))],
            None,
            [(date(2025, 1, 2), None)],
        ),
        ([(date(2020, 1, 1), date(2025, 1, 1))], date(2025, 1, 31), [(date(2025, 1, 2), date(2025, 1, 31))]),
        ([(date(2020, 1, 1), date(2025, 1, 1))], date(2025, 1, 1), []),
    ],
)
def test_days_without_a_holder_are_named(
    held: list[tuple[date, date | None]], ended_on: date | None, gaps: list[tuple[date, date | None]]
) -> None:
    found = vacancies([Days(*days) for days in held], ended_on=ended_on)
    assert [(one.from_on, one.until_on) for one in found] == gaps


def test_the_calendar_shows_the_latest_first_with_cover_above_the_vacancy_it_bridges() -> None:
    held = [Line("held", "A", date(2020, 1, 1), date(2024, 12, 31)), Line("held", "B", date(2025, 2, 1), None)]
    covered = [Line("covered", "C", date(2025, 1, 1), date(2025, 1, 31))]
    assert [(one.kind, one.who) for one in calendar(held, covered, ended_on=None)] == [
        ("held", "B"), ("covered", "C"), ("vacant", ""), ("held", "A"),
    ]  # fmt: skip
