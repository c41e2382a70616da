"""What dates and sums can’t decide about the law of a purchase, so that a person must say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procure.law.light_touch import LightTouchRow, codes_in, row_for
from procure.procurement.rules import ContractKind

ACT_BEGINS = date(2025, 2, 24)
HEALTH = (85_100_000, 85_199_999)
LAND = (70_000_000, 70_399_999)
LEGAL = (79_100_000, 79_140_000)


@dataclass(frozen=True)
class Doubt:
    """A question the rules can’t answer, with the law that asks it."""

    question: str
    source: str


@dataclass(frozen=True)
class Told:
    """What a file says that bears on its law."""

    kind: ContractKind
    cpv: str
    started_on: date
    is_call_off: bool = False
    """It calls off from a framework whose day nobody has recorded."""


def doubts_of(told: Told, table: Sequence[LightTouchRow]) -> tuple[Doubt, ...]:
    """Every question that is open; none where dates, value and codes decide."""
    codes, found = codes_in(told.cpv), list[Doubt]()
    light = [code for code in codes if row_for(code, table) is not None]
    if codes and told.kind is ContractKind.LIGHT_TOUCH and not light:
        found.append(
            Doubt(
                "It is entered as light touch, but none of its CPV codes is on the list. Is it light touch?",
                "Procurement Act 2023, section 9; Procurement Regulations 2024, Schedule 1",
            )
        )
    if codes and told.kind is ContractKind.SERVICES and codes[0] in light:
        found.append(
            Doubt(
                f"Its main CPV code {codes[0]:08} is on the list of light touch services. Is it light touch?",
                "Procurement Act 2023, section 9; Procurement Regulations 2024, Schedule 1",
            )
        )
    if light and len(light) < len(codes):
        found.append(
            Doubt(
                "Some of its CPV codes are light touch and some are not. Which is the main purpose, and could the "
                "parts be bought apart?",
                "Procurement Act 2023, sections 5 and 10 (mixed contracts)",
            )
        )
    if any(HEALTH[0] <= code <= HEALTH[1] for code in codes):
        found.append(
            Doubt(
                "It may be a health care service for individuals. Does the Provider Selection Regime apply instead?",
                "Procurement Regulations 2024, regulation 43; Provider Selection Regime Regulations 2023",
            )
        )
    if any(LAND[0] <= code <= LAND[1] for code in codes):
        found.append(Doubt("It may be about land. Is the contract exempt?", "Procurement Act 2023, Schedule 2"))
    if any(LEGAL[0] <= code <= LEGAL[1] for code in codes):
        found.append(Doubt("It may be about a court case. Is the contract exempt?", "Procurement Act 2023, Schedule 2"))
    if told.is_call_off and told.started_on >= ACT_BEGINS:
        found.append(
            Doubt(
                "It calls off from a framework. Was that set up before 24 February 2025? Then the old law follows it.",
                "Procurement Act 2023 (Commencement No. 3) Regulations 2024",
            )
        )
    return tuple(found)
