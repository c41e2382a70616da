"""The demonstration council's own rules: quote bands, grounds of waivers, scheme of delegation. All example.

They follow what councils commonly publish: bands by value, a head of service for small sums, a chief officer after
advice for larger ones, and two approvers for a waiver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.authority.models import Delegation, DelegationConsultee
from procure.authority.rules import ActKind, ConsultationMode
from procure.council.models import QuoteBand, WaiverReason
from procure.extensions import db
from procure.people.models import Post

SOURCE = "Contract procedure rules (example)"

BANDS = (
    (0, 5_000, 1, "One quote, best value", "The budget holder"),
    (5_000, 25_000, 3, "Three quotes, one of them local", "The budget holder"),
    (25_000, 100_000, 3, "Three written quotes", "A head of service or a chief officer, by the scheme"),
    (100_000, None, 0, "A tender, or the decision of Cabinet", "Cabinet, or a chief officer by the scheme"),
)
"""From and below without VAT, quotes, the rule in words, who approves."""

REASONS = (
    ("Only one supplier can do it", "There is no other supplier, and that was checked.", 100_000, 24),
    ("Urgent, and not of our making", "People or property would come to harm while quotes are sought.", 100_000, 6),
    ("Bridge to a new contract", "The service must go on while the next contract is bought.", 60_000, 12),
)
"""Name, meaning, most value without VAT, longest in months."""

BUYING = (ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER)


@dataclass(frozen=True)
class Given:
    """A paragraph of the scheme: number, acts, limits, its words."""

    number: str
    acts: Sequence[ActKind]
    max_value_gross: int
    words: str
    max_months: int = 48


HEADS = Given(
    "Part 3, paragraph 4.1", BUYING, 99_999,
    "Heads of service may buy, award and enter into contracts for their services up to £99,999 including VAT and four "
    "years.",
)  # fmt: skip
CHIEF_OFFICERS = Given(
    "Part 3, paragraph 4.2", BUYING, 120_000,
    "Chief officers may buy, award and enter into contracts for their services up to £120,000 including VAT and four "
    "years, after consulting the Chief Operating Officer.",
)  # fmt: skip
CORPORATE = Given(
    "Part 3, paragraph 4.3", BUYING, 499_999,
    "The Chief Operating Officer may buy, award and enter into contracts for the whole Council up to £499,999 "
    "including VAT and four years, following consultation with the Director of Law and Governance.",
)  # fmt: skip
CHANGES = Given(
    "Part 3, paragraph 4.5", (ActKind.VARY, ActKind.TERMINATE), 120_000,
    "Chief officers may vary or terminate contracts for their services up to £120,000 including VAT, after consulting "
    "the Chief Operating Officer.",
)  # fmt: skip
WAIVERS = Given(
    "Part 3, paragraph 4.6", (ActKind.WAIVE,), 120_000,
    "Chief officers may waive a contract procedure rule for one purchase of their services up to £120,000 including "
    "VAT, with the written agreement of the Chief Operating Officer. The law is never waived.",
)  # fmt: skip


def quote_bands(since: date) -> None:
    """How many quotes a purchase needs, by value."""
    for from_net, below_net, quotes, words, approver in BANDS:
        db.session.add(
            QuoteBand(
                from_net=Decimal(from_net), below_net=None if below_net is None else Decimal(below_net),
                quotes_needed=quotes, words=words, approver=approver, must_advertise=quotes == 0, source=SOURCE,
                from_on=since, is_example=True,
            )
        )  # fmt: skip


def waiver_reasons(since: date) -> None:
    """Three grounds on which a rule may be waived."""
    for name, meaning, max_net, max_months in REASONS:
        db.session.add(
            WaiverReason(
                name=name, words=meaning, max_net=Decimal(max_net), max_months=max_months, source=SOURCE,
                from_on=since, is_example=True,
            )
        )  # fmt: skip


def scheme(*, director: Post, finance: Post, law: Post, heads: Sequence[Post], since: date) -> None:
    """What posts may decide without Cabinet. Nobody is given a power to extend: that is for Cabinet to give."""
    asked, following, agrees = ConsultationMode.CONSULT, ConsultationMode.FOLLOWING, ConsultationMode.AGREE_IN_WRITING
    _give(CHIEF_OFFICERS, director, since, (finance, asked))
    for head in heads:
        _give(HEADS, head, since)
    _give(CORPORATE, finance, since, (law, following))
    _give(CHANGES, director, since, (finance, asked))
    _give(WAIVERS, director, since, (finance, agrees))


def _give(given: Given, post: Post, since: date, *consulted: tuple[Post, ConsultationMode]) -> None:
    for act_kind in given.acts:
        row = Delegation(
            scheme_paragraph=given.number, scheme_words=given.words, act=act_kind, post=post, from_on=since,
            max_value_gross=Decimal(given.max_value_gross), max_months=given.max_months, is_example=True,
        )  # fmt: skip
        row.consultees = [
            DelegationConsultee(number=number, post=one, mode=mode)
            for number, (one, mode) in enumerate(consulted, start=1)
        ]
        db.session.add(row)
