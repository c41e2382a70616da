"""What a signature binds: all words and figures as one text, with the digest of every paper; whether it still holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from procure.audit.rules import canonical, plain
from procure.authority.models import ConsulteeView, Decision
from procure.authority.power import power_from
from procure.authority.question import named_as_signer
from procure.documents.models import Paper
from procure.documents.registry import working_names
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person, Post
from procure.suppliers.models import Supplier

WORDS = (
    "reference", "title", "act", "value_net", "value_gross", "annual_gross", "total_gross", "max_months", "summary",
    "points", "reasons", "risks", "financial_text", "equality_text", "alignment_text", "key_text", "is_key",
    "exempt_paragraph", "exempt_text", "over_text",
    "no_limit_confirmation", "no_limit_confirmed_at", "silence_reason", "silence_advice", "silence_advised_at",
    "objection_reason", "maker_interest", "maker_interest_text", "prepared_at",
)  # fmt: skip
"""Columns of a decision that its signature covers."""

OF_VIEW = (
    "mode", "asked_at", "due_on", "chased_at", "answered_at", "view", "words", "officer_answer", "interest",
    "interest_text", "dispensation_text", "substitute_for", "substitute_authority",
)  # fmt: skip


LATER = ("mode",)
"""What signatures cover since it is kept: an older one is not broken by it."""


def sha256_of(text: str) -> str:
    """The digest that the officer decision record prints."""
    return hashlib.sha256(text.encode()).hexdigest()


def papers_bound(decision: Decision) -> list[Paper]:
    """The papers before the decision maker: the newest version of each that is issued on the file."""
    if decision.procurement is None:
        return []
    newest: dict[tuple[str, str], Paper] = {}
    issued = select(Paper).where(Paper.about == decision.procurement.reference).order_by(Paper.number)
    others = _others_of_lots(decision)
    for paper in db.session.scalars(issued):
        if paper.name in working_names() or (others and f"{paper.subject},".startswith(others)):
            continue
        newest[paper.name, paper.subject] = paper
    return sorted(newest.values(), key=lambda paper: (paper.issued_at, paper.id))


def _others_of_lots(decision: Decision) -> tuple[str, ...]:
    """How the subjects of other lots' papers begin: they are not before whoever decides on this one."""
    if decision.procurement is None or decision.lot is None:
        return ()
    return tuple(f"Lot {lot.number}," for lot in decision.procurement.lots if lot is not decision.lot)


def _who(one: Person | Post | Supplier | None) -> dict[str, Any] | None:
    """A person, a post or a supplier: named as they were called then, and known again under a new name."""
    return {"id": one.id, "name": one.name} if one is not None else None


def _view(view: ConsulteeView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in OF_VIEW} | {
        "post": _who(view.post),
        "asked_of": _who(view.asked_of),
        "answered_by": _who(view.answered_by),
        "substitute": _who(view.substitute_post),
    }


def _words_signed(decision: Decision) -> dict[str, Any]:
    """Everything but the papers and the signer: it can be built again at any time and compared."""
    return {
        "decision": {name: getattr(decision, name) for name in WORDS}
        | {
            "file": decision.procurement.reference if decision.procurement else None,
            "supplier": _who(decision.supplier),
            "post": _who(decision.post),
            "prepared_by": _who(decision.prepared_by),
        },
        "alternatives": [[one.name, one.reason] for one in decision.alternatives],
        "clearances": [
            [one.heading, one.text, _who(one.post), _who(one.given_by), one.given_at] for one in decision.clearances
        ],
        "views": [_view(view) for view in decision.views],
        "conditions": [[one.of, one.words, one.how, _who(one.given_by), one.given_at] for one in decision.assurances],
    }


def text_to_sign(decision: Decision, *, chain: str, by: Person, at: datetime) -> str:
    """The canonical text a signature binds."""
    power = power_from(decision.delegation, decision.procurement, legal_day(at)) if decision.delegation else None
    return canonical(
        _plainly(_words_signed(decision))
        | {
            "authority": {"chain": chain} | (_plainly(asdict(power)) if power else {}),
            "papers": [
                {"title": paper.title, "reference": paper.reference, "number": paper.number, "sha256": paper.sha256}
                for paper in papers_bound(decision)
            ],
            "signed": {"by": named_as_signer(decision, by, legal_day(at)), "at": plain(at)},
        }
    )


def _plainly(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plainly(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plainly(one) for one in value]
    return plain(value)


def papers_signed(decision: Decision) -> list[dict[str, Any]]:
    """The papers a signature covers, as they were named when it was made."""
    if not decision.signed_canonical:
        return []
    found: list[dict[str, Any]] = json.loads(decision.signed_canonical)["papers"]
    return found


def signed_as(decision: Decision) -> str:
    """The signer as the signature itself names them, with the right by which they stood in; empty before it."""
    by: str = json.loads(decision.signed_canonical)["signed"]["by"] if decision.signed_canonical else ""
    return by


def _differs(now: Any, signed: Any) -> bool:
    """Whether what is on record isn't what was signed. A part that was not signed counts once something is in it."""
    if isinstance(now, dict) and isinstance(signed, dict):
        if "id" in now and "id" in signed:
            return bool(now["id"] != signed["id"])  # the same person or post, whatever it is called now
        return any(_differs(now.get(key), value) for key, value in signed.items()) or any(
            value for key, value in now.items() if key not in (*signed, *LATER)
        )
    if isinstance(now, dict) and isinstance(signed, str):
        return bool(now.get("name") != signed)  # as signatures named people, posts and suppliers at first
    if isinstance(now, list) and isinstance(signed, list):
        return len(now) != len(signed) or any(map(_differs, now, signed))
    return bool(now) if signed is None else now != signed


def broken(decision: Decision) -> list[str]:
    """What no longer agrees with a signature; an empty list while the signature holds."""
    if not decision.signed_canonical:
        return []
    changed = []
    if sha256_of(decision.signed_canonical) != decision.digest:
        changed.append("The text that was signed isn’t the text of the digest.")
    signed = json.loads(decision.signed_canonical)
    now = json.loads(canonical(_plainly(_words_signed(decision))))
    changed += [
        f"The record of the {part} isn’t what was signed." for part in now if _differs(now[part], signed.get(part))
    ]
    for named in signed["papers"]:
        paper = db.session.scalars(
            select(Paper).where(
                Paper.reference == named["reference"], Paper.number == named["number"], Paper.sha256 == named["sha256"]
            )
        ).first()
        if paper is None:
            changed.append(f"{named['title']} isn’t the paper that was signed.")
    return changed
