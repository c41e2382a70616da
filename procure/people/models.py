"""Persons, posts, who held them when, roles, and the rows of signing in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.rules import Capacity, PostKind, Role, TokenPurpose
from procure.rows import Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class Person(Example, Recorded, Base):
    """Somebody who may sign in. Posts, not persons, hold powers."""

    __tablename__ = "person"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None] = mapped_column(info={"secret": True})
    totp_secret: Mapped[str | None] = mapped_column(info={"secret": True})
    totp_confirmed_at: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    holdings: Mapped[list[Holding]] = relationship(
        back_populates="person", order_by="Holding.from_on", foreign_keys="Holding.person_id"
    )
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="person", foreign_keys="RoleGrant.person_id")
    covers: Mapped[list[Cover]] = relationship(
        back_populates="person", order_by="Cover.from_on", foreign_keys="Cover.person_id"
    )

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


class Post(Example, Recorded, Base):
    """A post of the council: an officer's, a member's, or a body. Letters not answered go to the next post up.

    `name` is today's. What a successor takes over, and by what authority, stands in `succession_authority`.
    """

    __tablename__ = "post"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[PostKind] = mapped_column(one_of(PostKind))
    next_up_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    ended_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    succession_authority: Mapped[str] = mapped_column(default="")

    next_up: Mapped[Post | None] = relationship(remote_side="Post.id", foreign_keys=[next_up_id])
    successor: Mapped[Post | None] = relationship(remote_side="Post.id", foreign_keys=[successor_id])
    holdings: Mapped[list[Holding]] = relationship(back_populates="post", order_by="Holding.from_on")
    names: Mapped[list[PostName]] = relationship(back_populates="post", order_by="PostName.id")
    covers: Mapped[list[Cover]] = relationship(back_populates="post", order_by="Cover.from_on")
    predecessors: Mapped[list[Post]] = relationship(foreign_keys=[successor_id], order_by="Post.id", viewonly=True)

    def holding_on(self, day: date) -> Holding | None:
        """Who holds the post on a day; None when it is vacant. The latest to begin wins."""
        held = [holding for holding in self.holdings if holding.covers(day)]
        return held[-1] if held else None

    def holder_on(self, day: date) -> Person | None:
        """The person who holds the post on a day; None when it is vacant."""
        holding = self.holding_on(day)
        return holding.person if holding else None

    def cover_on(self, day: date) -> Cover | None:
        """Who covers the post on a day; None where nobody does."""
        return next((cover for cover in self.covers if cover.covers(day)), None)

    def heir_on(self, day: date) -> Post:
        """The post that has its powers on a day: itself or, once it has ended, its successor, followed on."""
        post, passed = self, {self.id}
        while post.ended_on is not None and post.ended_on < day and post.successor is not None:
            post = post.successor
            if post.id in passed:
                break
            passed.add(post.id)
        return post

    def acting_on(self, day: date) -> Person | None:
        """Who acts for the post on a day, and gets its letters: whoever covers it, else its holder; None for nobody."""
        heir = self.heir_on(day)
        cover = heir.cover_on(day)
        return cover.person if cover else heir.holder_on(day)

    def name_on(self, day: date) -> str:
        """What the post was called on a day."""
        was = [
            name.name
            for name in self.names
            if name.until_on is not None and day <= name.until_on and (name.from_on is None or name.from_on <= day)
        ]
        return was[0] if was else self.name

    def called_on(self, day: date) -> str:
        """Its name, and what it was called on a past day where that was another: "Head of Care, then called …"."""
        then = self.name_on(day)
        return self.name if then == self.name else f"{self.name}, then called {then}"

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


class PostName(Recorded, Base):
    """Another name of a post: one it had until a day, or one it is also known by (`until_on` None)."""

    __tablename__ = "post_name"
    __table_args__ = (
        UniqueConstraint("post_id", "name", "until_on"),
        CheckConstraint("from_on IS NULL OR until_on IS NULL OR until_on >= from_on", name="in_order"),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    name: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]

    post: Mapped[Post] = relationship(back_populates="names")

    @property
    def is_alias(self) -> bool:
        """Whether the post is known by this name still, beside its own."""
        return self.until_on is None

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return self.name


class Cover(Recorded, Base):
    """That somebody acts for a post for some days, both included, by a written authority.

    `away` is the holder who is covered; None where the post was vacant when the cover was set.
    """

    __tablename__ = "cover"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="in_order"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    away_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    authority: Mapped[str]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    post: Mapped[Post] = relationship(back_populates="covers")
    person: Mapped[Person] = relationship(back_populates="covers", foreign_keys=[person_id])
    away: Mapped[Person | None] = relationship(foreign_keys=[away_id])
    set_by: Mapped[Person] = relationship(foreign_keys=[set_by_id])

    def covers(self, day: date) -> bool:
        """Whether the post was covered on that day."""
        return self.from_on <= day <= self.until_on

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return f"{self.person.name} covers the {self.post.name}" + (f" for {self.away.name}" if self.away else "")


class Holding(Recorded, Base):
    """That a person held a post from one day to another, both included."""

    __tablename__ = "holding"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),
        Index("ix_holding_post_from", "post_id", "from_on"),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity), default=Capacity.SUBSTANTIVE)
    authority: Mapped[str | None]

    post: Mapped[Post] = relationship(back_populates="holdings")
    person: Mapped[Person] = relationship(back_populates="holdings", foreign_keys=[person_id])

    def covers(self, day: date) -> bool:
        """Whether the post was held on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return f"{self.person.name} as {self.post.name}"


class RoleGrant(Recorded, Base):
    """A role given to a person, for every file or for one, from one day to another."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    procurement_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    procurement: Mapped[Procurement | None] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the role was given on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def trail_file(self) -> str:
        return "people"

    def trail_name(self) -> str:
        return f"{self.person.name}: {self.role.label}"


class SignIn(Base):
    """A session that is open or was. The cookie holds a token; only its hash is kept. Not recorded.

    `code_step` is the half-minute of the one-time code it was opened with: no code opens two sessions.
    """

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("person_id", "code_step"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    passed_code_at: Mapped[datetime | None]
    code_step: Mapped[int | None] = mapped_column(BigInteger)
    browser: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class Attempt(Base):
    """A failed try to sign in, kept to slow down guessing. Not recorded."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)

    subject: Mapped[str]
    at: Mapped[datetime]


class Token(Base):
    """A letter's one-time key (invitation, new password). Only its hash is kept. Not recorded."""

    __tablename__ = "token"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[TokenPurpose] = mapped_column(one_of(TokenPurpose))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class Device(Base):
    """A browser on which a person has given a one-time code and which is remembered. Not recorded."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("token_hash"),)

    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named: Mapped[str] = mapped_column(default="")
    remembered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
