"""The choices of this room: acts, kinds of resolution, views, interests, where a decision stands."""

from __future__ import annotations

from collections.abc import Mapping

from procure.choices import Labelled


class ActKind(Labelled):
    """An act for which authority is needed. One delegation row gives one of them and no other."""

    PROCURE = "procure", "conduct the procurement"
    AWARD = "award", "award"
    ENTER = "enter", "enter into the contract"
    EXTEND = "extend", "extend"
    VARY = "vary", "vary"
    TERMINATE = "terminate", "terminate"
    ANCILLARY = "ancillary", "enter into ancillary agreements"
    OTHER = "other", "another act"


class ResolutionKind(Labelled):
    APPROVE_POLICY = "approve_policy", "Approve a policy"
    NOTE = "note", "Note"
    RING_FENCE = "ring_fence", "Ring-fence a budget"
    APPROVE_PROCUREMENT = "approve_procurement", "Approve a procurement"
    DELEGATE = "delegate", "Delegate authority"
    OTHER = "other", "Something else"


MAY_GIVE: Mapping[ResolutionKind, frozenset[ActKind]] = {ResolutionKind.DELEGATE: frozenset(ActKind)}
"""Acts for which a resolution of a kind may give authority. A kind left out gives none: to note is to allow nothing."""


class View(Labelled):
    """What a consultee answers. Consultees don't vote and can't veto."""

    CONTENT = "content", "Content"
    COMMENTS = "comments", "Comments"
    OBJECTS = "objects", "Objects"


class Interest(Labelled):
    NONE = "none", "None to declare"
    DECLARED = "declared", "I have an interest"


class DecisionState(Labelled):
    """Where a decision stands. Returned decisions are prepared again; refused, withdrawn and set aside ones are over.

    Withdrawn is what was never signed, set aside what was: neither is edited, and another decision follows it.
    """

    DRAFT = "draft", "Being prepared"
    CONSULTING = "consulting", "Out for views"
    SENT = "sent", "With the decision maker"
    RETURNED = "returned", "Returned to the officer"
    REFUSED = "refused", "Refused"
    SIGNED = "signed", "Signed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SET_ASIDE = "set_aside", "Set aside"


OVER = frozenset({DecisionState.REFUSED, DecisionState.WITHDRAWN, DecisionState.SET_ASIDE})
"""States of a decision that nothing can rest on any more."""
