"""Roles, kinds of post, and what each role may do everywhere."""

from __future__ import annotations

from procure.choices import Labelled


class Role(Labelled):
    """What somebody does in procurement; domain roles, separated by section 5 of the council's rules."""

    OFFICER = "officer", "Procurement officer"
    BUDGET_HOLDER = "budget_holder", "Budget holder"
    EVALUATOR = "evaluator", "Evaluator"
    MODERATOR = "moderator", "Moderator"
    CONSULTEE = "consultee", "Consultee"
    DECIDER = "decider", "Decision maker"
    SIGNATORY = "signatory", "Authorised signatory"
    CONTRACT_MANAGER = "contract_manager", "Contract manager"
    LEGAL = "legal", "Legal"
    FINANCE = "finance", "Finance"
    DEMOCRATIC_SERVICES = "democratic_services", "Democratic services"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring Officer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


READS_EVERYTHING = frozenset({Role.AUDITOR})
"""Roles that read every record, the trail included, and write nothing."""

READS_EVERY_FILE = READS_EVERYTHING | {
    Role.OFFICER,
    Role.LEGAL,
    Role.FINANCE,
    Role.DEMOCRATIC_SERVICES,
    Role.MONITORING_OFFICER,
}
"""Roles that may open every procurement and contract when they hold the role for all files."""

NEEDS_CODE = frozenset({Role.DECIDER, Role.ADMINISTRATOR})
"""Roles whose holders sign in with a one-time code beside the password."""


class PostKind(Labelled):
    OFFICER = "officer", "Officer"
    MEMBER = "member", "Member"
    BODY = "body", "Body"


class Capacity(Labelled):
    """In what capacity a post is held."""

    SUBSTANTIVE = "substantive", "Substantive"
    ACTING = "acting", "Acting"
    INTERIM = "interim", "Interim"
    DEPUTY = "deputy", "Deputy with written authority"


class TokenPurpose(Labelled):
    INVITATION = "invitation", "Invitation"
    NEW_PASSWORD = "new_password", "New password"
    FIRST_VISIT = "first_visit", "First visit"
