"""Facts read back from the JSON that is kept beside an issued paper, to try another template with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure.documents.gaps import Gap
from procure.documents.kinds import DAY, LIST, MOMENT, RECORD, Fact, facts_in


def facts_from(kept: str, facts_type: type) -> Any:
    """The facts as they were printed. What the paper didn't know yet when it was issued is a gap."""
    return _record(json.loads(kept)["facts"], facts_type)


def _record(kept: Mapping[str, Any], facts_type: type) -> Any:
    return facts_type(**{name: _value(kept.get(name), fact) for name, fact in facts_in(facts_type).items()})


def _value(kept: Any, fact: Fact) -> Any:
    if kept is None:
        return None if fact.optional else Gap(fact.meaning)
    if isinstance(kept, dict) and set(kept) == {"missing"}:
        return Gap(str(kept["missing"]))
    if fact.kind is LIST and fact.of is not None:
        return tuple(_record(row, fact.of) if isinstance(row, dict) else Gap(fact.meaning) for row in kept)
    if fact.kind is RECORD and fact.of is not None:
        return _record(kept, fact.of)
    if fact.kind is DAY:
        return date.fromisoformat(kept)
    if fact.kind is MOMENT:
        return datetime.fromisoformat(kept)
    return Decimal(kept) if fact.kind.python is Decimal else kept
