"""By what right a contract stands, and each decision that changed it."""

from __future__ import annotations

from procure.authority.mandate import mandate_of
from procure.contract.access import contract_for
from procure.contract.power import decisions_on
from procure.contract.views.room import Answer, page, pages
from procure.now import today
from procure.people.access import enter, signed_in


@pages.get("/contracts/<reference>/by-what-right")
@enter()
def by_what_right(reference: str) -> Answer:
    """The mandate chain of the contract and of every decision that changed it."""
    contract = contract_for(signed_in(), reference, today())
    chains = [(one, mandate_of(one, today())) for one in decisions_on(contract)]
    return page("by_what_right", contract=contract, page="terms", chains=chains)
