"""The award of the demonstration: recommended, written to every bidder, announced, and waited out."""

from __future__ import annotations

from datetime import date

from procure.authority.log_actions import issue_log
from procure.award import actions, letters, recommendation_actions
from procure.award.models import Award
from procure.award.report_back_documents import REPORT_BACK
from procure.award.rules import SHORTEST_STANDSTILL
from procure.demonstration import days
from procure.demonstration.authority import REFERENCE, WORDS
from procure.demonstration.cast import Cast
from procure.documents.actions import issue
from procure.mail.sending import post_waiting
from procure.notices.actions import record_details_notice
from procure.procurement.models import Procurement

AWARD_NOTICE = "058114-2027"
DETAILS_NOTICE = "060932-2027"
DETAILS_NOTICE_ON = date(2027, 12, 13)

ASKS = """Send certificates of the insurance that the invitation asks for by 30 November 2027
Send your safeguarding policy by 30 November 2027
Tell us who will sign the contract by 2 December 2027
Give us your bank details by the secure route; we will check them by telephone"""

WITHHELD = (
    "Names of the winner’s staff are withheld: they are personal data. The make-up of its price is withheld: it is "
    "sensitive commercial information, and the public interest lies in keeping it from competitors (section 94 of the "
    "Act)."
)


def recommend(procurement: Procurement, cast: Cast) -> Award:
    """Example Alliance is recommended; the decision is drawn up for the director."""
    return actions.recommend(
        procurement.only_lot, by=cast["officer"], at=days.at(days.PREPARED, 11), reference=REFERENCE, **WORDS
    )


def issue_recommendation(procurement: Procurement, cast: Cast) -> None:
    """With the officers' comments in it, the recommendation is issued before anybody is asked."""
    recommendation_actions.issue_recommendation(_award(procurement), by=cast["officer"], at=days.at(days.ASKED, 9, 30))


def plan(procurement: Procurement, cast: Cast) -> None:
    """The notice for 23 November, with the eight working days that light touch contracts needn't give."""
    actions.plan_notice(
        _award(procurement), days.STANDSTILL, standstill_days=SHORTEST_STANDSTILL, by=cast["officer"],
        at=days.at(days.PUBLISHED, 16),
    )  # fmt: skip


def write_to_bidders(procurement: Procurement, cast: Cast) -> None:
    """Every assessed bidder has its letter on the morning of the notice, before it goes out."""
    award, officer = _award(procurement), cast["officer"]
    letters.write_letters(
        award, reasons=letters.reasons_drafted(award), asks=ASKS, withheld_text=WITHHELD, by=officer,
        at=days.at(days.STANDSTILL, 9),
    )  # fmt: skip
    letters.send_letters(award, by=officer, at=days.at(days.STANDSTILL, 9, 10))
    post_waiting(days.at(days.STANDSTILL, 9, 11))


def announce(procurement: Procurement, cast: Cast) -> None:
    """The award notice is out; the standstill runs to Friday 3 December 2027."""
    actions.record_award_notice(
        procurement.only_lot, reference=AWARD_NOTICE, published_on=days.STANDSTILL, by=cast["officer"],
        at=days.at(days.STANDSTILL, 11),
    )  # fmt: skip


def publish_details(procurement: Procurement, cast: Cast) -> None:
    """The contract details notice follows the signature."""
    record_details_notice(
        procurement.only_lot, reference=DETAILS_NOTICE, published_on=DETAILS_NOTICE_ON, by=cast["officer"],
        at=days.at(DETAILS_NOTICE_ON),
    )  # fmt: skip


def _award(procurement: Procurement) -> Award:
    award = procurement.only_lot.award
    assert award is not None
    return award


def tell_members(award: Award, cast: Cast) -> None:
    """The log of the consultation is kept, and members hear what came of what they resolved."""
    by, when = cast["officer"], days.at(days.CONTRACT_SIGNED, 16)
    issue_log(award.decision, by=by, at=when)
    issue(REPORT_BACK, award.lot.procurement, by=by, at=when)
