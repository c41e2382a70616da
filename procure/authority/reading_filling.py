"""From a reading to the form that a person checks, and from the checked form to what is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from procure.authority.reading.facts import Reading, Said, Stretch
from procure.authority.reading.lettering import as_printed
from procure.authority.reading.marks import Wanted
from procure.authority.reading.proposal import Matched, Proposed, proposed
from procure.authority.reading_actions import ConfirmedPower, ConfirmedResolution, NewPost, ReadingRefused
from procure.authority.reading_forms import CheckForm
from procure.authority.rules import ActKind, ConsultationMode, ResolutionKind
from procure.budget.actions import SetAside
from procure.extensions import db
from procure.people.models import Post
from procure.people.name_rules import Name
from procure.procurement.models import Procurement

NEW = "new:"
"""Stands before the name of a post that is created when the reading is confirmed."""
NOT_KNOWN = "We don’t know this post. Create it, or choose the one that is meant."
NO_LIMIT = "The text states no limit. You can confirm now. Legal must confirm a limit before any award."


@dataclass
class Filled:
    """What the page shows of a reading: values for the form, what is marked in the text, doubts, posts to create."""

    values: dict[str, Any] = field(default_factory=dict)
    wanted: list[Wanted] = field(default_factory=list)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    """Every post the words name: somebody may have created one since the page was shown."""
    decided: list[Stretch] = field(default_factory=list)

    def mark(self, name: str, sort: str, said: Said[Any] | None, at: Stretch | None = None) -> None:
        if said is not None:
            self.wanted.append((name, sort, said.at if at is None else at))
            if said.doubt:
                self.doubt(name, said.doubt)

    def doubt(self, name: str, sentence: str) -> None:
        if sentence not in self.doubts.setdefault(name, []):
            self.doubts[name].append(sentence)


def fill(reading: Reading, register: Sequence[Name], standing: dict[int, int], body: str) -> Filled:
    """`standing` leads from each post of the register to the one that has its powers today."""
    made = Filled()
    _meeting(made, reading, body)
    made.values["resolutions"] = []
    for place, one in enumerate(reading.resolutions):
        found = proposed(reading.text, one, register)
        made.decided.append(one.at)
        made.values["resolutions"].append(_row(made, f"resolutions-{place}-", found, reading.text, standing))
    return made


def _meeting(made: Filled, reading: Reading, body: str) -> None:
    made.values |= {
        "body": reading.body.value if reading.body else body, "title": _said(reading.title)[:250],
        "held_on": reading.meeting_on.value if reading.meeting_on else None,
        "published_on": reading.published_on.value if reading.published_on else None,
        "item": _said(reading.item), "reasons": _passage(reading, reading.reasons),
        "alternatives": _passage(reading, reading.alternatives), "introduced_by": _said(reading.introduced_by),
        "background": "\n".join(_passage(reading, one) for one in reading.background),
    }  # fmt: skip
    for name in ("title", "body", "item", "introduced_by"):
        made.mark(name, "when", getattr(reading, name))
    made.mark("held_on", "when", reading.meeting_on)
    made.mark("published_on", "when", reading.published_on)
    made.mark("is_key", "when", reading.key_decision)
    made.mark("call_in_days", "when", reading.call_in)
    for name, stretch in (("reasons", reading.reasons), ("alternatives", reading.alternatives)):
        if stretch:
            made.wanted.append((name, "act", _first_words(reading.text, stretch)))
    _missing(made, reading)


def _said(said: Said[str] | None) -> str:
    return said.value if said else ""


def _passage(reading: Reading, at: Stretch | None) -> str:
    return as_printed(at.of(reading.text)) if at else ""


def _first_words(text: str, at: Stretch) -> Stretch:
    """A long passage is marked by its first words."""
    line = text.find("\n", at.start, at.end)
    return Stretch(at.start, min(at.end if line < 0 else line, at.start + 160))


def _missing(made: Filled, reading: Reading) -> None:
    if reading.body is None:
        made.doubt("body", "The text doesn’t say who decided.")
    if reading.meeting_on is None:
        made.doubt("held_on", "The text doesn’t say when it was decided. Enter the day.")
    if reading.item is None:
        made.doubt("item", "The text gives no item number. Leave it empty if there was none.")
    if reading.key_decision is None:
        made.doubt("is_key", "The text doesn’t say whether it is a key decision.")


def _row(made: Filled, prefix: str, found: Proposed, text: str, standing: dict[int, int]) -> dict[str, Any]:
    """The values of one resolution, its marks and its doubts."""
    read = found.read
    made.mark(f"{prefix}kind", "act", read.verb)
    for sentence in read.doubts:
        made.doubt(f"{prefix}words", sentence)
    row: dict[str, Any] = {
        "printed": read.label.value if read.label else "", "kind": found.kind.value,
        "words": as_printed(read.at.of(text)), "option_number": found.option.value if found.option else None,
    }  # fmt: skip
    made.mark(f"{prefix}option_number", "act", found.option)
    if found.kind is ResolutionKind.NOTE:
        made.doubt(f"{prefix}kind", "A note gives no power. Nothing can be done under it.")
    if read.verb.value == "Recommend":
        made.doubt(f"{prefix}kind", "It is only recommended to another body, which decides.")
    if found.fence:
        row |= _fence(made, prefix, found)
    if found.kind is ResolutionKind.DELEGATE:
        row |= _power(made, prefix, found, standing)
    return row


def _fence(made: Filled, prefix: str, found: Proposed) -> dict[str, Any]:
    fence = found.fence
    assert fence is not None
    made.wanted.append((f"{prefix}name", "act", fence.at))
    if not found.read.amounts:
        made.doubt(f"{prefix}amount", "The text gives no sum. Add the balance on the day if you know it.")
    if found.read.period:
        made.mark(f"{prefix}fence_from", "when", found.read.period)
        made.doubt(f"{prefix}fence_until", f"“{found.read.period.value}” is read as financial years. Check both days.")
    return {
        "name": fence.name, "purposes": list(fence.purposes), "fence_from": fence.from_on,
        "fence_until": fence.until_on, "basis": fence.basis,
        "amount": found.read.amounts[0].value if found.read.amounts else None,
    }  # fmt: skip


def _power(made: Filled, prefix: str, found: Proposed, standing: dict[int, int]) -> dict[str, Any]:
    read = found.read
    first, rest = found.delegates[:1], found.delegates[1:]
    if read.joint in ("and", "jointly and severally") and rest:
        made.doubt(f"{prefix}others-0-post_id", f"The words say “{read.joint}”. Here each may act alone. Check.")
    for act in read.acts:
        made.mark(f"{prefix}acts", "act", act)
    if not read.acts:
        made.doubt(f"{prefix}acts", "The words don’t say plainly what may be done. Choose the acts.")
    made.mark(f"{prefix}may_nominate", "who", read.nominee)
    made.mark(f"{prefix}scope", "act", read.scope)
    made.mark(f"{prefix}counterparty", "act", read.counterparty)
    made.mark(f"{prefix}max_value_gross", "money", found.limit)
    for condition in read.conditions:
        made.mark(f"{prefix}conditions", "act", condition)
    for amount in read.amounts if not found.limit else ():
        made.doubt(f"{prefix}max_value_gross", f"The words name £{amount.value:,f}, and don’t call it a limit.")
    if not found.limit:
        made.doubt(f"{prefix}max_value_gross", NO_LIMIT)
    if read.period:
        made.mark(f"{prefix}max_months", "when", read.period)
        made.doubt(f"{prefix}max_months", f"The words say “{read.period.value}”. Enter it if it limits the power.")
    return {
        "post_id": next((_choice(made, f"{prefix}post_id", one, standing) for one in first), ""),
        "others": [
            {"post_id": _choice(made, f"{prefix}others-{n}-post_id", one, standing)} for n, one in enumerate(rest)
        ],
        "consultees": [
            {"post_id": _choice(made, f"{prefix}consultees-{n}-post_id", one, standing), "mode": mode.value}
            for n, (one, mode) in enumerate(found.consultees)
        ],
        "may_nominate": read.nominee is not None, "acts": [act.value for act in found.acts],
        "scope": _said(read.scope), "counterparty": _said(read.counterparty),
        "conditions": [one.value for one in read.conditions],
        "max_value_gross": found.limit.value if found.limit else None,
    }  # fmt: skip


def _choice(made: Filled, name: str, one: Matched, standing: dict[int, int]) -> str:
    """The post to choose: the one of the register, or the printed words as a post to create."""
    made.wanted.append((name, "who", one.at))
    made.printed.append(one.printed)
    if one.doubt:
        made.doubt(name, one.doubt)
    if one.post is not None:
        heir = standing.get(one.post, one.post)
        if heir != one.post:
            made.doubt(name, f"“{one.printed}” has ended. Its successor is proposed.")
        return str(heir)
    if one.doubt:
        return ""
    if one.printed not in made.unknown:
        made.unknown.append(one.printed)
    made.doubt(name, NOT_KNOWN)
    return f"{NEW}{one.printed}"


# ── from the checked form to what is recorded ──


def checked(form: CheckForm, procurement: Procurement | None) -> list[ConfirmedResolution]:
    """The resolutions of a checked form. Refused at the field where one says too little."""
    return [
        _resolution(place, row.form, procurement, form.held_on.data)
        for place, row in enumerate(form.resolutions)
        if not row.form.left_out.data
    ]


def _resolution(place: int, row: Any, procurement: Procurement | None, held_on: Any) -> ConfirmedResolution:
    kind = ResolutionKind(row.kind.data)
    buys = kind in (ResolutionKind.APPROVE_PROCUREMENT, ResolutionKind.DELEGATE)
    if buys and procurement is None:
        raise ReadingRefused(
            f"Resolution {row.printed.data or place + 1} is about a file. Choose which.", field="procurement"
        )
    return ConfirmedResolution(
        row.printed.data or "", kind, row.words.data or "", procurement=procurement if buys else None,
        option_number=row.option_number.data if kind is ResolutionKind.APPROVE_PROCUREMENT else None,
        power=_confirmed_power(place, row) if kind is ResolutionKind.DELEGATE else None,
        set_aside=_set_aside(row, held_on) if kind is ResolutionKind.RING_FENCE and row.name.data else None,
    )  # fmt: skip


def _confirmed_power(place: int, row: Any) -> ConfirmedPower:
    if not row.post_id.data:
        raise ReadingRefused("Choose the post that may act.", field=f"resolutions-{place}-post_id")
    limits = {name: row[name].data for name in ("max_value_gross", "max_months", "until_on", "may_nominate")}
    limits |= {name: row[name].data or "" for name in ("counterparty", "scope")}
    limits["may_nominate"] = bool(limits["may_nominate"])
    limits["conditions"] = "\n".join(row.conditions.data or ())
    return ConfirmedPower(
        _post(row.post_id.data), [ActKind(one) for one in row.acts.data or ()],
        others=[_post(one) for one in _given(row.others)],
        consultees=[
            (_post(one.form.post_id.data), ConsultationMode(one.form.mode.data or ConsultationMode.CONSULT))
            for one in row.consultees
            if one.form.post_id.data
        ],
        limits=limits,
    )  # fmt: skip


def _given(rows: Any) -> Iterator[str]:
    return (one.form.post_id.data for one in rows if one.form.post_id.data)


def _post(choice: str) -> Post | NewPost:
    return NewPost(choice.removeprefix(NEW)) if choice.startswith(NEW) else db.session.get_one(Post, int(choice))


def _set_aside(row: Any, held_on: Any) -> SetAside:
    return SetAside(
        name=row.name.data, from_on=row.fence_from.data, until_on=row.fence_until.data,
        purposes=row.purposes.data or (), basis=row.basis.data or "", amount=row.amount.data,
        amount_on=held_on, amount_source="",
    )  # fmt: skip
