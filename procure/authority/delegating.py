"""What a resolution delegates, in rows: one for each act, each with everybody who is asked and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.authority.models import Delegation, DelegationConsultee, DelegationDelegate, Resolution
from procure.authority.rules import ActKind, ConsultationMode
from procure.extensions import db
from procure.people.models import Post
from procure.procurement.models import Procurement
from procure.refusals import Refusal


class PowerIncomplete(Refusal):
    """A delegation names who may act, at least one act and a file, and doesn't contradict itself."""


Asked = tuple[Post, ConsultationMode]
"""A post that is asked before the act, and how its view binds."""


@dataclass(frozen=True)
class Powers:
    """What a resolution delegates: the post and others that may act, the acts, whom to ask, the limits it states.

    A consultee without a mode is asked *in consultation with*. Values are in pounds with VAT; None where the words
    state no limit. `conditions` are one a line; `until_event` is for a power that ends with something that happens.
    """

    post: Post
    acts: Sequence[ActKind]
    consultees: Sequence[Post | Asked] = ()
    max_value_gross: Decimal | None = None
    max_months: int | None = None
    counterparty: str = ""
    scope: str = ""
    conditions: str = ""
    from_on: date | None = None
    until_on: date | None = None
    others: Sequence[Post] = ()
    may_nominate: bool = False
    min_value_gross: Decimal | None = None
    until_event: str = ""

    @property
    def asked(self) -> list[Asked]:
        """Everybody who is asked, each with a mode."""
        return [one if isinstance(one, tuple) else (one, ConsultationMode.CONSULT) for one in self.consultees]


def must_be_whole(powers: Powers | None, procurement: Procurement | None) -> None:
    """Refuse a delegation without acts or file, or one that contradicts itself."""
    if powers is None or not powers.acts:
        raise PowerIncomplete("Choose at least one act that is delegated.", field="acts")
    if procurement is None:
        raise PowerIncomplete("Choose the file for which the power is given.", field="procurement")
    must_agree_with_itself(powers)


def must_agree_with_itself(powers: Powers) -> None:
    """Refuse posts that stand twice or are asked about their own decision, and limits in the wrong order."""
    deciding = [powers.post.id, *(one.id for one in powers.others)]
    asked = [post.id for post, _ in powers.asked]
    if len(set(deciding)) < len(deciding):
        raise PowerIncomplete("A post stands twice among those that may act. Choose each once.", field="others")
    if set(deciding) & set(asked):
        raise PowerIncomplete("The post that decides can’t also be consulted.", field="consultees")
    if len(set(asked)) < len(asked):
        raise PowerIncomplete("A post stands twice among those consulted. Leave one out.", field="consultees")
    low, high = powers.min_value_gross, powers.max_value_gross
    if low is not None and high is not None and high < low:
        raise PowerIncomplete("The limit must be more than the lowest value.", field="max_value_gross")
    if powers.from_on and powers.until_on and powers.until_on < powers.from_on:
        raise PowerIncomplete("The last day must be after the first.", field="until_on")


def give(resolution: Resolution, powers: Powers, procurement: Procurement | None, *, is_example: bool) -> None:
    """One row for each act, each with every consultee and every other post that may act."""
    for kind in sorted(set(powers.acts), key=list(ActKind).index):
        db.session.add(
            Delegation(
                resolution=resolution, act=kind, procurement=procurement, is_example=is_example,
                consultees=[
                    DelegationConsultee(number=place, post=post, mode=mode)
                    for place, (post, mode) in enumerate(powers.asked, start=1)
                ],
                others=[DelegationDelegate(post=post) for post in powers.others], **columns_of(powers),
            )
        )  # fmt: skip


def columns_of(powers: Powers) -> dict[str, object]:
    """The columns of a delegation that its words fill, whatever the act."""
    names = (
        "post", "may_nominate", "min_value_gross", "max_value_gross", "max_months", "counterparty", "scope",
        "conditions", "from_on", "until_on", "until_event",
    )  # fmt: skip
    return {name: getattr(powers, name) for name in names}
