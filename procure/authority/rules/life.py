"""Whether a power holds: given by words that give one, for this act, to a post that stands, alive on the day."""

from __future__ import annotations

from collections.abc import Iterator

from procure import words
from procure.authority.rules.asking import Power, Question, Why
from procure.authority.rules.kinds import MAY_GIVE, ResolutionKind, ResolutionStatus


def power_holds(power: Power, question: Question) -> Iterator[Why]:
    """Every reason why the words give no power for this act on this day."""
    yield from _words_give_it(power, question)
    yield from _post_stands(power, question)
    yield from _is_alive(power, question)


def new_power(power: Power) -> str:
    """Who could give a power that holds."""
    return f"{words.sentence(power.giver)} can give a new power."


def _words_give_it(power: Power, question: Question) -> Iterator[Why]:
    new_one, numeral = new_power(power), power.numeral
    if power.resolution_status is ResolutionStatus.RECOMMENDED:
        yield Why(f"Resolution {numeral} only recommends this to another body, which hasn’t decided.", new_one)
    elif power.resolution_status is ResolutionStatus.RESCINDED:
        yield Why(f"Resolution {numeral} was rescinded.", new_one)
    if power.resolution_kind is ResolutionKind.NOTE:
        yield Why(f"Resolution {numeral} only notes something. It gives nobody a power to act.", new_one)
    elif power.resolution_kind is not None and power.act not in MAY_GIVE.get(power.resolution_kind, ()):
        yield Why(f"Resolution {numeral} doesn’t delegate. It gives nobody a power to {power.act.label}.", new_one)
    if power.act is not question.act:
        yield Why(f"This is a power to {power.act.label}. It isn’t a power to {question.act.label}.", new_one)
    if power.other_file:
        yield Why(f"This power was given for another purchase, {power.other_file}.", new_one)


def _post_stands(power: Power, question: Question) -> Iterator[Why]:
    if question.post and question.post not in (power.post, power.heir, *power.others):
        only = f"Only the {power.post} can decide."
        yield Why(f"This power is given to the {power.post}, not to the {question.post}.", only)
    if power.post_ended_on is None or question.post in power.others:
        return
    record = "An administrator can record the successor and the authority for it."
    if not power.heir:
        ended = words.day(power.post_ended_on)
        yield Why(f"The post of {power.post} ended on {ended}. No successor is recorded.", record)
    elif not power.succession_authority:
        yield Why(f"Nothing says by what authority the {power.heir} took over this power.", record)


def _is_alive(power: Power, question: Question) -> Iterator[Why]:
    day, new_one = question.day, new_power(power)
    if power.superseded_on and power.superseded_on <= day:
        yield Why(f"This power was replaced on {words.day(power.superseded_on)}.", new_one)
    if power.until_on and power.until_on < day:
        yield Why(f"This power ended on {words.day(power.until_on)}.", new_one)
    if power.is_stopped or power.in_force_from is None:
        yield Why(f"This power isn’t in force. {power.effect}".strip(), "Democratic services record the call-in.")
    elif day < power.in_force_from:
        effect = power.effect or f"It takes effect on {words.weekday(power.in_force_from)}."
        yield Why(f"This power isn’t in force yet. {effect}", "Nobody can shorten this time.")
