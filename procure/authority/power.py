"""Which power an act rests on: from the rows of delegations to the one that holds, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from procure import words
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Delegation, Resolution
from procure.authority.rules import (
    ActKind,
    Power,
    ResolutionStatus,
)
from procure.council.facts import RulesOn, rules_on
from procure.council.models import Council
from procure.extensions import db
from procure.people.access import posts_up_from
from procure.procurement.models import Procurement

if TYPE_CHECKING:
    from procure.contract.models import Contract


def the_council() -> Council | None:
    """The one council."""
    return db.session.scalars(select(Council).order_by(Council.id)).first()


def source_of(delegation: Delegation) -> str:
    """Where a power was given: the body, day, item and resolution, or the paragraph of the scheme."""
    resolution = delegation.resolution
    if resolution is None:
        return f"Scheme of delegation, {delegation.scheme_paragraph}"
    meeting = resolution.meeting
    return f"{meeting.body}, {words.day(meeting.held_on)}, item {meeting.item}, resolution {resolution.numeral}"


def words_of(delegation: Delegation) -> str:
    """The words the power was read from."""
    return delegation.resolution.words if delegation.resolution else delegation.scheme_words


def power_from(
    delegation: Delegation, procurement: Procurement | None, day: date, rules_for: RulesOn = rules_on
) -> Power:
    """A delegation as it stands on a day, seen from one file."""
    resolution = delegation.resolution
    effect = effect_of_meeting(resolution.meeting, day, rules_for) if resolution else None
    since = [found for found in (effect.in_force_from if effect else None, delegation.from_on) if found]
    post, heir = delegation.post, delegation.post.heir_on(day)
    return Power(
        source=source_of(delegation),
        giver=resolution.meeting.body if resolution else "Full Council",
        act=delegation.act,
        post=post.name,
        consultees=tuple(one.post.name for one in delegation.consultees),
        modes=tuple(one.mode for one in delegation.consultees),
        others=tuple(one.post.name for one in delegation.others),
        may_nominate=delegation.may_nominate,
        heir=heir.name if heir is not post else "",
        succession_authority=post.succession_authority if heir is not post else "",
        post_ended_on=post.ended_on if post.ended_on is not None and post.ended_on < day else None,
        resolution_kind=resolution.kind if resolution else None,
        resolution_status=resolution.status if resolution else ResolutionStatus.RESOLVED,
        numeral=resolution.numeral if resolution else "",
        in_force_from=max(since) if since and (effect is None or effect.in_force_from) else None,
        is_stopped=effect is not None and effect.is_stopped,
        effect=effect.sentence if effect and not effect.is_in_force else "",
        until_on=delegation.until_on,
        until_event=delegation.until_event,
        superseded_on=delegation.superseded_on,
        min_value_gross=delegation.min_value_gross,
        max_value_gross=delegation.max_value_gross,
        max_months=delegation.max_months,
        counterparty=delegation.counterparty,
        scope=delegation.scope,
        conditions=delegation.conditions,
        words=words_of(delegation),
        other_file=_other_file(delegation, procurement),
    )


def effect_said(delegation: Delegation, day: date) -> str:
    """Why a power isn't in force on a day, in the words of its call-in; empty where it is."""
    effect = effect_of_meeting(delegation.resolution.meeting, day) if delegation.resolution else None
    return effect.sentence if effect is not None and not effect.is_in_force else ""


def _other_file(delegation: Delegation, procurement: Procurement | None) -> str:
    """Reference of the file a power is tied to, where that is not this one."""
    given_for = delegation.procurement or (delegation.resolution.procurement if delegation.resolution else None)
    if given_for is None or (procurement is not None and given_for.id == procurement.id):
        return ""
    return given_for.reference


def delegation_for(
    act: ActKind,
    procurement: Procurement | None,
    day: date,
    *,
    value_gross: Decimal | None,
    max_months: int | None,
    contract: Contract | None = None,
) -> Delegation | None:
    """The power an act on this file rests on: a resolution about it, else the scheme; None where nobody has one.

    The newest of several wins, and one that is replaced comes last. Whether it suffices `may_act` says. For a contract
    that came from no file the scheme's rows count of the post that looks after it and of those above.
    """
    about = _about_the_file(act, procurement) if procurement is not None else None
    if about is not None:
        return about
    posts = [procurement.director_post_id] if procurement is not None else []
    if procurement is None and contract is not None:
        posts = [post.id for post in posts_up_from(contract.manager_post)]
    scheme = db.session.scalars(
        select(Delegation).where(
            Delegation.act == act,
            Delegation.resolution_id.is_(None),
            Delegation.procurement_id.is_(None),
            Delegation.post_id.in_(posts),
        )
    )
    return _best(scheme, day, value_gross, max_months)


def _about_the_file(act: ActKind, procurement: Procurement) -> Delegation | None:
    return db.session.scalars(
        select(Delegation)
        .outerjoin(Resolution)
        .where(
            Delegation.act == act,
            or_(Delegation.procurement_id == procurement.id, Resolution.procurement_id == procurement.id),
        )
        .order_by(Delegation.superseded_on.is_not(None), Delegation.id.desc())
    ).first()


def _best(
    rows: Iterable[Delegation], day: date, value_gross: Decimal | None, max_months: int | None
) -> Delegation | None:
    """The narrowest paragraph of the scheme that suffices; where none does, the widest, which then says why not."""
    live = [
        row
        for row in rows
        if (row.from_on is None or row.from_on <= day)
        and (row.until_on is None or day <= row.until_on)
        and (row.superseded_on is None or day < row.superseded_on)
    ]
    live.sort(key=lambda row: (row.max_value_gross is None, row.max_value_gross or Decimal(0), row.id))
    enough = [
        row
        for row in live
        if (row.max_value_gross is None or value_gross is None or value_gross <= row.max_value_gross)
        and (row.min_value_gross is None or value_gross is None or row.min_value_gross <= value_gross)
        and (row.max_months is None or max_months is None or max_months <= row.max_months)
    ]
    fitting = enough or live[-1:]
    return fitting[0] if fitting else None
