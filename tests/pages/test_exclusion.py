"""Exclusion grounds by pages: who was looked up, a ground with its answer, who is excluded, and the notice of it."""

from __future__ import annotations

from flask.testing import FlaskClient

from procure.demonstration import days
from procure.demonstration.cast import DIRECTOR, Cast
from procure.evaluation.facts import bids_of
from procure.suppliers.actions import complete
from procure.suppliers.rules import Particulars
from tests.a_competition import REFERENCE, evaluating, on_the_day, page_of, sent
from tests.an_evaluation import AT, agreed, numbers
from tests.signing_in import sign_in

SMITH = "Smith & Sons <Ltd>"
SHOWN = "Smith &amp; Sons &lt;Ltd&gt;"
PRICES = {SMITH: (90, (3, 3, 3, 3)), "One": (100, (3, 3, 3, 3))}


def day(name: str, on: object) -> dict[str, str]:
    return {f"{name}-day": f"{on.day}", f"{name}-month": f"{on.month}", f"{name}-year": f"{on.year}"}  # type: ignore[attr-defined]


def test_a_bidder_is_looked_up_a_ground_is_answered_and_who_is_excluded_gets_a_notice(
    cast: Cast, client: FlaskClient
) -> None:
    lot = evaluating(cast).only_lot
    bid = agreed(lot, cast, PRICES, looked_up=False)[SMITH]
    complete(bid.supplier, Particulars(SMITH, "s@s.example", "S. Smith", "1 Row"), by=cast["officer"], at=AT)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    path = "evaluation/bids/1/debarment-list"
    status, page = sent(client, path, list_edition="of 11 October", **day("list_checked_on", days.BIDS_ENTERED))
    assert status == 422 and "Say whether anybody is on the list" in page and "of 11 October" in page
    listed = {"list_edition": "of 11 October", "is_listed": "no", "subcontractors": "A. Printer"}
    _, page = sent(client, path, **listed, **day("list_checked_on", days.BIDS_ENTERED))
    assert f"{SHOWN} was looked up." in page and "Subcontractors: A. Printer." in page
    path = "evaluation/bids/1/grounds/new"
    given = day("decided_on", days.EVALUATED) | {
        "ground": "fraud", "about": "bidder", "evidence": "A conviction of 2026.", "outcome": "stays_in",
        "reason": "Long ago.", "decided_by": str(cast.post(DIRECTOR).id),
    }  # fmt: skip
    status, page = sent(client, path, **given)
    assert status == 422 and "Under a mandatory ground the bidder must be excluded" in page and "A conviction" in page
    given |= {"outcome": "excluded"} | day("asked_on", days.BIDS_ENTERED)
    _, page = sent(client, path, **given)
    assert "is excluded, and out of the ranking." in page and "Tell the minister by Wednesday 8 December 2027." in page
    assert f"{SHOWN} is not considered.</strong> Excluded: Theft" in page_of(client, "evaluation/prices").replace(
        "<strong>", ""
    )
    assert "A conviction of 2026." in page_of(client, "evaluation/bids/1/exclusion-notice")
    _, page = sent(client, "evaluation/bids/1/exclusion-notice/issue")
    assert "Notice of exclusion, version 1, is issued and kept." in page
    sign_in(client, cast["director"])
    assert client.get(f"/procurements/{REFERENCE}/evaluation/exclusions").status_code == 403
    assert client.post(f"/procurements/{REFERENCE}/{path}", data=given).status_code == 403
    assert len(bids_of(lot)[0].grounds) == 1


def test_a_score_is_asked_about_decided_and_recorded_by_three_people(cast: Cast, client: FlaskClient) -> None:
    lot = evaluating(cast).only_lot
    agreed(lot, cast, PRICES)
    on_the_day(days.EVALUATED)
    number = numbers(lot)[0]
    sign_in(client, cast["moderator"])
    assert "Ask for it to be opened again" in page_of(client, f"evaluation/moderation/{number}")
    path = f"evaluation/bids/1/reopen/{number}"
    status, page = sent(client, path, because="Page 9 <was> missing.")
    assert status == 422 and "Choose who decides" in page and "Page 9 &lt;was&gt; missing." in page
    assert "L. Law" in page and "D. Director" in page and "M. Moderator," not in page.partition("<select")[2]
    _, page = sent(client, path, because="Page 9 <was> missing.", approver=cast["law"].id)
    assert "They are asked, and have a letter." in page
    assert "L. Law, Director of Law and Governance hasn’t decided yet" in page_of(client, "evaluation/prices")
    assert lot.evaluation is not None
    decision = f"evaluation/reopenings/{lot.evaluation.reopenings[0].id}"
    sign_in(client, cast["director"])
    assert client.get(f"/procurements/{REFERENCE}/{decision}").status_code == 403
    sign_in(client, cast["law"])
    status, page = sent(client, decision, approved="yes")
    assert status == 422 and "Say why" in page
    _, page = sent(client, decision, approved="yes", reason="It was in the tender.")
    assert "Your decision is on record." in page
    sign_in(client, cast["moderator"])
    assert "L. Law approved opening it again." in page_of(client, f"evaluation/moderation/{number}")
