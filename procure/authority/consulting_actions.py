"""What is done around a decision before it is signed: views asked and given, comments, limit and silence advised on."""

from __future__ import annotations

from datetime import date, datetime

from procure import words
from procure.audit.actions import act
from procure.authority.actions import NotNow, NotReady, NotYours, held, must_run, unwritten
from procure.authority.facts import is_left
from procure.authority.letters import to_adviser, to_consultee, to_officer
from procure.authority.models import Clearance, ConsulteeView, Decision, DelegationConsultee
from procure.authority.rules import DecisionState, Interest, View, limits_not_stated
from procure.authority.rules.saying import words_needed
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds, roles_of
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.refusals import Refusal

OPEN_TO_VIEWS = (DecisionState.CONSULTING, DecisionState.SENT)
OPEN_TO_ADVICE = (DecisionState.DRAFT, DecisionState.CONSULTING, DecisionState.SENT, DecisionState.RETURNED)


class BadDay(Refusal):
    """A day that can't be right here."""


class WordsNeeded(Refusal):
    """The answer needs words: why it objects, what is commented, which rule lets a substitute stand in."""


class AlreadyGiven(Refusal):
    """What was given is locked."""


# ── views ──


def ask_consultees(
    decision: Decision, due_on: date, *, by: Person, at: datetime, sees: int | None = None
) -> list[ConsulteeView]:
    """Ask every post that the power names, or after a return those who have not answered what is now before them."""
    with act("asked the consultees for their views", on=decision, by=by, at=at, sees=sees):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state not in (DecisionState.DRAFT, DecisionState.RETURNED):
            raise NotNow("The consultees have been asked already. Chase those who haven’t answered.")
        if due_on <= legal_day(at):
            raise BadDay("Consultees need time to answer. Enter a day after today.", field="due_on")
        lacking = unwritten(decision)
        if lacking:
            raise NotReady(lacking[0].sentence)
        named = decision.delegation.consultees if decision.delegation else []
        if not named:
            raise NotNow("Nobody has to be consulted about this. Send it to the decision maker.")
        _drop_strangers(decision, [one.post for one in named])
        asked = [_ask(decision, one, due_on, at) for one in named]
        decision.state = DecisionState.CONSULTING
        decision.silence_advice, decision.silence_advised_at, decision.silence_advised_by = "", None, None
        db.session.flush()
        for view in asked:
            if view.answered_at is None:
                to_consultee("asked_for_view", view, at=at)
        for clearance in decision.clearances:
            if clearance.given_at is None:
                to_adviser(clearance, at=at)
    return asked


def _drop_strangers(decision: Decision, posts: list[Post]) -> None:
    """Posts that another power named, and this one doesn't."""
    for view in decision.views:
        if view.post not in posts:
            db.session.delete(view)
    db.session.flush()
    db.session.expire(decision, ["views"])


def _ask(decision: Decision, named: DelegationConsultee, due_on: date, at: datetime) -> ConsulteeView:
    """Ask one post in the way that the power binds to it. What was answered already stands."""
    view = next((one for one in decision.views if one.post_id == named.post_id), None)
    if view is not None and view.answered_at is not None:
        return view
    holder = ((view.substitute_post if view else None) or named.post).acting_on(legal_day(at))
    if view is None:
        view = ConsulteeView(post=named.post, mode=named.mode, asked_of=holder, asked_at=at, due_on=due_on)
        decision.views.append(view)
    else:
        view.mode, view.asked_of, view.asked_at, view.due_on, view.chased_at = named.mode, holder, at, due_on, None
    return view


def chase(view: ConsulteeView, *, by: Person, at: datetime) -> None:
    """Remind whoever holds the post today. The record shows the day."""
    with act(f"chased the {view.post.name}", on=view, by=by, at=at):
        decision = held(view.decision)
        must_run(by, decision.procurement, at)
        _must_wait_for(view)
        if (view.substitute_post or view.post).acting_on(legal_day(at)) is None:
            raise NotNow(f"Nobody holds the post of {view.post.name}. Record a substitute.")
        view.chased_at = at
        to_consultee("chased", view, at=at)


def chase_all(decision: Decision, *, by: Person, at: datetime) -> list[ConsulteeView]:
    """Remind everybody who hasn't answered and whose post somebody holds. Who was reminded comes back."""
    with act("chased everybody who has not answered", on=decision, by=by, at=at):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state not in OPEN_TO_VIEWS:
            raise NotNow(f"Views are not being asked for now. The decision is: {decision.state.label.lower()}.")
        silent = [view for view in decision.views if view.answered_at is None]
        if not silent:
            raise NotNow("Everybody who was asked has answered.")
        found = [view for view in silent if (view.substitute_post or view.post).acting_on(legal_day(at)) is not None]
        if not found:
            raise NotNow("Nobody holds the posts that are missing. Record a substitute for each.")
        for view in found:
            view.chased_at = at
            to_consultee("chased", view, at=at)
    return found


def _must_wait_for(view: ConsulteeView) -> None:
    if view.decision.state not in OPEN_TO_VIEWS:
        raise NotNow(f"Views are not being asked for now. The decision is: {view.decision.state.label.lower()}.")
    if view.answered_at is not None:
        raise NotNow(f"The {view.post.name} has answered.")


def record_substitute(
    view: ConsulteeView,
    post: Post,
    authority: str,
    because: str,
    *,
    by: Person,
    at: datetime,
    due_on: date | None = None,
    sees: int | None = None,
) -> None:
    """Let another post answer, by a rule that is named. A consultee with an interest steps aside this way.

    The substitute is asked anew: chased anew as well, and by `due_on` where that is given. Silence of the first
    post is not theirs.
    """
    with act(f"recorded a substitute for the {view.post.name}", on=view, by=by, at=at, note=because, sees=sees):
        decision = held(view.decision)
        must_run(by, decision.procurement, at)
        if decision.state is not DecisionState.CONSULTING:
            raise NotNow(f"You can’t record a substitute now. The decision is: {decision.state.label.lower()}.")
        if view.answered_at is not None and view.interest is not Interest.DECLARED:
            raise NotNow(f"The {view.post.name} has answered.")
        if not authority.strip():
            raise WordsNeeded("Say which rule lets this post stand in.", field="authority")
        if not because.strip():
            raise WordsNeeded("Say why a substitute is needed.", field="because")
        if post.id in {one.post_id for one in decision.views} or post.id == decision.post_id:
            raise NotNow(f"The {post.name} has a part in this decision already. Choose another post.", field="post_id")
        if due_on is not None and due_on <= legal_day(at):
            raise BadDay("The substitute needs time to answer. Enter a day after today.", field="due_on")
        aside = f" {view.interest_text}".rstrip() if view.interest is Interest.DECLARED else ""
        view.substitute_post, view.substitute_authority = post, authority.strip()
        view.substitute_for = f"{because.strip()}{aside}"
        view.asked_of, view.answered_at, view.answered_by = post.acting_on(legal_day(at)), None, None
        view.view, view.interest, view.words, view.interest_text, view.officer_answer = None, None, "", "", ""
        view.asked_at, view.chased_at, view.due_on = at, None, due_on or view.due_on
        to_consultee("asked_for_view", view, at=at)


def answer(
    view: ConsulteeView,
    *,
    said: View,
    text: str,
    interest: Interest,
    interest_text: str = "",
    dispensation: str = "",
    by: Person,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Give the view of a post: by whoever holds it today, even if another was asked. It may change until sent on."""
    with act(f"gave the view of the {view.post.name}", on=view, by=by, at=at, sees=sees):
        decision = held(view.decision)
        post = view.substitute_post or view.post
        if not holds(by, post.id, legal_day(at)):
            raise NotYours(f"Only the {post.name} can answer.", who_can=f"The {post.name}")
        if decision.state is DecisionState.SENT:
            _must_wait_for(view)
        elif decision.state is not DecisionState.CONSULTING:
            raise NotNow(f"Your view is no longer asked for. The decision is: {decision.state.label.lower()}.")
        if said is not View.CONTENT and not text.strip():
            raise WordsNeeded(words_needed(said, view.mode), field="text")
        if interest is Interest.DECLARED and not interest_text.strip():
            raise WordsNeeded("Say what your interest is.", field="interest_text")
        view.view, view.words, view.interest = said, text.strip(), interest
        view.interest_text = interest_text.strip() if interest is Interest.DECLARED else ""
        view.dispensation_text = dispensation.strip() if interest is Interest.DECLARED else ""
        view.answered_by, view.answered_at, view.officer_answer = by, at, ""
        if said is View.OBJECTS or interest is Interest.DECLARED:
            to_officer("view_needs_you", decision, at=at, view=view)


def record_dispensation(view: ConsulteeView, text: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Record that the head of paid service lets a consultee with an interest take part. SI 2012/2089 reg 13."""
    with act(f"recorded a dispensation for the {view.post.name}", on=view, by=by, at=at, sees=sees):
        decision = held(view.decision)
        must_run(by, decision.procurement, at)
        if decision.state not in OPEN_TO_VIEWS or view.interest is not Interest.DECLARED:
            raise NotNow("A dispensation is recorded for a consultee who has declared an interest.")
        if not text.strip():
            raise WordsNeeded("Say who granted it and when.", field="text")
        view.dispensation_text = text.strip()


def answer_consultee(view: ConsulteeView, text: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """The case officer's answer, which the decision maker reads beneath the objection or comment."""
    with act(f"answered the view of the {view.post.name}", on=view, by=by, at=at, sees=sees):
        decision = held(view.decision)
        must_run(by, decision.procurement, at)
        if decision.state not in (*OPEN_TO_VIEWS, DecisionState.RETURNED) or view.answered_at is None:
            raise NotNow("There is no view to answer now.")
        if not text.strip():
            raise WordsNeeded("Enter your answer.", field="text")
        view.officer_answer = text.strip()


# ── advice ──


def give_clearance(clearance: Clearance, text: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Comment for Finance, Legal or Procurement; locked once given, until the decision's matter changes."""
    with act(f"gave the {clearance.heading.lower()} comments", on=clearance, by=by, at=at, sees=sees):
        decision = held(clearance.decision)
        if not holds(by, clearance.post_id, legal_day(at)):
            raise NotYours(f"Only the {clearance.post.name} can comment here.", who_can=f"The {clearance.post.name}")
        if clearance.given_at is not None:
            raise AlreadyGiven("These comments are given and locked.")
        if decision.state not in OPEN_TO_ADVICE:
            raise NotNow(f"Comments are no longer asked for. The decision is: {decision.state.label.lower()}.")
        if not text.strip():
            raise WordsNeeded("Enter your comments.", field="text")
        clearance.text, clearance.given_by, clearance.given_at = text.strip(), by, at


def confirm_no_limit(decision: Decision, text: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """A lawyer says what may be committed under a power that states no limit, and where that is taken from."""
    with act("confirmed the limit of the power", on=decision, by=by, at=at, sees=sees):
        held(decision)
        _must_have(Role.LEGAL, by, decision, at, "A lawyer of the council")
        power = decision.delegation
        if power is None or not limits_not_stated(power.max_value_gross, power.max_months):
            raise NotNow("The power states its limits. There is nothing to confirm.")
        if decision.state not in OPEN_TO_ADVICE:
            raise NotNow(f"You can’t confirm this now. The decision is: {decision.state.label.lower()}.")
        if not text.strip():
            raise WordsNeeded("Say which limit applies, and where it is taken from.", field="text")
        decision.no_limit_confirmation = text.strip()
        decision.no_limit_confirmed_by, decision.no_limit_confirmed_at = by, at


def advise_on_silence(decision: Decision, text: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """The Monitoring Officer says that the decision need not wait for a view that was asked and chased in vain."""
    day = legal_day(at)
    with act("advised on deciding without an answer", on=decision, by=by, at=at, sees=sees):
        held(decision)
        _must_have(Role.MONITORING_OFFICER, by, decision, at, "The Monitoring Officer")
        silent = silent_views(decision, day)
        if decision.state not in OPEN_TO_VIEWS or not silent:
            raise NotNow("Nobody who was asked and chased is past the day to answer.")
        if not text.strip():
            raise WordsNeeded("Enter your advice.", field="text")
        decision.silence_advice, decision.silence_advised_by, decision.silence_advised_at = text.strip(), by, at


def silent_views(decision: Decision, day: date) -> list[ConsulteeView]:
    """Views not given though the day has passed and the post was chased."""
    return [view for view in decision.views if is_left(view, day)]


def _must_have(role: Role, by: Person, decision: Decision, at: datetime, who: str) -> None:
    if role not in roles_of(by, legal_day(at), decision.procurement_id):
        raise NotYours(f"{who} does this.", who_can=who)


def silence_words(decision: Decision, day: date) -> str:
    """Who has not answered, for the pages of advice."""
    return words.joined(f"the {view.post.name}" for view in silent_views(decision, day))
