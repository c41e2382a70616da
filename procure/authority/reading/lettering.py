"""One lettering for all sources, letter for letter, so that a place in it is the same place in the source."""

from __future__ import annotations

import re

_ONE_FOR_ONE = {
    **dict.fromkeys("\ufeff\u200b\t\v\f", " "),
    **dict.fromkeys("\u00a0\u1680\u3000\u205f\u202f", " "),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u201b`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2022\u00b7\u25cf\u25aa\u25e6\uf0b7\u2023", "\u2022"),
    **dict.fromkeys("\u2028\u2029\r\x85", "\n"),
}  # fmt: skip
_TABLE = {ord(one): other for one, other in _ONE_FOR_ONE.items()}


def flat(text: str) -> str:
    """The text with one kind of space, dash, quote, bullet and line end; not one letter longer or shorter."""
    return text.translate(_TABLE)


def small(text: str) -> str:
    """The text in small letters, letter for letter: a few capitals have a small form of two letters and stay."""
    lowered = text.lower()
    return (
        lowered if len(lowered) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    )


def as_printed(words: str) -> str:
    """Words on one line with single spaces."""
    return re.sub(r"\s+", " ", words).strip()


def words(said: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(said.split())
