"""How bids are judged, changed after the notice: only with an addendum that says what was and what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.demonstration.tender import CRITERIA
from procure.procurement.models import Lot
from procure.tender import addendum_actions
from procure.tender.actions import MethodLocked, MethodNotWhole, set_method
from procure.tender.addendum_actions import AddendumRefused, AddendumWords
from procure.tender.rules import PriceFormula
from tests.a_competition import evaluating, on_the_day, open_to_bids, page_of
from tests.signing_in import sign_in

AT = days.at(days.TENDER_OPENS, 16) + timedelta(days=1)
SAID = AddendumWords("A weight was wrong.", "Nobody has bid yet.", "It stays: a week is left.", ())


def method_of(lot: Lot) -> dict[str, object]:
    assert lot.method is not None
    return {
        "price_weight": lot.method.price_weight, "formula": PriceFormula.LOWEST_OVER_PRICE,
        "panel_size": lot.method.panel_size, "criteria": CRITERIA,
    }  # fmt: skip


def test_a_published_method_changes_with_its_addendum_and_not_without(cast: Cast) -> None:
    lot = open_to_bids(cast).only_lot
    wanted = method_of(lot)
    wanted["criteria"] = [replace(CRITERIA[0], word_limit=2_000), *CRITERIA[1:]]
    with pytest.raises(MethodLocked, match="Only an addendum"):
        set_method(lot, **wanted, by=cast["officer"], at=AT)  # type: ignore[arg-type]
    row = addendum_actions.change_method(lot, SAID, **wanted, by=cast["officer"], at=AT)
    (change,) = row.changes
    assert change.place == "How bids are judged: criterion 1" and row.issued_at == AT
    assert "At most 1,500 words." in change.old and "At most 2,000 words." in change.new
    assert lot.method is not None and lot.method.criteria[0].word_limit == 2_000


def test_nothing_is_changed_where_the_method_would_not_be_whole_or_nothing_differs(cast: Cast) -> None:
    lot = open_to_bids(cast).only_lot
    wanted = method_of(lot)
    with pytest.raises(AddendumRefused, match="Nothing about how bids are judged is different"):
        addendum_actions.change_method(lot, SAID, **wanted, by=cast["officer"], at=AT)
    wanted["criteria"] = [replace(CRITERIA[0], weight=99), *CRITERIA[1:]]
    with pytest.raises(MethodNotWhole):
        addendum_actions.change_method(lot, SAID, **wanted, by=cast["officer"], at=AT)
    assert lot.addenda == []


def test_once_bids_are_due_not_even_an_addendum_changes_it(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    with pytest.raises(AddendumRefused, match="only while the competition is open"):
        addendum_actions.change_method(lot, SAID, **method_of(lot), by=cast["officer"], at=days.at(days.EVALUATED))


def test_the_page_of_a_published_method_leads_to_its_change(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.TENDER_OPENS)
    sign_in(client, cast["officer"])
    assert "Change it by addendum" in page_of(client, "tender/method")
    assert "Change it and issue the addendum" in page_of(client, "tender/method/change")
