"""One link of the line from contract to purchase to contract."""

from __future__ import annotations

from dataclasses import dataclass

from procure import words


@dataclass(frozen=True)
class Generation:
    """One link: a contract or a purchase. `others` counts contracts of the same purchase beside it, one for a lot."""

    kind: str
    reference: str
    title: str
    who: str
    when: str
    state: str
    href: str
    is_here: bool = False
    is_done: bool = False
    others: int = 0

    @property
    def sentence(self) -> str:
        """The link in words, for those who don't see the picture."""
        beside = f", beside {words.plural(self.others, 'contract')} of other lots" if self.others else ""
        return f"{self.kind} {self.reference}, {self.when}. {self.who}. {self.state}{beside}."
