"""Every declared letter: one line of subject, the same words in both forms, and nothing left empty."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from procure.mail.declare import Email, all_emails
from procure.mail.writing import Words, write

AROUND = {
    "reference": "CON-2025-007", "to_name": "C. Manager", "to_post": "Contract Manager",
    "council_name": "London Borough of Example", "is_demonstration": True,
}  # fmt: skip
LONGEST_SUBJECT = 120

EVERY = pytest.mark.parametrize("email", all_emails().values(), ids=lambda email: email.name)


class Reader(HTMLParser):
    """The words and the links of a page of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in ("style", "title")
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words.append(data)


def written(app: Flask, email: Email) -> Words:
    with app.test_request_context():
        return write(email, email.sample, **AROUND)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w£’']+", re.sub(r"https?://\S+", " ", text).lower()))


@EVERY
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_says_the_same_in_both_forms(app: Flask, email: Email) -> None:
    letter = written(app, email)
    reader = Reader()
    reader.feed(letter.html)
    assert words_of(letter.text) == words_of(" ".join(reader.words))
    assert set(re.findall(r"https?://\S+", letter.text)) == set(reader.links)


@EVERY
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_has_one_line_of_subject_and_no_holes(app: Flask, email: Email) -> None:
    letter = written(app, email)
    assert letter.subject and "\n" not in letter.subject and len(letter.subject) <= LONGEST_SUBJECT
    for words in (letter.subject, letter.text, letter.html):
        assert not re.search(r"\bNone\b|\{\{|\}\}|\{%|Undefined| ,| \.(\s|$)", re.sub(r"<style>.*?</style>", "", words))
    assert "please" not in letter.text.lower()
    assert "<img" not in letter.html and "<script" not in letter.html


@EVERY
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_says_why_it_comes(app: Flask, email: Email) -> None:
    assert "Why you get this" in written(app, email).text
