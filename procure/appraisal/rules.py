"""How options are compared: totals, ranks, what-if and the switching point."""

from __future__ import annotations

from datetime import date

from procure.procurement.rules import Check, FileFacts

from procure.choices import Labelled


class OptionKind(Labelled):
    """What an option is. Every appraisal has at least one *do nothing*."""

    DO_NOTHING = "do_nothing", "Do nothing, or let the contract end"
    EXTEND = "extend", "Do the minimum, or extend"
    IN_HOUSE = "in_house", "Bring it in-house"
    SHARED = "shared", "Share a service"
    NEW_CONTRACT = "new_contract", "A new contract"
    FRAMEWORK = "framework", "Call off a framework"
    GRANTS = "grants", "A grant programme"
    HYBRID = "hybrid", "A mixture"


def appraisal_is_whole(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()
