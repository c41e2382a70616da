"""Waivers as others read them: what one depends on, which is in force on a file, which were given after the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from procure import words
from procure.authority.models import ConsulteeView, Decision, Delegation
from procure.authority.rules import MUST_AGREE, OVER, ConsultationMode, DecisionState
from procure.authority.rules.waiving import (
    QUOTES_RULE,
    Agreement,
    Ground,
    WaiverFacts,
    is_outside,
    waived_until,
)
from procure.authority.use_facts import why_not_usable
from procure.authority.waiver_models import Waiver
from procure.council.law import is_above
from procure.council.models import WaiverReason
from procure.extensions import db
from procure.law.regimes import Regime
from procure.people.models import Person, Post
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Route


def statute_of(procurement: Procurement) -> str:
    """The law that binds a purchase at its value, by name; empty where only the council's own rules bind it."""
    regime = procurement.regime
    if regime is Regime.PCR2015:
        kind, value, started = procurement.kind.value, procurement.value_gross, procurement.started_on
        return regime.label if is_above(kind, value, started) else ""
    return regime.label if regime in (Regime.PA2023, Regime.PROVIDER_SELECTION) else ""


def ground_from(reason: WaiverReason) -> Ground:
    """A dated row of the council as the rules see it."""
    return Ground(reason.name, reason.from_on, reason.until_on, reason.max_net, reason.max_months)


def facts_of_waiver(decision: Decision, day: date, signer: Person | None) -> WaiverFacts | None:
    """What the waiver of a decision depends on; None for a decision of another kind."""
    waiver, file = decision.waiver, decision.procurement
    if waiver is None or file is None:
        return None
    return WaiverFacts(
        rule=waiver.rule, ground=ground_from(waiver.reason), day=day, from_on=waiver.from_on,
        until_on=waiver.until_on, value_net=file.value_net, statute=statute_of(file),
        agreements=agreements_of(decision, signer),
    )  # fmt: skip


def agreements_of(decision: Decision, signer: Person | None) -> tuple[Agreement, ...]:
    """Who is asked about a waiver: as they were asked, or, before that, as the power says."""
    file = decision.procurement
    if decision.views and file is not None:
        return tuple(_asked(view, decision, file, signer) for view in decision.views)
    power = decision.delegation
    return agreements_under(power, file) if power is not None and file is not None else ()


def agreements_under(power: Delegation, file: Procurement) -> tuple[Agreement, ...]:
    """Whom a power makes its holder ask, and which of them stand outside the service of a file."""
    return tuple(
        Agreement(one.post.name, one.mode in MUST_AGREE, _stands_outside(one.post, power.post, file))
        for one in power.consultees
    )


def _asked(view: ConsulteeView, decision: Decision, file: Procurement, signer: Person | None) -> Agreement:
    answering = view.substitute_post or view.post
    given = view.answered_at is not None
    return Agreement(
        answering.name,
        _mode_of(view, decision.delegation) in MUST_AGREE,
        _stands_outside(answering, decision.post, file),
        by_asker=given and view.answered_by_id == decision.prepared_by_id,
        by_signer=given and signer is not None and view.answered_by_id == signer.id,
    )


def _mode_of(view: ConsulteeView, power: Delegation | None) -> ConsultationMode:
    """How the power binds its holder to a view; as it was asked where the power doesn't name the post."""
    found = [one.mode for one in power.consultees if one.post_id == view.post_id] if power is not None else []
    return found[0] if found else view.mode


def _stands_outside(post: Post, decider: Post, file: Procurement) -> bool:
    """Outside the service: not the deciding post, not the file's director or lead, and under none of them."""
    service = {decider.id, file.director_post_id, file.lead_post_id}
    above = {one.id: one.next_up_id for one in db.session.scalars(select(Post))}
    return is_outside(post.id, above, frozenset(one for one in service if one is not None))


# ── what stands on a file ──


@dataclass(frozen=True)
class WaiverStanding:
    """One waiver on the page of its file. `state` is a word for a tag; `said` says the same in a sentence."""

    waiver: Waiver
    state: str
    said: str
    is_in_force: bool = False


def waivers_of(procurement: Procurement) -> list[Waiver]:
    """Every waiver asked for on a file, newest first."""
    return list(
        db.session.scalars(
            select(Waiver).join(Decision).where(Decision.procurement_id == procurement.id).order_by(Waiver.id.desc())
        )
    )


def is_in_force(waiver: Waiver, day: date) -> bool:
    """Whether a waiver may be relied on: its day come, not expired, its decision signed, published and in force."""
    return waiver.from_on <= day <= waiver.until_on and why_not_usable(waiver.decision, day) is None


def waiver_in_force(procurement: Procurement, day: date, rule: str = QUOTES_RULE) -> Waiver | None:
    """The waiver of a rule that may be relied on for a file on a day; the one that lasts longest of several."""
    found = [one for one in waivers_of(procurement) if one.rule == rule and is_in_force(one, day)]
    return max(found, key=lambda one: one.until_on, default=None)


def waived_words(procurement: Procurement, day: date) -> str:
    """How a checklist says that the quotes rule is waived; empty where it isn't."""
    waiver = waiver_in_force(procurement, day)
    return waived_until(waiver.until_on, waiver.reason.name) if waiver else ""


def expired_words(procurement: Procurement, day: date) -> str:
    """That a waiver of the quotes rule has run out, where nothing follows it; empty otherwise."""
    if waiver_in_force(procurement, day) is not None:
        return ""
    over = [
        one
        for one in waivers_of(procurement)
        if one.rule == QUOTES_RULE and one.decision.state is DecisionState.SIGNED and one.until_on < day
    ]
    return f"The waiver expired on {words.day(max(one.until_on for one in over))}." if over else ""


def standings_of(procurement: Procurement, day: date) -> list[WaiverStanding]:
    """The waivers of a file, newest first, each with how it stands."""
    return [standing_of(waiver, day) for waiver in waivers_of(procurement)]


def standing_of(waiver: Waiver, day: date) -> WaiverStanding:
    """How one waiver stands on a day."""
    decision, until = waiver.decision, words.day(waiver.until_on)
    if decision.state in OVER:
        return WaiverStanding(waiver, decision.state.label, f"It gives nothing: {decision.state.label.lower()}.")
    if decision.state is not DecisionState.SIGNED:
        said = f"It waits for the {decision.post.name}. Nothing may rest on it yet."
        return WaiverStanding(waiver, decision.state.label, said)
    if day > waiver.until_on:
        return WaiverStanding(waiver, "Expired", f"It expired on {until}. The rule applies again.")
    if day < waiver.from_on:
        return WaiverStanding(waiver, "Not begun", f"It begins on {words.day(waiver.from_on)}.")
    stop = why_not_usable(decision, day)
    if stop is not None:
        return WaiverStanding(waiver, "Not in force", stop.sentence)
    return WaiverStanding(waiver, "In force", f"In force until {until}.", is_in_force=True)


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """The days on which waivers in force end, so that nothing rests on one any longer."""
    found = waivers_of(lot.procurement) if lot.procurement.route is Route.SCHEME else []
    return [
        (one.until_on, f"The waiver of {one.rule[:1].lower()}{one.rule[1:]} ends")
        for one in found
        if is_in_force(one, today)
    ]


def after_the_event(from_on: date, until_on: date) -> list[Waiver]:
    """Waivers signed in a time where the work had begun before anybody approved it. For the audit committee."""
    rows = db.session.scalars(select(Waiver).where(Waiver.began_on.is_not(None)).order_by(Waiver.id))
    return [row for row in rows if row.decision.signed_on is not None and from_on <= row.decision.signed_on <= until_on]
