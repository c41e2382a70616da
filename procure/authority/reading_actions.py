"""Recording a decision that was read from its published words and confirmed by a person: all of it, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from procure.audit.actions import Actor, act
from procure.authority.delegating import Powers
from procure.authority.meeting_actions import publish, record_meeting, resolve
from procure.authority.minutes import meeting_reference
from procure.authority.models import Meeting
from procure.authority.reading_models import DecisionSource
from procure.authority.rules import ActKind, ConsultationMode, ResolutionKind, ResolutionStatus
from procure.budget.actions import SetAside
from procure.budget.models import RingFence
from procure.extensions import db
from procure.people.actions.posts import add_post_from_minutes
from procure.people.finding import post_named
from procure.people.models import Post
from procure.people.rules import kind_of_post_named
from procure.procurement.models import Procurement
from procure.refusals import Refusal


class ReadingRefused(Refusal):
    """A resolution of a reading can't be recorded as it stands."""


@dataclass(frozen=True)
class NewPost:
    """A post that the words name and the register doesn't know yet."""

    name: str


@dataclass(frozen=True)
class ConfirmedPower:
    """Who may do what, as confirmed. Posts may be new; the rest are the limits of `Powers`."""

    post: Post | NewPost
    acts: Sequence[ActKind]
    others: Sequence[Post | NewPost] = ()
    consultees: Sequence[tuple[Post | NewPost, ConsultationMode]] = ()
    limits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfirmedResolution:
    """A resolution as a person confirmed it: numeral as printed, kind, words, and what its kind brings."""

    printed: str
    kind: ResolutionKind
    words: str
    procurement: Procurement | None = None
    option_number: int | None = None
    power: ConfirmedPower | None = None
    set_aside: SetAside | RingFence | None = None
    status: ResolutionStatus = ResolutionStatus.RESOLVED
    owner_post: Post | None = None
    follow_up: str = ""
    follow_up_by: date | None = None


@dataclass(frozen=True)
class PublishedWords:
    """The text that was read, what it was called, and the digest of the file it came in."""

    words: str
    name: str = ""
    file_sha256: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.words.encode("utf-8")).hexdigest()


def confirm(
    source: PublishedWords,
    resolutions: Sequence[ConfirmedResolution],
    *,
    by: Actor,
    at: datetime,
    published_on: date | None = None,
    **minuted: Any,
) -> Meeting:
    """Record what was read and confirmed: the meeting, its resolutions and powers, new posts, and the words themselves.

    One act: what is refused of one resolution leaves nothing of the others. `minuted` are the facts of the meeting as
    `record_meeting` takes them. A refusal names its field as `resolutions-2-acts`.
    """
    if not resolutions:
        raise ReadingRefused("Keep at least one resolution. A decision without one can’t be recorded.")
    reference = meeting_reference(minuted["body"], minuted["held_on"], minuted["item"])
    with act(f"recorded a decision of {minuted['body']} from its published words", on=reference, by=by, at=at):
        meeting = record_meeting(by=by, at=at, **minuted)
        db.session.flush()
        posts = _Posts(by, at)
        for place, one in enumerate(resolutions):
            _record(meeting, place, one, posts, by=by, at=at)
        if published_on is not None:
            db.session.flush()
            db.session.expire(meeting, ["resolutions"])
            publish(meeting, on=published_on, by=by, at=at)
        db.session.add(
            DecisionSource(
                meeting=meeting, name=source.name, words=source.words, sha256=source.sha256,
                file_sha256=source.file_sha256, read_at=at,
            )
        )  # fmt: skip
    return meeting


class _Posts:
    """The posts of one confirmation: a new one is made once, and not at all where somebody has made it meanwhile."""

    def __init__(self, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.made: dict[str, Post] = {}

    def of(self, wanted: Post | NewPost) -> Post:
        if isinstance(wanted, Post):
            return wanted
        known = self.made.get(wanted.name) or post_named(wanted.name)
        if known is not None:
            return known
        kind = kind_of_post_named(wanted.name)
        post = self.made[wanted.name] = add_post_from_minutes(wanted.name, kind, by=self.by, at=self.at)
        db.session.flush()
        return post


def _record(meeting: Meeting, place: int, one: ConfirmedResolution, posts: _Posts, *, by: Actor, at: datetime) -> None:
    try:
        resolve(
            meeting, one.kind, one.words, printed=one.printed, status=one.status, procurement=one.procurement,
            option_number=one.option_number, powers=_powers(one.power, posts), set_aside=one.set_aside,
            owner_post=one.owner_post, follow_up=one.follow_up, follow_up_by=one.follow_up_by, by=by, at=at,
        )  # fmt: skip
        db.session.flush()
        db.session.expire(meeting, ["resolutions"])
    except Refusal as refusal:
        called = one.printed or f"number {place + 1}"
        at_field = f"resolutions-{place}-{refusal.field}" if refusal.field else None
        raise ReadingRefused(f"Resolution {called}: {refusal.sentence}", field=at_field) from refusal


def _powers(power: ConfirmedPower | None, posts: _Posts) -> Powers | None:
    if power is None:
        return None
    bare = Powers(
        post=posts.of(power.post), acts=power.acts, others=[posts.of(one) for one in power.others],
        consultees=[(posts.of(post), mode) for post, mode in power.consultees],
    )  # fmt: skip
    return replace(bare, **power.limits)
