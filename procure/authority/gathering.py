"""From rows to the facts of the record of a decision. What is missing is a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from procure import words
from procure.authority import consulted_gathering
from procure.authority.consultation_log_documents import ConsultationLog
from procure.authority.consulted_gathering import comments_of, consulted_of, silence_said
from procure.authority.decision_effect import effect_of_decision
from procure.authority.following import Following, following
from procure.authority.forward_plan_facts import entry_for
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.models import Decision
from procure.authority.power import the_council
from procure.authority.power_gathering import (
    PREPARE,
    authority_relied,
    difference_label,
    page_of,
    rule_waived,
    value_decided,
)
from procure.authority.question import named_as_signer
from procure.authority.record_documents import (
    LAW_OF_MEMBERS,
    LAW_OF_OFFICERS,
    DecisionFacts,
    NextStep,
    OfficerDecisionRecord,
    PaperRead,
    RankedTender,
    RejectedAlternative,
)
from procure.authority.rules import ActKind, DecisionState, Interest, NoticeRoute, PaperStanding, View
from procure.authority.signature import papers_bound, papers_signed
from procure.authority.withholding import bidder_letters, withheld
from procure.award.facts import standstill_bound_of
from procure.documents.gaps import Gap
from procure.documents.shared_facts import CouncilFacts, Line, ResolutionPoint, StandstillFacts
from procure.evaluation.facts import ranking_of
from procure.law.regimes import Bound
from procure.law.retention import Record, kept_until
from procure.now import legal_day
from procure.people.models import Cover
from procure.people.rules import PostKind
from procure.procurement.rules import Route

__all__ = [
    "bidder_letters",
    "consultation_log",
    "council_facts",
    "difference_label",
    "officer_decision_record",
    "withheld",
]


def officer_decision_record(decision: Decision, at: datetime) -> OfficerDecisionRecord:
    """Everything the record of one decision prints, as it stands at a moment."""
    signed_on = legal_day(decision.signed_at or at)
    days = following(decision, signed_on)
    return OfficerDecisionRecord(
        council=council_facts(),
        decision=_decision(decision, days, legal_day(at)),
        authority=authority_relied(decision, signed_on),
        value=value_decided(decision),
        waiver=rule_waived(decision),
        consultees=tuple(consulted_of(view) for view in decision.views),
        standstill=_standstill(decision, days),
    )


def consultation_log(decision: Decision, at: datetime) -> ConsultationLog:
    """Everything the log of its consultation prints, as it stands at a moment."""
    return consulted_gathering.consultation_log(decision, council_facts(), at)


def council_facts() -> CouncilFacts:
    """The council that speaks."""
    council = the_council()

    def of(name: str, meaning: str) -> str | Gap:
        return (getattr(council, name) if council else "") or Gap(meaning, "The council", "/settings")

    return CouncilFacts(
        name=of("name", "full name of the council"),
        address=of("address", "postal address of the council"),
        executive_name=of("executive_name", "what the executive is called"),
        portal_name=of("portal_name", "e-tendering portal"),
        portal_url=of("portal_url", "address of the e-tendering portal"),
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _listed(decision: Decision, text: str, meaning: str) -> tuple[Line, ...] | Gap:
    """Lines of a text. What a signature covers can't be mended any more, so none is none once it is signed."""
    found = _lines(withheld(decision, text))
    if not found and decision.signed_at is None:
        return Gap(meaning, PREPARE, page_of(decision))
    return tuple(Line(line) for line in found)


def _written(decision: Decision, text: str, meaning: str, none: str) -> str | Gap:
    """A text; for a signed decision that has none, the sentence that says so."""
    missing = none if decision.signed_at is not None else Gap(meaning, PREPARE, page_of(decision))
    return withheld(decision, text) or missing


def _decision(decision: Decision, days: Following, today: date) -> DecisionFacts:
    is_members = decision.post.kind is PostKind.MEMBER
    points = _lines(withheld(decision, decision.points))
    return DecisionFacts(
        reference=decision.reference.replace("-", "/"),
        title=decision.title,
        maker_kind="a member’s" if is_members else "an officer’s",
        law_text=LAW_OF_MEMBERS if is_members else LAW_OF_OFFICERS,
        contract_text=_contract(decision),
        wards_label=_wards(decision),
        maker_post=decision.post.name_on(days.signed_on),
        maker_name=_maker(decision),
        maker_capacity=_capacity(decision),
        maker_interest=_makers_interest(decision),
        taken_at=decision.signed_at or Gap("moment of the decision", "Sign", page_of(decision, "")),
        digest=decision.digest or Gap("SHA-256 of what was signed", "Sign", page_of(decision, "")),
        published_text=_published(decision, days),
        effective_text=_effective(decision, days, today),
        key_text=decision.key_text or ("Yes." if decision.is_key else "No."),
        notice_text=_notice(decision),
        call_in_text=_call_in(decision, days, today),
        points=tuple(ResolutionPoint.of(point) for point in points)
        if points
        else Gap("what was decided", PREPARE, page_of(decision)),
        financial_text=_written(
            decision,
            decision.financial_text,
            "money in one paragraph",
            "It commits no money." if decision.value_gross is None else "Nothing more is stated about the money.",
        ),
        reasons=_listed(decision, decision.reasons, "reasons for the decision"),
        alignment_text=withheld(decision, decision.alignment_text) or None,
        results=_results(decision),
        risks=_listed(decision, decision.risks, "risks of the decision"),
        alternatives=tuple(
            RejectedAlternative(withheld(decision, one.name), withheld(decision, one.reason))
            for one in decision.alternatives
        )
        or Gap("alternatives considered and rejected", PREPARE, page_of(decision)),
        silence_text=silence_said(decision),
        objection_reason=_objection(decision),
        comments=comments_of(decision),
        equality_text=_written(
            decision, decision.equality_text, "regard to the equality duty", "No assessment is on record."
        ),
        papers=_papers(decision),
        withheld=tuple(Line(said) for said in _withheld(decision)),
        retain_record_until_on=kept_until(Record.OFFICER_DECISION, days.signed_on).answer,
        retain_papers_until_on=kept_until(Record.BACKGROUND_PAPERS, days.signed_on).answer,
        next_steps=tuple(_next_steps(decision, days)),
    )


# ── who decided, and when it takes effect ──


def _contract(decision: Decision) -> str | None:
    contract = decision.contract
    return f"{contract.reference}, {contract.title}, with {contract.supplier_name}" if contract else None


def _wards(decision: Decision) -> str | Gap:
    file, entry = decision.procurement, decision.forward_plan_entry
    said = (file.wards_label if file else "") or (entry.wards_label if entry else "")
    if said or file is None:
        return said or "None is named"
    return Gap("wards affected", "Need", f"/procurements/{file.reference}/need")


def _maker(decision: Decision) -> str | Gap:
    if decision.signed_by is None or decision.signed_at is None:
        return Gap("decision maker", "Sign", page_of(decision, ""))
    return named_as_signer(decision, decision.signed_by, legal_day(decision.signed_at))


def _capacity(decision: Decision) -> str | None:
    """The cover under which somebody signed: its days, its reason, who set it; None where the holder signed."""
    cover = _cover(decision)
    if cover is None:
        return None
    held = f"{cover.away.name}, who holds the post" if cover.away else "the post, which was vacant"
    period = f"{words.day(cover.from_on)} to {words.day(cover.until_on)}"
    return (
        f"{cover.person.name} covered for {held}, from {period}, under {cover.authority}. Reason: {cover.reason}. "
        f"The cover was set by {cover.set_by.name}."
    ).replace("..", ".")


def _cover(decision: Decision) -> Cover | None:
    """The cover that the signature rests on: as kept with it, else as it stood that day."""
    if decision.signed_cover is not None or decision.signed_on is None:
        return decision.signed_cover
    found = decision.post.heir_on(decision.signed_on).cover_on(decision.signed_on)
    return found if found is not None and found.person_id == decision.signed_by_id else None


def _makers_interest(decision: Decision) -> str | Gap:
    if decision.maker_interest is None:
        return Gap("interest of the decision maker", "Sign", page_of(decision, ""))
    return "None declared" if decision.maker_interest is Interest.NONE else decision.maker_interest_text


def _effective(decision: Decision, days: Following, today: date) -> str | Gap:
    """From which day it may be acted on; for one stopped by a call-in, that it may not."""
    if decision.signed_at is None:
        return Gap("day from which the decision may be put into effect", "Publish", page_of(decision, "publish"))
    effect = effect_of_decision(decision, today) if decision.published_on else None
    if effect is not None and effect.is_stopped:
        return "Not in effect: it was called in"
    since = effect.in_force_from if effect else None
    return words.weekday(since or days.effective_on)


def _call_in(decision: Decision, days: Following, today: date) -> str:
    if not decision.is_key:
        return "Not subject to call-in: it is not a key decision."
    if decision.call_in_waived:
        return f"Exempt from call-in as urgent. {decision.call_in_waived}"
    if decision.state is DecisionState.SIGNED and decision.published_on:
        return effect_of_decision(decision, today).sentence
    return f"Open to call-in. In force from {words.weekday(days.effective_on)} unless it is called in."


NOTICES = {
    NoticeRoute.FORWARD_PLAN: "notice of 28 clear days (regulation 9)",
    NoticeRoute.GENERAL_EXCEPTION: "general exception (regulation 10)",
    NoticeRoute.SPECIAL_URGENCY: "special urgency (regulation 11)",
}


def _notice(decision: Decision) -> str | Gap:
    """The entry in the forward plan or the exception used; for what isn't key, that no notice is needed."""
    entry = decision.forward_plan_entry
    if entry is None and decision.procurement is not None:
        entry = entry_for(decision.procurement)
    if entry is None:
        if decision.is_key:
            return Gap("entry in the forward plan", "Forward plan", "/forward-plan")
        return "No notice is needed: it is not a key decision."
    said = _entry_said(entry)
    return said if decision.is_key else f"No notice is needed. The purchase stood in the forward plan: {said}"


def _entry_said(entry: ForwardPlanEntry) -> str:
    published = f", published on {words.day(entry.published_on)}" if entry.published_on else ""
    said = f"{entry.reference}{published}, {NOTICES[entry.route]}."
    chair = f"the scrutiny chair, {entry.chair_name}," if entry.chair_name else "the scrutiny chair"
    if entry.route is NoticeRoute.GENERAL_EXCEPTION and entry.told_on:
        said += f" {words.sentence(chair)} was told on {words.day(entry.told_on)}."
    if entry.route is NoticeRoute.SPECIAL_URGENCY and entry.agreed_on:
        said += f" {words.sentence(chair)} agreed on {words.day(entry.agreed_on)}."
    return f"{said} {entry.exception_reason}".strip() if entry.route is not NoticeRoute.FORWARD_PLAN else said


def _objection(decision: Decision) -> str | Gap | None:
    if not any(view.view is View.OBJECTS for view in decision.views):
        return None
    return withheld(decision, decision.objection_reason) or Gap(
        "why the decision was taken despite an objection", "Sign", page_of(decision, "")
    )


# ── the result, the papers, what follows ──
def _published(decision: Decision, days: Following) -> str | Gap:
    """The day it was published; before that, the day it is planned for, and that it is only planned."""
    if decision.published_on is not None:
        return words.weekday(decision.published_on)
    if decision.signed_at is None:
        return Gap("day of publication", "Publish", page_of(decision, "publish"))
    return f"Not yet. It is planned for {words.weekday(days.published_on)}"


def _results(decision: Decision) -> tuple[RankedTender, ...]:
    """The result for an award. Unsuccessful bidders stand under a letter: their names are withheld for now."""
    ranking = ranking_of(decision.lot) if decision.lot and decision.act is ActKind.AWARD else None
    if ranking is None or decision.lot is None:
        return ()
    letters = bidder_letters(decision.lot)
    winners = {bid.id for bid in decision.lot.bids if bid.supplier_id == decision.supplier_id}
    return tuple(
        RankedTender(
            rank=str(row.place),
            bidder=row.name if row.key in winners else letters[row.key],
            quality_score=row.quality if row.key in winners else None,
            price_score=row.price if row.key in winners else None,
            total_score=row.total,
            is_winner=row.key in winners,
        )
        for row in ranking.rows
    )


LAW_OF_EXEMPTION = "Part 1 of Schedule 12A to the Local Government Act 1972"


def _withheld(decision: Decision) -> list[str]:
    """What is withheld, under which paragraph, why, and when that is looked at again: each reason once."""
    found = [_under(decision.exempt_paragraph, withheld(decision, decision.exempt_text), decision.exempt_review_on)]
    found += [
        _under(one.paragraph, one.public_interest, one.review_on)
        for one in decision.papers
        if one.standing is PaperStanding.EXEMPT
    ]
    return [said for said in dict.fromkeys(found) if said]


def _under(paragraph: str, why: str, review_on: date | None) -> str:
    said = why
    if paragraph and "Schedule 12A" not in why:
        number = paragraph.lower().removeprefix("paragraph").strip()
        said = f"Withheld under paragraph {number} of {LAW_OF_EXEMPTION}. {why}".strip()
    if said and review_on:
        said = f"{said.rstrip('.')}. This is looked at again by {words.day(review_on)}."
    return said


def _papers(decision: Decision) -> tuple[PaperRead, ...]:
    """The papers the decision rests on, each with whether the public may read it."""
    standing = {(one.paper.title, one.paper.number): one for one in decision.papers}
    if decision.signed_canonical:
        named = [(paper["title"], paper["number"]) for paper in papers_signed(decision)]
    else:
        named = [(paper.title, paper.number) for paper in papers_bound(decision)]
    found = []
    for title, number in named:
        access = standing.get((title, number))
        if access is not None and access.standing is PaperStanding.NOT_A_BACKGROUND_PAPER:
            continue
        where = "Not published: exempt" if title.startswith("Exempt ") else "Council website, or on request"
        if access is not None and access.standing is PaperStanding.EXEMPT:
            where = f"Not published: exempt, paragraph {access.paragraph}"
        found.append(PaperRead(f"{title}, version {number}.0", where))
    power = decision.delegation
    if power is not None and power.resolution is not None:
        meeting = power.resolution.meeting
        minutes = f"Minutes of {meeting.body}, {words.day(meeting.held_on)}, item {meeting.item}"
        found.append(PaperRead(minutes, "Council website, or on request"))
    return tuple(found)


def _next_steps(decision: Decision, days: Following) -> Iterator[NextStep]:
    yield NextStep("The decision is published", days.published_on)
    if days.effective_on != days.published_on:
        yield NextStep("The decision takes effect, unless it is called in", days.effective_on)
    if days.notice_on:
        yield NextStep("All bidders have been told; the contract award notice is published", days.notice_on)
    if days.standstill_ends_on:
        yield NextStep("The standstill ends at midnight", days.standstill_ends_on)
    if days.enter_from_on:
        yield NextStep("The contract can be entered into", days.enter_from_on)
    file = decision.procurement
    if decision.act is ActKind.AWARD and file is not None and file.service_starts_on:
        yield NextStep("The service starts", file.service_starts_on)


def _standstill(decision: Decision, days: Following) -> StandstillFacts | None:
    if decision.act is not ActKind.AWARD:
        return None
    award = decision.lot.award if decision.lot else None
    reason = award.no_standstill_reason if award else ""
    return StandstillFacts(
        applies=days.standstill_days is not None,
        is_voluntary=decision.lot is None or standstill_bound_of(decision.lot) is not Bound.MANDATORY,
        length_label=f"{words.number_word(days.standstill_days)} working days" if days.standstill_days else "none",
        starts_on=days.notice_on or Gap("day of the contract award notice", "Award"),
        ends_on=days.standstill_ends_on or Gap("last day of the standstill", "Award"),
        sign_from_on=days.enter_from_on or Gap("first day to enter into the contract", "Award"),
        reason_none=reason or _no_reason(decision),
    )


def _no_reason(decision: Decision) -> str | Gap:
    """What is said of a standstill that nobody planned: quotes need none; elsewhere the reason is missing."""
    file = decision.procurement
    if file is not None and file.route is Route.SCHEME:
        return "This purchase was made on quotes, and the law requires no standstill."
    return Gap("why there is no standstill", "Award")
