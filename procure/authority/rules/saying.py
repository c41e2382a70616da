"""What a consultee may answer, in the words that the power asks for: a view where it is heard, else an agreement."""

from __future__ import annotations

from procure.authority.rules.kinds import MUST_AGREE, ConsultationMode, View

_HEARD = {
    View.CONTENT: ("Content", "You have nothing to add."),
    View.COMMENTS: ("Comments", "You want something to be known. The decision maker reads it."),
    View.OBJECTS: ("Objects", "You disagree. Your words are shown first and in full."),
}
_AGREED = {
    View.CONTENT: ("I agree", "The decision can go on."),
    View.COMMENTS: ("I have comments, and don’t agree yet", "Nothing goes on until you agree. You can do so later."),
    View.OBJECTS: ("I don’t agree", "The decision can’t be taken under this power."),
}


def must_agree(mode: ConsultationMode) -> bool:
    """Whether the words of the power ask for this post's agreement, and not only for its view."""
    return mode in MUST_AGREE


def answers_offered(mode: ConsultationMode) -> tuple[tuple[View, str, str], ...]:
    """Each answer with its label and what it does."""
    words = _AGREED if must_agree(mode) else _HEARD
    return tuple((view, label, hint) for view, (label, hint) in words.items())


def answer_said(view: View, mode: ConsultationMode) -> str:
    """How pages and records name an answer. Comments of who must agree are not an agreement."""
    if not must_agree(mode):
        return view.label
    return {View.CONTENT: "Agrees", View.COMMENTS: "Comments, not agreed", View.OBJECTS: "Doesn’t agree"}[view]


def words_needed(view: View, mode: ConsultationMode) -> str:
    """What is asked of who gives an answer that can't stand without words."""
    if view is View.OBJECTS:
        return "Say why you don’t agree." if must_agree(mode) else "Say what you object to."
    return "Enter your comments."
