"""The one function that tests authority: may this act be done, by this person, on this day?"""

from __future__ import annotations

from collections.abc import Iterator

from procure import words
from procure.authority.rules.asking import CASE_OFFICER, Answer, Consulted, Ground, Power, Question, Why
from procure.authority.rules.consulting import is_settled_silence, objections_met, were_consulted
from procure.authority.rules.kinds import ActKind, ConsultationMode, Interest, View
from procure.authority.rules.life import power_holds
from procure.authority.rules.limits import (
    NO_LIMIT,
    SPENDING_ACTS,
    committed,
    conditions_met,
    limits_not_stated,
    term_in_all,
    with_the_right_party,
    within_limits,
)
from procure.authority.rules.signers import signer_may

ACTS_IN_THE_CHAIN = {
    ActKind.PROCURE: "conducts the procurement",
    ActKind.AWARD: "awards",
    ActKind.ENTER: "enters into the contract",
    ActKind.EXTEND: "extends",
    ActKind.VARY: "varies",
    ActKind.TERMINATE: "terminates",
    ActKind.ANCILLARY: "enters into ancillary agreements",
    ActKind.WAIVE: "waives a contract procedure rule",
    ActKind.OTHER: "acts",
}

WITHOUT_A_LIMIT = ". The words state no limit"
NOBODY = "Democratic services can record the resolution that gives it."


def may_act(question: Question) -> Answer:
    """The one test of authority. No row for the act means no authority."""
    power = question.power
    if power is None:
        why = Why(f"Nobody has been given the power to {question.act.label} on this file.", NOBODY)
        return Answer("", (why,), who_could=(NOBODY,))
    reasons = (
        *((question.file_stands,) if question.file_stands else ()),
        *power_holds(power, question),
        *signer_may(power, question),
        *were_consulted(power, question),
        *objections_met(power, question),
        *within_limits(power, question),
        *with_the_right_party(power, question),
        *conditions_met(power, question),
        *question.further,
    )
    return Answer(
        chain_of(power, question.act), reasons, tuple(_warnings(power, question)), tuple(_grounds(power, question)),
        _who_could(power, question, reasons),
    )  # fmt: skip


def chain_of(power: Power, act: ActKind) -> str:
    """One sentence from the power to the act: who gave it, to whom, after consulting whom, since when."""
    since = f"; in force from {words.day(power.in_force_from)}" if power.in_force_from else ""
    now = f" (now the {power.heir})" if power.heir else ""
    return f"{power.source}: to the {power.post}{now}, who {ACTS_IN_THE_CHAIN[act]}{consulting_said(power)}{since}."


def consulting_said(power: Power) -> str:
    """ " after consulting four posts and with the agreement of the Chief Operating Officer" """
    heard = [post for post in power.consultees if not power.needs_agreement_of(post)]
    said = []
    if heard:
        whom = f"the {heard[0]}" if len(heard) == 1 else f"{words.number_word(len(heard))} posts"
        said.append(f"after consulting {whom}")
    for mode in dict.fromkeys(power.mode_of(post) for post in power.consultees if power.needs_agreement_of(post)):
        posts = [f"the {post}" for post in power.consultees if power.mode_of(post) is mode]
        said.append(f"{mode.label} {words.joined(posts)}")
    return f" {words.joined(said)}" if said else ""


def _grounds(power: Power, question: Question) -> Iterator[Ground]:
    """What the act rests on, link by link, for the record."""
    yield Ground("Power", power.source)
    if power.words:
        yield Ground("Words", power.words)
    yield from _who_acts(power, question)
    if power.in_force_from:
        until = f" until {words.day(power.until_on)}" if power.until_on else ""
        yield Ground("In force", f"From {words.day(power.in_force_from)}{until}")
    yield from _how_much(power, question)
    for one in question.consulted:
        yield Ground("Consulted", f"{one.post}: {_view_said(one, power.mode_of(one.post))}")
    for met in question.assured:
        yield Ground(met.of.label, f"{met.words}: {met.how}")


def _who_acts(power: Power, question: Question) -> Iterator[Ground]:
    post, signer = question.post or power.post, question.signer
    if power.heir and post not in power.others:
        yield Ground("Successor", f"{power.heir}, for the {power.post} ({power.succession_authority})")
    if signer is not None and signer.holds_post:
        standing = f", {signer.stands_as}" if signer.stands_as else ""
        yield Ground("Post", f"{post}: {signer.name or 'its holder'}{standing}")


def _how_much(power: Power, question: Question) -> Iterator[Ground]:
    if question.act in SPENDING_ACTS and question.value_gross is not None:
        most = words.pence(power.max_value_gross) if power.max_value_gross is not None else ""
        of = f", of {most}" if most else WITHOUT_A_LIMIT
        yield Ground("Value", f"{words.pence(committed(power, question))} including VAT{of}")
        if months := term_in_all(power, question):
            of = f", of {words.months_label(power.max_months)}" if power.max_months is not None else WITHOUT_A_LIMIT
            yield Ground("Term", f"{words.sentence(words.months_label(months))}{of}")
    if question.limit_confirmation:
        yield Ground("Limit confirmed", question.limit_confirmation)
    if power.counterparty and question.other_party:
        yield Ground("Other party", f"{question.other_party}, as “{power.counterparty}”")


def _view_said(one: Consulted, mode: ConsultationMode) -> str:
    if one.view is None:
        return "no answer"
    said = one.view.label.lower()
    if one.view is View.CONTENT and mode not in (ConsultationMode.CONSULT, ConsultationMode.FOLLOWING):
        said = "agrees"
    if one.interest is Interest.DECLARED:
        said += f", with an interest ({one.dispensation or 'no dispensation'})"
    return f"{said}, by the {one.substitute}" if one.substitute else said


def _who_could(power: Power, question: Question, reasons: tuple[Why, ...]) -> tuple[str, ...]:
    """Who could act now, or could mend what is missing: people first, then posts, then who can give or record it."""
    if not reasons:
        return ()
    found = []
    if question.signer is None or any(why.is_personal and why.field != "interest" for why in reasons):
        found += [f"{name} could sign." for name in question.stand_ins]
        found += [f"The {post} may act as well." for post in power.others if post != question.post]
    found += [why.who_can for why in reasons if why.who_can]
    return tuple(dict.fromkeys(found))


def _warnings(power: Power, question: Question) -> Iterator[str]:
    for one in question.consulted:
        if is_settled_silence(one, question):
            due = words.weekday(one.due_on)
            yield f"The {one.post} didn’t answer by {due}. The decision is taken without that view."
    for one in question.consulted:
        if one.view is View.OBJECTS and not one.is_answered_by_officer:
            yield f"{CASE_OFFICER} hasn’t answered the objection of the {one.post}."
    lacking = limits_not_stated(power.max_value_gross, power.max_months)
    if lacking and question.act in SPENDING_ACTS and question.limit_confirmation:
        yield f"{NO_LIMIT} {lacking}. Legal confirms: {question.limit_confirmation}"
