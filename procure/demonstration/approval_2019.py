"""The file of 2019 as far as it is known: four options, the fourth preferred. All else is example."""

from __future__ import annotations

from datetime import date, datetime

from procure.appraisal import actions
from procure.appraisal.actions import CriterionLine, Given
from procure.appraisal.rules.comparing import OptionKind
from procure.demonstration import days
from procure.demonstration.cast import COMMUNITY, DIRECTOR, ENGAGEMENT, Cast
from procure.law.regimes import Regime
from procure.procurement.actions import describe, move, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Route

REFERENCE = "PRO-2018-092"

CRITERIA = (
    CriterionLine("Borough Manifesto and Strategy", "How far it serves both.", 60),
    CriterionLine("Cost", "Whole-life cost without VAT.", 40, is_cost=True),
)

OPTIONS = (
    ("Let the contract end", OptionKind.DO_NOTHING, 0, 5),
    ("Renew the contract as it is", OptionKind.EXTEND, 2, 3),
    ("Bring it in-house", OptionKind.IN_HOUSE, 3, 2),
    ("A new social infrastructure contract, with local giving", OptionKind.NEW_CONTRACT, 5, 3),
)


def file_of_2019(cast: Cast) -> Procurement:
    """Opened in December 2018; the options compared in January 2019."""
    officer = cast["officer"]
    opened = days.at(date(2018, 12, 3), 10)
    file = open_file(
        title="Social infrastructure support", route=Route.CABINET, officer=officer, by=officer, at=opened,
        reference=REFERENCE, regime=Regime.PCR2015, kind=ContractKind.LIGHT_TOUCH, is_example=True,
    )  # fmt: skip
    describe(
        file, need="The current social infrastructure contract is ending.",
        description="A VCSE organisation to deliver the social infrastructure support and a local giving model.",
        wards_label="All wards", lead_post_id=cast.post(ENGAGEMENT).id, director_post_id=cast.post(DIRECTOR).id,
        portfolio_post_id=cast.post(COMMUNITY).id, by=officer, at=opened,
    )  # fmt: skip
    move(file.only_lot, "start the appraisal", by=officer, at=days.at(date(2018, 12, 4), 10))
    _compare(file, cast, days.at(date(2019, 1, 15), 10))
    return file


def _compare(file: Procurement, cast: Cast, at: datetime) -> None:
    officer = cast["officer"]
    appraisal = actions.begin(file, by=officer, at=at)
    actions.set_criteria(appraisal, CRITERIA, by=officer, at=at)
    actions.agree_criteria(appraisal, date(2019, 1, 15), by=officer, at=at)
    for name, kind, _, _ in OPTIONS:
        actions.add_option(appraisal, name=name, short_name=name, in_brief=name, kind=kind, by=officer, at=at)
    given = [
        Given(number, place, points, "Example reason, for the replay.", "Example")
        for number, (_, _, serves, cost) in enumerate(OPTIONS, start=1)
        for place, points in enumerate((serves, cost), start=1)
    ]
    actions.score(appraisal, given, scored_by=officer, by=officer, at=at)
    option = appraisal.option(4)
    assert option is not None
    actions.prefer(
        appraisal, option,
        reasons=["It leads the step change required locally across the VCSE sector.",
                 "It develops collaboration and support, including the local giving model and brand."],
        rejections={
            1: "Support would stop.", 2: "It would not lead the change.", 3: "It would not be led by the sector.",
        },
        by=officer, at=at,
    )  # fmt: skip
