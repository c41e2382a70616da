"""The demonstration's journey, step after step, each made by the real actions on its own day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from procure.authority.models import Decision
from procure.authority.rules import ActKind
from procure.contract.models import Contract
from procure.demonstration import (
    appraisal,
    approval,
    authority,
    award,
    contract,
    days,
    evaluation,
    purchase,
    settled,
    tender,
    tender_papers,
)
from procure.demonstration.cast import Cast, autumn_cover, set_up_council, the_cast
from procure.extensions import db
from procure.procurement.models import Procurement

Deed = Callable[[Cast], None]


@dataclass(frozen=True)
class Step:
    """A day to which the demonstration can be loaded: what it shows, and what is done on top of the step before."""

    name: str
    today: date
    shows: str
    deeds: tuple[Deed, ...]
    from_the_start: bool = False
    """True for a journey of its own, which follows no other step."""

    def load(self) -> None:
        """Do all that was done by this step's day, in an empty database."""
        before = () if self.from_the_start else STEPS[: STEPS.index(self)]
        for step in (*before, self):
            step.go()

    def go(self) -> None:
        """Do what this step adds, in a database that stands at the step before."""
        for deed in self.deeds:
            deed(the_cast())
        if not self.from_the_start:
            contract.time_passes(the_contract(), the_cast(), until=self.today)


def the_contract() -> Contract:
    """The contract that is ending."""
    return db.session.scalars(select(Contract).where(Contract.reference == contract.REFERENCE)).one()


def the_file() -> Procurement:
    """The purchase that follows it."""
    return db.session.scalars(select(Procurement).where(Procurement.reference == contract.NEXT_FILE)).one()


def the_award_decision() -> Decision:
    """The decision to award."""
    return db.session.scalars(
        select(Decision).where(Decision.procurement_id == the_file().id, Decision.act == ActKind.AWARD)
    ).one()


def on_the_file(deed: Callable[[Procurement, Cast], object]) -> Deed:
    """A deed on the file as a deed of the journey."""
    return lambda cast: _nothing(deed(the_file(), cast))


def on_the_decision(deed: Callable[[Decision, Cast], object]) -> Deed:
    """A deed on the award decision as a deed of the journey."""
    return lambda cast: _nothing(deed(the_award_decision(), cast))


def _nothing(_: object) -> None:
    return None


def begin(_: Cast) -> None:
    """The council, its people, the contract that is ending, and the file from Havering."""
    cast = set_up_council(at=days.at(days.SET_UP, 9))
    contract.ending_contract(cast)
    autumn_cover(cast)
    approval.funds(cast)
    approval.havering(cast)


def twelve_month_letter(cast: Cast) -> None:
    """The letter of 31 March 2027."""
    contract.twelve_months(the_contract(), cast)


def buy_again(cast: Cast) -> None:
    """The contract manager decides to buy again."""
    contract.buy_again(the_contract(), cast)


def open_contract(cast: Cast) -> None:
    """The contract is opened from the award and signed after the standstill; members hear of it."""
    found = the_file().only_lot.award
    assert found is not None
    contract.contract_from_award(found, cast)
    award.tell_members(found, cast)


FIRST = "contract"

STEPS: tuple[Step, ...] = (
    Step(FIRST, days.BEGIN, "A contract ends in 14 months and nobody has decided what follows.", (begin,)),
    Step("letter", days.LETTER, "The letter twelve months before the end has come.", (twelve_month_letter,)),
    Step("need", days.NEED_DONE, "The contract manager has decided to buy again; the file is open.", (buy_again,)),
    Step("appraisal", days.APPRAISAL, "Five options are compared; the reviewer has three days.", (
        on_the_file(purchase.describe_need), on_the_file(purchase.describe_value), on_the_file(appraisal.begin),
        on_the_file(appraisal.write),
        on_the_file(appraisal.send),
    )),
    Step("approval", days.CABINET_PUBLISHED, "Cabinet has decided; the decision can still be called in.", (
        on_the_file(appraisal.review), on_the_file(appraisal.issue), on_the_file(appraisal.seek_approval),
        on_the_file(tender.set_method), on_the_file(approval.report), on_the_file(approval.cabinet),
    )),
    Step("tender", days.TENDER_OPENS, "The tender notice is out.", (
        on_the_file(purchase.prepare_tender), on_the_file(tender_papers.prepare), on_the_file(settled.settle),
        on_the_file(tender.publish),
    )),
    Step("evaluation", days.MODERATED, "Three evaluators have scored alone; now the panel agrees its scores.", (
        on_the_file(tender.answer_questions), on_the_file(tender.issue_log), on_the_file(tender.open_bids),
        on_the_file(evaluation.receive), on_the_file(evaluation.check),
        on_the_file(evaluation.score_alone), on_the_file(evaluation.agree_first),
    )),
    Step("award", days.WAITING, "Three of four consultees have answered; the director can’t sign yet.", (
        on_the_file(evaluation.agree), on_the_file(evaluation.account), on_the_file(evaluation.finish),
        on_the_file(evaluation.issue_papers), on_the_file(award.recommend),
        on_the_decision(authority.advise),
        on_the_file(award.issue_recommendation),
        on_the_decision(authority.ask), on_the_decision(authority.early_answers),
    )),
    Step("signing", days.SIGNING, "All have answered, one objects: the director reads and signs.", (
        on_the_decision(authority.last_answer),
    )),
    Step("standstill", days.STANDSTILL, "Bidders have their letters, the award notice is out, the standstill runs.", (
        on_the_decision(authority.sign), on_the_decision(authority.publish), on_the_file(award.plan),
        on_the_file(award.write_to_bidders), on_the_file(award.announce),
    )),
    Step("signed", days.CONTRACT_SIGNED, "The contract is signed.", (open_contract,)),
    Step("2019", date(2019, 3, 1), "The same file in 2019, under the law of then, with the grant and the ring-fence.",
         (approval.replay_2019,), from_the_start=True),
)  # fmt: skip


def step_named(name: str) -> Step | None:
    """The step of that name."""
    return next((step for step in STEPS if step.name == name), None)
