"""What this room's pages ask: the plan, the letters, the notices, a challenge."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure.award.rules import SHORTEST_STANDSTILL
from procure.fields.choices import PickOne
from procure.fields.days import DayField, MomentField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import WholeNumberField
from procure.fields.page_form import PageForm

YES, NO = "yes", "no"


class PlainForm(PageForm):
    """A button, with nothing to fill in."""


def recommendation_form(rejected: Iterable[tuple[str, str]], *, over: str = "") -> type[PageForm]:
    """What a recommendation says that no record holds: a reason for each alternative, by its key, and why.

    `over` is set where the award is worth more than was approved: then the officer says why it may be.
    """
    fields: dict[str, Any] = {
        "summary": WordsField(
            "In plain words", most=1_200, required="Say in plain words what the award does for the borough"
        ),
        "reasons": LinesField("Why this bid", most=600, required="Give at least one reason"),
    }
    for key, name in rejected:
        fields[f"why_{key}"] = WordsField(name, most=2_000, required=f"Say why this was rejected: {name}")
    if over:
        fields["over_reason"] = WordsField(
            "Why it may cost more", most=2_000, required="Say why it may cost more than was approved"
        )
    fields["sign_by_on"] = DayField("Sign by", called="The day to sign by")
    return type("RecommendationForm", (PageForm,), {**fields, "__doc__": "The words of a recommendation."})


class PlanForm(PageForm):
    """When the award notice goes out, and how long the council waits."""

    on = DayField("When will the award notice be published?", required="Enter the day of the award notice")
    has_standstill = PickOne(
        "Will you wait before the contract is signed?",
        choices=[(YES, "Yes, a standstill"), (NO, "No standstill")],
        required="Choose whether there is a standstill",
    )
    days = WholeNumberField("Working days", least=SHORTEST_STANDSTILL, most=60)
    reason = WordsField("Why is there no standstill?", most=2000)
    shortest = SHORTEST_STANDSTILL
    """Of the rule this procurement follows."""

    @property
    def standstill_days(self) -> int | None:
        """The length; None where there is none."""
        return (self.days.data or self.shortest) if self.has_standstill.data == YES else None

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        if self.has_standstill.data == NO and not self.reason.data:
            self.reason.refuse("Say why there is no standstill")
            return False
        return right


def plan_form(least: int) -> type[PlanForm]:
    """The form with the shortest standstill of the rule that the procurement follows."""

    class PlanUnderItsRule(PlanForm):
        days = WholeNumberField("Working days", least=least, most=60)
        shortest = least

    return PlanUnderItsRule


def letters_form(bids: Iterable[tuple[int, str]]) -> type[PageForm]:
    """A form with a reason for each unsuccessful bidder, by the place of its bid, and what all letters share."""
    fields: dict[str, Any] = {
        f"reason_{place}": WordsField(
            f"Why {name} is not awarded the contract", required=f"Say why {name} is not awarded the contract", most=4000
        )
        for place, name in bids
    }
    fields["asks"] = WordsField("What the winner has to do before the contract", most=4000)
    fields["withheld_text"] = WordsField("What is withheld about the winner, and on what ground", most=2000)
    return type("LettersForm", (PageForm,), {**fields, "__doc__": "What the letters say that no record holds."})


class NoticeForm(PageForm):
    """A notice that was published."""

    reference = LineField("Notice number", most=40)
    published_on = DayField("Published on", required="Enter the day the notice was published")


class ChallengeForm(PageForm):
    """A claim of which the council was told."""

    claimant = LineField("Who has made the claim?", required="Enter who has made the claim")
    notified_at = MomentField("When was the council told?", required="Enter the day and time the council was told")
    about = WordsField("What is it about?", most=4000)


class LiftForm(PageForm):
    """What ended a hold."""

    lifted_on = DayField("When was the hold lifted?", required="Enter the day the hold was lifted")
    lifted_by = LineField("What lifted it?", required="Say what lifted the hold, such as the court’s order")
