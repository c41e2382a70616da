"""From rows to what one person declared, and what one evaluator gave alone."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import select

from procure import words
from procure.audit.models import TrailEntry
from procure.documents.gaps import Gap
from procure.documents.shared_facts import Line
from procure.evaluation.documents import declaration as paper
from procure.evaluation.documents import scoring as sheet_paper
from procure.evaluation.facts import assessed_of, bids_of
from procure.evaluation.gathering.said import Pages, post_of
from procure.evaluation.models import ConflictDeclaration, PanelMember
from procure.extensions import db
from procure.now import legal_day
from procure.tender.conflict_models import ConsideredPerson
from procure.tender.gathering.method import the_scale
from procure.tender.gathering.said import Pages as TenderPages
from procure.tender.gathering.said import Said as TenderSaid
from procure.tender.gathering.said import the_council


def declaration_of_interests(person: PanelMember | ConsideredPerson, at: datetime) -> paper.DeclarationPaper:
    """What somebody declared: before the notice, or on a panel against the list of bidders."""
    return _before_the_notice(person) if isinstance(person, ConsideredPerson) else _against_bidders(person, at)


def _before_the_notice(person: ConsideredPerson) -> paper.DeclarationPaper:
    own, file = person.assessment, person.assessment.procurement
    said = TenderSaid("Conflicts assessment", "tender.conflicts", file.only_lot, of_file=True)
    interests, decisions = [], []
    if person.interest and person.interest_kind and person.outcome:
        since = f" Since {person.since}." if person.since else ""
        interests.append(paper.DeclaredInterest(person.interest_kind.label, f"{person.interest.rstrip('.')}.{since}"))
        approved = f"{own.approver_post.name}, {words.day(own.approved_on)}" if own.approved_on else None
        decisions.append(
            paper.DecidedInterest(
                person.interest_kind.label, person.outcome.label, person.steps,
                said(approved, "approval of the conflicts assessment"),
            )
        )  # fmt: skip
    return paper.DeclarationPaper(
        council=the_council(TenderPages(file.only_lot)),
        declaration=paper.DeclarationFacts(
            reference=file.reference,
            title=file.title,
            person_name=person.name,
            person_post=person.post,
            role_label=person.role,
            stage_label="Before the tender notice",
            signed_on=said(person.declared_on, f"day on which {person.name} declared"),
            next_review="when the bidders are known, before the award, and at once if anything changes",
        ),
        bidders=(),
        interests=tuple(interests),
        decisions=tuple(decisions),
    )


def _against_bidders(member: PanelMember, at: datetime) -> paper.DeclarationPaper:
    """What a panel member declared against the list of bidders."""
    lot, pages = member.evaluation.lot, Pages(member.evaluation.lot)
    made = member.declarations
    signed = max((one.made_at for one in made), default=None)
    return paper.DeclarationPaper(
        council=the_council(TenderPages(lot)),
        declaration=paper.DeclarationFacts(
            reference=lot.reference,
            title=lot.full_title,
            person_name=member.person.name,
            person_post=post_of(member.person, legal_day(signed or at)),
            role_label=member.role.label,
            stage_label="The bidders are known",
            signed_on=pages.overview(legal_day(signed) if signed else None, f"declaration of {member.person.name}"),
            next_review="before the award, and at once if anything changes",
        ),
        bidders=tuple(Line(one.bid.supplier.name) for one in made),
        interests=tuple(paper.DeclaredInterest(one.bid.supplier.name, one.interest) for one in made if one.interest),
        decisions=tuple(_decided(one, pages) for one in made if one.interest),
    )


def _decided(one: ConflictDeclaration, pages: Pages) -> paper.DecidedInterest:
    about = one.bid.supplier.name
    gap = pages.overview.gap(f"decision about the interest in {about}")
    if one.outcome is None or one.decided_at is None:
        return paper.DecidedInterest(about, gap, gap, gap)
    by = db.session.scalars(
        select(TrailEntry.by_words)
        .where(
            TrailEntry.file == one.trail_file(), TrailEntry.table_name == "conflict_declaration",
            TrailEntry.row_id == one.id, TrailEntry.at == one.decided_at,
        )
        .order_by(TrailEntry.number.desc())
    ).first()  # fmt: skip
    day = words.day(legal_day(one.decided_at))
    return paper.DecidedInterest(about, one.outcome.label, one.reason, f"{by}, {day}" if by else gap)


def score_sheet(member: PanelMember, at: datetime) -> sheet_paper.ScoreSheet:
    """What an evaluator gave alone, once it is locked."""
    lot, pages = member.evaluation.lot, Pages(member.evaluation.lot)
    given = {(one.bid_id, one.criterion_id): one for one in member.scores}
    criteria = lot.method.scored if lot.method else []
    bids = []
    for bid in assessed_of(bids_of(lot)):
        lines: list[sheet_paper.OwnScore | Gap] = []
        for criterion in criteria:
            own = given.get((bid.id, criterion.id))
            title = f"{criterion.label} {criterion.title}"
            missing = pages.overview.gap(f"score of {bid.supplier.name} on {criterion.title}")
            lines.append(sheet_paper.OwnScore(title, own.score, own.reason) if own else missing)
        bids.append(sheet_paper.OwnScores(bid.supplier.name, cast("tuple[sheet_paper.OwnScore, ...]", tuple(lines))))
    return sheet_paper.ScoreSheet(
        council=the_council(TenderPages(lot)),
        sheet=sheet_paper.SheetFacts(
            reference=lot.reference,
            title=lot.full_title,
            evaluator_name=member.person.name,
            evaluator_post=post_of(member.person, legal_day(member.finished_at or at)),
            finished_at=pages.overview(member.finished_at, f"moment at which {member.person.name} finished"),
        ),
        bids=pages.bids(tuple(bids), "tenders that were scored"),
        scale=the_scale(),
    )
