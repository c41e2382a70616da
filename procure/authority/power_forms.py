"""What the pages of a delegated power ask: who may act, whom they must ask and how, within what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField

from procure.authority.delegating import Powers
from procure.authority.models import Delegation
from procure.authority.rules import ActKind, ConsultationMode
from procure.extensions import db
from procure.fields.choices import PickFrom, PickMany, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.people.models import Post

SPARE_ROWS = 2
"""Empty rows for posts, more than there are names."""


class ConsulteeRow(Form):  # type: ignore[misc]
    """A post that is asked before the act, and how the words bind its view."""

    post_id = PickFrom("Post", choices=[], blank="Nobody")
    mode = PickFrom(
        "How", choices=[(mode.value, mode.label[0].upper() + mode.label[1:]) for mode in ConsultationMode], blank=None
    )


class PowerFields(PageForm):
    """A power as the words give it."""

    post_id = PickFrom("Which post may act?", choices=[], required="Choose the post that may act")
    others = PickMany("Which other posts may act by themselves?", choices=[])
    may_nominate = TickField("Its holder may name somebody to act")
    consultees = FieldList(FormField(ConsulteeRow), "Which posts must it consult?")
    max_value_gross = MoneyField("Limit on value, including VAT")
    min_value_gross = MoneyField("Only from this value, including VAT")
    max_months = WholeNumberField("Limit on length, in months", least=1, most=600)
    counterparty = LineField("Only with whom?")
    scope = LineField("What for?")
    conditions = LinesField("On what conditions?", most=1000)
    from_on = DayField("From when?", called="First day of the power")
    until_on = DayField("Until when?", called="Last day of the power")
    until_event = LineField("Until what happens?")

    def offer_posts(self, posts: list[tuple[str, str]]) -> None:
        """Put the council's posts into every list of posts, with empty rows for more."""
        self.post_id.choices = self.others.choices = posts
        rows = len([row for row in self.consultees if row.form.post_id.data])
        while not self.is_submitted() and len(self.consultees) < max(rows + SPARE_ROWS, 3):
            self.consultees.append_entry()
        for row in self.consultees:
            row.form.post_id.choices = posts

    def add_row(self, posts: list[tuple[str, str]]) -> None:
        """One more row for a post that is asked."""
        self.consultees.append_entry()
        self.offer_posts(posts)

    def powers(self, acts: Sequence[ActKind]) -> Powers:
        """What was typed, as a power for these acts."""
        return Powers(
            post=_post(self.post_id.data), acts=acts, others=[_post(key) for key in self.others.data or ()],
            may_nominate=bool(self.may_nominate.data),
            consultees=[
                (_post(row.form.post_id.data), ConsultationMode(row.form.mode.data or ConsultationMode.CONSULT.value))
                for row in self.consultees
                if row.form.post_id.data
            ],
            max_value_gross=self.max_value_gross.data, min_value_gross=self.min_value_gross.data,
            max_months=self.max_months.data, counterparty=self.counterparty.data or "", scope=self.scope.data or "",
            conditions="\n".join(self.conditions.data or ()), from_on=self.from_on.data, until_on=self.until_on.data,
            until_event=self.until_event.data or "",
        )  # fmt: skip


def _post(key: Any) -> Post:
    return db.session.get_one(Post, int(key))


ACTS = [(one.value, one.label[0].upper() + one.label[1:]) for one in ActKind]


class AddPowerForm(PowerFields):
    """Another power under the same words."""

    acts = PickMany("What may it do?", choices=ACTS, required="Choose at least one act")
    reason = LineField("Why is it added?", required="Say why it is added")


class CorrectPowersForm(PowerFields):
    """A power put right, with the reason."""

    reason = LineField("Why is it corrected?", required="Say why it is corrected")


def filled_from(row: Delegation) -> dict[str, Any]:
    """What a recorded power says, for the form that corrects it."""
    return {
        "post_id": str(row.post_id), "others": [str(one.post_id) for one in row.others],
        "may_nominate": row.may_nominate,
        "consultees": [{"post_id": str(one.post_id), "mode": one.mode.value} for one in row.consultees],
        "max_value_gross": row.max_value_gross, "min_value_gross": row.min_value_gross, "max_months": row.max_months,
        "counterparty": row.counterparty, "scope": row.scope,
        "conditions": [line for line in row.conditions.split("\n") if line], "from_on": row.from_on,
        "until_on": row.until_on, "until_event": row.until_event,
    }  # fmt: skip
