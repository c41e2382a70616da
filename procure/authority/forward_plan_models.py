"""Notices of key decisions to come: the forward plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.authority.rules import NoticeRoute
from procure.people.models import Person, Post
from procure.rows import REFERENCE, Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class ForwardPlanEntry(Example, Recorded, Base):
    """Notice of a key decision to come: SI 2012/2089 reg 9 (28 clear days), 10 and 11 (exceptions), 5 (private).

    The decision maker is a body, or a post where `post` is set. `documents` are one a line. `told_on` is the day the
    scrutiny chair was told (general exception), `agreed_on` the day they agreed (special urgency), and
    `exception_published_on` the day the public could read why.
    """

    __tablename__ = "forward_plan_entry"
    __table_args__ = (
        CheckConstraint("decision_until_on IS NULL OR decision_until_on >= decision_on", name="in_order"),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    procurement_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"), index=True)
    matter: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    decision_on: Mapped[date]
    decision_until_on: Mapped[date | None]
    key_reason: Mapped[str] = mapped_column(default="")
    wards_label: Mapped[str] = mapped_column(default="")
    documents: Mapped[str] = mapped_column(default="")
    copies_at: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    is_private: Mapped[bool] = mapped_column(default=False)
    private_paragraph: Mapped[str] = mapped_column(default="")
    private_reason: Mapped[str] = mapped_column(default="")
    route: Mapped[NoticeRoute] = mapped_column(one_of(NoticeRoute), default=NoticeRoute.FORWARD_PLAN)
    exception_reason: Mapped[str] = mapped_column(default="")
    chair_name: Mapped[str] = mapped_column(default="")
    told_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    exception_published_on: Mapped[date | None]
    published_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]

    procurement: Mapped[Procurement | None] = relationship()
    post: Mapped[Post | None] = relationship()
    made_by: Mapped[Person] = relationship()

    @property
    def maker(self) -> str:
        """Who decides: the body, or the post."""
        return self.post.name if self.post else self.body

    def trail_file(self) -> str:
        return "forward-plan"

    def trail_name(self) -> str:
        return self.matter
