"""From rows to what papers print of the power: its words, limits and conditions, and the value held against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from procure import words
from procure.authority.mandate import sentence_of
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Decision, Delegation
from procure.authority.power import power_from, words_of
from procure.authority.record_documents import AuthorityRelied, ConditionMet, DecidedValue, WaivedRule
from procure.authority.rules import ActKind
from procure.documents.gaps import Gap
from procure.documents.kinds import Money
from procure.now import legal_day

PREPARE = "Prepare the decision"
NOT_ASKED = "Not asked yet"
SEE_REASONS = "See the reasons"
ABOUT_TIME = frozenset({ActKind.AWARD, ActKind.ENTER, ActKind.EXTEND})


def page_of(decision: Decision, part: str = "prepare") -> str:
    """Address of a page of the decision."""
    return f"/decisions/{decision.reference}/{part}"


def authority_relied(decision: Decision, day: date) -> AuthorityRelied | Gap:
    """The power a decision rests on, as it stands on a day; a gap where it rests on none."""
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
        published_on=(meeting.published_on if meeting else None)
        or Gap("day on which the resolution was published", "Authority"),
        effective_on=(effect.in_force_from if effect else None)
        or Gap("day from which the resolution is in force", "Authority"),
        scheme_paragraph=power.scheme_paragraph or Gap("paragraph of the scheme of delegation", "Authority"),
        words=words_of(power) or Gap("words of the power", "Authority"),
        succession_text=_succession(power, day),
        has_max_value=power.max_value_gross is not None,
        max_value_gross=power.max_value_gross
        if power.max_value_gross is not None
        else Gap("limit of value", "Authority"),
        max_term_label=words.sentence(words.months_label(power.max_months)) if power.max_months else "None stated",
        no_limit_confirmation=_confirmation(decision),
        expires_label=_life(power),
        conditions=tuple(_conditions(decision, power, day)),
        chain=mandate_said(decision, day),
    )


def mandate_said(decision: Decision, day: date) -> str:
    """The one sentence from the body's words to the signature; before it, to whoever is to sign."""
    return sentence_of(decision, day)


def _succession(power: Delegation, day: date) -> str | None:
    heir = power.post.heir_on(day)
    if heir is power.post or power.post.ended_on is None:
        return None
    ended = f"The post of {power.post.name} ended on {words.day(power.post.ended_on)}."
    said = f"{ended} Its powers passed to the {heir.name}"
    under = power.post.succession_authority
    return f"{said}, under {under}." if under else f"{said}."


def _life(power: Delegation) -> str:
    until = words.day(power.until_on) if power.until_on else ""
    if power.until_event:
        return words.sentence(f"{until}, or {power.until_event}" if until else power.until_event)
    return until or "No end date stated"


def _confirmation(decision: Decision) -> str | None:
    person, at = decision.no_limit_confirmed_by, decision.no_limit_confirmed_at
    if person is None or at is None:
        return None
    posts = [one.post.name for one in person.holdings if one.covers(legal_day(at))]
    by = f"the {posts[0]}" if posts else person.name
    return f"{decision.no_limit_confirmation} Confirmed by {by} on {words.day(legal_day(at))}."


def _conditions(decision: Decision, power: Delegation, day: date) -> Iterator[ConditionMet]:
    """What the words ask, each with how it is met: by consultation, by what was said for the record, by the party."""
    if power.consultees:
        yield _consultation(decision, len(power.consultees))
    said = {(one.of, one.words): one.how for one in decision.assurances}
    for of, asked in power_from(power, decision.procurement, day).to_assure:
        yield ConditionMet(words.sentence(asked), said.get((of, asked)) or decision.alignment_text or SEE_REASONS)
    if power.counterparty:
        party = decision.supplier.name if decision.supplier else "No other party"
        yield ConditionMet(words.sentence(power.counterparty), party)


def _consultation(decision: Decision, count: int) -> ConditionMet:
    asked = min((legal_day(view.asked_at) for view in decision.views), default=None)
    silent = sum(view.answered_at is None for view in decision.views)
    many = count > 1
    met = NOT_ASKED
    if asked:
        answered = "" if silent else " and answered"
        met = f"{'All were' if many else 'It was'} asked on {words.day(asked)}{answered}"
    return ConditionMet(f"Consultation with {words.number_word(count)} post{'s' if many else ''}", met)


# ── the value ──


def value_decided(decision: Decision) -> DecidedValue | None:
    """What a decision commits at most; None where it commits no money."""
    if decision.value_gross is None:
        return None
    page = page_of(decision)
    label, beside = _beside(decision)
    return DecidedValue(
        net=decision.value_net
        if decision.value_net is not None
        else Gap("whole-life value without VAT", PREPARE, page),
        gross=decision.value_gross,
        counted_gross=_counted(decision),
        beside_label=label,
        beside_gross=beside,
        difference_label=_difference(decision),
        term_label=_term(decision),
        budget_label=_budget(decision),
        over_text=decision.over_text or None,
    )


def _difference(decision: Decision) -> str | Gap:
    said = difference_label(decision)
    if said or decision.procurement is None:
        return said or "No limit is stated"
    return Gap("difference from the approved maximum", "Value and term", _value_page(decision))


def _term(decision: Decision) -> str | Gap:
    """The longest term; an act that isn't about time leaves it as it is."""
    if decision.max_months:
        return words.months_label(decision.max_months)
    if decision.act in ABOUT_TIME and decision.signed_at is None:
        return Gap("longest possible term in words", PREPARE, page_of(decision))
    return "the term doesn’t change" if decision.contract is not None else "no term is stated"


def _budget(decision: Decision) -> str | Gap:
    """The budget code and the funding; a contract that was bought before has no file here that names them."""
    file = decision.procurement
    if file is None:
        return "the budget of the contract"
    if not file.budget_code or not file.budget_source:
        return Gap("budget code and funding", "Value and term", _value_page(decision))
    return f"{file.budget_code}, {file.budget_source}"


def _value_page(decision: Decision) -> str | None:
    return f"/procurements/{decision.procurement.reference}/value" if decision.procurement else None


def _beside(decision: Decision) -> tuple[str, Money]:
    """The third figure: what the contract comes to with a change to it, else what a year costs."""
    if decision.total_gross is not None:
        return "The contract then comes to", decision.total_gross
    if decision.annual_gross is None and decision.act is not ActKind.AWARD:
        return "Added by this decision", decision.value_gross or Decimal(0)
    missing = Gap("value of a year, including VAT", PREPARE, page_of(decision))
    return "A year", decision.annual_gross if decision.annual_gross is not None else missing


def _counted(decision: Decision) -> Decimal:
    """What is held against the limit: for a change under a resolution the whole contract."""
    value, power = decision.value_gross or Decimal(0), decision.delegation
    if power is not None and power.resolution is not None and decision.total_gross is not None:
        return max(value, decision.total_gross)
    return value


def difference_label(decision: Decision) -> str:
    """£126,000 below: against the limit of the power, else the reported value; empty where neither is known."""
    power, file = decision.delegation, decision.procurement
    most = power.max_value_gross if power else None
    if most is None:
        most = file.value_gross if file else None
    if most is None or decision.value_gross is None:
        return ""
    gap = most - _counted(decision)
    return "The same" if gap == 0 else f"{words.pounds(abs(gap))} {'below' if gap > 0 else 'above'}"


def rule_waived(decision: Decision) -> WaivedRule | None:
    """The rule that a decision waives; None for any other decision."""
    waiver = decision.waiver
    if waiver is None:
        return None
    return WaivedRule(
        rule=waiver.rule,
        reason=waiver.reason.name,
        case=waiver.case or Gap("case for the waiver", PREPARE, page_of(decision)),
        period=f"{words.day(waiver.from_on)} to {words.day(waiver.until_on)}",
        after_text=f"The work began on {words.day(waiver.began_on)}, before anybody had approved it."
        if waiver.began_on
        else None,
    )
