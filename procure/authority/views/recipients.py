"""Who would be written to, before anything is sent: names, posts, by what right, which letter; and who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from procure.authority.letters import consultee_facts, letter_as_read, maker_facts, officer_of, why_you
from procure.authority.models import Clearance, ConsulteeView, Decision
from procure.authority.rules.saying import must_agree
from procure.mail.writing import Words
from procure.people.access import stands_as
from procure.people.models import Person, Post


@dataclass(frozen=True)
class Recipient:
    """One reader of a letter to come; where nobody acts for the post, `mend` says what to do and `href` where."""

    post: str
    name: str
    standing: str
    """By what right, where it isn't as the post's own holder: "covers the post until 3 December 2027"."""
    letter: str
    words: Words | None = None
    mend: str = ""
    href: str = ""

    @property
    def is_vacant(self) -> bool:
        return not self.name


def to_be_asked(decision: Decision, day: date) -> list[Recipient]:
    """Consultees of the power who would be asked now, and advisers whose comments are missing."""
    views = {view.post_id: view for view in decision.views}
    found = []
    for named in decision.delegation.consultees if decision.delegation else ():
        view = views.get(named.post_id)
        if view is None or view.answered_at is None:
            post = (view.substitute_post if view else None) or named.post
            letter = "Asks whether they agree" if must_agree(named.mode) else "Asks for a view"
            found.append(_one(post, day, letter, mend="Ask all the same, then record a substitute."))
    return found + [_adviser(one, day) for one in decision.clearances if _is_asked(one, decision, day)]


def _is_asked(clearance: Clearance, decision: Decision, day: date) -> bool:
    return clearance.given_at is None and clearance.post.acting_on(day) is not officer_of(decision)


def _adviser(clearance: Clearance, day: date) -> Recipient:
    mend = "The administrator can record who holds it or covers it."
    return _one(clearance.post, day, f"Asks for {clearance.heading.lower()} comments", mend=mend)


def to_be_chased(decision: Decision, day: date) -> list[Recipient]:
    """Everybody who has been asked and hasn't answered."""
    return [_chased(view, day) for view in decision.views if view.answered_at is None]


def _chased(view: ConsulteeView, day: date) -> Recipient:
    post = view.substitute_post or view.post
    to = post.acting_on(day)
    text = letter_as_read("chased", view.decision, to, post.name, **consultee_facts(view, day)) if to else None
    return _one(
        post, day, "Reminds of the view", text, mend="Nothing can be sent.",
        href=url_for("authority.substitute", reference=view.decision.reference, number=view.id),
    )  # fmt: skip


def to_decide(decision: Decision, day: date) -> list[Recipient]:
    """Whoever would get the decision to sign."""
    to = decision.post.acting_on(day)
    text = (
        letter_as_read("decision_ready", decision, to, decision.post.name, **maker_facts(decision, day)) if to else None
    )
    mend = "The administrator can record who holds it, acts for it or covers it."
    return [_one(decision.post, day, "Says that the decision is ready", text, mend=mend)]


def _one(post: Post, day: date, letter: str, text: Words | None = None, mend: str = "", href: str = "") -> Recipient:
    to = post.acting_on(day)
    return Recipient(
        post.name, to.name if to else "", _standing(to, post, day), letter, text, "" if to else mend, "" if to else href
    )


def _standing(to: Person | None, post: Post, day: date) -> str:
    said = why_you(to, post, day)
    if to is None or said.startswith("you hold"):
        return ""
    return said.removeprefix("you ").replace("cover the", "covers the").replace("are ", "as ")


def named_for(person: Person, post: Post, day: date) -> str:
    """A name with what the record adds where somebody stands in: "R. Reviewer, covering for D. Director (…)"."""
    standing = stands_as(person, post, day)
    return f"{person.name}, {standing.said}" if standing is not None and standing.said else person.name
