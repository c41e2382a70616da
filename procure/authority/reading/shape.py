"""A reading as plain values, one shape for every reader: the command, the page, a score."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procure.authority.reading.facts import Reading, ReadResolution, Recital, Said


def as_values(reading: Reading) -> dict[str, Any]:
    """What a text decides, in words and numbers; null is «the text does not say»."""
    return {
        "kind": reading.kind.value if reading.kind else None,
        "body": _value(reading.body),
        "meeting_date": reading.meeting_on.value.isoformat() if reading.meeting_on else None,
        "published_date": reading.published_on.value.isoformat() if reading.published_on else None,
        "item": _value(reading.item),
        "key_decision": _value(reading.key_decision),
        "call_in": _value(reading.call_in),
        "reasons": reading.reasons is not None,
        "alternatives": reading.alternatives is not None,
        "resolutions": [_resolution(one) for one in reading.resolutions],
        "recitals": [_recital(one) for one in reading.recitals],
    }


def _value(said: Said[Any] | None) -> Any:
    return said.value if said else None


def _figure(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _resolution(one: ReadResolution) -> dict[str, Any]:
    said: dict[str, Any] = {
        "label": _value(one.label),
        "verb": one.verb.value,
        "is_delegation": one.is_delegation,
        "delegate": [post.value for post in one.delegates],
        "consultees": [post.value for post in one.consultees],
        "acts": [act.value for act in one.acts],
        "amounts": [_figure(amount.value) for amount in one.amounts],
        "period": _value(one.period),
        "conditions": [condition.value for condition in one.conditions],
    }
    if one.joint:
        said["joint"] = one.joint
    if one.nominee:
        said["nominee"] = True
    if one.mode:
        said["consult_mode"] = one.mode.value
    return said


def _recital(one: Recital) -> dict[str, Any]:
    return {
        "body": one.body,
        "date": one.decided_on.isoformat() if one.decided_on else None,
        "delegate": [post.value for post in one.delegates],
        "consultees": [post.value for post in one.consultees],
    }
