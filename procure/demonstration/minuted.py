"""The two minutes of the demonstration, read from their published words as the page reads them, and then confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from procure.authority.minutes import read
from procure.authority.reading.facts import Reading, Stretch
from procure.authority.reading.lettering import as_printed
from procure.authority.reading.proposal import Matched, Proposed, proposed
from procure.authority.reading_actions import ConfirmedPower, ConfirmedResolution, NewPost, PublishedWords
from procure.authority.rules import ResolutionKind
from procure.budget.actions import SetAside
from procure.budget.models import RingFence
from procure.people.finding import all_posts, names_of
from procure.people.models import Post
from procure.procurement.models import Procurement

HERE = Path(__file__).parent
CABINET, HAVERING = "cabinet_2019.txt", "havering_2015.txt"
DAY_OF_2019 = "18/02/2019"


def published(name: str, day: str = DAY_OF_2019) -> PublishedWords:
    """A minute word for word; for the example of 2027 with its day in place of the real one."""
    return PublishedWords((HERE / name).read_text(encoding="utf-8").replace(DAY_OF_2019, day), name)


def facts_of(reading: Reading) -> dict[str, Any]:
    """The facts of a meeting as its reading gives them."""
    return {
        "title": reading.title.value if reading.title else "",
        "introduced_by": reading.introduced_by.value if reading.introduced_by else "",
        "background": "\n".join(_passage(reading, one) for one in reading.background),
        "item": reading.item.value if reading.item else "",
        "reasons": _passage(reading, reading.reasons), "alternatives": _passage(reading, reading.alternatives),
    }  # fmt: skip


def _passage(reading: Reading, at: Stretch | None) -> str:
    return as_printed(at.of(reading.text)) if at else ""


def resolutions_of(
    reading: Reading, held_on: date, procurement: Procurement | None = None, fence: RingFence | None = None
) -> list[ConfirmedResolution]:
    """What the page proposes for each resolution, confirmed without a change."""
    posts = all_posts()
    register, by_id = names_of(posts), {post.id: post for post in posts}
    return [
        _confirmed(
            reading.text, proposed(reading.text, one, register), by_id, procurement,
            lambda found: fence or set_aside_by(found, held_on),
        )
        for one in reading.resolutions
    ]  # fmt: skip


def _confirmed(
    text: str,
    found: Proposed,
    posts: dict[int, Post],
    procurement: Procurement | None,
    fence: Callable[[Proposed], SetAside | RingFence],
) -> ConfirmedResolution:
    read_ = found.read
    buys = found.kind in (ResolutionKind.APPROVE_PROCUREMENT, ResolutionKind.DELEGATE)
    made = ConfirmedResolution(
        read_.label.value if read_.label else "", found.kind, as_printed(read_.at.of(text)),
        procurement=procurement if buys else None, option_number=found.option.value if found.option else None,
    )  # fmt: skip
    if found.fence:
        return replace(made, set_aside=fence(found))
    if found.kind is ResolutionKind.DELEGATE:
        return replace(made, power=_power(found, posts))
    return made


def _power(found: Proposed, posts: dict[int, Post]) -> ConfirmedPower:
    first, *others = [_post(one, posts) for one in found.delegates]
    scope, partner = found.read.scope, found.read.counterparty
    return ConfirmedPower(
        first, found.acts, others=others,
        consultees=[(_post(one, posts), mode) for one, mode in found.consultees],
        limits={
            "max_value_gross": found.limit.value if found.limit else None, "scope": scope.value if scope else "",
            "counterparty": partner.value if partner else "",
            "conditions": "\n".join(one.value for one in found.read.conditions),
        },
    )  # fmt: skip


def _post(one: Matched, posts: dict[int, Post]) -> Post | NewPost:
    return posts[one.post] if one.post is not None else NewPost(one.printed)


def crowdfunding(held_on: date) -> SetAside:
    """The ring-fence of resolution (iii), whose amount isn't stated."""
    reading = read(published(CABINET).words)
    found = (proposed(reading.text, one, ()) for one in reading.resolutions)
    return set_aside_by(next(one for one in found if one.fence), held_on)


def set_aside_by(found: Proposed, held_on: date) -> SetAside:
    """A ring-fence as the words put it: 2019-2021 is read as the financial years 2019/20 and 2020/21."""
    fence = found.fence
    assert fence is not None and fence.from_on is not None and fence.until_on is not None
    return SetAside(fence.name, fence.from_on, fence.until_on, fence.purposes, basis=fence.basis, amount_on=held_on)
