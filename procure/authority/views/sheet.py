"""What a director reads on one page, in words: the question, the money, why, who was asked, the power, the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select

from procure import words
from procure.authority.access import decides, has_stepped_aside, papers_open_to, runs, views_of
from procure.authority.facts import OPEN, is_silent, objections_to_answer
from procure.authority.following import Following, following
from procure.authority.forward_plan_facts import why_not_noticed
from procure.authority.gathering import difference_label
from procure.authority.models import ConsulteeView, Decision
from procure.authority.power import power_from, words_of
from procure.authority.question import answer_about, why_it_cannot_stand
from procure.authority.rules import NO_LIMIT, OVER, ActKind, DecisionState, Interest, View, Why, limits_not_stated
from procure.authority.rules.authority import consulting_said
from procure.authority.rules.saying import answer_said, must_agree
from procure.authority.signature import papers_bound, papers_signed, signed_as
from procure.authority.views.recipients import named_for
from procure.documents.models import Paper
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import posts_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.rules import Route

DONE = {
    ActKind.PROCURE: "You started the procurement",
    ActKind.AWARD: "You awarded the contract",
    ActKind.ENTER: "You agreed to enter into the contract",
    ActKind.EXTEND: "You extended the contract",
    ActKind.VARY: "You changed the contract",
    ActKind.TERMINATE: "You ended the contract",
    ActKind.ANCILLARY: "You agreed to an ancillary agreement",
    ActKind.WAIVE: "You waived a rule of the Council",
    ActKind.OTHER: "You decided",
}
POWER_TO = {
    ActKind.PROCURE: "conduct this procurement",
    ActKind.AWARD: "award this contract",
    ActKind.ENTER: "enter into this contract",
    ActKind.EXTEND: "extend this contract",
    ActKind.VARY: "vary this contract",
    ActKind.TERMINATE: "end this contract",
    ActKind.ANCILLARY: "enter into ancillary agreements",
    ActKind.WAIVE: "waive a contract procedure rule",
    ActKind.OTHER: "do this",
}


@dataclass(frozen=True)
class Sheet:
    """Everything on the page."""

    eyebrow: str
    question: str
    sums: list[dict[str, Any]]
    reasons: list[str]
    views: list[dict[str, Any]]
    power: str
    power_words: str
    chain: str
    risks: list[str]
    papers: list[dict[str, str]]
    void: str
    """Why nobody can decide this as it stands: the file stands still, or the result is another; else empty."""
    alerts: tuple[str, ...]
    """What the reader must know before anything else; an open limit is said beside the power."""
    obstacles: tuple[Why, ...]
    who_could: tuple[str, ...]
    """Who could act, or could mend what is missing, where it can't be signed."""
    aside: str
    """Why the reader isn't shown everything: they declared an interest; else empty."""
    conditions: list[tuple[str, str]]
    """What the words of the power ask that no sum can test, and how it is said to be met."""
    tasks: list[tuple[str, str]]
    reader_decides: bool
    has_interest: bool
    """The reader would decide, but has declared an interest: they can only return it."""
    may_sign: bool
    objections: int
    silent: tuple[str, ...]
    signer: str
    """Who signed, and by what right where it wasn't the holder of the post; empty before."""
    steps: list[dict[str, str]]
    until: date | None


def sheet_for(decision: Decision, reader: Person, day: date) -> Sheet:
    """The page of a decision as one reader sees it on a day."""
    answer = answer_about(decision, day, reader)
    mine = decides(reader, decision, day)
    obstacles = tuple(why for why in answer.obstacles if mine or not why.is_personal)
    if decision.state in (DecisionState.DRAFT, DecisionState.CONSULTING, DecisionState.RETURNED) and not obstacles:
        obstacles = (Why("The case officer hasn’t sent it to you yet.", "The case officer can send it."),)
    if mine and Role.DECIDER not in roles_of(reader, day):
        obstacles += (
            Why("You hold the post, but not the role of decision maker.", "The administrator can give you the role."),
        )
    notice = why_not_noticed(decision, day, signing=True) if decision.state is DecisionState.SENT else None
    if notice is not None:
        obstacles += (notice,)
    could = tuple(dict.fromkeys((*(answer.who_could if answer.obstacles else ()), *_helpers(obstacles))))
    signed = decision.signed_at if decision.state is DecisionState.SIGNED else None
    days = following(decision, legal_day(signed)) if signed else None
    return Sheet(
        eyebrow=_eyebrow(decision, mine),
        question=question_of(decision),
        sums=_sums(decision),
        reasons=_lines(decision.reasons),
        views=[view_shown(view) for view in decision.views],
        power=_power(decision, mine),
        power_words=words_of(decision.delegation) if decision.delegation else "",
        chain=decision.authority_chain or answer.chain,
        risks=_lines(decision.risks),
        papers=_papers(decision, reader, day),
        void=stands.sentence if (stands := why_it_cannot_stand(decision)) else "",
        alerts=(
            *((decision.over_text,) if decision.over_text else ()),
            *(said for said in answer.warnings if not said.startswith(NO_LIMIT)),
        ),
        obstacles=obstacles,
        who_could=could,
        aside=_aside(decision, reader, day),
        conditions=[(one.words, one.how) for one in decision.assurances],
        tasks=tasks_for(decision, reader, day),
        reader_decides=mine,
        has_interest=mine and decision.is_declared_by(reader),
        may_sign=mine and decision.state is DecisionState.SENT and not obstacles,
        objections=sum(view.view is View.OBJECTS for view in decision.views),
        silent=tuple(view.post.name for view in decision.views if view.answered_at is None),
        signer=signed_as(decision),
        steps=_steps(decision, days, day) if days else [],
        until=days.enter_from_on if days else None,
    )  # fmt: skip


def _helpers(obstacles: tuple[Why, ...]) -> list[str]:
    return [why.who_can for why in obstacles if why.who_can]


def _papers(decision: Decision, reader: Person, day: date) -> list[dict[str, str]]:
    """The papers before the reader; once signed, those that the signature covers. Who stepped aside sees open ones."""
    found = papers_bound(decision)
    if decision.signed_canonical:
        covered = {(one["reference"], one["number"]) for one in papers_signed(decision)}
        kept = db.session.scalars(select(Paper).where(Paper.about == decision.trail_file()).order_by(Paper.id))
        found = [paper for paper in kept if (paper.reference, paper.number) in covered]
    return [
        {
            "name": paper.title,
            "href": url_for("documents.issued", number=paper.id),
            "about": f"Version {paper.number}, {words.file_size(paper.size)}",
        }
        for paper in papers_open_to(reader, decision, found, day)
    ]


def _aside(decision: Decision, reader: Person, day: date) -> str:
    if not has_stepped_aside(reader, decision, day):
        return ""
    has_interest = any(view.interest is Interest.DECLARED for view in views_of(reader, decision, day))
    why = "You declared an interest." if has_interest else "A substitute answers for you."
    return f"{why} Papers that aren’t open to the public are closed to you."


def question_of(decision: Decision) -> str:
    """Award the social infrastructure contract to Example Alliance?"""
    supplier = decision.supplier.name if decision.supplier else ""
    if supplier and supplier not in decision.title:
        joint = "to" if decision.act is ActKind.AWARD else "with"
        return f"{decision.title} {joint} {supplier}?"
    return f"{decision.title}?"


def done_words(decision: Decision) -> str:
    """You awarded the contract to Example Alliance."""
    if decision.supplier is None:
        return DONE[decision.act]
    return f"{DONE[decision.act]} {'to' if decision.act is ActKind.AWARD else 'with'} {decision.supplier.name}"


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _eyebrow(decision: Decision, mine: bool) -> str:
    if decision.signed_at and decision.state is DecisionState.SIGNED:
        signed = decision.signed_at
        said = f"Signed on {words.weekday(legal_day(signed))} at {words.clock_time(signed)}"
        return said if mine else f"{said} by {decision.signed_by.name if decision.signed_by else ''}"
    if decision.state in OVER:
        return decision.state.label
    if decision.state is DecisionState.RETURNED:
        return "Returned to the officer"
    if decision.state is not DecisionState.SENT:
        return "Your decision – not ready for you yet" if mine else f"{decision.state.label}"
    by = f" by {words.weekday(decision.sign_by_on)}" if decision.sign_by_on else ""
    return f"Your decision{by}" if mine else f"With the {decision.post.name}{', to decide' if by else ''}{by}"


def _sums(decision: Decision) -> list[dict[str, Any]]:
    if decision.value_gross is None:
        return []
    over = f", the most we could pay in {words.months_label(decision.max_months)}" if decision.max_months else ""
    found: list[dict[str, Any]] = [
        {"value": words.pounds(decision.value_gross), "label": f"including VAT{over}", "example": decision.is_example}
    ]
    if decision.annual_gross is not None:
        found.append({"value": words.pounds(decision.annual_gross), "label": "a year including VAT"})
    gap = difference_label(decision)
    if gap and gap != "The same":
        sum_, _, side = gap.rpartition(" ")
        found.append({"value": sum_, "label": f"{side} {_approved(decision)}"})
    return found


def _approved(decision: Decision) -> str:
    power, file = decision.delegation, decision.procurement
    if power is not None and power.max_value_gross is not None:
        giver = power.resolution.meeting.body if power.resolution else "the scheme of delegation"
        return f"the {words.pounds(power.max_value_gross)} that {giver} allows"
    reported = words.pounds(file.value_gross) if file and file.value_gross is not None else ""
    body = power.resolution.meeting.body if power and power.resolution else "Cabinet"
    return f"the {reported} in the report to {body}"


def view_shown(view: ConsulteeView) -> dict[str, Any]:
    """One consultee on the page; what is unusual about the answer stands beneath it."""
    if view.answered_at is None:
        on = f"asked {words.short(legal_day(view.asked_at))}, due {words.day(view.due_on)}"
        if view.chased_at:
            on += f", chased {words.short(legal_day(view.chased_at))}"
    else:
        on = words.day(legal_day(view.answered_at))
    notes = ["Must agree: a comment or silence is no agreement."] if must_agree(view.mode) else []
    if view.substitute_post:
        notes.append(f"Answered by the {view.substitute_post.name}, under {view.substitute_authority}.")
    elif view.answered_by is not None and view.asked_of is not None and view.answered_by is not view.asked_of:
        answered = named_for(
            view.answered_by, view.post, legal_day(view.answered_at) if view.answered_at else view.due_on
        )
        notes.append(f"{view.asked_of.name} was asked; {answered} answered for the post.")
    if view.interest is Interest.DECLARED:
        granted = f"Dispensation: {view.dispensation_text}" if view.dispensation_text else "No dispensation."
        notes.append(f"Interest: {view.interest_text} {granted}")
    return {
        "who": view.post.name, "said": view.view if view.answered_at and view.view else "no answer", "on": on,
        "label": answer_said(view.view, view.mode) if view.answered_at and view.view else "",
        "words": view.words, "answer": view.officer_answer, "note": " ".join(notes),
    }  # fmt: skip


def _power(decision: Decision, mine: bool) -> str:
    """Cabinet gave your post the power to award this contract, in resolution (v) of item 92, after consulting four."""
    row = decision.delegation
    if row is None:
        return f"Nobody has been given the power to {decision.act.label} on this file."
    post = "your post" if mine else f"the {row.post.name}"
    said = consulting_said(power_from(row, decision.procurement, legal_day(decision.prepared_at)))
    after = f",{said}" if said else ""
    if row.resolution is None:
        to = POWER_TO[row.act]
        return f"The scheme of delegation gives {post} the power to {to}, in {row.scheme_paragraph}{after}."
    meeting = row.resolution.meeting
    return (
        f"{meeting.body} gave {post} the power to {POWER_TO[row.act]}, in resolution {row.resolution.numeral} of item "
        f"{meeting.item}{after}."
    )


def tasks_for(decision: Decision, reader: Person, day: date) -> list[tuple[str, str]]:
    """What this reader has to do on the decision besides reading it: words and address."""
    at: dict[str, Any] = {"reference": decision.reference}
    found: list[tuple[str, str]] = []
    posts, state = posts_of(reader, day), decision.state
    asking = state in (DecisionState.CONSULTING, DecisionState.SENT)
    mine = views_of(reader, decision, day)
    for view in mine if asking else ():
        if view.answered_at is None or state is DecisionState.CONSULTING:
            label = "Give your view" if view.answered_at is None else "Change your view"
            whose = f" as {(view.substitute_post or view.post).name}" if len(mine) > 1 else ""
            found.append((f"{label}{whose}", url_for("authority.your_view", **at, number=view.id)))
    if state in OPEN and any(one.post_id in posts and one.given_at is None for one in decision.clearances):
        found.append(("Give your comments", url_for("authority.clearances", **at)))
    roles = roles_of(reader, day, decision.procurement_id)
    power = decision.delegation
    open_limit = power is not None and bool(limits_not_stated(power.max_value_gross, power.max_months))
    if Role.LEGAL in roles and state in OPEN and open_limit and decision.no_limit_confirmed_at is None:
        found.append(("Confirm the limit", url_for("authority.confirm_limit", **at)))
    if Role.MONITORING_OFFICER in roles and decision.silence_advised_at is None and is_silent(decision, day):
        found.append(("Advise on a missing view", url_for("authority.advice", **at)))
    return found + (_officers(decision, at) if runs(reader, decision, day) else [])


def _officers(decision: Decision, at: dict[str, Any]) -> list[tuple[str, str]]:
    if decision.state is DecisionState.SIGNED:
        published = decision.published_on is not None
        return [] if published else [("Publish the decision", url_for("authority.publish", **at))]
    if decision.state in OVER:
        return []
    found = [("See who was asked", url_for("authority.views", **at))]
    if decision.state in (DecisionState.DRAFT, DecisionState.RETURNED):
        found.insert(0, ("Prepare the decision", url_for("authority.prepare", **at)))
    elif objections_to_answer(decision):
        found = [("Answer the objection", url_for("authority.views", **at))]
    return found


def _steps(decision: Decision, days: Following, today: date) -> list[dict[str, str]]:
    """What happens next, in large type: the day first, then what."""
    told = ""
    if decision.act is ActKind.AWARD and decision.lot is not None:
        count = sum(bid.was_assessed for bid in decision.lot.bids)
        told = ", and the bidder is told" if count == 1 else f", and all {words.number_word(count)} bidders are told"
    found: list[tuple[date | None, str, bool]] = [
        (days.published_on, f"Your decision is published{told}.", decision.published_on is not None),
    ]
    if days.effective_on != days.published_on:
        found.append((days.effective_on, "It takes effect, unless members call it in.", days.effective_on <= today))
    if days.notice_on:
        quotes = decision.procurement is not None and decision.procurement.route is Route.SCHEME
        what = "Every bidder has its answer." if quotes else "The award notice goes out."
        wait = " The standstill begins." if days.standstill_ends_on else " There is no standstill."
        found.append((days.notice_on, f"{what}{wait}", days.notice_on < today))
    if days.standstill_ends_on:
        found.append((days.standstill_ends_on, "The standstill ends at midnight.", days.standstill_ends_on < today))
    if days.enter_from_on:
        found.append((days.enter_from_on, "You are asked to enter into the contract.", days.enter_from_on < today))
    return [
        {"name": words.weekday(on), "note": said, "state": "done" if is_done else "next"}
        for on, said, is_done in found
        if on is not None
    ]
