"""What the papers of a contract take from its rows; what is missing is a gap with the page to mend it."""

from __future__ import annotations

from typing import TypeVar

from procure import words
from procure.authority.models import Decision
from procure.contract.documents.shared import OfContract
from procure.contract.models import Contract
from procure.documents.gaps import Gap
from procure.documents.kinds import Words

T = TypeVar("T")


class Page:
    """Takes facts from rows; what is empty becomes a gap that knows the page where it is given."""

    def __init__(self, contract: Contract, where: str, path: str) -> None:
        self.where, self.href = where, f"/contracts/{contract.reference}/{path}"

    def __call__(self, value: T | None, meaning: str) -> T | Gap:
        return self.gap(meaning) if value is None or value in ("", ()) else value

    def gap(self, meaning: str) -> Gap:
        """The absence of one fact."""
        return Gap(meaning, self.where, self.href)


class Pages:
    """The pages of a contract on which what is missing for its papers is given."""

    def __init__(self, contract: Contract) -> None:
        self.terms = Page(contract, "Correct what was typed wrong", "correct")
        self.supplier = Page(contract, "The supplier", "supplier")
        self.owner = Page(contract, "Who looks after it", "hand-over")
        self.execution = Page(contract, "How it is executed", "execution")
        self.exit = Page(contract, "Exit plan", "exit")
        self.performance = Page(contract, "Performance", "performance")
        self.money = Page(contract, "Committed and forecast", "money/ahead")
        self.notice = Page(contract, "Notice to end it", "end-notice")
        self.decision = Page(contract, "A decision about it", "terms")


def of_contract(contract: Contract, pages: Pages) -> OfContract:
    """Which contract, and with whom."""
    supplier = contract.supplier
    if supplier is None:
        return OfContract(contract.reference, contract.title, pages.terms.gap("name of the supplier"))
    return OfContract(contract.reference, contract.title, supplier.name)


def address_of(contract: Contract, pages: Pages) -> Words:
    """Where the supplier is."""
    return pages.supplier(contract.supplier.address if contract.supplier else None, "postal address of the supplier")


def contact_of(contract: Contract, pages: Pages) -> Words:
    """To whom at the supplier one writes."""
    return pages.supplier(contract.supplier.contact_name if contract.supplier else None, "contact of the supplier")


def manager_post_of(contract: Contract, pages: Pages) -> Words:
    """The post that looks after it."""
    post = contract.manager_post
    return pages.owner(post.name if post else None, "post that manages the contract")


def signed_words(decision: Decision) -> Words:
    """A signed decision as a paper names it: its reference and the day."""
    if decision.signed_on is None:
        return Gap("signature of the decision", "Decision", f"/decisions/{decision.reference}")
    return f"Officer decision record {decision.reference}, signed on {words.day(decision.signed_on)}"


def every_label(months: int) -> str:
    """How often: "every three months", "once a year"."""
    return "once a year" if months == 12 else f"every {words.months_label(months)}" if months > 1 else "every month"
