"""From the rows of a consultation to what papers print of it: the record of the decision and the log."""

from __future__ import annotations

from datetime import date, datetime

from procure import words
from procure.authority.consultation_log_documents import ConsultationLog, LoggedDecision, LoggedView
from procure.authority.models import ConsulteeView, Decision
from procure.authority.record_documents import Comment, Consulted
from procure.authority.rules import ConsultationMode, DecisionState, Interest, View
from procure.authority.withholding import withheld
from procure.documents.gaps import Gap
from procure.documents.shared_facts import CouncilFacts
from procure.now import legal_day
from procure.people.models import Person, Post

NO_ANSWER = "No answer"


def consulted_of(view: ConsulteeView) -> Consulted:
    """One post consulted, as the record prints it."""
    answered = view.answered_at
    asked_on = legal_day(view.asked_at)
    return Consulted(
        post=view.post.name_on(asked_on),
        holder=None if holders_said(view) == view.post.name else holders_said(view),
        substitute_text=substitute_said(view),
        mode_label=view.mode.label,
        asked_text=f"{words.day(asked_on)}, to answer by {words.day(view.due_on)}",
        answered_on=legal_day(answered) if answered else None,
        view_label=view_label(view),
        view_text=withheld(view.decision, view.words) or None,
        officer_answer=withheld(view.decision, view.officer_answer) or None,
        interest_text=interest_said(view),
    )


def holders_said(view: ConsulteeView) -> str:
    """Who answered for a post; both names where somebody else was asked. Domain 7.7, B3."""
    asked_of = view.asked_of.name if view.asked_of else "vacant when asked"
    if view.answered_by is None:
        return asked_of
    if view.asked_of is not None and view.answered_by is not view.asked_of:
        return f"{view.answered_by.name}; {view.asked_of.name} was asked"
    return view.answered_by.name


def substitute_said(view: ConsulteeView) -> str | None:
    """Who answered in a holder's place, by what authority and why; None where nobody did."""
    if view.substitute_post is None:
        return None
    return (
        f"{view.substitute_post.name} answered instead, under {view.substitute_authority}. "
        f"Reason: {view.substitute_for}"
    )


def view_label(view: ConsulteeView) -> str:
    """The view in a word."""
    return view.view.label if view.view else NO_ANSWER


def interest_said(view: ConsulteeView) -> str:
    """The interest declared, with any dispensation."""
    if view.interest is Interest.DECLARED:
        return f"{view.interest_text} Dispensation: {view.dispensation_text or 'none'}"
    return "None declared" if view.interest is Interest.NONE else NO_ANSWER


def comments_of(decision: Decision) -> tuple[Comment, ...]:
    """What finance, legal and others said of a decision, by whom and when. Each that is missing is a gap."""
    page = f"/decisions/{decision.reference}/clearances"
    return tuple(
        Comment(
            heading=one.heading,
            text=withheld(decision, one.text)
            if one.given_at
            else Gap(f"{one.heading.lower()} comments", "Comments", page),
            author=f"{one.given_by.name}, {one.post.name}" if one.given_by else one.post.name,
            given_on=legal_day(one.given_at) if one.given_at else Gap("day of the comment", "Comments", page),
        )
        for one in decision.clearances
    )


# ── the log ──


def consultation_log(decision: Decision, council: CouncilFacts, at: datetime) -> ConsultationLog:
    """Everything the log of a consultation prints, as it stands at a moment."""
    today = legal_day(at)
    page = f"/decisions/{decision.reference}/views"
    return ConsultationLog(
        council=council,
        decision=_logged_decision(decision, today),
        views=tuple(_logged(view) for view in decision.views) or Gap("views that were asked for", "Views", page),
        comments=comments_of(decision),
    )


def _logged_decision(decision: Decision, today: date) -> LoggedDecision:
    power = decision.delegation
    asked = len(decision.views)
    answered = [view for view in decision.views if view.answered_at]
    against = sum(view.view is View.OBJECTS for view in answered)
    return LoggedDecision(
        reference=decision.reference.replace("-", "/"),
        title=decision.title,
        maker_post=decision.post.name_on(decision.signed_on or today),
        duty_text=_duty(decision) if power else Gap("the power relied on", "Authority"),
        asked_count=words.sentence(words.number_word(asked)),
        answered_count=words.sentence(words.number_word(len(answered))),
        objected_count=words.sentence(words.number_word(against)) if against else "None",
        stands_text=_stands(decision),
        summary=decision.summary
        or Gap(
            "what the decision does, in plain words", "Prepare the decision", f"/decisions/{decision.reference}/prepare"
        ),
        silence_text=silence_said(decision),
        objection_reason=withheld(decision, decision.objection_reason) or None,
    )


def _duty(decision: Decision) -> str:
    """What the words of the power ask: "The power is to be used in consultation with two posts"."""
    by_mode: dict[ConsultationMode, int] = {}
    for view in decision.views:
        by_mode[view.mode] = by_mode.get(view.mode, 0) + 1
    parts = [f"{mode.label} {_posts(count)}" for mode, count in by_mode.items()]
    return f"The power is to be used {words.joined(parts)}." if parts else "The power asks for no consultation."


def _posts(count: int) -> str:
    return f"{words.number_word(count)} post{'' if count == 1 else 's'}"


def _stands(decision: Decision) -> str:
    if decision.signed_at is not None and decision.state is DecisionState.SIGNED:
        return f"The decision was signed at {words.moment(decision.signed_at)}."
    return f"The decision is not signed. It stands at: {decision.state.label.lower()}."


def silence_said(decision: Decision) -> str | None:
    """Why a decision was taken without an answer, and who advised; None where everybody answered."""
    if not any(view.answered_at is None for view in decision.views) or not decision.silence_advice:
        return None
    by, at = decision.silence_advised_by, decision.silence_advised_at
    advised = person_said(by, legal_day(at)) if by and at else "the Monitoring Officer"
    on = f", {words.day(legal_day(at))}" if at else ""
    said = f"{decision.silence_reason} Advice of {advised}{on}: {decision.silence_advice}"
    return withheld(decision, said.strip())


def person_said(person: Person, day: date) -> str:
    """A person by the post they held on a day: "the Chief Operating Officer (C. Officer)"; else by name."""
    posts: list[Post] = [one.post for one in person.holdings if one.covers(day)]
    return f"the {posts[0].name_on(day)} ({person.name})" if posts else person.name


def _logged(view: ConsulteeView) -> LoggedView:
    asked_on = legal_day(view.asked_at)
    answered = view.answered_at
    return LoggedView(
        post=view.post.name_on(asked_on),
        mode_label=words.sentence(view.mode.label),
        asked_of=_asked_of(view),
        asked_by=person_said(view.decision.prepared_by, asked_on),
        asked_at=view.asked_at,
        due_on=view.due_on,
        chased_at=view.chased_at,
        answered_by=_who_answered(view),
        answered_at=answered,
        days_text=_in_time(view),
        view_label=view_label(view),
        view_text=withheld(view.decision, view.words) or None,
        interest_text=interest_said(view),
        substitute_text=substitute_said(view),
        officer_answer=withheld(view.decision, view.officer_answer) or None,
    )


def _asked_of(view: ConsulteeView) -> str:
    if view.asked_of is None:
        return "nobody: the post was vacant"
    return view.asked_of.name if view.asked_of.name != view.post.name else "its holder"


def _who_answered(view: ConsulteeView) -> str:
    if view.answered_by is None or view.answered_at is None:
        return NO_ANSWER
    if view.substitute_post is not None:
        return f"{view.answered_by.name}, {view.substitute_post.name}"
    return view.answered_by.name if view.answered_by.name != view.post.name else "its holder"


def _in_time(view: ConsulteeView) -> str:
    """Whether the answer came in its time."""
    if view.answered_at is None:
        return NO_ANSWER
    return "In time" if legal_day(view.answered_at) <= view.due_on else f"After {words.day(view.due_on)}"
