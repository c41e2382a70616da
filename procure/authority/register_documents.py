"""The register of delegations: who may do what, by which words, within which limits, and what it was used for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class PowerRow:
    """One post's power for acts given in the same breath."""

    acts: Annotated[Words, "acts that the power allows"]
    who: Annotated[Words, "post with the power, and who acts for it today"]
    consulted: Annotated[Words, "who must be consulted, and how"]
    limits: Annotated[Words, "limits of the power"]
    life: Annotated[Words, "how long the power lasts, and whether it holds today"]
    used: Annotated[Words, "what the power was used for"]


@dataclass(frozen=True)
class PowerSource:
    """A resolution or a paragraph of the scheme, with the powers it gives."""

    title: Annotated[Words, "where the power was given"]
    words: Annotated[Words, "words of the power"]
    powers: Annotated[Rows[PowerRow], "powers given there"]


@dataclass(frozen=True)
class RegisterHead:
    """What the register covers, and what it comes to."""

    scope_text: Annotated[Words, "what the register covers"]
    on: Annotated[Day, "day of the register"]
    given_label: Annotated[Words, "how many powers are on record"]
    holding_label: Annotated[Words, "how many are in force"]
    unlimited_label: Annotated[Words, "how many state no limit"]
    unused_label: Annotated[Words, "how many have not been used"]


@dataclass(frozen=True)
class DelegationRegister:
    """Everything the register prints."""

    council: CouncilFacts
    register: RegisterHead
    sources: Annotated[Rows[PowerSource], "powers on record"]


def sample_register() -> DelegationRegister:
    """The powers of the demonstration."""
    return DelegationRegister(
        council=sample_council(),
        register=RegisterHead("The whole Council", date(2027, 12, 6), "Two", "Two", "One", "One"),
        sources=(
            PowerSource(
                "Cabinet, 13 July 2027, item 92, resolution (v)",
                "Delegate authority to the Director of Policy and Participation, in consultation with the "
                "Chief Operating Officer, to conduct the procurement and award the contract.",
                (
                    PowerRow(
                        "Conduct the procurement and award", "Director of Policy and Participation (D. Director)",
                        "In consultation with the Chief Operating Officer", "No limit is stated.",
                        "From 26 July 2027, with no end date. In force.", "ODR/2027/118, signed 19 November 2027",
                    ),
                ),
            ),
            PowerSource(
                "Scheme of delegation, Part 3, paragraph 4.2",
                "Directors may award contracts up to £100,000 within budget.",
                (
                    PowerRow(
                        "Award", "Director of Policy and Participation (D. Director)", "Nobody",
                        "Up to £100,000 including VAT, no limit on length.",
                        "From 1 April 2025, with no end date. In force.", "Not used",
                    ),
                ),
            ),
        ),
    )  # fmt: skip


DELEGATION_REGISTER = Document(
    name="delegation-register",
    title="Register of delegations",
    room="authority",
    template="authority/documents/delegation_register.docx",
    facts=DelegationRegister,
    sample=sample_register,
    gather=gathered_by("authority", "delegation_register", module="register_gathering"),
)
