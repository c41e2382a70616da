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
    WAIVE = "waive", "waive a contract procedure rule"
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


class ResolutionStatus(Labelled):
    """What became of a resolution. Only one that was resolved gives a power."""

    RESOLVED = "resolved", "Resolved"
    RECOMMENDED = "recommended", "Recommended to another body"
    RESCINDED = "rescinded", "Rescinded"


class ConsultationMode(Labelled):
    """How the words of a power bind its holder to somebody's view. Consultees can't veto; who must agree can."""

    CONSULT = "consult", "in consultation with"
    FOLLOWING = "following", "following consultation with"
    AGREE = "agree", "with the agreement of"
    AGREE_IN_WRITING = "agree_in_writing", "with the written agreement of"
    TERMS = "terms", "on terms acceptable to"


MUST_AGREE = frozenset({ConsultationMode.AGREE, ConsultationMode.AGREE_IN_WRITING, ConsultationMode.TERMS})
"""Modes in which a view isn't enough: without agreement there is no power."""


class AssuranceOf(Labelled):
    """What the words of a power ask that no calendar and no sum can test, so that somebody says how it is met."""

    CONDITION = "condition", "Condition"
    SCOPE = "scope", "Scope"
    EVENT = "event", "How long it lasts"


class UseKind(Labelled):
    """What a signed decision was used for."""

    AWARD = "award", "Award"
    SIGNATURE = "signature", "Signature of the contract"
    EXTENSION = "extension", "Extension"
    VARIATION = "variation", "Variation"
    TERMINATION = "termination", "Termination"
    WAIVER = "waiver", "Waiver"
    ANCILLARY = "ancillary", "Ancillary agreement"
    OTHER = "other", "Another use"


class PaperStanding(Labelled):
    """Whether a paper that a decision rests on is open to the public."""

    OPEN = "open", "Open to the public"
    EXEMPT = "exempt", "Exempt"
    NOT_A_BACKGROUND_PAPER = "not_background", "Not a background paper"


class NoticeRoute(Labelled):
    """How the public is told of a key decision to come: SI 2012/2089 regulations 9, 10 and 11."""

    FORWARD_PLAN = "forward_plan", "28 clear days’ notice"
    GENERAL_EXCEPTION = "general_exception", "General exception"
    SPECIAL_URGENCY = "special_urgency", "Special urgency"


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
