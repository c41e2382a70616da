"""What decisions tell the others: how far they have come, what waits for whom, and their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.authority import call_in_facts, meeting_facts, waiver_facts
from procure.authority.decision_effect import effect_of_decision
from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.authority.power import power_from
from procure.authority.question import answer_about
from procure.authority.rules import (
    OVER,
    DecisionFacts,
    DecisionStanding,
    DecisionState,
    Interest,
    View,
    answered_words,
    limits_not_stated,
)
from procure.council.law import england
from procure.extensions import db
from procure.law.working_days import next_working_day
from procure.now import legal_day
from procure.people.access import posts_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.models import Lot
from procure.procurement.rules import Waiting
from procure.procurement.stages import STANDING_STILL

OPEN = (DecisionState.DRAFT, DecisionState.CONSULTING, DecisionState.SENT, DecisionState.RETURNED)
ASKING = (DecisionState.CONSULTING, DecisionState.SENT)


def facts_of(lot: Lot, today: date) -> DecisionFacts:
    """The decisions about a lot, the newest of each act."""
    newest = {decision.act: decision for decision in decisions_about(lot)}
    return DecisionFacts(tuple(standing_of(decision, today) for decision in newest.values()))


def decisions_about(lot: Lot) -> list[Decision]:
    """Every decision about a lot, oldest first."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.lot_id == lot.id)
            .options(selectinload(Decision.views), selectinload(Decision.clearances), selectinload(Decision.assurances))
            .order_by(Decision.id)
        )
    )


def standing_of(decision: Decision, today: date) -> DecisionStanding:
    """How far one decision has come."""
    power = decision.delegation
    needed = len(power.consultees) if power else 0
    asked = power_from(power, decision.procurement, today).to_assure if power else ()
    given = {(one.of, one.words) for one in decision.assurances}
    answer = None if decision.state in (DecisionState.SIGNED, *OVER) else answer_about(decision, today)
    is_out = decision.state is DecisionState.SIGNED and decision.is_key and decision.published_on is not None
    effect = effect_of_decision(decision, today) if is_out else None
    return DecisionStanding(
        act=decision.act,
        reference=decision.reference,
        state=decision.state,
        maker=decision.post.name,
        consultee_count=needed,
        is_asked=bool(decision.views) and decision.state is not DecisionState.DRAFT,
        unanswered=tuple(view.post.name for view in decision.views if view.answered_at is None),
        objecting=sum(view.view is View.OBJECTS for view in decision.views),
        objections_to_answer=tuple(view.post.name for view in objections_to_answer(decision)),
        uncleared=tuple(one.heading for one in decision.clearances if one.given_at is None),
        condition_count=len(asked),
        unassured=tuple(said for of, said in asked if (of, said) not in given),
        has_no_limit=power is not None and bool(limits_not_stated(power.max_value_gross, power.max_months)),
        is_limit_confirmed=decision.no_limit_confirmed_at is not None,
        is_declared=decision.maker_interest is not None,
        signed_on=decision.signed_on if decision.state is DecisionState.SIGNED else None,
        published_on=decision.published_on,
        is_in_force=effect is None or effect.is_in_force,
        effect=effect.sentence if effect else "",
        obstacles=tuple(why for why in answer.obstacles if not why.is_personal) if answer else (),
    )


def objections_to_answer(decision: Decision) -> list[ConsulteeView]:
    """Objections that the case officer hasn't answered."""
    return [view for view in decision.views if view.view is View.OBJECTS and not view.officer_answer]


# ── what waits for whom ──


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Decisions to take, views and comments to give, what the officer owes and is owed; what meetings leave to do."""
    posts = posts_of(person, today)
    return [
        *_to_decide(posts, today),
        *_views_to_give(posts),
        *_comments_to_give(posts),
        *_advice_to_give(person, today),
        *_of_the_officer(person, today),
        *meeting_facts.waiting_for(person, today),
        *call_in_facts.waiting_for(person, today),
    ]


def _goes_on(decision: Decision) -> bool:
    """Whether anybody has to act on a decision: not while its file is paused, nor once it is abandoned."""
    return decision.procurement is None or decision.procurement.stage not in STANDING_STILL


def file_label(decision: Decision) -> str:
    """What a list says the decision belongs to."""
    procurement = decision.procurement
    if procurement is None:
        return decision.reference
    lot = decision.lot
    return f"{lot.full_title}, {lot.reference}" if lot else f"{procurement.title}, {procurement.reference}"


def amount_of(decision: Decision) -> str:
    """£540,000 including VAT over five years, to Example Alliance."""
    if decision.value_gross is None:
        return ""
    said = f"{words.pounds(decision.value_gross)} including VAT"
    if decision.max_months:
        said += f" over {words.months_label(decision.max_months)}"
    return f"{said}, to {decision.supplier.name}" if decision.supplier else said


def _to_decide(posts: set[int], today: date) -> Iterator[Waiting]:
    wanted = select(Decision).where(Decision.post_id.in_(posts), Decision.state.in_(ASKING)).order_by(Decision.id)
    for decision in filter(_goes_on, db.session.scalars(wanted.options(selectinload(Decision.views)))):
        is_ready = decision.state is DecisionState.SENT
        yield Waiting(
            decision.title, url_for("authority.decision", reference=decision.reference), file_label(decision),
            decision.sign_by_on if is_ready else None, kind="decision", amount=amount_of(decision),
            note=_how_ready(decision, today), is_example=decision.is_example, is_ready=is_ready,
        )  # fmt: skip


def _how_ready(decision: Decision, today: date) -> str:
    """ "All four people you must consult have answered. One objects."; or who is still to answer, and until when."""
    silent = [view for view in decision.views if view.answered_at is None]
    count = len(decision.views)
    if decision.state is DecisionState.SENT:
        if not silent:
            return _consulted_said(count, sum(view.view is View.OBJECTS for view in decision.views))
        return f"{_names(silent)} didn’t answer. The Monitoring Officer has advised."
    if silent:
        due = max(view.due_on for view in silent)
        verb = ("has" if len(silent) == 1 else "have") if due >= today else "had"
        return f"Not ready for you yet. {_names(silent)} {verb} until {words.weekday(due)} to answer."
    return "Not ready for you yet. Everybody has answered, and the case officer will send it to you."


def _names(views: list[ConsulteeView]) -> str:
    return words.sentence(words.joined(f"the {view.post.name}" for view in views))


def _consulted_said(count: int, against: int) -> str:
    if not count:
        return "You need not consult anybody."
    everybody = "The one person" if count == 1 else f"All {words.number_word(count)} people"
    said = f"{everybody} you must consult {'has' if count == 1 else 'have'} answered."
    if not against:
        return f"{said} Nobody objects."
    return f"{said} {words.sentence(words.number_word(against))} object{'s' if against == 1 else ''}."


def _views_to_give(posts: set[int]) -> Iterator[Waiting]:
    wanted = (
        select(ConsulteeView)
        .join(Decision)
        .where(
            Decision.state.in_(ASKING),
            ConsulteeView.answered_at.is_(None),
            or_(
                ConsulteeView.substitute_post_id.in_(posts),
                ConsulteeView.substitute_post_id.is_(None) & ConsulteeView.post_id.in_(posts),
            ),
        )
        .order_by(ConsulteeView.id)
    )
    views = [view for view in db.session.scalars(wanted) if _goes_on(view.decision)]
    several = {one for one, count in Counter(view.decision_id for view in views).items() if count > 1}
    for view in views:
        decision, post = view.decision, view.substitute_post or view.post
        whose = f" as {post.name}" if view.decision_id in several else ""
        yield Waiting(
            f"Give your view{whose}: {_lower(decision.title)}",
            url_for("authority.your_view", reference=decision.reference, number=view.id), file_label(decision),
            view.due_on, is_example=decision.is_example,
        )  # fmt: skip


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _comments_to_give(posts: set[int]) -> Iterator[Waiting]:
    wanted = (
        select(Clearance)
        .join(Decision)
        .where(Clearance.post_id.in_(posts), Clearance.given_at.is_(None), Decision.state.in_(OPEN))
        .order_by(Clearance.id)
    )
    for clearance in db.session.scalars(wanted):
        decision = clearance.decision
        if not _goes_on(decision):
            continue
        yield Waiting(
            f"Give {clearance.heading.lower()} comments: {_lower(decision.title)}",
            url_for("authority.clearances", reference=decision.reference), file_label(decision),
            min((view.due_on for view in decision.views), default=decision.sign_by_on),
            is_example=decision.is_example,
        )  # fmt: skip


def _advice_to_give(person: Person, today: date) -> Iterator[Waiting]:
    """For Legal a limit to confirm; for the Monitoring Officer a silence to advise on."""
    roles = roles_of(person, today)
    if not roles & {Role.LEGAL, Role.MONITORING_OFFICER}:
        return
    wanted = select(Decision).where(Decision.state.in_(OPEN)).order_by(Decision.id)
    for decision in filter(_goes_on, db.session.scalars(wanted)):
        mine = roles_of(person, today, decision.procurement_id)
        power = decision.delegation
        open_limit = power is not None and bool(limits_not_stated(power.max_value_gross, power.max_months))
        if Role.LEGAL in mine and open_limit and decision.no_limit_confirmed_at is None:
            yield Waiting(
                f"Confirm the limit: {_lower(decision.title)}",
                url_for("authority.confirm_limit", reference=decision.reference), file_label(decision),
                min((view.due_on for view in decision.views), default=decision.sign_by_on),
                is_example=decision.is_example,
            )  # fmt: skip
        if Role.MONITORING_OFFICER in mine and decision.silence_advised_at is None and is_silent(decision, today):
            yield Waiting(
                f"Advise on a missing view: {_lower(decision.title)}",
                url_for("authority.advice", reference=decision.reference), file_label(decision), decision.sign_by_on,
                is_example=decision.is_example,
            )  # fmt: skip


def is_silent(decision: Decision, day: date) -> bool:
    """Whether somebody who was asked and chased is past the day to answer."""
    return decision.state in ASKING and any(is_left(view, day) for view in decision.views)


def is_left(view: ConsulteeView, day: date) -> bool:
    """Whether a view was asked and chased, and not given by its day."""
    return view.answered_at is None and view.chased_at is not None and view.due_on < day


def _of_the_officer(person: Person, today: date) -> Iterator[Waiting]:
    wanted = (
        select(Decision)
        .where(
            or_(Decision.state.in_(OPEN), (Decision.state == DecisionState.SIGNED) & Decision.published_on.is_(None)),
        )
        .options(selectinload(Decision.views))
        .order_by(Decision.id)
    )
    for decision in filter(_goes_on, db.session.scalars(wanted)):
        officer_id = decision.procurement.officer_id if decision.procurement else decision.prepared_by_id
        if officer_id != person.id:
            continue
        yield from _officers_tasks(decision, today)
        if decision.state in ASKING:
            yield from _owed_views(decision)
        if decision.state is DecisionState.SENT:
            yield Waiting(
                f"A signature: {_lower(decision.title)}", url_for("authority.views", reference=decision.reference),
                file_label(decision), decision.sign_by_on, kind="owed", who=decision.post.name,
                is_example=decision.is_example,
            )  # fmt: skip


def _owed_views(decision: Decision) -> Iterator[Waiting]:
    for view in decision.views:
        if view.answered_at is None:
            post = view.substitute_post or view.post
            yield Waiting(
                f"A view on: {_lower(decision.title)}", url_for("authority.views", reference=decision.reference),
                file_label(decision), view.due_on, kind="owed", who=post.name, is_example=decision.is_example,
                chase=url_for("authority.chase", reference=decision.reference, number=view.id),
            )  # fmt: skip


def _officers_tasks(decision: Decision, today: date) -> Iterator[Waiting]:
    def task(what: str, endpoint: str, day: date | None = None) -> Waiting:
        href = url_for(f"authority.{endpoint}", reference=decision.reference)
        return Waiting(what, href, file_label(decision), day, is_example=decision.is_example)

    title, state = _lower(decision.title), decision.state
    if state is DecisionState.DRAFT:
        yield task(f"Prepare the decision: {title}", "prepare", decision.sign_by_on)
    elif state is DecisionState.RETURNED:
        yield task(f"Mend what was returned: {title}", "prepare", decision.sign_by_on)
    elif state is DecisionState.SIGNED:
        assert decision.signed_at is not None
        planned = next_working_day(legal_day(decision.signed_at), england())
        yield task(f"Publish the decision: {title}", "publish", planned)
    for view in objections_to_answer(decision) if state in ASKING else ():
        yield task(f"Answer the objection of the {view.post.name}", "views", decision.sign_by_on)
    if state in ASKING and any(
        view.interest is Interest.DECLARED and not view.dispensation_text for view in decision.views
    ):
        yield task(f"Record a substitute or a dispensation: {title}", "views", decision.sign_by_on)
    if state is DecisionState.CONSULTING and all(
        view.answered_at or (decision.silence_advised_at and is_left(view, today)) for view in decision.views
    ):
        yield task(f"Send to the {decision.post.name}: {title}", "views", decision.sign_by_on)


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Days to come of the decisions about a lot, and of the meetings about its file."""
    found = [
        *meeting_facts.dates_of(lot, today), *call_in_facts.dates_of(lot, today), *waiver_facts.dates_of(lot, today),
    ]  # fmt: skip
    for decision in filter(_goes_on, decisions_about(lot)):
        if decision.state in ASKING and decision.views:
            found.append((max(view.due_on for view in decision.views), "Views of the consultees are due"))
        if decision.state in OPEN and decision.sign_by_on:
            found.append((decision.sign_by_on, f"{decision.post.name} decides"))
    return found


def consultation_said(decision: Decision) -> str:
    """How the consultation went, in one line for a page."""
    return answered_words(len(decision.views), sum(view.view is View.OBJECTS for view in decision.views))
