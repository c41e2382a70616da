"""The evaluation of the demonstration: three bids with files, scores given alone, scores agreed, and a result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure.demonstration import days
from procure.demonstration.cast import FINANCE, Cast
from procure.documents.actions import keep_upload
from procure.evaluation import actions
from procure.evaluation.actions.excluding import look_at_list
from procure.evaluation.actions.papers import Checked, check_bids, give_account, issue_paper
from procure.evaluation.documents import DECLARATION, EVALUATION_REPORT, MODERATION_RECORD, OPENING_RECORD, SCORE_SHEET
from procure.evaluation.facts import bids_of, member_for
from procure.evaluation.models import PanelMember
from procure.evaluation.rules import BidFileKind
from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.suppliers.actions import complete as complete_supplier
from procure.suppliers.actions import same_as, supplier_for
from procure.suppliers.rules import Particulars


@dataclass(frozen=True)
class Bidder:
    """One bid of the demonstration: who, for how much, and each agreed score with the panel's reason."""

    who: Particulars
    price_net: Decimal
    received: tuple[int, int]
    scores: tuple[tuple[int, str], ...]


TRUST = Bidder(
    Particulars(
        "Example Trust", "tenders@trust.example", "T. Contact", "11 Example Row\nDagenham\nRM8 3ZZ",
        charity_number="1000002",
    ),
    Decimal("412500"),
    (11, 42),
    (
        (4, "Sets out need in all 19 wards (pages 3 to 7) with figures of 2026. It says little of new groups (page 6), "
            "so not 5."),
        (3, "Partners are strong, with letters of support (page 11). Reach beyond four wards isn’t shown, so it meets "
            "the need and no more."),
        (4, "A giving circle has run since 2024 and raised £96,000 (page 15). How gifts are shared out is clear."),
        (4, "Two paid traineeships and 500 hours of volunteering a year, measured each quarter (page 19)."),
    ),
)  # fmt: skip

ALLIANCE = Bidder(
    Particulars(
        "Example Alliance", "tenders@alliance.example", "B. Contact", "7 Example Lane\nBarking\nIG11 8AA",
        company_number="01234567",
    ),
    Decimal("450000"),
    (13, 5),
    (
        (5, "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6). Residents’ own words are "
            "used throughout."),
        (4, "Outreach in every ward (page 14). Cover for absence is described in part, so not 5."),
        (4, "A model run in one borough for two years (page 18), with its accounts. The step to here is planned."),
        (4, "Three paid traineeships and 600 hours of volunteering a year (page 21), with a named lead."),
    ),
)  # fmt: skip

NETWORK = Bidder(
    Particulars(
        "Example Network", "bids@network.example", "N. Contact", "2 Example Road\nDagenham\nRM10 9ZZ",
        charity_number="1000001",
    ),
    Decimal("498000"),
    (9, 20),
    (
        (4, "Describes need in 15 wards well (pages 3 to 5). Four wards are not mentioned, so not 5."),
        (5, "Names a lead for each ward, with cover (pages 8 and 9), and a visit to every group each quarter."),
        (5, "Shows a working model with £240,000 raised in two boroughs (page 12)."),
        (5, "Offers four paid traineeships and 900 hours of volunteering a year (page 16), each with a measure."),
    ),
)  # fmt: skip

BIDDERS = (TRUST, ALLIANCE, NETWORK)

DISCUSSED = (
    "One evaluator had missed the table of wards in one tender. All agreed what each tender says of new groups.",
    "The scores for one tender lay two apart: the panel looked again for reach beyond four wards and found none.",
    "How gifts are shared out was weighed against what was raised. All agreed that a working model is shown.",
    "The numbers were read side by side. Hours without a measure were not counted.",
)
"""What the panel discussed, criterion by criterion."""

EVALUATORS = ("evaluator1", "evaluator2", "evaluator3")

OWN_SCORES = {
    "evaluator1": (
        ((4, "Good figures for all wards."), (4, "Strong partners, with letters of support."),
         (4, "A circle that works."), (4, "Two traineeships, measured.")),
        ((5, "Residents’ own words throughout."), (4, "Clear offer to small groups, with examples."),
         (4, "A model with accounts."), (4, "Three traineeships and a named lead.")),
        ((4, "Fifteen wards, well described."), (5, "A full plan, with cover."),
         (4, "It has raised £240,000. Sharing out is thin."), (5, "Four traineeships, each measured.")),
    ),
    "evaluator2": (
        ((3, "New groups hardly appear."), (2, "Names four wards only. No plan for the rest."),
         (4, "£96,000 raised, and rules for sharing."), (3, "Fewer hours than the others.")),
        ((5, "A lead and figures for each ward."), (5, "The best evidence of reach."),
         (3, "Only one borough so far."), (4, "Good numbers, with a lead.")),
        ((4, "Four wards are missing."), (4, "Good, though new groups come late."),
         (5, "Proved in two boroughs."), (5, "The most hours of all, measured.")),
    ),
    "evaluator3": (
        ((4, "Every ward, though new groups come late."), (3, "Good partners. Reach is shown in four wards."),
         (4, "A circle that works, plainly told."), (4, "Traineeships are paid, and measured.")),
        ((4, "A lead for each ward. Not all figures are new."), (4, "Outreach everywhere, cover in part."),
         (4, "Two years of accounts."), (4, "Three traineeships, with a measure.")),
        ((4, "Strong on fifteen wards."), (5, "A lead and cover for every ward."),
         (5, "£240,000 is well evidenced."), (4, "Four traineeships. One measure is loose.")),
    ),
}  # fmt: skip
"""What each evaluator gave alone: bidders in order, then criteria."""


def evaluate(procurement: Procurement, cast: Cast) -> None:
    """The whole evaluation: Alliance 89.67, Network 88.13, Trust 85.00."""
    receive(procurement, cast)
    look_everybody_up(procurement, cast)
    score_alone(procurement, cast)
    agree(procurement, cast)
    finish(procurement, cast)


def receive(procurement: Procurement, cast: Cast) -> None:
    """12 October 2027: three bids and their files, and the panel. Network is known as the present supplier."""
    lot, officer, at = procurement.only_lot, cast["officer"], days.at(days.BIDS_ENTERED, 9)
    for bidder in BIDDERS:
        supplier = supplier_for(bidder.who, use=_known(bidder), by=officer, at=at, is_example=True)
        complete_supplier(supplier, bidder.who, by=officer, at=at)
        hour, minute = bidder.received
        bid = actions.add_bid(
            lot, supplier, price_net=bidder.price_net, by=officer, at=at,
            received_at=days.at(days.TENDER_CLOSES, hour, minute),
        )  # fmt: skip
        for kind, name, content in files_of(bidder):
            actions.add_file(bid, keep_upload(name, content), kind, by=officer, at=at)
    actions.name_panel(
        lot, evaluators=[cast[key] for key in EVALUATORS], moderators=[cast["moderator"]],
        scores_due_on=days.SCORES_IN, agree_due_on=days.EVALUATED, by=officer, at=days.at(days.BIDS_ENTERED, 11),
    )  # fmt: skip


def check(procurement: Procurement, cast: Cast) -> None:
    """12 October 2027: each bid is looked through, nothing is amiss, and the record of the opening is issued."""
    lot = procurement.only_lot
    found = Checked(missing="Nothing", anomaly="Nothing", conditions="All met")
    look_everybody_up(procurement, cast)
    check_bids(lot, {bid.id: found for bid in bids_of(lot)}, by=cast["officer"], at=days.at(days.BIDS_ENTERED, 10))
    issue_paper(lot, OPENING_RECORD, None, by=cast["officer"], at=days.at(days.BIDS_ENTERED, 10, 30))


def look_everybody_up(procurement: Procurement, cast: Cast) -> None:
    """12 October 2027: nobody is on the debarment list, and no ground for exclusion is found."""
    for bid in bids_of(procurement.only_lot):
        look_at_list(
            bid, on=days.BIDS_ENTERED, edition="as published on 11 October 2027", is_listed=False,
            subcontractors=["Example Media Limited"] if bid.supplier.name == ALLIANCE.who.name else [],
            by=cast["officer"], at=days.at(days.BIDS_ENTERED, 9, 45),
        )  # fmt: skip


def account(procurement: Procurement, cast: Cast) -> None:
    """9 November 2027: what the evaluation report says beside the scores."""
    give_account(
        procurement.only_lot, events="The portal was slow from 1:10pm on the last day. No bidder was affected.",
        due_diligence="The accounts of the last two years, two references, the registration and the insurance of "
        "Example Alliance were checked on 8 November 2027. Nothing stands against an award.",
        single_bid="", lessons="Ask for one page on measures of success.", checker_post=cast.post(FINANCE),
        checked_on=days.EVALUATED, by=cast["officer"], at=days.at(days.EVALUATED, 14),
    )  # fmt: skip


def issue_papers(procurement: Procurement, cast: Cast) -> None:
    """9 November 2027: declarations, score sheets, the moderation record and the report are issued."""
    lot, officer, at = procurement.only_lot, cast["officer"], days.at(days.EVALUATED, 16)
    members = {key: _member(lot, cast[key]) for key in (*EVALUATORS, "moderator")}
    for member in members.values():
        issue_paper(lot, DECLARATION, member, by=officer, at=at)
    for key in EVALUATORS:
        issue_paper(lot, SCORE_SHEET, members[key], by=officer, at=at)
    for paper in (MODERATION_RECORD, EVALUATION_REPORT):
        issue_paper(lot, paper, None, by=officer, at=at)


def score_alone(procurement: Procurement, cast: Cast) -> None:
    """All declare that they have no interest; each evaluator scores alone and finishes by 26 October."""
    lot, declared = procurement.only_lot, days.at(days.BIDS_ENTERED, 14)
    for key in (*EVALUATORS, "moderator"):
        member = _member(lot, cast[key])
        actions.declare(member, {bid.id: "" for bid in bids_of(lot)}, by=cast[key], at=declared)
    for key in EVALUATORS:
        member, person, at = _member(lot, cast[key]), cast[key], days.at(days.SCORES_IN, 15)
        for bid, scores in zip(bids_of(lot), OWN_SCORES[key], strict=True):
            actions.score(member, bid, _numbered(lot, scores), by=person, at=at)
        actions.finish_scores(member, by=person, at=at)


def agree(procurement: Procurement, cast: Cast) -> None:
    """5 November 2027: the panel agrees a whole number and a reason, criterion by criterion."""
    agree_first(procurement, cast)
    _agree(procurement.only_lot, cast, range(1, 4))


def agree_first(procurement: Procurement, cast: Cast) -> None:
    """The first criterion alone: the day in the middle of moderation."""
    _agree(procurement.only_lot, cast, range(1))


def _agree(lot: Lot, cast: Cast, places: Iterable[int]) -> None:
    numbers = [one.number for one in lot.method.scored] if lot.method else []
    for place in places:
        agreed = {
            bid.id: actions.Given(*bidder.scores[place]) for bid, bidder in zip(bids_of(lot), BIDDERS, strict=True)
        }
        if all(len(bid.scores) <= place for bid in bids_of(lot)):
            actions.agree(
                lot,
                numbers[place],
                agreed,
                discussed=DISCUSSED[place],
                by=cast["moderator"],
                at=days.at(days.MODERATED, 10 + place),
            )


def finish(procurement: Procurement, cast: Cast) -> None:
    """9 November 2027: the officer checks the ranking and records the result."""
    actions.finish(procurement.only_lot, by=cast["officer"], at=days.at(days.EVALUATED, 15))


def _member(lot: Lot, person: Person) -> PanelMember:
    found = member_for(lot, person)
    assert found is not None
    return found


def _numbered(lot: Lot, scores: Iterable[tuple[int, str]]) -> dict[int, actions.Given]:
    numbers = [one.number for one in lot.method.scored] if lot.method else []
    return {number: actions.Given(*one) for number, one in zip(numbers, scores, strict=True)}


def files_of(bidder: Bidder) -> Iterable[tuple[BidFileKind, str, bytes]]:
    """A bid's files: what each is about, its name, its content."""
    name = bidder.who.name
    said = [f"Tender of {name}", *(f"Criterion {n}: {why}" for n, (_, why) in enumerate(bidder.scores, start=1))]
    yield BidFileKind.QUALITY, f"{name} - tender.pdf", small_pdf(said)
    yield (
        BidFileKind.PRICE,
        f"{name} - price.pdf",
        small_pdf([f"Price of {name}", f"GBP {bidder.price_net} without VAT"]),
    )


def small_pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one page with these lines: an invented tender to look at."""
    plain = [
        line.encode("ascii", "replace").decode().replace("\\", "").replace("(", "[").replace(")", "]") for line in lines
    ]
    drawn = "\n".join(f"1 0 0 1 56 {780 - 20 * at} Tm ({line[:95]}) Tj" for at, line in enumerate(plain))
    stream = f"BT /F 11 Tf\n{drawn}\nET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode("ascii")


def _known(bidder: Bidder) -> int | None:
    same = same_as(bidder.who)
    return same.id if same else None
