"""What this room's pages ask: panel, declarations, bids and their files, scores, a low price, a tie."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure.evaluation.models import Bid
from procure.evaluation.rules import BidFileKind, InterestOutcome, Weight
from procure.evaluation.rules.exclusion import About, Ground, Outcome
from procure.evaluation.rules.papers import CHECKS, HowAgreed
from procure.fields.choices import PickFrom, PickMany, PickOne, TickField
from procure.fields.days import DayField, MomentField
from procure.fields.files import UploadsField
from procure.fields.lines import LineField, LinesField, MailField, WordsField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm
from procure.suppliers.rules import Particulars
from procure.tender.rules import SCALE, TOP_SCORE

WHOLE_NUMBER = f"Choose a whole number from 0 to {TOP_SCORE}, as published. Never an average"
NO, YES = "no", "yes"


class PlainForm(PageForm):
    """A button, with nothing to fill in."""


class PanelForm(PageForm):
    """Who scores and who moderates, and by when."""

    evaluators = PickMany("Evaluators", choices=[], required="Choose who scores")
    moderator = PickFrom("Moderator", choices=[])
    scores_due_on = DayField("Individual scores are in by", required="Enter the day by which scores are in")
    agree_due_on = DayField("Scores are agreed by", required="Enter the day by which scores are agreed")


class BidderFields(PageForm):
    """A bidder's particulars, as its letter needs them."""

    name = LineField("Name of the bidder", required="Enter the name of the bidder")
    contact_name = LineField("Contact")
    email = MailField("Email")
    address = WordsField("Postal address", most=500)
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    identifier = LineField("Other identifier", most=60)

    @property
    def particulars(self) -> Particulars:
        """The supplier as typed."""
        names = ("name", "email", "contact_name", "address", "company_number", "charity_number", "identifier")
        return Particulars(**{name: getattr(self, name).data or "" for name in names})


class BidderForm(BidderFields):
    """The same, put right on record."""

    reason = LineField("Why is it changed?", required="Say why it is changed")


class BidFields(PageForm):
    """A bid: its price, when it came, and whether it is assessed."""

    price_net = MoneyField("Whole-life price, without VAT", required="Enter the price", least=0)
    received_at = MomentField("Received", required="Enter the day and the time it came in")
    is_set_aside = TickField("This bid is set aside and not assessed")
    set_aside_because = WordsField("Why is it set aside?", most=2000)

    @property
    def reason_set_aside(self) -> str:
        """The reason, where the bid is set aside."""
        return (self.set_aside_because.data or "") if self.is_set_aside.data else ""

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        if self.is_set_aside.data and not self.set_aside_because.data:
            self.set_aside_because.refuse("Say why the bid is set aside")
            return False
        return bool(right)


class BidForm(BidFields):
    """A bid that is entered already."""

    because = LineField("Why is it changed?")


class NewBidForm(BidFields, BidderFields):
    """A bid and its bidder, on one page."""

    known_id = PickOne("Is it on record?", choices=[])


class FilesForm(PageForm):
    """Files to put with a bid."""

    files = UploadsField("Files", required="Choose one or more files")
    kind = PickOne(
        "What are they about?",
        choices=[(one.value, one.label) for one in BidFileKind],
        required="Say whether they are about quality or price",
    )


class FileForm(PageForm):
    """A file that is with a bid already."""

    kind = PickOne(
        "What is it about?",
        choices=[(one.value, one.label) for one in BidFileKind],
        required="Say whether it is about quality or price",
    )
    withdrawn_because = LineField("Why is it withdrawn?")


class LateForm(PageForm):
    """Whether a late bid is evaluated."""

    admitted = PickOne(
        "Is it evaluated?",
        choices=[(NO, "No, it stays out"), (YES, "Yes, it is evaluated like the others")],
        required="Say whether it is evaluated",
    )
    reason = WordsField("Why?", required="Say why", most=2000)


class FindingForm(PageForm):
    """What a bidder with a low price answered."""

    asked_on = DayField("When did you ask?", required="Enter the day on which you asked")
    answered_on = DayField("When did the answer come?")
    finding = WordsField("What did the bidder answer, and what do you make of it?", most=4000)
    accepted = PickOne(
        "Does it explain the price?",
        choices=[
            ("", "The answer hasn’t come yet"),
            (YES, "Yes, so the bid stays in"),
            (NO, "No, so the bid is set aside"),
        ],
    )

    @property
    def verdict(self) -> bool | None:
        """Whether the price is explained; None while the answer is awaited."""
        return {YES: True, NO: False}.get(self.accepted.data or "")


class TieForm(PageForm):
    """How a tie was settled."""

    place = PickOne("Which bid goes first?", choices=[], required="Choose the bid that goes first")
    how = WordsField("How was it settled, and who was there?", required="Say how the tie was settled", most=2000)


class ReopenForm(PageForm):
    """Why an evaluator's scores are opened again."""

    because = WordsField("Why are they opened again?", required="Say why the scores are opened again", most=2000)


class ReopenScoreForm(PageForm):
    """Why an agreed score is to be opened again once prices are known, and who is asked."""

    because = WordsField("Why must it be opened again?", required="Say why the score must be opened again", most=2000)
    approver = PickFrom("Who decides?", choices=[], required="Choose who decides")


class DecideReopeningForm(PageForm):
    """Whether it is."""

    approved = PickOne(
        "Your decision",
        choices=[(YES, "Yes, the panel may agree this score anew"), (NO, "No, the score stays as it is")],
        required="Say whether the score is opened again",
    )
    reason = WordsField("Why?", required="Say why", most=2000)


class ExclusionCheckForm(PageForm):
    """The look at the debarment list for one bidder."""

    list_checked_on = DayField("When was the debarment list looked at?", required="Enter the day of the look")
    list_edition = LineField("Which edition of the list?", required="Say which edition it was, such as its day")
    is_listed = PickOne(
        "Is the bidder, or anybody named here, on it?",
        choices=[(NO, "No"), (YES, "Yes")],
        required="Say whether anybody is on the list",
    )
    connected = LinesField("Connected persons who were looked up", most=200)
    associated = LinesField("Suppliers it relies on who were looked up", most=200)
    subcontractors = LinesField("Subcontractors who were looked up", most=200)


class GroundForm(PageForm):
    """A ground for exclusion: what shows it, what the bidder answered, and the decision."""

    ground = PickFrom(
        "Which ground?", choices=[(one.value, one.full_label) for one in Ground], required="Choose the ground"
    )
    about = PickOne("Whom is it about?", choices=About.choices(), required="Say whom it is about")
    about_name = LineField("Their name, if it isn’t the bidder", most=200)
    evidence = WordsField("What shows it, and where was that found?", most=4000, required="Say what shows it")
    asked_on = DayField("When was the bidder asked to answer?")
    answered_on = DayField("When did the answer come?")
    self_cleaning = WordsField("What has been done so that it isn’t likely to occur again?", most=4000)
    outcome = PickOne("What was decided?", choices=[("", "Nothing yet"), *Outcome.choices()])
    reason = WordsField("Why?", most=4000)
    decided_on = DayField("When?")
    decided_by = PickFrom("Who decided?", choices=[])
    bidder_told_on = DayField("When was the bidder told?")
    minister_told_on = DayField("When was the minister told?")


class OutcomeForm(PageForm):
    """What the officer decides about a declared interest."""

    outcome = PickOne(
        "What do you decide?",
        choices=[(one.value, one.label) for one in InterestOutcome],
        required="Say whether they may take part",
    )
    reason = WordsField(
        "Why, and what keeps the interest from mattering?", required="Say why, in a sentence or two", most=2000
    )


def declaration_form(bids: Iterable[Bid]) -> type[PageForm]:
    """A form with one answer for each bidder: no interest, or one in words."""
    fields: dict[str, Any] = {}
    for bid in bids:
        name = bid.supplier.name
        fields[f"bid_{bid.id}"] = PickOne(
            f"Do you have an interest in {name}?",
            choices=[(NO, "No"), (YES, "Yes")],
            required=f"Say whether you have an interest in {name}",
        )
        fields[f"what_{bid.id}"] = WordsField(f"What is your interest in {name}?", most=2000)
    keys = [name.removeprefix("bid_") for name in fields if name.startswith("bid_")]

    def validate(self: Any, extra_validators: Any = None) -> bool:
        right = PageForm.validate(self, extra_validators)
        for key in keys:
            if self[f"bid_{key}"].data == YES and not self[f"what_{key}"].data:
                self[f"what_{key}"].refuse("Say what the interest is, such as a job, a share or a friendship")
                right = False
        return bool(right)

    return type("DeclarationForm", (PageForm,), {**fields, "validate": validate, "__doc__": "Interests, declared."})


class AccountForm(PageForm):
    """What the evaluation report tells beside the scores."""

    checker_post_id = PickFrom("Who checked the arithmetic", choices=[], required="Choose who checked the arithmetic")
    checked_on = DayField("When?", required="Enter the day on which the arithmetic was checked")
    due_diligence = WordsField(
        "Checks of the bidder who came first", most=4000, required="Say what was checked about the bidder"
    )
    events = LinesField("Anything unusual, and how it was handled", most=1000)
    single_bid = WordsField("Why was there only one bid, and is it good value?", most=4000)
    lessons = LinesField("Lessons for next time", most=600)


CHECK_LABELS = {
    "missing": "What is missing",
    "anomaly": "What is odd",
    "conditions": "Conditions of participation",
}


def checks_form(bids: Iterable[Bid], *, prices: bool) -> type[PageForm]:
    """What was found in each bid; its total as tendered only where prices may be seen."""
    fields: dict[str, Any] = {}
    for bid in bids:
        of = f", {bid.supplier.name}"
        for name in CHECKS:
            label = CHECK_LABELS[name]
            fields[f"{name}_{bid.id}"] = LineField(label, called=f"{label}{of}", most=600)
        if prices:
            fields[f"as_tendered_{bid.id}"] = MoneyField(
                "Total as tendered, if the check changed it", called=f"Total as tendered{of}", least=1
            )
    return type("ChecksForm", (PageForm,), {**fields, "__doc__": "What was found in each bid."})


def own_scores_form(criteria: Iterable[Weight]) -> type[PageForm]:
    """An evaluator's scores of one bid: one score and one reason for each published criterion."""
    wanted = {str(one.number): one.title for one in criteria}
    return _scores_form(wanted, "Your score for", "Give your reason for this score. It stays on file")


def agreed_scores_form(bids: Iterable[Bid]) -> type[PageForm]:
    """The panel's scores on one criterion: one score and one reason for each bid."""
    wanted = {str(bid.id): bid.supplier.name for bid in bids}
    fields = {
        "discussed": WordsField("What was discussed?", most=4000),
        "how": PickOne("How were these scores agreed?", choices=HowAgreed.choices()),
    }
    return _scores_form(
        wanted, "Agreed score for", "Give the panel’s reason for this score. It goes to the bidder", fields
    )


def _scores_form(
    wanted: dict[str, str], said: str, no_reason: str, more: dict[str, Any] | None = None
) -> type[PageForm]:
    fields: dict[str, Any] = dict(more or {})
    steps = [(str(step.score), str(step.score)) for step in reversed(SCALE)]
    for key, name in wanted.items():
        fields[f"score_{key}"] = PickOne(f"{said} {name}", choices=steps)
        fields[f"reason_{key}"] = WordsField(f"Reason for {name}", most=4000)

    def validate(self: Any, extra_validators: Any = None) -> bool:
        right = PageForm.validate(self, extra_validators)
        for key in wanted:
            right = _is_whole(self[f"score_{key}"], self[f"reason_{key}"], no_reason) and right
        return bool(right)

    return type("ScoresForm", (PageForm,), {**fields, "validate": validate, "__doc__": "Scores with their reasons."})


def _is_whole(score: Any, reason: Any, no_reason: str) -> bool:
    """Both a whole number and a reason, or neither yet."""
    if score.raw_data and score.raw_data[0] and score.errors:
        score.errors = [WHOLE_NUMBER]
    if score.data and not reason.data and not score.errors:
        reason.refuse(no_reason)
        return False
    if reason.data and not score.data and not score.errors:
        score.refuse("Choose the score that this reason is for")
        return False
    return True
