"""From rows to the facts of the officer decision record. What is missing is a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from procure import words
from procure.authority.documents import (
    AuthorityRelied,
    Comment,
    ConditionMet,
    Consulted,
    DecidedValue,
    DecisionFacts,
    NextStep,
    OfficerDecisionRecord,
    PaperRead,
    RankedTender,
    RejectedAlternative,
)
from procure.authority.following import Following, following
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Clearance, ConsulteeView, Decision, Delegation
from procure.authority.power import answer_about, named_as_signer, the_council, words_of
from procure.authority.rules import ActKind, Interest, View
from procure.authority.signature import papers_bound, papers_signed
from procure.award.facts import standstill_bound_of
from procure.documents.gaps import Gap
from procure.documents.shared_facts import CouncilFacts, Line, ResolutionPoint, StandstillFacts
from procure.evaluation.facts import ranking_of
from procure.law.regimes import Bound
from procure.law.retention import Record, kept_until
from procure.now import legal_day
from procure.people.models import Post
from procure.procurement.models import Lot
from procure.procurement.rules import Route

PREPARE = "Prepare the decision"


# ── the record ──


def officer_decision_record(decision: Decision, at: datetime) -> OfficerDecisionRecord:
    """Everything the record of one decision prints."""
    signed_on = legal_day(decision.signed_at or at)
    days = following(decision, signed_on)
    return OfficerDecisionRecord(
        council=_council(),
        decision=_decision(decision, days),
        authority=_authority(decision, signed_on),
        value=_value(decision),
        consultees=tuple(_consulted(view) for view in decision.views),
        standstill=_standstill(decision, days),
    )


def _href(decision: Decision, part: str = "prepare") -> str:
    return f"/decisions/{decision.reference}/{part}"


def _council() -> CouncilFacts:
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
    found = _lines(text)
    return tuple(Line(line) for line in found) if found else Gap(meaning, PREPARE, _href(decision))


def _written(decision: Decision, text: str, meaning: str) -> str | Gap:
    return text or Gap(meaning, PREPARE, _href(decision))


def _decision(decision: Decision, days: Following) -> DecisionFacts:
    signed = decision.signed_at is not None
    file = decision.procurement
    points = _lines(decision.points)
    return DecisionFacts(
        reference=decision.reference.replace("-", "/"),
        title=decision.title,
        wards_label=(file.wards_label if file else "") or Gap("wards affected", "Need"),
        maker_post=decision.post.name,
        maker_name=_maker(decision),
        maker_interest=_makers_interest(decision),
        taken_at=decision.signed_at or Gap("moment of the decision", "Sign", _href(decision, "")),
        digest=decision.digest or Gap("SHA-256 of what was signed", "Sign", _href(decision, "")),
        published_on=days.published_on if signed else Gap("day of publication", "Publish", _href(decision, "publish")),
        effective_on=days.effective_on
        if signed
        else Gap("day from which the decision may be put into effect", "Publish", _href(decision, "publish")),
        key_text=decision.key_text or ("Yes." if decision.is_key else "No."),
        call_in_text=f"Open to call-in. In force from {words.weekday(days.effective_on)} unless it is called in."
        if decision.is_key
        else "Not subject to call-in: it is not a key decision.",
        points=tuple(ResolutionPoint.of(point) for point in points)
        if points
        else Gap("what was decided", PREPARE, _href(decision)),
        financial_text=_written(decision, decision.financial_text, "money in one paragraph"),
        reasons=_listed(decision, decision.reasons, "reasons for the decision"),
        alignment_text=decision.alignment_text or None,
        results=_results(decision),
        risks=_listed(decision, decision.risks, "risks of the decision"),
        alternatives=tuple(
            RejectedAlternative(withheld(decision, one.name), withheld(decision, one.reason))
            for one in decision.alternatives
        )
        or Gap("alternatives considered and rejected", PREPARE, _href(decision)),
        silence_text=_silence(decision),
        objection_reason=_objection(decision),
        comments=tuple(_comment(decision, one) for one in decision.clearances)
        or Gap("officers’ comments", "Comments", _href(decision, "clearances")),
        equality_text=_written(decision, decision.equality_text, "regard to the equality duty"),
        papers=_papers(decision),
        exempt_text=decision.exempt_text or None,
        retain_record_until_on=kept_until(Record.OFFICER_DECISION, days.signed_on).answer,
        retain_papers_until_on=kept_until(Record.BACKGROUND_PAPERS, days.signed_on).answer,
        next_steps=tuple(_next_steps(decision, days)),
    )


def _maker(decision: Decision) -> str | Gap:
    if decision.signed_by is None or decision.signed_at is None:
        return Gap("decision maker", "Sign")
    return named_as_signer(decision, decision.signed_by, legal_day(decision.signed_at))


def _makers_interest(decision: Decision) -> str | Gap:
    if decision.maker_interest is None:
        return Gap("interest of the decision maker", "Sign", _href(decision, ""))
    return "None declared" if decision.maker_interest is Interest.NONE else decision.maker_interest_text


def _silence(decision: Decision) -> str | None:
    if not any(view.answered_at is None for view in decision.views):
        return None
    advised = decision.silence_advised_by.name if decision.silence_advised_by else "the Monitoring Officer"
    return f"{decision.silence_reason} Advice of {advised}: {decision.silence_advice}".strip()


def _objection(decision: Decision) -> str | Gap | None:
    if not any(view.view is View.OBJECTS for view in decision.views):
        return None
    return decision.objection_reason or Gap("why the decision was taken despite an objection", "Sign")


def _comment(decision: Decision, clearance: Clearance) -> Comment:
    page = _href(decision, "clearances")
    given = clearance.given_at
    return Comment(
        heading=clearance.heading,
        text=clearance.text if given else Gap(f"{clearance.heading.lower()} comments", "Comments", page),
        author_post=clearance.post.name,
        given_on=legal_day(given) if given else Gap("day of the comment", "Comments", page),
    )


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
            quality_score=row.quality,
            price_score=row.price,
            total_score=row.total,
            is_winner=row.key in winners,
        )
        for row in ranking.rows
    )


def bidder_letters(lot: Lot) -> dict[int, str]:
    """What each bidder is called in a published paper, by its bid: Bidder A, in the order of entry."""
    return {bid.id: f"Bidder {chr(ord('A') + at)}" for at, bid in enumerate(sorted(lot.bids, key=lambda bid: bid.id))}


def withheld(decision: Decision, text: str) -> str:
    """Words of an award, with the letter of every unsuccessful bidder in place of its name."""
    if decision.lot is None or decision.act is not ActKind.AWARD:
        return text
    letters = bidder_letters(decision.lot)
    for bid in sorted(decision.lot.bids, key=lambda bid: -len(bid.supplier.name)):
        if bid.supplier_id != decision.supplier_id:
            text = text.replace(bid.supplier.name, letters[bid.id])
    return text


def _papers(decision: Decision) -> tuple[PaperRead, ...]:
    if decision.signed_canonical:
        found = [f"{paper['title']}, version {paper['number']}.0" for paper in papers_signed(decision)]
    else:
        found = [f"{paper.title}, version {paper.number}.0" for paper in papers_bound(decision)]
    power = decision.delegation
    if power is not None and power.resolution is not None:
        meeting = power.resolution.meeting
        found.append(f"Minutes of {meeting.body}, {words.day(meeting.held_on)}, item {meeting.item}")
    return tuple(
        PaperRead(title, "Not published: exempt" if title.startswith("Exempt ") else "Council website, or on request")
        for title in found
    )


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


def _consulted(view: ConsulteeView) -> Consulted:
    answered = view.answered_at
    asked_of = view.asked_of.name if view.asked_of else "vacant when asked"
    holder = view.answered_by.name if view.answered_by else asked_of
    if view.answered_by is not None and view.asked_of is not None and view.answered_by is not view.asked_of:
        holder = f"{view.answered_by.name}; {view.asked_of.name} was asked"
    return Consulted(
        post=view.post.name,
        holder=holder,
        substitute_text=f"{view.substitute_post.name} answered instead, under {view.substitute_authority}. "
        f"Reason: {view.substitute_for}"
        if view.substitute_post
        else None,
        asked_on=legal_day(view.asked_at),
        answered_on=legal_day(answered) if answered else None,
        view_label=view.view.label if view.view else "No answer",
        view_text=view.words or None,
        officer_answer=view.officer_answer or None,
        interest_text=_interest(view),
    )


def _interest(view: ConsulteeView) -> str:
    if view.interest is Interest.DECLARED:
        granted = view.dispensation_text or "none"
        return f"{view.interest_text} Dispensation: {granted}"
    return "None declared" if view.interest is Interest.NONE else "No answer"


# ── the power, the value, the standstill ──


def _authority(decision: Decision, day: date) -> AuthorityRelied | Gap:
    power = decision.delegation
    if power is None:
        return Gap("the power relied on", "Authority")
    resolution = power.resolution
    meeting = resolution.meeting if resolution else None
    effect = effect_of_meeting(meeting, day) if meeting else None
    nothing = Gap("the resolution relied on", "Authority")
    return AuthorityRelied(
        is_resolution=resolution is not None,
        body=meeting.body if meeting else nothing,
        decided_on=meeting.held_on if meeting else nothing,
        minute=f"item {meeting.item}" if meeting else nothing,
        resolution_no=resolution.numeral if resolution else nothing,
        published_on=(meeting.published_on if meeting else None) or Gap("day on which the resolution was published"),
        effective_on=(effect.in_force_from if effect else None)
        or Gap("day from which the resolution is in force", "Authority"),
        scheme_paragraph=power.scheme_paragraph or Gap("paragraph of the scheme of delegation"),
        words=words_of(power) or Gap("words of the power", "Authority"),
        has_max_value=power.max_value_gross is not None,
        max_value_gross=power.max_value_gross if power.max_value_gross is not None else Gap("limit of value"),
        max_term_label=words.months_label(power.max_months) if power.max_months else "None stated",
        no_limit_confirmation=_confirmation(decision),
        expires_label=words.day(power.until_on) if power.until_on else "No end date stated",
        conditions=tuple(_conditions(decision, power)),
        chain=decision.authority_chain or answer_about(decision, day).chain,
    )


def _confirmation(decision: Decision) -> str | None:
    if not decision.no_limit_confirmed_at or not decision.no_limit_confirmed_by:
        return None
    on = words.day(legal_day(decision.no_limit_confirmed_at))
    return f"{decision.no_limit_confirmation} Confirmed by {_post_or_name(decision)} on {on}."


def _post_or_name(decision: Decision) -> str:
    person, at = decision.no_limit_confirmed_by, decision.no_limit_confirmed_at
    assert person is not None and at is not None
    posts: list[Post] = [one.post for one in person.holdings if one.covers(legal_day(at))]
    return f"the {posts[0].name}" if posts else person.name


def _conditions(decision: Decision, power: Delegation) -> Iterator[ConditionMet]:
    if power.consultees:
        count = words.number_word(len(power.consultees))
        asked = min((legal_day(view.asked_at) for view in decision.views), default=None)
        silent = sum(view.answered_at is None for view in decision.views)
        met = f"All were asked on {words.day(asked)}" if asked else "Not asked yet"
        met += " and answered" if asked and not silent else ""
        yield ConditionMet(f"Consultation with {count} post{'s' if len(power.consultees) > 1 else ''}", met)
    for condition in _lines(power.conditions):
        yield ConditionMet(condition, decision.alignment_text or "See the reasons")
    if power.counterparty:
        party = decision.supplier.name if decision.supplier else "No other party"
        yield ConditionMet(words.sentence(power.counterparty), party)
    if power.scope:
        yield ConditionMet(words.sentence(power.scope), decision.title)


def _value(decision: Decision) -> DecidedValue | None:
    if decision.value_gross is None:
        return None
    file = decision.procurement
    page = _href(decision)
    return DecidedValue(
        net=decision.value_net
        if decision.value_net is not None
        else Gap("whole-life value without VAT", PREPARE, page),
        gross=decision.value_gross,
        annual_gross=decision.annual_gross
        if decision.annual_gross is not None
        else Gap("value of a year, including VAT", PREPARE, page),
        difference_label=difference_label(decision) or Gap("difference from the approved maximum", "Value and term"),
        term_label=words.months_label(decision.max_months)
        if decision.max_months
        else Gap("longest possible term in words", PREPARE, page),
        budget_code=(file.budget_code if file else "") or Gap("budget code", "Value and term"),
        budget_source=(file.budget_source if file else "") or Gap("funding", "Value and term"),
    )


def difference_label(decision: Decision) -> str:
    """£126,000 below: against the limit of the power, else the reported value; empty where neither is known."""
    power, file = decision.delegation, decision.procurement
    most = power.max_value_gross if power else None
    if most is None:
        most = file.value_gross if file else None
    if most is None or decision.value_gross is None:
        return ""
    gap = most - decision.value_gross
    return "The same" if gap == 0 else f"{words.pounds(abs(gap))} {'below' if gap > 0 else 'above'}"


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
