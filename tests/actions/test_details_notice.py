"""The contract details notice: after the signature, once, and due within its period."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from procure.award.facts import dates_of, details_notice_working, waiting_for
from procure.demonstration import award, contract, days
from procure.demonstration.cast import Cast
from procure.notices.actions import NoticeRefused
from procure.procurement.rules import Stage
from tests.a_competition import announced, on_the_day, page_of
from tests.signing_in import sign_in


def test_the_details_notice_is_due_120_days_from_a_light_touch_contract(cast: Cast, client: FlaskClient) -> None:
    file = announced(cast)
    lot = file.only_lot
    with pytest.raises(NoticeRefused, match="The contract hasn’t been signed"):
        award.publish_details(file, cast)
    contract.contract_from_award(lot.award, cast)  # type: ignore[arg-type]
    assert lot.stage is Stage.CONTRACTED
    due = details_notice_working(lot)
    assert due is not None and due.answer == date(2028, 4, 3)
    assert dates_of(lot, days.CONTRACT_SIGNED) == [(date(2028, 4, 3), "Publish the details notice by")]
    with client.application.test_request_context():
        (task,) = waiting_for(cast["officer"], days.CONTRACT_SIGNED)
    assert (task.what, task.day) == ("Publish the contract details notice", date(2028, 4, 3))
    on_the_day(days.CONTRACT_SIGNED)
    sign_in(client, cast["officer"])
    assert "Publish its details notice by Monday 3 April 2028." in page_of(client, "award")
    assert "It is due by Monday 3 April 2028." in page_of(client, "award/details-notice")
    award.publish_details(file, cast)
    assert dates_of(lot, award.DETAILS_NOTICE_ON) == []
    with pytest.raises(NoticeRefused, match="already recorded"):
        award.publish_details(file, cast)
