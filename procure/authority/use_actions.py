"""What a signed decision is used for: written in the act that uses it, refused while it may not be acted on."""

from __future__ import annotations

from datetime import date, datetime

from procure.audit.actions import Actor, act
from procure.authority.models import Decision, DecisionUse
from procure.authority.rules import ActKind, UseKind
from procure.authority.use_facts import why_not_usable
from procure.extensions import db
from procure.now import legal_day
from procure.refusals import Refusal


class CannotBeUsed(Refusal):
    """The decision isn't signed, or is open to call-in, called in or sent back. The attempt belongs on the file."""

    recorded = True


class UseRefused(Refusal):
    """What is said of the use can't be right."""


USES_WITHOUT_A_ROOM = {
    ActKind.VARY: UseKind.VARIATION,
    ActKind.TERMINATE: UseKind.TERMINATION,
    ActKind.ANCILLARY: UseKind.ANCILLARY,
    ActKind.OTHER: UseKind.OTHER,
}
"""Acts whose use the officer records on the decision itself: nothing else in the house carries them out."""


def record_use(
    decision: Decision, kind: UseKind, *, what: str, about: str, on: date, by: Actor, at: datetime
) -> DecisionUse:
    """Write down that something was done under a decision, once for each thing. `about` is that thing's reference.

    Raises `CannotBeUsed` while the decision may not be acted on.
    """
    with act("used a signed decision", on=decision, by=by, at=at):
        stop = why_not_usable(decision, on)
        if stop is not None:
            raise CannotBeUsed(stop.sentence, who_can=stop.who_can)
        known = next((one for one in decision.uses if (one.kind, one.about) == (kind, about)), None)
        if known is not None:
            return known
        use = DecisionUse(decision=decision, kind=kind, what=what, about=about, used_on=on)
        db.session.add(use)
        db.session.flush()
    return use


def say_use(
    decision: Decision, *, what: str, about: str, on: date, by: Actor, at: datetime, sees: int | None = None
) -> DecisionUse:
    """Record by hand what a variation, a termination, an ancillary agreement or another act was used for."""
    with act("recorded what a decision was used for", on=decision, by=by, at=at, sees=sees):
        kind = USES_WITHOUT_A_ROOM.get(decision.act)
        if kind is None:
            raise UseRefused("The use of this decision records itself when it is carried out.")
        if not what.strip():
            raise UseRefused("Say what was done under the decision.", field="what")
        if on > legal_day(at):
            raise UseRefused("The day can’t be in the future.", field="on")
        if decision.signed_on is not None and on < decision.signed_on:
            raise UseRefused("The day can’t be before the decision was signed.", field="on")
        return record_use(
            decision,
            kind,
            what=what.strip(),
            about=about.strip() or f"{decision.reference}, {len(decision.uses) + 1}",
            on=on,
            by=by,
            at=at,
        )
