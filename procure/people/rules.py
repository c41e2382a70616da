"""Roles, kinds of post, and what each role may do everywhere."""

from __future__ import annotations

import re
from datetime import timedelta

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


_MEMBER = re.compile(
    r"\b(?:member|portfolio holder|leader of|leader$|deputy leader|mayor|councillor|chair\w*)\b", re.IGNORECASE
)
_BODY = re.compile(r"\b(?:board|committee|sub-committee|panel|cabinet|executive|council)$", re.IGNORECASE)


def kind_of_post_named(name: str) -> PostKind:
    """What a post most likely is by its name: a member's, a body, else an officer's."""
    if _BODY.search(name) and not name.lower().endswith("chief executive"):
        return PostKind.BODY
    return PostKind.MEMBER if _MEMBER.search(name) else PostKind.OFFICER


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


KEY_LASTS = {
    TokenPurpose.INVITATION: timedelta(days=7),
    TokenPurpose.NEW_PASSWORD: timedelta(hours=2),
    TokenPurpose.FIRST_VISIT: timedelta(days=2),
}
"""How long a key works."""


# ── who may be given a role ──

APART_FROM_ADMINISTRATOR = frozenset(
    {Role.DECIDER, Role.SIGNATORY, Role.EVALUATOR, Role.MODERATOR, Role.BUDGET_HOLDER, Role.AUDITOR}
)
"""Roles an administrator never holds: whoever gives out roles doesn't decide, sign, score or audit."""

NEVER_TO_ONESELF = frozenset({Role.DECIDER, Role.SIGNATORY, Role.EVALUATOR, Role.MODERATOR, Role.BUDGET_HOLDER})
"""Roles nobody may give themself: no one raises their own limit."""

FOR_ALL_FILES_ONLY = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER})
"""Roles that mean nothing on a single file."""

GIVEN_BY_ADMINISTRATORS = FOR_ALL_FILES_ONLY | {Role.DECIDER, Role.SIGNATORY}
"""Roles which an officer can't give, even on a file they run."""


def grant_problem(
    role: Role, *, others: frozenset[Role], on_one_file: bool, is_own: bool, by_administrator: bool
) -> str | None:
    """Why a person may not be given a role, or None. `others` are the roles the person holds already."""
    if is_own and role in NEVER_TO_ONESELF:
        return "You can’t give yourself this role. Ask another administrator."
    if not by_administrator and role in GIVEN_BY_ADMINISTRATORS:
        return "Only an administrator can give this role."
    if on_one_file and role in FOR_ALL_FILES_ONLY:
        return f"The role {role.label} is for all files. Leave the file empty."
    if role is Role.ADMINISTRATOR and others & APART_FROM_ADMINISTRATOR:
        held = sorted(one.label.lower() for one in others & APART_FROM_ADMINISTRATOR)[0]
        return f"An administrator can’t also be {_a(held)}. End that role first."
    if role in APART_FROM_ADMINISTRATOR and Role.ADMINISTRATOR in others:
        return f"An administrator can’t also be {_a(role.label.lower())}. Choose somebody else."
    if role is Role.AUDITOR and others - {Role.AUDITOR}:
        return "An auditor changes nothing, so can’t hold another role. End the other roles first."
    if Role.AUDITOR in others and role is not Role.AUDITOR:
        return "An auditor changes nothing, so can’t hold another role. Choose somebody else."
    return None


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


# ── passwords ──

SHORTEST_PASSWORD = 12

COMMON_PASSWORDS = frozenset(
    {
        "123456789012", "1234567890123", "abcdefghijkl", "qwertyuiop12", "qwertyuiopas", "1q2w3e4r5t6y",
        "1qaz2wsx3edc", "password1234", "password12345", "passwordpassword", "passw0rd1234", "letmein12345",
        "welcome12345", "welcome2024!", "welcome2025!", "welcome2026!", "changeme1234", "administrator",
        "administrator1", "iloveyou1234", "sunshine1234", "football1234", "liverpool123", "chelsea12345",
        "arsenal12345", "manchester123", "procurement1", "procurement123", "council12345", "localgovernment",
    }
)  # fmt: skip
"""Long enough, and still among the first that are tried."""


def password_problem(password: str, email: str, name: str = "") -> str | None:
    """Why a password will not do, or None."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Your password must be {SHORTEST_PASSWORD} characters or more. It has {len(password)}."
    plain = password.casefold().strip()
    if plain in (email.casefold(), email.casefold().split("@")[0], name.casefold()):
        return "Your password can’t be your name or email address."
    if plain in COMMON_PASSWORDS or len(set(plain)) < 5:
        return "That password is among the first ones that are tried. Choose another."
    return None
