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
from procure.authority.power import named_as_signer, power_from
from procure.documents.models import Paper
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person

WORDS = (
    "reference", "title", "act", "value_net", "value_gross", "annual_gross", "total_gross", "max_months", "summary",
    "points", "reasons", "risks", "financial_text", "equality_text", "alignment_text", "key_text", "is_key",
    "exempt_paragraph", "exempt_text", "over_text",
    "no_limit_confirmation", "no_limit_confirmed_at", "silence_reason", "silence_advice", "silence_advised_at",
    "objection_reason", "maker_interest", "maker_interest_text", "prepared_at",
)  # fmt: skip
"""Columns of a decision that its signature covers."""

OF_VIEW = (
    "asked_at", "due_on", "chased_at", "answered_at", "view", "words", "officer_answer", "interest", "interest_text",
    "dispensation_text", "substitute_for", "substitute_authority",
)  # fmt: skip


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
        if others and f"{paper.subject},".startswith(others):
            continue
        newest[paper.name, paper.subject] = paper
    return sorted(newest.values(), key=lambda paper: (paper.issued_at, paper.id))


def _others_of_lots(decision: Decision) -> tuple[str, ...]:
    """How the subjects of other lots' papers begin: they are not before whoever decides on this one."""
    if decision.procurement is None or decision.lot is None:
        return ()
    return tuple(f"Lot {lot.number}," for lot in decision.procurement.lots if lot is not decision.lot)


def _view(view: ConsulteeView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in OF_VIEW} | {
        "post": view.post.name,
        "asked_of": view.asked_of.name if view.asked_of else None,
        "answered_by": view.answered_by.name if view.answered_by else None,
        "substitute": view.substitute_post.name if view.substitute_post else None,
    }


def _words_signed(decision: Decision) -> dict[str, Any]:
    """Everything but the papers and the signer: it can be built again at any time and compared."""
    return {
        "decision": {name: getattr(decision, name) for name in WORDS}
        | {
            "file": decision.procurement.reference if decision.procurement else None,
            "supplier": decision.supplier.name if decision.supplier else None,
            "post": decision.post.name,
            "prepared_by": decision.prepared_by.name,
        },
        "alternatives": [[one.name, one.reason] for one in decision.alternatives],
        "clearances": [
            [one.heading, one.text, one.post.name, one.given_by.name if one.given_by else None, one.given_at]
            for one in decision.clearances
        ],
        "views": [_view(view) for view in decision.views],
        "conditions": [[one.of, one.words, one.how, one.given_by.name, one.given_at] for one in decision.assurances],
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


def _differs(now: Any, signed: Any) -> bool:
    """Whether what is on record isn't what was signed. A part that was not signed counts once something is in it."""
    if isinstance(now, dict) and isinstance(signed, dict):
        return any(now.get(key) != value for key, value in signed.items()) or any(
            value for key, value in now.items() if key not in signed
        )
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
        f"The {part} on record differ from what was signed." for part in now if _differs(now[part], signed.get(part))
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
