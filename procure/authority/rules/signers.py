"""Whether this person may sign: holds or stands in for the post, and is kept apart from who prepares and scores."""

from __future__ import annotations

from collections.abc import Iterator

from procure.authority.rules.asking import Power, Question, Signer, Why
from procure.authority.rules.kinds import Interest

ANOTHER = "A deputy with written authority can decide instead."


def signer_may(power: Power, question: Question) -> Iterator[Why]:
    """Every reason why this person can't sign; where the post is vacant, that nobody can."""
    signer, post = question.signer, question.post or power.post
    if signer is None:
        if power.post_ended_on is None or power.heir:
            yield Why(
                f"Nobody holds the post of {power.heir or post}.",
                "The administrator can record who holds it, acts for it or may decide as deputy.",
            )
        return
    yield from _stands_for_the_post(signer, post, power)
    yield from _is_kept_apart(signer)


def _stands_for_the_post(signer: Signer, post: str, power: Power) -> Iterator[Why]:
    if not signer.holds_post:
        yield Why(f"You don’t hold the post of {post}.", f"Only the {post} can sign.", is_personal=True)
    elif signer.is_deputy and not signer.written_authority:
        yield Why(
            "You are recorded as deputy, but without the written authority to decide.",
            "The administrator can record it.", is_personal=True,
        )  # fmt: skip
    elif signer.is_cover and not signer.written_authority and not power.may_nominate:
        yield Why(
            "You cover this post, but without the written authority to decide.", "The administrator can record it.",
            is_personal=True,
        )  # fmt: skip


def _is_kept_apart(signer: Signer) -> Iterator[Why]:
    if signer.has_prepared:
        yield Why("You prepared this decision, so you can’t sign it.", ANOTHER, is_personal=True)
    if signer.has_scored:
        yield Why("You scored or moderated these bids, so you can’t decide on them.", ANOTHER, is_personal=True)
    if signer.has_advised:
        yield Why("You gave a view or comments on this, so you can’t decide it as well.", ANOTHER, is_personal=True)
    if signer.has_declared:
        yield Why("You have declared an interest in this decision, so you can’t decide it.", ANOTHER, is_personal=True)
        return
    if signer.interest is None:
        yield Why("Say whether you have an interest in this decision.", field="interest", is_personal=True)
    elif signer.interest is Interest.DECLARED:
        yield Why(
            "You have declared an interest, so you can’t decide. Return it to the officer.", ANOTHER,
            field="interest", is_personal=True,
        )  # fmt: skip
