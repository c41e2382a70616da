"""Reading a decision: one small sentence for each form in which councils write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.authority.minutes import read
from procure.authority.reading.lettering import as_printed, flat
from procure.authority.reading.marks import marked
from procure.authority.reading.posts import posts_at
from procure.authority.reading.proposal import matched
from procure.authority.reading.sources import CannotRead, from_file, pasted
from procure.authority.reading.sums import period, sums
from procure.authority.reading.verbs import verb
from procure.demonstration import minuted
from procure.people.name_rules import Name

POST, OTHER, MEMBER = "Director of Parks, Trees and Paths", "Head of Law", "Cabinet Member for Parks & Play"


def posts(text: str) -> list[str]:
    found = posts_at(text, 0, len(text), anything=True)
    return [one.value for one in found.posts] if found else []


@pytest.mark.parametrize(
    ("printed", "each"),
    [
        ("the Director of Adults, Housing and Health, to", ["Director of Adults, Housing and Health"]),
        ("the Director of Skills and the Environment to", ["Director of Skills and the Environment"]),
        (
            "the Strategic Director, Resources and the Head of Legal, to",
            ["Strategic Director, Resources", "Head of Legal"],
        ),
        ("Service Director (Finance), some", ["Service Director (Finance)"]),
        ("Deputy Leader and Cabinet Member for Money", ["Deputy Leader and Cabinet Member for Money"]),
        ("Leader and Cabinet Member for Money", ["Leader", "Cabinet Member for Money"]),
        ("Director of Law and Monitoring Officer", ["Director of Law and Monitoring Officer"]),
        ("Head of Law and Section 151 Officer", ["Head of Law", "Section 151 Officer"]),
        ("Chair and Vice-Chair of the Panel", ["Chair of the Panel", "Vice-Chair of the Panel"]),
        ("Portfolio Holders for Play and Paths", ["Portfolio Holder for Play", "Portfolio Holder for Paths"]),
        ("Heads of Service within the Place Portfolio to", ["Heads of Service within the Place Portfolio"]),
        (
            "relevant Executive Director, Director, or Head of Service (as",
            ["relevant Executive Director", "Director", "Head of Service"],
        ),
        ("Councillor A. Smith, Cabinet Member for Play", ["Cabinet Member for Play"]),
        ("Director of Play (Jane Smith) to", ["Director of Play"]),
        ("the director of finance in consultation", ["director of finance"]),
        ("the City Play Board", ["City Play Board"]),
        ("residents and traders", []),
    ],
)  # fmt: skip
def test_a_post_ends_where_another_title_begins(printed: str, each: list[str]) -> None:
    assert posts(printed) == each


FORMS = (
    f"Delegate authority to the {POST} to award the contract.",
    f"That authority to award the contract be delegated to the {POST}.",
    f"That delegated authority be given to the {POST} to award the contract.",
    f"That the {POST} be authorised to award the contract.",
    f"Authorised the {POST} to award the contract.",
    f"To delegate to the {POST} authority to award the contract.",
    f"That the {POST} is given delegated authority to award the contract.",
    f"Gives delegated authority for the {POST} to award the contract.",
    f"That the {POST}, or their nominee, be granted authority to award the contract.",
)


@pytest.mark.parametrize("words", FORMS)
def test_every_form_of_giving_power_is_read(words: str) -> None:
    one = read(f"RESOLVED:\n\n1. {words}").resolutions[0]
    assert one.is_delegation and [post.value for post in one.delegates] == [POST]
    assert [act.value for act in one.acts] == ["award"]
    assert bool(one.nominee) is ("nominee" in words)
    assert one.verb.value == ("Delegate" if "delegat" in words.lower() else "Authorise")


@pytest.mark.parametrize(
    "words",
    [
        "approves awards under powers delegated by Cabinet on 4 May 2026.",
        "notes what was done under delegated powers.",
        "agrees the changes to the Scheme of Delegation.",
    ],
)
def test_power_that_is_only_recalled_is_not_given(words: str) -> None:
    assert not any(one.is_delegation for one in read(f"1. That Cabinet {words}").resolutions)


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("in consultation with", "in consultation"), ("following consultation with", "following consultation"),
        ("after consulting", "after consultation"), ("in conjunction with", "in conjunction with"),
        ("with the agreement of", "agreement"), ("subject to consulting", "subject to consulting"),
    ],
)  # fmt: skip
def test_how_consultees_are_bound_in(said: str, mode: str) -> None:
    words = f"1. Delegate authority to the {POST}, {said} the {MEMBER} and the {OTHER}, to award the contract."
    one = read(words).resolutions[0]
    assert [post.value for post in one.consultees] == [MEMBER, OTHER]
    assert one.modes == (mode, mode) and [post.value for post in one.delegates] == [POST]


@pytest.mark.parametrize(
    ("to", "acts"),
    [
        ("conduct the procurement and award and enter into the contract", ["procure", "award", "enter"]),
        ("accept the most advantageous tender", ["award"]),
        ("award the contract following a procurement", ["award"]),
        ("take up the second two year option", ["extend"]),
        ("award a contract for three years with an option to extend for two", ["award"]),
        ("extend the value of the contract by £1m", ["vary"]),
        ("vary or terminate the agreement", ["vary", "terminate"]),
        ("sign the contract and all other necessary documents", ["enter", "ancillary"]),
        ("negotiate the terms", ["other"]),
        ("paint the town hall", ["other"]),
    ],
)
def test_what_may_be_done(to: str, acts: list[str]) -> None:
    assert [act.value for act in read(f"1. Authorise the {POST} to {to}.").resolutions[0].acts] == acts


def test_acts_stand_in_the_items_under_a_line_that_delegates() -> None:
    chapeau = f"Cabinet RESOLVED to:\nDelegate authority to the {POST} (in consultation with the {OTHER}) to:"
    found = read(f"{chapeau}\n1. Hold a competition.\n2. Award the contract.")
    assert [(one.label and one.label.value, [a.value for a in one.acts]) for one in found.resolutions] == [
        ("1", ["procure"]), ("2", ["award"]),
    ]  # fmt: skip
    assert all(one.delegates[0].value == POST and one.consultees[0].value == OTHER for one in found.resolutions)


def test_items_that_only_list_belong_to_their_parent_and_those_with_a_delegate_stand_alone() -> None:
    lists = read(f"2. That authority be delegated to the {POST} to:\n(a) award it; and\n(b) sign it.\n3. Note it.")
    assert [one.label and one.label.value for one in lists.resolutions] == ["2", "3"]
    assert [act.value for act in lists.resolutions[0].acts] == ["award", "enter"]
    plan = "RESOLVED: (a) That the plan be approved, and:"
    own = read(f"{plan}\n(i) awards be delegated to the {POST}; and\n(b) That it be noted.")
    assert [one.label and one.label.value for one in own.resolutions] == ["(a)", "(a)(i)", "(b)"]


def test_a_text_printed_twice_counts_once_and_reasons_are_no_resolutions() -> None:
    reasons = "Reasons for decision:\n\n1. It is good.\n\nOther options considered:\n\nNone"
    said = f"RESOLVED:\n\n1. That the plan be approved.\n\n{reasons}"
    found = read(f"Decision:\n\n1. That the plan be approved.\n\nMinutes:\n\nMembers talked.\n\n{said}")
    assert len(found.resolutions) == 1 and found.reasons is not None and found.alternatives is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("That the resulting awards be approved", "Approve"), ("agree to extend the contract", "Extend"),
        ("Cabinet agrees that a grant be made", "Agree"), ("That it be noted", "Note"),
        ("That approval be given to Option 1", "Approve"), ("Grants from the fund", None),
    ],
)  # fmt: skip
def test_a_noun_is_no_verb(words: str, name: str | None) -> None:
    found = verb(words, 0, len(words))
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("£2.5m and £886k", ["2500000", "886000"]), ("between £20-30m", ["20000000", "30000000"]),
        ("£3million", ["3000000"]), ("£1,221,79.40 misprinted", []), ("£12,500.50.", ["12500.50"]), ("5 years", []),
    ],
)  # fmt: skip
def test_sums_as_printed(text: str, each: list[str]) -> None:
    assert [one.value for one in sums(text, 0, len(text))] == [Decimal(one) for one in each]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("for an initial term of two years from 13th May 2026", "an initial term of two years from 13th May 2026"),
        ("a five-year contract", "five-year"), ("for 2019-2021 to support", "2019-2021"),
        ("from 1 February to 31 July 2023", "from 1 February to 31 July 2023"), ("in the last two years", None),
        ("a five working day period", None), ("the plan (2017-2025)", None),
    ],
)  # fmt: skip
def test_a_period_is_the_words_of_the_text(text: str, said: str | None) -> None:
    found = period(text, 0, len(text))
    assert (found.value if found else None) == said


@pytest.mark.parametrize(
    ("page", "meeting", "published"),
    [
        ("Issue - decisions\n\n13/12/2017 - A contract", None, date(2017, 12, 13)),
        ("Decisions published\n\n23/02/2024 - A contract", date(2024, 2, 23), None),
        ("Publication date: 10/04/2017\nDate of decision: 05/04/2017", date(2017, 4, 5), date(2017, 4, 10)),
        ("Meeting: 31/09/2019 - Cabinet", None, None),
        ("Agenda and minutes\n\nTuesday, 29 February 2028 7:00 pm", date(2028, 2, 29), None),
    ],
)
def test_the_day_of_the_decision_and_that_of_publication_are_two(
    page: str, meeting: date | None, published: date | None
) -> None:
    found = read(page)
    assert (found.meeting_on and found.meeting_on.value, found.published_on and found.published_on.value) == (
        meeting, published,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key", "open_"),
    [
        ("Is Key decision?: Yes\nIs subject to call in?: No", True, False),
        ("This decision is subject to call-in", None, True),
        ("The call-in period be waived", None, False),
        ("Call-in deadline date: 27/11/2024", None, True),
        ("Decision type: Non-key", False, None),
        ("Nothing said", None, None),
    ],
)
def test_key_and_call_in_only_as_the_text_says(line: str, key: bool | None, open_: bool | None) -> None:
    found = read(line)
    assert (found.key_decision and found.key_decision.value) == key
    assert (found.call_in.value if found.call_in else None) == open_


def test_the_register_joins_what_grammar_would_split_and_knows_other_names() -> None:
    text = "the Director of Parks and Head of Paths"
    found = posts_at(text, 0, len(text))
    assert found is not None and len(found.posts) == 2
    register = [Name("Director of Parks and Head of Paths", 7), Name("Director for Parks", 8)]
    assert [one.post for one in matched(text, found.posts, register)] == [7]
    assert [one.post for one in matched(text, found.posts, register[1:])] == [8, None]


PIECES = st.lists(
    st.sampled_from(
        [*FORMS, "RESOLVED:", "1. ", "(i) ", "\n\n", "Smith & Sons <Ltd>", "£2.5m", "29 February 2027", "\u00a0", "’",
         f"in consultation with the {MEMBER}", "Reason for decision"]
    )
    | st.text(max_size=12),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_every_value_stands_in_the_text_where_it_says(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = read(text)
    for one in found.resolutions:
        assert 0 <= one.at.start <= one.at.end <= len(text)
        for said in (*one.delegates, *one.consultees, *one.acts, *one.amounts, one.verb):
            assert 0 <= said.at.start <= said.at.end <= len(text)
        for post in (*one.delegates, *one.consultees):
            assert set(post.value.split()) <= set(as_printed(flat(text)).split()) | set(post.at.of(flat(text)).split())
    shown = marked(text, [("x", "act", one.at) for one in found.resolutions], [])
    assert "".join("".join(part.words for part in p.parts) for p in shown.paragraphs).split() == text.split()


def test_both_minutes_of_the_demonstration_are_read_whole() -> None:
    cabinet = read(minuted.published(minuted.CABINET).words)
    assert cabinet.meeting_on is not None and cabinet.meeting_on.value == date(2019, 2, 18)
    assert cabinet.item is not None and cabinet.item.value == "92"
    assert [one.verb.value for one in cabinet.resolutions] == ["Agree", "Note", "Agree", "Agree", "Delegate"]
    last = cabinet.resolutions[-1]
    assert [post.value for post in last.consultees] == [
        "Cabinet Member for Community Leadership and Engagement",
        "Cabinet Member for Social Care and Health Integration", "Chief Operating Officer",
        "Director of Law and Governance",
    ]  # fmt: skip
    havering = read(minuted.published(minuted.HAVERING).words)
    assert (
        [one.verb.value for one in havering.resolutions] == ["Approve"] and havering.reasons and havering.alternatives
    )


def test_long_and_hostile_pastes_are_answered_at_once() -> None:
    with pytest.raises(CannotRead, match="200,000 at most"):
        pasted("That the plan be agreed. " * 200_000)
    for hostile in ("delegate authority to ", "in consultation with the Director of X, ", "RESOLVED ", "(" * 50, "\n"):
        read(hostile * (60_000 // len(hostile)))


def test_mangled_letters_are_put_right_and_said() -> None:
    source = from_file("page.txt", "1. Note the Council’s £5 budget.".encode().decode("cp1252", "replace").encode())
    assert "£5" in source.text and source.doubt
