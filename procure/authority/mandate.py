"""By what right one decision was taken: its five links, drawn and told, from the words of its power to its use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from procure import words
from procure.authority.call_in import Effect
from procure.authority.chain import Asked, ChainFacts, Link, chain_picture
from procure.authority.decision_effect import effect_of_decision
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.minutes import SHORT, acts_said, limits_said
from procure.authority.models import Decision, Delegation
from procure.authority.power import power_from, words_of
from procure.authority.rules import ActKind, DecisionState, ResolutionKind, View
from procure.authority.rules.mandate import MandateFacts, mandate_sentence
from procure.authority.signature import broken
from procure.now import legal_day
from procure.people.access import stands_as
from procure.pictures.marks import Picture

IN_THE_PICTURE = {
    ResolutionKind.APPROVE_POLICY: "approve a policy",
    ResolutionKind.NOTE: "only note",
    ResolutionKind.RING_FENCE: "ring-fence",
    ResolutionKind.APPROVE_PROCUREMENT: "buy",
    ResolutionKind.DELEGATE: "delegate",
    ResolutionKind.OTHER: "something else",
}
ANSWERS = {View.CONTENT: "content", View.COMMENTS: "comments", View.OBJECTS: "objects", None: "no answer yet"}
NEXT_USES = {
    ActKind.PROCURE: "Tender",
    ActKind.AWARD: "Award notice",
    ActKind.ENTER: "Contract",
    ActKind.EXTEND: "Extension",
    ActKind.VARY: "Variation",
    ActKind.TERMINATE: "Termination",
    ActKind.ANCILLARY: "Agreement",
    ActKind.WAIVE: "Waiver",
    ActKind.OTHER: "Its use",
}
"""What a decision of each act is used for first."""


@dataclass(frozen=True)
class Mandate:
    """The authority of one decision: one sentence, five links, a picture."""

    sentence: str
    links: tuple[Link, ...]
    picture: Picture


def mandate_of(decision: Decision, today: date) -> Mandate:
    """The whole chain of a decision as it stands today. A decision without a power says so."""
    powers = _together(decision.delegation)
    facts = ChainFacts(
        links=(
            given_link(decision.delegation),
            power_link(powers, effect_of_power(decision.delegation, today)),
            consulted_link(decision, powers),
            signed_link(decision, decision.post.name),
            used_link(decision, today),
        ),
        resolutions=_resolutions(decision.delegation),
        acts=tuple((SHORT[row.act], row.act is decision.act) for row in powers),
        asked=tuple(Asked(view.post.name, view.view) for view in decision.views) or _to_ask(decision.delegation),
        signed_by=decision.post.name,
        signature_holds=holds_still(decision),
        uses=uses_drawn(decision),
    )
    return Mandate(sentence_of(decision, today), facts.links, chain_picture(facts, str(decision.id)))


def sentence_of(decision: Decision, today: date) -> str:
    """The authority of a decision in one sentence, from the words of the power to the signature."""
    row = decision.delegation
    if row is None:
        return "No power is on record for this decision."
    power = power_from(row, decision.procurement, today)
    resolution, views = row.resolution, decision.views
    answered = [view.answered_at for view in views if view.answered_at]
    return mandate_sentence(
        MandateFacts(
            giver=power.giver,
            where=f"item {resolution.meeting.item}, resolution {resolution.numeral}"
            if resolution and resolution.meeting.item
            else f"resolution {resolution.numeral}"
            if resolution
            else row.scheme_paragraph or "",
            post=row.post.name,
            act=decision.act,
            source_words=words_of(row),
            given_on=resolution.meeting.held_on if resolution else None,
            in_force_from=power.in_force_from,
            heir=power.heir,
            asked=len(views),
            answered=len(answered),
            objecting=sum(view.view is View.OBJECTS for view in views),
            last_answer_on=legal_day(max(answered)) if answered else None,
            signed_on=decision.signed_on if decision.state is DecisionState.SIGNED else None,
            signed_as=_signed_as(decision),
            what=_what(decision),
        )
    )


def _signed_as(decision: Decision) -> str:
    if decision.signed_by is None or decision.signed_on is None:
        return ""
    standing = stands_as(decision.signed_by, decision.post, decision.signed_on)
    return f"{decision.signed_by.name}, {standing.said}" if standing is not None and standing.said else ""


WHAT = {
    ActKind.PROCURE: "the decision to begin the procurement",
    ActKind.AWARD: "the award",
    ActKind.ENTER: "the decision to enter into the contract",
    ActKind.EXTEND: "the extension",
    ActKind.VARY: "the variation",
    ActKind.TERMINATE: "the termination",
    ActKind.ANCILLARY: "the ancillary agreement",
    ActKind.WAIVE: "the waiver",
    ActKind.OTHER: "the decision",
}


def _what(decision: Decision) -> str:
    link = "to" if decision.act is ActKind.AWARD else "with"
    supplier = f" {link} {decision.supplier.name}" if decision.supplier else ""
    value = f", {words.pounds(decision.value_gross)} including VAT" if decision.value_gross else ""
    return f"{WHAT[decision.act]}{supplier}{value}"


# ── the links ──


def _together(row: Delegation | None) -> list[Delegation]:
    """All powers given in the same breath: by one resolution, or in one paragraph of the scheme to one post."""
    if row is None:
        return []
    rows = list(row.resolution.delegations) if row.resolution else [row]
    return sorted(rows, key=lambda one: list(ActKind).index(one.act))


def _resolutions(row: Delegation | None) -> tuple[tuple[str, str], ...]:
    if row is None:
        return ()
    if row.resolution is None:
        return tuple(("", part.strip()) for part in (row.scheme_paragraph or "").split(","))
    mine = [
        one
        for one in row.resolution.meeting.resolutions
        if one is row.resolution
        or (one.procurement_id is not None and one.procurement_id == row.resolution.procurement_id)
    ]
    return tuple((one.numeral, short_of(one.kind, one.option_number)) for one in mine)


def short_of(kind: ResolutionKind, option: int | None) -> str:
    """A resolution in two words, for the picture."""
    return f"{IN_THE_PICTURE[kind]}, Option {option}" if option else IN_THE_PICTURE[kind]


def _to_ask(row: Delegation | None) -> tuple[Asked, ...]:
    return tuple(Asked(one.post.name, None) for one in row.consultees) if row else ()


def effect_of_power(row: Delegation | None, today: date) -> Effect | None:
    """Whether the decision that gave a power is in force; None for a row of the scheme."""
    return effect_of_meeting(row.resolution.meeting, today) if row is not None and row.resolution else None


def given_link(row: Delegation | None) -> Link:
    """Who gave the power, when and where."""
    if row is None:
        return Link("Power", "none", False, "1 No power is on record", "Nobody was given the power to do this.")
    if row.resolution is None:
        since = f"since {words.day(row.from_on)}" if row.from_on else ""
        return Link("Scheme", since, True, "1 The scheme says so", f"“{row.scheme_words}”", row.scheme_paragraph or "")
    meeting = row.resolution.meeting
    href = url_for("meetings.meeting", reference=meeting.reference)
    body = meeting.body if len(meeting.body) < 18 else "Decision"
    said = f"{meeting.body} gave the {row.post.name} this power, in resolution {row.resolution.numeral}."
    item = f"Item {meeting.item}. " if meeting.item else ""
    note = f"{item}“{row.resolution.words}”"
    return Link(body, words.day(meeting.held_on), True, f"1 {meeting.body} decided", said, note, href, "Read the words")


def power_link(powers: Sequence[Delegation], effect: Effect | None) -> Link:
    """What was given to whom, within which limits, for how long."""
    if not powers:
        return Link("Power", "not given", False, "2 No power is given", "Nobody may act: no power, no authority.")
    row = powers[0]
    main = [one.act for one in powers if one.act is not ActKind.ANCILLARY]
    said = f"To the {row.post.name}: {acts_said(main)}." if main else f"To the {row.post.name}."
    if any(one.act is ActKind.ANCILLARY for one in powers):
        only = f", only with {row.counterparty}" if row.counterparty else ""
        said += f" Also ancillary agreements{only}."
    when = f"until {words.day(row.until_on)}" if row.until_on else "no end date"
    note = limits_said(row.max_value_gross, row.max_months)
    for condition in row.conditions.splitlines():
        note += f" {words.sentence(condition)}."
    if effect:
        note += f" {effect.sentence}"
    return Link("Power", when, True, "2 Power was given", said, note)


def consulted_link(decision: Decision | None, powers: Sequence[Delegation]) -> Link:
    """Who was asked and what they said; or who is to be asked."""
    consultees = powers[0].consultees if powers else []
    if decision is not None and decision.delegation is not None:
        consultees = decision.delegation.consultees
    count = words.sentence(words.number_word(len(consultees)))
    if decision is None or not decision.views:
        if not powers:
            return Link("Consulted", "no power yet", False, "3 Nobody is asked yet", "Waits for the power to act.")
        if not consultees:
            return Link("Consulted", "nobody", True, "3 Nobody need be asked", "The power names no post to consult.")
        names = words.joined(f"the {one.post.name}" for one in consultees)
        heading = f"3 {count} to be asked"
        return Link("Consulted", "to come", False, heading, f"Before each decision: {names}.")
    views = decision.views
    asked = min(view.asked_at for view in views)
    answered = [view.answered_at for view in views if view.answered_at]
    last = max(answered) if answered else None
    when = _from_to(legal_day(asked), legal_day(last)) if last else words.day(legal_day(asked))
    said = " ".join(f"{view.post.name}: {ANSWERS[view.view]}." for view in views)
    note = f"Asked {words.day(legal_day(asked))}."
    if last and len(answered) == len(views):
        note += f" The last answer came on {words.day(legal_day(last))}."
    heading = f"3 {words.sentence(words.number_word(len(views)))} asked"
    return Link("Consulted", when, len(answered) == len(views), heading, said, note, *_to_decision(decision))


def _from_to(first: date, last: date) -> str:
    """12 to 18 November, short enough for a box of the picture."""
    if first == last:
        return words.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {words.short(last)}"
    return f"{words.short(first)[:6].rstrip()} to {words.short(last)[:6].rstrip()}"


def _to_decision(decision: Decision) -> tuple[str, str]:
    return url_for("authority.decision", reference=decision.reference), "Read the decision"


def signed_link(decision: Decision | None, post: str) -> Link:
    """Who signed what, and whether the signature still holds."""
    if decision is None or decision.state is not DecisionState.SIGNED or decision.signed_at is None:
        said = f"{words.sentence(f'the {post}')} has signed nothing yet." if post else "Nothing is signed yet."
        return Link("Signed", "to come", False, "4 Not signed yet", said)
    said = f"{words.sentence(_what(decision).removeprefix('the '))}."
    changed = broken(decision)
    standing = _signed_as(decision)
    note = f"{words.sentence(words.moment(decision.signed_at))}{f', by {standing}' if standing else ''}."
    note += f" {changed[0]}" if changed else " Nothing it covers has changed since."
    heading = f"4 {'The director' if decision.post.name.startswith('Director') else 'It was'} signed"
    return Link("Signed", words.day(legal_day(decision.signed_at)), True, heading, said, note, *_to_decision(decision))


def used_link(decision: Decision, today: date) -> Link:
    """What was done under it, and what comes next."""
    uses = sorted(decision.uses, key=lambda use: (use.used_on, use.id))
    if uses:
        said = " ".join(f"{use.what.rstrip('.')}, {words.day(use.used_on)}." for use in uses)
        return Link("Used", f"since {words.short(uses[0].used_on)}", True, "5 What it was used for", said)
    effect = effect_of_decision(decision, today)
    said = "Nothing has been done under it."
    if decision.state is DecisionState.SIGNED and not effect.is_in_force:
        said += f" {effect.sentence}"
    return Link("Used", "not yet", False, "5 Not used yet", said)


def uses_drawn(decision: Decision) -> tuple[tuple[str, bool], ...]:
    """What it was used for, in a word each; else what it will be used for."""
    done = [(use.kind.label.split()[0], True) for use in decision.uses[:3]]
    return tuple(done) or ((NEXT_USES[decision.act], False),)


def holds_still(decision: Decision | None) -> bool | None:
    """Whether a signature still agrees with what it covers; None where nothing is signed."""
    if decision is None or decision.state is not DecisionState.SIGNED:
        return None
    return not broken(decision)
