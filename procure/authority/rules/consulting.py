"""Whether everybody was consulted as the power asks: a view is heard and weighed, an agreement must be given."""

from __future__ import annotations

from collections.abc import Iterator

from procure import words
from procure.authority.rules.asking import CASE_OFFICER, Consulted, Power, Question, Why
from procure.authority.rules.kinds import Interest, View

VIEWS = "authority.views"


def were_consulted(power: Power, question: Question) -> Iterator[Why]:
    """Every consultee of the power from whom something is missing."""
    asked = {one.post: one for one in question.consulted}
    for post in power.consultees:
        one = asked.get(post)
        if one is None:
            yield Why(f"The {post} hasn’t been asked.", f"{CASE_OFFICER} can ask.", VIEWS)
        elif power.needs_agreement_of(post):
            yield from _agreed(one, power)
        elif one.view is None:
            yield from _silent(one, question)
        else:
            yield from _interest_met(one)


def _interest_met(one: Consulted) -> Iterator[Why]:
    if one.interest is None or (one.interest is Interest.DECLARED and not one.dispensation):
        yield Why(
            f"The {_who(one)} declared an interest. No dispensation or substitute is recorded.",
            f"{CASE_OFFICER} can record a substitute or the dispensation.", VIEWS,
        )  # fmt: skip


def _agreed(one: Consulted, power: Power) -> Iterator[Why]:
    """Where the words ask for agreement: comments and silence are none, and who doesn't agree stops it."""
    only = f"This power may be used only {power.mode_of(one.post).label} that post."
    if one.view is None:
        who = f"{CASE_OFFICER} can chase the reply, or record a substitute with the authority for it."
        yield Why(f"The {_who(one)} hasn’t agreed. {only}", who, VIEWS)
    elif one.view is View.OBJECTS:
        yield Why(f"The {_who(one)} doesn’t agree. {only}", f"{words.sentence(power.giver)} can decide.", VIEWS)
    elif one.view is View.COMMENTS:
        who = f"The {_who(one)} can agree. {CASE_OFFICER} can answer the comments first."
        yield Why(f"The {_who(one)} has commented, and not agreed. {only}", who, VIEWS)
    else:
        yield from _interest_met(one)


def _who(one: Consulted) -> str:
    return f"{one.substitute}, for the {one.post}," if one.substitute else one.post


def _silent(one: Consulted, question: Question) -> Iterator[Why]:
    if is_settled_silence(one, question):
        return
    if question.silence_advice and _may_be_left(one, question):
        yield Why(f"Say why you decide without the view of the {one.post}.", field="silence_reason")
        return
    who = f"{CASE_OFFICER} can chase the reply, or record a substitute with the authority for it."
    if _may_be_left(one, question):
        who = f"{who} The Monitoring Officer can advise that the decision need not wait."
    yield Why(f"The {_who(one)} hasn’t replied.", who, VIEWS)


def _may_be_left(one: Consulted, question: Question) -> bool:
    """Deadline past and chased once: from then a reason and the Monitoring Officer's advice can stand for the view."""
    return one.is_chased and question.day > one.due_on


def is_settled_silence(one: Consulted, question: Question) -> bool:
    """Whether a view that wasn't given is lawfully gone without. An agreement never is."""
    return (
        one.view is None
        and question.power is not None
        and not question.power.needs_agreement_of(one.post)
        and _may_be_left(one, question)
        and bool(question.silence_reason)
        and bool(question.silence_advice)
    )


def objections_met(power: Power, question: Question) -> Iterator[Why]:
    """What an objection asks: a reason, or by the council's own rules to go back. A consultee has no veto."""
    against = [
        one.post
        for one in question.consulted
        if one.view is View.OBJECTS and not power.needs_agreement_of(one.post)
    ]  # fmt: skip
    if not against:
        return
    if question.objection_refers_back:
        named = words.joined(f"the {post}" for post in against)
        verb = "objects" if len(against) == 1 else "object"
        yield Why(
            f"{words.sentence(named)} {verb}. Under this council’s rules the decision goes back.",
            f"{power.giver} can decide.",
        )
    elif not question.objection_reason:
        which = "the objection" if len(against) == 1 else f"the {words.number_word(len(against))} objections"
        yield Why(f"Say why you go ahead despite {which}.", field="objection_reason")
