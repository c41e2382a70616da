"""What lies under seal opens to nobody but the two who hold the halves, and not at all once it was touched."""

from __future__ import annotations

import os

import pytest

from procure.tender.sealed_rules import new_receipt, phrase_problem
from procure.tender.sealing import (
    PIECE,
    TAG,
    SealBroken,
    WrongPhrase,
    joined,
    make_keys,
    new_key,
    open_with,
    open_words,
    opened_pieces,
    seal_to,
    seal_words,
    sealed_pieces,
    split,
    unlock,
)

PHRASE = "ferry violin gravel noon"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_of_any_size_comes_back_as_it_was(size: int) -> None:
    key, content = new_key(), os.urandom(size)
    sealed = list(sealed_pieces(key, [content[:7], content[7:]]))
    assert sum(map(len, sealed)) == size + TAG * len(sealed)
    assert b"".join(opened_pieces(key, sealed)) == content


def test_a_file_that_was_touched_does_not_open() -> None:
    key, whole = new_key(), 2 * (PIECE + TAG)
    sealed = b"".join(sealed_pieces(key, [os.urandom(3 * PIECE)]))
    first, second, third = sealed[: PIECE + TAG], sealed[PIECE + TAG : whole], sealed[whole:]
    flipped = bytearray(sealed)
    flipped[PIECE + 100] ^= 1
    for touched in (first + second, second + first + third, first + third, bytes(flipped), sealed + b"x", b""):
        with pytest.raises(SealBroken):
            list(opened_pieces(key, [touched]))
    with pytest.raises(SealBroken):
        list(opened_pieces(new_key(), [sealed]))


def test_only_the_phrase_unlocks_a_key_and_only_the_key_opens_what_was_sealed_to_it() -> None:
    keys, other = make_keys(PHRASE), make_keys("another phrase altogether")
    private = unlock(keys, f" {PHRASE} ")
    with pytest.raises(WrongPhrase):
        unlock(keys, PHRASE.upper())
    sealed = seal_to(keys.public, b"half a key", "R-1")
    assert open_with(private, sealed, "R-1") == b"half a key"
    with pytest.raises(SealBroken):
        open_with(private, sealed, "R-2")
    with pytest.raises(SealBroken):
        open_with(unlock(other, "another phrase altogether"), sealed, "R-1")


def test_one_half_alone_says_nothing() -> None:
    key = new_key()
    one, other = split(key)
    assert joined(one, other) == key and one != split(key)[0]
    words = seal_words(key, "Smith & Sons <Ltd>, £412,500", "R-1")
    assert open_words(joined(one, other), words, "R-1") == "Smith & Sons <Ltd>, £412,500"
    for half in (one, other):
        with pytest.raises(SealBroken):
            open_words(half, words, "R-1")


@pytest.mark.parametrize(
    ("phrase", "said"),
    [("short", "12 characters"), ("aaaaaaaaaaaaaa", "too easy"), ("A. Officer Smith", "too easy"), (PHRASE, "")],
)
def test_a_phrase_that_can_be_guessed_is_refused(phrase: str, said: str) -> None:
    found = phrase_problem(phrase, ("A. Officer Smith",))
    assert said in found and bool(said) == bool(found)


def test_receipts_say_nothing_of_the_bid() -> None:
    drawn = {new_receipt() for _ in range(200)}
    assert len(drawn) == 200 and all(len(one) == 11 and one.startswith("R-") for one in drawn)
