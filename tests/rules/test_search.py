"""What somebody typed into Search, and how it is shown again."""

from __future__ import annotations

import pytest

from procure.desk.rules.search import (
    COUNTED_TO,
    LONGEST,
    MOST_WORDS,
    counted,
    excerpt,
    first_line,
    has_all,
    marked,
    query_of,
)
from procure.folding import folded


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Crèche – Dún’s", "creche - dun's"),
        ("CRE\u0300CHE", "creche"),
        ("Straße", "strasse"),
        ("Łódź, Århus, Tŷ Mawr", "lodz, arhus, ty mawr"),
        ("“Quoted”\u00a0words", '"quoted" words'),
        ("Œuvre", "oeuvre"),
        ("PLAIN", "plain"),
        (None, ""),
    ],
)
def test_neither_case_nor_accents_count(text: str | None, flat: str) -> None:
    assert folded(text) == flat


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("  Social   SUPPORT ", ("social", "support")),
        ("award award", ("award",)),
        ("100% <b>", ("100%", "<b>")),
        ("a\x00b", ("a", "b")),
        ("in\u200bvisible", ("invisible",)),
        ("half \ud800", ("half",)),
        ("😀", ("😀",)),
        ("", ()),
        ("   ", ()),
    ],
)
def test_a_search_is_its_words(typed: str, looked_for: tuple[str, ...]) -> None:
    query = query_of(typed)
    assert query.words == looked_for
    assert query.is_empty is (looked_for == ())
    assert query.refusal == ""


def test_a_search_of_the_greatest_length_is_taken_and_a_longer_one_is_refused_in_words() -> None:
    assert query_of("x" * LONGEST).words == ("x" * LONGEST,)
    refused = query_of("x" * 10_000)
    assert refused.refusal == "Your search has 10,000 characters. Use 200 or fewer."
    assert not refused.is_empty


def test_more_words_than_can_be_looked_for_are_refused_in_words() -> None:
    assert query_of(" ".join(f"w{n}" for n in range(MOST_WORDS))).words
    assert query_of(" ".join(f"w{n}" for n in range(MOST_WORDS + 1))).refusal == (
        "Your search has 13 words. Use 12 or fewer."
    )


def test_a_reference_is_the_same_with_spaces_for_dashes() -> None:
    assert query_of("pro 2027 014").compact == query_of("PRO-2027-014").compact == "pro2027014"


def test_words_are_marked_where_they_stand_in_the_text_as_it_is_written() -> None:
    assert marked("Crèche <b>", ("creche",)) == [("Crèche", True), (" <b>", False)]
    assert marked("Award awards", ("award",)) == [("Award", True), (" ", False), ("award", True), ("s", False)]
    assert marked("Straße", ("ss",)) == [("Stra", False), ("ß", True), ("e", False)]
    assert marked("abc", ("ab", "bc")) == [("abc", True)]
    assert marked("", ("a",)) == []
    assert marked("Cre\u0300che", ("cre",)) == [("Cre\u0300", True), ("che", False)]


def test_an_excerpt_is_cut_between_words_around_the_first_find() -> None:
    text = "word " * 40 + "needle " + "word " * 40
    found = excerpt(text, ("needle",))
    assert found.startswith("…\u00a0word") and found.endswith("word\u00a0…") and "needle" in found
    assert excerpt("a short needle", ("needle",)) == "a short needle"
    assert excerpt(text, ("elsewhere",)) == ""


def test_all_words_have_to_be_in_a_text() -> None:
    assert has_all("Support, social", ("social", "port"))
    assert not has_all("Support", ("social", "port"))


def test_counts_are_exact_to_a_thousand() -> None:
    assert counted(1, "contract", "contracts") == "1 contract"
    assert counted(COUNTED_TO, "contract", "contracts") == "1,000 contracts"
    assert counted(COUNTED_TO + 1, "contract", "contracts") == "1,000+ contracts"
    assert first_line([1], "x") == "One thing matches “x”."
    assert first_line([2, 1], "x") == "3 things match “x”."
    assert first_line([COUNTED_TO + 1, 4], "x") == "1,004+ things match “x”."
