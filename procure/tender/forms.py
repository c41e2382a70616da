"""What this room's pages ask: the method, whom to invite, and the notice."""

# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField
from wtforms.fields.choices import SelectChoice

from procure import words
from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField, MomentField
from procure.fields.lines import LineField, MailField, WordsField
from procure.fields.numbers import WholeNumberField
from procure.fields.page_form import PageForm
from procure.law.periods import Circumstance
from procure.tender.rules import TOP_SCORE, CriterionLine, PriceFormula, labels_of, points_of

ROWS_AT_FIRST = 4
MOST_ROWS = 40
STANDS_ALONE = "Nothing: it stands by itself"

CIRCUMSTANCES = (
    (Circumstance.ELECTRONIC.value, "Electronic tenders, all documents with the notice (25 days)"),
    (Circumstance.ELECTRONIC_DOCUMENTS_LATER.value, "Electronic tenders, some documents later (30 days)"),
    (Circumstance.PLANNED_NOTICE.value, "A qualifying planned procurement notice was published (10 days)"),
    (Circumstance.URGENCY.value, "A state of urgency (10 days)"),
)


def _place(chosen: str | None) -> int:
    """The row that was chosen; 0 for none, and for what no page of ours sends."""
    return int(chosen) if chosen and chosen.isascii() and chosen.isdigit() else 0


class CriterionForm(Form):
    """One criterion for quality; a row left empty counts for nothing."""

    title = LineField("Criterion", most=120)
    part_of = PickFrom("Part of", choices=[], blank=STANDS_ALONE)
    weight = WholeNumberField("Weight", least=1, most=100)
    definition = WordsField("What a good answer shows")
    least_score = WholeNumberField("Minimum score", least=1, most=TOP_SCORE)
    word_limit = WholeNumberField("Word limit", least=1, most=20_000)

    @property
    def is_empty(self) -> bool:
        typed = (self.title, self.weight, self.definition, self.least_score, self.word_limit)
        return not any(one.data or one.errors for one in typed)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.is_empty:
            return True
        if not self.title.data:
            self.title.refuse("Enter the name of the criterion")
        if self.weight.data is None:
            self.weight.refuse(f"Enter the weight of {self.title.data or 'the criterion'}")
        return not (self.title.errors or self.weight.errors)


class MethodForm(PageForm):
    """How bids will be judged."""

    price_weight = WholeNumberField("Weight of price", least=0, most=99, required="Enter the weight of price, or 0")
    formula = PickOne(
        "How a price becomes points",
        choices=[(value, words.sentence(label)) for value, label in PriceFormula.choices()],
        required="Choose how a price becomes points",
    )
    panel_size = WholeNumberField("Evaluators", least=1, most=12, required="Enter how many people will score")
    criteria = FieldList(
        FormField(CriterionForm), "Criteria for quality", min_entries=ROWS_AT_FIRST, max_entries=MOST_ROWS
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer_parents()

    def offer_parents(self) -> None:
        """Each row may be part of any row above it, by what is typed there."""
        above: list[tuple[str, str]] = []
        for place, row in enumerate(self.rows, start=1):
            row.part_of.choices = [SelectChoice(*pair) for pair in above]
            if not row.is_empty:
                above.append((str(place), row.title.data or f"Row {place}"))

    @property
    def rows(self) -> list[Any]:
        """The rows of the page, filled in or not."""
        return [entry.form for entry in self.criteria]

    @property
    def filled(self) -> list[int]:
        """Places of the rows that were filled in (1 for the first)."""
        return [place for place, row in enumerate(self.rows, start=1) if not row.is_empty]

    @property
    def lines(self) -> list[CriterionLine]:
        """The rows that were filled in."""
        new_place = {row: line for line, row in enumerate(self.filled, start=1)}
        return [
            CriterionLine(
                row.title.data or "", row.weight.data or 0, row.definition.data or "",
                part_of=new_place.get(_place(row.part_of.data)),
                least_score=row.least_score.data, word_limit=row.word_limit.data,
            )
            for row in (self.rows[place - 1] for place in self.filled)
        ]  # fmt: skip

    def notes(self) -> dict[int, tuple[str, str]]:
        """By row: how it is numbered and the points it can bring, as far as what is typed allows."""
        lines = self.lines
        if any(line.part_of and line.part_of >= place for place, line in enumerate(lines, start=1)):
            return {}
        found = zip(self.filled, labels_of(lines), points_of(lines), strict=True)
        return {place: (label, words.percent(points).removesuffix("%")) for place, label, points in found}

    def refuse(self, no: object, at: str | None = None) -> None:
        """A sentence about one criterion stands at the row in which it was typed."""
        where = (at or getattr(no, "field", None) or "").split(":")
        if len(where) == 3 and where[0] == "criteria":
            self.rows[self.filled[int(where[1]) - 1] - 1][where[2]].refuse(str(no))
            self.criteria.errors = [entry.errors for entry in self.criteria]
        else:
            super().refuse(no, at)

    def offer_another(self) -> None:
        """One more empty row, for a page that was sent to ask for it."""
        if len(self.criteria.entries) < MOST_ROWS:
            self.criteria.append_entry()
            self.offer_parents()


class NoticeForm(PageForm):
    """The notice that opened the competition, and when bids are due."""

    reference = LineField("Notice number", most=40)
    ocid = LineField("Procurement identifier (ocid)", most=60)
    published_on = DayField("Published on", required="Enter the day the notice was published")
    closes_at = MomentField("Bids are due by", required="Enter the day and time by which bids are due")
    circumstance = PickFrom("How tenders are made", choices=CIRCUMSTANCES, blank=None)


class InviteForm(PageForm):
    """A supplier to ask for a quote."""

    name = LineField("Name of the supplier", required="Enter the name of the supplier")
    email = MailField("Email", required="Enter the email address to which the request goes")
    contact_name = LineField("Contact")
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    known_id = PickOne("Is it on record?", choices=[])


class PlainForm(PageForm):
    """A button, with nothing to fill in."""
