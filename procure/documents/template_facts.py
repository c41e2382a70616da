"""Which version of a template holds: on a day for the council, and for one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from procure.documents.template_models import TemplateChoice, TemplateMove, TemplateStart, TemplateVersion
from procure.extensions import db

OF_THE_COUNCIL = ("council", "forward-plan")
"""What papers are about that are no files: they are made from the version which holds on the day."""

SUPPLIED = "as supplied"


def keeps_its_version(about: str) -> bool:
    """Whether papers about this stay with the version they were begun with."""
    return about not in OF_THE_COUNCIL and not about.startswith("DEC-")


def label_of(version: TemplateVersion | None) -> str:
    """ "version 2", or "as supplied"."""
    return f"version {version.number}" if version else SUPPLIED


def versions_of(name: str) -> list[TemplateVersion]:
    """All versions of a document's template, newest first; the supplied one is not among them."""
    return list(
        db.session.scalars(
            select(TemplateVersion).where(TemplateVersion.name == name).order_by(TemplateVersion.number.desc())
        )
    )


def choices_of(name: str) -> list[TemplateChoice]:
    """All choices for a document, the one that begins last first."""
    return list(
        db.session.scalars(
            select(TemplateChoice)
            .where(TemplateChoice.name == name)
            .order_by(TemplateChoice.from_on.desc(), TemplateChoice.id.desc())
        )
    )


@dataclass(frozen=True)
class Held:
    """What is in use for a document on a day, and what is chosen to follow."""

    choice: TemplateChoice | None = None
    """None where nothing was ever chosen: the supplied template."""
    planned: tuple[TemplateChoice, ...] = ()

    @property
    def version(self) -> TemplateVersion | None:
        return self.choice.template if self.choice else None


def held_on(choices: Sequence[TemplateChoice], day: date) -> Held:
    """What holds on a day by these choices, which are of one document and the one that begins last first."""
    standing = [one for one in choices if one.taken_back_at is None]
    begun = [one for one in standing if one.from_on <= day]
    return Held(begun[0] if begun else None, tuple(one for one in reversed(standing) if one.from_on > day))


def held_for_all(day: date) -> Mapping[str, Held]:
    """What holds for every document for which the council has chosen."""
    by_name: dict[str, list[TemplateChoice]] = defaultdict(list)
    order = (TemplateChoice.from_on.desc(), TemplateChoice.id.desc())
    for choice in db.session.scalars(select(TemplateChoice).order_by(*order)):
        by_name[choice.name].append(choice)
    return {name: held_on(choices, day) for name, choices in by_name.items()}


def current(name: str, day: date) -> TemplateVersion | None:
    """The version that holds for a document on a day; None for the supplied one."""
    return held_on(choices_of(name), day).version


def in_use(name: str, about: str, day: date) -> TemplateVersion | None:
    """The version a file's document is made from: where it was moved, else where it began, else what holds today."""
    if db.session.scalar(select(TemplateVersion.id).where(TemplateVersion.name == name).limit(1)) is None:
        return None
    if keeps_its_version(about):
        moved = db.session.scalars(
            select(TemplateMove)
            .where(TemplateMove.about == about, TemplateMove.name == name)
            .order_by(TemplateMove.id.desc())
            .limit(1)
        ).first()
        if moved is not None:
            return moved.template
        began = start_of(name, about)
        if began is not None:
            return began.template
    return current(name, day)


def start_of(name: str, about: str) -> TemplateStart | None:
    """How a file began a document; None before its first draft."""
    return db.session.scalars(
        select(TemplateStart).where(TemplateStart.about == about, TemplateStart.name == name)
    ).first()


@dataclass(frozen=True)
class Keeper:
    """A file that works with another version than the one in use."""

    about: str
    version: TemplateVersion | None


def keepers_of(name: str, day: date) -> list[Keeper]:
    """Files that began a document with another version than the one that holds on a day, and were not moved."""
    versions = {version.id: version for version in versions_of(name)}
    if not versions:
        return []
    holds = current(name, day)
    starts = select(TemplateStart.about, TemplateStart.template_id).where(TemplateStart.name == name)
    moves = select(TemplateMove.about, TemplateMove.template_id).where(TemplateMove.name == name)
    held = dict(db.session.execute(starts).all())
    held |= dict(db.session.execute(moves.order_by(TemplateMove.id)).all())
    wanted = holds.id if holds else None
    return [
        Keeper(about, versions[number] if number else None)
        for about, number in sorted(held.items(), key=lambda one: one[0])
        if number != wanted
    ]


def is_of_another(name: str, digest: str, about: str, day: date) -> bool:
    """Whether a paper was issued from another of the council's versions than the one its file works with now."""
    versions = versions_of(name)
    if not versions:
        return False
    version = in_use(name, about, day)
    return digest != version.sha256 if version else digest in {one.sha256 for one in versions}
