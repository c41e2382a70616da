"""Every page says who may enter."""

from __future__ import annotations

import pytest
from flask import Flask

from procure.people.access import Entry
from procure.people.rules import Role
from tests.conftest import built, settings_for


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("entrances")
    return built(settings_for(folder, f"sqlite:///{folder / 'none.db'}"))


OPEN = {
    "people.sign_in", "people.code", "people.set_up_code", "people.sign_out", "people.forgotten",
    "people.choose_password", "people.start", "reminder.acknowledged",
    "reminder.acknowledged_one", "reminder.put_off",
}  # fmt: skip
"""Signing in, and what the key in a letter opens. The other open pages only tell (help, health)."""


def test_every_page_declares_who_may_enter(house: Flask) -> None:
    undeclared = [
        name
        for name, view in house.view_functions.items()
        if name != "static" and not isinstance(getattr(view, "entry", None), Entry)
    ]
    assert undeclared == [], "put @enter(…) right below the route"


def test_a_page_that_anybody_may_enter_changes_nothing(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        view = house.view_functions[rule.endpoint]
        entry = getattr(view, "entry", None)
        if entry is not None and not entry.signed_in and rule.endpoint not in OPEN:
            assert rule.methods is not None
            assert "POST" not in rule.methods, f"{rule.endpoint} takes a POST from anybody"


def test_the_auditor_is_let_in_nowhere_that_only_takes_a_post(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        entry = getattr(house.view_functions[rule.endpoint], "entry", None)
        if entry is not None and rule.methods and "GET" not in rule.methods:
            assert Role.AUDITOR not in entry.roles, f"{rule.endpoint} changes something and lets the auditor in"
